"""What has become of statements, headings, levels and other parts of a framework from one version to the next, for what
people have written about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from jdgen.errors import list_words
from jdgen.framework.chapters import is_called
from jdgen.framework.comparison import match_passages
from jdgen.framework.model import Framework, Heading, Specialism
from jdgen.framework.passages import Passage, passages
from jdgen.levels import LevelRange, UnknownLevelError
from jdgen.word_changes import WordChange, word_changes
from jdgen.words import shorten

#: Characters of a statement that are quoted.
_QUOTED = 200
#: More changes of words are not told one by one.
_FEW = 3
#: Words that are quoted before the first difference of two long texts.
_BEFORE_DIFFERENCE = 6


class Verdict(StrEnum):
    """What is to be done with what somebody has written about a part of the framework, the most urgent last."""

    CARRIED = "carried over"
    GONE = "falls away"
    DECIDE = "to decide"


@dataclass(frozen=True)
class Fate:
    """What has become of a part of the framework: what is to be done, what it is called now, and why."""

    verdict: Verdict
    name: str = ""
    why: str = ""

    @property
    def is_gone(self) -> bool:
        """Whether what was written about it falls away."""
        return self.verdict is Verdict.GONE


def worst(fates: Iterable[Fate]) -> Fate:
    """What becomes of something that speaks of several parts: it falls away with all of them, and is to be decided
    where one of them is or falls away."""
    all_fates = list(fates)
    if all_fates and all(fate.is_gone for fate in all_fates):
        return Fate(Verdict.GONE, "", "; ".join(dict.fromkeys(fate.why for fate in all_fates)))
    why = [fate.why for fate in all_fates if fate.verdict is not Verdict.CARRIED]
    return Fate(Verdict.DECIDE if why else Verdict.CARRIED, "", "; ".join(dict.fromkeys(why)))


class FollowedSpecialism(NamedTuple):
    """A specialism in the old version, and what it is in the new one."""

    old: Specialism
    new: Specialism


class Release:
    """A new version of a framework beside the old one: of its specialisms, those that the new one publishes."""

    def __init__(self, old: Framework, new: Framework) -> None:
        self.old, self.new = old, new
        self.pathways = tuple(_pathways(old, new))

    @property
    def withdrawn(self) -> tuple[Specialism, ...]:
        """The specialisms that the new version ends."""
        return tuple(specialism for specialism in self.old.specialisms if specialism.id in self.new.withdrawn)

    def statement(self, name: str) -> Fate:
        """What has become of the statement with the id ``name``."""
        before = self._before.get(name)
        if before is None:
            if name in self._after:
                return Fate(Verdict.CARRIED, name)
            return Fate(Verdict.DECIDE, name, f"neither version has a statement {name}")
        after = self._successors.get(name)
        if after is None:
            return Fate(Verdict.GONE, "", f"the framework has no {name} any more: “{shorten(before.text, _QUOTED)}”")
        why = [*self._changes(before, after), *self._splits(before, after)]
        return Fate(Verdict.DECIDE if why else Verdict.CARRIED, after.id, f"{after.id} {'; '.join(why)}" if why else "")

    def text(self, name: str) -> str:
        """What the statement, or the remark, with the id ``name`` says in the new version; '' where there is none."""
        return self._after[name].text if name in self._after else ""

    def heading(self, name: str, levels: Container[object] | None = None) -> Fate:
        """What has become of the heading with the id ``name`` and of its duties at ``levels``, or at all."""
        fates = [
            self._heading(pathway, row, levels)
            for pathway in self.pathways
            for row in pathway.old.headings
            if row.id == name
        ]
        if fates:
            names = [fate.name for fate in fates if fate.name]
            return replace(worst(fates), name=names[0] if names else "")
        if any(row.id == name for specialism in self.new.specialisms for row in specialism.headings):
            return Fate(Verdict.CARRIED, name)
        if any(row.id == name for specialism in self.old.specialisms for row in specialism.headings):
            return Fate(Verdict.CARRIED, name)  # of a specialism that the new version leaves as it is
        return Fate(Verdict.DECIDE, name, f"neither version has a heading {name}")

    def part(self, name: str) -> Fate:
        """What has become of all statements whose id is ``name`` or begins with it, and what they begin with now."""
        old_ids = [id_ for id_ in self._before if id_ == name or id_.startswith(f"{name}.")]
        if not old_ids:
            is_new = any(id_ == name or id_.startswith(f"{name}.") for id_ in self._after)
            return Fate(Verdict.CARRIED, name) if is_new else Fate(Verdict.DECIDE, name, f"no version has {name}")
        fates = [self.statement(id_) for id_ in old_ids]
        fate = worst(fates)
        pairs = ((each.name, old_id) for each, old_id in zip(fates, old_ids, strict=True))
        beginnings = {new_id[: len(new_id) - len(old_id) + len(name)] for new_id, old_id in pairs}
        if fate.verdict is not Verdict.CARRIED or name in beginnings:
            return replace(fate, name=name)
        if len(beginnings) == 1:
            return replace(fate, name=beginnings.pop())
        return Fate(Verdict.DECIDE, name, f"{name} is called {list_words(sorted(beginnings))} now")

    def route(self, name: str) -> Fate:
        """What has become of the entry route with the id ``name``."""
        for pathway in self.pathways:
            if any(row.id == name for row in pathway.old.entry_routes):
                row = self._successor_of_row(name, pathway.old.entry_routes, pathway.new.entry_routes)
                withdrawal = Fate(Verdict.GONE, "", f"the framework has no entry route {name} any more")
                return Fate(Verdict.CARRIED, row.id) if row else withdrawal
        return Fate(Verdict.CARRIED, name)

    def category(self, name: str) -> Fate:
        """What has become of the role category with the id ``name``."""
        ids = {category.id for pathway in self.pathways for category in pathway.new.role_categories}
        why = f"the framework has no role category {name} any more"
        return Fate(Verdict.CARRIED, name) if name in ids else Fate(Verdict.GONE, "", why)

    def competence(self, name: str) -> Fate:
        """What has become of the competence with the id ``name``."""
        after = {competence.id: competence.name for competence in self.new.competences}
        before = {competence.id: competence.name for competence in self.old.competences}
        if name not in after:
            return Fate(Verdict.GONE, "", f"the framework has no competence {name} any more")
        if before.get(name, after[name]) != after[name]:
            return Fate(Verdict.DECIDE, name, f"the competence “{before[name]}” is called “{after[name]}” now")
        return Fate(Verdict.CARRIED, name)

    def levels(self, text: str) -> Fate:
        """What has become of the levels that ``text`` names: by former names they are found."""
        scale = self.new.scale
        try:
            today = scale.range(text)
        except UnknownLevelError as error:
            return Fate(Verdict.DECIDE, text, f"{error}: {error.right}")
        except ValueError:
            return Fate(Verdict.CARRIED, text)  # told as a fault of the file
        try:
            before = str(self.old.scale.range(text))
        except ValueError:
            return Fate(Verdict.CARRIED, text)
        return Fate(Verdict.CARRIED, text if before == str(today) else str(today))

    def lost_readings(self) -> Iterator[tuple[FollowedSpecialism, Heading, tuple[str, ...]]]:
        """The headings of the old version that could be read in other ways, with the readings that the new one has
        not."""
        for pathway in self.pathways:
            for row in pathway.old.rows:
                after = self._successor_of_row(row.id, pathway.old.rows, pathway.new.rows)
                ids = {reading.id for reading in after.readings} if after else set()
                if lost_ids := tuple(reading.id for reading in row.readings if reading.id not in ids):
                    yield pathway, row, lost_ids

    # What stands behind these.

    @cached_property
    def _before(self) -> dict[str, Passage]:
        specialisms = tuple(replace(pathway.old, id=pathway.new.id) for pathway in self.pathways)
        return {passage.id: passage for passage in passages(replace(self.old, specialisms=specialisms))}

    @cached_property
    def _after(self) -> dict[str, Passage]:
        return {passage.id: passage for passage in passages(self.new)}

    @cached_property
    def _successors(self) -> dict[str, Passage]:
        pairs, _ = match_passages(list(self._before.values()), list(self._after.values()))
        return {before.id: self._after[name] for name, before in pairs.items()}

    @cached_property
    def _new_passages(self) -> tuple[Passage, ...]:
        """What the new version says, and the old one said in no form."""
        successor_ids = {passage.id for passage in self._successors.values()}
        return tuple(passage for passage in self._after.values() if passage.id not in successor_ids)

    def _changes(self, before: Passage, after: Passage) -> Iterator[str]:
        if before.text != after.text:
            yield f"is reworded: {_rewording(before.text, after.text)}"
        if not self._same_levels(before.levels, after.levels):
            was, is_now = _levels_in_words(before.levels), _levels_in_words(after.levels)
            yield f"is at other levels: it was at {was}, and is at {is_now}"

    def _same_levels(self, before: LevelRange | None, after: LevelRange | None) -> bool:
        if before is None or after is None:
            return before is after
        try:
            return self.new.scale.range(str(before)) == after
        except ValueError:
            return False

    def _splits(self, before: Passage, after: Passage) -> Iterator[str]:
        """What stands under the same heading for levels that the statement was for."""
        others = [
            passage.id
            for passage in self._new_passages
            if (passage.specialism, passage.heading) == (after.specialism, after.heading)
            and before.levels
            and passage.levels
            and after.levels != before.levels
            and {str(level) for level in passage.levels} & {str(level) for level in before.levels}
        ]
        if others:
            yield f"is divided: {list_words(others)} {'is' if len(others) == 1 else 'are'} new for levels that it had"

    def _heading(self, pathway: FollowedSpecialism, row: Heading, levels: Container[object] | None) -> Fate:
        after = self._successor_of_row(row.id, pathway.old.headings, pathway.new.headings)
        if after is None:
            return Fate(Verdict.GONE, "", f"the framework has no heading “{row.title}” any more")
        fates = [self.statement(statement.id) for statement in row.statements if _is_for(statement.levels, levels)]
        new_ids = {passage.id for passage in self._new_passages}
        new_statements = [
            statement.id
            for statement in after.statements
            if statement.id in new_ids and _is_for(statement.levels, levels)
        ]
        why = [fate.why for fate in fates if fate.verdict is not Verdict.CARRIED]
        # A statement that is divided names what is new itself.
        why += [f"{name} is new" for name in new_statements if not any(name in reason for reason in why)]
        return Fate(Verdict.DECIDE if why else Verdict.CARRIED, after.id, "; ".join(why))

    def _successor_of_row(self, name: str, before: Sequence[Heading], after: Sequence[Heading]) -> Heading | None:
        """The row that was called ``name``: by its id, by a former name, else where most of its statements are."""
        (row, *_) = (old_row for old_row in before if old_row.id == name)
        rows_by_id = {new_row.id: new_row for new_row in after}
        if name in rows_by_id:
            return rows_by_id[name]
        if renamed_rows := [new_row for new_row in after if {row.id, row.title}.intersection(new_row.former)]:
            return renamed_rows[0]
        places = Counter(
            self._successors[statement.id].heading for statement in row.statements if statement.id in self._successors
        )
        likely_rows = [rows_by_id[place] for place, _ in places.most_common() if place in rows_by_id]
        return likely_rows[0] if likely_rows else None


def _pathways(old: Framework, new: Framework) -> Iterator[FollowedSpecialism]:
    specialisms_by_id = {specialism.id: specialism for specialism in new.specialisms}
    for specialism in old.specialisms:
        namesakes = (candidate for candidate in new.specialisms if is_called(candidate, specialism))
        if after := specialisms_by_id.get(specialism.id) or next(namesakes, None):
            yield FollowedSpecialism(specialism, after)


def _rewording(before: str, after: str) -> str:
    """What has become of the words of a text: the few that are others, else both texts."""
    changes = [change for change in word_changes(before, after) if not change.is_same]
    if len(changes) > _FEW:
        was, is_now = (shorten(text, _QUOTED) for text in _from_difference(before, after))
        return f"it was “{was}”, and is “{is_now}”"
    return ", ".join(map(_change_in_words, changes))


def _from_difference(before: str, after: str) -> tuple[str, str]:
    """Two long texts without what both begin with, but for its last words: what is quoted of them would end before
    their difference."""
    same = next(word_changes(before, after))
    words = same.old.split(" ") if same.is_same else []
    if max(len(before), len(after)) <= _QUOTED or len(words) <= _BEFORE_DIFFERENCE:
        return before, after
    shared = len(" ".join(words[:-_BEFORE_DIFFERENCE]))
    return f"…{before[shared:].lstrip()}", f"…{after[shared:].lstrip()}"


def _change_in_words(change: WordChange) -> str:
    old, new = (shorten(words, _QUOTED) for words in (change.old, change.new))
    if not old:
        return f"“{new}” is put in"
    return f"“{old}” becomes “{new}”" if new else f"“{old}” is left out"


def _is_for(statement: LevelRange | None, levels: Container[object] | None) -> bool:
    return statement is None or levels is None or any(level in levels for level in statement.scope)


def _levels_in_words(levels: LevelRange | None) -> str:
    return levels.full_name if levels else "every level"
