"""``jdgen framework import`` at a terminal asks what options decide; to a pipe it warns, and shows no progress."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.importing.published import BREWING, HEAD, SERVING, add_table, book, bytes_of, comma_separated, document
from tests.toolbox.commands import Run
from tests.toolbox.terminal import at_terminal

COMMAND = (
    "framework",
    "import",
    "--id",
    "tea",
    "--version",
    "1",
    "--levels",
    ", ".join(HEAD[1:]),
    "--output",
    "tea.yaml",
)
ENVIRONMENT = os.environ | {"COLUMNS": "200", "TERM": "xterm"}


def typed(folder: Path, file: str, *answers: str) -> str:
    """What is shown at a terminal when ``answers`` are given to the questions, one by one."""
    screen = ""
    with at_terminal([sys.executable, "-m", "jdgen", *COMMAND, file], folder, ENVIRONMENT) as terminal:
        for answer in answers:
            screen += terminal.question()
            terminal.type(f"{answer}\n")
        screen += terminal.rest()
        assert terminal.code == 0, screen
    return screen


@pytest.mark.parametrize(("answer", "is_read"), [("y", True), ("", False)])
def test_hidden_rows_are_asked_about(folder: Path, answer: str, is_read: bool) -> None:
    workbook = book(HEAD, BREWING, SERVING)
    workbook.active.row_dimensions[7].hidden = True
    (folder / "tea.xlsx").write_bytes(bytes_of(workbook))
    screen = typed(folder, "tea.xlsx", answer)
    assert "Read what the file hides too" in screen
    assert "reading tea.xlsx" in screen
    assert ("Serves guests." in (folder / "tea.yaml").read_text()) is is_read


@pytest.mark.parametrize(("answer", "is_read"), [("y", True), ("", False)])
def test_codes_before_texts_are_asked_about(folder: Path, answer: str, is_read: bool) -> None:
    rows = [(row[0], *(f"{row[0][0]}{n} {text}" for n, text in enumerate(row[1:], 1))) for row in (BREWING, SERVING)]
    (folder / "tea.csv").write_bytes(comma_separated(HEAD, *rows))
    assert "Are these codes part of the texts" in typed(folder, "tea.csv", answer)
    assert ("S2 Serves guests." in (folder / "tea.yaml").read_text()) is is_read


def test_levels_that_no_table_names_are_asked_for(folder: Path) -> None:
    (folder / "tea.csv").write_bytes(comma_separated(HEAD, BREWING, SERVING))
    command = [sys.executable, "-m", "jdgen", "framework", "import", "tea.csv", *COMMAND[2:6], *COMMAND[-2:]]
    with at_terminal(command, folder, ENVIRONMENT) as terminal:
        assert "What are its levels called, lowest first" in terminal.question()
        terminal.type(f"{', '.join(HEAD[1:])}\n")
        screen = terminal.rest()
        assert terminal.code == 0, screen
    assert "Serves guests." in (folder / "tea.yaml").read_text()


def test_empty_cells_are_asked_about_and_no_is_an_answer(folder: Path) -> None:
    (folder / "tea.csv").write_bytes(comma_separated(HEAD, BREWING, ("Serving", "Carries.", None, "Leads.")))
    assert "Do these empty cells go on with the cell on their left" in typed(folder, "tea.csv", "y")


def test_of_several_tables_some_are_chosen(folder: Path) -> None:
    word_file = document(
        (None, *HEAD[1:]), BREWING, above=(("Brewing", "Heading 1"), ("What brewing is, in words.", "Normal"))
    )
    word_file.add_paragraph("Serving", "Heading 1")
    word_file.add_paragraph("What serving is, in words.")
    add_table(word_file, (None, *HEAD[1:]), SERVING)
    (folder / "tea.docx").write_bytes(bytes_of(word_file))
    screen = typed(folder, "tea.docx", "7", "2")
    assert "names none: write numbers from 1 to 2" in screen
    text = (folder / "tea.yaml").read_text()
    assert ("Brews tea." in text, "Serves guests." in text) == (False, True)


def without_titles(folder: Path) -> str:
    """The name of a Word file in ``folder`` with two tables that no title stands above."""
    word_file = document((None, *HEAD[1:]), BREWING, above=(("What tea is, in words.", "Normal"),))
    word_file.add_paragraph("What serving is, in words.")
    add_table(word_file, (None, *HEAD[1:]), SERVING)
    (folder / "tea.docx").write_bytes(bytes_of(word_file))
    return "tea.docx"


def test_all_tables_without_titles_are_still_an_error(folder: Path) -> None:
    command = [sys.executable, "-m", "jdgen", *COMMAND, without_titles(folder)]
    with at_terminal(command, folder, ENVIRONMENT) as terminal:
        terminal.question()
        terminal.type("\n")
        screen = terminal.rest()
        assert (terminal.code, "the table has no title" in screen) == (1, True), screen
    assert not (folder / "tea.yaml").exists()


def test_levels_that_were_told_hold_for_the_tables_that_are_chosen(folder: Path) -> None:
    # One name for two tables does not tell them apart.
    command = [
        sys.executable,
        "-m",
        "jdgen",
        "framework",
        "import",
        "--specialism",
        "Tea",
        *COMMAND[2:6],
        *COMMAND[-2:],
        without_titles(folder),
    ]
    with at_terminal(command, folder, ENVIRONMENT) as terminal:
        assert "What are its levels called" in terminal.question()
        terminal.type(f"{', '.join(HEAD[1:])}\n")
        assert "Which are to be read" in terminal.question()
        terminal.type("2\n")
        screen = terminal.rest()
        assert terminal.code == 0, screen
    text = (folder / "tea.yaml").read_text()
    assert ("Brews tea." in text, "Serves guests." in text) == (False, True)


@pytest.mark.parametrize(("answer", "name"), [("y", "tea-room-keeper"), ("", "keeper-of-teas")])
def test_new_names_of_specialisms_are_asked_about(folder: Path, answer: str, name: str) -> None:
    (folder / "tea.csv").write_bytes(comma_separated(HEAD, BREWING, SERVING))
    assert "new name" not in typed(folder, "tea.csv")
    (folder / "tea.yaml").rename(folder / "tea-1.yaml")
    (folder / "teas.csv").write_bytes(comma_separated(HEAD, BREWING, SERVING, above=((None, "Keeper of teas"),)))
    command = [sys.executable, "-m", "jdgen", *COMMAND, "--previous", "tea-1.yaml", "--overwrite", "teas.csv"]
    with at_terminal(command, folder, ENVIRONMENT) as terminal:
        assert "Is 'Keeper of teas' the new name of 'Tea room keeper'" in terminal.question()
        terminal.type(f"{answer}\n")
        screen = terminal.rest()
        assert terminal.code == 0, screen
    assert f"- id: {name}\n" in (folder / "tea.yaml").read_text()


def test_a_new_name_that_says_too_little_is_told(run: Run, folder: Path) -> None:
    (folder / "tea.csv").write_bytes(comma_separated(HEAD, BREWING, SERVING))
    for renamed in ("Keeper", "Keeper=", "=Keeper of teas"):
        result = run(*COMMAND, "--renamed", renamed, "tea.csv")
        assert (result.exit_code, f"--renamed: '{renamed}' is not of the form OLD=NEW: write" in result.stderr) == (
            1,
            True,
        )


def test_without_a_terminal_nothing_is_asked_and_each_cause_is_one_line(run: Run, folder: Path) -> None:
    rows = [(f"Heading {number}", f"Carries {number} trays.", None, "Leads.") for number in range(30)]
    (folder / "tea.csv").write_bytes(comma_separated(HEAD, *rows))
    result = run(*COMMAND, "tea.csv")
    assert result.exit_code == 0
    assert [line for line in result.stderr.splitlines() if not line.startswith(("next:", "  "))] == [
        "warning: tea.csv, line 6, cell 2 (and 29 more like it): "
        "the empty cell after it is taken to go on with it (R1): look at it in the review sheet"
    ]
