"""The one seam between jdgen's errors and the terminal."""

from __future__ import annotations

import functools
import shlex
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import click

from jdgen.errors import JdgenError, Problem, TemplateRefusedError, told_once

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


def user_errors(command: Callable[_Given, _Result]) -> Callable[_Given, _Result]:
    """Report a :class:`JdgenError` as one line for each problem, and exit with 1. For a template that is refused, say
    which command explains. What the system refuses where no command expects it, such as room for temporary files, is
    reported likewise."""

    @functools.wraps(command)
    def reporting(*args: _Given.args, **kwargs: _Given.kwargs) -> _Result:
        try:
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

    return reporting


def _of_system(error: OSError) -> Problem:
    where = str(error.filename) if error.filename else "the folder for temporary files"
    right = (
        "make room, and see that files can be read and written there; TMPDIR names another folder for temporary files"
    )
    return Problem(where, f"the system refuses it ({error.strerror or error})", right)
