"""Paragraphs, rows and tables that are new or moved, made in the looks of what the document has already."""

from __future__ import annotations

import copy
import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from lxml import etree

from jdgen.revision.redline.cells import (
    CONTROL,
    by_column,
    cells,
    control_round,
    goes_on,
    has_controls,
    is_begun,
    is_merged,
    merge,
    paragraphs_in,
    parts_merged,
)
from jdgen.revision.redline.marks import DEL, INS, Marker, properties_of, reword
from jdgen.revision.redline.places import Correspondence, is_header_row
from jdgen.revision.redline.settling import accept_all
from jdgen.word.paragraphs import CELL, ROW, TABLE, P, ParagraphContent, paragraphs_of, runs_of, text_of
from jdgen.word.xml import Element, W, attributes_of, nearest, parent_of, remove, serialise

# A paragraph that the framework has moved, made once more for its new place: in a person's looks, in today's words.

_LINK, _PROPERTIES = f"{W}hyperlink", f"{W}pPr"
# A section that ends with the paragraph, and marks of changes, stay behind.
_STAY = (f"{W}sectPr", f"{W}pPrChange", f"{W}rPr")


def transfer(old: Element, text: str, marker: Marker) -> Element:
    """A paragraph like ``old`` that says ``text``, marked as inserted.

    Words that stay keep their runs and links; what else is in a paragraph (bookmarks, content controls) cannot be there
    twice, and is not taken along.
    """
    source = copy.deepcopy(old)
    reword(source, text, marker)
    accept_all(source)
    copied = etree.Element(old.tag)
    if (properties := source.find(_PROPERTIES)) is not None:
        for node in list(properties.iterchildren(*_STAY)):
            properties.remove(node)
        copied.append(properties)
    links: dict[Element, Element] = {}
    for run in runs_of(source):
        link = nearest(run, _LINK)
        if link is not None and link not in links:
            links[link] = etree.SubElement(copied, _LINK, dict(attributes_of(link)))
        mark = marker.element(INS)
        (copied if link is None else links[link]).append(mark)
        mark.append(run)
        run.tail = None
    marker.mark_end(copied, INS)
    return copied


# New paragraphs, rows and tables that look like those that the person's document has already.
#
# A word processor that saved the document may have given other names to its styles and lists, so what is new is made
# after the model of its neighbours, and after the fresh document only where there is none.

_NOT_IN_CELLS = (f"{W}vMerge", f"{W}hMerge", f"{W}cellIns", f"{W}cellDel", f"{W}cellMerge", f"{W}tcPrChange")
_NOT_IN_ROWS = (f"{W}ins", f"{W}del", f"{W}trPrChange")
# LibreOffice writes "true" for these, which the standard does not know; to be there is to be on.
_ON_OR_OFF = (f"{W}cantSplit", f"{W}tblHeader", f"{W}hidden")
_Looks = tuple[Element | None, Element | None]


class Copyist:
    """Makes what is new in a person's document, marked as inserted, and notes where it is."""

    def __init__(self, correspondence: Correspondence, styles: bytes, marker: Marker) -> None:
        self._correspondence = correspondence
        self._styles = styles
        self._marker = marker
        # Only what was there before: what is put in is itself made after these.
        self._alike = _by_look(correspondence)
        #: Paragraphs of rows put in for which there is no cell: a person has taken their column out of the table, or
        #: merged what says the same over several rows.
        self.without_cell: set[Element] = set()
        #: Cells of rows put in, by their places, that go on with the one above; or would, if what is merged did not
        #: begin in the row below.
        self._going_on: set[tuple[Element, int]] = set()
        self._merge_starts: set[tuple[Element, int]] = set()

    def paragraph(self, fresh: Element, is_filled_in: bool = False) -> Element:
        """A paragraph with the text of ``fresh``; one that is moved takes its looks along. ``is_filled_in`` says that
        there are content controls where it goes: what people fill in in it is one too, and not its words alone."""
        old = self._correspondence.moving.get(fresh)
        if old is not None and (nearest(old, CELL) is None) == (nearest(fresh, CELL) is None):
            new = transfer(old, text_of(fresh), self._marker)
            self._correspondence.add(fresh, new)
            return new
        new = etree.Element(P)
        properties, of_run = self._looks(fresh)
        if properties is not None:
            new.append(properties)
        for text, control in _texts_and_controls(fresh) if is_filled_in else [(text_of(fresh), None)]:
            if text:
                words = self._marker.inserted(text, copy.deepcopy(of_run))
                new.append(words if control is None else _control_like(control, words))
        self._marker.mark_end(new, INS)
        self._correspondence.add(fresh, new)
        return new

    def take_away(self, empty: Element) -> None:
        """Mark the end of an ``empty`` paragraph as deleted, for one that takes its place."""
        self._marker.mark_end(empty, DEL)

    def row(self, fresh: Element, without: Collection[Element] = ()) -> Element:
        """A row of a table with the cells of ``fresh``, ``without`` some of its paragraphs, each in its column."""
        model, columns = self._row_like(fresh)
        new_row = etree.Element(ROW)
        _copy(model, new_row, (f"{W}tblPrEx", f"{W}trPr"), _NOT_IN_ROWS)
        likes = cells(model)
        inside: list[list[Element]] = [[] for _ in likes]
        for at, cell in enumerate(cells(fresh)):
            new_paragraphs = [paragraph for paragraph in paragraphs_in(cell) if paragraph not in without]
            if at in columns:
                is_filled_in = has_controls(likes[columns[at]])
                inside[columns[at]] += [self.paragraph(paragraph, is_filled_in) for paragraph in new_paragraphs]
            else:
                self.without_cell.update(new_paragraphs)
        for like, paragraphs in zip(likes, inside, strict=True):
            new = etree.SubElement(new_row, CELL)
            _copy(like, new, (f"{W}tcPr",), _NOT_IN_CELLS)
            new.extend(paragraphs or [etree.Element(P)])
        for at, cell in enumerate(cells(fresh)):
            if at in columns and is_merged(cell) and not any(map(text_of, inside[columns[at]])):
                (self._going_on if goes_on(cell) else self._merge_starts).add((new_row, columns[at]))
        self._marker.mark_row(new_row, INS)
        return new_row

    def join_merged(self, row: Element) -> None:
        """Have cells of a ``row`` that was put in go on with those that are merged over the rows beside it, if they say
        the same or nothing. Where one says something else, the row goes below what is merged."""
        below = next(row.itersiblings(ROW), None)
        merge_starts = [place for inserted_row, place in self._merge_starts if inserted_row is row]
        if below is not None and any(is_begun(cells(below), place) for place in merge_starts):
            below.addnext(row)
        while (below := next(row.itersiblings(ROW), None)) is not None and parts_merged(row, below):
            below.addnext(row)
        above = next(row.itersiblings(ROW, preceding=True), None)
        for place, (at, cell) in enumerate(by_column(row).items()):
            over = by_column(above).get(at)
            is_between = goes_on(by_column(below).get(at)) or (row, place) in self._going_on or place in merge_starts
            if is_between and is_merged(over):
                for paragraph in list(cell.iterchildren(P)):
                    self.without_cell |= self._correspondence.forget(paragraph)
                    cell.remove(paragraph)
                cell.append(etree.Element(P))
                merge(cell)

    def table(self, fresh: Element, rows: Iterable[Element], without: Collection[Element] = ()) -> Element:
        """A table like ``fresh``, with these of its ``rows``, ``without`` some of its paragraphs."""
        look = _serial(fresh.find(f"{W}tblPr"))
        alike = (
            alike_table
            for alike_table in self._correspondence.fresh.iter(TABLE)
            if _serial(alike_table.find(f"{W}tblPr")) == look
        )
        model = next(
            (
                counterpart
                for alike_table in alike
                if (counterpart := self._correspondence.counterpart(alike_table)) is not None
            ),
            fresh,
        )
        new_table = etree.Element(TABLE)
        _copy(model, new_table, (f"{W}tblPr",), (f"{W}tblPrChange",))
        _copy(fresh, new_table, (f"{W}tblGrid",), (f"{W}tblGridChange",))
        new_table.extend([self.row(row, without) for row in rows])
        return new_table

    def _row_like(self, fresh: Element) -> tuple[Element, Mapping[int, int]]:
        """A row of the person's that a row like ``fresh`` is made after, or ``fresh`` itself; and which cell of it each
        cell of ``fresh`` belongs in, by their places."""
        as_it_is = {at: at for at in range(len(cells(fresh)))}
        beside = self._row_beside(fresh)
        columns = as_it_is if beside is None else self._columns(fresh, beside)
        width = len(cells(fresh if beside is None else beside))
        moving = (
            old_paragraph
            for paragraph in paragraphs_of(fresh)
            if (old_paragraph := self._correspondence.moving.get(paragraph)) is not None
        )
        own_row = next((row for old_paragraph in moving if (row := nearest(old_paragraph, ROW)) is not None), None)
        if own_row is not None and len(cells(own_row)) == width and columns:
            return own_row, columns
        return (fresh, as_it_is) if beside is None or not columns else (beside, columns)

    def _row_beside(self, fresh: Element) -> Element | None:
        """The nearest row of the person's in the same table: one with as many cells, or else what became of one that
        had as many."""
        beside = (*fresh.itersiblings(ROW, preceding=True), *fresh.itersiblings(ROW))
        alike = [row for row in beside if is_header_row(row) == is_header_row(fresh)]
        width = len(cells(fresh))
        counterparts = [(row, there) for row in alike if (there := self._correspondence.counterpart(row)) is not None]
        as_wide = (there for _, there in counterparts if len(cells(there)) == width)
        return next(as_wide, next((there for row, there in counterparts if len(cells(row)) == width), None))

    def _columns(self, fresh: Element, beside: Element) -> Mapping[int, int]:
        """The cell of ``beside``, a row of the person's, in which they have what stands in each cell of ``fresh``: they
        may have put columns in, taken some out, joined them or put them in another order. It is told by what is known
        to stand in rows like these; nothing where nothing is."""
        width, width_there = len(cells(fresh)), len(cells(beside))
        alike = [row for row in parent_of(fresh).iterchildren(ROW) if len(cells(row)) == width]
        counts = Counter(
            (at, place)
            for row in alike
            for at, cell in enumerate(cells(row))
            for paragraph in paragraphs_in(cell)
            if (place := _place_in_row(self._correspondence.last.get(paragraph), beside)) >= 0
        )
        columns = dict(pair for pair, _ in reversed(counts.most_common()))
        for at in range(width) if columns or width == width_there else ():
            # Of what is not known, it is told by what stands before it, if a column is free there.
            following = columns.get(at - 1, -1) + 1
            if at not in columns and following < width_there and following not in columns.values():
                columns[at] = following
        return columns

    def _looks(self, fresh: Element) -> _Looks:
        """Properties for a paragraph like ``fresh`` and its run: those that most of its kind have."""
        if alike := self._alike.get(_serial(fresh.find(_PROPERTIES))):
            serials = [tuple(map(_serial, _looks(paragraph))) for paragraph in alike]
            properties, of_run = _looks(alike[serials.index(Counter(serials).most_common(1)[0][0])])
            _join_list(properties, self._neighbour(fresh))
            return properties, of_run
        properties, of_run = _looks(fresh)
        if properties is not None:
            for node in [*properties.iter(f"{W}numPr"), *properties.iter(f"{W}pStyle")]:
                if node.tag == f"{W}numPr" or f'w:styleId="{node.get(f"{W}val")}"'.encode() not in self._styles:
                    remove(node)
        return properties, of_run

    def _neighbour(self, fresh: Element) -> Element | None:
        """The paragraph of the person's that stands nearest before, or else after, among those of the same look."""
        look = _serial(fresh.find(_PROPERTIES))
        beside = (*fresh.itersiblings(P, preceding=True), *fresh.itersiblings(P))
        alike = (
            paragraph
            for paragraph in beside
            if paragraph in self._correspondence.last and _serial(paragraph.find(_PROPERTIES)) == look
        )
        return next((self._correspondence.last[paragraph] for paragraph in alike), None)


def _place_in_row(paragraph: Element | None, beside: Element) -> int:
    """The place of the cell that ``paragraph`` stands in, in a row with as many as ``beside``, and of the same table;
    -1 for any other."""
    cell = None if paragraph is None else nearest(paragraph, CELL)
    row = None if cell is None else nearest(cell, ROW)
    if cell is None or row is None or row.getparent() is not beside.getparent():
        return -1
    inside = cells(row)
    return inside.index(cell) if cell in inside and len(inside) == len(cells(beside)) else -1


def _join_list(properties: Element | None, neighbour: Element | None) -> None:
    """Have a paragraph of a list go on with the list of its neighbour: where numbers start anew, lists that look alike
    are several."""
    list_id, neighbours_list_id = (
        paragraph_properties.find(f".//{W}numId") if paragraph_properties is not None else None
        for paragraph_properties in (properties, neighbour)
    )
    if list_id is not None and neighbours_list_id is not None:
        list_id.set(f"{W}val", neighbours_list_id.get(f"{W}val", ""))


def _texts_and_controls(paragraph: Element) -> Iterator[tuple[str, Element | None]]:
    """The text of ``paragraph`` in pieces: words, and what people fill in, each with its content control."""
    row, content = nearest(paragraph, ROW), ParagraphContent(paragraph)
    holder = parent_of(paragraph) if row is None else row
    pieces = [(piece.text, control_round(piece.element, holder)) for piece in content.pieces]
    for control, group in itertools.groupby(pieces, key=lambda piece: piece[1]):
        yield "".join(text for text, _ in group), control


def _control_like(control: Element, words: Element) -> Element:
    """A content control as ``control`` is, with these ``words``. It gets an id from the word processor: two cannot have
    one."""
    new_control = etree.Element(CONTROL)
    properties = etree.SubElement(new_control, f"{W}sdtPr")
    properties.extend(copy.deepcopy(node) for node in control.iterfind(f"{W}sdtPr/*") if node.tag != f"{W}id")
    etree.SubElement(new_control, f"{W}sdtContent").append(words)
    return new_control


def _by_look(correspondence: Correspondence) -> dict[bytes, list[Element]]:
    """Paragraphs of the person's, by the look that theirs have in the fresh document."""
    looks: dict[bytes, list[Element]] = {}
    for fresh, there in {**correspondence.last, **correspondence.moving}.items():
        looks.setdefault(_serial(fresh.find(_PROPERTIES)), []).append(there)
    return looks


def _looks(paragraph: Element) -> _Looks:
    properties = copy.deepcopy(paragraph.find(_PROPERTIES))
    if properties is not None:
        for node in list(properties.iterchildren(*_STAY)):
            properties.remove(node)
    first = next(iter(runs_of(paragraph)), None)
    return properties, properties_of(first)


def _copy(source: Element, target: Element, tags: tuple[str, ...], without: tuple[str, ...]) -> None:
    for tag in tags:
        if (element := source.find(tag)) is not None:
            copied = copy.deepcopy(element)
            for node in list(copied.iter(*without)):
                remove(node)
            for node in copied.iterchildren(*_ON_OR_OFF):
                if node.get(f"{W}val") == "true":
                    del node.attrib[f"{W}val"]
            target.append(copied)


def _serial(element: Element | None) -> bytes:
    return b"" if element is None else serialise(element).encode()
