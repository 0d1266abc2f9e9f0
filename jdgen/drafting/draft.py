"""framework × post → draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from jdgen.bands import AFC
from jdgen.drafting.details import PostDetails, post_details
from jdgen.drafting.framework_part import framework_part
from jdgen.drafting.givers import Giver, Text
from jdgen.drafting.levels import level_name
from jdgen.drafting.library import Library
from jdgen.drafting.model import (
    FrameworkCitation,
    JobDescription,
    Picture,
    ReviewNote,
)
from jdgen.drafting.profile import RoleProfile
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

    Raises :class:`JdgenError` with every choice of the post that the framework does not offer.
    """
    part = framework_part(post, library)
    details = post_details(post, library.prompts)
    notes = (
        *(ReviewNote(remark.topic, remark.field, remark.text) for remark in post.remarks),
        *_title_notes(post),
        *_band_notes(post, library),
        *details.notes,
        *part.notes,
    )
    return JobDescription(
        **_texts(post, library, part.band.profile, details, drafted),
        picture=picture,
        about=details.about,
        values=details.values,
        purpose=details.purpose,
        dimensions=details.dimensions,
        relationships=details.relationships,
        duty_headings=part.headings,
        decisions=details.decisions,
        demands=details.demands,
        clauses=library.clauses.clauses,
        person_specification=part.specification,
        complexity_narrative=part.band.complexity_narrative,
        role_category_statements=part.band.role_category_statements,
        entry_routes=part.band.entry_routes,
        qualifications=part.band.qualifications,
        framework=_citation(library, part.band.profile),
        wording=part.wording,
        notes=notes,
    )


def _texts(post: Post, library: Library, profile: RoleProfile, details: PostDetails, drafted: date) -> dict[str, Any]:
    """The fields that are one text each."""
    phrases = library.prompts.phrases
    statement = phrases.evaluated_band if post.je_reference else phrases.band
    band = str(post.band)
    phrase = statement.replace("{band}", band).replace("{reference}", post.je_reference or "")
    return {
        **details.texts,
        "title": Text(post.title, Giver.POST),
        "band": Text(band, Giver.POST),
        "level": Text(level_name(post, library), Giver.FRAMEWORK),
        "level_word": Text(_level_word(library), Giver.FRAMEWORK),
        "band_statement": Text(phrase, Giver.PHRASE),
        "specialism": Text(library.specialism.title, Giver.FRAMEWORK),
        "role_category": _role_category(library, profile),
        "version": Text(post.version, Giver.POST) if post.version else Text(phrases.version, Giver.JDGEN),
        "date": Text(f"{drafted.day} {_MONTHS[drafted.month - 1]} {drafted.year}", Giver.JDGEN),
        "clauses_version": Text(library.clauses.version, Giver.CLAUSES),
        "complexity": Text("; ".join(held.statement.text for held in profile.complexity), Giver.FRAMEWORK),
    }


def _role_category(library: Library, profile: RoleProfile) -> Text:
    """The category's title; nothing where the framework has no categories."""
    if profile.role_category:
        return Text(profile.role_category.title, Giver.FRAMEWORK)
    return Text(library.prompts.phrases.role_category if library.specialism.role_categories else "", Giver.JDGEN)


def _citation(library: Library, profile: RoleProfile) -> FrameworkCitation:
    framework, specialism = library.framework, library.specialism.title
    said = (framework.title, framework.publisher, framework.version, specialism, profile.level.named)
    return FrameworkCitation(*(Text(text, Giver.FRAMEWORK) for text in said))


def _level_word(library: Library) -> str:
    """What the framework calls its levels; nothing where they are bands."""
    scale = library.framework.scale
    return "" if scale == AFC else scale.word[0].upper() + scale.word[1:]


def _title_notes(post: Post) -> Iterator[ReviewNote]:
    if len(post.title) > _TITLE_LIMIT:
        text = f"The title has {len(post.title)} characters; NHS Jobs takes {_TITLE_LIMIT}. Shorten it."
        yield ReviewNote("title", "title", text)
    if re.search(r"\bband\s*\d", post.title, re.IGNORECASE):
        yield ReviewNote(
            "title", "title", "The title names a band. A band is the result of job evaluation; leave it out."
        )


def _band_notes(post: Post, library: Library) -> Iterator[ReviewNote]:
    if not post.je_reference:
        text = f"Band {post.band} is what you chose, not a result. The post is subject to job evaluation."
        yield ReviewNote("job evaluation", "band", text)
    if post.role_category is None and library.specialism.role_categories:
        yield ReviewNote(
            "role category",
            "role_category",
            "No role category is chosen; the framework names them for each specialism.",
        )
