"""What a schema cannot say of a framework file: levels that can be told apart, ranges that share them out without gaps
and overlaps, ids that name one thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jdgen.errors import Problem, did_you_mean
from jdgen.file_values import Keys, YamlFile
from jdgen.framework.declared_levels import declared_scale, levels_of, right_for, scale_faults, specialism_levels
from jdgen.levels import AFC, Level, LevelRange, Scale, list_levels

#: A problem and the place of its value, by whose line problems are sorted.
Placed = tuple[Keys, Problem]
_ROWS = ("complexity", "complexity_narrative", "qualifications")
_ROW_LISTS = ("headings", "entry_routes")


def consistency_problems(file: YamlFile) -> list[Problem]:
    """Every problem of a file that fits the schema, in the order of its lines."""
    found = [*_repeated_ids(file), *_unknown_competences(file), *_level_problems(file)]
    return [problem for _, problem in sorted((file.lines.get(keys, 0), problem) for keys, problem in found)]


def _level_problems(file: YamlFile) -> Iterator[Placed]:
    """Problems of the scale, else those of the levels that are named by it."""
    scale = declared_scale(file.value)
    if "scale" in file.value and (faults := list(scale_faults(scale))):
        for fault in faults:
            place: Keys = ("scale", "word") if fault.rank is None else ("scale", "levels", fault.rank)
            yield place, Problem(file.where(place), fault.what, fault.right)
        return
    for keys, specialism in _specialisms(file):
        yield from range_problems(file, keys, specialism, scale)


def _specialisms(file: YamlFile) -> Iterator[tuple[Keys, Mapping[str, Any]]]:
    for index, specialism in enumerate(file.value["specialisms"]):
        yield ("specialisms", index), specialism


def _repeated_ids(file: YamlFile) -> Iterator[Placed]:
    """Ids of statements are unique in the file; ids of competences, headings and categories among themselves."""
    first: dict[tuple[str, str], Keys] = {}
    for kind, keys, written in _ids(file):
        place: Keys = (*keys, "id")
        if (kind, written) in first:
            right = f"give each its own; the first is in line {file.lines[first[kind, written]]}"
            yield place, Problem(file.where(place), f"id '{written}' is used twice", right)
        first.setdefault((kind, written), place)


def _ids(file: YamlFile) -> Iterator[tuple[str, Keys, str]]:
    for index, competence in enumerate(file.value.get("competences", ())):
        yield "competence", ("competences", index), competence["id"]
    for keys, specialism in _specialisms(file):
        yield "specialism", keys, specialism["id"]
        yield "statement", (*keys, "description"), specialism["description"]["id"]
        for index, category in enumerate(specialism.get("role_categories", ())):
            category_keys = (*keys, "role_categories", index)
            yield f"category of {specialism['id']}", category_keys, category["id"]
            for number, statement in enumerate(category["statements"]):
                yield "statement", (*category_keys, "statements", number), statement["id"]
        for row_keys, row in rows(keys, specialism):
            yield f"row of {specialism['id']}", row_keys, row["id"]
            for index, statement in enumerate(row["statements"]):
                yield "statement", (*row_keys, "statements", index), statement["id"]


def _unknown_competences(file: YamlFile) -> Iterator[Placed]:
    known = [competence["id"] for competence in file.value.get("competences", ())]
    for keys, specialism in _specialisms(file):
        for number, category in enumerate(specialism.get("role_categories", ())):
            for rule, named in category.get("competence_rule", {}).items():
                for index, competence in enumerate(named):
                    if competence not in known:
                        place: Keys = (*keys, "role_categories", number, "competence_rule", rule, index)
                        yield (
                            place,
                            Problem(
                                file.where(place), f"unknown competence '{competence}'", did_you_mean(competence, known)
                            ),
                        )


def rows(keys: Keys, specialism: Mapping[str, Any]) -> Iterator[tuple[Keys, Mapping[str, Any]]]:
    """The rows that a specialism has, each with its place."""
    for name in _ROWS:
        if name in specialism:
            yield (*keys, name), specialism[name]
    for name in _ROW_LISTS:
        for index, row in enumerate(specialism.get(name, ())):
            yield (*keys, name, index), row


def range_problems(file: YamlFile, keys: Keys, specialism: Mapping[str, Any], scale: Scale) -> Iterator[Placed]:
    """Every problem with the levels of one specialism and its rows, whose levels are of ``scale``."""
    if misnamed := list(_misnamed_levels(file, keys, specialism, scale)):
        yield from misnamed
        return
    try:
        levels = specialism_levels(specialism, scale)
    except ValueError as error:
        yield _unreadable(file, (*keys, scale.key), error, scale)
        return
    unreadable = False
    for row_keys, row in rows(keys, specialism):
        wrong = list(_unreadable_ranges(file, row_keys, row, scale))
        unreadable = unreadable or bool(wrong)
        yield from wrong or _row_problems(file, row_keys, row, levels)
    if not unreadable:
        yield from _levels_without_duties(file, keys, specialism, levels)


def _misnamed_levels(file: YamlFile, keys: Keys, specialism: Mapping[str, Any], scale: Scale) -> Iterator[Placed]:
    """Bands in a framework that has levels of its own, and the other way round."""
    statements = ((*at, "statements", n) for at, row in rows(keys, specialism) for n, _ in enumerate(row["statements"]))
    wrong = "levels" if scale.key == "bands" else "bands"
    right = f"write '{scale.key}'" + (", or declare the levels with 'scale'" if scale == AFC else "")
    for at in (keys, *statements):
        place: Keys = (*at, wrong)
        if place in file.lines:
            yield place, Problem(file.where(place), f"'{wrong}' in a framework of {scale.words}", right)


def _unreadable_ranges(file: YamlFile, keys: Keys, row: Mapping[str, Any], scale: Scale) -> Iterator[Placed]:
    for index, statement in enumerate(row["statements"]):
        basis = statement.get("span_basis", {})
        if basis and scale.key not in statement:
            place: Keys = (*keys, "statements", index, "span_basis")
            what = f"a span_basis for a statement that names no {scale.words}"
            yield place, Problem(file.where(place), what, f"name its {scale.words}, or leave it out")
        ranges: dict[Keys, str] = {(scale.key,): statement[scale.key]} if scale.key in statement else {}
        alternatives = basis.get("alternatives", {})
        ranges |= {("span_basis", "alternatives", name): written for name, written in alternatives.items()}
        levels: dict[Keys, str] = {
            ("span_basis", "inferred", number): name for number, name in enumerate(basis.get("inferred", ()))
        }
        for read, texts in ((scale.range, ranges), (scale.level, levels)):
            for part, written in texts.items():
                try:
                    read(written)
                except ValueError as error:
                    yield _unreadable(file, (*keys, "statements", index, *part), error, scale)


def _unreadable(file: YamlFile, place: Keys, error: ValueError, scale: Scale) -> Placed:
    return place, Problem(file.where(place), str(error), right_for(error, scale))


def _row_problems(file: YamlFile, keys: Keys, row: Mapping[str, Any], levels: LevelRange) -> Iterator[Placed]:
    """Under one heading each level of the specialism has exactly one statement, in every reading; where levels add
    up, as many as the framework has for it."""
    known = [reading["id"] for reading in row.get("readings", ())]
    for reading in (None, *known):
        yield from _gaps_and_overlaps(file, keys, row, levels, reading)
    for index, statement in enumerate(row["statements"]):
        for name in statement.get("span_basis", {}).get("alternatives", {}):
            if name not in known:
                place: Keys = (*keys, "statements", index, "span_basis", "alternatives", name)
                what = f"no reading '{name}' under '{row['title']}'"
                yield place, Problem(file.where(place), what, did_you_mean(name, known))


def _gaps_and_overlaps(
    file: YamlFile, keys: Keys, row: Mapping[str, Any], levels: LevelRange, reading: str | None
) -> Iterator[Placed]:
    heading = f"'{row['title']}'" + (f" in the reading '{reading}'" if reading else "")
    scale, key = levels.scale, levels.scale.key
    holders: dict[Level, str] = {}
    for index, statement in enumerate(row["statements"]):
        place: Keys = (*keys, "statements", index, key)
        for level in _range_in(statement, reading, scale) or ():
            if level not in levels:
                what = f"{level.named} under {heading} is not one of the specialism's"
                yield place, Problem(file.where(place), what, f"the specialism has {list_levels(levels)}")
            elif level in holders and not scale.adds_up:
                right = f"'{holders[level]}' has it already: give each {scale.word} one statement"
                what = f"overlap: {level.named} under {heading} stands twice"
                yield place, Problem(file.where(place), what, right)
            holders.setdefault(level, statement["id"])
    missing = [level for level in levels if level not in holders]
    if holders and missing and not scale.adds_up:
        place = (*keys, "statements")
        what = f"gap: no statement under {heading} for {scale.word} {list_levels(missing)}"
        yield place, Problem(file.where(place), what, "widen a range or add the statement")


def _range_in(statement: Mapping[str, Any], reading: str | None, scale: Scale) -> LevelRange | None:
    alternatives = statement.get("span_basis", {}).get("alternatives", {})
    return scale.range(alternatives[reading]) if reading in alternatives else levels_of(statement, scale)


def _levels_without_duties(
    file: YamlFile, keys: Keys, specialism: Mapping[str, Any], levels: LevelRange
) -> Iterator[Placed]:
    """The lowest levels, where levels add up and no responsibility begins as low."""
    named = [levels_of(one, levels.scale) for row in specialism["headings"] for one in row["statements"]]
    held = [one.held for one in named if one]
    empty = [level for level in levels if len(held) == len(named) and not any(level in one for one in held)]
    if empty and levels.scale.adds_up:
        place: Keys = (*keys, "headings")
        what = f"gap: no responsibility for {levels.scale.word} {list_levels(empty)}"
        right = f"begin the specialism's {levels.scale.words} higher, or add the statement"
        yield place, Problem(file.where(place), what, right)
