"""The template language: Jinja2 reduced to printing fields, repeating and choosing.

A template is code from a stranger. It may name fields of the draft, loop over them and ask simple
questions. It may not call, compute or build text, so that it can neither reach beyond the draft nor grow
without bounds. Jinja2 reads it, and what it reads becomes steps (:mod:`.translating`): nothing of it is ever run.
"""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment, nodes

from jdgen.template.expressions import FILTERS, OWN, TESTS

MAX_NESTING = 4

_JINJA = Environment(autoescape=False)  # it renders nothing
_ALLOWED = (
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
        if isinstance(node.target, nodes.Name) and node.target.name == OWN:
            yield line, f"a loop whose items are called '{OWN}', as your organisation's own fields are"
    if isinstance(node, nodes.Operand) and node.op in ("in", "notin") and _lists_constants(node.expr):
        return
    if not isinstance(node, _ALLOWED):
        yield line, _NAMES.get(type(node), f"'{type(node).__name__}'")
        return
    yield from _misused(node, line)
    for child in node.iter_child_nodes():
        yield from _walk(child, depth, line)


def _misused(node: nodes.Node, line: int) -> Iterator[tuple[int, str]]:
    """What an allowed node says that it may not."""
    if isinstance(node, nodes.Output):
        for printed in node.nodes:
            if _prints_constant(printed):
                yield printed.lineno or line, "a text or number inside {{ }}"
    if isinstance(node, (nodes.Name, nodes.Getattr)) and _name(node).startswith("_"):
        yield line, f"the name '{_name(node)}'"
    if isinstance(node, (nodes.Filter, nodes.Test)):
        yield from ((line, used) for used in _forbidden_use(node))


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
    nodes.Assign: "set",
    nodes.AssignBlock: "set",
    nodes.Macro: "a macro",
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.Extends: "extends",
    nodes.Block: "a block",
    nodes.Scope: "autoescape",
}
