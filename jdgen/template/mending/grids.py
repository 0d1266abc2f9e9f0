"""The columns of tables in which a tag changes how many cells a row has (``tc``, ``colspan``, ``hm``).

docxtpl mends the columns of every table, those of nested ones with the numbers of the outer. Here only tables with
such a tag are mended, by their own rows and cells, as docxtpl would mend a table that stands alone.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from jdgen.template.dialect import UnprintableError
from jdgen.word.xml import W, drop_attribute, parsed, serialised

#: On a table with such a tag; taken off when it is mended.
MARK = "jd-grid"
_TAG = re.compile(r"\{%-?\s*(?:tc\s|colspan\s|hm\s*%\})")
_COLUMN, _WIDTH, _TABLE = f"{W}gridCol", f"{W}w", f"{W}tbl"


def with_grids_marked(xml: str) -> str:
    """A part of a template with a mark on each table whose columns a tag changes. Its tags are whole."""
    if not _TAG.search(xml):
        return xml
    tree = parsed(xml)
    for text in tree.iter(f"{W}t"):
        if _TAG.search(text.text or "") and (table := next(text.iterancestors(_TABLE), None)) is not None:
            table.set(MARK, "")
    return serialised(tree)


def with_grids(xml: str) -> str:
    """The filled part with as many columns in each marked table as its rows have, in the width that it had.

    Raises :class:`UnprintableError` for a cell that spans something else than a number of columns.
    """
    if MARK not in xml:
        return xml
    tree = parsed(xml)
    for table in tree.iter(_TABLE):
        if drop_attribute(table, MARK) is not None:
            _mend(table)
    return serialised(tree)


def _mend(table: Any) -> None:
    rows = [list(_directly(row, "tc")) for row in _directly(table, "tr")]
    grid = table.find(f"{W}tblGrid")
    if grid is None:
        grid = etree.Element(f"{W}tblGrid")
        properties = table.find(f"{W}tblPr")
        table.insert(0 if properties is None else table.index(properties) + 1, grid)
    cells = max((len(row) for row in rows), default=0)
    spans = max((sum(map(_span, row)) for row in rows), default=0)
    _add_columns(grid, cells - len(grid.findall(_COLUMN)))
    _remove_columns(grid, len(grid.findall(_COLUMN)) - spans)


def _directly(holder: Any, kind: str) -> Any:
    """Rows of a table or cells of a row, those in content controls too, without those of nested tables."""
    for child in holder:
        if child.tag == f"{W}{kind}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _directly(child, kind)


def _span(cell: Any) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    value = "1" if span is None else str(span.get(f"{W}val"))
    if not value.isdecimal():
        raise UnprintableError(f"'{value}' for the number of columns that a cell spans")
    return int(value)


def _add_columns(grid: Any, missing: int) -> None:
    """Make room for ``missing`` columns among the others, each made narrower by the same share."""
    if missing <= 0:
        return
    columns = grid.findall(_COLUMN)
    total = sum(_width(column) for column in columns)
    if not total:
        grid.extend([etree.Element(_COLUMN) for _ in range(missing)])
        return
    old, new = total / len(columns), total / (len(columns) + missing)
    for column in columns:
        column.set(_WIDTH, str(int(_width(column) * new / old)))
    for _ in range(missing):
        etree.SubElement(grid, _COLUMN, {_WIDTH: str(int(new))})


def _remove_columns(grid: Any, surplus: int) -> None:
    """Take the last columns away and share their width out among the others."""
    columns = grid.findall(_COLUMN)
    if surplus <= 0 or surplus >= len(columns):
        return
    for column in columns[-surplus:]:
        grid.remove(column)
    extra = int(sum(_width(column) for column in columns[-surplus:]) / (len(columns) - surplus))
    for column in columns[:-surplus]:
        if column.get(_WIDTH) is not None:
            column.set(_WIDTH, str(int(_width(column) + extra)))


def _width(column: Any) -> float:
    """In twentieths of a point; 0 where it is missing or in another unit."""
    width = column.get(_WIDTH, "")
    return float(width) if width.isdecimal() else 0.0
