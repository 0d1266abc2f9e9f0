"""What all posts at one band and level have in common: worked out once, before anything of a post's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from jdgen.drafting.block_id import id_of
from jdgen.drafting.duties import DutyList, ServedDuties, framework_duties, served_by
from jdgen.drafting.library import Library
from jdgen.drafting.model import GIVERS, Block, EntryRoute, FrameworkCitation, Wording
from jdgen.drafting.person_rows import requirements
from jdgen.drafting.profile import HeldSkill, ProfileEntry, RoleProfile, role_profile, skills_at, span_notes
from jdgen.drafting.review_notes import ReviewNote, subjects_in
from jdgen.drafting.texts import NOTHING, Giver, Text
from jdgen.levels import AFC, Level
from jdgen.words import with_capital


@dataclass(frozen=True, eq=False)
class CommonFields:
    """Fields of the draft that many posts have alike, besides those of ``wider``, which still more posts have.

    What is made of them, such as their print, is remembered for them: two are the same only when they are one.
    """

    fields: Mapping[str, Any]
    wider: CommonFields | None = None

    def all_fields(self) -> dict[str, Any]:
        """These fields and those of ``wider``."""
        return {**(self.wider.all_fields() if self.wider else {}), **self.fields}


@dataclass(frozen=True, eq=False)
class BandPart:
    """The role profile, the ``skills`` that it needs, its duties (numbered) and which of them a reference means.
    ``common`` are the fields of all drafts at the level, and ``with_duties`` those of all that change nothing of the
    duties. ``notes`` say what is in doubt about what the framework has there."""

    profile: RoleProfile
    skills: tuple[HeldSkill, ...]
    duties: DutyList
    served_duties: ServedDuties
    common: CommonFields
    with_duties: CommonFields
    notes: tuple[ReviewNote, ...]


@lru_cache(maxsize=64)
def band_part(
    library: Library, level: Level, role_category: str | None, readings: tuple[tuple[str, str], ...]
) -> BandPart:
    """The part of every post that is drafted at ``level``, which is one of the specialism's (most are bands), in this
    role category (by id)."""
    category = library.specialism.role_category(role_category)
    profile = role_profile(library.specialism, level, category, dict(readings))
    duties = framework_duties(profile, library.adaptations)
    skills = skills_at(library.framework, library.specialism, level)
    fields = {**_of_profile(profile, library), **requirements_of(profile, skills, library)}
    common = CommonFields(fields, _of_library(library))
    return BandPart(
        profile=profile,
        skills=skills,
        duties=duties,
        served_duties=served_by(duties.headings),
        common=common,
        with_duties=CommonFields(
            {"duty_headings": duties.headings, "wording": wording_of(duties, for_post=False)}, common
        ),
        notes=(*span_notes(profile, dict(readings)), *_source_remarks(profile, library)),
    )


def _source_remarks(profile: RoleProfile, library: Library) -> Iterator[ReviewNote]:
    for remark in library.adaptations.remarks:
        if remark.is_about(profile.level):
            fields = {field: None for name in subjects_in(remark.subject) for field in profile.fields_of(name)}
            yield replace(remark.note, fields=tuple(fields))


def wording_of(duties: DutyList, for_post: bool) -> Wording:
    """How ``duties`` are worded, which were changed for a post or not: what is listed as a change to one of them is an
    adaptation."""
    is_adapted = any(note.topic == "adaptation" for note in duties.notes)
    if for_post:
        return Wording.ADAPTED_FOR_POST if is_adapted else Wording.PUBLISHED_FOR_POST
    return Wording.ADAPTED if is_adapted else Wording.PUBLISHED


@lru_cache(maxsize=16)
def _of_library(library: Library) -> CommonFields:
    """The fields of all drafts that are made from ``library``."""
    scale = library.framework.scale
    texts = {
        "specialism": library.specialism.title,
        "level_word": "" if scale == AFC else with_capital(scale.word),
        "clauses_version": library.clauses.version,
    }
    return CommonFields({**_texts_with_givers(texts), "clauses": library.clauses.clauses})


def requirements_of(profile: RoleProfile, skills: tuple[HeldSkill, ...], library: Library) -> dict[str, Any]:
    """The field of what the framework asks of the person; none where it asks for nothing, as in documents that were
    made before there was the field."""
    requirement_rows = requirements(profile, skills, library.adaptations)
    return {"requirements": requirement_rows} if requirement_rows else {}


def _of_profile(profile: RoleProfile, library: Library) -> dict[str, Any]:
    """What is printed as published, and what says where it was."""
    framework, level = library.framework, profile.level
    citation = (framework.title, framework.publisher, framework.version, library.specialism.title, level.full_name)
    texts = {
        "level": "" if framework.scale == AFC else str(level),
        "complexity": "; ".join(entry.statement.text for entry in profile.complexity),
    }
    return {
        **_texts_with_givers(texts),
        "role_category": _role_category(library, profile),
        "complexity_narrative": _blocks(profile.complexity_narrative),
        "role_category_statements": _category_blocks(profile),
        "entry_routes": tuple(
            EntryRoute(
                entry.statement.id,
                Text(entry.heading.title, Giver.FRAMEWORK),
                Text(entry.statement.text, Giver.FRAMEWORK),
            )
            for entry in profile.entry_routes
        ),
        "qualifications": _blocks(profile.qualifications),
        "framework": FrameworkCitation(*(Text(text, Giver.FRAMEWORK) for text in citation)),
    }


def _texts_with_givers(texts: Mapping[str, str]) -> dict[str, Text]:
    return {name: Text(text, GIVERS[name]) for name, text in texts.items()}


def _role_category(library: Library, profile: RoleProfile) -> Text:
    """The category's title, or the prompt for it; nothing where the framework has no categories."""
    if profile.role_category:
        return Text(profile.role_category.title, Giver.FRAMEWORK)
    return Text(library.prompts["role_category"].text, Giver.PROMPT) if library.specialism.role_categories else NOTHING


def _blocks(entries: tuple[ProfileEntry, ...]) -> tuple[Block, ...]:
    """Statements as published: the text of each, or each entry of its list."""
    statements = (entry.statement for entry in entries)
    return tuple(
        Block(id_of(statement.id, number), Text(text, Giver.FRAMEWORK))
        for statement in statements
        for number, text in enumerate(statement.entries or (statement.text,), 1)
    )


def _category_blocks(profile: RoleProfile) -> tuple[Block, ...]:
    category = profile.role_category
    statements = category.statements if category else ()
    return tuple(Block(statement.id, Text(statement.text, Giver.FRAMEWORK)) for statement in statements)
