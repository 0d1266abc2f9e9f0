"""What a schema cannot say of a framework file: levels that can be told apart, ranges that share them out without gaps
and overlaps, skills that are there, ids that name one thing."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from jdgen.errors import Problem, did_you_mean
from jdgen.framework.declared_levels import (
    declared_scale,
    levels_of,
    right_for,
    scale_faults,
    scale_of,
    specialism_levels,
)
from jdgen.framework.model import RowKind
from jdgen.levels import AFC, Level, LevelRange, Scale, list_levels
from jdgen.text_files.values import Keys, PlacedProblem, YamlFile

_ROWS = ("complexity", "complexity_narrative", "qualifications")
_ROW_LISTS = ("headings", "entry_routes")


def consistency_problems(file: YamlFile) -> list[Problem]:
    """Every problem of a file that fits the schema, in the order of its lines."""
    problems = [
        *_repeated_ids(file),
        *_unknown_competences(file),
        *_rows_of_one(file),
        *_level_problems(file),
        *_skill_problems(file),
    ]
    return file.in_order(problems)


def _level_problems(file: YamlFile) -> Iterator[PlacedProblem]:
    """Problems of the scale, else those of the levels that are named by it."""
    scale = declared_scale(file.value)
    if isinstance(file.value.get("scale"), Mapping) and (faults := list(_scale_problems(file, ("scale",)))):
        yield from faults
        return
    for keys, specialism in _specialisms(file):
        yield from _range_problems(file, keys, specialism, scale)


def _scale_problems(file: YamlFile, keys: Keys, *, is_of_roles: bool = True) -> Iterator[PlacedProblem]:
    """Problems of the scale that is declared at ``keys``."""
    scale = scale_of(_value_at(file, keys))
    for fault in scale_faults(scale, is_of_roles=is_of_roles):
        place: Keys = (*keys, "word") if fault.rank is None else (*keys, "levels", fault.rank)
        if fault.former:
            place = (*keys, "former")
        yield file.problem(place, fault.what, fault.right)


def _value_at(file: YamlFile, keys: Keys) -> Any:
    return functools.reduce(lambda value, key: value[key], keys, file.value)


def _specialisms(file: YamlFile) -> Iterator[tuple[Keys, Mapping[str, Any]]]:
    for index, specialism in enumerate(file.value["specialisms"]):
        yield ("specialisms", index), specialism


def _repeated_ids(file: YamlFile) -> Iterator[PlacedProblem]:
    """Ids of statements are unique in the file; ids of competences, headings and categories among themselves."""
    first: dict[tuple[str, str], Keys] = {}
    for kind, keys, entry_id in _ids(file):
        place: Keys = (*keys, "id")
        if (kind, entry_id) in first:
            right = f"give each its own; the first is in line {file.lines[first[kind, entry_id]]}"
            yield file.problem(place, f"id '{entry_id}' is used twice", right)
        first.setdefault((kind, entry_id), place)


def _ids(file: YamlFile) -> Iterator[tuple[str, Keys, str]]:
    for index, competence in enumerate(file.value.get("competences", ())):
        yield "competence", ("competences", index), competence["id"]
    for index, skill in enumerate(file.value.get("skills", ())):
        yield "skill", ("skills", index), skill["id"]
        for number, descriptor in enumerate(skill.get("levels", ())):
            yield "statement", ("skills", index, "levels", number), descriptor["id"]
    for keys, specialism in _specialisms(file):
        yield "specialism", keys, specialism["id"]
        if "description" in specialism:
            yield "statement", (*keys, "description"), specialism["description"]["id"]
        for index, category in enumerate(specialism.get("role_categories", ())):
            category_keys = (*keys, "role_categories", index)
            yield f"category of {specialism['id']}", category_keys, category["id"]
            for number, statement in enumerate(category["statements"]):
                yield "statement", (*category_keys, "statements", number), statement["id"]
        for row_keys, row in _rows(keys, specialism):
            yield f"row of {specialism['id']}", row_keys, row["id"]
            for index, statement in enumerate(row["statements"]):
                yield "statement", (*row_keys, "statements", index), statement["id"]


def _unknown_competences(file: YamlFile) -> Iterator[PlacedProblem]:
    competences = [competence["id"] for competence in file.value.get("competences", ())]
    for keys, specialism in _specialisms(file):
        for number, category in enumerate(specialism.get("role_categories", ())):
            for rule, rule_competences in category.get("competence_rule", {}).items():
                for index, competence in enumerate(rule_competences):
                    if competence not in competences:
                        place: Keys = (*keys, "role_categories", number, "competence_rule", rule, index)
                        right = did_you_mean(competence, competences)
                        yield file.problem(place, f"unknown competence '{competence}'", right)


def _rows(keys: Keys, specialism: Mapping[str, Any]) -> Iterator[tuple[Keys, Mapping[str, Any]]]:
    """The rows that a specialism has, each with its place."""
    for name in _ROWS:
        if name in specialism:
            yield (*keys, name), specialism[name]
    for name in _ROW_LISTS:
        for index, row in enumerate(specialism.get(name, ())):
            yield (*keys, name, index), row


def _range_problems(file: YamlFile, keys: Keys, specialism: Mapping[str, Any], scale: Scale) -> Iterator[PlacedProblem]:
    """Every problem with the levels of one specialism and its rows, whose levels are of ``scale``."""
    if problems := list(_misnamed_levels(file, keys, specialism, scale)):
        yield from problems
        return
    try:
        levels = specialism_levels(specialism, scale)
    except ValueError as error:
        yield _unreadable(file, (*keys, scale.key), error, scale)
        return
    requirement_problems = list(_unfit_requirements(file, keys, specialism, levels))
    yield from requirement_problems
    is_unreadable = bool(requirement_problems)
    for row_keys, row in _rows(keys, specialism):
        row_errors = list(_unreadable_ranges(file, row_keys, row, scale))
        is_unreadable = is_unreadable or bool(row_errors)
        yield from row_errors or _row_problems(file, row_keys, row, levels)
    if not is_unreadable:
        yield from _unspoken_levels(file, keys, specialism, levels)


def _misnamed_levels(
    file: YamlFile, keys: Keys, specialism: Mapping[str, Any], scale: Scale
) -> Iterator[PlacedProblem]:
    """Bands in a framework that has levels of its own, and the other way round; either where there are no levels."""
    statements = (
        (*at, "statements", n) for at, row in _rows(keys, specialism) for n, _ in enumerate(row["statements"])
    )
    requirements = ((*keys, "requires", n) for n, _ in enumerate(specialism.get("requires", ())))
    wrong_keys: tuple[str, ...]
    if scale.is_empty:
        wrong_keys, of = ("bands", "levels"), "that has no levels"
        right = "leave it out, or declare the levels with 'scale'"
    else:
        wrong_keys, of = ("levels" if scale.key == "bands" else "bands",), f"of {scale.words}"
        right = f"write '{scale.key}'" + (", or declare the levels with 'scale'" if scale == AFC else "")
    for at in (keys, *statements, *requirements):
        for key in wrong_keys:
            place: Keys = (*at, key)
            if place in file.lines:
                yield file.problem(place, f"'{key}' in a framework {of}", right)


def _unfit_requirements(
    file: YamlFile, keys: Keys, specialism: Mapping[str, Any], levels: LevelRange
) -> Iterator[PlacedProblem]:
    """Levels at which a skill is required, and which the specialism has not."""
    for number, requirement in enumerate(specialism.get("requires", ())):
        place: Keys = (*keys, "requires", number, levels.scale.key)
        try:
            required_levels = levels_of(requirement, levels.scale) or ()
        except ValueError as error:
            yield _unreadable(file, place, error, levels.scale)
            continue
        if lacking := [level for level in required_levels if level not in levels]:
            what = f"a skill is required at {levels.scale.word} {list_levels(lacking)}"
            yield file.problem(place, what, f"the specialism has {list_levels(levels)}")


def _unreadable_ranges(file: YamlFile, keys: Keys, row: Mapping[str, Any], scale: Scale) -> Iterator[PlacedProblem]:
    for index, statement in enumerate(row["statements"]):
        basis = statement.get("span_basis", {})
        if basis and scale.key not in statement:
            place: Keys = (*keys, "statements", index, "span_basis")
            what = f"a span_basis for a statement that names no {scale.words}"
            yield file.problem(place, what, f"name its {scale.words}, or leave it out")
        ranges: dict[Keys, str] = {(scale.key,): statement[scale.key]} if scale.key in statement else {}
        alternatives = basis.get("alternatives", {})
        ranges |= {("span_basis", "alternatives", name): text for name, text in alternatives.items()}
        levels: dict[Keys, str] = {
            ("span_basis", "inferred", number): name for number, name in enumerate(basis.get("inferred", ()))
        }
        for parse, texts in ((scale.range, ranges), (scale.level, levels)):
            for part, text in texts.items():
                try:
                    parse(text)
                except ValueError as error:
                    yield _unreadable(file, (*keys, "statements", index, *part), error, scale)


def _unreadable(file: YamlFile, place: Keys, error: ValueError, scale: Scale) -> PlacedProblem:
    return file.problem(place, str(error), right_for(error, scale))


def _row_problems(file: YamlFile, keys: Keys, row: Mapping[str, Any], levels: LevelRange) -> Iterator[PlacedProblem]:
    """Under one heading each level of the specialism has exactly one statement, in every reading; where levels add
    up, as many as the framework has for it."""
    readings = [reading["id"] for reading in row.get("readings", ())]
    for reading in (None, *readings):
        yield from _gaps_and_overlaps(file, keys, row, levels, reading)
    for index, statement in enumerate(row["statements"]):
        for name in statement.get("span_basis", {}).get("alternatives", {}):
            if name not in readings:
                place: Keys = (*keys, "statements", index, "span_basis", "alternatives", name)
                what = f"no reading '{name}' under '{row['title']}'"
                yield file.problem(place, what, did_you_mean(name, readings))


def _gaps_and_overlaps(
    file: YamlFile, keys: Keys, row: Mapping[str, Any], levels: LevelRange, reading: str | None
) -> Iterator[PlacedProblem]:
    heading = f"'{row['title']}'" + (f" in the reading '{reading}'" if reading else "")
    scale, key = levels.scale, levels.scale.key
    holders: dict[Level, str] = {}
    for index, statement in enumerate(row["statements"]):
        place: Keys = (*keys, "statements", index, key)
        for level in _range_in(statement, reading, scale) or ():
            if level not in levels:
                what = f"{level.full_name} under {heading} is not one of the specialism's"
                yield file.problem(place, what, f"the specialism has {list_levels(levels)}")
            elif level in holders and not scale.adds_up:
                right = f"'{holders[level]}' has it already: give each {scale.word} one statement"
                what = f"overlap: {level.full_name} under {heading} stands twice"
                yield file.problem(place, what, right)
            holders.setdefault(level, statement["id"])
    missing = [level for level in levels if level not in holders]
    if holders and missing and not scale.adds_up and row.get("covers") != "some":
        place = (*keys, "statements")
        what = f"gap: no statement under {heading} for {scale.word} {list_levels(missing)}"
        yield file.problem(place, what, "widen a range, add the statement, or write covers: some")


def _range_in(statement: Mapping[str, Any], reading: str | None, scale: Scale) -> LevelRange | None:
    alternatives = statement.get("span_basis", {}).get("alternatives", {})
    return scale.range(alternatives[reading]) if reading in alternatives else levels_of(statement, scale)


# What says nothing of the work itself, nor of who does it.
_BESIDE = (RowKind.COMPLEXITY, RowKind.COMPLEXITY_NARRATIVE, RowKind.ENTRY_ROUTE, RowKind.QUALIFICATION)


def _unspoken_levels(
    file: YamlFile, keys: Keys, specialism: Mapping[str, Any], levels: LevelRange
) -> Iterator[PlacedProblem]:
    """Levels of which no heading speaks: the lowest, where levels add up and none begins as low, and those that are
    left out by all rows that cover only some."""
    scale = levels.scale
    rows = [row for row in specialism.get("headings", ()) if row.get("kind", RowKind.DUTY) not in _BESIDE]
    if not rows or "chosen_skills" in specialism:
        return
    if not scale.adds_up and any(row.get("covers") != "some" for row in rows):
        return  # that row's own gaps are told
    statements = [*(statement for row in rows for statement in row["statements"]), *specialism.get("requires", ())]
    ranges = [levels_of(statement, scale) for statement in statements]
    if any(level_range is None for level_range in ranges):
        return
    empty = [level for level in levels if not any(level_range and level in level_range.scope for level_range in ranges)]
    if empty:
        place: Keys = (*keys, "headings")
        what = f"gap: no responsibility for {scale.word} {list_levels(empty)}"
        right = f"begin the specialism's {scale.words} higher" if scale.adds_up else f"leave the {scale.word} out"
        yield file.problem(place, what, f"{right}, or add the statement")


_ONE_ROW = {"complexity": RowKind.COMPLEXITY, "complexity_narrative": RowKind.COMPLEXITY_NARRATIVE}


def _rows_of_one(file: YamlFile) -> Iterator[PlacedProblem]:
    """Second rows of a kind of which a specialism has one."""
    for keys, specialism in _specialisms(file):
        for name, kind in _ONE_ROW.items():
            rows: list[Keys] = [(*keys, name)] if name in specialism else []
            headings = enumerate(specialism.get("headings", ()))
            rows += [(*keys, "headings", number) for number, row in headings if row.get("kind") == kind]
            for row in rows[1:]:
                what = f"a second row of the kind '{kind}'"
                right = f"give it another kind; the first is in line {file.lines[rows[0]]}"
                yield row, Problem(file.where((*row, "kind")), what, right)


# Skills with levels: those that roles need are there, at levels of theirs, each once.


def _skill_problems(file: YamlFile) -> Iterator[PlacedProblem]:
    """Problems of the skills' scales, else those of the levels that are named by them."""
    scales: list[Keys] = [("skill_scale",)] if "skill_scale" in file.value else []
    skills = list(enumerate(file.value.get("skills", ())))
    scales += [("skills", index, "scale") for index, skill in skills if "scale" in skill]
    scale_problems = [problem for keys in scales for problem in _scale_problems(file, keys, is_of_roles=False)]
    if "skill_scale" not in file.value:
        for index, skill in skills:
            if "scale" not in skill:
                place: Keys = ("skills", index)
                what = f"nothing says which levels the skill '{skill['title']}' has"
                scale_problems.append(file.problem(place, what, "declare them with 'skill_scale'"))
    if scale_problems:
        yield from scale_problems
        return
    skill_scales = {skill["id"]: scale_of(skill.get("scale") or file.value["skill_scale"]) for _, skill in skills}
    for index, skill in skills:
        yield from _descriptor_problems(file, ("skills", index), skill, skill_scales[skill["id"]])
    for keys, specialism in _specialisms(file):
        yield from _required_problems(file, keys, specialism, skill_scales)
        for index, skill_id in enumerate(specialism.get("chosen_skills", ())):
            yield from _unknown_skill(file, (*keys, "chosen_skills", index), skill_id, skill_scales)


def _descriptor_problems(file: YamlFile, keys: Keys, skill: Mapping[str, Any], scale: Scale) -> Iterator[PlacedProblem]:
    first: dict[Level, int] = {}
    for number, descriptor in enumerate(skill.get("levels", ())):
        place: Keys = (*keys, "levels", number, "level")
        try:
            level = scale.level(descriptor["level"])
        except ValueError as error:
            yield _unreadable(file, place, error, scale)
            continue
        if level in first:
            right = f"give each level one; the first is in line {file.lines[(*keys, 'levels', first[level])]}"
            what = f"'{skill['title']}' says twice what {level.full_name} means"
            yield file.problem(place, what, right)
        first.setdefault(level, number)


def _unknown_skill(file: YamlFile, place: Keys, skill_id: str, skill_ids: Iterable[str]) -> Iterator[PlacedProblem]:
    if skill_id not in skill_ids:
        right = did_you_mean(skill_id, list(skill_ids)) if skill_ids else "list it under 'skills'"
        yield file.problem(place, f"unknown skill '{skill_id}'", right)


def _required_problems(
    file: YamlFile, keys: Keys, specialism: Mapping[str, Any], skill_scales: Mapping[str, Scale]
) -> Iterator[PlacedProblem]:
    """Skills that are not there, levels that they have not, and, where levels do not add up, a skill that is asked
    twice at one level."""
    holders: dict[tuple[str, Level], int] = {}
    for number, requirement in enumerate(specialism.get("requires", ())):
        place: Keys = (*keys, "requires", number)
        if unknown := list(_unknown_skill(file, (*place, "skill"), requirement["skill"], skill_scales)):
            yield from unknown
            continue
        try:
            skill_scales[requirement["skill"]].level(requirement["at"])
        except ValueError as error:
            yield _unreadable(file, (*place, "at"), error, skill_scales[requirement["skill"]])
        for level in _role_levels(file, specialism, requirement):
            if (first := holders.setdefault((requirement["skill"], level), number)) != number:
                at = f" at {level.full_name}" if level.full_name else ""
                what = f"the skill '{requirement['skill']}' is asked twice{at}"
                right = f"keep one; the first is in line {file.lines[(*keys, 'requires', first)]}"
                yield file.problem(place, what, right)
                break
    chosen_skills = specialism.get("chosen_skills", ())
    for number, skill_id in enumerate(chosen_skills):
        place = (*keys, "chosen_skills", number)
        if skill_id in chosen_skills[:number]:
            yield file.problem(place, f"the skill '{skill_id}' stands here twice", "keep one")
        elif skill_id in {skill for skill, _ in holders}:
            what = f"a post is to choose the level of '{skill_id}', which 'requires' says"
            yield file.problem(place, what, "keep one of the two")


def _role_levels(file: YamlFile, specialism: Mapping[str, Any], requirement: Mapping[str, Any]) -> Iterator[Level]:
    """The levels at which a skill is required, as far as they can be read; none where levels add up."""
    scale = declared_scale(file.value)
    with suppress(ValueError):
        levels = levels_of(requirement, scale) or specialism_levels(specialism, scale)
        yield from () if scale.adds_up else levels
