"""The library of person-specification criteria: jdgen's own wording, by heading and band."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jdgen.bands import BandRange
from jdgen.drafting.model import AssessmentMethod, Importance
from jdgen.errors import Problem, did_you_mean, listed
from jdgen.framework.model import Framework, Specialism
from jdgen.reading.yaml_file import Keys, YamlFile

_ESSENTIAL_LIMIT = 20


@dataclass(frozen=True)
class Rating:
    """How one criterion counts: its group, essential or desirable, and the codes by which it is assessed."""

    group: str
    importance: Importance
    assessed_by: tuple[str, ...]


@dataclass(frozen=True)
class LibraryCriterion:
    """A criterion for posts at certain pay bands, and the headings whose duties it is needed for."""

    id: str
    bands: BandRange
    serves: tuple[str, ...]
    rating: Rating
    text: str


@dataclass(frozen=True)
class CompetenceCriterion:
    """The criterion printed for a competence that a role category asks for. It names no rating."""

    competence: str
    serves: tuple[str, ...]
    rating: Rating
    text: str


@dataclass(frozen=True)
class QualificationWording:
    """How the framework's typical qualifications become one criterion, equivalents always allowed."""

    rating: Rating
    one: str
    several: str


@dataclass(frozen=True)
class CriteriaLibrary:
    """All criteria for one specialism. ``routes`` are the entry routes that say what an applicant brings;
    ``qualifications`` and ``entry_route`` are missing where the framework has no such part. ``essential_limit`` is the
    number of essential criteria above which a draft gets a note."""

    specialism: str
    version: str
    groups: Mapping[str, str]
    assessment: tuple[AssessmentMethod, ...]
    qualifications: QualificationWording | None
    entry_route: Rating | None
    routes: tuple[str, ...]
    competences: tuple[CompetenceCriterion, ...]
    criteria: tuple[LibraryCriterion, ...]
    essential_limit: int = _ESSENTIAL_LIMIT


def criteria_library_of(file: YamlFile) -> CriteriaLibrary:
    """The library in ``file``, which has been checked against its schema."""
    entry = file.value
    route = entry.get("entry_route")
    return CriteriaLibrary(
        specialism=entry["specialism"],
        version=entry["version"],
        groups={group["id"]: group["title"] for group in entry["groups"]},
        assessment=tuple(AssessmentMethod(method["code"], method["name"]) for method in entry["assessment"]),
        qualifications=_qualification_wording(entry.get("qualifications")),
        entry_route=_rating(route) if route else None,
        routes=tuple(route["routes"]) if route else (),
        competences=tuple(
            CompetenceCriterion(named["competence"], tuple(named["serves"]), _rating(named), named["text"])
            for named in entry.get("competences", ())
        ),
        criteria=tuple(
            LibraryCriterion(
                criterion["id"],
                BandRange.parse(criterion["bands"]),
                tuple(criterion["serves"]),
                _rating(criterion),
                criterion["text"],
            )
            for criterion in entry["criteria"]
        ),
        essential_limit=entry.get("essential_limit", _ESSENTIAL_LIMIT),
    )


def _qualification_wording(entry: Mapping[str, Any] | None) -> QualificationWording | None:
    return QualificationWording(_rating(entry), entry["one"], entry["several"]) if entry else None


def _rating(entry: Mapping[str, Any]) -> Rating:
    return Rating(
        entry.get("group", "qualifications"), Importance(entry["importance"].capitalize()), tuple(entry["assessed_by"])
    )


def library_problems(file: YamlFile, framework: Framework, specialism: Specialism) -> list[Problem]:
    """References of a criteria file to nothing: groups, codes, headings, competences; and repeated ids."""
    entry = file.value
    known = {
        "group": [group["id"] for group in entry["groups"]],
        "assessed_by": [method["code"] for method in entry["assessment"]],
        "serves": [heading.id for heading in specialism.headings],
        "competence": [competence.id for competence in framework.competences],
        "routes": [route.id for route in specialism.entry_routes],
    }
    found = [
        *_unknown(file, (), entry, known),
        *_without_criterion(file, specialism),
        *_without_wording(file, specialism),
        *_repeated(file),
        *_downward(file),
    ]
    return [problem for _, problem in sorted((file.lines.get(keys, 0), problem) for keys, problem in found)]


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
        yield keys, Problem(file.where(keys), f"unknown {key} '{entry}'", did_you_mean(str(entry), known[key]))


def _without_criterion(file: YamlFile, specialism: Specialism) -> Iterator[tuple[Keys, Problem]]:
    """Competences that a role category asks for, and that no criterion would be printed for."""
    rules = [category.competence_rule for category in specialism.role_categories if category.competence_rule]
    asked = dict.fromkeys(competence for rule in rules for competence in (*rule.all_of, *rule.at_least_one_of))
    given = [named["competence"] for named in file.value.get("competences", ())]
    if missing := [competence for competence in asked if competence not in given]:
        keys: Keys = ("competences",)
        yield keys, Problem(file.where(keys), f"no criterion for {listed(missing)}", "add one for each competence")


def _without_wording(file: YamlFile, specialism: Specialism) -> Iterator[tuple[Keys, Problem]]:
    """Parts of the framework that become criteria, where the file does not say how."""
    for key, part in (("qualifications", specialism.qualifications), ("entry_route", specialism.entry_routes)):
        if part and key not in file.value:
            what = f"'{key}' is missing, and {specialism.title} has such a part"
            yield (), Problem(file.where(), what, "say how it becomes a criterion, as nhs-pccf-pmo.yaml does")


def _repeated(file: YamlFile) -> Iterator[tuple[Keys, Problem]]:
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
