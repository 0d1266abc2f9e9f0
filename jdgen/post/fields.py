"""The one table of a post's fields: what each is called, where, and what it is for.

Columns of sheets, options of the command line, prompts, what templates may print, whose words a printed text is, and
what tells one post from another are made from it. How a value has to look, and the help beside it in an editor, is in
the schema of post files; the typed attributes are in :mod:`jdgen.post.model`. Tests hold all three against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jdgen.post.field import DEMANDS, Field, FieldKind, Group, Naming, Needed, SheetColumn
from jdgen.post.model import (
    AddedCriterion,
    AddedDuty,
    Contact,
    JobDemand,
    KeptDuty,
    Measure,
    OmittedCriterion,
    OmittedDuty,
    RewordedDuty,
)
from jdgen.words import bare_words


def _effort(kind: str, *also: str) -> tuple[SheetColumn, ...]:
    """The three columns of one kind of effort: what, how often, how long."""
    heading, what = DEMANDS[kind], f"demands.{kind}.text"
    often, long = ("how often", "frequency"), ("how long", "duration")
    return (
        SheetColumn(what, heading, also, FieldKind.PROSE),
        *(
            SheetColumn(
                f"demands.{kind}.{key}",
                f"{heading}: {words[0]}",
                tuple(f"{name} {word}" for name in (heading, *also) for word in words),
                FieldKind.LINE,
                needs=what,
            )
            for key, words in (("frequency", often), ("duration", long))
        ),
    )


def _picture(
    key: str, heading: str, files: tuple[str, ...], descriptions: tuple[str, ...] = ()
) -> tuple[SheetColumn, ...]:
    """The two columns of a picture: its file, and what it shows."""
    file, description = f"{key}.file", f"{key}.description"
    return (
        SheetColumn(file, f"{heading} file", files, FieldKind.LINE, needs=description),
        SheetColumn(description, f"{heading} description", descriptions, FieldKind.LINE, needs=file),
    )


def _work(
    key: str, heading: str, also: tuple[str, ...], *, meaning: str, example: str, in_forms: tuple[str, ...] = ()
) -> Field:
    """What a panel asks of how the work is done: paragraphs, for which a draft asks."""
    return Field(
        key,
        FieldKind.PROSE,
        Group.WORK,
        heading,
        also,
        is_asked=True,
        meaning=meaning,
        example=example,
        in_forms=in_forms,
    )


#: In the order in which people fill them in.
FIELDS: tuple[Field, ...] = (
    Field(
        "title",
        FieldKind.LINE,
        Group.JOB,
        "Job title",
        ("title", "post title", "role title", "post", "job"),
        needed=Needed("give the job title, without the band", "PMO manager", "PMO manager"),
        option="Job title, without the band.",
        meaning="The job title, without the band",
        example="Programme office manager",
        in_forms=("name of post", "name of job", "job role"),
        naming=Naming.PROVES,
        limit=70,
    ),
    Field(
        "specialism",
        FieldKind.NAME,
        Group.JOB,
        "Specialism",
        ("career pathway", "pathway", "framework specialism"),
        needed=Needed("name the framework's specialism", "pmo", "PMO"),
        option="Specialism of the framework, such as pmo.",
    ),
    Field(
        "band",
        FieldKind.BAND,
        Group.JOB,
        "Band",
        ("afc band", "pay band", "agenda for change band", "band afc", "salary band", "grade", "pay grade"),
        needed=Needed("give the Agenda for Change band", "8a", "7 or 8a"),
        option="Agenda for Change band: 7 or 8a.",
        meaning="The Agenda for Change band alone",
        example="8a",
    ),
    Field(
        "level",
        FieldKind.LEVEL,
        Group.JOB,
        "Level",
        ("framework level", "role level", "level of the framework"),
        option="Level of the framework, where it has levels of its own.",
    ),
    Field(
        "role_category",
        FieldKind.NAME,
        Group.JOB,
        "Role category",
        ("category", "kind of role", "type of role"),
        option="Kind of role; `jdgen framework show` lists them.",
        is_asked=True,
    ),
    Field(
        "specialist_competences",
        FieldKind.NAMES,
        Group.JOB,
        "Specialist competences",
        ("specialist competence", "specialist competencies", "specialist competency", "competences", "competencies"),
        option="Specialist competence; may be repeated.",
        option_name="competence",
    ),
    Field(
        "readings",
        FieldKind.READINGS,
        Group.JOB,
        "Readings",
        ("reading", "readings of headings"),
        option="Reading of a contested heading.",
        option_name="reading",
    ),
    Field(
        "skills",
        FieldKind.SKILLS,
        Group.JOB,
        "Skill levels",
        ("levels of skills", "skills and levels", "level of each skill"),
        option="Level of a skill, where the framework leaves that to the post.",
        option_name="skill",
    ),
    Field(
        "employer",
        FieldKind.LINE,
        Group.TERMS,
        "Employer",
        ("employing organisation", "organisation", "trust", "name of employer", "name of organisation"),
        option="Employing organisation.",
        is_asked=True,
        meaning="The employing organisation",
        example="North Moorshire Ambulance Service NHS Trust",
        in_forms=("trust name", "organisation name", "employer name"),
        naming=Naming.PROVES,
    ),
    Field(
        "department",
        FieldKind.LINE,
        Group.TERMS,
        "Department",
        ("directorate", "service", "team", "division", "care group", "department or service", "department or team"),
        option="Department, service or team.",
        is_asked=True,
        meaning="Department, service or team",
        example="Programme office",
        in_forms=("department name", "ward"),
        naming=Naming.NAMES,
    ),
    Field(
        "base",
        FieldKind.LINE,
        Group.TERMS,
        "Base",
        ("location", "place of work", "work base", "work location", "workplace", "site", "base or location"),
        option="Place of work.",
        is_asked=True,
        meaning="The main place of work",
        example="Trust headquarters, Moorgate Cross",
        naming=Naming.NAMES,
    ),
    Field(
        "hours",
        FieldKind.LINE,
        Group.TERMS,
        "Hours",
        ("hours a week", "hours per week", "weekly hours", "working hours", "contracted hours", "hours of work"),
        option="Hours, such as '37.5 hours a week'.",
        is_asked=True,
        meaning="Hours a week and their pattern",
        example="37.5 hours a week",
    ),
    Field(
        "contract",
        FieldKind.LINE,
        Group.TERMS,
        "Contract",
        ("contract type", "type of contract", "tenure", "employment type"),
        option="Permanent, fixed term …",
        is_asked=True,
        meaning="Permanent, fixed term or secondment",
        example="Permanent",
    ),
    Field(
        "responsible_to",
        FieldKind.LINE,
        Group.TERMS,
        "Responsible to",
        ("reports to", "reporting to", "line manager", "managed by", "manager"),
        option="Post that manages this post.",
        is_asked=True,
        meaning="The post that manages this post",
        example="Head of planning and change",
        in_forms=("post holder reports to",),
        naming=Naming.NAMES,
    ),
    Field(
        "accountable_to",
        FieldKind.LINE,
        Group.TERMS,
        "Accountable to",
        ("professionally accountable to", "accountability"),
        option="Post that is accountable for this area.",
        is_asked=True,
        meaning="The senior post that answers for the area",
        example="Director of strategy",
    ),
    Field(
        "responsible_for",
        FieldKind.LINE,
        Group.TERMS,
        "Responsible for",
        ("direct reports", "line manages", "manages", "staff managed", "staff responsible for"),
        option="Posts that report to this post.",
        is_asked=True,
        meaning="The posts or teams that this post manages",
        example="2 project analysts",
    ),
    Field(
        "peers",
        FieldKind.WORDS,
        Group.TERMS,
        "Posts with the same manager",
        ("peers", "peer posts", "posts alongside", "works alongside"),
    ),
    Field(
        "posts_managed",
        FieldKind.WORDS,
        Group.TERMS,
        "Posts managed",
        ("managed posts", "posts that report to this post", "team posts"),
    ),
    Field(
        "reference",
        FieldKind.LINE,
        Group.TERMS,
        "Reference",
        ("ref", "jd reference", "jd ref", "job description reference", "job reference", "reference number"),
        option="The job description's own reference.",
        is_asked=True,
        meaning="The job description's own reference",
        example="NMAS-PC-0809",
        naming=Naming.PROVES,
    ),
    Field(
        "version",
        FieldKind.LINE,
        Group.TERMS,
        "Version",
        ("jd version", "version of jd", "job description version"),
        option="The job description's version, such as 1.0.",
        option_name="version-of-jd",
        meaning="The job description's version",
        example="2.1",
    ),
    Field(
        "je_reference",
        FieldKind.LINE,
        Group.TERMS,
        "JE reference",
        ("je ref", "je number", "job evaluation reference", "job evaluation ref", "job evaluation number"),
        option="Job evaluation reference, once a panel has met.",
        is_asked=True,
        meaning="The job evaluation reference",
        example="NMAS-JE-2025-041",
        in_forms=("afc job evaluation reference", "caje ref", "caje reference"),
        naming=Naming.NAMES,
    ),
    Field(
        "picture",
        FieldKind.PICTURE,
        Group.ORGANISATION,
        parts=_picture("picture", "Picture", ("picture", "logo", "logo file"), ("alt text", "alternative text")),
    ),
    Field(
        "about",
        FieldKind.PROSE,
        Group.ORGANISATION,
        "About the organisation",
        ("about", "about us", "about the trust", "about the employer"),
        is_asked=True,
        meaning="About the organisation",
        example="The trust answers 999 calls.",
    ),
    Field(
        "values",
        FieldKind.WORDS,
        Group.ORGANISATION,
        "Values",
        ("our values", "trust values", "organisational values"),
        is_asked=True,
        meaning="The organisation's values",
        example="Compassion in every contact",
    ),
    Field(
        "purpose",
        FieldKind.PROSE,
        Group.CONTENT,
        "Job purpose",
        ("purpose", "job summary", "purpose of the job", "role purpose"),
        option="Why the job exists.",
        is_asked=True,
        meaning="Why the job exists",
        example="You lead the programme office.",
        in_forms=("main purpose of the job", "purpose of the role", "main purpose"),
    ),
    Field(
        "dimensions",
        FieldKind.ENTRIES,
        Group.CONTENT,
        "Dimensions",
        ("job dimensions", "size of the job"),
        entry=Measure,
        asked_parts=("measure", "text"),
        meaning="Measures of the job's size",
    ),
    Field(
        "relationships",
        FieldKind.ENTRIES,
        Group.CONTENT,
        "Relationships",
        ("working relationships", "key relationships", "key working relationships"),
        entry=Contact,
        asked_parts=("who", "setting", "purpose"),
        meaning="Key working relationships",
    ),
    Field(
        "decisions",
        FieldKind.TEXTS,
        Group.CONTENT,
        "Decisions",
        ("decisions and autonomy", "autonomy", "freedom to act"),
        is_asked=True,
        meaning="Decisions and autonomy",
        example="Set the project templates.",
    ),
    Field(
        "guidance",
        FieldKind.PROSE,
        Group.CONTENT,
        "Guidance",
        ("guidance and supervision", "guided by", "limits of authority"),
        is_asked=True,
        meaning="What guides the post, and who checks its work",
        example="Works within the trust's financial rules.",
        in_forms=("what guides the post",),
    ),
    _work(
        "managing_people",
        "Managing people",
        ("people management", "management of people", "staff management"),
        meaning="What managing people means in this post",
        example="Line manages 2 project analysts.",
        in_forms=("line management responsibilities", "management of staff"),
    ),
    _work(
        "planning",
        "Planning and organising",
        ("planning", "planning and organisation", "organising"),
        meaning="What the post plans and organises",
        example="Plans the office's work for the year.",
    ),
    _work(
        "judgement",
        "Analysis and judgement",
        ("judgement", "analysis", "problem solving", "judgements"),
        meaning="What the post works out and weighs up",
        example="Judges whether a project can still meet its date.",
    ),
    _work(
        "policy",
        "Policies and services",
        ("policy", "policies", "policy development", "service development", "policy and service development"),
        meaning="Policies and services that the post changes",
        example="Writes the trust's project standards.",
    ),
    _work(
        "information",
        "Information and systems",
        ("information", "information systems", "systems and information"),
        meaning="Information and systems that the post works with or answers for",
        example="Keeps the register of projects.",
    ),
    _work(
        "research",
        "Research and audit",
        ("research", "research and development", "audit and research"),
        meaning="Research, audits and surveys in the post",
        example="Audits 4 projects a year.",
    ),
    _work(
        "training_at_entry",
        "Education and training at entry",
        ("training at entry", "education at entry", "training needed at entry", "level of education"),
        meaning="Education, training and experience that the post holder brings",
        example="A degree, or equivalent experience.",
    ),
    _work(
        "training_in_post",
        "Training in post",
        ("training acquired in post", "training gained in post", "learnt in post"),
        meaning="What the post holder learns in the post",
        example="A project qualification within 18 months.",
    ),
    _work(
        "physical_skills",
        "Physical skills",
        ("skills of hand", "manual skills", "keyboard skills"),
        meaning="Skills of hand or movement that the post needs",
        example="Fast and exact keyboard work.",
    ),
    Field(
        "demands",
        FieldKind.ENTRIES,
        Group.EFFORT,
        entry=JobDemand,
        parts=(
            *_effort("physical"),
            *_effort("mental"),
            *_effort("emotional"),
            *_effort("environment", "environment", "working environment", "environmental conditions"),
        ),
        asked_parts=(*DEMANDS, "frequency", "duration"),
        meaning="Effort and environment: each demand, how often and how long",
    ),
    Field(
        "duties.add",
        FieldKind.ENTRIES,
        Group.CHANGES,
        "Duties to add",
        ("added duties", "additional duties", "extra duties"),
        attribute="added_duties",
        entry=AddedDuty,
    ),
    Field(
        "duties.omit",
        FieldKind.ENTRIES,
        Group.CHANGES,
        "Duties to omit",
        ("omitted duties", "duties to leave out"),
        attribute="omitted_duties",
        entry=OmittedDuty,
        option="Duty that the post does not have; may be repeated.",
        option_name="omit",
    ),
    Field(
        "duties.reword",
        FieldKind.ENTRIES,
        Group.CHANGES,
        "Duties to reword",
        ("reworded duties",),
        attribute="reworded_duties",
        entry=RewordedDuty,
        option="Duty in other words; may be repeated.",
        option_name="reword",
    ),
    Field(
        "duties.keep",
        FieldKind.ENTRIES,
        Group.CHANGES,
        "Duties to keep",
        ("kept duties", "duties kept as they are"),
        attribute="kept_duties",
        entry=KeptDuty,
        option="Duty that is right as published, where a note doubts it; may be repeated.",
        option_name="keep",
    ),
    Field(
        "duties.order",
        FieldKind.WORDS,
        Group.CHANGES,
        "Order of duties",
        ("duty order", "order of the duties"),
        attribute="duty_order",
    ),
    Field(
        "criteria.add",
        FieldKind.ENTRIES,
        Group.CHANGES,
        "Criteria to add",
        ("added criteria", "additional criteria", "extra criteria"),
        attribute="added_criteria",
        entry=AddedCriterion,
    ),
    Field(
        "criteria.omit",
        FieldKind.ENTRIES,
        Group.CHANGES,
        "Criteria to omit",
        ("omitted criteria", "criteria to leave out"),
        attribute="omitted_criteria",
        entry=OmittedCriterion,
    ),
    Field(
        "entry_route",
        FieldKind.NAME,
        Group.SELDOM,
        "Entry route",
        ("route", "route of entry"),
        option="Entry route of the framework that experience is asked by.",
    ),
    Field(
        "framework",
        FieldKind.NAME,
        Group.SELDOM,
        "Framework",
        ("capability framework", "framework id"),
        option="Framework, where several have the specialism.",
    ),
    Field(
        "clauses",
        FieldKind.NAME,
        Group.SELDOM,
        "General statements",
        ("clauses", "general clauses"),
        option="Set of general statements.",
    ),
    Field(
        "organisation_chart",
        FieldKind.PICTURE,
        Group.SELDOM,
        parts=_picture(
            "organisation_chart",
            "Organisation chart",
            ("organisation chart", "org chart", "organogram", "structure chart"),
        ),
    ),
    Field("own", FieldKind.OWN, Group.OWN),
)
#: The same by what :class:`~jdgen.post.model.Post` calls them.
BY_NAME: Mapping[str, Field] = {field.name: field for field in FIELDS}
#: All columns that a sheet of posts may have, by what each gives.
COLUMNS: Mapping[str, SheetColumn] = {column.key: column for field in FIELDS for column in field.columns}
#: The fields that are pictures.
PICTURES = tuple(field.key for field in FIELDS if field.kind is FieldKind.PICTURE)
#: What every post needs.
REQUIRED: Mapping[str, Needed] = {field.key: field.needed for field in FIELDS if field.needed}


def headings_of(fields: Iterable[Field] = FIELDS) -> Mapping[str, SheetColumn]:
    """Every heading under which a sheet may have one of ``fields``, as bare words, with its column. No two columns have
    one: tests see to that, since the later would win without a word."""
    columns = (column for field in fields for column in field.columns)
    return {bare_words(name): column for column in columns for name in _heads(column)}


def _heads(column: SheetColumn) -> tuple[str, ...]:
    # In a list of HR's own, a column headed "Skills" says in sentences what the person has to be able to do.
    key = () if column.kind is FieldKind.SKILLS else (column.key,)
    return (*key, column.heading, *column.also)
