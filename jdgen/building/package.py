"""A whole template: its own text and colours, and the parts that every template shares."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from jdgen.building.numbering import numbering_part
from jdgen.building.page import document_part, footer_part, header_part
from jdgen.building.palette import NHS, Palette
from jdgen.building.picture import PICTURE_ID, FixedPicture
from jdgen.building.styles import styles_part
from jdgen.building.theme import theme_part
from jdgen.building.xml import MAIN_NAMESPACE, RELATIONSHIP_TYPE, part
from jdgen.record.writing import PROPERTIES, PROPERTIES_RELATION, TYPES, organisation_properties
from jdgen.word.writing import write_package

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE_TYPE = "application/vnd.openxmlformats-officedocument"

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
    """One template. ``first_header`` heads the title page, ``header`` every other page.

    ``picture`` is one that ``body`` shows. ``category`` is the document property of that name.
    """

    title: str
    body: str
    first_header: tuple[str, ...]
    header: tuple[str, ...]
    footer: str
    palette: Palette = NHS
    picture: FixedPicture | None = None
    category: str = ""
    #: The organisation whose name is fixed in it, if one is.
    organisation: str = ""


def template_bytes(template: Template) -> bytes:
    """The Word file."""
    picture = template.picture
    return write_package(
        {
            "[Content_Types].xml": _content_types(template),
            "_rels/.rels": _package_relationships(template),
            "docProps/core.xml": _core_properties(template),
            "word/_rels/document.xml.rels": _document_relationships(picture),
            "word/document.xml": document_part(template.body),
            "word/fontTable.xml": _font_table(),
            "word/footer1.xml": footer_part(template.footer),
            "word/footer2.xml": footer_part(template.footer),
            "word/header1.xml": header_part(template.first_header),
            "word/header2.xml": header_part(template.header),
            "word/numbering.xml": numbering_part(),
            "word/settings.xml": _settings(),
            "word/styles.xml": styles_part(template.palette),
            "word/theme/theme1.xml": theme_part(template.palette),
            **({f"word/{picture.part}": picture.content} if picture else {}),
            **({PROPERTIES: organisation_properties(template.organisation)} if template.organisation else {}),
        }
    )


def _content_types(template: Template) -> bytes:
    picture = template.picture
    kind = f'<Default Extension="{picture.extension}" ContentType="image/{picture.extension}"/>' if picture else ""
    overrides = "".join(_override(kind, name) for _, kind, name in (("", "document.main", "document.xml"), *_PARTS))
    named, content_type = TYPES[0]
    own = f'<Override PartName="{named}" ContentType="{content_type}"/>' if template.organisation else ""
    return part(
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{kind}{overrides}"
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{own}</Types>"
    )


def _override(kind: str, name: str) -> str:
    family = _OFFICE_TYPE if kind == "theme" else f"{_OFFICE_TYPE}.wordprocessingml"
    return f'<Override PartName="/word/{name}" ContentType="{family}.{kind}+xml"/>'


def _package_relationships(template: Template) -> bytes:
    own = f'<Relationship Id="rId3" Type="{PROPERTIES_RELATION}" Target="{PROPERTIES}"/>'
    return part(
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONSHIP_TYPE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        f"{own if template.organisation else ''}</Relationships>"
    )


def _document_relationships(picture: FixedPicture | None) -> bytes:
    parts = (*_PARTS, (PICTURE_ID, "image", picture.part)) if picture else _PARTS
    links = "".join(
        f'<Relationship Id="{link}" Type="{RELATIONSHIP_TYPE}/{kind}" Target="{name}"/>' for link, kind, name in parts
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
