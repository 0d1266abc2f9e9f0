"""Documents that exist, held against the framework and the template of today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from jdgen.drafting.block_id import BlockId
from jdgen.drafting.frameworks_here import load_framework_named
from jdgen.drafting.loading import library_with, load_subjects, readable_libraries
from jdgen.drafting.review import Subjects
from jdgen.errors import JdgenError, gather
from jdgen.framework.model import Framework
from jdgen.record.reading import RecordOrigin
from jdgen.revision.folders import WordFile, word_files
from jdgen.revision.status import DocumentStatus, State, statuses, untold
from jdgen.template.vetting import find_template
from jdgen.workspace import Workspace

__all__ = ["BlockId", "DocumentStatus", "RecordOrigin", "State", "Statuses", "Subjects", "status_of_each"]


class Statuses(NamedTuple):
    """The status of each document, and what gives the headings by which people know what they print: frameworks have
    to be read for that."""

    documents: tuple[DocumentStatus, ...]
    subjects: Callable[[], Subjects]


def status_of_each(
    places: Sequence[Path], workspace: Workspace, framework: Path | None, template: str | None
) -> Statuses:
    """What is out of date among the documents in ``places``; ``framework`` and ``template`` are what they are held
    against in place of the workspace's."""
    files, newer, other = find_targets(lambda: word_files(places), framework, template, workspace)
    readable = statuses([file.path for file in files if file.problem is None], workspace, newer, other)
    documents = tuple(next(readable) if file.problem is None else untold(file.path, file.problem) for file in files)
    return Statuses(documents, partial(subjects_in, workspace, newer))


def subjects_in(workspace: Workspace, newer: Framework | None = None) -> Subjects:
    """By which headings people know what documents print, by the frameworks of the workspace and one that stands in for
    one of them. What is wrong with frameworks is told of each document."""
    newer_ids = {(newer.id, specialism.id) for specialism in newer.specialisms} if newer else set()
    libraries = list(readable_libraries(workspace, lambda *ids: ids not in newer_ids))
    with suppress(JdgenError):
        if newer is not None:
            libraries += [library_with(workspace, newer, specialism) for specialism in newer.specialisms]
        return load_subjects(workspace, libraries)
    return Subjects(libraries)


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
        lambda: load_framework_named(framework, workspace, "--framework") if framework is not None else None,
        lambda: find_template(workspace, template)[0] if template is not None else None,
    )
    return Targets(*gather(loaders))  # type: ignore[arg-type]  # each loader has its type, in this order
