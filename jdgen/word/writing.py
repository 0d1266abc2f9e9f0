"""Word files written: zips of parts, byte for byte alike, what recurs deflated once."""

from __future__ import annotations

import functools
import struct
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

#: The part by which readers tell a Word file: it says what kind each part is of.
CONTENT_TYPES = "[Content_Types].xml"

# Deflate streams, and stretches of content that are deflated once and stand in many streams.


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


class DeflatedStretch:
    """Content that stands in many members, deflated once, and with care: what is around it may be deflated quickly.

    It ends on a byte and refers to nothing before it, so that it can stand anywhere in a stream.
    """

    def __init__(self, content: bytes) -> None:
        self.content = content

    def __len__(self) -> int:
        return len(self.content)

    @functools.cached_property
    def packed(self) -> bytes:
        """The content as a piece of a raw deflate stream."""
        compressor = STANDARD.begin()
        return compressor.compress(self.content) + compressor.flush(zlib.Z_FULL_FLUSH)


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
    begin = functools.partial(isal_zlib.compressobj, 2, isal_zlib.DEFLATED, -zlib.MAX_WBITS)
    return Deflate(lambda: _SteadyIsal(begin()), isal_zlib.crc32)


class _SteadyIsal:
    """ISA-L's compressor, which packs the same content in the same bytes wherever in memory it is.

    Left alone, it does so but once in some thousand times: where much comes at the beginning of a stream, or after a
    full flush, it looks for the third byte under a hash of its own address rather than of the content, and what it
    then overwrites may be the place of the first two (ISA-L 2.32.1, igzip_icf_body_h1_gr_bt.asm, .write_first_byte).
    So there the first few bytes go ahead of the others, on a way without that fault.
    """

    #: ISA-L waits for more than 288 bytes before it begins (ISAL_LOOK_AHEAD).
    _MUCH = 256
    #: Of fewer, it remembers none.
    _FIRST = 4

    def __init__(self, compressor: Compressor) -> None:
        self._compressor = compressor
        self._waiting = 0

    def compress(self, content: bytes) -> bytes:
        """Take ``content`` in, and give what is ready."""
        before, self._waiting = self._waiting, self._waiting + len(content)
        if before <= self._MUCH < self._waiting:
            first = self._compressor.compress(content[: self._FIRST]) + self._compressor.flush(zlib.Z_SYNC_FLUSH)
            return first + self._compressor.compress(content[self._FIRST :])
        return self._compressor.compress(content)

    def flush(self, mode: int = zlib.Z_FINISH) -> bytes:
        """All that is left, and the end of a stretch or of the stream."""
        self._waiting = 0
        return self._compressor.flush(mode)


# Zip files written member by member, so that what was deflated once can stand in a thousand files.
#
# The standard library deflates anew whatever it writes. Here a member is deflated apart from the file it goes
# into, and equal members give equal files: no clock, no system, no order but the one given.

#: 1 January 1980, the oldest date a zip can carry, in its packed form; the time is midnight.
_DATE = 1 << 5 | 1
_VERSION, _DEFLATED, _UTF8 = 20, 8, 0x800
_UNIX = 3
_RIGHTS = 0o600 << 16
_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_CENTRAL = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_END = struct.Struct("<4sHHHHLLH")
# Of a central header: CRC-32, size, and the lengths of name, extra field and comment.
_MARK = struct.Struct("<16xL4xLHHH12x")

#: The content of a member: bytes, or pieces of which some stand in other members too.
Content = bytes | Sequence[bytes | DeflatedStretch]


#: CRC-32 and size of a content, as a zip says them: cheap to compare, and enough to tell whether a program has written
#: the part anew.
Mark = tuple[int, int]


class Member(NamedTuple):
    """One part of a zip, deflated: its two headers but for the offset, its bytes, and the mark of its content."""

    local: bytes
    central: bytes
    packed: bytes
    mark: Mark


def member(name: str, content: Content, deflate: Deflate = STANDARD) -> Member:
    """The part ``name`` with ``content``."""
    pieces = (content,) if isinstance(content, bytes) else content
    crc = size = 0
    packed: list[bytes] = []
    compressor, crc32 = deflate.begin(), deflate.crc32
    for piece in pieces:
        if isinstance(piece, DeflatedStretch):
            # What follows must not refer to what came before: a stretch does not know where it stands.
            packed += (compressor.flush(zlib.Z_FULL_FLUSH), piece.packed)
            plain = piece.content
        else:
            packed.append(compressor.compress(piece))
            plain = piece
        crc = crc32(plain, crc)
        size += len(plain)
    packed.append(compressor.flush())
    return packed_member(name, b"".join(packed), (crc, size))


def in_one_piece(content: Content) -> bytes:
    """The content in one piece."""
    if isinstance(content, bytes):
        return content
    return b"".join(piece.content if isinstance(piece, DeflatedStretch) else piece for piece in content)


def mark_of(content: bytes) -> Mark:
    """The mark of ``content``."""
    return zlib.crc32(content), len(content)


def packed_member(name: str, packed: bytes, mark: Mark) -> Member:
    """The part ``name`` of which the content, with this ``mark``, is deflated already."""
    crc, size = mark
    encoded_name, flags = _encode_name(name)
    common = (flags, _DEFLATED, 0, _DATE, crc, len(packed), size, len(encoded_name), 0)
    local = _LOCAL.pack(b"PK\x03\x04", _VERSION, *common) + encoded_name
    # The offset is the last field of the central header, before the name; it is put in when files are joined.
    central = _CENTRAL.pack(b"PK\x01\x02", _UNIX << 8 | _VERSION, _VERSION, *common, 0, 0, 0, _RIGHTS, 0) + encoded_name
    return Member(local, central, packed, mark)


@functools.lru_cache(maxsize=256)  # the same few names stand in every document
def _encode_name(name: str) -> tuple[bytes, int]:
    """A name as a zip has it, and the flag that tells how."""
    return name.encode(), 0 if name.isascii() else _UTF8


def join_members(members: Iterable[Member]) -> bytes:
    """The zip file of ``members``, in their order."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for part in members:
        pieces += (part.local, part.packed)
        directory.append(part.central[:42] + offset.to_bytes(4, "little") + part.central[46:])
        offset += len(part.local) + len(part.packed)
    listing = b"".join(directory)
    count = len(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listing), offset, 0)
    return b"".join((*pieces, listing, end))


def quick_marks(content: bytes) -> dict[str, Mark]:
    """The mark of each part of a zip as :func:`join_members` writes it, by name; nothing for other zips.

    For looking at thousands of files: nothing is inflated, and nothing is checked.
    """
    end = len(content) - _END.size
    if end < 0 or content[end : end + 4] != b"PK\x05\x06":
        return {}
    *_, count, _, at, _ = _END.unpack_from(content, end)
    marks: dict[str, Mark] = {}
    for _ in range(count):
        if content[at : at + 4] != b"PK\x01\x02" or at + _CENTRAL.size > end:
            return {}
        crc, size, name, extra, comment = _MARK.unpack_from(content, at)
        start = at + _CENTRAL.size
        marks[str(content[start : start + name], errors="replace")] = (crc, size)
        at = start + name + extra + comment
    return marks


def is_whole(content: bytes) -> bool:
    """Whether each part of a zip as :func:`join_members` writes it holds what its mark says: none is damaged."""
    marks = quick_marks(content)
    for name, (crc, size) in marks.items():
        packed = packed_part(content, name)
        inflated = inflate_quickly(packed.deflated, size + 1) if packed else b""
        if mark_of(inflated) != (crc, size):
            return False
    return bool(marks)


class PackedPart(NamedTuple):
    """The content of a part as it lies in a zip: raw deflate, with the CRC-32 and the size of what is in it."""

    deflated: bytes
    crc: int
    size: int


def packed_part(content: bytes, name: str) -> PackedPart | None:
    """The part ``name`` of a zip as :func:`join_members` writes it; nothing where it is not found.

    For looking at thousands of files: no list of contents is made, and nothing is checked. What is not found may
    still be there.
    """
    entry = content.rfind(name.encode()) - _CENTRAL.size
    if entry < 0 or content[entry : entry + 4] != b"PK\x01\x02":
        return None
    crc, packed, size = (int.from_bytes(content[entry + at : entry + at + 4], "little") for at in (16, 20, 24))
    local = int.from_bytes(content[entry + 42 : entry + 46], "little")
    lengths = content[local + 26 : local + 30]
    start = local + _LOCAL.size + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
    return PackedPart(content[start : start + packed], crc, size)


def quick_part(content: bytes, name: str, limit: int) -> bytes:
    """The first ``limit`` bytes of the part that :func:`packed_part` finds; '' where it finds none."""
    part = packed_part(content, name)
    return inflate_quickly(part.deflated, limit) if part else b""


def inflate_quickly(deflated: bytes, limit: int) -> bytes:
    """What is in ``deflated``, or its first ``limit`` bytes; '' where it is no raw deflate stream."""
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(deflated, limit)
    except zlib.error:
        return b""


def content_types_first(names: Iterable[str]) -> tuple[str, ...]:
    """Names of parts in the order of the file: ``[Content_Types].xml``, by which readers tell a Word file, then
    the rest by name."""
    return tuple(sorted(names, key=lambda name: (name != CONTENT_TYPES, name)))
