"""framework × post → draft."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from jdgen.drafting.framework_part import framework_part
from jdgen.drafting.library import Library, Prompts
from jdgen.drafting.model import (
    GIVERS,
    Block,
    Demand,
    Dimension,
    FrameworkCitation,
    Giver,
    JobDescription,
    Picture,
    Relationship,
    ReviewNote,
    Text,
    recurring,
)
from jdgen.drafting.named_parts import level_name
from jdgen.drafting.profile import RoleProfile
from jdgen.levels import AFC
from jdgen.post.fields import BY_NAME, DEMANDS, Field, FieldKind
from jdgen.post.model import Post
from jdgen.words import paragraphs

# What the post says of the job, as printed; a prompt and a review note wherever it says nothing.

#: What the post says in its own words and is asked for, in the order in which it is printed.
DETAILS = tuple(
    BY_NAME[part.name]
    for part in fields(JobDescription)
    if part.name in BY_NAME and BY_NAME[part.name].printed and BY_NAME[part.name].prompts
)
#: All fields for which there must be a prompt.
PROMPTED = tuple(prompt for field in DETAILS for prompt in field.prompts)


def post_details(post: Post, prompts: Prompts) -> tuple[dict[str, Any], tuple[ReviewNote, ...]]:
    """The printed form of what only the post can say, by field, with prompts for what is missing, and their notes."""
    asking = _Asking(prompts)
    return {detail.key: _printed(detail, post, asking) for detail in DETAILS}, tuple(asking.notes)


@dataclass
class _Asking:
    """Takes the post's words, and, where it says nothing, hands out prompts and keeps the note of each, once."""

    prompts: Prompts
    notes: list[ReviewNote] = field(default_factory=list)

    def own(self, text: str | None, name: str) -> Text:
        return Text(text, Giver.POST) if text else self.for_(name)

    def for_(self, name: str) -> Text:
        prompt = self.prompts[name]
        if prompt.note not in self.notes:
            self.notes.append(prompt.note)
        return Text(prompt.text, Giver.PROMPT)

    def blocks(self, name: str, texts: Sequence[str]) -> tuple[Block, ...]:
        printed = [Text(text, Giver.POST) for text in texts] or [self.for_(name)]
        return tuple(Block(f"{name}.{number}", text) for number, text in enumerate(printed, 1))


def _printed(detail: Field, post: Post, asking: _Asking) -> Any:
    written = getattr(post, detail.name)
    match detail.kind:
        case FieldKind.LINE:
            return asking.own(written, detail.key)
        case FieldKind.PROSE:
            return asking.blocks(detail.key, paragraphs(written or ""))
        case FieldKind.TEXTS:
            return asking.blocks(detail.key, written)
    return _ENTRIES[detail.key](post, asking)


def _dimensions(post: Post, asking: _Asking) -> tuple[Dimension, ...]:
    if not post.dimensions:
        return (Dimension("dimensions.1", asking.for_("dimensions.measure"), asking.for_("dimensions.text")),)
    return tuple(
        Dimension(f"dimensions.{number}", Text(dimension.measure, Giver.POST), Text(dimension.text, Giver.POST))
        for number, dimension in enumerate(post.dimensions, 1)
    )


def _relationships(post: Post, asking: _Asking) -> tuple[Relationship, ...]:
    if not post.relationships:
        asked = (asking.for_(f"relationships.{part}") for part in ("who", "setting", "purpose"))
        return (Relationship("relationships.1", *asked),)
    return tuple(
        Relationship(
            f"relationships.{number}",
            Text(contact.who, Giver.POST),
            Text(contact.setting.capitalize(), Giver.POST),
            Text(contact.purpose, Giver.POST),
        )
        for number, contact in enumerate(post.relationships, 1)
    )


def _demands(post: Post, asking: _Asking) -> tuple[Demand, ...]:
    return tuple(demand for kind in DEMANDS for demand in _demands_of(kind, post, asking))


def _demands_of(kind: str, post: Post, asking: _Asking) -> tuple[Demand, ...]:
    """What a panel asks about one kind of effort or environment."""
    called = recurring(DEMANDS[kind], Giver.JDGEN)
    own = [demand for demand in post.demands if demand.kind == kind]
    if not own:
        asked = (asking.for_(f"demands.{part}") for part in (kind, "frequency", "duration"))
        return (Demand(f"demands.{kind}.1", called, *asked),)
    return tuple(
        Demand(
            f"demands.{kind}.{number}",
            called,
            Text(demand.text, Giver.POST),
            asking.own(demand.frequency, "demands.frequency"),
            asking.own(demand.duration, "demands.duration"),
        )
        for number, demand in enumerate(own, 1)
    )


_ENTRIES: Mapping[str, Callable[[Post, _Asking], tuple[Any, ...]]] = {
    "dimensions": _dimensions,
    "relationships": _relationships,
    "demands": _demands,
}
_TITLE_LIMIT = BY_NAME["title"].limit
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
    details, asked = post_details(post, library.prompts)
    notes = (
        *(ReviewNote(remark.topic, remark.field, remark.text) for remark in post.remarks),
        *_title_notes(post),
        *_band_notes(post, library),
        *asked,
        *part.notes,
    )
    return JobDescription(
        **details,
        **_texts(post, library, part.band.profile, drafted),
        picture=picture,
        duty_headings=part.headings,
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


def _texts(post: Post, library: Library, profile: RoleProfile, drafted: date) -> dict[str, Any]:
    """The other fields that are one text each."""
    phrases = library.prompts.phrases
    statement = phrases.evaluated_band if post.je_reference else phrases.band
    band = str(post.band)
    texts = {
        "title": post.title,
        "band": band,
        "level": level_name(post, library),
        "level_word": _level_word(library),
        "band_statement": statement.replace("{band}", band).replace("{reference}", post.je_reference or ""),
        "specialism": library.specialism.title,
        "date": f"{drafted.day} {_MONTHS[drafted.month - 1]} {drafted.year}",
        "clauses_version": library.clauses.version,
        "complexity": "; ".join(held.statement.text for held in profile.complexity),
    }
    return {
        **{name: Text(text, GIVERS[name]) for name, text in texts.items()},
        "role_category": _role_category(library, profile),
        "version": Text(post.version, Giver.POST) if post.version else Text(phrases.version, Giver.JDGEN),
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
