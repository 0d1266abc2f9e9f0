"""The edge where jdgen writes to the terminal, or to whatever standard output and standard error lead to.

Titles, file names, headings and error messages come from files that anybody may have made. All of them pass through
here, and here alone, so no command need think of it: what could act on the terminal is shown as :func:`harmless`
spells it, and what a console has no letter for is spelt likewise. A stream that takes no more (a full disk, a pipe
whose reader has gone) stops no command in the middle of its work; that something was not said is told at the end.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any, TextIO, cast

from jdgen.words import harmless, spelt


class _Lasting:
    """A text stream that takes every letter, and remembers what kept it from writing instead of raising it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.error: OSError | None = None

    def __getattr__(self, name: str) -> Any:
        if name == "buffer":  # nobody writes bytes past this edge
            raise AttributeError(name)
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write ``text``, with what the stream's encoding lacks spelt."""
        with self._held():
            try:
                self._stream.write(text)
            except UnicodeEncodeError:
                encoding = self._stream.encoding or "ascii"
                self._stream.write("".join(char if _has(encoding, char) else spelt(char) for char in text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write each of ``lines``."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Hand on what is written."""
        with self._held():
            self._stream.flush()

    @contextlib.contextmanager
    def _held(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            # From here on all goes nowhere.
            self.error = self.error or error
            _lead_nowhere(self._stream)


class _Edge:
    """A stream that shows what is written to it harmless; ``under`` is the stream that it hands it on to."""

    def __init__(self, under: _Lasting) -> None:
        self.under = under

    def __getattr__(self, name: str) -> Any:
        return getattr(self.under, name)

    def write(self, text: str) -> int:
        """Write ``text``, harmless."""
        self.under.write(harmless(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write each of ``lines``, harmless."""
        for line in lines:
            self.write(line)


def _has(encoding: str, char: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _lead_nowhere(stream: TextIO) -> None:
    """Have what is still waiting in ``stream`` thrown away, since Python would try again, and complain, at its end."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


@contextlib.contextmanager
def harmless_streams() -> Iterator[None]:
    """Have everything that is written to standard output and standard error meanwhile pass this edge.

    Ends the program with code 1 where standard output did not take what was said.
    """
    before = sys.stdout, sys.stderr
    lasting = [_Lasting(stream) if stream is not None else None for stream in before]
    # The system gives no stream at all where a program is started without one.
    sys.stdout, sys.stderr = (cast("TextIO", stream and _Edge(stream)) for stream in lasting)
    ended: SystemExit | None = None
    try:
        yield
    except SystemExit as end:
        ended = end
    finally:
        for stream in filter(None, lasting):
            stream.flush()
        _tell(*lasting)
        sys.stdout, sys.stderr = before
    if any(stream and stream.error for stream in lasting) and not (ended and ended.code):
        sys.exit(1)
    if ended:
        raise ended


def controlled(stream: TextIO) -> TextIO:
    """The stream under the edge, for what moves the cursor or is set in bold: bars and tables that rich makes, of text
    that is harmless already."""
    return cast("TextIO", stream.under) if isinstance(stream, _Edge) else stream


def _tell(output: _Lasting | None, errors: _Lasting | None) -> None:
    """Say that standard output took no more. That a reader of a pipe has gone is no news to anybody."""
    error = output.error if output else None
    if error is None or errors is None or error.errno in (errno.EPIPE, errno.EINVAL):
        return
    what = f"cannot be written ({error.strerror})"
    right = "files are written all the same; make room, or send what is said elsewhere"
    errors.write(f"error: standard output: {what}: {right}\n")
    errors.flush()
