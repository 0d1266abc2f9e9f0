"""What a document prints from data, noted block by block while it is printed."""

from __future__ import annotations

from collections.abc import Sequence

from jdgen.drafting.block_id import BlockId
from jdgen.drafting.model import Text
from jdgen.record.anchors import AnchorRow, AnchorRows
from jdgen.record.form import Vocabulary, blocks_text, follows, vocabulary
from jdgen.record.model import PrintedBlock
from jdgen.word.markup import escaped_text
from jdgen.word.writing import DeflatedStretch

# Shorter ones are deflated better among what surrounds them.
_WORTH_A_STRETCH = 2_000


class BlockGroup:
    """Blocks that many documents print alike, one after the other, with what their records say of them.

    ``counts`` says how many of them have their anchors in each row.
    """

    def __init__(self, printed: Printed) -> None:
        self.blocks = printed.blocks
        self.ids = frozenset(block.id for block in self.blocks)
        self.counts = dict(printed.counts)
        text = escaped_text(blocks_text(self.blocks, vocabulary({}))).encode()
        self.text = text if len(text) < _WORTH_A_STRETCH else DeflatedStretch(text)


class Printed:
    """The blocks of one document, in its order, as they are printed. ``counts`` are the anchors so far, by their
    rows."""

    def __init__(self, rows: AnchorRows) -> None:
        self._rows = rows
        self.counts: dict[AnchorRow, int] = {}
        self._row_of: dict[str, AnchorRow] = {}
        self._ids: set[BlockId] = set()
        self._own: list[PrintedBlock] = []
        self._runs: list[list[PrintedBlock] | BlockGroup] = [self._own]

    @property
    def blocks(self) -> tuple[PrintedBlock, ...]:
        """The blocks as a record has them."""
        return tuple(block for run in self._runs for block in (run if isinstance(run, list) else run.blocks))

    @property
    def is_common(self) -> bool:
        """Whether all that is printed is common to many documents."""
        return self._rows.own not in self.counts

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
        row = self._row_of.get(field)
        if row is None:
            row = self._row_of[field] = self._rows.row(field)
        self.counts[row] = count = self.counts.get(row, 0) + 1
        giver = text.code if type(text) is Text else ""
        self._own.append(PrintedBlock(free, text, giver, row.name(count)))
        return row.marks(count)

    def add_group(self, group: BlockGroup) -> bool:
        """Note that a group is printed next; whether it was. It is not where one of its blocks is printed already, or
        an anchor in one of its rows: then it would be printed otherwise."""
        if not self._ids.isdisjoint(group.ids) or not self.counts.keys().isdisjoint(group.counts):
            return False
        if group.blocks:
            self._ids |= group.ids
            self.counts |= group.counts
            self._own = []
            self._runs += (group, self._own)
        return True

    def pieces(self, words: Vocabulary) -> list[bytes | DeflatedStretch]:
        """The blocks as a record lists them, without the brackets of the list, as text of XML."""
        pieces: list[bytes | DeflatedStretch] = []
        before: tuple[PrintedBlock, ...] = ()
        for run in self._runs:
            if isinstance(run, BlockGroup):
                pieces += (b",", run.text)
                before = run.blocks
            elif run:
                said: Sequence[PrintedBlock] = run
                if before and follows(run[0], before[-1]):
                    # It is said with the group, as it is where there are no groups.
                    del pieces[-2:]
                    said = (*before, *run)
                pieces += (b",", escaped_text(blocks_text(said, words)).encode())
                before = ()
        return pieces[1:]
