"""framework × post → draft."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import lru_cache
from typing import Any

from jdgen.dates import printed_day
from jdgen.drafting.block_id import id_of
from jdgen.drafting.framework_part import FrameworkPart, framework_part
from jdgen.drafting.library import Library, Prompts
from jdgen.drafting.model import (
    GIVERS,
    LARGEST_PICTURE,
    NO_PICTURES,
    Block,
    Demand,
    Dimension,
    JobDescription,
    Pictures,
    Relationship,
)
from jdgen.drafting.nations import nation_notes
from jdgen.drafting.organisation_chart import (
    CHART,
    IN_WORDS,
    PROMPT_FIELDS,
    chart_in_words,
    chart_notes,
    organisation_chart,
    with_posts_managed_in_words,
)
from jdgen.drafting.people import people_notes
from jdgen.drafting.review_notes import ReviewNote
from jdgen.drafting.texts import Giver, Text, recurring
from jdgen.post.field import DEMANDS, Field, FieldKind
from jdgen.post.fields import BY_NAME, FIELDS
from jdgen.post.model import Contact, JobDemand, Measure, Post
from jdgen.words import paragraphs, shorten

# What the post says of the job, as printed; a prompt and a review note wherever it says nothing.

#: What the post says in its own words and is asked for, in the order in which it is printed.
DETAILS = tuple(
    BY_NAME[part.name]
    for part in fields(JobDescription)
    if part.name in BY_NAME and BY_NAME[part.name].meaning and BY_NAME[part.name].prompts
)
#: All fields for which there must be a prompt.
PROMPTED = tuple(prompt for field in FIELDS for prompt in field.prompts)


def _post_details(post: Post, library: Library) -> tuple[dict[str, Any], tuple[ReviewNote, ...]]:
    """The printed form of what only the post can say, by field, with prompts for what is missing, and their notes."""
    asking, prompted_values = _Asking(library), _prompted_values(library)
    details: dict[str, Any] = {}
    for detail in DETAILS:
        if value := getattr(post, detail.name):
            details[detail.key] = _printed_text(detail, value, asking)
        else:
            details[detail.key], notes = prompted_values[detail.key]
            asking.notes.update(notes)
    return details, tuple(asking.notes.values())


@lru_cache(maxsize=16)
def _prompted_values(library: Library) -> Mapping[str, tuple[Any, Mapping[str, ReviewNote]]]:
    """What is printed of each detail of which a post says nothing, with its notes: the same in all of their drafts."""
    prompted_values: dict[str, tuple[Any, Mapping[str, ReviewNote]]] = {}
    for detail in DETAILS:
        asking = _Asking(library)
        prompted_values[detail.key] = _printed_text(detail, (), asking), asking.notes
    return prompted_values


@dataclass
class _Asking:
    """Takes the post's words, and, where it says nothing, hands out prompts and keeps the note of each, once."""

    library: Library
    notes: dict[str, ReviewNote] = field(default_factory=dict)

    def text_or_prompt(self, text: str | None, name: str) -> Text:
        return Text(text, Giver.POST) if text else self.prompt_text(name)

    def prompt_text(self, name: str) -> Text:
        prompt = self.library.prompts[name]
        if name not in self.notes:
            self.notes[name] = prompt.note
        return recurring(prompt.text, Giver.JDGEN if prompt.meanwhile else Giver.PROMPT)

    def blocks(self, name: str, texts: Sequence[str]) -> tuple[Block, ...]:
        block_texts = [Text(text, Giver.POST) for text in texts] or [self.prompt_text(name)]
        return tuple(Block(id_of(name, number), text) for number, text in enumerate(block_texts, 1))


def _printed_text(detail: Field, value: Any, asking: _Asking) -> Any:
    match detail.kind:
        case FieldKind.LINE:
            return asking.text_or_prompt(value, detail.key)
        case FieldKind.PROSE:
            return asking.blocks(detail.key, paragraphs(value or ""))
        case FieldKind.TEXTS | FieldKind.WORDS:
            return asking.blocks(detail.key, value)
    return PRINTED_ENTRIES[detail.key](value, asking)


def _dimensions(measures: Sequence[Measure], asking: _Asking) -> tuple[Dimension, ...]:
    if not measures:
        return (
            Dimension("dimensions.1", asking.prompt_text("dimensions.measure"), asking.prompt_text("dimensions.text")),
        )
    return tuple(
        Dimension(f"dimensions.{number}", Text(measure.measure, Giver.POST), Text(measure.text, Giver.POST))
        for number, measure in enumerate(measures, 1)
    )


def _relationships(contacts: Sequence[Contact], asking: _Asking) -> tuple[Relationship, ...]:
    if not contacts:
        prompts = (asking.prompt_text(f"relationships.{part}") for part in ("who", "setting", "purpose"))
        return (Relationship("relationships.1", *prompts),)
    return tuple(
        Relationship(
            f"relationships.{number}",
            Text(contact.who, Giver.POST),
            Text(contact.setting.capitalize(), Giver.POST),
            Text(contact.purpose, Giver.POST),
        )
        for number, contact in enumerate(contacts, 1)
    )


def _demands(demands: Sequence[JobDemand], asking: _Asking) -> tuple[Demand, ...]:
    return tuple(demand for kind in DEMANDS for demand in _demands_of(kind, demands, asking))


def _demands_of(kind: str, demands: Sequence[JobDemand], asking: _Asking) -> tuple[Demand, ...]:
    """What a panel asks about one kind of effort or environment."""
    demands_of_kind = [demand for demand in demands if demand.kind == kind]
    if not demands_of_kind:
        demand, notes = _prompted_demand(asking.library, kind)
        asking.notes.update(notes)
        return (demand,)
    kind_title = recurring(DEMANDS[kind], Giver.JDGEN)
    return tuple(
        Demand(
            f"demands.{kind}.{number}",
            kind_title,
            Text(demand.text, Giver.POST),
            asking.text_or_prompt(demand.frequency, "demands.frequency"),
            asking.text_or_prompt(demand.duration, "demands.duration"),
        )
        for number, demand in enumerate(demands_of_kind, 1)
    )


@lru_cache(maxsize=64)
def _prompted_demand(library: Library, kind: str) -> tuple[Demand, Mapping[str, ReviewNote]]:
    """What is printed of a kind of effort of which a post says nothing, with its notes: one value for all drafts."""
    asking = _Asking(library)
    prompts = (asking.prompt_text(f"demands.{part}") for part in (kind, "frequency", "duration"))
    return Demand(f"demands.{kind}.1", recurring(DEMANDS[kind], Giver.JDGEN), *prompts), asking.notes


#: How each list whose entries have parts is printed, by the key of its field.
PRINTED_ENTRIES: Mapping[str, Callable[[Any, _Asking], tuple[Any, ...]]] = {
    "dimensions": _dimensions,
    "relationships": _relationships,
    "demands": _demands,
}
# What the role category changes.
_OF_CATEGORY = ("role_category", "role_category_statements", "person_specification")
# What a panel has settled once it has evaluated the post.
_OF_EVALUATION = ("role category and band", "duties of several levels")
# By which words a sentence says that it is about a kind of effort: few, and used for no other.
_SAYING: Mapping[str, re.Pattern[str]] = {
    "physical": re.compile(r"\bphysical|\bkeyboard|\blift(?:s|ing)?\b|\bcarr(?:y|ies|ying)\b", re.IGNORECASE),
    "mental": re.compile(r"\bmental|\bconcentrat", re.IGNORECASE),
    "emotional": re.compile(r"\bemotional|\bdistress|\bupset", re.IGNORECASE),
    "environment": re.compile(r"\bworking conditions?\b|\b(?:hazard|noise|noisy|fumes|dust)", re.IGNORECASE),
}
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_QUOTED = 90
_TITLE_LIMIT = BY_NAME["title"].limit


def draft_job_description(
    post: Post, library: Library, day: date, pictures: Pictures = NO_PICTURES, part: FrameworkPart | None = None
) -> JobDescription:
    """The draft for ``post``, dated ``day``, with everything that a reader must look at as review notes.
    ``pictures`` are those that it names, and ``part`` is its :func:`framework_part`, where that is known already.

    Raises :class:`JdgenError` with every choice of the post that the framework does not offer.
    """
    part = part or framework_part(post, library)
    post = with_posts_managed_in_words(post)
    details, prompt_notes = _post_details(post, library)
    notes = (
        *(ReviewNote(remark.topic, remark.field, remark.text) for remark in post.remarks),
        *_title_notes(post),
        *_band_notes(post, library),
        *_training_notes(post),
        *chart_notes(post),
        *_demand_notes(post),
        *_picture_notes(pictures),
        *nation_notes(post, library.nations),
        *people_notes(post, tuple(map(_asked_in_chart, prompt_notes)), part, library),
        *(note for note in part.notes if not (post.je_reference and note.topic in _OF_EVALUATION)),
    )
    return JobDescription(
        **part.fields(),
        **details,
        **_texts(post, library.prompts, day),
        own={name: Text(text, Giver.POST) for name, text in post.own.items()},
        picture=pictures.get("picture"),
        organisation_chart=pictures.get(CHART) or organisation_chart(post),
        organisation_chart_text=chart_in_words(post, library.prompts),
        notes=notes,
    )


def _demand_notes(post: Post) -> Iterator[ReviewNote]:
    """Told of each sentence that says of several kinds of effort how often and how long, at once."""
    for kind in DEMANDS:
        for number, demand in enumerate((demand for demand in post.demands if demand.kind == kind), 1):
            for sentence in _SENTENCE.findall(demand.text):
                efforts = [DEMANDS[effort].lower() for effort, words in _SAYING.items() if words.search(sentence)]
                if len(efforts) > 1:
                    text = (
                        f"“{shorten(sentence.strip(), _QUOTED)}” speaks of {' and '.join(efforts)} in one line. A "
                        "panel asks of each how often and how long: give each a line of its own."
                    )
                    yield ReviewNote("several efforts", f"demands.{kind}.{number}", text, ("demands",))


def _picture_notes(pictures: Pictures) -> Iterator[ReviewNote]:
    for name, picture in pictures.items():
        if (size := len(picture.content)) > LARGEST_PICTURE:
            text = (
                f"The file has {size // 1000} kB, and NHS Jobs takes documents of 1 MB. Make it smaller than "
                f"{LARGEST_PICTURE // 1000} kB."
            )
            yield ReviewNote("picture", name, text, (name,))


def _asked_in_chart(note: ReviewNote) -> ReviewNote:
    """``note`` of a prompt, which concerns the chart in words where that has it too."""
    return replace(note, fields=(*note.fields, IN_WORDS)) if note.subject in PROMPT_FIELDS else note


def _texts(post: Post, prompts: Prompts, day: date) -> dict[str, Any]:
    """The post's other fields that are one text each."""
    phrases = prompts.phrases
    statement = phrases.evaluated_band if post.je_reference else phrases.band
    band = str(post.band)
    texts = {
        "title": post.title,
        "band": band,
        "band_statement": statement.replace("{band}", band).replace("{reference}", post.je_reference or ""),
        "date": printed_day(day),
    }
    return {
        **{name: Text(text, GIVERS[name]) for name, text in texts.items()},
        "version": Text(post.version, Giver.POST) if post.version else Text(phrases.version, Giver.JDGEN),
    }


def _title_notes(post: Post) -> Iterator[ReviewNote]:
    if len(post.title) > _TITLE_LIMIT:
        text = f"The title has {len(post.title)} characters; NHS Jobs takes {_TITLE_LIMIT}. Shorten it."
        yield ReviewNote("title", "title", text)
    if re.search(r"\bband\s*\d", post.title, re.IGNORECASE):
        yield ReviewNote(
            "title", "title", "The title names a band. A band is the result of job evaluation; leave it out."
        )


def _training_notes(post: Post) -> Iterator[ReviewNote]:
    if post.training_at_entry:
        text = (
            "See that this and the qualifications of the person specification, by which people are shortlisted, ask "
            "for the same."
        )
        yield ReviewNote("training and qualifications", "training_at_entry", text)


def _band_notes(post: Post, library: Library) -> Iterator[ReviewNote]:
    if not post.je_reference:
        text = f"Band {post.band} is what you chose, not a result. The post is subject to job evaluation."
        yield ReviewNote("job evaluation", "band", text)
    if post.role_category is None and library.specialism.role_categories:
        yield ReviewNote("role category", "role_category", library.prompts["role_category"].note.text, _OF_CATEGORY)
