"""A publication, read by the kind of its file, or by those of the several files that it comes in.

What is read of a file that is no plain text is written down here as text: the source that framework files are held
against.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from jdgen.errors import JdgenError, Problem, list_words, refuse
from jdgen.files import owner_file_problem
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
    reading = _read(content, name, expected, choices or FileChoices())
    # The text of a plain text file is its source; that of others is written down, in letters as people type them.
    plain = map(_in_plain_letters, reading.blocks) if isinstance(reading, LaidOut) else reading.blocks
    reading = replace(reading, blocks=tuple(in_usual_order(plain, expected)))
    reading = _transcribe(reading, name, expected) if isinstance(reading, LaidOut) else reading
    texts = [(paragraph.place, paragraph.text) for paragraph in reading.prose]
    texts += [(cell.place, cell.text) for grid in reading.grids for cell in grid.cells]
    problems = [
        Problem(f"{name}, {place}", f"control character {code}", "delete it")
        for place, text in texts
        for code in dict.fromkeys(code for _, code in forbidden_characters(text))
    ]
    problems += [Problem(f"{name}, {place}", *unfit) for place, text in texts if (unfit := length_fault(text))]
    refuse(problems)
    return reading


def _read(content: bytes, name: str, expected: Expected, choices: FileChoices) -> Publication | LaidOut:
    suffix = PurePath(name).suffix.lower()
    if len(content) > MAX_FILE:
        raise JdgenError(Problem(name, "is too large for a framework", f"at most {MAX_FILE // 2**20} MB"))
    if reader := _READERS.get(suffix):
        return reader(content, name, expected, choices)
    if problem := owner_file_problem(name):
        raise JdgenError(problem)
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


def _transcribe(laid_out: LaidOut, name: str, expected: Expected) -> Publication:
    """The publication with its source text. A row that a page divides is one line; heads as ``expected`` tell where
    each page begins. A cell stands where its first column is; the others that it reaches over are empty."""
    lines: list[str] = []
    blocks: list[Grid | Prose] = []
    for block in whole_rows(laid_out.blocks, expected):
        if isinstance(block, Prose):
            lines.append(block.text)
            blocks.append(replace(block, source=SourcePlace(len(lines), 1)))
        else:
            _refuse_oversize(block, name)
            blocks.append(_with_sources(block, len(lines) + 1))
            lines += _lines(block)
        lines.append("")
    columns = f"Lines and tab-separated cells, counted from 1, of the text that was read from {name}."
    return Publication(
        name,
        tuple(blocks),
        "\n".join(lines).encode(),
        columns,
        is_from_pdf=laid_out.is_from_pdf,
        doubts=laid_out.doubts,
    )


def _in_plain_letters(block: Grid | Prose) -> Grid | Prose:
    if isinstance(block, Prose):
        return replace(block, text=in_plain_letters(block.text))
    cells = (
        cell
        if cell.text.isascii()
        else replace(cell, text=in_plain_letters(cell.text), lines=tuple(map(in_plain_letters, cell.lines)))
        for cell in block.cells
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
    parts = [publication(content, name, expected, choices) for name, content in files]
    whole = _join_publications(parts) if len(parts) > 1 else parts[0]
    blocks = (upright(block, expected) if isinstance(block, Grid) else block for block in whole.blocks)
    whole = replace(whole, blocks=tuple(blocks))
    if any(pages(whole.blocks, expected)):
        return whole
    by_level = tuple(_with_tables_by_level(whole.blocks, expected))
    return replace(whole, blocks=by_level) if any(pages(by_level, expected)) else _with_outline(whole)


def _join_publications(parts: Sequence[Publication]) -> Publication:
    names = list_words(part.name for part in parts)
    source = b""
    blocks: list[Grid | Prose] = []
    for part in parts:
        blocks += [_block_in_file(block, part.name, source.count(b"\n")) for block in part.blocks]
        source += part.source.rstrip(b"\n") + b"\n\n"
    columns = f"Lines and tab-separated cells, counted from 1, of the texts read from {names}, one after another."
    return Publication(
        names,
        tuple(blocks),
        source,
        columns,
        all(part.laid_out for part in parts),
        any(part.is_from_pdf for part in parts),
        tuple(replace(doubt, place=_in_file(doubt.place, part.name)) for part in parts for doubt in part.doubts),
    )


def _block_in_file(block: Grid | Prose, name: str, lines: int) -> Grid | Prose:
    if isinstance(block, Prose):
        return replace(block, place=_in_file(block.place, name), source=_further_down(block.source, lines))
    return replace(block, cells=tuple(_cell_in_file(cell, name, lines) for cell in block.cells))


def _cell_in_file(cell: Cell, name: str, lines: int) -> Cell:
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
    for table in _tables_of_levels(blocks, expected.roles):
        chapters.setdefault(table.chapter, []).append(table)
    chapters = {title: tables for title, tables in chapters.items() if len({table.level.text for table in tables}) > 1}
    whole_tables = {id(tables[0].whole): _join_tables(tables) for tables in chapters.values()}
    parts = [
        part for tables in chapters.values() for table in tables for part in (table.level, table.group, table.whole)
    ]
    for block in blocks:
        if id(block) in whole_tables:
            yield whole_tables[id(block)]
        elif not any(block is part for part in parts):
            yield block


def _tables_of_levels(blocks: Iterable[Grid | Prose], scale: Scale) -> Iterator[_OfLevel]:
    # A chapter that comes in several files has the same headings in each.
    path: dict[float, str] = {}
    level: Prose | None = None
    group: Prose | None = None
    for block in blocks:
        if isinstance(block, Grid):
            rows = [tuple(cell for cell in cells_of_row(block, row) if cell.text) for row in range(block.height)]
            names = [cell for cell in rows[0] if _is_level(cell.text, scale)] if rows else []
            # The only text, or the head of the last column, beside those of titles.
            level_cell = names[0] if len(names) == 1 and names[0] is rows[0][-1] else None
            if level_name := level_cell or level:
                chapter = " / ".join(path[depth] for depth in sorted(path))
                yield _OfLevel(chapter, level_name, group, block, tuple(rows[1:] if level_cell else rows))
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


def _join_tables(tables: Sequence[_OfLevel]) -> Grid:
    """Tables of one chapter as one, below the row of heads that all of them have, if they have one."""
    first = [[cell.text for cell in table.rows[0]] for table in tables if table.rows]
    heads = tables[0].rows[0] if len(first) == len(tables) and all(texts == first[0] for texts in first) else ()
    start = 2 if any(table.group for table in tables) else 1
    level = tables[0].level
    cells = [Cell(0, 0, LEVEL_ABOVE, level.place, source=level.source)]
    cells += [replace(cell, row=0, column=cell.column + start, rows=1) for cell in heads]
    row = 1
    for table in tables:
        for texts in table.rows[1:] if heads else table.rows:
            names = ((0, table.level), (1, table.group)) if table.group else ((0, table.level),)
            cells += [Cell(row, column, part.text, part.place, source=part.source) for column, part in names]
            cells += [replace(cell, row=row, column=cell.column + start) for cell in texts]
            row += bool(texts)
    return Grid(tuple(cells))


# Headings and the lists below them, as a table: each depth of headings is a column.


def _with_outline(publication: Publication) -> Publication:
    """The publication, which has no table, with its headings and what stands below them as one."""
    beside: list[Prose] = []
    grid = _grid(list(publication.prose), beside)
    if grid is None:
        return publication
    doubts = (Doubt(_BESIDE, paragraph.place, text=paragraph.text, weighs=True) for paragraph in beside)
    return replace(publication, blocks=(*publication.blocks, grid), doubts=(*publication.doubts, *doubts))


_BESIDE = "a paragraph that is in no list is printed nowhere"


def _grid(prose: Sequence[Prose], beside: list[Prose]) -> Grid | None:
    """A row for what stands below each heading, with the headings that it stands under. Paragraphs that are left out
    are added to ``beside``, but for those higher up, which describe a specialism or the publication."""
    deepest = math.ceil(max((paragraph.depth for paragraph in prose), default=0))
    rows: list[list[Prose | Sequence[Prose] | None]] = []
    path: dict[float, Prose] = {}
    below: list[Prose] = []

    def close() -> None:
        entries = [paragraph for paragraph in below if is_listed(paragraph.text)]
        if path and (entries or (below and max(path) == deepest)):
            rows.append([*(path.get(depth) for depth in range(1, deepest + 1)), entries or tuple(below)])
            beside.extend(paragraph for paragraph in below if entries and paragraph not in entries)
        elif len(path) > max(1, deepest - 2):
            beside.extend(below)
        below.clear()

    for paragraph in prose:
        if paragraph.is_heading:
            close()
            path = {depth: above for depth, above in path.items() if depth < paragraph.depth} | {
                paragraph.depth: paragraph
            }
        else:
            below.append(paragraph)
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
    for column, part in enumerate(row):
        if isinstance(part, Prose):
            yield Cell(number, column, part.text, part.place, source=part.source)
        elif part:
            lines = tuple(paragraph.text for paragraph in part)
            yield Cell(number, column, " ".join(lines), part[0].place, lines=lines, source=part[0].source)
