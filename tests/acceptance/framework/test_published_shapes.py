"""Six invented frameworks in the shapes in which frameworks are published: from their files to a framework file to a
Word document, with what they say counted by this file alone."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from jdgen.framework.model import Framework
from jdgen.framework.reading import load_framework
from tests.importing.published import add_table
from tests.toolbox.commands import Run

SHAPES = Path(__file__).parents[2] / "data/published"
FRAMEWORKS = "framework_data/frameworks"


def rows_of(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((SHAPES / name).read_text(encoding="utf-8"))))


def texts_of(framework: Framework) -> Counter[str]:
    """Every text of every row, each as often as it is said; the entries of a list one by one."""
    rows = [row for specialism in framework.specialisms for row in specialism.rows]
    return Counter(
        text for row in rows for statement in row.statements for text in statement.entries or (statement.text,)
    )


def imported(run: Run, id_: str, *arguments: str) -> Framework:
    out = f"{FRAMEWORKS}/{id_}.yaml"
    result = run("framework", "import", *arguments, "--id", id_, "--version", "1", "--output", out)
    assert result.exit_code == 0, result.stderr
    result = run("framework", "check", out)
    assert "every text held against its source" in result.stdout, result.stdout + result.stderr
    return load_framework(Path(out))


def document_text(run: Run, specialism: str, *level: str, template: str = "role-profile") -> str:
    """The words of a Word document that is made of a specialism."""
    result = run("generate", "-s", specialism, "--title", "A post", "-t", template, "-o", "out.docx", *level)
    assert result.exit_code == 0, result.stderr
    document = docx.Document("out.docx")
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    Path("out.docx").unlink()
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_skills_with_levels_in_two_files(run: Run, folder: Path) -> None:
    names = ("invented-lamp-roles.csv", "invented-lamp-skills.csv")
    layout = SHAPES / "invented-lamp-roles.layout.toml"
    framework = imported(run, "lamps", *(str(SHAPES / name) for name in names), "--layout", str(layout))
    needs = Counter((row["Role"], row["Role level"], row["Skill"], row["Skill level"]) for row in rows_of(names[0]))
    titles = {skill.id: skill.title for skill in framework.skills}
    assert needs == Counter(
        (specialism.title, str(need.levels), titles[need.skill], str(need.at))
        for specialism in framework.specialisms
        for need in specialism.required_skills
    )
    levels = ("Awareness", "Working", "Practitioner", "Expert")
    meanings = {(row["Skill"], level): row[level].split("\n") for row in rows_of(names[1]) for level in levels}
    points = {
        key: [line.removeprefix("- ") for line in lines if not line.endswith(":")] for key, lines in meanings.items()
    }
    assert points == {
        (skill.title, str(descriptor.level)): list(descriptor.entries or [descriptor.text])
        for skill in framework.skills
        for descriptor in skill.descriptors
    }
    assert {row["Skill"]: row["Description"] for row in rows_of(names[1])} == {
        skill.title: skill.text for skill in framework.skills
    }
    words = document_text(run, "invented-lamp-analyst", "--level", "Senior", "--band", "6")
    assert "Lamp modelling (skill level: Expert)" in words
    assert "Sets how lamps are modelled" in words
    assert "You can:" not in words


def test_a_progression_matrix_in_markdown(run: Run, folder: Path) -> None:
    framework = imported(run, "engines", str(SHAPES / "invented-engine-progression.md"), "--levels", "E1, E2, E3")
    lines = (SHAPES / "invented-engine-progression.md").read_text(encoding="utf-8").split("\n")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    cells = [cell for row in rows if row[0] in ("Delivery", "People") for cell in row[2:] if cell != "-"]
    texts = [text.replace("**", "").replace("`", "") for cell in cells for text in cell.split("<br>")]
    assert texts_of(framework) == Counter(texts)
    assert [row.group for row in framework.specialisms[0].rows] == ["Delivery", "Delivery", "People"]
    words = document_text(run, "invented-engine-builder", "--level", "E3", "--band", "7")
    assert "Plans a release of an engine" in words
    assert "People" in words


def workbook(folder: Path) -> list[tuple[Any, ...]]:
    """A workbook with a column of codes, and its levels further right, below merged pillars."""
    rows = [
        ("Pillar", "Code", "Capability", "Owner", "Foundation", "Practitioner", "Leader"),
        ("Invented practice", "IP1", "Folding", "Kim", "Folds one.", "Folds many.", "Sets how folding is done."),
        (None, "IP2", "Flying", "Kim", "Throws one.", "-", "Says who throws."),
        ("Invented teaching", "IT1", "Showing", "Lou", "Looks on.", "Shows one person.", "Shows a hall."),
    ]
    book = openpyxl.Workbook()
    book.active.title = "Invented paper flyer"
    for row in rows:
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.save(folder / "flyers.xlsx")
    return rows


def test_a_workbook_with_codes_and_levels_further_right(run: Run, folder: Path) -> None:
    rows = workbook(folder)
    (folder / "flyers.layout.toml").write_text(
        """
levels = ["Foundation", "Practitioner", "Leader"]
[tables.1]
title = "name of the sheet"
[tables.1.columns]
"Pillar" = "group"
"Code" = "ignore"
"Capability" = "heading"
"Owner" = "ignore"
"Foundation" = "level Foundation"
"Practitioner" = "level Practitioner"
"Leader" = "level Leader"
""",
        encoding="utf-8",
    )
    framework = imported(run, "flyers", "flyers.xlsx", "--layout", "flyers.layout.toml")
    assert texts_of(framework) == Counter(text for row in rows[1:] for text in row[4:] if text != "-")
    (specialism,) = framework.specialisms
    assert specialism.title == "Invented paper flyer"
    assert [(row.group, row.title, row.covers_some) for row in specialism.rows] == [
        ("Invented practice", "Folding", False),
        ("Invented practice", "Flying", True),
        ("Invented teaching", "Showing", False),
    ]
    words = document_text(run, "invented-paper-flyer", "--level", "Practitioner", "--band", "5")
    assert "Folds many." in words
    assert "Flying" not in words


def test_an_allied_health_page_with_headings_above_its_tables(run: Run, folder: Path) -> None:
    document = docx.Document()
    document.add_heading("Invented puppet therapist", 1)
    document.add_paragraph("An invented puppet therapist mends puppets that nobody has made.")
    rows_by_title = {
        "Invented puppet practice": [("Mending", "Glues an arm.", "Glues a head.", "Decides what is glued.")],
        "Invented puppet leadership": [("Leading", "Leads herself.", "Leads a bench.", "Leads the workshop.")],
    }
    for title, rows in rows_by_title.items():
        document.add_heading(title, 2)
        add_table(document, ("Capability", "Band 5", "Band 6", "Band 7"), *rows)
    document.save(str(folder / "puppets.docx"))
    framework = imported(run, "puppets", "puppets.docx", "--specialism", "Invented puppet therapist")
    assert texts_of(framework) == Counter(text for rows in rows_by_title.values() for row in rows for text in row[1:])
    (specialism,) = framework.specialisms
    assert [(row.group, row.title) for row in specialism.rows] == [
        (title, rows[0][0]) for title, rows in rows_by_title.items()
    ]
    words = document_text(run, "invented-puppet-therapist", "--band", "6")
    assert "Invented puppet leadership" in words
    assert "Leads a bench." in words


def test_a_competency_list_without_levels(run: Run, folder: Path) -> None:
    name = "invented-tea-competencies.csv"
    options = ("--levels", "none", "--specialism", "Invented tea person")
    framework = imported(run, "teas", str(SHAPES / name), *options)
    assert texts_of(framework) == Counter(row["Statement"] for row in rows_of(name))
    assert framework.scale.is_empty
    assert {(row.group, row.title) for row in framework.specialisms[0].rows} == {
        (row["Theme"], row["Competency"]) for row in rows_of(name)
    }
    words = document_text(run, "invented-tea-person", "--band", "2")
    assert "Carries a full tray without spilling." in words
    assert "Keeping" in words


def test_a_second_chapter_laid_out_as_the_source_of_the_shipped_one(run: Run, folder: Path) -> None:
    name = "invented-programme-manager.txt"
    framework = imported(run, "managers", str(SHAPES / name))
    lines = [line.split("\t") for line in (SHAPES / name).read_text(encoding="utf-8").split("\n")]
    tables = [cells for cells in lines if len(cells) > 1 and cells[0] not in ("Pathway", "AFC Band")]
    texts = [text for cells in tables for text in cells[1 if cells[0] == "Project Complexity" else 2 :] if text]
    narrative = next(cells[1] for cells in tables if cells[0] == "Typical Role Responsibilities")
    entries = [entry.strip() for text in texts for entry in text.split("•") if entry.strip()]
    # The complexity stands on both pages, and is said once.
    once = Counter(entries) - Counter({"Low": 1, "Moderate": 1, "High": 1}) + Counter([narrative])
    assert texts_of(framework) == once
    words = document_text(run, "invented-programme-manager", "--band", "8b")
    assert "Holds a budget." in words


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_any_of_them_is_written_in_the_long_form_and_read_again(kind: str, run: Run, folder: Path) -> None:
    framework = imported(run, "engines", str(SHAPES / "invented-engine-progression.md"), "--levels", "E1, E2, E3")
    result = run("framework", "export", "engines", "--output", f"long.{kind}")
    assert result.exit_code == 0, result.stderr
    assert "--levels 'E1, E2, E3'" in result.stderr + result.stdout
    again = imported(run, "again", f"long.{kind}", "--levels", "E1, E2, E3")
    assert texts_of(again) == texts_of(framework)
