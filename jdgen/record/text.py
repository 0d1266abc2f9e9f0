"""The paragraphs of a document, for telling whether a person has edited it."""

from __future__ import annotations

from collections.abc import Mapping

from jdgen.word_file.parsing import CHARACTERS, W, parsed
from jdgen.word_file.stories import story_parts

# Turned quotation marks, spaces and hyphens that forbid a break, and hyphens that only allow one.
_PLAIN = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u2011": "-", "\u00ad": ""}
)
_BREAKS = {f"{W}{name}": character for name, character in CHARACTERS.items()}


def paragraphs(parts: Mapping[str, bytes]) -> list[str]:
    """The text of every paragraph of the document that has any, those in tables, headers and footers too.

    Read from the XML, since python-docx does not see into content controls.
    """
    texts = (
        "".join(_BREAKS.get(node.tag, "") or node.text or "" for node in paragraph.iter(f"{W}t", *_BREAKS))
        for part in story_parts(parts)
        for paragraph in parsed(parts[part.name]).iter(f"{W}p")
    )
    return [text for text in texts if text.strip()]


def normalised(text: str) -> str:
    """``text`` as it is compared: word processors change spaces, hyphens and quotation marks by themselves."""
    if not text.isascii():
        text = text.translate(_PLAIN)
    return " ".join(text.split())
