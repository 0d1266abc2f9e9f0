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
_HOW_TO_LIST = "`jdgen template fields` lists them all"
#: What organisations call the parts of a document that no single field of a post gives.
_IN_FORMS = {
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
    columns_by_heading = headings_of(fields_of_post)
    columns = {words: column.key.partition(".")[0] for words, column in columns_by_heading.items()}
    columns = {words: _PRINTED_AS.get(key, key) for words, key in columns.items()}
    types = _types()
    return {
        **{words: key for words, key in columns.items() if key in types},
        **{name.replace("_", " "): name for name in types},
        **{words: field.key for field in fields_of_post for words in field.in_forms},
        **_IN_FORMS,
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
    field = _by_name().get(words, "") or _by_name().get(words.removesuffix("s"), "")
    return field or ("" if " " in words else _by_name_in_one().get(words, ""))


def label_of(name: str) -> str:
    """As :func:`find_field`, for the words of a form: what is called so in other places too means no field."""
    return "" if bare_words(name) in _VAGUE else find_field(name)


def field_near(name: str) -> str:
    """The field that is called ``name``, or nearly so; '' for none."""
    if field := find_field(name):
        return field
    close = get_close_matches(bare_words(name), list(_by_name()), n=1, cutoff=0.8)
    return _by_name()[close[0]] if close else ""


def is_text(field: str) -> bool:
    """Whether ``field`` of the draft is one text, printed by a tag of its own."""
    return _types().get(field) is str


def tag_for(field: str) -> str:
    """What to write for ``field``; with '', how to find one."""
    if not field:
        return "write a field, such as {{ title }}; " + _HOW_TO_LIST
    if is_text(field):
        return f"did you mean {{{{ {field} }}}}?"
    return f"did you mean the field {field}? `jdgen template fields` shows how it is printed"


def quoted_name(name: str) -> str:
    """``name`` in quotation marks; and which of its letters only look like those of the Latin alphabet, if any do: what
    is pasted may have some, and nobody sees them."""
    letters = dict.fromkeys(each for each in name if each.isalpha())
    other_letters = [each for each in letters if not unicodedata.name(each, "").startswith("LATIN")]
    description = " and ".join(f"'{each}' ({unicodedata.name(each, 'a letter').lower()})" for each in other_letters[:2])
    return f"'{name}', since it has {description}" if description else f"'{name}'"


def nearest_names(name: str, fields: Collection[str]) -> str:
    """What would be right in place of ``name``, which is none of ``fields``: the nearest of them, three at most, and
    where the others are listed."""
    by_lower_case = {field.casefold(): field for field in fields}
    meaning = find_field(name)
    near = get_close_matches(name.casefold(), list(by_lower_case), n=_NEAREST, cutoff=0.6)
    candidates = (*((meaning,) if meaning in fields else ()), *(by_lower_case[each] for each in near))
    names = list(dict.fromkeys(candidates))[:_NEAREST]
    if not names:
        few = sorted(fields) if len(fields) <= 2 * _NEAREST else []
        return f"use one of {', '.join(few)}" if few else f"write the name of a field: {_HOW_TO_LIST}"
    return f"did you mean {_either(names)}? {_HOW_TO_LIST}"


def _either(names: list[str]) -> str:
    quoted = [f"'{name}'" for name in names]
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}" if len(quoted) > 1 else quoted[0]
