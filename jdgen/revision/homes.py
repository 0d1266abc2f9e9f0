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
        if any(one.is_heading for one in ids):
            heading = at
            column = [*cells[paragraph.row]].index(paragraph.cell) if _has_cell_of_its_own(at, paragraphs) else -1
        elif any(map(is_under_none, ids)):
            heading = -1
        elif heading >= 0 and ids:
            homes[at] = heading
        elif heading >= 0 and text in template:
            heading = heading if paragraph.row else -1
        elif heading >= 0 and text and paragraph.story is paragraphs[heading].story:
            row, own = paragraph.row, paragraphs[heading].row
            if row == own or not row or (row not in heads and (column < 0 or _is_empty_at(column, cells[row]))):
                homes[at] = heading
    return homes


def _heads_of_tables(paragraphs: Sequence[ReadParagraph]) -> frozenset[str]:
    """The first rows of tables."""
    rows = dict.fromkeys(one.row for one in paragraphs if one.row)
    first: dict[str, str] = {}
    for row in rows:
        first.setdefault(table_of(row), row)
    return frozenset(first.values())


def _cells_of_rows(paragraphs: Sequence[ReadParagraph]) -> Mapping[str, Mapping[str, bool]]:
    """Whether anything is written in each cell of a row, by the row and the cell, in order."""
    found: dict[str, dict[str, bool]] = {}
    for one in paragraphs:
        if one.row:
            cells = found.setdefault(one.row, {})
            cells[one.cell] = cells.get(one.cell, False) or bool(one.text.strip())
    return found


def _is_empty_at(column: int, cells: Mapping[str, bool]) -> bool:
    return not [*cells.values(), True][min(column, len(cells))]


def _has_cell_of_its_own(at: int, paragraphs: Sequence[ReadParagraph]) -> bool:
    """Whether a paragraph is all that is in its cell, and other cells of its row have something in them."""
    own = paragraphs[at]
    if not own.row:
        return False
    others = [one for place, one in enumerate(paragraphs) if one.row == own.row and place != at and one.text.strip()]
    return bool(others) and all(one.cell != own.cell for one in others)
