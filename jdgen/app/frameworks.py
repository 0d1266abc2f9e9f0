"""Frameworks: listed, shown, checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from jdgen.document.own_files import write
from jdgen.document.replacing import Permissions
from jdgen.drafting.added_files import criteria_path, read_criteria
from jdgen.drafting.checking import BareSpecialism, CheckedFile, check_framework_file, check_workspace
from jdgen.drafting.frameworks_here import (
    NO_FRAMEWORK,
    find_specialism,
    framework_paths,
    frameworks_in_use,
    load_frameworks,
)
from jdgen.drafting.profile import HeldSkill, RoleProfile, role_profile, skills_at
from jdgen.errors import JdgenError, Problem, gather
from jdgen.framework.declared_levels import right_for
from jdgen.framework.ladder import Step, StepLikeness, steps
from jdgen.framework.model import Framework, Heading, RoleCategory, Specialism, Statement
from jdgen.levels import AFC, RIGHT_BAND, Band, Level, Scale, list_levels
from jdgen.starters.criteria_draft import criteria_draft
from jdgen.workspace import Workspace, is_file

__all__ = [
    "NO_FRAMEWORK",
    "BareSpecialism",
    "CheckedFile",
    "CriteriaDraft",
    "Framework",
    "FrameworkNames",
    "Heading",
    "HeldSkill",
    "Level",
    "RoleCategory",
    "RoleProfile",
    "Specialism",
    "Statement",
    "Step",
    "StepLikeness",
    "check_frameworks",
    "find_level",
    "find_specialism_named",
    "framework_names",
    "load_frameworks",
    "profile",
    "save_criteria_draft",
    "steps",
]


class FrameworkNames(NamedTuple):
    """Ids of all frameworks, and of all their specialisms."""

    frameworks: list[str]
    specialisms: list[str]


def framework_names(workspace: Workspace) -> FrameworkNames:
    """All of them, for the Tab key; none where a framework cannot be read, as a check of them says."""
    try:
        frameworks = frameworks_in_use(workspace)
    except JdgenError:
        frameworks = ()
    specialisms = {specialism.id for framework in frameworks for specialism in framework.specialisms}
    return FrameworkNames(sorted({framework.id for framework in frameworks}), sorted(specialisms))


def find_specialism_named(workspace: Workspace, specialism: str, framework: str | None) -> tuple[Framework, Specialism]:
    """The specialism called ``specialism``, and the framework that has it."""
    return find_specialism(frameworks_in_use(workspace), specialism, framework, "SPECIALISM", "--framework")


def find_level(band: str | None, level: str | None, scale: Scale) -> Level | None:
    """The level of a framework with this scale that ``--band`` or ``--level`` names, if either is given.

    Raises :class:`JdgenError` for the one that the framework does not have, and for what names no level of it.
    """
    if scale.is_empty and (band is not None or level is not None):
        option = "--band" if level is None else "--level"
        raise JdgenError(Problem(option, "this framework has no levels", "leave it out: what it says is shown without"))
    if scale == AFC and level is not None:
        raise JdgenError(Problem("--level", "the levels of this framework are Agenda for Change bands", "use --band"))
    if scale != AFC and band is not None:
        raise JdgenError(Problem("--band", f"the levels of this framework are {scale.words}", "use --level"))
    try:
        if band is not None:
            return Band.parse(band)
        return scale.level(level) if level is not None else None
    except ValueError as error:
        where, right = ("--level", right_for(error, scale)) if band is None else ("--band", RIGHT_BAND)
        raise JdgenError(Problem(where, str(error), right)) from error


def profile(
    framework: Framework, specialism: Specialism, level: Level, where: str
) -> tuple[RoleProfile, tuple[HeldSkill, ...]]:
    """What ``specialism`` says at ``level``, which the user named at ``where``, and the skills that it needs there.
    Raises :class:`JdgenError` where it says nothing."""
    if level not in specialism.levels:
        what = f"the framework says nothing of {specialism.title} at {level.full_name}"
        raise JdgenError(Problem(where, what, f"choose from {list_levels(specialism.levels)}"))
    return role_profile(specialism, level), skills_at(framework, specialism, level)


@dataclass(frozen=True)
class CriteriaDraft:
    """A first draft of criteria that was written: for what, where, and with how many places to write. ``home`` is where
    jdgen looks for it, if that is elsewhere."""

    specialism: Specialism
    path: Path
    places: int
    home: Path | None


def save_criteria_draft(
    workspace: Workspace, specialism: str, framework: str | None, path: Path | None, permissions: Permissions
) -> CriteriaDraft:
    """Write a first draft of the criteria for ``specialism``; without a ``path``, where jdgen looks for it.

    Raises :class:`JdgenError` for what no framework has, for a file that is there, and where criteria come with jdgen,
    whose place a draft would take.
    """
    source_framework, pathway = find_specialism_named(workspace, specialism, framework)
    files = read_criteria(workspace, source_framework, pathway)
    text = criteria_draft(source_framework, pathway, files)
    home = criteria_path(workspace, source_framework, pathway)
    target = path or home
    if files.of_specialism and target == home and not is_file(home):
        # A draft in its place would win over it.
        what = f"there are criteria for {pathway.title} already: {files.of_specialism.name}"
        raise JdgenError(Problem("SPECIALISM", what, "write the draft into another file, with --output FILE"))
    write([(target, text.encode())], workspace, permissions)
    places = sum(line.strip() == "text: >-" for line in text.splitlines())
    return CriteriaDraft(pathway, target, places, None if target.resolve() == home.resolve() else home)


def check_frameworks(workspace: Workspace, files: Sequence[Path]) -> tuple[CheckedFile, ...]:
    """Check ``files`` (or frameworks of the workspace, by their ids), or everything in the workspace where none is
    named. Raises :class:`JdgenError` for what is neither."""
    if not files:
        return check_workspace(workspace)
    groups = gather(partial(framework_paths, file, workspace, "FILES") for file in files)
    return tuple(check_framework_file(path, workspace) for paths in groups for path in paths)
