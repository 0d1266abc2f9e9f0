"""Where blocks stand in a person's document, where something new goes, and what corresponds to the fresh one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jdgen.drafting.block_id import BlockId
from jdgen.record.model import PrintedBlock
from jdgen.revision.decisions import Action, Decision
from jdgen.revision.pairing import headings_of, is_under_none
from jdgen.revision.paragraphs import DocumentText
from jdgen.word.file import Story, story_of
from jdgen.word.paragraphs import BOX, CELL, ROW, TABLE, P, paragraphs_of
from jdgen.word.xml import Element, W, nearest, parent_of
from jdgen.words import comparable

# Where the blocks that are decided on stand in a person's document, and which of them stay there.

_GOING, _COMING = (Action.DELETE, Action.MOVE), (Action.INSERT, Action.MOVE)


@dataclass(frozen=True)
class PlacedDecisions:
    """Paragraphs of a person's document, by the ids of their blocks in the new draft.

    ``staying`` are the first and the last of each block that stays where it stands, and ``astray`` those of them that
    the framework has elsewhere, or that are only offered where another stands: what is new does not go by them.
    ``moving`` are blocks that go elsewhere. ``anchors`` are the names of the bookmarks of all in the document made
    anew. ``going`` are all paragraphs that go from where they stand, and ``questioned`` those that stay though the new
    draft does not have them. ``under`` are the ids of the headings in the new draft, by those of the blocks under them,
    and ``homes`` the headings in the document by all paragraphs that stand under them, themselves too.
    """

    staying: Mapping[BlockId, tuple[Element, Element]]
    astray: frozenset[BlockId]
    moving: Mapping[BlockId, Element]
    coming: tuple[BlockId, ...]
    anchors: Mapping[BlockId, str]
    going: tuple[Element, ...]
    questioned: tuple[Element, ...]
    under: Mapping[BlockId, BlockId]
    homes: Mapping[Element, Element]


def placed_of(decisions: Sequence[Decision], paragraphs: Sequence[Element]) -> PlacedDecisions:
    """Where the blocks of ``decisions`` stand among the ``paragraphs`` of the document."""
    standing = [(one, paragraphs[one.places[0]], paragraphs[one.places[-1]]) for one in decisions if one.places]
    moving = {one.id: first for one, first, _ in standing if one.action is Action.MOVE}
    owned = {first for one, first, _ in standing if one.was}
    return PlacedDecisions(
        # What is withdrawn may have the id of another block of the new draft.
        staying={one.id: (first, last) for one, first, last in standing if one.new and one.id not in moving},
        astray=frozenset(one.id for one, first, _ in standing if one.is_astray or _is_beside(one, first in owned)),
        moving=moving,
        coming=tuple(one.id for one in decisions if one.action in _COMING),
        anchors={one.id: one.anchor for one in decisions if one.anchor},
        going=tuple(first for one, first, _ in standing if one.action in _GOING),
        questioned=tuple(end for one, *ends in standing if one.action is Action.QUESTION for end in ends),
        under=headings_of([PrintedBlock(one.id, one.new) for one in decisions if one.new and not one.is_label]),
        homes=_homes(decisions, paragraphs),
    )


def _is_beside(one: Decision, is_owned: bool) -> bool:
    """Whether a block that was not printed stands only in words where another text stands."""
    return not one.was and (is_owned or one.action is Action.OFFER)


def _homes(decisions: Sequence[Decision], paragraphs: Sequence[Element]) -> Mapping[Element, Element]:
    blocks: dict[int, list[BlockId]] = {}
    for one in decisions:
        for at in () if one.is_label else one.places:
            blocks.setdefault(at, []).append(one.id)
    homes: dict[Element, Element] = {}
    heading = None
    for at, paragraph in enumerate(paragraphs):
        ids = blocks.get(at, ())
        if any(one.is_heading for one in ids):
            heading = paragraph
        elif any(map(is_under_none, ids)):
            heading = None
        if heading is not None:
            homes[paragraph] = heading
    return homes


# Which element of a person's document stands where an element of the freshly made one stands.

_CONTENT = f"{W}sdtContent"
#: A neighbour, and whether what is put in goes after it.
Place = tuple[Element, bool]


class Correspondence:
    """Paragraphs of the fresh document, and those of a person's that are the same.

    ``first`` and ``last`` are where a block begins and ends, which differs where a person split it. The template's own
    paragraphs correspond where their text stands once in the same story of each document. ``moving`` are the paragraphs
    of theirs that are to be moved, by those of the fresh document that they are to be. ``tables_leave`` says that whole
    tables leave their places, so that others may stand in for them.
    """

    def __init__(self, fresh: DocumentText, theirs: DocumentText, placed: PlacedDecisions) -> None:
        self.fresh = fresh.tree
        anchored = {name: one for one, read in fresh.read.items() for name in read.anchors}
        #: The fresh paragraphs that print data.
        self.prints = frozenset(anchored.values())
        #: The texts of those that print none: the template's own.
        self.texts_of_template = frozenset(
            comparable(read.words) for one, read in fresh.read.items() if one not in self.prints
        )
        self._blocks = {one: anchored[name] for one, name in placed.anchors.items() if name in anchored}
        self.first: dict[Element, Element] = {}
        self.last: dict[Element, Element] = {}
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
        #: The template's own texts that stand once, so that none of them is printed under each heading.
        self.own = frozenset(own.values())
        there = _once(theirs, blocks.union(placed.going, placed.questioned, inside))
        for text, paragraph in own.items():
            if text in there:
                self.first[paragraph] = self.last[paragraph] = there[text]

    def paragraph(self, block_id: BlockId) -> Element | None:
        """The fresh paragraph that prints a block."""
        return self._blocks.get(block_id)

    def has_heading(self, row: Element, others: Collection[Element]) -> bool:
        """Whether a fresh row has a heading that is not among ``others``."""
        return any(one in self._headings and one not in others for one in paragraphs_of(row))

    def is_in_place(self, fresh: Element) -> bool:
        """Whether a fresh paragraph has its counterpart where it belongs."""
        return fresh in self.last and fresh not in self._astray

    def add(self, fresh: Element, made: Element) -> None:
        """Note that ``made`` was put in for the fresh paragraph."""
        self.first[fresh] = self.last[fresh] = made

    def forget(self, made: Element) -> set[Element]:
        """Note that ``made`` is not there any more; the fresh paragraphs that it was put in for."""
        gone = {fresh for fresh, there in self.last.items() if there is made}
        for fresh in gone:
            del self.first[fresh], self.last[fresh]
        return gone

    def replace(self, joined: Mapping[Element, Element]) -> None:
        """Note that what stood in some paragraphs of theirs stands in others now."""
        for ends in (self.first, self.last):
            ends.update({fresh: joined[there] for fresh, there in ends.items() if there in joined})

    def is_astray(self, fresh: Element) -> bool:
        """Whether the counterpart of a fresh paragraph stays where the framework does not have it."""
        return fresh in self._astray

    def neighbours(
        self, element: Element, counts: Callable[[Element], bool] | None = None
    ) -> tuple[Element | None, Element | None]:
        """What stands in the person's document where the nearest known elements before and after ``element`` stand, by
        those fresh paragraphs that ``counts`` holds of, or by all."""
        before = next(self._known(element.itersiblings(preceding=True), self.last, counts), None)
        return before, next(self._known(element.itersiblings(), self.first, counts), None)

    def put_into_cells(
        self, element: Element, counts: Callable[[Element], bool]
    ) -> tuple[Element | None, Element | None]:
        """The person's paragraphs that stand nearest before and after ``element``, whether in tables or not; nothing
        where it is no paragraph, or one of a table itself."""
        if element.tag != P or nearest(element, CELL) is not None:
            return None, None
        before = (self.last[one] for one in element.itersiblings(P, preceding=True) if one in self.last and counts(one))
        after = (self.first[one] for one in element.itersiblings(P) if one in self.first and counts(one))
        return next(before, None), next(after, None)

    def counterpart(self, element: Element) -> Element | None:
        """The element of the same kind that corresponds to ``element``."""
        return next(self._known([element], self.last), None)

    def _known(
        self,
        elements: Iterable[Element],
        ends: Mapping[Element, Element],
        counts: Callable[[Element], bool] | None = None,
    ) -> Iterator[Element]:
        for element in elements:
            paragraphs = [element] if element.tag == P else paragraphs_of(element)
            for paragraph in paragraphs if ends is self.first else reversed(paragraphs):
                is_known = paragraph in ends and (counts is None or counts(paragraph))
                found = _climb(ends[paragraph], element.tag) if is_known else None
                if found is not None and level(found) == level(element):
                    yield found
                    break


def is_header_row(row: Element) -> bool:
    """Whether a row of a table is printed again at the head of each page."""
    return row.find(f"{W}trPr/{W}tblHeader") is not None


def new_rows(table: Element, known: Correspondence) -> list[Element]:
    """The rows of a fresh table of which nothing is in the person's document."""
    return [row for row in table.iterchildren(ROW) if not any(one in known.last for one in paragraphs_of(row))]


def _climb(paragraph: Element, tag: str) -> Element | None:
    return paragraph if tag == P else nearest(paragraph, tag)


def level(element: Element) -> tuple[Story, int]:
    """In which story an element stands, and in how many cells and text boxes."""
    return story_of(element), sum(1 for _ in element.iterancestors(CELL, BOX))


def outermost(element: Element) -> Element:
    """``element``, or the content control that is round it: what is put in beside it must not be controlled too."""
    while (parent := element.getparent()) is not None and parent.tag == _CONTENT:
        element = parent_of(parent)
    return element


def _leaving(placed: PlacedDecisions) -> set[Element]:
    """The tables of theirs of which no block stays where it belongs, and those right under a heading that goes, though
    people have taken out all that stood in them."""
    in_place = [first for block_id, (first, _) in placed.staying.items() if block_id not in placed.astray]
    ends = (end for pair in placed.staying.values() for end in pair)
    with_blocks = _tables((*ends, *placed.going, *placed.questioned))
    following = (one.getnext() for one in placed.going if placed.homes.get(one) is one)
    under_headings = {one for one in following if one is not None and one.tag == TABLE}
    return (with_blocks | under_headings) - _tables(in_place)


def _tables(paragraphs: Iterable[Element]) -> set[Element]:
    return {table for one in paragraphs if (table := nearest(one, TABLE)) is not None}


def _once(document: DocumentText, taken: Collection[Element]) -> dict[tuple[Story, str], Element]:
    """The paragraphs of ``document`` but those ``taken``, by their story and text, where it stands once there."""
    texts = [
        ((read.story, text), one)
        for one, read in document.read.items()
        if one not in taken and (text := comparable(read.words))
    ]
    count = Counter(text for text, _ in texts)
    return {text: paragraph for text, paragraph in texts if count[text] == 1}
