"""Managing people: what a post says of whom it manages, held against its duties.

A panel reads both, and the framework has no such duty at some bands: at those a post that manages people would say so
nowhere among its duties. Nothing is added or left out: a person is told, with a line to start from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from jdgen.drafting.framework_part import FrameworkPart
from jdgen.drafting.library import Library
from jdgen.drafting.model import DUTIES, Duty, DutyHeading, Origin
from jdgen.drafting.review_notes import ReviewNote
from jdgen.errors import list_words
from jdgen.post.fields import BY_NAME
from jdgen.post.model import Post
from jdgen.words import shorten

#: The field in which a post says whom it manages.
MANAGED = "responsible_for"
#: A duty to start from; it has to be one of those that are about managing people.
_OFFERED = "Manage the staff who report to this post: recruit and appraise them, share out their work and train them."
#: What heads such a duty where the framework has none at any level.
_HEADING = "Managing people"
_WHY = "the post manages nobody"
_QUOTED = 90
_MOST_WORDS = 3

# Which words say that somebody manages people: a verb, and whom it is about, in one clause. "Lead the PMO" may mean the
# office's standards alone, and "direction to the project team" is given to people whom others manage.
_VERB = r"\b(?:manag(?:e|es|ed|ing)|lead(?:s|ing)?|led|supervis(?:e|es|ed|ing)|apprais(?:e|es|ed|ing))"
_BETWEEN = r"(?:\s+(?!(?:as|at|by|for|from|in|on|to|with)\b)[\w'’&-]+){0,3}?"
_PEOPLE = (
    r"\s+(?:teams?|staff|people|colleagues?|employees|workforce|(?:direct|line) reports?|administrators?|analysts?|"
    r"apprentices?|assistants?|coordinators?|heads? of \w+|leads?|managers?|officers?|specialists?|students?|"
    r"supervisors?|trainees?|volunteers?)\b"
)
_ABOUT_PEOPLE = re.compile(rf"{_VERB}{_BETWEEN}{_PEOPLE}|\bline[- ]manag|\brecruit", re.IGNORECASE)
# How it is said that there is nobody, and that this is not all there is to say.
_NOBODY = re.compile(
    r"\W*(?:(?:none|no|nil|nobody|nothing|not applicable|n/?a)\b|(?:zero|0)(?![\w.,]*\d)|"
    r"(?:(?:does|do) not (?:line[- ])?manage|manages? (?:nobody|no one|no staff|none))\b)",
    re.IGNORECASE,
)
_QUALIFIED = re.compile(r"\b(?:but|except|however)\b", re.IGNORECASE)


@lru_cache(4096)  # the duties of a band recur in all of its drafts
def is_about_people(text: str) -> bool:
    """Whether ``text`` says that somebody manages people. A hint: it goes by words."""
    return _ABOUT_PEOPLE.search(text) is not None


def people_notes(
    post: Post, prompt_notes: Sequence[ReviewNote], part: FrameworkPart, library: Library
) -> tuple[ReviewNote, ...]:
    """The ``prompt_notes`` of a post, where the one about whom it manages tells too that none of its duties is about
    managing people; and what a person has to decide where the duties of ``part`` and what the post says in its
    fields do not fit together. A second line says how a sheet of posts settles it."""
    headings: Sequence[DutyHeading] = part.fields()["duty_headings"]
    duties = [duty for heading in headings for duty in heading.duties if is_about_people(duty.text)]
    responsible_for = post.responsible_for or ""
    if not (responsible_for or post.posts_managed):
        return tuple(prompt_notes) if duties else tuple(_with_no_duty(note, library) for note in prompt_notes)
    notes: tuple[ReviewNote, ...] = ()
    if post.posts_managed or not _NOBODY.match(responsible_for):
        managed_posts = "; ".join(post.posts_managed) or responsible_for
        notes = tuple(_contradiction_note(field, denial, managed_posts) for field, denial in _denials(post))
        notes += () if duties else (_silence_note(managed_posts, library),)
    elif not _QUALIFIED.search(responsible_for):
        settled_ids = {kept_duty.duty for kept_duty in post.kept_duties}
        # Who leaves out or rewords what does not fit the role category has settled this too.
        settled_ids |= {note.subject for note in part.notes if note.topic == "duty and role category"}
        notes = tuple(
            _nobody_note(responsible_for, duty) for duty in duties if settled_ids.isdisjoint((duty.id, duty.statement))
        )
    return (*prompt_notes, *notes)


def _denials(post: Post) -> Iterator[tuple[str, str]]:
    """Where a post that manages people says that it manages nobody, and its words."""
    responsible_for, managing_people = post.responsible_for or "", post.managing_people or ""
    if _NOBODY.match(responsible_for) and not _QUALIFIED.search(responsible_for):
        yield MANAGED, responsible_for
    # In a longer text, "none" may be about some of the people.
    if _NOBODY.match(managing_people) and len(managing_people.split()) <= _MOST_WORDS:
        yield "managing_people", managing_people


def _contradiction_note(field: str, denial: str, managed_posts: str) -> ReviewNote:
    text = (
        f"The post manages others ('{shorten(managed_posts, _QUOTED)}'), and here "
        f"it says '{shorten(denial, _QUOTED)}'. "
    )
    return ReviewNote("managing people", field, f"{text}Change one of them: a panel reads both.")


def _with_no_duty(note: ReviewNote, library: Library) -> ReviewNote:
    if note.subject != MANAGED:
        return note
    levels = dict.fromkeys(levels for _, levels in _statements_about_people(library) if levels)
    elsewhere = f" (the framework has one at {list_words(levels)})" if levels else ""
    text = f"No duty here is about managing people{elsewhere}: if the post manages anybody, add one."
    return replace(note, text=f"{note.text} {text}")


def _silence_note(managed_posts: str, library: Library) -> ReviewNote:
    text = (
        f"The post manages others ('{shorten(managed_posts, _QUOTED)}'), and none of its duties says so. Add one, in "
        "the words "
    )
    title = next((title for title, _ in _statements_about_people(library)), _HEADING)
    line = _line("added_duties", title, _OFFERED)
    return ReviewNote("managing people", MANAGED, f"{text}of this job.{line}", DUTIES)


def _nobody_note(denial: str, duty: Duty) -> ReviewNote:
    text = f"The post manages nobody ('{shorten(denial, _QUOTED)}'), and this duty says that it manages people: "
    text = f"{text}“{shorten(duty.text, _QUOTED)}” Say it in other words, leave it out, or say whom the post manages."
    # A duty of the post's own is in nobody else's list.
    line = _line("omitted_duties", duty.id, _WHY) if duty.origin is Origin.FRAMEWORK else ""
    return ReviewNote("managing people", duty.id, text + line, DUTIES)


def _line(field: str, *parts: str) -> str:
    """What settles it, as a cell of a sheet says it, after a line break."""
    return f"\n{BY_NAME[field].heading}: {': '.join(parts)}"


@lru_cache(32)
def _statements_about_people(library: Library) -> tuple[tuple[str, str], ...]:
    """The framework's statements about managing people: the title above each, and its levels."""
    all_levels = "" if library.specialism.scale.is_empty else "every level"
    return tuple(
        (heading.title, statement.levels.full_name if statement.levels else all_levels)
        for heading in library.specialism.headings
        for statement in heading.statements
        if is_about_people(statement.full_text)
    )
