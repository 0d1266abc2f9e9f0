"""A batch from beginning to end: look at every row, make the documents, collect them, report."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Collection, Generator, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from jdgen.batch.model import (
    BatchedDocument,
    BatchOutcome,
    BatchResult,
    BatchSettings,
    BatchSummary,
    Listener,
    ReportFiles,
)
from jdgen.batch.plan import FailedRow, Opener, Plan, plan_batch
from jdgen.batch.report import PAGE, WORKBOOK, BatchReport, mending_workbook
from jdgen.batch.running import WORTH_IT, look_at_rows, make_documents, start_worker
from jdgen.batch.spool import PostSpool
from jdgen.batch.worker import Attempt, Worker, open_worker
from jdgen.dates import printed_day
from jdgen.document.own_files import OwnFiles, displacement_problems, free_place
from jdgen.document.replacing import refusal
from jdgen.drafting.block_id import BlockId
from jdgen.drafting.loading import load_subjects, readable_libraries
from jdgen.drafting.review import Subjects
from jdgen.drafting.review_notes import subjects_in
from jdgen.errors import JdgenError, PostsRefusedError, Problem, along_with, refuse
from jdgen.files import DiskFullError, Overwrite, prepare, save, state_of, whole_file
from jdgen.leftovers import remove_leftovers
from jdgen.record.keeping import Keeper, keeping
from jdgen.system.processes import Processes, usable_cores
from jdgen.workspace import Workspace

TO_MEND = "posts to mend.xlsx"


def make_batch(
    opener: Opener,
    workspace: Workspace,
    settings: BatchSettings,
    *,
    keep_going: bool = False,
    listener: Listener | None = None,
    source: Path | None = None,
) -> BatchResult:
    """Make the documents of all posts that ``opener`` gives; they come from the file ``source``.

    Raises :class:`JdgenError` with every problem of every row, before anything is written; with ``keep_going`` the
    sound rows are made, and the others go into a workbook to be mended and fed back. Problems of the file as a whole,
    such as a column that nobody knows, stop the batch in any case.
    """
    start = time.perf_counter()
    worker = open_worker(workspace, settings)
    own_files = OwnFiles(workspace)
    with _way_out_of_a_full_disk(), ExitStack() as resources:
        resources.callback(worker.known_documents.close)
        if not settings.dry_run:
            # When its processes are gone: one that was ended leaves what it was at.
            resources.callback(remove_leftovers, settings.output)
        worker, plan, processes = _look_at_posts(opener, worker, resources)
        _refuse_faults(plan, worker, keep_going)
        output = _open_output(settings, workspace, own_files, resources)
        tally = _make_documents(plan, worker, processes, output, listener or Listener())
        summary = tally.summary(time.perf_counter() - start)
        reports = output.finish(summary, own_files)
    # Last, since the posts may come from an earlier such workbook in the same place.
    mending = _save_mending_workbook(plan, settings, source, own_files)
    result = BatchResult(
        summary,
        tuple(dict.fromkeys((*plan.all_problems, *tally.problems))),
        mending,
        reports,
        (*plan.warnings, *output.warnings, *_displacements(settings.output, reports)),
        tuple(tally.left_alone),
    )
    for file in (*result.files, *([settings.archive] if output.archive and settings.archive else ())):
        own_files.note_file(file)
    return result


@dataclass
class _Tally:
    """What became of the documents, counted; what is wrong with those that failed, and what is told of those that were
    left alone."""

    counts: dict[BatchOutcome, int] = field(default_factory=lambda: dict.fromkeys(BatchOutcome, 0))
    problems: dict[Problem, None] = field(default_factory=dict)
    left_alone: list[Problem] = field(default_factory=list)

    def add(self, document: BatchedDocument) -> None:
        self.counts[document.outcome] += 1
        if document.outcome is BatchOutcome.FAILED:
            self.problems |= dict.fromkeys(document.problems)
        else:
            self.left_alone += document.problems

    def summary(self, seconds: float) -> BatchSummary:
        return BatchSummary({outcome: count for outcome, count in self.counts.items() if count}, seconds)


@dataclass(frozen=True)
class _Output:
    """What takes the documents, one by one: the report, the archive where one is wanted, and what keeps copies of their
    records. A dry run has none of them; ``problem`` is why it could not write its archive."""

    report: BatchReport | None = None
    archive: Archive | None = None
    keeper: Keeper | None = None
    problem: Problem | None = None

    def take(self, attempt: Attempt) -> None:
        document, content, copy, digest, annotated = attempt
        if self.archive and content is not None:
            self.archive.add(document.path, content)
        if self.archive and annotated is not None:
            self.archive.add(document.annotated, annotated)
        if self.keeper:
            self.keeper.keep(copy, digest)
            if document.outcome is BatchOutcome.UNCHANGED:
                self.keeper.keep_missed(Path(document.path))
        self.report_on(document)

    def report_on(self, document: BatchedDocument) -> None:
        if self.report:
            self.report.add(document)

    def finish(self, summary: BatchSummary, own_files: OwnFiles) -> ReportFiles | None:
        """End the report and the copies of records; the report's files, where there is one."""
        reports = None
        if self.report:
            reports = self.report.finish(summary, lambda path, paths_in_use: free_place(path, own_files, paths_in_use))
        if self.keeper:
            self.keeper.end()
        return reports

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is to be said of the files that keep no document from being made."""
        return tuple(filter(None, (self.keeper.problem if self.keeper else None, self.problem)))


def _open_output(settings: BatchSettings, workspace: Workspace, own_files: OwnFiles, resources: ExitStack) -> _Output:
    """What takes the documents. Raises :class:`JdgenError` where the archive must not be written: a dry run is not
    stopped by that, and tells it."""
    archive_state = state_of(settings.archive) if settings.archive and settings.permissions.overwrite else None
    archive_problem = _archive_refusal(settings, own_files)
    if settings.dry_run:
        return _Output(problem=archive_problem)
    refuse([archive_problem])
    prepare(settings.output)
    report = resources.enter_context(_report(settings, workspace))
    archive = None
    if settings.archive:
        # One that is replaced has to be as it was when it was looked at.
        archive = resources.enter_context(open_archive(settings.archive, archive_state))
    return _Output(report, archive, resources.enter_context(keeping(workspace, settings.archive or settings.output)))


def _refuse_faults(plan: Plan, worker: Worker, keep_going: bool) -> None:
    """Refuse what keeps the batch from being made: problems of the file as a whole, of rows unless the others are to be
    made, and templates that are not safe to open, all at once."""
    is_refused = plan.problems or (plan.failed_rows and not keep_going)
    error_class = JdgenError if plan.problems else PostsRefusedError
    with along_with(plan.all_problems if is_refused else (), error_class):
        # Here, once, rather than in each of the processes.
        worker.templates.vet()


def _look_at_posts(opener: Opener, worker: Worker, resources: ExitStack) -> tuple[Worker, Plan, Processes | None]:
    """``worker`` with what the file of posts calls own fields, the plan, and the processes that helped with it, if
    there are enough rows for more than one."""
    spool = resources.enter_context(PostSpool())
    stream = opener()
    # What the settings call a field goes before what heads its column.
    own_headings = {**stream.own_headings, **worker.settings.own_headings}
    settings = replace(worker.settings, own_headings=own_headings, is_mended=stream.is_mended)
    worker = replace(worker, settings=settings)
    rows, is_worth_it = _more_than(WORTH_IT, stream.raw)
    processes = None
    jobs = worker.settings.jobs or usable_cores()
    if jobs > 1 and is_worth_it:
        processes = resources.enter_context(Processes(jobs, start_worker, (worker.workspace, worker.settings)))
    with closing(look_at_rows(rows, stream.read_row, worker, processes)) as checked_chunks:
        return worker, plan_batch(stream, checked_chunks, opener, worker.settings, spool), processes


def _more_than(count: int, rows: Iterator[Any]) -> tuple[Iterator[Any], bool]:
    """``rows``, and whether there are more than ``count`` of them."""
    first_rows = list(islice(rows, count + 1))
    return chain(first_rows, rows), len(first_rows) > count


def _make_documents(
    plan: Plan, worker: Worker, processes: Processes | None, output: _Output, listener: Listener
) -> _Tally:
    """Make the documents that are planned, and tell ``listener`` of each."""
    tally = _Tally()
    listener.on_plan((plan.posts - len(plan.failed_rows)) * len(worker.settings.templates))
    with closing(_documents(plan, worker, processes, output)) as documents:
        for document in documents:
            tally.add(document)
            listener.on_document(document)
    return tally


def _documents(plan: Plan, worker: Worker, processes: Processes | None, output: _Output) -> Generator[BatchedDocument]:
    """The documents, those of rows that failed first, each as soon as ``output`` has it."""
    for failed_row in plan.failed_rows:
        document = _document_of_failed(failed_row)
        output.report_on(document)
        yield document
    with closing(make_documents(plan.chunks(), worker, processes)) as attempts:
        for attempt in attempts:
            output.take(attempt)
            yield attempt.document


@contextmanager
def _way_out_of_a_full_disk() -> Iterator[None]:
    """Say how to go on when the disk is full."""
    try:
        yield
    except DiskFullError as error:
        right = "make room on the disk, and run the same command again: it goes on where it stopped"
        raise JdgenError(Problem(problem.where, problem.what, right) for problem in error.problems) from error


def _document_of_failed(failed_row: FailedRow) -> BatchedDocument:
    values = failed_row.row.entries.values
    return BatchedDocument(
        row=failed_row.row.label,
        title=str(values.get("title", "")),
        band=str(values.get("band", "")),
        template="",
        path="",
        outcome=BatchOutcome.FAILED,
        seconds=0.0,
        problems=failed_row.problems,
    )


def _save_mending_workbook(
    plan: Plan, settings: BatchSettings, source: Path | None, own_files: OwnFiles
) -> Path | None:
    """Save the workbook of rows that failed, and give its path; nothing where there is none. Rows of a YAML file have
    their lines, and are mended there.

    One that somebody is mending stays; but what is left of the workbook that the posts come from goes back into it.
    """
    rows = [(failed_row.row, failed_row.problems) for failed_row in plan.failed_rows if failed_row.row.cells]
    if not rows or settings.dry_run:
        return None
    path = settings.output / TO_MEND
    if source is None or path.resolve() != source.resolve():
        path = free_place(path, own_files)
    save(mending_workbook(plan.headings, rows), path, overwrite=True)
    return path


def _displacements(folder: Path, reports: ReportFiles | None) -> tuple[Problem, ...]:
    """What is said of files of the report that could not take their places in ``folder``."""
    if reports is None:
        return ()
    workbook = displacement_problems(folder / WORKBOOK, reports.workbook)
    return (*displacement_problems(folder / PAGE, reports.page), *workbook)


def _archive_refusal(settings: BatchSettings, own_files: OwnFiles) -> Problem | None:
    """Why the archive must not be written; nothing where it may be, or none is wanted."""
    if settings.archive is None:
        return None
    return refusal(settings.archive, own_files.condition(settings.archive), settings.permissions)


def _report(settings: BatchSettings, workspace: Workspace) -> BatchReport:
    names = ", ".join(template.stem for template in settings.templates)
    origin = f"Templates: {names}. Date of the documents: {printed_day(settings.drafted)}."
    if settings.annotate:
        origin += " Beside each document is a copy with its review notes as Word comments."

    def subjects(note_subjects: Collection[str]) -> Subjects:
        specialisms = {BlockId(name).first_field for subject in note_subjects for name in subjects_in(subject)}
        return load_subjects(workspace, readable_libraries(workspace, lambda _, specialism: specialism in specialisms))

    return BatchReport(settings.output, origin=origin, has_links=settings.archive is None, subjects=subjects)


# One zip file of all documents of a batch: whole at the end or not there; equal documents give equal bytes.

_EPOCH = (1980, 1, 1, 0, 0, 0)
# The system that an entry says it is from, whichever this is: its permissions are read as Unix has them.
_UNIX = 3


class Archive:
    """Takes documents one by one. They are deflated already, so they are stored as they are."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED)

    def add(self, name: str, content: bytes) -> None:
        """Add the document ``name``."""
        entry = zipfile.ZipInfo(name, _EPOCH)
        entry.create_system = _UNIX
        entry.external_attr = 0o644 << 16
        self._zip.writestr(entry, content)

    def close(self) -> None:
        """Write the list of contents."""
        self._zip.close()

    def abandon(self) -> None:
        """Write nothing more. Left alone, a zip file closes itself when nobody needs it, though its stream is gone."""
        self._zip.fp = None


@contextmanager
def open_archive(path: Path, overwrite: Overwrite) -> Iterator[Archive]:
    """An archive that gets its name when all is in it. Raises :class:`JdgenError` when it cannot be written."""
    with whole_file(path, overwrite=overwrite) as stream:
        archive = Archive(stream)
        try:
            yield archive
        except BaseException:
            archive.abandon()
            raise
        archive.close()
