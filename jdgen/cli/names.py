"""Options and arguments that take a name, which the Tab key completes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from jdgen.app import Workspace, find_workspace


class _Name(click.types.StringParamType):
    """A name of something in the workspace, of which ``known`` gives all. They are looked for when somebody presses
    Tab, and only then; files may be named as well where that ``is_file_too``."""

    def __init__(self, known: Callable[[Workspace], list[str]], is_file_too: bool = False) -> None:
        self._known, self._is_file_too = known, is_file_too

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The names that begin as what is typed; files first, since bash forgets what comes before them."""
        names = self._known(find_workspace(Path.cwd()))
        files = [CompletionItem(incomplete, type="file")] if self._is_file_too else []
        return [*files, *(CompletionItem(name) for name in names if name.startswith(incomplete.casefold()))]


def _specialisms(workspace: Workspace) -> list[str]:
    from jdgen.app.frameworks import specialism_names  # noqa: PLC0415  # help and errors need no frameworks

    return specialism_names(workspace)


def _frameworks(workspace: Workspace) -> list[str]:
    from jdgen.app.frameworks import framework_names  # noqa: PLC0415  # help and errors need no frameworks

    return framework_names(workspace)


def _templates(workspace: Workspace) -> list[str]:
    from jdgen.app.templates import template_names  # noqa: PLC0415  # help and errors need no templates

    return template_names(workspace)


SPECIALISM, FRAMEWORK, TEMPLATE = _Name(_specialisms), _Name(_frameworks), _Name(_templates, is_file_too=True)
