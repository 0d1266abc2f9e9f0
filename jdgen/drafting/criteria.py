"""The library of person-specification criteria: jdgen's own wording, by heading and band."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jdgen.drafting.model import AssessmentMethod, Giver, Importance, Text
from jdgen.errors import Problem, did_you_mean, list_words
from jdgen.file_values import Keys, YamlFile
from jdgen.framework.model import Framework, Specialism
from jdgen.levels import AFC, BandRange, list_levels
from jdgen.words import shorten

# Ours: nobody has published a number. The example posts have 13 to 18: it speaks up where somebody has added many.
_ESSENTIAL_LIMIT = 20
_SHOWN = 61


@dataclass(frozen=True)
class Rating:
    """How one criterion counts: its group, essential or desirable, and the codes by which it is assessed."""

    group: str
    importance: Importance
    assessed_by: tuple[str, ...]


@dataclass(frozen=True)
class LibraryCriterion:
    """A criterion for posts at certain pay bands, and the headings whose duties it is needed for. ``gone`` are those
    that the framework does not have (any more)."""

    id: str
    bands: BandRange
    serves: tuple[str, ...]
    rating: Rating
    text: Text
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class CompetenceCriterion:
    """The criterion printed for a competence that a role category asks for. It names no rating."""

    competence: str
    serves: tuple[str, ...]
    rating: Rating
    text: Text
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class QualificationWording:
    """How the framework's typical qualifications become one criterion, equivalents always allowed."""

    rating: Rating
    one: str
    several: str


@dataclass(frozen=True)
class CriteriaLibrary:
    """All criteria for one specialism. ``routes`` are the entry routes that say what an applicant brings, and
    ``lost_routes`` those of them that the framework does not have (any more);
    ``qualifications`` and ``entry_route`` are missing where the framework has no such part. ``essential_limit`` is the
    number of essential criteria above which a draft gets a note."""

    specialism: str
    version: str
    groups: Mapping[str, Text]
    assessment: tuple[AssessmentMethod, ...]
    qualifications: QualificationWording | None
    entry_route: Rating | None
    routes: tuple[str, ...]
    competences: tuple[CompetenceCriterion, ...]
    criteria: tuple[LibraryCriterion, ...]
    essential_limit: int = _ESSENTIAL_LIMIT
    lost_routes: tuple[str, ...] = ()


def criteria_library_of(file: YamlFile, specialism: Specialism) -> CriteriaLibrary:
    """The library in ``file``, which has been checked against its schema, for ``specialism``."""
    entry = file.value
    route = entry.get("entry_route")
    headings = {heading.id for heading in specialism.headings}
    routes = {one.id for one in specialism.entry_routes}
    return CriteriaLibrary(
        specialism=entry["specialism"],
        version=entry["version"],
        groups={group["id"]: Text(group["title"], Giver.LIBRARY) for group in entry["groups"]},
        assessment=tuple(_method(method) for method in entry["assessment"]),
        qualifications=_qualification_wording(entry.get("qualifications")),
        entry_route=_rating(route) if route else None,
        routes=tuple(route["routes"]) if route else (),
        competences=tuple(
            CompetenceCriterion(
                named["competence"],
                tuple(named["serves"]),
                _rating(named),
                Text(named["text"], Giver.LIBRARY),
                tuple(heading for heading in named["serves"] if heading not in headings),
            )
            for named in entry.get("competences", ())
        ),
        criteria=tuple(
            LibraryCriterion(
                criterion["id"],
                BandRange.parse(criterion["bands"]),
                tuple(criterion["serves"]),
                _rating(criterion),
                Text(criterion["text"], Giver.LIBRARY),
                tuple(heading for heading in criterion["serves"] if heading not in headings),
            )
            for criterion in entry["criteria"]
        ),
        essential_limit=entry.get("essential_limit", _ESSENTIAL_LIMIT),
        lost_routes=tuple(name for name in route["routes"] if name not in routes) if route else (),
    )


def _method(entry: Mapping[str, Any]) -> AssessmentMethod:
    return AssessmentMethod(Text(entry["code"], Giver.LIBRARY), Text(entry["name"], Giver.LIBRARY))


def _qualification_wording(entry: Mapping[str, Any] | None) -> QualificationWording | None:
    return QualificationWording(_rating(entry), entry["one"], entry["several"]) if entry else None


def _rating(entry: Mapping[str, Any]) -> Rating:
    return Rating(
        entry.get("group", "qualifications"), Importance(entry["importance"].capitalize()), tuple(entry["assessed_by"])
    )


def criteria_problems(file: YamlFile) -> list[Problem]:
    """What is wrong with a criteria file whatever the framework says: groups and codes that it does not list, repeated
    ids, ranges of bands that run downwards."""
    entry = file.value
    known = {
        "group": [group["id"] for group in entry["groups"]],
        "assessed_by": [method["code"] for method in entry["assessment"]],
    }
    return file.in_order([*_unknown(file, (), entry, known), *_repeated_ids(file), *_downward(file)])


def unfitting_criteria(file: YamlFile, framework: Framework, specialism: Specialism) -> list[Problem]:
    """Where a criteria file does not fit the framework (any more): it names parts that are not there, or has nothing
    for parts that are."""
    known = {
        "serves": [heading.id for heading in specialism.headings],
        "competence": [competence.id for competence in framework.competences],
        "routes": [route.id for route in specialism.entry_routes],
    }
    return file.in_order(
        [
            *_unknown(file, (), file.value, known),
            *_without_criterion(file, specialism),
            *_without_wording(file, specialism),
            *_headings_without_criterion(file, specialism),
        ]
    )


def _unknown(
    file: YamlFile, keys: Keys, entry: Any, known: Mapping[str, list[str]], key: str = ""
) -> Iterator[tuple[Keys, Problem]]:
    if isinstance(entry, dict):
        for name, value in entry.items():
            yield from _unknown(file, (*keys, name), value, known, name)
    elif isinstance(entry, list):
        for index, value in enumerate(entry):
            yield from _unknown(file, (*keys, index), value, known, key)
    elif key in known and entry not in known[key]:
        what = f"unknown {key} '{shorten(str(entry), _SHOWN)}'"
        yield keys, Problem(file.where(keys), what, did_you_mean(str(entry), known[key]))


def _without_criterion(file: YamlFile, specialism: Specialism) -> Iterator[tuple[Keys, Problem]]:
    """Competences that a role category asks for, and that no criterion would be printed for."""
    rules = [category.competence_rule for category in specialism.role_categories if category.competence_rule]
    asked = dict.fromkeys(competence for rule in rules for competence in (*rule.all_of, *rule.at_least_one_of))
    given = [named["competence"] for named in file.value.get("competences", ())]
    if missing := [competence for competence in asked if competence not in given]:
        keys: Keys = ("competences",)
        yield keys, Problem(file.where(keys), f"no criterion for {list_words(missing)}", "add one for each competence")


def _without_wording(file: YamlFile, specialism: Specialism) -> Iterator[tuple[Keys, Problem]]:
    """Parts of the framework that become criteria, where the file does not say how."""
    for key, part in (("qualifications", specialism.qualifications), ("entry_route", specialism.entry_routes)):
        if part and key not in file.value:
            what = f"'{key}' is missing, and {specialism.title} has such a part"
            yield (), Problem(file.where(), what, "say how it becomes a criterion; `jdgen docs criteria` shows how")


def _headings_without_criterion(file: YamlFile, specialism: Specialism) -> Iterator[tuple[Keys, Problem]]:
    """Headings whose duties no criterion is there for, at bands of the framework or, where its levels are others, at
    any: qualifications and entry route serve all duties, and would hide it."""
    criteria = [(tuple(one["serves"]), _bands_of(one["bands"])) for one in file.value["criteria"]]
    for heading in specialism.headings:
        serving = [bands for serves, bands in criteria if heading.id in serves]
        if specialism.scale != AFC:
            without = "" if serving else "at all"
        else:
            bare = [band for band in specialism.levels if not any(band in bands for bands in serving)]
            without = f"at band {list_levels(bare)}" if bare else ""
        if without:
            keys: Keys = ("criteria",)
            what = f"no criterion is there for the duties under '{heading.title}' {without}"
            yield keys, Problem(file.where(keys), what, f"write one that serves {heading.id}")


def _bands_of(written: str) -> Container[object]:
    try:
        return BandRange.parse(written)
    except ValueError:  # told elsewhere
        return ()


def _repeated_ids(file: YamlFile) -> Iterator[tuple[Keys, Problem]]:
    first: dict[str, int] = {}
    for index, criterion in enumerate(file.value["criteria"]):
        keys: Keys = ("criteria", index, "id")
        if criterion["id"] in first:
            right = f"give each its own; the first is in line {first[criterion['id']]}"
            yield keys, Problem(file.where(keys), f"id '{criterion['id']}' is used twice", right)
        first.setdefault(criterion["id"], file.lines[keys])


def _downward(file: YamlFile) -> Iterator[tuple[Keys, Problem]]:
    for index, criterion in enumerate(file.value["criteria"]):
        try:
            BandRange.parse(criterion["bands"])
        except ValueError as error:
            keys: Keys = ("criteria", index, "bands")
            yield keys, Problem(file.where(keys), str(error), "write the lower band first, such as '8a-8d'")
