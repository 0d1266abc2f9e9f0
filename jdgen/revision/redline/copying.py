"""New paragraphs, rows and tables that look like those that the person's document has already.

A word processor that saved the document may have given other names to its styles and lists, so what is new is made
after the model of its neighbours, and after the fresh document only where there is none.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from lxml import etree

from jdgen.revision.redline.correspondence import CELL, ROW, TABLE, Correspondence, P, enclosing
from jdgen.revision.redline.marks import DEL, INS, Marker
from jdgen.revision.redline.runs import properties_of
from jdgen.revision.redline.transferring import transferred
from jdgen.revision.standing import paragraphs_of, text_of, text_pieces
from jdgen.word_file.parsing import W, serialised

_PARAGRAPH, _RUN = f"{W}pPr", f"{W}rPr"
# What a new paragraph does not take over from another: sections, and marks of changes.
_NOT_COPIED = (f"{W}sectPr", f"{W}pPrChange", f"{W}rPr")
_NOT_IN_CELLS = (f"{W}vMerge", f"{W}hMerge", f"{W}cellIns", f"{W}cellDel", f"{W}cellMerge", f"{W}tcPrChange")
_NOT_IN_ROWS = (f"{W}ins", f"{W}del", f"{W}trPrChange")
# LibreOffice writes "true" for these, which the standard does not know; to be there is to be on.
_ON_OR_OFF = (f"{W}cantSplit", f"{W}tblHeader", f"{W}hidden")
_Looks = tuple[Any | None, Any | None]


class Copyist:
    """Makes what is new in a person's document, marked as inserted, and notes where it is."""

    def __init__(self, correspondence: Correspondence, styles: bytes, marker: Marker) -> None:
        self._known = correspondence
        self._styles = styles
        self._marker = marker
        # Only what was there before: what is put in is itself made after these.
        self._alike = _by_look(correspondence)

    def paragraph(self, fresh: Any) -> Any:
        """A paragraph with the text of ``fresh``; one that is moved takes its looks along."""
        old = self._known.moving.get(fresh)
        if old is not None and (enclosing(old, CELL) is None) == (enclosing(fresh, CELL) is None):
            made = transferred(old, text_of(fresh), self._marker)
            self._known.add(fresh, made)
            return made
        made = etree.Element(P)
        properties, of_run = self._looks(fresh)
        if properties is not None:
            made.append(properties)
        if text := text_of(fresh):
            made.append(self._marker.inserted(text, of_run))
        self._marker.mark_end(made, INS)
        self._known.add(fresh, made)
        return made

    def take_away(self, empty: Any) -> None:
        """Mark the end of an ``empty`` paragraph as deleted, for one that takes its place."""
        self._marker.mark_end(empty, DEL)

    def row(self, fresh: Any, without: Collection[Any] = ()) -> Any:
        """A row of a table with the cells of ``fresh``, ``without`` some of its paragraphs."""
        model = self._row_like(fresh)
        made = etree.Element(ROW)
        _copy(model, made, (f"{W}tblPrEx", f"{W}trPr"), _NOT_IN_ROWS)
        for cell, like in zip(fresh.iterchildren(CELL), model.iterchildren(CELL), strict=True):
            new = etree.SubElement(made, CELL)
            _copy(like, new, (f"{W}tcPr",), _NOT_IN_CELLS)
            wanted = [self.paragraph(paragraph) for paragraph in cell.iterchildren(P) if paragraph not in without]
            new.extend(wanted or [etree.Element(P)])
        self._marker.mark_row(made, INS)
        return made

    def table(self, fresh: Any, rows: Iterable[Any]) -> Any:
        """A table like ``fresh``, with these of its ``rows``."""
        wanted = _serial(fresh.find(f"{W}tblPr"))
        alike = (one for one in self._known.fresh.iter(TABLE) if _serial(one.find(f"{W}tblPr")) == wanted)
        model = next((found for one in alike if (found := self._known.counterpart(one)) is not None), fresh)
        made = etree.Element(TABLE)
        _copy(model, made, (f"{W}tblPr",), (f"{W}tblPrChange",))
        _copy(fresh, made, (f"{W}tblGrid",), (f"{W}tblGridChange",))
        made.extend([self.row(row) for row in rows])
        return made

    def _row_like(self, fresh: Any) -> Any:
        """A row of the person's with as many cells, from the same table, or ``fresh`` itself."""
        cells = len(list(fresh.iterchildren(CELL)))
        moving = (one for paragraph in paragraphs_of(fresh) if (one := self._known.moving.get(paragraph)) is not None)
        own = next((row for one in moving if (row := enclosing(one, ROW)) is not None), None)
        if own is not None and len(list(own.iterchildren(CELL))) == cells:
            return own
        for row in (*fresh.itersiblings(ROW, preceding=True), *fresh.itersiblings(ROW)):
            found = self._known.counterpart(row)
            if found is not None and len(list(found.iterchildren(CELL))) == cells and _is_head(row) == _is_head(fresh):
                return found
        return fresh

    def _looks(self, fresh: Any) -> _Looks:
        """Properties for a paragraph like ``fresh`` and its run: those that most of its kind have."""
        if alike := self._alike.get(_serial(fresh.find(_PARAGRAPH))):
            serials = [tuple(map(_serial, _looks(one))) for one in alike]
            properties, of_run = _looks(alike[serials.index(Counter(serials).most_common(1)[0][0])])
            _join_list(properties, self._neighbour(fresh))
            return properties, of_run
        properties, of_run = _looks(fresh)
        if properties is not None:
            for node in [*properties.iter(f"{W}numPr"), *properties.iter(f"{W}pStyle")]:
                if node.tag == f"{W}numPr" or f'w:styleId="{node.get(f"{W}val")}"'.encode() not in self._styles:
                    node.getparent().remove(node)
        return properties, of_run

    def _neighbour(self, fresh: Any) -> Any | None:
        """The paragraph of the person's that stands nearest before, or else after, among those of the same look."""
        look = _serial(fresh.find(_PARAGRAPH))
        beside = (*fresh.itersiblings(P, preceding=True), *fresh.itersiblings(P))
        alike = (one for one in beside if one in self._known.last and _serial(one.find(_PARAGRAPH)) == look)
        return next((self._known.last[one] for one in alike), None)


def _join_list(properties: Any | None, neighbour: Any | None) -> None:
    """Have a paragraph of a list go on with the list of its neighbour: where numbers start anew, lists that look alike
    are several."""
    own, other = (one.find(f".//{W}numId") if one is not None else None for one in (properties, neighbour))
    if own is not None and other is not None:
        own.set(f"{W}val", other.get(f"{W}val"))


def _by_look(known: Correspondence) -> dict[bytes, list[Any]]:
    """Paragraphs of the person's, by the look that theirs have in the fresh document."""
    looks: dict[bytes, list[Any]] = {}
    for fresh, there in {**known.last, **known.moving}.items():
        looks.setdefault(_serial(fresh.find(_PARAGRAPH)), []).append(there)
    return looks


def _looks(paragraph: Any) -> _Looks:
    properties = copy.deepcopy(paragraph.find(_PARAGRAPH))
    if properties is not None:
        for node in list(properties.iterchildren(*_NOT_COPIED)):
            properties.remove(node)
    first = next((piece.getparent() for piece, _ in text_pieces(paragraph)), None)
    return properties, properties_of(first)


def _copy(source: Any, target: Any, tags: tuple[str, ...], without: tuple[str, ...]) -> None:
    for tag in tags:
        if (found := source.find(tag)) is not None:
            made = copy.deepcopy(found)
            for node in list(made.iter(*without)):
                node.getparent().remove(node)
            for node in made.iterchildren(*_ON_OR_OFF):
                if node.get(f"{W}val") == "true":
                    del node.attrib[f"{W}val"]
            target.append(made)


def _is_head(row: Any) -> bool:
    return row.find(f"{W}trPr/{W}tblHeader") is not None


def _serial(element: Any | None) -> bytes:
    return b"" if element is None else serialised(element).encode()
