"""Which block takes the place of which, and what stands in another order than before, or under another heading."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from rapidfuzz import fuzz

from jdgen.drafting.block_id import NO_ID, BlockId, is_part
from jdgen.drafting.model import GIVERS
from jdgen.orders import heaviest_run
from jdgen.record.model import PrintedBlock
from jdgen.revision.repeated_words import TELLING, is_made_of, likest, may_be_part, part_of
from jdgen.revision.typed_numbers import without_number
from jdgen.words import comparable, shorten

# Which block of a new draft takes the place of which block that was printed before.
#
# Ids alone do not tell: a sentence put before others moves their numbers, and a statement that changes its bands gets
# another id. Equal texts come first, then like texts, then ids.

#: Likeness (0 to 100) from which two sentences of one statement, and of two statements, are one sentence reworded.
_LIKE, _VERY_LIKE = 60.0, 88.0
# An equal id makes up for so much likeness.
_SAME_ID = 5.0


def pairs_of(
    base: Sequence[PrintedBlock], new: Sequence[PrintedBlock], former: Mapping[str, Collection[str]] | None = None
) -> Mapping[BlockId, BlockId]:
    """The id in ``base`` of each block of ``new`` that has one there, by its id in ``new``. ``former`` are names that
    headings had, ids or titles, by their ids in ``new``."""
    pairing = _Pairing(base, new)
    pairing.pair_unchanged()
    pairing.pair_renamed(former or {})
    pairing.pair_where(lambda block: (block.id.family, comparable(block.text)))
    pairing.pair_under_the_same_heading(headings_of(base), headings_of(new))
    pairing.pair_alike(_LIKE, same_family=True)
    pairing.pair_where(lambda block: block.id)
    pairing.pair_where(lambda block: comparable(block.text) if len(block.text) >= TELLING else None)
    pairing.pair_where(lambda block: comparable(without_number(block.text)) if len(block.text) >= TELLING else None)
    pairing.pair_alike(_VERY_LIKE, same_family=False)
    return pairing.pairs


class _Pairing:
    def __init__(self, base: Sequence[PrintedBlock], new: Sequence[PrintedBlock]) -> None:
        self.base = {block.id: block for block in base}
        self.new = {block.id: block for block in new}
        self.pairs: dict[BlockId, BlockId] = {}
        self._texts = {block.id: block.text for block in new}

    def pair_unchanged(self) -> None:
        """Pair what is printed as it was."""
        unchanged = {
            block_id
            for block_id, block in self.new.items()
            if (old := self.base.get(block_id)) is not None and are_alike(old.text, block.text)
        }
        self.pairs = {block_id: block_id for block_id in self.new if block_id in unchanged}
        self.base = {block_id: block for block_id, block in self.base.items() if block_id not in unchanged}
        self.new = {block_id: block for block_id, block in self.new.items() if block_id not in unchanged}

    def pair_renamed(self, former: Mapping[str, Collection[str]]) -> None:
        """Pair headings with those of their former names."""
        for block in [other for other in self.new.values() if other.id.is_heading and other.id.owner in former]:
            names = former[block.id.owner]
            old = (
                other
                for other in self.base.values()
                if other.id.is_heading and not {other.id.owner, other.text}.isdisjoint(names)
            )
            if (its := next(old, None)) is not None:
                self._take(its.id, block.id)

    def pair_where(
        self, key: Callable[[PrintedBlock], object], new_key: Callable[[PrintedBlock], object] | None = None
    ) -> None:
        """Pair what has a key that is found once among the unpaired of each side."""
        old, new = _once(self.base.values(), key), _once(self.new.values(), new_key or key)
        for block_key, block in new.items():
            if block_key in old:
                self._pair(old[block_key], block)

    def pair_under_the_same_heading(self, before: Mapping[BlockId, BlockId], now: Mapping[BlockId, BlockId]) -> None:
        """Pair equal texts, however short, whose headings are paired; not what stands beside others in many rows.
        ``before`` and ``now`` are the headings of all blocks by their ids."""

        def key(block: PrintedBlock, heading: BlockId) -> object:
            is_text = not block.id.is_heading and not block.id.row_owner
            return (heading, comparable(without_number(block.text))) if heading and is_text else None

        self.pair_where(
            lambda block: key(block, before[block.id]), lambda block: key(block, self.pairs.get(now[block.id], NO_ID))
        )

    def pair_alike(self, needed: float, *, same_family: bool) -> None:
        """Pair like texts, the most alike first."""
        alike: list[tuple[float, BlockId, BlockId]] = []
        others = [(new, new.id.family) for new in self.new.values()]
        for old in self.base.values():
            family = old.id.family
            for new, its_family in others:
                related = family == its_family if same_family else _are_telling(old, new)
                likeness = fuzz.ratio(old.text, new.text, score_cutoff=needed) if related else 0.0
                if likeness and (same_family or not self._is_said_among_more(old, new)):
                    alike.append((-likeness - _SAME_ID * (old.id == new.id), old.id, new.id))
        for _, old_id, new_id in sorted(alike):
            if old_id in self.base and new_id in self.new:
                self._pair(self.base[old_id], self.new[new_id])

    def _is_said_among_more(self, old: PrintedBlock, other: PrintedBlock) -> bool:
        """Whether a text of the new version that is not ``other`` says the words of ``old`` among more: it was made of
        several."""
        longer = (text for block_id, text in self._texts.items() if block_id != other.id and len(text) > len(old.text))
        return any(part_of(text, [old.text]) for text in longer)

    def _pair(self, old: PrintedBlock, new: PrintedBlock) -> None:
        """Pair two blocks, and with them the fields that stand beside them in their row."""
        self._take(old.id, new.id)
        if old.id != new.id:
            for field_id in [other for other in self.new if is_part(other, new.id)]:
                beside = field_id.move(new.id, old.id)
                if beside in self.base:
                    self._take(beside, field_id)

    def _take(self, old: BlockId, new: BlockId) -> None:
        if old in self.base and new in self.new:
            self.pairs[new] = old
            del self.base[old], self.new[new]


def are_as_before(base: Sequence[PrintedBlock], new: Sequence[PrintedBlock], pairs: Mapping[BlockId, BlockId]) -> bool:
    """Whether nothing comes, goes or moves, as with nearly every document."""
    ids = [block.id for block in new]
    return ids == [block.id for block in base] and all(pairs.get(block_id) == block_id for block_id in ids)


def are_alike(text: str, other: str) -> bool:
    """Whether two texts are the same as texts of documents are compared."""
    return text == other or comparable(text) == comparable(other)


def _once(blocks: Iterable[PrintedBlock], key: Callable[[PrintedBlock], object]) -> dict[object, PrintedBlock]:
    blocks_by_key = [(block_key, block) for block in blocks if (block_key := key(block)) is not None]
    count = Counter(block_key for block_key, _ in blocks_by_key)
    return {block_key: block for block_key, block in blocks_by_key if count[block_key] == 1}


def _are_telling(block: PrintedBlock, other: PrintedBlock) -> bool:
    return min(len(block.text), len(other.text)) >= TELLING


def with_parts_that_stay(
    pairs: Mapping[BlockId, BlockId],
    base: Sequence[PrintedBlock],
    new: Sequence[PrintedBlock],
    places: Mapping[BlockId, Sequence[int]],
    others: Collection[int] = (),
) -> Mapping[BlockId, BlockId]:
    """``pairs``, but a text made of several takes the place of one of them that is there, and under its heading where
    there is one: in that of another it would have the words of this there. ``places`` are those of what was printed,
    and ``others`` those of headings that are no blocks."""
    paired = set(pairs.values())
    loose = [block for block in base if block.id in places and block.id not in paired and may_be_part(block)]
    if not loose:
        return pairs
    at = {block_id: place[0] for block_id, place in places.items()}
    moved_ids, there, now = out_of_order(base, at, others), headings_there(base, at, others), headings_of(new)
    new_pairs, texts = dict(pairs), [block.text for block in new]
    ids, row_owners = {block.id for block in base}, {block.id.row_owner for block in base}
    for block in new:
        heading, its = pairs.get(now[block.id], now[block.id]), new_pairs.get(block.id, NO_ID)
        if its in places and there[its] == heading:
            continue
        # Of texts that say much the same, most of its words may be in one that is made of others.
        parts = [part for part in loose if is_made_of(block.text, part.text) and block.text in likest(part.text, texts)]
        homes = [part for part in parts if there[part.id] == heading]
        if not homes and its not in places:
            # What a person moved elsewhere would take the words of the others there.
            homes = [part for part in parts if part.id not in moved_ids]
        with_fields = [block_id for block_id in (other.id for other in new) if is_part(block_id, block.id)]
        # What stands beside it in its row comes with it, and there is a place for that where it has been.
        homes = [home for home in homes if ids.issuperset(each.move(block.id, home.id) for each in with_fields)]
        if len(with_fields) == 1:  # what has nothing beside it would leave the rest of a row behind
            homes = [home for home in homes if home.id not in row_owners]
        for home in homes[:1]:
            new_pairs |= {block_id: block_id.move(block.id, home.id) for block_id in with_fields}
            loose.remove(home)
    return new_pairs


# What stands elsewhere than it was printed, and under which heading.

_QUOTED = 60


def out_of_order(
    blocks: Sequence[PrintedBlock], places: Mapping[BlockId, int], others: Collection[int] = ()
) -> frozenset[BlockId]:
    """The ids of blocks whose ``places`` in a document, as far as they have one, are not in the order of ``blocks``, or
    under another heading than theirs, which stands elsewhere; those that share a place are in order. ``others`` are the
    places of headings that are no blocks."""
    ids = [block.id for block in blocks if block.id in places]
    if not others and all(places[block_id] <= places[other] for block_id, other in itertools.pairwise(ids)):
        return frozenset()
    printed_headings, headings_here = headings_of(blocks, goes_on=False), headings_there(blocks, places, others)
    strays = frozenset(
        block_id
        for block_id in ids
        if printed_headings[block_id] in places and headings_here[block_id] != printed_headings[block_id]
    )
    ids = [block_id for block_id in ids if block_id not in strays]
    rank = {block_id: at for at, block_id in enumerate(sorted(ids, key=places.__getitem__))}
    # People move paragraphs; where one changed places with a heading, it is not the heading.
    weights = [3 if block_id.is_heading else 2 for block_id in ids]
    return strays | frozenset(ids) - {
        ids[index] for index in heaviest_run([rank[block_id] for block_id in ids], weights)
    }


def headings_of(blocks: Sequence[PrintedBlock], *, goes_on: bool = True) -> Mapping[BlockId, BlockId]:
    """The id of the heading that each block stands under, by the block's own; '' for what stands under none, as all
    that the post says does, which may follow the last heading of the duties. ``goes_on`` says that what follows such a
    text is under the heading before it."""
    headings: dict[BlockId, BlockId] = {}
    heading = NO_ID
    for block in blocks:
        if block.id.is_heading:
            heading = block.id
        under_none = is_under_none(block.id)
        if under_none and not goes_on:
            heading = NO_ID
        headings[block.id] = heading if not under_none and _may_be_under(block.id, heading) else NO_ID
    return headings


def headings_there(
    blocks: Sequence[PrintedBlock], places: Mapping[BlockId, int], others: Collection[int] = ()
) -> Mapping[BlockId, BlockId]:
    """As :func:`headings_of`, but by where the blocks stand in a document that people may have arranged otherwise; ''
    for what stands under one of the ``others``, the places of headings that are no blocks."""
    there = sorted((block for block in blocks if block.id in places), key=lambda block: places[block.id])
    return {
        block_id: NO_ID if heading and any(places[heading] < at < places[block_id] for at in others) else heading
        for block_id, heading in headings_of(there, goes_on=False).items()
    }


def is_under_none(block_id: BlockId) -> bool:
    """Whether a block stands under no heading of the framework's, wherever it is. The heading of the criteria about
    values does, though its id begins as those of the organisation's values do."""
    return block_id.first_field in GIVERS and not block_id.is_heading


def _may_be_under(block_id: BlockId, heading: BlockId) -> bool:
    """Whether a block that follows a heading stands under it: a general statement stands under one of those alone, as
    it may follow the last of the duties where its own title is part of its paragraph."""
    return _is_of_statements(block_id) == _is_of_statements(heading)


def _is_of_statements(block_id: BlockId) -> bool:
    return block_id.first_field == "clause"


def whereabouts(
    block_id: BlockId, base: Sequence[PrintedBlock], new: Sequence[PrintedBlock], pairs: Mapping[BlockId, BlockId]
) -> str:
    """Where a block stands in ``new``, in words: after what, and under which heading where that is another."""
    texts = {block.id: block.text for block in new}
    ids = list(texts)
    earlier = [
        other_id for other_id in ids[: ids.index(block_id)] if other_id.owner not in texts or other_id.is_heading
    ]
    if not earlier:
        return "at the beginning"
    heading = NO_ID if block_id.is_heading else headings_of(new)[block_id]
    if earlier[-1] == heading:
        return f"first under '{shorten(texts[heading], _QUOTED)}'"
    is_other = heading and pairs.get(heading) != headings_of(base)[pairs[block_id]]
    under = f"under '{shorten(texts[heading], _QUOTED)}', " if is_other else ""
    return f"{under}after '{shorten(texts[earlier[-1]], _QUOTED)}'"
