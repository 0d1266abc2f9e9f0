"""What became of a folder of documents, as a page and as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from jdgen.record.reading import RecordOrigin
from jdgen.reports.page import escape, html_page, link, table
from jdgen.reports.workbook import Column, one_sheet_workbook
from jdgen.revision.decisions import Decision
from jdgen.revision.many_documents import Placement, RankedRenewal, Renewed

_HEADINGS = ("Look", "Document", "Outcome", "Written to", "What", "Paragraph", "Before", "In the document", "Now")
_WIDTHS = (8, 32, 32, 32, 24, 24, 48, 48, 48)
_Row = tuple[str, ...]


def report_workbook(looked: Sequence[RankedRenewal]) -> bytes:
    """A workbook with a row for each thing that was changed, is to be decided or is left over, and one for a document
    with none. ``Look`` numbers the documents in the order in which a person should look at them."""
    columns = [Column(*each) for each in zip(_HEADINGS, _WIDTHS, strict=True)]
    rows = (row for number, one in enumerate(looked, 1) for row in _rows(number, one))
    return one_sheet_workbook("Documents", columns, rows)


def report_page(looked: Sequence[RankedRenewal], folder: Path, stopped_after: int | None = None) -> str:
    """The same as a page; links lead to the documents, which are in ``folder``. ``stopped_after`` is the number of
    documents after which the run was stopped, if it was."""
    counts = (
        (sum(bool(one.renewed.problems) for one in looked), "could not be brought up to date"),
        (sum(bool(one.left) for one in looked), "with something left to carry over"),
        (sum(bool(one.to_decide or one.absent or one.lost) for one in looked), "with something to decide"),
    )
    said = "".join(f"<li>{count} {what}</li>\n" for count, what in counts)
    body = "".join(_section(number, one, folder) for number, one in enumerate(looked, 1))
    told = f"<p>{len(looked)} documents, in the order in which somebody should look at them.</p>\n<ul>\n{said}</ul>\n"
    return html_page("Documents brought up to date", _stopped_note(stopped_after, len(looked)) + told + body)


def _stopped_note(after: int | None, documents: int) -> str:
    if after is None:
        return ""
    return (
        f"<p><strong>The run was interrupted: {after} of {documents} documents were looked at. Run the same command "
        "again to go on where it stopped.</strong></p>\n"
    )


def _rows(number: int, one: RankedRenewal) -> Iterator[_Row]:
    renewed = one.renewed
    start = (str(number), str(renewed.source), _outcome(renewed), str(renewed.written or ""))
    rows = [
        *(("problem", "", "", "", str(problem)) for problem in renewed.problems),
        *(("no longer offered", "", "", "", said) for said in one.lost),
        *(("left over", "", "", "", text) for text in one.left),
        *(_decision(decision) for decision in (*one.to_decide, *one.absent, *one.changed)),
    ]
    yield from (start + row for row in rows or [("", "", "", "", "")])


def _outcome(renewed: Renewed) -> str:
    result = renewed.result
    if result is None:
        return "not brought up to date"
    lost = f"its record was found in {result.origin}" if result.origin is RecordOrigin.WORKSPACE else ""
    there = str(renewed.standing) if renewed.standing is Placement.SETTLING else ""
    return "; ".join(filter(None, (result.in_words, lost, there)))


def _decision(decision: Decision) -> _Row:
    return (decision.in_words, decision.id, decision.base, decision.theirs, decision.new)


def _section(number: int, one: RankedRenewal, folder: Path) -> str:
    renewed = one.renewed
    name = escape(str(renewed.source))
    if renewed.written:
        target = link(renewed.written.relative_to(folder).as_posix())
        name = f'<a href="{escape(target)}">{name}</a>'
    rows = list(_rows(number, one))
    told = table(
        "What was changed, is to be decided or is left over", _HEADINGS[4:], (row[4:] for row in rows if row[4])
    )
    return f"<h2>{number}. {name}</h2>\n<p>{escape(rows[0][2])}</p>\n{told}"
