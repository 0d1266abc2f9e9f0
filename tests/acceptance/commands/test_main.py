"""``jdgen`` itself: help that is quick, a version, and no command that does not exist."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from jdgen import __version__
from jdgen.cli.main import main
from tests.toolbox.commands import Process, Run

SLOW = ("yaml", "docxtpl", "docx", "jinja2", "lxml", "rich", "jsonschema_rs")


def imported(*arguments: str) -> set[str]:
    code = (
        "import sys\nfrom jdgen.cli.main import main\n"
        f"try:\n    main({list(arguments)!r})\nexcept SystemExit as end:\n    assert end.code == 0, end.code\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stderr.split())


def test_help_imports_nothing_that_is_slow() -> None:
    modules = imported("--help")
    assert "click" in modules
    assert modules.isdisjoint(SLOW)
    own_modules = {name for name in modules if name.split(".")[0] == "jdgen"}
    needed = {"jdgen", "jdgen.cli", "jdgen.cli.main", "jdgen.cli.terminal", "jdgen.harmless"}
    assert own_modules - {"jdgen._version"} == needed, "each of the others costs the start of every command"


@pytest.mark.parametrize(
    ("arguments", "needless"),
    [
        (("generate", "--help"), ("docxtpl", "docx", "jinja2", "lxml", "rich", "difflib", "tempfile")),
        (("framework", "list"), ("docxtpl", "docx", "jinja2", "lxml", "rich")),
        (("template", "fields"), ("docxtpl", "docx", "jinja2", "lxml", "rich")),
        (("framework", "diff", "--help"), ("docxtpl", "docx", "jinja2", "lxml", "openpyxl", "markdown_it", "rich")),
        (("release", "--help"), ("docxtpl", "jinja2", "openpyxl", "markdown_it", "rich")),
    ],
)
def test_a_command_imports_only_what_it_needs(arguments: tuple[str, ...], needless: tuple[str, ...]) -> None:
    assert imported(*arguments).isdisjoint(needless)


def test_what_is_said_to_be_slow_is_imported_where_it_is_needed() -> None:
    assert {"rich", "yaml", "jsonschema_rs"} <= imported("framework", "ladder", "pmo")


def test_help_names_each_command(run: Run) -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert "  generate" in result.stdout
    assert "  framework" in result.stdout
    assert run("-h").stdout == result.stdout


@pytest.mark.parametrize(
    "command",
    [
        *[("generate",), ("framework",), ("template",), ("template", "fields"), ("template", "new")],
        *(("framework", name) for name in ("list", "show", "ladder", "check")),
    ],
)
def test_each_command_has_help(command: tuple[str, ...], run: Run) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: jdgen {' '.join(command)}")


def test_the_version_is_told(process: Process) -> None:
    result = process("--version")
    assert (result.returncode, result.stdout) == (0, f"jdgen, version {__version__}\n")


@pytest.mark.parametrize("arguments", [("nonsense",), ("framework", "nonsense"), ("--nonsense",)])
def test_what_is_no_command_exits_with_2(arguments: tuple[str, ...], process: Process) -> None:
    result = process(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert "Usage: " in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "command"), [(("genrate",), "generate"), (("framework", "lst"), "list"), (("Batch",), "batch")]
)
def test_what_is_nearly_a_command_is_told_which(arguments: tuple[str, ...], command: str, process: Process) -> None:
    result = process(*arguments)
    assert result.returncode == 2
    assert f"error: '{arguments[-1]}' is no command: did you mean '{command}'?" in result.stderr


def test_help_lists_every_command_once_under_what_it_is_for(run: Run) -> None:
    stdout = run("--help").stdout
    assert [line for line in stdout.splitlines() if line.endswith(":") and not line.startswith(" ")] == [
        *(
            "Options:",
            "Begin:",
            "Make documents:",
            "Look after documents:",
            "Hand over documents:",
            "Frameworks and templates:",
            "Help:",
        ),
    ]
    for command in (
        "start",
        "generate",
        "batch",
        "workbook",
        "status",
        "regenerate",
        "show",
        "why",
        "framework",
        "docs",
    ):
        assert stdout.count(f"\n  {command} ") == 1


def leaves(group: click.Group, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from leaves(command, (*above, name))
        else:
            yield (*above, name)


@pytest.mark.parametrize("command", [*leaves(main)], ids=" ".join)
def test_each_command_shows_how_people_call_it(command: tuple[str, ...], run: Run) -> None:
    stdout = run(*command, "--help").stdout
    examples = [line.strip() for line in stdout.partition("\n  Examples:\n")[2].splitlines() if line.strip()]
    assert examples
    assert all(
        line.startswith(f"jdgen {' '.join(command)} ") or line == f"jdgen {' '.join(command)}" for line in examples
    )


@pytest.mark.parametrize("command", [*leaves(main)], ids=" ".join)
def test_examples_in_help_name_options_that_there_are(command: tuple[str, ...], run: Run) -> None:
    help_text, _, examples_text = run(*command, "--help").stdout.partition("\n  Examples:\n")
    assert {word for word in examples_text.split() if word.startswith("--")} <= set(help_text.replace(",", " ").split())


def test_what_is_written_to_is_called_output_everywhere(run: Run) -> None:
    for command in leaves(main):
        stdout = run(*command, "--help").stdout
        assert "--out " not in stdout
        if "--output" in stdout:
            assert "-o, --output" in stdout


def test_the_former_name_of_an_option_is_still_read(run: Run) -> None:
    result = run("generate", "--specialism", "pmo", "--band", "7", "--title", "X", "--out", "elsewhere", "--dry-run")
    assert result.stdout.startswith("would write elsewhere")
