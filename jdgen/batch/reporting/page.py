"""The batch report as one page that needs nothing else: no script, no font, no network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from jdgen.batch.model import BatchedDocument, BatchSummary
from jdgen.batch.reporting import page_rows
from jdgen.batch.reporting.note_counts import NoteCounts
from jdgen.batch.reporting.page_style import STYLE
from jdgen.batch.reporting.printable import escaped
from jdgen.batch.reporting.spool import copy_whole, spool

#: A page with more documents lists all that failed or were kept, and the first of the others.
MAX_DOCUMENTS = 5_000
FIRST_OTHERS = 1_000
_END = b"</tbody>\n</table>\n"
_END = b"</section>\n"
_NONE = b"<p>None.</p>\n</section>\n"
page_rows.PROBLEMS = ("Row", "Job title", "Where", "What is wrong", "What would be right")


class ReportPage:
    """The tables of the page, row by row on disk in ``folder``, in files without a name."""

    def __init__(self, folder: Path, title: str, made: str) -> None:
        self._title = escaped(title)
        self._made = escaped(made)
        self._documents = self._others = self._problem_count = 0
        self._all, self._chosen, self._problems = (spool(folder) for _ in range(3))

    def add(self, document: BatchedDocument, path: str, target: str) -> None:
        """Add a document, its path and what its path links to, and its problems."""
        self._documents += 1
        marked = document.outcome in page_rows.CLASSES
        self._others += not marked
        chosen = marked or self._others <= FIRST_OTHERS
        if chosen or self._documents <= MAX_DOCUMENTS:
            row = page_rows.document_row(document, path, target)
            if chosen:
                self._chosen.write(row)
            if self._documents <= MAX_DOCUMENTS:
                self._all.write(row)
        for problem in document.problems:
            self._problem_count += 1
            self._problems.write(page_rows.problem_row(document, problem))

    def write(self, stream: BinaryIO, summary: BatchSummary, notes: NoteCounts) -> None:
        """Write the whole page."""
        stream.write(self._head(summary).encode())
        self._write_documents(stream)
        _write_notes(stream, notes)
        self._write_problems(stream)
        stream.write(b"</main>\n</body>\n</html>\n")

    def close(self) -> None:
        """Give the disk space back."""
        for rows in (self._all, self._chosen, self._problems):
            rows.close()

    def _head(self, summary: BatchSummary) -> str:
        made = f"<p>{self._made}</p>\n" if self._made else ""
        return (
            '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{self._title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{self._title}</h1>\n"
            f'{made}<p class="summary">{escaped(str(summary))}.</p>\n<nav aria-label="On this page"><ul>\n'
            f'<li><a href="#documents">Documents</a> ({self._documents:,})</li>\n'
            '<li><a href="#notes">Review notes</a></li>\n'
            f'<li><a href="#problems">Problems</a> ({self._problem_count:,})</li>\n</ul></nav>\n'
        )

    def _write_documents(self, stream: BinaryIO) -> None:
        stream.write(_section("documents", "Documents"))
        rows = self._all
        if self._documents > MAX_DOCUMENTS:
            rows = self._chosen
            stream.write(self._choice().encode())
        if self._documents:
            caption = "Each document with its row. What failed or was kept has a bar at the left and a bold outcome."
            _write_table(stream, caption, page_rows.DOCUMENTS, rows)
        stream.write(_END if self._documents else _NONE)

    def _choice(self) -> str:
        return (
            f"<p>Of {self._documents:,} documents this page lists the {self._documents - self._others:,} that failed "
            f"or were kept, and the first {min(self._others, FIRST_OTHERS):,} of the others. "
            '<a href="report.xlsx">report.xlsx</a> lists all.</p>\n'
        )

    def _write_problems(self, stream: BinaryIO) -> None:
        stream.write(_section("problems", "Problems"))
        if self._problem_count:
            _write_table(stream, "Each problem with the row that it is in", page_rows.PROBLEMS, self._problems)
        stream.write(_END if self._problem_count else _NONE)


def _write_notes(stream: BinaryIO, notes: NoteCounts) -> None:
    stream.write(_section("notes", "Review notes"))
    counted = notes.in_order()
    if notes.unlisted:
        more = f"<p>And {notes.unlisted:,} more notes that this list of {len(counted):,} has no room for.</p>\n"
        stream.write(more.encode())
    if counted:
        caption = "What a person must look at, once each, with the number of documents that it is in"
        stream.write(page_rows.table_start(caption, page_rows.NOTES))
        stream.writelines(page_rows.note_row(note) for note in counted)
        stream.write(page_rows.TABLE_END)
    stream.write(_END if counted else _NONE)


def _section(name: str, heading: str) -> bytes:
    return f'<section aria-labelledby="{name}">\n<h2 id="{name}">{heading}</h2>\n'.encode()


def _write_table(stream: BinaryIO, caption: str, headings: Sequence[str], rows: BinaryIO) -> None:
    stream.write(page_rows.table_start(caption, headings))
    copy_whole(rows, stream)
    stream.write(page_rows.TABLE_END)
