"""What of a draft follows from the framework: duties, person specification, and what is printed as published.

Posts that change nothing of it have it in common, so it is made once for each combination of choices.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from jdgen.bands import Band
from jdgen.drafting.choices import choice_problems, chosen_role_category
from jdgen.drafting.duties import duty_problems, framework_duties, numbered, with_changes
from jdgen.drafting.framework_criteria import framework_criteria
from jdgen.drafting.library import Library
from jdgen.drafting.model import Block, DutyHeading, EntryRoute, PersonSpecification, ReviewNote
from jdgen.drafting.naming import by_id
from jdgen.drafting.person_specification import criteria_problems, person_specification
from jdgen.drafting.profile import RoleProfile, role_profile, span_notes
from jdgen.errors import JdgenError
from jdgen.framework.model import Statement
from jdgen.post.model import Post


@dataclass(frozen=True)
class FrameworkPart:
    """The framework's part of a draft, with the post's changes to it, and its review notes."""

    profile: RoleProfile
    headings: tuple[DutyHeading, ...]
    specification: PersonSpecification
    complexity_narrative: tuple[Block, ...]
    role_category_statements: tuple[Block, ...]
    entry_routes: tuple[EntryRoute, ...]
    qualifications: tuple[Block, ...]
    notes: tuple[ReviewNote, ...]


def framework_part(post: Post, library: Library) -> FrameworkPart:
    """The framework's part of the draft for ``post``.

    Raises :class:`JdgenError` with every choice of the post that the framework does not offer, and every reference
    to a duty or criterion that the draft does not have.
    """
    post = by_id(post, library.framework, library.specialism)
    if has_changes(post):
        return _made(post, library)
    if refused := list(choice_problems(post, library.framework, library.specialism)):
        raise JdgenError(refused)
    choices = _Choices(
        post.band,
        post.role_category,
        post.specialist_competences,
        post.entry_route,
        tuple(sorted(post.readings.items())),
    )
    return _shared(library, choices)


def has_changes(post: Post) -> bool:
    """Whether the post changes duties or criteria."""
    changes = (post.omitted_duties, post.reworded_duties, post.added_duties, post.omitted_criteria, post.added_criteria)
    return any(changes)


@dataclass(frozen=True)
class _Choices:
    """What a post chooses of the framework."""

    band: Band
    role_category: str | None
    competences: tuple[str, ...]
    entry_route: str | None
    readings: tuple[tuple[str, str], ...]


@lru_cache(maxsize=64)  # about 60 kB each
def _shared(library: Library, choices: _Choices) -> FrameworkPart:
    """The part of every post that makes these choices and changes nothing."""
    post = Post(
        title="",
        specialism=library.specialism.id,
        band=choices.band,
        role_category=choices.role_category,
        specialist_competences=choices.competences,
        entry_route=choices.entry_route,
        readings=dict(choices.readings),
    )
    return _made(post, library)


def _made(post: Post, library: Library) -> FrameworkPart:
    refused = list(choice_problems(post, library.framework, library.specialism))
    if post.band not in library.specialism.bands:
        raise JdgenError(refused)
    profile = role_profile(library.specialism, post.band, chosen_role_category(post, library.specialism), post.readings)
    duties = framework_duties(profile, library.adaptations)
    changed = with_changes(duties, post)
    headings = numbered(changed.headings)
    criteria = framework_criteria(profile, post, headings, library.criteria, library.adaptations)
    lost = (*duty_problems(duties, post), *criteria_problems(criteria, post, headings, library.criteria))
    if problems := (*refused, *lost):
        raise JdgenError(problems)
    specification, specification_notes = person_specification(criteria, post, headings, library.criteria)
    return FrameworkPart(
        profile=profile,
        headings=headings,
        specification=specification,
        complexity_narrative=_blocks(profile.complexity_narrative.statement),
        role_category_statements=_category_blocks(profile),
        entry_routes=_entry_routes(profile),
        qualifications=_blocks(profile.qualifications.statement),
        notes=(
            *span_notes(profile, post.readings),
            *_source_remarks(post, library),
            *changed.notes,
            *specification_notes,
        ),
    )


def _blocks(statement: Statement) -> tuple[Block, ...]:
    """A statement as published: its text, or each entry of its list."""
    texts = statement.entries or (statement.text,)
    return tuple(Block(f"{statement.id}.{number}", text) for number, text in enumerate(texts, 1))


def _category_blocks(profile: RoleProfile) -> tuple[Block, ...]:
    category = profile.role_category
    return tuple(Block(statement.id, statement.text) for statement in (category.statements if category else ()))


def _entry_routes(profile: RoleProfile) -> tuple[EntryRoute, ...]:
    return tuple(
        EntryRoute(held.statement.id, held.heading.title, held.statement.text) for held in profile.entry_routes
    )


def _source_remarks(post: Post, library: Library) -> Iterator[ReviewNote]:
    for remark in library.adaptations.remarks:
        if post.band in remark.bands:
            yield ReviewNote("source", remark.subject, remark.text)
