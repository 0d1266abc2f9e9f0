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
from jdgen.framework.model import Framework, Heading, Passage, Specialism, passages
from jdgen.levels import LevelRange, UnknownLevelError
from jdgen.word_changes import WordChange, word_changes
from jdgen.words import shorten

#: Characters of a statement that are quoted.
_QUOTED = 200
#: More changes of words are not told one by one.
_FEW = 3


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


def worst(fates: Iterable[Fate]) -> Fate:
    """What becomes of something that speaks of several parts: it falls away with all of them, and is to be decided
    where one of them is or falls away."""
    every = list(fates)
    if every and all(one.verdict is Verdict.GONE for one in every):
        return Fate(Verdict.GONE, "", "; ".join(dict.fromkeys(one.why for one in every)))
    why = [one.why for one in every if one.verdict is not Verdict.CARRIED]
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
        return tuple(one for one in self.old.specialisms if one.id in self.new.withdrawn)

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
            names = [one.name for one in fates if one.name]
            return replace(worst(fates), name=names[0] if names else "")
        if any(row.id == name for one in self.new.specialisms for row in one.headings):
            return Fate(Verdict.CARRIED, name)
        if any(row.id == name for one in self.old.specialisms for row in one.headings):
            return Fate(Verdict.CARRIED, name)  # of a specialism that the new version leaves as it is
        return Fate(Verdict.DECIDE, name, f"neither version has a heading {name}")

    def part(self, name: str) -> Fate:
        """What has become of all statements whose id is ``name`` or begins with it, and what they begin with now."""
        known = [one for one in self._before if one == name or one.startswith(f"{name}.")]
        if not known:
            is_new = any(one == name or one.startswith(f"{name}.") for one in self._after)
            return Fate(Verdict.CARRIED, name) if is_new else Fate(Verdict.DECIDE, name, f"no version has {name}")
        fates = [self.statement(one) for one in known]
        fate = worst(fates)
        begins = {one.name[: len(one.name) - len(old) + len(name)] for one, old in zip(fates, known, strict=True)}
        if fate.verdict is not Verdict.CARRIED or name in begins:
            return replace(fate, name=name)
        if len(begins) == 1:
            return replace(fate, name=begins.pop())
        return Fate(Verdict.DECIDE, name, f"{name} is called {list_words(sorted(begins))} now")

    def route(self, name: str) -> Fate:
        """What has become of the entry route with the id ``name``."""
        for pathway in self.pathways:
            if any(row.id == name for row in pathway.old.entry_routes):
                row = self._successor_of_row(name, pathway.old.entry_routes, pathway.new.entry_routes)
                gone = Fate(Verdict.GONE, "", f"the framework has no entry route {name} any more")
                return Fate(Verdict.CARRIED, row.id) if row else gone
        return Fate(Verdict.CARRIED, name)

    def category(self, name: str) -> Fate:
        """What has become of the role category with the id ``name``."""
        known = {one.id for pathway in self.pathways for one in pathway.new.role_categories}
        gone = f"the framework has no role category {name} any more"
        return Fate(Verdict.CARRIED, name) if name in known else Fate(Verdict.GONE, "", gone)

    def competence(self, name: str) -> Fate:
        """What has become of the competence with the id ``name``."""
        after = {one.id: one.name for one in self.new.competences}
        before = {one.id: one.name for one in self.old.competences}
        if name not in after:
            return Fate(Verdict.GONE, "", f"the framework has no competence {name} any more")
        if before.get(name, after[name]) != after[name]:
            return Fate(Verdict.DECIDE, name, f"the competence “{before[name]}” is called “{after[name]}” now")
        return Fate(Verdict.CARRIED, name)

    def levels(self, written: str) -> Fate:
        """What has become of the levels that are ``written`` somewhere: by former names they are found."""
        scale = self.new.scale
        try:
            today = scale.range(written)
        except UnknownLevelError as error:
            return Fate(Verdict.DECIDE, written, f"{error}: {error.right}")
        except ValueError:
            return Fate(Verdict.CARRIED, written)  # told as a fault of the file
        try:
            was = str(self.old.scale.range(written))
        except ValueError:
            return Fate(Verdict.CARRIED, written)
        return Fate(Verdict.CARRIED, written if was == str(today) else str(today))

    def lost_readings(self) -> Iterator[tuple[FollowedSpecialism, Heading, tuple[str, ...]]]:
        """The headings of the old version that could be read in other ways, with the readings that the new one has
        not."""
        for pathway in self.pathways:
            for row in pathway.old.rows:
                after = self._successor_of_row(row.id, pathway.old.rows, pathway.new.rows)
                known = {reading.id for reading in after.readings} if after else set()
                if lost := tuple(reading.id for reading in row.readings if reading.id not in known):
                    yield pathway, row, lost

    # What stands behind these.

    @cached_property
    def _before(self) -> dict[str, Passage]:
        ours = tuple(replace(one.old, id=one.new.id) for one in self.pathways)
        return {passage.id: passage for passage in passages(replace(self.old, specialisms=ours))}

    @cached_property
    def _after(self) -> dict[str, Passage]:
        return {passage.id: passage for passage in passages(self.new)}

    @cached_property
    def _successors(self) -> dict[str, Passage]:
        pairs, _ = match_passages(list(self._before.values()), list(self._after.values()))
        return {before.id: self._after[name] for name, before in pairs.items()}

    @cached_property
    def _added(self) -> tuple[Passage, ...]:
        """What the new version says, and the old one said in no form."""
        taken = {one.id for one in self._successors.values()}
        return tuple(one for one in self._after.values() if one.id not in taken)

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
            one.id
            for one in self._added
            if (one.specialism, one.heading) == (after.specialism, after.heading)
            and before.levels
            and one.levels
            and after.levels != before.levels
            and {str(level) for level in one.levels} & {str(level) for level in before.levels}
        ]
        if others:
            yield f"is divided: {list_words(others)} {'is' if len(others) == 1 else 'are'} new for levels that it had"

    def _heading(self, pathway: FollowedSpecialism, row: Heading, levels: Container[object] | None) -> Fate:
        after = self._successor_of_row(row.id, pathway.old.headings, pathway.new.headings)
        if after is None:
            return Fate(Verdict.GONE, "", f"the framework has no heading “{row.title}” any more")
        fates = [self.statement(one.id) for one in row.statements if _is_for(one.levels, levels)]
        new = {one.id for one in self._added}
        added = [one.id for one in after.statements if one.id in new and _is_for(one.levels, levels)]
        why = [one.why for one in fates if one.verdict is not Verdict.CARRIED]
        # A statement that is divided names what is new itself.
        why += [f"{name} is new" for name in added if not any(name in one for one in why)]
        return Fate(Verdict.DECIDE if why else Verdict.CARRIED, after.id, "; ".join(why))

    def _successor_of_row(self, name: str, before: Sequence[Heading], after: Sequence[Heading]) -> Heading | None:
        """The row that was called ``name``: by its id, by a former name, else where most of its statements are."""
        (row, *_) = (one for one in before if one.id == name)
        known = {one.id: one for one in after}
        if name in known:
            return known[name]
        if former := [one for one in after if {row.id, row.title}.intersection(one.former)]:
            return former[0]
        places = Counter(self._successors[one.id].heading for one in row.statements if one.id in self._successors)
        found = [known[place] for place, _ in places.most_common() if place in known]
        return found[0] if found else None


def _pathways(old: Framework, new: Framework) -> Iterator[FollowedSpecialism]:
    known = {one.id: one for one in new.specialisms}
    for specialism in old.specialisms:
        called = (one for one in new.specialisms if is_called(one, specialism))
        if after := known.get(specialism.id) or next(called, None):
            yield FollowedSpecialism(specialism, after)


def _rewording(before: str, after: str) -> str:
    """What has become of the words of a text: the few that are others, else both texts."""
    changes = [one for one in word_changes(before, after) if not one.is_same]
    if len(changes) > _FEW:
        return f"it was “{shorten(before, _QUOTED)}”, and is “{shorten(after, _QUOTED)}”"
    return ", ".join(map(_change_in_words, changes))


def _change_in_words(change: WordChange) -> str:
    old, new = (shorten(" ".join(words.split()), _QUOTED) for words in (change.old, change.new))
    if not old:
        return f"“{new}” is put in"
    return f"“{old}” becomes “{new}”" if new else f"“{old}” is left out"


def _is_for(statement: LevelRange | None, levels: Container[object] | None) -> bool:
    return statement is None or levels is None or any(level in levels for level in statement.scope)


def _levels_in_words(levels: LevelRange | None) -> str:
    return levels.full_name if levels else "every level"
