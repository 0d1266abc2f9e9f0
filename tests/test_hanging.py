"""What hangs is ended and told, with all that it has started: nobody waits for ever, in CI least of all."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.toolbox import processes
from tests.toolbox.examples import ROOT

#: Starts another program, which holds its output open, and waits for that, as LibreOffice's own script does.
STARTER = """
import subprocess, sys
print("it has begun", flush=True)
subprocess.run([sys.executable, "-c", "import time; time.sleep(600)"])
"""


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(processes, "HANGS", 2)
    return 60


def test_a_program_that_hangs_is_ended_with_what_it_has_started(tmp_path: Path, seconds: int) -> None:
    began = time.monotonic()
    with pytest.raises(subprocess.TimeoutExpired):
        processes.run_to_end(sys.executable, "-c", STARTER, folder=tmp_path)
    assert time.monotonic() - began < seconds


def test_so_is_one_that_a_failing_test_leaves_behind(tmp_path: Path, seconds: int) -> None:
    began = time.monotonic()
    with pytest.raises(ZeroDivisionError), processes.hearing(sys.executable, "-c", STARTER, folder=tmp_path):
        raise ZeroDivisionError
    assert time.monotonic() - began < seconds


def test_a_program_that_ends_with_an_error_fails_the_test_with_what_it_says(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="ended with 3: because"):
        processes.run_to_end(sys.executable, "-c", "import sys; print('because'); sys.exit(3)", folder=tmp_path)


def test_a_test_that_hangs_is_told_with_where_it_stands(tmp_path: Path) -> None:
    test = tmp_path / "test_endless.py"
    test.write_text("import time\n\ndef test_endless():\n    time.sleep(600)\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-c",
        str(ROOT / "pyproject.toml"),
        "-o",
        "faulthandler_timeout=2",
        str(test),
    ]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=200, check=False)
    assert result.returncode != 0
    assert 'test_endless.py", line 4 in test_endless' in result.stderr
