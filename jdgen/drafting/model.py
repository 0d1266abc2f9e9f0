"""The draft: all that a Word template may print, as frozen values.

A template sees the fields of :class:`JobDescription` by name (``{{ title }}``, ``{%p for heading in
duty_headings %}``). Whatever can be looped over has an ``id`` that stays the same from one draft to the
next, so that a document can be compared with, and brought up to, a later draft.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Origin(StrEnum):
    """Whose words a printed text is."""

    FRAMEWORK = "framework"
    JDGEN = "jdgen"
    POST = "post"


class Importance(StrEnum):
    """Essential: an applicant must meet it to be shortlisted. Desirable: it separates those who do."""

    ESSENTIAL = "Essential"
    DESIRABLE = "Desirable"


@dataclass(frozen=True)
class Block:
    """One printed paragraph."""

    id: str
    text: str


@dataclass(frozen=True)
class Picture:
    """The organisation's own picture (PNG or JPEG bytes) and its alternative text."""

    content: bytes
    description: str


@dataclass(frozen=True)
class Dimension:
    """One measure of the job's size: staff, budget, population, systems."""

    id: str
    measure: str
    text: str


@dataclass(frozen=True)
class Relationship:
    """One key working relationship. ``setting`` is Internal or External."""

    id: str
    who: str
    setting: str
    purpose: str


@dataclass(frozen=True)
class Duty:
    """One numbered duty. ``number`` is ``1.1``; ``statement`` is the framework statement it comes from, or ''."""

    id: str
    number: str
    text: str
    origin: Origin
    statement: str = ""


@dataclass(frozen=True)
class DutyHeading:
    """A heading of the duties, such as Leadership, with its duties in order."""

    id: str
    title: str
    duties: tuple[Duty, ...]


@dataclass(frozen=True)
class Demand:
    """One effort or working condition with its frequency and duration, as a job-evaluation panel asks for it."""

    id: str
    kind: str
    text: str
    frequency: str
    duration: str


@dataclass(frozen=True)
class Clause:
    """One general statement. ``locked`` text belongs to the organisation: a manager may not change it."""

    id: str
    title: str
    text: str
    locked: bool


@dataclass(frozen=True)
class AssessmentMethod:
    """A code of the person specification's key and what it stands for: ``A``, application form."""

    code: str
    name: str


@dataclass(frozen=True)
class Criterion:
    """One line of the person specification.

    ``assessed_by`` is the codes as printed, ``A, I``. ``serves`` holds the ids of the duties that the
    criterion is needed for (NHS Job Evaluation Handbook, ch. 10: a criterion must be relevant to the duties).
    """

    id: str
    text: str
    importance: Importance
    assessed_by: str
    serves: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True)
class CriterionGroup:
    """Criteria of one group: qualifications, experience, knowledge, skills, values."""

    id: str
    title: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class PersonSpecification:
    """What the post holder must and may bring, in groups, with the key of the assessment codes used."""

    groups: tuple[CriterionGroup, ...]
    assessment_key: tuple[AssessmentMethod, ...]


@dataclass(frozen=True)
class EntryRoute:
    """One of the framework's routes into the role, as published."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class FrameworkCitation:
    """Where the framework's text comes from, for a line in the document."""

    title: str
    publisher: str
    version: str
    specialism: str


@dataclass(frozen=True)
class ReviewNote:
    """Something a person must look at before the draft is used; always shown, never dropped.

    ``topic`` is the kind of note (a fixed word, for sorting and counting), ``subject`` the id of what it is
    about, ``text`` the sentence for the reader.
    """

    topic: str
    subject: str
    text: str


@dataclass(frozen=True)
class JobDescription:
    """All that a template may print about one post; every text field is filled, with a prompt if need be."""

    title: str
    band: str
    band_statement: str
    specialism: str
    role_category: str
    reference: str
    version: str
    date: str
    employer: str
    department: str
    base: str
    hours: str
    contract: str
    responsible_to: str
    accountable_to: str
    responsible_for: str
    je_reference: str
    picture: Picture | None
    about: tuple[Block, ...]
    values: tuple[Block, ...]
    purpose: tuple[Block, ...]
    dimensions: tuple[Dimension, ...]
    relationships: tuple[Relationship, ...]
    duty_headings: tuple[DutyHeading, ...]
    decisions: tuple[Block, ...]
    demands: tuple[Demand, ...]
    clauses: tuple[Clause, ...]
    clauses_version: str
    person_specification: PersonSpecification
    complexity: str
    complexity_narrative: tuple[Block, ...]
    role_category_statements: tuple[Block, ...]
    entry_routes: tuple[EntryRoute, ...]
    qualifications: tuple[Block, ...]
    framework: FrameworkCitation
    notes: tuple[ReviewNote, ...]
