"""Frameworks: listed, shown, checked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from jdgen.drafting.checking import CheckedFile, check_framework_file, check_workspace
from jdgen.drafting.loading import find_specialism, framework_path, frameworks_in_use, gather, load_frameworks
from jdgen.drafting.profile import RoleProfile, role_profile
from jdgen.errors import JdgenError, Problem
from jdgen.framework.declared_levels import right_for
from jdgen.framework.ladder import Step, StepLikeness, steps
from jdgen.framework.model import Framework, Heading, RoleCategory, Specialism
from jdgen.levels import AFC, Band, Level, Scale, list_levels
from jdgen.workspace import Workspace

__all__ = [
    "CheckedFile",
    "Framework",
    "Heading",
    "Level",
    "RoleCategory",
    "RoleProfile",
    "Specialism",
    "Step",
    "StepLikeness",
    "check_frameworks",
    "find_level",
    "find_specialism_named",
    "framework_names",
    "frameworks",
    "profile",
    "specialism_names",
    "steps_of",
]


def frameworks(workspace: Workspace) -> tuple[Framework, ...]:
    """All frameworks of the workspace, in all their versions."""
    return load_frameworks(workspace)


def framework_names(workspace: Workspace) -> list[str]:
    """Ids of the frameworks, for the Tab key; none where one of them cannot be read, as a check of them says."""
    return sorted({framework.id for framework in _readable(workspace)})


def specialism_names(workspace: Workspace) -> list[str]:
    """Ids of the specialisms of all frameworks, for the Tab key; none where a framework cannot be read."""
    return sorted({specialism.id for framework in _readable(workspace) for specialism in framework.specialisms})


def _readable(workspace: Workspace) -> tuple[Framework, ...]:
    try:
        return frameworks_in_use(workspace)
    except JdgenError:
        return ()


def find_specialism_named(workspace: Workspace, specialism: str, framework: str | None) -> tuple[Framework, Specialism]:
    """The specialism called ``specialism``, and the framework that has it."""
    return find_specialism(frameworks_in_use(workspace), specialism, framework, "SPECIALISM", "--framework")


def find_level(band: str | None, level: str | None, scale: Scale) -> Level | None:
    """The level of a framework with this scale that ``--band`` or ``--level`` names, if either is given.

    Raises :class:`JdgenError` for the one that the framework does not have, and for what names no level of it.
    """
    if scale == AFC and level is not None:
        raise JdgenError(Problem("--level", "the levels of this framework are Agenda for Change bands", "use --band"))
    if scale != AFC and band is not None:
        raise JdgenError(Problem("--band", f"the levels of this framework are {scale.words}", "use --level"))
    try:
        if band is not None:
            return Band.parse(band)
        return scale.level(level) if level is not None else None
    except ValueError as error:
        where, right = ("--level", right_for(error, scale)) if band is None else ("--band", "write it as 7 or 8a")
        raise JdgenError(Problem(where, str(error), right)) from error


def profile(specialism: Specialism, level: Level, where: str) -> RoleProfile:
    """What ``specialism`` says at ``level``, which the user named at ``where``. Raises :class:`JdgenError` where it
    says nothing."""
    if level not in specialism.levels:
        what = f"the framework says nothing of {specialism.title} at {level.named}"
        raise JdgenError(Problem(where, what, f"choose from {list_levels(specialism.levels)}"))
    return role_profile(specialism, level)


def steps_of(specialism: Specialism) -> tuple[Step, ...]:
    """Every heading of ``specialism`` at every step between neighbouring levels, and how alike they are there."""
    return tuple(steps(specialism))


def check_frameworks(workspace: Workspace, files: Sequence[Path]) -> tuple[CheckedFile, ...]:
    """Check ``files`` (or frameworks of the workspace, by their ids), or everything in the workspace where none is
    named. Raises :class:`JdgenError` for what is neither."""
    if not files:
        return check_workspace(workspace)
    paths = gather(partial(framework_path, file, workspace, "FILES") for file in files)
    return tuple(check_framework_file(path, workspace) for path in paths)
