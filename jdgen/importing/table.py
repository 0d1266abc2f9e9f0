"""A framework's table: which rows name levels, how it goes on over pages, and what each row is of a framework."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise, zip_longest

from jdgen.framework.model import Specialism
from jdgen.importing.grid import Cell, Grid, Prose
from jdgen.levels import AFC, Level, LevelRange, Scale

# The row of a table that names the levels of its columns: bands, or those of a scale that the reader is told.

#: A single level could be any word or number in any table.
_FEWEST = 2
_SCALE = re.compile(r"^(?:afc|agenda for change)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Columns:
    """Neighbouring columns, from ``start`` to before ``end``, that hold what is said of ``levels``."""

    start: int
    end: int
    levels: LevelRange


@dataclass(frozen=True)
class Head:
    """The row of levels: its number (-1 where it stands in an earlier table), and its columns from left to right."""

    row: int
    columns: tuple[Columns, ...]

    @property
    def first(self) -> int:
        """The first column of levels. The columns before it are labels."""
        return self.columns[0].start

    def under(self, start: int, end: int) -> tuple[Columns, ...]:
        """The columns that those from ``start`` to before ``end`` cover to at least a half."""
        return tuple(
            one for one in self.columns if 2 * (min(end, one.end) - max(start, one.start)) >= one.end - one.start
        )


def head_of(grid: Grid, scale: Scale) -> Head | None:
    """The head of a table: its first row that names levels of ``scale``, or nothing."""
    for row in range(grid.height):
        cells = [cell for cell in grid.over(row) if cell.row == row]
        if columns := columns_of(cells, scale):
            return Head(row, columns)
    return None


def columns_of(cells: Sequence[Cell], scale: Scale) -> tuple[Columns, ...]:
    """The columns that a row of cells heads with levels, which rise from left to right up to its end; else none."""
    levels = named_levels([cell.text for cell in cells], scale)
    named = [(cell, one) for cell, one in zip(cells, levels, strict=True) if one]
    return tuple(Columns(cell.column, cell.end, one) for cell, one in named)


def named_levels(texts: Iterable[str], scale: Scale) -> list[LevelRange | None]:
    """For each text of a row the levels that it names; nothing at all where the row is no row of levels."""
    texts = list(texts)
    levels = [_levels(text, scale) for text in texts]
    named = [one for one in levels if one]
    start = next((index for index, one in enumerate(levels) if one), 0)
    others = any(text.strip() and not one for text, one in zip(texts[start:], levels[start:], strict=True))
    rising = all(lower.highest < upper.lowest for lower, upper in pairwise(named))
    return levels if len(named) >= _FEWEST and rising and not others else [None] * len(texts)


def level_as_published(level: Level) -> str:
    """A level as publications print it; a band as ``8D``."""
    return str(level).upper() if level.scale == AFC else str(level)


def _levels(text: str, scale: Scale) -> LevelRange | None:
    try:
        return scale.range(_SCALE.sub("", text.strip()))
    except ValueError:
        return None


# Tables that go on over several pages: which head holds on each, and rows that a page has divided.


@dataclass(frozen=True)
class Page:
    """The part of a table that stands on one page: the title above its levels, its head, and its first row below."""

    grid: Grid
    title: str
    head: Head
    start: int

    def continues(self, other: Page) -> bool:
        """Whether it is of one table with ``other``."""
        return self.title == other.title and self.levels == other.levels

    @property
    def levels(self) -> tuple[object, ...]:
        """What its head names."""
        return tuple(one.levels for one in self.head.columns)


def pages(grids: Iterable[Grid], scale: Scale) -> Iterator[Page | None]:
    """The page that each grid is; nothing for a table without a row of levels of ``scale``.

    A grid without one that is as wide as the page before it is that one's next page.
    """
    page: Page | None = None
    for grid in grids:
        if head := head_of(grid, scale):
            page = Page(grid, _title(grid, head), head, head.row + 1)
            yield page
        elif page and page.grid.width == grid.width:
            page = replace(page, grid=grid, start=0)
            yield page
        else:
            yield None


def whole_rows(blocks: Sequence[Grid | Prose], scale: Scale) -> tuple[Grid | Prose, ...]:
    """``blocks`` with each row that has no title put back to the row above it, of which it is the rest."""
    grids = [block for block in blocks if isinstance(block, Grid)]
    mended = [list(grid.cells) for grid in grids]
    above: tuple[Page, int, int] | None = None
    for index, page in enumerate(pages(grids, scale)):
        for row in range(page.start, page.grid.height) if page else ():
            assert page is not None
            rest = _rest(page, row)
            if rest and above and page.continues(above[0]):
                _put_back(rest, mended[index], mended[above[1]], above[2])
            elif any(cell.text and cell.row == row for cell in page.grid.over(row)):
                above = page, index, row
    whole = iter(Grid(tuple(cells)) for cells in mended)
    return tuple(next(whole) if isinstance(block, Grid) else block for block in blocks)


def _title(grid: Grid, head: Head) -> str:
    """What stands above the levels: the name of the specialism."""
    above = (cell.text for row in range(head.row) for cell in grid.over(row) if cell.end > head.first)
    return next((text for text in above if text), "")


def _rest(page: Page, row: int) -> list[Cell]:
    """The cells of a row that only goes on with the row above it; none where it has a title of its own."""
    texts = [cell for cell in page.grid.over(row) if cell.text and cell.row == row]
    titled = any(cell.column == 0 or cell.end <= page.head.first for cell in texts)
    return [] if titled else texts


def _put_back(rest: Sequence[Cell], below: list[Cell], above: list[Cell], row: int) -> None:
    for cell in rest:
        # Not by how far they reach: in plain text an empty cell beside the rest may have ended with its row.
        numbers = (n for n, one in enumerate(above) if one.row + one.rows - 1 == row and one.column == cell.column)
        target = next(numbers, None)
        if target is None:
            continue
        one = above[target]
        text = f"{one.text} {cell.text}".strip()
        above[target] = replace(one, text=text, rest=cell.place)
        below[below.index(cell)] = replace(cell, text="")


# The rows of a framework's table, whichever pages they stand on: a title, and statements over levels.

_LOST = "R2: the row's last cell ({}) was lost; R1 carries the merged cell on to it."
_EMPTY = "R1: the cell of {} is empty, and is taken to continue the one on its left."


@dataclass(frozen=True)
class CellStatement:
    """What one cell says, and for which levels. ``inferred`` are levels for which the file does not show it, by
    ``rule``; ``doubt`` says what a person must look at, if anything."""

    cell: Cell
    levels: LevelRange
    inferred: tuple[Level, ...] = ()
    rule: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class Row:
    """One row: the cell of its title, the ``group`` of rows that it belongs to, and what it says.

    ``wide`` tells that what it says begins beside the levels already, above the other rows' titles; ``outside`` are
    cells that stand under no level.
    """

    title: Cell
    group: str
    statements: tuple[CellStatement, ...]
    wide: bool = False
    outside: tuple[Cell, ...] = ()

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """What is equal where a row is repeated on each page."""
        return self.title.text, tuple(one.cell.text for one in self.statements)


@dataclass(frozen=True)
class Table:
    """All that a publication's tables say of one specialism."""

    title: str
    levels: LevelRange
    rows: tuple[Row, ...]


def tables(grids: Iterable[Grid], scale: Scale) -> list[Table]:
    """The tables with levels of ``scale``, those of one specialism on several pages joined; rows that are repeated
    there are taken once.

    A table without levels that is as wide as the one before it is that one's next page; any other is passed over.
    """
    rows_of: dict[tuple[str, tuple[LevelRange, ...]], list[Row]] = {}
    for page in filter(None, pages(grids, scale)):
        rows = rows_of.setdefault((page.title, tuple(one.levels for one in page.head.columns)), [])
        rows += _rows(page, rows[-1].group if rows else "")
    return [_table(title, levels, rows) for (title, levels), rows in rows_of.items()]


def _table(title: str, levels: Sequence[LevelRange], rows: Iterable[Row]) -> Table:
    filled = tuple(replace(row, statements=_fill_empty_cells(row.statements, levels)) for row in _once(rows))
    return Table(title, _run(levels[0], levels[-1]), filled)


def _rows(page: Page, group: str) -> Iterator[Row]:
    first = page.head.first
    for number in range(page.start, page.grid.height):
        cells = [cell for cell in page.grid.over(number) if cell.text]
        if cells and cells[0].column == 0:
            group = cells[0].text
        beyond = page.head.columns[-1].end
        outside = tuple(cell for cell in cells if cell.column >= beyond)
        below = [cell for cell in cells if cell.end > first and 0 < cell.column < beyond]
        statements = tuple(_read_statement(number, cell, page.head) for cell in below)
        # A text over the whole row is the title of the rows below it.
        if statements and not any(cell.column == 0 and cell.end > first for cell in cells):
            titles = [cell for cell in cells if cell.end <= first]
            title = titles[-1] if titles else replace(statements[0].cell, text="")
            yield Row(title, group, statements, statements[0].cell.column < first, outside)


def _read_statement(row: int, cell: Cell, head: Head) -> CellStatement:
    under = head.under(cell.column, cell.end)
    # A cell that is narrower than half of what stands under a level still stands under some level.
    under = under or tuple(one for one in head.columns if one.start < cell.end and cell.column < one.end)
    shown = head.under(cell.column, cell.end - cell.lost) if cell.lost else under
    inferred = _levels_of_row(one.levels for one in under if one not in shown)
    doubt = "it is one cell with another row's" if cell.row != row else ""
    if cell.rest:
        doubt = f"its end stands apart, at {cell.rest}"
    rule = _LOST.format(_list_levels(inferred)) if inferred else ""
    return CellStatement(cell, _run(under[0].levels, under[-1].levels), inferred, rule, doubt)


def _fill_empty_cells(statements: Sequence[CellStatement], levels: Sequence[LevelRange]) -> tuple[CellStatement, ...]:
    """What a row says, where cells of their own are empty: it is taken to go on to the right, by R1. Where levels add
    up it does so anyway, and an empty cell adds nothing."""
    if levels[0].scale.adds_up:
        return tuple(statements)
    filled: list[CellStatement] = []
    for one, after in zip_longest(statements, statements[1:]):
        beyond = (level for level in levels if level.lowest > one.levels.highest)
        empty = _levels_of_row(level for level in beyond if after is None or level.highest < after.levels.lowest)
        if not empty:
            filled.append(one)
            continue
        rule = _EMPTY.format(_list_levels(empty))
        filled.append(
            replace(one, levels=one.levels.scale.between(one.levels.lowest, empty[-1]), inferred=empty, rule=rule)
        )
    return tuple(filled)


def _run(first: LevelRange, last: LevelRange) -> LevelRange:
    return first.scale.between(first.lowest, last.highest)


def _levels_of_row(ranges: Iterable[LevelRange]) -> tuple[Level, ...]:
    return tuple(level for levels in ranges for level in levels)


def _list_levels(levels: Iterable[Level]) -> str:
    return ", ".join(level_as_published(level) for level in levels)


def _once(rows: Iterable[Row]) -> list[Row]:
    first: dict[tuple[str, tuple[str, ...]], Row] = {}
    for row in rows:
        first.setdefault(row.key, row)
    return list(first.values())


# Which part of a framework each row of its table is: a responsibility, an entry route, the qualifications.


class Part(StrEnum):
    """A part of a specialism; the values are the keys of a framework file."""

    COMPLEXITY = "complexity"
    COMPLEXITY_NARRATIVE = "complexity_narrative"
    HEADING = "headings"
    ENTRY_ROUTE = "entry_routes"
    QUALIFICATIONS = "qualifications"


#: Parts that a specialism has at most once, and what an import looks for to find each.
SINGLE: Mapping[Part, str] = {
    Part.COMPLEXITY: "'complexity' in its title",
    Part.COMPLEXITY_NARRATIVE: "one text that reaches over all bands and the titles of the other rows",
    Part.QUALIFICATIONS: "'qualifications' in its title",
}
_NOT = re.compile(r"^non[-\s]+", re.IGNORECASE)


def assign_parts(rows: Sequence[Row], earlier: Specialism | None) -> Iterator[tuple[Part, Row]]:
    """Each row with its part: the one that it had in the earlier version, else the one that it looks like."""
    earlier_parts = _parts_of_earlier(earlier) if earlier else {}
    opposites = {plain(_NOT.sub("", row.title.text)) for row in rows if _NOT.match(row.title.text)}
    taken: set[Part] = set()
    for row in rows:
        part = earlier_parts.get(plain(row.title.text)) or _looks_like(row, opposites)
        if part in taken:
            part = Part.HEADING
        if part in SINGLE:
            taken.add(part)
        yield part, row


def plain(title: str) -> str:
    """A title as it is compared: case and white space make no difference."""
    return " ".join(title.casefold().split())


def _looks_like(row: Row, opposites: set[str]) -> Part:
    title = plain(row.title.text)
    if "qualification" in title:
        return Part.QUALIFICATIONS
    if row.wide and len(row.statements) == 1:
        return Part.COMPLEXITY_NARRATIVE
    if "complexity" in title:
        return Part.COMPLEXITY
    # An entry route may stand apart from its opposite: 'Project Professional' and 'Non-Project Professional'.
    if "entry route" in title or "entry route" in plain(row.group) or title in opposites:
        return Part.ENTRY_ROUTE
    return Part.HEADING


def _parts_of_earlier(specialism: Specialism) -> dict[str, Part]:
    parts = {plain(heading.title): Part.HEADING for heading in specialism.headings}
    parts |= {plain(route.title): Part.ENTRY_ROUTE for route in specialism.entry_routes}
    single = {
        Part.COMPLEXITY: specialism.complexity,
        Part.COMPLEXITY_NARRATIVE: specialism.complexity_narrative,
        Part.QUALIFICATIONS: specialism.qualifications,
    }
    return parts | {plain(heading.title): part for part, heading in single.items() if heading}
