"""Where something new goes in a person's document, so that it stands under its heading and parts nothing from its own.

A text goes beside those of its own heading, wherever that stands; a heading goes where what is under the one before it
ends, with all that people have written there.
"""

from __future__ import annotations

from jdgen.revision.paragraphs import DocumentText
from jdgen.revision.redline.places import Correspondence, Place, PlacedDecisions, level, outermost
from jdgen.word.paragraphs import CELL, ROW, TABLE, P, paragraphs_of, text_of
from jdgen.word.xml import Element, W, nearest, parent_of
from jdgen.words import comparable

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
                if paragraph in self._known.template_paragraphs and nearest(paragraph, ROW) is None:
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
                if is_over and paragraph not in self._known.last:
                    self._find_in_emptied_table(paragraph, heading)

    def _find_in_emptied_table(self, head: Element, heading: Element) -> None:
        """Have ``head``, of a fresh table, correspond to that of a table of theirs under the same heading from which a
        person has taken everything else: what is new comes there, and not into a second table."""
        there = self._known.first.get(heading)
        tables = dict.fromkeys(nearest(one, TABLE) for one, home in self._homes.items() if home is there)
        width = len(list(parent_of(parent_of(head)).iterchildren(CELL)))
        for table in [one for one in tables if one is not None and there is not None]:
            texts = {one: comparable(text_of(one)) for one in paragraphs_of(table)}
            first = next(table.iterchildren(ROW), None)
            is_as_wide = first is not None and len(list(first.iterchildren(CELL))) == width
            if is_as_wide and all(not text or text in self._known.texts_of_template for text in texts.values()):
                same = [one for one, text in texts.items() if text == comparable(text_of(head))]
                if len(same) == 1:
                    self._known.add(head, same[0])
                    return

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
