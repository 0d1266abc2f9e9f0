"""The one table of a post's fields: what each is called, where, and what it is for.

Columns of sheets, options of the command line, prompts, what templates may print, whose words a printed text is, and
what tells one post from another are made from it. How a value has to look, and the help beside it in an editor, is in
the schema of post files; the typed attributes are in :mod:`jdgen.post.model`. Tests hold all three against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import NamedTuple

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

# Rows of the table are named tuples: each start of jdgen makes them, and they are made sooner than dataclasses.


class FieldKind(Enum):
    """What a field holds."""

    LINE = "a text on one line"
    PROSE = "paragraphs"
    TEXTS = "a list of texts"
    WORDS = "a list of a few words each, which one line divides by commas"
    ENTRIES = "a list of entries with parts"
    PICTURE = "a picture"
    BAND = "a band of Agenda for Change"
    LEVEL = "a level of the framework's own"
    NAME = "the name of something that the framework or the workspace has"
    NAMES = "several such names"
    READINGS = "names of readings by names of headings"
    SKILLS = "levels of skills by names of skills"
    OWN = "texts by the names of the organisation's own fields"

    @property
    def is_choice(self) -> bool:
        """Whether the framework or the workspace has what is named, so that the words are no one post's."""
        return self in (FieldKind.BAND, FieldKind.LEVEL, FieldKind.NAME) or self.has_several_choices

    @property
    def has_several_choices(self) -> bool:
        """Whether several such things may be named."""
        return self in (FieldKind.NAMES, FieldKind.READINGS, FieldKind.SKILLS)


class Group(Enum):
    """Fields that people fill in together, in the order in which they do."""

    JOB = "The job"
    TERMS = "Where the job is, and on which terms"
    ORGANISATION = "The organisation"
    CONTENT = "What the job is about"
    WORK = "How the work is done"
    EFFORT = "Effort and working conditions"
    CHANGES = "Changes to the framework's duties and to the person specification"
    SELDOM = "Choices that few posts need"
    OWN = "Fields of your own"


class Naming(Enum):
    """What a field tells of which post a document is of."""

    NOTHING = "other posts may well have the same"
    NAMES = "it names the post, with others"
    PROVES = "it must stand unchanged in a document that says itself which post it is of: anybody could write that"


class SheetColumn(NamedTuple):
    """A column of a sheet of posts. ``key`` is what it gives (``duties.add``, ``demands.mental.text``), ``heading``
    what heads it, and ``also`` what people head it with too. Without a text in the column ``needs`` it says nothing."""

    key: str
    heading: str
    also: tuple[str, ...]
    kind: FieldKind
    needs: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        """The keys that lead to its value in a post file, where the kind of effort is no key."""
        return tuple(key for key in self.key.split(".") if key not in DEMANDS)


class Needed(NamedTuple):
    """What is told where a field that every post needs is missing: what to do, and how that is written in a post file
    and in a cell."""

    right: str
    in_file: str
    in_cell: str


class Field(NamedTuple):
    """One field of a post.

    ``key`` is what it is called in a post file (``duties.add`` is ``add`` in ``duties``), ``attribute`` what
    :class:`~jdgen.post.model.Post` calls it where that is something else, and ``entry`` the type of each entry, of a
    list that has parts. ``heading`` heads its column, and ``also`` is what people head it with too; what has several
    columns has ``parts``.

    ``option`` is the help of the option of ``jdgen generate`` that gives it, if one does, and ``option_name`` the name
    of that where it is not the key. A draft asks for what is ``asked``, or for the ``asked_parts``, where the post says
    nothing. ``limit`` is how many characters NHS Jobs takes.

    ``printed`` is what the post's words mean in a draft to somebody who writes a template, and ``example`` such words;
    choices are printed in the framework's. ``in_forms`` is what forms call it, and sheets do not.
    """

    key: str
    kind: FieldKind
    group: Group
    heading: str = ""
    also: tuple[str, ...] = ()
    attribute: str = ""
    entry: type | None = None
    parts: tuple[SheetColumn, ...] = ()
    needed: Needed | None = None
    option: str = ""
    option_name: str = ""
    asked: bool = False
    asked_parts: tuple[str, ...] = ()
    printed: str = ""
    example: str | None = None
    in_forms: tuple[str, ...] = ()
    naming: Naming = Naming.NOTHING
    limit: int = 0

    @property
    def name(self) -> str:
        """What :class:`~jdgen.post.model.Post` calls it."""
        return self.attribute or self.key

    @property
    def columns(self) -> tuple[SheetColumn, ...]:
        """The columns of a sheet of posts that give it; an organisation's own fields are headed as it says."""
        if self.kind is FieldKind.OWN:
            return ()
        return self.parts or (SheetColumn(self.key, self.heading, self.also, self.kind),)

    @property
    def flag(self) -> str:
        """The option as it is typed: ``--responsible-to``."""
        return f"--{self.option_name or self.key.replace('_', '-')}"

    @property
    def prompts(self) -> tuple[str, ...]:
        """The names of the prompts that a draft has where the post says nothing."""
        return tuple(f"{self.key}.{part}" for part in self.asked_parts) or ((self.key,) if self.asked else ())


#: The kinds of effort and conditions, with what sheets and documents call them.
DEMANDS = {
    "physical": "Physical effort",
    "mental": "Mental effort",
    "emotional": "Emotional effort",
    "environment": "Working conditions",
}


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
        printed="The job title, without the band",
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
        printed="The Agenda for Change band alone",
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
        asked=True,
        printed="The employing organisation",
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
        asked=True,
        printed="Department, service or team",
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
        asked=True,
        printed="The main place of work",
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
        asked=True,
        printed="Hours a week and their pattern",
        example="37.5 hours a week",
    ),
    Field(
        "contract",
        FieldKind.LINE,
        Group.TERMS,
        "Contract",
        ("contract type", "type of contract", "tenure", "employment type"),
        option="Permanent, fixed term …",
        asked=True,
        printed="Permanent, fixed term or secondment",
        example="Permanent",
    ),
    Field(
        "responsible_to",
        FieldKind.LINE,
        Group.TERMS,
        "Responsible to",
        ("reports to", "reporting to", "line manager", "managed by", "manager"),
        option="Post that manages this post.",
        asked=True,
        printed="The post that manages this post",
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
        asked=True,
        printed="The senior post that answers for the area",
        example="Director of strategy",
    ),
    Field(
        "responsible_for",
        FieldKind.LINE,
        Group.TERMS,
        "Responsible for",
        ("direct reports", "line manages", "manages", "staff managed", "staff responsible for"),
        option="Posts that report to this post.",
        asked=True,
        printed="The posts or teams that this post manages",
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
        asked=True,
        printed="The job description's own reference",
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
        printed="The job description's version",
        example="2.1",
    ),
    Field(
        "je_reference",
        FieldKind.LINE,
        Group.TERMS,
        "JE reference",
        ("je ref", "je number", "job evaluation reference", "job evaluation ref", "job evaluation number"),
        option="Job evaluation reference, once a panel has met.",
        asked=True,
        printed="The job evaluation reference",
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
        asked=True,
        printed="About the organisation",
        example="The trust answers 999 calls.",
    ),
    Field(
        "values",
        FieldKind.WORDS,
        Group.ORGANISATION,
        "Values",
        ("our values", "trust values", "organisational values"),
        asked=True,
        printed="The organisation's values",
        example="Compassion in every contact",
    ),
    Field(
        "purpose",
        FieldKind.PROSE,
        Group.CONTENT,
        "Job purpose",
        ("purpose", "job summary", "purpose of the job", "role purpose"),
        option="Why the job exists.",
        asked=True,
        printed="Why the job exists",
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
        printed="Measures of the job's size",
    ),
    Field(
        "relationships",
        FieldKind.ENTRIES,
        Group.CONTENT,
        "Relationships",
        ("working relationships", "key relationships", "key working relationships"),
        entry=Contact,
        asked_parts=("who", "setting", "purpose"),
        printed="Key working relationships",
    ),
    Field(
        "decisions",
        FieldKind.TEXTS,
        Group.CONTENT,
        "Decisions",
        ("decisions and autonomy", "autonomy", "freedom to act"),
        asked=True,
        printed="Decisions and autonomy",
        example="Set the project templates.",
    ),
    Field(
        "guidance",
        FieldKind.PROSE,
        Group.CONTENT,
        "Guidance",
        ("guidance and supervision", "guided by", "limits of authority"),
        asked=True,
        printed="What guides the post, and who checks its work",
        example="Works within the trust's financial rules.",
        in_forms=("what guides the post",),
    ),
    Field(
        "managing_people",
        FieldKind.PROSE,
        Group.WORK,
        "Managing people",
        ("people management", "management of people", "staff management"),
        asked=True,
        printed="What managing people means in this post",
        example="Line manages 2 project analysts.",
        in_forms=("line management responsibilities", "management of staff"),
    ),
    Field(
        "planning",
        FieldKind.PROSE,
        Group.WORK,
        "Planning and organising",
        ("planning", "planning and organisation", "organising"),
        asked=True,
        printed="What the post plans and organises",
        example="Plans the office's work for the year.",
    ),
    Field(
        "judgement",
        FieldKind.PROSE,
        Group.WORK,
        "Analysis and judgement",
        ("judgement", "analysis", "problem solving", "judgements"),
        asked=True,
        printed="What the post works out and weighs up",
        example="Judges whether a project can still meet its date.",
    ),
    Field(
        "policy",
        FieldKind.PROSE,
        Group.WORK,
        "Policies and services",
        ("policy", "policies", "policy development", "service development", "policy and service development"),
        asked=True,
        printed="Policies and services that the post changes",
        example="Writes the trust's project standards.",
    ),
    Field(
        "information",
        FieldKind.PROSE,
        Group.WORK,
        "Information and systems",
        ("information", "information systems", "systems and information"),
        asked=True,
        printed="Information and systems that the post works with or answers for",
        example="Keeps the register of projects.",
    ),
    Field(
        "research",
        FieldKind.PROSE,
        Group.WORK,
        "Research and audit",
        ("research", "research and development", "audit and research"),
        asked=True,
        printed="Research, audits and surveys in the post",
        example="Audits 4 projects a year.",
    ),
    Field(
        "training_at_entry",
        FieldKind.PROSE,
        Group.WORK,
        "Education and training at entry",
        ("training at entry", "education at entry", "training needed at entry", "level of education"),
        asked=True,
        printed="Education, training and experience that the post holder brings",
        example="A degree, or equivalent experience.",
    ),
    Field(
        "training_in_post",
        FieldKind.PROSE,
        Group.WORK,
        "Training in post",
        ("training acquired in post", "training gained in post", "learnt in post"),
        asked=True,
        printed="What the post holder learns in the post",
        example="A project qualification within 18 months.",
    ),
    Field(
        "physical_skills",
        FieldKind.PROSE,
        Group.WORK,
        "Physical skills",
        ("skills of hand", "manual skills", "keyboard skills"),
        asked=True,
        printed="Skills of hand or movement that the post needs",
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
        printed="Effort and environment: each demand, how often and how long",
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
#: The fields that are pictures.
PICTURES = tuple(field.key for field in FIELDS if field.kind is FieldKind.PICTURE)
#: What every post needs.
REQUIRED: Mapping[str, Needed] = {field.key: field.needed for field in FIELDS if field.needed}


def headings_of(fields: Iterable[Field] = FIELDS) -> Mapping[str, SheetColumn]:
    """Every heading under which a sheet may have one of ``fields``, as bare words, with its column."""
    columns = (column for field in fields for column in field.columns)
    return {bare_words(name): column for column in columns for name in _heads(column)}


def _heads(column: SheetColumn) -> tuple[str, ...]:
    # In a list of HR's own, a column headed "Skills" says in sentences what the person has to be able to do.
    key = () if column.kind is FieldKind.SKILLS else (column.key,)
    return (*key, column.heading, *column.also)
