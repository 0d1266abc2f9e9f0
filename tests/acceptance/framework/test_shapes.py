"""Frameworks in other shapes: rows that say nothing of some levels, no levels at all, and one level."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from tests.toolbox.commands import Run
from tests.toolbox.data import change_text

DATA = Path(__file__).parents[2] / "data"
STEWARDS = (DATA / "invented-stewards.yaml").read_text(encoding="utf-8")
ANALYSTS = (DATA / "invented-analysts.yaml").read_text(encoding="utf-8")
DOCUMENT = Path("made.docx")
DATED = ("--title", "Keeper", "--date", "2026-11-24", "--output", str(DOCUMENT))


def write(text: str) -> None:
    path = Path("framework_data/frameworks/own.yaml")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def document_texts() -> list[str]:
    document = docx.Document(str(DOCUMENT))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


@pytest.fixture
def stewards(folder: Path) -> None:
    write(STEWARDS)


@pytest.fixture
def gaps(folder: Path) -> None:
    """Analysts of whom one row speaks of the senior ones alone, and another of all."""
    row = (
        "      - id: advice\n        title: Advice\n        source: {line: 9}\n        statements:\n"
        "          - {id: finance.advice, levels: Junior-Senior, text: Advises., source: {line: 9, cell: 2}}\n"
    )
    write(change_text(ANALYSTS, "    headings:\n", f"    headings:\n{row}"))


def test_a_framework_without_levels_tells_of_none(run: Run, stewards: None) -> None:
    assert "  specialism steward: Data steward, no levels\n" in run("framework", "list").stdout
    stdout = run("framework", "show", "steward").stdout
    assert stdout.startswith("Data steward (Invented Framework for Data Stewards)\n")
    assert "Data steward, as published\n" in stdout
    assert "\nCare of data [steward.care.1; line 1, cell 2]\n" in stdout
    ladder = run("framework", "ladder", "steward").stdout
    assert ladder.endswith("The framework has no levels.\n")
    assert "specialism  steward: no levels\n" in run("doctor").stdout
    for output in (stdout, ladder):
        assert "every" not in output
        assert " level " not in output


def test_a_document_of_it_has_the_band_of_its_post_and_no_level(run: Run, stewards: None) -> None:
    result = run("generate", "--specialism", "steward", "--band", "5", *DATED)
    assert result.exit_code == 0, result.stderr
    texts = document_texts()
    assert (
        "The duties are drawn from Invented Framework for Data Stewards (Data steward), published by Nobody; "
        "edition: 2026." in texts
    )
    assert any(text.endswith("Keeps data whole.") for text in texts)
    assert "Level" not in texts
    notes = run("show", str(DOCUMENT), "--notes").stdout
    assert "steward." not in notes.replace("steward.care", "")
    assert "every level" not in notes
    assert "up to date" in run("status", str(DOCUMENT)).stdout
    profile = run(
        "generate", "--specialism", "steward", "--band", "5", "--template", "role-profile", *DATED[:-1], "p.docx"
    )
    assert profile.exit_code == 0, profile.stderr


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        (("generate", "--specialism", "steward", "--band", "5", "--level", "A", *DATED), "own.yaml has none"),
        (("framework", "show", "steward", "--level", "A"), "--level: this framework has no levels: leave it out"),
        (("framework", "show", "steward", "--band", "5"), "--band: this framework has no levels: leave it out"),
    ],
)
def test_a_level_that_is_named_all_the_same_is_told(
    run: Run, stewards: None, command: tuple[str, ...], problem: str
) -> None:
    result = run(*command)
    assert result.exit_code == 1
    assert problem.replace("own.yaml", "invented-stewards") in result.stderr


def test_a_level_in_its_file_is_told(run: Run, folder: Path) -> None:
    write(change_text(STEWARDS, "{id: steward.care.1, text", "{id: steward.care.1, levels: A, text"))
    stderr = run("framework", "check").stderr
    assert "'levels' in a framework that has no levels: leave it out, or declare the levels with 'scale'" in stderr


def test_what_is_begun_with_names_no_level_of_it(run: Run, stewards: None) -> None:
    assert run("post", "new", "own.yaml", "--specialism", "steward").exit_code == 0
    assert run("workbook", "posts.xlsx", "--specialism", "steward").exit_code == 0
    assert "level:" not in Path("own.yaml").read_text(encoding="utf-8").replace("# level:", "")


def test_roles_with_one_level_need_not_name_it(run: Run, folder: Path) -> None:
    text = change_text(STEWARDS, "scale: none", "scale: {word: stage, levels: [Assured]}")
    write(text.replace("{id: steward.care.1, text", "{id: steward.care.1, levels: Assured, text"))
    result = run("generate", "--specialism", "steward", "--band", "5", *DATED)
    assert result.exit_code == 0, result.stderr
    assert "(Data steward, stage Assured)" in " ".join(document_texts())
    assert run("framework", "ladder", "steward").stdout.endswith("There is one level: Assured.\n")
    result = run("generate", "--specialism", "steward", "--band", "5", "--level", "assured", *DATED, "--overwrite")
    assert result.exit_code == 0, result.stderr


def test_nothing_is_printed_where_a_row_says_nothing(run: Run, gaps: None) -> None:
    for level, has in (("Junior", False), ("Senior", True)):
        result = run("generate", "--specialism", "finance", "--band", "5", "--level", level, *DATED, "--overwrite")
        assert result.exit_code == 0, result.stderr
        texts = document_texts()
        assert any(text.endswith("Advises.") for text in texts)
        assert ("Appraisal" in " ".join(texts)) is has
        assert any(text.endswith("Appraises plans.") for text in texts) is has


def test_ladder_and_show_say_that_a_row_says_nothing_of_a_level(run: Run, gaps: None) -> None:
    ladder = run("framework", "ladder", "finance").stdout
    assert "(nothing is said)" in ladder
    between = ladder[ladder.index("\nJunior and Middle\n") :]
    assert "  nothing is said of role level Junior: Appraisal\n" in between
    assert "  nothing is said of role level Middle: Appraisal\n" in between[between.index("\nMiddle and Senior\n") :]
    assert (
        "\nnothing is said of role level Junior: Appraisal\n"
        in run("framework", "show", "finance", "--level", "Junior").stdout
    )
    assert "nothing is said" not in run("framework", "show", "finance", "--level", "Senior").stdout


def test_a_level_of_which_no_row_speaks_is_an_error(run: Run, folder: Path) -> None:
    head, rest = ANALYSTS[: ANALYSTS.index("    requires:")], ANALYSTS[ANALYSTS.index("    headings:") :]
    write(head + rest[: rest.index("      - id: tools")] + rest[rest.index("  - id: planning") :])
    stderr = run("framework", "check").stderr
    assert "gap: no responsibility for role level Junior, Middle: leave the role level out, or add the" in stderr
