"""Any text as a page or a workbook can hold it."""

from __future__ import annotations

import re

# What XML 1.0 refuses, with the C1 controls and the lone surrogates that no encoding takes.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MOVES = re.compile("\r\n?|\t")
_ANY = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# What a relative link may not hold as it is; ``:`` too, or ``data:x`` would be read as a scheme.
_LINK = str.maketrans({char: f"%{ord(char):02X}" for char in "%\"'<>#?[]`^{}\\|: \n"})


def printable(text: str) -> str:
    """``text`` without control characters; a line end is always ``\\n`` and a tab is a space."""
    if not _ANY.search(text):
        return text
    return _REFUSED.sub("", _MOVES.sub(lambda found: " " if found[0] == "\t" else "\n", text))


def escaped(text: str) -> str:
    """:func:`printable` text as it stands in HTML or XML, in an attribute too."""
    text = printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#39;")


def link(path: str) -> str:
    """A path relative to the report as a link, not yet escaped; ``""`` for a path that is not relative."""
    return "" if path.startswith("/") else printable(path).translate(_LINK)
