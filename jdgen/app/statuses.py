"""Documents that exist, held against the framework and the template of today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from jdgen.drafting.loading import display_path, framework_path, gather
from jdgen.framework.model import Framework
from jdgen.framework.reading import load_framework
from jdgen.record.reading import RecordOrigin
from jdgen.revision.folders import WordFile, word_files
from jdgen.revision.status import DocumentStatus, State, statuses, untold
from jdgen.template.vetting import find_template
from jdgen.workspace import Workspace

__all__ = ["DocumentStatus", "RecordOrigin", "State", "status_of_each"]


def status_of_each(
    places: Sequence[Path], workspace: Workspace, framework: Path | None = None, template: str | None = None
) -> tuple[DocumentStatus, ...]:
    """What is out of date among the documents in ``places``; ``framework`` and ``template`` are what they are held
    against in place of the workspace's."""
    files, newer, other = find_targets(lambda: word_files(places), framework, template, workspace)
    readable = statuses([file.path for file in files if file.problem is None], workspace, newer, other)
    return tuple(next(readable) if file.problem is None else untold(file.path, file.problem) for file in files)


class Targets(NamedTuple):
    """What the user named: documents, and the framework and the template that stand in for those of the workspace."""

    files: Sequence[WordFile]
    framework: Framework | None
    template: Path | None


def find_targets(
    files: Callable[[], Sequence[WordFile]], framework: Path | None, template: str | None, workspace: Workspace
) -> Targets:
    """What is named, all of it looked at. Raises :class:`JdgenError` with what is wrong with each, so that nothing that
    is not there passes for nothing to do."""
    loaders: tuple[Callable[[], object], ...] = (
        files,
        lambda: _framework(framework, workspace) if framework is not None else None,
        lambda: find_template(workspace, template)[0] if template is not None else None,
    )
    return Targets(*gather(loaders))  # type: ignore[arg-type]  # each loader has its type, in this order


def _framework(named: Path, workspace: Workspace) -> Framework:
    path = framework_path(named, workspace, "--framework")
    return load_framework(path, display_path(path))
