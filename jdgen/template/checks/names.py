"""Names in templates: what kind of value each is, and which field of the draft people mean."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from jinja2 import nodes

from jdgen.drafting.model import JobDescription
from jdgen.post.fields import FIELDS, Field, headings_of
from jdgen.template.catalogue import item_of, without_none
from jdgen.words import bare_words

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


def may_be_none(kind: Any) -> bool:
    """Whether a field of this type can be missing in a draft."""
    return isinstance(kind, types.UnionType) and types.NoneType in typing.get_args(kind)


def is_picture(kind: Any) -> bool:
    """Whether it is the organisation's picture, which is printed as it is."""
    return getattr(kind, "__name__", "") == "Picture"


def in_words(kind: Any) -> str:
    """The type as messages call it; '' where it is not known."""
    if item_of(kind):
        return "a list"
    if not isinstance(kind, type) or kind is Unknown:
        return ""
    named = ((types.NoneType, "nothing"), (str, "a text"), (bool, "a yes or no"), ((int, float), "a number"))
    return next((words for base, words in named if issubclass(kind, base)), "several fields")


# Which field of the draft people mean: by a name of their own, a label of a form, a misspelt name.

#: The command that lists what can be printed.
LISTED = "`jdgen template fields` lists them all"
#: What organisations call the parts of a document that no single field of a post gives.
_CALLED = {
    **dict.fromkeys(("duties", "main duties", "key duties", "key responsibilities"), "duty_headings"),
    **dict.fromkeys(("main duties and responsibilities", "duties and responsibilities"), "duty_headings"),
    "responsibilities": "duty_headings",
    **dict.fromkeys(("person spec", "criteria", "essential criteria", "desirable criteria"), "person_specification"),
}
#: Fields of a post whose part of the draft has another name.
_PRINTED_AS = {"duties": "duty_headings", "criteria": "person_specification"}
#: Names of columns that say too little in a form: anything may be called so.
_VAGUE = frozenset({"category", "manager", "manages", "route", "readings", "reading", "autonomy", "service", "site"})
_NEAREST = 3


def names_of(fields_of_post: Iterable[Field]) -> dict[str, str]:
    """The field of the draft that each name means, as bare words: by its own name, a heading of sheets, or what forms
    call it."""
    headed = headings_of(fields_of_post)
    columns = {words: column.key.partition(".")[0] for words, column in headed.items()}
    columns = {words: _PRINTED_AS.get(key, key) for words, key in columns.items()}
    known = fields(JobDescription)
    return {
        **{words: key for words, key in columns.items() if key in known},
        **{name.replace("_", " "): name for name in known},
        **{words: field.key for field in fields_of_post for words in field.in_forms},
        **_CALLED,
    }


@functools.cache
def _by_name() -> Mapping[str, str]:
    return names_of(FIELDS)


def field_called(name: str) -> str:
    """The field of the draft that is called ``name``, in whatever case and with whatever marks; '' for none."""
    words = bare_words(name)
    return _by_name().get(words, "") or _by_name().get(words.removesuffix("s"), "")


def label_of(name: str) -> str:
    """As :func:`field_called`, for the words of a form: what is called so in other places too means no field."""
    return "" if bare_words(name) in _VAGUE else field_called(name)


def field_near(name: str) -> str:
    """The field that is called ``name``, or nearly so; '' for none."""
    if called := field_called(name):
        return called
    close = get_close_matches(bare_words(name), list(_by_name()), n=1, cutoff=0.8)
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
