"""Documents that exist, brought up to the framework and the template of today."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from jdgen.app.statuses import find_targets, subjects_in
from jdgen.document.annotating import copy_problem
from jdgen.document.own_files import OwnFiles, displacement_problems, free_place
from jdgen.document.replacing import Permissions
from jdgen.errors import JdgenError, Problem, refuse
from jdgen.files import NoMoreFilesError, content_of, save
from jdgen.framework.passages import passages
from jdgen.record.keeping import keeping
from jdgen.record.reading import RecordOrigin
from jdgen.revision.decisions import Action, Decision, Ruling
from jdgen.revision.decisions_file import decisions_in, misfits
from jdgen.revision.folders import WordFile
from jdgen.revision.fresh_sources import NO_RENAMES, FreshSources, GoneName, Renames
from jdgen.revision.many_documents import (
    Placement,
    Renewal,
    Renewed,
    files_of,
    report_unreached,
)
from jdgen.revision.ranking import most_urgent_first, rank
from jdgen.revision.redline.marks import Stamp
from jdgen.revision.redline.redline import Conflicts
from jdgen.revision.regeneration import Regenerated, RegenerationSettings
from jdgen.revision.report import documents_by_change, report_page, report_workbook
from jdgen.revision.rulings import ReleaseRulings
from jdgen.workspace import Workspace

__all__ = [
    "Action",
    "Conflicts",
    "Decision",
    "GoneName",
    "Placement",
    "RecordOrigin",
    "Regenerated",
    "RegenerationSettings",
    "Renames",
    "Renewals",
    "Renewed",
    "Stamp",
    "rank",
    "regenerate",
]


#: Asks what names are called now that mean nothing any more; is told of each document as it is done.
_Settle = Callable[[Sequence[GoneName]], Renames]
_Hear = Callable[[Renewed], None]


class SavedReport(NamedTuple):
    """Where a report was saved, and what is to be said where that is not its usual place."""

    path: Path
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class Renewals:
    """What became of each document, ``reports`` of it, and ``warnings`` of what kept none from being made. ``stop`` is
    what ended the run before the last of them, if anything did. ``changes_without_document`` are the ids of changes of
    a release that somebody ruled on and that reached no document."""

    documents: tuple[Renewed, ...]
    reports: tuple[SavedReport, ...]
    warnings: tuple[Problem, ...]
    stop: BaseException | None
    changes_without_document: tuple[str, ...] = ()


def regenerate(
    places: Sequence[Path],
    out: Path,
    workspace: Workspace,
    settings: RegenerationSettings,
    permissions: Permissions,
    *,
    framework: Path | None = None,
    template: str | None = None,
    decisions: Path | None = None,
    jobs: int | None = None,
    renames: Renames = NO_RENAMES,
    settle: _Settle | None = None,
    hear: _Hear = lambda _: None,
) -> Renewals:
    """Bring the documents in ``places`` up to date, and write them into the folder ``out``, with a report on them.

    ``framework`` and ``template`` are what they are brought up to in place of the workspace's, ``decisions`` a file
    of rulings on a release, ``jobs`` the processes that share out the work, as many as there are processors where
    nobody says. ``renames`` says what specialisms and levels are called now that are gone, and ``settle`` asks for
    those of which nobody has said it. ``hear`` is called with each document as it is done; Ctrl-C, and what keeps any
    more files from being written, end the run after the last that is done.
    """
    targets, newer, other = find_targets(lambda: files_of(places, out), framework, template, workspace)
    sources = FreshSources(workspace, newer, other, renames)
    if decisions is not None:
        settings = replace(settings, release=_release_in(decisions, sources))
    copies = {file: problem for file in targets if not file.is_named and (problem := copy_problem(file.path))}
    files = [file for file in targets if file not in copies]
    own_files = OwnFiles(workspace)
    with keeping(workspace) as keeper:
        renewal = Renewal(sources, settings, out, keeper, own_files, permissions)
        renewals, stop = _renew(files, renewal, jobs, settle, hear)
    reached_count = len(renewals)
    renewals += report_unreached(files[reached_count:])
    reports: tuple[SavedReport, ...] = ()
    if any(document.target or document.problems for document in renewals) and not isinstance(stop, NoMoreFilesError):
        by_urgency, subjects = most_urgent_first(renewals), subjects_in(workspace, newer)
        page = report_page(by_urgency, out, subjects, reached_count if stop else None, settings.release).encode()
        workbook = report_workbook(by_urgency, subjects, settings.release)
        files_of_report = ((out / "report.html", page), (out / "report.xlsx", workbook))
        reports = tuple(_save_report(path, content, own_files) for path, content in files_of_report)
    warnings = (*copies.values(), *((keeper.problem,) if keeper.problem else ()))
    return Renewals(tuple(renewals), reports, warnings, stop, _changes_without_document(renewals, settings.release))


def _renew(
    files: Sequence[WordFile], renewal: Renewal, jobs: int | None, settle: _Settle | None, hear: _Hear
) -> tuple[list[Renewed], BaseException | None]:
    """What becomes of each of ``files``, up to the one after which something ended the run, and what that was."""
    renewals: list[Renewed] = []

    def note(document: Renewed) -> None:
        renewals.append(document)
        if not (settle and _gone_names([document])):  # of those there is more to come
            hear(document)

    try:
        renewal.bring_up_to_date(files, note, jobs)
        if settle:
            _settle(renewals, files, renewal, settle, hear)
    except (KeyboardInterrupt, NoMoreFilesError) as error:
        return renewals, error
    return renewals, None


def _changes_without_document(renewals: Sequence[Renewed], release: ReleaseRulings | None) -> tuple[str, ...]:
    reached_changes = documents_by_change(renewals)
    rulings = release.rulings if release else {}
    return tuple(
        change for change, ruling in rulings.items() if ruling is not Ruling.ASK and change not in reached_changes
    )


def _release_in(path: Path, sources: FreshSources) -> ReleaseRulings:
    """The rulings in a file. Raises :class:`JdgenError` with all that is wrong with it, and with what was decided on
    other words than documents are brought up to."""
    decisions = decisions_in(content_of(path, right="name a file that `jdgen release` wrote"), str(path))
    framework_id = decisions.release.framework
    versions = [framework for framework in sources.frameworks() if framework.id == framework_id]
    if not versions:
        what = f"is about the framework '{framework_id}', which is not here"
        raise JdgenError(Problem(str(path), what, "name its new version: --framework NEW"))
    texts = {passage.id: passage.text for framework in versions for passage in passages(framework)}
    refuse(misfits(decisions, texts))
    return decisions.release


def _gone_names(renewals: Iterable[Renewed]) -> tuple[GoneName, ...]:
    """The names in records that mean nothing any more, each once."""
    problems = (problem for document in renewals for problem in document.problems if isinstance(problem, GoneName))
    return tuple({(name.option, name.name): name for name in problems}.values())


def _settle(
    renewals: list[Renewed],
    files: Sequence[WordFile],
    renewal: Renewal,
    settle: _Settle,
    hear: _Hear,
) -> None:
    """Bring the documents among ``renewals`` up to date that have names which mean nothing any more, once ``settle``
    says what each is called now: a specialism first, then perhaps a level of it. The others are heard as they are."""
    sources = renewal.sources
    while gone_names := _gone_names(renewals):
        renames = settle(gone_names)
        if not (renames.specialisms or renames.levels):
            break
        sources = FreshSources(
            sources.workspace, sources.framework, sources.template, sources.renames.with_others(renames)
        )
        places = [at for at, document in enumerate(renewals) if _gone_names([document])]
        later_renewals: list[Renewed] = []
        replace(renewal, sources=sources).bring_up_to_date([files[at] for at in places], later_renewals.append)
        for at, document in zip(places, later_renewals, strict=True):
            renewals[at] = document
            if not _gone_names([document]):
                hear(document)
    for document in renewals:
        if _gone_names([document]):
            hear(document)


def _save_report(usual_path: Path, content: bytes, own_files: OwnFiles) -> SavedReport:
    """Save a file of the report; that of an earlier run is replaced, unless somebody has worked on it."""
    path = free_place(usual_path, own_files)
    save(content, path, overwrite=True)
    own_files.note(content)
    return SavedReport(path, displacement_problems(usual_path, path))
