"""The person specification: the criteria that follow from the framework and the library, with the post's changes, in
their groups."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from jdgen.drafting.criteria import CriteriaLibrary, Rating
from jdgen.drafting.duties import ServedDuties
from jdgen.drafting.framework_criteria import CriteriaList, CriterionEntry, criterion_entry
from jdgen.drafting.model import (
    CRITERIA,
    AssessmentMethod,
    CriterionGroup,
    Importance,
    Origin,
    PersonSpecification,
)
from jdgen.drafting.named_parts import right_part
from jdgen.drafting.review_notes import ReviewNote, subjects_in
from jdgen.drafting.texts import Giver, Reasoned, Text
from jdgen.errors import Problem, list_words
from jdgen.post.model import AddedCriterion, Post
from jdgen.words import as_written


def added_criteria_problems(post: Post, library: CriteriaLibrary) -> Iterator[Problem]:
    """References of the post's own criteria to groups and codes that do not exist."""
    codes = {method.code: f"{method.code} ({method.name})" for method in library.assessment}
    for index, added_criterion in enumerate(post.added_criteria):
        place = f"criteria.add.{index}"
        if added_criterion.group not in library.groups:
            yield Problem(
                post.where(f"{place}.group"),
                f"unknown group '{as_written(added_criterion.group)}'",
                right_part(added_criterion.group, library.groups),
            )
        for code in added_criterion.assessed_by:
            if code not in codes:
                where = post.where(f"{place}.assessed_by")
                what = f"unknown assessment code '{code}'"
                yield Problem(where, what, f"use one of {list_words(codes.values())}")


def person_specification(
    criteria: CriteriaList, post: Post, served_duties: ServedDuties, library: CriteriaLibrary
) -> tuple[PersonSpecification, tuple[ReviewNote, ...]]:
    """The person specification with the post's changes made, and all notes about it."""
    omissions = {change.criterion: change.reason for change in post.omitted_criteria}
    own_entries = [_entry_of_post(number, each, served_duties) for number, each in enumerate(post.added_criteria, 1)]
    entries = [*(entry for entry in criteria.entries if entry.criterion.id not in omissions), *own_entries]
    notes = [
        *(note for note in criteria.notes if not _tells_of(note, omissions)),
        *(
            ReviewNote("omitted", criterion_id, Reasoned("The draft's criterion is left out", reason), CRITERIA)
            for criterion_id, reason in omissions.items()
        ),
        *(
            ReviewNote("added", entry.criterion.id, "This criterion is the post's own.", CRITERIA)
            for entry in own_entries
        ),
        *_rating_notes(entries, served_duties, library),
    ]
    printed_entries = [entry for entry in entries if entry.rating.group in library.groups]
    groups = (_group(group, title, printed_entries) for group, title in library.groups.items())
    key = _key(printed_entries, library.assessment)
    return PersonSpecification(tuple(group for group in groups if group.criteria), key), tuple(notes)


def _tells_of(note: ReviewNote, omissions: Collection[str]) -> bool:
    """Whether a note is about criteria that the post leaves out, and no other."""
    return all(name in omissions or f"competence.{name}" in omissions for name in subjects_in(note.subject))


def _entry_of_post(number: int, criterion: AddedCriterion, served_duties: ServedDuties) -> CriterionEntry:
    rating = Rating(criterion.group, Importance(criterion.importance.capitalize()), criterion.assessed_by)
    text, serves = Text(criterion.text, Giver.POST), served_duties.duties(*criterion.serves)
    return criterion_entry(f"post.criterion.{number}", text, rating, serves, Origin.POST)


def _rating_notes(
    entries: Sequence[CriterionEntry], served_duties: ServedDuties, library: CriteriaLibrary
) -> Iterator[ReviewNote]:
    """Notes on essential criteria: more than applicants can be shortlisted by, and those that no duty needs."""
    essential = [entry.criterion for entry in entries if entry.criterion.importance is Importance.ESSENTIAL]
    if len(essential) > library.essential_limit:
        text = (
            f"{len(essential)} criteria are essential; above {library.essential_limit}, shortlisting becomes hard. "
            "Keep those needed at entry."
        )
        yield ReviewNote("criteria in doubt", "person specification", text, CRITERIA)
    for criterion in essential:
        # Where there are no duties, as in a framework of skills alone, none could be named.
        if served_duties.all and not criterion.serves:
            text = "An essential criterion must be needed for a duty; name it under 'serves'."
            yield ReviewNote("criteria in doubt", criterion.id, text, CRITERIA)


def _group(group: str, title: Text, entries: Sequence[CriterionEntry]) -> CriterionGroup:
    criteria = [entry.criterion for entry in entries if entry.rating.group == group]
    in_order = (criterion for importance in Importance for criterion in criteria if criterion.importance is importance)
    return CriterionGroup(group, title, tuple(in_order))


def _key(entries: Iterable[CriterionEntry], methods: Sequence[AssessmentMethod]) -> tuple[AssessmentMethod, ...]:
    """The codes that are printed somewhere, in the library's order."""
    used_codes = {code for entry in entries for code in entry.rating.assessed_by}
    return tuple(method for method in methods if method.code in used_codes)
