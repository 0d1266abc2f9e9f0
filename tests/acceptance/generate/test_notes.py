"""What ``jdgen generate`` shows of its review notes: those to be decided in full, the rest in a line that counts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.toolbox.commands import DOCUMENT, POST, Process, Run
from tests.toolbox.word import word_file

ADAPTED = "a duty starts with the plain form of a verb"


def test_notes_go_to_standard_error_the_urgent_first_and_the_rest_folded(run: Run) -> None:
    result = run("generate", *POST)
    assert result.stdout == f"{DOCUMENT}\n"
    lines = result.stderr.splitlines()
    heads = [line.split(":")[0] for line in lines if not line.startswith(" ")]
    assert heads == [
        "1 to decide",
        "37 to complete",
        "27 to know",
        "All 65 review notes in full",
        "general statements",
        "next",
    ]
    text = " ".join(result.stderr.split())
    assert "1 to decide Business Case: The framework's table can be read in more than one way" in text
    assert "to complete: Role category, Reference, Employer, Department, Base, Hours, Contract, Responsible to," in text
    assert "27 to know: 21 changes of wording, 3 remarks on where criteria come from, 1 band without" in text
    assert "pmo.qualifications" not in text
    assert ADAPTED not in text
    assert lines[-3].endswith(f": jdgen show '{DOCUMENT}' --notes")


@pytest.mark.parametrize(
    ("choice", "has", "has_not"),
    [
        ("all", ["1 to decide", "37 to complete", "27 to know", ADAPTED, 'Budget: "Supporting'], ["All 65"]),
        ("short", ["37 to complete", "All 65"], [ADAPTED]),
        ("decide", ["1 to decide", "All 65"], ["to complete", "to know"]),
    ],
)
def test_more_or_fewer_can_be_asked_for(choice: str, has: list[str], has_not: list[str], run: Run) -> None:
    text = " ".join(run("generate", *POST, "--notes", choice).stderr.split())
    assert [each for each in has if each not in text] == []
    assert [each for each in has_not if each in text] == []


def test_none_shows_none(run: Run) -> None:
    (line,) = run("generate", *POST, "--notes", "none").stderr.splitlines()
    assert line.startswith("next: ")


def test_a_dry_run_names_the_option_that_shows_all(run: Run) -> None:
    assert "All 65 review notes in full: --notes all" in run("generate", *POST, "--dry-run").stderr.splitlines()


def test_the_workspace_says_what_is_shown_and_the_option_wins(run: Run, folder: Path) -> None:
    (folder / "jdgen.toml").write_text('[documents]\nnotes = "none"\n')
    assert "to decide" not in run("generate", *POST).stderr
    assert "to know" in run("generate", *POST, "--dry-run", "--notes", "short").stderr
    (folder / "jdgen.toml").write_text('[documents]\nnotes = "few"\n')
    result = run("generate", *POST, "--dry-run")
    assert result.exit_code != 0
    assert "jdgen.toml:2: unknown notes 'few': use one of all, short, decide, none" in result.stderr


def test_own_fields_are_named_by_their_headings(run: Run, folder: Path) -> None:
    (folder / "ours.docx").write_bytes(word_file("{{ title }} {{ own.dbs_level }} {{ own.panel }}"))
    (folder / "jdgen.toml").write_text('[own]\ndbs_level = "DBS level"\npanel = "Panel date"\n')
    assert "2 to complete: DBS level, Panel date\n" in run("generate", *POST, "--template", "ours.docx").stderr


@pytest.mark.parametrize("columns", [40, 72])
def test_lines_fit_the_terminal(columns: int, process: Process) -> None:
    result = process("generate", *POST, "--notes", "all", COLUMNS=str(columns))
    lines = result.stderr.splitlines()
    # Options are copied as they stand, however long.
    lines = [line for line in lines if not line.startswith("  --")]
    assert max(map(len, lines)) <= columns
    assert max(map(len, lines)) > columns - 12
    # What belongs to a note is indented more than its beginning.
    notes = lines[: next(at for at, line in enumerate(lines) if line.startswith("As options"))]
    assert {len(line) - len(line.lstrip()) for line in notes} == {0, 2, 4}


@pytest.mark.parametrize("columns", [32, 60, 80])
def test_what_settles_notes_can_be_copied_from_a_terminal_of_any_width(columns: int, process: Process) -> None:
    Path("post.yaml").write_text("title: X\nspecialism: pmo\nband: 8a\nrole_category: manager\n")
    stderr = process("generate", "--post", "post.yaml", "--dry-run", "--notes", "all", COLUMNS=str(columns)).stderr
    lines = stderr.rpartition("post-files`):\n")[2].partition("\ngeneral statements:")[0]
    (entry,) = yaml.load(lines, Loader=yaml.CSafeLoader)["duties"]["reword"]
    assert entry == {
        "duty": "pmo.stakeholder-management.8a-8b.2",
        "text": "Provide assurance to the project manager on the effectiveness of arrangements for managing "
        "stakeholders.",
        "reason": "it does not say of what, or to whom",
    }
    Path("post.yaml").write_text(f"title: X\nspecialism: pmo\nband: 8a\nrole_category: manager\n{lines}")
    assert "unclear duty" not in process("generate", "--post", "post.yaml", "--dry-run").stderr


def test_lines_are_as_wide_as_usual_where_there_is_no_terminal(process: Process) -> None:
    lines = process("generate", *POST, "--notes", "all", COLUMNS="").stderr.splitlines()
    assert 70 < max(len(line) for line in lines if not line.startswith("  --")) <= 80


def test_the_width_is_that_of_the_terminal_that_notes_go_to(folder: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("pseudo-terminals are Unix's")
    import termios  # noqa: PLC0415  # not on Windows

    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (24, 50))
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    command = [sys.executable, "-m", "jdgen", "generate", *POST, "--notes", "decide"]
    subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=theirs, check=True)
    os.close(theirs)
    # A command to be copied is in one line, however long.
    lines = os.read(ours, 2**16).decode().partition("All 65 review notes")[0].splitlines()
    os.close(ours)
    assert 40 < max(map(len, lines)) <= 50
