"""What a schema cannot say of a framework file: levels that can be told apart, ranges that share them out, ids that
name one thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jdgen.errors import Problem, did_you_mean
from jdgen.framework.declared_scale import declared_scale, scale_faults
from jdgen.framework.ranges import Placed, range_problems, rows
from jdgen.reading.yaml_file import Keys, YamlFile


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
