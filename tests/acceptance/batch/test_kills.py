"""A batch in two processes that is killed at any moment, then run again, gives what a whole run gives.

Each kill here is at a moment of its own, of the whole run, of one of its processes or of the one that started them; a
soak makes hundreds. What differs is kept in the folder that the failure names. Twice, documents did: ISA-L had packed
the same parts in other bytes, as it did without any kill (``_SteadyIsal`` in jdgen/word/writing.py).
"""

from __future__ import annotations

import functools
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.toolbox.posts import csv_file, documents, rows
from tests.toolbox.processes import HANGS, command_of, started
from tests.toolbox.soak import IS_SOAK, count

POSTS = 260 if IS_SOAK else 80
BATCH = ("batch", "posts.csv", "--jobs", "2", "--date", "2026-05-11")
WHOLE, WORKER, PARENT = "the whole run", "one of its processes", "the process that started them"
#: Kills in an ordinary run; a soak of ten times as many is what the hunt took.
KILLS = 3


class Kill(NamedTuple):
    """What is killed, and after which share of the time that a whole run takes."""

    whom: str
    after: float


def kills() -> list[Kill]:
    chance = random.Random(26)
    total = count(KILLS)
    shares = [(number + chance.random()) / total for number in range(total)]
    return [Kill((WHOLE, WORKER, PARENT)[number % 3], share) for number, share in enumerate(shares)]


class WholeRun(NamedTuple):
    """The documents of a run that nobody stopped, and how long it took, in seconds of the clock."""

    contents: Mapping[str, bytes]
    seconds: float


@functools.cache
def whole_run() -> WholeRun:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        csv_file(folder / "posts.csv", rows(POSTS))
        began = time.monotonic()
        subprocess.run(command_of(*BATCH), cwd=folder, check=True, capture_output=True, timeout=HANGS)
        return WholeRun(contents_in(folder), time.monotonic() - began)


def contents_in(folder: Path) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in documents(folder / "output").items()}


def children_of(process: int) -> list[int]:
    result = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=False)
    return [int(each) for each in result.stdout.split() if each != str(process)]


def stop(running: subprocess.Popen[str], whom: str) -> None:
    """Kill it, if it is still there."""
    if sys.platform == "win32":
        pytest.skip("signals of POSIX")
    victims = [running.pid]
    if whom == WORKER:
        victims = children_of(running.pid)[-1:] or victims
    try:
        if whom == WHOLE:
            os.killpg(running.pid, signal.SIGKILL)
        else:
            os.kill(victims[0], signal.SIGKILL)
    except ProcessLookupError:
        return


def differences(contents: Mapping[str, bytes], whole: Mapping[str, bytes]) -> list[str]:
    names = sorted(contents.keys() | whole.keys())
    return [name for name in names if contents.get(name) != whole.get(name)]


@pytest.mark.soak
@pytest.mark.skipif(not shutil.which("ps"), reason="processes cannot be listed")
@pytest.mark.parametrize("kill", kills(), ids=lambda kill: f"{kill.whom} at {kill.after:.3f}")
def test_a_run_that_is_killed_and_run_again_gives_what_a_whole_run_gives(tmp_path: Path, kill: Kill) -> None:
    whole = whole_run()
    csv_file(tmp_path / "posts.csv", rows(POSTS))
    with started(*BATCH, folder=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        time.sleep(kill.after * whole.seconds)
        stop(running, kill.whom)
        running.wait(HANGS)
    after_kill = contents_in(tmp_path)
    again = subprocess.run(command_of(*BATCH), cwd=tmp_path, capture_output=True, text=True, timeout=HANGS, check=False)
    different = differences(contents_in(tmp_path), whole.contents)
    if again.returncode or different:
        folder = Path(tempfile.mkdtemp(prefix="jdgen-kill-"))
        shutil.copytree(tmp_path, folder, dirs_exist_ok=True)
        (folder / "second-run.txt").write_text(f"{kill}\n{again.returncode}\n{again.stdout}\n{again.stderr}")
        pytest.fail(f"{len(different)} documents differ after {kill}: see {folder}")
    # What the killed run left is whole, each document what it would have been.
    assert after_kill.items() <= whole.contents.items()
