"""Framework files read into the model: every problem in one pass; and which of several versions is current."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jdgen.errors import JdgenError, Problem, did_you_mean, list_words
from jdgen.file_values import Keys, YamlFile
from jdgen.framework.declared_levels import declared_scale, levels_of, right_for, scale_faults, specialism_levels
from jdgen.framework.model import (
    Competence,
    CompetenceRule,
    Confidence,
    Framework,
    Heading,
    Reading,
    Remark,
    RoleCategory,
    SourcePlace,
    SpanBasis,
    Specialism,
    Statement,
)
from jdgen.levels import AFC, Level, LevelRange, Scale, list_levels
from jdgen.yaml_files import read_yaml, schema_problems

_Entry = Mapping[str, Any]


def load_framework(path: Path, name: str | None = None) -> Framework:
    """Read and check the framework file at ``path``. Raises :class:`JdgenError` with all its problems."""
    return framework_of(read_yaml(path, name))


def framework_of(file: YamlFile) -> Framework:
    """The framework in ``file``. Raises :class:`JdgenError`: departures from the schema, or, when there are
    none, a scale whose levels cannot be told apart, gaps and overlaps of their ranges, repeated ids and references to
    nothing."""
    problems = schema_problems(file, "framework") or _consistency_problems(file)
    if problems:
        raise JdgenError(problems)
    entry = file.value
    scale = declared_scale(entry)
    return Framework(
        id=entry["id"],
        title=entry["title"],
        publisher=entry["publisher"],
        version=entry["version"],
        version_basis=entry["version_basis"],
        licence=entry["licence"],
        source_file=entry["source"]["file"],
        sha256=entry["source"]["sha256"],
        competences=tuple(
            Competence(competence["id"], competence["name"], _place(competence["source"]))
            for competence in entry.get("competences", ())
        ),
        specialisms=tuple(_specialism(specialism, scale) for specialism in entry["specialisms"]),
        scale=scale,
        supersedes=entry.get("supersedes"),
    )


def _specialism(entry: _Entry, scale: Scale) -> Specialism:
    return Specialism(
        id=entry["id"],
        title=entry["title"],
        levels=specialism_levels(entry, scale),
        description=_remark(entry["description"]),
        role_categories=tuple(_role_category(category) for category in entry.get("role_categories", ())),
        complexity=_row(entry, "complexity", scale),
        complexity_narrative=_row(entry, "complexity_narrative", scale),
        headings=tuple(_heading(heading, scale) for heading in entry["headings"]),
        entry_routes=tuple(_heading(route, scale) for route in entry.get("entry_routes", ())),
        qualifications=_row(entry, "qualifications", scale),
    )


def _row(entry: _Entry, name: str, scale: Scale) -> Heading | None:
    return _heading(entry[name], scale) if name in entry else None


def _role_category(entry: _Entry) -> RoleCategory:
    rule = entry.get("competence_rule")
    return RoleCategory(
        id=entry["id"],
        title=entry["title"],
        published_as=entry["published_as"],
        source=_place(entry["source"]),
        statements=tuple(_remark(statement) for statement in entry["statements"]),
        competence_rule=CompetenceRule(tuple(rule["all_of"]), tuple(rule["at_least_one_of"])) if rule else None,
    )


def _heading(entry: _Entry, scale: Scale) -> Heading:
    return Heading(
        id=entry["id"],
        title=entry["title"],
        source=_place(entry["source"]),
        statements=tuple(_statement(statement, scale) for statement in entry["statements"]),
        readings=tuple(Reading(reading["id"], reading["reason"]) for reading in entry.get("readings", ())),
    )


def _statement(entry: _Entry, scale: Scale) -> Statement:
    return Statement(
        id=entry["id"],
        levels=levels_of(entry, scale),
        source=_place(entry["source"]),
        text=entry.get("text", ""),
        entries=tuple(entry.get("entries", ())),
        basis=_span_basis(entry["span_basis"], scale) if "span_basis" in entry else None,
    )


def _span_basis(entry: _Entry, scale: Scale) -> SpanBasis:
    return SpanBasis(
        confidence=Confidence(entry["confidence"]),
        rule=entry["rule"],
        inferred=tuple(scale.level(level) for level in entry.get("inferred", ())),
        alternatives={reading: scale.range(levels) for reading, levels in entry.get("alternatives", {}).items()},
    )


def _remark(entry: _Entry) -> Remark:
    return Remark(entry["id"], entry["text"], _place(entry["source"]))


def _place(entry: _Entry) -> SourcePlace:
    return SourcePlace(entry["line"], entry.get("cell"))


# What a schema cannot say of a framework file: levels that can be told apart, ranges that share them out without gaps
# and overlaps, ids that name one thing.

#: A problem and the place of its value, by whose line problems are sorted.
_Placed = tuple[Keys, Problem]
_ROWS = ("complexity", "complexity_narrative", "qualifications")
_ROW_LISTS = ("headings", "entry_routes")


def _consistency_problems(file: YamlFile) -> list[Problem]:
    """Every problem of a file that fits the schema, in the order of its lines."""
    return file.in_order([*_repeated_ids(file), *_unknown_competences(file), *_level_problems(file)])


def _level_problems(file: YamlFile) -> Iterator[_Placed]:
    """Problems of the scale, else those of the levels that are named by it."""
    scale = declared_scale(file.value)
    if "scale" in file.value and (faults := list(scale_faults(scale))):
        for fault in faults:
            place: Keys = ("scale", "word") if fault.rank is None else ("scale", "levels", fault.rank)
            yield place, Problem(file.where(place), fault.what, fault.right)
        return
    for keys, specialism in _specialisms(file):
        yield from _range_problems(file, keys, specialism, scale)


def _specialisms(file: YamlFile) -> Iterator[tuple[Keys, Mapping[str, Any]]]:
    for index, specialism in enumerate(file.value["specialisms"]):
        yield ("specialisms", index), specialism


def _repeated_ids(file: YamlFile) -> Iterator[_Placed]:
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
        for row_keys, row in _rows(keys, specialism):
            yield f"row of {specialism['id']}", row_keys, row["id"]
            for index, statement in enumerate(row["statements"]):
                yield "statement", (*row_keys, "statements", index), statement["id"]


def _unknown_competences(file: YamlFile) -> Iterator[_Placed]:
    competences = [competence["id"] for competence in file.value.get("competences", ())]
    for keys, specialism in _specialisms(file):
        for number, category in enumerate(specialism.get("role_categories", ())):
            for rule, named in category.get("competence_rule", {}).items():
                for index, competence in enumerate(named):
                    if competence not in competences:
                        place: Keys = (*keys, "role_categories", number, "competence_rule", rule, index)
                        yield (
                            place,
                            Problem(
                                file.where(place),
                                f"unknown competence '{competence}'",
                                did_you_mean(competence, competences),
                            ),
                        )


def _rows(keys: Keys, specialism: Mapping[str, Any]) -> Iterator[tuple[Keys, Mapping[str, Any]]]:
    """The rows that a specialism has, each with its place."""
    for name in _ROWS:
        if name in specialism:
            yield (*keys, name), specialism[name]
    for name in _ROW_LISTS:
        for index, row in enumerate(specialism.get(name, ())):
            yield (*keys, name, index), row


def _range_problems(file: YamlFile, keys: Keys, specialism: Mapping[str, Any], scale: Scale) -> Iterator[_Placed]:
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
    for row_keys, row in _rows(keys, specialism):
        wrong = list(_unreadable_ranges(file, row_keys, row, scale))
        unreadable = unreadable or bool(wrong)
        yield from wrong or _row_problems(file, row_keys, row, levels)
    if not unreadable:
        yield from _levels_without_duties(file, keys, specialism, levels)


def _misnamed_levels(file: YamlFile, keys: Keys, specialism: Mapping[str, Any], scale: Scale) -> Iterator[_Placed]:
    """Bands in a framework that has levels of its own, and the other way round."""
    statements = (
        (*at, "statements", n) for at, row in _rows(keys, specialism) for n, _ in enumerate(row["statements"])
    )
    wrong = "levels" if scale.key == "bands" else "bands"
    right = f"write '{scale.key}'" + (", or declare the levels with 'scale'" if scale == AFC else "")
    for at in (keys, *statements):
        place: Keys = (*at, wrong)
        if place in file.lines:
            yield place, Problem(file.where(place), f"'{wrong}' in a framework of {scale.words}", right)


def _unreadable_ranges(file: YamlFile, keys: Keys, row: Mapping[str, Any], scale: Scale) -> Iterator[_Placed]:
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


def _unreadable(file: YamlFile, place: Keys, error: ValueError, scale: Scale) -> _Placed:
    return place, Problem(file.where(place), str(error), right_for(error, scale))


def _row_problems(file: YamlFile, keys: Keys, row: Mapping[str, Any], levels: LevelRange) -> Iterator[_Placed]:
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
                yield place, Problem(file.where(place), what, did_you_mean(name, readings))


def _gaps_and_overlaps(
    file: YamlFile, keys: Keys, row: Mapping[str, Any], levels: LevelRange, reading: str | None
) -> Iterator[_Placed]:
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
) -> Iterator[_Placed]:
    """The lowest levels, where levels add up and no responsibility begins as low."""
    named = [levels_of(one, levels.scale) for row in specialism["headings"] for one in row["statements"]]
    ranges = [one.held for one in named if one]
    empty = [level for level in levels if len(ranges) == len(named) and not any(level in one for one in ranges)]
    if empty and levels.scale.adds_up:
        place: Keys = (*keys, "headings")
        what = f"gap: no responsibility for {levels.scale.word} {list_levels(empty)}"
        right = f"begin the specialism's {levels.scale.words} higher, or add the statement"
        yield place, Problem(file.where(place), what, right)


# Which of several versions is current.


def current(frameworks: Iterable[Framework]) -> tuple[Framework, ...]:
    """Of each framework the version that no other one supersedes; documents are drafted from these.

    Raises :class:`JdgenError` for a framework of which that is not one.
    """
    versions = list(frameworks)
    superseded = {(one.id, one.supersedes) for one in versions if one.supersedes}
    newest = tuple(one for one in versions if (one.id, one.version) not in superseded)
    if problems := list(_version_problems(versions, newest)):
        raise JdgenError(problems)
    return newest


def _version_problems(frameworks: Iterable[Framework], newest: Iterable[Framework]) -> Iterator[Problem]:
    for framework_id in dict.fromkeys(one.id for one in frameworks):
        versions = [f"'{one.version}'" for one in newest if one.id == framework_id]
        if not versions:
            what = "each of its versions is superseded by another"
            yield Problem(framework_id, what, "take 'supersedes' out of the file of the first version")
        elif len(versions) > 1:
            what = f"nothing says which of the versions {list_words(versions)} is the newest"
            yield Problem(framework_id, what, f"write supersedes: {versions[0]} into the newer one's file")
