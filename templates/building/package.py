"""A whole template: its own text, and the parts that every template shares."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from building.blocks import MAIN_NAMESPACE, page_number_paragraph, paragraph, part
from building.look import ParagraphStyle, numbering_part, styles_part, theme_part
from jdgen.word.file import File

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE_TYPE = "application/vnd.openxmlformats-officedocument"

_RELATED = f'xmlns:r="{_OFFICE}"'
#: Each part beside the document: relationship id, kind of part, file name.
_PARTS = (
    ("rIdStyles", "styles", "styles.xml"),
    ("rIdNumbering", "numbering", "numbering.xml"),
    ("rIdSettings", "settings", "settings.xml"),
    ("rIdFonts", "fontTable", "fontTable.xml"),
    ("rIdTheme", "theme", "theme/theme1.xml"),
    ("rIdFirstHeader", "header", "header1.xml"),
    ("rIdHeader", "header", "header2.xml"),
    ("rIdFirstFooter", "footer", "footer1.xml"),
    ("rIdFooter", "footer", "footer2.xml"),
)


@dataclass(frozen=True, slots=True)
class Template:
    """One template. ``first_header`` heads the title page, ``header`` every other page; ``category`` is the document
    property of that name, and ``styles`` are those that it has beside the ones that all have."""

    title: str
    body: str
    first_header: tuple[str, ...]
    header: tuple[str, ...]
    footer: str
    category: str = ""
    styles: tuple[ParagraphStyle, ...] = ()


def template_bytes(template: Template) -> bytes:
    """The Word file."""
    file = File.of(
        {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _package_relationships(),
            "docProps/core.xml": _core_properties(template),
            "word/_rels/document.xml.rels": _document_relationships(),
            "word/document.xml": _document_part(template.body),
            "word/fontTable.xml": _font_table(),
            "word/footer1.xml": _footer_part(template.footer),
            "word/footer2.xml": _footer_part(template.footer),
            "word/header1.xml": _header_part(template.first_header),
            "word/header2.xml": _header_part(template.header),
            "word/numbering.xml": numbering_part(template.styles),
            "word/settings.xml": _settings(),
            "word/styles.xml": styles_part(template.styles),
            "word/theme/theme1.xml": theme_part(),
        }
    )
    return file.to_bytes()


def _content_types() -> bytes:
    overrides = "".join(_override(kind, name) for _, kind, name in (("", "document.main", "document.xml"), *_PARTS))
    return part(
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}"
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _override(kind: str, name: str) -> str:
    family = _OFFICE_TYPE if kind == "theme" else f"{_OFFICE_TYPE}.wordprocessingml"
    return f'<Override PartName="/word/{name}" ContentType="{family}.{kind}+xml"/>'


def _package_relationships() -> bytes:
    return part(
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>"
    )


def _document_relationships() -> bytes:
    links = "".join(
        f'<Relationship Id="{link}" Type="{_OFFICE}/{kind}" Target="{name}"/>' for link, kind, name in _PARTS
    )
    return part(f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>')


def _core_properties(template: Template) -> bytes:
    # A fixed time: a template is the same file whoever builds it and whenever.
    times = "".join(
        f'<dcterms:{event} xsi:type="dcterms:W3CDTF">1980-01-01T00:00:00Z</dcterms:{event}>'
        for event in ("created", "modified")
    )
    category = f"<cp:category>{escape(template.category)}</cp:category>" if template.category else ""
    return part(
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(template.title)}</dc:title><dc:creator>jdgen</dc:creator>{category}"
        f"<cp:lastModifiedBy>jdgen</cp:lastModifiedBy>{times}<dc:language>en-GB</dc:language></cp:coreProperties>"
    )


def _settings() -> bytes:
    # Mode 15 is Word 2013 and later; without it Word opens the file in compatibility mode.
    modern = '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    return part(
        f'<w:settings {MAIN_NAMESPACE}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat>{modern}</w:compat><w:themeFontLang w:val="en-GB"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _font_table() -> bytes:
    return part(
        f'<w:fonts {MAIN_NAMESPACE}><w:font w:name="Arial"><w:panose1 w:val="020B0604020202020204"/>'
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


#: Header and footer parts by relationship id; ``first`` is the title page, where the big title is not repeated.
_REFERENCES = (
    ("headerReference", "first", "rIdFirstHeader"),
    ("headerReference", "default", "rIdHeader"),
    ("footerReference", "first", "rIdFirstFooter"),
    ("footerReference", "default", "rIdFooter"),
)


def _section() -> str:
    """``w:sectPr``: A4 upright, 2 cm at the sides and 2.5 cm above and below."""
    references = "".join(f'<w:{kind} w:type="{pages}" r:id="{name}"/>' for kind, pages, name in _REFERENCES)
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1418" w:right="1134" w:bottom="1418" w:left="1134"'
        ' w:header="510" w:footer="510" w:gutter="0"/>'
        "<w:titlePg/></w:sectPr>"
    )


def _document_part(body: str) -> bytes:
    """``word/document.xml``."""
    return part(f"<w:document {MAIN_NAMESPACE} {_RELATED}><w:body>{body}{_section()}</w:body></w:document>")


def _header_part(lines: tuple[str, ...]) -> bytes:
    """A header; each text has a line of its own, because a long title and a long name do not fit side by side."""
    paragraphs = "".join(paragraph("Header", line) for line in lines)
    return part(f"<w:hdr {MAIN_NAMESPACE} {_RELATED}>{paragraphs}</w:hdr>")


def _footer_part(line: str) -> bytes:
    """A footer: what identifies the document, then the page number."""
    paragraphs = paragraph("Footer", line) + page_number_paragraph("Footer")
    return part(f"<w:ftr {MAIN_NAMESPACE} {_RELATED}>{paragraphs}</w:ftr>")
