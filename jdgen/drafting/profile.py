"""The role profile: what the framework says of one specialism at one band."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jdgen.bands import Band
from jdgen.drafting.model import ReviewNote
from jdgen.framework.model import Confidence, Heading, RoleCategory, Specialism, Statement


@dataclass(frozen=True)
class HeldStatement:
    """A row of the framework and the statement in it that holds at the profile's band."""

    heading: Heading
    statement: Statement


@dataclass(frozen=True)
class RoleProfile:
    """Framework content for one specialism at one band.

    Not an NHS *national job profile*: those are evaluated examples, published by the NHS Job Evaluation
    Group, and nothing here is evaluated.
    """

    specialism: Specialism
    band: Band
    role_category: RoleCategory | None
    complexity: HeldStatement
    complexity_narrative: HeldStatement
    responsibilities: tuple[HeldStatement, ...]
    entry_routes: tuple[HeldStatement, ...]
    qualifications: HeldStatement

    @property
    def held(self) -> tuple[HeldStatement, ...]:
        """Every row with its statement."""
        return (
            self.complexity,
            self.complexity_narrative,
            *self.responsibilities,
            *self.entry_routes,
            self.qualifications,
        )


def role_profile(
    specialism: Specialism,
    band: Band,
    role_category: RoleCategory | None = None,
    readings: Mapping[str, str] | None = None,
) -> RoleProfile:
    """The profile of ``specialism`` at ``band``, which is one of the specialism's bands.

    ``readings`` gives, for a heading that can be read in more than one way, the reading chosen.
    """
    chosen = readings or {}

    def held(heading: Heading) -> HeldStatement:
        return HeldStatement(heading, heading.statement_for(band, chosen.get(heading.id)))

    return RoleProfile(
        specialism=specialism,
        band=band,
        role_category=role_category,
        complexity=held(specialism.complexity),
        complexity_narrative=held(specialism.complexity_narrative),
        responsibilities=tuple(held(heading) for heading in specialism.headings),
        entry_routes=tuple(held(route) for route in specialism.entry_routes),
        qualifications=held(specialism.qualifications),
    )


def span_notes(profile: RoleProfile, readings: Mapping[str, str]) -> Iterator[ReviewNote]:
    """A note for each statement whose place at this band the source leaves in doubt."""
    for held in profile.held:
        yield from _contested(held, profile.band, readings.get(held.heading.id))
        basis = held.statement.basis
        if basis and profile.band in basis.inferred:
            yield ReviewNote(
                "inferred band",
                held.statement.id,
                f"The source does not show '{held.heading.title}' at {profile.band}; the statement for "
                f"{held.statement.bands_in(readings.get(held.heading.id))} is taken. {basis.rule}",
            )


def _contested(held: HeldStatement, band: Band, chosen: str | None) -> Iterator[ReviewNote]:
    contested = any(
        statement.basis and statement.basis.confidence is Confidence.CONTESTED for statement in held.heading.statements
    )
    if not contested:
        return
    by_reading: dict[str | None, Statement] = {None: held.heading.statement_for(band)}
    by_reading |= {reading.id: held.heading.statement_for(band, reading.id) for reading in held.heading.readings}
    reasons = {reading.id: f" ({reading.reason.rstrip('.')})" for reading in held.heading.readings}
    others = [
        f"{_reading_named(reading)} gives {statement.id}{reasons.get(reading or '', '')}"
        for reading, statement in by_reading.items()
        if statement.id != held.statement.id
    ]
    if not others:
        return
    elsewhere = [reading for reading, statement in by_reading.items() if statement.id != held.statement.id]
    example = next((f"--reading {held.heading.id}={reading}" for reading in elsewhere if reading), "choose no reading")
    yield ReviewNote(
        "contested band",
        held.statement.id,
        f"The source can be read in more than one way for '{held.heading.title}' at {band}. This draft uses "
        f"{_reading_named(chosen)}; {'; '.join(others)}. For the other statement: {example}",
    )


def _reading_named(reading: str | None) -> str:
    return f"the reading '{reading}'" if reading else "the literal reading"
