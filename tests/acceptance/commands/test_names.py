"""Whatever is named to a command and is not there, or is of another kind, is told where it was named."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from jdgen.cli.main import main
from tests.toolbox import documents as making
from tests.toolbox.commands import POST, Run
from tests.toolbox.documents import edit_document
from tests.toolbox.posts import TEMPLATE, csv_file, row
from tests.toolbox.word import with_part

#: For each place of a name in a command, ``{}``: the command, and what an option is called in messages.
FILES: dict[str, tuple[str, ...]] = {
    "status": ("status", "{}"),
    "status --framework": ("status", "docs", "--framework", "{}"),
    "regenerate": ("regenerate", "{}", "--output", "new"),
    "regenerate --framework": ("regenerate", "docs", "--output", "new", "--framework", "{}"),
    "show": ("show", "{}"),
    "why": ("why", "{}", "Lead"),
    "generate --post": ("generate", "--post", "{}"),
    "batch": ("batch", "{}"),
    "framework check": ("framework", "check", "{}"),
    "framework diff": ("framework", "diff", "{}", "newer.yaml"),
    "framework diff, new": ("framework", "diff", "newer.yaml", "{}"),
    "framework carry-over": ("framework", "carry-over", "{}", "newer.yaml"),
    "framework carry-over, new": ("framework", "carry-over", "newer.yaml", "{}"),
    "framework carry-over --posts": ("framework", "carry-over", "nhs-pccf", "newer.yaml", "--posts", "{}"),
    "framework import": ("framework", "import", "{}", "--id", "a", "--version", "1", "--output", "o.yaml"),
}
TEMPLATES: dict[str, tuple[str, ...]] = {
    "status --template": ("status", "docs", "--template", "{}"),
    "regenerate --template": ("regenerate", "docs", "--output", "new", "--template", "{}"),
    "generate --template": ("generate", *POST, "--template", "{}"),
    "batch --template": ("batch", "posts.csv", "--template", "{}"),
    "template check": ("template", "check", "{}"),
    "template fields": ("template", "fields", "{}"),
}
#: Names that are not those of files: the option, or what stands in the usage for the argument.
NAMES: dict[str, tuple[str, ...]] = {
    "--framework": ("generate", *POST, "--framework", "{}"),
    "--framework ": ("batch", "posts.csv", "--framework", "{}"),
    "--framework  ": ("framework", "show", "pmo", "--framework", "{}"),
    "--framework   ": ("framework", "ladder", "pmo", "--framework", "{}"),
    "--clauses": ("generate", *POST, "--clauses", "{}"),
    "--clauses ": ("batch", "posts.csv", "--clauses", "{}"),
    "--specialism": ("generate", "--band", "7", "--title", "X", "--specialism", "{}"),
    "SPECIALISM": ("framework", "show", "{}"),
    "SPECIALISM ": ("framework", "ladder", "{}"),
    "SPECIALISM  ": ("framework", "criteria", "{}"),
    "--framework    ": ("framework", "criteria", "pmo", "--framework", "{}"),
    "--template": TEMPLATES["generate --template"],
    "--template ": TEMPLATES["status --template"],
    "--template  ": TEMPLATES["regenerate --template"],
    "--template   ": TEMPLATES["batch --template"],
    "FILE": TEMPLATES["template check"],
    "TEMPLATE": TEMPLATES["template fields"],
    "--from": ("template", "new", "t.docx", "--organisation", "X", "--from", "{}"),
}


@pytest.fixture
def mixed_folder(folder: Path) -> Path:
    """A folder with what is sound, and with what is not."""
    (folder / "docs").mkdir()
    (folder / "docs/jd.docx").write_bytes(making.example_document())
    (folder / "newer.yaml").write_text(making.newer_framework_text(), encoding="utf-8")
    csv_file(folder / "posts.csv", [row("PMO manager")])
    (folder / "bad/folder.docx").mkdir(parents=True)
    (folder / "bad/empty.docx").write_bytes(b"")
    (folder / "bad/old.doc").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    (folder / "bad/printed.pdf").write_bytes(b"%PDF-1.7\n")
    for kind in ("docm", "dotx"):
        (folder / f"bad/ours.{kind}").write_bytes(TEMPLATE.read_bytes())
    return folder


def with_name(command: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(name if part == "{}" else part for part in command)


@pytest.mark.parametrize("name", ["bad/nosuch", "bad/nosuch.docx", "bad/folder.docx", "bad/empty.docx", "bad/old.doc"])
@pytest.mark.parametrize("case", [*FILES, *TEMPLATES])
def test_a_file_that_is_not_there_or_of_another_kind_is_told_by_its_name(
    case: str, name: str, run: Run, mixed_folder: Path
) -> None:
    result = run(*with_name({**FILES, **TEMPLATES}[case], name))
    assert result.exit_code == 1
    assert Path(name).name in result.output
    assert "Traceback" not in result.output
    assert "up to date" not in result.stdout.replace("not brought up to date", "")


@pytest.mark.parametrize("name", ["bad/printed.pdf", "bad/ours.docm", "bad/ours.dotx"])
@pytest.mark.parametrize("case", [*TEMPLATES, "status", "regenerate"])
def test_what_is_no_docx_file_is_not_taken_for_one(case: str, name: str, run: Run, mixed_folder: Path) -> None:
    result = run(*with_name({**FILES, **TEMPLATES}[case], name))
    assert result.exit_code == 1
    assert name in result.output
    assert "is not a Word document" in result.output or "save it as .docx" in result.output


@pytest.mark.parametrize("case", NAMES)
def test_a_name_that_nothing_has_is_told_where_it_was_given(case: str, run: Run, mixed_folder: Path) -> None:
    result = run(*with_name(NAMES[case], "nosuch"))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"error: {case.strip()}: unknown "), result.stderr
    assert "'nosuch'" in result.stderr


@pytest.mark.parametrize("case", FILES)
def test_an_empty_name_is_not_this_folder(case: str, run: Run, mixed_folder: Path) -> None:
    result = run(*with_name(FILES[case], ""))
    assert result.exit_code == 2
    assert "is empty" in result.stderr


def test_a_sheet_of_what_is_no_workbook_is_told(run: Run, mixed_folder: Path) -> None:
    result = run("batch", "posts.csv", "--sheet", "Posts")
    assert result.exit_code == 1
    assert "posts.csv: has no sheet 'Posts', for it is no workbook" in result.stderr


@pytest.mark.parametrize("command", [("status", "docs"), ("regenerate", "docs", "--output", "new")])
def test_a_shipped_template_can_be_named(command: tuple[str, ...], run: Run, mixed_folder: Path) -> None:
    assert run(*command, "--template", "job-description").exit_code == 0
    result = run(*command, "--template", "person-specification")
    assert "template newer" in result.stdout or "made anew in another template" in result.stdout


def test_everything_that_is_named_wrongly_is_told_at_once(run: Run, mixed_folder: Path) -> None:
    result = run("status", "nosuch", "--framework", "none.yaml", "--template", "none.docx")
    assert [line.split(":")[1] for line in result.stderr.splitlines()] == [" nosuch", " none.yaml", " none.docx"]


def test_a_document_may_not_be_regenerated_over_itself_in_silence(run: Run, mixed_folder: Path) -> None:
    before = (mixed_folder / "docs/jd.docx").read_bytes()
    result = run("regenerate", "docs/jd.docx", "--framework", "newer.yaml", "--output", "docs")
    assert result.exit_code == 1
    assert "error: docs/jd.docx: is the document itself: " in result.stderr
    assert (mixed_folder / "docs/jd.docx").read_bytes() == before


@pytest.mark.parametrize("command", [("status", "empty"), ("regenerate", "empty", "--output", "new")])
def test_a_folder_without_a_document_is_told(command: tuple[str, ...], run: Run, mixed_folder: Path) -> None:
    (mixed_folder / "empty").mkdir()
    result = run(*command)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("error: empty: there is no Word document (.docx) in this folder: ")
    (mixed_folder / "empty/jd.pdf").write_bytes(b"%PDF")
    assert "in this folder, only 1 .pdf: " in run(*command).stderr
    beside = run(command[0], "empty", "docs", *command[2:])
    assert "there is no Word document" in beside.output
    assert "docs/jd.docx" in beside.stdout
    assert not (mixed_folder / "new/empty").exists()


@pytest.mark.parametrize("kind", [".docm", ".doc", ".odt", ".rtf"])
def test_documents_of_other_kinds_in_a_folder_are_told(kind: str, run: Run, mixed_folder: Path) -> None:
    (mixed_folder / f"docs/other{kind}").write_bytes(making.example_document())
    for command in (("status", "docs"), ("regenerate", "docs", "--output", "new")):
        result = run(*command)
        assert result.exit_code == 1
        assert f"docs/other{kind}: is a {kind} file: save it as .docx" in result.output


def test_a_document_that_show_refuses_is_not_up_to_date(run: Run, mixed_folder: Path) -> None:
    content = edit_document(
        making.example_document(), ("Establish the project processes", "Establish our project processes")
    )
    (mixed_folder / "docs/jd.docx").write_bytes(with_part(content, "word/styles.xml", b"<w:styles"))
    assert run("show", "docs/jd.docx").exit_code == 1
    result = run("status", "docs")
    assert result.exit_code == 1
    assert result.stdout.startswith("cannot be told")


NOBODY = 65534


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that anybody may look into, to work in: those of pytest are closed to others."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        monkeypatch.chdir(folder)
        yield folder
        for path in folder.rglob("*"):
            path.chmod(0o755)


def by_somebody(*arguments: str) -> tuple[int, str]:
    """The exit code of ``jdgen`` and all that it says, as a user to whom permissions mean something: root reads
    everything. A fork has loaded already what such a user may not read."""
    if sys.platform == "win32":
        pytest.skip("permissions are those of POSIX")
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        if os.geteuid() == 0:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        result = CliRunner().invoke(main, arguments)
        os.write(writing, result.output.encode())
        os._exit(result.exit_code)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as stream:
        output = stream.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), output


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are those of POSIX")
def test_folders_and_files_that_may_not_be_read_are_told(shared: Path) -> None:
    (shared / "docs/locked").mkdir(parents=True)
    for name in ("docs/jd.docx", "docs/mine.docx", "docs/locked/other.docx"):
        (shared / name).write_bytes(making.example_document())
    for command in (("status", "docs"), ("regenerate", "docs", "--output", "new")):
        assert CliRunner().invoke(main, command).exit_code == 0  # what they load is loaded now
    (shared / "docs/mine.docx").chmod(0)
    (shared / "docs/locked").chmod(0)
    (shared / "new").mkdir()
    (shared / "new").chmod(0o777)
    code, output = by_somebody("status", "docs")
    assert code == 1
    assert "docs/locked: this folder cannot be looked into (Permission denied)" in output
    assert "docs/mine.docx: cannot be read (Permission denied)" in output
    assert "up to date      docs/jd.docx" in output
    code, output = by_somebody("regenerate", "docs", "--output", "new")
    assert code == 1
    assert "error: docs/locked: this folder cannot be looked into (Permission denied)" in output
    code, output = by_somebody("status", "docs/locked/other.docx")
    assert code == 1
    assert "docs/locked/other.docx: cannot be looked at (Permission denied)" in output


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are those of POSIX")
def test_of_a_file_that_may_not_be_read_it_is_not_said_that_it_was_edited(shared: Path) -> None:
    csv_file(shared / "posts.csv", [row("One"), row("Two")])
    for _ in range(2):  # what the command loads is loaded then
        assert CliRunner().invoke(main, ("batch", "posts.csv")).exit_code == 0
    for path in (shared / "output", shared / "records", *(shared / "records").iterdir()):
        path.chmod(0o777)
    (shared / "output/Job description One band 7.docx").chmod(0)
    code, output = by_somebody("batch", "posts.csv")
    assert code == 0
    place = "output/Job description One band 7.docx"
    assert f"kept: {place}: cannot be looked at: it is not to be read, so that nobody knows what is in it" in output
    assert "1 unchanged" in output
    assert "edited" not in output.split("`jdgen regenerate`")[0]
