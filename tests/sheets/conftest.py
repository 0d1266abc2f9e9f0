"""Real workbooks, made by openpyxl, and what reading says of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.sheets.tables import PostTable, read_posts

HEADINGS = ("Job title", "Specialism", "Band")
ROW = ("PMO analyst", "PMO", 6)

Make = Callable[..., Path]


@pytest.fixture
def workbook(tmp_path: Path) -> Make:
    """A workbook of the rows given; ``change`` may do more to its sheet before it is saved."""

    def write_workbook(*rows: Sequence[Any], title: str = "Posts", change: Callable[[Any], None] | None = None) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = title
        for row in rows:
            sheet.append(list(row))
        if change:
            change(sheet)
        path = tmp_path / "posts.xlsx"
        book.save(path)
        return path

    return write_workbook


@pytest.fixture
def one_cell(workbook: Make) -> Callable[[str, Any], PostTable]:
    """The table of one post that has one more cell, under a heading."""

    def read(heading: str, value: Any) -> PostTable:
        return read_posts(workbook((*HEADINGS, heading), (*ROW, value)), "posts.xlsx")

    return read


def problems_of_table(table: PostTable) -> list[str]:
    """All problems of a table, as a user reads them."""
    return [str(problem) for problem in (*table.problems, *(problem for row in table.rows for problem in row.problems))]
