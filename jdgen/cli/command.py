"""What every command has: its failures are told as errors, what ends it is answered, and it says values as JSON."""

from __future__ import annotations

import contextlib
import functools
import gc
import json
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, ParamSpec, TypeVar

import click

from jdgen.cli.terminal import INTERRUPTED, has_letters, report_error, tell_nothing_written
from jdgen.errors import JdgenError, PostsRefusedError, Problem, TemplateRefusedError, fold_problems
from jdgen.system.shells import quoted

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")
#: What ends a program besides Ctrl-C: the system's word, and a terminal that is closed (SIGBREAK on Windows).
_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))


def json_text(value: Any, indent: int | None = 2) -> str:
    """``value`` as JSON for standard output, with letters that its encoding lacks spelt as JSON spells them."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return text if has_letters(encoding, text) else json.dumps(value, indent=indent)


def user_errors(command: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """Report a :class:`JdgenError` as one line for each problem, and an interruption as one, and exit with 1. For a
    template that is refused, say which command explains. What the system refuses where no command expects it, such as
    room for temporary files, is reported likewise."""

    @functools.wraps(command)
    def reporting(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Result:
        if not gc.isenabled():  # modules are imported, see jdgen.__main__
            gc.freeze()
            gc.enable()
        try:
            with _ending_as_by_interrupt():
                return command(*args, **kwargs)
        except JdgenError as error:
            for problem in fold_problems(error.problems):
                report_error(problem)
            if isinstance(error, PostsRefusedError):
                tell_nothing_written("mend these posts first, or make the others with --keep-going")
            if isinstance(error, TemplateRefusedError):
                names = " ".join(map(quoted, error.templates))
                click.echo(f"see every finding with its place: jdgen template check {names}", err=True)
            raise click.exceptions.Exit(1) from error
        except OSError as error:
            report_error(_of_system(error))
            raise click.exceptions.Exit(1) from error
        except KeyboardInterrupt:
            with contextlib.suppress(OSError):  # the terminal may be gone
                report_error(INTERRUPTED)
            raise click.exceptions.Exit(1) from None

    return reporting


def _of_system(error: OSError) -> Problem:
    where = str(error.filename) if error.filename else "the folder for temporary files"
    variable = "TEMP" if sys.platform == "win32" else "TMPDIR"
    right = (
        f"make room, and see that files can be read and written there; {variable} names another folder for temporary "
        "files"
    )
    return Problem(where, f"the system refuses it ({error.strerror or error})", right)


@contextlib.contextmanager
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
