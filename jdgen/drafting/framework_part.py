"""What of a draft follows from the framework: duties, person specification, and what is printed as published.

Posts that change nothing of it have it in common, so it is made once for each combination of choices.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from jdgen.drafting.band_part import BandPart, CommonFields, band_part, requirements_of, wording_of
from jdgen.drafting.block_id import is_part
from jdgen.drafting.duties import DutyList, ServedDuties, served_by, with_changes
from jdgen.drafting.framework_criteria import CriteriaList, framework_criteria
from jdgen.drafting.library import Library, Prompt
from jdgen.drafting.model import CRITERIA, DUTIES, Duty, DutyHeading, Origin
from jdgen.drafting.named_parts import by_id, former_notes, level_notes, level_of
from jdgen.drafting.overrides import (
    choice_problems,
    duty_problems,
    has_duty_options,
    reading_problems,
    with_known_choices,
    with_known_criteria,
    with_known_duties,
    with_known_services,
)
from jdgen.drafting.person_rows import chosen_skills, prompt_notes
from jdgen.drafting.person_specification import added_criteria_problems, person_specification
from jdgen.drafting.profile import RoleProfile
from jdgen.drafting.review_notes import ReviewNote, subjects_in
from jdgen.drafting.texts import Giver, Reasoned, Text
from jdgen.errors import Problem, refuse
from jdgen.levels import Band
from jdgen.post.model import Post


class FrameworkPart(NamedTuple):
    """The framework's part of a draft, with the post's changes to it: ``common`` are the fields that other posts have
    alike, ``own_fields`` those that are the post's; and its review notes. ``unprinted`` are duties (or whole
    statements) that the post has in its own words and the framework has not."""

    common: CommonFields
    own_fields: Mapping[str, Any]
    notes: tuple[ReviewNote, ...]
    unprinted: tuple[str, ...] = ()

    def fields(self) -> dict[str, Any]:
        """The fields of the draft that follow from the framework."""
        return {**self.common.all_fields(), **self.own_fields}


def framework_part(post: Post, library: Library) -> FrameworkPart:
    """The framework's part of the draft for ``post``.

    Raises :class:`JdgenError` with every choice of the post that no version of the framework offers. What it says of
    duties and criteria that are not there is left out, and told in notes.
    """
    former_name_notes = tuple(former_notes(post, library))
    post = by_id(post, library)
    refuse(_problems(post, library))
    part = _make_part(post, library) if _has_changes(post) else _shared_part(library, _choices_of(post))
    return part._replace(notes=(*former_name_notes, *part.notes)) if former_name_notes else part


def framework_problems(post: Post, library: Library) -> tuple[Problem, ...]:
    """Everything for which :func:`framework_part` would refuse ``post``."""
    return _problems(by_id(post, library), library)


def _has_changes(post: Post) -> bool:
    """Whether the post changes duties or criteria, or says that one is right as it is."""
    of_duties = (post.omitted_duties, post.reworded_duties, post.kept_duties, post.added_duties, post.duty_order)
    return any((*of_duties, post.omitted_criteria, post.added_criteria))


class _Choices(NamedTuple):
    """What a post chooses of the framework."""

    band: Band
    level: str | None
    role_category: str | None
    competences: tuple[str, ...]
    entry_route: str | None
    readings: tuple[tuple[str, str], ...]
    skills: tuple[tuple[str, str], ...]

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
            skills=dict(self.skills),
        )


def _choices_of(post: Post) -> _Choices:
    return _Choices(
        post.band,
        post.level,
        post.role_category,
        post.specialist_competences,
        post.entry_route,
        tuple(sorted(post.readings.items())),
        tuple(sorted(post.skills.items())),
    )


def _shared_part(library: Library, choices: _Choices) -> FrameworkPart:
    # Competences and skills are chosen in hundreds of ways: those few posts have alike take no place from the others.
    return (_part_of_few if choices.competences or choices.skills else _part_of_many)(library, choices)


def _unchanged_part(library: Library, choices: _Choices) -> FrameworkPart:
    part = _make_part(choices.post(library), library)
    return part._replace(common=CommonFields(part.own_fields, part.common), own_fields={})


# About 60 kB each, and as much for what a template is bound to.
_part_of_many = lru_cache(maxsize=32)(_unchanged_part)
_part_of_few = lru_cache(maxsize=4)(_unchanged_part)


@lru_cache(maxsize=256)
def _are_offered(library: Library, choices: _Choices) -> bool:
    return not any(choice_problems(choices.post(library), library))


def _problems(post: Post, library: Library) -> tuple[Problem, ...]:
    refusals: tuple[Problem, ...] = ()
    if not _are_offered(library, _choices_of(post)):
        refusals = tuple(choice_problems(post, library))
    typed_problems = list(reading_problems(post, library.specialism))
    if not refusals and has_duty_options(post):
        duties = _band_part(with_known_choices(post, library).post, library).duties
        typed_problems += duty_problems(post, duties)
    return (*refusals, *typed_problems, *added_criteria_problems(post, library.criteria))


def _make_part(post: Post, library: Library) -> FrameworkPart:
    fitted_post = with_known_choices(post, library)
    band = _band_part(fitted_post.post, library)
    fitted_post = fitted_post.then(with_known_duties(fitted_post.post, band.duties, library))
    duties = _change_duties(band, fitted_post.post)
    served_duties = band.served_duties if duties is band.duties else served_by(duties.headings)
    fitted_post = fitted_post.then(with_known_services(fitted_post.post, served_duties))
    criteria = framework_criteria(band, fitted_post.post, served_duties, library)
    criterion_ids = [entry.criterion.id for entry in criteria.entries]
    fitted_post = fitted_post.then(with_known_criteria(fitted_post.post, criterion_ids))
    specification, specification_notes = person_specification(
        criteria, fitted_post.post, served_duties, library.criteria
    )
    own_fields: dict[str, Any] = {"person_specification": specification}
    if duties is not band.duties:
        own_fields |= {"duty_headings": duties.headings, "wording": wording_of(duties, for_post=True)}
    if skills := tuple(chosen_skills(fitted_post.post, library)):
        own_fields |= requirements_of(band.profile, (*band.skills, *skills), library)
    return FrameworkPart(
        common=band.with_duties if duties is band.duties else band.common,
        own_fields=own_fields,
        notes=(
            *level_notes(post, library),
            *_notes_of_printed(band.notes, band, duties),
            *fitted_post.notes,
            *prompt_notes(skills),
            *library.adaptations.lost_at(band.profile.level),
            *duties.notes,
            *_kept_duty_notes(fitted_post.post),
            *_of_several_levels(fitted_post.post, band.profile, duties),
            *library.doubts.notes(
                duties.duties,
                band.profile.role_category,
                band.profile.level,
                {kept_duty.duty for kept_duty in fitted_post.post.kept_duties},
            ),
            *specification_notes,
            *_without_criterion(duties, criteria, fitted_post.post, served_duties),
        ),
        unprinted=fitted_post.reworded_duties,
    )


def _band_part(post: Post, library: Library) -> BandPart:
    level = level_of(post, library)
    assert level is not None, "the post's choices were looked at before"
    return band_part(library, level, post.role_category, tuple(sorted(post.readings.items())))


def _change_duties(band: BandPart, post: Post) -> DutyList:
    """The duties with the post's changes, numbered anew."""
    if not (band.profile.responsibilities or post.added_duties):
        return _asked_duties()
    if not (post.omitted_duties or post.reworded_duties or post.added_duties or post.duty_order):
        return band.duties
    return with_changes(band.duties, post)


_ASK = Prompt(
    "duties.add",
    "the main duties of this post, each beginning with a verb",
    "The framework has none here, and a panel evaluates what the job does. Write them under duties: add.",
)


def _asked_duties() -> DutyList:
    """What stands in the place of duties where a framework has none and the post says none: a prompt."""
    prompt = Duty("duties.1", "", Text(_ASK.text, Giver.PROMPT), Origin.JDGEN)
    heading = DutyHeading("duties", Text("Duties", Giver.JDGEN), (prompt,))
    return DutyList((heading,), changes=(replace(_ASK.note, fields=DUTIES),)).laid_out()


def _kept_duty_notes(post: Post) -> Iterator[ReviewNote]:
    for kept_duty in post.kept_duties:
        text = Reasoned("The post keeps this duty as the framework has it", kept_duty.reason)
        yield ReviewNote("kept", kept_duty.duty, text, DUTIES)


def _of_several_levels(post: Post, profile: RoleProfile, duties: DutyList) -> Iterator[ReviewNote]:
    """That most duties are those of another level too, word for word, while the post says none in its own words: a
    panel cannot tell by them why the job is at the one level and not at the other."""
    if post.added_duties or post.reworded_duties:
        return
    levels = {entry.statement.id: entry.statement.levels for entry in profile.responsibilities}
    duty_levels = [levels.get(duty.statement) for duty in duties.duties]
    shared_levels = Counter(other for span in duty_levels for other in (span or ()) if other != profile.level)
    if not shared_levels:
        return
    other, count = shared_levels.most_common(1)[0]
    if 2 * count < len(duty_levels):
        return
    text = (
        f"{count} of the {len(duty_levels)} duties are the framework's at {other.full_name} too, word for word. By "
        f"themselves they are no evidence for {profile.level.full_name}: say in the post's own words what this job "
        "does, how much of it, and how far."
    )
    yield ReviewNote("duties of several levels", "added_duties", text, DUTIES)


def _notes_of_printed(notes: Iterable[ReviewNote], band: BandPart, duties: DutyList) -> Iterator[ReviewNote]:
    """The notes without those that are about nothing but duties of which the post prints none in the framework's
    words."""
    if duties is band.duties:
        yield from notes
        return
    printed_statements = {duty.statement for duty in duties.duties if duty.origin is Origin.FRAMEWORK}
    for note in notes:
        names = subjects_in(note.subject)
        if note.fields != DUTIES or any(
            is_part(statement_id, name) for statement_id in printed_statements for name in names
        ):
            yield note


def _without_criterion(
    duties: DutyList, criteria: CriteriaList, post: Post, served_duties: ServedDuties
) -> Iterator[ReviewNote]:
    """A note for each statement whose duties no criterion is there for, among ``criteria`` and the post's own. Those of
    the framework, qualifications and experience, serve all duties alike."""
    covered_ids = {duty_id for criterion in post.added_criteria for duty_id in served_duties.duties(*criterion.serves)}
    for entry in criteria.entries:
        if entry.criterion.origin is not Origin.FRAMEWORK:
            covered_ids.update(entry.criterion.serves)
    printed_duties = (duty for duty in duties.duties if duty.origin is Origin.FRAMEWORK and duty.id not in covered_ids)
    text = "No criterion is there for this duty of its own. Check whether the post holder needs one for it."
    for statement in dict.fromkeys(duty.statement for duty in printed_duties):
        yield ReviewNote("criteria in doubt", statement, text, CRITERIA)
