"""The text of a file that is not plain text, written down as the source that framework files are held against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from jdgen.framework.model import SourcePlace
from jdgen.importing.grid import Grid, Prose, Publication


def transcribed(name: str, blocks: Iterable[Grid | Prose], drawn: bool = False) -> Publication:
    """The publication with its source text: a paragraph or a table's row a line, cells divided by tabs.

    A cell stands where its first column is; the others that it reaches over are empty.
    """
    lines: list[str] = []
    placed: list[Grid | Prose] = []
    for block in blocks:
        if isinstance(block, Prose):
            lines.append(block.text)
            placed.append(replace(block, source=SourcePlace(len(lines), 1)))
        else:
            placed.append(_placed(block, len(lines) + 1))
            lines += _lines(block)
        lines.append("")
    columns = f"Lines and tab-separated cells, counted from 1, of the text that was read from {name}."
    return Publication(name, tuple(placed), "\n".join(lines).encode(), columns, drawn=drawn)


def _placed(grid: Grid, first: int) -> Grid:
    return Grid(tuple(replace(cell, source=SourcePlace(first + cell.row, cell.column + 1)) for cell in grid.cells))


def _lines(grid: Grid) -> Iterator[str]:
    width = grid.width
    for row in range(grid.height):
        texts = {cell.column: cell.text for cell in grid.cells if cell.row == row}
        yield "\t".join(texts.get(column, "") for column in range(width))
