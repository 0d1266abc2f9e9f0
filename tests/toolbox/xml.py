"""Word's own XML for tests of templates: pieces of it, files made of them, and what a filled file holds."""

from __future__ import annotations

import dataclasses
from typing import Any

from lxml import etree

from jdgen.drafting.model import JobDescription, Picture
from tests.toolbox.word import W, body_replaced, change_part, parts_of, png, problems_of, word_file

BODY, SETTINGS = "word/document.xml", "word/settings.xml"
RELATIONS, TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NEVER = "title == 'no'"
BOLD = "<w:rPr><w:b/></w:rPr>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}{run(text)}</w:p>"


def link(text: str) -> str:
    return f'<w:hyperlink w:anchor="a">{run(text)}</w:hyperlink>'


def table(rows: str) -> str:
    return f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>{rows}</w:tbl>'


def row(cell: str) -> str:
    return f"<w:tr><w:tc>{cell}</w:tc></w:tr>"


def choice(condition: str, between: str) -> str:
    return paragraph(f"{{%p if {condition} %}}") + between + paragraph("{%p endif %}")


def repeated(between: str) -> str:
    return paragraph("{%p for value in values %}") + between + paragraph("{%p endfor %}")


def field_code(code: str) -> str:
    """A field of Word's own, such as a table of contents, with what it showed last."""
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return f'{begin}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{separate}{run("old")}{end}'


def with_body(xml: str) -> bytes:
    """A Word file with ``xml`` as its text, and a tag in its footer where ``xml`` has none."""
    footer = () if "{{" in xml or "{%" in xml else ("{{ title }}",)
    return body_replaced(word_file("BODY", footer=footer), "<w:p><w:r><w:t>BODY</w:t></w:r></w:p>", xml)


def with_header(xml: str) -> bytes:
    """A Word file with ``xml`` in its header."""
    old = b"<w:p><w:r><w:t>HEADER</w:t></w:r></w:p>"
    return change_part(
        word_file("x {% if title %}{% endif %}", header=["HEADER"]),
        "word/header1.xml",
        lambda part: part.replace(old, xml.encode()),
    )


def with_external(kind: str, target: str) -> bytes:
    """A Word file that relates to something outside it."""
    relation = f'<Relationship Id="rX" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
    new = f"{relation}</Relationships>".encode()
    return change_part(word_file("{{ title }}"), RELATIONS, lambda part: part.replace(b"</Relationships>", new))


def tree_of(content: bytes, part: str = BODY) -> Any:
    return etree.fromstring(parts_of(content)[part])


def texts_of(content: bytes, part: str = BODY) -> list[str]:
    """The text of each paragraph, those in tables and text boxes too."""
    return ["".join(paragraph.itertext(f"{W}t")) for paragraph in tree_of(content, part).iter(f"{W}p")]


def values_of(content: bytes, tag: str, attribute: str, part: str = BODY) -> list[str]:
    return [str(element.get(attribute)) for element in tree_of(content, part).iter(tag)]


def own_bookmarks(content: bytes) -> tuple[list[str], list[str]]:
    """Ids of the starts and of the ends of bookmarks, without those that are jdgen's anchors."""
    starts, ends = (values_of(content, f"{W}bookmark{mark}", f"{W}id") for mark in ("Start", "End"))
    return [each for each in starts if int(each) < 1_000_000], [each for each in ends if int(each) < 1_000_000]


def places(template: bytes, draft: JobDescription | None = None) -> list[str]:
    return [problem.where for problem in problems_of(template, draft)]


def faults(template: bytes, draft: JobDescription | None = None) -> list[str]:
    """Each problem without its remedy."""
    return [f"{problem.where}: {problem.what}" for problem in problems_of(template, draft)]


def pictured(draft: JobDescription) -> JobDescription:
    """The draft with a picture, which makes docxtpl itself fill the template."""
    return dataclasses.replace(draft, picture=Picture(png(), "A square"))


def laughs() -> str:
    """A billion laughs: entities that name each other ten times over."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE a [<!ENTITY a0 "ha">{entities}]><a>&a11;</a>'
