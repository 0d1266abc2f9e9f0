"""Tables that go on over several pages: which head holds on each page, and rows that a page has divided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from jdgen.importing.columns import Expected, Title, plain
from jdgen.importing.grid import Cell, Doubt, FileChoices, Grid, Prose
from jdgen.importing.heads import Head, head_of
from jdgen.importing.list_heads import list_head_of


@dataclass(frozen=True)
class Page:
    """The part of a table that stands on one page: the title above its levels, its head, and its first row below. Where
    the title stands outside the table, it is the paragraph ``above``; ``group`` is the heading there where the title
    is given."""

    grid: Grid
    title: str
    head: Head
    start: int
    above: Prose | None = None
    group: Prose | None = None

    def continues(self, other: Page) -> bool:
        """Whether it is of one table with ``other``."""
        return self.title == other.title and self.levels == other.levels

    @property
    def levels(self) -> tuple[object, ...]:
        """What its head names."""
        return tuple(one.levels for one in self.head.columns)


def pages(blocks: Iterable[Grid | Prose], expected: Expected, specialism: str = "") -> Iterator[Page | None]:
    """The page that each grid among ``blocks`` is; nothing for a table whose head is not as ``expected``.

    A grid without a head that is as wide as the page before it is that one's next page. A grid without a title has that
    of the paragraph above it that looks like one, else that of the page before it; where ``specialism`` is the title of
    all, such a paragraph heads a group of rows.
    """
    page: Page | None = None
    above: list[Prose] = []
    for block in blocks:
        if isinstance(block, Prose):
            above.append(block)
            continue
        if head := head_of(block, expected) or list_head_of(block, expected):
            page = _titled(block, head, _heading_among(above), page, specialism)
            yield page
        elif page and page.grid.width == block.width:
            page = replace(page, grid=block, start=0)
            yield page
        else:
            yield None
        above = []


def _titled(grid: Grid, head: Head, heading: Prose | None, before: Page | None, specialism: str) -> Page:
    """The first page of a table; ``heading`` stands above it, and ``before`` is the page before it."""
    page = Page(grid, "", head, head.row + 1)
    given = specialism or (head.shape.specialism if head.shape else "")
    if given:
        return replace(page, title=given, above=None, group=heading)
    where = head.shape.title if head.shape else Title.ANYWHERE
    if where is Title.SHEET:
        return replace(page, title=grid.cells[0].place.page)
    inside = _title(grid, head) if where in (Title.ANYWHERE, Title.ROW) else ""
    above = None if inside or where is Title.ROW else heading or (before.above if before else None)
    title = inside or (bare_title(above.text) if above else before.title if before else "")
    return replace(page, title=title, above=above)


#: Words that a title has at most, where the file does not say that it is one.
LONGEST_TITLE = 12
_NUMBERING = re.compile(r"^(?:\d+\.?)+[)]?\s+")


def _heading_among(prose: Sequence[Prose]) -> Prose | None:
    """The last of the paragraphs above a table that is a heading, else the last that looks like one."""
    headings = [one for one in prose if one.is_heading]
    short = [one for one in prose if len(one.text.split()) <= LONGEST_TITLE and one.text[-1] not in ".:;!?"]
    return next(reversed(headings or short), None)


def bare_title(title: str) -> str:
    """A title without the number that stands before it."""
    return _NUMBERING.sub("", title)


def numbered_pages(
    blocks: Iterable[Grid | Prose], expected: Expected, specialism: str = ""
) -> Iterator[tuple[int, Page]]:
    """The pages, each with the number of the table that it is of: tables with a head of their own are counted."""
    number = 0
    for page in filter(None, pages(blocks, expected, specialism)):
        number += page.start > 0
        yield number, page


def chosen_pages(blocks: Iterable[Grid | Prose], expected: Expected, choices: FileChoices) -> Iterator[Page]:
    """The pages of those tables that the user, or the layout file, has chosen to be read."""
    for number, page in numbered_pages(blocks, expected, choices.specialism):
        of_shape = page.head.shape.tables if page.head.shape else ()
        named = {number, plain(page.title), *(plain(title.text) for title in (page.above, page.group) if title)}
        is_of_shape = not of_shape or any((plain(one) if isinstance(one, str) else one) in named for one in of_shape)
        if is_of_shape and (not choices.tables or number in choices.tables):
            yield page


def page_doubts(page: Page) -> Iterator[Doubt]:
    """What has to be looked at of a table's head and title."""
    place = page.grid.cells[0].place
    for note in filter(None, (page.grid.note, page.head.note if page.start else "")):
        yield Doubt(note, place, weighs=True)
    if page.group and page.start:
        yield Doubt("taken as the group of the rows below it", page.group.place, text=page.group.text)
    elif page.above and page.start:
        yield Doubt("taken as the title of the table below it", page.above.place, text=page.above.text)


def whole_rows(blocks: Sequence[Grid | Prose], expected: Expected) -> tuple[Grid | Prose, ...]:
    """``blocks`` with each row that has no title put back to the row above it, of which it is the rest."""
    mended = [list(block.cells) for block in blocks if isinstance(block, Grid)]
    notes = [block.note for block in blocks if isinstance(block, Grid)]
    above: tuple[Page, int, int] | None = None
    for index, page in enumerate(pages(blocks, expected)):
        for row in range(page.start, page.grid.height) if page and not page.head.is_list else ():
            assert page is not None
            rest = _rest(page, row)
            if rest and above and page.continues(above[0]):
                _put_back(rest, mended[index], mended[above[1]], above[2])
            elif any(cell.text and cell.row == row for cell in page.grid.over(row)):
                above = page, index, row
    whole = iter(Grid(tuple(cells), note) for cells, note in zip(mended, notes, strict=True))
    return tuple(next(whole) if isinstance(block, Grid) else block for block in blocks)


def _title(grid: Grid, head: Head) -> str:
    """What stands above the levels: the name of the specialism, alone in its row."""
    rows = (texts_above(grid, head, row) for row in range(head.row))
    return next((next(iter(texts)) for texts in rows if len(texts) == 1), "")


def texts_above(grid: Grid, head: Head, row: int) -> dict[str, Cell]:
    """The texts of a row above the levels, each with the first cell that has it."""
    texts: dict[str, Cell] = {}
    for cell in grid.over(row):
        if cell.text and cell.end > head.first:
            texts.setdefault(cell.text, cell)
    return texts


def _rest(page: Page, row: int) -> list[Cell]:
    """The cells of a row that only goes on with the row above it; none where it has a title of its own."""
    texts = [cell for cell in page.grid.over(row) if cell.text and cell.row == row]
    first = page.head.first
    titled = any(cell.column == 0 or cell.end <= first for cell in texts)
    # A text that begins beside the levels is a row of its own, unless the row above it has one there too.
    over = page.grid.over(row - 1) if row > page.start else ()
    beside = [cell for cell in texts if cell.column < first]
    wide = any((cell.column, cell.end) not in {(one.column, one.end) for one in over} for cell in beside) and over
    return [] if titled or wide else texts


def _put_back(rest: Sequence[Cell], below: list[Cell], above: list[Cell], row: int) -> None:
    for cell in rest:
        # Not by how far they reach: in plain text an empty cell beside the rest may have ended with its row.
        numbers = (n for n, one in enumerate(above) if one.row + one.rows - 1 == row and one.column == cell.column)
        target = next(numbers, None)
        if target is None:
            continue
        one = above[target]
        text = f"{one.text} {cell.text}".strip()
        lines = (
            (*one.lines[:-1], f"{one.lines[-1]} {cell.lines[0]}", *cell.lines[1:]) if one.lines and cell.lines else ()
        )
        above[target] = replace(one, text=text, lines=lines, rest=cell.place)
        below[below.index(cell)] = replace(cell, text="")
