"""How fields are said: a table for a person, tabs for a pipe, JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from jdgen.template.catalogue import CataloguedField, Kind, catalogue

if TYPE_CHECKING:  # slow to import
    from jdgen.template.usage import Usage

_COLUMNS = ("field", "type", "may be empty", "meaning", "example")
_WIDTH = 100


def catalogue_rows() -> Iterator[str]:
    """A heading and one line for each field, columns separated by tabs."""
    yield "\t".join(_COLUMNS)
    for field in catalogue():
        empty = "yes" if field.may_be_empty else "no"
        yield "\t".join((field.path, field.type, empty, field.meaning, field.example))


def catalogue_table() -> str:
    """All fields as tables of at most 100 columns, one table for what belongs together."""
    # rich is slow to import, and only a person at a terminal needs it.
    from rich.console import Console  # noqa: PLC0415

    console = Console(width=_WIDTH, highlight=False)
    with console.capture() as capture:
        for owner, fields in groupby(_by_owner(), key=lambda field: field.owner):
            console.print(_table(owner, fields))
    return capture.get().rstrip()


def catalogue_json() -> str:
    """All fields as a JSON list."""
    return _json([_told(field) for field in catalogue()])


def usage_lines(usage: Usage) -> Iterator[str]:
    """What a template uses, repeats and leaves out, and how it is filled."""
    yield f"{usage.name}: sound, {len(usage.used)} fields"
    width = max((len(each.field.path) for each in usage.used), default=0)
    for each in usage.used:
        yield f"  {each.field.path:{width}}  {each.field.kind:{len(Kind.CHOICE)}}  {', '.join(each.places)}"
    yield "repeats" if usage.repeats else "repeats nothing"
    for repeat in usage.repeats:
        yield f"{'  ' * repeat.depth}for each of {repeat.over} ({repeat.place})"
    if usage.unused:
        yield f"does not use {', '.join(field.name for field in usage.unused)}"
    if usage.slow:
        yield f"slow path, filled by docxtpl document by document: {usage.slow}"
    else:
        yield "fast path, filled from a compiled template made once"
    if usage.slow_for_picture:
        yield "  but slow path for a post that has a picture"


def usage_json(usage: Usage) -> str:
    """What a template uses, as a JSON object."""
    return _json(
        {
            "template": usage.name,
            "fields": [{**_told(each.field), "places": each.places} for each in usage.used],
            "repeats": [vars(repeat) for repeat in usage.repeats],
            "unused": [field.path for field in usage.unused],
            "path": "slow" if usage.slow else "fast",
            "slow_because": usage.slow,
            "slow_for_picture": usage.slow_for_picture,
        }
    )


def _by_owner() -> list[CataloguedField]:
    """The catalogue with the fields of one owner together."""
    owners = list(dict.fromkeys(field.owner for field in catalogue()))
    return sorted(catalogue(), key=lambda field: owners.index(field.owner))


def _table(owner: str, fields: Iterator[CataloguedField]) -> Any:
    from rich import box  # noqa: PLC0415  # see above
    from rich.table import Table  # noqa: PLC0415  # see above
    from rich.text import Text  # noqa: PLC0415  # see above

    title = Text(owner or "the draft", style="bold")
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, width=_WIDTH)
    table.add_column("field", no_wrap=True)
    for name, ratio in (("type", 3), ("meaning", 5), ("example", 4)):
        table.add_column(name, ratio=ratio, overflow="fold")
    for field in fields:
        meaning = f"{field.meaning} (may be empty)" if field.may_be_empty else field.meaning
        table.add_row(*(Text(text) for text in (field.name, field.type, meaning, field.example)))
    return table


def _told(field: CataloguedField) -> dict[str, Any]:
    return {
        "path": field.path,
        "type": str(field.kind),
        "holds": field.holds,
        "may_be_empty": field.may_be_empty,
        "meaning": field.meaning,
        "example": field.example,
    }


def _json(told: Any) -> str:
    return json.dumps(told, indent=2, ensure_ascii=False)
