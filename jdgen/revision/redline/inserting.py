"""What is new put in its place: a paragraph, a row of a table, or a whole table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jdgen.revision.redline.copying import Copyist
from jdgen.revision.redline.correspondence import (
    CELL,
    ROW,
    TABLE,
    Correspondence,
    P,
    enclosing,
    new_rows,
    outermost,
)
from jdgen.revision.redline.sections import Sections, ends_section
from jdgen.revision.standing import paragraphs_of, standing, text_of
from jdgen.word_file.parsing import W, serialised


def insert(block_ids: Iterable[str], known: Correspondence, sections: Sections, copyist: Copyist) -> list[str]:
    """Put in the blocks with these ids, in the order of the fresh document. The ids for which there was no place."""
    wanted = {paragraph: block_id for block_id in block_ids if (paragraph := known.paragraph(block_id)) is not None}
    others = {paragraph for paragraph in known.blocks.values() if paragraph not in wanted}
    unplaced: list[str] = []
    for fresh in known.fresh.iter(P):
        if fresh not in wanted or fresh in known.last:
            continue
        unit, rows = _unit(fresh, others, known)
        heading = sections.heading_of(fresh)
        place = _place(unit, known) if heading is None else sections.place(unit, heading)
        if place is None and (heading is None or heading in known.last):
            place = _place_in_cell(unit, known)
        if place is None:
            unplaced.append(wanted[fresh])
            continue
        neighbour, is_after = place
        if neighbour.tag == P and is_after and _is_only_and_empty(neighbour):
            copyist.take_away(neighbour)
        if unit.tag == TABLE:
            made = copyist.table(unit, rows)
        else:
            made = copyist.row(unit, others) if unit.tag == ROW else copyist.paragraph(unit)
        if is_after:
            neighbour.addnext(made)
        else:
            neighbour.addprevious(made)
    return unplaced


def _unit(fresh: Any, others: set[Any], known: Correspondence) -> tuple[Any, list[Any]]:
    """The largest of table, row and paragraph round ``fresh`` of which everything is new, and the rows of it that are.

    A table may have rows that stand elsewhere. ``others`` are paragraphs of blocks that are not to be put in: a table
    with rows of them is new only where tables leave their places, so that it may be one of those.
    """
    row, table = enclosing(fresh, ROW), enclosing(fresh, TABLE)
    if row is None or not _is_new(row, others, known):
        return fresh, []
    if any(map(known.is_in_place, paragraphs_of(table))):
        return row, [row]
    rows = new_rows(table, known)
    whole = [one for one in rows if others.isdisjoint(paragraphs_of(one))]
    return (table, whole) if len(whole) == len(rows) or known.tables_leave else (row, [row])


def _is_new(row: Any, others: set[Any], known: Correspondence) -> bool:
    """Whether a row is to be put in as a whole: all of it is, or its heading, and nothing of the rest is where it
    belongs."""
    paragraphs = paragraphs_of(row)
    if others.isdisjoint(paragraphs):
        return not any(one in known.last for one in paragraphs)
    return known.has_heading(row, others) and not any(map(known.is_in_place, paragraphs))


def _place(unit: Any, known: Correspondence) -> tuple[Any, bool] | None:
    """The neighbour of the person's that ``unit`` goes next to, and whether after it.

    After the nearest before it that is there; but what looks like the next and not like the last begins something new
    (a heading), and goes before the next, so that what a person added stays with what it was added to.
    """
    before, after = known.neighbours(unit, known.is_in_place)
    if before is None and after is None:
        before, after = known.neighbours(unit)
    if before is not None and after is not None and _begins_anew(unit) and _stand_in_order(before, after):
        return outermost(after), False
    if before is not None:
        # After a paragraph in which a section ends, it would stand in the next one.
        return None if ends_section(before) else (outermost(before), True)
    return (outermost(after), False) if after is not None else None


def _place_in_cell(unit: Any, known: Correspondence) -> tuple[Any, bool] | None:
    """The last paragraph of the cell that ``unit`` goes into where nothing of what stands in that cell is known: all of
    it goes, or nothing stands there."""
    cell, row = enclosing(unit, CELL), enclosing(unit, ROW)
    if unit.tag != P or row is None or (theirs := known.counterpart(row)) is None:
        return None
    own, there = list(row.iterchildren(CELL)), list(theirs.iterchildren(CELL))
    if cell not in own or len(own) != len(there):
        return None
    last = there[own.index(cell)][-1]
    return (last, True) if last.tag == P else None


def _stand_in_order(before: Any, after: Any) -> bool:
    """Whether a person has left the two neighbours in their order."""
    following = outermost(after)
    return any(one is following for one in outermost(before).itersiblings())


def _begins_anew(unit: Any) -> bool:
    look = _look(unit)
    following = (one for one in unit.itersiblings(P) if _look(one) == look)
    previous = unit.getprevious()
    return unit.tag == P and next(following, None) is not None and previous is not None and _look(previous) != look


def _is_only_and_empty(paragraph: Any) -> bool:
    """Whether a paragraph is all that is in a cell, and has nothing in it."""
    cell = paragraph.getparent()
    is_only = cell.tag == CELL and len(list(cell.iterchildren(P, TABLE))) == 1
    return is_only and not text_of(paragraph).strip() and standing(paragraph).is_plain


def _look(element: Any) -> str:
    properties = element.find(f"{W}pPr")
    return "" if properties is None else serialised(properties)
