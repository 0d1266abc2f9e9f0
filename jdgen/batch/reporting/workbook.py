"""The batch report as a workbook: summary, documents, review notes, problems."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from jdgen.batch.model import BatchedDocument, BatchSummary, Outcome
from jdgen.batch.reporting.note_counts import NoteCounts
from jdgen.batch.reporting.sheet_cells import Link, Styled, Value
from jdgen.batch.reporting.sheet_looks import Look, Tone
from jdgen.batch.reporting.sheet_parts import Column
from jdgen.batch.reporting.sheets import Sheet, write_workbook

_DOCUMENTS = (
    Column("Row", 28),
    Column("Job title", 38),
    Column("Band", 9),
    Column("Template", 26),
    Column("Document", 64),
    Column("Outcome", 32),
    Column("Seconds", 12),
    Column("Review notes", 16),
    Column("Problems", 60),
)
_NOTES = (
    Column("Topic", 18),
    Column("About", 30),
    Column("Note", 80),
    Column("Documents", 15),
    Column("First rows", 32),
)
_PROBLEMS = (
    Column("Row", 28),
    Column("Job title", 38),
    Column("Where", 32),
    Column("What is wrong", 50),
    Column("What would be right", 50),
)
_TONES = {Outcome.FAILED: Tone.FAILED, Outcome.KEPT: Tone.KEPT}


class ReportWorkbook:
    """The sheets of the report, row by row on disk in ``folder``."""

    def __init__(self, folder: Path, title: str, made: str) -> None:
        self._title = title
        self._made = made
        self._summary = Sheet("Summary", (Column(title, 80), Column("Number", 14)), folder)
        self._documents = Sheet("Documents", _DOCUMENTS, folder)
        self._notes = Sheet("Review notes", _NOTES, folder)
        self._problems = Sheet("Problems", _PROBLEMS, folder)
        self._sheets = (self._summary, self._documents, self._notes, self._problems)

    def add(self, document: BatchedDocument, path: str, target: str) -> None:
        """Add a document, its path and what its path links to, and its problems."""
        tone = _TONES.get(document.outcome, Tone.PLAIN)
        outcome = str(document.outcome)
        self._documents.add(
            (
                document.row,
                document.title,
                document.band_and_level,
                document.template,
                Link(path, target),
                outcome if tone is Tone.PLAIN else Styled(outcome, Look.STRONG),
                document.seconds,
                len(document.notes),
                "\n".join(map(str, document.problems)) if document.problems else "",
            ),
            tone,
        )
        for problem in document.problems:
            self._problems.add((document.row, document.title, problem.where, problem.what, problem.right))

    def write(self, stream: BinaryIO, summary: BatchSummary, notes: NoteCounts) -> None:
        """Write the whole workbook."""
        for counted in notes.in_order():
            note = counted.note
            self._notes.add((note.topic, note.subject, note.text, counted.documents, "\n".join(counted.rows)))
        for row in self._summary_rows(summary, notes):
            self._summary.add(row)
        write_workbook(stream, self._title, self._sheets)

    def close(self) -> None:
        """Give the disk space back."""
        for sheet in self._sheets:
            sheet.close()

    def _summary_rows(self, summary: BatchSummary, notes: NoteCounts) -> list[Sequence[Value]]:
        rows: list[Sequence[Value]] = [(str(summary),)]
        if self._made:
            rows.append((self._made,))
        rows += [(str(outcome), count) for outcome, count in summary.counts.items() if count]
        if notes.unlisted:
            rows.append(("Further review notes, not listed", notes.unlisted))
        rows += [
            (f"Rows that {sheet.name} has no room for", sheet.unlisted) for sheet in self._sheets if sheet.unlisted
        ]
        return rows
