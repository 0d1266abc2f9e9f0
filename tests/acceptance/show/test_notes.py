"""``jdgen show --notes``: the review notes travel in the document, and those that are still open are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.acceptance.kept.running import WORKSPACE
from tests.toolbox.commands import Run
from tests.toolbox.examples import ROOT
from tests.toolbox.word import bytes_of, open_document

DOCUMENT = "jd.docx"
REASON = "Somebody is away until spring."


@pytest.fixture
def document(run: Run, folder: Path) -> Path:
    (folder / "post.yaml").write_text(
        "title: PMO manager\nspecialism: pmo\nband: '7'\n"
        f"duties:\n  omit:\n  - {{duty: pmo.leadership.7.1, reason: {REASON}}}\n"
    )
    assert run("generate", "--post", "post.yaml", "--output", DOCUMENT).exit_code == 0
    return folder / DOCUMENT


def test_all_are_told_by_rank_and_no_reason_about_people(run: Run, document: Path) -> None:
    result = run("generate", "--post", "post.yaml", "--dry-run", "--notes", "all")
    assert REASON in " ".join(result.stderr.split())
    result = run("show", DOCUMENT, "--notes")
    assert (result.exit_code, result.stderr) == (0, "")
    heads = [line for line in result.stdout.splitlines() if not line.startswith(" ")]
    assert [head.split(" ", 1)[1] for head in heads] == [
        "to decide",
        "to complete",
        "to know",
        "the post file, with your own words and reasons (see `jdgen docs",
    ]
    text = " ".join(result.stdout.split())
    assert REASON not in text
    assert "Leadership: The framework has this duty and the post does not." in text
    assert run("show", "--notes", DOCUMENT).stdout == result.stdout == run("show", "--notes=all", DOCUMENT).stdout


def test_fewer_can_be_asked_for(run: Run, document: Path) -> None:
    assert "to complete" not in run("show", DOCUMENT, "--notes", "decide").stdout
    assert "to complete: Role category, Reference, Employer," in run("show", DOCUMENT, "--notes", "short").stdout
    wrong = run("show", DOCUMENT, "--notes", "some")
    assert wrong.exit_code == 2
    assert "'some' is not one of 'all', 'short', 'decide'" in wrong.stderr


def test_as_json_each_has_its_rank_and_what_it_is_about(run: Run, document: Path) -> None:
    assert "notes" not in json.loads(run("show", DOCUMENT, "--json").stdout)
    notes = json.loads(run("show", DOCUMENT, "--notes", "--json").stdout)["notes"]
    assert {note["rank"] for note in notes} == {"decide", "complete", "know"}
    (base,) = (note for note in notes if note["subject"] == "base")
    assert (base["rank"], base["topic"], base["about"]) == ("complete", "to complete", "Base")
    assert set(base) == {"rank", "topic", "subject", "about", "text", "fields"}


def test_a_prompt_that_somebody_has_answered_is_open_no_more(run: Run, document: Path) -> None:
    opened_document = open_document(document.read_bytes())
    cells = [cell for table in opened_document.tables for row in table.rows for cell in row.cells]
    (base,) = (cell.paragraphs[0] for cell in cells if cell.text.startswith("[To complete: main place of work"))
    for run_of_text in base.runs:
        run_of_text.text = ""
    base.runs[0].text = "Moorgate Cross"
    document.write_bytes(bytes_of(opened_document))
    text = run("show", DOCUMENT, "--notes", "short").stdout
    assert "Department, Hours, Contract" in " ".join(text.split())


def test_a_reference_that_somebody_has_written_is_told_of_no_more(run: Run, document: Path) -> None:
    assert "1 answer that nobody can give yet" in " ".join(run("show", DOCUMENT, "--notes", "short").stdout.split())
    opened_document = open_document(document.read_bytes())
    cells = [cell for table in opened_document.tables for row in table.rows for cell in row.cells]
    (reference,) = (cell.paragraphs[0] for cell in cells if cell.text == "Not yet evaluated")
    reference.runs[0].text = "JE-42"
    document.write_bytes(bytes_of(opened_document))
    assert "nobody can give yet" not in " ".join(run("show", DOCUMENT, "--notes", "short").stdout.split())


def test_of_an_earlier_record_its_prompts_are_told(run: Run, folder: Path) -> None:
    (folder / DOCUMENT).write_bytes((WORKSPACE / "documents/band-7-project-risk-specialist.docx").read_bytes())
    result = run("show", DOCUMENT, "--notes")
    assert "an earlier version of jdgen made it" in result.stderr
    text = " ".join(result.stdout.split())
    assert "JE reference: Not given: job evaluation reference, once the panel has met." in text
    assert "Mental effort: how often: Not given: how often, such as every day" in text
    (folder / DOCUMENT).write_bytes((WORKSPACE / "documents/band-8a-programme-office-manager.docx").read_bytes())
    result = run("show", DOCUMENT, "--notes")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no review note is open" in result.stderr


def test_a_document_whose_specialism_is_unknown_here_has_its_notes_all_the_same(run: Run, document: Path) -> None:
    data = Path("framework_data/frameworks")
    data.mkdir(parents=True)
    shipped = (ROOT / data / "nhs-pccf.yaml").read_text(encoding="utf-8")
    (data / "nhs-pccf.yaml").write_text(shipped.replace("id: pmo\n", "id: pmx\n"), encoding="utf-8")
    result = run("show", DOCUMENT, "--notes", "decide")
    assert result.exit_code == 0, result.stderr
    assert "Business Case" in result.stdout
