"""Review notes: what a person must look at in a draft, and of which rank that is, by its topic."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from jdgen.drafting.field_meaning import Meaning

#: The topic of notes about what was written for another version of the framework.
STALE = "no longer fits"
#: The topic of notes about duties that the post can say more clearly.
UNCLEAR = "unclear duty"
#: The topic of notes about what nobody can answer yet.
UNTIL_ANSWERED = "until answered"


@dataclass(frozen=True)
class ReviewNote:
    """Something a person must look at before the draft is used: shown wherever what it is about is printed."""

    topic: Annotated[str, Meaning("The kind of note, one of a few fixed words", "to complete")]
    subject: Annotated[str, Meaning("What it is about: a field, or the id of a text", "base")]
    text: Annotated[str, Meaning("The note, as a sentence", "Not given: main place of work.")]
    fields: Annotated[
        tuple[str, ...],
        Meaning("The fields that print what it is about; none where that is the whole draft", "base", True),
    ] = ()

    def concerns(self, printed_fields: Container[str]) -> bool:
        """Whether it tells something about a document that prints these fields."""
        return not self.fields or any(field in printed_fields for field in self.fields)


class Rank(StrEnum):
    """What a review note wants of whoever reads it, the most urgent first."""

    DECIDE = "decide"
    COMPLETE = "complete"
    KNOW = "know"

    @property
    def place(self) -> int:
        """Its place among the ranks, from 0 for the most urgent."""
        return list(Rank).index(self)


#: The rank of each topic. It is no field of a note: notes are in libraries, whose digests documents of years ago hold.
RANKS: Mapping[str, Rank] = {
    # There is a choice, a doubt or a contradiction, which nobody but a person can settle.
    "contested band": Rank.DECIDE,
    STALE: Rank.DECIDE,
    "template": Rank.DECIDE,
    "title": Rank.DECIDE,
    "person named": Rank.DECIDE,
    "picture": Rank.DECIDE,
    "cut short": Rank.DECIDE,
    "criteria in doubt": Rank.DECIDE,
    "duty and role category": Rank.DECIDE,
    "role category and band": Rank.DECIDE,
    "managing people": Rank.DECIDE,
    "nation": Rank.DECIDE,
    # The post does not say it yet.
    "to complete": Rank.COMPLETE,
    "no answer": Rank.COMPLETE,
    "role category": Rank.COMPLETE,
    "level": Rank.COMPLETE,
    "several efforts": Rank.COMPLETE,
    # It is the same in every draft that prints the duty, so it is nothing to decide about this one; but only the post
    # can say what is meant.
    UNCLEAR: Rank.COMPLETE,
    "duties of several levels": Rank.COMPLETE,
    # It is as it should be, and told so that nothing is done in silence: much of it is the same in every draft of a
    # framework, of a role category or of a template.
    "reading": Rank.KNOW,
    "former name": Rank.KNOW,
    "criteria": Rank.KNOW,
    "qualifications": Rank.KNOW,
    "entry route": Rank.KNOW,
    "competences": Rank.KNOW,
    "template file": Rank.KNOW,
    "job evaluation": Rank.KNOW,
    UNTIL_ANSWERED: Rank.KNOW,  # nobody can answer it yet, and the document says so
    "inferred band": Rank.KNOW,
    # What it waits for is asked for as such.
    "organisation chart": Rank.KNOW,
    "share of statements": Rank.KNOW,
    "training and qualifications": Rank.KNOW,
    "source": Rank.KNOW,
    "adaptation": Rank.KNOW,
    "reworded": Rank.KNOW,
    "omitted": Rank.KNOW,
    "kept": Rank.KNOW,
    "added": Rank.KNOW,
    "moved": Rank.KNOW,
}


def rank_of(topic: str) -> Rank:
    """The rank of the notes of a topic; of one that only another version of jdgen knows, the first: it may matter."""
    return RANKS.get(topic, Rank.DECIDE)


# A note, or a remark of the adaptations, that is about several things names them in one subject.
_BETWEEN = ", "


def subject_of(names: Iterable[str]) -> str:
    """The subject of a note that is about all of these."""
    return _BETWEEN.join(names)


def subjects_in(subject: str) -> list[str]:
    """What a note with that subject is about."""
    return subject.split(_BETWEEN)
