"""jdgen as a process that a test stops: commands that hear an interrupt wherever the suite itself was started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.toolbox.examples import ROOT

#: Seconds of a clock after which something hangs. What is slow on a busy machine is far from it.
HANGS = 300


# Becomes the program that its arguments name, with signals as a terminal hands them on.
_HEARING = """
import os, signal, sys
for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(each, signal.SIG_DFL)
signal.pthread_sigmask(signal.SIG_SETMASK, set())
os.execv(sys.argv[1], sys.argv[1:])
"""


def command_of(*arguments: str | Path) -> list[str]:
    """``jdgen`` with these arguments, as this checkout has it."""
    return [sys.executable, "-m", "jdgen", *map(str, arguments)]


class Running(subprocess.Popen[str]):
    """A program under way, in a session of its own. Where the test fails, or it hangs at the end, it is killed with all
    that it has started: whoever leaves the block waits for it, and that would be for ever."""

    def __exit__(self, error_type: type[BaseException] | None, *error: Any) -> None:
        try:
            if error_type is None:
                self.wait(HANGS)
        finally:
            self._kill_session()
            super().__exit__(error_type, *error)

    def _kill_session(self) -> None:
        if sys.platform == "win32":
            self.kill()
        elif self.poll() is None:
            os.killpg(self.pid, signal.SIGKILL)


def run_to_end(*command: str, folder: Path) -> None:
    """Run a program in ``folder`` to its end; with the test fails what it says where that is an error, or it hangs."""
    with Running(
        command, cwd=folder, start_new_session=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as running:
        output, _ = running.communicate(timeout=HANGS)
    assert running.returncode == 0, f"{' '.join(command)} ended with {running.returncode}: {output}"


def started(*arguments: str | Path, folder: Path, **how: Any) -> Running:
    """``jdgen`` under way in ``folder``, in a session of its own that can be stopped as a whole."""
    return hearing(*command_of(*arguments), folder=folder, **how)


def hearing(*command: str, folder: Path, **how: Any) -> Running:
    """A program under way in ``folder``, in a session of its own, that hears what ends programs.

    A process that a shell puts in the background ignores interrupts, and so do all that it starts, this one too if
    nobody resets it: it would run to its end, and the test would fail for no fault of jdgen's.
    """
    return Running(
        [sys.executable, "-c", _HEARING, *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
        text=True,
        **how,
    )


def wait_for(true: Callable[[], object], seconds: float = HANGS) -> None:
    """Wait until ``true`` is. Fails where that takes so long that something hangs."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


class Deadly(type(Path())):  # type: ignore[misc]  # the kind of path that this system has
    """A path that ends the process into which it is carried."""

    def __reduce__(self) -> Any:
        return os._exit, (1,)
