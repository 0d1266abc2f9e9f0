"""The rows of a framework's table, whichever pages they stand on: a title, and statements over levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from jdgen.bands import Band, BandRange
from jdgen.importing.grid import Cell, Grid
from jdgen.importing.levels import Head, published
from jdgen.importing.pages import Page, pages

_LOST = "R2: the row's last cell ({}) was lost; R1 carries the merged cell on to it."
_EMPTY = "R1: the cell of {} is empty, and is taken to continue the one on its left."


@dataclass(frozen=True)
class Said:
    """What one cell says, and for which bands. ``inferred`` are bands for which the file does not show it, by
    ``rule``; ``doubt`` says what a person must look at, if anything."""

    cell: Cell
    bands: BandRange
    inferred: tuple[Band, ...] = ()
    rule: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class Row:
    """One row: the cell of its title, the ``group`` of rows that it belongs to, and what it says.

    ``wide`` tells that what it says begins beside the bands already, above the other rows' titles; ``outside`` are
    cells that stand under no band.
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
    bands: BandRange
    rows: tuple[Row, ...]


def tables(grids: Iterable[Grid]) -> list[Table]:
    """The tables, those of one specialism on several pages joined; rows that are repeated there are taken once.

    A table without bands that is as wide as the one before it is that one's next page; any other is passed over.
    """
    found: dict[tuple[str, tuple[BandRange, ...]], list[Row]] = {}
    for page in filter(None, pages(grids)):
        rows = found.setdefault((page.title, tuple(level.bands for level in page.head.levels)), [])
        rows += _rows(page, rows[-1].group if rows else "")
    return [_table(title, levels, rows) for (title, levels), rows in found.items()]


def _table(title: str, levels: Sequence[BandRange], rows: Iterable[Row]) -> Table:
    filled = tuple(replace(row, said=_filled(row.said, levels)) for row in _once(rows))
    return Table(title, BandRange(levels[0].lowest, levels[-1].highest), filled)


def _rows(page: Page, group: str) -> Iterator[Row]:
    first = page.head.first
    for number in range(page.start, page.grid.height):
        cells = [cell for cell in page.grid.over(number) if cell.text]
        if cells and cells[0].column == 0:
            group = cells[0].text
        beyond = page.head.levels[-1].end
        outside = tuple(cell for cell in cells if cell.column >= beyond)
        below = [cell for cell in cells if cell.end > first and 0 < cell.column < beyond]
        said = tuple(_said(number, cell, page.head) for cell in below)
        # A text over the whole row is the title of the rows below it.
        if said and not any(cell.column == 0 and cell.end > first for cell in cells):
            titles = [cell for cell in cells if cell.end <= first]
            title = titles[-1] if titles else replace(said[0].cell, text="")
            yield Row(title, group, said, said[0].cell.column < first, outside)


def _said(row: int, cell: Cell, head: Head) -> Said:
    levels = head.under(cell.column, cell.end)
    # A cell that is narrower than half a level still stands over some level.
    levels = levels or tuple(level for level in head.levels if level.start < cell.end and cell.column < level.end)
    shown = head.under(cell.column, cell.end - cell.lost) if cell.lost else levels
    inferred = _bands(level.bands for level in levels if level not in shown)
    doubt = "it is one cell with another row's" if cell.row != row else ""
    if cell.rest:
        doubt = f"its end stands apart, at {cell.rest}"
    rule = _LOST.format(_listed(inferred)) if inferred else ""
    return Said(cell, BandRange(levels[0].bands.lowest, levels[-1].bands.highest), inferred, rule, doubt)


def _filled(said: Sequence[Said], levels: Sequence[BandRange]) -> tuple[Said, ...]:
    """What a row says, where cells of their own are empty: it is taken to go on to the right, by R1."""
    filled: list[Said] = []
    for one, after in zip_longest(said, said[1:]):
        beyond = (level for level in levels if level.lowest > one.bands.highest)
        empty = _bands(level for level in beyond if after is None or level.highest < after.bands.lowest)
        if not empty:
            filled.append(one)
            continue
        rule = _EMPTY.format(_listed(empty))
        filled.append(replace(one, bands=BandRange(one.bands.lowest, empty[-1]), inferred=empty, rule=rule))
    return tuple(filled)


def _bands(ranges: Iterable[BandRange]) -> tuple[Band, ...]:
    return tuple(band for bands in ranges for band in bands)


def _listed(bands: Iterable[Band]) -> str:
    return ", ".join(published(band) for band in bands)


def _once(rows: Iterable[Row]) -> list[Row]:
    found: dict[tuple[str, tuple[str, ...]], Row] = {}
    for row in rows:
        found.setdefault(row.key, row)
    return list(found.values())
