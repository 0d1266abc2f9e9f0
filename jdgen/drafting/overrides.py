"""What a post says of parts that its framework does not have: left out of the draft, each with a note.

A post that was right with one version of a framework may leave out, reword or point at what the next one has no more.
The document is made all the same. A reader is told of each thing that was left out, with the nearest name that there
is, since it may also be a slip of the pen.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from jdgen.drafting.duties import DutyList, ServedDuties
from jdgen.drafting.library import Library
from jdgen.drafting.model import CRITERIA, DUTIES
from jdgen.drafting.named_parts import level_of_skill, level_problems, unknown_name
from jdgen.drafting.review_notes import STALE, ReviewNote
from jdgen.errors import Problem, did_you_mean, list_words, nearest
from jdgen.framework.model import CompetenceRule, Framework, RoleCategory, Specialism
from jdgen.post.fields import BY_NAME
from jdgen.post.model import AddedCriterion, AddedDuty, Post

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


class FittedPost(NamedTuple):
    """A post with only what its framework has, and a note of each thing that was left out. ``reworded_duties`` are
    those among them that the post has in its own words."""

    post: Post
    notes: tuple[ReviewNote, ...] = ()
    reworded_duties: tuple[str, ...] = ()

    def then(self, other: FittedPost) -> FittedPost:
        """``other``, which was made of this one's post, with the notes of both."""
        return FittedPost(other.post, self.notes + other.notes, self.reworded_duties + other.reworded_duties)


def with_known_choices(post: Post, library: Library) -> FittedPost:
    """``post`` without the role category, the entry route, the competences and the readings that an earlier version of
    the framework had. What no version had stays, for :func:`choice_problems` to refuse."""
    specialism = library.specialism
    notes: list[ReviewNote] = []
    category, route = post.role_category, post.entry_route
    if category in library.former and not specialism.role_category(category):
        notes.append(ReviewNote(STALE, "role_category", f"The framework no longer has the role category '{category}'."))
        category = None
    if route in library.former and route not in {entry_route.id for entry_route in specialism.entry_routes}:
        notes.append(ReviewNote(STALE, "entry_route", f"The framework no longer has the entry route '{route}'."))
        route = None
    competences, competence_notes = _known_competences(post, category, library)
    readings, reading_notes = _known_readings(post.readings, specialism)
    skills, skill_notes = _known_skills(post.skills, library)
    notes += [*competence_notes, *reading_notes, *skill_notes]
    if not notes:
        return FittedPost(post)
    fitting_post = replace(
        post,
        role_category=category,
        entry_route=route,
        specialist_competences=competences,
        readings=readings,
        skills=skills,
    )
    return FittedPost(fitting_post, tuple(notes))


def _known_competences(
    post: Post, category_id: str | None, library: Library
) -> tuple[tuple[str, ...], list[ReviewNote]]:
    """The competences that the post names and that the framework asks its role category for (the one with the
    id ``category_id``), and a note of each other one, and of a role category that is asked for competences only now."""
    competence_ids = {competence.id for competence in library.framework.competences}
    category = library.specialism.role_category(category_id)
    rule = category.competence_rule if category else None
    reasons: dict[str, str] = {}
    for name in post.specialist_competences:
        if name in library.former:
            if name not in competence_ids:
                reasons[name] = (
                    f"The framework no longer names the competence '{name}'. Choose another if one is needed."
                )
            elif rule is None:
                reasons[name] = f"The framework asks for the competence '{name}' of other role categories only."
            elif name in rule.all_of:
                reasons[name] = f"The framework asks every post of this role category for the competence '{name}' now."
    texts = list(reasons.values())
    if category and rule and category.id in library.former and not post.specialist_competences:
        texts.append(f"The framework asks a {category.title} for a specialist competence, and the post names none.")
    competences = tuple(name for name in post.specialist_competences if name not in reasons)
    return competences, [ReviewNote(STALE, "specialist_competences", text) for text in texts]


def _known_readings(readings: Mapping[str, str], specialism: Specialism) -> tuple[dict[str, str], list[ReviewNote]]:
    """The readings that the framework offers, and a note of each other one."""
    reading_ids = {row.id: [reading.id for reading in row.readings] for row in specialism.rows if row.readings}
    notes = []
    for heading, reading in readings.items():
        if heading not in reading_ids:
            what = f"The post chooses the reading '{reading}', and the framework can be read in one way only here."
            notes.append(ReviewNote(STALE, heading, f"{what}{_near(heading, list(reading_ids))}"))
        elif reading not in reading_ids[heading]:
            what = f"The framework has no reading '{reading}' here. The draft uses the literal one."
            notes.append(ReviewNote(STALE, heading, f"{what}{_near(reading, reading_ids[heading])}"))
    return {row: reading for row, reading in readings.items() if reading in reading_ids.get(row, ())}, notes


def chosen_level(skill: str, level: str) -> str:
    """What a level of a skill is called among the names that an earlier version of a framework had."""
    return f"{skill}: {level.casefold()}"


def _known_skills(skills: Mapping[str, str], library: Library) -> tuple[dict[str, str], list[ReviewNote]]:
    """The levels of skills that the post chooses and may choose, and a note of each that it might once."""
    levels: dict[str, str] = {}
    notes = []
    for name, level in skills.items():
        if name not in library.specialism.chosen_skills:
            title = library.former.get(name, name)
            text = f"The framework no longer leaves the level of '{title}' to the post, which has '{level}'."
        elif level_of_skill(level, skill := library.framework.skill(name)) is None:
            text = f"The framework no longer has the {skill.scale.word} '{level}' of '{skill.title}'. Choose another."
        else:
            levels[name] = level
            continue
        notes.append(ReviewNote(STALE, f"skills.{name}", text, CRITERIA))
    return levels, notes


def _ids_of(duties: DutyList) -> list[str]:
    """The ids by which a post may name duties: those of whole statements, then those of single duties."""
    return [*dict.fromkeys(duty.statement for duty in duties.duties), *(duty.id for duty in duties.duties)]


def with_known_duties(post: Post, duties: DutyList, library: Library) -> FittedPost:
    """``post`` without what it leaves out or rewords of ``duties`` that are not there. Its own duties under a heading
    that is not there get a heading of their own."""
    duty_ids = _ids_of(duties)
    orderable_ids = {*duty_ids, *(f"post.duty.{number}" for number, _ in enumerate(post.added_duties, 1))}
    notes = [ReviewNote(STALE, duty, text, DUTIES) for duty, text in _unknown_duties(post, duty_ids, orderable_ids)]
    headings = [heading.id for heading in duties.headings]
    added_duties = tuple(_under_known_heading(duty, headings, library) for duty in post.added_duties)
    for number, (was, now) in enumerate(zip(post.added_duties, added_duties, strict=True), 1):
        if was is not now:
            text = (
                f"The framework has no heading '{was.heading}', so this duty of the post's own stands under a heading "
                f"of its own, '{now.heading}'.{_near(was.heading, headings)}"
            )
            notes.append(ReviewNote(STALE, f"post.duty.{number}", text, DUTIES))
    if not notes:
        return FittedPost(post)
    fitting_post = replace(
        post,
        omitted_duties=tuple(change for change in post.omitted_duties if change.duty in duty_ids),
        reworded_duties=tuple(change for change in post.reworded_duties if change.duty in duty_ids),
        kept_duties=tuple(change for change in post.kept_duties if change.duty in duty_ids),
        duty_order=tuple(duty for duty in post.duty_order if duty in orderable_ids),
        added_duties=added_duties,
    )
    return FittedPost(
        fitting_post, tuple(notes), tuple(change.duty for change in post.reworded_duties if change.duty not in duty_ids)
    )


def _unknown_duties(post: Post, duty_ids: Sequence[str], orderable_ids: Container[str]) -> Iterator[tuple[str, str]]:
    """The duties that ``post`` changes, keeps or puts in an order and that are not there, each with what is told."""
    for omitted_duty in post.omitted_duties:
        if omitted_duty.duty not in duty_ids:
            text = "The post leaves this duty out, and the framework has no such duty."
            yield omitted_duty.duty, f"{text}{_near(omitted_duty.duty, duty_ids)}"
    for reworded_duty in post.reworded_duties:
        if reworded_duty.duty not in duty_ids:
            text = "The framework has no such duty, so the words that the post has for it are not printed"
            yield reworded_duty.duty, f'{text}: "{reworded_duty.text}"{_near(reworded_duty.duty, duty_ids)}'
    for kept_duty in post.kept_duties:
        if kept_duty.duty not in duty_ids:
            text = "The post keeps this duty as it is, and the framework has no such duty."
            yield kept_duty.duty, f"{text}{_near(kept_duty.duty, duty_ids)}"
    for duty in post.duty_order:
        if duty not in orderable_ids:
            yield duty, f"The post puts this duty in an order, and there is no such duty.{_near(duty, duty_ids)}"


def _under_known_heading(duty: AddedDuty, headings: Collection[str], library: Library) -> AddedDuty:
    is_id = duty.heading in library.former or _ID.fullmatch(duty.heading)
    if not is_id or duty.heading in headings:
        return duty
    title = library.former.get(duty.heading) or duty.heading.replace("-", " ").capitalize()
    return replace(duty, heading=title)


def with_known_services(post: Post, served_duties: ServedDuties) -> FittedPost:
    """``post`` with its own criteria serving only duties that are there."""
    notes = []
    for number, criterion in enumerate(post.added_criteria, 1):
        for reference in dict.fromkeys(criterion.serves):
            if not served_duties.duties(reference):
                text = f"This criterion of the post's own serves '{reference}', which is not in this draft."
                near = _near(reference, served_duties.references)
                notes.append(ReviewNote(STALE, f"post.criterion.{number}", f"{text}{near}", CRITERIA))
    if not notes:
        return FittedPost(post)
    return FittedPost(
        replace(
            post, added_criteria=tuple(_serving_known(criterion, served_duties) for criterion in post.added_criteria)
        ),
        tuple(notes),
    )


def _serving_known(criterion: AddedCriterion, served_duties: ServedDuties) -> AddedCriterion:
    return replace(criterion, serves=tuple(name for name in criterion.serves if served_duties.duties(name)))


def with_known_criteria(post: Post, criterion_ids: Sequence[str]) -> FittedPost:
    """``post`` without the criteria that it leaves out and that are not among ``criterion_ids``."""
    unknown_ids = [change.criterion for change in post.omitted_criteria if change.criterion not in criterion_ids]
    if not unknown_ids:
        return FittedPost(post)
    text = "The post leaves this criterion out, and there is no such one."
    notes = (ReviewNote(STALE, name, f"{text}{_near(name, criterion_ids)}", CRITERIA) for name in unknown_ids)
    omitted_criteria = tuple(change for change in post.omitted_criteria if change.criterion in criterion_ids)
    return FittedPost(replace(post, omitted_criteria=omitted_criteria), tuple(notes))


def _near(name: str, names: Sequence[str]) -> str:
    """The nearest name that there is, as a sentence after another; '' where none is near."""
    near = nearest(name, names)
    return f" The nearest is '{near}'." if near else ""


# What a post may choose, and what no version of the framework has offered.


def choice_problems(post: Post, library: Library) -> Iterator[Problem]:
    """Every choice of the post that the framework does not offer and never has, each with the choices."""
    yield from level_problems(post, library)
    yield from named_problems(post, library)


def named_problems(post: Post, library: Library) -> Iterator[Problem]:
    """Those of its choices that do not depend on the level."""
    framework, specialism = library.framework, library.specialism
    categories = {category.id: category.title for category in specialism.role_categories}
    if post.role_category not in library.former:
        yield from _unknown(post, "role_category", "role category", post.role_category, categories)
    routes = {route.id: route.title for route in specialism.entry_routes}
    if post.entry_route not in library.former:
        yield from _unknown(post, "entry_route", "entry route", post.entry_route, routes)
    yield from _competence_problems(post, framework, specialism, library.former)
    yield from _skill_problems(post, library)


def _skill_problems(post: Post, library: Library) -> Iterator[Problem]:
    skills = {name: library.framework.skill(name) for name in library.specialism.chosen_skills}
    for name, level in post.skills.items():
        where = post.where(f"skills.{name}")
        if name in skills:
            if level_of_skill(level, skills[name]) is None and chosen_level(name, level) not in library.former:
                what = f"'{level}' is no {skills[name].scale.word} of {skills[name].title}"
                yield Problem(where, what, did_you_mean(level, skills[name].scale.names))
        elif name not in library.former:
            yield _no_choice(where, name, library)


def _no_choice(where: str, name: str, library: Library) -> Problem:
    """That the framework leaves the level of no such skill to the post."""
    titles = {skill.id: skill.title for skill in library.framework.skills}
    choosable_titles = {skill: titles[skill] for skill in library.specialism.chosen_skills}
    if not choosable_titles:
        what = f"levels of skills are given, and {library.specialism.title} leaves none to the post"
        return Problem(where, what, "leave 'skills' out")
    if name in titles and name not in choosable_titles:
        right = f"leave it out; the post chooses the level of {list_words(choosable_titles.values())}"
        return Problem(where, f"the framework sets the level of '{titles[name]}' itself", right)
    return unknown_name(where, "skill", name, choosable_titles)


def _unknown(post: Post, field: str, kind: str, name: str | None, titles: Mapping[str, str]) -> Iterator[Problem]:
    if name is not None and name not in titles:
        yield unknown_name(post.where(field), kind, name, titles)


def _competence_problems(
    post: Post, framework: Framework, specialism: Specialism, former: Container[str]
) -> Iterator[Problem]:
    where = post.where("specialist_competences")
    titles = {competence.id: competence.name for competence in framework.competences}
    unknown = [name for name in post.specialist_competences if name not in titles and name not in former]
    for competence in unknown:
        yield unknown_name(where, "competence", competence, titles)
    category = specialism.role_category(post.role_category)
    rule = category.competence_rule if category else None
    if category and rule:
        yield from _rule_problems(post, category, rule, titles, former)
    elif any(name not in former for name in post.specialist_competences) and post.role_category not in former:
        category_titles = list_words(
            f"'{category.title}'" for category in specialism.role_categories if category.competence_rule
        )
        yield Problem(
            where,
            "specialist competences are given for a post that is no specialist's",
            f"choose the role category {category_titles}",
        )


def _rule_problems(
    post: Post, category: RoleCategory, rule: CompetenceRule, titles: Mapping[str, str], former: Container[str]
) -> Iterator[Problem]:
    """What is against the ``rule`` of ``category`` for competences; ``titles`` has the titles of all by their ids."""
    where = post.where("specialist_competences" if post.specialist_competences else "role_category")
    right = f"name at least one of {'; '.join(titles[name] for name in rule.at_least_one_of if name in titles)}"
    if not post.specialist_competences and category.id not in former:
        yield Problem(where, f"a {category.title} needs a specialist competence and none is named", right)
    for name in post.specialist_competences:
        if name in rule.all_of and name not in former:
            yield Problem(where, f"'{titles.get(name, name)}' is asked of every {category.title} already", right)
    for name in dict.fromkeys(post.specialist_competences):
        if post.specialist_competences.count(name) > 1:
            yield Problem(where, f"'{titles.get(name, name)}' is named twice", "name it once")


#: The fields in which a post says something of single duties.
_OF_DUTIES = tuple(BY_NAME[name] for name in ("omitted_duties", "reworded_duties", "kept_duties"))


def has_duty_options(post: Post) -> bool:
    """Whether the post says something of a single duty on the command line."""
    return any(getattr(post, field.name) and post.is_option(field.key) for field in _OF_DUTIES)


def duty_problems(post: Post, duties: DutyList) -> Iterator[Problem]:
    """Duties named on the command line that are not among ``duties``. Those of a file are told in notes, as readings
    are."""
    duty_ids = _ids_of(duties)
    statements = list(dict.fromkeys(duty.statement for duty in duties.duties))
    for field in _OF_DUTIES:
        for number, change in enumerate(getattr(post, field.name)):
            place = f"{field.key}.{number}"
            if change.duty not in duty_ids and post.is_option(place):
                yield Problem(post.where(place), f"unknown duty '{change.duty}'", did_you_mean(change.duty, statements))


def reading_problems(post: Post, specialism: Specialism) -> Iterator[Problem]:
    """Readings asked for on the command line that the framework does not offer. Those of a file may be of an earlier
    version, and are told in notes."""
    if not post.readings:
        return
    readable = {row.id: [reading.id for reading in row.readings] for row in specialism.rows if row.readings}
    for heading, reading in post.readings.items():
        if not post.is_option(place := f"readings.{heading}"):
            continue
        if heading not in readable:
            what = f"'{heading}' has only one reading"
            yield Problem(post.where(place), what, f"readings can be chosen for {list_words(readable)}")
        elif reading not in readable[heading]:
            what = f"unknown reading '{reading}' of '{heading}'"
            yield Problem(post.where(place), what, did_you_mean(reading, readable[heading]))
