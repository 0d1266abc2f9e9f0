"""Sections that more than one template has."""

from __future__ import annotations

from jdgen.building.blocks import each, paragraph, when
from jdgen.building.outline import Section
from jdgen.building.tables import RowWhen, Table, fixed_table, looped_table

_CRITERIA = Table(
    "Criteria",
    "Each row is one criterion: whether it is essential or desirable, and the codes of how it is assessed.",
    ("Criterion", "Essential or desirable", "How assessed"),
    (6236, 1701, 1701),
    row_headings=False,
)
_KEY = Table(
    "Assessment codes",
    "Each row is one code and the way of assessing that it stands for.",
    ("Code", "Meaning"),
    (1701, 7937),
    kept_together=True,
)


def headed(name: str, heading: str, content: str) -> Section:
    """The section ``name``: ``content`` under a heading of the first level."""
    return Section(name, paragraph("Heading1", heading) + content)


def headed_when(name: str, field: str, heading: str, content: str) -> Section:
    """As :func:`headed`, only where ``field`` is given and not empty."""
    return Section(name, when(field, paragraph("Heading1", heading), content))


def post_picture() -> str:
    """The picture that the post names, if it names one."""
    return when("picture", paragraph("Picture", "{{ picture }}"))


def title_block(label: str) -> str:
    """The kind of document, and the job title."""
    return paragraph("DocumentLabel", label) + paragraph("Title", "{{ title }}")


#: Rows of details: a label and a value each.
Details = tuple[tuple[str, str] | RowWhen, ...]
#: The level of the post, where the framework's levels are not bands.
LEVEL = RowWhen("level", ("{{ level_word }}", "{{ level }}"))
#: The role category, where the framework has any.
ROLE_CATEGORY = RowWhen("role_category", ("Role category", "{{ role_category }}"))


def details_table(caption: str, subject: str, rows: Details) -> str:
    """A table of labels and values about the post; ``subject`` heads the values."""
    table = Table(caption, "Each row names one detail and gives it.", ("Detail", subject), (3118, 6520))
    return fixed_table(table, rows)


def numbered_duties() -> str:
    """The duties under their headings; Word numbers both."""
    duties = each("duty", "heading.duties", paragraph("Duty", "{{ duty.text }}"))
    return each("heading", "duty_headings", paragraph("Heading2Numbered", "{{ heading.title }}"), duties)


def criteria() -> str:
    """The person specification: what the columns mean, a table for each group, and the key of the codes."""
    introduction = (
        "An applicant must meet every essential criterion to be appointed, and to be shortlisted every one of them "
        "that is assessed by the application. Desirable criteria help to choose between applicants who do. "
        "The codes in the last column are explained under “How each criterion is assessed”."
    )
    row = ("{{ criterion.text }}", "{{ criterion.importance }}", "{{ criterion.assessed_by }}")
    table = looped_table(_CRITERIA, "criterion", "group.criteria", row)
    groups = each("group", "person_specification.groups", paragraph("Heading2", "{{ group.title }}"), table)
    return paragraph("BodyText", introduction) + groups + _assessment_key()


def citation(sentence: str) -> str:
    """Where the text comes from, as the document's last part; ``sentence`` says what was drawn from the framework."""
    return paragraph("Heading1", "About this document") + provenance(sentence)


def provenance(sentence: str) -> str:
    """``sentence``, which says what was drawn from the framework, and what the document cannot decide."""
    return paragraph("BodyText", f"{sentence} This document does not decide the band. Job evaluation does.")


def bullets(name: str, sequence: str, style: str = "ListBullet") -> str:
    """The texts of the field ``sequence`` as a bulleted list; in ``ListBulletKept`` it stays on one page."""
    return each(name, sequence, paragraph(style, f"{{{{ {name}.text }}}}"))


def texts(name: str, sequence: str) -> str:
    """The texts of the field ``sequence``, a paragraph each."""
    return each(name, sequence, paragraph("BodyText", f"{{{{ {name}.text }}}}"))


def _assessment_key() -> str:
    table = looped_table(
        _KEY, "method", "person_specification.assessment_key", ("{{ method.code }}", "{{ method.name }}")
    )
    return paragraph("Heading2", "How each criterion is assessed") + table
