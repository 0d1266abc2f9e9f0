"""Specialisms, levels and headings under other names than documents know: said by the framework, or by the user."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.toolbox.commands import Run
from tests.toolbox.data import change_text
from tests.toolbox.terminal import at_terminal

FRAMEWORK_FILE = Path("framework_data/frameworks/clerks.yaml")
DOCUMENT = Path("output/made.docx")
#: Invented: nobody publishes it.
FIRST = """\
id: invented-clerks
title: Invented Framework for Clerks
publisher: Nobody
version: '1'
version_basis: Invented.
licence: Invented.
source: {file: clerks.txt, sha256: '0000000000000000000000000000000000000000000000000000000000000000'}
scale: {word: stage, levels: [Junior, Middle]}
specialisms:
  - id: clerk
    title: Clerk
    headings:
      - id: care
        title: Care
        source: {line: 1}
        statements:
          - {id: clerk.care.junior, levels: Junior, text: Keeps letters in order., source: {line: 1, cell: 2}}
          - {id: clerk.care.middle, levels: Middle, text: Says how letters are kept., source: {line: 1, cell: 3}}
      - id: speed
        title: Speed
        source: {line: 2}
        statements:
          - {id: clerk.speed.1, text: Answers letters on the day on which they come., source: {line: 2, cell: 2}}
"""
POST = """\
title: Keeper of letters
specialism: clerk
band: '4'
level: Middle
duties:
  add:
    - {heading: care, text: Counts the letters that are kept each week.}
"""
#: The second version, in which much is called otherwise, and says so, or does not.
SECOND = FIRST
for old, new in (
    ("version: '1'", "version: '2'"),
    ("levels: [Junior, Middle]", "levels: [Junior, Intermediate]"),
    ("levels: Middle,", "levels: Intermediate,"),
    ("- id: clerk\n    title: Clerk\n", "- id: office-clerk\n    title: Office clerk\n"),
    ("- id: care\n        title: Care\n", "- id: caring\n        title: Caring for letters\n"),
):
    SECOND = change_text(SECOND, old, new)
SECOND_WITH_FORMER = change_text(SECOND, "Intermediate]}", "Intermediate], former: {Intermediate: [Middle]}}")
SECOND_WITH_FORMER = change_text(
    SECOND_WITH_FORMER, "    title: Office clerk\n", "    title: Office clerk\n    former: [clerk]\n"
)
SECOND_WITH_FORMER = change_text(
    SECOND_WITH_FORMER,
    "        title: Caring for letters\n",
    "        title: Caring for letters\n        former: [care]\n",
)
RENAMES = ("--specialism", "Clerk=office clerk", "--level", "middle=Intermediate")


@pytest.fixture
def document(run: Run, folder: Path) -> Path:
    """A document of the first version; then nothing but the second is there."""
    FRAMEWORK_FILE.parent.mkdir(parents=True)
    FRAMEWORK_FILE.write_text(FIRST, encoding="utf-8")
    Path("post.yaml").write_text(POST, encoding="utf-8")
    result = run("generate", "--post", "post.yaml", "--date", "2026-11-24", "--output", str(DOCUMENT))
    assert result.exit_code == 0, result.stderr
    return DOCUMENT


def texts(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def states(run: Run, path: Path) -> list[str]:
    (document,) = json.loads(run("status", str(path), "--json").stdout)
    states: list[str] = document["states"]
    return states


def test_a_post_that_names_former_names_is_understood_and_told(run: Run, document: Path) -> None:
    FRAMEWORK_FILE.write_text(SECOND_WITH_FORMER, encoding="utf-8")
    result = run("generate", "--post", "post.yaml", "--date", "2026-11-24", "--output", "new.docx")
    assert result.exit_code == 0, result.stderr
    paragraphs = texts(Path("new.docx"))
    assert "Caring for letters" in " ".join(paragraphs)
    assert not any("Middle" in text for text in paragraphs)
    assert any(text.endswith("Counts the letters that are kept each week.") for text in paragraphs)
    notes = run("show", "new.docx", "--notes").stdout
    for former, kind, today in (
        ("clerk", "specialism", "Office clerk"),
        ("Middle", "stage", "Intermediate"),
        ("care", "heading", "Caring for letters"),
    ):
        note = f"The post says '{former}', which is the former name of the {kind} '{today}'. It is read as that."
        assert note in " ".join(notes.split())
    assert states(run, Path("new.docx")) == ["up to date"]
    stdout = run("framework", "show", "clerk", "--level", "middle").stdout
    assert stdout.startswith("Office clerk at stage Intermediate, as published\n")


def test_a_criterion_of_the_post_serves_a_heading_under_its_former_name(run: Run, document: Path) -> None:
    FRAMEWORK_FILE.write_text(SECOND_WITH_FORMER, encoding="utf-8")
    criterion = "{group: skills, importance: essential, text: Writes a clear hand., assessed_by: [A], serves: [care]}"
    Path("post.yaml").write_text(f"{POST}criteria:\n  add:\n    - {criterion}\n", encoding="utf-8")
    result = run("generate", "--post", "post.yaml", "--date", "2026-11-24", "--output", "new.docx")
    assert result.exit_code == 0, result.stderr
    notes = " ".join(run("show", "new.docx", "--notes").stdout.split())
    assert "'care', which is not in this draft" not in notes
    assert "must be needed for a duty" not in notes
    assert notes.count("The post says 'care', which is the former name of the heading 'Caring for letters'.") == 2


def test_cells_that_name_former_names_are_understood(run: Run, document: Path) -> None:
    FRAMEWORK_FILE.write_text(SECOND_WITH_FORMER, encoding="utf-8")
    Path("posts.csv").write_text("Title,Specialism,Band,Level\nKeeper,Clerk,4,middle\n", encoding="utf-8")
    assert run("batch", "posts.csv", "--output", "out").exit_code == 0
    assert "Caring for letters" in " ".join(texts(Path("out/Job description Keeper band 4.docx")))


def test_a_document_made_under_former_names_is_brought_up_to_date(run: Run, document: Path) -> None:
    FRAMEWORK_FILE.write_text(SECOND_WITH_FORMER, encoding="utf-8")
    assert states(run, document) == ["framework newer"]
    result = run("regenerate", str(document), "--output", "new", "--json")
    assert result.exit_code == 0, result.stderr
    (entry,) = json.loads(result.stdout)
    actions = {decision["id"]: decision["action"] for decision in entry["decisions"]}
    # A heading under another name is the same heading: it is reworded, and nothing is put in or taken out.
    assert actions["caring.title"] == "reword"
    assert set(actions.values()) == {"reword"}
    assert entry["renamed"][:2] == [
        "specialism: 'clerk' is called 'Office clerk' now",
        "level: 'Middle' is called 'Intermediate' now",
    ]
    renewed = Path("new/made.docx")
    assert states(run, renewed)[0] in ("up to date", "edited since")
    assert "specialism: office-clerk" in run("show", str(renewed)).stdout
    assert "level: Intermediate" in run("show", str(renewed)).stdout


def test_a_name_that_is_gone_is_told_with_the_option_that_says_what_it_is_now(run: Run, document: Path) -> None:
    FRAMEWORK_FILE.write_text(SECOND, encoding="utf-8")
    stdout = run("status", str(document)).stdout
    assert "unknown specialism 'clerk': did you mean 'Office clerk'" in stdout
    assert "jdgen regenerate --specialism 'clerk=NEW NAME'" in stdout
    result = run("regenerate", str(document), "--output", "new")
    assert result.exit_code == 1
    assert "--specialism 'clerk=NEW NAME'" in result.stderr
    half = run("regenerate", str(document), "--output", "new", *RENAMES[:2])
    assert half.exit_code == 1
    assert "'Middle' is no stage" in half.stderr
    assert "--level 'Middle=NEW NAME'" in half.stderr


def test_options_say_what_is_gone_is_called_now(run: Run, document: Path) -> None:
    FRAMEWORK_FILE.write_text(SECOND, encoding="utf-8")
    result = run("regenerate", str(document), "--output", "new", *RENAMES)
    assert result.exit_code == 0, result.stderr
    assert "  specialism: 'clerk' is called 'Office clerk' now\n" in result.stdout
    assert "  level: 'Middle' is called 'Intermediate' now\n" in result.stdout
    cells = [cell.value for sheet in openpyxl.load_workbook("new/report.xlsx") for row in sheet for cell in row]
    assert "called otherwise now" in cells
    assert "specialism: 'clerk' is called 'Office clerk' now" in cells
    assert states(run, Path("new/made.docx"))[0] in ("up to date", "edited since")


def test_a_terminal_asks(run: Run, document: Path, folder: Path) -> None:
    FRAMEWORK_FILE.write_text(SECOND, encoding="utf-8")
    command = [sys.executable, "-m", "jdgen", "regenerate", str(document), "--output", "new"]
    screen = ""
    with at_terminal(command, folder, os.environ | {"COLUMNS": "200", "TERM": "xterm"}) as terminal:
        for answer in ("office-clerk", "Intermediate"):
            screen += terminal.question()
            terminal.type(f"{answer}\n")
        screen += terminal.rest()
        assert terminal.code == 0, screen
    assert "The specialism 'clerk' is not there any more. Known here: office-clerk" in screen
    assert "The level 'Middle' is not there any more. Known here: Junior, Intermediate" in screen
    assert Path("new/made.docx").is_file()


@pytest.mark.parametrize("option", ["clerk", "=clerk", "clerk="])
def test_an_option_that_names_no_two_names_is_told(run: Run, document: Path, option: str) -> None:
    result = run("regenerate", str(document), "--output", "new", "--specialism", option)
    assert f"--specialism: '{option}' is not of the form OLD=NEW: write OLD=NEW, such as " in result.stderr
