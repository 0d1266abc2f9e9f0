"""The kinds of document that templates are made for: job description, person specification, role profile."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from jdgen.building.outline import Section, body_of
from jdgen.building.package import Template
from jdgen.building.palette import NHS, Palette
from jdgen.building.picture import FixedPicture, picture_paragraph
from jdgen.building.sections import post_picture, title_block

#: What stands for the organisation where its name is not fixed in the template.
EMPLOYER = "{{ employer }}"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: its label, its sections, and the lines that head and foot its pages.

    Every text may hold ``{{ employer }}``, in whose place an organisation can put its name. ``category`` is the
    document property of that name.
    """

    name: str
    title: str
    sections: tuple[Section, ...]
    first_header: tuple[str, ...]
    header: tuple[str, ...]
    footer: str
    category: str = ""


@dataclass(frozen=True, slots=True)
class Branding:
    """What is an organisation's own in a template. ``name`` is a field where the posts say it."""

    name: str = EMPLOYER
    palette: Palette = NHS
    picture: FixedPicture | None = None
    #: Whether a document shows the picture of its post, where the template has none of its own.
    post_picture: bool = True


def template_of(kind: Kind, sections: tuple[Section, ...] = (), branding: Branding | None = None) -> Template:
    """The template of ``kind`` with these ``sections`` (those of the kind, if none are given)."""
    branding = branding or Branding()
    top = post_picture() if branding.post_picture else ""
    if branding.picture:
        top = picture_paragraph(branding.picture)
    body = title_block(kind.title) + body_of(sections or kind.sections)
    return Template(
        title=kind.title,
        body=top + body.replace(EMPLOYER, escape(branding.name)),
        first_header=tuple(line.replace(EMPLOYER, branding.name) for line in kind.first_header),
        header=tuple(line.replace(EMPLOYER, branding.name) for line in kind.header),
        footer=kind.footer,
        category=kind.category,
        palette=branding.palette,
        picture=branding.picture,
        organisation="" if branding.name == EMPLOYER else branding.name,
    )
