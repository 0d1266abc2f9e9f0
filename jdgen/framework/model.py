"""The published framework, as frozen values.

Text is the publisher's, word for word; a range of levels that the source leaves in doubt carries its basis. Levels are
Agenda for Change bands, unless the framework has a scale of its own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from jdgen.levels import AFC, Level, LevelRange, Scale


def later(default: Any) -> Any:
    """A field that :class:`LaterFields` came to have after documents had been made, with what it is where nothing is
    said."""
    return field(default=default, repr=False)


class LaterFields:
    """Values that came to have fields later, each declared by :func:`later`.

    Documents are known by the repr of what they were made of (:func:`jdgen.document.making.common_digest`). Such a
    field stands in it only where it says something: so what says nothing new is what it was, and what does is not.
    """

    def __repr__(self) -> str:
        fields = dataclasses.fields(self)  # type: ignore[arg-type]  # those that have it are dataclasses
        shown = (f for f in fields if f.repr or getattr(self, f.name) != f.default)
        return f"{type(self).__name__}({', '.join(f'{f.name}={getattr(self, f.name)!r}' for f in shown)})"


@dataclass(frozen=True)
class SourcePlace:
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


@dataclass(frozen=True)
class Statement:
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
        return levels is None or level in levels.held


@dataclass(frozen=True)
class Reading:
    """Another way to read a row of the source, and what speaks for it."""

    id: str
    reason: str


@dataclass(frozen=True, repr=False)
class Heading(LaterFields):
    """One row of the framework's table: a title, and statements for levels."""

    id: str
    title: str
    source: SourcePlace
    statements: tuple[Statement, ...]
    readings: tuple[Reading, ...] = ()

    def statements_for(self, level: Level, reading: str | None = None) -> tuple[Statement, ...]:
        """The statements that hold at ``level``. The framework is checked when read: where levels do not add up, there
        is exactly one that is not for every level."""
        return tuple(statement for statement in self.statements if statement.holds_at(level, reading))


@dataclass(frozen=True)
class Competence:
    """A competence that the framework names. No rating: the framework publishes none."""

    id: str
    name: str
    source: SourcePlace


@dataclass(frozen=True)
class CompetenceRule:
    """Competences in which a role category is likely to need higher ratings (their ids)."""

    all_of: tuple[str, ...]
    at_least_one_of: tuple[str, ...]


@dataclass(frozen=True)
class Remark:
    """A sentence or two of the source about something that has no levels."""

    id: str
    text: str
    source: SourcePlace


@dataclass(frozen=True)
class RoleCategory:
    """A kind of role in a specialism; tied to no level by the source."""

    id: str
    title: str
    published_as: str
    source: SourcePlace
    statements: tuple[Remark, ...]
    competence_rule: CompetenceRule | None = None


@dataclass(frozen=True, repr=False)
class Specialism(LaterFields):
    """A career pathway of the framework, such as PMO, over the levels that the framework describes.

    What a framework does not have is missing or empty.
    """

    id: str
    title: str
    levels: LevelRange
    description: Remark
    role_categories: tuple[RoleCategory, ...]
    complexity: Heading | None
    complexity_narrative: Heading | None
    headings: tuple[Heading, ...]
    entry_routes: tuple[Heading, ...]
    qualifications: Heading | None

    @property
    def scale(self) -> Scale:
        """The scale of its levels."""
        return self.levels.scale

    @property
    def rows(self) -> tuple[Heading, ...]:
        """All rows of the specialism's table, in the order in which people read them."""
        rows = (self.complexity, self.complexity_narrative, *self.headings, *self.entry_routes, self.qualifications)
        return tuple(row for row in rows if row is not None)


@dataclass(frozen=True, repr=False)
class Framework(LaterFields):
    """One version of a published capability framework. ``sha256`` is the digest of the source text, ``scale`` that of
    its levels, and ``supersedes`` the version that this one follows, where there is one."""

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

    def competence(self, competence_id: str) -> Competence:
        """The competence with this id. The framework and the post are checked when read: it exists."""
        return next(competence for competence in self.competences if competence.id == competence_id)


@dataclass(frozen=True)
class Passage:
    """One published text, whatever part of the framework it is in.

    ``levels`` is missing where the source ties the text to no level; a list is one passage, its entries divided by line
    breaks. ``heading`` and ``title`` are the id and the title of what it stands under.
    """

    id: str
    specialism: str
    heading: str
    title: str
    levels: LevelRange | None
    text: str
    source: SourcePlace


def passages(framework: Framework) -> Iterator[Passage]:
    """All passages, in the order in which people read the framework."""
    for specialism in framework.specialisms:
        yield _of_remark(specialism, specialism.id, specialism.title, specialism.description)
        for category in specialism.role_categories:
            yield from _of_category(specialism, category)
        for row in specialism.rows:
            yield from _of_row(specialism, row)
    for competence in framework.competences:
        yield Passage(
            f"competence.{competence.id}", "", "competences", "Competences", None, competence.name, competence.source
        )


def _of_category(specialism: Specialism, category: RoleCategory) -> Iterator[Passage]:
    heading = f"role-category.{category.id}"
    for remark in category.statements:
        yield _of_remark(specialism, heading, category.title, remark)


def _of_remark(specialism: Specialism, heading: str, title: str, remark: Remark) -> Passage:
    return Passage(remark.id, specialism.id, heading, title, None, remark.text, remark.source)


def _of_row(specialism: Specialism, row: Heading) -> Iterator[Passage]:
    for statement in row.statements:
        text, source = statement.full_text, statement.source
        yield Passage(statement.id, specialism.id, row.id, row.title, statement.levels, text, source)
