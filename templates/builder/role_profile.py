"""The role profile: what the framework says about a role at a band, for human resources, without a post's details."""

from __future__ import annotations

from builder.blocks import each, paragraph, when
from builder.package import Template
from builder.sections import bullets, details_table, numbered_duties, provenance, texts, title_block

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


def role_profile() -> Template:
    """The template of a role profile."""
    return Template(
        file_name="role-profile.docx",
        title="Role profile",
        body=_body(),
        first_header=("{{ framework.title }}",),
        header=("{{ title }}", "{{ framework.title }}"),
        footer="Role profile · {{ specialism }} · Edition: {{ framework.version }}",
    )


def _body() -> str:
    route = paragraph("Heading2", "{{ route.title }}") + paragraph("BodyText", "{{ route.text }}")
    return "".join(
        (
            title_block("Role profile"),
            provenance(_CITATION),
            paragraph("Heading1", "Role details"),
            details_table("Role details", "This role", _DETAILS),
            paragraph("Heading1", "Complexity"),
            texts("block", "complexity_narrative"),
            when("role_category_statements", _role_category()),
            paragraph("Heading1", "Main duties and responsibilities"),
            numbered_duties(),
            paragraph("Heading1", "Entry routes"),
            each("route", "entry_routes", route),
            paragraph("Heading1", "Qualifications and professional memberships"),
            bullets("qualification", "qualifications"),
        )
    )


def _role_category() -> str:
    return paragraph("Heading1", "Role category") + texts("statement", "role_category_statements")
