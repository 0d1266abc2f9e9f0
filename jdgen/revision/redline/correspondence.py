"""Which element of a person's document stands where an element of the freshly made one stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from jdgen.filling.anchors import ANCHOR, anchor_name
from jdgen.record.text import normalised
from jdgen.revision.boxes import BOX
from jdgen.revision.redline.placing import Placed
from jdgen.revision.standing import own_elements, paragraphs_of, text_of
from jdgen.revision.stories import story_of
from jdgen.word_file.parsing import W
from jdgen.word_file.stories import Story

P, ROW, TABLE, CELL = f"{W}p", f"{W}tr", f"{W}tbl", f"{W}tc"
_CONTENT = f"{W}sdtContent"


class Correspondence:
    """Paragraphs of the fresh document, and those of a person's that are the same.

    ``first`` and ``last`` are where a block begins and ends, which differs where a person split it. The template's own
    paragraphs correspond where their text stands once in the same story of each document. ``moving`` are the paragraphs
    of theirs that are to be moved, by those of the fresh document that they are to be. ``tables_leave`` says that whole
    tables leave their places, so that others may stand in for them.
    """

    def __init__(self, fresh: Any, theirs: Any, placed: Placed) -> None:
        self.fresh = fresh
        self.blocks = _anchored(fresh)
        #: The fresh paragraphs that print data.
        self.prints = frozenset(self.blocks.values())
        self.first: dict[Any, Any] = {}
        self.last: dict[Any, Any] = {}
        for block_id, ends in placed.staying.items():
            if (paragraph := self.paragraph(block_id)) is not None:
                self.first[paragraph], self.last[paragraph] = ends
        moving = ((self.paragraph(block_id), there) for block_id, there in placed.moving.items())
        self.moving = {paragraph: there for paragraph, there in moving if paragraph is not None}
        self._headings = {self.paragraph(one) for one in placed.under.values() if one}
        self._astray = {self.paragraph(block_id) for block_id in placed.astray}
        leaving = _leaving(placed)
        self.tables_leave = bool(leaving)
        inside = {paragraph for table in leaving for paragraph in paragraphs_of(table)}
        blocks = {end for pair in placed.staying.values() for end in pair}
        own = _once(fresh, self.prints)
        there = _once(theirs, blocks.union(placed.going, placed.questioned, inside))
        for text, paragraph in own.items():
            if text in there:
                self.first[paragraph] = self.last[paragraph] = there[text]

    def paragraph(self, block_id: str) -> Any | None:
        """The fresh paragraph that prints a block."""
        return self.blocks.get(anchor_name(block_id))

    def of_template(self) -> list[Any]:
        """The fresh paragraphs that print no data: the template's own."""
        return [one for one in paragraphs_of(self.fresh) if one not in self.prints]

    def has_heading(self, row: Any, others: Collection[Any]) -> bool:
        """Whether a fresh row has a heading that is not among ``others``."""
        return any(one in self._headings and one not in others for one in paragraphs_of(row))

    def is_in_place(self, fresh: Any) -> bool:
        """Whether a fresh paragraph has its counterpart where it belongs."""
        return fresh in self.last and fresh not in self._astray

    def add(self, fresh: Any, made: Any) -> None:
        """Note that ``made`` was put in for the fresh paragraph."""
        self.first[fresh] = self.last[fresh] = made

    def replace(self, joined: Mapping[Any, Any]) -> None:
        """Note that what stood in some paragraphs of theirs stands in others now."""
        for ends in (self.first, self.last):
            ends.update({fresh: joined[there] for fresh, there in ends.items() if there in joined})

    def is_astray(self, fresh: Any) -> bool:
        """Whether the counterpart of a fresh paragraph stays where the framework does not have it."""
        return fresh in self._astray

    def neighbours(self, element: Any, counts: Callable[[Any], bool] | None = None) -> tuple[Any | None, Any | None]:
        """What stands in the person's document where the nearest known elements before and after ``element`` stand, by
        those fresh paragraphs that ``counts`` holds of, or by all."""
        before = next(self._known(element.itersiblings(preceding=True), self.last, counts), None)
        return before, next(self._known(element.itersiblings(), self.first, counts), None)

    def counterpart(self, element: Any) -> Any | None:
        """The element of the same kind that corresponds to ``element``."""
        return next(self._known([element], self.last), None)

    def _known(
        self, elements: Any, ends: Mapping[Any, Any], counts: Callable[[Any], bool] | None = None
    ) -> Iterator[Any]:
        for element in elements:
            paragraphs = [element] if element.tag == P else paragraphs_of(element)
            for paragraph in paragraphs if ends is self.first else reversed(paragraphs):
                is_known = paragraph in ends and (counts is None or counts(paragraph))
                found = _climbed(ends[paragraph], element.tag) if is_known else None
                if found is not None and level(found) == level(element):
                    yield found
                    break


def new_rows(table: Any, known: Correspondence) -> list[Any]:
    """The rows of a fresh table of which nothing is in the person's document."""
    return [row for row in table.iterchildren(ROW) if not any(one in known.last for one in paragraphs_of(row))]


def enclosing(element: Any, tag: str) -> Any | None:
    """The nearest element ``tag`` that ``element`` is in."""
    return next(element.iterancestors(tag), None)


def _climbed(paragraph: Any, tag: str) -> Any | None:
    return paragraph if tag == P else enclosing(paragraph, tag)


def level(element: Any) -> tuple[Story, int]:
    """In which story an element stands, and in how many cells and text boxes."""
    return story_of(element), sum(1 for _ in element.iterancestors(CELL, BOX))


def outermost(element: Any) -> Any:
    """``element``, or the content control that is round it: what is put in beside it must not be controlled too."""
    while (parent := element.getparent()) is not None and parent.tag == _CONTENT and parent.getparent() is not None:
        element = parent.getparent()
    return element


def _anchored(fresh: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for paragraph in paragraphs_of(fresh):
        for node in own_elements(paragraph):
            if node.tag == f"{W}bookmarkStart" and node.get(f"{W}name", "").startswith(ANCHOR):
                found[node.get(f"{W}name")] = paragraph
    return found


def _leaving(placed: Placed) -> set[Any]:
    """The tables of theirs of which no block stays where it belongs."""
    in_place = [first for block_id, (first, _) in placed.staying.items() if block_id not in placed.astray]
    ends = (end for pair in placed.staying.values() for end in pair)
    return _tables((*ends, *placed.going, *placed.questioned)) - _tables(in_place)


def _tables(paragraphs: Iterable[Any]) -> set[Any]:
    return {table for one in paragraphs if (table := enclosing(one, TABLE)) is not None}


def _once(tree: Any, taken: Collection[Any]) -> dict[tuple[Story, str], Any]:
    """The paragraphs of ``tree`` but those ``taken``, by their story and text, where it stands once there."""
    texts = [
        ((story_of(one), text), one)
        for one in paragraphs_of(tree)
        if one not in taken and (text := normalised(text_of(one)))
    ]
    count = Counter(text for text, _ in texts)
    return {text: paragraph for text, paragraph in texts if count[text] == 1}
