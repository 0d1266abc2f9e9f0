"""The status of many documents, by several processes where there are thousands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from jdgen.cores import usable_cores
from jdgen.errors import Problem
from jdgen.framework.model import Framework
from jdgen.processes import Processes, ready_for_parent
from jdgen.revision.materials import Materials
from jdgen.revision.status import DocumentStatus, status_of, untold
from jdgen.workspace import Workspace

#: Documents below which starting processes takes longer than they save, and how many one is handed at a time.
WORTH_IT, CHUNK = 400, 64

_materials: Materials | None = None


def statuses(
    paths: Sequence[Path], workspace: Workspace, framework: Framework | None = None, template: Path | None = None
) -> Iterator[DocumentStatus]:
    """The status of each document, in order. ``framework`` and ``template`` stand in for those of the workspace."""
    jobs = min(usable_cores(), len(paths) // WORTH_IT)
    if jobs < 2:
        materials = Materials(workspace, framework, template)
        yield from (status_of(path, materials) for path in paths)
        return
    with Processes(jobs, _begin, (workspace, framework, template)) as processes:
        for chunk, found in processes.each(_statuses, _chunks(paths)):
            yield from found if found is not None else _one_by_one(chunk, processes)


def _chunks(paths: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
    remaining = iter(paths)
    while chunk := tuple(islice(remaining, CHUNK)):
        yield chunk


def _one_by_one(paths: Sequence[Path], processes: Processes) -> Iterator[DocumentStatus]:
    """The status of each document of a chunk over which a process died, in a process that only it can kill."""
    with processes.one() as one:
        for path in paths:
            ((_, found),) = one.each(_statuses, iter([(path,)]))
            yield from found if found is not None else (_lost(path),)


def _lost(path: Path) -> DocumentStatus:
    right = "look for something unusual in it; other documents are not affected"
    problem = Problem(str(path), "the process that looked at it died", right)
    return untold(path, problem)


def _begin(workspace: Workspace, framework: Framework | None, template: Path | None) -> None:
    global _materials  # noqa: PLW0603  # what a process keeps between documents
    ready_for_parent()
    _materials = Materials(workspace, framework, template)


def _statuses(paths: Sequence[Path]) -> list[DocumentStatus]:
    assert _materials is not None, "every process has begun"
    return [status_of(path, _materials) for path in paths]
