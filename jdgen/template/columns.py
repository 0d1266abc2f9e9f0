"""The columns of printed tables, repaired: as many as their rows have.

docxtpl repairs those of every table, and those of nested ones with the numbers of the outer. Here only tables with a
tag that changes how many cells a row has are repaired, by their own rows and cells, as docxtpl would a table that
stands alone. Until then they have a mark (:func:`.containers.mark_grids`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jdgen.template.expressions import UnprintableError
from jdgen.template.repairs import WRAPPERS, PartElement, PartText

#: On a table with a tag that changes how many cells a row has; taken off when its columns are repaired.
GRID = "jd-grid"
_SPAN = re.compile(r'<w:gridSpan [^>]*?w:val="([^"]*)"')
_GRID = re.compile(r"<w:tblGrid(?: [^>]*)?(?:/>|>(.*?)</w:tblGrid>)", re.DOTALL)
_COLUMN = re.compile(r"<w:gridCol(?: [^>]*)?/>")
_WIDTH = re.compile(r'w:w="([^"]*)"')
_TABLE_PROPERTIES = re.compile(r"<w:tblPr(?: [^>]*)?(?:/>|>.*?</w:tblPr>)", re.DOTALL)


def with_grids(xml: str) -> str:
    """``xml`` with as many columns in each marked table as its rows have, in the width that it had.

    Raises :class:`UnprintableError` for a cell that spans something else than a number of columns.
    """
    if GRID not in xml:
        return xml
    text = PartText(xml)
    for table in text.elements_named("tbl"):
        if GRID in xml[table.start : table.open_end]:
            text.replace(table.start, table.open_end, re.sub(rf' {GRID}=""', "", xml[table.start : table.open_end]))
            _mend_columns(text, xml, table)
    return text.repaired()


def _mend_columns(text: PartText, xml: str, table: PartElement) -> None:
    rows = [list(_directly(row, "tc")) for row in _directly(table, "tr")]
    first = table.children[0].start if table.children else table.close
    grid = _GRID.search(xml, table.open_end, first)
    columns = _COLUMN.findall(grid[0]) if grid else []
    columns = _with_more(columns, max(map(len, rows), default=0) - len(columns))
    spans = max((sum(_span(xml, cell) for cell in row) for row in rows), default=0)
    columns = _with_fewer(columns, len(columns) - spans)
    if grid:
        others = _COLUMN.sub("", grid[1] or "")
        text.replace(*grid.span(), f"<w:tblGrid>{''.join(columns)}{others}</w:tblGrid>")
    else:
        properties = _TABLE_PROPERTIES.search(xml, table.open_end, first)
        at = properties.end() if properties else table.open_end
        text.replace(at, at, f"<w:tblGrid>{''.join(columns)}</w:tblGrid>")


def _directly(holder: PartElement, kind: str) -> Iterator[PartElement]:
    """Rows of a table or cells of a row, those in content controls too, without those of nested tables."""
    for child in holder.children:
        if child.name == kind:
            yield child
        elif child.name in WRAPPERS:
            yield from _directly(child, kind)


def _span(xml: str, cell: PartElement) -> int:
    match = _SPAN.search(xml, cell.open_end, cell.children[0].start if cell.children else cell.close)
    number = match[1] if match else "1"
    if not number.isdecimal():
        raise UnprintableError(f"'{number}' for the number of columns that a cell spans")
    return int(number)


def _with_more(columns: list[str], missing: int) -> list[str]:
    """``columns`` with room for ``missing`` more, each made narrower by the same share."""
    if missing <= 0:
        return columns
    total = sum(map(_width, columns))
    if not total:
        return [*columns, *["<w:gridCol/>"] * missing]
    old, new = total / len(columns), total / (len(columns) + missing)
    return [
        *(_in_width(column, int(_width(column) * new / old)) for column in columns),
        *[f'<w:gridCol w:w="{int(new)}"/>'] * missing,
    ]


def _with_fewer(columns: list[str], surplus: int) -> list[str]:
    """``columns`` without the last ``surplus``, whose width is shared out among the others."""
    if surplus <= 0 or surplus >= len(columns):
        return columns
    first, last = columns[:-surplus], columns[-surplus:]
    extra = int(sum(map(_width, last)) / len(first))
    return [_in_width(column, int(_width(column) + extra)) if _WIDTH.search(column) else column for column in first]


def _width(column: str) -> float:
    """In twentieths of a point; 0 where it is missing or in another unit."""
    width = _WIDTH.search(column)
    return float(width[1]) if width and width[1].isdecimal() else 0.0


def _in_width(column: str, width: int) -> str:
    attribute = f'w:w="{width}"'
    return _WIDTH.sub(attribute, column) if _WIDTH.search(column) else column.replace("/>", f" {attribute}/>")
