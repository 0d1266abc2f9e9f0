"""The one seam between the terminal and jdgen: its errors on the way out, and what stops it on the way in."""

from __future__ import annotations

import functools
import shlex
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, ParamSpec, TypeVar

import click

from jdgen.errors import JdgenError, Problem, TemplateRefusedError, told_once

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")
#: What ends a program besides Ctrl-C: the system's word, and a terminal that is closed (not on Windows).
_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


def user_errors(command: Callable[_Given, _Result]) -> Callable[_Given, _Result]:
    """Report a :class:`JdgenError` as one line for each problem, and an interruption as one, and exit with 1. For a
    template that is refused, say which command explains. What the system refuses where no command expects it, such as
    room for temporary files, is reported likewise."""

    @functools.wraps(command)
    def reporting(*args: _Given.args, **kwargs: _Given.kwargs) -> _Result:
        try:
            with _ending_as_by_interrupt():
                return command(*args, **kwargs)
        except JdgenError as error:
            for problem in told_once(error.problems):
                click.echo(f"error: {problem}", err=True)
            if isinstance(error, TemplateRefusedError):
                names = " ".join(map(shlex.quote, error.templates))
                click.echo(f"see every finding with its place: jdgen template check {names}", err=True)
            raise click.exceptions.Exit(1) from error
        except OSError as error:
            click.echo(f"error: {_of_system(error)}", err=True)
            raise click.exceptions.Exit(1) from error
        except KeyboardInterrupt:
            with suppress(OSError):  # the terminal may be gone
                click.echo("error: interrupted: run the same command again to go on where it stopped", err=True)
            raise click.exceptions.Exit(1) from None

    return reporting


def _of_system(error: OSError) -> Problem:
    where = str(error.filename) if error.filename else "the folder for temporary files"
    right = (
        "make room, and see that files can be read and written there; TMPDIR names another folder for temporary files"
    )
    return Problem(where, f"the system refuses it ({error.strerror or error})", right)


@contextmanager
def _ending_as_by_interrupt() -> Iterator[None]:
    """Answer what ends a program as Ctrl-C is answered, so that nothing is left half done. What the user has this
    program ignore, as ``nohup`` does, stays ignored."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _ENDING}
    heard = [number for number, handler in before.items() if handler is signal.SIG_DFL]

    def interrupt(_number: int, _frame: FrameType | None) -> Any:
        # Once: what follows must not stop what is being cleaned up.
        for number in heard:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in heard:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number in heard:
            signal.signal(number, before[number])
