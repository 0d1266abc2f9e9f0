"""The content of a file that a person has named: looked at before it is read, and never more of it than it may have."""

from __future__ import annotations

import stat
from pathlib import Path

from jdgen.errors import JdgenError, Problem

MEGABYTE = 2**20
#: The most bytes that a file may have where nothing else is said of it: a Word file of twenty megabytes is a large one.
MOST = 20 * MEGABYTE


def content_of(
    path: Path,
    called: str = "",
    right: str = "name a file that you may read",
    *,
    most: int = MOST,
    smaller: str = "",
    where: str = "",
) -> bytes:
    """The content of the file at ``path``, of at most ``most`` bytes.

    A device or a pipe is no such file: reading one may never end. Raises :class:`JdgenError` where the file cannot be
    read, or is larger: at ``where`` (else at its path). ``called`` is what messages call it ("the template"), ``right``
    what would be right, and ``smaller`` how such a file is made smaller.
    """
    return beginning_of(path, most, called, right, most=most, smaller=smaller, where=where)


def beginning_of(
    path: Path,
    length: int,
    called: str = "",
    right: str = "name a file that you may read",
    *,
    most: int = MOST,
    smaller: str = "",
    where: str = "",
) -> bytes:
    """The first ``length`` bytes of a file that may have ``most``; see :func:`content_of`."""
    where = where or str(path)
    try:
        looked_at = path.stat()
        kind, size, content = _kind(looked_at.st_mode), looked_at.st_size, b""
        if not kind and size <= most:
            with path.open("rb") as stream:
                # One byte more tells of a file that grows, or has more in it than its folder says.
                content = stream.read(length + 1)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        reason = getattr(error, "strerror", None) or error
        raise JdgenError(Problem(where, f"{called} cannot be read ({reason})".lstrip(), right)) from error
    if kind:
        raise JdgenError(Problem(where, f"{called} cannot be read ({kind})".lstrip(), right))
    if max(size, len(content)) > most:
        what = f"{called} is too large ({max(size, len(content)) / MEGABYTE:,.0f} MB)".lstrip()
        raise JdgenError(Problem(where, what, "; ".join(filter(None, (f"at most {most // MEGABYTE} MB", smaller)))))
    return content[:length]


def is_endless(path: Path) -> bool:
    """Whether a pipe or a device stands at ``path``, of which nobody knows where it ends. Raises :class:`OSError` where
    that cannot be seen."""
    mode = path.stat().st_mode
    return not stat.S_ISDIR(mode) and bool(_kind(mode))


def _kind(mode: int) -> str:
    """What stands in the place of a file, '' for a file."""
    if stat.S_ISREG(mode):
        return ""
    if stat.S_ISDIR(mode):
        return "Is a directory"
    return "it is a pipe" if stat.S_ISFIFO(mode) else "it is a device"
