"""A Word document as text: all paragraphs and tables in order, with style and numbering; headers, footers and more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

from tests.toolbox.word import open_document

_PROPERTIES = (
    *("title", "subject", "author", "last_modified_by", "language", "version", "revision", "created", "modified"),
    *("comments", "keywords", "category"),
)
_PLACES = ("first_page_header", "header", "first_page_footer", "footer")


def projection(content: bytes) -> str:
    document = open_document(content)
    lines = ["properties"]
    lines += [f"  {name}: {getattr(document.core_properties, name)}" for name in _PROPERTIES]
    for number, section in enumerate(document.sections, 1):
        for place in _PLACES:
            lines += [f"section {number} {place}", *_blocks(getattr(section, place))]
    lines += ["body", *_blocks(document)]
    return "\n".join(lines) + "\n"


def _blocks(container: Any) -> Iterator[str]:
    for block in container.iter_inner_content():
        yield from (f"  {line}" for line in (_table(block) if isinstance(block, Table) else [_paragraph(block)]))


def _paragraph(paragraph: Paragraph) -> str:
    pieces = [f"{run.text}⟨{run.style.name}⟩" if _styled(run) else run.text for run in paragraph.runs]
    text = "".join(pieces).replace("\n", "⏎").replace("\t", "⇥")
    return f"[{paragraph.style.name}{_numbering(paragraph)}] {text}"


def _styled(run: Any) -> bool:
    return bool(run.text) and run.style.name != "Default Paragraph Font"


def _numbering(paragraph: Paragraph) -> str:
    style: ParagraphStyle | None = paragraph.style
    numbering = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    while numbering is None and style is not None:
        numbering = style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        style = style.base_style
    if numbering is None:
        return ""
    number, level = (numbering.find(qn(f"w:{name}")).get(qn("w:val")) for name in ("numId", "ilvl"))
    return f", list {number} level {level}"


def _table(table: Table) -> Iterator[str]:
    yield f"table ({table.style.name})"
    for row in table.rows:
        head = " header" if row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None else ""
        yield f"  row{head}"
        for cell in row.cells:
            yield from (f"    | {_paragraph(paragraph)}" for paragraph in cell.paragraphs)
