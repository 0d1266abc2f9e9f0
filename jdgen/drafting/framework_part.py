"""What of a draft follows from the framework: duties, person specification, and what is printed as published.

Posts that change nothing of it have it in common, so it is made once for each combination of choices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from jdgen.bands import Band
from jdgen.drafting.band_part import BandPart, band_part
from jdgen.drafting.choices import choice_problems, named_problems
from jdgen.drafting.duties import DutyList, duty_problems, numbered, with_changes
from jdgen.drafting.framework_criteria import CriteriaList, framework_criteria
from jdgen.drafting.levels import level_notes, level_of
from jdgen.drafting.library import Library
from jdgen.drafting.model import DutyHeading, PersonSpecification, ReviewNote
from jdgen.drafting.naming import by_id
from jdgen.drafting.person_specification import criteria_problems, person_specification
from jdgen.drafting.profile import span_notes
from jdgen.drafting.served import Served
from jdgen.errors import JdgenError, Problem
from jdgen.post.entries import PostEntries
from jdgen.post.loading import outlined
from jdgen.post.model import Post


@dataclass(frozen=True)
class FrameworkPart:
    """The framework's part of a draft, with the post's changes to it, and its review notes."""

    band: BandPart
    headings: tuple[DutyHeading, ...]
    specification: PersonSpecification
    notes: tuple[ReviewNote, ...]


def framework_part(post: Post, library: Library) -> FrameworkPart:
    """The framework's part of the draft for ``post``.

    Raises :class:`JdgenError` with every choice of the post that the framework does not offer, and every reference
    to a duty or criterion that the draft does not have.
    """
    post = by_id(post, library)
    if problems := _problems(post, library):
        raise JdgenError(problems)
    return _made(post, library) if has_changes(post) else _shared(library, _choices_of(post))


def framework_problems(post: Post, library: Library) -> tuple[Problem, ...]:
    """Everything for which :func:`framework_part` would refuse ``post``."""
    return _problems(by_id(post, library), library)


def outline_problems(entries: PostEntries, library_of: Callable[[Post], Library]) -> tuple[Problem, ...]:
    """All that can be said against ``entries`` from which no post can be made yet, once ``library_of`` says what they
    are drafted from: with what keeps them from being one, a person has every problem in one round."""
    post, is_banded = outlined(entries)
    if post is None:
        return ()
    try:
        library = library_of(post)
    except JdgenError as error:
        return error.problems
    if is_banded:
        return framework_problems(post, library)
    return tuple(named_problems(by_id(post, library), library))


def has_changes(post: Post) -> bool:
    """Whether the post changes duties or criteria."""
    changes = (post.omitted_duties, post.reworded_duties, post.added_duties, post.omitted_criteria, post.added_criteria)
    return any(changes)


@dataclass(frozen=True)
class _Choices:
    """What a post chooses of the framework."""

    band: Band
    level: str | None
    role_category: str | None
    competences: tuple[str, ...]
    entry_route: str | None
    readings: tuple[tuple[str, str], ...]

    def post(self, library: Library) -> Post:
        """A post that makes these choices and changes nothing."""
        return Post(
            title="",
            specialism=library.specialism.id,
            band=self.band,
            level=self.level,
            role_category=self.role_category,
            specialist_competences=self.competences,
            entry_route=self.entry_route,
            readings=dict(self.readings),
        )


def _choices_of(post: Post) -> _Choices:
    readings = tuple(sorted(post.readings.items()))
    competences = post.specialist_competences
    return _Choices(post.band, post.level, post.role_category, competences, post.entry_route, readings)


@lru_cache(maxsize=24)  # about 60 kB each
def _shared(library: Library, choices: _Choices) -> FrameworkPart:
    return _made(choices.post(library), library)


@lru_cache(maxsize=256)
def _are_offered(library: Library, choices: _Choices) -> bool:
    return not any(choice_problems(choices.post(library), library))


def _problems(post: Post, library: Library) -> tuple[Problem, ...]:
    refused: tuple[Problem, ...] = ()
    if not _are_offered(library, _choices_of(post)):
        refused = tuple(choice_problems(post, library))
    level = level_of(post, library)
    if level not in library.specialism.levels or not has_changes(post):
        return refused
    band = _band_part(post, library)
    lost = list(duty_problems(band.duties, post, band.profile.level))
    if post.omitted_criteria or post.added_criteria:
        changed = _changed(band, post) if any(added.serves for added in post.added_criteria) else band.duties
        served = _served(band, changed)
        criteria = framework_criteria(band, post, served, library) if post.omitted_criteria else CriteriaList((), ())
        lost += criteria_problems(criteria, post, served, library.criteria)
    return (*refused, *lost)


def _made(post: Post, library: Library) -> FrameworkPart:
    band = _band_part(post, library)
    changed = _changed(band, post)
    served = _served(band, changed)
    criteria = framework_criteria(band, post, served, library)
    specification, specification_notes = person_specification(criteria, post, served, library.criteria)
    return FrameworkPart(
        band=band,
        headings=changed.headings,
        specification=specification,
        notes=(
            *level_notes(post, library),
            *span_notes(band.profile, post.readings),
            *_source_remarks(band, library),
            *changed.notes,
            *specification_notes,
        ),
    )


def _band_part(post: Post, library: Library) -> BandPart:
    level = level_of(post, library)
    assert level is not None, "the post's choices were looked at before"
    return band_part(library, post.band, level, post.role_category, tuple(sorted(post.readings.items())))


def _changed(band: BandPart, post: Post) -> DutyList:
    """The duties with the post's changes, numbered anew."""
    if not (post.omitted_duties or post.reworded_duties or post.added_duties):
        return band.duties
    changed = with_changes(band.duties, post)
    return DutyList(numbered(changed.headings), changed.notes)


def _served(band: BandPart, duties: DutyList) -> Served:
    return band.served if duties is band.duties else Served(duties.headings)


def _source_remarks(band: BandPart, library: Library) -> Iterator[ReviewNote]:
    for remark in library.adaptations.remarks:
        if band.profile.level in remark.levels:
            yield ReviewNote("source", remark.subject, remark.text)
