"""Which fields a template may name: those of the draft, known from its types before anything is filled.

So a misspelt field is found at once, with every other one, whatever the draft at hand happens to hold.
"""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import nodes

from jdgen.errors import did_you_mean
from jdgen.filling import anchors

#: What ``loop`` offers inside a ``for``.
_LOOP = ("index", "index0", "first", "last", "length", "revindex", "revindex0")


@dataclasses.dataclass(frozen=True)
class FieldFault:
    """A field that a template uses wrongly: the line, the expression as written, what is wrong and right."""

    line: int
    expression: str
    what: str
    right: str


def field_faults(tree: nodes.Template, context: type) -> Iterator[FieldFault]:
    """Every place of ``tree`` that names a field which ``context`` (a dataclass) has not, prints a list, or
    loops over a text."""
    yield from _Checker(_fields(context)).check(tree.body)


@functools.cache
def _fields(kind: Any) -> Mapping[str, Any]:
    """The fields of a dataclass and their types; none of anything else, nor of a picture, which is only shown."""
    return typing.get_type_hints(kind) if dataclasses.is_dataclass(kind) and not _picture(kind) else {}


class _Loop:
    """The type of ``loop``."""


class _Unknown:
    """The type of what has been reported already."""


class _Checker:
    """Checks nodes under the names that are bound where they stand."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self._names = names

    def check(self, body: typing.Iterable[nodes.Node]) -> Iterator[FieldFault]:
        for node in body:
            if isinstance(node, nodes.Output):
                for printed in node.nodes:
                    yield from self._printed(printed)
            elif isinstance(node, nodes.For):
                yield from self._loop(node)
            elif isinstance(node, nodes.If):
                yield from self._faults(node.test)
                yield from self.check([*node.body, *node.elif_, *node.else_])

    def _printed(self, node: nodes.Expr) -> Iterator[FieldFault]:
        if isinstance(node, nodes.TemplateData):
            return
        node = unanchored(node)
        faults = list(self._faults(node))
        yield from faults
        kind = self._type(node)
        if not faults and (_element(kind) or dataclasses.is_dataclass(kind)) and not _picture(kind):
            what = "is a list" if _element(kind) else "holds several fields"
            right = _looped(node) if _element(kind) else _offer(kind)
            yield FieldFault(node.lineno, _written(node), f"{{{{ {_written(node)} }}}} {what}", right)

    def _loop(self, node: nodes.For) -> Iterator[FieldFault]:
        faults = list(self._faults(node.iter))
        yield from faults
        element = _element(self._type(node.iter))
        if not faults and element is None:
            what = f"'{_written(node.iter)}' is one text, not a list"
            yield FieldFault(node.lineno, _written(node.iter), what, f"print it: {{{{ {_written(node.iter)} }}}}")
        names = {**self._names, "loop": _Loop}
        if isinstance(node.target, nodes.Name):
            names[node.target.name] = element or _Unknown
        yield from _Checker(names).check(node.body)

    def _faults(self, node: nodes.Node) -> Iterator[FieldFault]:
        if isinstance(node, nodes.Name):
            if node.name not in self._names:
                right = did_you_mean(node.name, list(self._names))
                yield FieldFault(node.lineno, node.name, f"no field '{node.name}'", right)
        elif isinstance(node, nodes.Getattr):
            yield from self._faults(node.node)
            owner = self._type(node.node)
            known = _members(owner)
            if owner is not _Unknown and node.attr not in known:
                what = f"'{_written(node.node)}' has no field '{node.attr}'"
                right = did_you_mean(node.attr, known) if known else _whole(node.node, owner)
                yield FieldFault(node.lineno, _written(node), what, right)
        elif isinstance(node, nodes.Filter) and node.node is not None:
            yield from self._faults(node.node)
            if node.name != "length" and _element(self._type(node.node)):
                written = _written(node.node)
                yield FieldFault(node.lineno, written, f"'{written}' is a list, not one text", _looped(node.node))
        else:
            for child in node.iter_child_nodes():
                yield from self._faults(child)

    def _type(self, node: nodes.Node) -> Any:
        if isinstance(node, nodes.Name):
            return _without_none(self._names.get(node.name, _Unknown))
        if isinstance(node, nodes.Getattr):
            owner = self._type(node.node)
            return _without_none(_fields(owner).get(node.attr, _Unknown))
        return str


def _members(kind: Any) -> list[str]:
    return list(_LOOP) if kind is _Loop else list(_fields(kind))


def _without_none(kind: Any) -> Any:
    """``Picture`` for ``Picture | None``."""
    if isinstance(kind, types.UnionType):
        return next(part for part in typing.get_args(kind) if part is not types.NoneType)
    return kind


def _element(kind: Any) -> Any:
    """``X`` for ``tuple[X, ...]``, else nothing."""
    return typing.get_args(kind)[0] if typing.get_origin(kind) is tuple else None


def unanchored(node: nodes.Expr) -> nodes.Expr:
    """What the template's author wrote, where jdgen has put an anchor round it."""
    if not (isinstance(node, nodes.Filter) and node.name == anchors.FILTER and isinstance(node.node, nodes.Name)):
        return node
    field = node.args[0].as_const()
    return nodes.Getattr(node.node, field[1:], "load", lineno=node.lineno) if field.startswith(".") else node.node


def _picture(kind: Any) -> bool:
    return getattr(kind, "__name__", "") == "Picture"


def _looped(node: nodes.Node) -> str:
    return f"loop over it: {{%p for one in {_written(node)} %}}"


def _whole(node: nodes.Node, kind: Any) -> str:
    """What to do with ``node``, which has no fields."""
    return _looped(node) if _element(kind) else f"print it: {{{{ {_written(node)} }}}}"


def _offer(kind: Any) -> str:
    return f"print one of its fields: {', '.join(_members(kind))}"


def _written(node: nodes.Node) -> str:
    """A name or chain of names as the template has it."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    return "the expression"
