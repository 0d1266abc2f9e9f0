"""The version of what is built: its tag's, else the written one."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from version import version_of_checkout, written_version

from tests.toolbox.examples import ROOT


def git(folder: Path, *arguments: str) -> None:
    command = ["git", "-c", "user.name=A tester", "-c", "user.email=tester@jdgen.example", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with one commit, and the file that says the written version."""
    (tmp_path / "jdgen").mkdir()
    shutil.copy(ROOT / "jdgen" / "__init__.py", tmp_path / "jdgen")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "Begin")
    return tmp_path


@pytest.mark.parametrize(("tag", "version"), [("v7.0", "7.0"), ("v7.1.2", "7.1.2"), ("v8.0.0rc1", "8.0.0rc1")])
def test_a_tag_on_the_commit_is_its_version(checkout: Path, tag: str, version: str) -> None:
    git(checkout, "tag", "looked-at")
    git(checkout, "tag", tag)
    assert version_of_checkout(checkout) == version


@pytest.mark.parametrize("tag", ["7.0", "v7", "very-good", "v7.0-draft"])
def test_what_is_no_version_is_none(checkout: Path, tag: str) -> None:
    git(checkout, "tag", tag)
    assert version_of_checkout(checkout) == written_version()


def test_a_commit_after_the_tag_has_the_written_version(checkout: Path) -> None:
    git(checkout, "tag", "v7.0")
    git(checkout, "commit", "--quiet", "--allow-empty", "--message", "Go on")
    assert version_of_checkout(checkout) == written_version()


def test_two_versions_are_refused(checkout: Path) -> None:
    git(checkout, "tag", "v7.0")
    git(checkout, "tag", "v7.1")
    with pytest.raises(ValueError, match=re.escape("several versions: 7.0, 7.1")):
        version_of_checkout(checkout)


def test_a_folder_in_another_checkout_has_the_written_version(checkout: Path) -> None:
    git(checkout, "tag", "v7.0")
    inside = checkout / "unpacked"
    shutil.copytree(checkout / "jdgen", inside / "jdgen")
    assert version_of_checkout(inside) == written_version()


def test_without_git_it_is_the_written_one(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(checkout, "tag", "v7.0")
    monkeypatch.setenv("PATH", "")
    assert version_of_checkout(checkout) == written_version()


def test_the_written_version_is_the_one_that_the_changelog_begins_with() -> None:
    first = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert first is not None
    assert first[1] == written_version()
