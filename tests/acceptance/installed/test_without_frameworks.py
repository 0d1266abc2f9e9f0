"""An installed jdgen without a framework: each command says what to import, and an import is enough."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from jdgen.cli.main import main
from tests.toolbox.examples import ROOT

#: What NOTICE says may be left out.
FRAMEWORKS = ("frameworks", "sources")
WHAT_BELONGS_TO_THEM = ("adaptations", "criteria", "doubts")
NO_FRAMEWORK = (
    "framework_data/frameworks: no framework is here: import one with: jdgen framework import FILE --id ID "
    "--version VERSION --output framework_data/frameworks/ID.yaml (`jdgen docs importing` says how)"
)
_RUN = """
import json, sys
from click.testing import CliRunner
from jdgen.cli.main import main
for name, arguments in json.load(sys.stdin).items():
    made = CliRunner().invoke(main, arguments, prog_name="jdgen")
    print(json.dumps([name, made.exit_code, made.stdout, made.stderr, repr(made.exception)]))
"""
#: How each command is called that needs a framework, and what it ends with.
NEEDS_ONE = {
    "start": (("start", "ours", "--organisation", "North Moorshire NHS Trust"), 1),
    "post new": (("post", "new", "new.yaml"), 1),
    "post check": (("post", "check", "post.yaml"), 1),
    "page": (("page", "page.html"), 1),
    "workbook": (("workbook", "posts.xlsx"), 1),
    "generate": (("generate", "--post", "post.yaml"), 1),
    "batch": (("batch", "posts.csv"), 1),
    "status": (("status", "documents"), 1),
    "release": (("release", "nhs-pccf", "nhs-pccf", "documents"), 1),
    "regenerate": (("regenerate", "documents", "--output", "redlines"), 1),
    "framework list": (("framework", "list"), 0),
    "framework show": (("framework", "show", "pmo"), 1),
    "framework ladder": (("framework", "ladder", "pmo"), 1),
    "framework export": (("framework", "export", "nhs-pccf", "--output", "rows.csv"), 1),
    "framework check": (("framework", "check"), 0),
    "framework criteria": (("framework", "criteria", "pmo"), 1),
    "framework diff": (("framework", "diff", "nhs-pccf", "nhs-pccf"), 1),
    "framework carry-over": (("framework", "carry-over", "nhs-pccf"), 1),
    "doctor": (("doctor",), 1),  # the posts cannot be drafted
}
#: How each other one is called, which does what it always does.
NEEDS_NONE = {
    "show": ("show", "documents/post.docx"),
    "why": ("why", "documents/post.docx", "You must act honestly"),
    "pdf": ("pdf", "--help"),
    "publish": ("publish", "--help"),
    "framework import": ("framework", "import", "--help"),
    "template new": ("template", "new", "ours.docx", "--organisation", "North Moorshire NHS Trust"),
    "template check": ("template", "check", "job-description"),
    "template fields": ("template", "fields"),
    "docs": ("docs",),
}


class Outcome(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    stdout: str
    stderr: str
    exception: str


class Stripped(NamedTuple):
    """An installed jdgen without a framework, and a folder to work in."""

    package: Path
    folder: Path

    def run_all(self, commands: Mapping[str, tuple[str, ...]]) -> dict[str, Outcome]:
        """``commands``, one after another, by the installed package."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("JDGEN")}
        ran = subprocess.run(
            [sys.executable, "-c", _RUN],
            cwd=self.folder,
            env={**environment, "PYTHONPATH": str(self.package), "PYTHONSAFEPATH": "1"},
            input=json.dumps(commands),
            capture_output=True,
            text=True,
            check=True,
        )
        return {name: Outcome(*outcome) for name, *outcome in map(json.loads, ran.stdout.splitlines())}


@pytest.fixture(scope="module")
def package(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, installed into a folder."""
    folder = tmp_path_factory.mktemp("package")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(folder)]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module", params=[(*FRAMEWORKS, *WHAT_BELONGS_TO_THEM), FRAMEWORKS], ids=["all", "alone"])
def stripped(request: pytest.FixtureRequest, package: Path, tmp_path_factory: pytest.TempPathFactory) -> Stripped:
    """It without a framework, and a folder with a post, a list of posts, and documents that jdgen once made."""
    folder = tmp_path_factory.mktemp("stripped")
    shutil.copytree(package, folder / "package")
    for name in request.param:
        shutil.rmtree(folder / "package/jdgen/shipped/framework_data" / name)
    (folder / "work/documents").mkdir(parents=True)
    for source, name in (
        ("examples/posts.csv", "posts.csv"),
        ("examples/posts/band-7-project-risk-specialist.yaml", "post.yaml"),
        ("tests/acceptance/kept/workspace/documents/band-7-project-risk-specialist.docx", "documents/post.docx"),
    ):
        shutil.copy(ROOT / source, folder / "work" / name)
    return Stripped(folder / "package", folder / "work")


@pytest.fixture(scope="module")
def outcomes(stripped: Stripped) -> dict[str, Outcome]:
    return stripped.run_all({**{name: arguments for name, (arguments, _) in NEEDS_ONE.items()}, **NEEDS_NONE})


def test_every_command_is_tried() -> None:
    groups = ("post", "framework", "template")
    context = click.Context(main)
    alone = [name for name in main.list_commands(context) if name not in groups]
    assert sorted(alone) == sorted(name for name in (*NEEDS_ONE, *NEEDS_NONE) if " " not in name)


@pytest.mark.parametrize("command", NEEDS_ONE)
def test_a_command_that_needs_a_framework_says_what_to_import(command: str, outcomes: dict[str, Outcome]) -> None:
    outcome = outcomes[command]
    assert (outcome.code, outcome.exception) == (NEEDS_ONE[command][1], "SystemExit(1)" if outcome.code else "None"), (
        outcome
    )
    output = outcome.stdout + outcome.stderr
    assert output.count(NO_FRAMEWORK) == 1, output
    assert "unknown" not in output


@pytest.mark.parametrize("command", NEEDS_NONE)
def test_a_command_that_needs_none_goes_on_as_before(command: str, outcomes: dict[str, Outcome]) -> None:
    outcome = outcomes[command]
    assert (outcome.code, outcome.exception) == (0, "None"), outcome
    assert "no framework" not in outcome.stdout + outcome.stderr


def test_doctor_says_in_a_line_that_there_is_none(outcomes: dict[str, Outcome]) -> None:
    line = next(line for line in outcomes["doctor"].stdout.splitlines() if line.startswith("framework"))
    assert line.startswith("framework  "), line
    assert "none: import one with: jdgen framework import FILE" in line


def test_files_that_go_with_a_framework_are_no_pages_where_they_are_not(stripped: Stripped) -> None:
    is_there = (stripped.package / "jdgen/shipped/framework_data/criteria").exists()
    outcomes = stripped.run_all(
        {name: ("docs", name) for name in ("criteria-file", "adaptations", "doubts", "prompts")}
    )
    assert {name: outcome.code for name, outcome in outcomes.items()} == {
        **dict.fromkeys(("criteria-file", "adaptations", "doubts"), 0 if is_there else 1),
        "prompts": 0,
    }
    assert "\nerror" not in "".join(outcome.stderr[1:] for outcome in outcomes.values())


def test_an_import_is_enough_to_make_documents(stripped: Stripped, tmp_path: Path) -> None:
    (tmp_path / "published.txt").write_bytes((ROOT / "framework_data/sources/nhs-pccf-pmo.txt").read_bytes())
    about = ("--id", "nhs-pccf", "--version", "2026", "--output", "framework_data/frameworks/nhs-pccf.yaml")
    post = ("--specialism", "pmo", "--band", "7", "--title", "PMO manager")
    outcomes = stripped._replace(folder=tmp_path).run_all(
        {
            "import": ("framework", "import", "published.txt", *about),
            "list": ("framework", "list"),
            "generate": ("generate", *post),
        }
    )
    assert {name: outcome.code for name, outcome in outcomes.items()} == dict.fromkeys(outcomes, 0), outcomes
    assert outcomes["list"].stdout.startswith("nhs-pccf: ")
    assert (tmp_path / outcomes["generate"].stdout.strip()).is_file()
