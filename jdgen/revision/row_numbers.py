"""What says nothing of the row of a table that it stands in, so that it keeps no row that is withdrawn: numbers that
count the rows, in a column that a person has put in, a box that nobody has ticked, and what the template has in each
row. Numbers are counted anew where rows come or go.
"""

from __future__ import annotations

import copy
import re
import string
from collections.abc import Collection, Sequence
from typing import NamedTuple

from jdgen.revision.paragraphs import ReadParagraph, table_of
from jdgen.revision.redline.cells import cells
from jdgen.revision.redline.marks import DEL, INS, Marker, properties_of, reword
from jdgen.word.paragraphs import ROW, TABLE, is_empty, paragraphs_of, runs_of, text_of
from jdgen.word.xml import Element, W, nearest
from jdgen.words import comparable

_NUMBER = re.compile(r"([^\w\s]?)(\d{1,3})([^\w\s]?)")
_UNTICKED = "☐"
_SIGNS = f"{string.punctuation}{string.whitespace}"
#: Fewer may be numbers of something else.
_ENOUGH = 3
_PROPERTIES = f"{W}pPr"
_NOT_COPIED = (f"{W}rPr", f"{W}sectPr", f"{W}pPrChange")


class _Column(NamedTuple):
    """A column of a table, among the rows that have so many cells."""

    table: str
    width: int
    place: int


def row_numbers(paragraphs: Sequence[ReadParagraph]) -> frozenset[int]:
    """The places of those of ``paragraphs`` that count the rows of their table: in each row below its head the next
    number, from 1 on, alone in its cell."""
    if not any(
        paragraph.row and paragraph.text.strip(_SIGNS) == "1" for paragraph in paragraphs
    ):  # as in most documents
        return frozenset()
    inside: dict[str, dict[str, list[int]]] = {}
    for at, paragraph in enumerate(paragraphs):
        if paragraph.row:
            cell = inside.setdefault(paragraph.row, {}).setdefault(paragraph.cell, [])
            if paragraph.text.strip() or not paragraph.is_plain:
                cell.append(at)
    columns: dict[_Column, list[list[int]]] = {}
    for row, row_cells in inside.items():
        for place, places in enumerate(row_cells.values()):
            columns.setdefault(_Column(table_of(row), len(row_cells), place), []).append(places)
    return frozenset(at for column in columns.values() for at in _counting(column, paragraphs))


def _counting(column: Sequence[Sequence[int]], paragraphs: Sequence[ReadParagraph]) -> Sequence[int]:
    """The places in a column of what counts its rows, below the cells that head it; none where not each does."""
    numbers = [_number_in(cell, paragraphs) for cell in column]
    head = next((at for at, number in enumerate(numbers) if number), len(numbers))
    form = numbers[head] if head < len(numbers) else None
    if form is None or len(numbers) - head < _ENOUGH:
        return ()
    before, _, behind = form.groups()
    expected_numbers = [f"{before}{count}{behind}" for count in range(1, len(numbers) - head + 1)]
    is_so = [number and number[0] for number in numbers[head:]] == expected_numbers
    return [cell[0] for cell in column[head:]] if is_so else ()


def _number_in(cell: Sequence[int], paragraphs: Sequence[ReadParagraph]) -> re.Match[str] | None:
    alone = paragraphs[cell[0]] if len(cell) == 1 else None
    return _NUMBER.fullmatch(alone.text.strip()) if alone and alone.is_plain and not alone.obstacle else None


def saying_nothing(paragraphs: Sequence[ReadParagraph], fresh: Sequence[ReadParagraph]) -> frozenset[int]:
    """The places of those of ``paragraphs`` that say nothing of the row that they stand in. ``fresh`` are those of the
    document made anew: what it has beside a printed text in a row, and does not print, is the template's own."""
    printed_rows = {paragraph.row for paragraph in fresh if paragraph.row and paragraph.anchors}
    template_texts = {
        comparable(paragraph.text) for paragraph in fresh if paragraph.row in printed_rows and not paragraph.anchors
    } - {""}
    return row_numbers(paragraphs) | {
        at
        for at, paragraph in enumerate(paragraphs)
        if paragraph.row
        and not paragraph.anchors
        and ((text := comparable(paragraph.text)) == _UNTICKED or (text in template_texts and paragraph.is_plain))
    }


def gone_with_rows(withdrawn: Collection[Element], fillers: Collection[Element]) -> list[Element]:
    """Those of ``fillers``, which say nothing of their rows, in whose rows all else is ``withdrawn``."""
    going_fillers: list[Element] = []
    for filler in fillers:
        row = nearest(filler, ROW)
        others = (
            []
            if row is None
            else [paragraph for paragraph in paragraphs_of(row) if paragraph is not filler and not is_empty(paragraph)]
        )
        if (
            others
            and all(paragraph in withdrawn or paragraph in fillers for paragraph in others)
            and any(paragraph in withdrawn for paragraph in others)
        ):
            going_fillers.append(filler)
    return going_fillers


def count_anew(numbers: Sequence[Element], marker: Marker) -> None:
    """Make ``numbers`` count the rows that will be there, of tables in which rows were put in or marked as deleted."""
    columns: dict[tuple[Element, int, int], list[Element]] = {}
    for number in numbers:
        row, table = nearest(number, ROW), nearest(number, TABLE)
        if row is not None and table is not None:
            inside = cells(row)
            place = next((at for at, cell in enumerate(inside) if number in paragraphs_of(cell)), -1)
            columns.setdefault((table, len(inside), place), []).append(number)
    for (table, width, place), column_numbers in columns.items():
        rows = [row for row in table.iter(ROW) if nearest(row, TABLE) is table and len(cells(row)) == width]
        if place >= 0 and any(_is_marked(row, INS) or _is_marked(row, DEL) for row in rows):
            _count(rows, place, column_numbers, marker)


def _count(rows: Sequence[Element], place: int, numbers: Sequence[Element], marker: Marker) -> None:
    form = _NUMBER.fullmatch(text_of(numbers[0]).strip())
    before, _, behind = form.groups() if form else ("", "", "")
    count = 0
    for row in rows:
        inside = paragraphs_of(cells(row)[place])
        number = next((paragraph for paragraph in inside if paragraph in numbers), None)
        is_new = _is_marked(row, INS) and all(map(is_empty, inside))
        if _is_marked(row, DEL) or (number is None and not is_new):
            continue
        count += 1
        if number is not None:
            reword(number, f"{before}{count}{behind}", marker)
        elif inside:
            _put(f"{before}{count}{behind}", inside[0], numbers[0], marker)


def _put(number: str, empty: Element, like: Element, marker: Marker) -> None:
    """Put ``number`` into the ``empty`` paragraph of a new row, in the looks of another."""
    if (properties := like.find(_PROPERTIES)) is not None and empty.find(_PROPERTIES) is None:
        properties_copy = copy.deepcopy(properties)
        for node in list(properties_copy.iterchildren(*_NOT_COPIED)):
            properties_copy.remove(node)
        empty.insert(0, properties_copy)
    empty.append(marker.inserted(number, properties_of(next(iter(runs_of(like)), None))))


def _is_marked(row: Element, tag: str) -> bool:
    return row.find(f"{W}trPr/{tag}") is not None
