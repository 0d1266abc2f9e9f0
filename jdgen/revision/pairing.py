"""Which block of a new draft takes the place of which block that was printed before.

Ids alone do not tell: a sentence put before others moves their numbers, and a statement that changes its bands gets
another id. Equal texts come first, then like texts, then ids.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from rapidfuzz import fuzz

from jdgen.record.model import PrintedBlock
from jdgen.record.text import normalised

#: Likeness (0 to 100) from which two sentences of one statement, and of two statements, are one sentence reworded.
_LIKE, _VERY_LIKE = 60.0, 88.0
#: Texts shorter than this ("Essential") are alike without being the same.
TELLING = 20
# An equal id makes up for so much likeness.
_SAME_ID = 5.0


def pairs_of(base: Sequence[PrintedBlock], new: Sequence[PrintedBlock]) -> Mapping[str, str]:
    """The id in ``base`` of each block of ``new`` that has one there, by its id in ``new``."""
    pairing = _Pairing(base, new)
    pairing.pair_where(lambda one: (one.id, normalised(one.text)))
    pairing.pair_where(lambda one: (family(one.id), normalised(one.text)))
    pairing.pair_alike(_LIKE, same_family=True)
    pairing.pair_where(lambda one: one.id)
    pairing.pair_where(lambda one: normalised(one.text) if len(one.text) >= TELLING else None)
    pairing.pair_alike(_VERY_LIKE, same_family=False)
    return pairing.pairs


def family(block_id: str) -> str:
    """The id without the number of a sentence or an entry, or all of it where it has none."""
    owner, _, last = block_id.rpartition(".")
    return owner if last.isdecimal() else block_id


def owner_of_field(block_id: str) -> str:
    """The id of what a field stands beside in its row; '' for a sentence or an entry, which may stand anywhere."""
    owner, _, last = block_id.rpartition(".")
    return "" if last.isdecimal() else owner


class _Pairing:
    def __init__(self, base: Sequence[PrintedBlock], new: Sequence[PrintedBlock]) -> None:
        self.base = {block.id: block for block in base}
        self.new = {block.id: block for block in new}
        self.pairs: dict[str, str] = {}

    def pair_where(self, key: Callable[[PrintedBlock], object]) -> None:
        """Pair what has a key that is found once among the unpaired of each side."""
        old, new = _once(self.base.values(), key), _once(self.new.values(), key)
        for each, block in new.items():
            if each in old:
                self._pair(old[each], block)

    def pair_alike(self, needed: float, *, same_family: bool) -> None:
        """Pair like texts, the most alike first."""
        alike: list[tuple[float, str, str]] = []
        for one in self.base.values():
            for other in self.new.values():
                related = family(one.id) == family(other.id) if same_family else _are_telling(one, other)
                if related and (likeness := fuzz.ratio(one.text, other.text, score_cutoff=needed)):
                    alike.append((-likeness - _SAME_ID * (one.id == other.id), one.id, other.id))
        for _, one_id, other_id in sorted(alike):
            if one_id in self.base and other_id in self.new:
                self._pair(self.base[one_id], self.new[other_id])

    def _pair(self, old: PrintedBlock, new: PrintedBlock) -> None:
        """Pair two blocks, and with them the fields that stand beside them in their row."""
        self._take(old.id, new.id)
        if old.id != new.id:
            for field_id in [other for other in self.new if other.startswith(f"{new.id}.")]:
                beside = old.id + field_id.removeprefix(new.id)
                if beside in self.base:
                    self._take(beside, field_id)

    def _take(self, old: str, new: str) -> None:
        if old in self.base and new in self.new:
            self.pairs[new] = old
            del self.base[old], self.new[new]


def _once(blocks: Iterable[PrintedBlock], key: Callable[[PrintedBlock], object]) -> dict[object, PrintedBlock]:
    keyed = [(found, block) for block in blocks if (found := key(block)) is not None]
    count = Counter(found for found, _ in keyed)
    return {found: block for found, block in keyed if count[found] == 1}


def _are_telling(one: PrintedBlock, other: PrintedBlock) -> bool:
    return min(len(one.text), len(other.text)) >= TELLING
