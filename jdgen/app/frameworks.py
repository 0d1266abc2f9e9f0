"""Frameworks: listed, shown, checked, compared, imported."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jdgen.document.replacing import Allowed, write
from jdgen.drafting.checking import CheckedFile, check_framework_file, check_workspace, unfitting
from jdgen.drafting.loading import display_path, find_specialism, gather, load_frameworks
from jdgen.drafting.profile import RoleProfile, role_profile
from jdgen.errors import JdgenError, Problem
from jdgen.framework.comparison import Comparison, MovedHeading, StatementChange, compare
from jdgen.framework.comparison_page import comparison_page
from jdgen.framework.declared_levels import make_scale, right_for, scale_faults
from jdgen.framework.ladder import Step, StepLikeness, steps
from jdgen.framework.model import Framework, Heading, Passage, RoleCategory, Specialism
from jdgen.framework.reading import current, load_framework
from jdgen.levels import AFC, Band, Level, Scale, list_levels
from jdgen.words import WordChange
from jdgen.workspace import Workspace

if TYPE_CHECKING:
    from jdgen.importing.files import Files

__all__ = [
    "CheckedFile",
    "Comparison",
    "Framework",
    "Heading",
    "Level",
    "MovedHeading",
    "Passage",
    "RoleCategory",
    "RoleProfile",
    "Specialism",
    "StatementChange",
    "Step",
    "StepLikeness",
    "WordChange",
    "check_frameworks",
    "compare_frameworks",
    "find_level",
    "find_specialism_named",
    "frameworks",
    "import_published",
    "profile",
    "save_comparison",
    "steps_of",
    "unfitting_entries",
]


def frameworks(workspace: Workspace) -> tuple[Framework, ...]:
    """All frameworks of the workspace, in all their versions."""
    return load_frameworks(workspace)


def find_specialism_named(workspace: Workspace, specialism: str, framework: str | None) -> tuple[Framework, Specialism]:
    """The specialism called ``specialism``, and the framework that has it."""
    known = current(load_frameworks(workspace))
    return find_specialism(known, specialism, framework, "SPECIALISM", "--framework")


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
    """Check ``files``, or everything in the workspace where none is named."""
    return tuple(check_framework_file(path, workspace) for path in files) if files else check_workspace(workspace)


def compare_frameworks(old: Path, new: Path, band: str | None, level: str | None) -> Comparison:
    """What differs between two versions of a framework, or what of it a document at ``band`` or ``level`` would show.

    Raises :class:`JdgenError` with the problems of both files.
    """
    before, after = gather(partial(load_framework, path, display_path(path)) for path in (old, new))
    comparison = compare(before, after)
    chosen = find_level(band, level, after.scale)
    return comparison.at_level(chosen) if chosen else comparison


def save_comparison(workspace: Workspace, path: Path, comparison: Comparison, allowed: Allowed) -> None:
    """Write ``comparison`` as a page for a browser."""
    write([(path, comparison_page(comparison).encode())], workspace, allowed)


def import_published(
    path: Path,
    workspace: Workspace,
    out: Path,
    *,
    levels: str | None,
    level_word: str,
    levels_add_up: bool,
    previous: Path | None,
    allowed: Allowed,
    **about: Any,
) -> Files:
    """Read the published framework at ``path`` into the framework file ``out``: see :mod:`jdgen.importing.files`.

    ``levels`` are the names of its levels where they are not bands, and ``level_word`` what it calls one. ``previous``
    is an earlier version, whose ids are kept; without it, the workspace's framework of the same id. ``about`` is what
    else :class:`jdgen.importing.importing.About` holds.
    """
    # The readers of Word files, workbooks and PDFs are slow to import, and no other command needs them.
    from jdgen.importing.files import import_file  # noqa: PLC0415
    from jdgen.importing.importing import About  # noqa: PLC0415

    described = About(**about, scale=_scale_of(levels, level_word, levels_add_up))
    if previous:
        earlier: Framework | None = load_framework(previous, display_path(previous))
    else:
        same = [known for known in load_frameworks(workspace) if known.id == described.id]
        earlier = next(iter(current(same)), None)
    return import_file(path, described, earlier, out, workspace=workspace, allowed=allowed)


def unfitting_entries(framework: Framework, workspace: Workspace) -> tuple[Problem, ...]:
    """What of the workspace's criteria, adaptations and levels does not fit ``framework``."""
    return unfitting(framework, workspace)


def _scale_of(levels: str | None, word: str, adds_up: bool) -> Scale | None:
    """The scale of ``levels``, as an option names them, if it does; one of them is called ``word``.

    Raises :class:`JdgenError` for levels that cannot be told apart.
    """
    if levels is None:
        if adds_up:
            raise JdgenError(Problem("--levels-add-up", "no levels are named", "name them with --levels"))
        return None
    names = [name.strip() for name in levels.split(",") if name.strip()]
    if len(names) < 2 or not word.strip():
        raise JdgenError(Problem("--levels", "names fewer than two levels", "divide their names by commas"))
    scale = make_scale(word, names, adds_up=adds_up)
    if faults := list(scale_faults(scale)):
        raise JdgenError(
            Problem("--level-word" if fault.rank is None else "--levels", fault.what, fault.right) for fault in faults
        )
    return scale
