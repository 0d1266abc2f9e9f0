"""Frameworks as Word files and workbooks, which state how far each cell reaches."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from jdgen.errors import JdgenError, Problem
from jdgen.framework.transcription import LIST_MARKS
from jdgen.importing.grid import Cell, CellPlace, Grid, Prose, Publication
from jdgen.importing.transcript import MAX_COLUMNS, MAX_ROWS, transcribe
from jdgen.levels import AFC, Scale
from jdgen.sheets.sheet import CellError, cell_text, column_letters
from jdgen.sheets.workbook import PartMarks, corners, looked_through, uncached_formulas
from jdgen.sheets.workbook_strings import load_values
from jdgen.word.file import MAIN_PART, File
from jdgen.word.opening import open_document
from jdgen.word.paragraphs import FALLBACK, ParagraphContent, paragraphs_of
from jdgen.word.xml import Element, W

# Frameworks as Word files, whose tables state how far each cell reaches.

_STYLES = "word/styles.xml"
_PROPERTIES = {f"{W}tr": "trPr", f"{W}tc": "tcPr"}
#: Text that somebody deleted with tracking on, and the older of two forms of one drawing.
_UNREAD = frozenset({f"{W}del", f"{W}moveFrom", FALLBACK})


def read_word(content: bytes, name: str, scale: Scale = AFC) -> Publication:
    """The publication in a Word file. Raises :class:`JdgenError` for what is no Word file, or is built to harm."""
    file = open_document(content, name)
    listed = _list_styles(file)
    return transcribe(name, list(_blocks_of_document(file.tree(MAIN_PART), listed)), scale)


def _list_styles(file: File) -> frozenset[str]:
    """The ids of paragraph styles that number or mark their paragraphs, by themselves or by what they are based on."""
    if _STYLES not in file:
        return frozenset()
    styles = {style.get(f"{W}styleId", ""): style for style in file.tree(_STYLES).iter(f"{W}style")}
    listed = {name for name, style in styles.items() if style.find(f"{W}pPr/{W}numPr") is not None}
    for _ in styles:
        based = {name for name, style in styles.items() if _value(style, "basedOn") in listed}
        if based <= listed:
            break
        listed |= based
    return frozenset(listed)


def _blocks_of_document(text: Element, listed: frozenset[str]) -> Iterator[Grid | Prose]:
    tables = paragraphs = 0
    for element in _children(text, (f"{W}p", f"{W}tbl")):
        if element.tag == f"{W}tbl":
            tables += 1
            yield _grid(element, f"table {tables}", listed)
        else:
            paragraphs += 1
            if words := _text(element, listed):
                place = f"paragraph {paragraphs}"
                yield Prose(words, CellPlace("", place, "", place))


def _children(parent: Element, tags: tuple[str, ...]) -> Iterator[Element]:
    """The nearest descendants of these kinds: content controls and the like may stand between."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _UNREAD:
            yield from _children(child, tags)


def _grid(table: Element, page: str, listed: frozenset[str]) -> Grid:
    cells: list[Cell] = []
    above: dict[int, int] = {}
    # One row more than a table may have, so that it is refused without being read.
    for row, element in enumerate(islice(_children(table, (f"{W}tr",)), MAX_ROWS + 1)):
        column = _number(element, "gridBefore", 0)
        open_cells: dict[int, int] = {}
        for number, cell in enumerate(_children(element, (f"{W}tc",)), 1):
            columns = max(1, _number(cell, "gridSpan", 1))
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None and merge.get(f"{W}val", "continue") == "continue" and column in above:
                open_cells[column] = above[column]
                cells[above[column]] = _longer(cells[above[column]], _texts(cell, listed))
            else:
                if merge is not None:
                    open_cells[column] = len(cells)
                place = CellPlace(page, f"row {row + 1}", f"cell {number}", f"{page}, row {row + 1}, cell {number}")
                texts = _texts(cell, listed)
                cells.append(Cell(row, column, " ".join(texts), place, columns=columns, paragraphs=len(texts)))
            column += columns
        above = open_cells
    return Grid(tuple(cells))


def _longer(cell: Cell, below: list[str]) -> Cell:
    """``cell`` with one row more. Word shows only the first cell's text, but another program may have left some."""
    return replace(cell, rows=cell.rows + 1, text=" ".join([cell.text, *below]).strip())


def _number(element: Element, name: str, otherwise: int) -> int:
    written = _value(element, f"{_PROPERTIES[element.tag]}/{name}")
    # A table has at most 63 columns; more would only take memory.
    return min(int(written), 63) if written.isdecimal() else otherwise


def _texts(cell: Element, listed: frozenset[str]) -> list[str]:
    return [text for paragraph in paragraphs_of(cell) if (text := _text(paragraph, listed))]


def _text(paragraph: Element, listed: frozenset[str]) -> str:
    """The text of a paragraph, with a list mark before it where Word shows one."""
    text = " ".join(ParagraphContent(paragraph).shown.split())
    number = paragraph.find(f"{W}pPr/{W}numPr")
    marked = _value(number, "numId") != "0" if number is not None else _value(paragraph, "pPr/pStyle") in listed
    return f"{LIST_MARKS[0]} {text}" if text and marked and not text.startswith(tuple(LIST_MARKS)) else text


def _value(element: Element, path: str) -> str:
    child = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return str(child.get(f"{W}val", "")) if child is not None else ""


# Frameworks as workbooks, whose merged ranges state how far each cell reaches.

_DASH = re.compile(r"^[-–*]\s+")
_Size = tuple[int, int]


def read_workbook(content: bytes, name: str, scale: Scale = AFC) -> Publication:
    """The publication in a workbook, sheet after sheet.

    A row with nothing beside its first cell is prose, unless it stands in a table.

    Raises :class:`JdgenError` for what is no workbook or is built to harm, and for all cells that hold no text.
    """
    marks = looked_through(content, name)
    problems: list[Problem] = []
    blocks: list[Grid | Prose] = []
    try:
        sheets = list(load_values(io.BytesIO(content)).worksheets)
        for sheet in sheets:
            part = str(sheet._worksheet_path).lstrip("/")
            marks_of_sheet = marks.get(part, PartMarks((), False))
            problems += _lost_formulas(content, part, marks_of_sheet, f"{name}!{sheet.title}")
            blocks += _blocks(_cells(sheet, marks_of_sheet, problems, name))
    except JdgenError:
        raise
    except Exception as error:  # a damaged file makes openpyxl raise whatever its own code happens to
        right = "open it in Excel and save it anew as an Excel workbook (.xlsx)"
        raise JdgenError(Problem(name, "cannot be read as a workbook", right)) from error
    if problems:
        raise JdgenError(problems)
    return transcribe(name, blocks, scale)


def _lost_formulas(content: bytes, part: str, marks: PartMarks, name: str) -> Iterator[Problem]:
    """Formulas whose results the file does not hold: openpyxl would take their cells for empty."""
    for row, column in sorted(uncached_formulas(content, part, name)) if marks.formulas else ():
        what = "holds a formula whose result is not in the file"
        right = "open it in Excel and save it, or put the text in place of the formula"
        yield Problem(f"{name}!{column_letters(column)}{row}", what, right)


def _cells(sheet: Any, marks: PartMarks, problems: list[Problem], name: str) -> list[Cell]:
    sizes = _sizes(marks, f"{name}!{sheet.title}")
    # The size that a sheet claims may be wrong, and openpyxl would leave out what is beyond it.
    sheet.reset_dimensions()
    cells: list[Cell] = []
    for row, values in enumerate(sheet.iter_rows(values_only=True)):
        if row >= MAX_ROWS or len(values) > MAX_COLUMNS:
            right = f"at most {MAX_ROWS:,} rows and {MAX_COLUMNS} columns; name a workbook that holds the framework"
            raise JdgenError(Problem(f"{name}!{sheet.title}", "is too large for a framework's table", right))
        for column, value in enumerate(values):
            rows, columns = sizes.get((row, column), (1, 1))
            if value is None or not rows:
                continue
            place = _place(str(sheet.title), row, column)
            try:
                lines = _lines(cell_text(value))
            except CellError as error:
                problems += [Problem(f"{name}!{place}", *reason) for reason in error.reasons]
                continue
            if lines:
                cells.append(Cell(row, column, " ".join(lines), place, rows, columns, paragraphs=len(lines)))
    return cells


def _place(sheet: str, row: int, column: int) -> CellPlace:
    letters = column_letters(column)
    return CellPlace(sheet, str(row + 1), letters, f"{sheet}!{letters}{row + 1}")


def _lines(text: str) -> list[str]:
    """The lines of a cell that are not empty. Where several begin with a dash, they are the entries of a list."""
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    if sum(bool(_DASH.match(line)) for line in lines) > 1:
        return [_DASH.sub(f"{LIST_MARKS[0]} ", line) for line in lines]
    return lines


def _sizes(marks: PartMarks, name: str) -> dict[tuple[int, int], _Size]:
    """The rows and columns that each merged cell reaches over; nothing for the cells that it covers."""
    sizes: dict[tuple[int, int], _Size] = {}
    for merged in marks.merged:
        first, last, left, right = corners(merged)
        if last > MAX_ROWS or right > MAX_COLUMNS or len(sizes) > MAX_ROWS * MAX_COLUMNS // 10:
            raise JdgenError(Problem(name, f"merges the cells {merged}", "name a workbook that holds the framework"))
        for row in range(first - 1, last):
            sizes |= {(row, column): (0, 0) for column in range(left, right + 1)}
        sizes[first - 1, left] = last - first + 1, right - left + 1
    return sizes


def _blocks(cells: list[Cell]) -> Iterator[Grid | Prose]:
    """Tables and prose, divided by rows in which nothing stands."""
    rows: list[int] = []
    covered = {row for cell in cells for row in range(cell.row, cell.row + cell.rows)}
    for row in range(max(covered, default=-1) + 2):
        # Below other rows of a table it is a title of the rows that follow.
        if row in covered and (rows or not _is_prose(row, cells)):
            rows.append(row)
            continue
        if rows:
            yield _part(cells, rows)
            rows = []
        if row in covered:
            (cell,) = (one for one in cells if one.row == row)
            yield Prose(cell.text, cell.place)


def _is_prose(row: int, cells: list[Cell]) -> bool:
    over = [cell for cell in cells if cell.row <= row < cell.row + cell.rows]
    return len(over) == 1 and over[0].column == 0 and over[0].rows == 1


def _part(cells: list[Cell], rows: list[int]) -> Grid:
    first = rows[0]
    inside = (cell for cell in cells if first <= cell.row <= rows[-1])
    return Grid(tuple(replace(cell, row=cell.row - first) for cell in inside))
