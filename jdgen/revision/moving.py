"""Blocks that the framework has moved, in a document that people may have arranged otherwise themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jdgen.record.model import PrintedBlock
from jdgen.record.text import normalised
from jdgen.revision.matching import Places
from jdgen.revision.order import headings_of, is_heading, moved, out_of_order, whereabouts
from jdgen.revision.standing import Standing


@dataclass(frozen=True)
class Moves:
    """What stands elsewhere than before, by ids of the new draft.

    ``by_framework`` are blocks that are not where the framework has them now, each with its place there in words;
    ``going`` are those of them that nobody has touched, and ``by_person`` all blocks that a person has moved.
    """

    by_framework: Mapping[str, str]
    going: frozenset[str]
    by_person: frozenset[str]


def moves_of(
    base: Sequence[PrintedBlock],
    paragraphs: Sequence[Standing],
    new: Sequence[PrintedBlock],
    pairs: Mapping[str, str],
    places: Places,
) -> Moves:
    """What the framework has moved, and what a person has. ``pairs`` are the ids in ``base`` by those in ``new``."""
    by_person = out_of_order(base, {one: place[0] for one, place in places.items()})
    rows = _rows(base, paragraphs, places)
    stuck = by_person | {one.id for one in base if not _can_move(one, paragraphs, places)}
    stuck |= {one for row in rows.values() if not stuck.isdisjoint(row) for one in row}
    parted = _parted(base, new, pairs, places, paragraphs)
    theirs = {one for one, before in pairs.items() if before in by_person}
    ordered = {one: before for one, before in pairs.items() if before in places and one not in theirs | parted}
    away = moved(base, new, ordered, stuck & places.keys()) | parted
    fences = {one: places[before][0] for one, before in ordered.items() if one not in away}
    # What a person has moved may stand where the framework has it now.
    away |= moved(base, new, pairs) & theirs & _astray(new, pairs, places, fences)
    astray = [block.id for block in new if block.id in away]
    gone = {pairs[one] for one in astray}
    # A row goes as a whole or not at all.
    stuck |= {one for row in rows.values() if not gone.issuperset(row) for one in row}
    return Moves(
        {one: whereabouts(one, base, new, pairs) for one in astray},
        frozenset(one for one in astray if pairs[one] not in stuck),
        frozenset(theirs),
    )


def _parted(
    base: Sequence[PrintedBlock],
    new: Sequence[PrintedBlock],
    pairs: Mapping[str, str],
    places: Places,
    paragraphs: Sequence[Standing],
) -> frozenset[str]:
    """Rows under another heading than before, where the rows of one table are now to stand in several, or those of
    several in one: no heading can be put into a table."""
    under, before = headings_of(new), headings_of(base)
    table_of = {
        block.id: table
        for block in new
        if (place := places.get(pairs.get(block.id, ""))) and (table := paragraphs[place[0]].row.rpartition("/")[0])
    }
    with_headings = {table for one, table in table_of.items() if is_heading(one)}
    edges = {(table, under[one]) for one, table in table_of.items()}
    tables, headings = Counter(table for table, _ in edges), Counter(heading for _, heading in edges)
    return frozenset(
        one
        for one, table in table_of.items()
        if table not in with_headings
        and max(tables[table], headings[under[one]]) > 1
        and under[one]
        and pairs.get(under[one]) != before[pairs[one]]
    )


def _can_move(block: PrintedBlock, paragraphs: Sequence[Standing], places: Places) -> bool:
    """Whether a block is one paragraph of words as they were printed, in a row with nothing of a person's."""
    place = places.get(block.id, ())
    if len(place) != 1:
        return False
    paragraph = paragraphs[place[0]]
    return paragraph.is_copyable and normalised(paragraph.text) == normalised(block.text)


def _rows(base: Sequence[PrintedBlock], paragraphs: Sequence[Standing], places: Places) -> Mapping[str, list[str]]:
    """The ids of the blocks in each row of a table; what else stands in a row has the id ''."""
    owner = {at: block.id for block in base for at in places.get(block.id, ())}
    rows: dict[str, list[str]] = {}
    for at, paragraph in enumerate(paragraphs):
        if paragraph.row and (at in owner or paragraph.text.strip()):
            rows.setdefault(paragraph.row, []).append(owner.get(at, ""))
    return {row: ids for row, ids in rows.items() if any(ids)}


def _astray(
    new: Sequence[PrintedBlock], pairs: Mapping[str, str], places: Places, fences: Mapping[str, int]
) -> set[str]:
    """The blocks of ``new`` that do not stand between the ``fences`` that they stand between in ``new``."""
    ids = [block.id for block in new if places.get(pairs.get(block.id, ""))]
    last, before = -1, {}
    for one in ids:
        before[one] = last
        last = fences.get(one, last)
    following: float = float("inf")
    astray = set()
    for one in reversed(ids):
        if not before[one] <= places[pairs[one]][0] <= following:
            astray.add(one)
        following = fences.get(one, following)
    return astray
