"""A post as plain values, for the record of what a document was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import PurePath
from typing import Any

from jdgen.bands import Band
from jdgen.post.model import Post

_LEFT_OUT = {"places"}
_NAMES = tuple(field.name for field in fields(Post) if field.name not in _LEFT_OUT)


def post_values(post: Post) -> dict[str, Any]:
    """What was given of ``post``, as values that JSON can hold; a picture's file by its name alone."""
    given = ((name, _plain(getattr(post, name))) for name in _NAMES)
    return {name: value for name, value in given if value not in (None, [], {})}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Band):
        return str(value)
    if isinstance(value, PurePath):
        return value.name
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Mapping):
        return dict(value)
    return {name: _plain(part) for name, part in vars(value).items()}
