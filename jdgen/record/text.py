"""The paragraphs of a document, for telling whether a person has edited it."""

from __future__ import annotations

from collections.abc import Mapping

from jdgen.word_file.parsing import W, parsed

_PLAIN = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " "})
_BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t"}


def paragraphs(parts: Mapping[str, bytes]) -> list[str]:
    """The text of every paragraph of the document's body that has any, those in tables too.

    Read from the XML, since python-docx does not see into content controls.
    """
    tree = parsed(parts["word/document.xml"])
    texts = (
        "".join(_BREAKS.get(node.tag, "") or node.text or "" for node in paragraph.iter(f"{W}t", *_BREAKS))
        for paragraph in tree.iter(f"{W}p")
    )
    return [text for text in texts if text.strip()]


def normalised(text: str) -> str:
    """``text`` as it is compared: word processors change spaces and quotation marks by themselves."""
    if not text.isascii():
        text = text.translate(_PLAIN)
    return " ".join(text.split())
