"""A template in one organisation's name, and a post whose employer is another: a note says that they differ."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.toolbox.commands import POST, Run
from tests.toolbox.word import open_document, parts_of


@pytest.fixture
def template(run: Run, folder: Path) -> Path:
    assert run("template", "new", "own.docx", "--organisation", "North & South NHS Trust").exit_code == 0
    return folder / "own.docx"


def notes(run: Run, *options: str) -> list[str]:
    result = run("generate", *POST, "--template", "./own.docx", "--json", "--overwrite", *options)
    assert result.exit_code == 0, result.stderr
    return [note["text"] for note in json.loads(result.stdout)["notes"] if note["topic"] == "template"]


def test_an_employer_that_is_not_the_templates_organisation_is_told(run: Run, template: Path) -> None:
    assert notes(run, "--employer", "East NHS Trust") == [
        "The template prints its own organisation, 'North & South NHS Trust'. The post's employer is 'East NHS Trust'. "
        "Take the template of that organisation, or put {{ employer }} in its place."
    ]


@pytest.mark.parametrize("employer", [(), ("--employer", "North and South  NHS trust")])
def test_the_same_organisation_and_none_are_not(run: Run, template: Path, employer: tuple[str, ...]) -> None:
    assert notes(run, *employer) == []


def test_each_row_of_a_batch_is_told_of_its_own_employer(run: Run, folder: Path, template: Path) -> None:
    (folder / "posts.csv").write_text(
        "Job title,Specialism,Band,Employer\nA,PMO,7,North & South NHS Trust\nB,PMO,7,East NHS Trust\n"
    )
    result = run("batch", "posts.csv", "--template", "./own.docx", "--template", "job-description", "--json")
    rows = [
        (line["title"], line["template"], any(note["subject"] == "employer" for note in line["notes"]))
        for line in map(json.loads, result.stdout.splitlines()[:-1])
    ]
    assert rows == [
        ("A", "own", False),
        ("A", "job-description", False),
        ("B", "own", True),
        ("B", "job-description", False),
    ]


def test_a_name_that_was_taken_out_of_the_text_is_not_held_against_a_post(run: Run, template: Path) -> None:
    document = open_document(template.read_bytes())
    for section in document.sections:
        for header in (section.first_page_header, section.header):
            for paragraph in header.paragraphs:
                paragraph.text = paragraph.text.replace("North & South NHS Trust", "{{ employer }}")
    for row in document.tables[0].rows:
        for cell in row.cells:
            if "North & South" in cell.text:
                cell.paragraphs[0].text = "{{ employer }}"
    document.save(str(template))
    assert "North &amp; South" not in parts_of(template.read_bytes())["word/document.xml"].decode()
    assert notes(run, "--employer", "East NHS Trust") == []


def test_the_mark_survives_a_save_by_another_program(run: Run, template: Path) -> None:
    document = open_document(template.read_bytes())
    document.add_paragraph("One more paragraph.")
    document.save(str(template))
    assert len(notes(run, "--employer", "East NHS Trust")) == 1


def test_a_document_of_such_a_template_opens_and_keeps_its_record(run: Run, folder: Path, template: Path) -> None:
    notes(run, "--employer", "East NHS Trust")
    (document,) = (folder / "output").glob("*.docx")
    assert run("show", str(document)).exit_code == 0
    assert "JDOrganisation" in parts_of(document.read_bytes())["docProps/custom.xml"].decode()
