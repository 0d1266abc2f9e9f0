"""The rows of a framework's table, whichever pages they stand on: a title, and statements over levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from jdgen.bands import Band, BandRange
from jdgen.importing.grid import Cell, Grid
from jdgen.importing.levels import Head, head_of, published

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

    ``wide`` tells that what it says begins beside the bands already, above the other rows' titles.
    """

    title: Cell
    group: str
    said: tuple[Said, ...]
    wide: bool = False

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
    title, head, width = "", None, 0
    for grid in grids:
        if own := head_of(grid):
            title, head, width = _title(grid, own), own, grid.width
        elif head and grid.width == width:
            head = replace(head, row=-1)
        else:
            continue
        rows = found.setdefault((title, tuple(level.bands for level in head.levels)), [])
        _join(rows, list(_page(grid, head, rows[-1].group if rows else "")))
    return [_table(title, levels, rows) for (title, levels), rows in found.items()]


def _table(title: str, levels: Sequence[BandRange], rows: Iterable[Row]) -> Table:
    filled = tuple(replace(row, said=_filled(row.said, levels)) for row in _once(rows))
    return Table(title, BandRange(levels[0].lowest, levels[-1].highest), filled)


def _title(grid: Grid, head: Head) -> str:
    """What stands above the bands: the name of the specialism."""
    above = (cell.text for row in range(head.row) for cell in grid.over(row) if cell.end > head.first)
    return next((text for text in above if text), "")


def _page(grid: Grid, head: Head, group: str) -> Iterator[Row]:
    for number in range(head.row + 1, grid.height):
        cells = [cell for cell in grid.over(number) if cell.text]
        labels = [cell for cell in cells if cell.end <= head.first]
        said = tuple(_said(number, cell, head) for cell in cells if cell.end > head.first and cell.column > 0)
        if labels and labels[0].column == 0:
            group = labels[0].text
        own = [cell for cell in labels if cell.row == number]
        section = [cell for cell in cells if cell.column == 0 and cell.end > head.first]
        if section:
            group = section[0].text
        elif said:
            nothing = replace(said[0].cell, text="")
            wide = said[0].cell.column < head.first
            yield Row(own[-1] if own else nothing, group, said, wide)


def _said(row: int, cell: Cell, head: Head) -> Said:
    levels = head.under(cell.column, cell.end)
    # A cell that is narrower than half a level still stands over some level.
    levels = levels or tuple(level for level in head.levels if level.start < cell.end and cell.column < level.end)
    shown = head.under(cell.column, cell.end - cell.lost) if cell.lost else levels
    inferred = _bands(level.bands for level in levels if level not in shown)
    doubt = "it is one cell with another row's" if cell.row != row else ""
    rule = _LOST.format(_listed(inferred)) if inferred else ""
    return Said(cell, BandRange(levels[0].bands.lowest, levels[-1].bands.highest), inferred, rule, doubt)


def _filled(said: Sequence[Said], levels: Sequence[BandRange]) -> tuple[Said, ...]:
    """What a row says, where cells of their own are empty: it is taken to go on to the right, by R1."""
    filled: list[Said] = []
    for one, after in zip(said, [*said[1:], None], strict=True):
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


def _join(rows: list[Row], page: list[Row]) -> None:
    """Add the rows of a page. A row without a title is the rest of the row above it, which a page divided."""
    for row in page:
        if row.title.text or not rows:
            rows.append(row)
        else:
            rows[-1] = replace(rows[-1], said=_continued(rows[-1].said, row.said))


def _continued(above: Sequence[Said], below: Sequence[Said]) -> tuple[Said, ...]:
    rest = {one.bands: one for one in below}
    joined = []
    for one in above:
        if more := rest.pop(one.bands, None):
            cell = replace(one.cell, text=f"{one.cell.text} {more.cell.text}")
            joined.append(replace(one, cell=cell, doubt=f"its end stands apart, at {more.cell.place}"))
        else:
            joined.append(one)
    return (*joined, *rest.values())


def _once(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple({row.key: row for row in reversed(list(rows))}.values())[::-1]
