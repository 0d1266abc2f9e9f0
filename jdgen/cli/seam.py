"""The one seam between jdgen's errors and the terminal."""

from __future__ import annotations

import functools
import shlex
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import click

from jdgen.errors import JdgenError, TemplateRefusedError, told_once

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


def user_errors(command: Callable[_Given, _Result]) -> Callable[_Given, _Result]:
    """Report a :class:`JdgenError` as one line for each problem, and exit with 1. For a template that is refused, say
    which command explains."""

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

    return reporting
