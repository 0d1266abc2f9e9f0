"""Cells of tables: those of a row, and those that are merged over several rows.

The first of those that are merged begins them and has their text, the others go on with it and are empty (ECMA-376 part
1, 17.4.84): who takes the first out takes the text from the rows below it.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence

from lxml import etree

from jdgen.word.paragraphs import CELL, ROW, RUN, P
from jdgen.word.xml import Element, W, nearest, text_in

#: A content control.
CONTROL = f"{W}sdt"
_WRAPPERS = (CONTROL, f"{W}sdtContent", f"{W}customXml")
# What is filled in, by its kind in the properties of a content control ([MS-DOCX] 2.6.1.3 has boxes to tick).
_FILLED_IN = (
    "{http://schemas.microsoft.com/office/word/2010/wordml}checkbox",
    *(f"{W}{name}" for name in ("dropDownList", "comboBox", "date", "text")),
)
_MERGE_MARK, _SPAN, _WIDTHS = f"{W}tcPr/{W}vMerge", f"{W}tcPr/{W}gridSpan", (f"{W}tcW", f"{W}gridSpan", f"{W}hMerge")


def cells(row: Element) -> list[Element]:
    """The cells of ``row``, in order, with those that a content control is round."""
    return list(_directly_in(row, CELL))


def paragraphs_in(cell: Element) -> list[Element]:
    """The paragraphs of ``cell`` itself, in order, with those that a content control is round."""
    return list(_directly_in(cell, P))


def _directly_in(element: Element, tag: str) -> Iterator[Element]:
    for node in element:
        if node.tag == tag:
            yield node
        elif node.tag in _WRAPPERS:
            yield from _directly_in(node, tag)


def control_round(run: Element, holder: Element) -> Element | None:
    """The content control, in ``holder``, in which people fill in what ``run`` shows, such as a box to tick or a list
    to choose from: round the run, its paragraph or its cell. None that shows data, which is the same everywhere."""
    controls = itertools.takewhile(lambda node: node is not holder, run.iterancestors())
    return next((node for node in controls if node.tag == CONTROL and _is_filled_in(node)), None)


def _is_filled_in(control: Element) -> bool:
    properties = control.find(f"{W}sdtPr")
    return (
        properties is not None
        and any(properties.find(kind) is not None for kind in _FILLED_IN)
        and properties.find("{*}dataBinding") is None
    )


def has_controls(cell: Element) -> bool:
    """Whether people fill in something in ``cell`` by a content control."""
    row = nearest(cell, ROW)
    return row is not None and any(control_round(run, row) is not None for run in cell.iter(RUN))


def by_column(row: Element | None) -> dict[int, Element]:
    """The cells of ``row`` by the column of the table's grid that each begins in."""
    cells_by_column: dict[int, Element] = {}
    at = 0
    for cell in () if row is None else cells(row):
        cells_by_column[at] = cell
        span = cell.find(_SPAN)
        at += 1 if span is None else int(span.get(f"{W}val", "1"))
    return cells_by_column


def is_merged(cell: Element | None) -> bool:
    """Whether ``cell`` begins one that is merged over several rows, or goes on with one."""
    return cell is not None and cell.find(_MERGE_MARK) is not None


def goes_on(cell: Element | None) -> bool:
    """Whether ``cell`` goes on with one that began in a row above."""
    mark = None if cell is None else cell.find(_MERGE_MARK)
    return mark is not None and mark.get(f"{W}val", "continue") == "continue"


def is_begun(row: Sequence[Element], place: int) -> bool:
    """Whether the cell at ``place`` of those of a ``row`` begins one that is merged over several rows."""
    return place < len(row) and is_merged(row[place]) and not goes_on(row[place])


def parts_merged(row: Element, below: Element) -> bool:
    """Whether ``row`` stands between cells that are merged, and says something else there."""
    own_cells = by_column(row)
    going_on = [at for at, cell in by_column(below).items() if at in own_cells and goes_on(cell)]
    return any((text := text_in(own_cells[at])) and text != _merged_text(row, at) for at in going_on)


def _merged_text(row: Element, column: int) -> str:
    """What the cell that is merged over ``row`` says."""
    above = (by_column(row_above).get(column) for row_above in row.itersiblings(ROW, preceding=True))
    first = next((cell for cell in above if not goes_on(cell)), None)
    return "" if first is None else text_in(first)


def merge(cell: Element) -> None:
    """Have ``cell`` go on with the one above it."""
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        properties = etree.Element(f"{W}tcPr")
        cell.insert(0, properties)
    at = sum(1 for _ in properties.iterchildren(f"{W}cnfStyle", *_WIDTHS))
    properties.insert(at, etree.Element(f"{W}vMerge"))


def is_shared(row: Element, going: Collection[Element]) -> bool:
    """Whether a cell of ``row`` with text is merged with those of rows below it that are not among those ``going``."""
    for at, cell in by_column(row).items():
        if goes_on(cell) or not text_in(cell):
            continue
        for below in row.itersiblings(ROW):
            if not goes_on(by_column(below).get(at)):
                break
            if below not in going:
                return True
    return False
