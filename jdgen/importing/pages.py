"""Tables that go on over several pages: which head holds on each, and rows that a page has divided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from jdgen.importing.grid import Cell, Grid, Prose
from jdgen.importing.levels import Head, head_of
from jdgen.scales import Scale


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
    own = [cell for cell in page.grid.over(row) if cell.text and cell.row == row]
    titled = any(cell.column == 0 or cell.end <= page.head.first for cell in own)
    return [] if titled else own


def _put_back(rest: Sequence[Cell], below: list[Cell], above: list[Cell], row: int) -> None:
    for cell in rest:
        # Not by how far they reach: in plain text an empty cell beside the rest may have ended with its row.
        found = (n for n, one in enumerate(above) if one.row + one.rows - 1 == row and one.column == cell.column)
        target = next(found, None)
        if target is None:
            continue
        one = above[target]
        text = f"{one.text} {cell.text}".strip()
        above[target] = replace(one, text=text, rest=cell.place)
        below[below.index(cell)] = replace(cell, text="")
