"""The edge between jdgen and the terminal: what is written to it, the errors among that, and what stops a command.

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
from typing import TYPE_CHECKING, Any, TextIO, cast

import click

from jdgen.harmless import harmless, spell_out, wrap_line

if TYPE_CHECKING:
    from jdgen.errors import Problem

# Longer lines are hard to read, however wide the window.
_WIDEST = 100
_USUAL = 80
#: The numbers of the streams that every program has.
STANDARD_OUTPUT, STANDARD_ERROR = 1, 2
#: What is said when somebody stops a program.
INTERRUPTED = "interrupted: run the same command again to go on where it stopped"


#: Marks of typesetting that old consoles lack, as a typewriter has them.
_PLAIN_MARKS = {
    **dict.fromkeys("‘’‚′", "'"),
    **dict.fromkeys("“”„″", '"'),
    **dict.fromkeys("‐‑–—−", "-"),
    "…": "...",
    "•": "*",
    "→": "->",
    "←": "<-",
    "≥": ">=",
    "≤": "<=",
    "×": "x",
    "✓": "v",
    "\u00a0": " ",
    "\u202f": " ",
}


class _LastingStream:
    """A text stream that takes every letter, in the nearest way that its console has, and remembers what kept it from
    writing instead of raising it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.error: OSError | None = None

    def __getattr__(self, name: str) -> Any:
        if name == "buffer":  # nobody writes bytes past this edge
            raise AttributeError(name)
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write ``text``, with marks that the stream's encoding lacks plain, and letters spelt."""
        # Looked at before: Python has standard error spell them as its own code does, and complain of nothing.
        encoding = getattr(self._stream, "encoding", None) or "utf-8"
        plain_text = text
        if not has_letters(encoding, text):
            plain_text = "".join(char if has_letters(encoding, char) else _plain(char) for char in text)
        with self._noting_failure():
            self._stream.write(plain_text)
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write each of ``lines``."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Hand on what is written."""
        with self._noting_failure():
            self._stream.flush()

    @contextlib.contextmanager
    def _noting_failure(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            # From here on all goes nowhere.
            self.error = self.error or error
            _lead_nowhere(self._stream)


class _Edge:
    """A stream that shows what is written to it harmless; ``under`` is the stream that it hands it on to."""

    def __init__(self, under: _LastingStream) -> None:
        self.under = under

    def __getattr__(self, name: str) -> Any:
        return getattr(self.under, name)

    def write(self, text: str | bytes) -> int:
        """Write ``text``, harmless. Click writes what the shell asks it, when somebody presses Tab, as bytes.

        It tries with none whether a stream is one of bytes, and would write all in the console's encoding to this one.
        """
        if text == b"":
            raise TypeError("this is a stream of text")
        self.under.write(harmless(text if isinstance(text, str) else text.decode()))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write each of ``lines``, harmless."""
        for line in lines:
            self.write(line)


def has_letters(encoding: str, text: str) -> bool:
    """Whether ``encoding`` has all letters of ``text``."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _plain(char: str) -> str:
    """``char`` as a console shows it that does not have it."""
    return _PLAIN_MARKS.get(char) or spell_out(char)


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
    lasting = [_LastingStream(stream) if stream is not None else None for stream in before]
    # The system gives no stream at all where a program is started without one.
    sys.stdout, sys.stderr = (cast("TextIO", stream and _Edge(stream)) for stream in lasting)
    exit_error: SystemExit | None = None
    try:
        yield
    except SystemExit as end:
        exit_error = end
    finally:
        for stream in filter(None, lasting):
            stream.flush()
        _tell(*lasting)
        sys.stdout, sys.stderr = before
    if any(stream and stream.error for stream in lasting) and not (exit_error and exit_error.code):
        sys.exit(1)
    if exit_error:
        raise exit_error


def control_stream(stream: TextIO) -> TextIO:
    """The stream under the edge, for what moves the cursor or is set in bold: bars and tables that rich makes, of text
    that is harmless already."""
    return cast("TextIO", stream.under) if isinstance(stream, _Edge) else stream


def _tell(output: _LastingStream | None, errors: _LastingStream | None) -> None:
    """Say that standard output took no more. That a reader of a pipe has gone is no news to anybody."""
    error = output.error if output else None
    if error is None or errors is None or error.errno in (errno.EPIPE, errno.EINVAL):
        return
    what = f"cannot be written ({error.strerror})"
    right = "files are written all the same; make room, or send what is said elsewhere"
    errors.write(f"error: standard output: {what}: {right}\n")
    errors.flush()


def terminal_width(descriptor: int) -> int:
    """How wide lines may be on the stream with this number, where that is a terminal: as the variable ``COLUMNS`` says,
    or the terminal itself."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns):
        return min(int(columns), _WIDEST)
    try:
        return min(os.get_terminal_size(descriptor).columns or _USUAL, _WIDEST)
    except (OSError, ValueError, AttributeError):  # a file, a pipe, or no stream at all
        return _USUAL


def warn(problems: Iterable[Problem]) -> None:
    """Say what went wrong and kept nothing from being made, on standard error."""
    for problem in problems:
        _label("warning", problem, "yellow")


def report_error(problem: Problem | str) -> None:
    """Say what keeps something from being made, on standard error."""
    _label("error", problem, "red")


def suggest(step: str, command: str = "") -> None:
    """Say what to do next, on standard error, in lines that fit; a ``command`` to be copied is in one line."""
    width = terminal_width(STANDARD_ERROR)
    lines = wrap_line(f"{step}:" if command else step, width, " " * len("next: "), "  ")
    if command and len(lines[-1]) + 1 + len(command) <= width:
        lines[-1] += f" {command}"
    elif command:
        lines.append(f"  {command}")
    _label("next", "\n".join(lines).strip(), "green")


#: Why a command that was asked to write nothing has written nothing.
DRY_RUN = "this was a dry run"


def tell_nothing_written(why: str) -> None:
    """Say on standard error that a command has written nothing, and why, so that nobody looks for a file."""
    lines = wrap_line(f"nothing was written: {why}", terminal_width(STANDARD_ERROR), "", "  ")
    click.echo("\n".join(lines), err=True)


def _label(label: str, text: object, colour: str) -> None:
    """Write ``label: text`` to standard error, the label in colour on a terminal whose user has not declined colours
    (https://no-color.org)."""
    if sys.stderr is not None and sys.stderr.isatty() and not os.environ.get("NO_COLOR"):
        sys.stderr.flush()
        click.echo(click.style(f"{label}:", fg=colour, bold=True), nl=False, file=control_stream(sys.stderr))
        click.echo(f" {text}", err=True)
    else:
        click.echo(f"{label}: {text}", err=True)


@contextlib.contextmanager
def usage_errors() -> Iterator[None]:
    """Report what is wrong with the arguments of a command, and an interruption wherever it happens, as errors are
    reported, and end the program."""
    try:
        yield
    except click.ClickException as error:
        if isinstance(error, click.UsageError) and error.ctx is not None:
            click.echo(error.ctx.get_usage(), err=True)
        report_error(error.format_message())
        if isinstance(error, click.UsageError) and error.ctx is not None:
            click.echo(f"see: {error.ctx.command_path} {error.ctx.help_option_names[-1]}", err=True)
        sys.exit(error.exit_code)
    except click.Abort:
        with contextlib.suppress(OSError):  # the terminal may be gone
            report_error(INTERRUPTED)
        sys.exit(1)
