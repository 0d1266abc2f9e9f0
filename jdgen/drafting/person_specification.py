"""The person specification: from entry route, qualifications, competences and the library of criteria."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from jdgen.drafting.criteria import CriteriaLibrary, Rating
from jdgen.drafting.duties import because
from jdgen.drafting.framework_criteria import CriteriaList, GroupedCriterion, grouped_criterion
from jdgen.drafting.givers import Giver, Text
from jdgen.drafting.model import (
    CRITERIA,
    AssessmentMethod,
    CriterionGroup,
    Importance,
    Origin,
    PersonSpecification,
    ReviewNote,
)
from jdgen.drafting.served import Served
from jdgen.errors import Problem, did_you_mean
from jdgen.post.model import Post


def criteria_problems(post: Post, library: CriteriaLibrary) -> Iterator[Problem]:
    """References of the post's own criteria to groups and codes that do not exist."""
    codes = [method.code for method in library.assessment]
    for index, added in enumerate(post.added_criteria):
        place = f"criteria.add.{index}"
        if added.group not in library.groups:
            yield Problem(
                post.where(f"{place}.group"),
                f"unknown group '{added.group}'",
                did_you_mean(added.group, list(library.groups)),
            )
        for code in added.assessed_by:
            if code not in codes:
                yield Problem(
                    post.where(f"{place}.assessed_by"), f"unknown assessment code '{code}'", did_you_mean(code, codes)
                )


def person_specification(
    criteria: CriteriaList, post: Post, served: Served, library: CriteriaLibrary
) -> tuple[PersonSpecification, tuple[ReviewNote, ...]]:
    """The person specification with the post's changes made, and all notes about it."""
    omitted = {change.criterion: change.reason for change in post.omitted_criteria}
    kept = [grouped for grouped in criteria.criteria if grouped.criterion.id not in omitted]
    added = [_added(number, post, served) for number in range(len(post.added_criteria))]
    notes = [
        *(note for note in criteria.notes if not _tells_of(note, omitted)),
        *(
            ReviewNote("omitted", named, f"The draft's criterion is left out{because(reason)}", CRITERIA)
            for named, reason in omitted.items()
        ),
        *(
            ReviewNote("added", grouped.criterion.id, "This criterion is the post's own.", CRITERIA)
            for grouped in added
        ),
        *_doubts([*kept, *added], library),
    ]
    groups = tuple(_group(group, title, [*kept, *added]) for group, title in library.groups.items())
    printed = tuple(group for group in groups if group.criteria)
    return PersonSpecification(printed, _key(printed, library.assessment)), tuple(notes)


def _tells_of(note: ReviewNote, omitted: Collection[str]) -> bool:
    """Whether a note is about criteria that the post leaves out, and no other."""
    about = note.subject.split(", ")
    return all(name in omitted or f"competence.{name}" in omitted for name in about)


def _added(index: int, post: Post, served: Served) -> GroupedCriterion:
    added = post.added_criteria[index]
    rating = Rating(added.group, Importance(added.importance.capitalize()), added.assessed_by)
    return grouped_criterion(
        f"post.criterion.{index + 1}", Text(added.text, Giver.POST), rating, served.duties(*added.serves), Origin.POST
    )


def _doubts(criteria: Sequence[GroupedCriterion], library: CriteriaLibrary) -> Iterator[ReviewNote]:
    essential = [grouped.criterion for grouped in criteria if grouped.criterion.importance is Importance.ESSENTIAL]
    if len(essential) > library.essential_limit:
        text = (
            f"{len(essential)} criteria are essential; above {library.essential_limit}, shortlisting becomes hard. "
            "Keep those needed at entry."
        )
        yield ReviewNote("criteria", "person specification", text, CRITERIA)
    for criterion in essential:
        if not criterion.serves:
            text = "An essential criterion must be needed for a duty; name it under 'serves'."
            yield ReviewNote("criteria", criterion.id, text, CRITERIA)


def _group(group: str, title: Text, criteria: Sequence[GroupedCriterion]) -> CriterionGroup:
    own = [grouped.criterion for grouped in criteria if grouped.group == group]
    ordered = [criterion for importance in Importance for criterion in own if criterion.importance is importance]
    return CriterionGroup(group, title, tuple(ordered))


def _key(groups: Sequence[CriterionGroup], methods: Sequence[AssessmentMethod]) -> tuple[AssessmentMethod, ...]:
    """The codes that are printed somewhere, in the library's order."""
    used = {code for group in groups for criterion in group.criteria for code in criterion.assessed_by.split(", ")}
    return tuple(method for method in methods if method.code in used)
