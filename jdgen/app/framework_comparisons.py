"""Two versions of a framework, compared. To compare them, nothing that reads publications has to be imported."""

from __future__ import annotations

from pathlib import Path

from jdgen.app.frameworks import find_level
from jdgen.document.own_files import write
from jdgen.document.replacing import Permissions
from jdgen.drafting.frameworks_here import load_two_versions
from jdgen.framework.comparison import Comparison, MovedHeading, StatementChange, compare
from jdgen.framework.comparison_page import comparison_page
from jdgen.framework.passages import Passage
from jdgen.word_changes import WordChange
from jdgen.workspace import Workspace

__all__ = [
    "Comparison",
    "MovedHeading",
    "Passage",
    "StatementChange",
    "WordChange",
    "compare_frameworks",
    "save_comparison",
]


def compare_frameworks(workspace: Workspace, old: Path, new: Path, band: str | None, level: str | None) -> Comparison:
    """What differs between two versions of a framework, or what of it a document at ``band`` or ``level`` would show.
    Each is a file, or the id of a framework of the workspace.

    Raises :class:`JdgenError` with the problems of both.
    """
    before, after = load_two_versions(old, new, workspace)
    return compare(before, after, find_level(band, level, after.scale))


def save_comparison(workspace: Workspace, path: Path, comparison: Comparison, permissions: Permissions) -> None:
    """Write ``comparison`` as a page for a browser."""
    write([(path, comparison_page(comparison).encode())], workspace, permissions)
