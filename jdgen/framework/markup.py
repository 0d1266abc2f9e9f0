"""What a published text has got on its way out of a web page or a word processor and is none of its words."""

from __future__ import annotations

import re
from html import unescape

#: Marks that stand before the entries of a list.
LIST_MARKS = "•‣▪●◦"
# A tag begins with a letter: "HbA1c <48" is text.
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]+);")
_LIST_MARK = re.compile(rf"\s*[{LIST_MARKS}]\s*")


def without_markup(text: str) -> str:
    """``text`` without HTML's tags, its entities as characters, and each stretch of white space as one space."""
    return " ".join(unescape(_TAG.sub(" ", text)).split())


def has_markup(text: str) -> bool:
    """Whether ``text`` holds tags or entities of HTML."""
    return bool(_TAG.search(text) or _ENTITY.search(text))


def list_entries(text: str) -> tuple[str, ...]:
    """The entries of a text that begins with a list mark, without markup; none for any other text."""
    plain = without_markup(text)
    if not plain.startswith(tuple(LIST_MARKS)):
        return ()
    return tuple(entry for entry in _LIST_MARK.split(plain) if entry)
