"""The markup of Word files as text, for what reads and writes it without a parser."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator

#: What stands for a character among the words of a run, by its name without the namespace.
CHARACTERS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}


def escaped_text(text: str) -> str:
    """``text`` as the text of an element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_WORDS = re.compile(rf"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:({'|'.join(CHARACTERS)})(?: [^>]*)?/>")
_IN_FIELDS = re.compile(r'(<w:fldSimple[ >]|w:fldCharType="begin")|</w:fldSimple>|w:fldCharType="end"')


@functools.lru_cache(maxsize=512)
def words_of(xml: str) -> str:
    """The text of a paragraph's runs, without what fields show: word processors write that anew."""
    return _words("".join(_outside_fields(xml))) if "<w:fld" in xml else _words(xml)


def _outside_fields(xml: str) -> Iterator[str]:
    at = depth = 0
    for mark in _IN_FIELDS.finditer(xml):
        if depth == 0:
            yield xml[at : mark.start()]
        depth = max(depth + (1 if mark[1] else -1), 0)
        at = mark.end()
    yield xml[at:]


def _words(xml: str) -> str:
    return "".join(CHARACTERS[mark] if mark else html.unescape(text) for text, mark in _WORDS.findall(xml))
