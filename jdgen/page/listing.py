"""The text of a job advert, made of a draft, and how much of it a job board takes.

The texts and their limits are those of an NHS Jobs listing: a title of at most 70 characters, three texts of at most
1,500, and a job description of at most 10,000. Spaces at an end count there, so none is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jdgen.drafting.model import Block, DutyHeading, Giver, Importance, JobDescription, Text


class ListingText(NamedTuple):
    """One text of an advert, '' where the post says nothing yet, and how many characters it may have."""

    heading: str
    text: str
    limit: int


def listing(draft: JobDescription) -> tuple[ListingText, ...]:
    """The texts of an advert in the order in which NHS Jobs asks for them. What is still to be answered is left out: a
    prompt is for whoever drafts."""
    return (
        ListingText("Job title", _answer(draft.title), 70),
        ListingText("Job overview", _paragraphs(draft.purpose), 1_500),
        ListingText("Working for your organisation", _paragraphs((*draft.about, *draft.values)), 1_500),
        ListingText("Skills and qualities", _essential(draft), 1_500),
        ListingText("Job description and main responsibilities", "\n\n".join(_duties(draft.duty_headings)), 10_000),
    )


def written_listing(texts: Iterable[ListingText]) -> str:
    """The texts as a file, each under its heading and its length."""
    return "\n".join(_written(text) for text in texts)


def _written(one: ListingText) -> str:
    over = len(one.text) - one.limit
    length = f"{len(one.text):,} of {one.limit:,} characters" + (f", {over:,} too many" if over > 0 else "")
    return f"{one.heading} ({length})\n\n{one.text or 'Still to be written.'}\n"


def _answer(text: str) -> str:
    return "" if isinstance(text, Text) and text.giver is Giver.PROMPT else text.strip()


def _paragraphs(blocks: Iterable[Block]) -> str:
    return "\n\n".join(filter(None, (_answer(block.text) for block in blocks)))


def _essential(draft: JobDescription) -> str:
    criteria = (one for group in draft.person_specification.groups for one in group.criteria)
    return "\n".join(
        f"- {text}" for one in criteria if one.importance is Importance.ESSENTIAL and (text := _answer(one.text))
    )


def _duties(headings: Iterable[DutyHeading]) -> Iterator[str]:
    for heading in headings:
        yield "\n".join((heading.title, *(f"- {duty.text}" for duty in heading.duties)))
