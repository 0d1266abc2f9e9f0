"""What the shipped templates say: job description in three layouts, person specification, role profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from building.blocks import (
    KEPT_WITH_NEXT,
    RowOfTexts,
    RowWhen,
    Table,
    each,
    either,
    fixed_table,
    listed_table,
    looped_table,
    paragraph,
    paragraph_run_in,
    when,
)
from building.look import (
    GROUP_IN_SECTION,
    GROUP_OF_HEADINGS,
    LISTS_IN_TABLES,
    NEW_PAGE,
    NUMBERED_HEADING,
    NUMBERED_SECTIONS,
    UNDIVIDED,
)
from building.package import Template
from jdgen.template.properties import AS_PUBLISHED, UNREVIEWED

#: Rows of details: a label and a value each.
_Details = tuple[tuple[str, str] | RowWhen, ...]
# The level of the post, where the framework's levels are not bands.
_LEVEL = RowWhen("level", ("{{ level_word }}", "{{ level }}"))
# Where the framework has any.
_ROLE_CATEGORY = RowWhen("role_category", ("Role category", "{{ role_category }}"))
_JOB_DETAILS: _Details = (
    ("Job title", "{{ title }}"),
    ("Band", "{{ band_statement }}"),
    _LEVEL,
    _ROLE_CATEGORY,
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
# What tells which post a person specification belongs to.
_POST_DETAILS: _Details = (
    ("Job title", "{{ title }}"),
    ("Band", "{{ band_statement }}"),
    _LEVEL,
    ("Employer", "{{ employer }}"),
    ("Department", "{{ department }}"),
    ("Job description reference", "{{ reference }}"),
    ("Version", "{{ version }}"),
    ("Date", "{{ date }}"),
)
_ROLE_DETAILS: _Details = (
    ("Role title", "{{ title }}"),
    ("Band", "{{ band_statement }}"),
    _LEVEL,
    ("Specialism", "{{ specialism }}"),
    _ROLE_CATEGORY,
    RowWhen("complexity", ("Complexity", "{{ complexity }}")),
)
_DIMENSIONS = Table("Dimensions", "Each row is one measure of the job and its size.", ("Measure", "Size"), (3118, 6520))
_RELATIONSHIPS = Table(
    "Key working relationships",
    "Each row is a person or group, whether inside or outside the organisation, and the purpose of the contact.",
    ("Who", "Internal or external", "Purpose"),
    (2750, 1500, 5388),
)
_WORK = Table(
    "How the work is done",
    "Each row names one side of the work and says what it is in this job.",
    ("Side of the work", "In this job"),
    (3118, 6520),
)
_TRAINING = Table(
    "Training and skills",
    "Each row names what the job asks a person to have learnt, and says what that is in this job.",
    ("What is needed", "In this job"),
    (3118, 6520),
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
    kept_with_next=True,
)
_CRITERIA = Table(
    "Criteria",
    "Each row is one criterion: whether it is essential or desirable, and the codes of how it is assessed.",
    ("Criterion", "Essential or desirable", "How assessed"),
    (6236, 1701, 1701),
    row_headings=False,
)
# So many essential criteria take two fifths of a page and more.
_MANY = "group.essential|length > 6"
# Essential criteria are more, and longer.
_SIDES = Table(
    "Criteria, side by side",
    "One row: the first cell lists the essential criteria, the second the desirable ones, each with the codes of how "
    "it is assessed. A cell that says None has no criteria.",
    ("Essential", "Desirable"),
    (5498, 4140),
    row_headings=False,
)
_KEY = Table(
    "Assessment codes",
    "Each row is one code and the way of assessing that it stands for.",
    ("Code", "Meaning"),
    (1701, 7937),
    kept_together=True,
)
# The source of what is drawn from the framework; the words before say what that is.
_DRAWN = (
    "drawn from {{ framework.title }} ({{ framework.specialism }}"
    "{% if framework.level %}, {{ framework.level }}{% endif %}), "
    "published by {{ framework.publisher }}; edition: {{ framework.version }}."
)
_BAND = "This document does not decide the band. Job evaluation does."
_FOOTER = "Reference: {{ reference }} · Version: {{ version }} · {{ date }}"
_HEADING = "{{ heading.title }}"
_CODES_EXPLAINED = "are explained under “How each criterion is assessed”."
_MEANING = (
    "To be shortlisted, you must meet each essential criterion that is assessed by the application. To be appointed, "
    "you must meet every essential criterion. Desirable criteria help to choose between people who do."
)
_INTRODUCTION = f"{_MEANING} The codes in the last column {_CODES_EXPLAINED}"
_INTRODUCTION_TO_SIDES = f"{_MEANING} The codes after each criterion {_CODES_EXPLAINED}"
_STATEMENTS = (
    "Standard statements, version {{ clauses_version }}. "
    "These are set by the organisation and are not changed for a single post."
)


# What the level of a skill means, where an organisation has it printed.
_POINTS = each("point", "criterion.points", paragraph("TablePoint", "{{ point.text }}"))


def _headed(heading: str, content: str) -> str:
    """``content`` under a heading of the first level."""
    return paragraph("Heading1", heading) + content


def _headed_when(field: str, heading: str, content: str) -> str:
    """The same, only where ``field`` is given and not empty."""
    return when(field, _headed(heading, content))


def _details(caption: str, subject: str, rows: _Details) -> str:
    """A table of labels and values about the post; ``subject`` heads the values."""
    table = Table(caption, "Each row names one detail and gives it.", ("Detail", subject), (3118, 6520))
    return _headed(caption, fixed_table(table, rows))


def _job_details(caption: str) -> str:
    """What identifies the job, and what its band is not. LibreOffice leaves a heading alone at the foot of a page where
    it stands directly behind a table, so that a sentence stands between them."""
    return _details(caption, "This post", _JOB_DETAILS) + paragraph("TableNote", _BAND)


def _each_text(name: str, sequence: str, style: str = "BodyText") -> str:
    """The texts of the field ``sequence``, a paragraph each; in ``ListBulletKept`` a list stays on one page."""
    return each(name, sequence, paragraph(style, f"{{{{ {name}.text }}}}"))


def _list_kept(name: str, sequence: str) -> str:
    """The texts of the field ``sequence`` as a list that stays on one page, and does not hold on to what follows it."""
    last, other = (paragraph(style, f"{{{{ {name}.text }}}}") for style in ("ListBullet", "ListBulletKept"))
    return each(name, sequence, either("loop.last", last, other))


def _organisation_chart() -> str:
    """The chart, where there is one, and the same in words; in styles that every template has."""
    caption = "Organisation chart: this post, and the posts above, beside and below it."
    chart = (paragraph("SecondaryText", "{{ organisation_chart }}"), paragraph("TableNote", caption))
    in_words = paragraph("SecondaryText", "The organisation chart in words:")
    lines = _list_kept("line", "organisation_chart_text")
    return _headed("Organisation chart", when("organisation_chart", *chart) + in_words + lines)


def _numbered_duties(
    caption: str = "Main duties and responsibilities",
    layout: str = NUMBERED_HEADING,
    above: str = GROUP_OF_HEADINGS,
) -> str:
    """The duties under their headings, which Word numbers both, and these in the groups that the framework has. What
    each has beside its style are the ``layout`` of a heading and that of the group ``above``."""
    group = when("heading.group", _group("{{ heading.group }}", above))
    heading = paragraph("Heading2", _HEADING, layout)
    duties = each("duty", "heading.duties", paragraph("Duty", "{{ duty.text }}"))
    return _headed(caption, each("heading", "duty_headings", group, heading, duties))


def _group(title: str, layout: str = GROUP_OF_HEADINGS) -> str:
    """What stands above several headings, at their level: documents without groups have none to spare for them."""
    return paragraph("Heading2", title, layout, "RunInTitle")


def _criteria(key: Table = _KEY) -> str:
    """The person specification: what the columns mean, a table for each group, and the ``key`` of the codes."""
    row = ("{{ criterion.text }}", "{{ criterion.importance }}", "{{ criterion.assessed_by }}")
    table = looped_table(_CRITERIA, "criterion", "group.criteria", row, _POINTS)
    return _specification(_INTRODUCTION, table, key)


def _criteria_side_by_side() -> str:
    """The same with the essential criteria beside the desirable ones, each side a list."""
    sides = _side("essential", "TableBullet"), _side("desirable", "TableBulletBeside")
    return _specification(_INTRODUCTION_TO_SIDES, listed_table(_SIDES, sides, _MANY))


def _side(importance: str, bullet: str) -> str:
    criterion = paragraph(bullet, "{{ criterion.text }} ({{ criterion.codes }})")
    without = f"group.no_{importance}"
    return each("criterion", f"group.{importance}", criterion, _POINTS) + when(
        without, paragraph("TableText", f"{{{{ {without} }}}}")
    )


def _specification(introduction: str, table: str, key: Table = _KEY) -> str:
    """An ``introduction``, the ``table`` of each group of criteria, and the ``key`` of the codes."""
    groups = each("group", "person_specification.groups", paragraph("Heading2", "{{ group.title }}"), table)
    code = ("{{ method.code }}", "{{ method.name }}")
    codes = looped_table(key, "method", "person_specification.assessment_key", code)
    explained = paragraph("Heading2", "How each criterion is assessed") + codes
    return paragraph("BodyText", introduction) + groups + explained


def _dimensions() -> str:
    row = ("{{ dimension.measure }}", "{{ dimension.text }}")
    return _headed("Dimensions", looped_table(_DIMENSIONS, "dimension", "dimensions", row))


def _relationships() -> str:
    row = ("{{ relationship.who }}", "{{ relationship.setting }}", "{{ relationship.purpose }}")
    table = looped_table(_RELATIONSHIPS, "relationship", "relationships", row)
    return _headed("Key working relationships", table)


def _work() -> str:
    """What a panel asks about the work, under one heading: no job description is laid out by factors."""
    rows = (
        RowOfTexts("Managing people", "managing_people"),
        RowOfTexts("Planning and organising", "planning"),
        RowOfTexts("Analysis and judgement", "judgement"),
        RowOfTexts("Policies and services", "policy"),
        RowOfTexts("Information and systems", "information"),
        RowOfTexts("Research and audit", "research"),
    )
    return _headed(_WORK.caption, fixed_table(_WORK, rows))


def _training() -> str:
    """What is needed at entry, apart from what is acquired in post (NHS Job Evaluation Handbook, ch. 3)."""
    rows = (
        RowOfTexts("Education and training needed at entry", "training_at_entry"),
        RowOfTexts("Training acquired in post", "training_in_post"),
        RowOfTexts("Physical skills", "physical_skills"),
    )
    return _headed(_TRAINING.caption, fixed_table(_TRAINING, rows))


def _decisions(list_text: str) -> str:
    """What guides the post, and the list of what it decides and refers to others."""
    return _headed("Decisions and autonomy", _each_text("block", "guidance") + list_text)


def _demands() -> str:
    row = ("{{ demand.kind }}", "{{ demand.text }}", "{{ demand.frequency }}", "{{ demand.duration }}")
    return _headed("Effort and environment", looped_table(_DEMANDS, "demand", "demands", row))


def _general_statements() -> str:
    """The statements; the last two stay on one page, since a page may end with them that has nothing else."""
    statement = either("loop.revindex == 2", _statement(KEPT_WITH_NEXT), _statement())
    version = paragraph("SecondaryText", _STATEMENTS)
    return _headed_when("clauses", "General statements", version + each("clause", "clauses", statement))


def _statement(layout: str = "") -> str:
    full = paragraph("Heading2", "{{ clause.title }}") + paragraph("BodyText", "{{ clause.text }}", layout)
    run_in = paragraph_run_in("BodyText", "{{ clause.title }}:", "{{ clause.text }}", layout)
    return either("clause.is_compact", run_in, full)


def _agreement() -> str:
    space = ("Name:", "Signature:", "Date:")
    sentence = paragraph("SecondaryText", "The people below agree that this document describes the post.")
    rows = (("Line manager", *space), ("Human resources", *space))
    return _headed("Agreement", sentence + fixed_table(_AGREEMENT, rows))


def _about_document(sentence: str) -> str:
    """Where the text comes from, as the document's last part, which makes no page alone: the table before it stays with
    it."""
    return _headed("About this document", paragraph("BodyText", sentence, UNDIVIDED))


#: The values of the organisation: below what is said about it, and under a heading of their own where nothing is.
_VALUES = _list_kept("value", "values")
VALUES = paragraph("Heading2", "Our values") + _VALUES
VALUES_ALONE = _headed("Our values", _VALUES)
#: The picture that the post names, if it names one.
POST_PICTURE = when("picture", paragraph("Picture", "{{ picture }}"))
TITLE = paragraph("Title", "{{ title }}")
#: The sections of a job description, by the names that ``jdgen template new`` gives them.
JOB_SECTIONS: Mapping[str, str] = {
    "details": _job_details("Job details"),
    "about": _headed("About the organisation", _each_text("block", "about")),
    "values": VALUES,
    "purpose": _headed("Job purpose", _each_text("block", "purpose")),
    "dimensions": _dimensions(),
    "relationships": _relationships(),
    "duties": _numbered_duties(),
    "work": _work(),
    "decisions": _decisions(_list_kept("decision", "decisions")),
    "training": _training(),
    "demands": _demands(),
    "statements": _general_statements(),
    "person-specification": paragraph("Heading1", "Person specification", NEW_PAGE) + _criteria(),
    "agreement": _agreement(),
    "source": _about_document(f"The duties are {_DRAWN}"),
}


def _with_chart(sections: Mapping[str, str]) -> dict[str, str]:
    """``sections`` with the organisation chart after what the job's size is."""
    names = list(sections)
    after = names.index("dimensions") + 1
    return {name: sections.get(name) or _organisation_chart() for name in (*names[:after], CHART, *names[after:])}


# Neither makes a page alone: where the text comes from keeps with the agreement.
_LAST = {
    "source": _headed("About this document", paragraph("SecondaryText", f"The duties are {_DRAWN}")),
    "agreement": JOB_SECTIONS["agreement"],
}
#: The section that has the organisation chart.
CHART = "organisation-chart"
#: The same with essential and desirable criteria side by side, as most trusts have them, and the organisation chart.
#:
#: No page of it has one paragraph: the person specification begins no page, since what is before it would often end at
#: the top of one, and the agreement stands last, which is a table that stays together, with where the text comes from.
#: A list stays on one page.
SIDE_BY_SIDE_SECTIONS: Mapping[str, str] = {
    **_with_chart({name: content for name, content in JOB_SECTIONS.items() if name not in _LAST}),
    "person-specification": _headed("Person specification", _criteria_side_by_side()),
    **_LAST,
}
#: What stands in a person specification alone.
_CRITERIA_SECTIONS = {
    "details": _details("Job details", "This post", _POST_DETAILS),
    "person-specification": _headed("Criteria", _criteria(replace(_KEY, kept_with_next=True))),
    "source": _about_document(
        f"Each criterion serves the duties in the job description with the same reference. Those duties are {_DRAWN} "
        f"{_BAND}"
    ),
}
#: Sections in the order in which forms of NHS Scotland begin: job identification, job purpose, dimensions. The headings
#: after these three are our own, in an order of our own. They are those of the side-by-side template.
_ORDER_OF_NUMBERED = (
    *("details", "purpose", "dimensions", CHART, "about", "values", "duties", "work", "decisions", "relationships"),
    *("training", "demands", "statements", "person-specification", "source", "agreement"),
)
_SECTIONS_TO_NUMBER = {
    **SIDE_BY_SIDE_SECTIONS,
    "details": _job_details("Job identification"),
    # By their own headings alone documents of the two are told apart that have lost their records. All headings of the
    # template have numbers, by their styles.
    "duties": _numbered_duties("Main duties", "", GROUP_IN_SECTION),
}
NUMBERED_JOB_SECTIONS: Mapping[str, str] = {name: _SECTIONS_TO_NUMBER[name] for name in _ORDER_OF_NUMBERED}
_REQUIREMENTS = each(
    "requirement",
    "requirements",
    when("requirement.group", _group("{{ requirement.group }}")),
    paragraph("Heading2", "{{ requirement.title }}"),
    _each_text("text", "requirement.texts", "ListBullet"),
)
# The qualifications after them may be few, and make a page alone.
_ROUTE = paragraph("Heading2", "{{ route.title }}") + paragraph("BodyText", "{{ route.text }}", KEPT_WITH_NEXT)
#: What the framework says about a role at a level, for human resources, without a post's details.
ROLE_SECTIONS: Mapping[str, str] = {
    "source": paragraph("BodyText", f"The text is {_DRAWN} The wording of the duties is {{{{ wording }}}}. {_BAND}"),
    "details": _details("Role details", "This role", _ROLE_DETAILS),
    "complexity": _headed_when("complexity_narrative", "Complexity", _each_text("block", "complexity_narrative")),
    "role-category": _headed_when(
        "role_category_statements", "Role category", _each_text("statement", "role_category_statements")
    ),
    "duties": _numbered_duties(),
    "requirements": _headed_when("requirements", "Skills, knowledge and experience", _REQUIREMENTS),
    "entry-routes": _headed_when("entry_routes", "Entry routes", each("route", "entry_routes", _ROUTE)),
    "qualifications": _headed_when(
        "qualifications",
        "Qualifications and professional memberships",
        _each_text("qualification", "qualifications", "ListBulletKept"),
    ),
}


def _body(label: str, sections: Mapping[str, str]) -> str:
    return POST_PICTURE + paragraph("DocumentLabel", label) + TITLE + "".join(sections.values())


JOB_DESCRIPTION = Template(
    title="Job description and person specification",
    body=_body("Job description and person specification", JOB_SECTIONS),
    first_header=("{{ employer }}",),
    header=("{{ title }}", "{{ employer }}"),
    footer=_FOOTER,
)
SIDE_BY_SIDE = Template(
    title=JOB_DESCRIPTION.title,
    body=_body("Job description and person specification", SIDE_BY_SIDE_SECTIONS),
    first_header=JOB_DESCRIPTION.first_header,
    header=JOB_DESCRIPTION.header,
    footer=_FOOTER,
    styles=LISTS_IN_TABLES,
)
NUMBERED = Template(
    title=JOB_DESCRIPTION.title,
    body=_body("Job description and person specification", NUMBERED_JOB_SECTIONS),
    first_header=JOB_DESCRIPTION.first_header,
    header=JOB_DESCRIPTION.header,
    footer=_FOOTER,
    category=UNREVIEWED,
    styles=(*LISTS_IN_TABLES, *NUMBERED_SECTIONS),
)
PERSON_SPECIFICATION = Template(
    title="Person specification",
    body=_body("Person specification", _CRITERIA_SECTIONS),
    first_header=("{{ employer }}",),
    header=("{{ title }}", "{{ employer }}"),
    footer=_FOOTER,
)
ROLE_PROFILE = Template(
    title="Role profile",
    body=_body("Role profile", ROLE_SECTIONS),
    first_header=("{{ framework.title }}",),
    header=("{{ title }}", "{{ framework.title }}"),
    footer="Role profile · {{ specialism }} · Edition: {{ framework.version }}",
    category=AS_PUBLISHED,
)
