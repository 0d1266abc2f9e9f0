"""The person specification alone, with the job details that tell which post it belongs to."""

from __future__ import annotations

from jdgen.building.blocks import paragraph
from jdgen.building.kinds import Kind
from jdgen.building.outline import Section
from jdgen.building.sections import LEVEL, Details, citation, criteria, details_table, headed

_DETAILS: Details = (
    ("Job title", "{{ title }}"),
    ("Band", "{{ band_statement }}"),
    LEVEL,
    ("Employer", "{{ employer }}"),
    ("Department", "{{ department }}"),
    ("Job description reference", "{{ reference }}"),
    ("Version", "{{ version }}"),
    ("Date", "{{ date }}"),
)
_CITATION = (
    "Each criterion serves the duties in the job description with the same reference. "
    "Those duties are drawn from {{ framework.title }} ({{ framework.specialism }}, {{ framework.level }}), "
    "published by {{ framework.publisher }}; edition: {{ framework.version }}."
)

PERSON_SPECIFICATION = Kind(
    name="person-specification",
    title="Person specification",
    sections=(
        Section("details", paragraph("Heading1", "Job details") + details_table("Job details", "This post", _DETAILS)),
        headed("person-specification", "Criteria", criteria()),
        Section("source", citation(_CITATION)),
    ),
    first_header=("{{ employer }}",),
    header=("{{ title }}", "{{ employer }}"),
    footer="Reference: {{ reference }} · Version: {{ version }} · {{ date }}",
)
