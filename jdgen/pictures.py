"""Reading the pictures that posts and people name."""

from __future__ import annotations

from pathlib import Path

from jdgen.drafting.model import Picture
from jdgen.post.model import Post
from jdgen.reading.content import MEGABYTE, content_of

#: NHS Jobs takes documents of one megabyte; a picture of ten times that is none for a heading.
_MOST = 10 * MEGABYTE


def picture_of(post: Post) -> Picture | None:
    """The organisation's picture, read from the file that the post names."""
    if post.picture is None:
        return None
    content = picture_content(post.picture.path, post.where("picture.file"), "keep it beside the post file")
    return Picture(content, post.picture.description)


def picture_content(path: Path, where: str, right: str) -> bytes:
    """The content of the file ``path``.

    Raises :class:`JdgenError` if it cannot be read, or is none that a document could carry: at ``where``, and with what
    would be ``right``.
    """
    return content_of(path, "the picture", right, most=_MOST, where=where)
