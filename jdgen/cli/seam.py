"""The one seam between jdgen's errors and the terminal."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import click

from jdgen.errors import JdgenError

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


def user_errors(command: Callable[_Given, _Result]) -> Callable[_Given, _Result]:
    """Report a :class:`JdgenError` as one line for each problem, and exit with 1."""

    @functools.wraps(command)
    def reporting(*args: _Given.args, **kwargs: _Given.kwargs) -> _Result:
        try:
            return command(*args, **kwargs)
        except JdgenError as error:
            for problem in error.problems:
                click.echo(f"error: {problem}", err=True)
            raise click.exceptions.Exit(1) from error

    return reporting
