"""Names in templates: what kind of value each is, and which field of the draft people mean."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Collection, Mapping
from typing import Any

from jinja2 import nodes

from jdgen.drafting.model import JobDescription

# What kind of value an expression of a template has: told from the draft's types before any draft is at hand.


class Loop:
    """The type of ``loop`` inside a ``for``."""

    index: int
    index0: int
    first: bool
    last: bool
    length: int
    revindex: int
    revindex0: int


class Unknown:
    """The type of what has been reported already, or is not known before a draft is at hand."""


@functools.cache
def fields(kind: Any) -> Mapping[str, Any]:
    """The fields of a dataclass or of ``loop`` with their types; none of anything else, nor of a picture, which is
    only shown."""
    if kind is Loop:
        return typing.get_type_hints(Loop)
    return typing.get_type_hints(kind) if dataclasses.is_dataclass(kind) and not is_picture(kind) else {}


def kind_of(node: nodes.Node, names: Mapping[str, Any]) -> Any:
    """The type of an expression under the types of ``names``."""
    if isinstance(node, nodes.Name):
        return without_none(names.get(node.name, Unknown))
    if isinstance(node, nodes.Getattr):
        return without_none(fields(kind_of(node.node, names)).get(node.attr, Unknown))
    if isinstance(node, nodes.Const):
        return type(node.value)
    if isinstance(node, nodes.Filter):
        return int if node.name == "length" else str
    if isinstance(node, (nodes.Compare, nodes.Not, nodes.Test)):
        return bool
    return Unknown


def element(kind: Any) -> Any:
    """``X`` for ``tuple[X, ...]``, else nothing."""
    return typing.get_args(kind)[0] if typing.get_origin(kind) is tuple else None


def without_none(kind: Any) -> Any:
    """``Picture`` for ``Picture | None``."""
    if isinstance(kind, types.UnionType):
        return next(part for part in typing.get_args(kind) if part is not types.NoneType)
    return kind


def may_be_none(kind: Any) -> bool:
    """Whether a field of this type can be missing in a draft."""
    return isinstance(kind, types.UnionType) and types.NoneType in typing.get_args(kind)


def is_picture(kind: Any) -> bool:
    """Whether it is the organisation's picture, which is printed as it is."""
    return getattr(kind, "__name__", "") == "Picture"


def in_words(kind: Any) -> str:
    """The type as messages call it; '' where it is not known."""
    if element(kind):
        return "a list"
    if not isinstance(kind, type) or kind is Unknown:
        return ""
    named = ((types.NoneType, "nothing"), (str, "a text"), (bool, "a yes or no"), ((int, float), "a number"))
    return next((words for base, words in named if issubclass(kind, base)), "several fields")


# Which field of the draft people mean: by a name of their own, a label of a form, a misspelt name.

#: The command that lists what can be printed.
LISTED = "`jdgen template fields` lists them all"
#: What organisations call what is printed, where neither a field nor a column of a sheet of posts is called so.
_CALLED = {
    "job": "title",
    "name of post": "title",
    "name of job": "title",
    "job role": "title",
    "trust name": "employer",
    "organisation name": "employer",
    "employer name": "employer",
    "department name": "department",
    "ward": "department",
    "post holder reports to": "responsible_to",
    "accountable to": "accountable_to",
    "afc job evaluation reference": "je_reference",
    "caje ref": "je_reference",
    "caje reference": "je_reference",
    "duties": "duty_headings",
    "main duties": "duty_headings",
    "key duties": "duty_headings",
    "key responsibilities": "duty_headings",
    "main duties and responsibilities": "duty_headings",
    "duties and responsibilities": "duty_headings",
    "responsibilities": "duty_headings",
    "main purpose of the job": "purpose",
    "purpose of the role": "purpose",
    "main purpose": "purpose",
    "person spec": "person_specification",
    "criteria": "person_specification",
    "essential criteria": "person_specification",
    "desirable criteria": "person_specification",
}
#: Fields of a post whose part of the draft has another name.
_PRINTED_AS = {"duties": "duty_headings", "criteria": "person_specification"}
#: Names of columns that say too little in a form: anything may be called so.
_VAGUE = frozenset({"category", "manager", "manages", "route", "readings", "reading", "autonomy", "service", "site"})
_NEAREST = 3


@functools.cache
def _by_name() -> Mapping[str, str]:
    """The field of the draft that each name means, names as bare words."""
    from jdgen.sheets.columns import BY_WORDS  # noqa: PLC0415  # slow to import, and only findings need it

    known = fields(JobDescription)
    columns = {words: column.field.partition(".")[0] for words, column in BY_WORDS.items()}
    columns = {words: _PRINTED_AS.get(field, field) for words, field in columns.items()}
    named = {words: field for words, field in columns.items() if field in known}
    return {**named, **{name.replace("_", " "): name for name in known}, **_CALLED}


def field_called(name: str) -> str:
    """The field of the draft that is called ``name``, in whatever case and with whatever marks; '' for none."""
    from jdgen.sheets.columns import heading_words  # noqa: PLC0415  # see above

    words = heading_words(name)
    return _by_name().get(words, "") or _by_name().get(words.removesuffix("s"), "")


def label_of(name: str) -> str:
    """As :func:`field_called`, for the words of a form: what is called so in other places too means no field."""
    from jdgen.sheets.columns import heading_words  # noqa: PLC0415  # see above

    return "" if heading_words(name) in _VAGUE else field_called(name)


def field_near(name: str) -> str:
    """The field that is called ``name``, or nearly so; '' for none."""
    from difflib import get_close_matches  # noqa: PLC0415  # slow to import, and only findings need it

    from jdgen.sheets.columns import heading_words  # noqa: PLC0415  # see above

    if called := field_called(name):
        return called
    close = get_close_matches(heading_words(name), list(_by_name()), n=1, cutoff=0.8)
    return _by_name()[close[0]] if close else ""


def is_text(field: str) -> bool:
    """Whether ``field`` of the draft is one text, printed by a tag of its own."""
    return fields(JobDescription).get(field) is str


def tag_for(field: str) -> str:
    """What to write for ``field``; with '', how to find one."""
    if not field:
        return "write a field, such as {{ title }}; " + LISTED
    if is_text(field):
        return f"did you mean {{{{ {field} }}}}?"
    return f"did you mean the field {field}? `jdgen template fields` shows how it is printed"


def nearest_names(written: str, known: Collection[str]) -> str:
    """What would be right in place of the field ``written``: the nearest of the ``known``, three at most, and where
    the others are listed."""
    from difflib import get_close_matches  # noqa: PLC0415  # slow to import, and only findings need it

    lower = {name.casefold(): name for name in known}
    called = field_called(written)
    near = [lower[each] for each in get_close_matches(written.casefold(), list(lower), n=_NEAREST, cutoff=0.6)]
    names = list(dict.fromkeys((*((called,) if called in known else ()), *near)))[:_NEAREST]
    if not names:
        few = sorted(known) if len(known) <= 2 * _NEAREST else []
        return f"use one of {', '.join(few)}" if few else f"write the name of a field: {LISTED}"
    return f"did you mean {_either(names)}? {LISTED}"


def _either(names: list[str]) -> str:
    quoted = [f"'{name}'" for name in names]
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}" if len(quoted) > 1 else quoted[0]
