"""``jdgen`` itself: help that is quick, a version, and no command that does not exist."""

from __future__ import annotations

import subprocess
import sys

import pytest

from jdgen import __version__
from tests.toolbox.commands import Process, Run

SLOW = ("yaml", "docxtpl", "docx", "jinja2", "lxml", "rich", "jsonschema_rs")


def imported(*arguments: str) -> set[str]:
    code = (
        "import sys\nfrom jdgen.cli.main import main\n"
        f"try:\n    main({list(arguments)!r})\nexcept SystemExit as end:\n    assert end.code == 0, end.code\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in run.stderr.split()}


def test_help_imports_nothing_that_is_slow() -> None:
    modules = imported("--help")
    assert "click" in modules
    assert modules.isdisjoint(SLOW)


@pytest.mark.parametrize(
    ("arguments", "needless"),
    [
        (("generate", "--help"), ("docxtpl", "docx", "jinja2", "lxml", "rich")),
        (("framework", "list"), ("docxtpl", "docx", "jinja2", "lxml", "rich")),
        (("template", "fields"), ("docxtpl", "docx", "jinja2", "lxml", "rich")),
    ],
)
def test_a_command_imports_only_what_it_needs(arguments: tuple[str, ...], needless: tuple[str, ...]) -> None:
    assert imported(*arguments).isdisjoint(needless)


def test_what_is_said_to_be_slow_is_imported_where_it_is_needed() -> None:
    assert {"rich", "yaml", "jsonschema_rs"} <= imported("framework", "ladder", "pmo")


def test_help_names_each_command(run: Run) -> None:
    made = run("--help")
    assert made.exit_code == 0
    assert "  generate" in made.stdout
    assert "  framework" in made.stdout
    assert run("-h").stdout == made.stdout


@pytest.mark.parametrize(
    "command",
    [
        *[("generate",), ("framework",), ("template",), ("template", "fields"), ("template", "new")],
        *(("framework", name) for name in ("list", "show", "ladder", "check")),
    ],
)
def test_each_command_has_help(command: tuple[str, ...], run: Run) -> None:
    made = run(*command, "--help")
    assert made.exit_code == 0
    assert made.stdout.startswith(f"Usage: jdgen {' '.join(command)}")


def test_the_version_is_told(process: Process) -> None:
    made = process("--version")
    assert (made.returncode, made.stdout) == (0, f"jdgen, version {__version__}\n")


@pytest.mark.parametrize("arguments", [("nonsense",), ("framework", "nonsense"), ("--nonsense",)])
def test_what_is_no_command_exits_with_2(arguments: tuple[str, ...], process: Process) -> None:
    made = process(*arguments)
    assert (made.returncode, made.stdout) == (2, "")
    assert "Usage: " in made.stderr
    assert "Traceback" not in made.stderr
