"""The Tab key: commands, options and names are completed in bash and zsh, set up as the page on installing says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.toolbox.examples import ROOT
from tests.toolbox.terminal import at_terminal

# As docs/installing.md has it.
SETUP = 'eval "$(_JDGEN_COMPLETE={shell}_source jdgen)"'


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """What a shell of a person has, whose jdgen is this one."""
    installed = Path(sys.executable).parent
    return {**os.environ, "PATH": f"{installed}:{os.environ['PATH']}", "HOME": str(tmp_path), "PS1": "$ "}


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["gen"], ["generate"]),
        (["framework", "la"], ["ladder"]),
        (["generate", "--spec"], ["--specialism"]),
        (["generate", "--specialism", ""], ["pmo"]),
        (["generate", "--template", "pers"], ["person-specification"]),
        (["framework", "show", "--framework", "nhs"], ["nhs-pccf"]),
        (["nonsen"], []),
    ],
    ids=" ".join,
)
def test_bash_completes(typed: list[str], offered: list[str], environment: dict[str, str], tmp_path: Path) -> None:
    words = " ".join(f"'{word}'" for word in ["jdgen", *typed])
    lines = (
        SETUP.format(shell="bash"),
        "compopt() { :; }",  # bash has it only while it completes
        f"COMP_WORDS=({words}); COMP_CWORD={len(typed)}; _jdgen_completion jdgen",
        'printf "%s\\n" "${COMPREPLY[@]}"',
    )
    run = subprocess.run(
        ["bash", "--norc", "-c", "\n".join(lines)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stderr == ""
    assert run.stdout.split() == offered


def test_zsh_completes(environment: dict[str, str], tmp_path: Path) -> None:
    shell = at_terminal(["zsh", "-f", "-i"], tmp_path, {**environment, "TERM": "dumb"})
    with shell as terminal:
        terminal.type(f"autoload -U compinit; compinit -D -u; {SETUP.format(shell='zsh')}; echo rea'dy'\n")
        terminal.shown_until("ready")
        terminal.type("jdgen gener\t")
        assert "generate" in terminal.shown_until("generate")
        terminal.type("--specialism p\t")
        assert "pmo" in terminal.shown_until("pmo")


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_the_page_on_installing_says_how_to_set_it_up(shell: str) -> None:
    assert f"\n{SETUP.format(shell=shell)} " in ROOT.joinpath("docs/installing.md").read_text(encoding="utf-8")
