"""Adaptations: each change that jdgen makes to the framework's wording, listed as data with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from jdgen.errors import Problem
from jdgen.framework.model import Specialism, Statement
from jdgen.framework.ranges import right_for
from jdgen.reading.yaml_file import Keys, YamlFile
from jdgen.scales import LevelRange, Scale


@dataclass(frozen=True)
class Change:
    """One change to one statement. ``find`` is replaced by ``write``; or ``append`` is put at the end; or
    ``drop_end`` is taken off the end (of each entry, where the statement is a list)."""

    statement: str
    adaptation: str
    reason: str
    find: str = ""
    write: str = ""
    append: str = ""
    drop_end: str = ""
    place: str = field(default="", compare=False, repr=False)

    def applied(self, text: str) -> str:
        """``text`` with the change made; unchanged where there is nothing to change."""
        if not self.fits(text):
            return text
        return text.replace(self.find, self.write) if self.find else text.removesuffix(self.drop_end) + self.append

    def fits(self, text: str) -> bool:
        """Whether the change means one place of ``text`` and alters it."""
        if self.find:
            return text.count(self.find) == 1
        return text.endswith(self.drop_end) if self.drop_end else not text.endswith(self.append)

    def __str__(self) -> str:
        if self.find:
            return f'"{self.find}" reads "{self.write}" here'
        return f'"{self.append}" is added at the end' if self.append else f'"{self.drop_end}" is left off at the end'


@dataclass(frozen=True)
class SourceRemark:
    """What a reader must know of the source at certain levels, although nothing is changed."""

    id: str
    levels: LevelRange
    subject: str
    text: str


@dataclass(frozen=True)
class Adaptations:
    """All changes and remarks for one specialism of one framework."""

    framework: str
    specialism: str
    version: str
    changes: tuple[Change, ...]
    remarks: tuple[SourceRemark, ...]

    def without_changes(self) -> Adaptations:
        """The same with the framework's wording left as published (``--verbatim``)."""
        return replace(self, changes=())

    def adapted(self, statement: Statement) -> tuple[Statement, tuple[Change, ...]]:
        """``statement`` as it is printed, and the changes that made it so, in order."""
        changes = tuple(change for change in self.changes if change.statement == statement.id)
        text, entries = statement.text, statement.entries
        for change in changes:
            text = change.applied(text) if text else text
            entries = tuple(change.applied(entry) for entry in entries)
        return replace(statement, text=text, entries=entries), changes


def adaptations_of(file: YamlFile, scale: Scale) -> Adaptations:
    """The adaptations in ``file``, which has been checked, to a framework with levels of ``scale``."""
    entry = file.value
    return Adaptations(
        framework=entry["framework"],
        specialism=entry["specialism"],
        version=entry["version"],
        changes=tuple(_changes(file)),
        remarks=tuple(
            SourceRemark(remark["id"], scale.range(remark[scale.key]), remark["subject"], remark["text"])
            for remark in entry.get("remarks", ())
        ),
    )


def _changes(file: YamlFile) -> Iterator[Change]:
    for number, adaptation in enumerate(file.value["adaptations"]):
        for index, change in enumerate(adaptation["changes"]):
            keys: Keys = ("adaptations", number, "changes", index)
            yield Change(adaptation=adaptation["id"], reason=adaptation["reason"], place=file.where(keys), **change)


def stale_changes(adaptations: Adaptations, specialism: Specialism) -> list[Problem]:
    """Changes that no longer meet the framework's text, so that an adaptation never fails in silence."""
    statements = {statement.id: statement for row in specialism.rows for statement in row.statements}
    problems: list[Problem] = []
    for position, change in enumerate(adaptations.changes):
        statement = statements.get(change.statement)
        if statement is None:
            problems.append(Problem(change.place, f"no statement '{change.statement}'", "name one of the framework's"))
            continue
        earlier = replace(adaptations, changes=adaptations.changes[:position])
        if not any(change.fits(text) for text in _texts(earlier.adapted(statement)[0])):
            what = f"{change}: that does not fit the text of {change.statement}"
            problems.append(Problem(change.place, what, "words that stand there exactly once"))
    return problems


def remark_problems(file: YamlFile, scale: Scale) -> list[Problem]:
    """What the schema cannot see of the levels of remarks: ranges that run downwards, names of no level of ``scale``,
    bands where there are none."""
    problems: list[Problem] = []
    for index, remark in enumerate(file.value.get("remarks", ())):
        keys: Keys = ("remarks", index)
        if scale.key not in remark:
            what = f"the framework has {scale.words}"
            problems.append(Problem(file.where(keys), what, f"name them under '{scale.key}'"))
            continue
        try:
            scale.range(remark[scale.key])
        except ValueError as error:
            problems.append(Problem(file.where((*keys, scale.key)), str(error), right_for(error, scale)))
    return problems


def _texts(statement: Statement) -> tuple[str, ...]:
    return statement.entries or (statement.text,)
