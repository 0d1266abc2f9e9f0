"""What a framework asks of the person: rows about skills, knowledge, experience and values, and skills at levels of
their own. Each becomes criteria, as published, in the group of its kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any, NamedTuple

from jdgen.drafting.adaptations import Adaptations
from jdgen.drafting.block_id import id_of
from jdgen.drafting.criteria import CriteriaLibrary, Rating, RowRating
from jdgen.drafting.duties import group_beginnings
from jdgen.drafting.library import Library, Prompt, plain_ask
from jdgen.drafting.model import CRITERIA, Block, Importance, Requirement, giver_of
from jdgen.drafting.named_parts import level_of_skill
from jdgen.drafting.profile import HeldSkill, ProfileEntry, RoleProfile
from jdgen.drafting.review_notes import ReviewNote
from jdgen.drafting.texts import Giver, Text, of_framework
from jdgen.framework.model import Descriptor, Heading, RowKind, Specialism
from jdgen.post.model import Post
from jdgen.words import bare_words

#: The groups of criteria for the kinds of rows: the id of each, and its title where the criteria name none.
GROUPS: Mapping[RowKind, tuple[str, str]] = {
    RowKind.QUALIFICATION: ("qualifications", "Qualifications"),
    RowKind.EXPERIENCE: ("experience", "Experience"),
    RowKind.KNOWLEDGE: ("knowledge", "Knowledge"),
    RowKind.SKILL: ("skills", "Skills"),
    RowKind.VALUE: ("values", "Values"),
}
_NO_GROUP = Text("Other requirements", Giver.JDGEN)


def _row_kinds(specialism: Specialism) -> tuple[RowKind, ...]:
    """The kinds of what ``specialism`` asks of the person and criteria are made of word for word."""
    kinds = {row.kind for row in specialism.person_rows}
    if specialism.skill_ids:
        kinds.add(RowKind.SKILL)
    return tuple(kind for kind in GROUPS if kind in kinds and kind is not RowKind.QUALIFICATION)


def with_row_ratings(
    library: CriteriaLibrary, row_entries: Mapping[str, Mapping[str, Any]], specialism: Specialism
) -> CriteriaLibrary:
    """``library`` with a rating for each kind of row that ``specialism`` has: the one that ``row_entries`` have for the
    kind, else essential, assessed as is usual; and with the groups of all of them."""
    kinds = _row_kinds(specialism)
    if not kinds:
        return library
    titles = {group: Text(title, Giver.LIBRARY) for group, title in map(GROUPS.__getitem__, kinds)}
    ratings = tuple(_row_rating(kind, row_entries.get(kind, {}), library) for kind in kinds)
    return replace(library, groups={**library.groups, **titles, **library.groups}, rows=ratings)


def _row_rating(kind: RowKind, entry: Mapping[str, Any], library: CriteriaLibrary) -> RowRating:
    importance = Importance(entry.get("importance", Importance.ESSENTIAL).capitalize())
    rating = Rating(GROUPS[kind][0], importance, tuple(entry.get("assessed_by", library.usual_codes)))
    unstated = tuple(key for key in ("importance", "assessed_by") if key not in entry)
    return RowRating(kind, rating, unstated)


class PersonCriterion(NamedTuple):
    """A criterion that the framework itself has: the ``subject`` of notes about it is the id of its statement, or of
    the skill. ``is_titled`` says that it begins with the title of its row."""

    id: str
    subject: str
    kind: RowKind
    text: Text
    points: tuple[Block, ...] = ()
    is_titled: bool = False


def criteria_of_row(entry: ProfileEntry, adaptations: Adaptations) -> Iterator[PersonCriterion]:
    """A criterion for a statement of a row about the person, or for each entry of its list."""
    row = entry.heading
    for block in _blocks_of_row(entry, adaptations):
        text = Text(_with_title(row, block.text), giver_of(block, "text"))
        yield PersonCriterion(
            block.id, entry.statement.id, row.kind or RowKind.SKILL, text, is_titled=text != block.text
        )


def _blocks_of_row(entry: ProfileEntry, adaptations: Adaptations) -> Iterator[Block]:
    published_texts = (entry.statement.text, *entry.statement.entries)
    statement = adaptations.adapt(entry.statement)
    if not statement.entries:
        yield Block(statement.id, of_framework(statement.text, published_texts))
    for number, text in enumerate(statement.entries, 1):
        yield Block(id_of(statement.id, number), of_framework(text, published_texts))


def _with_title(row: Heading, text: str) -> str:
    """``text`` behind the title of its row, as it stands in the table: by itself it would be read as one of another.

    A title that only names the kind of the row is printed by the group, and one that the text begins with stands
    there.
    """
    title, kind = bare_words(row.title), row.kind or RowKind.SKILL
    is_kind = title in {kind, f"{kind}s", *map(bare_words, GROUPS[kind])}
    return text if is_kind or f"{bare_words(text)} ".startswith(f"{title} ") else f"{row.title}: {text}"


def criterion_of_skill(held_skill: HeldSkill, library: Library) -> PersonCriterion:
    """The criterion for a skill at its level, and what that means, where it is printed below it."""
    descriptor, id_ = held_skill.descriptor, held_skill.skill.id_in(library.specialism)
    points = blocks_of(descriptor) if library.criteria.has_points and descriptor else ()
    return PersonCriterion(id_, id_, RowKind.SKILL, title_of_skill(held_skill), points)


def title_of_skill(held_skill: HeldSkill) -> Text:
    """A skill and its level as they are printed: ``Forecasting (skill level: Working)``, with a prompt for a level that
    the post has not chosen."""
    level = str(held_skill.at) if held_skill.at else _level_prompt(held_skill).text
    word = held_skill.skill.scale.word
    text = f"{held_skill.skill.title} ({word[:1].lower()}{word[1:]}: {level})"
    return Text(text, Giver.FRAMEWORK if held_skill.at else Giver.PROMPT)


def chosen_skills(post: Post, library: Library) -> Iterator[HeldSkill]:
    """The skills of which the framework leaves the level to the post, each at the level that it chooses."""
    for skill in map(library.framework.skill, library.specialism.chosen_skills):
        level_name = post.skills.get(skill.id)
        yield HeldSkill(skill, level_of_skill(level_name, skill) if level_name else None)


def _level_prompt(held_skill: HeldSkill) -> Prompt:
    """What a post is asked for that has not chosen the level of a skill."""
    level_names = ", ".join(held_skill.skill.scale.names)
    ask = plain_ask(f"the {held_skill.skill.scale.word} of {held_skill.skill.title}")
    why = f"The framework leaves it to the post. Choose one of {level_names}."
    return Prompt(f"skills.{held_skill.skill.id}", ask, why)


def prompt_notes(skills: Iterable[HeldSkill]) -> Iterator[ReviewNote]:
    """The note of each such prompt."""
    for held_skill in skills:
        if held_skill.at is None:
            yield replace(_level_prompt(held_skill).note, fields=(*CRITERIA, "requirements"))


def blocks_of(descriptor: Descriptor) -> tuple[Block, ...]:
    """What a level of a skill means, as published: its text, or each entry of its list."""
    if not descriptor.entries:
        return (Block(descriptor.id, Text(descriptor.text, Giver.FRAMEWORK)),)
    return tuple(
        Block(id_of(descriptor.id, number), Text(entry, Giver.FRAMEWORK))
        for number, entry in enumerate(descriptor.entries, 1)
    )


# The same as published, for a role profile: under titles, and in the framework's groups.


def requirements(
    profile: RoleProfile, skills: Iterable[HeldSkill], adaptations: Adaptations
) -> tuple[Requirement, ...]:
    """All that the framework asks of the person at the profile's level."""
    rows = [*_of_rows(profile, adaptations), *(_of_skill(skill, profile.specialism) for skill in skills)]
    beginnings = group_beginnings((requirement.group for requirement in rows), _NO_GROUP)
    return tuple(replace(requirement, group=group) for requirement, group in zip(rows, beginnings, strict=True))


def _of_rows(profile: RoleProfile, adaptations: Adaptations) -> Iterator[Requirement]:
    for row, statements in groupby(profile.person_rows, key=lambda entry: entry.heading):
        texts = tuple(block for entry in statements for block in _blocks_of_row(entry, adaptations))
        group = Text(row.group, Giver.FRAMEWORK)
        yield Requirement(row.id, Text(row.title, Giver.FRAMEWORK), texts, group=group)


def _of_skill(held_skill: HeldSkill, specialism: Specialism) -> Requirement:
    skill, descriptor = held_skill.skill, held_skill.descriptor
    skill_text = (Block(f"skill.{skill.id}", Text(skill.text, Giver.FRAMEWORK)),) if skill.text else ()
    texts = (*skill_text, *(blocks_of(descriptor) if descriptor else ()))
    return Requirement(
        skill.id_in(specialism), title_of_skill(held_skill), texts, group=Text(skill.group, Giver.FRAMEWORK)
    )
