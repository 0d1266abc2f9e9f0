"""What headings mean, as a file says it: whatever people call their columns, it is written and read back."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from jdgen.errors import JdgenError
from jdgen.sheets.column_map import amend_map, labels_of, map_text, mapped_header, read_column_map
from jdgen.sheets.heading_row import NO_OWN_COLUMNS
from jdgen.sheets.sheet import SheetPlaces

PLACES = SheetPlaces("hr.xlsx!Posts", worksheet=True)
headings = st.lists(
    st.text() | st.sampled_from(["Base", "Base (2)", "BASE", "column B", ' "', "\\", "'\"", ""]), max_size=6
)


def test_labels_are_on_one_line_and_no_two_are_alike() -> None:
    texts = ("Post\n Title", "Base", "base", "Base (2)", "", "", "Base")
    assert labels_of(texts, [4]) == ("Post Title", "Base", "base (2)", "Base (2) (2)", "column E", "", "Base (3)")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(headings, st.sets(st.integers(0, 5)))
@example(["Base", "Base (2)", "Base"], set())
@example(['"', "\\", "'\"\\"], set())
@example(["\x07", "e\u0301", "\x7f", "\ud800"], {0, 1, 2, 3})
def test_any_headings_are_written_and_read_back(tmp_path: Path, texts: list[str], columns_with_cells: set[int]) -> None:
    labels = [label for label in labels_of(texts, columns_with_cells) if label]
    if not any(labels_of(texts)):  # nothing heads a column
        return
    path = tmp_path / "map.toml"
    text = map_text("hr.xlsx", "map.toml", 'Po\'sts "x"', 4, [(label, "decide", "why # not") for label in labels])
    path.write_text(text, encoding="utf-8")
    column_map = read_column_map(path, "map.toml", NO_OWN_COLUMNS)
    assert list(column_map.columns) == labels
    assert (column_map.sheet, column_map.row) == ('Po\'sts "x"', 4)
    assert len({column_map.where(label) for label in labels}) == len(labels)
    header = mapped_header([(4, [*texts, *[""] * (6 - len(texts))])], PLACES, column_map, (), NO_OWN_COLUMNS)
    assert sum("still to be decided" in problem.what for problem in header.problems) == len(labels)
    answered = tomllib.loads(amend_map(text, column_map, dict.fromkeys(labels, "ignore") | {"a new one": "Base"}))
    assert answered["columns"] == dict.fromkeys(labels, "ignore") | {"a new one": "Base"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "map.toml:1: 'columns' is missing: a table [columns] with a line for each heading"),
        (
            "[columns]\nBase = 'Base'\nBase = 'Base'\n",
            "map.toml:3: cannot be read: the same name stands here a second time",
        ),
        (
            "headings_row = '4'\n[columns]\nBase = 'Base'\n",
            "map.toml:1: headings_row is text, where a whole number is meant",
        ),
        ("headings_row = 0\n[columns]\nBase = 'Base'\n", "map.toml:1: "),
        ("[columns]\nBase = ['Base']\n", "map.toml:2: Base is a list, where text is meant: "),
        ("[columns]\nBase = 'own.'\n", "map.toml:2: 'own.' is no field: "),
    ],
)
def test_what_is_wrong_in_the_file_is_told_by_line(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "map.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(JdgenError) as raised:
        read_column_map(path, "map.toml", NO_OWN_COLUMNS)
    assert str(raised.value).startswith(problem)


def test_the_row_that_the_file_names_has_to_have_the_headings(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text("headings_row = 2\n[columns]\nPost = 'Job title'\nGrade = 'Band'\n", encoding="utf-8")
    column_map = read_column_map(path, "map.toml", NO_OWN_COLUMNS)
    with pytest.raises(JdgenError, match=r"map.toml:1: row 2 of .* has none of the headings: they stand in row 3"):
        mapped_header([(1, ["x"]), (3, ["Post", "Grade"])], PLACES, column_map, (), NO_OWN_COLUMNS)
    path.write_text("[columns]\nPost = 'Job title'\n", encoding="utf-8")
    column_map = read_column_map(path, "map.toml", NO_OWN_COLUMNS)
    with pytest.raises(JdgenError, match=r"has none of the headings of map.toml"):
        mapped_header([(1, ["x"])], PLACES, column_map, (), NO_OWN_COLUMNS)
