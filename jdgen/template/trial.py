"""Trying a template out: opened, then filled with the longest draft that is likely to be met, and with the shortest.

``python -m jdgen.template.trial`` does so with the template that comes by standard input (:mod:`jdgen.system.apart`).
"""

from __future__ import annotations

import base64
import dataclasses
import datetime
import functools
import sys
from collections.abc import Mapping
from enum import EnumMeta
from itertools import count
from typing import Any, get_args, get_origin, get_type_hints

from jdgen.drafting.model import JobDescription, Picture
from jdgen.system.apart import TEMPLATE, answer
from jdgen.template.expressions import OWN_FIELDS

# Drafts that say nothing, as long or as short as one likes, made from the model itself.

_SENTENCE = "Leads the office, its people & its plans, so that every programme is kept in view. "
#: One transparent dot.
_DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


def made_up_draft(entries: int) -> JobDescription:
    """A draft in which each list has ``entries`` entries (lists inside lists half as many); with none, it has no
    picture either. Which fields of their own organisations have, only a template says."""
    ids = count(1)
    fields = _fields(JobDescription)
    values = {name: _value(name, kind, entries, ids) for name, kind in fields.items() if name != OWN_FIELDS}
    return JobDescription(**values)


def _value(name: str, kind: Any, entries: int, ids: Any) -> Any:
    if kind is str:
        return f"id-{next(ids)}" if name == "id" else (_SENTENCE * 4 if name == "text" else _SENTENCE).strip()
    if kind is bool:
        return True
    if isinstance(kind, EnumMeta):
        # One after the other: some criteria are essential and some desirable.
        values: list[Any] = list(kind)
        return values[next(ids) % len(values)]
    if get_origin(kind) is tuple:
        (each, _) = get_args(kind)
        return tuple(_value(name, each, entries // 2, ids) for _ in range(entries))
    if Picture in get_args(kind):
        return Picture(_DOT, _SENTENCE) if entries else None
    return kind(**{field: _value(field, inner, entries, ids) for field, inner in _fields(kind).items()})


@functools.cache
def _fields(kind: Any) -> Mapping[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind) if field.init}


_ANY_DAY = datetime.date(2026, 1, 31)


def _try_out(content: bytes, name: str) -> None:
    """Raise :class:`jdgen.errors.JdgenError` for a template that cannot be opened, or filled with made-up drafts."""
    # What is imported is bounded too: see answer.
    from jdgen.template import compiling, filling  # noqa: PLC0415

    template = compiling.compile_template(content, name)
    for entries in (40, 0):
        draft = dataclasses.replace(made_up_draft(entries), own=dict.fromkeys(template.own_fields, _SENTENCE * entries))
        filling.fill(template, draft, _ANY_DAY)


if __name__ == "__main__":
    sys.exit(answer(_try_out, TEMPLATE))
