"""Questions that a template asks and that have no answer: a text compared with a number, the length of a number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import nodes

from jdgen.filling.checks.kinds import in_words, kind_of

_ORDER = ("gt", "gteq", "lt", "lteq")
_MEMBER = ("in", "notin")
#: Tests and filters: what they can be asked of, and what is wrong where they are asked of anything else.
_ASKED_OF = {"prompt": (("a text",), "is never a prompt"), "length": (("a text", "a list"), "has no length")}


def unanswerable(node: nodes.Node, names: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Every question in the expression ``node`` that Python would answer with an error: its line, and why."""
    if isinstance(node, nodes.Compare):
        left = node.expr
        for operand in node.ops:
            if why := _compared(operand.op, left, operand.expr, names):
                yield node.lineno, why
            left = operand.expr
    elif isinstance(node, (nodes.Test, nodes.Filter)) and node.name in _ASKED_OF and node.node is not None:
        kinds, why = _ASKED_OF[node.name]
        if (kind := _known(node.node, names)) not in ("", *kinds):
            yield node.lineno, f"{kind} {why}"
    for child in node.iter_child_nodes():
        yield from unanswerable(child, names)


def _compared(operator: str, left: nodes.Node, right: nodes.Node, names: Mapping[str, Any]) -> str:
    """Why the comparison has no answer; '' where it has one."""
    one, other = _known(left, names), _known(right, names)
    if not one or not other:
        return ""
    ordered = operator in _ORDER and not (one == other and one in ("a text", "a number", "a list"))
    contained = operator in _MEMBER and not (other == "a list" or one == other == "a text")
    return f"{one} cannot be compared with {other}" if ordered or contained else ""


def _known(node: nodes.Node, names: Mapping[str, Any]) -> str:
    return in_words(kind_of(node, names))
