"""``--annotate``: a copy with the review notes as Word comments at their places, which passes for no document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.toolbox.commands import DOCUMENT, POST, Run
from tests.toolbox.libreoffice import LibreOffice
from tests.toolbox.word import bytes_of, comments, open_document, parts_of, word_file

COPY = DOCUMENT.with_name(f"{DOCUMENT.stem} (annotated).docx")
REASON = "Somebody is away until spring."


def starting(texts_by_paragraph: dict[str, list[str]], text: str) -> list[str]:
    (texts,) = (lines for paragraph, lines in texts_by_paragraph.items() if paragraph.startswith(text))
    return texts


@pytest.fixture
def document(run: Run, folder: Path) -> Path:
    result = run("generate", *POST, "--annotate", "--notes", "none")
    assert (result.exit_code, result.stdout) == (0, f"{DOCUMENT}\n")
    assert result.stderr.startswith(f"see {COPY}\nnext: ")
    return folder / DOCUMENT


def test_every_note_stands_at_the_paragraph_that_it_is_about(run: Run, folder: Path, document: Path) -> None:
    texts_by_paragraph = comments((folder / COPY).read_bytes())
    notes = json.loads(run("generate", *POST, "--dry-run", "--json").stdout)["notes"]
    assert sum(map(len, texts_by_paragraph.values())) == len(notes)
    assert starting(texts_by_paragraph, "[To complete: main place of work")[0].startswith(
        "To complete: Base. Not given: main place"
    )
    assert starting(texts_by_paragraph, "[To complete: kind of role")[0].startswith(
        "To complete: Role category. Not given: kind of role"
    )
    assert starting(texts_by_paragraph, "7, subject to")[0].startswith("To know: Band. Band 7 is what you chose")
    (first, *_) = starting(texts_by_paragraph, "Support the Project Manager in the development of Business Case")
    assert first.startswith("To decide: Business Case. The framework's table can be read in more than one way")
    # A change stands at the sentence that it has changed, not at the first of its statement.
    assert "Provides direction" in starting(texts_by_paragraph, "Provide direction and guidance")[0]
    route = starting(texts_by_paragraph, "Experience of managing a PMO team")
    assert any(line.startswith("To know: Entry route. ") for line in route)


def test_the_document_is_as_without_a_copy(run: Run, folder: Path, document: Path) -> None:
    before = document.read_bytes()
    assert "word/comments.xml" not in parts_of(before)
    document.unlink()
    run("generate", *POST)
    assert document.read_bytes() == before
    assert [paragraph.text for paragraph in open_document((folder / COPY).read_bytes()).paragraphs] == [
        paragraph.text for paragraph in open_document(before).paragraphs
    ]


def test_what_has_no_place_goes_to_the_first_paragraph(run: Run, folder: Path) -> None:
    (folder / "ours.docx").write_bytes(word_file("Our form", "{{ title }}"))
    assert run("generate", *POST, "--template", "ours.docx", "--output", "jd.docx", "--annotate").exit_code == 0
    texts_by_paragraph = comments((folder / "jd (annotated).docx").read_bytes())
    assert [line for line in starting(texts_by_paragraph, "Our form") if line.startswith("To know: Band. ")]


def test_no_reason_about_people_is_in_it(run: Run, folder: Path) -> None:
    (folder / "post.yaml").write_text(
        "title: PMO manager\nspecialism: pmo\nband: '7'\n"
        f"duties:\n  omit:\n  - {{duty: pmo.leadership.7.1, reason: {REASON}}}\n"
    )
    assert run("generate", "--post", "post.yaml", "--annotate").exit_code == 0
    parts = parts_of((folder / COPY).read_bytes())
    assert b"the post does not" in parts["word/comments.xml"]
    assert not [name for name, content in parts.items() if REASON.encode() in content]


def test_nothing_is_written_where_either_is_there(run: Run, folder: Path, document: Path) -> None:
    before = (folder / COPY).read_bytes()
    document.unlink()
    result = run("generate", *POST, "--annotate")
    assert result.exit_code == 1
    assert f"error: {COPY}: exists already: use --overwrite" in result.stderr
    assert not document.exists()
    planned = run("generate", *POST, "--annotate", "--dry-run")
    assert planned.stdout.splitlines()[0] == f"would write {DOCUMENT}"
    assert planned.stdout.splitlines()[1].startswith(f"would not write {COPY}: exists already")
    assert run("generate", *POST, "--annotate", "--overwrite").exit_code == 0
    assert (folder / COPY).read_bytes() == before
    (folder / COPY).write_bytes(before + b"somebody's")
    assert run("generate", *POST, "--annotate", "--overwrite").exit_code == 1
    assert (folder / COPY).read_bytes() == before + b"somebody's"


def test_as_json_the_copy_is_named(run: Run) -> None:
    assert json.loads(run("generate", *POST, "--annotate", "--json").stdout)["annotated"] == str(COPY)


def test_a_copy_of_a_document_that_is_there_has_the_notes_that_are_open(run: Run, folder: Path) -> None:
    run("generate", *POST, "--output", "jd.docx")
    document = open_document((folder / "jd.docx").read_bytes())
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    (base,) = (cell.paragraphs[0] for cell in cells if cell.text.startswith("[To complete: main place of work"))
    for part in base.runs:
        part.text = ""
    base.runs[0].text = "Moorgate Cross"
    (folder / "jd.docx").write_bytes(before := bytes_of(document))
    result = run("show", "jd.docx", "--annotate", "copy.docx")
    assert (result.exit_code, result.stdout) == (0, "copy.docx\n")
    lines = [line for texts in comments((folder / "copy.docx").read_bytes()).values() for line in texts]
    assert not [line for line in lines if line.startswith("To complete: Base.")]
    assert [line for line in lines if line.startswith("To complete: Hours.")]
    assert (folder / "jd.docx").read_bytes() == before
    run("show", "jd.docx", "--annotate", "few.docx", "--notes", "decide")
    lines = [line for texts in comments((folder / "few.docx").read_bytes()).values() for line in texts]
    (line,) = lines
    assert line.startswith("To decide: Business Case. ")


@pytest.mark.parametrize(
    ("copy", "problem"),
    [
        ("jd.docx", "jd.docx: exists already: name another file"),
        ("other.docx", "other.docx: exists already: name another file"),
        ("copy", "copy: is no name for a Word document: write copy.docx"),
    ],
)
def test_a_copy_replaces_no_file(copy: str, problem: str, run: Run, folder: Path) -> None:
    run("generate", *POST, "--output", "jd.docx")
    (folder / "other.docx").write_bytes(b"somebody's")
    before = {path.name: path.read_bytes() for path in folder.glob("*.docx")}
    result = run("show", "jd.docx", "--annotate", copy)
    assert result.exit_code == 1
    assert f"error: {problem}" in result.stderr
    assert {path.name: path.read_bytes() for path in folder.glob("*.docx")} == before


def test_a_copy_is_not_taken_for_the_document(run: Run, folder: Path, document: Path) -> None:
    result = run("status", "output")
    assert result.exit_code == 0
    assert f"annotated copy  {COPY}\n" in result.stdout
    assert "2 documents: 1 up to date, 1 annotated copy" in result.stdout
    renewed = run("regenerate", "output", "--out", "new")
    assert renewed.exit_code == 0, renewed.stderr
    assert renewed.stdout == f"{DOCUMENT}: up to date\n"
    assert f"warning: {COPY}: is an annotated copy of jd-" in renewed.stderr
    assert run("show", str(COPY)).stdout.startswith(f"{COPY}: saved again by another program")


def test_who_has_gone_on_in_the_copy_may_have_it_brought_up_to_date(run: Run, folder: Path, document: Path) -> None:
    run("template", "new", "job-description.docx", "--organisation", "Ours")
    copy = open_document((folder / COPY).read_bytes())
    copy.add_paragraph("A line of somebody's.")
    (folder / COPY).write_bytes(bytes_of(copy))
    (folder / "templates").mkdir()
    (folder / "job-description.docx").rename(folder / "templates/job-description.docx")
    renewed = run("regenerate", str(COPY), "--out", "new")
    assert renewed.exit_code == 0, renewed.stderr
    brought_up = folder / "new" / COPY.name
    assert brought_up.exists(), renewed.stdout
    # What was made of it is a document again.
    assert "annotated copy" not in run("status", "new").stdout


def test_a_word_processor_keeps_comments_and_mark(
    run: Run, folder: Path, document: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (again,) = LibreOffice(tmp_path_factory.mktemp("office")).all_saved([(folder / COPY).read_bytes()])
    assert sum(map(len, comments(again).values())) == sum(map(len, comments((folder / COPY).read_bytes()).values()))
    (folder / COPY).write_bytes(again)
    assert "1 annotated copy" in run("status", "output").stdout
