"""The Word document that lists all fields of templates, with pieces of a template that are ready to be copied.

It shows tags as they are written, so that they can be copied. It says of itself, in its category property, that it is
no template (:data:`jdgen.template.properties.FIELD_LIST`): a template made from a copy of it would print the list.
A property travels with the file and not with what is copied out of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from building.blocks import Table, fixed_table, paragraph
from building.look import LISTS_IN_TABLES
from building.package import Template
from building.texts import (
    CHART,
    JOB_DESCRIPTION,
    JOB_SECTIONS,
    POST_PICTURE,
    ROLE_SECTIONS,
    SIDE_BY_SIDE_SECTIONS,
    TITLE,
    VALUES_ALONE,
)
from jdgen.template.catalogue import CataloguedField, CatalogueKind, catalogue
from jdgen.template.properties import FIELD_LIST

# The lines between which a piece stands.
_BEGIN, _END = "Copy from below this line.", "Copy to above this line."
_FIELDS = Table(
    "Fields",
    "Each row is one field: how it is written in a template, what it holds, what it means, and an example.",
    ("Write", "Holds", "Meaning", "Example"),
    (3000, 1638, 2600, 2400),
    row_headings=False,
)
_INTRODUCTION = (
    "This document lists what a template can print. It is not a template itself: copy what you need into yours.",
    "A field that the draft may leave empty is marked. Ask for it first, as the pieces to copy do.",
    "In the tables of what is repeated, item is the name that the loop gives each one: {%p for item in values %}.",
    "Copy a whole piece with the lines in small grey type. They vanish when a document is made.",
)


def _body() -> str:
    top = paragraph("DocumentLabel", "jdgen") + paragraph("Title", _TITLE)
    pieces = paragraph("Heading1", "Pieces to copy") + "".join(
        _piece(title, content) for title, content in _PIECES.items()
    )
    return top + "".join(paragraph("BodyText", text) for text in _INTRODUCTION) + _tables() + pieces


def _tables() -> str:
    """A table for the draft's own fields, and one for each list and group in it, under a heading that names it."""
    owners = list(dict.fromkeys(field.owner for field in catalogue()))
    fields = sorted(catalogue(), key=lambda field: owners.index(field.owner))
    return "".join(_table(owner, group) for owner, group in groupby(fields, key=lambda field: field.owner))


def _table(owner: str, fields: Iterable[CataloguedField]) -> str:
    heading = f"In each item of {owner.removesuffix('[]')}" if owner.endswith("[]") else f"In {owner}"
    rows = tuple(
        (
            _name_in_template(field),
            field.type,
            f"{field.meaning} (may be empty)" if field.may_be_empty else field.meaning,
            field.example,
        )
        for field in fields
    )
    return paragraph("Heading1", heading if owner else "The post") + fixed_table(_FIELDS, rows)


def _name_in_template(field: CataloguedField) -> str:
    """How a template names ``field``: a tag that prints it, or the name by which it is repeated or asked for."""
    reached = _reached(field)
    return f"{{{{ {reached} }}}}" if field.kind in (CatalogueKind.TEXT, CatalogueKind.PICTURE) else reached


def _reached(field: CataloguedField) -> str:
    """The path from the innermost list: ``item.text``, where the template's loop calls its item ``item``."""
    if field.path.endswith("[]"):
        return "item"
    _, repeated, rest = field.path.rpartition("[].")
    return f"item.{rest}" if repeated else rest


def _piece(title: str, content: str) -> str:
    begin, end = (paragraph("SecondaryText", line) for line in (_BEGIN, _END))
    return paragraph("Heading2", title) + begin + content + end


_SECTIONS = {**ROLE_SECTIONS, **JOB_SECTIONS, "values": VALUES_ALONE}
# Every section of the shipped templates that prints a field, and the picture, title and footer. Each is sound by itself
# and fills by itself.
_PIECES = {
    "The picture of the post": POST_PICTURE,
    "The job title": TITLE,
    "The line for a footer": paragraph("BodyText", JOB_DESCRIPTION.footer),
    "Job details, as a table": _SECTIONS["details"],
    "About the organisation": _SECTIONS["about"],
    "Values, as a list": _SECTIONS["values"],
    "Job purpose": _SECTIONS["purpose"],
    "Dimensions, as a table": _SECTIONS["dimensions"],
    "Organisation chart, drawn and in words": SIDE_BY_SIDE_SECTIONS[CHART],
    "Key working relationships, as a table": _SECTIONS["relationships"],
    "Duties under numbered headings": _SECTIONS["duties"],
    "How the work is done, as a table": _SECTIONS["work"],
    "Decisions and autonomy, as a list": _SECTIONS["decisions"],
    "Training and skills, as a table": _SECTIONS["training"],
    "Effort and environment, as a table": _SECTIONS["demands"],
    "General statements": _SECTIONS["statements"],
    "Person specification, a table for each group": _SECTIONS["person-specification"],
    "Person specification, essential and desirable side by side": SIDE_BY_SIDE_SECTIONS["person-specification"],
    "Where the duties come from": _SECTIONS["source"],
    "Complexity": _SECTIONS["complexity"],
    "Role category": _SECTIONS["role-category"],
    "Skills, knowledge and experience that the framework asks for": _SECTIONS["requirements"],
    "Entry routes": _SECTIONS["entry-routes"],
    "Qualifications, as a list": _SECTIONS["qualifications"],
    "Role details, as a table": ROLE_SECTIONS["details"],
    "Where the text comes from, and its wording": ROLE_SECTIONS["source"],
}
_TITLE = "Fields of job description templates"

FIELDS = Template(
    title=_TITLE,
    body=_body(),
    first_header=(_TITLE,),
    header=(_TITLE,),
    footer="Made by jdgen",
    category=FIELD_LIST,
    styles=LISTS_IN_TABLES,
)
