"""The template language: Jinja2 reduced to printing fields, repeating and choosing.

A template is code from a stranger. It may name fields of the draft, loop over them and ask simple
questions. It may not call, compute or build text, so that it can neither reach beyond the draft nor grow
without bounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from jdgen.drafting.prompts import is_prompt
from jdgen.errors import JdgenError, Problem

FILTERS = ("upper", "lower", "capitalize", "trim", "length")
TESTS = ("prompt", "none", "defined")
MAX_NESTING = 4
MAX_CHARACTERS = 50_000_000

_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const),
    *(nodes.For, nodes.If, nodes.CondExpr, nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand),
    *(nodes.Filter, nodes.Test),
)


class TemplateTooLongError(Exception):
    """A template prints more than any job description could hold."""


class _Environment(ImmutableSandboxedEnvironment):
    """Sandboxed, strict about missing fields, escaping all text, bounded in what it prints."""

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        return "".join(_bounded(parts))

    def is_safe_callable(self, obj: Any) -> bool:
        return False


def environment() -> _Environment:
    """A Jinja environment that knows the dialect and nothing else: no globals, few filters, few tests."""
    jinja = _Environment(autoescape=True, undefined=StrictUndefined, finalize=_printable)
    jinja.globals.clear()
    jinja.filters = {name: jinja.filters[name] for name in FILTERS}
    jinja.tests = {name: jinja.tests[name] for name in TESTS if name != "prompt"} | {"prompt": is_prompt}
    return jinja


def forbidden_nodes(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """What ``tree`` uses beyond the dialect: line and a name for it."""
    yield from _walk(tree, 0)


def _walk(node: nodes.Node, depth: int) -> Iterator[tuple[int, str]]:
    if isinstance(node, nodes.For):
        depth += 1
        if depth > MAX_NESTING:
            yield node.lineno, f"loops nested more than {MAX_NESTING} deep"
            return
        if node.recursive or node.test or node.else_:
            yield node.lineno, "a loop that is recursive, filtered or has an else"
    if not isinstance(node, _ALLOWED):
        yield node.lineno, _NAMES.get(type(node), f"'{type(node).__name__}'")
        return
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        yield node.lineno, f"the filter '{node.name}'"
    if isinstance(node, nodes.Test) and node.name not in TESTS:
        yield node.lineno, f"the test '{node.name}'"
    for child in node.iter_child_nodes():
        yield from _walk(child, depth)


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
}


def _printable(value: Any) -> Any:
    """What ``{{ … }}`` may print: text, numbers, and what already is a piece of the document.

    Text is escaped here rather than by Jinja, so that ``{_{`` in it does not become ``{{``, as docxtpl
    would have it.
    """
    if isinstance(value, str) and not isinstance(value, Markup):
        return Markup(str(escape(value)).replace("{_", "{&#95;").replace("_}", "&#95;}").replace("%_}", "%&#95;}"))
    if isinstance(value, (Markup, int)) and not isinstance(value, bool):
        return value
    if hasattr(value, "__html__"):
        return value
    kind = "nothing (None)" if value is None else f"a {type(value).__name__}"
    raise JdgenError(Problem("the template", f"prints {kind}", "print a field that holds text, or loop over it"))


def _bounded(parts: Iterable[str]) -> Iterator[str]:
    printed = 0
    for part in parts:
        printed += len(part)
        if printed > MAX_CHARACTERS:
            raise TemplateTooLongError
        yield part
