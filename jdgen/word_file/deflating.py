"""Deflate streams, and stretches of content that are deflated once and stand in many streams."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


class Compressor(Protocol):
    """What ``zlib.compressobj`` gives, and ISA-L's likewise."""

    def compress(self, content: bytes, /) -> bytes:
        """Take ``content`` in, and give what is ready."""

    def flush(self, mode: int = zlib.Z_FINISH, /) -> bytes:
        """All that is left, and the end of a stretch or of the stream."""


@dataclass(frozen=True, eq=False)
class Deflate:
    """A way to deflate: what begins a raw deflate stream, and what sums up the content (CRC-32)."""

    begin: Callable[[], Compressor]
    crc32: Callable[[bytes, int], int] = zlib.crc32


class Stretch:
    """Content that stands in many members, deflated once for each deflate that they are written with.

    It ends on a byte and refers to nothing before it, so that it can stand anywhere in a stream.
    """

    __slots__ = ("_packed", "content")

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._packed: dict[Deflate, bytes] = {}

    def packed(self, deflate: Deflate) -> bytes:
        """The content as a piece of a raw deflate stream."""
        packed = self._packed.get(deflate)
        if packed is None:
            compressor = deflate.begin()
            packed = compressor.compress(self.content) + compressor.flush(zlib.Z_FULL_FLUSH)
            self._packed[deflate] = packed
        return packed


def standard_deflate(level: int) -> Deflate:
    """The standard library's deflate."""
    return Deflate(functools.partial(zlib.compressobj, level, zlib.DEFLATED, -zlib.MAX_WBITS))


STANDARD = standard_deflate(6)
#: The standard library's when it has to be quick: most of the size for a quarter of the time (docs/benchmarks.md).
QUICK = standard_deflate(2)


@functools.cache
def fastest_deflate() -> Deflate:
    """The deflate for many documents: ISA-L's where the extra ``jdgen[fast]`` is installed, else :data:`QUICK`."""
    try:
        from isal import isal_zlib  # noqa: PLC0415  # an extra
    except ImportError:
        return QUICK
    return Deflate(
        functools.partial(isal_zlib.compressobj, 2, isal_zlib.DEFLATED, -zlib.MAX_WBITS),
        isal_zlib.crc32,
    )
