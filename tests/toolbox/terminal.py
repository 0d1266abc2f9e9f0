"""A program at a terminal of its own, as a person has it."""

from __future__ import annotations

import os
import pty
import select
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

# How long a program may take before a test gives up; it is not waited for when it is quicker.
_PATIENCE = 60.0


class Terminal:
    """What a program shows, and where it is typed to."""

    def __init__(self, descriptor: int, child: int) -> None:
        self._descriptor, self._child = descriptor, child
        self.code: int | None = None

    def type(self, text: str) -> None:
        """Type ``text``."""
        os.write(self._descriptor, text.encode())

    def shown_until(self, awaited: str) -> str:
        """What is shown from now on, up to ``awaited``, or to the end of the program or of patience."""
        shown, end = "", time.monotonic() + _PATIENCE
        while awaited not in shown and time.monotonic() < end:
            if select.select([self._descriptor], [], [], 0.1)[0]:
                try:
                    shown += os.read(self._descriptor, 65536).decode(errors="replace")
                except OSError:  # Linux says so when the program has ended
                    break
        return shown

    def rest(self) -> str:
        """What is shown to the end of the program, whose exit code is known then."""
        shown = self.shown_until("\0")
        _, status = os.waitpid(self._child, 0)
        self.code = os.waitstatus_to_exitcode(status)
        return shown


@contextmanager
def at_terminal(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Iterator[Terminal]:
    """``command``, started in ``folder`` at a terminal."""
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
        os.close(descriptor)
        if terminal.code is None:
            with suppress(ChildProcessError):
                os.waitpid(child, 0)
