"""What only shows at a terminal: colours, and the answer to Ctrl-C at any moment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.toolbox.terminal import at_terminal

JDGEN = [sys.executable, "-m", "jdgen"]
ENVIRONMENT = {**{name: value for name, value in os.environ.items() if name != "NO_COLOR"}, "TERM": "xterm"}


def test_errors_are_in_colour(tmp_path: Path) -> None:
    with at_terminal([*JDGEN, "genrate"], tmp_path, ENVIRONMENT) as terminal:
        screen = terminal.rest()
    assert "\x1b[31m\x1b[1merror:\x1b[0m 'genrate' is no command" in screen
    assert terminal.code == 2


def test_colours_can_be_declined(tmp_path: Path) -> None:
    with at_terminal([*JDGEN, "genrate"], tmp_path, {**ENVIRONMENT, "NO_COLOR": "1"}) as terminal:
        screen = terminal.rest()
    assert "error: 'genrate' is no command" in screen
    assert "\x1b" not in screen


def test_what_a_file_says_cannot_colour_a_message(tmp_path: Path) -> None:
    with at_terminal([*JDGEN, "\x1b[31mred"], tmp_path, ENVIRONMENT) as terminal:
        screen = terminal.rest()
    assert "\x1b[31mred" not in screen
    assert "[31mred' is no command" in screen


def test_ctrl_c_at_a_question_is_answered_in_a_line(tmp_path: Path) -> None:
    with at_terminal([*JDGEN, "start", "new"], tmp_path, ENVIRONMENT) as terminal:
        terminal.shown_until("organisation: ")
        screen = terminal.rest(again="\x03", answer="stopped")
    # What was typed once more when all was said is shown by the terminal, not by jdgen.
    assert screen.removesuffix("^C").endswith("stopped: nothing was written\r\n")
    assert "Traceback" not in screen
    assert terminal.code == 1
    assert not (tmp_path / "new").exists()


BLOCKED = """
import sys

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupting())
sys.argv = ["jdgen", "framework", "list"]
from jdgen.__main__ import run
run()
"""


@pytest.mark.parametrize("module", ["click", "jdgen.cli.main", "jdgen.cli.framework.list", "yaml"])
def test_ctrl_c_while_jdgen_starts_is_answered_in_a_line(module: str, tmp_path: Path) -> None:
    code = BLOCKED.format(module=module)
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stderr.strip().startswith("error: interrupted")
    assert len(run.stderr.strip().splitlines()) == 1


def test_warnings_of_libraries_are_not_shown_unless_asked_for(tmp_path: Path) -> None:
    code = "import sys, warnings\nfrom jdgen.__main__ import run\nsys.argv = ['jdgen', '--version']\n"
    code += "try:\n    run()\nexcept SystemExit:\n    warnings.warn('for developers')\n"
    quiet, loud = (
        subprocess.run([sys.executable, *option, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
        for option in ([], ["-W", "default"])
    )
    assert quiet.stderr == ""
    assert "for developers" in loud.stderr
