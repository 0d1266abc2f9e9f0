"""The role profile: what the framework says about a role at a level, for human resources, without a post's details."""

from __future__ import annotations

from jdgen.building.blocks import each, paragraph
from jdgen.building.kinds import Kind
from jdgen.building.outline import Section
from jdgen.building.sections import (
    LEVEL,
    ROLE_CATEGORY,
    Details,
    bullets,
    details_table,
    headed,
    headed_when,
    numbered_duties,
    provenance,
    texts,
)
from jdgen.building.tables import RowWhen
from jdgen.template.properties import AS_PUBLISHED

_DETAILS: Details = (
    ("Role title", "{{ title }}"),
    ("Band", "{{ band_statement }}"),
    LEVEL,
    ("Specialism", "{{ specialism }}"),
    ROLE_CATEGORY,
    RowWhen("complexity", ("Complexity", "{{ complexity }}")),
)
_CITATION = (
    "The text is drawn from {{ framework.title }} ({{ framework.specialism }}, {{ framework.level }}), "
    "published by {{ framework.publisher }}; edition: {{ framework.version }}. "
    "The wording of the duties is {{ wording }}."
)


_ROUTE = paragraph("Heading2", "{{ route.title }}") + paragraph("BodyText", "{{ route.text }}")

ROLE_PROFILE = Kind(
    name="role-profile",
    title="Role profile",
    sections=(
        Section("source", provenance(_CITATION)),
        headed("details", "Role details", details_table("Role details", "This role", _DETAILS)),
        headed_when("complexity", "complexity_narrative", "Complexity", texts("block", "complexity_narrative")),
        headed_when(
            "role-category",
            "role_category_statements",
            "Role category",
            texts("statement", "role_category_statements"),
        ),
        headed("duties", "Main duties and responsibilities", numbered_duties()),
        headed_when("entry-routes", "entry_routes", "Entry routes", each("route", "entry_routes", _ROUTE)),
        headed_when(
            "qualifications",
            "qualifications",
            "Qualifications and professional memberships",
            bullets("qualification", "qualifications", "ListBulletKept"),
        ),
    ),
    first_header=("{{ framework.title }}",),
    header=("{{ title }}", "{{ framework.title }}"),
    footer="Role profile · {{ specialism }} · Edition: {{ framework.version }}",
    category=AS_PUBLISHED,
)
