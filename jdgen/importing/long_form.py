"""A framework in the long form: one row for each thing that it says, as :mod:`.listed` reads it again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import PurePath

from jdgen.errors import JdgenError, Problem
from jdgen.framework.model import Descriptor, Framework, Heading, RowKind, Skill, Specialism, Statement
from jdgen.framework.transcription import LIST_MARKS
from jdgen.importing.columns import LONG_FORM, Role
from jdgen.importing.headings import levels_key
from jdgen.importing.listed import DESCRIPTION
from jdgen.levels import LevelRange
from jdgen.reports.workbook import Column, one_sheet_workbook

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
    described = specialism.description
    levels = _named(specialism.levels)
    if described or levels:
        yield {Role.LEVEL: levels} | ({Role.KIND: DESCRIPTION, Role.TEXT: described.text} if described else {})
    # The first row of qualifications is apart from others of the kind.
    kinds = sorted(specialism.kinds, key=lambda one: one[1] is not specialism.qualifications)
    for kind, heading in kinds:
        yield from _rows_of_heading(kind, heading)
    for required in specialism.required_skills:
        at = {Role.SKILL: skills[required.skill], Role.SKILL_LEVEL: str(required.at)}
        yield {Role.LEVEL: _named(required.levels)} | at
    for chosen in specialism.chosen_skills:
        yield {Role.SKILL: skills[chosen]}


def _rows_of_heading(kind: RowKind, heading: Heading) -> Iterator[_Row]:
    titles = {Role.KIND: str(kind), Role.GROUP: heading.group, Role.HEADING: heading.title}
    for statement in heading.statements:
        yield titles | {Role.LEVEL: _named(statement.levels), Role.TEXT: _said(statement)}


def _rows_of_skill(skill: Skill) -> Iterator[_Row]:
    titles = {Role.GROUP: skill.group, Role.SKILL: skill.title}
    if skill.text or (skill.group and not skill.descriptors):
        yield titles | {Role.TEXT: skill.text}
    for one in skill.descriptors:
        yield titles | {Role.SKILL_LEVEL: str(one.level), Role.TEXT: _said(one)}


def _named(levels: LevelRange | None) -> str:
    return levels_key(levels) if levels and not levels.scale.is_empty else ""


def _said(one: Statement | Descriptor) -> str:
    """A text, or the entries of a list, each in a line of its own with a list mark."""
    return one.text or "\n".join(f"{LIST_MARKS[0]} {entry}" for entry in one.entries)
