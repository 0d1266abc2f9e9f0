"""Which paragraph of a person's document is which block that jdgen printed.

The evidence, strongest first: the same text, once in each; an anchor, checked against the text, because word
processors move anchors and keep those of paragraphs that are gone; the order, between neighbours that are known. What
is printed in many rows of a table ("Essential", the name of a group) is known by the row that it stands in, and the row
by what only it says. A block that was split over paragraphs takes them in, and one whose words stand inside another
paragraph is found there. Nothing is guessed from position alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from jdgen.drafting.block_id import BlockId
from jdgen.orders import longest_run
from jdgen.record.model import PrintedBlock
from jdgen.revision.joined_texts import LIKE, stretches
from jdgen.revision.paragraphs import ReadParagraph, table_of
from jdgen.revision.repeated_words import TELLING
from jdgen.words import comparable

#: The paragraphs of each block that was found, by its id: one, or several where a person split it.
Places = Mapping[BlockId, tuple[int, ...]]

# Degrees of likeness (0 to 100), as measured on documents edited at random.
_ALIGNED, _ANCHORED = 55.0, 60.0
# How much more like its text a block must become for taking in a further paragraph.
_SPLIT_GAIN = 1.0
# What people type before the entries of a list.
_BULLETS = "-–—•·▪●○◦*‣ "
# Blocks times paragraphs of one gap beyond which nothing is aligned: no job description comes near it.
_LARGEST_GAP = 1_000_000


class _Both(NamedTuple):
    """What was printed and what stands there, each with its texts as they are compared."""

    blocks: Sequence[PrintedBlock]
    paragraphs: Sequence[ReadParagraph]
    texts: Sequence[str]
    theirs: Sequence[str]


def places_of(
    blocks: Sequence[PrintedBlock], paragraphs: Sequence[ReadParagraph], whole: Collection[BlockId] = ()
) -> Places:
    """Where each block stands. A block that is not there is not in the answer; a paragraph is in it twice where
    somebody joined blocks in it. Blocks that are ``whole`` are sought in paragraphs of their own only."""
    texts = [comparable(block.text) for block in blocks]
    theirs = [comparable(paragraph.text) for paragraph in paragraphs]
    both = _Both(blocks, paragraphs, texts, theirs)
    companions = _companions(blocks, texts)
    telling = frozenset(range(len(blocks))) - companions.keys()
    place_of = _by_exact_text(texts, theirs, telling)
    if missing := telling - place_of.keys():
        place_of |= _by_exact_text(texts, [text.lstrip(_BULLETS) for text in theirs], missing)
    place_of = _by_anchor(both, place_of, telling)
    place_of = place_of | _by_order(both, place_of, telling)
    rows = _Rows(both, companions, place_of)
    place_of |= rows.place_companions()
    rest = companions.keys() - rows.settled
    free = [at for at, _ in enumerate(theirs) if not rows.is_labelled(at)]
    place_of = _by_anchor(both, place_of, rest, free)
    of_no_row = {index for index in rest if companions[index] is None or companions[index] in place_of}
    place_of |= _by_order(both, place_of, of_no_row, free)
    place_of |= _by_order(both, place_of, rest, [at for at in free if not paragraphs[at].row])
    places = _with_splits(texts, theirs, [paragraph.row for paragraph in paragraphs], place_of)
    settled_indexes = rows.settled.union(index for index, block in enumerate(blocks) if block.id in whole)
    places |= _by_words_inside(texts, theirs, places, settled_indexes)
    return {blocks[index].id: place for index, place in sorted(places.items())}


def _companions(blocks: Sequence[PrintedBlock], texts: Sequence[str]) -> dict[int, int | None]:
    """The blocks that tell nothing by themselves, by index: fields of another block, each with the index of that one,
    and texts that are printed several times, with none."""
    index_of = {block.id: index for index, block in enumerate(blocks)}
    count = Counter(texts)
    owners: dict[int, int | None] = {}
    for index, block in enumerate(blocks):
        owner = None if block.id.is_heading else index_of.get(block.id.row_owner)
        if owner is not None or count[texts[index]] > 1:
            owners[index] = owner
    return owners


def _by_exact_text(texts: Sequence[str], theirs: Sequence[str], among: Collection[int]) -> dict[int, int]:
    once, once_there = Counter(texts), Counter(theirs)
    position = {text: at for at, text in enumerate(theirs) if text and once_there[text] == 1}
    return {
        index: position[texts[index]] for index in sorted(among) if once[texts[index]] == 1 and texts[index] in position
    }


def _by_anchor(
    both: _Both, place_of: Mapping[int, int], among: Collection[int], places: Collection[int] | None = None
) -> dict[int, int]:
    """``place_of``, and what anchors tell of the blocks ``among`` the rest, in the ``places`` that they may have; the
    most alike first, since an anchor can have wandered."""
    blocks, paragraphs, texts, theirs = both
    index_of = {blocks[index].anchor_name: index for index in among if index not in place_of}
    if not index_of:
        return dict(place_of)
    known_texts = set(texts)
    candidates: list[tuple[float, int, int]] = []
    allowed_places = None if places is None else set(places)
    for at, paragraph in enumerate(paragraphs):
        for name in paragraph.anchors:
            index = index_of.get(name)
            if index is None or not theirs[at] or (allowed_places is not None and at not in allowed_places):
                continue
            likeness = fuzz.ratio(texts[index], theirs[at])
            # A paragraph that is another block word for word has an anchor that is not its own.
            another = theirs[at] in known_texts and likeness < 100
            if likeness >= _ANCHORED or not (another or name in paragraph.collapsed):
                candidates.append((-likeness, index, at))
    extended = dict(place_of)
    used_places = set(extended.values())
    for _, index, at in sorted(candidates):
        if index not in extended and at not in used_places:
            extended[index] = at
            used_places.add(at)
    return extended


def _by_order(
    both: _Both, place_of: Mapping[int, int], among: Collection[int], places: Collection[int] | None = None
) -> dict[int, int]:
    """What the order tells of the blocks ``among`` the rest, in the ``places`` that they may have."""
    texts, theirs = both.texts, both.theirs
    sought = {index for index in among if index not in place_of}
    if not sought:
        return {}
    used_places = set(place_of.values())
    allowed_places = None if places is None else set(places)
    aligned: dict[int, int] = {}
    for (from_index, from_at), (to_index, to_at) in _gaps(place_of, len(texts), len(theirs)):
        missing = [index for index in range(from_index, to_index) if index in sought]
        free = [
            at
            for at in range(from_at, to_at)
            if at not in used_places and theirs[at] and (allowed_places is None or at in allowed_places)
        ]
        if missing and free and len(missing) * len(free) <= _LARGEST_GAP:
            pairs = _align([texts[index] for index in missing], [theirs[at] for at in free])
            aligned |= {missing[text_index]: free[free_index] for text_index, free_index in pairs}
    return aligned


class _Rows:
    """The rows of tables in a document of which something is known, and what stands in them beside that.

    ``settled`` are the companions of what is known to be in a row: they are there or nowhere.
    """

    def __init__(self, both: _Both, companions: Mapping[int, int | None], place_of: Mapping[int, int]) -> None:
        self._blocks, paragraphs, self._texts, theirs = both
        self._paragraphs, self._theirs, self._companions = paragraphs, theirs, companions
        keys: dict[str, list[tuple[int, int]]] = {}
        for index, at in sorted(place_of.items()):
            if row := paragraphs[at].row:
                keys.setdefault(row, []).append((index, at))
        used_places = set(place_of.values())
        self._keys = keys
        self._free: dict[str, list[int]] = {row: [] for row in keys}
        for at, paragraph in enumerate(paragraphs):
            if paragraph.row in keys and theirs[at] and at not in used_places:
                self._free[paragraph.row].append(at)
        self._fields: dict[int, list[int]] = {}
        for index, owner in companions.items():
            if owner is not None:
                self._fields.setdefault(owner, []).append(index)
        self._sides = self._sides_of_labels()
        self.settled: set[int] = set()

    def place_companions(self) -> dict[int, int]:
        """The companions that stand in the row of what they belong to, by index."""
        place_of: dict[int, int] = {}
        for row, keys in self._keys.items():
            labels = self._labels(row, self._sides.get(table_of(row), 0))
            companions = sorted(
                {*labels, *(field for index, _ in keys for field in self._fields.get(index, ()))} - place_of.keys()
            )
            self.settled.update(companions)
            place_of |= self._in_row(companions, self._free[row])
        return place_of

    def is_labelled(self, at: int) -> bool:
        """Whether a paragraph is in a table with labels, in which only the row tells where a repeated text belongs."""
        return table_of(self._paragraphs[at].row) in self._sides

    def _in_row(self, companions: Sequence[int], free: Sequence[int]) -> dict[int, int]:
        """Which of ``companions`` stands where among the ``free`` places of one row: by its anchor, its
        text, or, where all cells of the row are filled as they were, its cell."""
        anchors = {self._blocks[index].anchor_name: index for index in companions}
        place_of = {
            anchors[name]: at for at in free for name in sorted(self._paragraphs[at].anchors) if name in anchors
        }

        def rest() -> tuple[list[int], list[int]]:
            """The companions without a place by now, and the places without one."""
            used_places = set(place_of.values())
            return [index for index in companions if index not in place_of], [
                at for at in free if at not in used_places
            ]

        missing, free_places = rest()
        pairs = _align([self._texts[index] for index in missing], [self._theirs[at] for at in free_places])
        place_of |= {missing[text_index]: free_places[free_index] for text_index, free_index in pairs}
        missing, free_places = rest()
        # Somebody may have joined two of them in one cell.
        if len(companions) == len(free) and len(missing) == len(free_places):
            place_of |= dict(zip(missing, free_places, strict=True))
        return place_of

    def _sides_of_labels(self) -> dict[str, int]:
        """Whether labels stand before (-1) or after (1) what they belong to, in each table with several rows of them.
        A table with one may be there for the layout, with the whole document in it."""
        votes: defaultdict[str, Counter[int]] = defaultdict(Counter)
        for row, keys in self._keys.items():
            for side in (-1, 1):
                end = keys[0 if side < 0 else -1][1]
                there = {self._theirs[at] for at in self._free[row] if (at - end) * side > 0}
                is_beside = any(self._texts[index] in there for index in self._labels(row, side))
                votes[table_of(row)][side] += is_beside
        return {table: max((-1, 1), key=count.__getitem__) for table, count in votes.items() if max(count.values()) > 1}

    def _labels(self, row: str, side: int) -> list[int]:
        """The repeated texts that were printed right beside the blocks known in ``row`` and their fields, on a side,
        and between them."""
        row_blocks = {index for index, _ in self._keys[row]}
        between = range(min(row_blocks) + 1, max(row_blocks))
        labels = [index for index in between if self._companions.get(index, -1) is None]
        if not all(index in row_blocks or index in self._companions for index in between):
            labels = []
        index = (min(row_blocks) if side < 0 else max(row_blocks)) + side
        is_passed = False
        while side and index in self._companions:
            owner = self._companions[index]
            if owner is None:
                labels.append(index)
                is_passed = True
            elif owner not in row_blocks or is_passed:
                break
            index += side
        return labels


def _gaps(
    place_of: Mapping[int, int], blocks: int, paragraphs: int
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """What lies between neighbours that stand in the order in which they were printed; what a person moved is no
    fence."""
    index, at = 0, 0
    for fence, place in longest_run(sorted(place_of.items())):
        yield (index, at), (fence, place)
        index, at = fence + 1, place + 1
    yield (index, at), (blocks, paragraphs)


def _align(texts: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int]]:
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
    texts: Sequence[str], theirs: Sequence[str], rows: Sequence[str], place_of: Mapping[int, int]
) -> dict[int, tuple[int, ...]]:
    """Each block with the paragraphs beside it that make it more like what was printed: a person split it. Nobody
    splits a text over several ``rows`` of a table."""
    used_places = set(place_of.values())
    places: dict[int, tuple[int, ...]] = {}
    for index, at in sorted(place_of.items()):
        first = last = at
        while theirs[at] != texts[index]:
            likeness = fuzz.ratio(texts[index], " ".join(theirs[first : last + 1]))
            wider = [(start, end) for start, end in ((first, last + 1), (first - 1, last))]
            gains = [
                (fuzz.ratio(texts[index], " ".join(theirs[start : end + 1])), start, end)
                for start, end in wider
                if _is_free(beside := start if start < first else end, theirs, used_places)
                and rows[beside] == rows[at]
                and fuzz.partial_ratio(texts[index], theirs[beside]) >= LIKE
            ]
            if not gains or max(gains)[0] < likeness + _SPLIT_GAIN:
                break
            _, start, end = max(gains)
            used_places.add(start if start < first else end)
            first, last = start, end
        places[index] = tuple(range(first, last + 1))
    return places


def _is_free(at: int, theirs: Sequence[str], used_places: set[int]) -> bool:
    return 0 <= at < len(theirs) and at not in used_places and bool(theirs[at])


def _by_words_inside(
    texts: Sequence[str], theirs: Sequence[str], places: Mapping[int, tuple[int, ...]], settled_indexes: Collection[int]
) -> dict[int, tuple[int, ...]]:
    """Where the words of the blocks that were not found stand inside a paragraph, beside those of other blocks or a
    person's own; ``settled_indexes`` are not sought, since these are in their rows or nowhere."""
    missing = [
        index for index, text in enumerate(texts) if text and index not in places and index not in settled_indexes
    ]
    if not missing:
        return {}
    # What says one block word for word says no other.
    printed_texts = set(texts)
    owners: dict[int, list[int]] = {}
    for index, place in places.items():
        for at in place:
            owners.setdefault(at, []).append(index)
    inside: dict[int, tuple[int, int]] = {}
    for at, there in enumerate(theirs):
        if len(there) < TELLING or there in printed_texts:
            continue
        known_owners = owners.get(at, ())
        candidates = {*missing, *known_owners}
        candidate_texts = [text if index in candidates else "" for index, text in enumerate(texts)]
        for index, stretch in stretches(there, candidate_texts, known_owners).items():
            length = len(stretch.words)
            if index not in places and length > inside.get(index, (0, 0))[0]:
                inside[index] = (length, at)
    return {index: (at,) for index, (_, at) in inside.items()}
