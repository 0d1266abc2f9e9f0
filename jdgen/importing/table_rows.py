"""What a publication's tables say, whatever way they are laid out: rows, each a title and statements over levels, also
where a table only ticks these; and what each row is."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from itertools import groupby
from operator import itemgetter

from jdgen.framework.model import RowKind, Specialism
from jdgen.framework.transcription import LIST_MARKS
from jdgen.importing.column_meaning import plain
from jdgen.importing.grid import Cell, CellPlace, Doubt, Prose
from jdgen.importing.lines import CHECKS, CROSSES, UNCHECKED, is_gap, tick_in
from jdgen.importing.pages import Page, cell_of
from jdgen.importing.titles import says_what_levels_are
from jdgen.levels import Level, LevelRange


@dataclass(frozen=True)
class CellStatement:
    """What one cell says, and for which levels: for each, where there are none. ``inferred`` are levels for which the
    file does not show it, by ``rule``; ``doubt`` says what a person must look at, if anything."""

    cell: Cell
    levels: LevelRange | None
    inferred: tuple[Level, ...] = ()
    rule: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class Row:
    """One row: the cell of its title, the ``group`` of rows that it belongs to, with the cell ``group_cell`` that names
    it if a table does, and what the row says; its ``kind``, where the file or a layout tells it, and the cell ``about``
    that says what its title means.

    ``wide`` tells that what it says begins beside the levels already, above the other rows' titles; ``outside`` are
    cells that stand under no level and are no titles that are read, and ``gaps`` those that say in so many words that
    the row says nothing there.
    """

    title: Cell
    group: str
    statements: tuple[CellStatement, ...]
    wide: bool = False
    outside: tuple[Cell, ...] = ()
    gaps: tuple[CellStatement, ...] = ()
    kind: RowKind | None = None
    about: Cell | None = None
    group_cell: Cell | None = None

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """What is equal where a row is repeated on each page."""
        return self.title.text, tuple(statement.cell.text for statement in self.statements)


class Subject(StrEnum):
    """What the rows of a table are about."""

    ROLES = "what a role does"
    SKILLS = "what a skill means at each of its levels"
    REQUIREMENTS = "which skills a role needs"


@dataclass(frozen=True)
class Table:
    """All that a publication's tables say of one subject in one specialism: its title, which stands ``above`` the first
    of them where it does not stand in them; its levels, those of its ``columns``, and the place of the first; its rows;
    the cell that describes the specialism, where a table has one; and what must be looked at."""

    title: str
    levels: LevelRange
    rows: tuple[Row, ...]
    columns: tuple[LevelRange, ...]
    place: CellPlace
    above: Prose | None = None
    doubts: tuple[Doubt, ...] = ()
    subject: Subject = Subject.ROLES
    description: Cell | None = None


def run_of(ranges: Iterable[LevelRange]) -> LevelRange:
    """The levels from the lowest to the highest of ``ranges``."""
    all_ranges = list(ranges)
    lowest = min(level_range.lowest for level_range in all_ranges)
    return all_ranges[0].scale.between(lowest, max(level_range.highest for level_range in all_ranges))


def as_list(cells: Sequence[Cell]) -> Cell:
    """The first of ``cells``, with the texts of all as the entries of a list; the cell itself where it is alone."""
    first, *others = cells
    if not others:
        return first
    lines = [line for cell in cells for line in cell.lines or (cell.text,)]
    entries = tuple(line if line.startswith(tuple(LIST_MARKS)) else f"{LIST_MARKS[0]} {line}" for line in lines)
    return replace(first, text=" ".join(entries), lines=entries)


def at_levels(
    levels: Iterable[LevelRange], cells_at: Callable[[LevelRange], Sequence[Cell]]
) -> Iterator[CellStatement]:
    """What is said at each of ``levels``: as entries of a list, the ``cells_at`` it. Where neighbours have the same, it
    is said of both."""
    runs = groupby(((level, cells_at(level)) for level in levels), key=itemgetter(1))
    for cells, run in runs:
        if cells:
            yield CellStatement(as_list(cells), run_of(level for level, _ in run))


def whole_row_doubt(cell: Cell, *, is_group: bool, where: str = "over the whole row", weighs: bool = False) -> Doubt:
    """What has to be looked at of a text that stands alone in its row, ``where`` it does: it is that of a group of rows
    (``is_group``), or nothing, which ``weighs``."""
    became = "is taken as the group of the rows below it" if is_group else "is printed nowhere"
    return Doubt(f"a text {where} {became}", cell.place, text=cell.text, weighs=weighs or not is_group)


#: What is said of a row that becomes nothing.
NOWHERE = "a row that says nothing at any {} is printed nowhere"


# Tables that only tick levels: what a row says stands in its title, and is said of each level that is ticked.


def ticks_in(rows: Iterable[Row]) -> frozenset[str]:
    """The marks by which a table ticks levels; none where its cells say anything else. A cross is one, unless there are
    other ticks beside it: then it says no."""
    texts = (statement.cell.text for row in rows for statement in row.statements)
    marks = {tick_in(text)[0] for text in texts if not is_gap(text)}
    if not marks - UNCHECKED <= CHECKS | CROSSES:
        return frozenset()
    return frozenset(marks & CHECKS or marks & CROSSES)


def ticked_doubts(
    rows: Sequence[Row], ticks: Collection[str], levels: Sequence[LevelRange], page: Page
) -> Iterator[Doubt]:
    """What has to be looked at of a table that only ticks levels."""
    yield _ticked_doubt(page, ticks)
    yield from _remarks(rows)
    yield from _unticked_doubts(rows, levels, ticks)


def _ticked_doubt(page: Page, ticks: Iterable[str]) -> Doubt:
    words = page.head.scale.words
    what = (
        f"its cells only tick {words}: each row is read as what is said at those that are ticked, and rows that are"
        " ticked at the same ones as the entries of a list"
    )
    return Doubt(what, page.grid.cells[0].place, text=" ".join(sorted(ticks)), weighs=True)


def _remarks(rows: Iterable[Row]) -> Iterator[Doubt]:
    """What stands beside ticks."""
    for row in rows:
        for statement in row.statements:
            if tick_in(statement.cell.text)[1]:
                what = "a remark on a tick is printed nowhere"
                cell = statement.cell
                yield Doubt(what, cell.place, row.title.text, cell.text, str(statement.levels), weighs=True)


def _unticked_doubts(rows: Iterable[Row], levels: Sequence[LevelRange], ticks: Collection[str]) -> Iterator[Doubt]:
    """Rows that are ticked at no level."""
    for row in rows:
        if not any(_is_ticked(row, level, ticks) for level in levels):
            yield Doubt(NOWHERE.format(levels[0].scale.word), row.title.place, text=row.title.text, weighs=True)


def ticked_rows(rows: Iterable[Row], ticks: Collection[str], levels: Sequence[LevelRange], page: Page) -> Iterator[Row]:
    """A row for each group of ``rows``, and one for those of none, which is what the head above them, or else the
    table, is called. What a level has is what the rows say that are ticked there."""
    labels = [cell for column, cell in page.head.cells.items() if column < page.head.first and cell.text]
    heads = [cell for cell in labels if not says_what_levels_are(cell.text, page.head)]
    usual = heads[-1] if heads else cell_of(page.above) if page.above else None
    by_group: dict[str, list[Row]] = {}
    for row in rows:
        by_group.setdefault(row.group, []).append(row)
    for group_rows in by_group.values():
        title = group_rows[0].group_cell or usual or replace((*labels, group_rows[0].title)[0], text="")
        titles_at = partial(_titles_ticked, group_rows, ticks)
        if statements := tuple(at_levels(levels, titles_at)):
            yield Row(title, "", statements)


def _titles_ticked(rows: Sequence[Row], ticks: Collection[str], level: LevelRange) -> list[Cell]:
    return [row.title for row in rows if _is_ticked(row, level, ticks)]


def _is_ticked(row: Row, level: LevelRange, ticks: Collection[str]) -> bool:
    return any(
        tick_in(statement.cell.text)[0] in ticks and statement.levels and level.lowest in statement.levels
        for statement in row.statements
    )


# What each row is: a responsibility, an entry route, the qualifications.

#: Kinds of which a table has one row at most, and what an import looks for to find each.
SINGLE: Mapping[RowKind, str] = {
    RowKind.COMPLEXITY: "'Complexity', or such a title",
    RowKind.COMPLEXITY_NARRATIVE: "one text that reaches over all bands and the titles of the other rows",
    RowKind.QUALIFICATION: "'Qualifications', or such a title",
}
_NOT = re.compile(r"^non[-\s]+", re.IGNORECASE)


def name_of(kind: RowKind) -> str:
    """What people call a kind of row."""
    return "qualifications" if kind is RowKind.QUALIFICATION else kind.replace("-", " ")


def kinds_of(
    rows: Sequence[Row], earlier: Specialism | None, layout_kinds: Mapping[str, RowKind]
) -> Iterator[tuple[RowKind, Row]]:
    """Each row with its kind: the one that its file says, or ``layout_kinds`` have for its title or group; else the one
    that it had in the earlier version, else the one that it looks like."""
    by_title = {plain(title): kind for title, kind in layout_kinds.items()}
    earlier_kinds = {plain(row.title): kind for kind, row in earlier.kinds} if earlier else {}
    titles = {plain(row.title.text) for row in rows}
    opposites = {plain(_NOT.sub("", row.title.text)) for row in rows if _NOT.match(row.title.text)}
    kinds_above: set[RowKind] = set()
    for row in rows:
        title = plain(row.title.text)
        group = plain(row.group)
        # What is the title of a row is said of that row, and not of those that stand in a group of its name.
        stated_kind = row.kind or by_title.get(title) or (None if group in titles else by_title.get(group))
        kind = stated_kind or earlier_kinds.get(title) or _looks_like(row, opposites)
        if kind in kinds_above and not stated_kind:
            kind = RowKind.DUTY
        if kind in SINGLE:
            kinds_above.add(kind)
        yield kind, row


def _looks_like(row: Row, opposites: set[str]) -> RowKind:
    title = plain(row.title.text)
    if _names_kind(title, RowKind.QUALIFICATION):
        return RowKind.QUALIFICATION
    if row.wide and len(row.statements) == 1:
        return RowKind.COMPLEXITY_NARRATIVE
    if _names_kind(title, RowKind.COMPLEXITY):
        return RowKind.COMPLEXITY
    # An entry route may stand apart from its opposite: 'Project Professional' and 'Non-Project Professional'.
    if "entry route" in title or "entry route" in plain(row.group) or title in opposites:
        return RowKind.ENTRY_ROUTE
    return RowKind.DUTY


def _names_kind(title: str, kind: RowKind) -> bool:
    """Whether a title names a kind, and nothing else: "Managing complexity" is the heading of a responsibility."""
    words = re.findall(r"[a-z]+", title.casefold())
    kind_words = [word for word in words if word.startswith(_WORD[kind])]
    return bool(kind_words) and all(_BESIDE.fullmatch(word) or word in kind_words for word in words)


def mentioned_kind(title: str) -> RowKind | None:
    """The kind whose word stands in a title, whatever else does."""
    return next((kind for kind, word in _WORD.items() if word in title.casefold()), None)


_WORD = {RowKind.COMPLEXITY: "complexit", RowKind.QUALIFICATION: "qualification"}
#: Words that make no other title of the name of a kind.
_BESIDE = re.compile(
    "a|and|at|by|change|desirable|education(?:al)?|entry|essential|experience|expected|for|formal|in|levels?|minimum|of|or"
    "|memberships?|overall|portfolio|professional|programmes?|projects?|rating|registrations?|relevant|required"
    "|requirements?|roles?|the|training|typical|work"
)
