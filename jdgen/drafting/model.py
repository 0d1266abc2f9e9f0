"""The draft: all that a Word template may print, as frozen values.

A template sees the fields of :class:`JobDescription` by name (``{{ title }}``, ``{%p for heading in
duty_headings %}``). Whatever can be looped over has an ``id`` that stays the same from one draft to the
next, so that a document can be compared with, and brought up to, a later draft.

Every text in it is a :class:`~jdgen.drafting.texts.Text`, which says whose words it is.

The meaning of each field stands beside it, for people who write templates (:mod:`jdgen.template.catalogue`).
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any, TypeAlias

from jdgen.drafting.field_meaning import Meaning
from jdgen.drafting.review_notes import ReviewNote
from jdgen.drafting.texts import NOTHING, Giver, Text, recurring
from jdgen.later_fields import LaterFields, later
from jdgen.post.fields import FIELDS

_ID = "A name that stays the same from draft to draft"
#: The fields that print the duties, and the criteria.
DUTIES, CRITERIA = ("duty_headings",), ("person_specification",)


class Origin(StrEnum):
    """Whose words a printed text is."""

    FRAMEWORK = "framework"
    JDGEN = "jdgen"
    POST = "post"


class Wording(StrEnum):
    """How the duties are worded: as the framework has them or with listed changes, and for this post."""

    PUBLISHED = "as published"
    ADAPTED = "adapted"
    PUBLISHED_FOR_POST = "as published, but for what was changed for this post"
    ADAPTED_FOR_POST = "adapted, and changed for this post"


class Importance(StrEnum):
    """Essential: an applicant must meet it to be appointed, and to be shortlisted where it is assessed by the
    application. Desirable: it separates those who do."""

    ESSENTIAL = "Essential"
    DESIRABLE = "Desirable"


@dataclass(frozen=True)
class Block:
    """One printed paragraph."""

    id: Annotated[str, Meaning(_ID, "purpose.1")]
    text: Annotated[str, Meaning("One paragraph", "You lead the programme office.")]


@dataclass(frozen=True)
class Picture:
    """A picture of the organisation's own (PNG or JPEG bytes) and its alternative text."""

    content: bytes
    description: str


#: Bytes beyond which a picture is told: NHS Jobs takes documents of at most 1 MB.
LARGEST_PICTURE = 500_000
#: Pictures that a post names, by their fields.
Pictures: TypeAlias = Mapping[str, Picture]
NO_PICTURES: Pictures = MappingProxyType({})


@dataclass(frozen=True)
class OrganisationChart:
    """Posts around a post, to be drawn: its manager, the post that answers for the area, posts with the same manager,
    and posts that it manages, which may be told in words alone (``manages``)."""

    post: str
    responsible_to: str
    accountable_to: str
    peers: tuple[str, ...]
    posts_managed: tuple[str, ...]
    manages: str
    description: str


@dataclass(frozen=True)
class Dimension:
    """One measure of the job's size: staff, budget, population, systems."""

    id: Annotated[str, Meaning(_ID, "dimensions.1")]
    measure: Annotated[str, Meaning("What is measured", "Staff")]
    text: Annotated[str, Meaning("Its size in this job", "Manages 5 staff.")]


@dataclass(frozen=True)
class Relationship:
    """One key working relationship."""

    id: Annotated[str, Meaning(_ID, "relationships.1")]
    who: Annotated[str, Meaning("The person or group", "Project sponsors")]
    setting: Annotated[str, Meaning("Internal or External", "Internal")]
    purpose: Annotated[str, Meaning("What the contact is for", "Advise on standards and risks.")]


@dataclass(frozen=True)
class Duty:
    """One numbered duty."""

    id: Annotated[str, Meaning(_ID, "pmo.leadership.8a-8d.1")]
    number: Annotated[str, Meaning("Its number; the styles of the shipped templates number by themselves", "1.1")]
    text: Annotated[str, Meaning("The duty, beginning with a verb", "Lead the programme office.")]
    origin: Annotated[Origin, Meaning("Whose words it is: framework, jdgen or post", Origin.FRAMEWORK)]
    statement: Annotated[
        str,
        Meaning("The statement of the framework that it comes from, if it does", "pmo.leadership.8a-8d", True),
    ] = ""


@dataclass(frozen=True, repr=False)
class DutyHeading(LaterFields):
    """A heading of the duties, such as Leadership, with its duties in order; and the group of headings that begins with
    it, where one does."""

    id: Annotated[str, Meaning(_ID, "leadership")]
    title: Annotated[str, Meaning("The heading", "Leadership")]
    duties: Annotated[tuple[Duty, ...], Meaning("The duties under this heading, in order")]
    group: Annotated[
        str,
        Meaning("The framework's group of headings, such as a pillar, where one begins here", "People", True),
    ] = later(NOTHING)


@dataclass(frozen=True)
class Demand:
    """One effort or working condition with its frequency and duration, as a job-evaluation panel asks for it."""

    id: Annotated[str, Meaning(_ID, "demands.physical.1")]
    kind: Annotated[str, Meaning("The kind of effort or condition", "Physical effort")]
    text: Annotated[str, Meaning("What the job involves", "Uses a keyboard at a desk.")]
    frequency: Annotated[str, Meaning("How often", "Every working day")]
    duration: Annotated[str, Meaning("For how long", "About 4 hours a day")]


@dataclass(frozen=True)
class Clause:
    """One general statement."""

    id: Annotated[str, Meaning(_ID, "clause.confidentiality")]
    title: Annotated[str, Meaning("The statement's heading", "Confidentiality")]
    text: Annotated[str, Meaning("The statement", "You must keep information about patients confidential.")]
    locked: Annotated[
        bool, Meaning("Whether the text belongs to the organisation, so that a manager may not change it", True)
    ]
    # The version of the statements says it, too. So it is no part of what drafts are told apart by.
    is_compact: Annotated[
        bool, Meaning("Whether the statements have one sentence each, for a title run in before it", False)
    ] = field(default=False, repr=False)


@dataclass(frozen=True)
class AssessmentMethod:
    """A code of the person specification's key and what it stands for."""

    code: Annotated[str, Meaning("The code", "A")]
    name: Annotated[str, Meaning("What it stands for", "Application form")]


@dataclass(frozen=True, repr=False)
class Criterion(LaterFields):
    """One line of the person specification, and what is printed below it: the ``points`` that a framework makes of a
    skill at a level, where an organisation has them printed.

    A criterion must be relevant to the duties (NHS Job Evaluation Handbook, ch. 10).
    """

    id: Annotated[str, Meaning(_ID, "pmo.qualifications.8a")]
    text: Annotated[str, Meaning("The criterion", "Managing Successful Programmes, or equivalent experience")]
    importance: Annotated[Importance, Meaning("Essential or Desirable", Importance.ESSENTIAL)]
    assessed_by: Annotated[str, Meaning("The codes of how it is assessed", "A, I")]
    serves: Annotated[tuple[str, ...], Meaning("The ids of the duties that need it", "pmo.leadership.8a-8d.1")]
    origin: Annotated[Origin, Meaning("Whose words it is: framework, jdgen or post", Origin.JDGEN)]
    points: Annotated[
        tuple[Block, ...],
        Meaning(
            "What the framework says that the level of a skill means, where your organisation has it printed",
            "Makes forecasts for a team.",
            True,
        ),
    ] = later(())
    # It follows from the other, so that drafts are not told apart by it.
    codes: Annotated[str, Meaning("The same codes, for the end of a line: no line divides them", "A,\u00a0I")] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        """Hold the codes together."""
        giver = giver_of(self, "assessed_by")
        object.__setattr__(self, "codes", recurring(self.assessed_by.replace(" ", "\u00a0"), giver))


_NO_CRITERIA, _SOME_CRITERIA = Text("None", Giver.JDGEN), NOTHING
#: The end of the ids of criteria in the list of desirable ones.
DESIRABLE = "desirable"


@functools.lru_cache(512)  # one value for all drafts that have it, so that it is printed once
def _among_desirable(criterion: Criterion) -> Criterion:
    """``criterion`` with ids that say so, its own and those of its points, which stand below it."""
    points = tuple(Block(f"{point.id}.{DESIRABLE}", point.text) for point in criterion.points)
    return replace(criterion, id=f"{criterion.id}.{DESIRABLE}", points=points)


@dataclass(frozen=True)
class CriterionGroup:
    """Criteria of one group: qualifications, experience, knowledge, skills, values.

    Trusts lay essential and desirable criteria out side by side, so each side is there by itself, and what is printed
    where it has none: as a text of the draft, which a redline can put in and take out. A template's own word would stay
    beside the first criterion that comes. The id of a criterion says that it stands among the desirable ones
    (:data:`DESIRABLE`): by its place in the order alone nobody could tell that it has changed sides.
    """

    id: Annotated[str, Meaning(_ID, "qualifications")]
    title: Annotated[str, Meaning("The heading of the group", "Qualifications")]
    criteria: Annotated[tuple[Criterion, ...], Meaning("The criteria of the group")]
    # They follow from the criteria. So they are no part of what drafts are told apart by: the repr of what many have in
    # common is in the anchors of documents of years ago (jdgen.record.anchors).
    essential: Annotated[tuple[Criterion, ...], Meaning("The essential criteria of the group", may_be_empty=True)] = (
        field(init=False, repr=False, compare=False)
    )
    desirable: Annotated[tuple[Criterion, ...], Meaning("The desirable criteria of the group", may_be_empty=True)] = (
        field(init=False, repr=False, compare=False)
    )
    no_essential: Annotated[str, Meaning("Says so where no criterion is essential", "None", True)] = field(
        init=False, repr=False, compare=False
    )
    no_desirable: Annotated[str, Meaning("Says so where no criterion is desirable", "None", True)] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        """Divide the criteria."""
        for importance in Importance:
            name = importance.name.lower()
            side = tuple(criterion for criterion in self.criteria if criterion.importance is importance)
            if importance is Importance.DESIRABLE:
                side = tuple(map(_among_desirable, side))
            object.__setattr__(self, name, side)
            object.__setattr__(self, f"no_{name}", _SOME_CRITERIA if side else _NO_CRITERIA)


@dataclass(frozen=True)
class PersonSpecification:
    """What the post holder must and may bring, in groups, with the key of the assessment codes used."""

    groups: Annotated[tuple[CriterionGroup, ...], Meaning("The criteria, in groups")]
    assessment_key: Annotated[tuple[AssessmentMethod, ...], Meaning("The codes that are used, and what they mean")]


@dataclass(frozen=True)
class EntryRoute:
    """One of the framework's routes into the role, as published."""

    id: Annotated[str, Meaning(_ID, "pmo.project-delivery.8a-8d")]
    title: Annotated[str, Meaning("The name of the route", "Project Delivery Professional")]
    text: Annotated[str, Meaning("Whom it suits", "Suitable for somebody who has managed a project office.")]


@dataclass(frozen=True)
class Requirement:
    """What the framework asks of the person under one title, as published: a row about skills, knowledge, experience or
    values, or a skill at a level of its own; and the group that begins with it, where one does."""

    id: Annotated[str, Meaning(_ID, "finance.skill.forecasting")]
    title: Annotated[
        str, Meaning("What is asked, with its level where it has one", "Forecasting (skill level: Working)")
    ]
    texts: Annotated[tuple[Block, ...], Meaning("What the framework says of it", "Makes forecasts for a team.", True)]
    group: Annotated[str, Meaning("The framework's group of requirements, where one begins here", "Finance", True)]


#: Fields of the draft that only say once more what others say.
DERIVED = frozenset(
    each.name for kind in (Criterion, CriterionGroup) for each in dataclasses.fields(kind) if not each.init
)
_ENTRIES = (Dimension, Relationship, Duty, DutyHeading, Demand, Clause, AssessmentMethod, Criterion, Requirement)
#: What entries have beside their text, and groups of them beside their entries: by such names it is known what is a
#: field of something.
FIELDS_OF_ENTRIES = frozenset({*DERIVED, *(each.name for kind in _ENTRIES for each in dataclasses.fields(kind))}) - {
    "id",
    "text",
    DESIRABLE,
}


@dataclass(frozen=True)
class FrameworkCitation:
    """Where the framework's text comes from, for a line in the document."""

    title: Annotated[str, Meaning("The framework's title", "NHS Project & Change Capability Framework")]
    publisher: Annotated[str, Meaning("Who publishes it", "Healthcare Project + Change Association")]
    version: Annotated[str, Meaning("Its edition", "transcribed 24 November 2026")]
    specialism: Annotated[str, Meaning("The chapter that was used", "PMO")]
    level: Annotated[str, Meaning("The band or other level of the framework that was used, with its word", "band 8a")]


@dataclass(frozen=True)
class JobDescription:
    """All that a template may print about one post; every text field is filled, with a prompt if need be.

    A field without a meaning is the post's, in its own words: the table of its fields says what it means.
    """

    title: str
    band: str
    band_statement: Annotated[
        str,
        Meaning(
            "The band, and the job evaluation reference or that there is none yet", "8a, subject to job evaluation"
        ),
    ]
    level: Annotated[
        str, Meaning("The level of a framework whose levels are not Agenda for Change bands", "Practitioner", True)
    ]
    level_word: Annotated[str, Meaning("What such a framework calls its levels", "Role level", True)]
    specialism: Annotated[str, Meaning("The framework's chapter", "PMO")]
    role_category: Annotated[str, Meaning("The kind of role that the framework names", "Project Office Manager", True)]
    reference: str
    version: str
    date: Annotated[str, Meaning("The date of the draft", "24 November 2026")]
    employer: str
    department: str
    base: str
    hours: str
    contract: str
    responsible_to: str
    accountable_to: str
    responsible_for: str
    je_reference: str
    picture: Annotated[
        Picture | None,
        Meaning("The picture that the post names", Picture(b"", "The name of the trust in white on blue"), True),
    ]
    about: tuple[Block, ...]
    values: tuple[Block, ...]
    purpose: tuple[Block, ...]
    dimensions: tuple[Dimension, ...]
    relationships: tuple[Relationship, ...]
    duty_headings: Annotated[tuple[DutyHeading, ...], Meaning("Headings of the duties, with the duties under each")]
    managing_people: tuple[Block, ...]
    planning: tuple[Block, ...]
    judgement: tuple[Block, ...]
    policy: tuple[Block, ...]
    information: tuple[Block, ...]
    research: tuple[Block, ...]
    guidance: tuple[Block, ...]
    decisions: tuple[Block, ...]
    training_at_entry: tuple[Block, ...]
    training_in_post: tuple[Block, ...]
    physical_skills: tuple[Block, ...]
    demands: tuple[Demand, ...]
    clauses: Annotated[
        tuple[Clause, ...], Meaning("General statements that the organisation sets for every post", may_be_empty=True)
    ]
    clauses_version: Annotated[str, Meaning("The version of the general statements", "1.0")]
    person_specification: Annotated[PersonSpecification, Meaning("What the post holder must and may bring")]
    complexity: Annotated[str, Meaning("The complexity that the framework gives the level", "Moderate", True)]
    complexity_narrative: Annotated[
        tuple[Block, ...],
        Meaning("What the framework says of complexity", "The level of a role follows its projects.", True),
    ]
    role_category_statements: Annotated[
        tuple[Block, ...],
        Meaning("What the framework says of the role category", "Provides guidance to the project.", True),
    ]
    entry_routes: Annotated[tuple[EntryRoute, ...], Meaning("The framework's routes into the role", may_be_empty=True)]
    qualifications: Annotated[
        tuple[Block, ...], Meaning("The framework's typical qualifications", "Managing Successful Programmes.", True)
    ]
    framework: Annotated[FrameworkCitation, Meaning("Where the framework's text comes from")]
    wording: Annotated[
        Wording, Meaning("Whether the framework's duties are worded as published or adapted", Wording.PUBLISHED)
    ]
    organisation_chart: Annotated[
        Picture | OrganisationChart | None,
        Meaning(
            "The organisation chart: drawn from the posts that the post names, or the picture that it has of its own",
            Picture(b"", "Organisation chart: Programme office manager reports to Head of planning and change."),
            True,
        ),
    ]
    organisation_chart_text: Annotated[
        tuple[Block, ...],
        Meaning("The organisation chart in words, line by line", "Responsible to: Head of planning and change"),
    ]
    notes: Annotated[tuple[ReviewNote, ...], Meaning("Review notes, for a reviewer; not for the published document")]
    own: Annotated[
        Mapping[str, str],
        Meaning("Your organisation's own fields, each by its name: own.division", {"division": "Surgery"}, True),
    ] = field(default_factory=dict, hash=False)
    requirements: Annotated[
        tuple[Requirement, ...],
        Meaning("What the framework asks of the person at the level, as published", may_be_empty=True),
    ] = ()


#: Who gives each field of a draft that stands for itself, under no heading of the framework's. Where post and framework
#: say nothing, jdgen has a word for that.
GIVERS: Mapping[str, Giver] = {
    **{field.key: Giver.POST for field in FIELDS if field.meaning},
    **dict.fromkeys(("specialism", "role_category", "level", "level_word", "complexity"), Giver.FRAMEWORK),
    **dict.fromkeys(("date", "wording"), Giver.JDGEN),
    "framework": Giver.FRAMEWORK,
    "band_statement": Giver.PHRASE,
    "clauses_version": Giver.CLAUSES,
    "own": Giver.POST,
}


def giver_of(owner: Any, field: str) -> Giver:
    """Who gave what ``field`` of ``owner``, a value of the draft, says."""
    value = getattr(owner, field)
    if isinstance(value, Text):
        return value.giver
    # A criterion counts as the rating says that also says how it is assessed. Else it is an id, or a mark such as
    # an origin, by which programs tell values apart.
    return giver_of(owner, "assessed_by") if isinstance(value, Importance) else Giver.JDGEN
