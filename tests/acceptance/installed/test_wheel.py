"""An installed jdgen works in an empty folder: what it needs is in the wheel."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.installed.conftest import VERSION, run
from tests.toolbox.examples import ROOT, TEMPLATES
from tests.toolbox.word import open_document


def test_the_installed_command_is_that_of_the_wheel(installed: Path, tmp_path: Path) -> None:
    code = "import jdgen; print(jdgen.__file__)"
    python = installed.with_name("python")
    stdout = run(python, "-c", code, folder=tmp_path).stdout
    assert stdout.startswith(str(installed.parent.parent)), stdout


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
    result = run(installed, "docs", folder=tmp_path)
    assert result.returncode == 0, result.stderr
    page = run(installed, "docs", "spreadsheet", folder=tmp_path)
    assert page.stdout == (ROOT / "docs/spreadsheet.md").read_text(encoding="utf-8")
    code = "from jdgen.app.documentation import pages; print([page.name for page in pages() if not page.text])"
    assert run(installed.with_name("python"), "-c", code, folder=tmp_path).stdout == "[]\n"
    here = subprocess.run([sys.executable, "-m", "jdgen", "docs"], capture_output=True, text=True, check=True)
    assert result.stdout == here.stdout


def test_what_is_shipped_is_copied_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    copied = run(installed, "docs", "--copy", "ours", folder=tmp_path)
    assert copied.returncode == 0, copied.stderr
    (tmp_path / "ours/jdgen.toml").touch()
    result = run(installed, "framework", "check", folder=tmp_path / "ours")
    assert result.returncode == 0, result.stderr
    assert {f"{name}.docx" for name in TEMPLATES} <= {path.name for path in (tmp_path / "ours/templates").iterdir()}


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_installed_command_makes_a_document_in_an_empty_folder(
    template: str, installed: Path, tmp_path: Path
) -> None:
    post = ("--specialism", "pmo", "--band", "7", "--title", "PMO manager", "--template", template)
    result = run(installed, "generate", *post, folder=tmp_path)
    assert result.returncode == 0, result.stderr
    path = tmp_path / result.stdout.strip()
    assert "PMO manager" in [paragraph.text for paragraph in open_document(path.read_bytes()).paragraphs]


def test_the_installed_command_checks_what_is_shipped(installed: Path, tmp_path: Path) -> None:
    result = run(installed, "framework", "check", folder=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "every text held against its source" in result.stdout


def test_the_installed_command_begins_a_workspace_and_makes_its_example(installed: Path, tmp_path: Path) -> None:
    options = ("--organisation", "North Moorshire NHS Trust", "--nation", "Wales", "--no-input")
    result = run(installed, "start", *options, folder=tmp_path)
    assert result.returncode == 0, result.stderr
    result = run(installed, "generate", "--post", "posts/example.yaml", folder=tmp_path)
    assert result.returncode == 0, result.stderr
    result = run(installed, "doctor", folder=tmp_path)
    assert result.returncode == 0, result.stderr


def test_the_page_for_managers_is_made_of_what_is_in_the_wheel(installed: Path, tmp_path: Path) -> None:
    result = run(installed, "page", "job-descriptions.html", folder=tmp_path)
    assert result.returncode == 0, result.stderr
    assert 8_000_000 < (tmp_path / "job-descriptions.html").stat().st_size <= 11_000_000
