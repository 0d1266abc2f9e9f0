"""A program at a terminal of its own, as a person has it."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

# How long a program may take before a test gives up; it is not waited for when it is quicker.
_PATIENCE = 60.0
_QUIET = 0.5


class Terminal:
    """What a program shows, and where it is typed to."""

    def __init__(self, descriptor: int, child: int) -> None:
        self._descriptor, self._child = descriptor, child
        self._is_over = False
        self.code: int | None = None

    def type(self, text: str) -> None:
        """Type ``text``; to a program that has ended, in vain."""
        with suppress(OSError):
            os.write(self._descriptor, text.encode())

    def shown_until(self, awaited: str) -> str:
        """What is shown from now on, up to ``awaited``, or to the end of the program or of patience."""
        return self._read_until(lambda output, _: awaited in output)

    def question(self) -> str:
        """What is shown up to the next question, which ends with a colon or a bracket and waits."""
        return self._read_until(lambda output, is_quiet: is_quiet and output.rstrip(" ").endswith((":", "]")))

    def rest(self, again: str = "", answer: str = "") -> str:
        """What is shown to the end of the program, whose exit code is known then. Until ``answer`` is shown, ``again``
        is typed again and again, as people type Ctrl-C: Python's ``input`` drops what comes while it prints its
        question. What does not end in time is killed."""

        def typing(output: str, is_quiet: bool) -> bool:
            if is_quiet and again and answer not in output:
                self.type(again)
            return False

        output = self._read_until(typing)
        self.end()
        return output

    def end(self) -> None:
        """Know the exit code, of a program that is killed if it goes on."""
        if sys.platform == "win32":
            pytest.skip("a terminal is imitated by pty")
        if self.code is None:
            if not self._is_over:
                os.kill(self._child, signal.SIGKILL)
            _, status = os.waitpid(self._child, 0)
            self.code = os.waitstatus_to_exitcode(status)

    def _read_until(self, is_enough: Callable[[str, bool], bool]) -> str:
        """What is shown until ``is_enough`` says so of it, and of whether nothing more has come for a moment."""
        output, end = "", time.monotonic() + _PATIENCE
        is_quiet = False
        while not is_enough(output, is_quiet) and time.monotonic() < end and not self._is_over:
            is_quiet = not select.select([self._descriptor], [], [], _QUIET)[0]
            if not is_quiet:
                try:
                    output += os.read(self._descriptor, 65536).decode(errors="replace")
                except OSError:  # Linux says so when the program has ended
                    self._is_over = True
        return output


@contextmanager
def at_terminal(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Iterator[Terminal]:
    """``command``, started in ``folder`` at a terminal; it is over when the block is."""
    if sys.platform == "win32":
        pytest.skip("a terminal is imitated by pty")
    import pty  # noqa: PLC0415  # not on Windows

    child, descriptor = pty.fork()
    if child == 0:
        # Whoever runs the tests in the background has them ignore Ctrl-C, and what they start with them.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.chdir(folder)
        os.execvpe(command[0], list(command), dict(environment))
    terminal = Terminal(descriptor, child)
    try:
        yield terminal
    finally:
        terminal.end()
        os.close(descriptor)
