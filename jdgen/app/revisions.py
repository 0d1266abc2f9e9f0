"""Documents that exist, held against the framework and the template of today, and brought up to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from jdgen.document.replacing import Allowed, Written, displacement_problems, free_place
from jdgen.drafting.loading import display_path, gather
from jdgen.errors import Problem
from jdgen.files import NoMoreFilesError, save
from jdgen.framework.model import Framework
from jdgen.framework.reading import load_framework
from jdgen.record.keeping import keeping
from jdgen.record.reading import RecordOrigin
from jdgen.revision.decisions import Action, Decision
from jdgen.revision.folders import WordFile, word_files
from jdgen.revision.many_documents import (
    Placement,
    Renewal,
    Renewed,
    absent_of,
    files_of,
    in_order,
    report_unreached,
    whole,
)
from jdgen.revision.materials import FreshSources
from jdgen.revision.redline.marks import Stamp
from jdgen.revision.redline.redline import Conflicts
from jdgen.revision.regeneration import Regenerated, RegenerationSettings
from jdgen.revision.report import report_page, report_workbook
from jdgen.revision.status import DocumentStatus, State, statuses, untold
from jdgen.template.choosing import find_template
from jdgen.workspace import Workspace

__all__ = [
    "Action",
    "Conflicts",
    "Decision",
    "DocumentStatus",
    "Placement",
    "RecordOrigin",
    "Regenerated",
    "RegenerationSettings",
    "Renewed",
    "Stamp",
    "State",
    "absent_of",
    "regenerate",
    "status_of_each",
    "whole",
]


def status_of_each(
    places: Sequence[Path], workspace: Workspace, framework: Path | None = None, template: str | None = None
) -> tuple[DocumentStatus, ...]:
    """What is out of date among the documents in ``places``; ``framework`` and ``template`` are what they are held
    against in place of the workspace's."""
    files, newer, other = _look_at_named(lambda: word_files(places), framework, template, workspace)
    told = statuses([file.path for file in files if file.problem is None], workspace, newer, other)
    return tuple(next(told) if file.problem is None else untold(file.path, file.problem) for file in files)


class SavedReport(NamedTuple):
    """Where a report was saved, and what is to be said where that is not its usual place."""

    path: Path
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class Renewals:
    """What became of each document, ``reports`` of it, and ``warnings`` of what kept none from being made. ``stop`` is
    what ended the run before the last of them, if anything did."""

    documents: tuple[Renewed, ...]
    reports: tuple[SavedReport, ...]
    warnings: tuple[Problem, ...]
    stop: BaseException | None


def regenerate(
    places: Sequence[Path],
    out: Path,
    workspace: Workspace,
    manner: RegenerationSettings,
    allowed: Allowed,
    *,
    framework: Path | None = None,
    template: str | None = None,
    hear: Callable[[Renewed], None] = lambda _: None,
) -> Renewals:
    """Bring the documents in ``places`` up to date, and write them into the folder ``out``, with a report on them.

    ``framework`` and ``template`` are what they are brought up to in place of the workspace's. ``hear`` is called with
    each document as it is done; Ctrl-C, and what keeps any more files from being written, end the run after the last
    that is done.
    """
    files, newer, other = _look_at_named(lambda: files_of(places, out), framework, template, workspace)
    written = Written(workspace)
    renewed: list[Renewed] = []
    stop: BaseException | None = None
    with keeping(workspace) as keeper:
        renewal = Renewal(FreshSources(workspace, newer, other), manner, out, keeper, written, allowed)
        try:
            for document in renewal.each(files):
                renewed.append(document)
                hear(document)
        except (KeyboardInterrupt, NoMoreFilesError) as error:
            stop = error
    looked_at = len(renewed)
    renewed += report_unreached(files[looked_at:])
    reports: tuple[SavedReport, ...] = ()
    if any(one.written or one.problems for one in renewed) and not isinstance(stop, NoMoreFilesError):
        reports = _reports(renewed, out, written, looked_at if stop else None)
    return Renewals(tuple(renewed), reports, (keeper.problem,) if keeper.problem else (), stop)


def _reports(
    renewed: Sequence[Renewed], folder: Path, written: Written, stopped_after: int | None
) -> tuple[SavedReport, ...]:
    """The two files of the report; those of an earlier run are replaced, unless somebody has worked on them."""
    looked = in_order(renewed)
    saved: list[SavedReport] = []
    for name, content in (
        ("report.html", report_page(looked, folder, stopped_after).encode()),
        ("report.xlsx", report_workbook(looked)),
    ):
        path = free_place(folder / name, written)
        save(content, path, overwrite=True)
        written.note(content)
        saved.append(SavedReport(path, displacement_problems(folder / name, path)))
    return tuple(saved)


class _Named(NamedTuple):
    """What the user named: documents, and the framework and the template that stand in for those of the workspace."""

    files: Sequence[WordFile]
    framework: Framework | None
    template: Path | None


def _look_at_named(
    files: Callable[[], Sequence[WordFile]], framework: Path | None, template: str | None, workspace: Workspace
) -> _Named:
    """What is named, all of it looked at. Raises :class:`JdgenError` with what is wrong with each, so that nothing that
    is not there passes for nothing to do."""
    loaders: tuple[Callable[[], object], ...] = (
        files,
        lambda: load_framework(framework, display_path(framework)) if framework is not None else None,
        lambda: find_template(workspace, template)[0] if template is not None else None,
    )
    return _Named(*gather(loaders))  # type: ignore[arg-type]  # each loader has its type, in this order
