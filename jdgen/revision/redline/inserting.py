"""What is new put in its place: a paragraph, a row of a table, or a whole table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jdgen.revision.redline.copying import Copyist
from jdgen.revision.redline.correspondence import ROW, TABLE, Correspondence, P, enclosing
from jdgen.revision.standing import paragraphs_of
from jdgen.word_file.parsing import W, serialised

_CONTENT = f"{W}sdtContent"


def insert(block_ids: Iterable[str], known: Correspondence, copyist: Copyist) -> list[str]:
    """Put in the blocks with these ids, in the order of the fresh document. The ids for which there was no place."""
    wanted = {paragraph: block_id for block_id in block_ids if (paragraph := known.paragraph(block_id)) is not None}
    blocks = set(known.blocks.values())
    unplaced: list[str] = []
    for fresh in known.fresh.iter(P):
        if fresh not in wanted or fresh in known.last:
            continue
        unit = _unit(fresh, wanted, blocks, known)
        place = _place(unit, known)
        if place is None:
            unplaced.append(wanted[fresh])
            continue
        neighbour, is_after = place
        made = {P: copyist.paragraph, ROW: copyist.row, TABLE: copyist.table}[unit.tag](unit)
        if is_after:
            neighbour.addnext(made)
        else:
            neighbour.addprevious(made)
    return unplaced


def _unit(fresh: Any, wanted: dict[Any, str], blocks: set[Any], known: Correspondence) -> Any:
    """The largest of table, row and paragraph round ``fresh`` of which everything is new."""
    for tag in (TABLE, ROW):
        whole = enclosing(fresh, tag)
        if whole is None:
            continue
        inside = paragraphs_of(whole)
        if not any(one in known.last for one in inside) and all(one in wanted for one in inside if one in blocks):
            return whole
    return fresh


def _place(unit: Any, known: Correspondence) -> tuple[Any, bool] | None:
    """The neighbour of the person's that ``unit`` goes next to, and whether after it.

    After the nearest before it that is there; but what looks like the next and not like the last begins something new
    (a heading), and goes before the next, so that what a person added stays with what it was added to.
    """
    before, after = known.before(unit), known.after(unit)
    if before is not None and after is not None and _begins_anew(unit):
        return _outermost(after), False
    if before is not None:
        # After a paragraph in which a section ends, it would stand in the next one.
        return None if _ends_section(before) else (_outermost(before), True)
    return (_outermost(after), False) if after is not None else None


def _begins_anew(unit: Any) -> bool:
    look = _look(unit)
    following = (one for one in unit.itersiblings(P) if _look(one) == look)
    previous = unit.getprevious()
    return unit.tag == P and next(following, None) is not None and previous is not None and _look(previous) != look


def _ends_section(element: Any) -> bool:
    return element.tag == P and element.find(f"{W}pPr/{W}sectPr") is not None


def _look(element: Any) -> str:
    properties = element.find(f"{W}pPr")
    return "" if properties is None else serialised(properties)


def _outermost(element: Any) -> Any:
    """``element``, or the content control that is round it: what is put in beside it must not be controlled too."""
    while (parent := element.getparent()) is not None and parent.tag == _CONTENT and parent.getparent() is not None:
        element = parent.getparent()
    return element
