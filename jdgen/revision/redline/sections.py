"""Where something new goes in a person's document, so that it stands under its heading and parts nothing from its own.

A text goes beside those of its own heading, wherever that stands; a heading goes where what is under the one before it
ends, with all that people have written there.
"""

from __future__ import annotations

from typing import Any

from jdgen.record.text import normalised
from jdgen.revision.redline.correspondence import ROW, TABLE, Correspondence, P, enclosing, level, outermost
from jdgen.revision.redline.placing import Placed
from jdgen.revision.standing import paragraphs_of, text_of
from jdgen.word_file.parsing import W

_SECTION = f"{W}sectPr"
#: A neighbour, and whether what is put in goes after it.
Place = tuple[Any, bool]


class Sections:
    """What stands under which heading, in the fresh document and in a person's."""

    def __init__(self, theirs: Any, known: Correspondence, placed: Placed) -> None:
        self._known = known
        self._homes = placed.homes
        self._before = frozenset(paragraphs_of(theirs))
        self._template = {normalised(text_of(one)) for one in known.of_template()}
        under = ((known.paragraph(one), known.paragraph(heading)) for one, heading in placed.under.items() if heading)
        self._headings = {one: heading for one, heading in under if one is not None and heading is not None}
        self._with_heads_of_tables()
        #: Paragraphs of theirs that stand under no heading in the fresh document either.
        self._outside = {there for fresh, there in known.first.items() if fresh not in self._headings}
        self._astray = {one for one, heading in self._headings.items() if known.is_astray(heading)}

    def _with_heads_of_tables(self) -> None:
        """Count the template's own texts in rows to the heading before their table."""
        heading = None
        for paragraph in paragraphs_of(self._known.fresh):
            heading = self._headings.get(paragraph, heading)
            if heading is not None and paragraph not in self._known.prints and enclosing(paragraph, ROW) is not None:
                self._headings[paragraph] = heading

    def heading_of(self, unit: Any) -> Any | None:
        """The heading that ``unit``, something of the fresh document, stands under or has."""
        return next((found for one in _paragraphs(unit) if (found := self._headings.get(one)) is not None), None)

    def place(self, unit: Any, heading: Any) -> Place | None:
        """Where ``unit``, which has ``heading`` or stands under it, goes in the document, if it has a place there."""
        return (
            self._place_for_heading(unit, heading) if heading in _paragraphs(unit) else self._place_under(unit, heading)
        )

    def _place_for_heading(self, unit: Any, heading: Any) -> Place | None:
        for fresh in (
            one for one, above in self._headings.items() if above is heading and self._known.is_in_place(one)
        ):
            if (there := _beside(unit, self._known.first[fresh])) is not None:
                return outermost(there), False
        before, after = self._known.neighbours(unit, self._is_fence)
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

    def _place_under(self, unit: Any, heading: Any) -> Place | None:
        head = self._known.last.get(heading)

        def is_beside(fresh: Any) -> bool:
            return self._headings.get(fresh) is heading and not self._known.is_astray(fresh)

        def is_astray_with_it(fresh: Any) -> bool:
            return self._headings.get(fresh) is heading and self._homes.get(self._known.last[fresh], self) is head

        before, after = self._known.neighbours(unit, is_beside)
        if before is None and after is None:
            before, after = self._known.neighbours(unit, is_astray_with_it)
        if before is not None:
            # After a paragraph in which a section ends, it would stand in the next one.
            return None if ends_section(before) else (outermost(before), True)
        return (outermost(after), False) if after is not None else None

    def _is_fence(self, fresh: Any) -> bool:
        """Whether a fresh paragraph has its counterpart in a section that is where it belongs, or in none."""
        return not self._known.is_astray(fresh) and fresh not in self._astray

    def _end_of_section(self, element: Any) -> Any:
        """The last of what follows ``element`` and stands under the same heading."""
        last = element
        for node in element.itersiblings():
            paragraphs = _paragraphs(node)
            if node.tag == _SECTION or ends_section(node) or any(map(self._begins, paragraphs)):
                break
            if any(text_of(one).strip() for one in paragraphs):
                last = node
        return last

    def _after_earlier(self, end: Any, heading: Any) -> Any:
        """``end``, or the end of the last of the sections put in after it that come before ``heading`` in the draft."""
        order = list(dict.fromkeys(self._headings.values()))
        earlier = {self._known.last[one] for one in order[: order.index(heading)] if one in self._known.last}
        for node in end.itersiblings():
            if not self._before.isdisjoint(_paragraphs(node)):
                return end
            if not earlier.isdisjoint(_paragraphs(node)):
                return self._after_earlier(self._end_of_section(node), heading)
        return end

    def _begins(self, paragraph: Any) -> bool:
        """Whether something else begins with a paragraph of theirs."""
        text = normalised(text_of(paragraph))
        if self._homes.get(paragraph) is paragraph or paragraph in self._made_headings():
            return True
        is_of_template = text in self._template and enclosing(paragraph, ROW) is None
        return bool(text) and (is_of_template or paragraph in self._outside)

    def _made_headings(self) -> set[Any]:
        return {self._known.last[one] for one in {*self._headings.values()} if one in self._known.last}


def _beside(unit: Any, paragraph: Any) -> Any | None:
    """``paragraph``, or the row or table that it stands in, where that is something that ``unit`` can stand beside."""
    tags = (ROW,) if unit.tag == ROW else (P, TABLE)
    around = (paragraph, *paragraph.iterancestors(ROW, TABLE))
    return next((one for one in around if one.tag in tags and level(one) == level(unit)), None)


def ends_section(element: Any) -> bool:
    """Whether a section of the document ends with a paragraph."""
    return element.tag == P and element.find(f"{W}pPr/{_SECTION}") is not None


def _paragraphs(element: Any) -> list[Any]:
    return [element] if element.tag == P else paragraphs_of(element)
