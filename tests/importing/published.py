"""Invented frameworks in the shapes in which frameworks are published, and a count of what they say that knows nothing
of the importer."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import docx
import openpyxl

from jdgen.framework.declared_levels import make_scale
from jdgen.importing.grid import FileChoices
from jdgen.importing.importing import About, Imported, import_framework
from jdgen.levels import AFC, Scale
from tests.toolbox.word import bytes_of as bytes_of  # noqa: PLC0414  # tests have it from here

#: Levels of a framework that nobody has published.
STAGES = make_scale("stage", ["Starting", "Doing", "Leading"], adds_up=False)
TITLE = "Tea room keeper"
DESCRIPTION = "A tea room keeper looks after a tea room that is invented for this test."
HEAD = ("Stage", "Starting", "Doing", "Leading")
BREWING = ("Brewing", "Boils water.", "Brews tea.", "Sets how tea is brewed.")
SERVING = ("Serving", "Carries trays.", "Serves guests.", "Trains those who serve.")
ABOVE = ((TITLE,), (DESCRIPTION,), (), (None, TITLE))
Row = Sequence[Any]


def comma_separated(*rows: Row, above: Sequence[Row] = ABOVE) -> bytes:
    """A CSV file of ``rows``, as wide as the widest, below what stands ``above`` them."""
    stream = io.StringIO()
    width = max(map(len, rows))
    csv.writer(stream).writerows([*row, *[None] * (width - len(row))] for row in (*above, *rows))
    return stream.getvalue().encode()


def book(*rows: Row, above: Sequence[Row] = ABOVE, sheet: str = "Sheet1") -> Any:
    """A workbook of ``rows``, to be changed further."""
    workbook = openpyxl.Workbook()
    workbook.active.title = sheet
    for row in (*above, *rows):
        workbook.active.append(list(row))
    return workbook


def document(*rows: Row, above: Sequence[tuple[str, str]] = ((TITLE, "Normal"), (DESCRIPTION, "Normal"))) -> Any:
    """A Word file with a table of ``rows`` below paragraphs, each a text and its style; to be changed further."""
    word_file = docx.Document()
    for text, style in above:
        word_file.add_paragraph(text, style)
    add_table(word_file, *rows)
    return word_file


def add_table(word_file: Any, *rows: Row) -> Any:
    """Add a table; the paragraphs of a cell are the lines of its text."""
    table = word_file.add_table(len(rows), max(map(len, rows)))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            first, *others = (text or "").split("\n")
            cell = table.cell(number, column)
            cell.paragraphs[0].text = first
            for other in others:
                cell.add_paragraph(other)
    return table


def imported(content: bytes, kind: str, scale: Scale = STAGES, /, **choices: Any) -> Imported:
    """What is read of a file of a ``kind``."""
    about = About("tea", "1", scale=None if scale == AFC else scale, choices=FileChoices(**choices))
    return import_framework(content, f"tea.{kind}", about, None, "out.yaml")


def texts(reading: Imported) -> Counter[str]:
    """Every text of every statement, each as often as it is said; the entries of a list one by one."""
    rows = [row for specialism in reading.framework.specialisms for row in specialism.rows]
    return Counter(
        text for row in rows for statement in row.statements for text in statement.entries or (statement.text,)
    )


def published(*rows: Row) -> Counter[str]:
    """Every text that stands beside a title in ``rows``, counted without the importer."""
    return Counter(cell for row in rows for cell in row[1:] if cell)


def looked_at(reading: Imported) -> list[tuple[str, str]]:
    """What has to be looked at, each with its place, without the parts that no invented framework has."""
    return [(doubt.what, str(doubt.place)) for doubt in reading.doubts if "has no row for" not in doubt.what]


def what_weighs(reading: Imported) -> list[str]:
    """What weighs."""
    return [doubt.what for doubt in reading.doubts if doubt.weighs]


def levels_of(reading: Imported, title: str) -> list[tuple[str, str]]:
    """The statements of a heading with their levels."""
    rows: Iterable[Any] = (row for specialism in reading.framework.specialisms for row in specialism.rows)
    return [
        (str(statement.levels), statement.full_text)
        for row in rows
        if row.title == title
        for statement in row.statements
    ]
