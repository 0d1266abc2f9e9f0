"""What may be installed with jdgen is told by a command that installs it beside this jdgen, and fetches no other."""

from __future__ import annotations

import shlex
import subprocess
import sys

import pytest

from jdgen.system.extras import EXTRAS, PDF, Extra, install_command


@pytest.mark.parametrize(
    ("python", "platform", "command"),
    [
        ("/opt/jdgen/bin/python", "linux", '/opt/jdgen/bin/python -m pip install "jdgen[pdf]"'),
        ("/Users/Jo Smith/jdgen/python", "darwin", "'/Users/Jo Smith/jdgen/python' -m pip install \"jdgen[pdf]\""),
        (r"C:\jdgen\python.exe", "win32", r'C:\jdgen\python.exe -m pip install "jdgen[pdf]"'),
        (r"C:\Jo Smith\python.exe", "win32", r'py -m pip --python "C:\Jo Smith\python.exe" install "jdgen[pdf]"'),
    ],
)
def test_the_command_names_the_python_that_jdgen_is_in(python: str, platform: str, command: str) -> None:
    assert install_command("jdgen[pdf]", python, platform) == command


def test_where_there_is_no_pip_uv_installs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pip", None)
    command = 'uv pip install --python /opt/python "jdgen[fast]"'
    assert install_command("jdgen[fast]", "/opt/python", "linux") == command


@pytest.mark.parametrize("extra", EXTRAS, ids=lambda extra: extra.name)
def test_it_takes_the_jdgen_that_is_there_and_asks_nobody_for_another(extra: Extra) -> None:
    words = [*shlex.split(extra.how_to_install), "--dry-run", "--no-index"]
    result = subprocess.run(words, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert f"Requirement already satisfied: jdgen[{extra.name}]" in result.stdout


def test_an_extra_is_here_when_all_of_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert PDF.is_here
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    assert not PDF.is_here
