"""The job description and person specification in one document."""

from __future__ import annotations

from jdgen.building.blocks import each, paragraph, when
from jdgen.building.kinds import Kind
from jdgen.building.outline import Section
from jdgen.building.sections import (
    LEVEL,
    ROLE_CATEGORY,
    Details,
    bullets,
    citation,
    criteria,
    details_table,
    headed,
    numbered_duties,
    texts,
)
from jdgen.building.tables import Table, fixed_table, looped_table

_DETAILS: Details = (
    ("Job title", "{{ title }}"),
    ("Band", "{{ band_statement }}"),
    LEVEL,
    ROLE_CATEGORY,
    ("Department", "{{ department }}"),
    ("Employer", "{{ employer }}"),
    ("Base", "{{ base }}"),
    ("Hours", "{{ hours }}"),
    ("Contract", "{{ contract }}"),
    ("Responsible to", "{{ responsible_to }}"),
    ("Accountable to", "{{ accountable_to }}"),
    ("Responsible for", "{{ responsible_for }}"),
    ("Job description reference", "{{ reference }}"),
    ("Version", "{{ version }}"),
    ("Date", "{{ date }}"),
    ("Job evaluation reference", "{{ je_reference }}"),
)
_DIMENSIONS = Table("Dimensions", "Each row is one measure of the job and its size.", ("Measure", "Size"), (3118, 6520))
_RELATIONSHIPS = Table(
    "Key working relationships",
    "Each row is a person or group, whether inside or outside the organisation, and the purpose of the contact.",
    ("Who", "Internal or external", "Purpose"),
    (2750, 1500, 5388),
)
_DEMANDS = Table(
    "Effort and environment",
    "Each row is one kind of effort or condition: what the job involves, how often, and for how long.",
    ("Demand", "What the job involves", "How often", "How long"),
    (1650, 3668, 2160, 2160),
)
_AGREEMENT = Table(
    "Agreement",
    "Each row is for one person who agrees the document, with space for a name, a signature and a date.",
    ("Agreed by", "Name", "Signature", "Date"),
    (2098, 2778, 2777, 1985),
    row_height=1020,
    kept_together=True,
)
_CITATION = (
    "The duties are drawn from {{ framework.title }} ({{ framework.specialism }}, {{ framework.level }}), "
    "published by {{ framework.publisher }}; edition: {{ framework.version }}."
)


def _relationships() -> str:
    row = ("{{ relationship.who }}", "{{ relationship.setting }}", "{{ relationship.purpose }}")
    return looped_table(_RELATIONSHIPS, "relationship", "relationships", row)


def _demands() -> str:
    row = ("{{ demand.kind }}", "{{ demand.text }}", "{{ demand.frequency }}", "{{ demand.duration }}")
    return looped_table(_DEMANDS, "demand", "demands", row)


def _general_statements() -> str:
    clause = paragraph("Heading2", "{{ clause.title }}") + paragraph("BodyText", "{{ clause.text }}")
    version = (
        "Standard statements, version {{ clauses_version }}. "
        "These are set by the organisation and are not changed for a single post."
    )
    return when(
        "clauses",
        paragraph("Heading1", "General statements"),
        paragraph("SecondaryText", version),
        each("clause", "clauses", clause),
    )


def _agreement() -> str:
    space = ("Name:", "Signature:", "Date:")
    sentence = paragraph("SecondaryText", "The people below agree that this document describes the post.")
    return sentence + fixed_table(_AGREEMENT, (("Line manager", *space), ("Human resources", *space)))


def _values() -> Section:
    listed = bullets("value", "values")
    return Section(
        name="values",
        content=paragraph("Heading2", "Our values") + listed,
        under="about",
        alone=paragraph("Heading1", "Our values") + listed,
    )


_SECTIONS = (
    headed("details", "Job details", details_table("Job details", "This post", _DETAILS)),
    headed("about", "About the organisation", texts("block", "about")),
    _values(),
    headed("purpose", "Job purpose", texts("block", "purpose")),
    headed(
        "dimensions",
        "Dimensions",
        looped_table(_DIMENSIONS, "dimension", "dimensions", ("{{ dimension.measure }}", "{{ dimension.text }}")),
    ),
    headed("relationships", "Key working relationships", _relationships()),
    headed("duties", "Main duties and responsibilities", numbered_duties()),
    headed("decisions", "Decisions and autonomy", bullets("decision", "decisions")),
    headed("demands", "Effort and environment", _demands()),
    Section("statements", _general_statements()),
    Section("person-specification", paragraph("Heading1NewPage", "Person specification") + criteria()),
    headed("agreement", "Agreement", _agreement()),
    Section("source", citation(_CITATION)),
)

JOB_DESCRIPTION = Kind(
    name="job-description",
    title="Job description and person specification",
    sections=_SECTIONS,
    first_header=("{{ employer }}",),
    header=("{{ title }}", "{{ employer }}"),
    footer="Reference: {{ reference }} · Version: {{ version }} · {{ date }}",
)
