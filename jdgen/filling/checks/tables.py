"""Accessibility of a template's tables (WCAG 2.2, 1.3.1): a screen reader tells a cell by its header row, and loses
its way among merged and empty cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from jdgen.filling.checks.findings import Finding, Severity
from jdgen.filling.checks.parts import TABLE, Part, own_cells, own_rows
from jdgen.filling.checks.styles import on
from jdgen.word_file.parsing import W

_MERGED = ("gridSpan", "vMerge", "hMerge")
_SEEN = ("drawing", "pict", "object", "sym", "oMath")


def table_advice(part: Part) -> Iterator[Finding]:
    """What a reader who does not see the table would miss; the first place of each kind in each table."""
    for table in part.tree.iter(TABLE):
        rows = own_rows(table)
        printed = [row for row in rows if "{%tr" not in _text(row) and "{#tr" not in _text(row)]
        if not printed:
            continue
        yield from _header_row(part, printed)
        yield from _split_rows(part, printed)
        yield from _cells(part, [cell for row in printed for cell in own_cells(row)])


def _header_row(part: Part, rows: Sequence[Any]) -> Iterator[Finding]:
    if not on(rows[0].find(f"{W}trPr/{W}tblHeader")):
        found = part.found("no-header-row", Severity.ADVICE)
        right = "in Word: select the row, then Layout, Repeat Header Rows; lay text out without a table"
        yield found(rows[0], "the table's first row is not marked as its header", right)


def _split_rows(part: Part, rows: Sequence[Any]) -> Iterator[Finding]:
    split = next((row for row in rows if not on(row.find(f"{W}trPr/{W}cantSplit"))), None)
    if split is not None:
        found = part.found("row-may-split", Severity.ADVICE)
        right = "in Word: Layout, Properties, Row: clear Allow row to break across pages"
        yield found(split, "a row of the table may be split over two pages", right)


def _cells(part: Part, cells: Sequence[Any]) -> Iterator[Finding]:
    merged = [cell for cell in cells if any(cell.find(f"{W}tcPr/{W}{name}") is not None for name in _MERGED)]
    if merged:
        found = part.found("merged-cells", Severity.ADVICE)
        yield found(merged[0], f"{_counted(merged, 'merged')} in the table", "split it, so that every row has as many")
    empty = [cell for cell in cells if _is_empty(cell)]
    if empty:
        found = part.found("empty-cell", Severity.ADVICE)
        yield found(empty[0], f"{_counted(empty, 'empty')} in the table", "write what is meant, or 'Not applicable'")


def _counted(cells: Sequence[Any], how: str) -> str:
    return f"{len(cells)} {how} cells" if len(cells) > 1 else f"{'an' if how == 'empty' else 'a'} {how} cell"


def _is_empty(cell: Any) -> bool:
    if _text(cell).strip() or cell.find(f"{W}tcPr/{W}vMerge") is not None:
        return False
    return next(cell.iter(*(f"{{*}}{name}" for name in _SEEN)), None) is None


def _text(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))
