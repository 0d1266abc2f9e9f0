"""The post, as frozen values: what a manager knows of a job and no framework says.

Whatever is ``None`` or empty was not given; drafting decides what is printed in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jdgen.levels import Band
from jdgen.places import Option


@dataclass(frozen=True)
class PictureFile:
    """A picture file of the organisation's own, and its alternative text."""

    path: Path
    description: str


@dataclass(frozen=True)
class Measure:
    """One dimension of the job: what is measured, and how much."""

    measure: str
    text: str


@dataclass(frozen=True)
class Contact:
    """One working relationship; ``setting`` is ``internal`` or ``external``."""

    who: str
    setting: str
    purpose: str


@dataclass(frozen=True)
class JobDemand:
    """One effort or condition; ``kind`` is ``physical``, ``mental``, ``emotional`` or ``environment``."""

    kind: str
    text: str
    frequency: str | None = None
    duration: str | None = None


@dataclass(frozen=True)
class AddedDuty:
    """A duty of the post's own, under a heading's id or a new heading in plain words."""

    heading: str
    text: str


@dataclass(frozen=True)
class OmittedDuty:
    """A framework duty (or whole statement) that the post does not have. ``reason`` is '' in a post that was read from
    a document: reasons may be about people, and stay with whoever gave them."""

    duty: str
    reason: str = ""


@dataclass(frozen=True)
class RewordedDuty:
    """A framework duty (or whole statement) that the post has in other words, with the reason as above."""

    duty: str
    text: str
    reason: str = ""


@dataclass(frozen=True)
class KeptDuty:
    """A framework duty (or whole statement) that somebody was in doubt about and that the post has as published, with
    the reason as above."""

    duty: str
    reason: str = ""


@dataclass(frozen=True)
class AddedCriterion:
    """A criterion of the post's own; ``serves`` holds ids of duties, statements or headings."""

    text: str
    group: str
    importance: str
    assessed_by: tuple[str, ...]
    serves: tuple[str, ...] = ()


@dataclass(frozen=True)
class OmittedCriterion:
    """A criterion that the post does not need, with the reason as above."""

    criterion: str
    reason: str = ""


@dataclass(frozen=True)
class PostRemark:
    """Something about what was written of a post that a person must look at, such as ``TBC`` where an answer is wanted.

    ``topic`` is the kind of remark, ``quote`` the text that it is about, ``where`` its place; ``text`` says it all.
    """

    topic: str
    field: str
    quote: str
    where: str
    text: str


@dataclass(frozen=True)
class Post:
    """One job in one organisation.

    ``level`` is that of a framework that has levels of its own, as the user wrote it. ``places`` says for each field
    where the user gave it (``post.yaml:4``, ``--band``), for messages, and ``remarks`` are about how that was read; two
    posts that differ in nothing else are equal.
    """

    title: str
    specialism: str
    band: Band
    framework: str | None = None
    level: str | None = None
    role_category: str | None = None
    specialist_competences: tuple[str, ...] = ()
    entry_route: str | None = None
    readings: Mapping[str, str] = field(default_factory=dict)
    employer: str | None = None
    department: str | None = None
    base: str | None = None
    hours: str | None = None
    contract: str | None = None
    responsible_to: str | None = None
    accountable_to: str | None = None
    responsible_for: str | None = None
    peers: tuple[str, ...] = ()
    posts_managed: tuple[str, ...] = ()
    reference: str | None = None
    version: str | None = None
    je_reference: str | None = None
    clauses: str = "general"
    picture: PictureFile | None = None
    about: str | None = None
    values: tuple[str, ...] = ()
    purpose: str | None = None
    dimensions: tuple[Measure, ...] = ()
    relationships: tuple[Contact, ...] = ()
    decisions: tuple[str, ...] = ()
    guidance: str | None = None
    managing_people: str | None = None
    planning: str | None = None
    judgement: str | None = None
    policy: str | None = None
    information: str | None = None
    research: str | None = None
    training_at_entry: str | None = None
    training_in_post: str | None = None
    physical_skills: str | None = None
    demands: tuple[JobDemand, ...] = ()
    added_duties: tuple[AddedDuty, ...] = ()
    omitted_duties: tuple[OmittedDuty, ...] = ()
    reworded_duties: tuple[RewordedDuty, ...] = ()
    kept_duties: tuple[KeptDuty, ...] = ()
    duty_order: tuple[str, ...] = ()
    added_criteria: tuple[AddedCriterion, ...] = ()
    omitted_criteria: tuple[OmittedCriterion, ...] = ()
    organisation_chart: PictureFile | None = None
    own: Mapping[str, str] = field(default_factory=dict)
    skills: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    remarks: tuple[PostRemark, ...] = field(default=(), compare=False, repr=False)

    def is_option(self, name: str) -> bool:
        """Whether the user gave ``name`` on the command line, not in a file that may be older than the framework."""
        return isinstance(self.where(name), Option)

    def where(self, name: str) -> str:
        """Where the user gave ``name`` (a field, or an entry of it such as ``duties.omit.0``)."""
        while name not in self.places and "." in name:
            name = name.rpartition(".")[0]
        return self.places.get(name, f"the post '{self.title}'")
