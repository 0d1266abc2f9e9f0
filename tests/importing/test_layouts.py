"""Levels as they head tables: in other words, down the side, in a column of their own, over several tables."""

from __future__ import annotations

import pytest

from jdgen.importing.heads import levels_named
from jdgen.importing.list_heads import DOWN_THE_SIDE, IN_A_COLUMN
from jdgen.levels import AFC
from tests.importing.published import (
    ABOVE,
    BREWING,
    DESCRIPTION,
    HEAD,
    SERVING,
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
    looked_at,
    published,
    texts,
    what_weighs,
)
from tests.toolbox.data import problems_of


@pytest.mark.parametrize(
    ("head", "bands"),
    [
        ("7", "7"),
        ("Band 8", "8a to 8d"),
        ("8", "8a to 8d"),
        ("8A/8B", "8a to 8b"),
        ("8a & 8b", "8a to 8b"),
        ("Band 8a, 8b and 8c", "8a to 8c"),
        ("Bands 5-6", "5 to 6"),
        ("8a+", "8a to 9"),
        ("8c and above", "8c to 9"),
        ("Senior nurse (Band 7)", "7"),
        ("Band 7 Senior nurse", "7"),
        ("Band 8a – Matron", "8a"),
        ("Senior nurse, Band 7", "7"),
        ("Pay band 6: nurse", "6"),
        ("AfC Band 6", "6"),
        ("8a/8c", None),
        ("6/5", None),
        ("2026", None),
        ("Level 5 - 6", None),
        ("Band of brothers", None),
        ("Manages band 5 staff", None),
        ("Band 5 staff are managed by the post holder", None),
        ("Band 5 and band 7 nurses", None),
    ],
)
def test_bands_as_people_write_them_above_columns(head: str, bands: str | None) -> None:
    levels = levels_named(head, AFC)
    assert (str(levels) if levels else None) == bands


@pytest.mark.parametrize("head", ["Doing", "Doing (Band 6)", "Stage Doing", "2 - Doing", "2. Doing", "Doing stage"])
def test_names_of_levels_as_people_write_them(head: str) -> None:
    assert str(levels_named(head, STAGES)) == "Doing"


def test_what_a_head_is_read_as_is_told() -> None:
    head = ("", "6", "7", "8")
    reading = imported(comma_separated(head, BREWING, above=ABOVE[:3]), "csv", AFC)
    assert levels_of(reading, "Brewing")[2] == ("8a to 8d", BREWING[3])
    assert what_weighs(reading) == ["'8' is read as bands 8a to 8d"]


def test_a_band_without_a_column_is_one_error_at_the_head() -> None:
    content = comma_separated(("", "5", "6", "8"), BREWING, SERVING, above=ABOVE[:3])
    (problem,) = problems_of(lambda: imported(content, "csv", AFC))
    assert problem.startswith(
        f"tea.csv, line 4, cell 2: no column of '{TITLE}' is for band 7: the levels of a table have"
    )


@pytest.mark.parametrize("kind", ["csv", "docx", "xlsx"])
def test_levels_down_the_side(kind: str) -> None:
    rows = list(zip(HEAD, BREWING, SERVING, strict=True))
    content = {
        "csv": lambda: comma_separated(*rows, above=ABOVE[:3]),
        "docx": lambda: bytes_of(document(*rows)),
        "xlsx": lambda: bytes_of(book(*rows, above=ABOVE[:3])),
    }[kind]()
    reading = imported(content, kind)
    assert texts(reading) == published(BREWING, SERVING)
    assert levels_of(reading, "Serving") == list(zip(HEAD[1:], SERVING[1:], strict=True))
    assert what_weighs(reading) == [DOWN_THE_SIDE]
    place = {"csv": "line 5, cell 3", "docx": "table 1, row 2, cell 3", "xlsx": "Sheet1!C5"}[kind]
    cells = {str(doubt.place) for doubt in reading.doubts}
    assert place not in cells


def test_columns_of_behaviours_and_duties_beside_others_are_headings() -> None:
    """They were read as more of what stands in the column before them."""
    head = ("Band", "Knowledge", "Skills", "Behaviours", "Duties")
    texts_of = [[f"{name} at {band}." for name in head[1:]] for band in "345"]
    rows = [(band, *each) for band, each in zip("345", texts_of, strict=True)]
    reading = imported(comma_separated(head, *rows, above=ABOVE[:3]), "csv", AFC)
    for number, name in enumerate(head[1:]):
        said = [each[number] for each in texts_of]
        assert levels_of(reading, name) == list(zip("345", said, strict=True))


def test_a_column_of_texts_without_a_head_is_no_part_of_the_one_before_it() -> None:
    rows = [(band, f"Knows {band}.", f"Does {band}.") for band in "345"]
    content = comma_separated(("Band", "Knowledge", ""), *rows, above=ABOVE[:3])
    problems = problems_of(lambda: imported(content, "csv", AFC))
    right = "write the heading, or the skill, that it belongs to"
    assert problems == [
        f"tea.csv, line {line}, cell 1: the text stands under no heading: {right}" for line in (5, 6, 7)
    ]


@pytest.mark.parametrize("repeats", [True, False])
def test_levels_in_a_column_of_their_own(repeats: bool) -> None:
    rows = [
        (row[0] if repeats or number == 1 else None, HEAD[number], row[number])
        for row in (BREWING, SERVING)
        for number in (1, 2, 3)
    ]
    reading = imported(comma_separated(("Skill", "Stage", "What it takes"), *rows, above=ABOVE[:3]), "csv")
    assert texts(reading) == published(BREWING, SERVING)
    assert levels_of(reading, "Brewing") == list(zip(HEAD[1:], BREWING[1:], strict=True))
    assert what_weighs(reading) == [IN_A_COLUMN]


def test_levels_that_go_on_in_a_second_table_are_one_chapter() -> None:
    content = (
        comma_separated(HEAD[:3], BREWING[:3], SERVING[:3])
        + b"\n"
        + comma_separated(
            (HEAD[0], HEAD[3], "Mastering"),
            (BREWING[0], BREWING[3], "x"),
            (SERVING[0], SERVING[3], "y"),
            above=ABOVE[3:],
        )
    )
    scale = type(STAGES)("stage", "stages", (*STAGES.names, "Mastering"))
    reading = imported(content, "csv", scale)
    assert texts(reading) == published((*BREWING, "x"), (*SERVING, "y"))
    assert [str(specialism.levels) for specialism in reading.framework.specialisms] == ["Starting to Mastering"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_chapters_without_a_gap_between_them(kind: str) -> None:
    other = (("Cake baker",), ("A cake baker bakes cakes that are invented too.",), (None, "Cake baker"), HEAD, SERVING)
    rows = (HEAD, BREWING, *other)
    reading = imported(comma_separated(*rows) if kind == "csv" else bytes_of(book(*rows)), kind)
    assert [(specialism.title, specialism.description.text) for specialism in reading.framework.specialisms] == [
        (TITLE, DESCRIPTION),
        ("Cake baker", "A cake baker bakes cakes that are invented too."),
    ]
    assert texts(reading) == published(BREWING, SERVING)
    assert looked_at(reading) == []


def test_a_row_that_names_the_levels_again_is_passed_over_and_told() -> None:
    reading = imported(comma_separated(HEAD, ("Who it is", *HEAD[1:]), BREWING), "csv")
    assert texts(reading) == published(BREWING)
    assert looked_at(reading) == [("a row that names the levels once more was passed over", "line 6, cell 1")]


def test_what_stands_beside_levels_that_are_named_again_is_the_group_of_the_rows_below() -> None:
    rows = [("Kitchen", *HEAD[1:]), BREWING, ("Room", *HEAD[1:]), SERVING]
    reading = imported(comma_separated(*rows), "csv")
    (specialism,) = reading.framework.specialisms
    assert [(row.group, row.title) for row in specialism.headings] == [("Kitchen", "Brewing"), ("Room", "Serving")]
    assert what_weighs(reading) == ["taken as the group of the rows below it"]
    again = imported(comma_separated(HEAD, BREWING, HEAD, SERVING), "csv")
    assert {row.group for row in again.framework.specialisms[0].headings} == {""}


def test_bands_in_a_row_below_the_names_of_levels_are_no_heading() -> None:
    reading = imported(comma_separated(HEAD, ("AfC", "Band 5", "Band 6", "Band 7"), BREWING), "csv")
    assert texts(reading) == published(BREWING)
    assert looked_at(reading) == [("other names of the stages were passed over", "line 6, cell 2")]


def test_names_in_a_row_above_the_bands_are_no_title() -> None:
    reading = imported(comma_separated(HEAD, ("AfC", "Band 5", "Band 6", "Band 7"), BREWING), "csv", AFC)
    assert texts(reading) == published(BREWING)
    assert [specialism.title for specialism in reading.framework.specialisms] == [TITLE]
    assert looked_at(reading) == [("other names of the bands were passed over", "line 5, cell 2")]


def test_a_column_of_codes_gives_no_titles() -> None:
    rows = [(row[0], code, *row[1:]) for row, code in ((HEAD, "Code"), (BREWING, "T1.1"), (SERVING, "T1.2"))]
    reading = imported(comma_separated(*rows, above=ABOVE[:3]), "csv")
    assert [row.title for row in reading.framework.specialisms[0].headings] == ["Brewing", "Serving"]
    assert ("a column of codes was passed over", "line 5, cell 2") in looked_at(reading)


def _rows_of_a_list(*heads: str) -> list[Row]:
    return [
        heads,
        *((row[0], stage, text) for row in (BREWING, SERVING) for stage, text in zip(HEAD[1:], row[1:], strict=True)),
    ]


@pytest.mark.parametrize("word", ["Profession", "Specialty", "Job role"])
def test_a_column_of_professions_has_the_specialisms(word: str) -> None:
    heads, *rows = _rows_of_a_list("Capability", "Stage", "Statement")
    whole: list[Row] = [(word, "Pillar", *heads)]
    whole += [(who, "Making", row[0], row[1], f"{row[2]} ({who})") for who in ("Keeper", "Taster") for row in rows]
    reading = imported(comma_separated(*whole), "csv")
    assert [specialism.title for specialism in reading.framework.specialisms] == ["Keeper", "Taster"]
    assert {(row.group, row.title) for specialism in reading.framework.specialisms for row in specialism.headings} == {
        ("", "Brewing"),
        ("", "Serving"),
    }


def test_at_each_level_of_a_list_whose_ranges_overlap_stands_all_that_is_said_of_it() -> None:
    rows: list[Row] = [("Area", "Statement", "Stages")]
    rows += [
        ("Brewing", "Boils water.", "All"),
        ("Brewing", "Brews tea.", "Doing to Leading"),
        ("Brewing", "Leads.", "Leading"),
    ]
    rows += [("Serving", "Carries trays.", "Starting"), ("Serving", "Serves guests.", "Doing to Leading")]
    reading = imported(comma_separated(*rows), "csv")
    assert levels_of(reading, "Brewing") == [
        ("Starting", "Boils water."),
        ("Doing", "Boils water.\nBrews tea."),
        ("Leading", "Boils water.\nBrews tea.\nLeads."),
    ]
    assert levels_of(reading, "Serving") == [("Starting", "Carries trays."), ("Doing to Leading", "Serves guests.")]
    what = "its rows speak of levels that overlap: each level has the entries of all rows that name it"
    assert [doubt.heading for doubt in reading.doubts if doubt.what == what and doubt.weighs] == ["Brewing"]


@pytest.mark.parametrize("head", ["What is expected", "Statement"])
def test_headings_that_are_counted_are_parts_of_a_role(head: str) -> None:
    word_file = document(("Stage", head), *zip(HEAD[1:], BREWING[1:], strict=True), above=_COUNTED[0])
    for text, style in _COUNTED[1]:
        word_file.add_paragraph(text, style)
    add_table(word_file, ("Stage", head), *zip(HEAD[1:], SERVING[1:], strict=True))
    reading = imported(bytes_of(word_file), "docx")
    (specialism,) = reading.framework.specialisms
    parts = ["Domain 1: Brewing", "Domain 2: Serving"]
    # A head that only says that texts stand below it is no heading: that is the one above the table.
    titles = [(part, head) if head != "Statement" else ("", part) for part in parts]
    assert specialism.title == TITLE
    assert [(row.group, row.title) for row in specialism.headings] == titles
    assert texts(reading) == published(BREWING, SERVING)


_COUNTED = (
    ((TITLE, "Heading 1"), (DESCRIPTION, "Normal"), ("Domain 1: Brewing", "Heading 2")),
    (("Domain 2: Serving", "Heading 2"),),
)
