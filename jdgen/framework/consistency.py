"""What a schema cannot say of a framework file: ranges that share out the bands, ids that name one thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jdgen.bands import Band, BandRange, bands_listed
from jdgen.errors import Problem, did_you_mean
from jdgen.reading.yaml_file import Keys, YamlFile

_ROWS = ("complexity", "complexity_narrative", "qualifications")
_ROW_LISTS = ("headings", "entry_routes")


def consistency_problems(file: YamlFile) -> list[Problem]:
    """Every problem of a file that fits the schema, in the order of its lines."""
    found = [
        *_repeated_ids(file),
        *_unknown_competences(file),
        *(problem for keys, specialism in _specialisms(file) for problem in _row_problems(file, keys, specialism)),
    ]
    return [problem for _, problem in sorted((file.lines.get(keys, 0), problem) for keys, problem in found)]


def _specialisms(file: YamlFile) -> Iterator[tuple[Keys, Mapping[str, Any]]]:
    for index, specialism in enumerate(file.value["specialisms"]):
        yield ("specialisms", index), specialism


def _rows(keys: Keys, specialism: Mapping[str, Any]) -> Iterator[tuple[Keys, Mapping[str, Any]]]:
    for name in _ROWS:
        yield (*keys, name), specialism[name]
    for name in _ROW_LISTS:
        for index, row in enumerate(specialism[name]):
            yield (*keys, name, index), row


def _row_problems(file: YamlFile, keys: Keys, specialism: Mapping[str, Any]) -> Iterator[tuple[Keys, Problem]]:
    try:
        bands = tuple(BandRange.parse(specialism["bands"]))
    except ValueError as error:
        place = (*keys, "bands")
        yield place, Problem(file.where(place), str(error), "write the lower band first, such as '6-8d'")
        return
    for row_keys, row in _rows(keys, specialism):
        wrong_way_round = list(_unreadable_ranges(file, row_keys, row))
        yield from wrong_way_round or _shared_out(file, row_keys, row, bands)


def _unreadable_ranges(file: YamlFile, keys: Keys, row: Mapping[str, Any]) -> Iterator[tuple[Keys, Problem]]:
    for index, statement in enumerate(row["statements"]):
        ranges: dict[Keys, str] = {("bands",): statement["bands"]}
        basis = statement.get("span_basis", {})
        ranges |= {
            ("span_basis", "alternatives", name): written for name, written in basis.get("alternatives", {}).items()
        }
        for part, written in ranges.items():
            try:
                BandRange.parse(written)
            except ValueError as error:
                place: Keys = (*keys, "statements", index, *part)
                yield place, Problem(file.where(place), str(error), "write the lower band first, such as '8a-8d'")


def _shared_out(
    file: YamlFile, keys: Keys, row: Mapping[str, Any], bands: tuple[Band, ...]
) -> Iterator[tuple[Keys, Problem]]:
    """Under one heading each band of the specialism has exactly one statement, in every reading."""
    known = [reading["id"] for reading in row.get("readings", ())]
    for reading in (None, *known):
        yield from _gaps_and_overlaps(file, keys, row, bands, reading)
    for index, statement in enumerate(row["statements"]):
        for name in statement.get("span_basis", {}).get("alternatives", {}):
            if name not in known:
                place: Keys = (*keys, "statements", index, "span_basis", "alternatives", name)
                yield (
                    place,
                    Problem(
                        file.where(place), f"no reading '{name}' under '{row['title']}'", did_you_mean(name, known)
                    ),
                )


def _gaps_and_overlaps(
    file: YamlFile, keys: Keys, row: Mapping[str, Any], bands: tuple[Band, ...], reading: str | None
) -> Iterator[tuple[Keys, Problem]]:
    heading = f"'{row['title']}'" + (f" in the reading '{reading}'" if reading else "")
    holders: dict[Band, str] = {}
    for index, statement in enumerate(row["statements"]):
        place: Keys = (*keys, "statements", index, "bands")
        for band in _range_in(statement, reading):
            if band not in bands:
                right = f"the specialism has {bands_listed(bands)}"
                yield (
                    place,
                    Problem(file.where(place), f"band {band} under {heading} is not one of the specialism's", right),
                )
            elif band in holders:
                right = f"'{holders[band]}' has it already: give each band one statement"
                yield place, Problem(file.where(place), f"overlap: band {band} under {heading} stands twice", right)
            holders.setdefault(band, statement["id"])
    if missing := [band for band in bands if band not in holders]:
        what = f"gap: no statement under {heading} for band {bands_listed(missing)}"
        yield (
            (*keys, "statements"),
            Problem(file.where((*keys, "statements")), what, "widen a range or add the statement"),
        )


def _range_in(statement: Mapping[str, Any], reading: str | None) -> BandRange:
    alternatives = statement.get("span_basis", {}).get("alternatives", {})
    return BandRange.parse(alternatives.get(reading, statement["bands"]) if reading else statement["bands"])


def _repeated_ids(file: YamlFile) -> Iterator[tuple[Keys, Problem]]:
    """Ids of statements are unique in the file; ids of competences, headings and categories among themselves."""
    first: dict[tuple[str, str], Keys] = {}
    for kind, keys, written in _ids(file):
        place: Keys = (*keys, "id")
        if (kind, written) in first:
            right = f"give each its own; the first is in line {file.lines[first[kind, written]]}"
            yield place, Problem(file.where(place), f"id '{written}' is used twice", right)
        first.setdefault((kind, written), place)


def _ids(file: YamlFile) -> Iterator[tuple[str, Keys, str]]:
    for index, competence in enumerate(file.value["competences"]):
        yield "competence", ("competences", index), competence["id"]
    for keys, specialism in _specialisms(file):
        yield "specialism", keys, specialism["id"]
        yield "statement", (*keys, "description"), specialism["description"]["id"]
        for index, category in enumerate(specialism["role_categories"]):
            category_keys = (*keys, "role_categories", index)
            yield f"category of {specialism['id']}", category_keys, category["id"]
            for number, statement in enumerate(category["statements"]):
                yield "statement", (*category_keys, "statements", number), statement["id"]
        for row_keys, row in _rows(keys, specialism):
            yield f"row of {specialism['id']}", row_keys, row["id"]
            for index, statement in enumerate(row["statements"]):
                yield "statement", (*row_keys, "statements", index), statement["id"]


def _unknown_competences(file: YamlFile) -> Iterator[tuple[Keys, Problem]]:
    known = [competence["id"] for competence in file.value["competences"]]
    for keys, specialism in _specialisms(file):
        for number, category in enumerate(specialism["role_categories"]):
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
