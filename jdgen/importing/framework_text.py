"""A framework as the text of its file, in the form in which the shipped one is written; and in the long form."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

import yaml

from jdgen.errors import JdgenError, Problem
from jdgen.framework.declared_levels import NONE
from jdgen.framework.model import (
    Descriptor,
    Framework,
    Heading,
    Imprint,
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
from jdgen.framework.transcription import LIST_MARKS
from jdgen.importing.column_meaning import LONG_FORM, Role
from jdgen.importing.headings import levels_key
from jdgen.importing.listed import DESCRIPTION
from jdgen.levels import AFC, LevelRange, Scale
from jdgen.reports.workbook import Column, one_sheet_workbook
from jdgen.text_files.yaml_writing import IndentedDumper

#: A line is folded after the word that reaches over this.
_WIDTH = 96
_HEAD = """\
# yaml-language-server: $schema=../schemas/framework.schema.json
# Text between ">-" and the next key is the publisher's; the rest is ours.
"""


class _Prose(str):
    """Text in lines of its own, folded."""

    __slots__ = ()


class _Quoted(str):
    """Text in quotes, because it may look like a number."""

    __slots__ = ()


class _Line(dict[str, Any]):
    """Keys on one line."""


class _Dumper(IndentedDumper):
    """Never refers from one value to another."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_TEXT, _MAP = "tag:yaml.org,2002:str", "tag:yaml.org,2002:map"
_Dumper.add_representer(_Prose, lambda dumper, text: dumper.represent_scalar(_TEXT, str(text), style=">"))
_Dumper.add_representer(_Quoted, lambda dumper, text: dumper.represent_scalar(_TEXT, str(text), style="'"))
_Dumper.add_representer(_Line, lambda dumper, keys: dumper.represent_mapping(_MAP, keys.items(), flow_style=True))


def framework_yaml(framework: Framework, columns: str) -> str:
    """The file of ``framework``, equal for equal frameworks. ``columns`` says how its source is counted.

    Reading it again gives ``framework``.
    """
    body = yaml.dump(_framework(framework, columns), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)
    return f"{_HEAD}{body}"


def specialism_lines(specialism: Specialism, columns: str) -> list[str]:
    """The lines of the entry of ``specialism`` in a framework file, from its dash on, indented no further than that.
    ``columns`` says how its source is counted, where it has one of its own."""
    entry = _specialism(specialism)
    if "source" in entry:
        entry["source"]["columns"] = columns
    # Under its key, so that lines are folded as in a whole file.
    whole = {"specialisms": [entry]}
    body: str = yaml.dump(whole, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)
    return [line[2:] for line in body.splitlines()[1:]]


def _framework(framework: Framework, columns: str) -> dict[str, Any]:
    usual = _usual_scale(framework.skills)
    return {
        "id": framework.id,
        "title": framework.title,
        "publisher": framework.publisher,
        "version": _Quoted(framework.version),
        "version_basis": framework.version_basis,
        **({"supersedes": _Quoted(framework.supersedes)} if framework.supersedes else {}),
        "licence": framework.licence,
        "source": {"file": framework.source_file, "sha256": _Quoted(framework.sha256), "columns": columns},
        **({} if framework.scale == AFC else {"scale": _scale(framework.scale)}),
        **({"skill_scale": _scale(usual)} if usual else {}),
        **_if_any("skills", [_skill(skill, usual) for skill in framework.skills]),
        "competences": [
            {"id": competence.id, "name": _Quoted(competence.name), "source": _place(competence.source)}
            for competence in framework.competences
        ],
        "specialisms": [_specialism(specialism) for specialism in framework.specialisms],
        **_if_any("withdraws", [*framework.withdrawn]),
    }


def _if_any(name: str, values: list[Any]) -> dict[str, Any]:
    return {name: values} if values else {}


def _scale(scale: Scale) -> dict[str, Any] | str:
    if scale.is_empty:
        return NONE
    former: dict[str, list[_Quoted]] = {}
    for name, today in scale.former:
        former.setdefault(today, []).append(_Quoted(name))
    return {
        "word": _Quoted(scale.word),
        **({} if scale.words == f"{scale.word}s" else {"words": _Quoted(scale.words)}),
        "levels": [_Quoted(name) for name in scale.names],
        "adds_up": scale.adds_up,
        **({"former": former} if former else {}),
    }


def _levels(levels: LevelRange | None) -> dict[str, Any]:
    return {levels.scale.key: _Quoted(levels_key(levels))} if levels and not levels.scale.is_empty else {}


def _usual_scale(skills: Sequence[Skill]) -> Scale | None:
    """The scale that most of ``skills`` have."""
    return max((skill.scale for skill in skills), key=[skill.scale for skill in skills].count, default=None)


def _skill(skill: Skill, usual: Scale | None) -> dict[str, Any]:
    descriptors = [
        {
            "id": descriptor.id,
            "level": _Quoted(descriptor.level),
            "source": _place(descriptor.source),
            **_content(descriptor),
        }
        for descriptor in skill.descriptors
    ]
    return {
        "id": skill.id,
        "title": _Quoted(skill.title),
        **({"group": _Quoted(skill.group)} if skill.group else {}),
        "source": _place(skill.source),
        **({"text": _Prose(skill.text)} if skill.text else {}),
        **({} if skill.scale == usual else {"scale": _scale(skill.scale)}),
        **_if_any("levels", descriptors),
    }


def _specialism(specialism: Specialism) -> dict[str, Any]:
    headings = (*specialism.headings, *specialism.person_rows)
    return {
        "id": specialism.id,
        "title": _Quoted(specialism.title),
        **_imprint(specialism.imprint),
        **_if_any("former", [_Quoted(name) for name in specialism.former]),
        **_levels(specialism.levels),
        **({"description": _remark(specialism.description)} if specialism.description else {}),
        "role_categories": [_category(category) for category in specialism.role_categories],
        **_if_any("requires", [_required(required_skill) for required_skill in specialism.required_skills]),
        **_if_any("chosen_skills", [*specialism.chosen_skills]),
        **_row("complexity", specialism.complexity),
        **_row("complexity_narrative", specialism.complexity_narrative),
        **_if_any("headings", [_heading(heading) for heading in headings]),
        "entry_routes": [_heading(heading) for heading in specialism.entry_routes],
        **_row("qualifications", specialism.qualifications),
    }


def _imprint(imprint: Imprint) -> dict[str, Any]:
    texts = {name: getattr(imprint, name) for name in ("version", "version_basis", "supersedes")}
    source = {"file": imprint.source_file, "sha256": _Quoted(imprint.sha256)} if imprint.sha256 else None
    return {name: _Quoted(text) for name, text in texts.items() if text} | ({"source": source} if source else {})


def _required(required: RequiredSkill) -> dict[str, Any]:
    return {
        "skill": required.skill,
        **_levels(required.levels),
        "at": _Quoted(required.at),
        "source": _place(required.source),
    }


def _row(name: str, heading: Heading | None) -> dict[str, Any]:
    return {name: _heading(heading)} if heading else {}


def _category(category: RoleCategory) -> dict[str, Any]:
    entry = {
        "id": category.id,
        "title": _Quoted(category.title),
        "published_as": _Quoted(category.published_as),
        "source": _place(category.source),
        "statements": [_remark(statement) for statement in category.statements],
    }
    rule = category.competence_rule
    lists = {"all_of": list(rule.all_of), "at_least_one_of": list(rule.at_least_one_of)} if rule else None
    return entry | ({"competence_rule": lists} if lists else {})


def _remark(remark: Remark) -> dict[str, Any]:
    return {"id": remark.id, "source": _place(remark.source), "text": _Prose(remark.text)}


def _heading(heading: Heading) -> dict[str, Any]:
    readings = [{"id": reading.id, "reason": _Prose(reading.reason)} for reading in heading.readings]
    return {
        "id": heading.id,
        "title": _Quoted(heading.title),
        **({"kind": str(heading.kind)} if heading.kind else {}),
        **({"group": _Quoted(heading.group)} if heading.group else {}),
        **({"covers": "some"} if heading.covers_some else {}),
        **_if_any("former", [_Quoted(name) for name in heading.former]),
        "source": _place(heading.source),
        **({"readings": readings} if readings else {}),
        "statements": [_statement(statement) for statement in heading.statements],
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        **_levels(statement.levels),
        "source": _place(statement.source),
        **_content(statement),
        **({"span_basis": _basis(statement.basis)} if statement.basis else {}),
    }


def _content(statement: Statement | Descriptor) -> Mapping[str, Any]:
    """What is said: a text, or a list."""
    return (
        {"text": _Prose(statement.text)}
        if statement.text
        else {"entries": [_Quoted(entry) for entry in statement.entries]}
    )


def _basis(basis: SpanBasis) -> dict[str, Any]:
    alternatives = {name: _Quoted(levels_key(levels)) for name, levels in basis.alternatives.items()}
    return {
        "confidence": str(basis.confidence),
        "rule": _Quoted(basis.rule),
        **({"inferred": [_Quoted(level) for level in basis.inferred]} if basis.inferred else {}),
        **({"alternatives": alternatives} if alternatives else {}),
    }


def _place(place: SourcePlace) -> _Line:
    return _Line({"line": place.line} if place.cell is None else {"line": place.line, "cell": place.cell})


# The long form: one row for each thing that a framework says, as :mod:`.listed` reads it again.

_SHEET = "Framework"
_WIDTHS = {Role.TEXT: 80, Role.HEADING: 32, Role.SPECIALISM: 24}


def long_form(framework: Framework, name: str) -> bytes:
    """``framework`` in the long form, as a file of the kind that its ``name`` ends with.

    Role categories and competences have no rows there. Raises :class:`JdgenError` for another kind of file than CSV and
    XLSX.
    """
    rows = [[row.get(role, "") for role in LONG_FORM] for row in _rows(framework)]
    kind = PurePath(name).suffix.lower()
    if kind == ".xlsx":
        columns = [Column(str(role), _WIDTHS.get(role, 16)) for role in LONG_FORM]
        return one_sheet_workbook(_SHEET, columns, rows, exact=True)
    if kind != ".csv":
        raise JdgenError(
            Problem("--output", f"'{kind}' is no kind of file for a long form", "end it with .csv or .xlsx")
        )
    stream = io.StringIO()
    csv.writer(stream).writerows([LONG_FORM, *rows])
    # With the mark by which spreadsheet programs know UTF-8.
    return stream.getvalue().encode("utf-8-sig")


_Row = dict[Role, str]


def _rows(framework: Framework) -> Iterator[_Row]:
    titles = {skill.id: skill.title for skill in framework.skills}
    for specialism in framework.specialisms:
        for row in _rows_of(specialism, titles):
            yield {Role.SPECIALISM: specialism.title} | row
    for skill in framework.skills:
        yield from _rows_of_skill(skill)


def _rows_of(specialism: Specialism, skills: dict[str, str]) -> Iterator[_Row]:
    description = specialism.description
    levels = levels_key(specialism.levels)
    if description or levels:
        yield {Role.LEVEL: levels} | ({Role.KIND: DESCRIPTION, Role.TEXT: description.text} if description else {})
    # The first row of qualifications is apart from others of the kind.
    kinds = sorted(specialism.kinds, key=lambda kind_and_heading: kind_and_heading[1] is not specialism.qualifications)
    for kind, heading in kinds:
        yield from _rows_of_heading(kind, heading)
    for required in specialism.required_skills:
        at = {Role.SKILL: skills[required.skill], Role.SKILL_LEVEL: str(required.at)}
        yield {Role.LEVEL: levels_key(required.levels)} | at
    for skill_id in specialism.chosen_skills:
        yield {Role.SKILL: skills[skill_id]}


def _rows_of_heading(kind: RowKind, heading: Heading) -> Iterator[_Row]:
    titles = {Role.KIND: str(kind), Role.GROUP: heading.group, Role.HEADING: heading.title}
    for statement in heading.statements:
        yield titles | {Role.LEVEL: levels_key(statement.levels), Role.TEXT: _text_or_entries(statement)}


def _rows_of_skill(skill: Skill) -> Iterator[_Row]:
    titles = {Role.GROUP: skill.group, Role.SKILL: skill.title}
    if skill.text or (skill.group and not skill.descriptors):
        yield titles | {Role.TEXT: skill.text}
    for descriptor in skill.descriptors:
        yield titles | {Role.SKILL_LEVEL: str(descriptor.level), Role.TEXT: _text_or_entries(descriptor)}


def _text_or_entries(statement: Statement | Descriptor) -> str:
    """A text, or the entries of a list, each in a line of its own with a list mark."""
    return statement.text or "\n".join(f"{LIST_MARKS[0]} {entry}" for entry in statement.entries)
