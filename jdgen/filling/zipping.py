"""Zip files written member by member, so that a member deflated once can stand in a thousand files.

The standard library deflates anew whatever it writes. Here a member is deflated apart from the file it goes
into, and equal members give equal files: no clock, no system, no order but the one given.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

#: 1 January 1980, the oldest date a zip can carry, in its packed form; the time is midnight.
_DATE = 1 << 5 | 1
_VERSION, _DEFLATED, _UTF8 = 20, 8, 0x800
_UNIX = 3
_RIGHTS = 0o600 << 16
_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_CENTRAL = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_END = struct.Struct("<4sHHHHLLH")

_QUICK = 2

Deflate = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Member:
    """One part of a zip, deflated: its two headers but for the offset, and its bytes."""

    local: bytes
    central: bytes
    packed: bytes


def deflated(content: bytes, level: int = 6) -> bytes:
    """``content`` as a raw deflate stream, by the standard library."""
    compressor = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return compressor.compress(content) + compressor.flush()


def fastest_deflate() -> Deflate:
    """The deflate for many documents: ISA-L's where the extra ``jdgen[fast]`` is installed, else the standard
    library's at a level that gives most of the size for a quarter of the time (docs/benchmarks.md)."""
    try:
        from isal import isal_zlib  # noqa: PLC0415  # an extra
    except ImportError:
        return _quickly_deflated

    def deflated_by_isal(content: bytes) -> bytes:
        packed: bytes = isal_zlib.compress(content, 2, -zlib.MAX_WBITS)
        return packed

    return deflated_by_isal


def _quickly_deflated(content: bytes) -> bytes:
    return deflated(content, _QUICK)


def member(name: str, content: bytes, deflate: Deflate = deflated) -> Member:
    """The part ``name`` with ``content``."""
    packed = deflate(content)
    written, crc = name.encode(), zlib.crc32(content)
    flags = 0 if name.isascii() else _UTF8
    common = (flags, _DEFLATED, 0, _DATE, crc, len(packed), len(content), len(written), 0)
    local = _LOCAL.pack(b"PK\x03\x04", _VERSION, *common) + written
    # The offset is the last field of the central header, before the name; it is put in when files are joined.
    central = _CENTRAL.pack(b"PK\x01\x02", _UNIX << 8 | _VERSION, _VERSION, *common, 0, 0, 0, _RIGHTS, 0) + written
    return Member(local, central, packed)


def joined(members: Iterable[Member]) -> bytes:
    """The zip file of ``members``, in their order."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for each in members:
        pieces += (each.local, each.packed)
        directory.append(each.central[:42] + offset.to_bytes(4, "little") + each.central[46:])
        offset += len(each.local) + len(each.packed)
    listing = b"".join(directory)
    count = len(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listing), offset, 0)
    return b"".join((*pieces, listing, end))
