"""Small tables of bands, as text and as Word files, for tests of single rules."""

from __future__ import annotations

from collections.abc import Sequence

import docx
from docx.oxml import parse_xml

from jdgen.framework.model import Framework, Heading, Specialism
from jdgen.importing.grid import Doubt
from jdgen.importing.importing import About, Imported, import_framework
from tests.toolbox.word import bytes_of

ABOUT = About("small", "1")
HEAD = ("Pathway\t\tWards\t\t", "AFC Band\t\t5\t6\t7")
NEEDED = (
    "Complexity\t\tLow\t\tHigh",
    "Duties\tAll of these hold for everyone\t\t\t",
    "Entry\tQualifications\tNone\tDiploma\tDegree",
)


def text_of(*rows: str, head: Sequence[str] = HEAD, needed: Sequence[str] = NEEDED) -> str:
    """A publication in plain text: a description, the head, what every specialism needs, and ``rows``."""
    return "\n".join(["Wards", "Wards are described here.", "", *head, *needed, *rows, ""])


def imported(text: str, earlier: Framework | None = None, name: str = "small.txt") -> Imported:
    return import_framework(text.encode(), name, ABOUT, earlier, "small.yaml")


def specialism(text: str, earlier: Framework | None = None) -> Specialism:
    (specialism_,) = imported(text, earlier).framework.specialisms
    return specialism_


def heading(specialism_: Specialism, title: str) -> Heading:
    return next(row for row in specialism_.rows if row.title == title)


def levels_and_texts(row: Heading | None) -> list[tuple[str, str]]:
    """Each statement of a row with its bands, as printed."""
    assert row is not None
    return [(str(statement.levels), statement.text) for statement in row.statements]


def doubts_in(reading: Imported) -> list[Doubt]:
    """What is told but for the rows that every table here needs, which are what their titles say."""
    return [doubt for doubt in reading.doubts if not doubt.what.startswith("read by its title")]


def word(*elements: str) -> bytes:
    """A Word file with this XML in its body, after the description."""
    document = docx.Document()
    document.add_paragraph("Wards")
    document.add_paragraph("Wards are described here.")
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for element in elements:
        document.element.body.insert(-1, parse_xml(element.replace(">", f" {w}>", 1)))
    return bytes_of(document)


def word_table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def word_row(*cells: str, before: int = 0) -> str:
    properties = f'<w:trPr><w:gridBefore w:val="{before}"/></w:trPr>' if before else ""
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def word_cell(content: str, span: int = 1, merge: str = "") -> str:
    """A cell; ``content`` is text, or paragraphs."""
    paragraphs = content if content.startswith("<w:") else f"<w:p><w:r><w:t>{content}</w:t></w:r></w:p>"
    vertical = {"": "", "start": '<w:vMerge w:val="restart"/>', "on": "<w:vMerge/>"}[merge]
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{vertical}</w:tcPr>{paragraphs}</w:tc>'
