"""``jdgen batch --columns``: a workbook that HR keeps for itself becomes documents, and stays as it is."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.toolbox.commands import Run
from tests.toolbox.hr_workbook import ABOVE, POSTS, hr_workbook
from tests.toolbox.posts import csv_file, documents, every_text, row
from tests.toolbox.terminal import at_terminal

DATE = ("--date", "2026-11-24")
USUAL = ("batch", "hr.xlsx", "--columns", "map.toml", "--specialism", "pmo", *DATE)
TOTALS = f"warning: hr.xlsx!Establishment!{ABOVE + POSTS + 1}: is passed over: "


@pytest.fixture
def hr(folder: Path) -> Path:
    hr_workbook(folder / "hr.xlsx")
    return folder


def errors(stderr: str) -> list[str]:
    return [line for line in stderr.splitlines() if line.startswith("error: ")]


def decide(folder: Path) -> None:
    path = folder / "map.toml"
    text = path.read_text(encoding="utf-8")
    text = text.replace('"Panel?" = "decide"', '"Panel?" = "own.panel"').replace(
        '"column Q" = "decide"', '"column Q" = "ignore"'
    )
    path.write_text(text, encoding="utf-8")


def test_the_first_run_writes_what_it_recognises_and_guesses_and_makes_nothing(run: Run, hr: Path) -> None:
    before = (hr / "hr.xlsx").read_bytes()
    result = run(*USUAL)
    assert (result.exit_code, result.stdout) == (1, "")
    text = (hr / "map.toml").read_text(encoding="utf-8")
    for line in (
        'sheet = "Establishment"',
        "headings_row = 4",
        '"Post Title" = "Job title"',
        '"Grade" = "Band"',
        '"ESR position no" = "own.post_number"  # guess: \'esr position no\' may mean it',
        '"Hrs" = "Hours"  # guess: \'hrs\' may mean it',
        "\"Perm/FTC\" = \"Contract\"  # guess: its cells say so: 'Fixed term', 'Permanent'",
        '"Base (2)" = "own.base_2"  # guess: \'Base\' is the column of Base already',
        '"Panel?" = "decide"  # cells: \'Y\'',
        '"column Q" = "decide"  # cells: \'see file\'',
    ):
        assert line in text.splitlines()
    assert '"Payroll No." = "ignore"  # guess: \'payroll\' is about a person' in text
    assert result.stderr.startswith("wrote map.toml\n")
    first, second, guesses = errors(result.stderr)
    assert "'Panel?' is still to be decided" in first
    assert "'column Q' is still to be decided" in second
    assert guesses.endswith("look at each, mend what is wrong, and run the same command again")
    assert not (hr / "output").exists()
    assert (hr / "hr.xlsx").read_bytes() == before


def test_what_no_column_gives_and_no_option_is_told_in_the_same_round(run: Run, hr: Path) -> None:
    result = run("batch", "hr.xlsx", "--columns", "map.toml")
    problem = "no column is read as 'Specialism': say which heading it is, or give --specialism for all posts"
    assert [problem in line for line in errors(result.stderr)] == [False, False, True, False]


def test_the_second_run_makes_every_post_and_tells_of_the_row_of_totals(run: Run, hr: Path) -> None:
    run(*USUAL)
    decide(hr)
    result = run(*USUAL)
    assert (result.exit_code, errors(result.stderr)) == (0, [])
    assert TOTALS in result.stderr
    paths = documents(hr / "output")
    assert len(paths) == POSTS
    texts = every_text(paths["Job description PMO analyst band 6 7012001.docx"])
    assert {"Trust HQ Moorgate Cross", "Permanent", "Head of planning", "37.5"} <= set(texts)
    assert "You look after two registers." in texts
    assert sum("band 8a" in name for name in paths) == POSTS // 5
    stdout = run("show", str(paths["Job description PMO analyst band 6 7012001.docx"]), "--json").stdout
    assert '"panel_date": "2 March 2026"' in stdout
    assert '"cost_centre": "004101"' in stdout
    assert "880001" not in stdout
    again = run(*USUAL)
    assert f"{POSTS} unchanged" in again.stdout


def test_rows_that_fail_can_be_mended_without_the_map(run: Run, hr: Path) -> None:
    book = openpyxl.load_workbook(hr / "hr.xlsx")
    book["Establishment"].cell(ABOVE + 2, 3).value = "12"
    book.save(hr / "hr.xlsx")
    run(*USUAL)
    decide(hr)
    result = run(*USUAL, "--keep-going")
    assert result.exit_code == 1
    assert f"hr.xlsx!Establishment!C{ABOVE + 2}: Band: '12' is not" in result.stderr
    mending = hr / "output" / "posts to mend.xlsx"
    book = openpyxl.load_workbook(mending)
    sheet = book.active
    headings = [cell.value for cell in sheet[1]]
    sheet.cell(2, headings.index("Band") + 1).value = "6"
    book.save(mending)
    mended = run("batch", str(mending), "--specialism", "pmo", *DATE)
    assert (mended.exit_code, errors(mended.stderr)) == (0, [])
    assert len(documents(hr / "output")) == POSTS


def test_where_all_is_recognised_the_first_run_goes_on(run: Run, folder: Path) -> None:
    csv_file(folder / "posts.csv", [row("PMO analyst", Location="Leeds")], delimiter=";")
    result = run("batch", "posts.csv", "--columns", "map.toml", *DATE)
    assert (result.exit_code, result.stderr.splitlines()[0]) == (0, "wrote map.toml")
    assert "headings_row" not in (folder / "map.toml").read_text(encoding="utf-8")
    assert len(documents(folder / "output")) == 1


def test_a_dry_run_writes_no_map(run: Run, hr: Path) -> None:
    before = sorted(path.name for path in hr.iterdir())
    result = run(*USUAL, "--dry-run")
    assert (result.exit_code, errors(result.stderr)) == (0, [])
    assert f"{POSTS} would be written" in result.stdout
    lines = result.stderr.splitlines()
    assert lines[0] == "would write map.toml:"
    for line in ('  "Post Title" = "Job title"', "  headings_row = 4", '  "Panel?" = "decide"  # cells: \'Y\''):
        assert line in lines
    assert "warning: map.toml: 'Panel?' would be left to be decided: write the field that it is" in result.stderr
    assert "9 of its lines are guesses, marked with the reason: without --dry-run the file is written" in result.stderr
    assert lines[-1] == "nothing was written: this was a dry run"
    assert sorted(path.name for path in hr.iterdir()) == before


def test_a_dry_run_with_a_map_that_leaves_something_open_tells_it_and_writes_nothing(run: Run, hr: Path) -> None:
    run(*USUAL)
    before = (hr / "map.toml").read_bytes()
    result = run(*USUAL, "--dry-run")
    assert result.exit_code == 1
    assert "'Panel?' is still to be decided" in result.stderr
    assert (hr / "map.toml").read_bytes() == before


def test_what_is_wrong_in_the_map_is_told_by_line(run: Run, folder: Path) -> None:
    csv_file(folder / "posts.csv", [row("PMO analyst", "6", Ward="A", Location="Leeds")])
    (folder / "map.toml").write_text(
        '[columns]\n"Job titel" = "Job title"\nBand = "Bnad"\nSpecialism = "Specialism"\n', encoding="utf-8"
    )
    (problem,) = errors(run("batch", "posts.csv", "--columns", "map.toml").stderr)
    assert problem.startswith("error: map.toml:3: 'Bnad' is no field: did you mean 'Band'?")
    (folder / "map.toml").write_text(
        '[columns]\n"Job titel" = "Job title"\nBand = "Band"\nSpecialism = "Band"\nLocation = "decide"\n',
        encoding="utf-8",
    )
    problems = "\n".join(errors(run("batch", "posts.csv", "--columns", "map.toml").stderr))
    for line in (
        "map.toml:2: posts.csv has no column 'Job titel': did you mean 'Job title'?",
        "map.toml:3: 'Band' is a second column for 'Band': keep one; 'Specialism' is the first",
        "map.toml:5: 'Location' is still to be decided: ",
        "map.toml:1: no column is read as 'Specialism': say which heading it is, or give --specialism for all posts",
        "posts.csv:1 (column D): map.toml says nothing of the column 'Ward': add a line to map.toml: \"Ward\" = ",
    ):
        assert line in problems
    (folder / "map.toml").write_text("sheets = 'x'\n[columns]\nBand = 6\n", encoding="utf-8")
    unknown, wrong = errors(run("batch", "posts.csv", "--columns", "map.toml").stderr)
    assert unknown.startswith("error: map.toml:1: unknown key 'sheets': did you mean 'sheet'?")
    assert wrong == "error: map.toml:3: Band: 6 where text is meant: write '6' in quotes"


def test_files_that_have_no_columns_are_refused(run: Run, folder: Path) -> None:
    (folder / "posts.yaml").write_text("- title: x\n", encoding="utf-8")
    (problem,) = errors(run("batch", "posts.yaml", "--columns", "map.toml").stderr)
    assert problem == "error: posts.yaml: has keys, and no columns: leave --columns out"


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal is imitated by pty")
def test_on_a_terminal_guesses_are_confirmed_at_once_and_the_rest_is_asked(hr: Path) -> None:
    output, code = answered(hr, "y\n", "?\n", "wizard\n", "own\n", "ignore\n")
    assert code == 0, output
    assert "Are all the guesses right?" in output
    assert "Panel? ('Y')" in output
    assert "Accountable to" in output
    assert "'wizard' is no field" in output
    text = (hr / "map.toml").read_text(encoding="utf-8")
    assert '"Panel?" = "own.panel"\n' in text
    assert '"column Q" = "ignore"\n' in text
    assert "guess:" not in text
    assert len(documents(hr / "output")) == POSTS


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal is imitated by pty")
def test_on_a_terminal_what_the_map_does_not_say_is_asked_and_added(hr: Path) -> None:
    output, code = answered(hr, "y\n", "\n", "ignore\n")
    assert code == 1
    assert "'Panel?' is still to be decided" in output
    text = (hr / "map.toml").read_text(encoding="utf-8")
    kept_lines = [line for line in text.splitlines() if not line.startswith(('"WTE"', '"Panel?"'))]
    (hr / "map.toml").write_text(
        "\n".join([*kept_lines, '"Panel?" = "decide"  # ask Jo', "# the end"]), encoding="utf-8"
    )
    output, code = answered(hr, "y\n", "Accountable to\n")
    assert code == 0, output
    assert (hr / "map.toml").read_text(encoding="utf-8") == "\n".join(
        [*kept_lines, '"Panel?" = "Accountable to"', '"WTE" = "own.wte"', "# the end"]
    )


def answered(folder: Path, *answers: str) -> tuple[str, int]:
    """What the command says to somebody who types ``answers``, one at a question, and how it ends."""
    command = shutil.which("jdgen") or str(Path(sys.executable).with_name("jdgen"))
    output = ""
    with at_terminal([command, *USUAL], folder, os.environ) as terminal:
        for answer in answers:
            output += terminal.question()
            terminal.type(answer)
        output += terminal.rest()
    assert terminal.code is not None
    return output, terminal.code
