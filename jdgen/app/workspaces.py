"""A workspace: begun."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jdgen.configuration import Nation
from jdgen.document.names import DEFAULT_PATTERN
from jdgen.document.own_files import OwnFiles, holds
from jdgen.drafting.frameworks_here import NO_FRAMEWORK
from jdgen.errors import JdgenError, Problem, refuse
from jdgen.files import save_together
from jdgen.starters.answers import Answers, assessment_methods, specialisms
from jdgen.starters.workspace import EXAMPLE_POST, NewWorkspace, plan_workspace
from jdgen.template.checks.findings import Finding
from jdgen.template.starting import STRONG
from jdgen.workspace import CONFIGURATION, Workspace, find_workspace

__all__ = [
    "DEFAULT_PATTERN",
    "EXAMPLE_POST",
    "NHS_DARK_BLUE",
    "Answers",
    "Finding",
    "Nation",
    "StartedWorkspace",
    "answer_problems",
    "assessment_methods_of",
    "specialisms_of",
    "start_workspace",
    "unready_problem",
]

#: The colour of headings where no other is chosen.
NHS_DARK_BLUE = f"#{STRONG}"


@dataclass(frozen=True)
class StartedWorkspace:
    """A workspace that was begun: its new files, and what its user must know."""

    paths: tuple[Path, ...]
    new: NewWorkspace
    warnings: tuple[Problem, ...]


def specialisms_of(folder: Path) -> tuple[tuple[str, str], ...]:
    """The id and the title of each specialism that a workspace in ``folder`` could choose."""
    return tuple((specialism.id, specialism.title) for specialism in specialisms(Workspace(folder)))


def assessment_methods_of(folder: Path, specialism: str | None) -> tuple[tuple[str, str], ...]:
    """The codes by which criteria of ``specialism`` are assessed there, with what each stands for."""
    return assessment_methods(Workspace(folder), specialism)


def answer_problems(folder: Path, answers: Answers) -> tuple[Problem, ...]:
    """What is wrong with ``answers``; the place of each is the option that says it."""
    try:
        plan_workspace(Workspace(folder), answers)
    except JdgenError as error:
        return error.problems
    return ()


def unready_problem(folder: Path) -> Problem | None:
    """What nobody has to be asked anything for: that there is a workspace in ``folder`` already, or nothing for one to
    draft from."""
    if not Workspace(folder).files("framework_data/frameworks", "*.yaml"):
        return NO_FRAMEWORK
    return _configuration_problem(folder)


def _configuration_problem(folder: Path) -> Problem | None:
    """That there is a workspace in ``folder`` already, if there is."""
    path = folder / CONFIGURATION
    right = "change that file, or begin in another folder"
    return Problem(str(path), "exists already: the workspace is begun", right) if os.path.lexists(path) else None


def start_workspace(folder: Path, answers: Answers) -> StartedWorkspace:
    """Begin a workspace in ``folder``, which is made if need be.

    Raises :class:`JdgenError` with everything that is wrong with ``answers``, and with every file that stands in the
    way; then nothing is written.
    """
    workspace = Workspace(folder)
    new = plan_workspace(workspace, answers)
    files = [(folder / file.path, file.content) for file in new.files]
    # What a run that was killed has left, and a template that lies at its place already, is as it is to be.
    missing = [(path, content) for path, content in files if not holds(path, content)]
    configuration_problem = _configuration_problem(folder)
    in_the_way = [
        Problem(str(path), "exists already", "move it away, or begin in another folder")
        for path, _ in missing
        if os.path.lexists(path) and path.name != CONFIGURATION
    ]
    refuse((configuration_problem, *in_the_way))
    save_together(missing)
    own_files = OwnFiles(workspace)
    for _, content in missing:
        own_files.note(content)
    return StartedWorkspace(tuple(path for path, _ in files), new, (*_outer(folder), *new.warnings))


def _outer(folder: Path) -> Iterator[Problem]:
    """That ``folder`` is inside another workspace, whose settings do not count in it."""
    outer = find_workspace(folder.resolve().parent).root
    if (outer / CONFIGURATION).is_file():
        yield Problem(str(folder), f"is inside the workspace {outer}", f"in it, its own {CONFIGURATION} counts alone")
