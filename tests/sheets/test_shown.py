"""What a sheet shows is what is read: numbers by their format, text by the encoding of the program that wrote it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.batch.report import mending_workbook
from jdgen.sheets.reading import open_posts
from jdgen.sheets.xlsx_strings import shown_number
from tests.sheets.conftest import HEADINGS, ROW, Make, problems_of_table
from tests.sheets.tables import PostTable, read_posts
from tests.toolbox.commands import Run

ACCOUNTS = '_-"£"* #,##0.00_-;-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-'


def hours(workbook: Make, value: Any, code: str) -> PostTable:
    """The table of one post whose hours are ``value`` in the format ``code``."""

    def change(sheet: Any) -> None:
        sheet["D2"].number_format = code

    return read_posts(workbook([*HEADINGS, "Hours"], [*ROW, value], change=change), "posts.xlsx")


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.6, "0%", "60%"),
        (0.605, "0.00%", "60.50%"),
        (123, "00000", "00123"),
        (1234567, "#,##0", "1,234,567"),
        (1250, "£#,##0", "£1,250"),
        (1250.5, '"£"#,##0.00', "£1,250.50"),
        (1250, "[$£-809]#,##0", "£1,250"),
        (1250, ACCOUNTS, "£1,250.00"),
        (-1250, ACCOUNTS, "-£1,250.00"),
        (37.5, "0.00", "37.50"),
        (37.5, "0", "38"),
        (37.5, "General", "37.5"),
        (37, "@", "37"),
        (37.5, '0.0" hours"', "37.5 hours"),
        (37.5, 'General" hours"', "37.5 hours"),
        (1500000, '£0.0,,"m"', "£1.5m"),
        (123456, "00-00-00", "12-34-56"),
        (5, "000,000", "000,005"),
        (-5, "0;(0)", "(5)"),
        (-12, "#,##0.00;[Red]-#,##0.00", "-12.00"),
        (5.25, "0.##", "5.25"),
        (5, "0.##", "5"),
        (5, "\\J\\D-0000", "JD-0005"),
    ],
)
def test_a_number_is_read_as_its_cell_shows_it(workbook: Make, value: Any, code: str, text: str) -> None:
    table = hours(workbook, value, code)
    assert problems_of_table(table) == []
    assert table.rows[0].entries.values["hours"] == text


@pytest.mark.parametrize("code", ["0.00E+00", "# ?/?", '"$"#,##0_);("$"#,##0)', "[>100]0;0", "[DBNum1]0"])
def test_a_format_that_is_not_known_is_asked_about_with_the_place_and_the_number(workbook: Make, code: str) -> None:
    (problem,) = problems_of_table(hours(workbook, 37.5, code))
    assert problem.startswith(
        "posts.xlsx!Posts!D2: Hours: holds the number 37.5 in a format of which jdgen does not know"
    )
    assert problem.endswith(": format the cell as Text, and type what is meant")


def test_a_date_is_asked_about_as_before(workbook: Make) -> None:
    (problem,) = problems_of_table(hours(workbook, 45748, "dd/mm/yyyy"))
    assert problem.startswith("posts.xlsx!Posts!D2: Hours: holds a date or time (2025-04-01 00:00:00)")


def test_bands_in_any_format_are_bands(workbook: Make) -> None:
    for code in ("00", "0.00", '"Band "0'):

        def change(sheet: Any, code: str = code) -> None:
            sheet["C2"].number_format = code

        table = read_posts(workbook(HEADINGS, ROW, change=change), "posts.xlsx")
        assert (problems_of_table(table), table.rows[0].entries.values["band"]) == ([], "6")


def test_a_workbook_to_mend_has_what_the_cell_showed(workbook: Make) -> None:
    table = hours(workbook, 0.6, "0%")
    content = mending_workbook(table.headings, [(table.rows[0], [])])
    sheet: Any = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet["E2"].value == "60%"


@given(st.floats(-1e12, 1e12), st.text('0#?.,%;"-£_*\\ ()[]', max_size=12))
def test_any_format_is_known_or_not(number: float, code: str) -> None:
    assert isinstance(shown_number(number, code), str | None)


@given(st.integers(0, 10**12))
def test_thousands_are_divided_as_python_divides_them(number: int) -> None:
    assert shown_number(number, "#,##0") == f"{number:,}"


MAC_AND_WINDOWS = (
    *("Zoë’s café", "François, Hôpital — Ünder", "naïve – yes", "£50 • item", "on and on…", "37.5\xa0hours"),
    *("Éire — north", "façade", "Mon–Fri, 2 days – or 3", "Ångström and Søren Æro", "20° C", "Chef’s “special” crème"),
)


@pytest.mark.parametrize("text", MAC_AND_WINDOWS)
@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "utf-8", "utf-16"])
def test_text_is_read_in_the_encoding_of_the_program_that_wrote_it(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "posts.csv"
    path.write_bytes(f'Job title,Specialism,Band,Base\r\nLead,PMO,7,"{text}"\r\n'.encode(encoding))
    table = read_posts(path)
    assert (problems_of_table(table), table.rows[0].entries.values["base"]) == ([], text.replace("\xa0", " "))


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_text_that_a_program_read_in_another_encoding_is_told_and_never_printed(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "posts.csv"
    garbled = "St Mary’s café".encode().decode(encoding)
    path.write_text(f"Job title,Specialism,Band,Base,Employer\nLead,PMO,7,{garbled},St Mary\ufffds\n", encoding="utf-8")
    right = "type the text again, or save the file anew as UTF-8 where it is still right"
    assert [problem.partition("posts.csv:")[2] for problem in problems_of_table(read_posts(path))] == [
        f"2 (column D): Base: holds '{'’'.encode().decode(encoding)}', which a program has made of '’': {right}",
        f"2 (column E): Employer: holds \ufffd, which stands where a program has lost a character: {right}",
    ]


def test_a_file_of_two_encodings_is_told_of_what_would_be_garbled(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    rows = "Job title,Specialism,Band,Base\nLead,PMO,7,St Mary’s\nHead,PMO,8a,".encode() + "café\n".encode("cp1252")
    path.write_bytes(rows)
    (problem,) = problems_of_table(read_posts(path))
    assert "posts.csv:2 (column D): Base: holds 'â€™', which" in problem


def test_a_number_that_was_rounded_in_a_csv_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text("Job title,Specialism,Band,Reference,Base\nLead,PMO,7,1.23E+11,E+D building\n", encoding="utf-8")
    (problem,) = problems_of_table(read_posts(path))
    assert "posts.csv:2 (column D): Reference: holds 1.23E+11, which a spreadsheet program made of" in problem


def test_a_file_of_excel_for_mac_is_known_by_an_apostrophe_or_its_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    for end in ("\r", "\n"):
        path.write_bytes(f"Job title,Specialism,Band,Employer{end}Lead,PMO,7,St Mary’s{end}".encode("mac_roman"))
        assert read_posts(path).rows[0].entries.values["employer"] == "St Mary’s"
    path.write_bytes("Job title,Specialism,Band,Employer\rLead,PMO,7,Señor Muñoz\r".encode("mac_roman"))
    assert read_posts(path).rows[0].entries.values["employer"] == "Señor Muñoz"


def test_the_encoding_is_known_wherever_in_a_long_file_the_character_stands(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    for before in range(2**16 - 60, 2**16 - 40):
        start = "Job title,Specialism,Band,Employer,Purpose\nLead,PMO,7,"
        text = start + f"Trust,{'x' * (before - len(start))}\nLead 2,PMO,7,St Mary’s,y\n"
        path.write_bytes(text.encode("mac_roman"))
        assert read_posts(path).rows[1].entries.values["employer"] == "St Mary’s"


@pytest.mark.parametrize(
    ("typed", "is_told"),
    [(1.0, True), (12, True), (1.1, False), ("1.0", False), ("1", False), (None, False), (True, False)],
)
def test_a_version_that_a_spreadsheet_may_have_shortened_is_told(workbook: Make, typed: Any, is_told: bool) -> None:
    """1.0 typed into a cell that nobody has formatted is 1 there, and nothing in the file says that it was not."""
    stream = open_posts(workbook([*HEADINGS, "Version"], [*ROW, typed]))
    (row,) = stream.rows
    assert [warning.where.endswith("posts.xlsx!Posts!D2") for warning in row.warnings] == [True] * is_told
    assert all("format the column as text" in warning.right for warning in row.warnings)


def test_a_version_whose_format_shows_it_is_as_it_is_shown(workbook: Make) -> None:
    def change(sheet: Any) -> None:
        sheet["D2"].number_format = "0.0"

    (row,) = open_posts(workbook([*HEADINGS, "Version"], [*ROW, 1], change=change)).rows
    assert (row.entries.values["version"], row.warnings) == ("1.0", ())


def test_a_column_of_such_versions_is_told_in_a_line(run: Run, folder: Path, workbook: Make) -> None:
    posts = [(f"Analyst {number}", "PMO", 6, 1) for number in range(30)]
    stderr = run("batch", str(workbook([*HEADINGS, "Version"], *posts)), "--dry-run").stderr
    (line,) = (line for line in stderr.splitlines() if line.startswith("warning"))
    assert "posts.xlsx!Posts!D2:D31: the version is the number 1, which" in line
