"""Where something new goes in a person's document, so that it stands under its heading and parts nothing from its own.

A text goes beside those of its own heading, wherever that stands; a heading goes where what is under the one before it
ends, with all that people have written there.
"""

from __future__ import annotations

from collections.abc import Mapping

from jdgen.revision.paragraphs import DocumentText
from jdgen.revision.redline.cells import cells
from jdgen.revision.redline.places import Correspondence, Place, PlacedDecisions, level, outermost
from jdgen.word.paragraphs import CELL, ROW, TABLE, P, paragraphs_of, text_of
from jdgen.word.xml import Element, W, nearest, parent_of
from jdgen.words import comparable

_SECTION = f"{W}sectPr"


class Sections:
    """What stands under which heading, in the fresh document and in a person's."""

    def __init__(self, theirs: DocumentText, correspondence: Correspondence, placed_decisions: PlacedDecisions) -> None:
        self._correspondence = correspondence
        self._homes = placed_decisions.homes
        self._before = frozenset(theirs.read)
        self._heading_before = self._headings_before(theirs)
        under = (
            (correspondence.paragraph(block_id), correspondence.paragraph(heading))
            for block_id, heading in placed_decisions.under.items()
            if heading
        )
        self._headings = {
            paragraph: heading for paragraph, heading in under if paragraph is not None and heading is not None
        }
        self._end_at_the_template()
        self._with_heads_of_tables()
        #: Paragraphs of theirs that stand under no heading in the fresh document either.
        self._outside = {there for fresh, there in correspondence.first.items() if fresh not in self._headings}
        coming = {correspondence.paragraph(block_id) for block_id in placed_decisions.coming}
        #: Paragraphs of theirs under headings that come, which are put before one of them.
        self._under_new_headings = {
            correspondence.first[fresh]
            for fresh, heading in self._headings.items()
            if heading in coming and correspondence.is_in_place(fresh)
        }
        self._astray = {paragraph for paragraph, heading in self._headings.items() if correspondence.is_astray(heading)}

    def _headings_before(self, theirs: DocumentText) -> Mapping[Element, Element | None]:
        """The heading in their document before each heading of it that goes elsewhere: what stays behind stands under
        that."""
        moving = set(self._correspondence.moving.values())
        before: dict[Element, Element | None] = {}
        heading = None
        for paragraph in theirs.read:
            home = self._homes.get(paragraph)
            if home is paragraph and paragraph in moving:
                before[paragraph] = heading
            heading = home
        return before

    def _home_left(self, paragraph: Element, default: Element | None) -> Element | None:
        """The heading that ``paragraph`` stands under when headings have gone where they belong."""
        home = self._homes.get(paragraph, default)
        while home is not None and home in self._heading_before:
            home = self._heading_before[home]
        return home

    def _end_at_the_template(self) -> None:
        """Count nothing to a heading that comes after a text of the template's own, outside tables: what has no heading
        of its own would be under the last of the duties, such as general statements and criteria in a table."""
        begun_headings: set[Element] = set()
        ended_headings: set[Element] = set()
        for paragraph in paragraphs_of(self._correspondence.fresh):
            heading = self._headings.get(paragraph)
            if heading is None:
                if paragraph in self._correspondence.template_paragraphs and nearest(paragraph, ROW) is None:
                    ended_headings |= begun_headings
            elif heading in ended_headings:
                del self._headings[paragraph]
            else:
                begun_headings.add(heading)

    def _with_heads_of_tables(self) -> None:
        """Count the template's own texts in rows to the heading before them, if something under it stands in their
        table: another table may follow the last of the headings, and has nothing to do with it. What says the same in a
        person's document at the head of a table under another heading is not theirs."""
        tables = {(nearest(paragraph, TABLE), heading) for paragraph, heading in self._headings.items()}
        heading = None
        for paragraph in paragraphs_of(self._correspondence.fresh):
            heading = self._headings.get(paragraph, heading)
            if heading is None or paragraph in self._correspondence.prints or nearest(paragraph, ROW) is None:
                continue
            if (nearest(paragraph, TABLE), heading) in tables:
                self._headings[paragraph] = heading
                is_over = nearest(heading, TABLE) is not nearest(paragraph, TABLE)
                if is_over and self._is_under_another(paragraph, heading):
                    self._correspondence.forget(self._correspondence.last[paragraph])
                if is_over and paragraph not in self._correspondence.last:
                    self._find_in_emptied_table(paragraph, heading)

    def _find_in_emptied_table(self, head: Element, heading: Element) -> None:
        """Have ``head``, of a fresh table, correspond to that of a table of theirs under the same heading from which a
        person has taken everything else: what is new comes there, and not into a second table."""
        there = self._correspondence.first.get(heading)
        tables = dict.fromkeys(nearest(paragraph, TABLE) for paragraph, home in self._homes.items() if home is there)
        row = nearest(head, ROW)
        width = 0 if row is None else len(cells(row))
        for table in [each_table for each_table in tables if each_table is not None and there is not None]:
            texts = {paragraph: comparable(text_of(paragraph)) for paragraph in paragraphs_of(table)}
            first = next(table.iterchildren(ROW), None)
            is_as_wide = first is not None and len(cells(first)) == width
            if is_as_wide and all(
                not text or text in self._correspondence.texts_of_template for text in texts.values()
            ):
                same = [paragraph for paragraph, text in texts.items() if text == comparable(text_of(head))]
                if len(same) == 1:
                    self._correspondence.add(head, same[0])
                    return

    def _is_under_another(self, fresh: Element, heading: Element) -> bool:
        """Whether the counterpart of a fresh paragraph stands under another heading than that of ``heading``."""
        there = self._correspondence.first.get(fresh)
        home = None if there is None else self._homes.get(there)
        return home is not None and home is not self._correspondence.first.get(
            heading, self._correspondence.moving.get(heading)
        )

    def heading_of(self, unit: Element) -> Element | None:
        """The heading that ``unit``, something of the fresh document, stands under or has."""
        return next(
            (heading for paragraph in _paragraphs(unit) if (heading := self._headings.get(paragraph)) is not None), None
        )

    def place(self, unit: Element, heading: Element) -> Place | None:
        """Where ``unit``, which has ``heading`` or stands under it, goes in the document, if it has a place there."""
        return (
            self._place_for_heading(unit, heading) if heading in _paragraphs(unit) else self._place_under(unit, heading)
        )

    def _place_for_heading(self, unit: Element, heading: Element) -> Place | None:
        for fresh in (
            paragraph
            for paragraph, above in self._headings.items()
            if above is heading and self._correspondence.is_in_place(paragraph)
        ):
            if (there := _beside(unit, self._correspondence.first[fresh])) is not None:
                return outermost(there), False
        before, after = self._correspondence.neighbours(unit, self._is_fence)
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
        section_start = _beside(unit, self._homes.get(first, after))
        return outermost(after if section_start is None else section_start), False

    def _place_under(self, unit: Element, heading: Element) -> Place | None:
        head = self._correspondence.last.get(heading)

        def is_under_it(fresh: Element) -> bool:
            return self._headings.get(fresh) is heading and self._homes.get(self._correspondence.last[fresh]) is head

        def is_beside(fresh: Element) -> bool:
            is_its = self._headings.get(fresh) is heading and not self._correspondence.is_astray(fresh)
            return is_its and (
                head not in self._homes or self._home_left(self._correspondence.last[fresh], head) is head
            )

        before, after = self._correspondence.neighbours(unit, is_beside)
        if before is None and after is None:
            before, after = self._correspondence.neighbours(unit, is_under_it)
        if before is None and after is None:
            for neighbour, is_after in zip(
                self._correspondence.put_into_cells(unit, is_beside), (True, False), strict=True
            ):
                if neighbour is not None and head is not None and neighbour.getparent() is head.getparent():
                    return outermost(neighbour), is_after
        if before is not None:
            # After a paragraph in which a section ends, it would stand in the next one.
            return None if ends_section(before) else (outermost(before), True)
        return (outermost(after), False) if after is not None else None

    def _end_in_cell(self, unit: Element) -> Element | None:
        """What a heading comes after where a person has put the section before it into a cell: something in that cell,
        where the next section stands in it too, else the table."""
        before, after = self._correspondence.put_into_cells(unit, self._is_fence)
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
        return not self._correspondence.is_astray(fresh) and fresh not in self._astray

    def _end_of_section(self, element: Element) -> Element:
        """The last of what follows ``element`` and stands under the same heading."""
        last = element
        for node in element.itersiblings():
            paragraphs = _paragraphs(node)
            if node.tag == _SECTION or ends_section(node) or any(map(self._begins, paragraphs)):
                break
            if any(text_of(paragraph).strip() for paragraph in paragraphs):
                last = node
        return last

    def _after_earlier(self, end: Element, heading: Element) -> Element:
        """``end``, or the end of the last of the sections put in after it that come before ``heading`` in the draft."""
        order = list(dict.fromkeys(self._headings.values()))
        earlier = {
            self._correspondence.last[each_heading]
            for each_heading in order[: order.index(heading)]
            if each_heading in self._correspondence.last
        }
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
        is_of_template = text in self._correspondence.texts_of_template and nearest(paragraph, ROW) is None
        return bool(text) and (is_of_template or paragraph in self._outside or paragraph in self._under_new_headings)

    def _made_headings(self) -> set[Element]:
        return {
            self._correspondence.last[heading]
            for heading in {*self._headings.values()}
            if heading in self._correspondence.last
        }


def _beside(unit: Element, paragraph: Element) -> Element | None:
    """``paragraph``, or the row or table that it stands in, where that is something that ``unit`` can stand beside."""
    tags = (ROW,) if unit.tag == ROW else (P, TABLE)
    around = (paragraph, *paragraph.iterancestors(ROW, TABLE))
    return next((element for element in around if element.tag in tags and level(element) == level(unit)), None)


def ends_section(element: Element) -> bool:
    """Whether a section of the document ends with a paragraph."""
    return element.tag == P and element.find(f"{W}pPr/{_SECTION}") is not None


def _paragraphs(element: Element) -> list[Element]:
    return [element] if element.tag == P else paragraphs_of(element)
