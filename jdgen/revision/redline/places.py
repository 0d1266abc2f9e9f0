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
from jdgen.word.paragraphs import BOX, CELL, ROW, TABLE, P, paragraphs_of, text_of
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
        astray=frozenset(one.id for one, first, _ in standing if one.is_astray or (not one.was and first in owned)),
        moving=moving,
        coming=tuple(one.id for one in decisions if one.action in _COMING),
        anchors={one.id: one.anchor for one in decisions if one.anchor},
        going=tuple(first for one, first, _ in standing if one.action in _GOING),
        questioned=tuple(end for one, *ends in standing if one.action is Action.QUESTION for end in ends),
        under=headings_of([PrintedBlock(one.id, one.new) for one in decisions if one.new and not one.is_label]),
        homes=_homes(decisions, paragraphs),
    )


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


# Where something new goes in a person's document, so that it stands under its heading and parts nothing from its own.
#
# A text goes beside those of its own heading, wherever that stands; a heading goes where what is under the one before
# it ends, with all that people have written there.

_SECTION = f"{W}sectPr"


class Sections:
    """What stands under which heading, in the fresh document and in a person's."""

    def __init__(self, theirs: DocumentText, known: Correspondence, placed: PlacedDecisions) -> None:
        self._known = known
        self._homes = placed.homes
        self._before = frozenset(theirs.read)
        under = ((known.paragraph(one), known.paragraph(heading)) for one, heading in placed.under.items() if heading)
        self._headings = {one: heading for one, heading in under if one is not None and heading is not None}
        self._end_at_the_template()
        self._with_heads_of_tables()
        #: Paragraphs of theirs that stand under no heading in the fresh document either.
        self._outside = {there for fresh, there in known.first.items() if fresh not in self._headings}
        coming = {known.paragraph(one) for one in placed.coming}
        #: Those before one of which a heading is put that comes.
        self._led = {
            known.first[fresh]
            for fresh, heading in self._headings.items()
            if heading in coming and known.is_in_place(fresh)
        }
        self._astray = {one for one, heading in self._headings.items() if known.is_astray(heading)}

    def _end_at_the_template(self) -> None:
        """Count nothing to a heading that comes after a text of the template's own, outside tables: what has no heading
        of its own would be under the last of the duties, such as general statements and criteria in a table."""
        begun: set[Element] = set()
        over: set[Element] = set()
        for paragraph in paragraphs_of(self._known.fresh):
            heading = self._headings.get(paragraph)
            if heading is None:
                if paragraph in self._known.own and nearest(paragraph, ROW) is None:
                    over |= begun
            elif heading in over:
                del self._headings[paragraph]
            else:
                begun.add(heading)

    def _with_heads_of_tables(self) -> None:
        """Count the template's own texts in rows to the heading before them, if something under it stands in their
        table: another table may follow the last of the headings, and has nothing to do with it. What says the same in a
        person's document at the head of a table under another heading is not theirs."""
        tables = {(nearest(one, TABLE), heading) for one, heading in self._headings.items()}
        heading = None
        for paragraph in paragraphs_of(self._known.fresh):
            heading = self._headings.get(paragraph, heading)
            if heading is None or paragraph in self._known.prints or nearest(paragraph, ROW) is None:
                continue
            if (nearest(paragraph, TABLE), heading) in tables:
                self._headings[paragraph] = heading
                is_over = nearest(heading, TABLE) is not nearest(paragraph, TABLE)
                if is_over and self._is_under_another(paragraph, heading):
                    self._known.forget(self._known.last[paragraph])

    def _is_under_another(self, fresh: Element, heading: Element) -> bool:
        """Whether the counterpart of a fresh paragraph stands under another heading than that of ``heading``."""
        there = self._known.first.get(fresh)
        home = None if there is None else self._homes.get(there)
        return home is not None and home is not self._known.first.get(heading, self._known.moving.get(heading))

    def heading_of(self, unit: Element) -> Element | None:
        """The heading that ``unit``, something of the fresh document, stands under or has."""
        return next((found for one in _paragraphs(unit) if (found := self._headings.get(one)) is not None), None)

    def place(self, unit: Element, heading: Element) -> Place | None:
        """Where ``unit``, which has ``heading`` or stands under it, goes in the document, if it has a place there."""
        return (
            self._place_for_heading(unit, heading) if heading in _paragraphs(unit) else self._place_under(unit, heading)
        )

    def _place_for_heading(self, unit: Element, heading: Element) -> Place | None:
        for fresh in (
            one for one, above in self._headings.items() if above is heading and self._known.is_in_place(one)
        ):
            if (there := _beside(unit, self._known.first[fresh])) is not None:
                return outermost(there), False
        before, after = self._known.neighbours(unit, self._is_fence)
        in_cell = self._end_in_cell(unit)
        before = before if in_cell is None else in_cell
        if before is not None:
            if ends_section(before):
                return None
            return self._after_earlier(self._end_of_section(outermost(before)), heading), True
        if after is None:
            return None
        first = _paragraphs(after)[0]
        if first not in self._homes and first in self._before - self._outside:
            # Its heading was taken out: it comes under no other.
            return self._after_earlier(self._end_of_section(outermost(after)), heading), True
        begun = _beside(unit, self._homes.get(first, after))
        return outermost(after if begun is None else begun), False

    def _place_under(self, unit: Element, heading: Element) -> Place | None:
        head = self._known.last.get(heading)

        def is_under_it(fresh: Element) -> bool:
            return self._headings.get(fresh) is heading and self._homes.get(self._known.last[fresh]) is head

        def is_beside(fresh: Element) -> bool:
            is_its = self._headings.get(fresh) is heading and not self._known.is_astray(fresh)
            return is_its and (head not in self._homes or self._homes.get(self._known.last[fresh], head) is head)

        before, after = self._known.neighbours(unit, is_beside)
        if before is None and after is None:
            before, after = self._known.neighbours(unit, is_under_it)
        if before is None and after is None:
            for one, is_after in zip(self._known.put_into_cells(unit, is_beside), (True, False), strict=True):
                if one is not None and head is not None and one.getparent() is head.getparent():
                    return outermost(one), is_after
        if before is not None:
            # After a paragraph in which a section ends, it would stand in the next one.
            return None if ends_section(before) else (outermost(before), True)
        return (outermost(after), False) if after is not None else None

    def _end_in_cell(self, unit: Element) -> Element | None:
        """What a heading comes after where a person has put the section before it into a cell: something in that cell,
        where the next section stands in it too, else the table."""
        before, after = self._known.put_into_cells(unit, self._is_fence)
        heading = None if before is None else self._homes.get(before)
        if before is None or heading is None or heading.getparent() is not before.getparent():
            return None
        cell, table = parent_of(before), nearest(before, TABLE)
        if cell.tag != CELL or (after is not None and after.getparent() is cell):
            return before if cell.tag == CELL else None
        is_last = after is None or nearest(after, TABLE) is not table
        return table if table is not None and is_last and level(table) == level(unit) else None

    def _is_fence(self, fresh: Element) -> bool:
        """Whether a fresh paragraph has its counterpart in a section that is where it belongs, or in none."""
        return not self._known.is_astray(fresh) and fresh not in self._astray

    def _end_of_section(self, element: Element) -> Element:
        """The last of what follows ``element`` and stands under the same heading."""
        last = element
        for node in element.itersiblings():
            paragraphs = _paragraphs(node)
            if node.tag == _SECTION or ends_section(node) or any(map(self._begins, paragraphs)):
                break
            if any(text_of(one).strip() for one in paragraphs):
                last = node
        return last

    def _after_earlier(self, end: Element, heading: Element) -> Element:
        """``end``, or the end of the last of the sections put in after it that come before ``heading`` in the draft."""
        order = list(dict.fromkeys(self._headings.values()))
        earlier = {self._known.last[one] for one in order[: order.index(heading)] if one in self._known.last}
        for node in end.itersiblings():
            if not self._before.isdisjoint(_paragraphs(node)):
                return end
            if not earlier.isdisjoint(_paragraphs(node)):
                return self._after_earlier(self._end_of_section(node), heading)
        return end

    def _begins(self, paragraph: Element) -> bool:
        """Whether something else begins with a paragraph of theirs."""
        text = comparable(text_of(paragraph))
        if self._homes.get(paragraph) is paragraph or paragraph in self._made_headings():
            return True
        is_of_template = text in self._known.texts_of_template and nearest(paragraph, ROW) is None
        return bool(text) and (is_of_template or paragraph in self._outside or paragraph in self._led)

    def _made_headings(self) -> set[Element]:
        return {self._known.last[one] for one in {*self._headings.values()} if one in self._known.last}


def _beside(unit: Element, paragraph: Element) -> Element | None:
    """``paragraph``, or the row or table that it stands in, where that is something that ``unit`` can stand beside."""
    tags = (ROW,) if unit.tag == ROW else (P, TABLE)
    around = (paragraph, *paragraph.iterancestors(ROW, TABLE))
    return next((one for one in around if one.tag in tags and level(one) == level(unit)), None)


def ends_section(element: Element) -> bool:
    """Whether a section of the document ends with a paragraph."""
    return element.tag == P and element.find(f"{W}pPr/{_SECTION}") is not None


def _paragraphs(element: Element) -> list[Element]:
    return [element] if element.tag == P else paragraphs_of(element)
