"""The status of many documents, by several processes where there are thousands."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from jdgen.cores import usable_cores
from jdgen.errors import JdgenError, Problem
from jdgen.framework.model import Framework
from jdgen.revision.materials import Materials
from jdgen.revision.status import DocumentStatus, status_of
from jdgen.workspace import Workspace

#: Documents below which starting processes takes longer than they save, and how many one is handed at a time.
WORTH_IT, CHUNK = 400, 64

_materials: Materials | None = None


def statuses(
    paths: Sequence[Path], workspace: Workspace, framework: Framework | None = None, template: Path | None = None
) -> Iterator[DocumentStatus]:
    """The status of each document, in order. ``framework`` and ``template`` stand in for those of the workspace.

    Raises :class:`JdgenError` when a process dies, for want of memory perhaps.
    """
    processes = min(usable_cores(), len(paths) // WORTH_IT)
    if processes < 2:
        materials = Materials(workspace, framework, template)
        yield from (status_of(path, materials) for path in paths)
        return
    # Processes that start fresh behave the same on every system.
    context = multiprocessing.get_context("spawn")
    begun_with = (workspace, framework, template)
    try:
        with ProcessPoolExecutor(processes, context, _begin, begun_with) as pool:
            yield from pool.map(_status, paths, chunksize=CHUNK)
    except BrokenProcessPool as error:
        what, right = "a process ended before its work was done", "close other programs, or name fewer documents"
        raise JdgenError(Problem(f"{len(paths)} documents", what, right)) from error


def _begin(workspace: Workspace, framework: Framework | None, template: Path | None) -> None:
    global _materials  # noqa: PLW0603  # what a process keeps between documents
    _materials = Materials(workspace, framework, template)


def _status(path: Path) -> DocumentStatus:
    assert _materials is not None, "every process has begun"
    return status_of(path, _materials)
