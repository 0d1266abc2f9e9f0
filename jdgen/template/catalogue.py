"""All that a template may print, as one list for people who write templates, read off the draft's own types; and what
of it one template uses."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from jdgen.drafting.field_meaning import Meaning
from jdgen.drafting.model import Block, JobDescription, Picture
from jdgen.post.fields import BY_NAME
from jdgen.template.compiled import CompiledTemplate, used_fields
from jdgen.template.expressions import OWN_FIELDS, paths_in
from jdgen.template.steps import Repeat, Steps, branches

# Fields by which programs tell items apart, and people do not.
_IDENTIFYING = ("id", "number")


class CatalogueKind(StrEnum):
    """What a field holds, in plain words; by it a template's author knows which tag to write."""

    TEXT = "text"
    PICTURE = "picture"
    CHOICE = "yes or no"
    LIST = "list"
    GROUP = "group"
    OWN = "own texts"


@dataclass(frozen=True)
class CataloguedField:
    """One field. ``path`` says how to reach it: ``duty_headings[].duties[].text``, where ``[]`` is each of a list.

    ``holds`` are the names of the fields of each item of a list, or of a group.
    """

    path: str
    kind: CatalogueKind
    may_be_empty: bool
    meaning: str
    example: str
    holds: tuple[str, ...] = ()

    @property
    def type(self) -> str:
        """The kind with what is in it: ``list of id, measure, text``."""
        if self.kind is CatalogueKind.LIST:
            return f"list of {', '.join(self.holds) or 'texts'}"
        return f"group of {', '.join(self.holds)}" if self.kind is CatalogueKind.GROUP else str(self.kind)

    @property
    def name(self) -> str:
        """The last name of the path: ``text``."""
        return self.path.removesuffix("[]").rpartition(".")[2]

    @property
    def owner(self) -> str:
        """The path of what the field belongs to: ``duty_headings[].duties[]``; '' for the draft itself."""
        return self.path.rpartition(".")[0]


@functools.cache
def catalogue() -> tuple[CataloguedField, ...]:
    """Every field of the draft and of what it holds, each list and group before what is in it."""
    return tuple(_fields_of(JobDescription, "", ""))


def _fields_of(owner: Any, prefix: str, block_example: str) -> Iterator[CataloguedField]:
    hints = typing.get_type_hints(owner, include_extras=True)
    for field in dataclasses.fields(owner):
        annotated_type, meaning = _type_and_meaning(field.name, hints[field.name])
        path, kind = f"{prefix}{field.name}", without_none(annotated_type)
        example = block_example if owner is Block and field.name == "text" and block_example else _example(meaning)
        element = item_of(kind)
        holder = element or kind
        yield CataloguedField(
            path=path,
            kind=_kind(kind),
            may_be_empty=meaning.may_be_empty,
            meaning=meaning.text,
            example=example or _known_by(holder),
            holds=tuple(hold.name for hold in dataclasses.fields(holder)) if _holds_fields(holder) else (),
        )
        if element:
            if _holds_fields(element):
                yield from _fields_of(element, f"{path}[].", example)
            else:
                # A list of texts: each of them is printed by its own name.
                yield CataloguedField(f"{path}[]", CatalogueKind.TEXT, False, "One of them", example)
        elif _holds_fields(kind):
            yield from _fields_of(kind, f"{path}.", "")


def _type_and_meaning(name: str, hint: Any) -> tuple[Any, Meaning]:
    """The type of a field, and what it means: as stands beside it, or in the table of the post's fields."""
    if typing.get_origin(hint) is typing.Annotated:
        annotated_type, meaning = typing.get_args(hint)
        return annotated_type, meaning
    return hint, Meaning(BY_NAME[name].meaning, BY_NAME[name].example)


def _kind(kind: Any) -> CatalogueKind:
    if item_of(kind):
        return CatalogueKind.LIST
    if kind is Picture:
        return CatalogueKind.PICTURE
    if typing.get_origin(kind) is Mapping:
        return CatalogueKind.OWN
    if _holds_fields(kind):
        return CatalogueKind.GROUP
    return CatalogueKind.CHOICE if kind is bool else CatalogueKind.TEXT


def _holds_fields(kind: Any) -> bool:
    """Whether a template may name what is in ``kind``; of a picture it may not."""
    return dataclasses.is_dataclass(kind) and kind is not Picture


def _example(meaning: Meaning) -> str:
    """The example as a reader sees it."""
    if isinstance(meaning.example, Picture):
        return meaning.example.description
    if isinstance(meaning.example, Mapping):
        return ", ".join(f"{name}: {text}" for name, text in meaning.example.items())
    if isinstance(meaning.example, bool):
        return "yes" if meaning.example else "no"
    return str(meaning.example or "")


def _known_by(kind: Any) -> str:
    """The example of the field that a reader would know ``kind`` by."""
    texts = [field for field in _fields_of(kind, "", "") if field.name not in _IDENTIFYING and field.example]
    return next((field.example for field in texts if field.name in ("title", "text")), texts[0].example)


def item_of(kind: Any) -> Any:
    """``X`` for the type ``tuple[X, ...]`` of a list, else nothing."""
    return typing.get_args(kind)[0] if typing.get_origin(kind) is tuple else None


def without_none(kind: Any) -> Any:
    """``Picture`` for ``Picture | None``."""
    if isinstance(kind, types.UnionType):
        return next(part for part in typing.get_args(kind) if part is not types.NoneType)
    return kind


# What one template makes of it.


@dataclass(frozen=True)
class UsedField:
    """A field, and the places where the template names it: ``text``, ``header``, ``footer``."""

    field: CataloguedField
    places: tuple[str, ...]


@dataclass(frozen=True)
class Repetition:
    """Something that is repeated for each item of the list ``over``; ``depth`` is 1 for what stands in no other."""

    over: str
    depth: int
    place: str


@dataclass(frozen=True)
class Usage:
    """A template seen from its author's side. ``unused_fields`` are fields of the draft itself that it leaves out."""

    name: str
    used_fields: tuple[UsedField, ...]
    repeats: tuple[Repetition, ...]
    unused_fields: tuple[CataloguedField, ...]


_PLACES = {"document": "text", "header": "header", "footer": "footer"}


def usage_of(template: CompiledTemplate) -> Usage:
    """What ``template`` uses, in the order of the catalogue, and repeats, in its own order."""
    parts = [(_place(name), part.steps) for name, part in sorted(template.printed_parts.items())]
    paths_by_place = {
        place: frozenset(path for where, steps in parts if where == place for path in used_fields(steps))
        for place in dict.fromkeys(place for place, _ in parts)
    }
    fields_in_use = (
        UsedField(
            field, tuple(place for place, fields in paths_by_place.items() if field.path.replace("[]", "") in fields)
        )
        for field in (*catalogue(), *_own_fields(template))
        if not field.path.endswith("[]")
    )
    return Usage(
        name=template.name,
        used_fields=tuple(each for each in fields_in_use if each.places),
        repeats=tuple(repeat for place, steps in parts for repeat in _repeats(steps, {}, 1, place)),
        unused_fields=tuple(
            field
            for field in catalogue()
            if not field.owner
            and not any(_covers(field.name, path) for paths in paths_by_place.values() for path in paths)
        ),
    )


def _own_fields(template: CompiledTemplate) -> Iterator[CataloguedField]:
    """The organisation's own fields that the template names, in the order of their names."""
    for name in template.own_fields:
        yield CataloguedField(
            f"{OWN_FIELDS}.{name}", CatalogueKind.TEXT, False, "A field of your organisation's own", ""
        )


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
