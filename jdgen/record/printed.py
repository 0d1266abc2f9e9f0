"""What a document prints from data, noted block by block while it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from sys import intern
from typing import NamedTuple

from jdgen.drafting.block_id import BlockId
from jdgen.drafting.texts import Text
from jdgen.record.anchors import GAP, AnchorRow, AnchorRows
from jdgen.record.form import BlockTexts, Entry, Vocabulary, entries_text, follows, vocabulary
from jdgen.record.model import PrintedBlock
from jdgen.word.markup import escaped_text
from jdgen.word.writing import DeflatedStretch

# Shorter ones are deflated better among what surrounds them.
_WORTH_A_STRETCH = 2_000


class BlockGroup:
    """Blocks that many documents print alike, one after the other, with what their records say of them.

    ``counts`` says how many of them have their anchors in each row.
    """

    def __init__(self, blocks: PrintedBlocks) -> None:
        self.entries = blocks.entries
        self.ids = frozenset(texts[0] for texts, _, _ in self.entries)
        self.counts = dict(blocks.counts)
        text = escaped_text(entries_text(self.entries, vocabulary({}))).encode()
        self.text = text if len(text) < _WORTH_A_STRETCH else DeflatedStretch(text)


class Stencil(NamedTuple):
    """What a value prints in many documents, each of which puts anchors of its own into it: the blocks in it, and the
    XML before, between and after the marks of their anchors."""

    blocks: tuple[BlockTexts, ...]
    ids: frozenset[str]
    pieces: tuple[str, ...]


class _Counter:
    """Counts the anchors in one row."""

    __slots__ = ("count", "row", "stem")

    def __init__(self, row: AnchorRow, count: int = 0) -> None:
        self.row, self.stem, self.count = row, row.stem, count


class PrintedBlocks:
    """The blocks of one document, in its order, as they are printed."""

    def __init__(self, rows: AnchorRows) -> None:
        self._rows = rows
        self._counters: dict[AnchorRow, _Counter] = {}
        self._counter_of: dict[str, _Counter] = {}
        self._ids: set[str] = set()
        self._own: list[Entry] = []
        self._runs: list[list[Entry] | BlockGroup] = [self._own]

    @property
    def entries(self) -> list[Entry]:
        """The blocks as a record lists them."""
        return [entry for run in self._runs for entry in (run if isinstance(run, list) else run.entries)]

    @property
    def blocks(self) -> tuple[PrintedBlock, ...]:
        """The blocks as a record has them."""
        return tuple(
            PrintedBlock(BlockId(block_id), text, giver, f"{stem}{number}")
            for (block_id, text, giver), stem, number in self.entries
        )

    @property
    def is_common(self) -> bool:
        """Whether all that is printed is common to many documents."""
        return self._rows.own_row not in self._counters

    @property
    def counts(self) -> dict[AnchorRow, int]:
        """How many anchors there are so far, by their rows."""
        return {row: counter.count for row, counter in self._counters.items()}

    def add(self, block_id: BlockId, text: str, field: str) -> tuple[str, str]:
        """Note that a block is printed next, of a ``field`` of the draft or something in it (or of several, as the
        id of their paragraph names them); where its anchor begins, and where it ends.

        A block that is printed already gets the id of a further print.
        """
        number, free = 1, block_id
        while free in self._ids:
            number += 1
            free = block_id.again(number)
        self._ids.add(free)
        giver = text.code if type(text) is Text else ""
        counter = self._counter_of.get(field) or self._counter(field)
        counter.count += 1
        self._own.append(((free, text, giver), counter.stem, counter.count))
        return counter.row.marks(counter.count)

    def add_stencil(self, stencil: Stencil, field: str) -> str | None:
        """Note that the blocks of a stencil are printed next, of a ``field`` as above; its XML with their anchors.
        Nothing where one of its blocks is printed already: then it would be printed otherwise."""
        if not self._ids.isdisjoint(stencil.ids):
            return None
        self._ids |= stencil.ids
        pieces = [stencil.pieces[0]]
        for at, texts in enumerate(stencil.blocks):
            counter = self._counter_of.get(field) or self._counter(field)
            counter.count += 1
            self._own.append((texts, counter.stem, counter.count))
            start, end = counter.row.marks(counter.count)
            pieces += (start, stencil.pieces[2 * at + 1], end, stencil.pieces[2 * at + 2])
        return "".join(pieces)

    def stencil(self, xml: str) -> Stencil:
        """The stencil of ``xml``, where these are its blocks and their anchors are gaps."""
        blocks = tuple(texts for texts, _, _ in self.entries)
        # What stands between blocks is the template's, and the same in hundreds of stencils.
        return Stencil(blocks, frozenset(texts[0] for texts in blocks), tuple(map(intern, xml.split(GAP))))

    def _counter(self, field: str) -> _Counter:
        """What counts the anchors in what prints ``field``, from the first of them on."""
        row = self._rows.row(field)
        counter = self._counter_of[field] = self._counters.setdefault(row, _Counter(row))
        return counter

    def add_group(self, group: BlockGroup) -> bool:
        """Note that a group is printed next; whether it was. It is not where one of its blocks is printed already, or
        an anchor in one of its rows: then it would be printed otherwise."""
        if not self._ids.isdisjoint(group.ids) or not self._counters.keys().isdisjoint(group.counts):
            return False
        if group.entries:
            self._ids |= group.ids
            self._counters |= {row: _Counter(row, count) for row, count in group.counts.items()}
            self._own = []
            self._runs += (group, self._own)
        return True

    def pieces(self, words: Vocabulary) -> list[bytes | DeflatedStretch]:
        """The blocks as a record lists them, without the brackets of the list, as text of XML."""
        pieces: list[bytes | DeflatedStretch] = []
        before: Sequence[Entry] = ()
        for run in self._runs:
            if isinstance(run, BlockGroup):
                pieces += (b",", run.text)
                before = run.entries
            elif run:
                entries: Sequence[Entry] = run
                if before and follows(run[0], before[-1]):
                    # It is said with the group, as it is where there are no groups.
                    del pieces[-2:]
                    entries = (*before, *run)
                pieces += (b",", escaped_text(entries_text(entries, words)).encode())
                before = ()
        return pieces[1:]
