"""Tables laid out in other ways, turned so that their levels head columns: levels down the side, or in a column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from jdgen.importing.grid import Cell, Grid, Prose
from jdgen.importing.heads import head_of, levels_named
from jdgen.levels import LevelRange, Scale

#: What is said of such tables.
DOWN_THE_SIDE = "its levels stand down the side: the table was turned round"
IN_A_COLUMN = "its levels stand in a column of their own: what is said of each was put beside the others"
_FEWEST = 3


def turned(blocks: Sequence[Grid | Prose], scale: Scale) -> Iterator[Grid | Prose]:
    """``blocks`` with each table whose levels of ``scale`` stand in a column turned, so that they stand in a row."""
    for block in blocks:
        if isinstance(block, Prose) or head_of(block, scale):
            yield block
        else:
            yield _turned(block, scale)


def _turned(grid: Grid, scale: Scale) -> Grid:
    column = next((column for column in _columns_of_levels(grid, scale)), None)
    if column is None:
        return grid
    if column.is_rising and not any(cell.column < column.number for cell in grid.cells):
        across = (
            replace(cell, row=cell.column, column=cell.row, rows=1, columns=cell.rows, lost=0) for cell in grid.cells
        )
        return Grid(tuple(across), DOWN_THE_SIDE)
    return _spread(grid, column) or grid


@dataclass(frozen=True)
class _Column:
    """A column whose cells, from the row ``first`` on, name levels."""

    number: int
    first: int
    levels: dict[int, LevelRange]

    @property
    def is_rising(self) -> bool:
        """Whether each of its levels is higher than the one above it."""
        each = list(self.levels.values())
        return all(above.highest < below.lowest for above, below in pairwise(each))


def _columns_of_levels(grid: Grid, scale: Scale) -> Iterator[_Column]:
    fewest = min(_FEWEST, len(scale.names))
    for number in range(grid.width):
        cells = sorted((cell for cell in grid.cells if cell.column == number and cell.text), key=lambda cell: cell.row)
        levels = {cell.row: levels_named(cell.text, scale) for cell in cells}
        first = next((row for row, one in levels.items() if one), 0)
        below = {row: one for row, one in levels.items() if row >= first and one}
        is_whole = len(below) == sum(row >= first for row in levels)
        if first > 0 and is_whole and len({(one.lowest, one.highest) for one in below.values()}) >= fewest:
            yield _Column(number, first, below)


def _spread(grid: Grid, levels: _Column) -> Grid | None:
    """The table with a row for each heading and a column for each level, of one with a row for each heading at each
    level; nothing where it has more columns than a heading, its group and a text."""
    texts = _column_of_texts(grid, levels)
    labels = sorted({cell.column for cell in grid.cells} - {levels.number, texts})
    if not labels or len(labels) > _MOST_LABELS:
        return None
    order = sorted({(one.lowest, one.highest) for one in levels.levels.values()})
    cells: dict[tuple[int, int], list[Cell]] = {}
    rows: dict[tuple[str, ...], int] = {}
    titles: list[Cell | None] = [None] * len(labels)
    for row, level in levels.levels.items():
        over = {cell.column: cell for cell in grid.over(row) if cell.text}
        titles = [over.get(label) or titles[number] for number, label in enumerate(labels)]
        key = tuple(one.text if one else "" for one in titles)
        number = rows.setdefault(key, len(rows) + 1)
        column = len(labels) + order.index((level.lowest, level.highest))
        cells.setdefault((0, column), [over[levels.number]])
        for place, title in enumerate(titles):
            cells.setdefault((number, place), [title] if title else [])
        # A level about which a heading says two things is told where headings are made of rows.
        cells.setdefault((number, column), []).extend([over[texts]] if texts in over else [])
    placed = (
        replace(cell, row=row, column=column, rows=1, columns=1)
        for (row, column), all_ in cells.items()
        for cell in all_
    )
    return Grid(tuple(placed), IN_A_COLUMN)


#: A heading, and the group that it belongs to.
_MOST_LABELS = 2


def _column_of_texts(grid: Grid, levels: _Column) -> int:
    """The column with the longest texts beside the levels."""
    lengths: dict[int, int] = {}
    for cell in grid.cells:
        if cell.row >= levels.first and cell.column != levels.number:
            lengths[cell.column] = lengths.get(cell.column, 0) + len(cell.text)
    return max(lengths, key=lambda column: (lengths[column], column), default=-1)
