"""The Word document that lists all fields of templates, with pieces of a template that are ready to be copied.

It shows tags as they are written, so that they can be copied. It says of itself, in its category property, that it is
no template (:data:`jdgen.template.properties.FIELD_LIST`): a template made from a copy of it would print the list.
A property travels with the file and not with what is copied out of it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from itertools import groupby

from jdgen.building.blocks import paragraph
from jdgen.building.package import Template, template_bytes
from jdgen.building.pieces import PIECES, Piece
from jdgen.building.tables import Table, fixed_table
from jdgen.template.catalogue import CataloguedField, CatalogueKind, catalogue
from jdgen.template.properties import FIELD_LIST

#: The lines between which a piece stands.
BEGIN, END = "Copy from below this line.", "Copy to above this line."
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


@functools.cache
def field_list() -> bytes:
    """The Word file."""
    return template_bytes(
        Template(
            title="Fields of job description templates",
            body=_body(),
            first_header=("Fields of job description templates",),
            header=("Fields of job description templates",),
            footer="Made by jdgen",
            category=FIELD_LIST,
        )
    )


def _body() -> str:
    top = paragraph("DocumentLabel", "jdgen") + paragraph("Title", "Fields of job description templates")
    pieces = paragraph("Heading1", "Pieces to copy") + "".join(map(_shown, PIECES))
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
            _written(field),
            field.type,
            f"{field.meaning} (may be empty)" if field.may_be_empty else field.meaning,
            field.example,
        )
        for field in fields
    )
    return paragraph("Heading1", heading if owner else "The post") + fixed_table(_FIELDS, rows)


def _written(field: CataloguedField) -> str:
    """How a template names ``field``: a tag that prints it, or the name by which it is repeated or asked for."""
    reached = _reached(field)
    return f"{{{{ {reached} }}}}" if field.kind in (CatalogueKind.TEXT, CatalogueKind.PICTURE) else reached


def _reached(field: CataloguedField) -> str:
    """The path from the innermost list: ``item.text``, where the template's loop calls its item ``item``."""
    if field.path.endswith("[]"):
        return "item"
    _, repeated, rest = field.path.rpartition("[].")
    return f"item.{rest}" if repeated else rest


def _shown(piece: Piece) -> str:
    begin, end = (paragraph("SecondaryText", line) for line in (BEGIN, END))
    return paragraph("Heading2", piece.title) + begin + piece.content + end
