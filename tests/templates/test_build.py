"""The shipped Word files are what their script makes, on any machine and any day."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.toolbox.examples import ROOT, TEMPLATES
from tests.toolbox.word import body_replaced


def script(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(folder / "build_templates.py"), *arguments],
        env={**os.environ, **environment},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "templates", tmp_path / "templates", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "templates"


def template_paths(folder: Path) -> list[Path]:
    """What the script makes."""
    return sorted((*folder.glob("*.docx"), folder / "pieces/fields.docx"))


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in template_paths(folder)}


def test_the_shipped_templates_are_what_the_script_makes() -> None:
    run = script(ROOT / "templates", "--check")
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_edited_in_word_is_found(template: str, copied: Path) -> None:
    path = copied / f"{template}.docx"
    words = {"role-profile": "Role", "job-description-numbered": "Job identification"}.get(template, "Job details")
    path.write_bytes(body_replaced(path.read_bytes(), words, "Edited"))
    run = script(copied, "--check")
    assert run.returncode == 1
    assert run.stderr == f"{path} is not what build_templates.py makes: run it again\n"


def test_a_missing_template_is_found(copied: Path) -> None:
    (copied / "role-profile.docx").unlink()
    run = script(copied, "--check")
    assert run.returncode == 1
    assert "role-profile.docx" in run.stderr
    assert not (copied / "role-profile.docx").exists()


def test_two_builds_on_different_machines_are_equal(copied: Path) -> None:
    digests_of_builds = []
    for seed, zone in (("1", "UTC"), ("4711", "Pacific/Auckland")):
        for path in template_paths(copied):
            path.unlink()
        assert script(copied, PYTHONHASHSEED=seed, TZ=zone).returncode == 0
        digests_of_builds.append(digests(copied))
    assert digests_of_builds[0] == digests_of_builds[1] == digests(ROOT / "templates")
    assert len(digests_of_builds[0]) == len(TEMPLATES) + 1
