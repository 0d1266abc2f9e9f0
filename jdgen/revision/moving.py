"""Blocks that the framework has moved, in a document that people may have arranged otherwise themselves."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from jdgen.drafting.block_id import NO_ID, BlockId
from jdgen.drafting.model import DESIRABLE, FIELDS_OF_ENTRIES
from jdgen.framework.comparison import heaviest_run
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
    held: Collection[BlockId] = (),
    others: Collection[int] = (),
) -> Moves:
    """What the framework has moved, and what a person has. ``pairs`` are the ids in ``base`` by those in ``new``, and
    ``fresh`` is the document that prints ``new``. What is ``held``, by ids in ``base``, cannot be moved either.
    ``others`` are the places of headings that are no blocks: what stands under one, a person has put there.

    What stands under a heading goes with it or keeps it where it is, so that nothing comes to stand under another.
    """
    at = {one: place[0] for one, place in places.items()}
    by_person = out_of_order(base, at, others)
    theirs = {one for one, before in pairs.items() if before in by_person}
    if _is_as_before(base, new, pairs):
        return Moves({}, frozenset(), frozenset(theirs))
    template = frozenset(comparable(one.text) for one in fresh.paragraphs if not one.anchors) if fresh else frozenset()
    rows = _rows(base, paragraphs, places, template)
    headings = _Headings(pairs, headings_of(base), headings_of(new), headings_there(base, at))
    stuck = _stuck(base, paragraphs, places, headings, rows, held=by_person.union(held))
    staying = {one: at[one] for one in headings.there.keys() & ((stuck & frozenset(pairs.values())) | frozenset(held))}
    homes, written = _standing_under(base, paragraphs, places, template)
    pinned = ({headings.there[one] for one in staying} | written.keys()) - {""}
    parted = _parted_rows(base, new, pairs, places, paragraphs) | _on_other_sides(pairs)
    ordered = {one: before for one, before in pairs.items() if before in places and one not in theirs | parted}
    in_order = {one: at[before] for one, before in ordered.items()}
    standing = _Standing(in_order, _starts(base, paragraphs, at), staying, homes, written)
    moved = find_moved_blocks(base, new, ordered, pinned) | parted
    away = _away_with_headings(moved, headings, standing, pinned, stuck)
    fences = {one: place for one, place in in_order.items() if away.isdisjoint({one, headings.now[one]})}
    # What a person has moved may stand where the framework has it now.
    away |= find_moved_blocks(base, new, pairs) & theirs & _astray(new, pairs, places, fences)
    astray = [block.id for block in new if block.id in away]
    going = {pairs[one] for one in astray} - stuck - pinned
    gone = going | (places.keys() - pairs.values() - frozenset(held))
    # A row goes as a whole or not at all.
    if left := {one for row in rows if not gone.issuperset(row) for one in row if one in going}:
        return moves_of(base, paragraphs, new, pairs, places, fresh=fresh, held={*held, *left}, others=others)
    return Moves(
        {one: whereabouts(one, base, new, pairs) for one in astray},
        frozenset(one for one in astray if pairs[one] in going),
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
        and all(pairs.get(now[one]) == before[was] for one, was in pairs.items() if now[one])
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
    held: Collection[BlockId],
) -> frozenset[BlockId]:
    """What cannot be moved, by ids as printed: what is ``held``, what is more than words as they were printed, what
    stands in a row with either, and what has no place to go to, under a heading that a person took out."""
    stuck = {*held, *(one.id for one in base if not _can_move(one, paragraphs, places))}
    stuck |= {one for row in rows if "" in row or not stuck.isdisjoint(row) for one in row}
    pairs, now = headings.pairs, headings.now
    return frozenset(stuck | {before for one, before in pairs.items() if pairs.get(now[one], before) not in places})


def _away_with_headings(
    moved: frozenset[BlockId],
    headings: _Headings,
    standing: _Standing,
    pinned: Collection[BlockId],
    stuck: Collection[BlockId],
) -> frozenset[BlockId]:
    """What is not where the framework has it, by ids of the new draft: what it has ``moved``, with what stands under
    headings that go, and what cannot wait where it stands for a heading that comes."""
    pairs, now = headings.pairs, headings.now
    away = _with_headings(moved, headings, pinned)
    fixed = {*stuck, *pinned}
    coming = {one for one in now.values() if one not in pairs or (one in away and pairs[one] not in fixed)}
    return _with_what_is_between(away, coming, headings, standing)


def _with_headings(away: frozenset[BlockId], headings: _Headings, pinned: Collection[BlockId]) -> frozenset[BlockId]:
    """``away``, with all that stands under a heading that moves and has that heading still, and without what stands
    under one that cannot move: it is where it belongs when its heading is."""
    pairs, _, now, there = headings
    under = {
        one: pairs[now[one]]
        for one, before in pairs.items()
        if now[one] in away and one != now[one] and before in there and there[before] == pairs[now[one]]
    }
    staying = {one for one, heading in under.items() if heading in pinned}
    return away - staying | (under.keys() - staying)


class _Standing(NamedTuple):
    """Where blocks stand: ``in_order``, by ids of the new draft, those that stand in the order of the framework.

    By ids as printed, ``starts`` are the first places of their tables, for those in tables without headings,
    ``staying`` the places of those that nothing can move, ``homes`` the headings of those with nothing of the
    template's between, and ``written`` the places of the last that somebody wrote under a heading.
    """

    in_order: Mapping[BlockId, int]
    starts: Mapping[BlockId, int]
    staying: Mapping[BlockId, int]
    homes: Mapping[BlockId, BlockId]
    written: Mapping[BlockId, int]


def _starts(
    base: Sequence[PrintedBlock], paragraphs: Sequence[ReadParagraph], at: Mapping[BlockId, int]
) -> Mapping[BlockId, int]:
    """The first place of the table that a block stands in, for those in tables that no heading stands in."""
    tables = {one.id: table_of(paragraphs[at[one.id]].row) for one in base if one.id in at}
    with_headings = {"", *(table for one, table in tables.items() if one.is_heading)}
    first: dict[str, int] = {}
    for place, paragraph in enumerate(paragraphs):
        first.setdefault(table_of(paragraph.row), place)
    return {one: first[table] for one, table in tables.items() if table not in with_headings}


def _with_what_is_between(
    away: frozenset[BlockId], coming: Collection[BlockId], headings: _Headings, standing: _Standing
) -> frozenset[BlockId]:
    """``away``, with what the framework has under another heading now and cannot wait for that where it stands.

    A heading with something under it that stays is over all that stands between the two, and another heading can be
    put only behind that, and into no table: so what is between goes to its own heading. ``coming`` are the headings
    that are put in.
    """
    pairs, was, now, there = headings
    in_order, starts, staying, homes, written = standing
    new_ids = {before: one for one, before in pairs.items()}
    home = {one: homes[pairs[one]] for one in in_order if pairs[one] in homes and now[one]}
    moved = {one for one, heading in home.items() if pairs.get(now[one]) not in (was[pairs[one]], heading)}
    # What a person has moved is not where the order tells.
    away |= {one for one in moved if pairs.get(now[one]) in there and now[one] not in in_order}
    while waiting := moved - away:
        ends = dict(written)
        for one, place in staying.items():
            heading = one if one.is_heading else homes.get(one, NO_ID)
            if heading and new_ids.get(one) not in waiting:
                ends[heading] = max(place, ends.get(heading, -1))
        first: dict[BlockId, BlockId] = {}
        for one in sorted(waiting, key=in_order.__getitem__):
            first.setdefault(now[one], home[one])
        more = {
            one
            for one in waiting
            if home[one] in ends
            and not (
                now[one] in coming
                and first[now[one]] == home[one]
                and starts.get(pairs[one], in_order[one]) > ends[home[one]]
            )
        }
        if not more:
            break
        away |= more
    return away


def _standing_under(
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
        at: next(one for one in blocks[heading] if one.is_heading)
        for at, heading in sorted(homes_of(blocks, paragraphs, template).items())
    }
    of_blocks = {one: heading for at, heading in homes.items() for one in blocks.get(at, ())}
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
    with_headings = {table for one, table in table_by_id.items() if one.is_heading}
    edges = {(table, under[one]) for one, table in table_by_id.items()}
    tables, headings = Counter(table for table, _ in edges), Counter(heading for _, heading in edges)
    with_row = _with_a_row_each(base, paragraphs, places)
    return frozenset(
        one
        for one in table_by_id
        if under[one] not in ("", one)
        and (heading := with_row.get(paragraphs[places[pairs[one]][0]].row)) is not None
        and before[pairs[one]] == heading != pairs.get(under[one])
    ) | frozenset(
        one
        for one, table in table_by_id.items()
        if table not in with_headings
        and max(tables[table], headings[under[one]]) > 1
        and under[one]
        and pairs.get(under[one]) != before[pairs[one]]
    )


def _on_other_sides(pairs: Mapping[BlockId, BlockId]) -> frozenset[BlockId]:
    """Criteria that were desirable and are essential now, or the other way round, where these stand side by side: by
    their order alone they may stand where they stood."""
    return frozenset(one for one, before in pairs.items() if one.is_field(DESIRABLE) != before.is_field(DESIRABLE))


def _with_a_row_each(
    base: Sequence[PrintedBlock], paragraphs: Sequence[ReadParagraph], places: Places
) -> Mapping[str, BlockId]:
    """The headings that have a row of a table to themselves and what is under them, by their rows."""
    rows = [(paragraphs[places[one.id][0]].row, one.id) for one in base if one.id in places and one.id.is_heading]
    count = Counter(row for row, _ in rows)
    return {row: heading for row, heading in rows if row and count[row] == 1}


def _can_move(block: PrintedBlock, paragraphs: Sequence[ReadParagraph], places: Places) -> bool:
    """Whether a block is one paragraph of words as they were printed, in a row with nothing of a person's, and nothing
    refers to where it stands."""
    place = places.get(block.id, ())
    if len(place) != 1:
        return False
    paragraph = paragraphs[place[0]]
    is_free = paragraph.is_copyable and not paragraph.is_referred_to
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
    if any(one.row_owner in ids for one in ids if one.row_owner):
        return True
    about = {one.row_owner if one.is_field(*FIELDS_OF_ENTRIES) else one for one in ids if one}
    return len(about) <= 1 and not any(one.is_heading for one in ids)


def _astray(
    new: Sequence[PrintedBlock], pairs: Mapping[BlockId, BlockId], places: Places, fences: Mapping[BlockId, int]
) -> set[BlockId]:
    """The blocks of ``new`` that do not stand between the ``fences`` that they stand between in ``new``."""
    ids = [block.id for block in new if places.get(pairs.get(block.id, NO_ID))]
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
    places = [position[pairs[one]] for one in ids]
    if all(map(operator.lt, places, places[1:])):
        return frozenset()
    before, now = Counter(headings_of(base).values()), Counter(headings_of(new).values())
    weights = [before[pairs[one]] + now[one] if one.is_heading else 1 for one in ids]
    most = 2 * (len(base) + len(new))

    def moved(held: frozenset[BlockId]) -> frozenset[BlockId]:
        with_held = [
            weight + most * (one.is_heading and pairs[one] in held) for one, weight in zip(ids, weights, strict=True)
        ]
        return frozenset(ids) - {ids[index] for index in heaviest_run(places, with_held)}

    moving, held = moved(frozenset()), frozenset[BlockId]()
    for heading in sorted(pinned):
        other = moved(held | {heading})
        if sum(one.is_heading for one in other) <= sum(one.is_heading for one in moving):
            held, moving = held | {heading}, other
    return moving
