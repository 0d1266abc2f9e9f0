"""The markup of Word files as text, for what reads and writes it without a parser."""

from __future__ import annotations

#: What stands for a character among the words of a run, by its name without the namespace.
CHARACTERS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}


def escaped_text(text: str) -> str:
    """``text`` as the text of an element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
