"""framework × post → draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from jdgen.drafting.choices import choice_problems, chosen_role_category
from jdgen.drafting.details import PostDetails, post_details
from jdgen.drafting.duties import duty_problems, framework_duties, numbered, with_changes
from jdgen.drafting.framework_criteria import framework_criteria
from jdgen.drafting.library import Library
from jdgen.drafting.model import (
    Block,
    EntryRoute,
    FrameworkCitation,
    JobDescription,
    Picture,
    ReviewNote,
)
from jdgen.drafting.naming import by_id
from jdgen.drafting.person_specification import criteria_problems, person_specification
from jdgen.drafting.profile import RoleProfile, role_profile, span_notes
from jdgen.errors import JdgenError, Problem
from jdgen.framework.model import Statement
from jdgen.post.model import Post

_TITLE_LIMIT = 70
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def draft_job_description(
    post: Post, library: Library, drafted: date, picture: Picture | None = None
) -> JobDescription:
    """The draft for ``post``, dated ``drafted``, with everything that a reader must look at as review notes.

    Raises :class:`JdgenError` with every choice of the post that the framework does not offer, and every
    reference to a duty or criterion that the draft does not have.
    """
    post = by_id(post, library.framework, library.specialism)
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
    details = post_details(post, library.prompts)
    notes = (
        *_title_notes(post),
        *_band_notes(post),
        *details.notes,
        *span_notes(profile, post.readings),
        *_source_remarks(post, library),
        *changed.notes,
        *specification_notes,
    )
    return JobDescription(
        **_texts(post, library, profile, details, drafted),
        picture=picture,
        about=details.about,
        values=details.values,
        purpose=details.purpose,
        dimensions=details.dimensions,
        relationships=details.relationships,
        duty_headings=headings,
        decisions=details.decisions,
        demands=details.demands,
        clauses=library.clauses.clauses,
        person_specification=specification,
        complexity_narrative=_blocks(profile.complexity_narrative.statement),
        role_category_statements=_category_blocks(profile),
        entry_routes=_entry_routes(profile),
        qualifications=_blocks(profile.qualifications.statement),
        framework=_citation(library),
        notes=notes,
    )


def _texts(post: Post, library: Library, profile: RoleProfile, details: PostDetails, drafted: date) -> dict[str, Any]:
    """The fields that are one text each."""
    phrases = library.prompts.phrases
    statement = phrases.evaluated_band if post.je_reference else phrases.band
    return {
        **details.texts,
        "title": post.title,
        "band": str(post.band),
        "band_statement": statement.replace("{band}", str(post.band)).replace("{reference}", post.je_reference or ""),
        "specialism": library.specialism.title,
        "role_category": profile.role_category.title if profile.role_category else phrases.role_category,
        "version": post.version or phrases.version,
        "date": f"{drafted.day} {_MONTHS[drafted.month - 1]} {drafted.year}",
        "clauses_version": library.clauses.version,
        "complexity": profile.complexity.statement.text,
    }


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


def _citation(library: Library) -> FrameworkCitation:
    framework = library.framework
    return FrameworkCitation(framework.title, framework.publisher, framework.version, library.specialism.title)


def _title_notes(post: Post) -> Iterator[ReviewNote]:
    if len(post.title) > _TITLE_LIMIT:
        text = f"The title has {len(post.title)} characters; NHS Jobs takes {_TITLE_LIMIT}. Shorten it."
        yield ReviewNote("title", "title", text)
    if re.search(r"\bband\s*\d", post.title, re.IGNORECASE):
        yield ReviewNote(
            "title", "title", "The title names a band. A band is the result of job evaluation; leave it out."
        )


def _band_notes(post: Post) -> Iterator[ReviewNote]:
    if not post.je_reference:
        text = f"Band {post.band} is what you chose, not a result. The post is subject to job evaluation."
        yield ReviewNote("job evaluation", "band", text)
    if post.role_category is None:
        yield ReviewNote(
            "role category",
            "role_category",
            "No role category is chosen; the framework names them for each specialism.",
        )


def _source_remarks(post: Post, library: Library) -> Iterator[ReviewNote]:
    for remark in library.adaptations.remarks:
        if post.band in remark.bands:
            yield ReviewNote("source", remark.subject, remark.text)


def post_problems(post: Post, library: Library) -> tuple[Problem, ...]:
    """Everything for which :func:`draft_job_description` would refuse ``post``, found without drafting where it can."""
    named = by_id(post, library.framework, library.specialism)
    changes = (post.omitted_duties, post.reworded_duties, post.added_duties, post.omitted_criteria, post.added_criteria)
    if not any(changes):
        return tuple(choice_problems(named, library.framework, library.specialism))
    try:
        draft_job_description(post, library, date.min)
    except JdgenError as error:
        return error.problems
    return ()
