"""Skills that have levels of their own, and which of them roles need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from jdgen.errors import Problem, did_you_mean
from jdgen.framework.model import Descriptor, RequiredSkill, Skill, SourcePlace
from jdgen.framework.transcription import without_markup
from jdgen.importing.column_meaning import plain
from jdgen.importing.grid import Cell
from jdgen.importing.headings import entries_of, unlike
from jdgen.importing.heads import levels_named
from jdgen.importing.table_rows import Row, Subject, Table
from jdgen.levels import Level, LevelRange, Scale
from jdgen.words import slug


def skills_of(tables: Iterable[Table], scale: Scale | None, earlier: Iterable[Skill]) -> tuple[Skill, ...]:
    """The skills that tables of skills describe, and those that a role needs and no table does. Where an earlier
    version has a skill of that title, its ids are kept."""
    rows: dict[str, Row] = {}
    scales: dict[str, Scale] = {}
    for table in tables:
        for row in table.rows if table.subject is not Subject.ROLES else ():
            is_described = table.subject is Subject.SKILLS
            bare = row if is_described else replace(row, statements=(), group="", about=None)
            name = plain(without_markup(row.title.text))
            above = rows.get(name)
            rows[name] = _with(above, bare) if above else bare
            if is_described:
                scales[name] = table.levels.scale
    earlier_skills = {plain(skill.title): skill for skill in earlier}
    used_ids: list[str] = []
    skills: list[Skill] = []
    for name, row in rows.items():
        of_skill = scales.get(name, scale)
        assert of_skill is not None  # a table that needs skills is read by their scale
        skills.append(_skill(row, of_skill, earlier_skills.get(name), used_ids))
        used_ids.append(skills[-1].id)
    return tuple(skills)


def _with(row: Row, other: Row) -> Row:
    """A skill with what another table says of it."""
    titled = other if other.statements and not row.statements else row
    statements = (*row.statements, *other.statements)
    return replace(titled, statements=statements, group=row.group or other.group, about=row.about or other.about)


def _skill(row: Row, scale: Scale, earlier: Skill | None, used_ids: Sequence[str]) -> Skill:
    id_ = earlier.id if earlier else unlike(slug(row.title.text.replace("&", " ")) or "skill", used_ids)
    ids: list[str] = []
    descriptors: list[Descriptor] = []
    for statement, level in [
        (each_statement, level) for each_statement in row.statements for level in each_statement.levels or ()
    ]:
        earlier_descriptor = (
            next((old for old in earlier.descriptors if old.level.name == level.name), None) if earlier else None
        )
        ids.append(earlier_descriptor.id if earlier_descriptor else unlike(f"{id_}.{slug(str(level)) or 'level'}", ids))
        descriptors.append(_descriptor(ids[-1], level, statement.cell))
    about = row.about.text if row.about else ""
    return Skill(
        id=id_,
        title=without_markup(row.title.text),
        # Without a cell, for its title and what it is stand in two.
        source=SourcePlace(row.title.source.line) if about else row.title.source,
        scale=scale,
        descriptors=tuple(sorted(descriptors, key=lambda descriptor: descriptor.level)),
        group=without_markup(row.group),
        text=without_markup(about),
    )


def _descriptor(id_: str, level: Level, cell: Cell) -> Descriptor:
    entries = entries_of(cell)
    return Descriptor(id_, level, cell.source, "" if entries else without_markup(cell.text), entries)


# What roles need.


def requirement_problems(tables: Iterable[Table], scale: Scale, name: str) -> Iterator[Problem]:
    """Cells of tables that say which skills roles need, and name no level of ``scale``."""
    for table in tables:
        for statement in [each_statement for row in table.rows for each_statement in row.statements]:
            if levels_named(statement.cell.text, scale) is None:
                right = did_you_mean(statement.cell.text, scale.names)
                yield Problem(statement.cell.place.within(name), f"'{statement.cell.text}' is no {scale.word}", right)


def required_skills(tables: Iterable[Table], levels: LevelRange, skills: Sequence[Skill]) -> tuple[RequiredSkill, ...]:
    """Which of ``skills`` the roles of ``tables`` need at which level. What is needed at all of ``levels`` of a
    specialism without levels is said without them."""
    by_title = {plain(without_markup(statement.title)): statement for statement in skills}
    required: list[RequiredSkill] = []
    for row in (row for table in tables for row in table.rows):
        skill = by_title[plain(without_markup(row.title.text))]
        for statement in row.statements:
            at = levels_named(statement.cell.text, skill.scale)
            assert at is not None  # told before
            of_roles = None if levels.scale.is_empty else statement.levels
            required.append(RequiredSkill(skill.id, at.lowest, of_roles, statement.cell.source))
    return tuple(required)


def chosen_skills(tables: Iterable[Table], skills: Sequence[Skill]) -> tuple[str, ...]:
    """The ids of those of ``skills`` that tables name and leave the level of to the post."""
    by_title = {plain(without_markup(skill.title)): skill.id for skill in skills}
    rows = (row for table in tables for row in table.rows if not row.statements and not row.gaps)
    return tuple(dict.fromkeys(by_title[plain(without_markup(row.title.text))] for row in rows))
