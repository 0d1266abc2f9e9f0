"""Frameworks as PDF files, which only draw their tables: whatever is read here, a person has to look at.

The lines of a table give its cells. A column is an edge that the tables of the same width have in common on all
pages, because a page may show only a few of the edges; a letter belongs to the cell in which its middle is.

``python -m jdgen.importing.pdf_file`` reads the one that comes by standard input (:mod:`jdgen.system.apart`).
"""

from __future__ import annotations

import io
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, replace
from itertools import pairwise
from typing import Any, NamedTuple

from jdgen.errors import JdgenError, Problem
from jdgen.framework.transcription import LIST_MARKS
from jdgen.importing.grid import PICTURE, Cell, CellPlace, Doubt, Grid, LaidOut, Prose
from jdgen.importing.lines import AS_BULLETS, marked_lines, sign_of
from jdgen.system.apart import PDF_FILE, Stopped, answer, run_apart
from jdgen.system.extras import PDF

# Letters on a page, put together again as words, lines and paragraphs.

#: A gap of this part of a letter's height is a space; lines this many heights apart are two paragraphs.
_SPACE, _PARAGRAPH = 0.2, 1.8
#: Letters that differ by this part of their height are of another size.
_OTHER_SIZE = 0.15
#: Lines of one paragraph begin no further apart than so many heights.
_FAR_BESIDE = 6.0
# A line may be divided after these without a space, unless there is one before them.
_DIVIDED = re.compile(r"\S[/–—-]$")


class Box(NamedTuple):
    """A rectangle on a page, in points from its top left."""

    left: float
    top: float
    right: float
    bottom: float


class Letter(NamedTuple):
    """A letter and where it is printed. ``turn`` is 1 where it runs upwards, -1 where downwards."""

    box: Box
    text: str
    turn: int = 0

    def middle_in(self, box: Box) -> bool:
        """Whether its middle is in ``box``: its edges may be drawn over the line."""
        across, down = (self.box.left + self.box.right) / 2, (self.box.top + self.box.bottom) / 2
        return box.left <= across < box.right and box.top <= down < box.bottom


def text_in(box: Box, letters: Iterable[Letter]) -> str:
    """What is printed in ``box``, as one line."""
    return _join_lines(_lines_in(box, letters))


def _lines_in(box: Box, letters: Iterable[Letter]) -> list[list[Letter]]:
    inside = [letter for letter in letters if letter.middle_in(box)]
    turn = Counter(letter.turn for letter in inside).most_common(1)
    return _lines(_upright(inside, turn[0][0] if turn else 0))


def _are_printed_over(lines: Iterable[Sequence[Letter]]) -> bool:
    """Whether letters stand upon each other, as they do in rows that are too low for their texts. The same letter twice
    is only a bold one."""
    pairs = [pair for line in lines for pair in pairwise(line)]
    over = sum(
        before.text.strip() != after.text.strip() != ""
        and before.box.right - after.box.left > (after.box.right - after.box.left) / 2
        for before, after in pairs
    )
    return over > _FEWEST_OVER and 10 * over > len(pairs)


#: So few letters upon each other are accents and the like.
_FEWEST_OVER = 3


def _upright(letters: Sequence[Letter], turn: int) -> list[Letter]:
    """Letters that are turned, each where it would be if the page were turned so that people could read them."""
    if not turn:
        return list(letters)
    boxes = (
        Box(-box.bottom, box.left, -box.top, box.right) if turn > 0 else Box(box.top, -box.right, box.bottom, -box.left)
        for box in (letter.box for letter in letters)
    )
    return [Letter(box, letter.text) for box, letter in zip(boxes, letters, strict=True)]


def paragraphs(letters: Sequence[Letter]) -> Iterator[tuple[float, str]]:
    """Paragraphs, divided by wider gaps, each with its upper edge."""
    together: list[list[Letter]] = []
    for line in _lines(letters):
        is_apart = together and line[0].box.top - together[-1][0].box.top > _PARAGRAPH * _height(together[-1])
        if is_apart or (together and _is_another(line, together[-1])):
            yield from _paragraph(together)
            together = []
        together.append(line)
    yield from _paragraph(together)


def _is_another(line: Sequence[Letter], above: Sequence[Letter]) -> bool:
    """Whether a line is printed in another size than the one above it, as a title is, or far beside it."""
    beside = abs(line[0].box.left - above[0].box.left) > _FAR_BESIDE * _height(above)
    return beside or abs(_height(line) - _height(above)) > _OTHER_SIZE * _height(above)


def _paragraph(lines: list[list[Letter]]) -> Iterator[tuple[float, str]]:
    if text := _join_lines(lines):
        yield lines[0][0].box.top, text


def _lines(letters: Iterable[Letter]) -> list[list[Letter]]:
    """Letters line by line, from left to right; letters that are half a height apart stand in two lines."""
    lines: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda letter: letter.box.top + letter.box.bottom):
        middle = (letter.box.top + letter.box.bottom) / 2
        if lines and middle - (lines[-1][0].box.top + lines[-1][0].box.bottom) / 2 < _height(lines[-1]) / 2:
            lines[-1].append(letter)
        else:
            lines.append([letter])
    return [sorted(line, key=lambda letter: letter.box.left) for line in lines]


def _height(line: Sequence[Letter]) -> float:
    return max(letter.box.bottom - letter.box.top for letter in line)


def _join_lines(lines: Iterable[Sequence[Letter]]) -> str:
    """The lines as one."""
    return " ".join(_texts_of(lines))


def _texts_of(lines: Iterable[Sequence[Letter]]) -> list[str]:
    """What the lines say. One that ends with a stroke or hyphen and no space after it goes on in the next, as one does
    that divides a word."""
    texts: list[str] = []
    above = ""
    for line in map(_line, lines):
        if texts and (_DIVIDED.search(texts[-1]) or _is_rest_of_word(line, above)):
            texts[-1] += line
        else:
            texts.append(line)
        above = line
    return list(filter(None, (" ".join(text.translate(AS_BULLETS).split()) for text in texts)))


#: Words of one or two letters, and what else is no end of a word that a narrow column divides.
_SHORT = re.compile(
    "[aio]|a[dlmnst]|be|by|cm|do|e[gt]|go|he|i[efnst]|kg|m[eglmy]|no|o[fnr]|so|to|u[ps]|vs|we",
)


#: Ends of words that are none themselves: they begin as no word does, or are how many words end.
_BEGINNINGS = (
    "bl|br|ch|cl|cr|dr|dw|fl|fr|gh|gl|gn|gr|kn|kr|ph|pl|pn|pr|ps|rh|sc|sh|sk|sl|sm|sn|sp|sq|st|sw|th|tr|ts|tw|wh|wr"
)
_END = re.compile(
    rf"(?!{_BEGINNINGS})[b-df-hj-np-tv-xz]{{2}}[a-z]{{1,6}}|[ai]nce|[ae]nt|ments?|[aest]?tions?|ings?|ness|ties|ity|ives?|ists?"
)


def _is_rest_of_word(line: str, above: str) -> bool:
    """Whether a line begins with the end of the one word that fills the line ``above`` it: a letter or two, or what is
    no word itself."""
    first = line.split(maxsplit=1)[0]
    is_short = len(first) <= 2 and first.isalpha() and first.islower() and not _SHORT.fullmatch(first)
    return above.isalpha() and len(above) > len(first) and (is_short or bool(_END.fullmatch(first)))


def _entries(lines: Sequence[str]) -> tuple[str, ...]:
    """What stands in a cell, as the entries of a list with what leads in it, where some of its ``lines`` begin with
    bullets or dashes; and line by line where one of them is the band of a column below its name. Nothing for any other
    cell: the lines of its text tell nothing."""
    if len(lines) <= _MOST_LINES_OF_HEAD and any(map(_BAND.fullmatch, lines)):
        return tuple(lines)
    begins = [index for index, line in enumerate(lines) if _ENTRY.match(line)]
    is_list = begins and (len(begins) > 1 or lines[begins[0]].startswith(tuple(LIST_MARKS)))
    starts = sorted({0, *begins}) if is_list else []
    return marked_lines(" ".join(lines[start:end]) for start, end in pairwise((*starts, len(lines))))


_BAND = re.compile(r"\(?(?:afc )?bands? ?[1-9][a-d]?(?: ?(?:[-–/+]|to) ?[1-9]?[a-d]?)?\)?", re.IGNORECASE)
_ENTRY = re.compile(rf"[{''.join(LIST_MARKS)}]|[-–—] ")
_MOST_LINES_OF_HEAD = 3


def _line(letters: Sequence[Letter]) -> str:
    text = letters[0].text
    for before, after in pairwise(letters):
        gap = after.box.left - before.box.right > _SPACE * _height((before, after))
        text += f" {after.text}" if gap else after.text
    return text


_MAX_PAGES = 300
#: Letters, and lines, beyond which nobody could read a page; finding tables among more takes hours.
_CROWDED = 30_000
_FEWER = "print the pages that hold the framework into a PDF of their own, or import the DOCX or XLSX file"
_STOPPED = {
    Stopped.TIME: "takes longer than {:.0f} seconds to read",
    Stopped.MEMORY: "takes more memory to read than a publication may",
    Stopped.DIED: "cannot be read: reading it stops the program",
}
#: Lines that are this near to each other (in points) are one edge, drawn twice or a little out of place.
_NEAR = 3.0


def read_pdf(content: bytes, name: str) -> LaidOut:
    """What a PDF with ruled tables says, read in a process of its own: two kilobytes of PDF can ask for hours.

    Raises :class:`JdgenError` for what cannot be read, or not in bounded time and memory, for scanned pages, which hold
    no letters, and where the extra ``jdgen[pdf]`` is not installed.
    """
    if not PDF.is_here:
        right = f"install it with: {PDF.how_to_install}; or import the DOCX or XLSX file"
        raise JdgenError(Problem(name, "PDF files are read by the extra jdgen[pdf], which is not here", right))
    try:
        reply = run_apart("jdgen.importing.pdf_file", name, content, PDF_FILE.seconds)
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        raise JdgenError(
            Problem(name, what, "allow Python to start a process, or import the DOCX or XLSX file")
        ) from error
    if reply.stopped:
        raise JdgenError(Problem(name, _STOPPED[reply.stopped].format(PDF_FILE.seconds), _FEWER))
    blocks, unread = reply.value
    doubts = (Doubt(what, CellPlace(page, "", "", page), weighs=True) for page, what in unread)
    return LaidOut(tuple(_block(*block) for block in blocks), tuple(doubts), is_from_pdf=True)


def _read_blocks(content: bytes, name: str) -> tuple[list[Grid | Prose], list[tuple[str, str]]]:
    """What stands on the pages of a PDF, from the first to the last, and of which pages something cannot be read, with
    what that is; in the process that :func:`read_pdf` starts."""
    import pdfplumber  # noqa: PLC0415  # an extra

    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            if len(pdf.pages) > _MAX_PAGES:
                raise JdgenError(Problem(name, f"has {len(pdf.pages)} pages", f"at most {_MAX_PAGES}; {_FEWER}"))
            pages = [_page(page, f"{name}, page {number}") for number, page in enumerate(pdf.pages, 1)]
            if any(page.letters for page in pages) and not any(page.tables for page in pages):
                raise JdgenError(_without_cells(pdf.pages, name))
    except (JdgenError, MemoryError):
        raise
    except Exception as error:  # a damaged file makes pdfminer raise whatever its own code happens to
        if _is_of_memory(error):
            raise MemoryError from error
        raise JdgenError(Problem(name, "cannot be read as a PDF", "open it and print it into a new PDF")) from error
    if not any(page.letters for page in pages):
        right = "scanned pages hold no text: ask for the file that was printed"
        raise JdgenError(Problem(name, "has no text", right))
    edges = _edges([table for page in pages for table in page.tables])
    try:
        page_blocks = [list(_blocks(number, page, edges)) for number, page in enumerate(pages, 1)]
    except _PrintedOverError as error:
        what = "letters are printed over each other here, so that nothing tells what they say"
        right = "make the rows as high as their texts and print them anew, or import the Word or Excel file"
        raise JdgenError(Problem(f"{name}, {error}", what, right)) from error
    unread = [(f"page {number}", page.unread) for number, page in enumerate(pages, 1) if page.unread]
    return list(_without_running_lines(page_blocks)), unread


class _PrintedOverError(Exception):
    """That letters of a cell stand upon each other; which one it is."""


def _is_of_memory(error: BaseException | None) -> bool:
    """Whether ``error`` came of too little memory: pdfminer and pdfplumber wrap what they catch."""
    while error is not None:
        if isinstance(error, MemoryError) or any(isinstance(cause, MemoryError) for cause in error.args):
            return True
        error = error.__cause__ or error.__context__
    return False


def _block_as_json(block: Grid | Prose) -> list[Any]:
    """A block as JSON takes it, to be told from one process to another."""
    if isinstance(block, Prose):
        return [block.text, astuple(block.place)]
    cells = [
        (cell.row, cell.column, cell.text, astuple(cell.place), cell.rows, cell.columns, cell.lines)
        for cell in block.cells
    ]
    return [cells, None, block.note]


def _block(content: Any, place: Any, note: str = "") -> Grid | Prose:
    """The block that was :func:`_block_as_json`."""
    if place is not None:
        return Prose(content, CellPlace(*place))
    cells = (
        Cell(row, column, text, CellPlace(*place_parts), rows, columns, lines=tuple(lines))
        for row, column, text, place_parts, rows, columns, lines in content
    )
    return Grid(tuple(cells), note)


class _Page(NamedTuple):
    """The letters of a page, its tables, each as the boxes of its cells, and whether outer lines of them were put;
    what it holds that cannot be read, if it does."""

    letters: list[Letter]
    tables: list[list[Box]]
    is_closed: bool
    unread: str


#: What is said of a page that holds no letters: a scan, or one whose letters were made lines.
SCANNED = "a page without letters, as one that was scanned, is left out: ask for the file that was printed"
#: So many curves are the outlines of letters.
_OUTLINES = 500


def _unread_on(page: Any) -> str:
    """What is on a page that cannot be read: all of it, or a picture as large as one of a table."""
    has_picture = any(image["width"] * image["height"] > _LARGE * page.width * page.height for image in page.images)
    if not any(str(char["text"]).strip() for char in page.chars):
        return SCANNED if has_picture or len(page.curves) > _OUTLINES else ""
    return PICTURE if has_picture else ""


def _page(page: Any, where: str) -> _Page:
    for what, things in (("letters", page.chars), ("lines", [*page.lines, *page.rects, *page.curves])):
        if len(things) > _CROWDED:
            right = f"at most {_CROWDED:,} stand on a page that people read; {_FEWER}"
            raise JdgenError(Problem(where, f"has {len(things):,} {what}", right))
    letters = [
        Letter(Box(char["x0"], char["top"], char["x1"], char["bottom"]), _text_of(char), _turn(char))
        for char in page.chars
    ]
    lines = _missing_outer_lines(page)
    tables = [[Box(*cell) for cell in table.cells] for table in page.find_tables(lines)]
    unread = _unread_on(page)
    page.close()  # pdfplumber keeps all that it has drawn
    return _Page(letters, tables, any(lines.values()), unread)


def _text_of(char: Mapping[str, Any]) -> str:
    text = str(char["text"])
    return sign_of(str(char.get("fontname", "")), text) or text


#: What is said of a table whose outer lines were put.
OPEN_SIDE = "an outer line of the table is not drawn, and was taken to be where the other lines end"


def _missing_outer_lines(page: Any) -> dict[str, list[dict[str, Any]]]:
    """Outer lines that a page's tables lack, as settings of pdfplumber: where lines across end together, and lines down
    begin or end together, without a line there."""
    from pdfplumber.table import merge_edges  # noqa: PLC0415  # an extra

    # Curves, such as those of a logo, have edges that run neither across nor down.
    straight = [edge for edge in page.edges if edge["orientation"]]
    edges = merge_edges(straight, _NEAR, _NEAR, _NEAR, _NEAR)
    across = [edge for edge in edges if edge["orientation"] == "h"]
    down = [edge for edge in edges if edge["orientation"] == "v"]
    return {
        "explicit_vertical_lines": list(_closing_lines(across, down, _SIDES, _ENDS)),
        "explicit_horizontal_lines": list(_closing_lines(down, across, _ENDS, _SIDES)),
    }


#: How pdfplumber calls the two ends of a line across, and of a line down.
_SIDES, _ENDS = ("x0", "x1"), ("top", "bottom")


def _closing_lines(
    lines: Sequence[Any], others: Sequence[Any], along: tuple[str, str], beside: tuple[str, str]
) -> Iterator[dict[str, Any]]:
    """The outer lines that are missing where ``lines`` end together and ``others`` cross them. Lines run ``along`` one
    way, and those that are missing run ``beside`` it, as the others do."""
    first, last = beside
    for at in along:
        for place, ending in _ending_together(lines, at):
            start, end = min(edge[first] for edge in ending), max(edge[first] for edge in ending)
            is_crossed = any(edge[first] < end and edge[last] > start for edge in others)
            if is_crossed and not any(abs(edge[along[0]] - place) <= _NEAR for edge in others):
                ends = dict(zip((*along, *beside), (place, place, start, end), strict=True))
                size = {"width": ends["x1"] - ends["x0"], "height": ends["bottom"] - ends["top"]}
                yield ends | size | {"object_type": "line"}


def _ending_together(edges: Sequence[Any], at: str) -> Iterator[tuple[float, list[Any]]]:
    """Edges of which enough end at one place to rule a table, each group with the place."""
    together: list[Any] = []
    for edge in (*sorted(edges, key=lambda edge: float(edge[at])), None):
        if together and (edge is None or edge[at] - together[0][at] > _NEAR):
            if len(together) >= _FEWEST_RULES:
                yield together[0][at], together
            together = []
        together.append(edge)


def _turn(char: Mapping[str, Any]) -> int:
    """Which way a letter runs: 1 upwards, -1 downwards, 0 as usual."""
    if char.get("upright", True):
        return 0
    return 1 if char["matrix"][1] > 0 else -1


#: Fewer lines than these rule no table: they stand below a title, or above notes.
_FEWEST_RULES = 3


#: The part of a page that a picture of a table takes.
_LARGE = 0.1


def _without_cells(pages: Sequence[Any], name: str) -> Problem:
    """Why no table was found in a PDF whose ``pages`` hold text."""
    across = sum(edge["orientation"] == "h" for page in pages for edge in page.edges)
    down = sum(edge["orientation"] == "v" for page in pages for edge in page.edges)
    for number, page in enumerate(pages, 1):
        if any(image["width"] * image["height"] > _LARGE * page.width * page.height for image in page.images):
            what = "has no table that can be read; a picture stands here, which holds no text"
            return Problem(f"{name}, page {number}", what, "import the file that the picture was made in")
    what = "its tables have no lines, so that nothing tells where a cell ends"
    if across >= _FEWEST_RULES and down < _FEWEST_RULES:
        what = "its tables have lines across and none down, so that nothing tells where a column ends"
    elif down >= _FEWEST_RULES and across < _FEWEST_RULES:
        what = "its tables have lines down and none across, so that nothing tells where a row ends"
    return Problem(name, f"has no table that can be read: {what}", _OTHER_FILE)


_OTHER_FILE = "import the Word or Excel file that it was printed from, or print it with lines round all cells"


def _edges(tables: Sequence[Sequence[Box]]) -> dict[tuple[int, int], list[float]]:
    """The edges of columns, for each width of tables."""
    edges_of: dict[tuple[int, int], list[float]] = {}
    for table in tables:
        edges_of.setdefault(_sides(table), []).extend(edge for box in table for edge in (box.left, box.right))
    return {sides: _distinct(edges) for sides, edges in edges_of.items()}


def _sides(table: Sequence[Box]) -> tuple[int, int]:
    return round(min(box.left for box in table) / _NEAR), round(max(box.right for box in table) / _NEAR)


def _distinct(edges: Iterable[float]) -> list[float]:
    distinct: list[float] = []
    for edge in sorted(edges):
        if not distinct or edge - distinct[-1] > _NEAR:
            distinct.append(edge)
    return distinct


def _nearest(edge: float, edges: Sequence[float]) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - edge))


#: A block with its upper edge on its page.
_PlacedBlock = tuple[float, Grid | Prose]
#: The number of a page, at either end of a line or between strokes; and a title that ends with a number of its own.
_PAGE_NUMBER = re.compile(
    r"^\d+\b|\bpage \d+(?: of \d+)?|(?<=[|–—•·] )\d+(?= [|–—•·])|(?<![\w.])\d+(?: of \d+| ?/ ?\d+)?$", re.IGNORECASE
)
_NUMBERED_TITLE = re.compile(
    r"\b(?:afc|bands?|levels?|grades?|stages?|tiers?|steps?|years?|domain|pillar|theme|area|section|part|standard|capability"
    r"|competenc[ey]|cluster|dimension|element|unit) \d+$",
    re.IGNORECASE,
)


def _without_running_lines(pages: Sequence[Sequence[_PlacedBlock]]) -> Iterator[Grid | Prose]:
    """What stands on ``pages``, without what is printed at the same place of several: the number of a page, and the
    title of the publication, which is left where it stands first if that is above the tables. Where another line stood
    there meanwhile, it is a title that comes again, unless the two take turns."""
    places: dict[str, list[float]] = {}
    for top, block in (placed_block for page in pages for placed_block in page):
        if isinstance(block, Prose):
            places.setdefault(_without_page_number(block.text), []).append(top)

    def is_on_several(text: str, top: float) -> bool:
        return sum(abs(top - other) <= _NEAR for other in places[text]) >= _FEWEST_TIMES

    earlier_lines: list[tuple[float, str]] = []
    for page in pages:
        is_below = False
        for top, block in page:
            if isinstance(block, Grid):
                is_below = True
                yield block
                continue
            text = _without_page_number(block.text)
            is_title = not is_on_several(text, top)
            if not (is_title or is_below):
                at_place = [other for at, other in earlier_lines if abs(top - at) <= _NEAR]
                takes_turns = at_place[-2:-1] == [text] and is_on_several(at_place[-1], top)
                comes_again = text in at_place[:-1] and text != at_place[-1] and not takes_turns
                is_first = all(text != other for _, other in earlier_lines)
                is_title = text == block.text and (is_first or comes_again)
            if is_title:
                yield block
            earlier_lines.append((top, text))


def _without_page_number(text: str) -> str:
    return text if _NUMBERED_TITLE.search(text) else _PAGE_NUMBER.sub("0", text)


#: Fewer pages than these do not tell a line that runs over all.
_FEWEST_TIMES = 2


def _blocks(number: int, page: _Page, edges: dict[tuple[int, int], list[float]]) -> Iterator[_PlacedBlock]:
    """What stands on a page, from its top to its bottom."""
    placed_blocks: list[_PlacedBlock] = []
    rows_above = 0
    for table in sorted(page.tables, key=lambda table: min(box.top for box in table)):
        grid = _grid(table, page.letters, edges[_sides(table)], number, rows_above)
        rows_above += grid.height
        note = "; ".join(filter(None, (OPEN_SIDE if page.is_closed else "", grid.note)))
        placed_blocks.append((min(box.top for box in table), replace(grid, note=note)))
    boxes = [box for table in page.tables for box in table]
    outside = [letter for letter in page.letters if not any(letter.middle_in(box) for box in boxes)]
    for count, (top, text) in enumerate(paragraphs(outside), 1):
        place = CellPlace(f"page {number}", f"paragraph {count}", "", f"page {number}, paragraph {count}")
        placed_blocks.append((top, Prose(text, place)))
    yield from sorted(placed_blocks, key=lambda placed_block: placed_block[0])


def _grid(table: Sequence[Box], letters: Sequence[Letter], edges: Sequence[float], page: int, above: int) -> Grid:
    lines = _distinct(edge for box in table for edge in (box.top, box.bottom))
    cells: list[Cell] = []
    counts: dict[int, int] = {}
    divided_words = 0
    for box in sorted(table, key=lambda box: (box.top, box.left)):
        row, below = _nearest(box.top, lines), _nearest(box.bottom, lines)
        column, end = _nearest(box.left, edges), _nearest(box.right, edges)
        counts[row] = counts.get(row, 0) + 1
        place_parts = f"page {page}", f"row {above + row + 1}", f"cell {counts[row]}"
        text_lines = _lines_in(box, letters)
        if _are_printed_over(text_lines):
            raise _PrintedOverError(", ".join(place_parts))
        divided_words += sum(_may_divide_word(above_line, line, box) for above_line, line in pairwise(text_lines))
        texts = _texts_of(text_lines)
        entries = _entries(texts)
        place = CellPlace(*place_parts, ", ".join(place_parts))
        size = max(1, below - row), max(1, end - column)
        cells.append(Cell(row, column, " ".join(entries or texts), place, *size, lines=entries))
    return Grid(tuple(cells), DIVIDED_WORDS if divided_words >= _FEWEST_DIVIDED else "")


#: What is said of a table in which lines end where words may not; single ones are words that happen to fill a line.
DIVIDED_WORDS = (
    "its columns may be narrower than some of its words, which are printed with a space where a line ends: look for"
    " them, or import the Word or Excel file"
)
_FEWEST_DIVIDED = 5


def _may_divide_word(above: Sequence[Letter], line: Sequence[Letter], box: Box) -> bool:
    """Whether a line goes on with the word that fills the one ``above`` it: that is one word, beside which the first
    letter of the line has no room."""
    first, text = line[0], _line(above)
    end = box.right - max(0.0, above[0].box.left - box.left)
    is_full = above[-1].box.right + (first.box.right - first.box.left) > end
    return text.isalpha() and first.text.islower() and is_full and not _is_rest_of_word(_line(line), text)


def _blocks_as_json(content: bytes, name: str) -> list[Any]:
    blocks, unread = _read_blocks(content, name)
    return [[_block_as_json(block) for block in blocks], unread]


if __name__ == "__main__":
    sys.exit(answer(_blocks_as_json, PDF_FILE))
