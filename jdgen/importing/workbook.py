"""Frameworks as workbooks, whose merged ranges state how far each cell reaches."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from jdgen.bands import AFC
from jdgen.errors import JdgenError, Problem
from jdgen.framework.markup import LIST_MARKS
from jdgen.importing.grid import Cell, Grid, Place, Prose, Publication
from jdgen.importing.transcript import MAX_COLUMNS, MAX_ROWS, transcribed
from jdgen.post.bulk.cells import CellError, cell_text
from jdgen.post.bulk.package import PartMarks, corners, looked_through, uncached_formulas
from jdgen.post.bulk.places import column_letters
from jdgen.post.bulk.strings import load_values
from jdgen.scales import Scale

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
            found = marks.get(part, PartMarks((), False))
            problems += _lost(content, part, found, f"{name}!{sheet.title}")
            blocks += _blocks(_cells(sheet, found, problems, name))
    except JdgenError:
        raise
    except Exception as error:  # a damaged file makes openpyxl raise whatever its own code happens to
        right = "open it in Excel and save it anew as an Excel workbook (.xlsx)"
        raise JdgenError(Problem(name, "cannot be read as a workbook", right)) from error
    if problems:
        raise JdgenError(problems)
    return transcribed(name, blocks, scale)


def _lost(content: bytes, part: str, marks: PartMarks, name: str) -> Iterator[Problem]:
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


def _place(sheet: str, row: int, column: int) -> Place:
    letters = column_letters(column)
    return Place(sheet, str(row + 1), letters, f"{sheet}!{letters}{row + 1}")


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
