"""Documents that exist, and what they are held against or brought up to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from jdgen.app.frameworks import framework_file
from jdgen.app.templates import template_named, template_path
from jdgen.drafting.loading import gathered
from jdgen.framework.model import Framework
from jdgen.revision.folders import WordFile
from jdgen.workspace import Workspace


class Named(NamedTuple):
    """What the user named: documents, and the framework and the template that stand in for those of the workspace."""

    files: Sequence[WordFile]
    framework: Framework | None
    template: Path | None


def named(
    files: Callable[[], Sequence[WordFile]], framework: Path | None, template: str | None, workspace: Workspace
) -> Named:
    """What is named, all of it looked at. Raises :class:`JdgenError` with what is wrong with each, so that nothing that
    is not there passes for nothing to do."""
    loaders: tuple[Callable[[], object], ...] = (
        files,
        lambda: framework_file(framework) if framework is not None else None,
        lambda: _template(template, workspace) if template is not None else None,
    )
    return Named(*gathered(loaders))  # type: ignore[arg-type]  # each loader has its type, in this order


def _template(template: str, workspace: Workspace) -> Path:
    template_named(workspace, template)
    return template_path(workspace, template)
