"""Headings and the lists below them, as a table: each depth of headings is a column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from jdgen.importing.columns import Expected
from jdgen.importing.grid import Cell, Grid, Prose, Publication
from jdgen.importing.lines import is_listed
from jdgen.importing.list_heads import BELOW, DEPTH
from jdgen.importing.pages import pages


def with_outline(read: Publication, expected: Expected) -> Publication:
    """The publication, with its headings and what stands below them as a table where it has no other."""
    if any(pages(read.blocks, expected)):
        return read
    grid = _grid(list(read.prose))
    return replace(read, blocks=(*read.blocks, grid)) if grid else read


def _grid(prose: Sequence[Prose]) -> Grid | None:
    """A row for what stands below each heading, with the headings that it stands under."""
    deepest = max((one.depth for one in prose), default=0)
    rows: list[list[Prose | Sequence[Prose] | None]] = []
    path: dict[int, Prose] = {}
    below: list[Prose] = []

    def close() -> None:
        listed = [one for one in below if is_listed(one.text)]
        if path and (listed or (below and max(path) == deepest)):
            rows.append([*(path.get(depth) for depth in range(1, deepest + 1)), listed or tuple(below)])
        below.clear()

    for one in prose:
        if one.depth:
            close()
            path = {depth: above for depth, above in path.items() if depth < one.depth} | {one.depth: one}
        else:
            below.append(one)
    close()
    if not rows:
        return None
    heads = [DEPTH.format(depth) for depth in range(1, deepest + 1)] + [BELOW]
    place = prose[0].place
    cells = [Cell(0, column, head, place, source=prose[0].source) for column, head in enumerate(heads)]
    for number, row in enumerate(rows, 1):
        cells += _cells(number, row)
    return Grid(tuple(cells))


def _cells(number: int, row: Sequence[Prose | Sequence[Prose] | None]) -> Iterator[Cell]:
    for column, one in enumerate(row):
        if isinstance(one, Prose):
            yield Cell(number, column, one.text, one.place, source=one.source)
        elif one:
            lines = tuple(each.text for each in one)
            yield Cell(number, column, " ".join(lines), one[0].place, lines=lines, source=one[0].source)
