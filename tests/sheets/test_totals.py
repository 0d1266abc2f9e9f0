"""Rows that add up or count, or are struck through, are no posts, and no post is taken for one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from jdgen.sheets.reading import open_posts
from tests.sheets.conftest import HEADINGS, ROW, Make
from tests.toolbox.posts import batch

MORE = (*HEADINGS, "Hours", "Ignore cost")


@pytest.mark.parametrize(
    "row",
    [
        ("Total", None, None, 75, None),
        ("TOTAL:", None, None, 75, 1200.5),
        ("Grand total", None, 12, None, "£1,200.50"),
        ("Total posts: 2", None, None, None, None),
        (None, None, None, 75, 3),
        (None, "Total", None, "=SUM(D2:D3)", None),
        (None, "Sub-total", None, 75, None),
        ("Number of posts", None, 2, None, None),
        (None, None, None, 75, "Total"),
    ],
)
def test_a_row_of_totals_is_passed_over_and_told(workbook: Make, tmp_path: Path, row: tuple[Any, ...]) -> None:
    path = workbook(MORE, (*ROW, 37.5), row, ("PMO lead", "PMO", 7, 37.5))
    assert [post.entries.values["title"] for post in open_posts(path).rows] == [ROW[0], "PMO lead"]
    result, heard = batch(tmp_path, path)
    assert [each.title for each in heard.documents] == [ROW[0], "PMO lead"]
    (warning,) = result.warnings
    assert warning.where.endswith("posts.xlsx!Posts!3")
    assert warning.what.startswith("is passed over: it adds up or counts")


@pytest.mark.parametrize(
    "row",
    [
        ("Total reward manager", "PMO", 7, 37.5, 3),
        ("Total reward manager", None, None, 37.5, None),
        ("Totaliser", "PMO", 7, None, None),
        (None, "PMO", 7, 37.5, None),
        (None, None, 7, None, None),
        ("Total", "PMO", 7, 37.5, None),
        ("Total", None, None, 37.5, "see the other sheet"),
    ],
)
def test_a_row_that_may_be_a_post_is_read_as_one(workbook: Make, row: tuple[Any, ...]) -> None:
    path = workbook(MORE, (*ROW, 37.5), row)
    assert len(list(open_posts(path).rows)) == 2


STRUCK = InlineFont(strike=True)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (CellRichText(TextBlock(STRUCK, "PMO "), TextBlock(STRUCK, "lead")), []),
        (CellRichText(TextBlock(STRUCK, "PMO "), "lead"), ["PMO lead"]),
        (CellRichText(TextBlock(InlineFont(b=True), "PMO "), "lead"), ["PMO lead"]),
    ],
)
def test_a_row_that_is_struck_through_run_by_run_is_passed_over_too(
    workbook: Make, text: CellRichText, titles: list[str]
) -> None:
    path = workbook(HEADINGS, ROW, ("PMO lead", "PMO", 7))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.cell(3, 1).value = text
    for column in (2, 3):
        sheet.cell(3, column).font = Font(strike=True)
    book.save(path)
    assert [post.entries.values["title"] for post in open_posts(path).rows] == [ROW[0], *titles]


@pytest.mark.parametrize(("struck", "titles"), [((1, 2, 3), ["PMO lead"]), ((1, 2), [ROW[0], "PMO lead"])])
def test_a_row_that_is_struck_through_from_end_to_end_is_passed_over_and_told(
    workbook: Make, tmp_path: Path, struck: tuple[int, ...], titles: list[str]
) -> None:
    path = workbook(HEADINGS, ROW, ("PMO lead", "PMO", 7))
    book = openpyxl.load_workbook(path)
    for column in struck:
        book.worksheets[0].cell(2, column).font = Font(strike=True)
    book.save(path)
    assert [post.entries.values["title"] for post in open_posts(path).rows] == titles
    result, heard = batch(tmp_path, path)
    assert [each.title for each in heard.documents] == titles
    assert [warning.what for warning in result.warnings] == ["is passed over: it is struck through from end to end"] * (
        2 - len(titles)
    )


@pytest.mark.parametrize(
    "note", ["Notes: bands are indicative", "* subject to panel", "Source: ESR, 31 March", "As at 1/4/25"]
)
def test_a_note_below_the_posts_is_passed_over_and_told(workbook: Make, tmp_path: Path, note: str) -> None:
    result, heard = batch(tmp_path, workbook(MORE, (*ROW, 37.5), (), (note,)))
    assert [each.title for each in heard.documents] == [ROW[0]]
    assert [warning.what for warning in result.warnings] == ["is passed over: it is a note, and describes no post"]


@pytest.mark.parametrize("row", [("Note taker",), ("Key worker", None, 5), ("Notes: bands", "PMO"), ("Key-worker",)])
def test_a_post_that_lacks_cells_is_no_note(workbook: Make, tmp_path: Path, row: tuple[Any, ...]) -> None:
    path = workbook(MORE, (*ROW, 37.5), row)
    assert [len(post.problems) > 0 for post in open_posts(path).rows] == [False, True]
