"""All that a framework says, text by text, whatever part of it each is in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from jdgen.framework.model import Framework, Heading, Remark, RoleCategory, Skill, SourcePlace, Specialism
from jdgen.levels import LevelRange


class Passage(NamedTuple):
    """One published text, whatever part of the framework it is in.

    ``levels`` is missing where the source ties the text to no level; a list is one passage, its entries divided by line
    breaks. ``heading`` and ``title`` are the id and the title of what it stands under.
    """

    id: str
    specialism: str
    heading: str
    title: str
    levels: LevelRange | None
    text: str
    source: SourcePlace


def passages(framework: Framework) -> Iterator[Passage]:
    """All passages, in the order in which people read the framework."""
    for specialism in framework.specialisms:
        if specialism.description:
            yield _of_remark(specialism, specialism.id, specialism.title, specialism.description)
        for category in specialism.role_categories:
            yield from _of_category(specialism, category)
        for row in specialism.rows:
            yield from _of_row(specialism, row)
        for skill in framework.skills:
            yield from _of_requirements(specialism, skill)
    for skill in framework.skills:
        yield from _of_skill(skill)
    for competence in framework.competences:
        yield Passage(
            f"competence.{competence.id}", "", "competences", "Competences", None, competence.name, competence.source
        )


def _of_category(specialism: Specialism, category: RoleCategory) -> Iterator[Passage]:
    heading = f"role-category.{category.id}"
    for remark in category.statements:
        yield _of_remark(specialism, heading, category.title, remark)


def _of_remark(specialism: Specialism, heading: str, title: str, remark: Remark) -> Passage:
    return Passage(remark.id, specialism.id, heading, title, None, remark.text, remark.source)


def _of_row(specialism: Specialism, row: Heading) -> Iterator[Passage]:
    for statement in row.statements:
        text, source = statement.full_text, statement.source
        yield Passage(statement.id, specialism.id, row.id, row.title, statement.levels, text, source)


def _of_requirements(specialism: Specialism, skill: Skill) -> Iterator[Passage]:
    """At which levels of its own the roles of ``specialism`` need ``skill``, as one text: tables have a row for it."""
    needs = [need for need in specialism.required_skills if need.skill == skill.id]
    if needs:
        lines = (f"{need.levels}: {need.at}" if need.levels else str(need.at) for need in needs)
        title, passage_id = f"{skill.title}, as {specialism.title} needs it", skill.id_in(specialism)
        yield Passage(passage_id, specialism.id, passage_id, title, None, "\n".join(lines), needs[0].source)


def _of_skill(skill: Skill) -> Iterator[Passage]:
    heading = f"skill.{skill.id}"
    if skill.text:
        yield Passage(heading, "", heading, skill.title, None, skill.text, skill.source)
    for descriptor in skill.descriptors:
        title = f"{skill.title}, {descriptor.level.full_name}"
        yield Passage(descriptor.id, "", heading, title, None, descriptor.full_text, descriptor.source)
