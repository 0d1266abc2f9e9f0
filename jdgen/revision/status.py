"""What is out of date: each document held against the framework and the template that there are today, or against a
release of the framework."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from jdgen.errors import JdgenError, Problem
from jdgen.files import content_of
from jdgen.framework.model import Framework
from jdgen.record.finding import no_record
from jdgen.record.model import GenerationRecord
from jdgen.record.reading import Handling, RecordOrigin, facts_of
from jdgen.record.writing import COPY_OF
from jdgen.revision.folders import WordFile
from jdgen.revision.fresh_documents import Differences, FreshDocument, differences, fresh_document_of, pictures_in
from jdgen.revision.fresh_sources import FreshSources, death_over, look_at_each
from jdgen.revision.regeneration import foresee, refusal_problems
from jdgen.revision.rulings import Reach, ReleaseRulings
from jdgen.system.processes import usable_cores
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
    """The states of one document. ``differences`` are the blocks that would be printed otherwise today,
    ``edited_blocks`` those that a person has changed or taken out, ``stale_lines`` says what of its post, or of what is
    added to the framework, no longer fits, ``problems`` why something cannot be told, or why ``regenerate`` would
    refuse the document, and ``origin`` where the record was found. ``is_saved_since`` says that another program has
    written it, with nothing printed changed: only what was added or moved may be new."""

    path: str
    states: tuple[State, ...]
    document_id: str = ""
    title: str = ""
    framework: str = ""
    version: str = ""
    differences: Differences = field(default_factory=Differences)
    edited_blocks: tuple[str, ...] = ()
    stale_lines: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    origin: RecordOrigin | None = None
    is_saved_since: bool = False

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
    except JdgenError as error:  # of a file that cannot be read nobody knows whether it has one
        return untold(path, *error.problems[:1])
    found_record = sources.records.record_of(file, name)
    if isinstance(found_record, Problem):
        # In a folder most files without a record are nobody's business; of some there is more to say.
        return DocumentStatus(
            name, (State.NO_RECORD,), problems=() if found_record == no_record(name) else (found_record,)
        )
    record = found_record.record
    title = record.post.get("title")
    status = DocumentStatus(
        path=name,
        states=(State.EDITED,) if found_record.edited_blocks else (),
        document_id=record.document_id,
        title=title if isinstance(title, str) else "",
        framework=record.framework,
        version=record.framework_version,
        edited_blocks=found_record.edited_blocks,
        origin=found_record.origin,
        is_saved_since=found_record.handling is Handling.SAVED,
    )
    if found_record.handling is not Handling.UNTOUCHED and COPY_OF in facts_of(file):
        return replace(status, states=(State.ANNOTATED, *status.states), is_saved_since=False)
    try:
        # What is as jdgen wrote it needs no such look.
        if found_record.handling is not Handling.UNTOUCHED or record.pictures:
            refuse_damaged(file, name)
        today = fresh_document_of(record, sources, name, pictures_in(file, record))
        states, changes = _held_against_today(record, today)
        problems = refusal_problems(file, name, found_record, today) if changes else ()
    except JdgenError as error:
        return replace(status, states=(State.UNKNOWN, *status.states), problems=error.problems)
    states = (*states, *status.states) or (State.UP_TO_DATE,)
    return replace(status, states=states, differences=changes, stale_lines=today.stale_lines, problems=problems)


def _held_against_today(record: GenerationRecord, today: FreshDocument) -> tuple[tuple[State, ...], Differences]:
    if today.is_other_template:
        return (State.OTHER_TEMPLATE,), Differences()
    changes = differences(record, today)
    if not changes:
        return (), changes
    is_chosen = changes.of_capitals_alone(record.blocks, today.blocks)
    return (State.OTHER_HEADINGS if is_chosen else State.PRINTS_OTHERWISE,), changes


#: Documents for which starting one more process takes no longer than it saves, and how many one is handed at a time.
WORTH_IT, CHUNK = 400, 64


def statuses(
    paths: Sequence[Path], workspace: Workspace, framework: Framework | None = None, template: Path | None = None
) -> Iterator[DocumentStatus]:
    """The status of each document, in order: by several processes where there are thousands. ``framework`` and
    ``template`` stand in for those of the workspace."""
    sources = FreshSources(workspace, framework, template)
    jobs = min(usable_cores(), len(paths) // WORTH_IT)
    return look_at_each(status_of, paths, sources, look_over_death=_status_of_lost, jobs=jobs, chunk=CHUNK)


def _status_of_lost(path: Path) -> DocumentStatus:
    return untold(path, death_over(path))


# What a release changes: which documents each change of it reaches, and in which of them somebody has edited what it is
# about.

#: Documents below which starting processes takes longer than they save, and how many one is handed at a time.
REACH_WORTH_IT, REACH_CHUNK = 60, 16


@dataclass(frozen=True)
class DocumentReach:
    """What a release changes of one document: the ids of the ``changes`` by which it is printed otherwise, and of those
    where somebody has edited what they are about (``edited_changes``). ``undecided`` says why the release is not about
    the document, ``problems`` why nothing can be told of it; one that jdgen did not make is foreign."""

    path: str
    changes: frozenset[str] = frozenset()
    edited_changes: frozenset[str] = frozenset()
    undecided: str = ""
    problems: tuple[Problem, ...] = ()
    is_foreign: bool = False


def reach_by_change(documents: Sequence[DocumentReach]) -> Mapping[str, Reach]:
    """The documents that each change reaches, by its id."""
    ids = {change for document in documents for change in document.changes}
    return {
        change: Reach(
            tuple(document.path for document in documents if change in document.changes),
            tuple(document.path for document in documents if change in document.edited_changes),
        )
        for change in ids
    }


def reach_of(file: WordFile, sources: FreshSources, release: ReleaseRulings) -> DocumentReach:
    """What a release changes of one document. Nothing about it raises."""
    name = str(file.path)
    if file.problem is not None:
        return DocumentReach(name, problems=(file.problem,))
    try:
        foreseen = foresee(content_of(file.path), name, sources, release)
    except JdgenError as error:
        is_foreign = error.problems == (no_record(name),)
        return DocumentReach(name, problems=() if is_foreign else error.problems, is_foreign=is_foreign)
    changes = frozenset(change for decision in foreseen.decisions for change in decision.changes)
    edited_changes = frozenset(
        change for decision in foreseen.decisions if decision.is_edited for change in decision.changes
    )
    return DocumentReach(name, changes, edited_changes, foreseen.undecided)


def reaches(
    files: Sequence[WordFile],
    workspace: Workspace,
    framework: Framework,
    release: ReleaseRulings,
    jobs: int | None = None,
) -> Iterator[DocumentReach]:
    """What a release that leads to ``framework`` changes of each of ``files``, in order: found by ``jobs`` processes
    where there are many, or by as many as there are processors."""
    jobs = min(jobs or usable_cores(), len(files) // REACH_CHUNK) if len(files) > REACH_WORTH_IT else 1
    sources = FreshSources(workspace, framework)
    return look_at_each(reach_of, files, sources, release, look_over_death=_reach_of_lost, jobs=jobs, chunk=REACH_CHUNK)


def _reach_of_lost(file: WordFile) -> DocumentReach:
    return DocumentReach(str(file.path), problems=(death_over(file.path),))
