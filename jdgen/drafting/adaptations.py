"""Adaptations: each change that jdgen makes to the framework's wording, listed as data with its reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from jdgen.drafting.review_notes import STALE, ReviewNote, subjects_in
from jdgen.errors import Problem, list_words
from jdgen.framework.declared_levels import right_for
from jdgen.framework.model import Heading, Specialism, Statement
from jdgen.levels import Level, LevelRange, Scale, UnknownLevelError
from jdgen.text_files.values import Keys, YamlFile
from jdgen.words import in_sentence_case

_SENTENCE_CASE = "your organisation has headings in sentence case (headings in jdgen.toml)"


@dataclass(frozen=True)
class Change:
    """One change to one statement, or to the title of one heading (its id). ``find`` is replaced by ``write``; or
    ``append`` is put at the end; or ``drop_end`` is taken off the end (of each entry, where the statement is a list).
    ``together`` says that the adaptation's changes to a statement are made together or not at all."""

    statement: str
    adaptation: str
    reason: str
    find: str = ""
    write: str = ""
    append: str = ""
    drop_end: str = ""
    together: bool = False
    place: str = field(default="", compare=False, repr=False)

    def apply(self, text: str) -> str:
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


class StaleChange(NamedTuple):
    """A change that no longer fits the framework, so that it is not made. ``beside`` are those that are made together
    with it or not at all. ``levels`` are those at which its statement was, as far as can be told, where there is no
    such statement any more."""

    change: Change
    beside: tuple[Change, ...] = ()
    is_gone: bool = False
    levels: LevelRange | None = None

    @property
    def problem(self) -> Problem:
        """For whoever looks after the adaptations."""
        if self.is_gone:
            what = f"no statement '{self.change.statement}'"
            return Problem(self.change.place, what, "name one of the framework's, or delete the change")
        what = f"{self.change}: that does not fit the text of {self.change.statement}"
        return Problem(self.change.place, what, "words that stand there exactly once, or delete the change")

    @property
    def note(self) -> ReviewNote:
        """For whoever reads a draft."""
        if self.is_gone:
            text = f"The framework no longer has this statement, so a change to its wording is not made: {self.change}."
        else:
            text = f"The framework's wording is not what it was, so a change to it is not made: {self.change}."
        if self.beside:
            text += f" Neither is what belongs to it: {'; '.join(map(str, self.beside))}."
        return ReviewNote(STALE, self.change.statement, text)


class SourceRemark(NamedTuple):
    """What a reader must know of the source at certain levels, although nothing is changed. ``stale`` says why it is
    not told any more, where its levels or what it is about are not the framework's; then it may have no levels."""

    id: str
    levels: LevelRange | None
    subject: str
    text: str
    stale: str = ""

    def is_about(self, level: Level) -> bool:
        """Whether a reader of a draft at ``level`` must know it."""
        return self.levels is None or level in self.levels

    @property
    def note(self) -> ReviewNote:
        """What a reader is told: the remark, or that it is not told any more."""
        if self.stale:
            return ReviewNote(STALE, self.subject, f"A remark on the source is left out: {self.stale}.")
        return ReviewNote("source", self.subject, self.text)


class Adaptations(NamedTuple):
    """All changes and remarks for one specialism of one framework, and the changes that no longer fit it."""

    framework: str
    specialism: str
    version: str
    changes: tuple[Change, ...]
    remarks: tuple[SourceRemark, ...]
    stale: tuple[StaleChange, ...] = ()

    def without_changes(self) -> Adaptations:
        """The same with the framework's wording left as published (``--verbatim``)."""
        return self._replace(changes=(), stale=())

    def notes(self, statement: Statement) -> tuple[tuple[Change, ReviewNote], ...]:
        """Each change that is made to ``statement``, or was to be made, with what a reader is told of it."""
        changes = (change for change in self.changes if change.statement == statement.id)
        stale = (stale_change for stale_change in self.stale if stale_change.change.statement == statement.id)
        return (
            *((change, ReviewNote("adaptation", statement.id, f"{change}: {change.reason}.")) for change in changes),
            *((stale_change.change, stale_change.note) for stale_change in stale),
        )

    def lost_at(self, level: Level) -> tuple[ReviewNote, ...]:
        """What a reader at ``level`` is told of changes to statements that are there no more."""
        return tuple(
            stale_change.note
            for stale_change in self.stale
            if stale_change.is_gone and (stale_change.levels is None or level in stale_change.levels)
        )

    def with_sentence_case(self, headings: Iterable[Heading], names: Iterable[str]) -> Adaptations:
        """The same with a change of each of the ``headings`` whose title has capitals that a sentence has not;
        ``names`` keep theirs."""
        names = tuple(names)
        titles = ((heading, in_sentence_case(heading.title, names)) for heading in headings)
        changes = (
            Change(heading.id, "sentence-case", _SENTENCE_CASE, find=heading.title, write=title)
            for heading, title in titles
            if title != heading.title
        )
        return self._replace(changes=(*self.changes, *changes))

    def without(self, change: Change) -> Adaptations:
        """The same with one change not made."""
        return self._replace(changes=tuple(other for other in self.changes if other is not change))

    def adapt(self, statement: Statement) -> Statement:
        """``statement`` as it is printed."""
        text, entries = statement.text, statement.entries
        for change in self.changes:
            if change.statement == statement.id:
                text = change.apply(text) if text else text
                entries = tuple(change.apply(entry) for entry in entries)
        return statement._replace(text=text, entries=entries)


def adaptations_of(file: YamlFile, specialism: Specialism) -> Adaptations:
    """The adaptations in ``file``, which has been checked, as far as they fit ``specialism``."""
    entry, scale = file.value, specialism.scale
    adaptations = Adaptations(
        framework=entry["framework"],
        specialism=entry["specialism"],
        version=entry["version"],
        changes=tuple(_changes(file)),
        remarks=tuple(_remark(remark, scale, _subjects(specialism)) for remark in entry.get("remarks", ())),
    )
    stale = tuple(_stale_changes(adaptations, specialism))
    stale_ids = {id(change) for stale_change in stale for change in (stale_change.change, *stale_change.beside)}
    changes = tuple(change for change in adaptations.changes if id(change) not in stale_ids)
    return adaptations._replace(changes=changes, stale=stale)


def stale_problems(file: YamlFile, adaptations: Adaptations) -> list[Problem]:
    """Everything in ``file`` that fits the framework no more, in its order, so that none of it fails in silence."""
    remarks = enumerate(adaptations.remarks)
    return [
        *(stale_change.problem for stale_change in adaptations.stale),
        *(
            Problem(file.where(("remarks", index)), remark.stale, "mend the remark, or delete it")
            for index, remark in remarks
            if remark.stale
        ),
    ]


def _changes(file: YamlFile) -> Iterator[Change]:
    for number, adaptation in enumerate(file.value["adaptations"]):
        for index, change in enumerate(adaptation["changes"]):
            keys: Keys = ("adaptations", number, "changes", index)
            yield Change(
                adaptation=adaptation["id"],
                reason=adaptation["reason"],
                together=adaptation.get("together", False),
                place=file.where(keys),
                **change,
            )


def _stale_changes(adaptations: Adaptations, specialism: Specialism) -> Iterator[StaleChange]:
    """The changes that do not meet the framework's text, each told once."""
    statements = {statement.id: statement for row in specialism.rows for statement in row.statements}
    for name, changes in _by_statement(adaptations.changes):
        if name not in statements:
            yield from (StaleChange(change, (), True, levels_in_id(name, specialism.scale)) for change in changes)
            continue
        yield from _unfit(changes, statements[name])


def _unfit(changes: Sequence[Change], statement: Statement) -> Iterator[StaleChange]:
    """The changes that do not meet the text of ``statement`` as those before them leave it."""
    fitting = list(changes)
    while unfit_changes := [
        change for number, change in enumerate(fitting) if not _fits(change, fitting[:number], statement)
    ]:
        fitting = [change for change in fitting if not any(change is other for other in unfit_changes)]
        for change in unfit_changes:
            beside = [other for other in fitting if change.together and other.adaptation == change.adaptation]
            fitting = [other for other in fitting if other not in beside]
            yield StaleChange(change, tuple(beside))


def _by_statement(changes: Iterable[Change]) -> Iterator[tuple[str, list[Change]]]:
    by_statement: dict[str, list[Change]] = {}
    for change in changes:
        by_statement.setdefault(change.statement, []).append(change)
    yield from by_statement.items()


def _fits(change: Change, earlier: Sequence[Change], statement: Statement) -> bool:
    """Whether ``change`` meets the text of ``statement`` as ``earlier`` changes leave it."""
    texts = statement.entries or (statement.text,)
    for earlier_change in earlier:
        texts = tuple(earlier_change.apply(text) for text in texts)
    return any(change.fits(text) for text in texts)


def levels_in_id(statement_id: str, scale: Scale) -> LevelRange | None:
    """The levels in the id of a statement that is there no more: ids that jdgen gives end with them."""
    try:
        return scale.range(statement_id.rpartition(".")[2])
    except ValueError:
        return None


def _remark(entry: Mapping[str, Any], scale: Scale, subjects: Collection[str]) -> SourceRemark:
    """The remark, told or not: its levels may be of another scale than the framework's, its subjects there no more."""
    id_, subject, text = entry["id"], entry["subject"], entry["text"]
    missing_subjects = [name for name in subjects_in(subject) if " " not in name and name not in subjects]
    if scale.key not in entry and not scale.is_empty:
        return SourceRemark(id_, None, subject, text, f"it names no {scale.words}, which the framework has")
    try:
        levels = scale.range(entry.get(scale.key, scale.names[0]))
    except UnknownLevelError as error:
        return SourceRemark(id_, None, subject, text, str(error))
    return SourceRemark(
        id_, levels, subject, text, f"the framework has no {list_words(missing_subjects)}" if missing_subjects else ""
    )


def _subjects(specialism: Specialism) -> frozenset[str]:
    """Whatever a remark may be about: statements, and the headings and parts that their ids begin with."""
    ids = [statement.id for row in specialism.rows for statement in row.statements]
    ids += [remark.id for category in specialism.role_categories for remark in category.statements]
    ids += [row.id for row in specialism.rows]
    ids += [specialism.description.id] if specialism.description else []
    return frozenset(".".join(parts[:count]) for id_ in ids for parts in [id_.split(".")] for count in range(1, 9))


def level_problems(file: YamlFile, key: str, scale: Scale) -> list[Problem]:
    """What the schema cannot see of the entries under ``key``: levels of ``scale`` that run downwards."""
    problems: list[Problem] = []
    for index, entry in enumerate(file.value.get(key, ())):
        try:
            scale.range(entry.get(scale.key, scale.names[0]))
        except UnknownLevelError:
            continue  # a level that the framework has no more
        except ValueError as error:
            keys: Keys = (key, index, scale.key)
            problems.append(Problem(file.where(keys), str(error), right_for(error, scale)))
    return problems
