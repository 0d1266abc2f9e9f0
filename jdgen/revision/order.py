"""What stands in another order than before: the fewest blocks that have to move for one order to become the other.

A heading weighs as much as all that is under it, so that it is the statements that move past a heading, and not the
heading past them; of two headings that change places, the one with less under it moves, and takes that along.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from jdgen.framework.order import heaviest_run
from jdgen.record.model import PrintedBlock
from jdgen.record.printed import first_field
from jdgen.revision.provenance import POST_FIELDS

_TITLE = ".title"
_UNDER_NONE = POST_FIELDS | {"framework"}
# How much more a heading weighs for each text under it that cannot move along: more than most have under them.
_LEFT_BEHIND = 20


def moved(
    base: Sequence[PrintedBlock],
    new: Sequence[PrintedBlock],
    pairs: Mapping[str, str],
    immovable: Collection[str] = (),
) -> frozenset[str]:
    """The ids of blocks of ``new`` that stand elsewhere among their neighbours than in ``base``.

    ``pairs`` are the ids in ``base`` by those in ``new``, and ``immovable`` the ids in ``base`` of blocks that will
    stay where they are: rather the headings that have none of them move.
    """
    position = {block.id: at for at, block in enumerate(base)}
    ids = [block.id for block in new if block.id in pairs]
    places = [position[pairs[one]] for one in ids]
    under, now = headings_of(base), Counter(headings_of(new).values())
    before, stuck = Counter(under.values()), Counter(under[one] for one in immovable)
    weights = [
        before[pairs[one]] + now[one] + _LEFT_BEHIND * stuck[pairs[one]] if is_heading(one) else 1 for one in ids
    ]
    return frozenset(ids) - {ids[index] for index in heaviest_run(places, weights)}


def out_of_order(blocks: Sequence[PrintedBlock], places: Mapping[str, int]) -> frozenset[str]:
    """The ids of blocks whose ``places`` in a document, as far as they have one, are not in the order of ``blocks``;
    those that share a place are in order."""
    ids = [block.id for block in blocks if block.id in places]
    rank = {one: at for at, one in enumerate(sorted(ids, key=places.__getitem__))}
    # People move paragraphs; where one changed places with a heading, it is not the heading.
    weights = [3 if is_heading(one) else 2 for one in ids]
    return frozenset(ids) - {ids[index] for index in heaviest_run([rank[one] for one in ids], weights)}


def headings_of(blocks: Sequence[PrintedBlock]) -> Mapping[str, str]:
    """The id of the heading that each block stands under, by the block's own; '' for what stands under none, as all
    that the post says does, which may follow the last heading of the duties."""
    found: dict[str, str] = {}
    heading = ""
    for block in blocks:
        if is_heading(block.id):
            heading = block.id
        found[block.id] = "" if first_field(block.id) in _UNDER_NONE else heading
    return found


def is_heading(block_id: str) -> bool:
    """Whether a block is the title of something that has other blocks."""
    return block_id.endswith(_TITLE)


def whereabouts(
    block_id: str, base: Sequence[PrintedBlock], new: Sequence[PrintedBlock], pairs: Mapping[str, str]
) -> str:
    """Where a block stands in ``new``, in words: after what, and under which heading where that is another."""
    texts = {block.id: block.text for block in new}
    ids = list(texts)
    earlier = [one for one in ids[: ids.index(block_id)] if one.rpartition(".")[0] not in texts or is_heading(one)]
    if not earlier:
        return "at the beginning"
    heading = "" if is_heading(block_id) else headings_of(new)[block_id]
    if earlier[-1] == heading:
        return f"first under '{_shortened(texts[heading])}'"
    is_other = heading and pairs.get(heading) != headings_of(base)[pairs[block_id]]
    under = f"under '{_shortened(texts[heading])}', " if is_other else ""
    return f"{under}after '{_shortened(texts[earlier[-1]])}'"


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"
