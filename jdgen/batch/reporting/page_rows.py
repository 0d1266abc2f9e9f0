"""The tables of a report page, row by row."""

from __future__ import annotations

from collections.abc import Sequence

from jdgen.batch.model import BatchedDocument, Outcome
from jdgen.batch.reporting.note_counts import CountedNote
from jdgen.batch.reporting.printable import escaped
from jdgen.errors import Problem

#: What failed or was kept is marked, each in its way.
CLASSES = {Outcome.FAILED: "failed", Outcome.KEPT: "kept"}
DOCUMENTS = ("Row", "Job title", "Band", "Template", "Document", "Outcome", "Seconds", "Review notes", "Problems")
NOTES = ("Topic", "About", "Note", "Number of documents", "First rows")
PROBLEMS = ("Row", "Job title", "Where", "What is wrong", "What would be right")
TABLE_END = b"</tbody>\n</table>\n"
_NUMBERS = frozenset({"Seconds", "Review notes", "Number of documents"})
_NUMBER = ' class="number"'


def table_start(caption: str, headings: Sequence[str]) -> bytes:
    """What a table begins with, up to its first row."""
    cells = "".join(f'<th scope="col"{_NUMBER if heading in _NUMBERS else ""}>{heading}</th>' for heading in headings)
    return f"<table>\n<caption>{caption}</caption>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n".encode()


def document_row(document: BatchedDocument, path: str, target: str) -> bytes:
    """One document, its path and what its path links to."""
    name = escaped(path)
    linked = f'<a href="{escaped(target)}">{name}</a>' if target else name
    kind = CLASSES.get(document.outcome)
    outcome = f"<strong>{document.outcome}</strong>" if kind else str(document.outcome)
    problems = "".join(f"<li>{escaped(str(problem))}</li>" for problem in document.problems)
    start = f'<tr class="{kind}">' if kind else "<tr>"
    return (
        f'{start}<th scope="row">{escaped(document.row)}</th><td>{escaped(document.title)}</td>'
        f"<td>{escaped(document.band_and_level)}</td><td>{escaped(document.template)}</td><td>{linked}</td><td>{outcome}</td>"
        f"<td{_NUMBER}>{document.seconds:.3f}</td><td{_NUMBER}>{len(document.notes)}</td>"
        f"<td>{f'<ul>{problems}</ul>' if problems else ''}</td></tr>\n"
    ).encode()


def note_row(counted: CountedNote) -> bytes:
    """One distinct note."""
    note = counted.note
    rows = escaped("\n".join(counted.rows))
    return (
        f'<tr><th scope="row">{escaped(note.topic)}</th><td>{escaped(note.subject)}</td><td>{escaped(note.text)}</td>'
        f'<td{_NUMBER}>{counted.documents:,}</td><td class="lines">{rows}</td></tr>\n'
    ).encode()


def problem_row(document: BatchedDocument, problem: Problem) -> bytes:
    """One problem of a document."""
    return (
        f'<tr><th scope="row">{escaped(document.row)}</th><td>{escaped(document.title)}</td>'
        f"<td>{escaped(problem.where)}</td><td>{escaped(problem.what)}</td><td>{escaped(problem.right)}</td></tr>\n"
    ).encode()
