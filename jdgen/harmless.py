"""Text as it is shown: harmless, whoever wrote it, and in lines that fit."""

from __future__ import annotations

import re
import textwrap

# What moves the cursor, gives orders to a terminal, or shows text in another order than it is written in: controls but
# the line's end and the tab, C1 controls, marks and embeddings of direction, other ends of lines; with what no encoding
# takes, such as the bytes of a file name that is no UTF-8.
_HARMFUL = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)


def harmless(text: str) -> str:
    """``text`` as it may be shown, whoever wrote it: what could act on a terminal, or make a reader see other words
    than are there, is spelt as JSON spells it (``\\u001b``). JSON stays the same value."""
    # What is printable does no harm, and every start of jdgen shows some: the pattern waits for a text that needs it.
    if text.replace("\n", "").isprintable():
        return text
    return re.sub(_HARMFUL, lambda match: spell_out(match[0]), text)


def spell_out(text: str) -> str:
    """``text`` as JSON spells it where it has no other way: ``\\u0141``, two of them beyond the first 65,536."""
    pairs = text.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{pairs[at]:02x}{pairs[at + 1]:02x}" for at in range(0, len(pairs), 2))


def wrap_line(text: str, width: int, first: str, others: str) -> list[str]:
    """``text`` in lines of at most ``width`` characters, but for a word that is longer; the first line begins with
    ``first``, the others with ``others``."""
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=others, break_long_words=False, break_on_hyphens=False
    )
