"""Two versions of a framework compared: what was added, withdrawn, reworded, moved to other levels, renamed.

A statement is the same statement when its id is the same. Where ids changed, the text decides, and that is a guess,
which is said: a publisher's table has no ids, so whoever transcribes it gives them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz

from jdgen.errors import list_words
from jdgen.framework.chapters import is_called, join_chapters
from jdgen.framework.model import Framework, Heading, Specialism
from jdgen.framework.passages import Passage, passages
from jdgen.levels import Level, LevelRange, Scale, list_levels
from jdgen.orders import find_moved
from jdgen.word_changes import WordChange, word_changes

#: Texts under one heading, and under any, that are alike to this degree (0 to 100) may be one statement.
_LIKE, _VERY_LIKE = 75.0, 88.0


class ChangeKind(StrEnum):
    """What has become of a statement from one version to the next."""

    ADDED = "added"
    WITHDRAWN = "withdrawn"
    REWORDED = "reworded"
    RELEVELLED = "re-levelled"
    MOVED = "moved to another heading"


@dataclass(frozen=True)
class StatementChange:
    """One statement that is not as it was: before, after, and in which ways it changed.

    ``is_guess`` says that the two were matched by their texts, not by their id. ``words`` are the words taken out and
    put in, where the text changed.
    """

    kinds: tuple[ChangeKind, ...]
    before: Passage | None
    after: Passage | None
    is_guess: bool = False
    words: tuple[WordChange, ...] = ()

    @property
    def passage(self) -> Passage:
        """The statement as it is now, or as it was."""
        statement = self.after or self.before
        assert statement is not None
        return statement

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels at which something is different; none where the source names no levels.

        Levels are told by their names, which two versions of a scale have in common.
        """
        before, after = (_levels_held(passage.levels) if passage else {} for passage in (self.before, self.after))
        is_reworded = ChangeKind.REWORDED in self.kinds or ChangeKind.MOVED in self.kinds
        names = before.keys() | after.keys() if is_reworded else before.keys() ^ after.keys()
        levels = before | after
        return tuple(sorted(levels[name] for name in names))


@dataclass(frozen=True)
class RenamedHeading:
    """A heading whose title is another now."""

    id: str
    before: str
    after: str


@dataclass(frozen=True)
class MovedHeading:
    """A heading that stands in another place of its specialism's order: after the heading titled ``after``, or first
    where that is ''."""

    id: str
    title: str
    after: str


@dataclass(frozen=True)
class RowsElsewhere:
    """Headings, by their titles, that stand in another group or are of another kind, and are printed elsewhere by
    that: ``what`` it is, and what it was ``before`` and is ``after``; '' for none."""

    what: str
    titles: tuple[str, ...]
    before: str
    after: str

    @property
    def sentence(self) -> str:
        """What has become of it."""
        before, after = (f"'{value}'" if value else "none" for value in (self.before, self.after))
        return f"The {self.what} of {list_words(self.titles)} was {before}, and is {after} now."


@dataclass(frozen=True)
class Comparison:
    """All that differs between two versions of a framework; ``unchanged`` counts the statements that do not.
    ``untouched`` are the titles of chapters that the new version leaves as they are, since it does not publish them."""

    old: Framework
    new: Framework
    changes: tuple[StatementChange, ...]
    renamed_headings: tuple[RenamedHeading, ...]
    moved_headings: tuple[MovedHeading, ...]
    unchanged: int
    elsewhere: tuple[RowsElsewhere, ...] = ()
    untouched: tuple[str, ...] = ()

    @property
    def scale_change(self) -> str:
        """What has become of the levels, as a sentence; '' where nothing has."""
        old, new = self.old.scale, self.new.scale
        return "" if old == new else f"The levels were {_levels_of(old)}, and are {_levels_of(new)} now."


def compare(old: Framework, new: Framework, level: Level | None = None) -> Comparison:
    """What differs from ``old`` to ``new``, in the order of the new version, what is withdrawn after it.

    With a ``level``, only what a document at it would show is compared, counted, and told of.
    """
    old_today = _as_told_today(old, new)
    before, after = list(passages(old_today)), list(passages(new))
    pairs, guessed_ids = match_passages(before, after)
    changes = [change for passage in after if (change := _change(pairs.get(passage.id), passage, guessed_ids))]
    matched_ids = {earlier.id for earlier in pairs.values()}
    changes += [StatementChange((ChangeKind.WITHDRAWN,), each, None) for each in before if each.id not in matched_ids]
    if level:
        changes = [change for change in changes if not change.levels or str(level) in map(str, change.levels)]
        before, after = (
            [passage for passage in passage_list if _is_shown_at(level, passage)] for passage_list in (before, after)
        )
    changed_ids = {change.after.id for change in changes if change.after}
    heading_keys = {_heading_key(passage) for passage in (*before, *after)} if level else None
    return Comparison(
        old,
        new,
        tuple(changes),
        tuple(_renamed_headings(before, after)),
        tuple(_moved_headings(old_today, new, heading_keys)),
        sum(passage.id not in changed_ids for passage in after),
        tuple(_rows_elsewhere(old_today, new, heading_keys)),
        tuple(specialism.title for specialism in old.specialisms if not _is_published_in(specialism, old, new)),
    )


def _is_shown_at(level: Level, passage: Passage) -> bool:
    """Whether a document at ``level`` shows a text. Levels are told by their names, as in
    :attr:`StatementChange.levels`."""
    return passage.levels is None or str(level) in _levels_held(passage.levels)


# A new version may publish some chapters only, and call a specialism, a heading or a level otherwise than the old one.


def _as_told_today(old: Framework, new: Framework) -> Framework:
    """``old`` as far as ``new`` is about it, with the ids and levels that these have in ``new``; titles stay."""
    published_specialisms = [specialism for specialism in old.specialisms if _is_published_in(specialism, old, new)]
    if len(published_specialisms) < len(old.specialisms):
        chapters = [old.of(specialism) for specialism in published_specialisms]
        old = join_chapters(chapters) if chapters else replace(old, specialisms=(), competences=(), skills=())
    return replace(old, specialisms=tuple(_specialism_today(specialism, new) for specialism in old.specialisms))


def _is_published_in(specialism: Specialism, old: Framework, new: Framework) -> bool:
    """Whether ``new`` has a chapter of ``old``, or ends it. Another framework has none, and is compared as a whole."""
    is_there = any(is_called(newer, specialism) for newer in new.specialisms)
    return is_there or old.id != new.id or specialism.id in new.withdrawn


def _specialism_today(specialism: Specialism, new: Framework) -> Specialism:
    today = next((newer for newer in new.specialisms if is_called(newer, specialism)), None)
    if today is None:
        return specialism
    rows_today = {row.id: _row_today(row, today) for row in specialism.rows}

    def rows(headings: Iterable[Heading]) -> tuple[Heading, ...]:
        return tuple(rows_today[row.id] for row in headings)

    def row(heading: Heading | None) -> Heading | None:
        return rows_today[heading.id] if heading else None

    return replace(
        specialism,
        id=today.id,
        complexity=row(specialism.complexity),
        complexity_narrative=row(specialism.complexity_narrative),
        headings=rows(specialism.headings),
        person_rows=rows(specialism.person_rows),
        entry_routes=rows(specialism.entry_routes),
        qualifications=row(specialism.qualifications),
    )


def _row_today(row: Heading, specialism: Specialism) -> Heading:
    ids = [each.id for each in specialism.rows if each.id == row.id or not {row.id, row.title}.isdisjoint(each.former)]
    statements = row.statements
    if specialism.scale.former:
        statements = tuple(
            statement._replace(levels=_levels_today(statement.levels, specialism.scale)) for statement in statements
        )
    return replace(row, id=row.id if row.id in ids or not ids else ids[0], statements=statements)


def _levels_today(levels: LevelRange | None, scale: Scale) -> LevelRange | None:
    """``levels`` by the names that they have on ``scale``; as they are where it does not know them all."""
    try:
        return scale.between(scale.level(str(levels.lowest)), scale.level(str(levels.highest))) if levels else None
    except ValueError:
        return levels


def _levels_of(scale: Scale) -> str:
    if scale.is_empty:
        return "none"
    return f"{scale.words} {list_levels(scale.levels)}" + (", which add up" if scale.adds_up else "")


def _change(before: Passage | None, after: Passage, guessed_ids: set[str]) -> StatementChange | None:
    if before is None:
        return StatementChange((ChangeKind.ADDED,), None, after)
    words = tuple(word_changes(before.text, after.text)) if before.text != after.text else ()
    kinds = [
        kind
        for kind, differs in (
            (ChangeKind.REWORDED, before.text != after.text),
            (ChangeKind.RELEVELLED, str(before.levels) != str(after.levels)),
            (ChangeKind.MOVED, before.heading != after.heading),
        )
        if differs
    ]
    if not kinds:
        return None
    return StatementChange(tuple(kinds), before, after, after.id in guessed_ids, words)


def _levels_held(levels: LevelRange | None) -> dict[str, Level]:
    """The levels at which a text for ``levels`` holds, by name."""
    return {str(level): level for level in levels.scope} if levels else {}


def match_passages(before: Sequence[Passage], after: Sequence[Passage]) -> tuple[dict[str, Passage], set[str]]:
    """The old passage of each new one, by the new one's id, and the ids that were matched by a guess."""
    earlier = {passage.id: passage for passage in before}
    pairs = {passage.id: earlier[passage.id] for passage in after if passage.id in earlier}
    # What is called by the skill that it is about is never another skill's, however alike.
    old = [passage for passage in before if passage.id not in {*pairs, passage.heading}]
    new = [passage for passage in after if passage.id not in {*pairs, passage.heading}]
    guesses = _guess_pairs(old, new)
    return pairs | guesses, set(guesses)


def _guess_pairs(old: Iterable[Passage], new: Sequence[Passage]) -> dict[str, Passage]:
    """Old passages for new ones by their texts, the most alike first, each once."""
    alike = sorted(
        ((likeness, earlier, later) for earlier in old for later in new if (likeness := _likeness(earlier, later))),
        key=lambda pair: (-pair[0], pair[1].id, pair[2].id),
    )
    guesses: dict[str, Passage] = {}
    matched_ids: set[str] = set()
    for _, earlier, later in alike:
        if earlier.id not in matched_ids and later.id not in guesses:
            guesses[later.id] = earlier
            matched_ids.add(earlier.id)
    return guesses


def _likeness(passage: Passage, other: Passage) -> float:
    """How alike two texts are, or 0 where they are not alike enough to be one statement."""
    limit = _LIKE if (passage.specialism, passage.heading) == (other.specialism, other.heading) else _VERY_LIKE
    return fuzz.ratio(passage.text, other.text, score_cutoff=limit)


def _renamed_headings(before: Iterable[Passage], after: Iterable[Passage]) -> list[RenamedHeading]:
    old, new = _titles(before), _titles(after)
    return [RenamedHeading(key, old[key], title) for key, title in new.items() if key in old and old[key] != title]


def _moved_headings(old: Framework, new: Framework, heading_keys: Collection[str] | None) -> Iterator[MovedHeading]:
    """Headings in another place, among those of ``heading_keys``, or among all."""
    was = {specialism.id: [row.id for row in _shown_rows(specialism, heading_keys)] for specialism in old.specialisms}
    for specialism in new.specialisms:
        rows = _shown_rows(specialism, heading_keys)
        ids = [row.id for row in rows]
        for heading in find_moved(was.get(specialism.id, ()), ids):
            at = ids.index(heading)
            yield MovedHeading(f"{specialism.id}.{heading}", rows[at].title, rows[at - 1].title if at else "")


def _shown_rows(specialism: Specialism, heading_keys: Collection[str] | None) -> list[Heading]:
    return [row for row in specialism.rows if heading_keys is None or f"{specialism.id}.{row.id}" in heading_keys]


def _rows_elsewhere(old: Framework, new: Framework, heading_keys: Collection[str] | None) -> Iterator[RowsElsewhere]:
    """What decides where rows are printed, where it is not what it was: rows that changed alike are told together."""
    was, now = (
        {(specialism.id, row.id): (row, kind) for specialism in version.specialisms for kind, row in specialism.kinds}
        for version in (old, new)
    )
    alike: dict[tuple[str, str, str], list[str]] = {}
    for key, (row, kind) in now.items():
        if key in was and (heading_keys is None or ".".join(key) in heading_keys):
            earlier, earlier_kind = was[key]
            for what, before, after in (("group", earlier.group, row.group), ("kind", str(earlier_kind), str(kind))):
                if before != after:
                    alike.setdefault((what, before, after), []).append(row.title)
    for (what, before, after), titles in alike.items():
        yield RowsElsewhere(what, tuple(titles), before, after)


def _titles(passages: Iterable[Passage]) -> Mapping[str, str]:
    return {_heading_key(passage): passage.title for passage in passages}


def _heading_key(passage: Passage) -> str:
    """What a text stands under: a row of its specialism, or what has none."""
    return f"{passage.specialism}.{passage.heading}".lstrip(".")
