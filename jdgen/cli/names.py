"""Options and arguments that take a name, which the Tab key completes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from jdgen.app import Workspace, find_workspace, template_names

if TYPE_CHECKING:
    from jdgen.app.frameworks import FrameworkNames


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


def _of_frameworks(workspace: Workspace) -> FrameworkNames:
    from jdgen.app.frameworks import framework_names  # noqa: PLC0415  # help and errors need no frameworks

    return framework_names(workspace)


SPECIALISM = _Name(lambda workspace: _of_frameworks(workspace).specialisms)
FRAMEWORK = _Name(lambda workspace: _of_frameworks(workspace).frameworks)
TEMPLATE = _Name(template_names, is_file_too=True)
