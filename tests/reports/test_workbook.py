"""Workbooks that are written row by row: rows of several sheets in turn, a second copy, and a disk that is full."""

from __future__ import annotations

import gc
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jdgen.reports.workbook import Column, ReportWorkbook, one_sheet_workbook

resource = pytest.importorskip("resource", reason="only Unix limits the size of files")
COLUMNS = (Column("Name", 20), Column("Count", 10))


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, empty."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """No file can grow beyond so many bytes meanwhile, as on a disk that fills up."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def content(workbook: ReportWorkbook) -> bytes:
    stream = io.BytesIO()
    workbook.write(stream)
    return stream.getvalue()


def test_sheets_take_rows_in_turn_and_stand_in_the_order_in_which_they_were_begun(temporary: Path) -> None:
    with ReportWorkbook("Counts") as workbook:
        first, second = workbook.begin("First", COLUMNS), workbook.begin("Second", COLUMNS)
        for number in range(3):
            second.add((f"second {number}", number))
            first.add((f"first {number}", number))
        workbook.end()
        first_content, again = content(workbook), content(workbook)
    assert first_content == again
    rows_by_sheet = {
        sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(io.BytesIO(first_content))
    }
    assert rows_by_sheet == {
        name: [("Name", "Count"), *((f"{name.lower()} {number}", number) for number in range(3))]
        for name in ("First", "Second")
    }
    assert list(temporary.iterdir()) == []


def test_a_sheet_is_printed_across_one_page_with_its_headings_on_each() -> None:
    sheet = load_workbook(io.BytesIO(one_sheet_workbook("Counts", COLUMNS, [("one", 1)]))).active
    assert sheet is not None
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", None)
    assert (sheet.oddFooter.left.text, sheet.oddFooter.right.text) == ("&A", "Page &P of &N")


def test_a_sheet_that_nobody_could_read_across_one_page_goes_over_several_with_what_its_rows_are_about() -> None:
    columns = [Column(f"Column {number}", 24) for number in range(59)]
    sheet = load_workbook(io.BytesIO(one_sheet_workbook("Posts", columns, [["one"] * 59]))).active
    assert sheet is not None
    assert not (sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage)
    assert sheet.page_setup.scale == 51
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$B:$B")


def test_a_workbook_that_nobody_ends_leaves_nothing(temporary: Path) -> None:
    with ReportWorkbook("Counts") as workbook:
        workbook.begin("First", COLUMNS).add(("one", 1))
        assert list(temporary.iterdir())
    assert list(temporary.iterdir()) == []


def test_a_full_disk_is_an_error_of_the_system_and_leaves_nothing(temporary: Path) -> None:
    def fill(workbook: ReportWorkbook) -> None:
        sheet = workbook.begin("First", COLUMNS)
        for number in range(2_000):
            sheet.add((f"row {number}", number))

    with files_of_at_most(30_000), pytest.raises(OSError, match="too large"), ReportWorkbook("Counts") as workbook:
        fill(workbook)
    assert list(temporary.iterdir()) == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # of the zip file that stays half-way
def test_a_disk_that_is_full_at_the_end_is_an_error_of_the_system_too(temporary: Path) -> None:
    with ReportWorkbook("Counts") as workbook:
        workbook.begin("First", COLUMNS).add(("one", 1))
        with files_of_at_most(100), pytest.raises(OSError, match="too large"):
            workbook.end()
    assert list(temporary.iterdir()) == []
    gc.collect()
