"""What a template makes of the draft: fields it prints or asks about, where, and what it repeats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jdgen.template.catalogue import CataloguedField, CatalogueKind, Repetition, Usage, UsedField, catalogue, plain_path
from jdgen.template.compiled import CompiledTemplate, used_fields
from jdgen.template.expressions import OWN, paths_in
from jdgen.template.steps import Repeat, Steps, branches

_PLACES = {"document": "text", "header": "header", "footer": "footer"}


def usage_of(template: CompiledTemplate) -> Usage:
    """What ``template`` uses, in the order of the catalogue, and repeats, in its own order."""
    parts = [(_place(name), part.steps) for name, part in sorted(template.printed.items())]
    named = {
        place: frozenset(path for where, steps in parts if where == place for path in used_fields(steps))
        for place in dict.fromkeys(place for place, _ in parts)
    }
    used = (
        UsedField(field, tuple(place for place, fields in named.items() if plain_path(field.path) in fields))
        for field in (*catalogue(), *_own_fields(template))
        if not field.path.endswith("[]")
    )
    return Usage(
        name=template.name,
        used=tuple(each for each in used if each.places),
        repeats=tuple(repeat for place, steps in parts for repeat in _repeats(steps, {}, 1, place)),
        unused=tuple(
            field
            for field in catalogue()
            if not field.owner and not any(_covers(field.name, path) for paths in named.values() for path in paths)
        ),
    )


def _own_fields(template: CompiledTemplate) -> Iterator[CataloguedField]:
    """The organisation's own fields that the template names, in the order of their names."""
    for name in template.own_fields:
        yield CataloguedField(f"{OWN}.{name}", CatalogueKind.TEXT, False, "A field of your organisation's own", "")


def _place(part: str) -> str:
    return next(place for stem, place in _PLACES.items() if part.startswith(f"word/{stem}"))


def _covers(name: str, path: str) -> bool:
    return path == name or path.startswith(f"{name}.")


def _repeats(steps: Steps, names: Mapping[str, str], depth: int, place: str) -> Iterator[Repetition]:
    for step in steps:
        inside = names
        if isinstance(step, Repeat):
            first, *others = next(paths_in(step.over))
            over = ".".join((names.get(first, first), *others))
            yield Repetition(over, depth, place)
            inside = {**names, step.name: f"{over}[]"}
        for branch in branches(step):
            yield from _repeats(branch, inside, depth + isinstance(step, Repeat), place)
