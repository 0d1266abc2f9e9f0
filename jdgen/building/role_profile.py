"""The role profile: what the framework says about a role at a band, for human resources, without a post's details."""

from __future__ import annotations

from jdgen.building.blocks import each, paragraph, when
from jdgen.building.kinds import Kind
from jdgen.building.outline import Section
from jdgen.building.sections import bullets, details_table, headed, numbered_duties, provenance, texts

_DETAILS = (
    ("Role title", "{{ title }}"),
    ("Band", "{{ band_statement }}"),
    ("Specialism", "{{ specialism }}"),
    ("Role category", "{{ role_category }}"),
    ("Complexity", "{{ complexity }}"),
)
_CITATION = (
    "The text is drawn from {{ framework.title }} ({{ framework.specialism }}, band {{ band }}), "
    "published by {{ framework.publisher }}; edition: {{ framework.version }}."
)


def _role_category() -> str:
    return paragraph("Heading1", "Role category") + texts("statement", "role_category_statements")


_ROUTE = paragraph("Heading2", "{{ route.title }}") + paragraph("BodyText", "{{ route.text }}")

ROLE_PROFILE = Kind(
    name="role-profile",
    title="Role profile",
    sections=(
        Section("source", provenance(_CITATION)),
        headed("details", "Role details", details_table("Role details", "This role", _DETAILS)),
        headed("complexity", "Complexity", texts("block", "complexity_narrative")),
        Section("role-category", when("role_category_statements", _role_category())),
        headed("duties", "Main duties and responsibilities", numbered_duties()),
        headed("entry-routes", "Entry routes", each("route", "entry_routes", _ROUTE)),
        headed(
            "qualifications",
            "Qualifications and professional memberships",
            bullets("qualification", "qualifications"),
        ),
    ),
    first_header=("{{ framework.title }}",),
    header=("{{ title }}", "{{ framework.title }}"),
    footer="Role profile · {{ specialism }} · Edition: {{ framework.version }}",
)
