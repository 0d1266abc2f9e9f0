"""The report of a batch holds every document, is safe to open, is whole or absent, and costs no memory."""

from __future__ import annotations

import hashlib
import io
import sys
import tempfile
import tracemalloc
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import lxml.etree
import lxml.html
import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from jdgen.batch import report
from jdgen.batch.model import BatchedDocument, BatchOutcome, BatchSummary
from jdgen.batch.report import PAGE, WORKBOOK, BatchReport
from jdgen.drafting.review import Subjects
from jdgen.drafting.review_notes import STALE, ReviewNote
from jdgen.errors import JdgenError, Problem
from jdgen.reports import html_page as page_module
from jdgen.reports import workbook as workbook_module
from jdgen.reports.workbook import FORMULA_START
from tests.toolbox.accessibility import contrast
from tests.toolbox.data import shipped_library
from tests.toolbox.soak import IS_SOAK, budget, count

pytestmark = pytest.mark.slow

SALARY = ReviewNote("to complete", "post.hours", "Not given: the hours.")
ADDED = ReviewNote("added", "duty.1", "This duty is the post's own.")
BAND = Problem("posts.xlsx!Posts!C9", "'8e' is not a band", "use 8a to 8d")
WRITTEN = BatchedDocument(
    "posts.xlsx!Posts!2",
    "Data analyst",
    "6",
    "job-description",
    "JD 2.docx",
    BatchOutcome.WRITTEN,
    0.0042,
    (SALARY, ADDED),
)
FAILED = replace(
    WRITTEN, row="posts.xlsx!Posts!9", path="JD 9.docx", outcome=BatchOutcome.FAILED, notes=(), problems=(BAND, BAND)
)
KEPT = replace(
    WRITTEN, row="posts.xlsx!Posts!5", path="JD 5.docx", outcome=BatchOutcome.LEFT_ALONE, notes=(SALARY, SALARY)
)
ODD = "&<>\"'</td><script>alert(1)</script>é\x00\x0b\ud800\ufffe"


def write(folder: Path, documents: Iterable[BatchedDocument], **options: str | bool) -> tuple[Path, Path]:
    counts = dict.fromkeys(BatchOutcome, 0)
    with BatchReport(folder, **options) as report:  # type: ignore[arg-type]
        for document in documents:
            report.add(document)
            counts[document.outcome] += 1
        return report.finish(BatchSummary(counts, 12.34))


def open_report(folder: Path) -> tuple[lxml.html.HtmlElement, Workbook]:
    page = lxml.html.document_fromstring((folder / PAGE).read_bytes())
    return page, openpyxl.load_workbook(folder / WORKBOOK)


def page_rows(page: lxml.html.HtmlElement, section: str) -> list[list[str]]:
    rows = page.xpath(f"//section[@aria-labelledby='{section}']//tbody/tr")
    return [[cell.text_content() for cell in row] for row in rows]


def sheet_rows(sheet: Worksheet) -> list[tuple[object, ...]]:
    return list(sheet.iter_rows(min_row=2, values_only=True))


def many(number: int) -> Iterable[BatchedDocument]:
    for index in range(number):
        note = ReviewNote("added", f"duty.{index % 400}", "This duty is the post's own.")
        document = FAILED if index % 10 == 9 else WRITTEN
        yield replace(document, row=f"posts.csv!{index}", path=f"JD {index}.docx", notes=(SALARY, note))


def test_every_document_is_in_both_with_all_that_is_known_of_it(tmp_path: Path) -> None:
    paths = write(tmp_path, [WRITTEN, FAILED, KEPT])
    assert paths == (tmp_path / PAGE, tmp_path / WORKBOOK)
    page, workbook = open_report(tmp_path)
    problem = "posts.xlsx!Posts!C9: '8e' is not a band: use 8a to 8d"
    first = ["posts.xlsx!Posts!2", "Data analyst", "6", "job-description", "JD 2.docx", "written"]
    rows = page_rows(page, "documents")
    assert rows[0] == [*first, "0", "1", ""]
    # What would be right stands under Problems, so that a document is a line or two.
    assert [row[5:] for row in rows[1:]] == [["failed", "", "", "'8e' is not a band" * 2], ["kept", "", "", ""]]
    in_sheet = sheet_rows(workbook["Documents"])
    assert in_sheet[0] == (*first, 0.004, 0, 1, None)
    assert in_sheet[1][5:] == ("failed", 0.004, None, None, f"{problem}\n{problem}")
    assert len(in_sheet) == 3


def test_notes_come_once_with_how_many_documents_have_them(tmp_path: Path) -> None:
    rest = [replace(WRITTEN, row=f"r{number}", notes=(SALARY,)) for number in range(1200)]
    write(tmp_path, [WRITTEN, KEPT, *rest])
    page, workbook = open_report(tmp_path)
    duty_row = ("To know", "duty.1", "This duty is the post's own.", 1, "posts.xlsx!Posts!2")
    salary = ("To complete", "post.hours", "Not given: the hours.", 1202, "all")
    assert sheet_rows(workbook["Review notes"]) == [salary, duty_row]
    assert page_rows(page, "notes") == [[*salary[:3], "1,202", "all"], [str(cell) for cell in duty_row]]


def test_the_first_rows_of_a_note_are_named_and_the_others_counted(tmp_path: Path) -> None:
    some = [replace(WRITTEN, row=f"r{number}", notes=(SALARY,)) for number in range(6)]
    write(tmp_path, [*some, replace(WRITTEN, notes=())])
    assert [row[3:] for row in sheet_rows(open_report(tmp_path)[1]["Review notes"])] == [
        (6, "r0\nr1\nr2\nr3\nand 2 more")
    ]


@pytest.mark.parametrize(("count", "cell"), [(4, "r0\nr1\nr2\nr3"), (6, "r0\nr1\nr2\nr3\nand 2 more")])
def test_rows_are_counted_once_however_many_templates_a_batch_has(tmp_path: Path, count: int, cell: str) -> None:
    some = [
        replace(WRITTEN, row=f"r{number}", template=template, notes=(SALARY,))
        for number in range(count)
        for template in ("job-description", "short")
    ]
    write(tmp_path, [*some, replace(WRITTEN, notes=())])
    assert [row[3:] for row in sheet_rows(open_report(tmp_path)[1]["Review notes"])] == [(2 * count, cell)]


def test_notes_are_sorted_by_rank_then_by_how_many_have_them(tmp_path: Path) -> None:
    rare, common = (ReviewNote("adaptation", name, "") for name in ("a", "z"))
    other, urgent = ReviewNote("to complete", "q", ""), ReviewNote("title", "v", "")
    write(tmp_path, [replace(WRITTEN, notes=(rare, common)), replace(WRITTEN, notes=(common, other, urgent))])
    rows = sheet_rows(open_report(tmp_path)[1]["Review notes"])
    assert [(row[0], row[1], row[3]) for row in rows] == [
        ("To decide", "V", 1),
        ("To complete", "Q", 1),
        ("To know", "Z", 2),
        ("To know", "A", 1),
    ]


def test_what_is_said_of_a_heading_at_several_bands_is_one_row(tmp_path: Path) -> None:
    at_7, at_8a = (ReviewNote("qualifications", f"pmo.qualifications.{band}", "Check it.") for band in ("7", "8a"))
    stale = [ReviewNote(STALE, f"pmo.leadership.{number}", "It is gone.") for number in (1, 2)]
    write(tmp_path, [replace(WRITTEN, notes=(at_7, at_8a, *stale)), replace(WRITTEN, row="r", notes=(at_8a,))])
    rows = [(row[1], row[3], row[4]) for row in sheet_rows(open_report(tmp_path)[1]["Review notes"])]
    only_post = "posts.xlsx!Posts!2"
    assert rows == [
        ("pmo.leadership.1", 1, only_post),
        ("pmo.leadership.2", 1, only_post),
        ("Qualifications", 2, "all"),
    ]


def test_notes_are_about_headings_in_words(tmp_path: Path) -> None:
    calls: list[set[str]] = []

    def subjects(names: Collection[str]) -> Subjects:
        calls.append(set(names))
        return Subjects([shipped_library()], {"division": "Clinical division"})

    notes = (
        ReviewNote("to complete", "own.division", "x"),
        ReviewNote("to complete", "je_reference", "x"),
        ReviewNote("source", "pmo.risks-issues", "x"),
    )
    with BatchReport(tmp_path, subjects=subjects) as report:
        report.add(replace(WRITTEN, notes=notes))
        report.finish(BatchSummary({BatchOutcome.WRITTEN: 1}, 1.0))
    rows = sheet_rows(open_report(tmp_path)[1]["Review notes"])
    assert [row[1] for row in rows] == ["Clinical division", "JE reference", "Risks & Issues"]
    assert calls == [{note.subject for note in notes}]


def test_more_distinct_notes_than_there_is_room_for_are_said(tmp_path: Path) -> None:
    documents = [replace(WRITTEN, notes=(ReviewNote("t", str(number), ""),)) for number in range(5_010)]
    write(tmp_path, [*documents, documents[0]])
    page, workbook = open_report(tmp_path)
    assert workbook["Review notes"].max_row == 5_001
    assert ("Further review notes, not listed", 10) in sheet_rows(workbook["Summary"])
    assert "And 10 more notes" in page.text_content()


def test_each_problem_has_a_line_with_its_row(tmp_path: Path) -> None:
    write(tmp_path, [WRITTEN, FAILED])
    page, workbook = open_report(tmp_path)
    line = ["posts.xlsx!Posts!9", "Data analyst", "posts.xlsx!Posts!C9", "'8e' is not a band", "use 8a to 8d"]
    assert page_rows(page, "problems") == [line, line]
    assert sheet_rows(workbook["Problems"]) == [tuple(line)] * 2


def test_notes_of_documents_that_stand_as_they_were_are_told_like_those_of_written_ones(tmp_path: Path) -> None:
    write(tmp_path, [replace(WRITTEN, outcome=BatchOutcome.UNCHANGED)])
    page, _ = open_report(tmp_path)
    unchanged = page_rows(page, "notes"), page_rows(page, "documents")[0][-3:]
    write(tmp_path, [WRITTEN])
    page, _ = open_report(tmp_path)
    assert (page_rows(page, "notes"), page_rows(page, "documents")[0][-3:]) == unchanged


def test_documents_that_were_kept_are_not_told_to_have_no_notes(tmp_path: Path) -> None:
    document = replace(WRITTEN, outcome=BatchOutcome.LEFT_ALONE, notes=(), problems=())
    for documents, others in (
        ([document], "1 document that was kept"),
        ([document] * 2 + [WRITTEN], "2 documents that were kept"),
    ):
        write(tmp_path, documents)
        page, workbook = open_report(tmp_path)
        (paragraph,) = page.xpath("//section[@aria-labelledby='notes']/p")
        assert paragraph.text.startswith(f"Notes of {others}")
        assert paragraph.text.endswith("jdgen show DOCUMENT --notes tells them.")
        assert any(str(row[0]).startswith(f"Notes of {others}") for row in sheet_rows(workbook["Summary"]))
        assert page_rows(page, "documents")[0][-3:] == ["", "", ""]


@pytest.mark.parametrize("failed", [[FAILED], []])
def test_what_somebody_has_to_do_comes_before_the_documents(tmp_path: Path, failed: list[BatchedDocument]) -> None:
    write(tmp_path, [WRITTEN, *failed])
    page, _ = open_report(tmp_path)
    section_names = [*(["problems"] if failed else []), "notes", "documents"]
    assert page.xpath("//section/@aria-labelledby") == section_names
    assert page.xpath("//nav//a/@href") == [f"#{name}" for name in section_names]


def test_one_document_is_not_called_documents() -> None:
    assert str(BatchSummary({BatchOutcome.WRITTEN: 1}, 0.1)) == "1 document in 0.1 s: 1 written"


def test_what_failed_or_was_kept_is_marked_by_more_than_colour(tmp_path: Path) -> None:
    write(tmp_path, [WRITTEN, FAILED, KEPT])
    page, workbook = open_report(tmp_path)
    assert [row.get("class") for row in page.xpath("//section[@aria-labelledby='documents']//tbody/tr")] == [
        None,
        "failed",
        "kept",
    ]
    assert [strong.text for strong in page.iter("strong")] == ["failed", "kept"]
    outcomes = [row[5] for row in workbook["Documents"].iter_rows(min_row=2)]
    assert [cell.font.b for cell in outcomes] == [False, True, True]
    assert len({cell.fill.fgColor.rgb for cell in outcomes}) == 3


def test_the_summary_and_what_the_caller_says_of_the_batch_come_first(tmp_path: Path) -> None:
    write(tmp_path, [WRITTEN, FAILED], title="Posts & more", origin="Made on 6 August 2026 from posts.xlsx")
    page, workbook = open_report(tmp_path)
    summary = "2 documents in 12.3 s: 1 written, 1 failed"
    assert [page.findtext(".//title"), page.findtext(".//h1")] == ["Posts & more", "Posts & more"]
    assert [text.text for text in page.findall(".//main/p")] == ["Made on 6 August 2026 from posts.xlsx", f"{summary}."]
    assert [row[0].value for row in workbook["Summary"].iter_rows()] == [
        "Posts & more",
        summary,
        "Made on 6 August 2026 from posts.xlsx",
        "written",
        "failed",
    ]
    assert workbook.properties.title == "Posts & more"


def test_a_batch_without_documents_has_a_report(tmp_path: Path) -> None:
    write(tmp_path, [])
    page, workbook = open_report(tmp_path)
    assert page.text_content().count("None.") == 2
    assert [sheet.max_row for sheet in workbook] == [2, 1, 1, 1]


def test_documents_are_linked_where_they_are(tmp_path: Path) -> None:
    paths = [str(tmp_path / "a b" / "JD 50% #1.docx"), "a'b/ü&.docx", "javascript:alert(1)", "/etc/x.docx", "=1.docx"]
    write(tmp_path, [*(replace(WRITTEN, path=path) for path in paths), FAILED])
    page, workbook = open_report(tmp_path)
    addresses = ["a%20b/JD%2050%25%20%231.docx", "a%27b/ü&.docx", "javascript%3Aalert(1)", None, "=1.docx", None]
    cells = page.xpath("//section[@aria-labelledby='documents']//tbody/tr/td[4]")
    assert [cell.xpath("string(a/@href)") or None for cell in cells] == addresses
    assert cells[0].text_content() == "a b/JD 50% #1.docx"
    links = [row[4].hyperlink for row in workbook["Documents"].iter_rows(min_row=2)]
    assert [link and link.target for link in links] == addresses


def test_documents_in_an_archive_are_not_linked(tmp_path: Path) -> None:
    write(tmp_path, [WRITTEN], has_links=False)
    page, workbook = open_report(tmp_path)
    assert not page.xpath("//td//a")
    assert workbook["Documents"]["E2"].hyperlink is None


def test_a_folder_given_relatively_is_left_out_of_paths_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(
        Path("out"), [replace(WRITTEN, path="out/out/x.docx"), replace(WRITTEN, path=str(tmp_path / "out/out/x.docx"))]
    )
    assert [row[4] for row in page_rows(open_report(Path("out"))[0], "documents")] == ["out/x.docx"] * 2


class Room(NamedTuple):
    """How many documents a page lists all of, and how many others beside those that failed."""

    documents: int
    others: int


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    """What there is room for: in a soak all of it, else a tenth."""
    names = ("MAX_DOCUMENTS", "FIRST_OTHERS")
    room = Room(*(getattr(report, name) // (1 if IS_SOAK else 10) for name in names))
    for name, most in zip(names, room, strict=True):
        monkeypatch.setattr(report, name, most)
    return room


@pytest.mark.soak
def test_a_page_of_very_many_lists_all_that_failed_and_the_first_others(tmp_path: Path, room: Room) -> None:
    write(tmp_path, many(room.documents + 1))
    page, workbook = open_report(tmp_path)
    rows = page_rows(page, "documents")
    failed = room.documents // 10
    assert len(rows) == room.others + failed
    assert sum(row[5] == "failed" for row in rows) == failed
    last = room.others * 10 // 9 - 1  # every tenth failed
    assert [row[0] for row in rows[last : last + 3]] == [f"posts.csv!{last + more}" for more in (0, 9, 19)]
    sentence = f"Of {room.documents + 1:,} documents this page lists the {failed} that failed"
    assert sentence in page.text_content()
    assert workbook["Documents"].max_row == room.documents + 2


@pytest.mark.soak
def test_a_page_of_many_lists_all(tmp_path: Path, room: Room) -> None:
    write(tmp_path, many(room.documents))
    page, _ = open_report(tmp_path)
    assert [row[0] for row in page_rows(page, "documents")] == [f"posts.csv!{index}" for index in range(room.documents)]
    assert "this page lists" not in page.text_content()


def test_the_page_can_be_read_by_everybody_and_needs_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, [WRITTEN, FAILED])
    page, _ = open_report(tmp_path)
    text = (tmp_path / PAGE).read_text()
    assert page.getroottree().getroot().get("lang") == "en-GB"
    assert [heading.tag for heading in page.xpath("//h1|//h2|//h3")] == ["h1", "h2", "h2", "h2"]
    for table in page.iter("table"):
        assert table.findtext("caption")
        assert {cell.get("scope") for cell in table.xpath("thead//th")} == {"col"}
        assert {cell.get("scope") for cell in table.xpath("tbody//th")} == {"row"}
        assert {len(row) for row in table.iter("tr")} == {len(table.xpath("thead//th"))}
    assert not page.xpath("//script|//link|//img|//@src|//@onclick")
    assert not any(word in text for word in ("http", "url(", "@import"))
    assert len(page.xpath("//@id")) == len(set(page.xpath("//@id"))) == 3


@pytest.mark.parametrize(
    "colors",
    [
        ("#212b32", "#fbe3e0"),
        ("#212b32", "#fff3cc"),
        ("#005eb8", "#fff3cc"),
        ("#ffffff", "#005eb8"),
        ("#425563", "#ffffff"),
    ],
)
def test_the_colours_of_the_page_have_contrast(colors: tuple[str, str]) -> None:
    assert all(color in page_module.STYLE for color in colors)
    assert contrast(*colors) >= 4.5


def test_odd_texts_are_shown_and_never_read_as_marks(tmp_path: Path) -> None:
    note = ReviewNote(ODD, ODD, ODD)
    document = BatchedDocument(
        ODD, ODD, ODD, ODD, ODD, BatchOutcome.LEFT_ALONE, seconds=1.0, notes=(note,), problems=(Problem(ODD, ODD, ODD),)
    )
    write(tmp_path, [document], title=ODD, origin=ODD)
    page, workbook = open_report(tmp_path)
    text = "&<>\"'</td><script>alert(1)</script>é" + r"\u0000\u000b\ud800\ufffe"
    assert not page.xpath("//script")
    assert page_rows(page, "documents")[0][:5] == [text] * 5
    assert page_rows(page, "problems") == [[text] * 5]
    assert page_rows(page, "notes") == [["To decide", text, text, "1", text]]
    assert sheet_rows(workbook["Documents"])[0][:5] == (text,) * 5
    assert sheet_rows(workbook["Review notes"]) == [("To decide", text, text, 1, text)]


anything = st.text(st.characters() | st.sampled_from("=+-@\t\r\n_x\x00<&"), max_size=12)


@budget(20)
@given(anything, st.sampled_from(["", "=", "+", "-", "@", "\t=", "\r=", "\x00=", "_x003D_"]))
@example("cmd|' /C calc'!A0", "=")
@example('HYPERLINK("http://x")', "\x0b=")
def test_no_text_is_ever_a_formula(tmp_path_factory: pytest.TempPathFactory, rest: str, start: str) -> None:
    folder = tmp_path_factory.mktemp("report")
    text = start + rest
    note, problem = ReviewNote(text, text, text), Problem(text, text, text)
    document = BatchedDocument(text, text, text, text, text, BatchOutcome.WRITTEN, 0.0, (note,), (problem,))
    write(folder, [document], title=text, origin=text)
    with ZipFile(folder / WORKBOOK) as archive:
        for name in archive.namelist():
            root = lxml.etree.fromstring(archive.read(name))
            assert not list(root.iter("{*}f"))
            for cell in root.iter("{*}c"):
                assert cell.get("t") in ("inlineStr", None)
                assert (
                    cell.get("t") or "".join(map(str, cell.itertext())).replace(".", "").isdecimal() or len(cell) == 0
                )
    workbook = openpyxl.load_workbook(folder / WORKBOOK)
    for each_cell in (cell for sheet in workbook for row in sheet.iter_rows() for cell in row):
        assert each_cell.data_type in ("s", "n")
        if each_cell.data_type == "s":
            value = str(each_cell.value)
            assert value[0] not in "\t\r"
            assert bool(each_cell.quotePrefix) == (value.startswith(FORMULA_START))


def test_what_excel_would_read_as_an_escape_is_escaped(tmp_path: Path) -> None:
    write(tmp_path, [replace(WRITTEN, title="a_x003D_b")])
    assert open_report(tmp_path)[1]["Documents"]["B2"].value == "a_x005F_x003D_b"


@pytest.mark.parametrize("text", ["x" * 40_000, "👩" * 20_000])
def test_a_text_too_long_for_a_cell_is_cut_with_a_sign(text: str, tmp_path: Path) -> None:
    write(tmp_path, [replace(WRITTEN, title=text)])
    value = open_report(tmp_path)[1]["Documents"]["B2"].value
    assert value.endswith("…")
    assert 32_765 < len(value.encode("utf-16-le")) // 2 <= 32_767


@pytest.mark.parametrize("text", ["x" * 32_767, "👩" * 16_383])
def test_a_text_that_fits_a_cell_is_whole(text: str, tmp_path: Path) -> None:
    write(tmp_path, [replace(WRITTEN, title=text)])
    assert open_report(tmp_path)[1]["Documents"]["B2"].value == text


def test_rows_and_links_that_excel_has_no_room_for_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_module, "MAX_ROWS", 6)
    monkeypatch.setattr(workbook_module, "MAX_LINKS", 2)
    write(tmp_path, [WRITTEN] * 8)
    workbook = open_report(tmp_path)[1]
    assert workbook["Documents"].max_row == 6
    assert ("Rows that Documents has no room for", 3) in sheet_rows(workbook["Summary"])
    assert [bool(row[4].hyperlink) for row in workbook["Documents"].iter_rows(min_row=2)] == [True, True] + [False] * 3


def test_the_workbook_is_easy_to_work_in(tmp_path: Path) -> None:
    write(tmp_path, [WRITTEN, FAILED])
    workbook = open_report(tmp_path)[1]
    assert workbook.sheetnames == ["Summary", "Documents", "Review notes", "Problems"]
    for sheet in workbook:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.font.b and cell.fill.fgColor.rgb == "FF005EB8" for cell in sheet[1])
        assert all(dimension.width for dimension in sheet.column_dimensions.values())
    documents = workbook["Documents"]
    assert documents["J3"].alignment.wrap_text
    assert documents.row_dimensions[3].height > 15
    assert documents["G2"].number_format == "0.000"


def test_rows_are_as_high_as_their_texts(tmp_path: Path) -> None:
    texts = ["x" * 30, "x" * 31, "x\n\nx", "x\n" * 100]
    write(tmp_path, [replace(WRITTEN, title=text) for text in texts])
    documents = open_report(tmp_path)[1]["Documents"]
    assert [documents.row_dimensions[row].height for row in range(2, 6)] == [None, 30, 45, 405]


def test_the_same_documents_give_the_same_bytes(tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    digests = {
        tuple(hashlib.sha256(path.read_bytes()).hexdigest() for path in write(folder, many(200))) for folder in folders
    }
    assert len(digests) == 1
    with ZipFile(tmp_path / "a" / WORKBOOK) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 31, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert archive.testzip() is None


def test_a_batch_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    def breaking_off() -> None:
        with BatchReport(tmp_path) as report:
            report.add(WRITTEN)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        breaking_off()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a disk that is always full")
def test_why_a_batch_broke_off_is_told_and_not_that_its_report_has_no_room_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jdgen.batch.report.spool", lambda _: io.BufferedWriter(io.FileIO("/dev/full", "w")))
    monkeypatch.setattr("jdgen.reports.workbook.spool", lambda _: io.BufferedWriter(io.FileIO("/dev/full", "w")))

    def breaking_off() -> None:
        with BatchReport(tmp_path) as report:
            report.add(WRITTEN)
            raise JdgenError(Problem("a.docx", "cannot be written", "make room"))

    with pytest.raises(JdgenError, match=r"a\.docx"):
        breaking_off()


@pytest.mark.parametrize("broken", ["_Page.write", "_Workbook.write"])
def test_a_report_that_cannot_be_finished_leaves_the_earlier_one(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, [WRITTEN])
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"jdgen.batch.report.{broken}", full)
    with pytest.raises(JdgenError, match="No space left on device"):
        write(tmp_path, [FAILED])
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("broken", "is_temporary", "what", "right"),
    [
        ("_Page.add", False, "the report cannot be written", "choose a folder"),
        ("_Workbook.add", True, "rows of the report's workbook cannot be kept there", "TMPDIR"),
    ],
)
def test_a_disk_that_fills_up_is_said(  # noqa: PLR0917  # each fault with what is told of it
    broken: str, is_temporary: bool, what: str, right: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"jdgen.batch.report.{broken}", full)
    with pytest.raises(JdgenError) as raised, BatchReport(tmp_path) as report:
        report.add(WRITTEN)
    (problem,) = raised.value.problems
    assert problem.where == (tempfile.gettempdir() if is_temporary else str(tmp_path))
    assert problem.what == f"{what} (No space left on device)"
    assert right in problem.right
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(JdgenError, match="the report cannot be written"):
        BatchReport(tmp_path / "file")


@pytest.mark.soak
def test_memory_grows_with_links_at_most_and_they_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    links = count(500)
    monkeypatch.setattr("jdgen.reports.workbook.MAX_LINKS", links)

    def peak(number: int) -> int:
        tracemalloc.start()
        write(tmp_path, many(number))
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    peak(10)
    few = peak(100)
    assert peak(links) - few < 1_200 * links
    assert peak(4 * links) - few < 1_600 * links
