"""Tables that go on over several pages: which head holds on each page, and rows that a page has divided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from jdgen.importing.column_meaning import Expected, Head, Role, Title, plain
from jdgen.importing.grid import Cell, Doubt, FileChoices, Grid, Prose
from jdgen.importing.heads import head_of, levels_named
from jdgen.importing.lines import goes_on, is_figure, is_listed
from jdgen.importing.list_heads import is_outline, list_head_of
from jdgen.importing.titles import (
    bare_title,
    heading_among,
    headings_of_chapters,
    is_front_matter,
    is_notice,
    is_sentence,
    says_what_levels_are,
    without_continued,
)
from jdgen.levels import AFC


@dataclass(frozen=True)
class Page:
    """The part of a table that stands on one page: the title above its levels, its head, and its first row below. Where
    the title stands outside the table, it is the paragraph ``above``; ``group`` is the heading there where the title
    is given, or stands above that."""

    grid: Grid
    title: str
    head: Head
    start: int
    above: Prose | None = None
    group: Prose | None = None

    def continues(self, other: Page) -> bool:
        """Whether it is of one table with ``other``."""
        return self.title == other.title and self.levels == other.levels

    @cached_property
    def last_row(self) -> int:
        """The last row that says something under a level."""
        return max((cell.row for cell in self.grid.cells if cell.text and cell.column >= self.head.first), default=0)

    def title_alone(self, row: int) -> Cell | None:
        """The title that stands alone in a row, in its own column, and not in the last row, if there is one."""
        beside = [cell for cell in self.grid.over(row) if cell.text and self.head.reads(cell)]
        is_one = len(beside) == 1 and beside[0].row == row and beside[0].end <= self.head.first
        return beside[0] if is_one and self.start <= row < self.last_row else None

    def stands_out(self, title: Cell) -> bool:
        """Whether a title looks otherwise than those beside which something is said."""
        return bool(self._usual_looks) and title.look not in self._usual_looks

    @cached_property
    def has_titles_that_stand_out(self) -> bool:
        """Whether some of the titles that stand alone in their rows do."""
        alone = filter(None, map(self.title_alone, range(self.start, self.grid.height)))
        return any(map(self.stands_out, alone))

    @cached_property
    def _usual_looks(self) -> frozenset[str]:
        text_rows = {
            cell.row for cell in self.grid.cells if cell.row >= self.start and cell.text and cell.end > self.head.first
        }
        titles = (cell for cell in self.grid.cells if cell.row in text_rows and cell.end <= self.head.first)
        return frozenset(cell.look for cell in titles if cell.text and self.head.reads(cell))

    @property
    def levels(self) -> tuple[object, ...]:
        """What its head names."""
        return tuple(level_columns.levels for level_columns in self.head.columns)


def pages(blocks: Iterable[Grid | Prose], expected: Expected, specialism: str = "") -> Iterator[Page | None]:
    """The page that each grid among ``blocks`` is; nothing for a table whose head is not as ``expected``.

    A grid without a head that is as wide as the page before it, and has no heading above it, is that one's next page. A
    grid without a title has that of the paragraph above it that looks like one, else that of the page before it; where
    ``specialism`` is the title of all, such a paragraph heads a group of rows.
    """
    page: Page | None = None
    above: list[Prose] = []
    blocks = list(blocks)
    chapters = headings_of_chapters(blocks)
    for block in blocks:
        if isinstance(block, Prose):
            above.append(block)
            continue
        if head := head_of(block, expected) or list_head_of(block, expected):
            titles = [paragraph for paragraph in above if not is_front_matter(paragraph.text)]
            heading = _title_over_all(above, head) if is_outline(block) else heading_among(titles, expected.roles)
            # Where such a part has a table, that is of no specialism before it either.
            page = _first_page(block, head, heading, page if titles == above else None, specialism)
            chapter = chapters.get(heading.place) if heading else None
            if chapter and page.above is heading:
                page = replace(page, title=bare_title(chapter.text), above=chapter, group=heading)
            yield page
        elif page and _goes_on(page, block) and not any(paragraph.is_heading for paragraph in above):
            group = heading_among([paragraph for paragraph in above if not _NAMED_PAGE.match(paragraph.text)], AFC)
            page = replace(page, grid=block, start=0, group=group)
            yield page
        else:
            yield None
        above = []


def _title_over_all(prose: Iterable[Prose], head: Head) -> Prose | None:
    """The title of a document that is made of headings and lists, which have their titles inside, unless they do."""
    is_titled = Role.SPECIALISM in head.roles.values()
    return next((paragraph for paragraph in prose if paragraph.is_over_all and not is_titled), None)


def _goes_on(page: Page, grid: Grid) -> bool:
    """Whether a table without heads may be the next page: it is as wide, and does not begin with the name of a level
    above its columns, as a table of other levels does."""
    begins = [cell for row in range(_MOST_HEADS) for cell in grid.over(row) if cell.column >= page.head.first]
    names_level = page.head.columns and any(
        levels_named(cell.text, page.head.scale) and not is_figure(cell.text) for cell in begins
    )
    return page.grid.width == grid.width and not names_level


#: What stands above the next page of a table, and is the title of nothing in it.
_NAMED_PAGE = re.compile(r"(?:table|figure|page|appendix|annex|sheet) ?(?:\d|[a-z]\b)|\d+(?: of \d+)?$", re.IGNORECASE)
#: Rows in which heads of a table stand.
_MOST_HEADS = 2


def _first_page(grid: Grid, head: Head, heading: Prose | None, before: Page | None, specialism: str) -> Page:
    """The first page of a table; ``heading`` stands above it, and ``before`` is the page before it."""
    page = Page(grid, "", head, head.row + 1)
    told_title = specialism or (head.shape.specialism if head.shape else "")
    where = head.shape.title if head.shape else Title.ANYWHERE
    if told_title:
        title_cell = None if where is Title.SHEET or (heading and not heading.is_over_all) else title_inside(grid, head)
        is_other = title_cell and plain(title_cell.text) != plain(told_title)
        group = Prose(title_cell.text, title_cell.place, title_cell.source) if title_cell and is_other else heading
        return replace(page, title=told_title, above=None, group=group)
    if where is Title.SHEET:
        return replace(page, title=grid.cells[0].place.page)
    inside = title_inside(grid, head, is_told=where is Title.ROW) if where in (Title.ANYWHERE, Title.ROW) else None
    above = None if inside or where is Title.ROW else heading or (before.above if before else None)
    title = without_continued(inside.text) if inside else ""
    title = title or (bare_title(above.text) if above else before.title if before else "")
    return replace(page, title=title, above=above)


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
        names = {number, plain(page.title), *(plain(title.text) for title in (page.above, page.group) if title)}
        is_of_shape = not of_shape or any(
            (plain(table) if isinstance(table, str) else table) in names for table in of_shape
        )
        if is_of_shape and (not choices.tables or number in choices.tables):
            yield page


def cell_of(prose: Prose) -> Cell:
    """A paragraph as the cell that it would be in a table."""
    return Cell(-1, 0, prose.text, prose.place, source=prose.source)


def page_doubts(page: Page) -> Iterator[Doubt]:
    """What has to be looked at of a table's head and title."""
    place = page.grid.cells[0].place
    for note in filter(None, (page.grid.note, page.head.note if page.start else "")):
        yield Doubt(note, place, weighs=True)
    if page.group:
        yield Doubt("taken as the group of the rows below it", page.group.place, text=page.group.text)
    if page.above and page.start:
        yield Doubt("taken as the title of the table below it", page.above.place, text=page.above.text)


def whole_rows(blocks: Sequence[Grid | Prose], expected: Expected) -> tuple[Grid | Prose, ...]:
    """``blocks`` with each row that has no title put back to the row above it, of which it is the rest.

    Where a page begins, it is the rest of texts that the page divides. Within a page the row has texts of its own under
    the same title, which are entries of a list with those above, unless they go on in the middle of a sentence. So has
    a row whose title says that it is continued.
    """
    mended_cells = [list(block.cells) for block in blocks if isinstance(block, Grid)]
    notes = [block.note for block in blocks if isinstance(block, Grid)]
    above: tuple[Page, int, int] | None = None
    for index, page in enumerate(pages(blocks, expected)):
        for row in range(page.start, page.grid.height) if page and not page.head.is_list else ():
            assert page is not None
            names = _continuing_titles(page, row, above[0], above[2]) if above else []
            rest = _rest(page, row)
            if names and above and page.continues(above[0]):
                below = [cell for cell in page.grid.over(row) if cell.text and cell.row == row and cell not in names]
                _take_out(names, mended_cells[index])
                _put_below(below, mended_cells[index], mended_cells[above[1]], above[2])
            elif rest and above and page.continues(above[0]):
                if row == page.start:
                    _put_back(rest, mended_cells[index], mended_cells[above[1]], above[2])
                else:
                    _put_below(rest, mended_cells[index], mended_cells[above[1]], above[2])
            elif any(cell.text and cell.row == row for cell in page.grid.over(row)):
                above = page, index, row
    whole = iter(Grid(tuple(cells), note) for cells, note in zip(mended_cells, notes, strict=True))
    return tuple(next(whole) if isinstance(block, Grid) else block for block in blocks)


def title_inside(grid: Grid, head: Head, *, is_told: bool = False) -> Cell | None:
    """What stands above the levels: the name of the specialism, alone in its row. Where nothing has told that it stands
    there, it is none if it only says what the levels are, or is a sentence."""
    cells = _alone_above(grid, head).values()
    return next((cell for cell in cells if is_told or _is_name(cell, head)), None)


def _alone_above(grid: Grid, head: Head) -> dict[str, Cell]:
    """The texts above the levels that stand alone in their rows."""
    rows = (texts_above(grid, head, row) for row in range(head.row))
    return {text: cell for texts in rows if len(texts) == 1 for text, cell in texts.items()}


def _is_name(cell: Cell, head: Head) -> bool:
    return not says_what_levels_are(cell.text, head) and not is_sentence(cell) and not is_notice(cell.text)


def described_inside(page: Page) -> Cell | None:
    """The sentence above the levels that describes what the table is about, if there is one."""
    texts = _alone_above(page.grid, page.head) if page.start else {}
    return next((cell for text, cell in texts.items() if is_sentence(cell) and text != page.title), None)


def unread_above(page: Page, description: Cell | None) -> Iterator[Doubt]:
    """The texts that stand alone above the levels, and are neither the title, nor the ``description``, nor what says
    what the levels are or is of the publication."""
    texts = [page.title, description.text if description else "", page.group.text if page.group else ""]
    read_texts = {plain(bare_title(text)) for text in texts}
    for text, cell in _alone_above(page.grid, page.head).items() if page.start else ():
        is_read = plain(bare_title(text)) in read_texts or says_what_levels_are(text, page.head)
        if not (is_read or is_notice(text)):
            yield Doubt("a text above the head of the table is printed nowhere", cell.place, text=text, weighs=True)


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
    has_title = any(cell.column == 0 or cell.end <= first for cell in texts)
    # A text that begins beside the levels is a row of its own, unless the row above it has one there too.
    over = page.grid.over(row - 1) if row > page.start else ()
    beside = [cell for cell in texts if cell.column < first]
    reaches = {(cell.column, cell.end) for cell in over}
    is_row_of_its_own = reaches and any((cell.column, cell.end) not in reaches for cell in beside)
    return [] if has_title or is_row_of_its_own else texts


def _continuing_titles(page: Page, row: int, before: Page, above: int) -> list[Cell]:
    """The titles of a row of which one says that the row goes on with the one ``above`` it, on the page ``before``:
    "Leadership (continued)". None for any other row."""
    titles = [cell for cell in page.grid.over(row) if cell.text and cell.row == row and cell.end <= page.head.first]
    titles_above = {plain(cell.text) for cell in before.grid.over(above) if cell.text and cell.end <= before.head.first}
    says_so = any(without_continued(cell.text) != cell.text for cell in titles)
    return titles if says_so and all(plain(without_continued(cell.text)) in titles_above for cell in titles) else []


def _take_out(cells: Iterable[Cell], below: list[Cell]) -> None:
    for cell in cells:
        below[below.index(cell)] = replace(cell, text="", lines=())


def _put_back(rest: Sequence[Cell], below: list[Cell], above: list[Cell], row: int) -> None:
    for cell in rest:
        # Not by how far they reach: in plain text an empty cell beside the rest may have ended with its row.
        numbers = (
            n for n, upper in enumerate(above) if upper.row + upper.rows - 1 == row and upper.column == cell.column
        )
        if (target := next(numbers, None)) is None:
            continue
        upper = above[target]
        text = f"{upper.text} {cell.text}".strip()
        lines, more = upper.lines, (cell.lines or (cell.text,)) if upper.lines else ()
        if more and not is_listed(more[0]):
            lines, more = (*lines[:-1], f"{lines[-1]} {more[0]}"), more[1:]
        lines = (*lines, *more)
        above[target] = replace(upper, text=text, lines=lines, rest=cell.place)
        _take_out([cell], below)


def _put_below(rest: Sequence[Cell], below: list[Cell], above: list[Cell], row: int) -> None:
    """Add the texts of a row to those above them: each column has what stands above it and what stands in it."""
    for cell in rest:
        over = [upper for upper in above if upper.row <= row < upper.row + upper.rows and _overlap(upper, cell)]
        _take_out([cell], below)
        for upper in over:
            start, end = max(upper.column, cell.column), min(upper.end, cell.end)
            apart = [(upper.column, start), (end, upper.end)]
            at = above.index(upper)
            above[at : at + 1] = [
                _with_text_below(replace(upper, column=start, columns=end - start), cell),
                *(replace(upper, column=begin, columns=stop - begin) for begin, stop in apart if begin < stop),
            ]
        end = cell.column
        for start, after in (*sorted((upper.column, upper.end) for upper in over), (cell.end, cell.end)):
            if end < start:
                above.append(replace(cell, row=row, column=end, rows=1, columns=start - end))
            end = after


def _overlap(cell: Cell, other: Cell) -> bool:
    return cell.column < other.end and other.column < cell.end


def _with_text_below(upper: Cell, cell: Cell) -> Cell:
    """``upper`` with what stands in the ``cell`` below it: entries of a list with its own, or a sentence's rest."""
    if not upper.text:
        return replace(upper, text=cell.text, lines=cell.lines, rest=cell.place)
    lines, more = upper.lines or (upper.text,), cell.lines or (cell.text,)
    if goes_on(lines[-1], more[0]):
        lines, more = (*lines[:-1], f"{lines[-1]} {more[0]}"), more[1:]
    return replace(upper, text=f"{upper.text} {cell.text}", lines=(*lines, *more), rest=cell.place)
