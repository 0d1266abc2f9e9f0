"""The names that people may type in a workspace: what the Tab key offers."""

from __future__ import annotations

from jdgen.drafting.loading import load_frameworks
from jdgen.errors import JdgenError
from jdgen.framework.model import Framework
from jdgen.framework.reading import current
from jdgen.template.choosing import template_names
from jdgen.workspace import Workspace

__all__ = ["framework_names", "specialism_names", "template_names"]


def framework_names(workspace: Workspace) -> list[str]:
    """Ids of the frameworks; none where one of them cannot be read, as `jdgen framework check` says."""
    return sorted({framework.id for framework in _frameworks(workspace)})


def specialism_names(workspace: Workspace) -> list[str]:
    """Ids of the specialisms of all frameworks; none where a framework cannot be read."""
    return sorted({specialism.id for framework in _frameworks(workspace) for specialism in framework.specialisms})


def _frameworks(workspace: Workspace) -> tuple[Framework, ...]:
    try:
        return current(load_frameworks(workspace))
    except JdgenError:
        return ()
