"""Blocks that the framework has moved, in a document that people may have arranged otherwise themselves."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from jdgen.drafting.block_id import NO_ID, BlockId
from jdgen.drafting.model import DESIRABLE, FIELDS_OF_ENTRIES
from jdgen.orders import heaviest_run
from jdgen.record.model import PrintedBlock
from jdgen.revision.homes import homes_of
from jdgen.revision.matching import Places
from jdgen.revision.pairing import are_as_before, headings_of, headings_there, out_of_order, whereabouts
from jdgen.revision.paragraphs import DocumentText, ReadParagraph, table_of
from jdgen.revision.row_numbers import saying_nothing
from jdgen.words import comparable


@dataclass(frozen=True)
class Moves:
    """What stands elsewhere than before, by ids of the new draft.

    ``by_framework`` are blocks that are not where the framework has them now, each with its place there in words;
    ``going`` are those of them that nobody has touched, and ``by_person`` all blocks that a person has moved.
    """

    by_framework: Mapping[BlockId, str]
    going: frozenset[BlockId]
    by_person: frozenset[BlockId]


def moves_of(
    base: Sequence[PrintedBlock],
    paragraphs: Sequence[ReadParagraph],
    new: Sequence[PrintedBlock],
    pairs: Mapping[BlockId, BlockId],
    places: Places,
    *,
    fresh: DocumentText | None = None,
    staying_ids: Collection[BlockId] = (),
    others: Collection[int] = (),
) -> Moves:
    """What the framework has moved, and what a person has. ``pairs`` are the ids in ``base`` by those in ``new``, and
    ``fresh`` is the document that prints ``new``. ``staying_ids`` are ids in ``base`` of what cannot be moved
    either, and ``others`` the places of headings that are no blocks: what stands under one, a person has put there.

    What stands under a heading goes with it or keeps it where it is, so that nothing comes to stand under another.
    """
    at = {block_id: place[0] for block_id, place in places.items()}
    by_person = out_of_order(base, at, others)
    theirs = {new_id for new_id, before in pairs.items() if before in by_person}
    if _is_as_before(base, new, pairs):
        return Moves({}, frozenset(), frozenset(theirs))
    template = (
        frozenset(comparable(paragraph.text) for paragraph in fresh.paragraphs if not paragraph.anchors)
        if fresh
        else frozenset()
    )
    rows = _rows(base, paragraphs, places, template)
    headings = _Headings(pairs, headings_of(base), headings_of(new), headings_there(base, at))
    stuck = _stuck(base, paragraphs, places, headings, rows, staying_ids=by_person.union(staying_ids))
    staying = {
        block_id: at[block_id]
        for block_id in headings.there.keys() & ((stuck & frozenset(pairs.values())) | frozenset(staying_ids))
    }
    homes, written_ends = _homes_and_written_ends(base, paragraphs, places, template)
    pinned = ({headings.there[block_id] for block_id in staying} | written_ends.keys()) - {""}
    parted = _parted_rows(base, new, pairs, places, paragraphs) | _on_other_sides(pairs)
    ordered = {new_id: before for new_id, before in pairs.items() if before in places and new_id not in theirs | parted}
    in_order = {new_id: at[before] for new_id, before in ordered.items()}
    positions = _Positions(in_order, _starts(base, paragraphs, at), staying, homes, written_ends)
    moved_ids = find_moved_blocks(base, new, ordered, pinned) | parted
    away = _away_with_headings(moved_ids, headings, positions, pinned, stuck)
    fences = {new_id: place for new_id, place in in_order.items() if away.isdisjoint({new_id, headings.now[new_id]})}
    # What a person has moved may stand where the framework has it now.
    away |= find_moved_blocks(base, new, pairs) & theirs & _astray(new, pairs, places, fences)
    astray = [block.id for block in new if block.id in away]
    going = {pairs[new_id] for new_id in astray} - stuck - pinned
    leaving = going | (places.keys() - pairs.values() - frozenset(staying_ids))
    # A row goes as a whole or not at all.
    if parts_of_rows := {
        block_id for row in rows if not leaving.issuperset(row) for block_id in row if block_id in going
    }:
        return moves_of(
            base, paragraphs, new, pairs, places, fresh=fresh, staying_ids={*staying_ids, *parts_of_rows}, others=others
        )
    return Moves(
        {new_id: whereabouts(new_id, base, new, pairs) for new_id in astray},
        frozenset(new_id for new_id in astray if pairs[new_id] in going),
        frozenset(theirs),
    )


def _is_as_before(base: Sequence[PrintedBlock], new: Sequence[PrintedBlock], pairs: Mapping[BlockId, BlockId]) -> bool:
    """Whether the framework has moved nothing: all that is in both drafts stands in the same order, under the same
    headings and on the same sides, so that nothing can be elsewhere than where it belongs but by a person's hand."""
    if are_as_before(base, new, pairs):
        return True  # no headings are needed to see it
    before, now = headings_of(base), headings_of(new)
    return (
        not find_moved_blocks(base, new, pairs)
        and not _on_other_sides(pairs)
        and all(pairs.get(now[new_id]) == before[was] for new_id, was in pairs.items() if now[new_id])
    )


class _Headings(NamedTuple):
    """``pairs`` are the ids of what was printed by those in the new draft; ``was`` and ``there`` the headings that
    blocks were printed under and stand under, by ids as printed, and ``now`` those of the new draft."""

    pairs: Mapping[BlockId, BlockId]
    was: Mapping[BlockId, BlockId]
    now: Mapping[BlockId, BlockId]
    there: Mapping[BlockId, BlockId]


def _stuck(
    base: Sequence[PrintedBlock],
    paragraphs: Sequence[ReadParagraph],
    places: Places,
    headings: _Headings,
    rows: Iterable[Sequence[BlockId]],
    *,
    staying_ids: Collection[BlockId],
) -> frozenset[BlockId]:
    """What cannot be moved, by ids as printed: ``staying_ids``, what is more than words as they were printed, what
    stands in a row with either, and what has no place to go to, under a heading that a person took out."""
    stuck = {*staying_ids, *(block.id for block in base if not _can_move(block, paragraphs, places))}
    stuck |= {block_id for row in rows if "" in row or not stuck.isdisjoint(row) for block_id in row}
    pairs, now = headings.pairs, headings.now
    return frozenset(
        stuck | {before for new_id, before in pairs.items() if pairs.get(now[new_id], before) not in places}
    )


def _away_with_headings(
    moved_ids: frozenset[BlockId],
    headings: _Headings,
    positions: _Positions,
    pinned: Collection[BlockId],
    stuck: Collection[BlockId],
) -> frozenset[BlockId]:
    """What is not where the framework has it, by ids of the new draft: ``moved_ids``, with what stands under headings
    that go, and what cannot wait where it stands for a heading that comes."""
    pairs, now = headings.pairs, headings.now
    away = _with_headings(moved_ids, headings, pinned)
    fixed = {*stuck, *pinned}
    coming = {
        heading for heading in now.values() if heading not in pairs or (heading in away and pairs[heading] not in fixed)
    }
    return _with_what_is_between(away, coming, headings, positions)


def _with_headings(away: frozenset[BlockId], headings: _Headings, pinned: Collection[BlockId]) -> frozenset[BlockId]:
    """``away``, with all that stands under a heading that moves and has that heading still, and without what stands
    under one that cannot move: it is where it belongs when its heading is."""
    pairs, _, now, there = headings
    under = {
        new_id: pairs[now[new_id]]
        for new_id, before in pairs.items()
        if now[new_id] in away and new_id != now[new_id] and before in there and there[before] == pairs[now[new_id]]
    }
    staying = {new_id for new_id, heading in under.items() if heading in pinned}
    return away - staying | (under.keys() - staying)


class _Positions(NamedTuple):
    """Where blocks stand: ``in_order``, by ids of the new draft, those that stand in the order of the framework.

    By ids as printed, ``starts`` are the first places of their tables, for those in tables without headings,
    ``staying`` the places of those that nothing can move, ``homes`` the headings of those with nothing of the
    template's between, and ``written_ends`` the places of the last that somebody wrote under a heading.
    """

    in_order: Mapping[BlockId, int]
    starts: Mapping[BlockId, int]
    staying: Mapping[BlockId, int]
    homes: Mapping[BlockId, BlockId]
    written_ends: Mapping[BlockId, int]


def _starts(
    base: Sequence[PrintedBlock], paragraphs: Sequence[ReadParagraph], at: Mapping[BlockId, int]
) -> Mapping[BlockId, int]:
    """The first place of the table that a block stands in, for those in tables that no heading stands in."""
    tables = {block.id: table_of(paragraphs[at[block.id]].row) for block in base if block.id in at}
    with_headings = {"", *(table for block_id, table in tables.items() if block_id.is_heading)}
    first: dict[str, int] = {}
    for place, paragraph in enumerate(paragraphs):
        first.setdefault(table_of(paragraph.row), place)
    return {block_id: first[table] for block_id, table in tables.items() if table not in with_headings}


def _with_what_is_between(
    away: frozenset[BlockId], coming: Collection[BlockId], headings: _Headings, positions: _Positions
) -> frozenset[BlockId]:
    """``away``, with what the framework has under another heading now and cannot wait for that where it stands.

    A heading with something under it that stays is over all that stands between the two, and another heading can be
    put only behind that, and into no table: so what is between goes to its own heading. ``coming`` are the headings
    that are put in.
    """
    pairs, was, now, there = headings
    in_order, starts, staying, homes, written_ends = positions
    new_ids = {before: new_id for new_id, before in pairs.items()}
    home = {new_id: homes[pairs[new_id]] for new_id in in_order if pairs[new_id] in homes and now[new_id]}
    moved_ids = {
        new_id for new_id, heading in home.items() if pairs.get(now[new_id]) not in (was[pairs[new_id]], heading)
    }
    # What a person has moved is not where the order tells.
    away |= {new_id for new_id in moved_ids if pairs.get(now[new_id]) in there and now[new_id] not in in_order}
    while waiting := moved_ids - away:
        ends = dict(written_ends)
        for block_id, place in staying.items():
            heading = block_id if block_id.is_heading else homes.get(block_id, NO_ID)
            if heading and new_ids.get(block_id) not in waiting:
                ends[heading] = max(place, ends.get(heading, -1))
        first: dict[BlockId, BlockId] = {}
        for new_id in sorted(waiting, key=in_order.__getitem__):
            first.setdefault(now[new_id], home[new_id])
        more = {
            new_id
            for new_id in waiting
            if home[new_id] in ends
            and not (
                now[new_id] in coming
                and first[now[new_id]] == home[new_id]
                and starts.get(pairs[new_id], in_order[new_id]) > ends[home[new_id]]
            )
        }
        if not more:
            break
        away |= more
    return away


def _homes_and_written_ends(
    base: Sequence[PrintedBlock], paragraphs: Sequence[ReadParagraph], places: Places, template: Collection[str]
) -> tuple[Mapping[BlockId, BlockId], Mapping[BlockId, int]]:
    """The heading that each block stands under, as in :func:`homes_of`, and the place of the last that somebody wrote
    under each heading."""
    if not template:  # no telling what is the template's
        return {}, {}
    blocks: dict[int, list[BlockId]] = {}
    for block in base:
        for at in places.get(block.id, ()):
            blocks.setdefault(at, []).append(block.id)
    homes = {
        at: next(block_id for block_id in blocks[heading] if block_id.is_heading)
        for at, heading in sorted(homes_of(blocks, paragraphs, template).items())
    }
    of_blocks = {block_id: heading for at, heading in homes.items() for block_id in blocks.get(at, ())}
    return of_blocks, {heading: at for at, heading in homes.items() if at not in blocks}


def _parted_rows(
    base: Sequence[PrintedBlock],
    new: Sequence[PrintedBlock],
    pairs: Mapping[BlockId, BlockId],
    places: Places,
    paragraphs: Sequence[ReadParagraph],
) -> frozenset[BlockId]:
    """Rows under another heading than before, where the rows of one table are now to stand in several, or those of
    several in one: no heading can be put into a table. And what stands in the row of its heading, where that is another
    now."""
    under, before = headings_of(new), headings_of(base)
    table_by_id = {
        block.id: table
        for block in new
        if (place := places.get(pairs.get(block.id, NO_ID))) and (table := table_of(paragraphs[place[0]].row))
    }
    with_headings = {table for new_id, table in table_by_id.items() if new_id.is_heading}
    edges = {(table, under[new_id]) for new_id, table in table_by_id.items()}
    tables, headings = Counter(table for table, _ in edges), Counter(heading for _, heading in edges)
    with_row = _with_a_row_each(base, paragraphs, places)
    return frozenset(
        new_id
        for new_id in table_by_id
        if under[new_id] not in ("", new_id)
        and (heading := with_row.get(paragraphs[places[pairs[new_id]][0]].row)) is not None
        and before[pairs[new_id]] == heading != pairs.get(under[new_id])
    ) | frozenset(
        new_id
        for new_id, table in table_by_id.items()
        if table not in with_headings
        and max(tables[table], headings[under[new_id]]) > 1
        and under[new_id]
        and pairs.get(under[new_id]) != before[pairs[new_id]]
    )


def _on_other_sides(pairs: Mapping[BlockId, BlockId]) -> frozenset[BlockId]:
    """Criteria that were desirable and are essential now, or the other way round, where these stand side by side: by
    their order alone they may stand where they stood."""
    return frozenset(
        new_id for new_id, before in pairs.items() if new_id.is_field(DESIRABLE) != before.is_field(DESIRABLE)
    )


def _with_a_row_each(
    base: Sequence[PrintedBlock], paragraphs: Sequence[ReadParagraph], places: Places
) -> Mapping[str, BlockId]:
    """The headings that have a row of a table to themselves and what is under them, by their rows."""
    rows = [
        (paragraphs[places[block.id][0]].row, block.id) for block in base if block.id in places and block.id.is_heading
    ]
    count = Counter(row for row, _ in rows)
    return {row: heading for row, heading in rows if row and count[row] == 1}


def _can_move(block: PrintedBlock, paragraphs: Sequence[ReadParagraph], places: Places) -> bool:
    """Whether a block is one paragraph of words as they were printed, which can be changed where they stand, and to
    which nothing refers."""
    place = places.get(block.id, ())
    if len(place) != 1:
        return False
    paragraph = paragraphs[place[0]]
    is_free = paragraph.is_copyable and not (paragraph.obstacle or paragraph.is_referred_to)
    return is_free and comparable(paragraph.text) == comparable(block.text)


def _rows(
    base: Sequence[PrintedBlock], paragraphs: Sequence[ReadParagraph], places: Places, template: Collection[str]
) -> list[list[BlockId]]:
    """The ids of the blocks in each row of a table that is one thing; what else stands in a row and is not the
    template's has the id ''. A row of a heading and the texts under it is none, nor is one of lists: each of them may
    go elsewhere."""
    owner = {at: block.id for block in base for at in places.get(block.id, ())}
    rows: dict[str, list[BlockId]] = {}
    fillers = saying_nothing(paragraphs, ())
    for at, paragraph in enumerate(paragraphs):
        text = comparable(paragraph.text) if paragraph.row and at not in fillers else ""
        if paragraph.row and (at in owner or (text and text not in template)):
            rows.setdefault(paragraph.row, []).append(owner.get(at, NO_ID))
    return [ids for ids in rows.values() if any(ids) and _are_one(ids)]


def _are_one(ids: Sequence[BlockId]) -> bool:
    """Whether blocks in one row are about one thing: fields of another of them, or of the same. A list in a cell, such
    as the essential criteria beside the desirable ones, is several things."""
    if any(block_id.row_owner in ids for block_id in ids if block_id.row_owner):
        return True
    about = {block_id.row_owner if block_id.is_field(*FIELDS_OF_ENTRIES) else block_id for block_id in ids if block_id}
    return len(about) <= 1 and not any(block_id.is_heading for block_id in ids)


def _astray(
    new: Sequence[PrintedBlock], pairs: Mapping[BlockId, BlockId], places: Places, fences: Mapping[BlockId, int]
) -> set[BlockId]:
    """The blocks of ``new`` that do not stand between the ``fences`` that they stand between in ``new``."""
    ids = [block.id for block in new if places.get(pairs.get(block.id, NO_ID))]
    last, before = -1, {}
    for new_id in ids:
        before[new_id] = last
        last = fences.get(new_id, last)
    following: float = float("inf")
    astray = set()
    for new_id in reversed(ids):
        if not before[new_id] <= places[pairs[new_id]][0] <= following:
            astray.add(new_id)
        following = fences.get(new_id, following)
    return astray


# What stands in another order than before: the fewest blocks that have to move for one order to become the other.
#
# A heading weighs as much as all that is under it, so that it is the statements that move past a heading, and not the
# heading past them; of two headings that change places, the one with less under it moves, and takes that along.


def find_moved_blocks(
    base: Sequence[PrintedBlock],
    new: Sequence[PrintedBlock],
    pairs: Mapping[BlockId, BlockId],
    pinned: Collection[BlockId] = (),
) -> frozenset[BlockId]:
    """The ids of blocks of ``new`` that stand elsewhere among their neighbours than in ``base``.

    ``pairs`` are the ids in ``base`` by those in ``new``, and ``pinned`` the ids in ``base`` of headings that cannot
    move: others move instead, but never more of them than would have moved if all could.
    """
    position = {block.id: at for at, block in enumerate(base)}
    ids = [block.id for block in new if block.id in pairs]
    places = [position[pairs[block_id]] for block_id in ids]
    if all(map(operator.lt, places, places[1:])):
        return frozenset()
    before, now = Counter(headings_of(base).values()), Counter(headings_of(new).values())
    weights = [before[pairs[block_id]] + now[block_id] if block_id.is_heading else 1 for block_id in ids]
    most = 2 * (len(base) + len(new))

    def blocks_to_move(fixed_headings: frozenset[BlockId]) -> frozenset[BlockId]:
        adjusted_weights = [
            weight + most * (block_id.is_heading and pairs[block_id] in fixed_headings)
            for block_id, weight in zip(ids, weights, strict=True)
        ]
        return frozenset(ids) - {ids[index] for index in heaviest_run(places, adjusted_weights)}

    moving, fixed_headings = blocks_to_move(frozenset()), frozenset[BlockId]()
    for heading in sorted(pinned):
        other = blocks_to_move(fixed_headings | {heading})
        if sum(block_id.is_heading for block_id in other) <= sum(block_id.is_heading for block_id in moving):
            fixed_headings, moving = fixed_headings | {heading}, other
    return moving
