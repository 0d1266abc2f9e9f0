"""The criteria that follow from the framework at a band: entry route, qualifications, competences, library."""

from __future__ import annotations

from dataclasses import dataclass

from jdgen.drafting.adaptations import Adaptations
from jdgen.drafting.band_part import BandPart
from jdgen.drafting.criteria import CriteriaLibrary, Rating
from jdgen.drafting.library import Library
from jdgen.drafting.model import Criterion, Origin, ReviewNote
from jdgen.drafting.profile import RoleProfile
from jdgen.drafting.served import Served
from jdgen.post.model import Post


@dataclass(frozen=True)
class GroupedCriterion:
    """A criterion and the group it is printed in."""

    group: str
    criterion: Criterion


@dataclass(frozen=True)
class CriteriaList:
    """Criteria before they are grouped, and what a reader must know of them."""

    criteria: tuple[GroupedCriterion, ...]
    notes: tuple[ReviewNote, ...]


def framework_criteria(band: BandPart, post: Post, served: Served, library: Library) -> CriteriaList:
    """The criteria that follow from the framework at this band and from the library, before the post's changes.

    ``served`` knows the duties with the post's changes.
    """
    found = [
        _qualifications(band.profile, served, library.criteria, library.adaptations),
        _entry_route(band.profile, post, served, library.criteria, library.adaptations),
        _competences(band.profile, post, served, library.criteria),
        _library_criteria(band, served, library.criteria),
    ]
    return CriteriaList(
        tuple(criterion for part in found for criterion in part.criteria),
        tuple(note for part in found for note in part.notes),
    )


def grouped_criterion(
    criterion_id: str, text: str, rating: Rating, serves: tuple[str, ...], origin: Origin
) -> GroupedCriterion:
    """A criterion that counts as ``rating`` says."""
    codes = ", ".join(rating.assessed_by)
    return GroupedCriterion(rating.group, Criterion(criterion_id, text, rating.importance, codes, serves, origin))


def _qualifications(
    profile: RoleProfile, served: Served, library: CriteriaLibrary, adaptations: Adaptations
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
    return CriteriaList(
        (grouped_criterion(statement.id, text, wording.rating, served.all, Origin.FRAMEWORK),), tuple(notes)
    )


def _entry_route(
    profile: RoleProfile, post: Post, served: Served, library: CriteriaLibrary, adaptations: Adaptations
) -> CriteriaList:
    if not profile.entry_routes:
        return CriteriaList((), ())
    chosen = (route for route in profile.entry_routes if route.heading.id == post.entry_route)
    held = next(chosen, profile.entry_routes[0])
    others = "; ".join(
        f"'{route.heading.title}': {route.statement.text}" for route in profile.entry_routes if route is not held
    )
    if held.heading.id not in library.routes:
        text = (
            f"The framework says of the route '{held.heading.title}': {held.statement.text} "
            "No criterion is drawn from it. Write your own."
        )
        return CriteriaList((), (ReviewNote("entry route", held.statement.id, text),))
    statement, changes = adaptations.adapted(held.statement)
    notes = [ReviewNote("adaptation", statement.id, f"{change}: {change.reason}.") for change in changes]
    text = (
        f"The experience asked for is that of the route '{held.heading.title}'. The framework's other route is {others}"
    )
    notes.append(ReviewNote("entry route", statement.id, text))
    criterion = grouped_criterion(statement.id, statement.text, library.entry_route, served.all, Origin.FRAMEWORK)
    return CriteriaList((criterion,), tuple(notes))


def _competences(profile: RoleProfile, post: Post, served: Served, library: CriteriaLibrary) -> CriteriaList:
    rule = profile.role_category.competence_rule if profile.role_category else None
    if rule is None:
        return CriteriaList((), ())
    asked = (*rule.all_of, *post.specialist_competences)
    criteria = tuple(
        grouped_criterion(
            f"competence.{named.competence}", named.text, named.rating, served.duties(*named.serves), Origin.JDGEN
        )
        for competence in asked
        for named in library.competences
        if named.competence == competence
    )
    text = (
        "The framework says that this role category is likely to need higher ratings in these competences and "
        "publishes no ratings. The criteria are jdgen's own wording. Check them against the post."
    )
    return CriteriaList(criteria, (ReviewNote("competences", ", ".join(asked), text),))


def _library_criteria(band: BandPart, served: Served, library: CriteriaLibrary) -> CriteriaList:
    criteria = tuple(
        grouped_criterion(
            criterion.id, criterion.text, criterion.rating, served.duties(*criterion.serves), Origin.JDGEN
        )
        for criterion in band.criteria
    )
    notes = tuple(
        ReviewNote(
            "omitted", grouped.criterion.id, "The criterion is not printed: no duty that it is needed for is left."
        )
        for grouped in criteria
        if not grouped.criterion.serves
    )
    text = (
        f"Criteria are drawn from jdgen's own library (version {library.version}), not from the framework. Check that "
        "each is needed, and whether it is essential."
    )
    kept = tuple(grouped for grouped in criteria if grouped.criterion.serves)
    return CriteriaList(kept, (ReviewNote("criteria", "person specification", text), *notes))
