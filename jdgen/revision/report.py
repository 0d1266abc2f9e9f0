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
_TAKEN, _KEPT, _ASKED, _LEFT = _DONE = ("Taken in", "Kept in", "Asked in", "Left to the manager in")
_DECISIONS: tuple[Column, ...] = (
    Column("Change", 36),
    Column("Heading", 28),
    Column("What has changed", 36),
    Column("Decision", 10),
    *(Column(heading, 12) for heading in _DONE),
)
#: Where the first sheet counts.
_COUNTS = slice(3, 6)
_AS_BEFORE = "as before"
#: What a row of the page has of the second sheet's.
_ON_PAGE = slice(2, None)


def report_workbook(
    looked: Sequence[RankedRenewal], subjects: Subjects, release: ReleaseRulings | None = None
) -> bytes:
    """A workbook of two sheets: a row for each document, and a row for each thing that was changed, is to be decided or
    is left over. ``Look`` numbers the documents in the order in which a person should look at them. Where there are
    rulings on a ``release``, a third has a row for each."""
    stream = BytesIO()
    with ReportWorkbook("Documents brought up to date") as workbook:
        documents, paragraphs = workbook.begin("Documents", _DOCUMENTS), workbook.begin("Paragraphs", _PARAGRAPHS)
        for number, one in enumerate(looked, 1):
            documents.add(_document(number, one), _tone(one))
            for row in _rows(number, one, subjects):
                paragraphs.add(row)
        if release:
            decisions = workbook.begin("Decisions", _DECISIONS)
            for row in _totals(looked, release):
                decisions.add(row)
        workbook.end()
        workbook.write(stream)
    return stream.getvalue()


def _document(number: int, one: RankedRenewal) -> _Row:
    renewed = one.renewed
    problems = "; ".join(f"{problem.what}: {problem.right}" for problem in renewed.problems)
    counts = (one.open_questions, len(one.left), len(one.changed))
    return (number, str(renewed.source), _outcome(renewed), *counts, problems, str(renewed.written or ""))


def _tone(one: RankedRenewal) -> Tone:
    if one.renewed.problems:
        return Tone.FAILED
    return Tone.KEPT if one.left or one.open_questions else Tone.PLAIN


def report_page(
    looked: Sequence[RankedRenewal],
    folder: Path,
    subjects: Subjects,
    stopped_after: int | None = None,
    release: ReleaseRulings | None = None,
) -> str:
    """The same as a page; links lead to the documents, which are in ``folder``. ``stopped_after`` is the number of
    documents after which the run was stopped, if it was."""
    counts = (
        (sum(bool(one.renewed.problems) for one in looked), "could not be brought up to date"),
        (sum(bool(one.left) for one in looked), "with something left to carry over"),
        (sum(bool(one.open_questions) for one in looked), "with something to decide"),
    )
    said = "".join(f"<li>{count} {what}</li>\n" for count, what in counts)
    body = "".join(_section(number, one, folder, subjects) for number, one in enumerate(looked, 1))
    told = f"<p>{len(looked)} documents, in the order in which somebody should look at them.</p>\n<ul>\n{said}</ul>\n"
    told += _decided(looked, release) if release else ""
    told += _overview(looked)
    return html_page("Documents brought up to date", _stopped_note(stopped_after, len(looked)) + told + body)


def _overview(looked: Sequence[RankedRenewal]) -> str:
    """A line for each document, which leads to what is said of it below."""
    rows = [
        [f"{number}. {one.renewed.source.name}", _outcome(one.renewed), *map(str, _document(number, one)[_COUNTS])]
        for number, one in enumerate(looked, 1)
    ]
    headings = ["Document", "Outcome", *(column.heading for column in _DOCUMENTS[_COUNTS])]
    places = [f"#document-{number}" for number in range(1, len(looked) + 1)]
    return table("Each document, in this order", headings, rows, places)


def _decided(looked: Sequence[RankedRenewal], release: ReleaseRulings) -> str:
    """What was decided on a release, and in how many documents that was done."""
    rows = [list(map(str, row)) for row in _totals(looked, release)]
    return table("What was decided, and in how many documents", [one.heading for one in _DECISIONS], rows)


def _totals(looked: Sequence[RankedRenewal], release: ReleaseRulings) -> Iterator[_Row]:
    """A row for each change of a release: what was decided, and the numbers of documents in which it was made, kept
    out, asked about, and left to the manager though it was to be made. A decision that reached nothing has none."""
    counts = documents_by_change(one.renewed for one in looked)
    for change in release.changes:
        numbers = [counts.get(change.id, Counter())[what] for what in _DONE]
        yield (change.id, change.heading, change.what, str(release.ruling((change.id,))), *numbers)


def documents_by_change(renewed: Iterable[Renewed]) -> Mapping[str, Counter[str]]:
    """In how many documents what was done about each change of a release that reached one, by its id."""
    counts: dict[str, Counter[str]] = {}
    for one in renewed:
        decisions = one.result.decisions if one.result else ()
        for change, what in {(change, _done(each)) for each in decisions for change in each.changes}:
            counts.setdefault(change, Counter())[what] += 1
    return counts


def _done(decision: Decision) -> str:
    """What was done about a decision that there is a ruling on, by the heading of its column."""
    if decision.is_taken or decision.is_kept:
        return _TAKEN if decision.is_taken else _KEPT
    return _LEFT if decision.ruling is Ruling.TAKE else _ASKED


def _stopped_note(after: int | None, documents: int) -> str:
    if after is None:
        return ""
    return (
        f"<p><strong>The run was interrupted: {after} of {documents} documents were looked at. Run the same command "
        "again to go on where it stopped.</strong></p>\n"
    )


def _rows(number: int, one: RankedRenewal, subjects: Subjects) -> Iterator[_Row]:
    """What is to be said of one document, a row for each thing."""
    start = (number, str(one.renewed.source))
    yield from ((*start, "problem", "", "", "", str(problem)) for problem in one.renewed.problems)
    yield from ((*start, "no longer offered", "", "", "", text) for text in one.lost)
    renamed = one.renewed.result.renamed if one.renewed.result else ()
    yield from ((*start, "called otherwise now", "", "", "", text) for text in renamed)
    yield from ((*start, "left over", "", "", "", text) for text in one.left)
    for each in (*one.to_decide, *one.absent, *one.changed, *one.taken, *one.kept):
        yield (*start, each.in_words, subjects.block(each.id), each.base, each.theirs, each.new)


def _outcome(renewed: Renewed) -> str:
    result = renewed.result
    if result is None:
        return "not brought up to date"
    lost = f"its record was found in {result.origin}" if result.origin is RecordOrigin.WORKSPACE else ""
    there = str(renewed.standing) if renewed.standing is Placement.SETTLING else ""
    return "; ".join(filter(None, (result.in_words, lost, there, result.undecided)))


def _section(number: int, one: RankedRenewal, folder: Path, subjects: Subjects) -> str:
    renewed = one.renewed
    name = escape(str(renewed.source))
    if renewed.written:
        target = link(renewed.written.relative_to(folder).as_posix())
        name = f'<a href="{escape(target)}">{name}</a>'
    rows = [_told(*map(str, row[_ON_PAGE])) for row in _rows(number, one, subjects)]
    headings = [column.heading for column in _PARAGRAPHS[_ON_PAGE]]
    told = table(f"Document {number}: what was changed, is to be decided or is left over", headings, rows)
    return f'<h2 id="document-{number}">{number}. {name}</h2>\n<p>{escape(_outcome(renewed))}</p>\n{told}'


def _told(what: str, heading: str, before: str, there: str, now: str) -> list[str]:
    """A row of the page: what nobody has changed in the document is not said twice."""
    return [what, heading, before, _AS_BEFORE if there and there == before else there, now]
