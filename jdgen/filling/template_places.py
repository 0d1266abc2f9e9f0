"""Places in a template, as messages name them: the part, the paragraph by its number, and its text."""

from __future__ import annotations

import re
from typing import Any

from jdgen.filling.anchors import unanchored
from jdgen.word_file.parsing import W

TAG = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
_PARTS = {"document": "", "header": "header, ", "footer": "footer, "}


def paragraph_texts(tree: Any) -> list[str]:
    """The text of every paragraph of a part, those in tables too, in the order of the document."""
    return ["".join(text.text or "" for text in paragraph.iter(f"{W}t")) for paragraph in tree.iter(f"{W}p")]


def where(name: str, part: str, number: int, text: str) -> str:
    """The paragraph with this number, counted through the part, tables too."""
    return f"{name}, {kind(part)}paragraph {number} ('{shortened(text)}')"


def kind(part: str) -> str:
    """How messages call a part: nothing for the text itself."""
    return next((label for key, label in _PARTS.items() if part.startswith(f"word/{key}")), f"{part}, ")


def shortened(text: str) -> str:
    """``text`` as messages quote it."""
    return text if len(text) <= 60 else f"{text[:57]}..."


def text_of(xml: str) -> str:
    """``xml`` without its markup."""
    return unanchored(re.sub(r"<[^>]+>", "", xml))
