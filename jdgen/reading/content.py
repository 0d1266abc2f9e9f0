"""The content of a file that a person has named."""

from __future__ import annotations

from pathlib import Path

from jdgen.errors import JdgenError, Problem


def content_of(path: Path, called: str = "", right: str = "name a file that you may read") -> bytes:
    """The content of the file at ``path``.

    Raises :class:`JdgenError` where it cannot be read: ``called`` is what messages call it ("the template"), and
    ``right`` what would be right.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        what = f"{called} cannot be read ({error.strerror})".lstrip()
        raise JdgenError(Problem(str(path), what, right)) from error
