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
    standing_blocks = [
        (decision, paragraphs[decision.places[0]], paragraphs[decision.places[-1]])
        for decision in decisions
        if decision.places
    ]
    moving = {decision.id: first for decision, first, _ in standing_blocks if decision.action is Action.MOVE}
    owned = {first for decision, first, _ in standing_blocks if decision.was}
    return PlacedDecisions(
        # What is withdrawn may have the id of another block of the new draft.
        staying={
            decision.id: (first, last)
            for decision, first, last in standing_blocks
            if decision.new and decision.id not in moving
        },
        astray=frozenset(
            decision.id
            for decision, first, _ in standing_blocks
            if decision.is_astray or _is_beside(decision, first in owned)
        ),
        moving=moving,
        coming=tuple(decision.id for decision in decisions if decision.is_coming),
        anchors={decision.id: decision.anchor for decision in decisions if decision.anchor},
        going=tuple(first for decision, first, _ in standing_blocks if decision.is_going),
        questioned=tuple(
            end for decision, *ends in standing_blocks if decision.action is Action.QUESTION for end in ends
        ),
        under=headings_of(
            [
                PrintedBlock(decision.id, decision.new)
                for decision in decisions
                if decision.new and not decision.is_label
            ]
        ),
        homes=_homes(decisions, paragraphs),
    )


def _is_beside(decision: Decision, is_owned: bool) -> bool:
    """Whether a block that was not printed stands only in words where another text stands."""
    return not decision.was and (is_owned or decision.action is Action.OFFER)


def _homes(decisions: Sequence[Decision], paragraphs: Sequence[Element]) -> Mapping[Element, Element]:
    blocks: dict[int, list[BlockId]] = {}
    for decision in decisions:
        for at in () if decision.is_label else decision.places:
            blocks.setdefault(at, []).append(decision.id)
    homes: dict[Element, Element] = {}
    heading = None
    for at, paragraph in enumerate(paragraphs):
        ids = blocks.get(at, ())
        if any(block_id.is_heading for block_id in ids):
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

    def __init__(self, fresh: DocumentText, theirs: DocumentText, placed_decisions: PlacedDecisions) -> None:
        self.fresh = fresh.tree
        anchored = {name: paragraph for paragraph, content in fresh.read.items() for name in content.anchors}
        #: The fresh paragraphs that print data.
        self.prints = frozenset(anchored.values())
        #: The texts of those that print none: the template's own.
        self.texts_of_template = frozenset(
            comparable(content.words) for paragraph, content in fresh.read.items() if paragraph not in self.prints
        )
        self._blocks = {
            block_id: anchored[name] for block_id, name in placed_decisions.anchors.items() if name in anchored
        }
        self.first: dict[Element, Element] = {}
        self.last: dict[Element, Element] = {}
        for block_id, ends in placed_decisions.staying.items():
            if (paragraph := self.paragraph(block_id)) is not None:
                self.first[paragraph], self.last[paragraph] = ends
        moving = ((self.paragraph(block_id), there) for block_id, there in placed_decisions.moving.items())
        self.moving = {paragraph: there for paragraph, there in moving if paragraph is not None}
        self._headings = {self.paragraph(heading) for heading in placed_decisions.under.values() if heading}
        self._astray = {self.paragraph(block_id) for block_id in placed_decisions.astray}
        leaving = _leaving(placed_decisions)
        self.tables_leave = bool(leaving)
        inside = {paragraph for table in leaving for paragraph in paragraphs_of(table)}
        blocks = {end for pair in placed_decisions.staying.values() for end in pair}
        single_texts = _once(fresh, self.prints)
        #: The template's own texts that stand once, so that none of them is printed under each heading.
        self.template_paragraphs = frozenset(single_texts.values())
        there = _once(theirs, blocks.union(placed_decisions.going, placed_decisions.questioned, inside))
        for text, paragraph in single_texts.items():
            if text in there:
                self.first[paragraph] = self.last[paragraph] = there[text]

    def paragraph(self, block_id: BlockId) -> Element | None:
        """The fresh paragraph that prints a block."""
        return self._blocks.get(block_id)

    def has_heading(self, row: Element, others: Collection[Element]) -> bool:
        """Whether a fresh row has a heading that is not among ``others``."""
        return any(paragraph in self._headings and paragraph not in others for paragraph in paragraphs_of(row))

    def is_in_place(self, fresh: Element) -> bool:
        """Whether a fresh paragraph has its counterpart where it belongs."""
        return fresh in self.last and fresh not in self._astray

    def add(self, fresh: Element, new: Element) -> None:
        """Note that ``new`` was put in for the fresh paragraph."""
        self.first[fresh] = self.last[fresh] = new

    def forget(self, removed_paragraph: Element) -> set[Element]:
        """Note that ``removed_paragraph`` is not there any more; the fresh paragraphs that it was put in for."""
        forgotten = {fresh for fresh, there in self.last.items() if there is removed_paragraph}
        for fresh in forgotten:
            del self.first[fresh], self.last[fresh]
        return forgotten

    def replace(self, new_homes: Mapping[Element, Element]) -> None:
        """Note that what stood in some paragraphs of theirs stands in others now."""
        for ends in (self.first, self.last):
            ends.update({fresh: new_homes[there] for fresh, there in ends.items() if there in new_homes})

    def is_astray(self, fresh: Element) -> bool:
        """Whether the counterpart of a fresh paragraph stays where the framework does not have it."""
        return fresh in self._astray

    def neighbours(
        self, element: Element, counts: Callable[[Element], bool] | None = None
    ) -> tuple[Element | None, Element | None]:
        """What stands in the person's document where the nearest known elements before and after ``element`` stand, by
        those fresh paragraphs that ``counts`` holds of, or by all."""
        before = next(self._counterparts(element.itersiblings(preceding=True), self.last, counts), None)
        return before, next(self._counterparts(element.itersiblings(), self.first, counts), None)

    def put_into_cells(
        self, element: Element, counts: Callable[[Element], bool]
    ) -> tuple[Element | None, Element | None]:
        """The person's paragraphs that stand nearest before and after ``element``, whether in tables or not; nothing
        where it is no paragraph, or one of a table itself."""
        if element.tag != P or nearest(element, CELL) is not None:
            return None, None
        before = (
            self.last[paragraph]
            for paragraph in element.itersiblings(P, preceding=True)
            if paragraph in self.last and counts(paragraph)
        )
        after = (
            self.first[paragraph]
            for paragraph in element.itersiblings(P)
            if paragraph in self.first and counts(paragraph)
        )
        return next(before, None), next(after, None)

    def counterpart(self, element: Element) -> Element | None:
        """The element of the same kind that corresponds to ``element``."""
        return next(self._counterparts([element], self.last), None)

    def _counterparts(
        self,
        elements: Iterable[Element],
        ends: Mapping[Element, Element],
        counts: Callable[[Element], bool] | None = None,
    ) -> Iterator[Element]:
        for element in elements:
            paragraphs = [element] if element.tag == P else paragraphs_of(element)
            for paragraph in paragraphs if ends is self.first else reversed(paragraphs):
                is_known = paragraph in ends and (counts is None or counts(paragraph))
                counterpart = _climb(ends[paragraph], element.tag) if is_known else None
                if counterpart is not None and level(counterpart) == level(element):
                    yield counterpart
                    break


def is_header_row(row: Element) -> bool:
    """Whether a row of a table is printed again at the head of each page."""
    return row.find(f"{W}trPr/{W}tblHeader") is not None


def new_rows(table: Element, correspondence: Correspondence) -> list[Element]:
    """The rows of a fresh table of which nothing is in the person's document."""
    return [
        row
        for row in table.iterchildren(ROW)
        if not any(paragraph in correspondence.last for paragraph in paragraphs_of(row))
    ]


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


def _leaving(placed_decisions: PlacedDecisions) -> set[Element]:
    """The tables of theirs of which no block stays where it belongs, and those right under a heading that goes, though
    people have taken out all that stood in them."""
    in_place = [
        first for block_id, (first, _) in placed_decisions.staying.items() if block_id not in placed_decisions.astray
    ]
    ends = (end for pair in placed_decisions.staying.values() for end in pair)
    with_blocks = _tables((*ends, *placed_decisions.going, *placed_decisions.questioned))
    following = (
        following_element.getnext()
        for following_element in placed_decisions.going
        if placed_decisions.homes.get(following_element) is following_element
    )
    under_headings = {
        following_element
        for following_element in following
        if following_element is not None and following_element.tag == TABLE
    }
    return (with_blocks | under_headings) - _tables(in_place)


def _tables(paragraphs: Iterable[Element]) -> set[Element]:
    return {table for paragraph in paragraphs if (table := nearest(paragraph, TABLE)) is not None}


def _once(document: DocumentText, left_out: Collection[Element]) -> dict[tuple[Story, str], Element]:
    """The paragraphs of ``document`` but for ``left_out``, by their story and text, where it stands once there."""
    texts = [
        ((content.story, text), paragraph)
        for paragraph, content in document.read.items()
        if paragraph not in left_out and (text := comparable(content.words))
    ]
    count = Counter(text for text, _ in texts)
    return {text: paragraph for text, paragraph in texts if count[text] == 1}
