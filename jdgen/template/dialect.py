"""The template language: Jinja2 reduced to printing fields, repeating and choosing.

A template is code from a stranger. It may name fields of the draft, loop over them and ask simple
questions. It may not call, compute or build text, so that it can neither reach beyond the draft nor grow
without bounds. Jinja2 reads it, and what it reads becomes steps (:func:`translated`): nothing of it is ever run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from jinja2 import Environment, nodes

from jdgen.template import expressions as of
from jdgen.template.expressions import FILTERS, OWN_FIELDS, TESTS, Expression, is_known
from jdgen.template.steps import Case, Choose, PrintStep, PrintValue, Repeat, Steps

MAX_NESTING = 4

_JINJA = Environment(autoescape=False)  # it renders nothing
_ALLOWED_NODES = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const),
    *(nodes.For, nodes.If, nodes.CondExpr, nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand),
    *(nodes.Filter, nodes.Test),
)


def read(text: str) -> nodes.Template:
    """What Jinja reads in ``text``. Raises ``TemplateSyntaxError`` for what it cannot read."""
    return _JINJA.parse(text)


def forbidden_nodes(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """What ``tree`` uses beyond the dialect: line and a name for it."""
    yield from _walk(tree, 0, 1)


def _walk(node: nodes.Node, depth: int, line: int) -> Iterator[tuple[int, str]]:
    # Jinja gives some nodes no line: then that of what is in them.
    line = node.lineno or next((inner.lineno for inner in node.find_all(nodes.Node) if inner.lineno), line)
    if isinstance(node, nodes.For):
        depth += 1
        if depth > MAX_NESTING:
            yield line, f"loops nested more than {MAX_NESTING} deep"
            return
        if node.recursive or node.test or node.else_:
            yield line, "a loop that is recursive, filtered or has an else"
        if isinstance(node.target, nodes.Name) and node.target.name == OWN_FIELDS:
            yield line, f"a loop whose items are called '{OWN_FIELDS}', as your organisation's own fields are"
    if isinstance(node, nodes.Operand) and node.op in ("in", "notin") and _lists_constants(node.expr):
        return
    if not isinstance(node, _ALLOWED_NODES):
        yield line, _NAMES.get(type(node), f"'{type(node).__name__}'")
        return
    yield from _misuses(node, line)
    for child in node.iter_child_nodes():
        yield from _walk(child, depth, line)


def _misuses(node: nodes.Node, line: int) -> Iterator[tuple[int, str]]:
    """What an allowed node says that it may not."""
    if isinstance(node, nodes.Output):
        for expression in node.nodes:
            if _prints_constant(expression):
                yield expression.lineno or line, "a text or number inside {{ }}"
    if isinstance(node, (nodes.Name, nodes.Getattr)) and _name(node).startswith("_"):
        yield line, f"the name '{_name(node)}'"
    if isinstance(node, (nodes.Filter, nodes.Test)):
        yield from ((line, name) for name in _forbidden_use(node))


def _forbidden_use(node: nodes.Filter | nodes.Test) -> Iterator[str]:
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        yield f"the filter '{node.name}'"
    if isinstance(node, nodes.Test) and (node.name not in TESTS or node.args):
        yield f"the test '{node.name}'"
    if node.dyn_args or node.dyn_kwargs:
        yield "a call"


def _lists_constants(node: nodes.Expr) -> bool:
    """Whether the expression is a list as in ``band in ['7', '8a']``, which is asked and never printed."""
    return isinstance(node, (nodes.List, nodes.Tuple)) and all(isinstance(each, nodes.Const) for each in node.items)


def _name(node: nodes.Name | nodes.Getattr) -> str:
    return node.name if isinstance(node, nodes.Name) else node.attr


def _prints_constant(node: nodes.Node) -> bool:
    """Whether ``{{ node }}`` can print what the template says rather than a field: Jinja would print ``None``
    and escape ``&`` twice. What is only asked or compared is not printed."""
    if isinstance(node, (nodes.And, nodes.Or)):
        return _prints_constant(node.left) or _prints_constant(node.right)
    if isinstance(node, nodes.CondExpr):
        return _prints_constant(node.expr1) or (node.expr2 is not None and _prints_constant(node.expr2))
    if isinstance(node, nodes.Filter) and node.node is not None:
        return _prints_constant(node.node)
    return isinstance(node, nodes.Const)


_NAMES: dict[type[nodes.Node], str] = {
    nodes.Call: "a call",
    nodes.Getitem: "a look-up by position or key",
    nodes.Concat: "building text with ~",
    nodes.Add: "arithmetic",
    nodes.Sub: "arithmetic",
    nodes.Mul: "arithmetic",
    nodes.Div: "arithmetic",
    nodes.Mod: "arithmetic",
    nodes.Pow: "arithmetic",
    nodes.FloorDiv: "arithmetic",
    nodes.Neg: "arithmetic",
    nodes.Pos: "arithmetic",
    nodes.Tuple: "commas between fields",
    nodes.List: "a list in brackets",
    nodes.Dict: "a list in braces",
    nodes.Assign: "set",
    nodes.AssignBlock: "set",
    nodes.Macro: "a macro",
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.Extends: "extends",
    nodes.Block: "a block",
    nodes.Scope: "autoescape",
}


# From what Jinja reads in a template to the steps that print it (:mod:`.steps`).
#
# Only what the dialect allows has steps: a second look at what is compiled, were the first to miss something.

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
                for output in node.nodes:
                    yield (
                        self._text(output.data) if isinstance(output, nodes.TemplateData) else self._value_step(output)
                    )
            case nodes.For(target=nodes.Name(name=name), recursive=False, test=None, else_=[]) if name != OWN_FIELDS:
                over = _expression(node.iter)
                counts = any(name_node.name == "loop" for inner in node.body for name_node in _names(inner))
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
        return _WIDE.sub(lambda match: f"&#{ord(match[0])};", xml)

    def _value_step(self, node: nodes.Expr) -> PrintValue:
        return PrintValue(_expression(node), self._paragraphs[min(self._at, len(self._paragraphs) - 1)])


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
    if isinstance(node.node, nodes.Name) and node.node.name == OWN_FIELDS:
        return of.Name(f"{OWN_FIELDS}.{node.attr}")
    return of.FieldOf(_expression(node.node), node.attr)


def _constants(node: nodes.List | nodes.Tuple) -> Expression:
    if not all(isinstance(item, nodes.Const) for item in node.items):
        raise UntranslatableError(type(node).__name__)
    return of.Constants(tuple(item.as_const() for item in node.items))


def _comparison(node: nodes.Compare) -> Expression:
    return of.Compare(_expression(node.expr), tuple((other.op, _expression(other.expr)) for other in node.ops))


def _choice(node: nodes.CondExpr) -> Expression:
    second = _expression(node.expr2) if node.expr2 is not None else None
    return of.Choice(_expression(node.expr1), _expression(node.test), second)


def _filter(node: nodes.Filter) -> Expression:
    if node.node is None or node.kwargs or node.dyn_args or node.dyn_kwargs:
        raise UntranslatableError(type(node).__name__)
    return of.Filter(_expression(node.node), node.name, tuple(map(_expression, node.args)))


def _test(node: nodes.Test) -> Expression:
    if node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
        raise UntranslatableError(type(node).__name__)
    return of.Test(_expression(node.node), node.name)


_EXPRESSIONS: dict[type[nodes.Node], Callable[[Any], Expression]] = {
    nodes.Name: lambda node: of.Name(node.name),
    nodes.Getattr: _attribute,
    nodes.Const: lambda node: of.Constant(node.value),
    nodes.List: _constants,
    nodes.Tuple: _constants,
    nodes.And: lambda node: of.Both(_expression(node.left), _expression(node.right)),
    nodes.Or: lambda node: of.Either(_expression(node.left), _expression(node.right)),
    nodes.Not: lambda node: of.Not(_expression(node.node)),
    nodes.Compare: _comparison,
    nodes.CondExpr: _choice,
    nodes.Filter: _filter,
    nodes.Test: _test,
}
