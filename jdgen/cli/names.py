"""Options and arguments that take a name, which the Tab key completes."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from jdgen.app import Workspace, find_workspace


class _Name(click.types.StringParamType):
    """A name of something in the workspace. What there is, is looked for when somebody presses Tab, and only then."""

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The names that begin as what is typed."""
        known = self.known(find_workspace(Path.cwd()))
        return [CompletionItem(name) for name in known if name.startswith(incomplete.casefold())]

    def known(self, workspace: Workspace) -> list[str]:
        """All names."""
        raise NotImplementedError


class _Specialism(_Name):
    def known(self, workspace: Workspace) -> list[str]:
        """Ids of specialisms."""
        from jdgen.app.frameworks import specialism_names  # noqa: PLC0415  # help and errors need no frameworks

        return specialism_names(workspace)


class _Framework(_Name):
    def known(self, workspace: Workspace) -> list[str]:
        """Ids of frameworks."""
        from jdgen.app.frameworks import framework_names  # noqa: PLC0415  # help and errors need no frameworks

        return framework_names(workspace)


class _Template(_Name):
    def known(self, workspace: Workspace) -> list[str]:
        """Names of templates."""
        from jdgen.app.templates import template_names  # noqa: PLC0415  # help and errors need no templates

        return template_names(workspace)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Files, and the names of templates: bash forgets what comes before files."""
        return [CompletionItem(incomplete, type="file"), *super().shell_complete(ctx, param, incomplete)]


SPECIALISM, FRAMEWORK, TEMPLATE = _Specialism(), _Framework(), _Template()
