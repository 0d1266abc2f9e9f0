"""Any text as a page or a workbook can hold it."""

from __future__ import annotations

import re
from urllib.parse import quote

from jdgen.words import harmless

_MOVES = re.compile("\r\n?|\t")
# What a relative link may not hold as it is; ``:`` too, or ``data:x`` would be read as a scheme.
_LINK = str.maketrans({char: f"%{ord(char):02X}" for char in "%\"'<>#?[]`^{}\\|: \n"})


def printable(text: str) -> str:
    """``text`` harmless; a line end is always ``\\n`` and a tab is a space."""
    return harmless(_MOVES.sub(lambda found: " " if found[0] == "\t" else "\n", text))


def escaped(text: str) -> str:
    """:func:`printable` text as it stands in HTML or XML, in an attribute too."""
    text = printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#39;")


def link(path: str) -> str:
    """A path relative to the report as a link, not yet escaped; ``""`` for a path that is not relative."""
    if path.startswith("/"):
        return ""
    return path.translate(_LINK) if harmless(path) == path else "".join(map(_bytes_of, path))


def _bytes_of(char: str) -> str:
    """A character of a path as a link has it; one that may not be shown, and a byte that is no UTF-8, in its bytes."""
    if harmless(char) == char:
        return char.translate(_LINK)
    is_byte = "\udc80" <= char <= "\udcff"  # as Python holds a byte of a name that is no UTF-8
    return quote(char.encode("utf-8", "surrogateescape" if is_byte else "surrogatepass"))
