"""The workbook of posts that people fill in, for a batch."""

from __future__ import annotations

from pathlib import Path

from jdgen.document.replacing import Allowed, write
from jdgen.errors import JdgenError, Problem
from jdgen.starters.workbook import MAX_ROWS, ROWS, workbook_of_posts
from jdgen.workspace import Workspace

__all__ = ["ROWS", "save_workbook_of_posts"]


def save_workbook_of_posts(
    workspace: Workspace,
    path: Path,
    allowed: Allowed,
    *,
    rows: int = ROWS,
    specialism: str | None = None,
    framework: str | None = None,
) -> None:
    """Write the workbook of posts: see :mod:`jdgen.starters.workbook`.

    Raises :class:`JdgenError` for names that nothing has, and where ``path`` cannot be written.
    """
    if path.suffix.lower() != ".xlsx":
        raise JdgenError(Problem(str(path), "is no name for an Excel workbook", f"write {path.name}.xlsx"))
    if rows > MAX_ROWS:
        right = f"at most {MAX_ROWS:,}; a sheet of your own may have more, with the same headings"
        raise JdgenError(Problem("--rows", f"{rows:,} rows are more than people fill in", right))
    write([(path, workbook_of_posts(workspace, rows, specialism, framework))], workspace, allowed)
