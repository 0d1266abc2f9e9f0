"""A post as text: what its document was made from, for the record of it and for telling whether it has changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import PurePath
from typing import Any

from jdgen.bands import Band
from jdgen.post.model import Post

_LEFT_OUT = {"places"}
_NAMES = tuple(field.name for field in fields(Post) if field.name not in _LEFT_OUT)


def post_json(post: Post) -> str:
    """What was given of ``post``, as a JSON object; a picture's file by its name alone."""
    return _ENCODER.encode({name: value for name in _NAMES if (value := getattr(post, name))})


def _plain(value: Any) -> Any:
    """What JSON has no form for, in one that it has."""
    if isinstance(value, Band):
        return value.printed
    if isinstance(value, PurePath):
        return value.name
    return dict(value) if isinstance(value, Mapping) else vars(value)


_ENCODER = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, default=_plain)
