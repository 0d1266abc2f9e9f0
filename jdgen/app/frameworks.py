"""Frameworks: listed, read, checked, compared, imported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jdgen.document.replacing import Allowed, write
from jdgen.drafting.checking import CheckedFile, check_framework_file, check_workspace, unfitting
from jdgen.drafting.loading import find_specialism, load_frameworks, load_library, shown
from jdgen.drafting.profile import RoleProfile, role_profile
from jdgen.errors import JdgenError, Problem
from jdgen.framework.model import Framework, Specialism
from jdgen.framework.reading import current, load_framework
from jdgen.levels import Level, levels_listed
from jdgen.workspace import Workspace

if TYPE_CHECKING:  # slow to import
    from jdgen.framework.comparison import Comparison
    from jdgen.importing.files import Files
    from jdgen.importing.importing import About
    from jdgen.record.model import GenerationRecord


def frameworks(workspace: Workspace) -> tuple[Framework, ...]:
    """All frameworks of the workspace, in all their versions."""
    return load_frameworks(workspace)


def specialism_named(workspace: Workspace, specialism: str, framework: str | None) -> tuple[Framework, Specialism]:
    """The specialism called ``specialism``, and the framework that has it."""
    known = current(load_frameworks(workspace))
    return find_specialism(known, specialism, framework, "SPECIALISM", "--framework")


def profile(specialism: Specialism, level: Level, where: str) -> RoleProfile:
    """What ``specialism`` says at ``level``, which the user named at ``where``. Raises :class:`JdgenError` where it
    says nothing."""
    if level not in specialism.levels:
        what = f"the framework says nothing of {specialism.title} at {level.named}"
        raise JdgenError(Problem(where, what, f"choose from {levels_listed(specialism.levels)}"))
    return role_profile(specialism, level)


def check_frameworks(workspace: Workspace, files: Sequence[Path]) -> tuple[CheckedFile, ...]:
    """Check ``files``, or everything in the workspace where none is named."""
    return tuple(check_framework_file(path, workspace) for path in files) if files else check_workspace(workspace)


def compare_frameworks(old: Path, new: Path) -> Comparison:
    """What differs between two versions of a framework. Raises :class:`JdgenError` with the problems of both files."""
    from jdgen.framework.comparison import compare  # noqa: PLC0415  # rapidfuzz, which nothing else needs

    loaded: list[Framework] = []
    problems: list[Problem] = []
    for path in (old, new):
        try:
            loaded.append(load_framework(path, shown(path)))
        except JdgenError as error:
            problems += error.problems
    if problems:
        raise JdgenError(problems)
    return compare(*loaded)


def save_comparison(workspace: Workspace, path: Path, page: str, allowed: Allowed) -> None:
    """Write a comparison as a ``page`` for a browser."""
    write([(path, page.encode())], workspace, allowed)


def import_published(
    path: Path, workspace: Workspace, about: About, out: Path, *, previous: Path | None = None, allowed: Allowed
) -> Files:
    """Read the published framework at ``path`` into the framework file ``out``: see :mod:`jdgen.importing.files`.

    ``previous`` is an earlier version, whose ids are kept; without it, the workspace's framework of the same id.
    """
    from jdgen.importing.files import import_file  # noqa: PLC0415  # nothing else needs it

    if previous:
        earlier: Framework | None = load_framework(previous, shown(previous))
    else:
        same = [one for one in load_frameworks(workspace) if one.id == about.id]
        earlier = next(iter(current(same)), None)
    return import_file(path, about, earlier, out, workspace=workspace, allowed=allowed)


def unfitting_entries(framework: Framework, workspace: Workspace) -> tuple[Problem, ...]:
    """What of the workspace's criteria, adaptations and levels does not fit ``framework``."""
    return unfitting(framework, workspace)


def framework_of_record(record: GenerationRecord, workspace: Workspace) -> Framework | None:
    """The version of the framework that a document was made from, where the workspace has it."""
    facts = (record.framework, record.framework_version, record.framework_sha256)
    known = load_frameworks(workspace)
    return next((one for one in known if (one.id, one.version, one.sha256) == facts), None)


def reasons_for(
    record: GenerationRecord, statements: Sequence[str], workspace: Workspace
) -> dict[str, tuple[str, ...]]:
    """The changes that jdgen makes today to the wording of each of ``statements``, with their reasons, where the
    adaptations to what a document was made from are at hand."""
    try:
        library = load_library(workspace, str(record.post.get("specialism")), record.framework)
    except JdgenError:  # why a sentence is there can be told without
        return {}
    changes = library.adaptations.changes if library.framework.version == record.framework_version else ()
    return {
        named: tuple(f"{change}: {change.reason}." for change in changes if change.statement == named)
        for named in statements
    }


def framework_file(path: Path) -> Framework:
    """The framework in the file at ``path``. Raises :class:`JdgenError` with all its problems."""
    return load_framework(path, shown(path))
