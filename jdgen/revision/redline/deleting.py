"""What is withdrawn marked as deleted: paragraphs, and the rows and tables of which nothing is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jdgen.revision.redline.correspondence import ROW, TABLE, enclosing
from jdgen.revision.redline.marks import DEL, Marker
from jdgen.revision.standing import paragraphs_of, standing, text_of
from jdgen.word_file.parsing import W


def delete(paragraphs: Iterable[Any], fresh: Any, marker: Marker) -> None:
    """Mark ``paragraphs`` as deleted, ends that cannot go with them; ``fresh`` is the document made anew."""
    # In order, so that equal inputs give equal files.
    gone = dict.fromkeys(paragraphs)
    rows = _whole_rows(gone, fresh)
    for row in rows:
        marker.mark_row(row, DEL)
        # What is empty has an end too, which goes with the row.
        gone |= dict.fromkeys(paragraphs_of(row))
    for paragraph in gone:
        marker.delete_words(paragraph)
        if not _ends_section(paragraph):
            marker.mark_end(paragraph, DEL)


def _whole_rows(gone: Mapping[Any, None], fresh: Any) -> list[Any]:
    """Rows of which every text goes, and the header rows of tables that lose all others, where their words are the
    template's and not a person's."""
    inside = dict.fromkeys(row for paragraph in gone if (row := enclosing(paragraph, ROW)) is not None)
    whole = {row: None for row in inside if all(one in gone or _is_empty(one) for one in paragraphs_of(row))}
    for table in dict.fromkeys(found for row in whole if (found := enclosing(row, TABLE)) is not None):
        rest = [row for row in table.iter(ROW) if row not in whole]
        if all(_is_head(row) and _is_words(row) for row in rest) and _texts(rest) <= _texts(
            filter(_is_head, fresh.iter(ROW))
        ):
            whole |= dict.fromkeys(rest)
    return list(whole)


def _is_head(row: Any) -> bool:
    return row.find(f"{W}trPr/{W}tblHeader") is not None


def _texts(rows: Iterable[Any]) -> set[str]:
    return {text_of(paragraph) for row in rows for paragraph in paragraphs_of(row)}


def _is_words(row: Any) -> bool:
    return all(standing(paragraph).is_plain for paragraph in paragraphs_of(row))


def _is_empty(paragraph: Any) -> bool:
    return not text_of(paragraph).strip() and standing(paragraph).is_plain


def _ends_section(paragraph: Any) -> bool:
    """Whether a section ends with a paragraph, so that its end cannot go."""
    return paragraph.find(f"{W}pPr/{W}sectPr") is not None
