"""The workbook of posts: its columns are those of the table of fields, and reading finds posts and nothing else."""

from __future__ import annotations

import functools
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jdgen.drafting.library import Library
from jdgen.drafting.loading import load_library
from jdgen.post.field import FieldKind
from jdgen.post.fields import COLUMNS, FIELDS
from jdgen.post.forms import form_of
from jdgen.reports.workbook_form import HEADINGS, MAX_MESSAGE
from jdgen.sheets.heading_row import find_column, is_ignored
from jdgen.sheets.reading import open_posts
from jdgen.starters.guidance import USUALLY_EMPTY
from jdgen.starters.posts_workbook import HOW_WRITTEN, PostColumn, columns_of, workbook_of_posts
from jdgen.workspace import Workspace
from tests.toolbox.data import shipped_library
from tests.toolbox.examples import ROOT
from tests.toolbox.kites import kite_library
from tests.toolbox.other_levels import DATA, SPECIALISMS

SHIPPED = Workspace(ROOT)
KEYS = list(COLUMNS)


@functools.cache
def other_library(framework: str) -> Library:
    return load_library(Workspace(DATA.parent), SPECIALISMS[framework])


def columns(*libraries: Library, statements: tuple[str, ...] = ("general",)) -> dict[str, PostColumn]:
    columns_of_workbook = columns_of(libraries or (shipped_library(),), statements, {}, {})
    return {find_column(column.form.heading).key: column for column in columns_of_workbook}


def test_the_workbook_says_of_each_column_how_it_is_written() -> None:
    columns = list(COLUMNS.values())
    assert [column.key for column in columns if not {column.key, column.kind.name} & HOW_WRITTEN.keys()] == []


@functools.cache
def book() -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook_of_posts(SHIPPED, 3, None, None)))


def test_every_field_has_its_column_unless_there_is_nothing_to_choose() -> None:
    everything = columns(
        shipped_library(),
        other_library("example-grades"),
        kite_library(),
        # Another framework with a specialism of the same name.
        shipped_library(),
        statements=("general", "local"),
    )
    assert list(everything) == KEYS
    assert set(KEYS) - set(columns()) == {"level", "framework", "clauses", "skills"}
    choices = ("role_category", "specialist_competences", "readings", "entry_route")
    assert not set(choices) & set(columns(other_library("example-grades")))


def test_every_column_says_what_to_write_how_and_an_example() -> None:
    for column in columns().values():
        assert column.form.guidance.endswith(".")
        assert column.how.endswith(".")
        assert column.form.example
        assert len(column.form.message) <= MAX_MESSAGE


def test_it_asks_as_prompts_ask() -> None:
    prompts = shipped_library().prompts
    assert columns()["base"].form.guidance.casefold() == f"{prompts['base'].ask}.".casefold()
    often = columns()["demands.mental.frequency"].form.guidance
    assert often.casefold() == f"{prompts['demands.frequency'].ask}.".casefold()


def test_reading_finds_the_headings_below_what_explains_them(tmp_path: Path) -> None:
    path = tmp_path / "posts.xlsx"
    path.write_bytes(workbook_of_posts(SHIPPED, 3, None, None))
    table = open_posts(path)
    assert table.problems == ()
    assert all(find_column(heading) or is_ignored(heading) for heading in table.headings)
    assert list(table.rows) == []


@pytest.mark.parametrize("framework", SPECIALISMS)
def test_examples_and_what_is_offered_are_read(framework: str) -> None:
    for library in (shipped_library(), other_library(framework)):
        for key, column in columns(library).items():
            form = form_of(next(each for field in FIELDS for each in field.columns if each.key == key))
            if column.form.example != USUALLY_EMPTY:
                assert form(column.form.example, lambda _: False)
            choices = column.form.choices
            if choices and find_column(column.form.heading).kind is not FieldKind.ENTRIES:
                assert all(form(word, lambda _: False) for word in choices.words)


def test_a_list_goes_by_the_specialism_where_it_differs() -> None:
    both = columns(shipped_library(), other_library("example-grades"))
    assert both["role_category"].form.choices.by["Kite workshop"] == ("leave blank",)
    assert both["level"].form.choices.by["Kite workshop"] == ("A", "B", "C", "D")
    assert columns()["band"].form.choices.words == ("6", "7", "8a", "8b", "8c", "8d")
    assert columns()["band"].form.choices.by == {}


def test_what_the_workspace_says_is_shown_and_no_longer_needed() -> None:
    common_values = {
        "specialism": "pmo",
        "values": ["Kind", "Honest"],
        "picture": {"file": "x.png", "description": "x"},
    }
    forms = {
        column.form.heading: column.form for column in columns_of((shipped_library(),), ("general",), common_values, {})
    }
    assert not forms["Specialism"].is_needed
    assert forms["Values"].guidance.endswith("Leave it empty for Kind; Honest.")
    assert forms["Picture file"].guidance.endswith("Leave it empty for what your organisation says in every post.")


def test_fields_of_the_organisation_s_own_stand_last_and_take_the_place_of_others() -> None:
    own_headings = {"division": "Division", "department": "Department"}
    columns_of_workbook = columns_of((shipped_library(),), ("general",), {"own": {"division": "Surgery"}}, own_headings)
    headings = [column.form.heading for column in columns_of_workbook]
    assert headings[-2:] == ["Division", "Department"]
    assert headings.count("Department") == 1
    assert columns_of_workbook[-2].form.guidance == "A field of your organisation's own. Leave it empty for Surgery."


def test_duties_and_criteria_are_listed_by_the_names_that_posts_call_them() -> None:
    duties = [line[0].value for line in book()["Duties"].iter_rows(min_row=4)]
    criteria = [line[0].value for line in book()["Criteria"].iter_rows(min_row=4)]
    assert "pmo.leadership.7.1" in duties
    assert "resource-7" in criteria
    assert len(duties) == len(set(duties))


def test_sheets_say_what_they_are() -> None:
    assert book().sheetnames == ["Guide", "Posts", "Columns", "Lists", "Duties", "Criteria"]
    assert [sheet["A1"].value for sheet in book()][:3] == [
        "Posts for job descriptions: how to fill in this workbook",
        "Posts",
        "The columns of the sheet Posts",
    ]
    explained = [line[0].value for line in book()["Columns"].iter_rows(min_row=3)]
    assert explained == [str(cell.value).removesuffix(" *") for cell in book()["Posts"][HEADINGS + 1]][1:]
