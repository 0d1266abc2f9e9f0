"""Frameworks in other shapes: rows that say nothing of some levels, no levels at all, and one level."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from tests.toolbox.commands import Run
from tests.toolbox.data import changed

DATA = Path(__file__).parents[2] / "data"
STEWARDS = (DATA / "invented-stewards.yaml").read_text(encoding="utf-8")
ANALYSTS = (DATA / "invented-analysts.yaml").read_text(encoding="utf-8")
MADE = Path("made.docx")
DATED = ("--title", "Keeper", "--date", "2026-11-24", "--output", str(MADE))


def write(text: str) -> None:
    path = Path("framework_data/frameworks/own.yaml")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def printed() -> list[str]:
    document = docx.Document(str(MADE))
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
    write(changed(ANALYSTS, "    headings:\n", f"    headings:\n{row}"))


def test_a_framework_without_levels_tells_of_none(run: Run, stewards: None) -> None:
    assert "  specialism steward: Data steward, no levels\n" in run("framework", "list").stdout
    shown = run("framework", "show", "steward").stdout
    assert shown.startswith("Data steward (Invented Framework for Data Stewards)\n")
    assert "Data steward, as published\n" in shown
    assert "\nCare of data [steward.care.1; line 1, cell 2]\n" in shown
    ladder = run("framework", "ladder", "steward").stdout
    assert ladder.endswith("The framework has no levels.\n")
    assert "specialism  steward: no levels\n" in run("doctor").stdout
    for told in (shown, ladder):
        assert "every" not in told
        assert " level " not in told


def test_a_document_of_it_has_the_band_of_its_post_and_no_level(run: Run, stewards: None) -> None:
    made = run("generate", "--specialism", "steward", "--band", "5", *DATED)
    assert made.exit_code == 0, made.stderr
    texts = printed()
    assert (
        "The duties are drawn from Invented Framework for Data Stewards (Data steward), published by Nobody; "
        "edition: 2026." in texts
    )
    assert any(text.endswith("Keeps data whole.") for text in texts)
    assert "Level" not in texts
    notes = run("show", str(MADE), "--notes").stdout
    assert "steward." not in notes.replace("steward.care", "")
    assert "every level" not in notes
    assert "up to date" in run("status", str(MADE)).stdout
    profile = run(
        "generate", "--specialism", "steward", "--band", "5", "--template", "role-profile", *DATED[:-1], "p.docx"
    )
    assert profile.exit_code == 0, profile.stderr


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("generate", "--specialism", "steward", "--band", "5", "--level", "A", *DATED), "own.yaml has none"),
        (("framework", "show", "steward", "--level", "A"), "--level: this framework has no levels: leave it out"),
        (("framework", "show", "steward", "--band", "5"), "--band: this framework has no levels: leave it out"),
    ],
)
def test_a_level_that_is_named_all_the_same_is_told(
    run: Run, stewards: None, command: tuple[str, ...], told: str
) -> None:
    refused = run(*command)
    assert refused.exit_code == 1
    assert told.replace("own.yaml", "invented-stewards") in refused.stderr


def test_a_level_in_its_file_is_told(run: Run, folder: Path) -> None:
    write(changed(STEWARDS, "{id: steward.care.1, text", "{id: steward.care.1, levels: A, text"))
    told = run("framework", "check").stderr
    assert "'levels' in a framework that has no levels: leave it out, or declare the levels with 'scale'" in told


def test_what_is_begun_with_names_no_level_of_it(run: Run, stewards: None) -> None:
    assert run("post", "new", "own.yaml", "--specialism", "steward").exit_code == 0
    assert run("workbook", "posts.xlsx", "--specialism", "steward").exit_code == 0
    assert "level:" not in Path("own.yaml").read_text(encoding="utf-8").replace("# level:", "")


def test_roles_with_one_level_need_not_name_it(run: Run, folder: Path) -> None:
    text = changed(STEWARDS, "scale: none", "scale: {word: stage, levels: [Assured]}")
    write(text.replace("{id: steward.care.1, text", "{id: steward.care.1, levels: Assured, text"))
    made = run("generate", "--specialism", "steward", "--band", "5", *DATED)
    assert made.exit_code == 0, made.stderr
    assert "(Data steward, stage Assured)" in " ".join(printed())
    assert run("framework", "ladder", "steward").stdout.endswith("There is one level: Assured.\n")
    named = run("generate", "--specialism", "steward", "--band", "5", "--level", "assured", *DATED, "--overwrite")
    assert named.exit_code == 0, named.stderr


def test_nothing_is_printed_where_a_row_says_nothing(run: Run, gaps: None) -> None:
    for level, has in (("Junior", False), ("Senior", True)):
        made = run("generate", "--specialism", "finance", "--band", "5", "--level", level, *DATED, "--overwrite")
        assert made.exit_code == 0, made.stderr
        texts = printed()
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
    told = run("framework", "check").stderr
    assert "gap: no responsibility for role level Junior, Middle: leave the role level out, or add the" in told
