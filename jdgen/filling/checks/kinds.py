"""What kind of value an expression of a template has: told from the draft's types before any draft is at hand."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Mapping
from typing import Any

from jinja2 import nodes


class Loop:
    """The type of ``loop`` inside a ``for``."""

    index: int
    index0: int
    first: bool
    last: bool
    length: int
    revindex: int
    revindex0: int


class Unknown:
    """The type of what has been reported already, or is not known before a draft is at hand."""


@functools.cache
def fields(kind: Any) -> Mapping[str, Any]:
    """The fields of a dataclass or of ``loop`` with their types; none of anything else, nor of a picture, which is
    only shown."""
    if kind is Loop:
        return typing.get_type_hints(Loop)
    return typing.get_type_hints(kind) if dataclasses.is_dataclass(kind) and not is_picture(kind) else {}


def kind_of(node: nodes.Node, names: Mapping[str, Any]) -> Any:
    """The type of an expression under the types of ``names``."""
    if isinstance(node, nodes.Name):
        return without_none(names.get(node.name, Unknown))
    if isinstance(node, nodes.Getattr):
        return without_none(fields(kind_of(node.node, names)).get(node.attr, Unknown))
    if isinstance(node, nodes.Const):
        return type(node.value)
    if isinstance(node, nodes.Filter):
        return int if node.name == "length" else str
    if isinstance(node, (nodes.Compare, nodes.Not, nodes.Test)):
        return bool
    return Unknown


def element(kind: Any) -> Any:
    """``X`` for ``tuple[X, ...]``, else nothing."""
    return typing.get_args(kind)[0] if typing.get_origin(kind) is tuple else None


def without_none(kind: Any) -> Any:
    """``Picture`` for ``Picture | None``."""
    if isinstance(kind, types.UnionType):
        return next(part for part in typing.get_args(kind) if part is not types.NoneType)
    return kind


def may_be_none(kind: Any) -> bool:
    """Whether a field of this type can be missing in a draft."""
    return isinstance(kind, types.UnionType) and types.NoneType in typing.get_args(kind)


def is_picture(kind: Any) -> bool:
    """Whether it is the organisation's picture, which is printed as it is."""
    return getattr(kind, "__name__", "") == "Picture"


def in_words(kind: Any) -> str:
    """The type as messages call it; '' where it is not known."""
    if element(kind):
        return "a list"
    if not isinstance(kind, type) or kind is Unknown:
        return ""
    named = ((types.NoneType, "nothing"), (str, "a text"), (bool, "a yes or no"), ((int, float), "a number"))
    return next((words for base, words in named if issubclass(kind, base)), "several fields")
