"""Which heading each text in a document stands under, as a reader of it sees, a person's own texts too."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from jdgen.drafting.block_id import BlockId
from jdgen.revision.pairing import is_under_none
from jdgen.revision.paragraphs import ReadParagraph, table_of
from jdgen.words import comparable


def homes_of(
    blocks: Mapping[int, Collection[BlockId]], paragraphs: Sequence[ReadParagraph], template: Collection[str]
) -> Mapping[int, int]:
    """The place of the heading that each of ``blocks``, and each text of somebody's own, stands under, by its place.

    A heading that has a cell to itself beside others is over what is in its row, and in rows that have nothing in that
    cell. ``template`` are the texts that are the template's: where one of them stands, what was under a heading ends,
    and the first row of a table is its head.
    """
    heads, cells = _heads_of_tables(paragraphs), _cells_of_rows(paragraphs)
    homes: dict[int, int] = {}
    heading, column = -1, -1
    for at, paragraph in enumerate(paragraphs):
        ids, text = blocks.get(at, ()), comparable(paragraph.text)
        if any(block_id.is_heading for block_id in ids):
            heading = at
            column = [*cells[paragraph.row]].index(paragraph.cell) if _has_cell_of_its_own(at, paragraphs) else -1
        elif any(map(is_under_none, ids)):
            heading = -1
        elif heading >= 0 and ids:
            homes[at] = heading
        elif heading >= 0 and text in template:
            heading = heading if paragraph.row else -1
        elif heading >= 0 and text and paragraph.story is paragraphs[heading].story:
            row, heading_row = paragraph.row, paragraphs[heading].row
            if row == heading_row or not row or (row not in heads and (column < 0 or _is_empty_at(column, cells[row]))):
                homes[at] = heading
    return homes


def _heads_of_tables(paragraphs: Sequence[ReadParagraph]) -> frozenset[str]:
    """The first rows of tables that have others: a row that is alone is what is left of a table."""
    rows: dict[str, list[str]] = {}
    for row in dict.fromkeys(paragraph.row for paragraph in paragraphs if paragraph.row):
        rows.setdefault(table_of(row), []).append(row)
    return frozenset(of_table[0] for of_table in rows.values() if len(of_table) > 1)


def _cells_of_rows(paragraphs: Sequence[ReadParagraph]) -> Mapping[str, Mapping[str, bool]]:
    """Whether anything is written in each cell of a row, by the row and the cell, in order."""
    cells_by_row: dict[str, dict[str, bool]] = {}
    for paragraph in paragraphs:
        if paragraph.row:
            cells = cells_by_row.setdefault(paragraph.row, {})
            cells[paragraph.cell] = cells.get(paragraph.cell, False) or bool(paragraph.text.strip())
    return cells_by_row


def _is_empty_at(column: int, cells: Mapping[str, bool]) -> bool:
    return not [*cells.values(), True][min(column, len(cells))]


def _has_cell_of_its_own(at: int, paragraphs: Sequence[ReadParagraph]) -> bool:
    """Whether a paragraph is all that is in its cell, and other cells of its row have something in them."""
    paragraph = paragraphs[at]
    if not paragraph.row:
        return False
    others = [
        other
        for place, other in enumerate(paragraphs)
        if other.row == paragraph.row and place != at and other.text.strip()
    ]
    return bool(others) and all(other.cell != paragraph.cell for other in others)
