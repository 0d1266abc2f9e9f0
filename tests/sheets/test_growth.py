"""What the headings of a very wide workbook mean is found out, and told, in time that grows as their number does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from jdgen.sheets.column_guesses import guess_columns, heading_words_of
from jdgen.sheets.column_map import labels_of, mapped_header, read_column_map
from jdgen.sheets.heading_row import NO_OWN_COLUMNS
from jdgen.sheets.sheet import SheetPlaces
from jdgen.text_files.yaml_reading import read_yaml
from tests.toolbox.examples import ROOT
from tests.toolbox.growth import LINEAR, growth


def of_many_names(number: int) -> str:
    return f"Cost of item {number}"


def of_one_name(_: int) -> str:
    return "Cost"


KINDS = pytest.mark.parametrize("kind", [of_many_names, of_one_name])


@KINDS
def test_columns_are_guessed_one_by_one(kind: Callable[[int], str]) -> None:
    words = heading_words_of(read_yaml(ROOT / "framework_data/headings.yaml"), NO_OWN_COLUMNS, {})

    def guess(count: int) -> None:
        texts = list(map(kind, range(count)))
        guess_columns(labels_of(texts), texts, [["5"]] * count, words)

    guess(1)  # so that what is made once is made
    assert growth(guess, few=50, step=200) < LINEAR


@KINDS
def test_no_heading_is_labelled_by_asking_what_all_others_are_called(kind: Callable[[int], str]) -> None:
    assert growth(lambda count: labels_of(list(map(kind, range(count)))), few=50, step=200) < LINEAR


@pytest.mark.parametrize("today", [of_many_names, lambda number: f"Kosten {number}"])
def test_a_file_is_held_against_a_sheet_heading_by_heading(today: Callable[[int], str], tmp_path: Path) -> None:
    def head(count: int) -> None:
        header(tmp_path, list(map(of_many_names, range(count))), list(map(today, range(count))))

    head(1)
    assert growth(head, few=600, step=200) < LINEAR


def test_whether_a_column_is_open_is_asked_of_one_column_alone(tmp_path: Path) -> None:
    def ask(count: int) -> None:
        texts = list(map(of_many_names, range(count)))
        column_map = read_column_map(write_map(tmp_path, texts), "map.toml", NO_OWN_COLUMNS)
        assert all(map(column_map.is_open, texts))

    ask(1)
    assert growth(ask, few=50, step=200) < LINEAR


def header(folder: Path, then: Sequence[str], today: Sequence[str]) -> None:
    column_map = read_column_map(write_map(folder, [*then, "Base"]), "map.toml", NO_OWN_COLUMNS)
    mapped_header([(1, [*today, "Base"])], SheetPlaces("hr.csv", worksheet=False), column_map, (), NO_OWN_COLUMNS)


def write_map(folder: Path, headings: Sequence[str]) -> Path:
    path = folder / "map.toml"
    path.write_text("[columns]\n" + "".join(f'"{each}" = "decide"\n' for each in headings), encoding="utf-8")
    return path
