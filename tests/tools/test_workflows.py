"""What is written for a public host, where it was never run, names what there is; editors are told what holds."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.toolbox.examples import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TARGETS = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
#: An action by its commit, and the version that it has.
PINNED = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40}")


def steps(workflow: Path) -> Iterator[dict[str, Any]]:
    for job in yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"].values():
        yield from job["steps"]


def strangers(line: str) -> list[str]:
    """What of a line that a workflow runs there is not: targets, and files of this project."""
    words = line.split()
    if words[0] == "make":
        return [word for word in words[1:] if word not in TARGETS]
    paths = [word.partition("=")[2] or word for word in words[1:] if "/" in word and not word.startswith("dist/")]
    return [path for path in paths if not (ROOT / path).exists()]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_each_line_that_is_run_names_what_there_is(workflow: Path) -> None:
    lines = [line for step in steps(workflow) for line in step.get("run", "").splitlines()]
    assert len(lines) > 5
    assert [stranger for line in lines for stranger in strangers(line)] == []


@pytest.mark.parametrize(
    "line", ["make everything", "make lint tset", "bash .ci/walk", "pytest --ignore=tests/akceptance"]
)
def test_what_there_is_not_is_seen(line: str) -> None:
    assert strangers(line)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_each_action_is_pinned_by_its_commit_and_says_its_version(workflow: Path) -> None:
    actions = re.findall(r"uses: (.+)", workflow.read_text(encoding="utf-8"))
    assert len(actions) == sum("uses" in step for step in steps(workflow)) > 0
    assert [each for each in actions if not re.fullmatch(PINNED.pattern + r" # v[\d.]+", each)] == []


def test_every_python_is_tried_on_three_systems() -> None:
    pythons = [each.rpartition(" ")[2] for each in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", each)]
    jobs = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))["jobs"]
    assert jobs["everything"]["strategy"]["matrix"]["python"] == pythons
    matrix = jobs["systems"]["strategy"]["matrix"]
    assert matrix["python"] == pythons
    assert sorted(each.partition("-")[0] for each in matrix["system"]) == ["macos", "windows"]
    assert jobs["everything"]["runs-on"].startswith("ubuntu-")


@pytest.mark.parametrize("path", [".github/workflows/ci.yml", "CONTRIBUTING.md"])
def test_that_it_was_never_run_is_said(path: str) -> None:
    assert "never run" in (ROOT / path).read_text(encoding="utf-8").casefold()


def test_what_runs_before_a_commit_is_what_lint_runs() -> None:
    (local,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    lint = (ROOT / "Makefile").read_text(encoding="utf-8").replace("$(RUN)/", ".venv/bin/")
    assert local["repo"] == "local"
    for hook in local["hooks"]:
        assert hook["entry"].partition(" --")[0] in lint, hook["id"]


# What .editorconfig tells editors.

EDITORS = (ROOT / ".editorconfig").read_text(encoding="utf-8")
#: What it says nothing of: texts of publishers, and what tests hold.
LEFT_AS_IT_IS = ("framework_data/sources/*", "tests/data/*", "tests/acceptance/golden/*", "tests/acceptance/kept/*")
_BINARY = (".docx", ".xlsx", ".sqlite3", ".png", ".pdf", ".zip", ".emf")


def written_files() -> list[str]:
    stdout = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [
        name
        for name in stdout.splitlines()
        if not name.endswith(_BINARY) and not any(fnmatch(name, each) for each in LEFT_AS_IT_IS)
    ]


def test_what_editors_are_told_holds() -> None:
    folders = re.search(r"^\[\{(.+)\}/\*\*\]$", EDITORS, re.MULTILINE)
    assert folders is not None
    assert [f"{folder}/*" for folder in folders[1].split(",")] == list(LEFT_AS_IT_IS)
    files = {name: (ROOT / name).read_bytes() for name in written_files()}
    assert len(files) > 700
    assert [name for name, content in files.items() if b"\r\n" in content] == []
    assert [name for name, content in files.items() if content and not content.endswith(b"\n")] == []
    spaced = re.compile(rb"[ \t]$", re.MULTILINE)
    assert [name for name, content in files.items() if spaced.search(content) and not name.endswith(".md")] == []
    tabbed = re.compile(rb"^\t", re.MULTILINE)
    assert [name for name, content in files.items() if tabbed.search(content) and name != "Makefile"] == []
