"""Which paragraph of a person's document is which block that jdgen printed.

The evidence, strongest first: the same text, once in each; an anchor, checked against the text, because word
processors move anchors and keep those of paragraphs that are gone; the order, between neighbours that are known. A
block that was split over paragraphs takes them in, and one whose words stand inside another paragraph is found there.
Nothing is guessed from position alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from jdgen.filling.anchors import anchor_name
from jdgen.framework.order import in_order
from jdgen.record.model import PrintedBlock
from jdgen.record.text import normalised
from jdgen.revision.joining import stretches
from jdgen.revision.pairing import TELLING
from jdgen.revision.standing import Standing

#: The paragraphs of each block that was found, by its id: one, or several where a person split it.
Places = Mapping[str, tuple[int, ...]]

# Degrees of likeness (0 to 100), as measured on documents edited at random.
_ALIGNED, _ANCHORED = 55.0, 60.0
# How much more like its text a block must become for taking in a further paragraph.
_SPLIT_GAIN = 1.0
# Blocks times paragraphs of one gap beyond which nothing is aligned: no job description comes near it.
_LARGEST_GAP = 1_000_000


def places_of(blocks: Sequence[PrintedBlock], paragraphs: Sequence[Standing]) -> Places:
    """Where each block stands. A block that is not there is not in the answer; a paragraph is in it twice where
    somebody joined blocks in it."""
    texts = [normalised(block.text) for block in blocks]
    theirs = [normalised(paragraph.text) for paragraph in paragraphs]
    found = _by_exact_text(texts, theirs)
    found = _by_anchor(blocks, texts, paragraphs, theirs, found)
    found = found | _by_order(texts, theirs, found)
    places = _with_splits(texts, theirs, [paragraph.row for paragraph in paragraphs], found)
    places |= _by_words_inside(texts, theirs, places)
    return {blocks[index].id: place for index, place in sorted(places.items())}


def _by_exact_text(texts: Sequence[str], theirs: Sequence[str]) -> dict[int, int]:
    once, once_there = Counter(texts), Counter(theirs)
    position = {text: at for at, text in enumerate(theirs) if once_there[text] == 1}
    return {index: position[text] for index, text in enumerate(texts) if text in position and once[text] == 1}


def _by_anchor(
    blocks: Sequence[PrintedBlock],
    texts: Sequence[str],
    paragraphs: Sequence[Standing],
    theirs: Sequence[str],
    found: Mapping[int, int],
) -> dict[int, int]:
    """``found``, and what anchors tell of the rest; the most alike first, since an anchor can have wandered."""
    index_of = {anchor_name(block.id): index for index, block in enumerate(blocks)}
    known = set(texts)
    candidates: list[tuple[float, int, int]] = []
    for at, paragraph in enumerate(paragraphs):
        for name in paragraph.anchors:
            index = index_of.get(name)
            if index is None or not theirs[at]:
                continue
            likeness = fuzz.ratio(texts[index], theirs[at])
            # A paragraph that is another block word for word has an anchor that is not its own.
            another = theirs[at] in known and likeness < 100
            if likeness >= _ANCHORED or not (another or name in paragraph.collapsed):
                candidates.append((-likeness, index, at))
    taken = dict(found)
    places = set(taken.values())
    for _, index, at in sorted(candidates):
        if index not in taken and at not in places:
            taken[index] = at
            places.add(at)
    return taken


def _by_order(texts: Sequence[str], theirs: Sequence[str], found: Mapping[int, int]) -> dict[int, int]:
    places = set(found.values())
    aligned: dict[int, int] = {}
    for (from_index, from_at), (to_index, to_at) in _gaps(found, len(texts), len(theirs)):
        missing = [index for index in range(from_index, to_index) if index not in found]
        free = [at for at in range(from_at, to_at) if at not in places and theirs[at]]
        if missing and free and len(missing) * len(free) <= _LARGEST_GAP:
            pairs = _aligned([texts[index] for index in missing], [theirs[at] for at in free])
            aligned |= {missing[one]: free[other] for one, other in pairs}
    return aligned


def _gaps(found: Mapping[int, int], blocks: int, paragraphs: int) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """What lies between neighbours that stand in the order in which they were printed; what a person moved is no
    fence."""
    index, at = 0, 0
    for fence, place in in_order(sorted(found.items())):
        yield (index, at), (fence, place)
        index, at = fence + 1, place + 1
    yield (index, at), (blocks, paragraphs)


def _aligned(texts: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of like texts in the same order, alike as a whole (Needleman and Wunsch, gaps cost nothing)."""
    likeness = [[fuzz.ratio(text, other, score_cutoff=_ALIGNED) for other in theirs] for text in texts]
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(texts) + 1)]
    for row in range(len(texts) - 1, -1, -1):
        for column in range(len(theirs) - 1, -1, -1):
            both = likeness[row][column] + best[row + 1][column + 1] if likeness[row][column] else 0.0
            best[row][column] = max(both, best[row + 1][column], best[row][column + 1])
    pairs: list[tuple[int, int]] = []
    row = column = 0
    while row < len(texts) and column < len(theirs):
        if likeness[row][column] and best[row][column] == likeness[row][column] + best[row + 1][column + 1]:
            pairs.append((row, column))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs


def _with_splits(
    texts: Sequence[str], theirs: Sequence[str], rows: Sequence[str], found: Mapping[int, int]
) -> dict[int, tuple[int, ...]]:
    """Each block with the paragraphs beside it that make it more like what was printed: a person split it. Nobody
    splits a text over several ``rows`` of a table."""
    taken = set(found.values())
    places: dict[int, tuple[int, ...]] = {}
    for index, at in sorted(found.items()):
        first = last = at
        while theirs[at] != texts[index]:
            likeness = fuzz.ratio(texts[index], " ".join(theirs[first : last + 1]))
            wider = [(start, end) for start, end in ((first, last + 1), (first - 1, last))]
            gains = [
                (fuzz.ratio(texts[index], " ".join(theirs[start : end + 1])), start, end)
                for start, end in wider
                if _is_free(beside := start if start < first else end, theirs, taken) and rows[beside] == rows[at]
            ]
            if not gains or max(gains)[0] < likeness + _SPLIT_GAIN:
                break
            _, start, end = max(gains)
            taken.add(start if start < first else end)
            first, last = start, end
        places[index] = tuple(range(first, last + 1))
    return places


def _is_free(at: int, theirs: Sequence[str], taken: set[int]) -> bool:
    return 0 <= at < len(theirs) and at not in taken and bool(theirs[at])


def _by_words_inside(
    texts: Sequence[str], theirs: Sequence[str], found: Mapping[int, tuple[int, ...]]
) -> dict[int, tuple[int, ...]]:
    """Where the words of the blocks that were not found stand inside a paragraph, beside those of other blocks or a
    person's own."""
    missing = [index for index, text in enumerate(texts) if text and index not in found]
    if not missing:
        return {}
    # What says one block word for word says no other.
    printed = set(texts)
    owners: dict[int, list[int]] = {}
    for index, place in found.items():
        for at in place:
            owners.setdefault(at, []).append(index)
    inside: dict[int, tuple[int, int]] = {}
    for at, there in enumerate(theirs):
        if len(there) < TELLING or there in printed:
            continue
        candidates = {*missing, *owners.get(at, ())}
        listed = [text if index in candidates else "" for index, text in enumerate(texts)]
        for index, stretch in stretches(there, listed).items():
            length = len(stretch.words)
            if index not in found and length > inside.get(index, (0, 0))[0]:
                inside[index] = (length, at)
    return {index: (at,) for index, (_, at) in inside.items()}
