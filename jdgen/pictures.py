"""Reading the pictures that posts and people name."""

from __future__ import annotations

from pathlib import Path

from jdgen.drafting.model import Picture
from jdgen.errors import JdgenError, Problem
from jdgen.post.model import Post


def picture_of(post: Post) -> Picture | None:
    """The organisation's picture, read from the file that the post names."""
    if post.picture is None:
        return None
    content = picture_content(post.picture.path, post.where("picture.file"), "keep it beside the post file")
    return Picture(content, post.picture.description)


def picture_content(path: Path, where: str, right: str) -> bytes:
    """The content of the file ``path``.

    Raises :class:`JdgenError` if it cannot be read: at ``where``, and with what would be ``right``.
    """
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        what = f"the picture cannot be read ({reason})"
        raise JdgenError(Problem(where, what, right)) from error
