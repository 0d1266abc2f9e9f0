"""Pieces of a template, ready to be copied into another: each is sound by itself and fills by itself."""

from __future__ import annotations

from dataclasses import dataclass

from jdgen.building.blocks import paragraph
from jdgen.building.job_description import JOB_DESCRIPTION
from jdgen.building.outline import Section
from jdgen.building.role_profile import ROLE_PROFILE
from jdgen.building.sections import post_picture


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece and what it prints, in a few words."""

    title: str
    content: str


_TITLES = {
    "details": "Job details, as a table",
    "about": "About the organisation",
    "values": "Values, as a list",
    "purpose": "Job purpose",
    "dimensions": "Dimensions, as a table",
    "relationships": "Key working relationships, as a table",
    "duties": "Duties under numbered headings",
    "decisions": "Decisions and autonomy, as a list",
    "demands": "Effort and environment, as a table",
    "statements": "General statements",
    "person-specification": "Person specification, a table for each group",
    "source": "Where the duties come from",
    "complexity": "Complexity",
    "role-category": "Role category",
    "entry-routes": "Entry routes",
    "qualifications": "Qualifications, as a list",
}


def _pieces() -> tuple[Piece, ...]:
    named: dict[str, Section] = {}
    for section in (*JOB_DESCRIPTION.sections, *ROLE_PROFILE.sections):
        named.setdefault(section.name, section)
    sections = (Piece(title, named[name].alone or named[name].content) for name, title in _TITLES.items())
    top = (
        Piece("The picture of the post", post_picture()),
        Piece("The job title", paragraph("Title", "{{ title }}")),
        Piece("The line for a footer", paragraph("BodyText", JOB_DESCRIPTION.footer)),
    )
    profile = {section.name: section.alone or section.content for section in ROLE_PROFILE.sections}
    return (
        *top,
        *sections,
        Piece("Role details, as a table", profile["details"]),
        Piece("Where the text comes from, and its wording", profile["source"]),
    )


#: Every section of the shipped templates that prints a field, and the picture, title and footer.
PIECES = _pieces()
