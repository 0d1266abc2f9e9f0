"""One simple template in the dialect of each peer: 20 fields on lines of their own, and a table row for each clause."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from jdgen.drafting.model import JobDescription

ROWS = 14
#: Names in the peers' templates, and the same in jdgen's.
FIELDS = {
    name: name
    for name in (
        *("title", "band", "band_statement", "specialism", "role_category", "reference", "version", "date"),
        *("employer", "department", "base", "hours", "contract", "responsible_to", "accountable_to"),
        *("responsible_for", "je_reference", "clauses_version", "complexity"),
    )
} | {"framework_title": "framework.title"}
_FIXED = "This line is the same in every document. It stands for the text that a template brings along."


@dataclass(frozen=True)
class Dialect:
    """How a field is written, and how a row is repeated: text before its first cell's field and after its last's,
    or a row of its own before and after it."""

    field: Callable[[Any, str], None]
    first: str = ""
    last: str = ""
    row_before: str = ""
    row_after: str = ""


def template_in(dialect: Dialect, columns: tuple[str, str] = ("row_title", "row_text")) -> bytes:
    """The template as a Word file; ``columns`` are the names of the two texts of a row."""
    document = Document()
    document.add_heading("Job description", 1)
    document.add_paragraph(_FIXED)
    for name, field in FIELDS.items():
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{name.replace('_', ' ').capitalize()}: ").bold = True
        dialect.field(paragraph, field if dialect is JDGEN else name)
    rows = document.add_table(0, 2, "Table Grid")
    _cells(rows, "Statement", "Text")
    if dialect.row_before:
        _cells(rows, dialect.row_before, "")
    first, last = (cell.paragraphs[0] for cell in rows.add_row().cells)
    if dialect.first:
        first.add_run(dialect.first)
    dialect.field(first, columns[0])
    dialect.field(last, columns[1])
    if dialect.last:
        last.add_run(dialect.last)
    if dialect.row_after:
        _cells(rows, dialect.row_after, "")
    document.add_paragraph(_FIXED)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def data_of(draft: JobDescription) -> dict[str, Any]:
    """What the peers' templates print of ``draft``."""
    fields = {name: getattr(draft, name) for name in FIELDS if hasattr(draft, name)}
    rows = [{"row_title": clause.title, "row_text": clause.text} for clause in draft.clauses]
    return fields | {"framework_title": draft.framework.title, "rows": rows}


def text_of(document: bytes) -> list[str]:
    """The text of all paragraphs and cells."""
    opened_document = Document(io.BytesIO(document))
    cells = [cell.text for table in opened_document.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in opened_document.paragraphs), *cells]


def _cells(rows: Any, *texts: str) -> None:
    for cell, text in zip(rows.add_row().cells, texts, strict=True):
        cell.text = text


def _tag(before: str, after: str) -> Callable[[Any, str], None]:
    return lambda paragraph, name: paragraph.add_run(f"{before}{name}{after}")


def _merge_field(paragraph: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" MERGEFIELD {name} ")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = f"«{name}»"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


JDGEN = Dialect(_tag("{{ ", " }}"), row_before="{%tr for clause in clauses %}", row_after="{%tr endfor %}")
JDGEN_COLUMNS = ("clause.title", "clause.text")
MAILMERGE = Dialect(_merge_field)
BRACES = Dialect(_tag("{", "}"), first="{#rows}", last="{/rows}")
