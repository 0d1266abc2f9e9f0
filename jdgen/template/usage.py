"""What a template makes of the draft: fields it prints or asks about, where, and what it repeats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import nodes

from jdgen.template.catalogue import Repeat, Usage, UsedField, catalogue, plain_path
from jdgen.template.checks.fields import used_fields
from jdgen.template.template import CompiledTemplate, jinja_environment

_PLACES = {"document": "text", "header": "header", "footer": "footer"}


def usage_of(template: CompiledTemplate) -> Usage:
    """What ``template`` uses, in the order of the catalogue, and repeats, in its own order."""
    # Read from the tags again: nothing that fills a document needs it, so that opening need not pay for it.
    jinja = jinja_environment()
    trees = [(_place(name), jinja.parse(part.source)) for name, part in sorted(template.printed.items())]
    named = {
        place: frozenset(path for where, tree in trees if where == place for path in used_fields(tree))
        for place in dict.fromkeys(place for place, _ in trees)
    }
    used = (
        UsedField(field, tuple(place for place, fields in named.items() if plain_path(field.path) in fields))
        for field in catalogue()
        if not field.path.endswith("[]")
    )
    return Usage(
        name=template.name,
        used=tuple(each for each in used if each.places),
        repeats=tuple(repeat for place, tree in trees for repeat in _repeats(tree.body, {}, 1, place)),
        unused=tuple(
            field
            for field in catalogue()
            if not field.owner and not any(_covers(field.name, path) for paths in named.values() for path in paths)
        ),
        slow=template.slow,
        slow_for_picture="picture" in template.fields and not template.slow,
    )


def _place(part: str) -> str:
    return next(place for stem, place in _PLACES.items() if part.startswith(f"word/{stem}"))


def _covers(name: str, path: str) -> bool:
    return path == name or path.startswith(f"{name}.")


def _repeats(body: list[nodes.Node], names: Mapping[str, str], depth: int, place: str) -> Iterator[Repeat]:
    for node in body:
        if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
            over = _path(node.iter, names)
            yield Repeat(over, depth, place)
            yield from _repeats(node.body, {**names, node.target.name: f"{over}[]"}, depth + 1, place)
        elif isinstance(node, nodes.FilterBlock):
            yield from _repeats(node.body, names, depth, place)
        elif isinstance(node, nodes.If):
            yield from _repeats([*node.body, *node.elif_, *node.else_], names, depth, place)


def _path(node: nodes.Node, names: Mapping[str, str]) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_path(node.node, names)}.{node.attr}"
    return names.get(node.name, node.name) if isinstance(node, nodes.Name) else ""
