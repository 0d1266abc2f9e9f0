"""An installed jdgen works in an empty folder: what it needs is in the wheel."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.installed.conftest import VERSION, run
from tests.toolbox.examples import ROOT, TEMPLATES
from tests.toolbox.word import opened


def test_the_installed_command_is_that_of_the_wheel(installed: Path, tmp_path: Path) -> None:
    code = "import jdgen; print(jdgen.__file__)"
    python = installed.with_name("python")
    found = run(python, "-c", code, folder=tmp_path).stdout
    assert found.startswith(str(installed.parent.parent)), found


def test_the_installed_command_says_the_version_of_the_tag(installed: Path, tmp_path: Path) -> None:
    assert run(installed, "--version", folder=tmp_path).stdout == f"jdgen, version {VERSION}\n"
    assert run(installed, "doctor", folder=tmp_path).stdout.startswith(f"jdgen       {VERSION} ")


def test_the_page_names_the_version_that_the_command_line_does(installed: Path, tmp_path: Path) -> None:
    code = (
        "import io, zipfile; from jdgen.page.building import python_archive;"
        "print(zipfile.ZipFile(io.BytesIO(python_archive())).read('jdgen/_version.py').decode())"
    )
    assert f'"{VERSION}"' in run(installed.with_name("python"), "-c", code, folder=tmp_path).stdout


def test_the_pages_and_examples_that_docs_lists_are_in_the_wheel(installed: Path, tmp_path: Path) -> None:
    listed = run(installed, "docs", folder=tmp_path)
    assert listed.returncode == 0, listed.stderr
    shown = run(installed, "docs", "spreadsheet", folder=tmp_path)
    assert shown.stdout == (ROOT / "docs/spreadsheet.md").read_text(encoding="utf-8")
    code = "from jdgen.app.documentation import pages; print([page.name for page in pages() if not page.text])"
    assert run(installed.with_name("python"), "-c", code, folder=tmp_path).stdout == "[]\n"
    here = subprocess.run([sys.executable, "-m", "jdgen", "docs"], capture_output=True, text=True, check=True)
    assert listed.stdout == here.stdout


def test_what_is_shipped_is_copied_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    copied = run(installed, "docs", "--copy", "ours", folder=tmp_path)
    assert copied.returncode == 0, copied.stderr
    (tmp_path / "ours/jdgen.toml").touch()
    checked = run(installed, "framework", "check", folder=tmp_path / "ours")
    assert checked.returncode == 0, checked.stderr
    assert {f"{name}.docx" for name in TEMPLATES} <= {path.name for path in (tmp_path / "ours/templates").iterdir()}


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_installed_command_makes_a_document_in_an_empty_folder(
    template: str, installed: Path, tmp_path: Path
) -> None:
    post = ("--specialism", "pmo", "--band", "7", "--title", "PMO manager", "--template", template)
    made = run(installed, "generate", *post, folder=tmp_path)
    assert made.returncode == 0, made.stderr
    path = tmp_path / made.stdout.strip()
    assert "PMO manager" in [paragraph.text for paragraph in opened(path.read_bytes()).paragraphs]


def test_the_installed_command_checks_what_is_shipped(installed: Path, tmp_path: Path) -> None:
    made = run(installed, "framework", "check", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    assert "every text held against its source" in made.stdout


def test_the_installed_command_begins_a_workspace_and_makes_its_example(installed: Path, tmp_path: Path) -> None:
    given = ("--organisation", "North Moorshire NHS Trust", "--nation", "Wales", "--no-input")
    begun = run(installed, "start", *given, folder=tmp_path)
    assert begun.returncode == 0, begun.stderr
    made = run(installed, "generate", "--post", "posts/example.yaml", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    looked = run(installed, "doctor", folder=tmp_path)
    assert looked.returncode == 0, looked.stderr


def test_the_page_for_managers_is_made_of_what_is_in_the_wheel(installed: Path, tmp_path: Path) -> None:
    made = run(installed, "page", "job-descriptions.html", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    assert 8_000_000 < (tmp_path / "job-descriptions.html").stat().st_size <= 11_000_000
