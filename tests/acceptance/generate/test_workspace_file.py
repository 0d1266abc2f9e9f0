"""``jdgen.toml``: what an organisation says once, found from any folder inside, and what wins over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.toolbox.commands import Run
from tests.toolbox.word import open_document, png

WORKSPACE_FILE = """\
[post]
employer = "Said once NHS Trust"
specialism = "pmo"
base = "Said once house"

[documents]
template = "role-profile"
output = "made"
filename = "{title}"
"""
LEAST = ("--band", "7", "--title", "PMO manager")


def texts(path: Path) -> str:
    document = open_document(path.read_bytes())
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


@pytest.fixture
def inner(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder deep inside a workspace, in which commands are run."""
    (folder / "jdgen.toml").write_text(WORKSPACE_FILE, encoding="utf-8")
    path = folder / "posts/2026"
    path.mkdir(parents=True)
    monkeypatch.chdir(path)
    return path


def test_what_is_said_once_is_in_every_document(run: Run, folder: Path, inner: Path) -> None:
    run("generate", *LEAST)
    path = folder / "made/PMO manager.docx"
    assert "Role profile" in texts(path)
    run("generate", *LEAST, "--template", "job-description", "--filename", "JD")
    path = folder / "made/JD.docx"
    assert "Said once NHS Trust" in texts(path)
    assert (folder / "records/records.sqlite3").is_file()
    assert list(inner.iterdir()) == []


def test_options_win_over_the_post_file_and_that_over_the_workspace(run: Run, folder: Path, inner: Path) -> None:
    (inner / "post.yaml").write_text("title: Lead\nband: 7\nbase: File house\nemployer: File trust\n", encoding="utf-8")
    run("generate", "--post", "post.yaml", "--employer", "Option trust", "--template", "job-description")
    paragraphs = texts(folder / "made/Lead.docx")
    assert "Option trust" in paragraphs
    assert "File house" in paragraphs
    assert "Said once" not in paragraphs


def test_options_name_folders_from_where_they_are_typed(run: Run, inner: Path) -> None:
    run("generate", *LEAST, "--output", "here")
    assert (inner / "here/PMO manager.docx").is_file()


def test_a_batch_takes_it_for_what_rows_lack(run: Run, folder: Path, inner: Path) -> None:
    (inner / "posts.csv").write_text("Job title,Band,Base\nOne,7,Row house\nTwo,8a,\n", encoding="utf-8")
    run("batch", "posts.csv", "--template", "job-description")
    first, second = texts(folder / "made/One.docx"), texts(folder / "made/Two.docx")
    assert "Row house" in first
    assert "Said once house" in second
    assert "Said once NHS Trust" in first


def test_a_picture_is_found_from_the_file_that_names_it(run: Run, folder: Path, inner: Path) -> None:
    (folder / "ours.png").write_bytes(png(40, 20))
    with (folder / "jdgen.toml").open("a", encoding="utf-8") as file:
        file.write("\n[post.picture]\nfile = 'ours.png'\ndescription = 'Our name'\n")
    (inner / "post.yaml").write_text("title: Lead\nband: 7\n", encoding="utf-8")
    run("generate", "--post", "post.yaml", "--template", "job-description")
    assert open_document((folder / "made/Lead.docx").read_bytes()).inline_shapes


def test_a_fault_in_it_stops_the_command_with_its_line_and_no_help(run: Run, folder: Path, inner: Path) -> None:
    (folder / "jdgen.toml").write_text("[post]\nbase = [5]\n[documents]\noutput = 'a'\n", encoding="utf-8")
    result = run("generate", *LEAST)
    assert result.exit_code == 1
    assert "error: jdgen.toml:2: base is a list, where text is meant" in result.stderr
    (folder / "jdgen.toml").write_text("[pst]\n", encoding="utf-8")
    assert "jdgen.toml:1: unknown key 'pst': did you mean 'post'?" in run("generate", *LEAST).stderr
    assert "Usage:" in run("generate", "--help").stdout
    assert list(inner.iterdir()) == []


def test_a_folder_outside_is_told(run: Run, folder: Path, inner: Path) -> None:
    (folder / "jdgen.toml").write_text("[post]\nspecialism = 'pmo'\n[documents]\noutput = '../out'\n", encoding="utf-8")
    result = run("generate", *LEAST)
    assert "warning: jdgen.toml:4: output '../out' is outside the workspace: it is " in result.stderr
    assert inner.is_dir()
