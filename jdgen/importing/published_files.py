"""A publication, read by the kind of its file, or by those of the several files that it comes in.

What is read of a file that is no plain text is written down here as text: the source that framework files are held
against.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from jdgen.errors import JdgenError, Problem, list_words
from jdgen.framework.model import SourcePlace
from jdgen.importing.column_meaning import Expected
from jdgen.importing.grid import (
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    CellPlace,
    Doubt,
    FileChoices,
    Grid,
    LaidOut,
    Prose,
    Publication,
)
from jdgen.importing.heads import cells_of_row, levels_named
from jdgen.importing.lines import in_plain_letters, is_figure, is_listed
from jdgen.importing.list_heads import BELOW, DEPTH, LEVEL_ABOVE
from jdgen.importing.markup_files import read_html, read_json, read_markdown
from jdgen.importing.pages import pages, whole_rows
from jdgen.importing.pdf_file import read_pdf
from jdgen.importing.text_file import read_csv, read_tabs
from jdgen.importing.upright import in_usual_order, upright
from jdgen.importing.word_file import read_word
from jdgen.importing.workbook_file import read_workbook
from jdgen.levels import AFC, Scale
from jdgen.words import forbidden_characters, length_fault

MAX_FILE = 20 * 2**20


def publication(content: bytes, name: str, expected: Expected, choices: FileChoices | None = None) -> Publication:
    """The publication in the file called ``name``; the end of the name tells its kind. Its tables are known by
    heads that are as ``expected``.

    Raises :class:`JdgenError` for a kind that is not read, for content that is not of its kind, and for all characters
    that no document can hold;
    for a table that no person can have meant, of empty cells without end, too.
    """
    read = _read(content, name, expected, choices or FileChoices())
    # The text of a plain text file is its source; that of others is written down, in letters as people type them.
    plain = map(_in_plain_letters, read.blocks) if isinstance(read, LaidOut) else read.blocks
    read = replace(read, blocks=tuple(in_usual_order(plain, expected)))
    read = _transcribed(read, name, expected) if isinstance(read, LaidOut) else read
    texts = [(one.place, one.text) for one in read.prose]
    texts += [(cell.place, cell.text) for grid in read.grids for cell in grid.cells]
    problems = [
        Problem(f"{name}, {place}", f"control character {code}", "delete it")
        for place, text in texts
        for code in dict.fromkeys(code for _, code in forbidden_characters(text))
    ]
    problems += [Problem(f"{name}, {place}", *unfit) for place, text in texts if (unfit := length_fault(text))]
    if problems:
        raise JdgenError(problems)
    return read


def _read(content: bytes, name: str, expected: Expected, choices: FileChoices) -> Publication | LaidOut:
    suffix = PurePath(name).suffix.lower()
    if len(content) > MAX_FILE:
        raise JdgenError(Problem(name, "is too large for a framework", f"at most {MAX_FILE // 2**20} MB"))
    if reader := _READERS.get(suffix):
        return reader(content, name, expected, choices)
    what = f"'{suffix}' is no kind of file that frameworks are read from"
    kind = next((kind for kind, others in _SAVED_AS.items() if suffix in others), "")
    right = "use .docx, .xlsx, .csv, .html, .md, .json, .pdf, or .txt with tabs"
    raise JdgenError(Problem(name, what, f"open it and save it as {kind}" if kind else right))


#: What programs can save other kinds of files as.
_SAVED_AS = {
    ".docx": (".doc", ".docm", ".dot", ".dotx", ".odt", ".rtf", ".pages", ".mht"),
    ".xlsx": (".xls", ".xlsm", ".xlsb", ".xltx", ".ods", ".numbers"),
    ".pdf": (".pptx", ".ppt", ".odp"),
}
#: What reads each kind of file, by the end of its name.
_READERS: dict[str, Callable[[bytes, str, Expected, FileChoices], Publication | LaidOut]] = {
    **dict.fromkeys((".txt", ".tsv", ".tab"), read_tabs),
    **dict.fromkeys((".md", ".markdown"), lambda content, name, _, choices: read_markdown(content, name, choices)),
    **dict.fromkeys((".html", ".htm"), lambda content, name, _, choices: read_html(content, name, choices)),
    ".csv": read_csv,
    ".docx": lambda content, name, _, choices: read_word(content, name, choices),
    ".json": lambda content, name, expected, _: read_json(content, name, expected),
    ".pdf": lambda content, name, *_: read_pdf(content, name),
    ".xlsx": read_workbook,
}


# The text of a file that is no plain text, written down: a paragraph or a table's row a line, cells divided by tabs.


def _transcribed(read: LaidOut, name: str, expected: Expected) -> Publication:
    """The publication with its source text. A row that a page divides is one line; heads as ``expected`` tell where
    each page begins. A cell stands where its first column is; the others that it reaches over are empty."""
    lines: list[str] = []
    placed: list[Grid | Prose] = []
    for block in whole_rows(read.blocks, expected):
        if isinstance(block, Prose):
            lines.append(block.text)
            placed.append(replace(block, source=SourcePlace(len(lines), 1)))
        else:
            _refuse_oversize(block, name)
            placed.append(_with_sources(block, len(lines) + 1))
            lines += _lines(block)
        lines.append("")
    columns = f"Lines and tab-separated cells, counted from 1, of the text that was read from {name}."
    return Publication(
        name, tuple(placed), "\n".join(lines).encode(), columns, is_from_pdf=read.is_from_pdf, doubts=read.doubts
    )


def _in_plain_letters(block: Grid | Prose) -> Grid | Prose:
    if isinstance(block, Prose):
        return replace(block, text=in_plain_letters(block.text))
    cells = (
        one
        if one.text.isascii()
        else replace(one, text=in_plain_letters(one.text), lines=tuple(map(in_plain_letters, one.lines)))
        for one in block.cells
    )
    return replace(block, cells=tuple(cells))


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


# Several files as one publication.


def publications(files: Sequence[tuple[str, bytes]], expected: Expected, choices: FileChoices) -> Publication:
    """The publication that comes in ``files``, each a name and its content. Where there are several, their texts follow
    each other in the source text, and places begin with the name of the file. Where no table has levels, those that
    stand below the names of levels are one; where there are none, its headings and lists are.

    Raises :class:`JdgenError` as :func:`publication` does, for the first file that cannot be read.
    """
    each = [publication(content, name, expected, choices) for name, content in files]
    read = _joined(each) if len(each) > 1 else each[0]
    blocks = (upright(block, expected) if isinstance(block, Grid) else block for block in read.blocks)
    read = replace(read, blocks=tuple(blocks))
    if any(pages(read.blocks, expected)):
        return read
    by_level = tuple(_with_tables_by_level(read.blocks, expected))
    return replace(read, blocks=by_level) if any(pages(by_level, expected)) else _with_outline(read)


def _joined(each: Sequence[Publication]) -> Publication:
    named = list_words(one.name for one in each)
    source = b""
    blocks: list[Grid | Prose] = []
    for one in each:
        blocks += [_placed(block, one.name, source.count(b"\n")) for block in one.blocks]
        source += one.source.rstrip(b"\n") + b"\n\n"
    columns = f"Lines and tab-separated cells, counted from 1, of the texts read from {named}, one after another."
    return Publication(
        named,
        tuple(blocks),
        source,
        columns,
        all(one.laid_out for one in each),
        any(one.is_from_pdf for one in each),
        tuple(replace(doubt, place=_in_file(doubt.place, one.name)) for one in each for doubt in one.doubts),
    )


def _placed(block: Grid | Prose, name: str, lines: int) -> Grid | Prose:
    if isinstance(block, Prose):
        return replace(block, place=_in_file(block.place, name), source=_further_down(block.source, lines))
    return replace(block, cells=tuple(_cell(cell, name, lines) for cell in block.cells))


def _cell(cell: Cell, name: str, lines: int) -> Cell:
    rest = _in_file(cell.rest, name) if cell.rest else None
    return replace(cell, place=_in_file(cell.place, name), rest=rest, source=_further_down(cell.source, lines))


def _in_file(place: CellPlace, name: str) -> CellPlace:
    return replace(place, page=f"{name} {place.page}".strip(), text=place.within(name), names_file=True)


def _further_down(source: SourcePlace, lines: int) -> SourcePlace:
    return source._replace(line=source.line + lines)


# Tables that each stand below the name of a level, as one: that name is a column.


@dataclass(frozen=True)
class _OfLevel:
    """A table of one level: what names that, above the table or in its first row, and the heading between them; and the
    rows below. Tables of one ``chapter``, by the headings over it, are one."""

    chapter: str
    level: Prose | Cell
    group: Prose | None
    whole: Grid
    rows: tuple[tuple[Cell, ...], ...]


def _with_tables_by_level(blocks: Sequence[Grid | Prose], expected: Expected) -> Iterator[Grid | Prose]:
    """``blocks`` with tables that stand below the names of several levels as one, in the place of the first of them."""
    chapters: dict[str, list[_OfLevel]] = {}
    for one in _tables_of_levels(blocks, expected.roles):
        chapters.setdefault(one.chapter, []).append(one)
    chapters = {title: each for title, each in chapters.items() if len({one.level.text for one in each}) > 1}
    joined = {id(each[0].whole): _joined_tables(each) for each in chapters.values()}
    taken = [part for each in chapters.values() for one in each for part in (one.level, one.group, one.whole)]
    for block in blocks:
        if id(block) in joined:
            yield joined[id(block)]
        elif not any(block is one for one in taken):
            yield block


def _tables_of_levels(blocks: Iterable[Grid | Prose], scale: Scale) -> Iterator[_OfLevel]:
    # A chapter that comes in several files has the same headings in each.
    path: dict[int, str] = {}
    level: Prose | None = None
    group: Prose | None = None
    for block in blocks:
        if isinstance(block, Grid):
            rows = [tuple(cell for cell in cells_of_row(block, row) if cell.text) for row in range(block.height)]
            names = [cell for cell in rows[0] if _is_level(cell.text, scale)] if rows else []
            # The only text, or the head of the last column, beside those of titles.
            own = names[0] if len(names) == 1 and names[0] is rows[0][-1] else None
            if named := own or level:
                chapter = " / ".join(path[depth] for depth in sorted(path))
                yield _OfLevel(chapter, named, group, block, tuple(rows[1:] if own else rows))
        elif _is_level(block.text, scale):
            level, group = block, None
        elif block.is_heading and level and 0 < level.depth < block.depth:
            group = block
        elif block.is_heading:
            level, group = None, None
            path = {depth: text for depth, text in path.items() if depth < block.depth} | {block.depth: block.text}


_BAND = re.compile(r"\b(?:bands?|afc)\b", re.IGNORECASE)


def _is_level(text: str, scale: Scale) -> bool:
    """Whether a text above a table names levels; a figure alone is the number of a page."""
    return levels_named(text, scale) is not None and bool(_BAND.search(text) if scale == AFC else not is_figure(text))


def _joined_tables(each: Sequence[_OfLevel]) -> Grid:
    """Tables of one chapter as one, below the row of heads that all of them have, if they have one."""
    first = [[cell.text for cell in one.rows[0]] for one in each if one.rows]
    heads = each[0].rows[0] if len(first) == len(each) and all(texts == first[0] for texts in first) else ()
    start = 2 if any(one.group for one in each) else 1
    level = each[0].level
    cells = [Cell(0, 0, LEVEL_ABOVE, level.place, source=level.source)]
    cells += [replace(cell, row=0, column=cell.column + start, rows=1) for cell in heads]
    row = 1
    for one in each:
        for texts in one.rows[1:] if heads else one.rows:
            named = ((0, one.level), (1, one.group)) if one.group else ((0, one.level),)
            cells += [Cell(row, column, part.text, part.place, source=part.source) for column, part in named]
            cells += [replace(cell, row=row, column=cell.column + start) for cell in texts]
            row += bool(texts)
    return Grid(tuple(cells))


# Headings and the lists below them, as a table: each depth of headings is a column.


def _with_outline(read: Publication) -> Publication:
    """The publication, which has no table, with its headings and what stands below them as one."""
    beside: list[Prose] = []
    grid = _grid(list(read.prose), beside)
    if grid is None:
        return read
    doubts = (Doubt(_BESIDE, one.place, text=one.text, weighs=True) for one in beside)
    return replace(read, blocks=(*read.blocks, grid), doubts=(*read.doubts, *doubts))


_BESIDE = "a paragraph that is in no list is printed nowhere"


def _grid(prose: Sequence[Prose], beside: list[Prose]) -> Grid | None:
    """A row for what stands below each heading, with the headings that it stands under. Paragraphs that are left out
    are added to ``beside``, but for those higher up, which describe a specialism or the publication."""
    deepest = max((one.depth for one in prose), default=0)
    rows: list[list[Prose | Sequence[Prose] | None]] = []
    path: dict[int, Prose] = {}
    below: list[Prose] = []

    def close() -> None:
        listed = [one for one in below if is_listed(one.text)]
        if path and (listed or (below and max(path) == deepest)):
            rows.append([*(path.get(depth) for depth in range(1, deepest + 1)), listed or tuple(below)])
            beside.extend(one for one in below if listed and one not in listed)
        elif len(path) > max(1, deepest - 2):
            beside.extend(below)
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
