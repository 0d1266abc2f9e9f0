"""What is new put in its place: a paragraph, a row of a table, or a whole table."""

from __future__ import annotations

from collections.abc import Iterable

from jdgen.drafting.block_id import BlockId
from jdgen.revision.redline.cells import cells, is_merged
from jdgen.revision.redline.copies import Copyist
from jdgen.revision.redline.places import Correspondence, new_rows, outermost
from jdgen.revision.redline.sections import Sections, ends_section
from jdgen.word.paragraphs import CELL, ROW, TABLE, P, is_empty, paragraphs_of
from jdgen.word.xml import Element, W, nearest, parent_of, serialise


def insert(
    block_ids: Iterable[BlockId],
    correspondence: Correspondence,
    sections: Sections,
    copyist: Copyist,
    labels_out: Iterable[BlockId] = (),
) -> list[BlockId]:
    """Put in the blocks with these ids, in the order of the fresh document. The ids for which there was no place.

    ``labels_out`` are labels that stay out, and keep no row from being new as a whole.
    """
    block_of = {
        paragraph: block_id for block_id in block_ids if (paragraph := correspondence.paragraph(block_id)) is not None
    }
    out = {paragraph for block_id in labels_out if (paragraph := correspondence.paragraph(block_id)) is not None}
    others = {paragraph for paragraph in correspondence.prints if paragraph not in block_of and paragraph not in out}
    unplaced: list[BlockId] = []
    for fresh in correspondence.fresh.iter(P):
        if fresh not in block_of or fresh in correspondence.last or fresh in copyist.without_cell:
            continue
        unit, rows = _unit(fresh, others, correspondence)
        heading = sections.heading_of(fresh)
        place = _place(unit, correspondence) if heading is None else sections.place(unit, heading)
        if place is None and (heading is None or heading in correspondence.last):
            place = _place_in_cell(unit, heading, correspondence)
        if place is None:
            unplaced.append(block_of[fresh])
            continue
        neighbour, is_after = place
        if neighbour.tag == P and is_after and _is_only_and_empty(neighbour):
            copyist.take_away(neighbour)
        if unit.tag == TABLE:
            new = copyist.table(unit, rows, out)
        else:
            new = copyist.row(unit, others | out) if unit.tag == ROW else copyist.paragraph(unit)
        if is_after:
            neighbour.addnext(new)
        else:
            neighbour.addprevious(new)
        if new.tag == ROW:
            copyist.join_merged(new)
    return unplaced


def _unit(fresh: Element, others: set[Element], correspondence: Correspondence) -> tuple[Element, list[Element]]:
    """The largest of table, row and paragraph round ``fresh`` of which everything is new, and the rows of it that are.

    A table may have rows that stand elsewhere. ``others`` are paragraphs of blocks that are not to be put in: a table
    with rows of them is new only where tables leave their places, so that it may be one of those.
    """
    row, table = nearest(fresh, ROW), nearest(fresh, TABLE)
    if row is None or table is None or not _is_new(row, others, correspondence):
        return fresh, []
    if any(map(correspondence.is_in_place, paragraphs_of(table))):
        return row, [row]
    rows = new_rows(table, correspondence)
    whole = [each_row for each_row in rows if others.isdisjoint(paragraphs_of(each_row))]
    return (table, whole) if len(whole) == len(rows) or correspondence.tables_leave else (row, [row])


def _is_new(row: Element, others: set[Element], correspondence: Correspondence) -> bool:
    """Whether a row is to be put in as a whole: all of it is, or its heading, and nothing of the rest is where it
    belongs. What is in a cell that is merged with cells of rows below is theirs too."""
    paragraphs = [
        paragraph
        for paragraph in paragraphs_of(row)
        if paragraph not in others or not is_merged(nearest(paragraph, CELL))
    ]
    if others.isdisjoint(paragraphs):
        return not any(paragraph in correspondence.last for paragraph in paragraphs)
    return correspondence.has_heading(row, others) and not any(map(correspondence.is_in_place, paragraphs))


def _place(unit: Element, correspondence: Correspondence) -> tuple[Element, bool] | None:
    """The neighbour of the person's that ``unit`` goes next to, and whether after it.

    After the nearest before it that is there; but what looks like the next and not like the last begins something new
    (a heading), and goes before the next, so that what a person added stays with what it was added to.
    """
    before, after = correspondence.neighbours(unit, correspondence.is_in_place)
    if before is None and after is None:
        before, after = correspondence.neighbours(unit)
    if before is not None and after is not None and _begins_anew(unit) and _stand_in_order(before, after):
        return outermost(after), False
    if before is not None:
        # After a paragraph in which a section ends, it would stand in the next one.
        return None if ends_section(before) else (outermost(before), True)
    return (outermost(after), False) if after is not None else None


def _place_in_cell(
    unit: Element, heading: Element | None, correspondence: Correspondence
) -> tuple[Element, bool] | None:
    """The last paragraph of the cell that ``unit`` goes into where nothing of what stands in that cell is known: all of
    it goes, or nothing stands there. A row with the ``heading`` of ``unit`` is known by that alone: texts under it may
    stand in other rows by now."""
    cell, row = nearest(unit, CELL), nearest(unit, ROW)
    if unit.tag != P or row is None:
        return None
    is_of_heading = heading is not None and heading in paragraphs_of(row)
    theirs = (
        nearest(correspondence.last[heading], ROW)
        if heading is not None and is_of_heading
        else correspondence.counterpart(row)
    )
    if theirs is None:
        return None
    own_cells, their_cells = cells(row), cells(theirs)
    if cell not in own_cells or len(own_cells) != len(their_cells):
        return None
    last = their_cells[own_cells.index(cell)][-1]
    return (last, True) if last.tag == P else None


def _stand_in_order(before: Element, after: Element) -> bool:
    """Whether a person has left the two neighbours in their order."""
    following = outermost(after)
    return any(sibling is following for sibling in outermost(before).itersiblings())


def _begins_anew(unit: Element) -> bool:
    look = _look(unit)
    following = (sibling for sibling in unit.itersiblings(P) if _look(sibling) == look)
    previous = unit.getprevious()
    return unit.tag == P and next(following, None) is not None and previous is not None and _look(previous) != look


def _is_only_and_empty(paragraph: Element) -> bool:
    """Whether a paragraph is all that is in a cell, and has nothing in it."""
    cell = parent_of(paragraph)
    is_only = cell.tag == CELL and len(list(cell.iterchildren(P, TABLE))) == 1
    return is_only and is_empty(paragraph)


def _look(element: Element) -> str:
    properties = element.find(f"{W}pPr")
    return "" if properties is None else serialise(properties)
