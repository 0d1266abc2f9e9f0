"""The page: A4, its margins, and the headers and footers of a template."""

from __future__ import annotations

from jdgen.building.blocks import page_number_paragraph, paragraph
from jdgen.building.xml import MAIN_NAMESPACE, RELATIONSHIP_NAMESPACE, part

#: Header and footer parts by relationship id; ``first`` is the title page, where the big title is not repeated.
REFERENCES = (
    ("headerReference", "first", "rIdFirstHeader"),
    ("headerReference", "default", "rIdHeader"),
    ("footerReference", "first", "rIdFirstFooter"),
    ("footerReference", "default", "rIdFooter"),
)


def section() -> str:
    """``w:sectPr``: A4 upright, 2 cm at the sides and 2.5 cm above and below."""
    references = "".join(f'<w:{kind} w:type="{pages}" r:id="{name}"/>' for kind, pages, name in REFERENCES)
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1418" w:right="1134" w:bottom="1418" w:left="1134"'
        ' w:header="510" w:footer="510" w:gutter="0"/>'
        "<w:titlePg/></w:sectPr>"
    )


def document_part(body: str) -> bytes:
    """``word/document.xml``."""
    return part(
        f"<w:document {MAIN_NAMESPACE} {RELATIONSHIP_NAMESPACE}><w:body>{body}{section()}</w:body></w:document>"
    )


def header_part(lines: tuple[str, ...]) -> bytes:
    """A header; each text has a line of its own, because a long title and a long name do not fit side by side."""
    paragraphs = "".join(paragraph("Header", line) for line in lines)
    return part(f"<w:hdr {MAIN_NAMESPACE} {RELATIONSHIP_NAMESPACE}>{paragraphs}</w:hdr>")


def footer_part(line: str) -> bytes:
    """A footer: what identifies the document, then the page number."""
    paragraphs = paragraph("Footer", line) + page_number_paragraph("Footer")
    return part(f"<w:ftr {MAIN_NAMESPACE} {RELATIONSHIP_NAMESPACE}>{paragraphs}</w:ftr>")
