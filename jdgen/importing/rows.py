"""The rows of a framework's table, whichever pages they stand on: a title, and statements over levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from jdgen.importing.grid import Cell, Grid
from jdgen.importing.levels import Head, published
from jdgen.importing.pages import Page, pages
from jdgen.scales import Level, LevelRange, Scale

_LOST = "R2: the row's last cell ({}) was lost; R1 carries the merged cell on to it."
_EMPTY = "R1: the cell of {} is empty, and is taken to continue the one on its left."


@dataclass(frozen=True)
class Said:
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
    said: tuple[Said, ...]
    wide: bool = False
    outside: tuple[Cell, ...] = ()

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """What is equal where a row is repeated on each page."""
        return self.title.text, tuple(one.cell.text for one in self.said)


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
    found: dict[tuple[str, tuple[LevelRange, ...]], list[Row]] = {}
    for page in filter(None, pages(grids, scale)):
        rows = found.setdefault((page.title, tuple(one.levels for one in page.head.columns)), [])
        rows += _rows(page, rows[-1].group if rows else "")
    return [_table(title, levels, rows) for (title, levels), rows in found.items()]


def _table(title: str, levels: Sequence[LevelRange], rows: Iterable[Row]) -> Table:
    filled = tuple(replace(row, said=_filled(row.said, levels)) for row in _once(rows))
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
        said = tuple(_said(number, cell, page.head) for cell in below)
        # A text over the whole row is the title of the rows below it.
        if said and not any(cell.column == 0 and cell.end > first for cell in cells):
            titles = [cell for cell in cells if cell.end <= first]
            title = titles[-1] if titles else replace(said[0].cell, text="")
            yield Row(title, group, said, said[0].cell.column < first, outside)


def _said(row: int, cell: Cell, head: Head) -> Said:
    under = head.under(cell.column, cell.end)
    # A cell that is narrower than half of what stands under a level still stands under some level.
    under = under or tuple(one for one in head.columns if one.start < cell.end and cell.column < one.end)
    shown = head.under(cell.column, cell.end - cell.lost) if cell.lost else under
    inferred = _levels(one.levels for one in under if one not in shown)
    doubt = "it is one cell with another row's" if cell.row != row else ""
    if cell.rest:
        doubt = f"its end stands apart, at {cell.rest}"
    rule = _LOST.format(_listed(inferred)) if inferred else ""
    return Said(cell, _run(under[0].levels, under[-1].levels), inferred, rule, doubt)


def _filled(said: Sequence[Said], levels: Sequence[LevelRange]) -> tuple[Said, ...]:
    """What a row says, where cells of their own are empty: it is taken to go on to the right, by R1. Where levels add
    up it does so anyway, and an empty cell adds nothing."""
    if levels[0].scale.adds_up:
        return tuple(said)
    filled: list[Said] = []
    for one, after in zip_longest(said, said[1:]):
        beyond = (level for level in levels if level.lowest > one.levels.highest)
        empty = _levels(level for level in beyond if after is None or level.highest < after.levels.lowest)
        if not empty:
            filled.append(one)
            continue
        rule = _EMPTY.format(_listed(empty))
        filled.append(
            replace(one, levels=one.levels.scale.between(one.levels.lowest, empty[-1]), inferred=empty, rule=rule)
        )
    return tuple(filled)


def _run(first: LevelRange, last: LevelRange) -> LevelRange:
    return first.scale.between(first.lowest, last.highest)


def _levels(ranges: Iterable[LevelRange]) -> tuple[Level, ...]:
    return tuple(level for levels in ranges for level in levels)


def _listed(levels: Iterable[Level]) -> str:
    return ", ".join(published(level) for level in levels)


def _once(rows: Iterable[Row]) -> list[Row]:
    found: dict[tuple[str, tuple[str, ...]], Row] = {}
    for row in rows:
        found.setdefault(row.key, row)
    return list(found.values())
