from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from jdgen.errors import JdgenError, Problem
from jdgen.post.field import FieldKind
from jdgen.post.fields import COLUMNS, headings_of
from jdgen.sheets.heading_row import find_column
from jdgen.sheets.reading import open_posts
from jdgen.words import bare_words
from tests.sheets.conftest import HEADINGS, ROW, Make, problems_of_table
from tests.sheets.tables import read_posts
from tests.toolbox.growth import calls


def test_each_heading_means_one_column() -> None:
    columns = list(COLUMNS.values())
    count = 0
    for column in columns:
        key = () if column.kind is FieldKind.SKILLS else (column.key,)
        names = {bare_words(name) for name in (*key, column.heading, *column.also)}
        assert all(find_column(name) == column for name in names), names
        count += len(names)
    assert len(headings_of()) == count


def test_a_column_of_hr_about_skills_is_none_of_levels_of_skills() -> None:
    assert find_column("Skills") is None
    assert find_column("Skill levels").key == "skills"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("JOB_TITLE *", "title"),
        ("  job\u00a0title:", "title"),
        ("AfC\nband", "band"),
        ("Hours (per week)", "hours"),
        ("Line manager", "responsible_to"),
        ("Reports to", "responsible_to"),
        ("Directorate", "department"),
        ("Location", "base"),
        ("Physical effort – Frequency", "demands.physical.frequency"),
        ("Working conditions: how long", "demands.environment.duration"),
    ],
)
def test_headings_in_plain_words(heading: str, field: str) -> None:
    column = find_column(heading)
    assert column is not None
    assert column.key == field


def test_header_below_titles_and_blank_rows_in_any_order(workbook: Make) -> None:
    path = workbook(
        ["Posts of the trust"],
        [],
        ["Base"],
        ["band", None, " SPECIALISM", "Title", "Notes for HR"],
        [7, None, "pmo", "PMO lead", "ask Jo"],
        [],
        [None, None, "  "],
        ["8A", None, "pmo", "PMO head"],
        change=lambda sheet: sheet.merge_cells("A1:E1"),
    )
    table = read_posts(path, "posts.xlsx")
    assert problems_of_table(table) == []
    assert [row.label for row in table.rows] == ["posts.xlsx!Posts!5", "posts.xlsx!Posts!8"]
    assert [row.entries.values["band"] for row in table.rows] == ["7", "8a"]
    assert table.rows[1].entries.places["title"] == "posts.xlsx!Posts!D8"


def test_unknown_second_and_missing_columns_are_all_told(workbook: Make) -> None:
    path = workbook(["Job title", "Titel", "AfC band", "Band", "Zzz", "Ignore me", "Comments"], ["A", "", 6, 7])
    assert problems_of_table(read_posts(path, "posts.xlsx")) == [
        "posts.xlsx!Posts!B1: unknown column 'Titel': did you mean 'Job title'? "
        "Or begin it with 'Ignore' to have it passed over: 'Ignore Titel'",
        "posts.xlsx!Posts!D1: 'Band' is a second column for 'Band': keep one; the first is column C",
        "posts.xlsx!Posts!E1: unknown column 'Zzz': use a heading that `jdgen docs spreadsheet` lists, "
        "or begin it with 'Ignore' to have it passed over: 'Ignore Zzz'",
        "posts.xlsx!Posts!1: there is no column 'Specialism': add it to this row of headings",
        "posts.xlsx!Posts!1: 2 headings are not jdgen's: run `jdgen batch` with --columns columns.toml, "
        "which begins a file that says what your own headings mean",
    ]


def test_a_column_given_elsewhere_need_not_be_there(workbook: Make) -> None:
    path = workbook(["Job title", "Band"], ["A", 6])
    assert problems_of_table(read_posts(path, common_fields={"specialism"})) == []


def test_no_header_names_the_row_that_came_nearest(workbook: Make) -> None:
    path = workbook(["a list"], ["x", "Band"], ["y", 6])
    with pytest.raises(JdgenError, match=r"posts.xlsx!Posts: has no row of column headings \(row 2 has one"):
        read_posts(path, "posts.xlsx")


def test_of_very_many_unknown_columns_the_first_are_told_with_how_many_there_are(tmp_path: Path) -> None:
    """What each may have been meant for is not looked for ten thousand times."""
    path = tmp_path / "posts.csv"

    def problems_of(count: int) -> Sequence[Problem]:
        headings = [f"Figure {number}" for number in range(count)]
        path.write_text(",".join(["title,specialism,band", *headings]) + "\nA,pmo,7\n", encoding="utf-8")
        return open_posts(path, "posts.csv").problems

    assert len(problems_of(100)) == 101
    many = problems_of(5_000)
    assert len(many) == 101
    assert many[-1].what == "5000 headings are not jdgen's, of which the first 100 are told"
    assert calls(lambda: problems_of(5_000)) < calls(lambda: problems_of(100)) + 5_000 * 100


def test_text_without_a_heading_is_told_and_empty_columns_are_not(workbook: Make) -> None:
    path = workbook([*HEADINGS, None, "Base"], [*ROW, None, "Leeds"], [*ROW, "stray", "Leeds", "far"])
    assert problems_of_table(read_posts(path, "posts.xlsx")) == [
        "posts.xlsx!Posts!D3: stands in a column without a heading: head the column, or empty the cell",
        "posts.xlsx!Posts!F3: stands in a column without a heading: head the column, or empty the cell",
    ]


def test_which_sheet(workbook: Make, tmp_path: Path) -> None:
    def second(sheet: object) -> None:
        other = sheet.parent.create_sheet("Other")  # type: ignore[attr-defined]
        other.append(list(HEADINGS))
        other.append(["B", "pmo", 7])
        sheet.parent.create_sheet("Notes").append(["Ask the panel"])  # type: ignore[attr-defined]

    assert len(read_posts(workbook(HEADINGS, ROW, change=second)).rows) == 1
    only = read_posts(workbook(["nothing"], title="Cover", change=second), "posts.xlsx")
    assert only.rows[0].label == "posts.xlsx!Other!2"
    both = workbook(HEADINGS, ROW, title="Mine", change=second)
    message = "several sheets have column headings of posts: name the one with the posts by --sheet, or call it 'Posts'"
    with pytest.raises(JdgenError, match=rf"{message}; there are Mine, Other$"):
        read_posts(both)
    assert read_posts(both, sheet="other").rows[0].entries.values["title"] == "B"
    with pytest.raises(JdgenError, match="has no sheet 'Othr': did you mean 'Other'"):
        read_posts(both, sheet="Othr")
