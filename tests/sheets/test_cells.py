from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from jdgen.post.reading import post_of
from tests.sheets.conftest import HEADINGS, ROW, Make, problems_of_table
from tests.sheets.tables import PostTable, read_posts

One = Callable[[str, Any], PostTable]


@pytest.mark.parametrize(
    ("value", "band"),
    [
        (6, "6"),
        (6.0, "6"),
        ("6.0", "6"),
        ("8a ", "8a"),
        ("8A\u00a0", "8a"),
        ("Band 8 B", "8b"),
        ("'7", "7"),
        ("\u200b9", "9"),
    ],
)
def test_bands_as_excel_leaves_them(workbook: Make, value: Any, band: str) -> None:
    table = read_posts(workbook(HEADINGS, ["A", "pmo", value]))
    assert problems_of_table(table) == []
    assert str(post_of(table.rows[0].entries).band) == band


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (
            datetime.datetime(2025, 4, 1),  # noqa: DTZ001  # a cell's date has no zone
            "D2: Hours: holds a date or time (2025-04-01 00:00:00), which",
        ),
        (datetime.time(8, 0), "D2: Hours: holds a date or time (08:00:00), which"),
        (True, "D2: Hours: holds the truth value TRUE: type"),
        ("#N/A", "D2: Hours: holds the error #N/A: mend"),
        (" #N/A ", "D2: Hours: holds the error #N/A: mend"),
        ("#REF!", "D2: Hours: holds the error #REF!: mend"),
        ("=1+1", "D2: Hours: holds a formula whose result is not in the file: open"),
        ("a_x0007_b", "D2: Hours: control character U+0007: delete"),
    ],
)
def test_what_excel_made_of_a_cell(one_cell: One, value: Any, what: str) -> None:
    problems = problems_of_table(one_cell("Hours", value))
    assert len(problems) == 1
    assert problems[0].startswith(f"posts.xlsx!Posts!{what}")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (37.5, "37.5"),
        (37, "37"),
        (30.0, "30"),
        (0.1 + 0.2, "0.3"),
        (1e20, "100000000000000000000"),
        ("'37.5", "37.5"),
        ("'Agile' days", "'Agile' days"),
        (" 37.5\u00a0 hours\na week ", "37.5 hours a week"),
        ("e\u0301", "é"),
        ("#1 priority", "#1 priority"),
    ],
)
def test_one_line_texts(one_cell: One, value: Any, text: str) -> None:
    table = one_cell("Hours", value)
    assert problems_of_table(table) == []
    assert table.rows[0].entries.values["hours"] == text


def test_a_cell_of_blanks_is_not_given(one_cell: One) -> None:
    assert "hours" not in one_cell("Hours", " \u00a0\n ").rows[0].entries.values


def test_choices_in_plain_words_or_as_ids(workbook: Make) -> None:
    path = workbook(
        [*HEADINGS, "Role category", "Competences", "Entry route"],
        [
            *ROW,
            "PMO Specialist",
            "• Schedule Management\nRisk, opportunity & issue management",
            "Project Delivery Professional",
        ],
        [*ROW, "specialist", "reviews; change-control", "project-delivery-professional"],
        [*ROW, "—", None, None],
    )
    table = read_posts(path, "posts.xlsx")
    first, second, third = (row.entries.values for row in table.rows)
    assert first["role_category"] == "pmo-specialist"
    assert first["specialist_competences"] == ["schedule-management", "risk-opportunity-and-issue-management"]
    assert first["entry_route"] == "project-delivery-professional"
    assert (second["role_category"], second["specialist_competences"]) == ("specialist", ["reviews", "change-control"])
    assert "role_category" not in third
    assert problems_of_table(table) == ["posts.xlsx!Posts!D4: Role category: '—' is no name: write a name in letters"]


def test_merged_cells_and_formulas_lose_nothing_silently(workbook: Make) -> None:
    def change(sheet: Any) -> None:
        sheet.merge_cells("D2:D3")
        sheet.merge_cells("A7:D7")
        sheet["A6"] = "=A2"

    path = workbook([*HEADINGS, "Base"], [*ROW, "Leeds"], ROW, ROW, [], [None, "pmo", 7], change=change)
    assert problems_of_table(read_posts(path, "posts.xlsx")) == [
        "posts.xlsx!Posts!D3: Base: is merged into D2:D3: unmerge the cells, and write the value in each of them",
        "posts.xlsx!Posts!A6: Job title: holds a formula whose result is not in the file: "
        "open it in Excel and save it, or put the value in place of the formula",
    ]


def test_hidden_rows_and_a_wrong_size_are_read(workbook: Make) -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[2].hidden = True

    assert len(read_posts(workbook(HEADINGS, ROW, ROW, change=hide)).rows) == 2


def test_every_problem_at_once_in_the_order_of_cells(workbook: Make) -> None:
    path = workbook(
        ["Band", "Job title", "Specialism", "Dimensions", "Mental effort: how often"],
        ["8", None, "pmo", "Staff 3\nBudget: £5\nTeam", "daily"],
        ["x", "B", None, None, None],
        [6, "C", "pmo", None, None],
    )
    table = read_posts(path, "posts.xlsx")
    assert problems_of_table(table) == [
        "posts.xlsx!Posts!A2: Band: band 8 is divided into 8a, 8b, 8c and 8d: write which one, such as 7 or 8a",
        "posts.xlsx!Posts!B2: Job title is missing: give the job title, without the band: PMO manager",
        "posts.xlsx!Posts!D2: Dimensions: line 1, 'Staff 3', does not fit: "
        "write it as 'Staff: 3 whole-time equivalent'",
        "posts.xlsx!Posts!D2: Dimensions: line 3, 'Team', does not fit: write it as 'Staff: 3 whole-time equivalent'",
        "posts.xlsx!Posts!E2: Mental effort: how often is given without 'Mental effort': "
        "fill in 'Mental effort', or empty this cell",
        "posts.xlsx!Posts!A3: Band: 'x' is not an Agenda for Change band: 1 to 7, 8a, 8b, 8c, 8d or 9: "
        "write which one, such as 7 or 8a",
        "posts.xlsx!Posts!C3: Specialism is missing: name the framework's specialism: PMO",
    ]
    assert [row.label for row in table.rows if not row.problems] == ["posts.xlsx!Posts!4"]
    assert [row.label for row in table.failed] == ["posts.xlsx!Posts!2", "posts.xlsx!Posts!3"]


def test_numbers_that_are_equal_are_not_taken_for_one_another(workbook: Make) -> None:
    table = read_posts(workbook([*HEADINGS, "Hours"], [*ROW, 1], [*ROW, True], [*ROW, 1.0]))
    assert [len(row.problems) for row in table.rows] == [0, 1, 0]


def test_a_picture_is_beside_the_file_and_described(workbook: Make) -> None:
    headings = [*HEADINGS, "Logo", "Alt text", "Working conditions", "Environment: frequency"]
    path = workbook(
        headings,
        [*ROW, "logo.png", "The trust's name"],
        [*ROW, "../logo.png", "The trust's name"],
        [*ROW, "logo.png"],
        [*ROW, None, None, "Outdoors", "Daily"],
    )
    table = read_posts(path, "posts.xlsx")
    assert problems_of_table(table) == [
        "posts.xlsx!Posts!D3: the picture '../logo.png' is in another folder: keep it beside the file of posts",
        "posts.xlsx!Posts!D4: Picture file is given without 'Picture description': "
        "fill in 'Picture description', or empty this cell",
    ]
    picture = post_of(table.rows[0].entries).picture
    assert picture is not None
    assert picture.path == path.parent / "logo.png"
    post = post_of(table.rows[3].entries)
    assert post.where("demands") == "posts.xlsx!Posts!F5"
    assert [(demand.kind, demand.frequency, demand.duration) for demand in post.demands] == [
        ("environment", "Daily", None)
    ]
