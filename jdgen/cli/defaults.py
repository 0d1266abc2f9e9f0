"""What the workspace says in place of options that are not given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jdgen.app import find_workspace
from jdgen.app.documents import load_configuration
from jdgen.cli.terminal import warn
from jdgen.errors import JdgenError


class MakingCommand(click.Command):
    """A command that makes documents as the workspace says where nothing else is said."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of a call, with the workspace's defaults; when somebody presses Tab, without them."""
        if not extra.get("resilient_parsing") and self.name:
            extra.setdefault("default_map", _defaults_of_workspace().get(self.name))
        return super().make_context(info_name, args, parent, **extra)


def _defaults_of_workspace() -> dict[str, Any]:
    """What ``jdgen.toml`` says, by command, as Click takes it. What is wrong in the file is told by the command, which
    reads it too: its help need not be without."""
    try:
        configuration = load_configuration(find_workspace(Path.cwd()))
    except JdgenError:
        return {}
    warn(configuration.warnings)
    defaults = {"output": configuration.output, "pattern": configuration.filename}
    template = configuration.template
    return {
        "generate": _without_none({**defaults, "template": template, "notes": configuration.notes}),
        "batch": _without_none({**defaults, "templates": [template] if template else None}),
    }


def _without_none(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}
