"""The person specification: from entry route, qualifications, competences and the library of criteria."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jdgen.drafting.adaptations import Adaptations
from jdgen.drafting.criteria import CriteriaLibrary, Rating
from jdgen.drafting.model import (
    AssessmentMethod,
    Criterion,
    CriterionGroup,
    DutyHeading,
    Importance,
    Origin,
    PersonSpecification,
    ReviewNote,
)
from jdgen.drafting.profile import RoleProfile
from jdgen.errors import Problem, did_you_mean
from jdgen.post.model import Post


@dataclass(frozen=True, slots=True)
class _Grouped:
    """A criterion and the group it is printed in."""

    group: str
    criterion: Criterion


@dataclass(frozen=True, slots=True)
class CriteriaList:
    """Criteria before they are grouped, and what a reader must know of them."""

    criteria: tuple[_Grouped, ...]
    notes: tuple[ReviewNote, ...]


def framework_criteria(
    profile: RoleProfile, post: Post, headings: Sequence[DutyHeading], library: CriteriaLibrary, adaptations: Adaptations
) -> CriteriaList:
    """The criteria that follow from the framework at this band and from the library, before the post's changes."""
    served = _Served(headings)
    found = [
        _qualifications(profile, served, library, adaptations),
        _entry_route(profile, post, served, library, adaptations),
        _competences(profile, post, served, library),
        _library_criteria(profile, served, library),
    ]
    return CriteriaList(
        tuple(criterion for part in found for criterion in part.criteria),
        tuple(note for part in found for note in part.notes),
    )


def criteria_problems(criteria: CriteriaList, post: Post, headings: Sequence[DutyHeading], library: CriteriaLibrary) -> Iterator[Problem]:
    """References of the post's criteria to groups, codes, duties and criteria that do not exist."""
    ids = [grouped.criterion.id for grouped in criteria.criteria]
    for index, omitted in enumerate(post.omitted_criteria):
        if omitted.criterion not in ids:
            where = post.where(f"criteria.omit.{index}.criterion")
            yield Problem(where, f"no criterion '{omitted.criterion}' at band {post.band}", did_you_mean(omitted.criterion, ids))
    served, codes = _Served(headings), [method.code for method in library.assessment]
    for index, added in enumerate(post.added_criteria):
        place = f"criteria.add.{index}"
        if added.group not in library.groups:
            yield Problem(post.where(f"{place}.group"), f"unknown group '{added.group}'", did_you_mean(added.group, list(library.groups)))
        for code in added.assessed_by:
            if code not in codes:
                yield Problem(post.where(f"{place}.assessed_by"), f"unknown assessment code '{code}'", did_you_mean(code, codes))
        for reference in added.serves:
            if not served.duties(reference):
                yield Problem(post.where(f"{place}.serves"), f"no duty '{reference}' in this draft", did_you_mean(reference, served.known))


def person_specification(
    criteria: CriteriaList, post: Post, headings: Sequence[DutyHeading], library: CriteriaLibrary
) -> tuple[PersonSpecification, tuple[ReviewNote, ...]]:
    """The person specification with the post's changes made, and all notes about it."""
    omitted = {change.criterion: change.reason for change in post.omitted_criteria}
    kept = [grouped for grouped in criteria.criteria if grouped.criterion.id not in omitted]
    added = [_added(number, post, _Served(headings)) for number in range(len(post.added_criteria))]
    notes = [
        *criteria.notes,
        *(ReviewNote("omitted", named, f"The draft's criterion is left out: {reason}") for named, reason in omitted.items()),
        *(ReviewNote("added", grouped.criterion.id, "This criterion is the post's own.") for grouped in added),
        *_doubts([*kept, *added], library),
    ]
    groups = tuple(_group(group, title, [*kept, *added]) for group, title in library.groups.items())
    printed = tuple(group for group in groups if group.criteria)
    return PersonSpecification(printed, _key(printed, library.assessment)), tuple(notes)


class _Served:
    """Which duties of the draft a reference means: a heading's id, a statement's id or a duty's id."""

    def __init__(self, headings: Sequence[DutyHeading]) -> None:
        self._ids: dict[str, tuple[str, ...]] = {}
        for heading in headings:
            self._ids[heading.id] = tuple(duty.id for duty in heading.duties)
            for duty in heading.duties:
                self._ids[duty.id] = (duty.id,)
                self._ids[duty.statement] = (*self._ids.get(duty.statement, ()), duty.id)
        self._ids.pop("", None)
        self.all = tuple(duty.id for heading in headings for duty in heading.duties)

    @property
    def known(self) -> list[str]:
        return list(self._ids)

    def duties(self, *references: str) -> tuple[str, ...]:
        return tuple(duty for reference in references for duty in self._ids.get(reference, ()))


def _criterion(
    criterion_id: str, text: str, rating: Rating, serves: tuple[str, ...], origin: Origin
) -> _Grouped:
    codes = ", ".join(rating.assessed_by)
    return _Grouped(rating.group, Criterion(criterion_id, text, rating.importance, codes, serves, origin))


def _qualifications(
    profile: RoleProfile, served: _Served, library: CriteriaLibrary, adaptations: Adaptations
) -> CriteriaList:
    statement, changes = adaptations.adapted(profile.qualifications.statement)
    wording = library.qualifications
    entries = statement.entries
    text = (
        wording.one.replace("{qualification}", entries[0])
        if len(entries) == 1
        else wording.several.replace("{qualifications}", "; ".join(entries))
    )
    notes = [ReviewNote("adaptation", statement.id, f"{change}: {change.reason}.") for change in changes]
    notes.append(
        ReviewNote(
            "qualifications",
            statement.id,
            "The framework calls these typical and does not say which are needed at entry. jdgen asks for one of them "
            "or equivalent experience. Check what this post needs.",
        )
    )
    return CriteriaList((_criterion(statement.id, text, wording.rating, served.all, Origin.FRAMEWORK),), tuple(notes))


def _entry_route(
    profile: RoleProfile, post: Post, served: _Served, library: CriteriaLibrary, adaptations: Adaptations
) -> CriteriaList:
    chosen = post.entry_route or profile.entry_routes[0].heading.id
    held = next(route for route in profile.entry_routes if route.heading.id == chosen)
    others = "; ".join(
        f"'{route.heading.title}': {route.statement.text}" for route in profile.entry_routes if route is not held
    )
    if chosen not in library.routes:
        text = f"The framework says of the route '{held.heading.title}': {held.statement.text} No criterion is drawn from it. Write your own."
        return CriteriaList((), (ReviewNote("entry route", held.statement.id, text),))
    statement, changes = adaptations.adapted(held.statement)
    notes = [ReviewNote("adaptation", statement.id, f"{change}: {change.reason}.") for change in changes]
    text = f"The experience asked for is that of the route '{held.heading.title}'. The framework's other route is {others}"
    notes.append(ReviewNote("entry route", statement.id, text))
    criterion = _criterion(statement.id, statement.text, library.entry_route, served.all, Origin.FRAMEWORK)
    return CriteriaList((criterion,), tuple(notes))


def _competences(profile: RoleProfile, post: Post, served: _Served, library: CriteriaLibrary) -> CriteriaList:
    rule = profile.role_category.competence_rule if profile.role_category else None
    if rule is None:
        return CriteriaList((), ())
    asked = (*rule.all_of, *post.specialist_competences)
    criteria = tuple(
        _criterion(f"competence.{named.competence}", named.text, named.rating, served.duties(*named.serves), Origin.JDGEN)
        for competence in asked
        for named in library.competences
        if named.competence == competence
    )
    text = (
        "The framework says that this role category is likely to need higher ratings in these competences and publishes "
        "no ratings. The criteria are jdgen's own wording. Check them against the post."
    )
    return CriteriaList(criteria, (ReviewNote("competences", ", ".join(asked), text),))


def _library_criteria(profile: RoleProfile, served: _Served, library: CriteriaLibrary) -> CriteriaList:
    at_band = [criterion for criterion in library.criteria if profile.band in criterion.bands]
    criteria = tuple(
        _criterion(criterion.id, criterion.text, criterion.rating, served.duties(*criterion.serves), Origin.JDGEN)
        for criterion in at_band
    )
    notes = tuple(
        ReviewNote("omitted", grouped.criterion.id, "The criterion is not printed: no duty that it is needed for is left.")
        for grouped in criteria
        if not grouped.criterion.serves
    )
    text = (
        f"Criteria are drawn from jdgen's own library (version {library.version}), not from the framework. Check that "
        "each is needed, and whether it is essential."
    )
    kept = tuple(grouped for grouped in criteria if grouped.criterion.serves)
    return CriteriaList(kept, (ReviewNote("criteria", "person specification", text), *notes))


def _added(index: int, post: Post, served: _Served) -> _Grouped:
    added = post.added_criteria[index]
    rating = Rating(added.group, Importance(added.importance.capitalize()), added.assessed_by)
    return _criterion(f"post.criterion.{index + 1}", added.text, rating, served.duties(*added.serves), Origin.POST)


def _doubts(criteria: Sequence[_Grouped], library: CriteriaLibrary) -> Iterator[ReviewNote]:
    essential = [grouped.criterion for grouped in criteria if grouped.criterion.importance is Importance.ESSENTIAL]
    if len(essential) > library.essential_limit:
        text = f"{len(essential)} criteria are essential; above {library.essential_limit}, shortlisting becomes hard. Keep those needed at entry."
        yield ReviewNote("criteria", "person specification", text)
    for criterion in essential:
        if not criterion.serves:
            yield ReviewNote("criteria", criterion.id, "An essential criterion must be needed for a duty; name it under 'serves'.")


def _group(group: str, title: str, criteria: Sequence[_Grouped]) -> CriterionGroup:
    own = [grouped.criterion for grouped in criteria if grouped.group == group]
    ordered = [criterion for importance in Importance for criterion in own if criterion.importance is importance]
    return CriterionGroup(group, title, tuple(ordered))


def _key(groups: Sequence[CriterionGroup], methods: Sequence[AssessmentMethod]) -> tuple[AssessmentMethod, ...]:
    """The codes that are printed somewhere, in the library's order."""
    used = {code for group in groups for criterion in group.criteria for code in criterion.assessed_by.split(", ")}
    return tuple(method for method in methods if method.code in used)
