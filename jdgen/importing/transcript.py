"""The text of a file that is not plain text, written down as the source that framework files are held against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from jdgen.errors import JdgenError, Problem
from jdgen.framework.model import SourcePlace
from jdgen.importing.columns import Expected
from jdgen.importing.grid import Doubt, Grid, Prose, Publication
from jdgen.importing.pages import whole_rows

#: A framework's table is read by people; what is beyond this is something else.
MAX_ROWS, MAX_COLUMNS = 5_000, 200


def transcribe(
    name: str, blocks: Iterable[Grid | Prose], expected: Expected, drawn: bool = False, doubts: Iterable[Doubt] = ()
) -> Publication:
    """The publication with its source text: a paragraph or a table's row a line, cells divided by tabs.

    A row that a page divides is one line; heads as ``expected`` tell where each page begins. A cell stands where its
    first column is; the others that it reaches over are empty. Raises :class:`JdgenError` for a table that no person
    can have meant, of empty cells without end.
    """
    lines: list[str] = []
    placed: list[Grid | Prose] = []
    for block in whole_rows(list(blocks), expected):
        if isinstance(block, Prose):
            lines.append(block.text)
            placed.append(replace(block, source=SourcePlace(len(lines), 1)))
        else:
            _refuse_oversize(block, name)
            placed.append(_with_sources(block, len(lines) + 1))
            lines += _lines(block)
        lines.append("")
    columns = f"Lines and tab-separated cells, counted from 1, of the text that was read from {name}."
    return Publication(name, tuple(placed), "\n".join(lines).encode(), columns, drawn=drawn, doubts=tuple(doubts))


def _refuse_oversize(grid: Grid, name: str) -> None:
    if grid.height > MAX_ROWS or grid.width > MAX_COLUMNS:
        what = f"a table has {grid.height:,} rows and {grid.width:,} columns"
        raise JdgenError(Problem(name, what, f"at most {MAX_ROWS:,} and {MAX_COLUMNS}"))


def _with_sources(grid: Grid, first: int) -> Grid:
    cells = (replace(cell, source=SourcePlace(first + cell.row, cell.column + 1)) for cell in grid.cells)
    return replace(grid, cells=tuple(cells))


def _lines(grid: Grid) -> Iterator[str]:
    width = grid.width
    for row in range(grid.height):
        texts = {cell.column: cell.text for cell in grid.over(row) if cell.row == row}
        yield "\t".join(texts.get(column, "") for column in range(width))
