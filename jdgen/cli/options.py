"""What several commands read from their options alike."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from jdgen.app import Permissions, Workspace, find_workspace, template_names
from jdgen.dates import read_day
from jdgen.errors import JdgenError, Problem

if TYPE_CHECKING:
    from jdgen.app.frameworks import FrameworkNames


class _NamedPath(click.Path):
    """A path that somebody names. An empty one, as an empty variable of a shell gives it, is not this folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; Click's error for none."""
        if value == "":
            self.fail("is empty: name a file or a folder.", param, ctx)
        return super().convert(value, param, ctx)


class _Count(click.types.IntParamType):
    """How many: a whole number from 1 on."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number; Click's error for anything else."""
        if isinstance(value, int):
            return value
        if not value.isdecimal() or int(value) < 1:
            self.fail(f"'{value}' is no whole number from 1 on.", param, ctx)
        return int(value)


COUNT = _Count()
#: What every option and argument takes that names a file or a folder.
PATH = _NamedPath(path_type=Path)


class _Day(click.ParamType):  # type: ignore[type-arg]  # Click 8.1 takes no arguments here
    """A day, as people write it."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The day; Click's error for a text that is none."""
        try:
            return read_day(value)
        except ValueError as error:
            self.fail(f"{error}.", param, ctx)


#: What every option takes that names a day.
DAY = _Day()


def today() -> datetime.date:
    """The user's own day, wherever they are."""
    return datetime.date.today()  # noqa: DTZ011  # a document's date is that of its maker's calendar


class _Output(click.Option):
    """``--output``, which is also taken by the name that two commands had for it before, ``--out``."""

    def add_to_parser(self, parser: Any, ctx: click.Context) -> None:
        """Have both names read; help shows one."""
        super().add_to_parser(parser, ctx)
        parser.add_option(obj=self, opts=["--out"], dest=self.name, action="store", nargs=1)


def output_option(help_: str, **settings: Any) -> Callable[[Any], Any]:
    """The option that says where a command writes; ``help_`` says what."""
    return click.option("-o", "--output", cls=_Output, help=help_, **{"type": PATH, **settings})


def examples(*lines: str) -> str:
    """The end of a command's help: how people call it."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def replacing(overwrite: str, discarded: str = "one that somebody has worked on") -> Callable[[Any], Any]:
    """The two options that say what a command may write over, which it gets as ``permissions``. ``overwrite`` is the
    help of the first; the second replaces ``discarded``, too."""

    def decorate(command: Callable[..., Any]) -> Any:
        @click.option("--overwrite", is_flag=True, help=overwrite)
        @click.option("--discard-edits", is_flag=True, help=f"With --overwrite: replace {discarded}, too.")
        @functools.wraps(command)
        def allowing(*arguments: Any, overwrite: bool, discard_edits: bool, **options: Any) -> Any:
            if discard_edits and not overwrite:
                raise click.UsageError("--discard-edits goes with --overwrite: say both to lose what somebody did.")
            return command(*arguments, permissions=Permissions(overwrite, discard_edits), **options)

        return allowing

    return decorate


def wording_options(command: Any) -> Any:
    """``--verbatim`` and ``--adapted``; see :func:`chosen_wording`."""
    adapted = click.option(
        "--adapted", is_flag=True, help="Adapt the framework's wording, where the template does not."
    )
    verbatim = click.option("--verbatim", is_flag=True, help="Leave the framework's wording as published.")
    return verbatim(adapted(command))


def chosen_wording(options: dict[str, Any]) -> bool | None:
    """Whether the framework's wording is left as published; nothing where the template is to say it."""
    if options["verbatim"] and options["adapted"]:
        raise JdgenError(Problem("--adapted", "--verbatim is given too", "give one of them, or neither"))
    return True if options["verbatim"] else False if options["adapted"] else None


# What takes a name, which the Tab key completes.


class _Name(click.types.StringParamType):
    """A name of something in the workspace, of which ``find_names`` gives all. They are looked for when somebody
    presses Tab, and only then; files may be named as well where that ``is_file_too``."""

    def __init__(self, find_names: Callable[[Workspace], list[str]], is_file_too: bool = False) -> None:
        self._find_names, self._is_file_too = find_names, is_file_too

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The names that begin as what is typed; files first, since bash forgets what comes before them."""
        names = self._find_names(find_workspace(Path.cwd()))
        files = [CompletionItem(incomplete, type="file")] if self._is_file_too else []
        return [*files, *(CompletionItem(name) for name in names if name.startswith(incomplete.casefold()))]


def _of_frameworks(workspace: Workspace) -> FrameworkNames:
    from jdgen.app.frameworks import framework_names  # noqa: PLC0415  # help and errors need no frameworks

    return framework_names(workspace)


SPECIALISM = _Name(lambda workspace: _of_frameworks(workspace).specialisms)
FRAMEWORK = _Name(lambda workspace: _of_frameworks(workspace).frameworks)
TEMPLATE = _Name(template_names, is_file_too=True)
