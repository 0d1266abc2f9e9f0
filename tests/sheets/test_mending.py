from __future__ import annotations

import datetime
import io
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from jdgen.batch.report import mending_workbook
from jdgen.reports.workbook import Column, one_sheet_workbook
from jdgen.sheets.xlsx_file import workbook_sheets
from tests.sheets.conftest import HEADINGS, ROW, Make, problems_of_table
from tests.sheets.tables import PostTable, read_posts
from tests.toolbox.soak import budget

# What would start a formula, what stands for a character, and any other text; without the halves of pairs.
TEXTS = st.one_of(
    st.sampled_from(
        ["=1+1", "'=1", "''@x", "+44", "-", "@a", "\t=1", "\r=1", '="1"', "_x000D_", "_x005F_x0007_", "#N/A"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.text("='+-@_x0057F\r\n\t ", max_size=12),
)
GRIDS = st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=4)


def _mended(table: PostTable, folder: Path, name: str = "mend.xlsx") -> Path:
    path = folder / name
    path.write_bytes(mending_workbook(table.headings, [(row, row.problems) for row in table.failed]))
    return path


@given(GRIDS)
@budget(20)
def test_workbooks_give_texts_back_exactly_and_start_no_formula(grid: list[list[str]]) -> None:
    content = one_sheet_workbook("Posts", [Column(name, 24) for name in "abc"], grid, exact=True)
    (sheet,) = workbook_sheets(content, "x")
    rows = [[value or "" for value in (*values, "", "", "")[:3]] for _, values in sheet.rows()][1:]
    assert [*rows, *[["", "", ""]] * (len(grid) - len(rows))] == grid
    for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows():
        for cell in row:
            assert cell.data_type in ("s", "n")
            assert cell.value is None or cell.data_type == "s"


def test_only_failing_rows_and_they_can_be_mended(workbook: Make, tmp_path: Path) -> None:
    def as_text(sheet: Any) -> None:
        sheet["A4"].data_type = "s"

    path = workbook(
        ["Title"],
        [*HEADINGS, None, "Base"],
        ROW,
        ["=lead", "pmo", "8", None, "+44"],
        ["C", "pmo", None, None, 7],
        change=as_text,
    )
    mend = _mended(read_posts(path, "posts.xlsx"), tmp_path)
    book = openpyxl.load_workbook(mend)
    sheet = book.active
    assert [cell.value for cell in sheet[1]] == ["Problem", "Job title", "Specialism", "Band", None, "Base"]
    assert sheet.max_row == 3
    assert sheet["A2"].value.startswith("posts.xlsx!Posts!C4: Band: band 8 is divided into")
    assert (sheet["B2"].value, sheet["B2"].data_type, sheet["B2"].quotePrefix) == ("=lead", "s", True)
    assert sheet["F3"].value == "7"
    sheet["D2"], sheet["D3"] = "8a", 7
    book.save(mend)
    mended = read_posts(mend)
    assert problems_of_table(mended) == []
    assert [row.entries.values.get("title") for row in mended.rows] == ["=lead", "C"]
    assert mended.rows[0].entries.values["base"] == "+44"


def test_what_nobody_mended_is_told_again(workbook: Make, tmp_path: Path) -> None:
    path = workbook(
        [*HEADINGS, "Hours", "Base"],
        [*ROW, datetime.datetime(2025, 4, 1), "a"],  # noqa: DTZ001  # a cell's date has no zone
        [*ROW, True, "b"],
        [*ROW, "#N/A", "c"],
        [*ROW, "=1+1", "d"],
        [*ROW, "a_x0007_b", "e"],
        [*ROW, "1"],
        ["A", "pmo", "8", "1", "x"],
        change=lambda sheet: sheet.merge_cells("E6:E7"),
    )
    first = read_posts(path, "posts.xlsx")
    again = read_posts(_mended(first, tmp_path), "mend.xlsx")
    assert len(first.failed) == 7
    assert [row.label for row in again.failed] == [f"mend.xlsx!To mend!{number}" for number in range(2, 9)]
    third = read_posts(_mended(again, tmp_path, "more.xlsx"), "more.xlsx")
    assert third.headings == again.headings == ("Problem", *first.headings)
    assert [problem.what for row in third.failed for problem in row.problems] == [
        problem.what for row in again.failed for problem in row.problems
    ]


def test_equal_rows_give_equal_bytes(workbook: Make, tmp_path: Path) -> None:
    table = read_posts(workbook(HEADINGS, ["A", "pmo", "8"]), "posts.xlsx")
    first = _mended(table, tmp_path).read_bytes()
    assert first == _mended(table, tmp_path).read_bytes()
    modified = openpyxl.load_workbook(io.BytesIO(first)).properties.modified
    assert modified == datetime.datetime(1980, 1, 1)  # noqa: DTZ001  # as openpyxl has it


def test_headings_of_a_csv_file_are_mended_in_a_workbook() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "posts.csv"
        path.write_text("Job title,Specialism,Band\nA,pmo,8\n", encoding="utf-8")
        table = read_posts(path)
        assert len(read_posts(_mended(table, Path(folder))).failed) == 1
