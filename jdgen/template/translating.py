"""From what Jinja reads in a template to the steps that print it (:mod:`.steps`).

Only what the dialect allows has steps: a second look at what is compiled, were the first (:mod:`.dialect`) to miss
something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from jinja2 import nodes

from jdgen.template import expressions as of
from jdgen.template.expressions import Expression, is_known
from jdgen.template.steps import Case, Choose, PrintStep, Repeat, Shown, Steps

_PARAGRAPH = re.compile(r"<w:p[ >]")
_WIDE = re.compile("[^\x00-\xff]")


class UntranslatableError(Exception):
    """Something in a template has no steps."""


def translated(tree: nodes.Template, paragraphs: Sequence[str]) -> Steps:
    """The steps of a part that Jinja reads as ``tree``. ``paragraphs`` are the texts of the template up to its first
    paragraph, and of each paragraph, for messages. Raises :class:`UntranslatableError` for what has no steps."""
    return _Translation(paragraphs).steps(tree.body)


class _Translation:
    """A walk through a part in the order of its text, by which it is known in which paragraph something is printed."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self._paragraphs = paragraphs
        self._at = 0

    def steps(self, body: Sequence[nodes.Node]) -> Steps:
        return tuple(step for node in body for step in self._steps(node))

    def _steps(self, node: nodes.Node) -> Iterator[str | PrintStep]:
        match node:
            case nodes.Output():
                for printed in node.nodes:
                    yield self._text(printed.data) if isinstance(printed, nodes.TemplateData) else self._shown(printed)
            case nodes.For(target=nodes.Name(name=name), recursive=False, test=None, else_=[]) if name != of.OWN:
                over = _expression(node.iter)
                counts = any(named.name == "loop" for inner in node.body for named in _names(inner))
                yield Repeat(name, over, self.steps(node.body), counts)
            case nodes.If():
                cases = [Case(_expression(case.test), self.steps(case.body)) for case in (node, *node.elif_)]
                yield Choose(tuple(cases), self.steps(node.else_))
            case _:
                raise UntranslatableError(type(node).__name__)

    def _text(self, xml: str) -> str:
        """The template's own text in characters of one byte: what lies beyond them becomes references, which say the
        same. A document without any other is half as long in memory, and is searched and encoded in half the time."""
        self._at += len(_PARAGRAPH.findall(xml))
        return _WIDE.sub(lambda found: f"&#{ord(found[0])};", xml)

    def _shown(self, node: nodes.Expr) -> Shown:
        return Shown(_expression(node), self._paragraphs[min(self._at, len(self._paragraphs) - 1)])


def _names(node: nodes.Node) -> Iterator[nodes.Name]:
    if isinstance(node, nodes.Name):
        yield node
    yield from node.find_all(nodes.Name)


def _expression(node: nodes.Node) -> Expression:
    translate = _EXPRESSIONS.get(type(node))
    if translate is None:
        raise UntranslatableError(type(node).__name__)
    expression = translate(node)
    if not is_known(expression):
        raise UntranslatableError(repr(expression))
    return expression


def _attribute(node: nodes.Getattr) -> Expression:
    if isinstance(node.node, nodes.Name) and node.node.name == of.OWN:
        return of.Name(f"{of.OWN}.{node.attr}")
    return of.FieldOf(_expression(node.node), node.attr)


def _listed(node: nodes.List | nodes.Tuple) -> Expression:
    if not all(isinstance(item, nodes.Const) for item in node.items):
        raise UntranslatableError(type(node).__name__)
    return of.Listed(tuple(item.as_const() for item in node.items))


def _compared(node: nodes.Compare) -> Expression:
    return of.Compared(_expression(node.expr), tuple((other.op, _expression(other.expr)) for other in node.ops))


def _chosen(node: nodes.CondExpr) -> Expression:
    second = _expression(node.expr2) if node.expr2 is not None else None
    return of.Chosen(_expression(node.expr1), _expression(node.test), second)


def _filtered(node: nodes.Filter) -> Expression:
    if node.node is None or node.kwargs or node.dyn_args or node.dyn_kwargs:
        raise UntranslatableError(type(node).__name__)
    return of.Filtered(_expression(node.node), node.name, tuple(map(_expression, node.args)))


def _tested(node: nodes.Test) -> Expression:
    if node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
        raise UntranslatableError(type(node).__name__)
    return of.Tested(_expression(node.node), node.name)


_EXPRESSIONS: dict[type[nodes.Node], Callable[[Any], Expression]] = {
    nodes.Name: lambda node: of.Name(node.name),
    nodes.Getattr: _attribute,
    nodes.Const: lambda node: of.Constant(node.value),
    nodes.List: _listed,
    nodes.Tuple: _listed,
    nodes.And: lambda node: of.Both(_expression(node.left), _expression(node.right)),
    nodes.Or: lambda node: of.Either(_expression(node.left), _expression(node.right)),
    nodes.Not: lambda node: of.Not(_expression(node.node)),
    nodes.Compare: _compared,
    nodes.CondExpr: _chosen,
    nodes.Filter: _filtered,
    nodes.Test: _tested,
}
