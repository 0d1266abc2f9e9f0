"""The role profile: what the framework says of one specialism at one level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jdgen.drafting.block_id import is_part
from jdgen.drafting.review_notes import ReviewNote
from jdgen.errors import list_words
from jdgen.framework.model import (
    Confidence,
    Descriptor,
    Framework,
    Heading,
    RoleCategory,
    RowKind,
    Skill,
    Specialism,
    Statement,
)
from jdgen.levels import AFC, Level
from jdgen.words import shorten

#: Characters of a statement by which it is known: enough to choose by, and a note that a record has room for.
_QUOTED = 240
_OF_PERSON = frozenset(("entry_routes", "qualifications", "requirements"))
# Before the option of the command line that takes the other of two readings.
_FOR_THE_OTHER = "For the other: --reading "
#: Why a statement stands at a level by the table as it stands.
_LITERAL = "the table as it stands"


@dataclass(frozen=True)
class ProfileEntry:
    """A row of the framework and a statement in it that holds at the profile's level."""

    heading: Heading
    statement: Statement


@dataclass(frozen=True)
class HeldSkill:
    """A skill, and the level of its own scale at which it is needed: the framework's, or the post's choice; nothing
    where the post has not chosen it."""

    skill: Skill
    at: Level | None

    @property
    def descriptor(self) -> Descriptor | None:
        """What the skill means at this level, where the framework says so."""
        return self.skill.descriptor_at(self.at) if self.at else None


def skills_at(framework: Framework, specialism: Specialism, level: Level) -> tuple[HeldSkill, ...]:
    """The skills that ``framework`` needs of a role of ``specialism`` at ``level``."""
    return tuple(HeldSkill(framework.skill(need.skill), need.at) for need in specialism.skills_at(level))


@dataclass(frozen=True)
class RoleProfile:
    """Framework content for one specialism at one level. Where the framework says nothing, nothing is here.

    ``person_rows`` are the rows about the person but for qualifications.

    Not an NHS *national job profile*: those are evaluated examples, published by the NHS Job Evaluation
    Group, and nothing here is evaluated.
    """

    specialism: Specialism
    level: Level
    role_category: RoleCategory | None
    complexity: tuple[ProfileEntry, ...]
    complexity_narrative: tuple[ProfileEntry, ...]
    responsibilities: tuple[ProfileEntry, ...]
    entry_routes: tuple[ProfileEntry, ...]
    qualifications: tuple[ProfileEntry, ...]
    person_rows: tuple[ProfileEntry, ...] = ()

    def fields_of(self, name: str) -> tuple[str, ...]:
        """The fields of the draft that print the statements which ``name`` is the id of, or the beginning of the ids
        of; none where it names no statement of the profile."""
        parts = {
            "complexity": self.complexity,
            "complexity_narrative": self.complexity_narrative,
            "duty_headings": self.responsibilities,
            "entry_routes": self.entry_routes,
            "qualifications": self.qualifications,
            "requirements": self.person_rows,
        }
        field_names = [
            field for field, entries in parts.items() if any(is_part(entry.statement.id, name) for entry in entries)
        ]
        # What is about the person becomes criteria too.
        return (*field_names, "person_specification") if _OF_PERSON.intersection(field_names) else tuple(field_names)

    @property
    def entries(self) -> tuple[ProfileEntry, ...]:
        """Every statement with its row."""
        return (
            *self.complexity,
            *self.complexity_narrative,
            *self.responsibilities,
            *self.entry_routes,
            *self.qualifications,
            *self.person_rows,
        )


def role_profile(
    specialism: Specialism,
    level: Level,
    role_category: RoleCategory | None = None,
    readings: Mapping[str, str] | None = None,
) -> RoleProfile:
    """The profile of ``specialism`` at ``level``, which is one of the specialism's levels.

    ``readings`` gives, for a heading that can be read in more than one way, the reading chosen.
    """
    reading_ids = readings or {}

    def entries(*headings: Heading | None) -> tuple[ProfileEntry, ...]:
        return tuple(
            ProfileEntry(heading, statement)
            for heading in headings
            if heading
            for statement in heading.statements_for(level, reading_ids.get(heading.id))
        )

    rows: dict[bool, list[Heading]] = {True: [], False: []}
    for row in specialism.person_rows:
        rows[row.kind is RowKind.QUALIFICATION].append(row)
    return RoleProfile(
        specialism=specialism,
        level=level,
        role_category=role_category,
        complexity=entries(specialism.complexity),
        complexity_narrative=entries(specialism.complexity_narrative),
        responsibilities=entries(*specialism.headings),
        entry_routes=entries(*specialism.entry_routes),
        qualifications=entries(specialism.qualifications, *rows[True]),
        person_rows=entries(*rows[False]),
    )


def span_notes(profile: RoleProfile, readings: Mapping[str, str]) -> Iterator[ReviewNote]:
    """A note for each statement whose place at this level the source leaves in doubt."""
    for entry in profile.entries:
        row, statement = entry.heading, entry.statement
        fields = profile.fields_of(statement.id)
        yield from _contested_notes(entry, profile.level, readings.get(row.id), fields)
        basis = statement.basis
        if basis and profile.level in basis.inferred:
            yield ReviewNote(
                "inferred band",
                statement.id,
                f"The source does not show '{row.title}' at {_note_level(profile.level)}; the statement for "
                f"{statement.levels_in(readings.get(row.id))} is taken. {basis.rule}",
                fields,
            )


def _contested_notes(
    entry: ProfileEntry, level: Level, chosen_reading: str | None, fields: tuple[str, ...]
) -> Iterator[ReviewNote]:
    row, statement = entry.heading, entry.statement
    is_contested = any(other.basis and other.basis.confidence is Confidence.CONTESTED for other in row.statements)
    if not is_contested:
        return
    by_reading: dict[str | None, tuple[Statement, ...]] = {None: row.statements_for(level)}
    by_reading |= {reading.id: row.statements_for(level, reading.id) for reading in row.readings}
    reasons = {reading.id: reading.reason.rstrip(".") for reading in row.readings}
    elsewhere = {reading: statements for reading, statements in by_reading.items() if statement not in statements}
    if not elsewhere:
        return
    # Readings that give the same words are one alternative, with the reasons of each.
    others: dict[str, list[str]] = {}
    for reading, statements in elsewhere.items():
        words = list_words(f"“{shorten(other.text, _QUOTED)}”" for other in statements) or "nothing"
        others.setdefault(words, []).append(reasons.get(reading or "", _LITERAL))
    alternatives = "; or ".join(f"{words} ({'; '.join(why)})" for words, why in others.items())
    options = (f"{_FOR_THE_OTHER}{row.id}={reading}" for reading in elsewhere if reading)
    yield ReviewNote(
        "contested band" if chosen_reading is None else "reading",
        statement.id,
        f"The framework's table can be read in more than one way for '{row.title}' at {_note_level(level)}. "
        f"This draft has “{shorten(statement.text, _QUOTED)}” ({reasons.get(chosen_reading or '', _LITERAL)}). Read "
        f"otherwise it has {alternatives}. "
        f"Choose the one that is true of this job. {next(options, 'For the other: choose no reading')}",
        fields,
    )


def told_without_option(text: str, instead: str) -> str:
    """The ``text`` of a note as who has no such option needs it: of two readings, ``instead`` says how the other is
    taken, with ``{heading}`` and ``{reading}``. Other notes stay."""
    beginning, by_option, choice = text.partition(_FOR_THE_OTHER)
    heading, _, reading = choice.partition("=")
    return beginning + instead.format(heading=heading, reading=reading) if by_option else text


def _note_level(level: Level) -> str:
    """A level in a note: a band by its number alone, any other with its word."""
    return str(level) if level.scale == AFC else level.full_name
