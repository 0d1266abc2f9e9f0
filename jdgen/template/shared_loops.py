"""Loops whose print many documents have in common: duties, person specification, general statements.

Posts that change nothing of the framework share these parts of their drafts as one value (``framework_part.py``). What
a template prints of such a value is the same each time, so it is printed once and kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jinja2 import Environment, Template, meta, nodes, pass_context
from jinja2.runtime import Context

from jdgen.record.printed import BlockGroup, Printed
from jdgen.template.anchors import PRINTED, Piece
from jdgen.template.finishing import MARK
from jdgen.template.mending.seams import SEAM, with_last_seam_only
from jdgen.word.writing import Stretch

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
_KEPT = 12
# Shorter ones are deflated better among what surrounds them.
_WORTH_IT = 2_000


class SharedPrint(Piece):
    """What a shared loop printed. ``stretch`` is the same, ready to be written, where it can stand by itself."""

    __slots__ = ("stretch",)
    stretch: Stretch | None

    def __str__(self) -> str:
        # Jinja prints the text of what it is given; this is that text, and must stay what it is.
        return self


class SharedLoop:
    """One loop of a template, compiled by itself, and what it printed of the values met last."""

    def __init__(self, template: Template, field: str) -> None:
        self._template = template
        self._field = field
        self._kept: dict[tuple[int, bool], tuple[Any, SharedPrint, BlockGroup]] = {}

    def printed(self, value: Any, printed: Printed | None) -> Piece:
        """What the loop prints of ``value``; the blocks in it are added to ``printed``."""
        key = (id(value), printed is None)
        kept = self._kept.get(key) or self._keep(key, value)
        _, xml, group = kept
        if printed is None:
            return xml
        if printed.keys().isdisjoint(group.blocks):
            printed.add(group)
            return xml
        # Some block was printed before, and gets no second anchor.
        return Piece(self._print(value, printed))

    def _keep(self, key: tuple[int, bool], value: Any) -> tuple[Any, SharedPrint, BlockGroup]:
        blocks = None if key[1] else Printed()
        xml = SharedPrint(self._print(value, blocks))
        # A seam at its end is for what follows to close.
        body = xml.removesuffix(SEAM)
        xml.stretch = Stretch(body.encode()) if _stands_alone(body) else None
        if len(self._kept) >= _KEPT:
            self._kept.clear()
        # The value is kept too, so that no other can come to have its id.
        self._kept[key] = kept = (value, xml, BlockGroup(dict(blocks or {})))
        return kept

    def _print(self, value: Any, printed: Printed | None) -> str:
        return with_last_seam_only(self._template.render({self._field: value, PRINTED: printed}))


def _stands_alone(xml: str) -> bool:
    """Whether nothing in ``xml`` has to be looked at again in a document, and it is long enough to be worth a
    stretch of its own: whole paragraphs or rows, without line breaks, pictures and prompts."""
    return (
        len(xml) >= _WORTH_IT
        and xml.startswith(("<w:p>", "<w:p ", "<w:tr>", "<w:tr ", "<w:tbl>"))
        and xml.endswith(("</w:p>", "</w:tr>", "</w:tbl>"))
        and not any(mark in xml for mark in ("\n", "\t", "<wp:docPr ", MARK))
    )


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
