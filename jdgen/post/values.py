"""A post as text: what its document was made from, for the record of it and for telling whether it has changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import PurePath
from typing import Any, NamedTuple

from jdgen.levels import Band
from jdgen.post.field import Field, FieldKind
from jdgen.post.fields import BY_NAME, PICTURES, REQUIRED
from jdgen.post.model import Post


def _parts(kind: type[Any]) -> set[str]:
    return {part.name for part in fields(kind)}


# In the model's order: digests of documents that exist are made of it.
_NAMES = tuple(part.name for part in fields(Post) if part.name in BY_NAME)
#: Fields of which each entry has its reason, and where that reason stands.
_REASON = "reason"
REASONED = frozenset(name for name, field in BY_NAME.items() if field.entry and _REASON in _parts(field.entry))


class PostJson(NamedTuple):
    """A post as a JSON object: its text, and the values in it."""

    text: str
    values: Mapping[str, Any]


def post_values(post: Post) -> dict[str, Any]:
    """What was given of ``post``, in values that JSON has: a picture's file by its name alone, and what is left out or
    said in other words without the reasons, which may be about people."""
    return {name: _plain(value) for name in _NAMES if (value := getattr(post, name))}


def post_json(post: Post) -> PostJson:
    """The :func:`post_values` and their text."""
    values = post_values(post)
    return PostJson(values_json(values), values)


def values_json(values: Mapping[str, Any]) -> str:
    """The text of :func:`post_values`, which may have been read back from one."""
    return _ENCODER.encode(values)


def without_reasons(values: Mapping[str, Any]) -> dict[str, Any]:
    """``values`` of a post; records of an earlier form have the reasons too."""
    return {name: _without_reasons(value) if name in REASONED else value for name, value in values.items()}


def post_of_values(values: Mapping[str, Any]) -> Post:
    """The post of these :func:`post_values`, but for its pictures, of which the files are not kept.

    Raises ValueError for what are none.
    """
    if not REQUIRED.keys() <= values.keys() <= BY_NAME.keys():
        raise ValueError("fields that a post has not, or too few")
    field_values = {name: _read_value(BY_NAME[name], value) for name, value in values.items() if name not in PICTURES}
    return Post(**field_values)


def _read_value(field: Field, value: Any) -> Any:
    match field.kind:
        case FieldKind.BAND:
            return Band.parse(_text(value))
        case FieldKind.READINGS | FieldKind.SKILLS | FieldKind.OWN:
            if not isinstance(value, Mapping):
                raise ValueError(f"'{field.name}' is a mapping")
            return {_text(name): _text(text) for name, text in value.items()}
        case FieldKind.ENTRIES | FieldKind.TEXTS | FieldKind.WORDS | FieldKind.NAMES:
            if not isinstance(value, list):
                raise ValueError(f"'{field.name}' is a list")
            return tuple(_entry(field.entry, entry) if field.entry else _text(entry) for entry in value)
    return _text(value)


def _entry(kind: Any, entry: Any) -> Any:
    if not isinstance(entry, Mapping) or not entry.keys() <= _parts(kind):
        raise ValueError(f"no {kind.__name__}")
    try:
        return kind(**{name: _entry_value(value) for name, value in entry.items()})
    except TypeError as error:
        raise ValueError(f"no {kind.__name__}") from error


def _entry_value(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_text, value))
    return value if value is None else _text(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"text was expected, not {type(value).__name__}")
    return value


def _without_reasons(entries: Any) -> Any:
    """A list of entries without their reasons; what is no such list, as somebody's record may have it, as it is."""
    if not isinstance(entries, list):
        return entries
    return [
        {name: value for name, value in entry.items() if name != _REASON} if isinstance(entry, Mapping) else entry
        for entry in entries
    ]


def _plain(value: Any) -> Any:
    """A value in the form that JSON has for it."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Band):
        return value.name
    if isinstance(value, PurePath):
        return value.name
    fields = value if isinstance(value, Mapping) else vars(value)
    return {name: _plain(each) for name, each in fields.items() if name != _REASON or fields is value}


_ENCODER = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False)
