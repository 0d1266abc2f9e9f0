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

_TITLE = ".title"
# What the ids of blocks begin with that stand under no heading of the framework's or of the criteria.
_UNDER_NONE = frozenset(
    {
        *("title", "band", "band_statement", "level", "level_word", "role_category", "specialism", "reference"),
        *("version", "date", "employer", "department", "base", "hours", "contract", "responsible_to"),
        *("accountable_to", "responsible_for", "je_reference", "about", "values", "purpose", "dimensions"),
        *("relationships", "decisions", "demands", "complexity", "clauses_version", "framework"),
    }
)


def moved(
    base: Sequence[PrintedBlock],
    new: Sequence[PrintedBlock],
    pairs: Mapping[str, str],
    pinned: Collection[str] = (),
) -> frozenset[str]:
    """The ids of blocks of ``new`` that stand elsewhere among their neighbours than in ``base``.

    ``pairs`` are the ids in ``base`` by those in ``new``, and ``pinned`` the ids in ``base`` of headings that cannot
    move: others move instead, but never more of them than would have moved if all could.
    """
    moving = _moved(base, new, pairs, frozenset())
    held: frozenset[str] = frozenset()
    for one in sorted(pinned):
        other = _moved(base, new, pairs, held | {one})
        if sum(map(is_heading, other)) <= sum(map(is_heading, moving)):
            held, moving = held | {one}, other
    return moving


def _moved(
    base: Sequence[PrintedBlock], new: Sequence[PrintedBlock], pairs: Mapping[str, str], held: frozenset[str]
) -> frozenset[str]:
    position = {block.id: at for at, block in enumerate(base)}
    ids = [block.id for block in new if block.id in pairs]
    before, now = Counter(headings_of(base).values()), Counter(headings_of(new).values())
    most = 2 * (len(base) + len(new))
    weights = [before[pairs[one]] + now[one] + most * (pairs[one] in held) if is_heading(one) else 1 for one in ids]
    run = heaviest_run([position[pairs[one]] for one in ids], weights)
    return frozenset(ids) - {ids[index] for index in run}


def out_of_order(blocks: Sequence[PrintedBlock], places: Mapping[str, int]) -> frozenset[str]:
    """The ids of blocks whose ``places`` in a document, as far as they have one, are not in the order of ``blocks``;
    those that share a place are in order."""
    ids = [block.id for block in blocks if block.id in places]
    rank = {one: at for at, one in enumerate(sorted(ids, key=places.__getitem__))}
    # People move paragraphs; where one changed places with a heading, it is not the heading.
    weights = [3 if is_heading(one) else 2 for one in ids]
    return frozenset(ids) - {ids[index] for index in heaviest_run([rank[one] for one in ids], weights)}


def headings_of(blocks: Sequence[PrintedBlock], *, goes_on: bool = True) -> Mapping[str, str]:
    """The id of the heading that each block stands under, by the block's own; '' for what stands under none, as all
    that the post says does, which may follow the last heading of the duties. ``goes_on`` says that what follows such a
    text is under the heading before it."""
    found: dict[str, str] = {}
    heading = ""
    for block in blocks:
        if is_heading(block.id):
            heading = block.id
        under_none = is_under_none(block.id)
        if under_none and not goes_on:
            heading = ""
        found[block.id] = "" if under_none else heading
    return found


def headings_there(blocks: Sequence[PrintedBlock], places: Mapping[str, int]) -> Mapping[str, str]:
    """As :func:`headings_of`, but by where the blocks stand in a document that people may have arranged otherwise."""
    there = sorted((block for block in blocks if block.id in places), key=lambda block: places[block.id])
    return headings_of(there, goes_on=False)


def is_under_none(block_id: str) -> bool:
    """Whether a block stands under no heading of the framework's, wherever it is."""
    return first_field(block_id) in _UNDER_NONE


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
