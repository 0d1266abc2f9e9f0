"""What became of a folder of documents, as a page and as a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path

from jdgen.drafting.review import Subjects
from jdgen.record.reading import RecordOrigin
from jdgen.reports.html_page import escape, html_page, link, table
from jdgen.reports.workbook import Column, ReportWorkbook, Tone, Value
from jdgen.revision.decisions import Decision, Ruling
from jdgen.revision.many_documents import Placement, Renewed
from jdgen.revision.ranking import RankedRenewal
from jdgen.revision.rulings import ReleaseRulings

_Row = tuple[Value, ...]
_DOCUMENTS: tuple[Column, ...] = (
    Column("Look", 8),
    Column("Document", 40),
    Column("Outcome", 32),
    Column("To decide", 12),
    Column("Left over", 12),
    Column("Changed", 12),
    Column("What keeps it from it", 48),
    Column("Written to", 40),
)
_PARAGRAPHS: tuple[Column, ...] = (
    Column("Look", 8),
    Column("Document", 32),
    Column("What", 28),
    Column("Under the heading", 28),
    Column("Before", 48),
    Column("In the document", 48),
    Column("Now", 48),
)
_TAKEN_IN, _KEPT_IN, _ASKED_IN, _LEFT_TO_MANAGER_IN = _EFFECTS = (
    "Taken in",
    "Kept in",
    "Asked in",
    "Left to the manager in",
)
_DECISIONS: tuple[Column, ...] = (
    Column("Change", 36),
    Column("Heading", 28),
    Column("What has changed", 36),
    Column("Decision", 10),
    *(Column(heading, 12) for heading in _EFFECTS),
)
#: Where the first sheet counts.
_COUNTS = slice(3, 6)
_AS_BEFORE = "as before"
#: What a row of the page has of the second sheet's.
_ON_PAGE = slice(2, None)


def report_workbook(
    renewals: Sequence[RankedRenewal], subjects: Subjects, release: ReleaseRulings | None = None
) -> bytes:
    """A workbook of two sheets: a row for each document, and a row for each thing that was changed, is to be decided or
    is left over. ``Look`` numbers the documents in the order in which a person should look at them. Where there are
    rulings on a ``release``, a third has a row for each."""
    stream = BytesIO()
    with ReportWorkbook("Documents brought up to date") as workbook:
        documents, paragraphs = workbook.begin("Documents", _DOCUMENTS), workbook.begin("Paragraphs", _PARAGRAPHS)
        for number, renewal in enumerate(renewals, 1):
            documents.add(_document(number, renewal), _tone(renewal))
            for row in _rows(number, renewal, subjects):
                paragraphs.add(row)
        if release:
            decisions = workbook.begin("Decisions", _DECISIONS)
            for row in _totals(renewals, release):
                decisions.add(row)
        workbook.end()
        workbook.write(stream)
    return stream.getvalue()


def _document(number: int, renewal: RankedRenewal) -> _Row:
    renewed = renewal.renewed
    problems = "; ".join(f"{problem.what}: {problem.right}" for problem in renewed.problems)
    counts = (renewal.open_questions, len(renewal.leftover_texts), len(renewal.changes))
    return (number, str(renewed.source), _outcome(renewed), *counts, problems, str(renewed.target or ""))


def _tone(renewal: RankedRenewal) -> Tone:
    if renewal.renewed.problems:
        return Tone.FAILED
    return Tone.KEPT if renewal.leftover_texts or renewal.open_questions else Tone.PLAIN


def report_page(
    renewals: Sequence[RankedRenewal],
    folder: Path,
    subjects: Subjects,
    stopped_after: int | None = None,
    release: ReleaseRulings | None = None,
) -> str:
    """The same as a page; links lead to the documents, which are in ``folder``. ``stopped_after`` is the number of
    documents after which the run was stopped, if it was."""
    counts = (
        (sum(bool(renewal.renewed.problems) for renewal in renewals), "could not be brought up to date"),
        (sum(bool(renewal.leftover_texts) for renewal in renewals), "with something left to carry over"),
        (sum(bool(renewal.open_questions) for renewal in renewals), "with something to decide"),
    )
    summary = "".join(f"<li>{count} {what}</li>\n" for count, what in counts)
    body = "".join(_section(number, renewal, folder, subjects) for number, renewal in enumerate(renewals, 1))
    overview = (
        f"<p>{len(renewals)} documents, in the order in which somebody should look at them.</p>\n<ul>\n{summary}</ul>\n"
    )
    overview += _decisions_table(renewals, release) if release else ""
    overview += _overview(renewals)
    return html_page("Documents brought up to date", _stopped_note(stopped_after, len(renewals)) + overview + body)


def _overview(renewals: Sequence[RankedRenewal]) -> str:
    """A line for each document, which leads to what is said of it below."""
    rows = [
        [
            f"{number}. {renewal.renewed.source.name}",
            _outcome(renewal.renewed),
            *map(str, _document(number, renewal)[_COUNTS]),
        ]
        for number, renewal in enumerate(renewals, 1)
    ]
    headings = ["Document", "Outcome", *(column.heading for column in _DOCUMENTS[_COUNTS])]
    places = [f"#document-{number}" for number in range(1, len(renewals) + 1)]
    return table("Each document, in this order", headings, rows, places)


def _decisions_table(renewals: Sequence[RankedRenewal], release: ReleaseRulings) -> str:
    """What was decided on a release, and in how many documents that was done."""
    rows = [list(map(str, row)) for row in _totals(renewals, release)]
    return table("What was decided, and in how many documents", [column.heading for column in _DECISIONS], rows)


def _totals(renewals: Sequence[RankedRenewal], release: ReleaseRulings) -> Iterator[_Row]:
    """A row for each change of a release: what was decided, and the numbers of documents in which it was made, kept
    out, asked about, and left to the manager though it was to be made. A decision that reached nothing has none."""
    counts = documents_by_change(renewal.renewed for renewal in renewals)
    for change in release.changes:
        numbers = [counts.get(change.id, Counter())[what] for what in _EFFECTS]
        yield (change.id, change.heading, change.what, str(release.ruling((change.id,))), *numbers)


def documents_by_change(renewed: Iterable[Renewed]) -> Mapping[str, Counter[str]]:
    """In how many documents what was done about each change of a release that reached one, by its id."""
    counts: dict[str, Counter[str]] = {}
    for document in renewed:
        decisions = document.result.decisions if document.result else ()
        for change, what in {(change, _effect(decision)) for decision in decisions for change in decision.changes}:
            counts.setdefault(change, Counter())[what] += 1
    return counts


def _effect(decision: Decision) -> str:
    """What was done about a decision that there is a ruling on, by the heading of its column."""
    if decision.is_taken or decision.is_kept:
        return _TAKEN_IN if decision.is_taken else _KEPT_IN
    return _LEFT_TO_MANAGER_IN if decision.ruling is Ruling.TAKE else _ASKED_IN


def _stopped_note(after: int | None, documents: int) -> str:
    if after is None:
        return ""
    return (
        f"<p><strong>The run was interrupted: {after} of {documents} documents were looked at. Run the same command "
        "again to go on where it stopped.</strong></p>\n"
    )


def _rows(number: int, renewal: RankedRenewal, subjects: Subjects) -> Iterator[_Row]:
    """What is to be said of one document, a row for each thing."""
    start = (number, str(renewal.renewed.source))
    yield from ((*start, "problem", "", "", "", str(problem)) for problem in renewal.renewed.problems)
    yield from ((*start, "no longer fits", "", "", "", text) for text in renewal.stale_lines)
    renamed = renewal.renewed.result.renamed if renewal.renewed.result else ()
    yield from ((*start, "called otherwise now", "", "", "", text) for text in renamed)
    yield from ((*start, "left over", "", "", "", text) for text in renewal.leftover_texts)
    for decision in (
        *renewal.to_decide,
        *renewal.absent,
        *renewal.changes,
        *renewal.changes_taken,
        *renewal.texts_kept,
    ):
        yield (*start, decision.in_words, subjects.block(decision.id), decision.base, decision.theirs, decision.new)


def _outcome(renewed: Renewed) -> str:
    result = renewed.result
    if result is None:
        return "not brought up to date"
    origin = f"its record was found in {result.origin}" if result.origin is RecordOrigin.WORKSPACE else ""
    placement = str(renewed.placement) if renewed.placement is Placement.SETTLING else ""
    return "; ".join(filter(None, (result.in_words, origin, placement, result.undecided)))


def _section(number: int, renewal: RankedRenewal, folder: Path, subjects: Subjects) -> str:
    renewed = renewal.renewed
    name = escape(str(renewed.source))
    if renewed.target:
        target = link(renewed.target.relative_to(folder).as_posix())
        name = f'<a href="{escape(target)}">{name}</a>'
    rows = [_page_row(*map(str, row[_ON_PAGE])) for row in _rows(number, renewal, subjects)]
    headings = [column.heading for column in _PARAGRAPHS[_ON_PAGE]]
    rows_table = table(f"Document {number}: what was changed, is to be decided or is left over", headings, rows)
    return f'<h2 id="document-{number}">{number}. {name}</h2>\n<p>{escape(_outcome(renewed))}</p>\n{rows_table}'


def _page_row(what: str, heading: str, before: str, there: str, now: str) -> list[str]:
    """A row of the page: what nobody has changed in the document is not said twice."""
    return [what, heading, before, _AS_BEFORE if there and there == before else there, now]
