"""The status of many documents, by several processes where there are thousands."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

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
    """The status of each document, in order. ``framework`` and ``template`` stand in for those of the workspace."""
    processes = min(os.cpu_count() or 1, len(paths) // WORTH_IT)
    if processes < 2:
        materials = Materials(workspace, framework, template)
        yield from (status_of(path, materials) for path in paths)
        return
    with ProcessPoolExecutor(processes, initializer=_begin, initargs=(workspace, framework, template)) as pool:
        yield from pool.map(_status, paths, chunksize=CHUNK)


def _begin(workspace: Workspace, framework: Framework | None, template: Path | None) -> None:
    global _materials  # noqa: PLW0603  # what a process keeps between documents
    _materials = Materials(workspace, framework, template)


def _status(path: Path) -> DocumentStatus:
    assert _materials is not None, "every process has begun"
    return status_of(path, _materials)
