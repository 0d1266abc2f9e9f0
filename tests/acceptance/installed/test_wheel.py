"""An installed jdgen works in an empty folder: what it needs is in the wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.toolbox.examples import ROOT, TEMPLATES
from tests.toolbox.word import opened


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    ignored = shutil.ignore_patterns(
        ".git", ".venv", "output", "__pycache__", "tests", ".*_cache", ".hypothesis", "build", "dist"
    )
    shutil.copytree(ROOT, source, ignore=ignored)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment that holds this wheel, and borrows the libraries that it depends on."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = folder / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    purelib = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    # A path file, unlike PYTHONPATH, comes after the environment's own packages and reads no other path file,
    # so that the checkout, which is installed by such a file, is not found.
    (Path(purelib) / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    return folder / "bin" / "jdgen"


def run(command: Path, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "JDGEN"))}
    return subprocess.run(
        [str(command), *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_wheel_holds_templates_data_and_schemas_and_no_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    data = {path.relative_to(ROOT).as_posix() for path in (ROOT / "framework_data").rglob("*") if path.is_file()} | {
        f"templates/{template}.docx" for template in (*TEMPLATES, "pieces/fields")
    }
    assert {f"jdgen/shipped/{name}" for name in data} <= names
    assert any(name.endswith(".schema.json") for name in data)
    assert {name.split("/")[0] for name in names} == {"jdgen", next(n for n in names if "dist-info" in n).split("/")[0]}


def test_the_installed_command_is_that_of_the_wheel(installed: Path, tmp_path: Path) -> None:
    code = "import jdgen; print(jdgen.__file__)"
    python = installed.with_name("python")
    found = run(python, "-c", code, folder=tmp_path).stdout
    assert found.startswith(str(installed.parent.parent)), found


def test_the_pages_and_examples_that_docs_lists_are_in_the_wheel(installed: Path, tmp_path: Path) -> None:
    listed = run(installed, "docs", folder=tmp_path)
    assert listed.returncode == 0, listed.stderr
    shown = run(installed, "docs", "spreadsheet", folder=tmp_path)
    assert shown.stdout == (ROOT / "docs/spreadsheet.md").read_text(encoding="utf-8")
    code = "from jdgen.app.pages import pages; print([page.name for page in pages() if not page.text])"
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
