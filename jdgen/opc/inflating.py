"""Unpacking parts: never more than a part is said to hold, since what a header says may be a lie."""

from __future__ import annotations

import zipfile
import zlib

from jdgen.opc.bounds import NotAPackageError

_LOCAL_HEADER = 30


def inflated(content: bytes, entry: zipfile.ZipInfo) -> bytes:
    """The part ``entry`` of the file ``content``; :func:`jdgen.opc.entries.entries` gave it.

    Raises :class:`NotAPackageError` where it does not hold exactly what its header says.
    """
    lengths = content[entry.header_offset + 26 : entry.header_offset + _LOCAL_HEADER]
    start = entry.header_offset + _LOCAL_HEADER + int.from_bytes(lengths[:2], "little")
    start += int.from_bytes(lengths[2:], "little")
    packed = content[start : start + entry.compress_size]
    part = packed if entry.compress_type == zipfile.ZIP_STORED else _undeflated(packed, entry.file_size)
    if len(part) != entry.file_size or zlib.crc32(part) != entry.CRC:
        raise NotAPackageError
    return part


def _undeflated(packed: bytes, size: int) -> bytes:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        # One byte more than was said is enough to know of the lie.
        part = stream.decompress(packed, size + 1)
    except zlib.error as error:
        raise NotAPackageError from error
    if not stream.eof or stream.unused_data:
        raise NotAPackageError
    return part
