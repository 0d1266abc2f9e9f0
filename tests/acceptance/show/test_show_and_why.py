"""``jdgen show`` and ``jdgen why``: a document tells what it was made from, wherever it has gone."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest

from tests.toolbox.commands import POST, Run
from tests.toolbox.word import bytes_of, open_document, word_file


@pytest.fixture
def document(run: Run, folder: Path) -> Path:
    """A document, moved and renamed since it was made."""
    assert run("generate", *POST).exit_code == 0
    (path,) = (folder / "output").glob("*.docx")
    return path.rename(folder / "moved.docx")


def test_show_tells_post_framework_and_template(run: Run, document: Path) -> None:
    result = run("show", "moved.docx")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("moved.docx: as jdgen wrote it\n")
    for expected in ("nhs-pccf, transcribed", "job-description.docx", "  specialism: pmo\n", "printed from data"):
        assert expected in result.stdout


def test_show_names_what_somebody_changed(run: Run, document: Path) -> None:
    opened_document = open_document(document.read_bytes())
    paragraph = next(paragraph for paragraph in opened_document.paragraphs if paragraph.text.startswith("Lead "))
    was = paragraph.text
    for run_of_text in paragraph.runs:
        run_of_text.text = ""
    paragraph.runs[0].text = "Leads by example."
    document.write_bytes(bytes_of(opened_document))
    result = run("show", "moved.docx")
    assert result.stdout.startswith("moved.docx: edited\n")
    assert was[:60] in result.stdout.split("changed since, or taken out")[1]
    assert "somebody's who edited the document" in run("why", "moved.docx", "Leads by example").stdout


def test_show_as_json_holds_every_printed_paragraph(run: Run, document: Path) -> None:
    output = json.loads(run("show", "moved.docx", "--json").stdout)
    assert output["record"]["post"]["specialism"] == "pmo"
    assert {"id", "text", "giver"} == set(output["record"]["blocks"][0])


def test_why_names_the_place_in_the_framework(run: Run, document: Path) -> None:
    record = json.loads(run("show", "moved.docx", "--json").stdout)["record"]
    text = next(block["text"] for block in record["blocks"] if block["id"].startswith("pmo.leadership."))
    result = run("why", "moved.docx", text[:25].upper())
    assert result.exit_code == 0
    assert "heading 'Leadership', band 7" in result.stdout
    assert "source line " in result.stdout
    (origin, *_) = json.loads(run("why", "moved.docx", text, "--json").stdout)
    assert (origin["giver"], origin["heading"], origin["adapted"]) == ("framework", "Leadership", False)


def test_what_is_no_document_of_jdgen_s_is_told_in_a_line(run: Run, folder: Path, document: Path) -> None:
    (folder / "other.docx").write_bytes(word_file("Text"))
    for command, problem in (
        (("show", "other.docx"), "has no record of what it was made from"),
        (("show", "none.docx"), "cannot be read"),
        (("why", "moved.docx", "words that are nowhere"), "no text of it holds"),
        (("why", "moved.docx", " "), "is empty"),
    ):
        result = run(*command)
        assert result.exit_code == 1, result.stderr
        assert problem in result.stderr


def test_why_shows_the_publisher_s_words_and_the_reasons(run: Run, folder: Path) -> None:
    post = ("--specialism", "pmo", "--band", "8a", "--title", "PMO manager", "--output", "jd.docx")
    assert run("generate", *post).exit_code == 0
    stdout = run("why", "jd.docx", "Develop and agree budgets").stdout
    assert "its wording is adapted [pmo.budget.8a-8b.1]\n  the publisher's words: “Developing and agreeing" in stdout
    assert '"Developing and agreeing" reads "Develop and agree" here: ' in stdout
    (as_json,) = json.loads(run("why", "jd.docx", "Develop and agree budgets", "--json").stdout)
    assert as_json["published"].startswith("Developing and agreeing")
    assert as_json["adapted"]
    assert run("generate", *post, "--template", "role-profile", "--overwrite").exit_code == 0
    assert "“Moderate”\n  comes from the framework [complexity]" in run("why", "jd.docx", "Moderate").stdout


def test_why_knows_two_texts_in_one_paragraph(run: Run, document: Path) -> None:
    opened_document = open_document(document.read_bytes())
    first, other = [
        each for each in opened_document.paragraphs if each.style.name.startswith("Duty") and len(each.text) > 40
    ][:2]
    texts = (first.text, other.text)
    first.add_run(f" {other.text}")
    other._p.getparent().remove(other._p)
    document.write_bytes(bytes_of(opened_document))
    stdout = run("why", "moved.docx", texts[1][:30]).stdout
    assert all(f"“{text}”\n  comes from nhs-pccf" in stdout for text in texts)
    assert f"Somebody has joined these texts in one paragraph:\n“{' '.join(texts)}”" in stdout


def test_a_text_that_is_printed_twice_is_known_to_be_edited_in_one_place(run: Run, document: Path) -> None:
    opened_document = docx.Document(str(document))
    (title,) = [
        paragraph for paragraph in opened_document.paragraphs if paragraph.style and paragraph.style.name == "Title"
    ]
    title.runs[0].text = f"Senior {title.text}"
    for run_of_words in title.runs[1:]:
        run_of_words.text = ""
    opened_document.save(str(document))
    assert run("show", str(document)).stdout.startswith(f"{document}: edited\n")
    stdout = run("status", str(document), "--details").stdout
    assert stdout.startswith("edited since  ")
    assert "edited in Word: Job title\n" in stdout
