"""``jdgen template fields`` and ``new``: what they say, to a person and to a pipe, and what they refuse."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from jdgen.template.catalogue import catalogue
from tests.toolbox.commands import Run
from tests.toolbox.word import open_document, png, word_file

NEW = ("template", "new", "our-jd.docx", "--organisation", "North Moorshire NHS Trust")


def test_piped_fields_are_one_a_line_with_tabs(run: Run) -> None:
    heading, *rows = run("template", "fields").stdout.splitlines()
    assert heading.split("\t") == ["field", "type", "may be empty", "meaning", "example"]
    assert [row.split("\t")[0] for row in rows] == [field.path for field in catalogue()]
    assert {len(row.split("\t")) for row in rows} == {5}
    assert "title\ttext\tno\tThe job title, without the band\tProgramme office manager" in rows


def test_a_terminal_gets_a_table_that_fits_100_columns_and_breaks_no_name(folder: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("pseudo-terminals are Unix's")
    reader, writer = os.openpty()
    # Read while it writes: a terminal holds a few thousand characters only.
    with subprocess.Popen([sys.executable, "-m", "jdgen", "template", "fields"], stdout=writer, cwd=folder) as process:
        os.close(writer)
        screen = _read_all(reader).decode()
    os.close(reader)
    assert process.returncode == 0
    assert "\t" not in screen
    table = re.sub("\x1b\\[[0-9;]*m", "", screen)
    assert max(map(len, table.splitlines())) <= 100
    for field in catalogue():
        assert f" {field.name} " in table, field.path
        assert all(word in table for word in field.meaning.split())
    assert "duty_headings[].duties[]" in table


def _read_all(reader: int) -> bytes:
    content = b""
    while True:
        try:
            piece = os.read(reader, 4_096)
        except OSError:  # Linux says so when the other end is closed
            return content
        if not piece:
            return content
        content += piece


def test_all_fields_as_json(run: Run) -> None:
    fields = json.loads(run("template", "fields", "--json").stdout)
    assert [field["path"] for field in fields] == [field.path for field in catalogue()]
    assert next(field for field in fields if field["path"] == "clauses") == {
        "path": "clauses",
        "type": "list",
        "holds": ["id", "title", "text", "locked", "is_compact"],
        "may_be_empty": True,
        "meaning": "General statements that the organisation sets for every post",
        "example": "Confidentiality",
    }


def test_all_fields_as_a_word_document(run: Run, folder: Path) -> None:
    result = run("template", "fields", "--docx", "fields.docx")
    assert (result.exit_code, result.stdout) == (0, "fields.docx\n")
    assert open_document((folder / "fields.docx").read_bytes()).tables
    again = run("template", "fields", "--docx", "fields.docx")
    assert again.exit_code == 1
    assert "exists already" in again.stderr
    assert run("template", "fields", "--docx", "fields.docx", "--overwrite").exit_code == 0
    result = run("generate", "--specialism", "pmo", "--band", "7", "--title", "x", "--template", "./fields.docx")
    assert result.exit_code == 1
    assert "is the list of fields, not a template" in result.stderr
    assert not (folder / "output").exists()


def test_the_word_document_is_of_all_fields(run: Run) -> None:
    result = run("template", "fields", "role-profile", "--docx", "x.docx")
    assert result.exit_code == 2
    assert "leave the template out" in result.stderr


def test_the_fields_of_one_template(run: Run, folder: Path) -> None:
    body = ("{%p for heading in duty_headings %}", "{{ heading.title }}", "{%p endfor %}", "{{ title }}")
    (folder / "own.docx").write_bytes(word_file(*body, header=["{{ title }}"]))
    lines = run("template", "fields", "own.docx").stdout.splitlines()
    assert lines[:6] == [
        "own.docx: sound, 3 fields",
        "  title                  text       text, header",
        "  duty_headings          list       text",
        "  duty_headings[].title  text       text",
        "repeats",
        "  for each of duty_headings (text)",
    ]
    assert lines[6].startswith("does not use band, band_statement")
    assert lines[7:] == ["fast path, filled from a compiled template made once"]


def test_the_fields_of_one_template_as_json(run: Run) -> None:
    output = json.loads(run("template", "fields", "job-description", "--json").stdout)
    assert output["path"] == "fast"
    assert output["slow_for_picture"] is False
    assert {"over": "duty_headings[].duties", "depth": 2, "place": "text"} in output["repeats"]
    title = next(field for field in output["fields"] if field["path"] == "title")
    assert title["places"] == ["text", "header"]
    assert title["meaning"] == "The job title, without the band"
    assert "qualifications" in output["unused"]


def test_a_template_with_a_fault_is_refused(run: Run, folder: Path) -> None:
    (folder / "own.docx").write_bytes(word_file("{{ titel }}"))
    result = run("template", "fields", "own.docx")
    assert result.exit_code == 1
    assert "did you mean 'title'?" in result.stderr


def test_a_tag_that_changes_columns_needs_no_way_of_its_own(run: Run, folder: Path) -> None:
    row = ["{%tc for one in values %}", "{{ one.text }}", "{%tc endfor %}"]
    (folder / "own.docx").write_bytes(word_file("x", table=[row]))
    assert "fast path, filled from a compiled template made once" in run("template", "fields", "own.docx").stdout


def test_a_new_template_makes_a_document(run: Run, folder: Path) -> None:
    (folder / "logo.png").write_bytes(png(400, 100))
    result = run(
        *NEW, "--colour", "#7C2855", "--picture", "logo.png", "--alt-text", "Our trust", "--without", "agreement"
    )
    assert (result.exit_code, result.stdout) == (0, "our-jd.docx\n")
    assert result.stderr == "next: change it in Word, then: jdgen template check our-jd.docx\n"
    options = ("--specialism", "pmo", "--band", "7", "--title", "PMO manager", "--output", "jd.docx")
    assert run("generate", *options, "--template", "./our-jd.docx").exit_code == 0
    document = open_document((folder / "jd.docx").read_bytes())
    assert "North Moorshire NHS Trust" in [paragraph.text for paragraph in document.sections[0].header.paragraphs]
    assert len(document.inline_shapes) == 1


def test_a_template_is_never_replaced_unasked(run: Run, folder: Path) -> None:
    assert run(*NEW).exit_code == 0
    before = (folder / "our-jd.docx").read_bytes()
    again = run(*NEW, "--colour", "#7C2855")
    assert again.exit_code == 1
    assert again.stderr.startswith("error: our-jd.docx: exists already: use --overwrite")
    assert (folder / "our-jd.docx").read_bytes() == before
    assert run(*NEW, "--colour", "#7C2855", "--overwrite").exit_code == 0
    assert (folder / "our-jd.docx").read_bytes() != before


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("--colour", "#41B6E6"), "--colour: text in '#41B6E6' has a contrast of 1.9 to 1"),
        (("--without", "valeus"), "--without: unknown section 'valeus': did you mean 'values'?"),
        (("--from", "rol-profile"), "--from: unknown template 'rol-profile': did you mean 'role-profile'?"),
        (("--picture", "no.png"), "--picture: the picture cannot be read"),
    ],
)
def test_choices_that_cannot_be_met_write_nothing(
    arguments: tuple[str, str], problem: str, run: Run, folder: Path
) -> None:
    result = run(*NEW, *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"error: {problem}")
    assert list(folder.iterdir()) == []


def test_the_file_must_be_named_as_a_word_document(run: Run) -> None:
    result = run("template", "new", "our-jd", "--organisation", "X")
    assert result.stderr == "error: our-jd: is no name for a Word document: write our-jd.docx\n"


def test_the_organisation_must_be_named(run: Run) -> None:
    assert run("template", "new", "our-jd.docx").exit_code == 2
