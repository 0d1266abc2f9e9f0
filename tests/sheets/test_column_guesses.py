"""What the columns of somebody's own workbook are taken for, and why."""

from __future__ import annotations

from typing import Any

import pytest

from jdgen.post.fields import FIELDS, headings_of
from jdgen.sheets.column_guesses import ColumnGuess, guess_columns, guess_sheet, heading_words_of
from jdgen.sheets.column_map import labels_of
from jdgen.sheets.heading_row import is_ignored, own_columns_of
from jdgen.sheets.reading import sheets_of
from jdgen.text_files.yaml_reading import read_yaml
from jdgen.words import bare_words
from tests.sheets.conftest import Make
from tests.toolbox.examples import ROOT

WORDS = heading_words_of(
    read_yaml(ROOT / "framework_data/headings.yaml"),
    own_columns_of({"dbs": "DBS level"}),
    {"specialism": {"pmo", "project management office"}},
)


def guessed(**columns: list[Any]) -> dict[str, ColumnGuess]:
    headings = [heading.replace("_", " ") for heading in columns]
    guesses = guess_columns(labels_of(headings), headings, list(columns.values()), WORDS)
    return {guess.label: guess for guess in guesses}


def guess_of(heading: str, *cells: Any) -> ColumnGuess:
    (guess,) = guessed(**{heading: list(cells)}).values()
    return guess


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        *(("Job Title", "Job title"), ("Grade", "Band"), ("AfC Band", "Band"), ("Location", "Base"), ("Base", "Base")),
        *(("Directorate", "Department"), ("Line Manager", "Responsible to"), ("DBS level", "own.dbs")),
        *(("Notes for HR", "ignore"), ("own: panel", "own.panel")),
    ],
)
def test_known_headings_are_recognised_and_need_no_yes(heading: str, meaning: str) -> None:
    assert (guess_of(heading).meaning, guess_of(heading).reason) == (meaning, "")


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        *(("Hrs", "Hours"), ("WTE", "own.wte"), ("Cost Centre", "own.cost_centre"), ("Dept.", "Department")),
        *(("Dept / Team", "Department"), ("Team / Department", "Department")),
        *(("ESR position no", "own.post_number"), ("Current AfC band", "Band"), ("Main base", "Base")),
        *(("Employee name", "ignore"), ("Line manager e-mail", "ignore"), ("Home address of postholder", "ignore")),
    ],
)
def test_other_words_are_guesses_with_a_reason(heading: str, meaning: str) -> None:
    assert guess_of(heading).meaning == meaning
    assert guess_of(heading).is_guess


@pytest.mark.parametrize("heading", ["Bank", "Bass", "Tital", "Hors", "Panel?", "Bandwidth", "Rebase"])
def test_letters_that_look_alike_mean_nothing(heading: str) -> None:
    assert guess_of(heading).is_open


@pytest.mark.parametrize(
    ("cells", "meaning"),
    [
        ([5, 6, 7, "8A"], "Band"),
        (["Band 6", "Band 7"], "Band"),
        ([37.5, 22.5], "Hours"),
        (["Permanent", "FTC"], "Contract"),
        (["PMO", "PMO"], "Specialism"),
        ([6, 6], "decide"),
        ([5, 6, 12], "decide"),
        ([30, 22.5], "decide"),
        (["Permanent", "see notes"], "decide"),
        ([], "decide"),
    ],
)
def test_cells_say_what_a_column_is_where_its_heading_does_not(cells: list[Any], meaning: str) -> None:
    assert guess_of("Col 7", *cells).meaning == meaning


def test_a_grade_that_is_no_band_is_not_read_as_one() -> None:
    assert guess_of("Grade", "Senior", "Junior").meaning != "Band"
    assert guess_of("Grade", 6, 7).reason == ""
    assert guess_of("Grade", "B6", "AfC7", "8(a)").meaning == "Band"


def test_a_field_has_one_column_and_the_field_s_own_heading_comes_first() -> None:
    columns = guessed(Directorate=["A"], Department=["B"], AfC_band=[6], Col_7=[5, 6])
    assert [columns[label].meaning for label in ("Department", "AfC band", "Col 7")] == ["Department", "Band", "decide"]
    assert columns["Directorate"].meaning == "own.directorate"
    assert columns["Directorate"].reason


def test_headings_in_two_tiers_and_merged_downwards_are_read(workbook: Make) -> None:
    def merge(sheet: Any) -> None:
        for cells in ("A1:D1", "A3:A4", "C3:D3"):
            sheet.merge_cells(cells)

    path = workbook(
        ["PMO establishment"], [], ["Job title", None, "Pay"], [None, "Specialism", "Band", "Hrs"],
        ["PMO analyst", "PMO", 6, 37.5], change=merge,
    )  # fmt: skip
    guess = guess_sheet(sheets_of(path, "posts.xlsx"), "posts.xlsx", WORDS)
    assert guess.row == 4
    assert [(column.label, column.meaning) for column in guess.columns] == [
        *(("Job title", "Job title"), ("Specialism", "Specialism"), ("Band", "Band"), ("Hrs", "Hours")),
    ]


def test_the_words_are_plain_and_none_is_read_without_a_question_already() -> None:
    for phrase in (*WORDS.fields, *WORDS.people):
        assert phrase == bare_words(phrase)
        assert phrase not in headings_of(FIELDS), phrase
        assert not is_ignored(phrase), phrase
    assert not set(WORDS.fields) & set(WORDS.own_names)
