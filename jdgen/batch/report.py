"""The report of a batch that a person opens: ``report.html`` and ``report.xlsx`` in its output folder.

Both hold every document with its problems, and each distinct review note once, by rank, with the documents that have
it. Their rows wait on disk, so that memory hardly grows with the documents; both files get their names at the end.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from types import TracebackType
from typing import IO, Any, BinaryIO, NamedTuple, Self

from jdgen.batch.model import BatchedDocument, BatchOutcome, BatchSummary, ReportFiles, for_a_sheet
from jdgen.batch.spool import temporary_files
from jdgen.drafting.review import RankedNote, Subjects
from jdgen.drafting.review_notes import STALE, Rank, ReviewNote, rank_of
from jdgen.errors import JdgenError, Problem
from jdgen.files import OpenElsewhereError, whole_file
from jdgen.reports.html_page import NAME, NUMBER, PAGE_END, TABLE_END, WORD, escape, link, page_start, table_start
from jdgen.reports.workbook import (
    Column,
    Link,
    ReportWorkbook,
    Strong,
    Tone,
    Value,
    copy_spool,
    one_sheet_workbook,
    spool,
)
from jdgen.sheets.heading_row import PROBLEM
from jdgen.sheets.reading import MENDING_SHEET
from jdgen.sheets.rows import PostRow
from jdgen.sheets.sheet import number_text
from jdgen.words import bare_words

PAGE = "report.html"
WORKBOOK = "report.xlsx"
#: A page with more documents lists all that failed or were kept, and the first of the others.
MAX_DOCUMENTS = 5_000
FIRST_OTHERS = 1_000
#: Distinct notes that there is room for, and how many rows are named for each.
_MAX_NOTES = 5_000
_FIRST_ROWS = 4
_ON_DISK = frozenset({BatchOutcome.WRITTEN, BatchOutcome.UNCHANGED, BatchOutcome.LEFT_ALONE})
_TONES = {BatchOutcome.FAILED: Tone.FAILED, BatchOutcome.LEFT_ALONE: Tone.KEPT}
_DOCUMENTS = (
    *("Row", "Job title", "Band", "Template", "Document", "Outcome", "Seconds"),
    *("To decide", "To complete", "Problems"),
)
_NOTES = ("To do", "About", "Note", "Number of documents", "Rows")
_PROBLEMS = ("Row", "Job title", "Where", "What is wrong", "What would be right")
#: What the page has of the workbook's columns: how long each took is for who looks into it there.
_ON_PAGE = tuple(heading for heading in _DOCUMENTS if heading != "Seconds")
_TEXTS = ("Document", "Problems", "Note", "Where", "What is wrong", "What would be right")
_NUMBERS = ("Seconds", "To decide", "To complete", "Number of documents")
_ROWS = "rows of the report's workbook cannot be kept there"
#: Documents whose notes are told: they are as the run drafts them.
_AS_DRAFTED = frozenset({BatchOutcome.WRITTEN, BatchOutcome.PLANNED, BatchOutcome.UNCHANGED})
#: What stands in place of rows where all documents have a note.
_ALL = "all"
_CLASSES = {BatchOutcome.FAILED: "failed", BatchOutcome.LEFT_ALONE: "kept"}


class BatchReport:
    """Takes documents one by one.

    A document's ``path`` is in ``folder``, or relative to it. ``origin`` says when and from what the batch was made, in
    the caller's words: the report reads no clock, so the same documents give the same bytes. ``has_links`` is false
    when the documents are in an archive, where no link finds them. ``subjects`` gives what notes with these subjects
    are about in words, and is asked once. Without :meth:`finish` nothing is left behind.

    Every method raises :class:`JdgenError` when the folder cannot be written.
    """

    def __init__(
        self,
        folder: Path,
        title: str = "Batch report",
        origin: str = "",
        has_links: bool = True,
        subjects: Callable[[Collection[str]], Subjects] = lambda _: Subjects(),
    ) -> None:
        self._folder = folder
        self._has_links = has_links
        self._subjects = subjects
        self._inside = tuple(f"{place}{os.sep}" for place in (folder.absolute(), folder))
        self._notes = _NoteCounts()
        with ExitStack() as resources, self._writing():
            folder.mkdir(parents=True, exist_ok=True)
            self._page = _Page(folder, title, origin)
            resources.callback(self._page.close)
            with temporary_files(_ROWS):
                self._workbook = _Workbook(title, origin)
            resources.callback(self._workbook.close)
            self._resources = resources.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._resources.close()

    def add(self, document: BatchedDocument) -> None:
        """Add one document, in the order that the report is to have."""
        path = self._relative(document.path)
        target = link(path) if self._has_links and document.outcome in _ON_DISK else ""
        counts = _counts(document)
        with self._writing():
            self._page.add(document, path, target, counts)
        with temporary_files(_ROWS):
            self._workbook.add(document, path, target, counts)
        self._notes.add(document)

    def finish(
        self, summary: BatchSummary, place: Callable[[Path, Collection[Path]], Path] = lambda path, _: path
    ) -> ReportFiles:
        """Write both files, whole, each at the ``place`` that is said for it, whatever is there; returns their paths.

        ``place`` is asked again, with what was found to be held, where another program has a file open.
        """
        paths_in_use: list[Path] = []
        notes = self._notes.rank(self._subjects)
        with temporary_files(_ROWS):
            self._workbook.end(summary, notes)
        while True:
            paths = ReportFiles(place(self._folder / PAGE, paths_in_use), place(self._folder / WORKBOOK, paths_in_use))
            try:
                self._write(summary, notes, *paths)
            except OpenElsewhereError as error:
                if error.path in paths_in_use:
                    raise
                paths_in_use.append(error.path)
            else:
                return paths

    def _write(self, summary: BatchSummary, notes: NoteRows, page_path: Path, workbook_path: Path) -> None:
        with (
            whole_file(page_path, overwrite=True, prepared=True) as page,
            whole_file(workbook_path, overwrite=True, prepared=True) as workbook,
        ):
            self._page.write(page, summary, notes)
            self._workbook.write(workbook)
            page.flush()  # a full disk is found before either file has its name

    def _relative(self, path: str) -> str:
        inside = next((place for place in self._inside if path.startswith(place)), "")
        return path.removeprefix(inside).replace(os.sep, "/")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            what = f"the report cannot be written ({error.strerror or error})"
            right = "choose a folder that you can write to, on a disk with room"
            raise JdgenError(Problem(str(self._folder), what, right)) from error


@dataclass(slots=True)
class _CountedNote:
    """Notes that are one row of the report: how many documents have one of them, from how many rows of posts these
    are, the last of which is ``last_row``, and the first of these rows."""

    note: ReviewNote
    documents: int = 0
    row_count: int = 0
    last_row: str = ""
    rows: list[str] = field(default_factory=list)

    def add(self, row: str) -> None:
        """Count a document of ``row``. Documents of one row, one for each template, come one after the other: so rows
        are counted without being kept."""
        self.documents += 1
        if row != self.last_row:
            self.row_count += 1
            self.last_row = row
            if len(self.rows) < _FIRST_ROWS:
                self.rows.append(row)


class NoteRow(NamedTuple):
    """One distinct note as the report tells it: by rank, how many documents have it, and which."""

    note: RankedNote
    documents: int
    rows: str


class NoteRows(NamedTuple):
    """All notes that there is room for, the most urgent and then the most frequent first; ``unlisted`` is how often a
    note came that there was no room for, and ``untold_documents`` how many documents were kept as somebody has them:
    what is still to do in these they do not say."""

    rows: tuple[NoteRow, ...]
    unlisted: int
    untold_documents: int = 0

    @property
    def of_others(self) -> str:
        """Where the notes are that this report has not."""
        many = (
            "1 document that was kept"
            if self.untold_documents == 1
            else f"{self.untold_documents:,} documents that were kept"
        )
        return f"Notes of {many} are not listed: jdgen show DOCUMENT --notes tells them"

    def cells(self) -> Iterator[tuple[str, str, str, int, str]]:
        """The cells of each row."""
        for note, documents, rows in self.rows:
            yield f"To {note.rank}", note.about, note.text, documents, rows


#: What makes notes one row: topic, text, and what they are about, whichever its level.
_Recurring = tuple[str, str, str]


def _recurring(note: ReviewNote) -> _Recurring:
    """Posts of several bands have several statements of one heading, and the same is said of each. What a post names
    itself stays apart, by its own name."""
    is_own = note.topic == STALE or note.subject.startswith("post.")
    return note.topic, note.text, note.subject if is_own else note.subject.rpartition(".")[0] or note.subject


class _NoteCounts:
    """Counts the notes of each document."""

    def __init__(self, most: int = _MAX_NOTES) -> None:
        self._unlisted = self._drafted = self._untold = 0
        self._most = most
        self._counted_notes: dict[_Recurring, _CountedNote] = {}

    def add(self, document: BatchedDocument) -> None:
        """Count the notes of one document, each once."""
        self._drafted += document.outcome in _AS_DRAFTED
        self._untold += document.outcome in _ON_DISK - _AS_DRAFTED
        for key, note in {_recurring(note): note for note in document.notes}.items():
            counted_note = self._counted_notes.get(key) or self._new(key, note)
            if counted_note:
                counted_note.add(document.row)

    def rank(self, subjects: Callable[[Collection[str]], Subjects]) -> NoteRows:
        """The notes as a report tells them."""
        counted_notes = self._counted_notes.values()
        subject_words = (
            subjects({counted_note.note.subject for counted_note in counted_notes}) if counted_notes else Subjects()
        )
        rows = [
            NoteRow(subject_words.of(for_a_sheet(counted_note.note)), counted_note.documents, self._rows(counted_note))
            for counted_note in counted_notes
        ]
        rows.sort(key=lambda row: (row.note.rank.place, -row.documents, row.note.about, row.note.text))
        return NoteRows(tuple(rows), self._unlisted, self._untold)

    def _rows(self, counted_note: _CountedNote) -> str:
        if 1 < self._drafted <= counted_note.documents:
            return _ALL
        more = counted_note.row_count - len(counted_note.rows)
        return "\n".join([*counted_note.rows, *([f"and {more:,} more"] if more else [])])

    def _new(self, key: _Recurring, note: ReviewNote) -> _CountedNote | None:
        if len(self._counted_notes) >= self._most:
            self._unlisted += 1
            return None
        return self._counted_notes.setdefault(key, _CountedNote(note))


#: How many notes are to be decided, and to be completed; nothing where the run has not looked.
_Counts = tuple[int, int] | tuple[str, str]


def _counts(document: BatchedDocument) -> _Counts:
    """How many notes of a document are to be decided, and to be completed."""
    if document.outcome not in _AS_DRAFTED:
        return "", ""
    ranks = [rank_of(note.topic) for note in document.notes]
    return ranks.count(Rank.DECIDE), ranks.count(Rank.COMPLETE)


class _Workbook:
    """The workbook: summary, documents, review notes, problems."""

    def __init__(self, title: str, origin: str) -> None:
        self._origin = origin
        self._workbook = ReportWorkbook(title)
        self._summary = self._workbook.begin("Summary", (Column(title, 80), Column("Number", 14)))
        documents = zip(_DOCUMENTS, (22, 30, 9, 20, 48, 20, 12, 13, 15, 60), strict=True)
        self._documents = self._workbook.begin("Documents", [Column(*each) for each in documents])
        notes = zip(_NOTES, (14, 34, 90, 21, 32), strict=True)
        self._notes = self._workbook.begin("Review notes", [Column(*each) for each in notes])
        problems = zip(_PROBLEMS, (28, 38, 32, 50, 50), strict=True)
        self._problems = self._workbook.begin("Problems", [Column(*each) for each in problems])

    def add(self, document: BatchedDocument, path: str, target: str, counts: _Counts) -> None:
        """Add a document, its path and what its path links to, the counts of its notes, and its problems."""
        tone = _TONES.get(document.outcome, Tone.PLAIN)
        outcome = str(document.outcome)
        row = (
            document.row,
            document.title,
            document.band_and_level,
            document.template,
            Link(path, target),
            outcome if tone is Tone.PLAIN else Strong(outcome),
            round(document.seconds, 3),
            *counts,
            "\n".join(map(str, document.problems)),
        )
        self._documents.add(row, tone)
        for problem in document.problems:
            self._problems.add((document.row, document.title, problem.where, problem.what, problem.right))

    def end(self, summary: BatchSummary, notes: NoteRows) -> None:
        """Add what is known at the end: the notes of all documents, and the summary."""
        for cells in notes.cells():
            self._notes.add(cells)
        for row in self._summary_rows(summary, notes):
            self._summary.add(row)
        self._workbook.end()

    def write(self, stream: BinaryIO) -> None:
        """Write the whole workbook, once it is ended."""
        self._workbook.write(stream)

    def close(self) -> None:
        """Give the disk space back."""
        self._workbook.close()

    def _summary_rows(self, summary: BatchSummary, notes: NoteRows) -> Iterator[Sequence[Value]]:
        yield (str(summary),)
        if self._origin:
            yield (self._origin,)
        yield from ((str(outcome), count) for outcome, count in summary.counts.items() if count)
        if notes.untold_documents:
            yield (notes.of_others,)
        if notes.unlisted:
            yield ("Further review notes, not listed", notes.unlisted)
        for sheet in (self._summary, self._documents, self._notes, self._problems):
            if sheet.unlisted:
                yield (f"Rows that {sheet.name} has no room for", sheet.unlisted)


_NONE = "<p>None.</p>\n"


class _Page:
    """The page: the same tables, row by row on disk in ``folder``, in files without a name."""

    def __init__(self, folder: Path, title: str, origin: str) -> None:
        self._title = title
        self._origin = origin
        self._documents = self._others = self._problem_count = 0
        self._all, self._selection, self._problems = (spool(folder) for _ in range(3))

    def add(self, document: BatchedDocument, path: str, target: str, counts: _Counts) -> None:
        """Add a document, its path and what its path links to, the counts of its notes, and its problems."""
        self._documents += 1
        is_marked = document.outcome in _CLASSES
        self._others += not is_marked
        is_selected = is_marked or self._others <= FIRST_OTHERS
        if is_selected or self._documents <= MAX_DOCUMENTS:
            row = _document_row(document, path, target, counts).encode()
            if is_selected:
                self._selection.write(row)
            if self._documents <= MAX_DOCUMENTS:
                self._all.write(row)
        for problem in document.problems:
            self._problem_count += 1
            self._problems.write(_problem_row(document, problem).encode())

    def write(self, stream: BinaryIO, summary: BatchSummary, notes: NoteRows) -> None:
        """Write the whole page: what is to be mended, what is to be decided, and the documents, which may be many."""
        stream.write((page_start(self._title) + self._contents(summary)).encode())
        if self._problem_count:
            with _section(stream, "problems", "Problems"):
                _write_table(stream, "Each problem with the row that it is in", _PROBLEMS, self._problems)
        with _section(stream, "notes", "Review notes"):
            stream.write(_notes_table(notes).encode())
        with _section(stream, "documents", "Documents"):
            self._write_documents(stream)
        stream.write(PAGE_END.encode())

    def close(self) -> None:
        """Give the disk space back."""
        for rows in (self._all, self._selection, self._problems):
            with suppress(OSError):  # on a full disk, what is left in memory cannot be written: that was told
                rows.close()

    def _contents(self, summary: BatchSummary) -> str:
        origin = f"<p>{escape(self._origin)}</p>\n" if self._origin else ""
        problems = (
            f'<li><a href="#problems">Problems</a> ({self._problem_count:,})</li>\n' if self._problem_count else ""
        )
        return (
            f'{origin}<p class="summary">{escape(str(summary))}.</p>\n<nav aria-label="On this page"><ul>\n'
            f'{problems}<li><a href="#notes">Review notes</a></li>\n'
            f'<li><a href="#documents">Documents</a> ({self._documents:,})</li>\n</ul></nav>\n'
        )

    def _write_documents(self, stream: BinaryIO) -> None:
        rows = self._all if self._documents else None
        if self._documents > MAX_DOCUMENTS:
            rows = self._selection
            stream.write(
                f"<p>Of {self._documents:,} documents this page lists the {self._documents - self._others:,} that "
                f"failed or were kept, and the first {min(self._others, FIRST_OTHERS):,} of the others. "
                f'<a href="{WORKBOOK}">{WORKBOOK}</a> lists all.</p>\n'.encode()
            )
        caption = "Each document with its row. What failed or was kept has a bar at the left and a bold outcome."
        _write_table(stream, caption, _ON_PAGE, rows)


@contextmanager
def _section(stream: BinaryIO, name: str, heading: str) -> Iterator[None]:
    stream.write(f'<section aria-labelledby="{name}">\n<h2 id="{name}">{heading}</h2>\n'.encode())
    yield
    stream.write(b"</section>\n")


def _write_table(stream: BinaryIO, caption: str, headings: Sequence[str], rows: IO[bytes] | None) -> None:
    if rows is None:
        stream.write(_NONE.encode())
        return
    stream.write(table_start(caption, headings, _NUMBERS, _TEXTS).encode())
    copy_spool(rows, stream)
    stream.write(TABLE_END.encode())


def _document_row(document: BatchedDocument, path: str, target: str, counts: _Counts) -> str:
    name = escape(path)
    link_or_name = f'<a href="{escape(target)}">{name}</a>' if target else name
    kind = _CLASSES.get(document.outcome)
    # In a word, and what is wrong: the whole of it stands under Problems.
    word = document.outcome.partition(",")[0]
    outcome = f"<strong>{word}</strong>" if kind else word
    problems = "".join(f"<li>{escape(problem.what)}</li>" for problem in document.problems)
    decide, complete = counts
    start = f'<tr class="{kind}">' if kind else "<tr>"
    return (
        f'{start}<th scope="row"{NAME}>{escape(document.row)}</th><td{NAME}>{escape(document.title)}</td>'
        f"<td{WORD}>{escape(document.band_and_level)}</td><td{NAME}>{escape(document.template)}</td><td{NAME}>{link_or_name}</td>"
        f"<td{WORD}>{outcome}</td><td{NUMBER}>{decide}</td>"
        f"<td{NUMBER}>{complete}</td><td>{f'<ul>{problems}</ul>' if problems else ''}</td></tr>\n"
    )


def _problem_row(document: BatchedDocument, problem: Problem) -> str:
    names = "".join(f"<td{NAME}>{escape(cell)}</td>" for cell in (document.title, problem.where))
    words = "".join(f"<td>{escape(cell)}</td>" for cell in (problem.what, problem.right))
    return f'<tr><th scope="row"{NAME}>{escape(document.row)}</th>{names}{words}</tr>\n'


def _notes_table(notes: NoteRows) -> str:
    others = f"<p>{escape(notes.of_others)}.</p>\n" if notes.untold_documents else ""
    if not notes.rows:
        return others or _NONE
    more = others
    if notes.unlisted:
        more += f"<p>And {notes.unlisted:,} more notes that this list of {len(notes.rows):,} has no room for.</p>\n"
    caption = "What a person must look at, once each, the most urgent first, with the documents that have it"
    return more + table_start(caption, _NOTES, _NUMBERS, _TEXTS) + "".join(map(_note_row, notes.cells())) + TABLE_END


def _note_row(cells: tuple[str, str, str, int, str]) -> str:
    rank, about, text, documents, rows = cells
    return (
        f'<tr><th scope="row"{WORD}>{escape(rank)}</th><td>{escape(about)}</td><td class="lines">{escape(text)}</td>'
        f'<td{NUMBER}>{documents:,}</td><td class="lines name">{escape(rows)}</td></tr>\n'
    )


# A workbook of the posts that need mending, which can be mended in Excel and read again.

#: A value that the file did not hold: it is an error of Excel's, so that a cell nobody mended is reported again.
_ERROR_VALUE = "#N/A"
_PROBLEM_WIDTH, _WIDTH = 60, 24


def mending_workbook(headings: Sequence[str], failed: Iterable[tuple[PostRow, Sequence[Problem]]]) -> bytes:
    """A workbook with a row for each of ``failed``: what is wrong with it, then its cells under ``headings``.

    Texts and numbers are written as text, so that Excel neither runs nor changes them. Dates and truth values stay
    what they are: written as text they would pass for what was meant. Equal rows give equal bytes.
    """
    # A column of problems that was there already is from an earlier round.
    positions = [position for position, heading in enumerate(headings) if bare_words(heading) != bare_words(PROBLEM)]
    rows = (
        ["\n".join(str(problem) for problem in problems), *(_cell(row.cells, position) for position in positions)]
        for row, problems in failed
    )
    columns = [Column(PROBLEM, _PROBLEM_WIDTH), *(Column(headings[position] or "", _WIDTH) for position in positions)]
    return one_sheet_workbook(MENDING_SHEET, columns, rows, exact=True)


def _cell(cells: Sequence[Any], position: int) -> Value:
    value = cells[position] if position < len(cells) else None
    if value is None or isinstance(value, str | bool | date | time | timedelta):
        return value or None if isinstance(value, str) else value
    return number_text(value) if isinstance(value, int | float) else _ERROR_VALUE
