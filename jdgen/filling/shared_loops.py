"""Loops whose print many documents have in common: duties, person specification, general statements.

Posts that change nothing of the framework share these parts of their drafts as one value (``framework_part.py``). What
a template prints of such a value is the same each time, so it is printed once and kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jinja2 import Environment, Template, meta, nodes, pass_context
from jinja2.runtime import Context

from jdgen.filling.anchors import PRINTED, Piece, Printed

#: The name under which a part's loops travel in a rendering; templates cannot name it.
LOOPS = "_loops"
#: The filter that stands where such a loop stood.
FILTER = "jd_shared"
#: Fields of the draft that drafts share.
FIELDS = frozenset(
    {
        "duty_headings",
        "person_specification",
        "clauses",
        "entry_routes",
        "qualifications",
        "complexity_narrative",
        "role_category_statements",
    }
)
_KEPT = 32


class SharedLoop:
    """One loop of a template, compiled by itself, and what it printed of the values met last."""

    def __init__(self, template: Template, field: str) -> None:
        self._template = template
        self._field = field
        self._kept: dict[int, tuple[Any, Piece, Printed]] = {}

    def printed(self, value: Any, printed: Printed) -> Piece:
        """What the loop prints of ``value``; the blocks in it are added to ``printed``."""
        kept = self._kept.get(id(value))
        if kept is None or kept[0] is not value:
            kept = self._keep(value)
        _, xml, blocks = kept
        if printed.keys().isdisjoint(blocks):
            printed.update(blocks)
            return xml
        # Some block was printed before, and gets no second anchor.
        return Piece(self._template.render({self._field: value, PRINTED: printed}))

    def _keep(self, value: Any) -> tuple[Any, Piece, Printed]:
        blocks: Printed = {}
        xml = Piece(self._template.render({self._field: value, PRINTED: blocks}))
        if len(self._kept) >= _KEPT:
            self._kept.clear()
        # The value is kept too, so that no other can come to have its id.
        self._kept[id(value)] = kept = (value, xml, blocks)
        return kept


def with_shared_loops(tree: nodes.Template, jinja: Environment) -> tuple[nodes.Template, tuple[SharedLoop, ...]]:
    """``tree`` with its shared loops taken out and a filter in the place of each, and the loops."""
    loops: list[SharedLoop] = []
    for holder in _holders(tree):
        for index, node in enumerate(holder):
            field = _shared_field(node, jinja)
            if field:
                template = nodes.Template([node], lineno=1)
                template.set_environment(jinja)
                loops.append(SharedLoop(jinja.from_string(template), field))
                holder[index] = _stand_in(field, len(loops) - 1, jinja)
    return tree, tuple(loops)


@pass_context
def shared_filter(context: Context, value: Any, index: int) -> Piece:
    """The filter :data:`FILTER`."""
    loop: SharedLoop = context.parent[LOOPS][index]
    return loop.printed(value, context.parent[PRINTED])


def _holders(tree: nodes.Template) -> Iterator[list[nodes.Node]]:
    """Lists of nodes that are printed outside any loop: the template's own, and those of its choices."""
    waiting: list[list[nodes.Node]] = [tree.body]
    while waiting:
        holder = waiting.pop()
        yield holder
        for node in holder:
            if isinstance(node, nodes.If):
                waiting += [node.body, node.else_, *(choice.body for choice in node.elif_)]


def _shared_field(node: nodes.Node, jinja: Environment) -> str:
    """The shared field that all of ``node`` depends on, if it is a loop over one and names nothing else."""
    if not isinstance(node, nodes.For):
        return ""
    alone = nodes.Template([node], lineno=1)
    alone.set_environment(jinja)
    named = meta.find_undeclared_variables(alone)
    return named.pop() if len(named) == 1 and named <= FIELDS else ""


def _stand_in(field: str, index: int, jinja: Environment) -> nodes.Output:
    printed = nodes.Filter(nodes.Name(field, "load"), FILTER, [nodes.Const(index)], [], None, None)
    output = nodes.Output([printed], lineno=1)
    output.set_environment(jinja)
    return output
