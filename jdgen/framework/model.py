"""The published framework, as frozen values.

Text is the publisher's, word for word; a band range that the source leaves in doubt carries its basis.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from jdgen.bands import Band, BandRange


@dataclass(frozen=True)
class SourcePlace:
    """Where the source says something: line, and tab-separated cell of it, both counted from 1."""

    line: int
    cell: int | None = None

    def __str__(self) -> str:
        return f"line {self.line}" if self.cell is None else f"line {self.line}, cell {self.cell}"


class Confidence(StrEnum):
    """How sure a band range is, where it is not simply stated."""

    INFERRED = "inferred"
    CONTESTED = "contested"


@dataclass(frozen=True)
class SpanBasis:
    """Why a statement holds for its bands, where the source leaves a doubt.

    ``inferred`` are bands that the source does not show; ``alternatives`` gives, for each other reading
    of the heading, the bands that this statement would have.
    """

    confidence: Confidence
    rule: str
    inferred: tuple[Band, ...] = ()
    alternatives: Mapping[str, BandRange] = field(default_factory=dict)


@dataclass(frozen=True)
class Statement:
    """One published statement and the bands it holds for.

    ``entries`` is filled instead of ``text`` for lists, such as typical qualifications.
    """

    id: str
    bands: BandRange
    source: SourcePlace
    text: str = ""
    entries: tuple[str, ...] = ()
    basis: SpanBasis | None = None

    def bands_in(self, reading: str | None) -> BandRange:
        """The bands of the statement in ``reading``, or as shipped."""
        if reading is None or self.basis is None:
            return self.bands
        return self.basis.alternatives.get(reading, self.bands)


@dataclass(frozen=True)
class Reading:
    """Another way to read a row of the source, and what speaks for it."""

    id: str
    reason: str


@dataclass(frozen=True)
class Heading:
    """One row of the framework's table: a title, and statements that share out the bands among them."""

    id: str
    title: str
    source: SourcePlace
    statements: tuple[Statement, ...]
    readings: tuple[Reading, ...] = ()

    def statement_for(self, band: Band, reading: str | None = None) -> Statement:
        """The statement that holds at ``band``. The framework is checked when read, so there is exactly one."""
        return next(statement for statement in self.statements if band in statement.bands_in(reading))


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
    """A sentence or two of the source about something that has no bands."""

    id: str
    text: str
    source: SourcePlace


@dataclass(frozen=True)
class RoleCategory:
    """A kind of role in a specialism; tied to no band by the source."""

    id: str
    title: str
    published_as: str
    source: SourcePlace
    statements: tuple[Remark, ...]
    competence_rule: CompetenceRule | None = None


@dataclass(frozen=True)
class Specialism:
    """A career pathway of the framework, such as PMO, over the bands that the framework describes."""

    id: str
    title: str
    bands: BandRange
    description: Remark
    role_categories: tuple[RoleCategory, ...]
    complexity: Heading
    complexity_narrative: Heading
    headings: tuple[Heading, ...]
    entry_routes: tuple[Heading, ...]
    qualifications: Heading

    @property
    def rows(self) -> tuple[Heading, ...]:
        """All rows of the specialism's table, in the order in which people read them."""
        return (
            self.complexity,
            self.complexity_narrative,
            *self.headings,
            *self.entry_routes,
            self.qualifications,
        )


@dataclass(frozen=True)
class Framework:
    """One version of a published capability framework. ``sha256`` is the digest of the source text, ``supersedes`` the
    version that this one follows, where there is one."""

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
    supersedes: str | None = None

    def competence(self, competence_id: str) -> Competence:
        """The competence with this id. The framework and the post are checked when read: it exists."""
        return next(competence for competence in self.competences if competence.id == competence_id)
