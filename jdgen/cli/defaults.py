"""What ``jdgen.toml`` says in place of options that are not given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jdgen.app import find_workspace
from jdgen.app.documents import load_configuration
from jdgen.cli.terminal import warn
from jdgen.errors import JdgenError


def defaults_of_workspace() -> dict[str, Any]:
    """The defaults of the options of each command, as Click takes them. What is wrong in the file is told by the
    command, which reads it too: its help need not be without."""
    try:
        configuration = load_configuration(find_workspace(Path.cwd()))
    except JdgenError:
        return {}
    warn(configuration.warnings)
    given = {"output": configuration.output, "pattern": configuration.filename}
    template = configuration.template
    return {
        "generate": _without_none({**given, "template": template, "notes": configuration.notes}),
        "batch": _without_none({**given, "templates": [template] if template else None}),
    }


def _without_none(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}
