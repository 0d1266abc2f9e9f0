"""Reading the picture that a post names."""

from __future__ import annotations

from jdgen.drafting.model import Picture
from jdgen.errors import JdgenError, Problem
from jdgen.post.model import Post


def picture_of(post: Post) -> Picture | None:
    """The organisation's picture, read from the file that the post names."""
    if post.picture is None:
        return None
    try:
        return Picture(post.picture.path.read_bytes(), post.picture.description)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        where = post.where("picture.file")
        raise JdgenError(
            Problem(where, f"the picture cannot be read ({reason})", "keep it beside the post file")
        ) from error
