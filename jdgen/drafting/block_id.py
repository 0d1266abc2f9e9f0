"""Ids of blocks: what a record calls each paragraph that a document prints from data.

Records of years ago have them, so their written form stays; it is written and read here and nowhere else:

- ``title`` is a field of the draft, and ``title+band`` a paragraph that prints several;
- ``leadership.title`` is a field of what is called ``leadership``, ``purpose.2`` an entry or a sentence of a text by
  its number; what has it, its owner, may have dots in its name, as the statements of frameworks do;
- ``2#title`` is the second print of ``title`` in one document. The number comes first, since the end of an id tells
  what it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

_PART, _JOINT, _AGAIN = ".", "+", "#"
_TEXT, _TITLE = "text", "title"
# As many as some dozens of documents have; most of them are in most documents.
_CACHE_SIZE = 8192


class BlockId(str):
    """The id of a block. It is its written form in every other way: records compare thousands of them."""

    __slots__ = ()

    @property
    def original(self) -> BlockId:
        """The id of the first print of the block, whichever this is."""
        return _read(self).original

    @property
    def is_original(self) -> bool:
        """Whether this is the first print of the block."""
        return _AGAIN not in self

    @property
    def owner(self) -> BlockId:
        """The id of what it is a field, an entry or a sentence of, in the same print; '' for what is of nothing."""
        return _read(self).owner

    @property
    def field(self) -> str:
        """What it is of its owner: the name of a field, or the number of an entry; all of it where it has no owner."""
        return _read(self).field

    @property
    def is_entry(self) -> bool:
        """Whether it is an entry or a sentence of its owner, by its number."""
        return _read(self).is_entry

    @property
    def family(self) -> BlockId:
        """What it is an entry or a sentence of, or itself where it is none."""
        parts = _read(self)
        return parts.owner if parts.is_entry else self

    @property
    def row_owner(self) -> BlockId:
        """What it stands beside in a row, as a field of it; '' for a sentence or an entry, which may stand anywhere."""
        parts = _read(self)
        return NO_ID if parts.is_entry else parts.owner

    @property
    def is_heading(self) -> bool:
        """Whether it is the title of something that has other blocks."""
        return _read(self).is_heading

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the draft that the paragraph prints, where it is of nothing but such."""
        return fields_in(_read(self).original)

    @property
    def first_field(self) -> str:
        """The field of the draft that it prints, or the first of them; else what it begins with, up to a dot."""
        return _read(self).first_field

    def is_field(self, *names: str) -> bool:
        """Whether it is a field of something by one of these ``names``."""
        parts = _read(self)
        return parts.field in names and bool(parts.owner)

    def again(self, number: int) -> BlockId:
        """The id of its print of this number, from 2."""
        return BlockId(f"{number}{_AGAIN}{self}")

    def move(self, owner: str, other: str) -> BlockId:
        """The same part of ``other`` as this is of ``owner``."""
        return BlockId(other + self.removeprefix(owner))

    def and_owners(self) -> Iterator[BlockId]:
        """The id, its owner's, the owner's of that, and so on."""
        block_id = self
        while block_id:
            yield block_id
            block_id = block_id.owner


#: The id of no block.
NO_ID = BlockId()


@lru_cache(_CACHE_SIZE)
def id_of(owner: str, part: str | int = _TEXT) -> BlockId:
    """The id of the ``part`` of what is called ``owner``: a field by its name, an entry by its number. Its text is what
    it is called itself; and what has no name has no id, but ''."""
    return BlockId(owner if part == _TEXT or not owner else f"{owner}{_PART}{part}")


def id_of_fields(names: Iterable[str]) -> BlockId:
    """The id of a paragraph that prints these fields of the draft."""
    return BlockId(_JOINT.join(names))


def fields_in(block_id: str) -> tuple[str, ...]:
    """The fields of the draft that the id of a paragraph names."""
    return tuple(block_id.split(_JOINT))


def is_part(block_id: str, owner: str) -> bool:
    """Whether ``block_id`` is that of ``owner``, or of something in it."""
    return block_id.startswith(owner) and block_id[len(owner) : len(owner) + 1] in ("", _PART)


class _IdParts(NamedTuple):
    original: BlockId
    owner: BlockId
    field: str
    is_entry: bool
    is_heading: bool
    first_field: str


@lru_cache(_CACHE_SIZE)
def _read(block_id: str) -> _IdParts:
    """What the written form of an id says."""
    original = block_id.rpartition(_AGAIN)[2]
    owner, field = block_id.rpartition(_PART)[0], original.rpartition(_PART)[2]
    first_field = original.partition(_PART)[0].partition(_JOINT)[0]
    is_entry, is_heading = (bool(owner) and it_is for it_is in (field.isdecimal(), field == _TITLE))
    return _IdParts(BlockId(original), BlockId(owner), field, is_entry, is_heading, first_field)
