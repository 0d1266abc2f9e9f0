"""A template for an organisation to start from: a shipped one, with the sections it chooses, in its name and colours.

The shipped templates are Word files like any other. What is known of them here is where their sections begin, which
name stands for the organisation's, and their two colours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from jdgen.drafting.model import Picture
from jdgen.errors import JdgenError, Problem
from jdgen.record.digests import PROPERTIES
from jdgen.record.writing import PROPERTIES_RELATION, TYPES, organisation_properties
from jdgen.template.picture import fitted
from jdgen.template.starter_choices import KINDS, ORDER, POST_PICTURE, StarterChoices, choice_problems
from jdgen.word.file import File
from jdgen.word.writing import CONTENT_TYPES
from jdgen.word.xml import Element, W, parse, serialise, text_in
from jdgen.workspace import shipped_folder

# How the first paragraph of each section begins, in the order of each template.
_BEGINNINGS: Mapping[str, Mapping[str, str]] = {
    "job-description": {
        "details": "Job details",
        "about": "About the organisation",
        "values": "Our values",
        "purpose": "Job purpose",
        "dimensions": "Dimensions",
        "relationships": "Key working relationships",
        "duties": "Main duties and responsibilities",
        "decisions": "Decisions and autonomy",
        "demands": "Effort and environment",
        "statements": "{%p if clauses %}",
        "person-specification": "Person specification",
        "agreement": "Agreement",
        "source": "About this document",
    },
    "person-specification": {
        "details": "Job details",
        "person-specification": "Criteria",
        "source": "About this document",
    },
    "role-profile": {
        "source": "The text is drawn from",
        "details": "Role details",
        "complexity": "{%p if complexity_narrative %}",
        "role-category": "{%p if role_category_statements %}",
        "duties": "Main duties and responsibilities",
        "entry-routes": "{%p if entry_routes %}",
        "qualifications": "{%p if qualifications %}",
    },
}
# Sections whose heading is one level lower while they stand below another.
_BELOW = {"values": "about"}
# {%p if picture %}, {{ picture }} and {%p endif %}, which stand above the title.
_PICTURE_BLOCKS = 3
_DOCUMENT = "word/document.xml"
_NAMED = (_DOCUMENT, "word/header1.xml", "word/header2.xml")
_COLORED = ("word/styles.xml", "word/theme/theme1.xml")
_PICTURE_ID = "rIdOrganisation"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def starter(choices: StarterChoices) -> bytes:
    """The Word file; equal choices give equal bytes.

    Raises :class:`JdgenError` with every choice that cannot be met.
    """
    if problems := list(choice_problems(choices)):
        raise JdgenError(problems)
    organisation = " ".join(choices.organisation.split())
    parts = _shipped(choices.kind)
    parts[_DOCUMENT] = _with_sections(parts[_DOCUMENT], choices)
    for name in _NAMED:
        parts[name] = parts[name].replace(b"{{ employer }}", escape(organisation).encode())
    for name in _COLORED:
        parts[name] = _recolour(parts[name], choices.colors)
    if choices.picture is not None:
        _add_picture(parts, choices.picture, " ".join((choices.alt_text or "").split()))
    _add_name(parts, organisation)
    return File.of(parts).written()


def _shipped(kind: str) -> dict[str, bytes]:
    """The parts of the shipped template of ``kind``."""
    return File.read((shipped_folder() / "templates" / f"{kind}.docx").read_bytes()).contents()


# Sections: blocks (paragraphs and tables) from where one begins to where the next one does.


def _with_sections(xml: bytes, choices: StarterChoices) -> bytes:
    """The text with the sections that are chosen, and without the picture of the post where that is not to be shown."""
    root = parse(xml)
    body = root[0]
    top, sections = _divide(body, choices.kind)
    for other in KINDS if choices.added else ():
        for name, blocks in _divide(parse(_shipped(other)[_DOCUMENT])[0], other)[1].items():
            sections.setdefault(name, blocks)
    names = _chosen(choices)
    for name, upper in _BELOW.items():
        if name in names and upper not in names:
            _raise_heading(sections[name][0])
    shows_post = choices.picture is None and POST_PICTURE not in choices.without
    title = top if shows_post else top[_PICTURE_BLOCKS:]
    body[:-1] = [*title, *(block for name in names for block in sections[name])]
    declaration, _, _ = xml.partition(b"<w:document")
    return declaration + serialise(root).encode()


def _divide(body: Element, kind: str) -> tuple[list[Element], dict[str, list[Element]]]:
    """What stands above the sections of the shipped template of ``kind``, and the blocks of each."""
    blocks: list[Element] = []
    top = blocks
    sections: dict[str, list[Element]] = {}
    coming = list(_BEGINNINGS[kind].items())
    for block in list(body)[:-1]:  # after the last stands the form of the page
        if coming and text_in(block).startswith(coming[0][1]):
            name, _ = coming.pop(0)
            blocks = sections[name] = []
        blocks.append(block)
    assert not coming, f"{kind}.docx has every section"
    return top, sections


def _chosen(choices: StarterChoices) -> list[str]:
    """The names of the sections, in their order: what is put in stands after the last that comes before it in
    :data:`ORDER`."""
    names = [name for name in _BEGINNINGS[choices.kind] if name not in choices.without]
    for rank, name in enumerate(ORDER):
        if name in choices.added and name not in names:
            place = max((at for at, other in enumerate(names, 1) if ORDER.index(other) < rank), default=0)
            names.insert(place, name)
    return names


def _raise_heading(paragraph: Element) -> None:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    assert style is not None, "every paragraph of a shipped template names its style"
    style.set(f"{W}val", "Heading1")


# The look, the name and the picture.


def _recolour(xml: bytes, colors: Mapping[str, str]) -> bytes:
    return re.sub("|".join(colors).encode(), lambda found: colors[found[0].decode()].encode(), xml)


def _add_name(parts: dict[str, bytes], organisation: str) -> None:
    """Have the properties of the file say whose name is in it."""
    parts[PROPERTIES] = organisation_properties(organisation)
    named, content_type = TYPES[0]
    _insert(parts, CONTENT_TYPES, "</Types>", f'<Override PartName="/{named}" ContentType="{content_type}"/>')
    relation = f'<Relationship Id="rId3" Type="{PROPERTIES_RELATION}" Target="{PROPERTIES}"/>'
    _insert(parts, "_rels/.rels", "</Relationships>", relation)


def _add_picture(parts: dict[str, bytes], content: bytes, alt_text: str) -> None:
    """Have every document show the picture above its title, whatever its post says."""
    try:
        width, height = fitted(Picture(content, alt_text))
    except JdgenError as error:
        raise JdgenError(Problem("--picture", each.what, each.right) for each in error.problems) from error
    kind = "png" if content.startswith(b"\x89PNG") else "jpeg"
    name = f"media/organisation.{kind}"
    parts[f"word/{name}"] = content
    _insert(parts, CONTENT_TYPES, "<Override", f'<Default Extension="{kind}" ContentType="image/{kind}"/>')
    relation = f'<Relationship Id="{_PICTURE_ID}" Type="{_OFFICE}/image" Target="{name}"/>'
    _insert(parts, "word/_rels/document.xml.rels", "</Relationships>", relation)
    shown = _picture_paragraph(quoteattr(alt_text), f'cx="{int(width)}" cy="{int(height)}"')
    _insert(parts, _DOCUMENT, '<w:p><w:pPr><w:pStyle w:val="DocumentLabel"/>', shown)


def _insert(parts: dict[str, bytes], name: str, before: str, xml: str) -> None:
    """Put ``xml`` into a part, in front of the first ``before``."""
    parts[name] = parts[name].replace(before.encode(), (xml + before).encode(), 1)


def _picture_paragraph(description: str, size: str) -> str:
    """A paragraph that shows the picture, in the style that templates have for one."""
    namespaces = f'xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main" xmlns:pic="{_DRAWING}/picture"'
    named = f'id="1" name="Organisation" descr={description}'
    shape = f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    graphic = (
        f'<pic:pic><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="'
        f'{_PICTURE_ID}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>{shape}</pic:spPr></pic:pic>'
    )
    return (
        '<w:p><w:pPr><w:pStyle w:val="Picture"/></w:pPr><w:r><w:drawing>'
        f'<wp:inline {namespaces} xmlns:r="{_OFFICE}"><wp:extent {size}/><wp:docPr {named}/>'
        f'<a:graphic><a:graphicData uri="{_DRAWING}/picture">{graphic}</a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )
