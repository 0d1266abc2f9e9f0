"""``jdgen template check``: findings for people and for programs, exit codes, the copy with comments."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.toolbox.commands import POST, Process, Run
from tests.toolbox.examples import ROOT
from tests.toolbox.markup import paragraph, table, word_template
from tests.toolbox.word import open_document, word_file

POSTS = str(ROOT / "examples/posts.csv")


@pytest.fixture
def faulty(folder: Path) -> Path:
    path = folder / "our jd.docx"
    path.write_bytes(word_file("{{ title }}", "{{ bnd }}", "«Base»"))
    return path


def test_the_tags_that_the_page_has_for_duties_make_a_form_a_template(run: Run, folder: Path) -> None:
    page = (ROOT / "docs/own-template.md").read_text(encoding="utf-8")
    lines = page.partition("```text\n")[2].partition("```")[0].splitlines()
    (folder / "our-form.docx").write_bytes(word_file("{{ title }}, band {{ band_statement }}", *lines))
    assert run("template", "check", "our-form.docx").exit_code == 0
    assert run("generate", *POST, "--template", "./our-form.docx", "--output", "own.docx").exit_code == 0
    texts = [each.text for each in open_document((folder / "own.docx").read_bytes()).paragraphs]
    assert texts[:2] == ["PMO manager, band 7, subject to job evaluation", "Leadership"]
    assert "Build strong networks both internally and externally." not in texts  # which is of band 8a
    assert len(texts) > 20


@pytest.fixture
def warned(folder: Path) -> Path:
    path = folder / "warned.docx"
    path.write_bytes(word_file("{{ title }} «Base»"))
    return path


def test_findings_are_told_with_place_and_remedy(faulty: Path, run: Run) -> None:
    result = run("template", "check", faulty.name)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0].startswith("our jd.docx: 1 error, 1 warning, ")
    at = lines.index("  error [unknown-field] '{{ bnd }}' (paragraph 2)")
    assert lines[at + 1].startswith("    no field 'bnd': did you mean 'band'?")
    assert result.stderr == ""


def test_a_table_with_a_paragraph_outside_its_rows_is_told_by_the_cell_around_it(folder: Path, run: Run) -> None:
    inner = table(("x",)).replace("<w:tr>", f"{paragraph('{{ titel }}')}<w:tr>", 1)
    body = paragraph("{{ title }} {{ band }}") + table((inner + paragraph(""),))
    (folder / "odd.docx").write_bytes(word_template(body))
    result = run("template", "check", "odd.docx")
    assert result.exit_code == 1
    assert "  error [unknown-field] '{{ titel }}' (table 1, row 1, column 1, paragraph 2)" in result.stdout.splitlines()


def test_shipped_templates_are_sound_by_name(run: Run) -> None:
    result = run("template", "check", "job-description", "person-specification", "role-profile")
    assert result.exit_code == 0
    assert [line.rpartition(": ")[2] for line in result.stdout.splitlines()] == ["sound"] * 3


FORM = word_file("Job description", "{# a remark #}", table=[["JOB TITLE:", ""], ["Pay band", ""], ["Base", ""]])


@pytest.mark.parametrize(
    "command", [("template", "check"), ("generate", *POST, "--template"), ("batch", POSTS, "--template")]
)
def test_a_form_without_a_tag_is_refused_with_how_to_begin(command: tuple[str, ...], folder: Path, run: Run) -> None:
    (folder / "form.docx").write_bytes(FORM)
    result = run(*command, "form.docx")
    output = result.stdout + result.stderr
    assert result.exit_code == 1
    assert "every document would be the same blank form" in output
    assert "{{ title }} beside 'JOB TITLE:', {{ band }} beside 'Pay band', {{ base }} beside 'Base'" in output
    assert "jdgen template fields --docx fields.docx" in output
    assert "jdgen template new" in output
    assert not list(folder.rglob("output/**/*.docx"))


def test_a_document_that_was_made_is_told_apart_from_a_form(folder: Path, run: Run) -> None:
    assert run("generate", *POST, "--output", "made.docx").exit_code == 0
    result = run("generate", *POST, "--template", "made.docx", "--output", "second.docx")
    assert (result.exit_code, (folder / "second.docx").exists()) == (1, False)
    assert "made.docx: is a document that jdgen made, not a template: name the template" in result.stderr


def test_warnings_count_when_asked_for(warned: Path, run: Run) -> None:
    assert run("template", "check", warned.name).exit_code == 0
    assert run("template", "check", warned.name, "--strict").exit_code == 1


def test_json_has_every_finding(faulty: Path, run: Run) -> None:
    result = run("template", "check", faulty.name, "job-description", "--json")
    first, second = json.loads(result.stdout)
    assert (first["template"], first["errors"], first["warnings"]) == ("our jd.docx", 1, 1)
    (error,) = (each for each in first["findings"] if each["severity"] == "error")
    assert (error["code"], error["part"], error["paragraph"], error["quoted"]) == (
        "unknown-field",
        "word/document.xml",
        2,
        "{{ bnd }}",
    )
    assert second["findings"] == []
    assert result.exit_code == 1


def test_a_copy_with_comments_is_written_and_never_over_another_file(faulty: Path, run: Run) -> None:
    result = run("template", "check", faulty.name, "--annotate", "copy.docx")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (1, "copy.docx")
    copy = Path("copy.docx").read_bytes()
    assert "no field 'bnd'" in " ".join(comment.text for comment in open_document(copy).comments)
    Path("copy.docx").write_bytes(b"mine")
    again = run("template", "check", faulty.name, "--annotate", "copy.docx")
    assert (again.exit_code, Path("copy.docx").read_bytes()) == (1, b"mine")
    assert "error: copy.docx: " in again.stderr
    overwritten = ("template", "check", faulty.name, "--annotate", "copy.docx", "--overwrite")
    assert "copy.docx: exists already" in run(*overwritten).stderr
    assert Path("copy.docx").read_bytes() == b"mine"
    assert run(*overwritten, "--discard-edits").exit_code == 1
    assert Path("copy.docx").read_bytes() == copy


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        ((), 2, "Missing argument"),
        (("job-description", "role-profile", "--annotate", "x.docx"), 2, "name one FILE"),
        (("job-description", "--annotate", "x.pdf"), 1, "x.pdf: is no name for a Word document: write x.pdf.docx"),
        (("nobody.docx", "nothing"), 1, "nobody.docx: there is no such template file"),
        (("nobody.docx", "nothing"), 1, "unknown template 'nothing'"),
    ],
)
def test_wrong_use_is_told(arguments: tuple[str, ...], code: int, problem: str, run: Run) -> None:
    result = run("template", "check", *arguments)
    assert result.exit_code == code
    assert problem in result.stderr


def test_a_file_that_is_no_document_is_a_finding(folder: Path, run: Run) -> None:
    (folder / "x.docx").write_bytes(b"no zip")
    result = run("template", "check", "x.docx")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[1] == "  error [unfit-file] the whole file"


def test_no_post_is_needed_and_no_traceback_comes(faulty: Path, process: Process) -> None:
    result = process("template", "check", faulty.name)
    assert result.returncode == 1
    assert "Traceback" not in result.stdout + result.stderr


@pytest.mark.parametrize("command", [("generate", *POST), ("batch", POSTS, "--output", "out")])
def test_a_refused_template_is_told_with_the_command_that_explains(
    command: tuple[str, ...], faulty: Path, run: Run
) -> None:
    result = run(*command, "--template", faulty.name)
    assert result.exit_code == 1
    lines = result.stderr.strip().splitlines()
    assert any(line.startswith("error: our jd.docx, '{{ bnd }}' (paragraph 2): no field 'bnd'") for line in lines)
    assert lines[-1] == "see every finding with its place: jdgen template check 'our jd.docx'"
    assert not list(Path().rglob("out*/*.docx"))
