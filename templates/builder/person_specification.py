"""The person specification alone, with the job details that tell which post it belongs to."""

from __future__ import annotations

from builder.blocks import paragraph
from builder.package import Template
from builder.sections import citation, criteria, details_table, title_block

_DETAILS = (
    ("Job title", "{{ title }}"),
    ("Band", "{{ band_statement }}"),
    ("Employer", "{{ employer }}"),
    ("Department", "{{ department }}"),
    ("Job description reference", "{{ reference }}"),
    ("Version", "{{ version }}"),
    ("Date", "{{ date }}"),
)
_CITATION = (
    "Each criterion serves the duties in the job description with the same reference. "
    "Those duties are drawn from {{ framework.title }} ({{ framework.specialism }}, band {{ band }}), "
    "published by {{ framework.publisher }}; edition: {{ framework.version }}."
)


def person_specification() -> Template:
    """The template of a person specification."""
    return Template(
        file_name="person-specification.docx",
        title="Person specification",
        body=_body(),
        first_header=("{{ employer }}",),
        header=("{{ title }}", "{{ employer }}"),
        footer="Reference: {{ reference }} · Version: {{ version }} · {{ date }}",
    )


def _body() -> str:
    return "".join(
        (
            title_block("Person specification"),
            paragraph("Heading1", "Job details"),
            details_table("Job details", "This post", _DETAILS),
            paragraph("Heading1", "Criteria"),
            criteria(),
            citation(_CITATION),
        )
    )
