"""``jdgen workbook``: what it makes is filled in as people fill it in, and goes straight to ``jdgen batch``."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.toolbox.calc import fill
from tests.toolbox.commands import Run
from tests.toolbox.other_levels import DATA
from tests.toolbox.posts import documents, every_text

EXAMPLE, HEADINGS, FIRST = 4, 5, 6
UNTOLD = "(usually empty)"


def columns(sheet: Any) -> dict[str, int]:
    """The position of each column, from 1, by its heading without a mark."""
    return {str(cell.value).removesuffix(" *"): cell.column for cell in sheet[HEADINGS]}


def write(path: Path, *posts: Mapping[str, str], to: str = "filled.xlsx") -> Path:
    """``path`` with the posts in its rows, by openpyxl."""
    book = openpyxl.load_workbook(path)
    sheet: Any = book["Posts"]
    positions = columns(sheet)
    for row, post in enumerate(posts, FIRST):
        for heading, text in post.items():
            sheet.cell(row, positions[heading]).value = text
    book.save(path.with_name(to))
    return path.with_name(to)


def example_of(path: Path) -> dict[str, str]:
    """The example of the workbook, by heading, without the label before it and what is usually empty."""
    sheet: Any = openpyxl.load_workbook(path)["Posts"]
    pairs = zip(columns(sheet), (cell.value for cell in sheet[EXAMPLE]), strict=True)
    return {heading: str(text) for heading, text in pairs if heading != "Problem" and text != UNTOLD}


def test_a_workbook_that_nobody_filled_in_has_no_post_the_example_least(run: Run, folder: Path) -> None:
    result = run("workbook", "posts.xlsx")
    assert (result.exit_code, result.stdout) == (0, "posts.xlsx\n")
    result = run("batch", "posts.xlsx")
    assert result.exit_code == 1
    assert "error: posts.xlsx: holds no post: write one in each row" in result.stderr
    assert documents(folder / "output") == {}


def test_posts_written_in_become_documents(run: Run, folder: Path) -> None:
    run("workbook", "posts.xlsx")
    write(
        folder / "posts.xlsx",
        {"Job title": "Portfolio analyst", "Specialism": "PMO", "Band": "6", "Reference": "00123"},
        {
            "Job title": "Benefits specialist",
            "Specialism": "PMO",
            "Band": "8a",
            "Role category": "PMO Specialist",
            "Specialist competences": "Reviews; Change control",
            "Criteria to add": "Essential | skills | A, I | Able to explain a delay",
            "Mental effort": "Reads long reports",
            "Mental effort: how often": "Every day",
        },
    )
    result = run("batch", "filled.xlsx", "--dry-run")
    assert result.exit_code == 0, result.stderr
    result = run("batch", "filled.xlsx", "--date", "2026-11-24")
    assert result.exit_code == 0, result.stderr
    first, second = documents(folder / "output").values()
    assert first.name == "Job description Benefits specialist band 8a.docx"
    assert "Able to explain a delay" in every_text(first)
    assert "00123" in every_text(second)


def test_the_example_is_a_sound_post_when_it_is_copied(run: Run, folder: Path) -> None:
    run("workbook", "posts.xlsx")
    write(folder / "posts.xlsx", example_of(folder / "posts.xlsx"))
    result = run("batch", "filled.xlsx")
    assert result.exit_code == 0, result.stderr
    assert list(documents(folder / "output")) == ["Job description Project planning specialist band 7.docx"]


@pytest.mark.parametrize("specialism", ["Kite workshop", "Lighthouse visits", "Clock care"])
def test_so_is_that_of_a_framework_with_other_levels(run: Run, folder: Path, specialism: str) -> None:
    shutil.copytree(DATA, folder / "framework_data")
    assert run("workbook", "posts.xlsx", "--specialism", specialism).exit_code == 0
    example = example_of(folder / "posts.xlsx")
    assert example["Specialism"] == specialism
    assert example["Level"]
    write(folder / "posts.xlsx", example)
    result = run("batch", "filled.xlsx")
    assert result.exit_code == 0, result.stderr


def test_what_the_workspace_says_of_every_post_may_be_left_empty(run: Run, folder: Path) -> None:
    (folder / "jdgen.toml").write_text(
        '[post]\nemployer = "North Moorshire"\nspecialism = "pmo"\n[own]\ndivision = "Division"\n', encoding="utf-8"
    )
    run("workbook", "posts.xlsx")
    sheet: Any = openpyxl.load_workbook(folder / "posts.xlsx")["Posts"]
    headings = [cell.value for cell in sheet[HEADINGS]]
    guidance = {heading: sheet.cell(3, position).value for heading, position in columns(sheet).items()}
    assert "Specialism" in headings
    assert "Job title *" in headings
    assert guidance["Employer"] == "Name of the employing organisation. Leave it empty for North Moorshire."
    write(folder / "posts.xlsx", {"Job title": "Portfolio analyst", "Band": "6", "Division": "Surgery"})
    result = run("batch", "filled.xlsx")
    assert result.exit_code == 0, result.stderr


def test_it_is_written_over_only_as_others_are(run: Run, folder: Path) -> None:
    run("workbook", "posts.xlsx")
    assert "exists already: use --overwrite" in run("workbook", "posts.xlsx").stderr
    assert run("workbook", "posts.xlsx", "--overwrite", "--rows", "5").exit_code == 0
    write(folder / "posts.xlsx", {"Job title": "Portfolio analyst"}, to="posts.xlsx")
    result = run("workbook", "posts.xlsx", "--overwrite")
    assert result.exit_code == 1
    assert "is not as jdgen wrote it" in result.stderr
    assert run("workbook", "posts.xlsx", "--overwrite", "--discard-edits").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("posts.xls",), "error: posts.xls: is no name for an Excel workbook: write posts.xlsx"),
        (("posts.XLSM",), "error: posts.XLSM: is no name for an Excel workbook: write posts.xlsx"),
        (("posts.xlsx", "--specialism", "pno"), "error: --specialism: unknown specialism 'pno': did you mean 'PMO'?"),
        (("posts.xlsx", "--framework", "x"), "error: --framework: unknown framework 'x': use one of NHS"),
        (("posts.xlsx", "--rows", "2001"), "error: --rows: 2,001 rows are more than people fill in: at most 2,000; "),
    ],
)
def test_what_cannot_be_made_is_told(run: Run, folder: Path, arguments: tuple[str, ...], problem: str) -> None:
    result = run("workbook", *arguments)
    assert result.exit_code == 1
    assert problem in result.stderr
    assert list(folder.iterdir()) == []


def test_libreoffice_fills_it_in_and_batch_reads_it(run: Run, folder: Path) -> None:
    """Typed into by another program, with frameworks of different scales, and saved once more by way of .ods."""
    shutil.copytree(DATA, folder / "framework_data")
    run("workbook", "posts.xlsx")
    sheet: Any = openpyxl.load_workbook(folder / "posts.xlsx")["Posts"]
    letters = {heading: sheet.cell(HEADINGS, position).column_letter for heading, position in columns(sheet).items()}
    rows = (
        {
            "Job title": "Portfolio analyst",
            "Specialism": "PMO",
            "Band": "8a",
            "Role category": "PMO Specialist",
            "Specialist competences": "Reviews; Change control",
            "Reference": "0012345678901234567890",
            "Version": "1.0",
            "Contract": "1/12/2026",
            "Values": "Kind\nHonest",
        },
        {"Job title": "Kite maker", "Specialism": "Kite workshop", "Band": "4", "Level": "B"},
        {"Job title": "Lamp keeper", "Specialism": "Lighthouse visits", "Band": "4", "Level": "B"},
        {"Job title": "x " * 40, "Specialism": "PMO", "Band": "5", "Role category": "PMO Specialist"},
        {"Specialism": "Clock care", "Level": "Step 1", "Role category": "PMO Specialist"},
        {"Job title": "Kite seller", "Level": "Step 1"},
        {"Specialism": "No such", "Mental effort: how often": "Every day"},
    )
    typed = {f"{letters[heading]}{row}": text for row, post in enumerate(rows, FIRST) for heading, text in post.items()}
    workbook = fill(folder, folder / "posts.xlsx", "Posts", typed | {"B5": "Title", "A6": "fine", "C4": "mine"})
    assert workbook.locked_cells == {"B5", "A6", "C4"}
    # What no list offers is refused; what depends on the specialism goes by that of its row. Lists that are open take
    # other words.
    band, level, category = letters["Band"], letters["Level"], letters["Role category"]
    assert workbook.refused_cells == {f"{level}8", "B9", f"{band}9", f"{category}10", f"{letters['Specialism']}12"}
    assert workbook.problems == {
        9: "Job title has 79 characters: at most 70. Specialist competences: choose at least one.",
        10: "Job title is missing. Band is missing. Specialist competences: choose at least one.",
        11: "Specialism is missing. Band is missing.",
        12: "Job title is missing. Band is missing. Mental effort: how often says nothing without Mental effort.",
    }
    for path in (workbook.path, workbook.by_way_of_ods):
        posts: Any = openpyxl.load_workbook(path)["Posts"]
        for row in range(8, 13):
            for cell in posts[row]:
                cell.value = None
        sound = folder / f"sound {path.name}"
        posts.parent.save(sound)
        result = run("batch", sound.name, "--output", path.stem)
        assert result.exit_code == 0, result.stderr
        texts = every_text(folder / path.stem / "Job description Portfolio analyst band 8a.docx")
        assert {"0012345678901234567890", "1/12/2026", "1.0", "Kind", "Honest"} <= set(texts)
        assert "Job description Kite maker band 4.docx" in documents(folder / path.stem)
