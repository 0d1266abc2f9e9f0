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
from tests.toolbox.data import changed
from tests.toolbox.terminal import at_terminal

OWN = Path("framework_data/frameworks/clerks.yaml")
MADE = Path("output/made.docx")
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
GONE = FIRST
for old, new in (
    ("version: '1'", "version: '2'"),
    ("levels: [Junior, Middle]", "levels: [Junior, Intermediate]"),
    ("levels: Middle,", "levels: Intermediate,"),
    ("- id: clerk\n    title: Clerk\n", "- id: office-clerk\n    title: Office clerk\n"),
    ("- id: care\n        title: Care\n", "- id: caring\n        title: Caring for letters\n"),
):
    GONE = changed(GONE, old, new)
SAID = changed(GONE, "Intermediate]}", "Intermediate], former: {Intermediate: [Middle]}}")
SAID = changed(SAID, "    title: Office clerk\n", "    title: Office clerk\n    former: [clerk]\n")
SAID = changed(
    SAID, "        title: Caring for letters\n", "        title: Caring for letters\n        former: [care]\n"
)
RENAMES = ("--specialism", "Clerk=office clerk", "--level", "middle=Intermediate")


@pytest.fixture
def document(run: Run, folder: Path) -> Path:
    """A document of the first version; then nothing but the second is there."""
    OWN.parent.mkdir(parents=True)
    OWN.write_text(FIRST, encoding="utf-8")
    Path("post.yaml").write_text(POST, encoding="utf-8")
    made = run("generate", "--post", "post.yaml", "--date", "2026-11-24", "--output", str(MADE))
    assert made.exit_code == 0, made.stderr
    return MADE


def texts(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def states(run: Run, path: Path) -> list[str]:
    (found,) = json.loads(run("status", str(path), "--json").stdout)
    states: list[str] = found["states"]
    return states


def test_a_post_that_names_former_names_is_understood_and_told(run: Run, document: Path) -> None:
    OWN.write_text(SAID, encoding="utf-8")
    made = run("generate", "--post", "post.yaml", "--date", "2026-11-24", "--output", "new.docx")
    assert made.exit_code == 0, made.stderr
    printed = texts(Path("new.docx"))
    assert "Caring for letters" in " ".join(printed)
    assert not any("Middle" in text for text in printed)
    assert any(text.endswith("Counts the letters that are kept each week.") for text in printed)
    notes = run("show", "new.docx", "--notes").stdout
    for former, kind, today in (
        ("clerk", "specialism", "Office clerk"),
        ("Middle", "stage", "Intermediate"),
        ("care", "heading", "Caring for letters"),
    ):
        said = f"The post says '{former}', which is the former name of the {kind} '{today}'. It is read as that."
        assert said in " ".join(notes.split())
    assert states(run, Path("new.docx")) == ["up to date"]
    listed = run("framework", "show", "clerk", "--level", "middle").stdout
    assert listed.startswith("Office clerk at stage Intermediate, as published\n")


def test_a_criterion_of_the_post_serves_a_heading_under_its_former_name(run: Run, document: Path) -> None:
    OWN.write_text(SAID, encoding="utf-8")
    criterion = "{group: skills, importance: essential, text: Writes a clear hand., assessed_by: [A], serves: [care]}"
    Path("post.yaml").write_text(f"{POST}criteria:\n  add:\n    - {criterion}\n", encoding="utf-8")
    made = run("generate", "--post", "post.yaml", "--date", "2026-11-24", "--output", "new.docx")
    assert made.exit_code == 0, made.stderr
    notes = " ".join(run("show", "new.docx", "--notes").stdout.split())
    assert "'care', which is not in this draft" not in notes
    assert "must be needed for a duty" not in notes
    assert notes.count("The post says 'care', which is the former name of the heading 'Caring for letters'.") == 2


def test_cells_that_name_former_names_are_understood(run: Run, document: Path) -> None:
    OWN.write_text(SAID, encoding="utf-8")
    Path("posts.csv").write_text("Title,Specialism,Band,Level\nKeeper,Clerk,4,middle\n", encoding="utf-8")
    assert run("batch", "posts.csv", "--output", "out").exit_code == 0
    assert "Caring for letters" in " ".join(texts(Path("out/Job description Keeper band 4.docx")))


def test_a_document_made_under_former_names_is_brought_up_to_date(run: Run, document: Path) -> None:
    OWN.write_text(SAID, encoding="utf-8")
    assert states(run, document) == ["framework newer"]
    made = run("regenerate", str(document), "--output", "new", "--json")
    assert made.exit_code == 0, made.stderr
    (told,) = json.loads(made.stdout)
    actions = {one["id"]: one["action"] for one in told["decisions"]}
    # A heading under another name is the same heading: it is reworded, and nothing is put in or taken out.
    assert actions["caring.title"] == "reword"
    assert set(actions.values()) == {"reword"}
    assert told["renamed"][:2] == [
        "specialism: 'clerk' is called 'Office clerk' now",
        "level: 'Middle' is called 'Intermediate' now",
    ]
    renewed = Path("new/made.docx")
    assert states(run, renewed)[0] in ("up to date", "edited since")
    assert "specialism: office-clerk" in run("show", str(renewed)).stdout
    assert "level: Intermediate" in run("show", str(renewed)).stdout


def test_a_name_that_is_gone_is_told_with_the_option_that_says_what_it_is_now(run: Run, document: Path) -> None:
    OWN.write_text(GONE, encoding="utf-8")
    told = run("status", str(document)).stdout
    assert "unknown specialism 'clerk': did you mean 'Office clerk'" in told
    assert "jdgen regenerate --specialism 'clerk=NEW NAME'" in told
    refused = run("regenerate", str(document), "--output", "new")
    assert refused.exit_code == 1
    assert "--specialism 'clerk=NEW NAME'" in refused.stderr
    half = run("regenerate", str(document), "--output", "new", *RENAMES[:2])
    assert half.exit_code == 1
    assert "'Middle' is no stage" in half.stderr
    assert "--level 'Middle=NEW NAME'" in half.stderr


def test_options_say_what_is_gone_is_called_now(run: Run, document: Path) -> None:
    OWN.write_text(GONE, encoding="utf-8")
    made = run("regenerate", str(document), "--output", "new", *RENAMES)
    assert made.exit_code == 0, made.stderr
    assert "  specialism: 'clerk' is called 'Office clerk' now\n" in made.stdout
    assert "  level: 'Middle' is called 'Intermediate' now\n" in made.stdout
    cells = [cell.value for sheet in openpyxl.load_workbook("new/report.xlsx") for row in sheet for cell in row]
    assert "called otherwise now" in cells
    assert "specialism: 'clerk' is called 'Office clerk' now" in cells
    assert states(run, Path("new/made.docx"))[0] in ("up to date", "edited since")


def test_a_terminal_asks(run: Run, document: Path, folder: Path) -> None:
    OWN.write_text(GONE, encoding="utf-8")
    command = [sys.executable, "-m", "jdgen", "regenerate", str(document), "--output", "new"]
    shown = ""
    with at_terminal(command, folder, os.environ | {"COLUMNS": "200", "TERM": "xterm"}) as terminal:
        for answer in ("office-clerk", "Intermediate"):
            shown += terminal.question()
            terminal.type(f"{answer}\n")
        shown += terminal.rest()
        assert terminal.code == 0, shown
    assert "The specialism 'clerk' is not there any more. Known here: office-clerk" in shown
    assert "The level 'Middle' is not there any more. Known here: Junior, Intermediate" in shown
    assert Path("new/made.docx").is_file()


@pytest.mark.parametrize("written", ["clerk", "=clerk", "clerk="])
def test_an_option_that_names_no_two_names_is_told(run: Run, document: Path, written: str) -> None:
    refused = run("regenerate", str(document), "--output", "new", "--specialism", written)
    assert f"--specialism: '{written}' names no two names: write it as OLD=NEW" in refused.stderr
