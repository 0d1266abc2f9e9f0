"""What a document prints from data, block by block, in the form in which its record says it."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Iterator

from jdgen.drafting.model import Text, giver_of_code
from jdgen.record.model import PrintedBlock
from jdgen.word.markup import escaped_text
from jdgen.word.writing import Stretch

#: What stands between the number of a further print of a block and the block's own id.
_AGAIN = "#"


def original_id(block_id: str) -> str:
    """The id of the block that was printed, whether ``block_id`` is of its first print or of a further one."""
    return block_id.rpartition(_AGAIN)[2]


@functools.lru_cache(8192)  # most blocks are in most documents
def first_field(block_id: str) -> str:
    """What the id of a block begins with, whichever print of it it is: a field of the draft, such as ``title`` or, of
    a paragraph with several, the first of them; else the id of what has the block, up to its first dot."""
    return re.split(r"[.+]", original_id(block_id), maxsplit=1)[0]


class BlockGroup:
    """Blocks that many documents print alike, one after the other, with their XML in the record."""

    def __init__(self, blocks: dict[str, str]) -> None:
        self.blocks = blocks
        self.stretch = Stretch(_listed(blocks.items()))


class Printed(dict[str, str]):
    """The id of each printed block, and its text with who gave it, in the order of the document.

    ``groups`` are those that were printed as one, by the id of their first block.
    """

    def __init__(self) -> None:
        super().__init__()
        self.groups: dict[str, BlockGroup] = {}

    def free_id(self, block_id: str) -> str:
        """An id for one more print of a block: its own, or, where it is printed already, ``2#`` and its own, and so
        on. The number comes first, since the end of an id tells which block it belongs to."""
        number, free = 1, block_id
        while free in self:
            number += 1
            free = f"{number}{_AGAIN}{block_id}"
        return free

    def add(self, group: BlockGroup) -> None:
        """Add a group of blocks of which none is printed yet."""
        if group.blocks:
            self.groups[next(iter(group.blocks))] = group
            self.update(group.blocks)

    def blocks(self) -> Iterator[PrintedBlock]:
        """The blocks as a record has them."""
        return (PrintedBlock(block_id, text, getattr(text, "code", "")) for block_id, text in self.items())

    def pieces(self) -> Iterator[bytes | Stretch]:
        """The blocks as a list in JSON without its brackets, as text of XML."""
        alone: list[tuple[str, str]] = []
        begun = False
        blocks = iter(self.items())
        for block in blocks:
            group = self.groups.get(block[0])
            if group is None:
                alone.append(block)
                continue
            if alone:
                yield (b"," if begun else b"") + _listed(alone)
                alone, begun = [], True
            if begun:
                yield b","
            yield group.stretch
            begun = True
            for _ in range(len(group.blocks) - 1):
                next(blocks)
        if alone:
            yield (b"," if begun else b"") + _listed(alone)


def printed_of(blocks: Iterable[PrintedBlock]) -> Printed:
    """What a record says was printed."""
    printed = Printed()
    for block in blocks:
        giver = giver_of_code(block.giver)
        printed[block.id] = Text(block.text, giver) if giver else block.text
    return printed


def _listed(blocks: Iterable[tuple[str, str]]) -> bytes:
    said = [(block_id, text, text.code) if type(text) is Text else (block_id, text) for block_id, text in blocks]
    return escaped_text(json.dumps(said, separators=(",", ":"), ensure_ascii=False)[1:-1]).encode()


# Texts as they are compared.

# Turned quotation marks, spaces and hyphens that forbid a break, and hyphens that only allow one.
_PLAIN = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u2011": "-", "\u00ad": ""}
)


@functools.lru_cache(8192)  # the texts of one document are compared many times
def normalised(text: str) -> str:
    """``text`` as it is compared: word processors change spaces, hyphens and quotation marks by themselves."""
    if not text.isascii():
        text = text.translate(_PLAIN)
    return " ".join(text.split())
