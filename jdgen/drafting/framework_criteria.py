"""The criteria of a post before it changes any: from entry route, qualifications, competences, rows about the person,
skills, and the library of criteria. How each counts, the files of criteria say (:class:`.criteria.Rating`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from jdgen.drafting.band_part import BandPart
from jdgen.drafting.criteria import CriteriaLibrary, LibraryCriterion, Rating
from jdgen.drafting.duties import ServedDuties
from jdgen.drafting.library import Library, Prompt, plain_ask
from jdgen.drafting.model import CRITERIA, Block, Criterion, Importance, Origin
from jdgen.drafting.person_rows import PersonCriterion, chosen_skills, criteria_of_row, criterion_of_skill
from jdgen.drafting.profile import HeldSkill, ProfileEntry, RoleProfile
from jdgen.drafting.review_notes import STALE, ReviewNote, subject_of
from jdgen.drafting.texts import Giver, Text, of_framework, recurring
from jdgen.errors import list_words
from jdgen.levels import Band, Level
from jdgen.post.model import Post

_QUALIFICATIONS_NOTE = (
    "The framework calls these typical and does not say which are needed at entry. jdgen asks for one of them "
    "or equivalent experience. Check what this post needs."
)

# Few posts change what a criterion follows from, so it is the same one in most of their drafts.
_CACHE_SIZE = 64


class CriterionEntry(NamedTuple):
    """A criterion, and how it counts: the group that it is printed in, and the codes that it prints as one text."""

    criterion: Criterion
    rating: Rating


class CriteriaList(NamedTuple):
    """Criteria before they are grouped, and what a reader must know of them."""

    entries: tuple[CriterionEntry, ...] = ()
    notes: tuple[ReviewNote, ...] = ()


def _criteria_list(entries: Iterable[CriterionEntry], notes: Iterable[ReviewNote]) -> CriteriaList:
    return CriteriaList(tuple(entries), tuple(replace(note, fields=CRITERIA) for note in notes))


def _join(lists: Sequence[CriteriaList]) -> CriteriaList:
    return CriteriaList(
        tuple(entry for each in lists for entry in each.entries), tuple(note for each in lists for note in each.notes)
    )


def framework_criteria(band: BandPart, post: Post, served_duties: ServedDuties, library: Library) -> CriteriaList:
    """The criteria that follow from the framework at this band and from the library, before the post's changes.

    ``served_duties`` knows the duties with the post's changes.
    """
    parts = (
        _qualifications(band, served_duties, library),
        _entry_route(band, post.entry_route, served_duties, library),
        _competences(band.profile, post.specialist_competences, served_duties, library),
        _row_criteria(band, served_duties, library),
        _skill_criteria((*band.skills, *chosen_skills(post, library)), served_duties, library),
        _library_criteria(post.band, band.profile.level, served_duties, library),
    )
    criteria = _join(parts)
    if not library.criteria.is_unwritten:
        return criteria
    used_groups = {entry.rating.group for entry in criteria.entries}
    used_groups |= {criterion.group for criterion in post.added_criteria}
    bare_groups = [group for group in library.criteria.groups if group not in used_groups]
    return _join((criteria, _prompts_in_groups(bare_groups, served_duties, library)))


#: What is asked for in a group of the person specification for which nobody has written any criteria.
_ASK_OF_GROUP = "what this post needs of this kind"


def _prompts_in_groups(groups: Sequence[str], served_duties: ServedDuties, library: Library) -> CriteriaList:
    """A prompt in each of these ``groups``, and one note about all of them: nobody has written criteria."""
    if not groups:
        return CriteriaList()
    specialism, qualifications = library.specialism, library.criteria.qualifications
    prompt = Prompt(
        "person_specification",
        _ASK_OF_GROUP,
        f"Nobody has written criteria for {specialism.title} yet. Write the post's own; or, for all posts, "
        f"`jdgen framework criteria {specialism.id}` writes a first draft of a file of them.",
    )
    text = recurring(prompt.request, Giver.PROMPT)
    entries = []
    for group in groups:
        rating = Rating(group, Importance.ESSENTIAL, library.criteria.usual_codes)
        if qualifications and qualifications.rating.group == group:
            rating = qualifications.rating
        entries.append(criterion_entry(f"criteria.{group}", text, rating, served_duties.all, Origin.JDGEN))
    note = replace(prompt.note, subject=subject_of(entry.criterion.id for entry in entries))
    return _criteria_list(entries, (note,))


def criterion_entry(
    criterion_id: str,
    text: Text,
    rating: Rating,
    serves: tuple[str, ...],
    origin: Origin,
    *,
    points: tuple[Block, ...] = (),
) -> CriterionEntry:
    """A criterion that counts as ``rating`` says, with the ``points`` that are printed below it."""
    codes = recurring(", ".join(rating.assessed_by), Giver.POST if origin is Origin.POST else Giver.LIBRARY)
    criterion = Criterion(criterion_id, text, rating.importance, codes, serves, origin, points)
    return CriterionEntry(criterion, rating)


@lru_cache(_CACHE_SIZE)
def _qualifications(band: BandPart, served_duties: ServedDuties, library: Library) -> CriteriaList:
    """One criterion for each statement about qualifications; several hold only where levels add up."""
    profile, adaptations, wording = band.profile, library.adaptations, library.criteria.qualifications
    if wording is None:
        text = (
            "No criterion is drawn from the framework's typical qualifications. Write your own if the post needs one."
        )
        doubts = (ReviewNote("criteria in doubt", entry.statement.id, text) for entry in profile.qualifications)
        return _criteria_list((), doubts)
    entries = []
    notes = []
    for published in (row.statement for row in profile.qualifications):
        statement = adaptations.adapt(published)
        names = statement.entries or (statement.text,)
        text = (
            wording.one.replace("{qualification}", names[0])
            if len(names) == 1
            else wording.several.replace("{qualifications}", "; ".join(names))
        )
        criterion_text = of_framework(text, (published.text, *published.entries))
        entries.append(
            criterion_entry(statement.id, criterion_text, wording.rating, served_duties.all, Origin.FRAMEWORK)
        )
        notes += [note for _, note in adaptations.notes(published)]
        notes.append(ReviewNote("qualifications", statement.id, _QUALIFICATIONS_NOTE))
    return _criteria_list(entries, notes)


@lru_cache(4 * _CACHE_SIZE)  # there are several at each band
def _entry_route(band: BandPart, route_id: str | None, served_duties: ServedDuties, library: Library) -> CriteriaList:
    profile = band.profile
    if not profile.entry_routes:
        return CriteriaList()
    route_ids = [route.heading.id for route in profile.entry_routes]
    chosen_id = route_id if route_id in route_ids else route_ids[0]
    routes = [route for route in profile.entry_routes if route.heading.id == chosen_id]
    others = "; ".join(
        f"'{route.heading.title}': {route.statement.text}" for route in profile.entry_routes if route not in routes
    )
    return _join([_route_criterion(route, others, served_duties, library) for route in routes])


def _route_criterion(route: ProfileEntry, others: str, served_duties: ServedDuties, library: Library) -> CriteriaList:
    """The criterion of one statement about the route; ``others`` is what the framework says of other routes."""
    adaptations, rating = library.adaptations, library.criteria.entry_route
    if rating is None or route.heading.id not in library.criteria.routes:
        text = (
            f"The framework says of the route '{route.heading.title}': {route.statement.text} "
            "No criterion is drawn from it. Write your own."
        )
        return _criteria_list((), (ReviewNote("criteria in doubt", route.statement.id, text),))
    statement = adaptations.adapt(route.statement)
    notes = [note for _, note in adaptations.notes(route.statement)]
    text = f"The experience asked for is that of the route '{route.heading.title}'."
    other = f" The framework's other route is {others}" if others else ""
    notes.append(ReviewNote("entry route", statement.id, f"{text}{other}"))
    criterion_text = of_framework(statement.text, (route.statement.text,))
    entry = criterion_entry(statement.id, criterion_text, rating, served_duties.all, Origin.FRAMEWORK)
    return _criteria_list((entry,), notes)


@lru_cache(_CACHE_SIZE)
def _row_criteria(band: BandPart, served_duties: ServedDuties, library: Library) -> CriteriaList:
    """The criteria that the framework itself has in rows about the person."""
    pairs = [
        (row, criterion) for row in band.profile.person_rows for criterion in criteria_of_row(row, library.adaptations)
    ]
    adaptation_notes = (
        note for row in band.profile.person_rows for _, note in library.adaptations.notes(row.statement)
    )
    notes = [*_of_rows([criterion for _, criterion in pairs], library), *adaptation_notes]
    if titled_subjects := [criterion.subject for row, criterion in pairs if criterion.is_titled]:
        text = (
            "The framework has the title of the row in a cell of its own. It stands before the text, with a colon: "
            "without it the criterion could be taken for one of another row."
        )
        notes.append(ReviewNote("criteria", subject_of(dict.fromkeys(titled_subjects)), text))
    return _criteria_list((_rate(criterion, served_duties, library) for _, criterion in pairs), notes)


@lru_cache(_CACHE_SIZE)
def _skill_criteria(skills: tuple[HeldSkill, ...], served_duties: ServedDuties, library: Library) -> CriteriaList:
    """The criteria for skills at levels of their own."""
    criteria = [criterion_of_skill(held_skill, library) for held_skill in skills]
    return _criteria_list((_rate(each, served_duties, library) for each in criteria), _of_rows(criteria, library))


def _rate(criterion: PersonCriterion, served_duties: ServedDuties, library: Library) -> CriterionEntry:
    (rating,) = (row.rating for row in library.criteria.rows if row.kind is criterion.kind)
    return criterion_entry(
        criterion.id, criterion.text, rating, served_duties.all, Origin.FRAMEWORK, points=criterion.points
    )


def _of_rows(criteria: Sequence[PersonCriterion], library: Library) -> Iterator[ReviewNote]:
    """Notes that jdgen has chosen how criteria count which the framework has."""
    for row in library.criteria.rows:
        subjects = dict.fromkeys(criterion.subject for criterion in criteria if criterion.kind is row.kind)
        if subjects and row.unstated:
            text = (
                "The framework does not say whether these are essential, or how they are assessed. "
                f"{row.rating.importance} and {', '.join(row.rating.assessed_by)} are jdgen's choice. Check what this "
                "post needs; 'rows' in the file of criteria says it for all posts."
            )
            yield ReviewNote("criteria", subject_of(subjects), text)


def _competences(
    profile: RoleProfile, specialist_competences: Sequence[str], served_duties: ServedDuties, library: Library
) -> CriteriaList:
    rule = profile.role_category.competence_rule if profile.role_category else None
    if rule is None:
        return CriteriaList()
    needed_competences = (*rule.all_of, *specialist_competences)
    text = (
        "The framework says that this role category is likely to need higher ratings in these competences and "
        "publishes no ratings. The criteria are jdgen's own wording. Check them against the post."
    )
    names = {criterion.competence for criterion in library.criteria.competences}
    if library.criteria.is_unwritten and not names:
        return CriteriaList()  # all of them are asked for
    criteria = [criterion for criterion in library.criteria.competences if criterion.competence in needed_competences]
    notes = [
        ReviewNote("competences", subject_of(needed_competences), text),
        *(_without_criterion(competence) for competence in needed_competences if competence not in names),
        *(_asking_for_competence(criterion.competence, library).note for criterion in criteria if not criterion.text),
        *(
            _serving_nothing(f"competence.{criterion.competence}", criterion.gone)
            for criterion in criteria
            if criterion.gone
        ),
    ]
    entries = (entry for competence in needed_competences for entry in _criteria_of(competence, served_duties, library))
    return _criteria_list(entries, notes)


@lru_cache(8 * _CACHE_SIZE)  # a post names several of them
def _criteria_of(competence: str, served_duties: ServedDuties, library: Library) -> tuple[CriterionEntry, ...]:
    """The criteria printed for a competence."""
    return tuple(
        criterion_entry(
            f"competence.{competence}",
            criterion.text or recurring(_asking_for_competence(competence, library).request, Giver.PROMPT),
            criterion.rating,
            served_duties.duties(*criterion.serves),
            Origin.JDGEN,
        )
        for criterion in library.criteria.competences
        if criterion.competence == competence
    )


#: Why somebody has to write what a first draft leaves open.
_WHY_DRAFT = "The file of criteria is a first draft, and has a place for it."


def _asking_for_competence(competence: str, library: Library) -> Prompt:
    """The prompt for the criterion of a competence that nobody has written yet."""
    ask = plain_ask(f"a criterion for the competence {library.framework.competence(competence).name}")
    return Prompt(f"competence.{competence}", ask, _WHY_DRAFT)


def _asking_for(criterion: LibraryCriterion, library: Library) -> Prompt:
    """The prompt for a criterion of the library that nobody has written yet."""
    titles = criterion.titles_in(library.specialism)
    ask = f"a criterion for the duties under {list_words(titles)}" if titles else _ASK_OF_GROUP
    return Prompt(criterion.id, plain_ask(ask), _WHY_DRAFT)


def _without_criterion(competence: str) -> ReviewNote:
    text = "The framework asks this role category for the competence, and no criterion is there for it. Write your own."
    return ReviewNote(STALE, competence, text)


def _serving_nothing(criterion: str, headings: Sequence[str]) -> ReviewNote:
    """The note about a criterion that was written for duties under headings that the framework does not have."""
    heading_list = list_words(f"'{heading}'" for heading in headings)
    return ReviewNote(
        STALE, criterion, f"The criterion was written for duties under {heading_list}, which the framework has not."
    )


@lru_cache(_CACHE_SIZE)
def _library_criteria(band: Band, level: Level, served_duties: ServedDuties, library: Library) -> CriteriaList:
    if library.criteria.is_unwritten:
        return CriteriaList()
    criteria = [criterion for criterion in library.criteria.criteria if criterion.is_for(band, level)]
    fitting_criteria = [criterion for criterion in criteria if not criterion.stale]
    pairs = [(criterion, _of_library(criterion, served_duties, library)) for criterion in fitting_criteria]
    unwritten = [criterion for criterion, entry in pairs if not criterion.text and entry.criterion.serves]
    notes = (
        *_library_notes(library.criteria),
        *(_serving_nothing(criterion.id, criterion.gone) for criterion in fitting_criteria if criterion.gone),
        *(
            ReviewNote(STALE, criterion.id, f"The criterion is not printed: {criterion.stale}.")
            for criterion in criteria
            if criterion.stale
        ),
        *(
            ReviewNote("omitted", criterion.id, "The criterion is not printed: no duty that it is needed for is left.")
            for criterion, entry in pairs
            if not entry.criterion.serves and set(criterion.gone) != set(criterion.serves)
        ),
        *_unwritten_notes(unwritten, library),
    )
    return _criteria_list((entry for _, entry in pairs if entry.criterion.serves), notes)


def _of_library(criterion: LibraryCriterion, served_duties: ServedDuties, library: Library) -> CriterionEntry:
    text = criterion.text or recurring(_asking_for(criterion, library).request, Giver.PROMPT)
    return criterion_entry(criterion.id, text, criterion.rating, served_duties.duties(*criterion.serves), Origin.JDGEN)


def _unwritten_notes(criteria: Iterable[LibraryCriterion], library: Library) -> Iterator[ReviewNote]:
    """What is asked for where a first draft leaves a criterion open; in the same words, once."""
    names_by_note: dict[ReviewNote, list[str]] = {}
    for criterion in criteria:
        note = replace(_asking_for(criterion, library).note, subject="", fields=CRITERIA)
        names_by_note.setdefault(note, []).append(criterion.id)
    return (replace(note, subject=subject_of(names)) for note, names in names_by_note.items())


def _library_notes(library: CriteriaLibrary) -> Iterator[ReviewNote]:
    """What a reader must know of where criteria come from."""
    text = (
        f"Criteria are drawn from jdgen's own library (version {library.version}), not from the framework. "
        "Check that each is needed, and whether it is essential."
    )
    yield ReviewNote("criteria", "person specification", text)
    if library.drafts:
        text = (
            f"The criteria are a first draft, which nobody has settled ({list_words(library.drafts)}). Look at each, "
            "its group and whether it is essential; the note ends once 'draft' is deleted in the file."
        )
        yield ReviewNote("criteria in doubt", "person specification", text)
