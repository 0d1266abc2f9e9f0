"""``jdgen framework import``: files written, nothing overwritten, PDF only after a person has looked."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from jdgen.importing.doubts import HEADINGS
from tests.toolbox import publications as layouts
from tests.toolbox.commands import Run
from tests.toolbox.data import DATA, SOURCE_FILE, line_of

ADAPTATIONS = (DATA / "adaptations/nhs-pccf-pmo.yaml").read_text(encoding="utf-8")
IMPORT = ("framework", "import", str(SOURCE_FILE), "--id", "nhs-pccf", "--version", "2")


def test_a_framework_file_its_source_and_a_review_sheet_are_written(run: Run, folder: Path) -> None:
    result = run(*IMPORT, "--output", "new.yaml")
    assert result.exit_code == 0, result.stderr
    assert "PMO: bands 6 to 8d, 10 headings, 51 statements" in result.stdout
    assert "13 things to look at: new.review.xlsx" in result.stdout
    names = ["new.layout.toml", "new.review.xlsx", "new.yaml", "nhs-pccf-pmo.txt"]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert (folder / "nhs-pccf-pmo.txt").read_bytes() == SOURCE_FILE.read_bytes()
    result = run("framework", "check", "new.yaml")
    assert "sound: 1 specialism, 51 statements, every text held against its source" in result.stdout


def test_in_a_folder_of_frameworks_the_source_goes_beside_it(run: Run, folder: Path) -> None:
    run(*IMPORT, "--output", "framework_data/frameworks/nhs-pccf.yaml")
    assert (folder / "framework_data/sources/nhs-pccf-pmo.txt").is_file()
    assert "every text held against its source" in run("framework", "check").stdout


def test_a_second_version_beside_the_first_takes_its_place_and_says_what_does_not_fit_it(
    run: Run, folder: Path
) -> None:
    text = SOURCE_FILE.read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if not line.startswith("\tChange Management\t")]
    (folder / "second.txt").write_text("\n".join(lines).replace("Low\tModerate", "Small\tModerate"), encoding="utf-8")
    command = ("framework", "import", "second.txt", "--id", "nhs-pccf", "--version", "2")
    result = run(*command, "--output", "framework_data/frameworks/nhs-pccf-2.yaml")
    assert result.exit_code == 0, result.stderr
    line = line_of(ADAPTATIONS, "{statement: pmo.change-management.6")
    assert f"adaptations/nhs-pccf-pmo.yaml:{line}: no statement 'pmo.change-management.6'" in result.stdout
    assert "unknown serves 'change-management'" in result.stdout
    assert "supersedes: transcribed 24 November 2026" in run("framework", "list").stdout
    assert "Small" in run("framework", "show", "pmo", "--band", "7").stdout
    # The same once more changes nothing: it does not follow itself.
    again = run(*command, "--output", "framework_data/frameworks/nhs-pccf-2.yaml")
    assert again.exit_code == 0, again.stderr


def test_the_review_sheet_lists_place_text_range_and_confidence(run: Run, folder: Path) -> None:
    run(*IMPORT, "--output", "new.yaml")
    sheet = openpyxl.load_workbook(folder / "new.review.xlsx").worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    assert head == HEADINGS
    assert len(rows) == 13
    what, page, row, cell, heading, text, bands, confidence = rows[1]
    assert what == "R2: the row's last cell (8D) was lost; R1 carries the merged cell on to it."
    assert (page, row, cell, heading, bands, confidence) == (
        None,
        "line 24",
        "cell 5",
        "Leadership",
        "8a-8d",
        "inferred",
    )
    assert str(text).startswith("Provide visible and effective leadership")


def test_no_cell_of_the_review_sheet_is_a_formula(run: Run, folder: Path) -> None:
    text = SOURCE_FILE.read_text(encoding="utf-8").replace("Provide visible", '=HYPERLINK("http://x.example") Provide')
    (folder / "a.txt").write_text(text, encoding="utf-8")
    assert run("framework", "import", "a.txt", "--id", "a", "--version", "1", "--output", "new.yaml").exit_code == 0
    sheet = openpyxl.load_workbook(folder / "new.review.xlsx").worksheets[0]
    texts = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=HYPERLINK")]
    assert [cell.data_type for cell in texts] == ["s"]


@pytest.mark.parametrize("there", ["new.yaml", "new.review.xlsx"])
def test_nothing_is_overwritten_unasked_and_then_nothing_is_written(there: str, run: Run, folder: Path) -> None:
    (folder / there).write_text("mine", encoding="utf-8")
    result = run(*IMPORT, "--output", "new.yaml")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"error: {there}: exists already")
    assert [path.name for path in folder.iterdir()] == [there]
    assert (folder / there).read_text(encoding="utf-8") == "mine"
    assert run(*IMPORT, "--output", "new.yaml", "--overwrite").exit_code == 1
    assert (folder / there).read_text(encoding="utf-8") == "mine"
    assert run(*IMPORT, "--output", "new.yaml", "--overwrite", "--discard-edits").exit_code == 0
    assert (folder / there).read_bytes() != b"mine"


def test_a_release_under_the_file_name_of_the_one_before_leaves_the_source_of_that(run: Run, folder: Path) -> None:
    text = SOURCE_FILE.read_text(encoding="utf-8")
    for version, words in (("1", "Provide visible"), ("2", "Show visible")):
        (folder / "chapter.txt").write_text(text.replace("Provide visible", words), encoding="utf-8")
        out = f"own/frameworks/a-{version}.yaml"
        result = run("framework", "import", "chapter.txt", "--id", "a", "--version", version, "--output", out)
        assert result.exit_code == 0, result.stderr
    assert {path.name for path in Path("own/sources").iterdir()} == {"chapter.txt", "chapter-2.txt"}
    for version in ("1", "2"):
        result = run("framework", "check", f"own/frameworks/a-{version}.yaml")
        assert "every text held against its source" in result.stdout, result.stderr


def test_the_same_import_again_is_no_conflict(run: Run) -> None:
    assert [run(*IMPORT, "--output", "new.yaml").exit_code for _ in range(2)] == [0, 0]


def test_an_earlier_version_may_be_named(run: Run, folder: Path) -> None:
    run(*IMPORT, "--output", "one.yaml")
    text = (folder / "one.yaml").read_text(encoding="utf-8")
    (folder / "one.yaml").write_text(text.replace("id: leadership\n", "id: leading\n"), encoding="utf-8")
    assert run(*IMPORT, "--output", "two.yaml", "--previous", "one.yaml").exit_code == 0
    assert "id: leading\n" in (folder / "two.yaml").read_text(encoding="utf-8")


def test_what_tables_do_not_tell_can_be_told(run: Run, folder: Path) -> None:
    options = ("--id", "other", "--title", "Other", "--publisher", "Us", "--licence", "OGL")
    result = run(*IMPORT[:3], *options, "--version", "3: draft", "--output", "other.yaml")
    assert result.exit_code == 0, result.stderr
    text = (folder / "other.yaml").read_text(encoding="utf-8")
    lines = ["title: Other", "publisher: Us", "version: '3: draft'", "licence: OGL"]
    assert [line for line in lines if line not in text.splitlines()] == []


def test_a_file_that_is_not_there_is_said(run: Run) -> None:
    result = run("framework", "import", "no.docx", "--id", "a", "--version", "1", "--output", "new.yaml")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "no.docx: cannot be read" in result.stderr


def test_an_id_that_no_file_can_have_is_said_at_the_option(run: Run, folder: Path) -> None:
    result = run(*IMPORT[:3], "--id", "No Id", "--version", "1", "--output", "new.yaml")
    assert result.exit_code == 1
    assert "error: --id: 'No Id' is no short name" in result.stderr
    assert list(folder.iterdir()) == []


def test_a_pdf_is_taken_only_after_a_person_has_looked(run: Run, folder: Path) -> None:
    pytest.importorskip("pdfplumber")
    if not shutil.which("soffice"):
        pytest.skip("soffice is not installed")
    work = folder / "work"
    work.mkdir()
    (folder / "chapter.pdf").write_bytes(layouts.pdf(work, layouts.word()))
    command = ("framework", "import", "chapter.pdf", "--id", "nhs-pccf", "--version", "2", "--output", "new.yaml")
    result = run(*command)
    assert result.exit_code == 1
    assert "hold new.review.xlsx against it" in result.stderr
    assert (folder / "new.review.xlsx").is_file()
    assert not (folder / "new.yaml").exists()
    assert not (folder / "chapter.txt").exists()
    assert run(*command, "--reviewed").exit_code == 0
    assert (folder / "new.yaml").is_file()
