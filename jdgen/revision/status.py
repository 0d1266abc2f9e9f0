"""What is out of date: each document held against the framework and the template that there are today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from jdgen.errors import JdgenError, Problem
from jdgen.files import content_of
from jdgen.framework.model import Framework
from jdgen.processes import Processes, ready_for_parent, usable_cores
from jdgen.record.finding import missing
from jdgen.record.model import GenerationRecord
from jdgen.record.reading import Handling, RecordOrigin, facts_of
from jdgen.record.writing import COPY_OF
from jdgen.revision.fresh_documents import Differences, FreshDocument, differences, fresh_document_of, pictures_in
from jdgen.revision.fresh_sources import FreshSources
from jdgen.revision.regeneration import refusal_problems
from jdgen.word.opening import refuse_damaged, unzip
from jdgen.workspace import Workspace


class State(StrEnum):
    """What is to be said of a document; several can be true of one."""

    UP_TO_DATE = "up to date"
    PRINTS_OTHERWISE = "framework newer"
    OTHER_HEADINGS = "headings chosen otherwise"
    OTHER_TEMPLATE = "template newer"
    EDITED = "edited since"
    ANNOTATED = "annotated copy"
    NO_RECORD = "no record"
    UNKNOWN = "cannot be told"


#: States that leave nothing to be done.
_SETTLED = frozenset({State.UP_TO_DATE, State.EDITED, State.ANNOTATED})


@dataclass(frozen=True)
class DocumentStatus:
    """The states of one document. ``differences`` are the blocks that would be printed otherwise today, ``edited``
    those that a person has changed or taken out, ``lost`` says which choices of its post are offered no more,
    ``problems`` why something cannot be told, or why ``regenerate`` would refuse the document, and ``origin`` where
    the record was found."""

    path: str
    states: tuple[State, ...]
    document_id: str = ""
    title: str = ""
    framework: str = ""
    version: str = ""
    differences: Differences = field(default_factory=Differences)
    edited: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    origin: RecordOrigin | None = None

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing to be done."""
        return _SETTLED.issuperset(self.states)


def untold(path: Path, *problems: Problem) -> DocumentStatus:
    """What is said of a document at ``path`` of which nothing can be told."""
    return DocumentStatus(str(path), (State.UNKNOWN,), problems=problems)


def status_of(path: Path, sources: FreshSources) -> DocumentStatus:
    """The status of the document at ``path``. Nothing about it raises: one bad file must not hide a thousand others."""
    name = str(path)
    try:
        content = content_of(path)
    except JdgenError as error:
        return untold(path, *error.problems)
    try:
        file = unzip(content, name)
    except JdgenError as error:
        return DocumentStatus(name, (State.NO_RECORD,), problems=error.problems[:1])
    found = sources.kept.record_of(file, name)
    if isinstance(found, Problem):
        # In a folder most files without a record are nobody's business; of some there is more to say.
        return DocumentStatus(name, (State.NO_RECORD,), problems=() if found == missing(name) else (found,))
    record = found.record
    title = record.post.get("title")
    known = DocumentStatus(
        path=name,
        states=(State.EDITED,) if found.changed else (),
        document_id=record.document_id,
        title=title if isinstance(title, str) else "",
        framework=record.framework,
        version=record.framework_version,
        edited=found.changed,
        origin=found.origin,
    )
    if found.handling is not Handling.UNTOUCHED and COPY_OF in facts_of(file):
        return replace(known, states=(State.ANNOTATED, *known.states))
    try:
        # What is as jdgen wrote it needs no such look.
        if found.handling is not Handling.UNTOUCHED or record.pictures:
            refuse_damaged(file, name)
        today = fresh_document_of(record, sources, name, pictures_in(file, record))
        states, differ = _held_against_today(record, today)
        problems = refusal_problems(file, name, found, today) if differ else ()
    except JdgenError as error:
        return replace(known, states=(State.UNKNOWN, *known.states), problems=error.problems)
    states = (*states, *known.states) or (State.UP_TO_DATE,)
    return replace(known, states=states, differences=differ, lost=today.lost, problems=problems)


def _held_against_today(record: GenerationRecord, today: FreshDocument) -> tuple[tuple[State, ...], Differences]:
    if today.is_other_template:
        return (State.OTHER_TEMPLATE,), Differences()
    differ = differences(record, today)
    if not differ:
        return (), differ
    is_chosen = differ.of_capitals_alone(record.blocks, today.blocks)
    return (State.OTHER_HEADINGS if is_chosen else State.PRINTS_OTHERWISE,), differ


# The status of many documents, by several processes where there are thousands.

#: Documents below which starting processes takes longer than they save, and how many one is handed at a time.
WORTH_IT, CHUNK = 400, 64

_sources: FreshSources | None = None


def statuses(
    paths: Sequence[Path], workspace: Workspace, framework: Framework | None = None, template: Path | None = None
) -> Iterator[DocumentStatus]:
    """The status of each document, in order. ``framework`` and ``template`` stand in for those of the workspace."""
    jobs = min(usable_cores(), len(paths) // WORTH_IT)
    if jobs < 2:
        sources = FreshSources(workspace, framework, template)
        yield from (status_of(path, sources) for path in paths)
        return
    with Processes(jobs, _begin, (workspace, framework, template)) as processes:
        yield from processes.results(_statuses, paths, CHUNK, _status_of_lost)


def _status_of_lost(path: Path) -> DocumentStatus:
    right = "look for something unusual in it; other documents are not affected"
    problem = Problem(str(path), "the process that looked at it died", right)
    return untold(path, problem)


def _begin(workspace: Workspace, framework: Framework | None, template: Path | None) -> None:
    global _sources  # noqa: PLW0603  # what a process keeps between documents
    ready_for_parent()
    _sources = FreshSources(workspace, framework, template)


def _statuses(paths: Sequence[Path]) -> list[DocumentStatus]:
    assert _sources is not None, "every process has begun"
    return [status_of(path, _sources) for path in paths]
