"""The published framework, as frozen values.

Text is the publisher's, word for word; a range of levels that the source leaves in doubt carries its basis. Levels are
Agenda for Change bands, unless the framework has a scale of its own, or none at all
(:data:`jdgen.levels.NO_LEVELS`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from jdgen.later_fields import LaterFields, later
from jdgen.levels import AFC, Level, LevelRange, Scale


class SourcePlace(NamedTuple):
    """Where the source says something: line, and tab-separated cell of it, both counted from 1."""

    line: int
    cell: int | None = None

    def __str__(self) -> str:
        return f"line {self.line}" if self.cell is None else f"line {self.line}, cell {self.cell}"


class Confidence(StrEnum):
    """How sure a range of levels is, where it is not simply stated."""

    INFERRED = "inferred"
    CONTESTED = "contested"


@dataclass(frozen=True)
class SpanBasis:
    """Why a statement holds for its levels, where the source leaves a doubt.

    ``inferred`` are levels that the source does not show; ``alternatives`` gives, for each other reading
    of the heading, the levels that this statement would have.
    """

    confidence: Confidence
    rule: str
    inferred: tuple[Level, ...] = ()
    alternatives: Mapping[str, LevelRange] = field(default_factory=dict)


class Statement(NamedTuple):
    """One published statement and the levels that it is published for; none where it is for every level.

    ``entries`` is filled instead of ``text`` for lists, such as typical qualifications.
    """

    id: str
    levels: LevelRange | None
    source: SourcePlace
    text: str = ""
    entries: tuple[str, ...] = ()
    basis: SpanBasis | None = None

    @property
    def full_text(self) -> str:
        """What it says: its text, or the entries of its list, one a line."""
        return self.text or "\n".join(self.entries)

    def levels_in(self, reading: str | None) -> LevelRange | None:
        """The levels of the statement in ``reading``, or as shipped."""
        if reading is None or self.basis is None:
            return self.levels
        return self.basis.alternatives.get(reading, self.levels)

    def holds_at(self, level: Level, reading: str | None = None) -> bool:
        """Whether the statement holds at ``level``: it is published for it, for every level, or, where levels add up,
        for one below."""
        levels = self.levels_in(reading)
        return levels is None or level in levels.scope


class Reading(NamedTuple):
    """Another way to read a row of the source, and what speaks for it."""

    id: str
    reason: str


class RowKind(StrEnum):
    """What a row of a framework is, which decides where it is printed."""

    DUTY = "duty"
    SKILL = "skill"
    KNOWLEDGE = "knowledge"
    EXPERIENCE = "experience"
    QUALIFICATION = "qualification"
    VALUE = "value"
    ENTRY_ROUTE = "entry-route"
    COMPLEXITY = "complexity"
    COMPLEXITY_NARRATIVE = "complexity-narrative"


@dataclass(frozen=True, repr=False)
class Heading(LaterFields):
    """One row of the framework's table: a title, and statements for levels.

    ``kind`` is that of a row about the person (:attr:`Specialism.person_rows`); of any other the field says it that the
    specialism has it in: see :attr:`Specialism.kinds`. ``group`` is what the framework gathers rows under, such as a
    pillar or a domain. Where ``covers_some``, levels of which no statement speaks are meant so. ``former`` are names
    that it had in earlier versions, ids or titles.
    """

    id: str
    title: str
    source: SourcePlace
    statements: tuple[Statement, ...]
    readings: tuple[Reading, ...] = ()
    kind: RowKind | None = later(None)
    group: str = later("")
    covers_some: bool = later(False)
    former: tuple[str, ...] = later(())

    def statements_for(self, level: Level, reading: str | None = None) -> tuple[Statement, ...]:
        """The statements that hold at ``level``. The framework is checked when read: where levels do not add up, there
        is exactly one that is not for every level, or, where the row covers only some levels, one or none."""
        return tuple(statement for statement in self.statements if statement.holds_at(level, reading))

    def silent_levels(self, levels: LevelRange) -> tuple[Level, ...]:
        """Those of ``levels`` of which a row that covers only some says nothing."""
        return tuple(level for level in levels if not self.statements_for(level)) if self.covers_some else ()


class Competence(NamedTuple):
    """A competence that the framework names. No rating: the framework publishes none."""

    id: str
    name: str
    source: SourcePlace


class CompetenceRule(NamedTuple):
    """Competences in which a role category is likely to need higher ratings (their ids)."""

    all_of: tuple[str, ...]
    at_least_one_of: tuple[str, ...]


class Remark(NamedTuple):
    """A sentence or two of the source about something that has no levels."""

    id: str
    text: str
    source: SourcePlace


class RoleCategory(NamedTuple):
    """A kind of role in a specialism; tied to no level by the source."""

    id: str
    title: str
    published_as: str
    source: SourcePlace
    statements: tuple[Remark, ...]
    competence_rule: CompetenceRule | None = None


class Descriptor(NamedTuple):
    """What a skill means at one level of its own scale: a text, or a list of ``entries``."""

    id: str
    level: Level
    source: SourcePlace
    text: str = ""
    entries: tuple[str, ...] = ()

    @property
    def full_text(self) -> str:
        """What it says: its text, or the entries of its list, one a line."""
        return self.text or "\n".join(self.entries)


@dataclass(frozen=True, repr=False)
class Skill(LaterFields):
    """A skill that has levels of its own, such as Awareness to Expert, on its ``scale``. What each level means is said
    once, whichever roles need the skill; of some levels, or of all, a framework may say nothing. ``text`` says what the
    skill is."""

    id: str
    title: str
    source: SourcePlace
    scale: Scale
    descriptors: tuple[Descriptor, ...] = ()
    group: str = ""
    text: str = ""

    def id_in(self, specialism: Specialism) -> str:
        """What the need of ``specialism`` for the skill is called."""
        return f"{specialism.id}.skill.{self.id}"

    def descriptor_at(self, level: Level) -> Descriptor | None:
        """What the skill means at ``level`` of its scale, if the framework says so."""
        return next((descriptor for descriptor in self.descriptors if descriptor.level == level), None)


class RequiredSkill(NamedTuple):
    """That a role at these ``levels`` (at every level, where there are none) needs the skill with the id ``skill`` at
    the level ``at`` of the skill's scale."""

    skill: str
    at: Level
    levels: LevelRange | None
    source: SourcePlace

    def holds_at(self, level: Level) -> bool:
        """Whether a role at ``level`` needs it: see :meth:`Statement.holds_at`."""
        return self.levels is None or level in self.levels.scope


class Imprint(NamedTuple):
    """What a specialism says of its own publication, each where it is not what the framework says; see
    :class:`Framework`."""

    version: str | None = None
    version_basis: str | None = None
    source_file: str | None = None
    sha256: str | None = None
    supersedes: str | None = None


#: That of a specialism which is published with all others of its framework.
_NO_IMPRINT = Imprint()


@dataclass(frozen=True, repr=False)
class Specialism(LaterFields):
    """A career pathway of the framework, such as PMO, over the levels that the framework describes.

    What a framework does not have is missing or empty. ``person_rows`` are the rows about the person: skills without
    levels of their own, knowledge, experience, values, and qualifications where there are several rows of them.
    ``required_skills`` are the skills that its levels need, and ``chosen_skills`` the ids of those of which a post
    chooses the level. ``former`` are names that it had in earlier versions, ids or titles, and ``imprint`` is what it
    says of its own publication.
    """

    id: str
    title: str
    levels: LevelRange
    description: Remark | None
    role_categories: tuple[RoleCategory, ...]
    complexity: Heading | None
    complexity_narrative: Heading | None
    headings: tuple[Heading, ...]
    entry_routes: tuple[Heading, ...]
    qualifications: Heading | None
    person_rows: tuple[Heading, ...] = later(())
    required_skills: tuple[RequiredSkill, ...] = later(())
    chosen_skills: tuple[str, ...] = later(())
    former: tuple[str, ...] = later(())
    imprint: Imprint = later(_NO_IMPRINT)

    @property
    def scale(self) -> Scale:
        """The scale of its levels."""
        return self.levels.scale

    @property
    def rows(self) -> tuple[Heading, ...]:
        """All rows of the specialism's table, in the order in which people read them."""
        return tuple(row for _, row in self.kinds)

    @property
    def kinds(self) -> tuple[tuple[RowKind, Heading], ...]:
        """All rows, as :attr:`rows` has them, each with what it is."""
        rows: list[tuple[RowKind, Heading | None]] = [
            (RowKind.COMPLEXITY, self.complexity),
            (RowKind.COMPLEXITY_NARRATIVE, self.complexity_narrative),
            *((RowKind.DUTY, row) for row in self.headings),
            *((row.kind or RowKind.SKILL, row) for row in self.person_rows),
            *((RowKind.ENTRY_ROUTE, row) for row in self.entry_routes),
            (RowKind.QUALIFICATION, self.qualifications),
        ]
        return tuple((kind, row) for kind, row in rows if row is not None)

    def role_category(self, category_id: str | None) -> RoleCategory | None:
        """The role category with this id, if there is one."""
        return next((category for category in self.role_categories if category.id == category_id), None)

    def skills_at(self, level: Level) -> tuple[RequiredSkill, ...]:
        """The skills that a role at ``level`` needs, each once. Where levels add up, the highest that is asked of a
        skill counts."""
        skills: dict[str, RequiredSkill] = {}
        for need in self.required_skills:
            if need.holds_at(level) and (need.skill not in skills or skills[need.skill].at < need.at):
                skills[need.skill] = need
        return tuple(skills.values())

    @property
    def competence_ids(self) -> tuple[str, ...]:
        """The ids of all competences that the rules of its role categories name."""
        rules = [category.competence_rule for category in self.role_categories if category.competence_rule]
        return tuple(dict.fromkeys(name for rule in rules for name in (*rule.all_of, *rule.at_least_one_of)))

    @property
    def skill_ids(self) -> frozenset[str]:
        """The ids of all skills that it requires, or lets a post choose the level of."""
        return frozenset({*(need.skill for need in self.required_skills), *self.chosen_skills})


@dataclass(frozen=True, repr=False)
class Framework(LaterFields):
    """One version of a published capability framework, or of some of its chapters: several files may have one id, and
    each publishes specialisms.

    ``version``, ``version_basis``, ``source_file``, ``sha256`` (the digest of the source text) and ``supersedes`` (the
    version that this one follows) are those of every specialism that has none of its own. ``scale`` is that of its
    levels. ``withdrawn`` are the ids of specialisms of earlier versions that this one ends.
    """

    id: str
    title: str
    publisher: str
    version: str
    version_basis: str
    licence: str
    source_file: str
    sha256: str
    competences: tuple[Competence, ...]
    specialisms: tuple[Specialism, ...]
    scale: Scale = AFC
    supersedes: str | None = None
    skills: tuple[Skill, ...] = later(())
    withdrawn: tuple[str, ...] = later(())

    def competence(self, competence_id: str) -> Competence:
        """The competence with this id. The framework and the post are checked when read: it exists."""
        return next(competence for competence in self.competences if competence.id == competence_id)

    def skill(self, skill_id: str) -> Skill:
        """The skill with this id. The framework and the post are checked when read: it exists."""
        return next(skill for skill in self.skills if skill.id == skill_id)

    def of(self, specialism: Specialism) -> Framework:
        """The framework as far as it is about ``specialism``, which is one of its own: its version and source, its
        skills and its competences.

        So a document stays what it was when the framework gets another chapter, or the chapter a file of its own.
        """
        imprint = specialism.imprint
        return replace(
            self,
            version=imprint.version or self.version,
            version_basis=imprint.version_basis or self.version_basis,
            source_file=imprint.source_file or self.source_file,
            sha256=imprint.sha256 or self.sha256,
            competences=tuple(self._competences_of(specialism)),
            specialisms=(replace(specialism, imprint=_NO_IMPRINT),),
            supersedes=imprint.supersedes or (None if imprint.version else self.supersedes),
            skills=tuple(skill for skill in self.skills if skill.id in specialism.skill_ids),
            withdrawn=(),
        )

    def _competences_of(self, specialism: Specialism) -> Iterator[Competence]:
        """The competences that ``specialism`` names, and those that none does."""
        others = {name for other in self.specialisms if other.id != specialism.id for name in other.competence_ids}
        for competence in self.competences:
            if competence.id in specialism.competence_ids or competence.id not in others:
                yield competence
