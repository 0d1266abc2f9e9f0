"""Framework files read into the model: every problem in one pass; and which of several versions is current."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jdgen.errors import JdgenError, Problem, list_words
from jdgen.file_values import YamlFile
from jdgen.framework.consistency import consistency_problems
from jdgen.framework.declared_levels import declared_scale, levels_of, specialism_levels
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
from jdgen.levels import Scale
from jdgen.yaml_files import read_yaml, schema_problems

_Entry = Mapping[str, Any]


def load_framework(path: Path, name: str | None = None) -> Framework:
    """Read and check the framework file at ``path``. Raises :class:`JdgenError` with all its problems."""
    return framework_of(read_yaml(path, name))


def framework_of(file: YamlFile) -> Framework:
    """The framework in ``file``. Raises :class:`JdgenError`: departures from the schema, or, when there are
    none, a scale whose levels cannot be told apart, gaps and overlaps of their ranges, repeated ids and references to
    nothing."""
    problems = schema_problems(file, "framework") or consistency_problems(file)
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


def current(frameworks: Iterable[Framework]) -> tuple[Framework, ...]:
    """Of each framework the version that no other one supersedes; documents are drafted from these.

    Raises :class:`JdgenError` for a framework of which that is not one.
    """
    known = list(frameworks)
    superseded = {(one.id, one.supersedes) for one in known if one.supersedes}
    newest = tuple(one for one in known if (one.id, one.version) not in superseded)
    if problems := list(_problems(known, newest)):
        raise JdgenError(problems)
    return newest


def _problems(known: Iterable[Framework], newest: Iterable[Framework]) -> Iterator[Problem]:
    for framework_id in dict.fromkeys(one.id for one in known):
        versions = [f"'{one.version}'" for one in newest if one.id == framework_id]
        if not versions:
            what = "each of its versions is superseded by another"
            yield Problem(framework_id, what, "take 'supersedes' out of the file of the first version")
        elif len(versions) > 1:
            what = f"nothing says which of the versions {list_words(versions)} is the newest"
            yield Problem(framework_id, what, f"write supersedes: {versions[0]} into the newer one's file")
