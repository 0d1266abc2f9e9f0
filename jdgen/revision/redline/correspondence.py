"""Which element of a person's document stands where an element of the freshly made one stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from jdgen.filling.anchors import anchor_name
from jdgen.record.text import normalised
from jdgen.revision.boxes import BOX
from jdgen.revision.standing import ANCHOR, own_elements, paragraphs_of, text_of
from jdgen.revision.stories import story_of
from jdgen.word_file.parsing import W
from jdgen.word_file.stories import Story

P, ROW, TABLE, CELL = f"{W}p", f"{W}tr", f"{W}tbl", f"{W}tc"


class Correspondence:
    """Paragraphs of the fresh document, and those of a person's that are the same.

    ``first`` and ``last`` are where a block begins and ends, which differs where a person split it. The template's own
    paragraphs correspond where their text stands once in the same story of each document.
    """

    def __init__(self, fresh: Any, theirs: Any, placed: Mapping[str, tuple[Any, Any]]) -> None:
        self.fresh = fresh
        self.blocks = _anchored(fresh)
        self.first: dict[Any, Any] = {}
        self.last: dict[Any, Any] = {}
        ids = {anchor_name(block_id): place for block_id, place in placed.items()}
        for name, paragraph in self.blocks.items():
            if name in ids:
                self.first[paragraph], self.last[paragraph] = ids[name]
        of_blocks = {*self.blocks.values()}
        taken = {element for pair in placed.values() for element in pair}
        own, there = _once(fresh, of_blocks), _once(theirs, taken)
        for text, paragraph in own.items():
            if text in there:
                self.first[paragraph] = self.last[paragraph] = there[text]

    def paragraph(self, block_id: str) -> Any | None:
        """The fresh paragraph that prints a block."""
        return self.blocks.get(anchor_name(block_id))

    def add(self, fresh: Any, made: Any) -> None:
        """Note that ``made`` was put in for the fresh paragraph."""
        self.first[fresh] = self.last[fresh] = made

    def before(self, element: Any) -> Any | None:
        """What stands in the person's document where the nearest known element before ``element`` stands."""
        return next(self._known(element.itersiblings(preceding=True), self.last), None)

    def after(self, element: Any) -> Any | None:
        """As :meth:`before`, of the nearest after it."""
        return next(self._known(element.itersiblings(), self.first), None)

    def counterpart(self, element: Any) -> Any | None:
        """The element of the same kind that corresponds to ``element``."""
        return next(self._known([element], self.last), None)

    def _known(self, elements: Any, ends: Mapping[Any, Any]) -> Iterator[Any]:
        for element in elements:
            paragraphs = [element] if element.tag == P else paragraphs_of(element)
            for paragraph in paragraphs if ends is self.first else reversed(paragraphs):
                found = _climbed(ends[paragraph], element.tag) if paragraph in ends else None
                if found is not None and _level(found) == _level(element):
                    yield found
                    break


def enclosing(element: Any, tag: str) -> Any | None:
    """The nearest element ``tag`` that ``element`` is in."""
    return next(element.iterancestors(tag), None)


def _climbed(paragraph: Any, tag: str) -> Any | None:
    return paragraph if tag == P else enclosing(paragraph, tag)


def _level(element: Any) -> tuple[Story, int]:
    """In which story an element stands, and in how many cells and text boxes."""
    return story_of(element), sum(1 for _ in element.iterancestors(CELL, BOX))


def _anchored(fresh: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for paragraph in paragraphs_of(fresh):
        for node in own_elements(paragraph):
            if node.tag == f"{W}bookmarkStart" and node.get(f"{W}name", "").startswith(ANCHOR):
                found[node.get(f"{W}name")] = paragraph
    return found


def _once(tree: Any, taken: set[Any]) -> dict[tuple[Story, str], Any]:
    """The paragraphs of ``tree`` but those ``taken``, by their story and text, where it stands once there."""
    texts = [
        ((story_of(one), text), one)
        for one in paragraphs_of(tree)
        if one not in taken and (text := normalised(text_of(one)))
    ]
    count = Counter(text for text, _ in texts)
    return {text: paragraph for text, paragraph in texts if count[text] == 1}
