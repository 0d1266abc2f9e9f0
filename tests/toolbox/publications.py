"""The shipped PMO chapter laid out as tables, as publishers do it: in Word, in a workbook, as CSV and as a PDF."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.shared import Cm, Pt

from jdgen.framework.model import Heading
from jdgen.importing.column_meaning import Expected
from jdgen.levels import LevelRange
from tests.toolbox.data import PMO_BANDS, shipped_library
from tests.toolbox.libreoffice import convert
from tests.toolbox.word import bytes_of

FRAMEWORK = shipped_library().framework
PMO = shipped_library().specialism
LABELS, WIDTH = 2, 8
#: What heads are expected to name where nobody has told anything.
BY_BANDS = Expected()
#: Rows of each page by their number (complexity, at the head of each, is 0), as the source divides them.
PAGES = ((1, 2), (3, 4, 5), (6, 7), (8, 9), (10, 11, 12), (13, 14))


@dataclass(frozen=True)
class PublishedCell:
    """A cell as it is to be laid out: where it begins, how many columns and rows it takes, its lines."""

    column: int
    columns: int
    lines: tuple[str, ...]
    rows: int = 1
    is_list: bool = False


def head() -> list[list[PublishedCell]]:
    """The three rows that stand at the head of each page."""
    title = [PublishedCell(0, LABELS, ("PP Career Pathways",)), PublishedCell(LABELS, len(PMO_BANDS), (PMO.title,))]
    bands = [PublishedCell(0, LABELS, ("AFC Band",))]
    bands += [PublishedCell(LABELS + index, 1, (band.upper(),)) for index, band in enumerate(PMO_BANDS)]
    return [title, bands, [PublishedCell(0, LABELS, (PMO.complexity.title,)), *_statements(PMO.complexity)]]


def page(numbers: Iterable[int]) -> list[list[PublishedCell]]:
    """The rows of a page, below its head; the first label reaches over all rows of its group."""
    laid = head()
    published_rows = [PMO.rows[number] for number in numbers]
    groups = [
        "Entry Route" if row in (PMO.rows[13], PMO.rows[14]) else "Typical Role Responsibilities"
        for row in published_rows
    ]
    for index, row in enumerate(published_rows):
        cells: list[PublishedCell] = []
        if index == 0 or groups[index] != groups[index - 1]:
            cells.append(PublishedCell(0, 1, (groups[index],), rows=groups[index:].count(groups[index])))
        if row is PMO.complexity_narrative:
            laid.append([*cells, PublishedCell(1, WIDTH - 1, (row.statements[0].text,))])
        else:
            laid.append([*cells, PublishedCell(1, 1, (row.title,)), *_statements(row)])
    return laid


def _statements(row: Heading | None) -> Iterator[PublishedCell]:
    assert row is not None
    for statement in row.statements:
        assert statement.levels is not None
        columns = len(list(statement.levels))
        lines = statement.entries or (statement.text,)
        yield PublishedCell(LABELS + _index(statement.levels), columns, lines, is_list=bool(statement.entries))


def _index(bands: LevelRange) -> int:
    return PMO_BANDS.index(str(bands.lowest))


def word(pages: Iterable[Iterable[int]] = PAGES) -> bytes:
    """The chapter as a Word document with a table for each page."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(42), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.5)
    document.styles["Normal"].font.size = Pt(8)
    for text in (FRAMEWORK.title, PMO.title, PMO.description.text):
        document.add_paragraph(text)
    for numbers in pages:
        _word_table(document, page(numbers))
        document.add_paragraph()
    return bytes_of(document)


def _word_table(document: Any, laid: list[list[PublishedCell]]) -> None:
    table = document.add_table(len(laid), WIDTH)
    table.style = "Table Grid"
    for number, cells in enumerate(laid):
        for cell in cells:
            last = table.cell(number + cell.rows - 1, cell.column + cell.columns - 1)
            whole_cell = table.cell(number, cell.column).merge(last)
            for line, text in enumerate(cell.lines):
                paragraph = whole_cell.paragraphs[0] if line == 0 else whole_cell.add_paragraph()
                paragraph.text = text
                if cell.is_list:
                    paragraph.style = "List Bullet"


def workbook() -> bytes:
    """The chapter on one sheet, in merged ranges, with one head for all rows."""
    file = openpyxl.Workbook()
    sheet: Any = file.active
    sheet.title = "PMO"
    for number, text in enumerate((FRAMEWORK.title, PMO.title, PMO.description.text), 1):
        sheet.cell(number, 1, text)
    for number, cells in enumerate([*head(), *(row for numbers in PAGES for row in page(numbers)[3:])], 5):
        for cell in cells:
            text = "\n".join(f"• {line}" if cell.is_list else line for line in cell.lines)
            sheet.cell(number, cell.column + 1, text)
            if cell.columns * cell.rows > 1:
                sheet.merge_cells(
                    start_row=number,
                    start_column=cell.column + 1,
                    end_row=number + cell.rows - 1,
                    end_column=cell.column + cell.columns,
                )
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def comma_separated() -> bytes:
    """The chapter as CSV, pages divided by blank rows, a merged cell's text in its left-most cell."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerows([text] for text in (FRAMEWORK.title, PMO.title, PMO.description.text))
    for numbers in PAGES:
        writer.writerow([])
        for cells in page(numbers):
            values = [""] * WIDTH
            for cell in cells:
                values[cell.column] = "\n".join(f"• {line}" if cell.is_list else line for line in cell.lines)
            writer.writerow(values)
    return stream.getvalue().encode()


def pdf(folder: Path, document: bytes) -> bytes:
    """``document`` as LibreOffice prints it."""
    source = folder / "chapter.docx"
    source.write_bytes(document)
    convert(folder, "pdf", source)
    return (folder / "chapter.pdf").read_bytes()
