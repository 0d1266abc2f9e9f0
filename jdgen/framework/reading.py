"""Framework files read into the model: every problem in one pass."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from jdgen.errors import refuse
from jdgen.framework.consistency import consistency_problems
from jdgen.framework.declared_levels import declared_scale, levels_of, scale_of, specialism_levels
from jdgen.framework.model import (
    Competence,
    CompetenceRule,
    Confidence,
    Descriptor,
    Framework,
    Heading,
    Imprint,
    Reading,
    Remark,
    RequiredSkill,
    RoleCategory,
    RowKind,
    Skill,
    SourcePlace,
    SpanBasis,
    Specialism,
    Statement,
)
from jdgen.levels import Scale
from jdgen.text_files.schemas import schema_problems
from jdgen.text_files.values import YamlFile
from jdgen.text_files.yaml_reading import read_yaml

_Entry = Mapping[str, Any]


def load_framework(path: Path, name: str | None = None) -> Framework:
    """Read and check the framework file at ``path``. Raises :class:`JdgenError` with all its problems."""
    return framework_of(read_yaml(path, name))


def framework_of(file: YamlFile) -> Framework:
    """The framework in ``file``. Raises :class:`JdgenError`: departures from the schema, or, when there are
    none, a scale whose levels cannot be told apart, gaps and overlaps of their ranges, repeated ids and references to
    nothing."""
    problems = schema_problems(file, "framework") or consistency_problems(file)
    refuse(problems)
    entry = file.value
    scale = declared_scale(entry)
    skills = tuple(_skill(skill, entry) for skill in entry.get("skills", ()))
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
        specialisms=tuple(_specialism(specialism, scale, skills) for specialism in entry["specialisms"]),
        scale=scale,
        supersedes=entry.get("supersedes"),
        skills=skills,
        withdrawn=tuple(entry.get("withdraws", ())),
    )


def _skill(entry: _Entry, framework: _Entry) -> Skill:
    scale = scale_of(entry.get("scale") or framework["skill_scale"])
    return Skill(
        id=entry["id"],
        title=entry["title"],
        source=_place(entry["source"]),
        scale=scale,
        descriptors=tuple(
            Descriptor(
                id=descriptor["id"],
                level=scale.level(descriptor["level"]),
                source=_place(descriptor["source"]),
                text=descriptor.get("text", ""),
                entries=tuple(descriptor.get("entries", ())),
            )
            for descriptor in entry.get("levels", ())
        ),
        group=entry.get("group", ""),
        text=entry.get("text", ""),
    )


#: Kinds of rows about the person, and the kinds that a field of the specialism is for: of which there may be several,
#: and of which there is one.
_OF_PERSON = (RowKind.SKILL, RowKind.KNOWLEDGE, RowKind.EXPERIENCE, RowKind.VALUE)
_KIND_OF = {
    "complexity": RowKind.COMPLEXITY,
    "complexity_narrative": RowKind.COMPLEXITY_NARRATIVE,
    "qualifications": RowKind.QUALIFICATION,
}


def _specialism(entry: _Entry, scale: Scale, skills: Collection[Skill]) -> Specialism:
    only_rows = {name: _only_row(entry, name, scale) for name in _KIND_OF}
    return Specialism(
        id=entry["id"],
        title=entry["title"],
        levels=specialism_levels(entry, scale),
        description=_remark(entry["description"]) if "description" in entry else None,
        role_categories=tuple(_role_category(category) for category in entry.get("role_categories", ())),
        complexity=only_rows["complexity"],
        complexity_narrative=only_rows["complexity_narrative"],
        headings=tuple(_heading(row, scale) for row in _of_kind(entry, RowKind.DUTY)),
        entry_routes=tuple(
            _heading(row, scale) for row in (*entry.get("entry_routes", ()), *_of_kind(entry, RowKind.ENTRY_ROUTE))
        ),
        qualifications=only_rows["qualifications"],
        person_rows=tuple(_person_rows(entry, scale)),
        required_skills=tuple(_required_skill(requirement, scale, skills) for requirement in entry.get("requires", ())),
        chosen_skills=tuple(entry.get("chosen_skills", ())),
        former=tuple(entry.get("former", ())),
        imprint=_imprint(entry),
    )


def _of_kind(entry: _Entry, *kinds: RowKind) -> Iterator[_Entry]:
    return (row for row in entry.get("headings", ()) if row.get("kind", RowKind.DUTY) in kinds)


def _rows_of_one(entry: _Entry, name: str) -> list[_Entry]:
    """The rows that are for the field ``name``: the one under it, and the headings of its kind."""
    return [*([entry[name]] if name in entry else []), *_of_kind(entry, _KIND_OF[name])]


def _only_row(entry: _Entry, name: str, scale: Scale) -> Heading | None:
    return next((_heading(row, scale) for row in _rows_of_one(entry, name)), None)


def _person_rows(entry: _Entry, scale: Scale) -> Iterator[Heading]:
    further = _rows_of_one(entry, "qualifications")[1:]
    for row in entry.get("headings", ()):
        if row in further or row.get("kind") in _OF_PERSON:
            yield _heading(row, scale, RowKind(row["kind"]))


def _required_skill(entry: _Entry, scale: Scale, skills: Collection[Skill]) -> RequiredSkill:
    skill = next(skill for skill in skills if skill.id == entry["skill"])
    return RequiredSkill(skill.id, skill.scale.level(entry["at"]), levels_of(entry, scale), _place(entry["source"]))


def _imprint(entry: _Entry) -> Imprint:
    source = entry.get("source", {})
    return Imprint(
        version=entry.get("version"),
        version_basis=entry.get("version_basis"),
        source_file=source.get("file"),
        sha256=source.get("sha256"),
        supersedes=entry.get("supersedes"),
    )


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


def _heading(entry: _Entry, scale: Scale, kind: RowKind | None = None) -> Heading:
    return Heading(
        id=entry["id"],
        title=entry["title"],
        source=_place(entry["source"]),
        statements=tuple(_statement(statement, scale) for statement in entry["statements"]),
        readings=tuple(Reading(reading["id"], reading["reason"]) for reading in entry.get("readings", ())),
        kind=kind,
        group=entry.get("group", ""),
        covers_some=entry.get("covers") == "some",
        former=tuple(entry.get("former", ())),
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
