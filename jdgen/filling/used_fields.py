"""Which fields of the draft a template prints or asks about, as paths from the draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import nodes

from jdgen.filling.checks.fields import unanchored


def used_fields(tree: nodes.Template) -> Iterator[str]:
    """Every field that ``tree`` names, such as ``title`` and ``duty_headings.duties.text``; some more than once."""
    yield from _of_body(tree.body, {})


def _of_body(body: list[nodes.Node], names: Mapping[str, str]) -> Iterator[str]:
    """Fields in a part of a template in which loops have bound ``names`` to paths."""
    for node in body:
        if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
            path = _path(node.iter, names)
            yield from filter(None, (path,))
            yield from _of_body(node.body, {**names, node.target.name: path, "loop": ""})
        elif isinstance(node, nodes.Output):
            for printed in node.nodes:
                yield from _of_expression(unanchored(printed), names)
        elif isinstance(node, nodes.FilterBlock):
            yield from _of_body(node.body, names)
        elif isinstance(node, nodes.If):
            yield from _of_expression(node.test, names)
            yield from _of_body([*node.body, *node.elif_, *node.else_], names)


def _of_expression(node: nodes.Node, names: Mapping[str, str]) -> Iterator[str]:
    if isinstance(node, (nodes.Name, nodes.Getattr)):
        yield from filter(None, (_path(node, names),))
        return
    for child in node.iter_child_nodes():
        yield from _of_expression(child, names)


def _path(node: nodes.Node, names: Mapping[str, str]) -> str:
    """The path of a name or chain of names; '' for what is Jinja's own, such as ``loop.first``."""
    if isinstance(node, nodes.Name):
        return names.get(node.name, node.name)
    if isinstance(node, nodes.Getattr):
        owner = _path(node.node, names)
        return f"{owner}.{node.attr}" if owner else ""
    return ""
