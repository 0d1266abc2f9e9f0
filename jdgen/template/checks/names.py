"""Which field of the draft people mean: by a name of their own, a label of a form, a misspelt name."""

from __future__ import annotations

import functools
import typing
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from jdgen.drafting.model import JobDescription
from jdgen.post.field import Field
from jdgen.post.fields import FIELDS, headings_of
from jdgen.words import bare_words

#: The command that lists what can be printed.
_LISTED = "`jdgen template fields` lists them all"
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
    known = _types()
    return {
        **{words: key for words, key in columns.items() if key in known},
        **{name.replace("_", " "): name for name in known},
        **{words: field.key for field in fields_of_post for words in field.in_forms},
        **_CALLED,
    }


@functools.cache
def _types() -> Mapping[str, Any]:
    """The fields of the draft, and their types."""
    return typing.get_type_hints(JobDescription)


@functools.cache
def _by_name() -> Mapping[str, str]:
    return names_of(FIELDS)


@functools.cache
def _by_name_in_one() -> Mapping[str, str]:
    """The fields by the names of several words that are written as one: ``JobTitle``."""
    return {words.replace(" ", ""): field for words, field in _by_name().items() if " " in words}


def find_field(name: str) -> str:
    """The field of the draft that is called ``name``, in whatever case and with whatever marks; '' for none."""
    words = bare_words(name)
    named = _by_name().get(words, "") or _by_name().get(words.removesuffix("s"), "")
    return named or ("" if " " in words else _by_name_in_one().get(words, ""))


def label_of(name: str) -> str:
    """As :func:`find_field`, for the words of a form: what is called so in other places too means no field."""
    return "" if bare_words(name) in _VAGUE else find_field(name)


def field_near(name: str) -> str:
    """The field that is called ``name``, or nearly so; '' for none."""
    if called := find_field(name):
        return called
    close = get_close_matches(bare_words(name), list(_by_name()), n=1, cutoff=0.8)
    return _by_name()[close[0]] if close else ""


def is_text(field: str) -> bool:
    """Whether ``field`` of the draft is one text, printed by a tag of its own."""
    return _types().get(field) is str


def tag_for(field: str) -> str:
    """What to write for ``field``; with '', how to find one."""
    if not field:
        return "write a field, such as {{ title }}; " + _LISTED
    if is_text(field):
        return f"did you mean {{{{ {field} }}}}?"
    return f"did you mean the field {field}? `jdgen template fields` shows how it is printed"


def quoted_name(name: str) -> str:
    """``name`` in quotation marks; and which of its letters only look like those of the Latin alphabet, if any do: what
    is pasted may have some, and nobody sees them."""
    letters = dict.fromkeys(each for each in name if each.isalpha())
    others = [each for each in letters if not unicodedata.name(each, "").startswith("LATIN")]
    told = " and ".join(f"'{each}' ({unicodedata.name(each, 'a letter').lower()})" for each in others[:2])
    return f"'{name}', since it has {told}" if told else f"'{name}'"


def nearest_names(written: str, known: Collection[str]) -> str:
    """What would be right in place of the field ``written``: the nearest of the ``known``, three at most, and where
    the others are listed."""
    lower = {name.casefold(): name for name in known}
    called = find_field(written)
    near = [lower[each] for each in get_close_matches(written.casefold(), list(lower), n=_NEAREST, cutoff=0.6)]
    names = list(dict.fromkeys((*((called,) if called in known else ()), *near)))[:_NEAREST]
    if not names:
        few = sorted(known) if len(known) <= 2 * _NEAREST else []
        return f"use one of {', '.join(few)}" if few else f"write the name of a field: {_LISTED}"
    return f"did you mean {_either(names)}? {_LISTED}"


def _either(names: list[str]) -> str:
    quoted = [f"'{name}'" for name in names]
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}" if len(quoted) > 1 else quoted[0]
