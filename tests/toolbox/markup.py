"""Small pieces of WordprocessingML, as Word writes them."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from lxml import etree

from tests.toolbox.word import bytes_of, change_part, empty_document, with_part

BODY, HEADER, SETTINGS = "word/document.xml", "word/header1.xml", "word/settings.xml"
RELATIONS, TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{WORD}" xmlns:r="{OFFICE}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" mc:Ignorable="w14"'
)
_PORTRAIT = '<w:pgSz w:w="11906" w:h="16838"/>'
LANDSCAPE = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
_MARGINS = (
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>'
)


def run(text: str, properties: str = "") -> str:
    """A run; a line break and a tab are elements of their own."""
    run_properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{run_properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs, or of plain texts."""
    style_element = f'<w:pStyle w:val="{style}"/>' if style else ""
    paragraph_properties = f"<w:pPr>{style_element}{properties}</w:pPr>" if style_element or properties else ""
    return f"<w:p>{paragraph_properties}{''.join(part if part.startswith('<') else run(part) for part in runs)}</w:p>"


def heading(text: str, level: int = 1) -> str:
    return paragraph(text, style=f"Heading{level}")


def table(*rows: Sequence[str], widths: Sequence[int] = (), header: bool = True) -> str:
    """A table; a cell is the XML of its paragraphs, or plain text. The first row is the marked header."""
    widths = widths or [9000 // len(rows[0])] * len(rows[0])
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    row_elements = "".join(_row(row, widths, header and number == 0) for number, row in enumerate(rows))
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{row_elements}</w:tbl>"
    )


def _row(cells: Sequence[str], widths: Sequence[int], header: bool) -> str:
    row_properties = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>"
    return f"<w:tr>{row_properties}{''.join(map(_cell, cells, widths))}</w:tr>"


def _cell(content: str, width: int) -> str:
    inner = content if content.startswith("<") else paragraph(content)
    inner += "" if inner.endswith("</w:p>") else "<w:p/>"
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inner}</w:tc>'


def control(content: str, tag: str, identity: int) -> str:
    """A content control round paragraphs or runs."""
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{tag}"/><w:tag w:val="{tag}"/><w:id w:val="{identity}"/></w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def section(page: str = _PORTRAIT, inner: str = "", last: bool = False) -> str:
    """The end of a section: a paragraph that holds it, or the element at the end of the text."""
    properties = f"<w:sectPr>{inner}{page}{_MARGINS}</w:sectPr>"
    return properties if last else f"<w:p><w:pPr>{properties}</w:pPr></w:p>"


def field_code(code: str, text: str) -> str:
    """A field of Word's own, with what it showed last."""
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return f'{begin}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{separate}{run(text)}{end}'


def word_template(body: str, header: Sequence[str] = (), end: str = "") -> bytes:
    """A Word file of ``body``, in British English and with a title, its styles those of python-docx."""
    return change_part(_blank(tuple(header)), BODY, lambda part: _with_body(part, body, end))


@functools.cache
def _blank(header: tuple[str, ...]) -> bytes:
    document = empty_document()
    document.core_properties.title = "Job description"
    for text in header:
        document.sections[0].header.add_paragraph(text)
    document.sections[0].footer.add_paragraph("PAGE NUMBER")
    content = change_part(bytes_of(document), "word/styles.xml", _in_british_english)
    page_number = paragraph("Page ", field_code("PAGE", "1")).encode()
    return change_part(
        content,
        "word/footer1.xml",
        lambda part: re.sub(rb"<w:p>(?:(?!<w:p>).)*PAGE NUMBER.*?</w:p>", page_number, part),
    )


def _in_british_english(styles: bytes) -> bytes:
    """Arial of 12 points and British English, as the defaults of python-docx are not."""
    larger = re.sub(rb'<w:(sz|szCs) w:val="22"/>', rb'<w:\1 w:val="24"/>', styles)
    larger = re.sub(rb"<w:rFonts [^>]*/>", b'<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>', larger)
    return re.sub(rb"<w:lang [^>]*/>", b'<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>', larger)


def _with_body(document: bytes, body: str, end: str) -> bytes:
    tree = etree.fromstring(document)
    old = tree.find(f"{{{WORD}}}body")
    last = end or etree.tostring(old[-1], encoding="unicode")
    new = etree.fromstring(f"<w:document {NAMESPACES}><w:body>{body}{last}</w:body></w:document>")
    return etree.tostring(new, xml_declaration=True, encoding="UTF-8", standalone=True)


def with_related(content: bytes, name: str, kind: str, content_type: str, part: str) -> bytes:
    """The file with one more part that the text relates to, as ``rIdOwn``."""
    relation = f'<Relationship Id="rIdOwn" Type="{OFFICE}/{kind}" Target="{name}"/></Relationships>'.encode()
    override = f'<Override PartName="/word/{name}" ContentType="{content_type}"/></Types>'.encode()
    content = change_part(content, RELATIONS, lambda old: old.replace(b"</Relationships>", relation))
    content = change_part(content, TYPES, lambda old: old.replace(b"</Types>", override))
    return with_part(content, f"word/{name}", part.encode())
