"""The tags of a part, in the order of the document, each with the paragraph that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jdgen.template.checks.parts import CELL, ROW, TEXT, Paragraph, Part, Piece, nearest
from jdgen.template.mending.tags import as_jinja, tags_in

# A statement without its end, which is reported (``form.py``): read as if it had one, its block can be checked.
_OPEN = re.compile(r"\{%(?:p|tr|tc)?\s+(?:for|if|elif|else|endfor|endif)\b[^{}%]*")
_INNER = re.compile(r"\{([{%#])-?(?:(p|tr|tc|r)(?=\s))?\s*(.*?)\s*-?[}%#]\}", re.DOTALL)


@dataclass(frozen=True, eq=False)
class Tag:
    """One tag. ``holders`` are what its characters stand in, one where the tag is whole (:class:`Piece`); ``order`` is
    its position in the part, ``owner`` an element whose attribute holds it, for tags that are no text."""

    text: str
    paragraph: Paragraph | None
    order: int
    holders: tuple[tuple[Any, int], ...]
    owner: Any = None

    @cached_property
    def _read(self) -> tuple[str, str, str]:
        found = _INNER.fullmatch(self.text)
        return (found[1], found[2] or "", as_jinja(found[3])) if found else (self.text[1], "", "")

    @property
    def kind(self) -> str:
        """``{`` for a tag that prints, ``%`` for a statement, ``#`` for a remark."""
        return self._read[0]

    @property
    def marker(self) -> str:
        """``p``, ``tr``, ``tc``, ``r``: what goes with the tag; '' for a plain tag."""
        return self._read[1]

    @property
    def inner(self) -> str:
        """What stands between the braces, as Jinja would have it."""
        return self._read[2]

    @property
    def word(self) -> str:
        """The first word of a statement: ``for``, ``endif``; '' for other tags."""
        return self.inner.split(maxsplit=1)[0] if self.kind == "%" and self.inner else ""

    @property
    def rest(self) -> str:
        """A statement without its first word."""
        return self.inner[len(self.word) :].strip()

    @cached_property
    def seat(self) -> tuple[str, Any, int]:
        """Where the tag stands once docxtpl has put it in the place of its paragraph, row or cell. The tags of one
        block must stand in one place, or the document would be damaged."""
        if self.paragraph is None or self.owner is not None:
            return "elsewhere", self.owner, 0
        element = self.paragraph.element
        if self.marker == "p":
            return "paragraphs", element.getparent(), 0
        if self.marker in ("tr", "tc"):
            around = nearest(element, ROW if self.marker == "tr" else CELL)
            return self.marker, None if around is None else around.getparent(), 0
        holder, field = self.holders[0]
        return f"text {self.marker}", holder, field


def tags_of(part: Part) -> tuple[Tag, ...]:
    """Every tag of ``part``: in its text, and in field codes, formulas and attributes, which are filled as well."""
    found = [tag for paragraph in part.paragraphs for tag in _in_text(paragraph)]
    return tuple(sorted((*found, *_elsewhere(part)), key=lambda tag: tag.order))


def _in_text(paragraph: Paragraph) -> Iterator[Tag]:
    if "{" not in paragraph.text:
        return
    starts: list[tuple[int, Piece]] = []
    at = 0
    for piece in paragraph.pieces:
        starts.append((at, piece))
        at += len(piece.text)
    for start, end, text in _written(paragraph.text):
        pieces = [piece for begins, piece in starts if begins < end and begins + len(piece.text) > start]
        holders = tuple(dict.fromkeys(piece.holder for piece in pieces))
        yield Tag(text, paragraph, pieces[0].order, holders)


def _written(text: str) -> Iterator[tuple[int, int, str]]:
    """Every tag in ``text``, those of :data:`_OPEN` too: where it begins and ends, and how it reads."""
    at = 0
    for start, end in (*tags_in(text), (len(text), len(text))):
        for left in _OPEN.finditer(text, at, start):
            yield left.start(), left.end(), f"{left[0].rstrip()} %}}"
        if start < end:
            yield start, end, text[start:end]
        at = end


def _elsewhere(part: Part) -> Iterator[Tag]:
    for element, order in part.order.items():
        texts = [text for text in element.attrib.values() if "{" in text]
        if element.tag != TEXT and element.text and "{" in element.text:
            texts.append(element.text)
        for text in texts:
            for start, end in tags_in(text):
                yield Tag(text[start:end], part.holding(element), order, (), element)
