"""What people write above columns of bands, and what no table can be made of."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pytest

from jdgen.importing.heads import levels_named, named_levels
from jdgen.levels import AFC
from tests.importing.published import (
    HEAD,
    STAGES,
    TITLE,
    Row,
    add_table,
    book,
    bytes_of,
    comma_separated,
    document,
    imported,
    levels_of,
    texts,
    what_weighs,
)
from tests.toolbox.data import problems_of

BODY: tuple[Row, ...] = (("Brewing", "Boils.", "Brews.", "Leads."), ("Serving", "Carries.", "Serves.", "Trains."))


def read(*heads: str) -> list[str]:
    """What is wrong with a CSV file whose columns stand under ``heads``."""
    content = comma_separated(("Task", *heads), *BODY, above=((TITLE,), ()))
    return problems_of(lambda: imported(content, "csv", AFC))


@pytest.mark.parametrize(
    ("head", "bands"),
    [
        ("Band 5¹", "5"),
        ("Band 6*", "6"),
        ("Band 7 [2]", "7"),
        ("AfC5", "5"),
        ("Band Five", "5"),
        ("BAND VI", "6"),
        ("Bands 5 & above", "5 to 9"),
        ("8a upwards", "8a to 9"),
        ("Band 8 – Range A", "8a"),
        ("Band 8 (Range C)", "8c"),
        ("Band Cyflog 5", "5"),
        ("Band 5 / Band Cyflog 5", "5"),
        ("Bandiau Cyflog 5-6", "5 to 6"),
        ("Band Cyflog 6 a 7", "6 to 7"),
        ("Bandiau 2 i 4", "2 to 4"),
        ("NHS Band 5", "5"),
        ("Band: 6", "6"),
        ("Band 8 a", "8a"),
        ("Up to Band 4", "1 to 4"),
        ("Bands 3 and below", "1 to 3"),
        ("Band 8A-D", "8a to 8d"),
        ("8a/b", "8a to 8b"),
        ("Bands 8a, b and c", "8a to 8c"),
        ("Bands 7 & 8a/b", "7 to 8b"),
        ("B5", "None"),
        ("Band 51", "None"),
        ("5 b", "None"),
        ("7-d", "None"),
    ],
)
def test_bands_are_read_as_people_write_them_above_columns(head: str, bands: str) -> None:
    assert str(levels_named(head, AFC)) == bands


def test_a_letter_and_a_number_are_a_band_only_in_a_row_of_such() -> None:
    assert list(map(str, named_levels(["Task", "B5/B6", "B7", "B8a-8c"], AFC))) == ["None", "5 to 6", "7", "8a to 8c"]
    assert not any(named_levels(["Task", "Band 5", "B6", "Band 7"], AFC))
    assert not any(named_levels(["B1", "Brews tea.", "Serves."], AFC))


def test_dates_that_bands_have_become_are_told_with_their_places() -> None:
    assert read("05-Jun", "Band 7", "Band 8a") == [
        "tea.csv, line 3, cell 2: '05-Jun' is a date, which a spreadsheet program makes of bands such as 5-6: write "
        "the bands in words, such as '5 to 6'"
    ]


def test_columns_that_are_of_the_same_bands_are_told() -> None:
    (problem,) = read("Band 5+", "Band 7 and above", "8a+")
    assert problem.startswith("tea.csv, line 3, cell 2: columns are of the same bands: Band 5+, Band 7")


def test_tables_that_stand_beside_each_other_are_told() -> None:
    rows = [[*row[:3], None, *row[:3]] for row in (("Task", "Band 5", "Band 6"), *BODY)]
    (problem,) = problems_of(lambda: imported(bytes_of(book(*rows)), "xlsx", AFC))
    assert problem.endswith("two tables stand beside each other: put one below the other, each with its title above it")


def test_a_band_whose_column_is_hidden_is_told_with_the_option_that_reads_it() -> None:
    workbook = book(("Task", "5", "6", "7"), *BODY)
    workbook.active.column_dimensions["C"].hidden = True
    (problem,) = problems_of(lambda: imported(bytes_of(workbook), "xlsx", AFC))
    assert problem.endswith("or have hidden columns read with --hidden")


def test_marks_of_footnotes_are_told_in_texts_and_not_above_columns() -> None:
    rows = (("Task", "5¹", "6", "7"), ("Brewing", "Boils.(1)", "Brews.**", "Leads.¹,²"))
    marks = [
        what.split("'")[1] for what in what_weighs(imported(comma_separated(*rows), "csv", AFC)) if "footnote" in what
    ]
    assert marks == ["(1)", "**", "¹,²"]


def test_numbers_and_dates_of_other_tables_are_no_bands() -> None:
    versions: tuple[Row, ...] = (("1", "12 Jan", "First"), ("2", "05-Jun", "Second"))
    workbook = book(("Task", "5", "6"), BODY[0][:3])
    sheet = workbook.create_sheet("Version control")
    for row in (*versions, ("3", datetime.date(2026, 1, 2), "Third")):
        sheet.append(row)
    reading = imported(bytes_of(workbook), "xlsx", AFC)
    assert [row.title for row in reading.framework.specialisms[0].headings] == ["Brewing"]
    assert "a table without a row of bands was passed over" in what_weighs(reading)
    (problem,) = problems_of(lambda: imported(comma_separated(*versions), "csv", AFC))
    assert "has no table with a row of bands" in problem


def test_a_column_for_all_bands_is_told() -> None:
    (problem,) = read("All staff", "Band 5", "Band 6")
    assert problem.startswith("tea.csv, line 3, cell 2: 'All staff' heads a column of its own")


@pytest.mark.parametrize(
    ("heads", "body", "what"),
    [
        (("Task", "Entry to band 4", "Band 5", "Band 6"), BODY, "'Entry to band 4' stands before the columns of bands"),
        (
            ("Band 5", "Band 6", "Band 7"),
            tuple(row[1:] for row in BODY),
            "no column beside its bands has the titles",
        ),
        (
            ("Band 5", "Task", "Band 6", "Band 7"),
            BODY,
            "columns of no band stand between its bands: Task: put a",
        ),
        (
            ("Task", "Band 5", "Task", "Band 6"),
            BODY,
            "columns of no band stand between its bands: Task: if two tables stand beside each other, put one below",
        ),
        (
            ("Task", "Band 5", "Band 6", "Band 7"),
            (BODY[0], ("Task", "Band 7", "Band 6", "Band 5"), BODY[1]),
            "a row names other bands than the head of its columns: Band 7, Band 6, Band 5: begin another table there",
        ),
    ],
)
def test_columns_that_would_be_read_as_other_ones_are_told(heads: Row, body: tuple[Row, ...], what: str) -> None:
    content = bytes_of(document(heads, *body))
    (problem,) = problems_of(lambda: imported(content, "docx", AFC))
    assert what in problem


def test_a_row_of_other_names_right_below_the_levels_is_no_heading() -> None:
    for label, name in ((None, "Capability"), ("Task", "Job title"), ("Task", "Typical roles")):
        rows = ((label, "Band 5", "Band 6", "Band 7"), (name, "Keeper", "Senior keeper", "Lead keeper"), *BODY)
        reading = imported(bytes_of(book(*rows)), "xlsx", AFC)
        assert [row.title for row in reading.framework.specialisms[0].headings] == ["Brewing", "Serving"]
        assert "other names of the bands were passed over" in what_weighs(reading)


def test_a_level_of_which_nothing_is_said_is_told() -> None:
    reading = imported(comma_separated(*(row[:3] for row in (HEAD, *BODY))), "csv")
    assert "nothing is said of stage Leading: look whether its column was read" in what_weighs(reading)


def test_the_name_of_a_level_that_a_narrow_column_divides_is_that_level() -> None:
    assert str(levels_named("Startin g", STAGES)) == "Starting"


def test_columns_under_each_band_are_told_once() -> None:
    rows = (("Task", "Band 5", None, "Band 6", None), (None, "Knows", "Does", "Knows", "Does"), ("Tea", *"abcd"))
    workbook = book(*rows)
    for cells in ("B5:C5", "D5:E5"):
        workbook.active.merge_cells(cells)
    (problem,) = problems_of(lambda: imported(bytes_of(workbook), "xlsx", AFC))
    assert "several columns stand under each band: Knows, Does: give each of them a table of its own" in problem


def test_one_column_of_a_band_is_told() -> None:
    rows = (row[:2] for row in (("Task", "Band 6"), *BODY))
    (problem,) = problems_of(lambda: imported(comma_separated(*rows, above=((TITLE,), ())), "csv", AFC))
    assert "one column alone is of a band: Band 6" in problem


def test_two_bands_tell_a_head_that_has_other_columns_behind_them() -> None:
    rows = (("Task", "Band 5", "Band 6", "Evidence"), ("Tea", "Brews.", "Leads.", "Portfolio"))
    reading = imported(comma_separated(*rows), "csv", AFC)
    assert sorted(text for text in texts(reading)) == ["Brews.", "Leads."]
    assert "it stands under no level, and was passed over" in what_weighs(reading)


def test_a_column_of_sentences_beside_titles_says_what_they_mean() -> None:
    rows = (("Task", "What this is", *"567"), *((row[0], f"All about {row[0]}.", *row[1:]) for row in BODY))
    reading = imported(comma_separated(*rows), "csv", AFC)
    assert [(row.title, row.group) for row in reading.framework.specialisms[0].headings] == [
        ("Brewing", ""),
        ("Serving", ""),
    ]
    assert [doubt.text for doubt in reading.doubts if "what a heading means" in doubt.what] == [
        "All about Brewing.",
        "All about Serving.",
    ]


def test_levels_that_were_named_otherwise_are_told_with_the_names_that_stand_there() -> None:
    rows = (("Task", "Novice", "Able", "Leading"), *BODY)
    (problem,) = problems_of(lambda: imported(comma_separated(*rows), "csv"))
    assert "only Leading is a stage; beside it stand Novice, Able: name all stages as they stand there" in problem


def test_levels_that_stand_there_in_other_words_are_told_with_the_option_that_names_them() -> None:
    rows = (("Task", "Starting practice", "Doing practice", "Leading practice"), *BODY)
    (problem,) = problems_of(lambda: imported(comma_separated(*rows), "csv"))
    assert "name them as they stand there: --levels 'Starting practice, Doing practice, Leading practice'" in problem
    # Where nobody has named any, what stands above columns of sentences may be.
    (problem,) = problems_of(lambda: imported(comma_separated(*rows), "csv", AFC))
    assert "with --levels 'Starting practice, Doing practice, Leading practice'" in problem


def test_a_table_under_whose_levels_nothing_stands_is_told_as_that() -> None:
    rows = (HEAD, *((row[0], "", "", "") for row in BODY))
    (problem,) = problems_of(lambda: imported(bytes_of(document(*rows)), "docx"))
    assert problem.startswith(f"tea.docx, table 1, row 1, cell 2: nothing stands under the stages of '{TITLE}'")


def test_a_table_of_levels_that_nobody_has_named_is_no_next_page() -> None:
    more = (("Task", "Leading", "Wise"), ("Brewing", "Leads.", "Advises."))
    word_file = document(("Task", "Starting", "Doing"), ("Brewing", "Boils.", "Brews."))
    add_table(word_file, *more)
    reading = imported(bytes_of(word_file), "docx")
    assert sorted(texts(reading)) == ["Boils.", "Brews."]
    assert "a table without a row of stages was passed over" in what_weighs(reading)


def test_a_level_may_stand_above_or_before_the_bands_that_have_it() -> None:
    heads = ("Starting\nBand 4", "Doing\nBands 5-6", "Leading\nBand 7/8a")
    as_bands = imported(bytes_of(document(("Task", *heads), *BODY)), "docx", AFC)
    assert [levels for levels, _ in levels_of(as_bands, "Brewing")] == ["4", "5 to 6", "7 to 8a"]
    as_stages = imported(bytes_of(document(("Task", *heads), *BODY)), "docx")
    assert [levels for levels, _ in levels_of(as_stages, "Brewing")] == ["Starting", "Doing", "Leading"]
    in_one_line = ("Starting Band 4", "Bands 5-6: Doing", "Leading (Band 7)")
    as_stages = imported(comma_separated(("Task", *in_one_line), *BODY), "csv")
    assert [levels for levels, _ in levels_of(as_stages, "Brewing")] == ["Starting", "Doing", "Leading"]


def test_bands_that_overlap_or_leave_some_out_may_be_taken_as_levels() -> None:
    heads = ("Starting\nBand 5", "Doing\nBands 5-6", "Leading\nBand 7")
    (problem,) = problems_of(lambda: imported(bytes_of(document(("Task", *heads), *BODY)), "docx", AFC))
    assert problem.endswith("; or take each column for a level, with --levels 'Starting, Doing, Leading'")
    (problem,) = read("Maker (Band 3)", "Keeper (Band 5)", "Leader (Band 6)")
    assert problem.endswith("with --levels 'Maker (Band 3), Keeper (Band 5), Leader (Band 6)'")
    (problem,) = read("Band 3", "Band 5", "Band 6")
    assert problem.endswith("or widen the one beside it")


def test_a_text_of_many_words_names_no_level() -> None:
    """So that the statements of a large file are not looked through for levels, each in a dozen ways."""
    assert levels_named(f"Band 7 ({'and so on ' * 4})", AFC)
    assert levels_named(f"Band 7 ({'and so on ' * 6})", AFC) is None


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ((("", "Starting", "Dooing", "Leading"), BODY[0]), "line 3, cell 3"),
        (
            (("Area", "Stage", "What"), *[("Tea", stage, "x") for stage in ("Starting", "Dooing", "Leading")]),
            "line 5, cell 2",
        ),
    ],
)
def test_a_level_that_somebody_has_misspelt_is_told_with_the_one_that_is_near(rows: Sequence[Row], place: str) -> None:
    (problem,) = problems_of(lambda: imported(comma_separated(*rows, above=((TITLE,), ())), "csv"))
    assert problem.startswith(f"tea.csv, {place}: 'Dooing' is no stage: did you mean 'Doing'?")
