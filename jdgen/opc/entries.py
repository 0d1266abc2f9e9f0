"""The parts that a zip lists, believed only where its list and the parts themselves agree.

A zip says everything twice: in its central directory, and in a local header before each part. Programs differ in
which of the two they believe, so a file in which they differ can be one thing to a scanner and another to Word.
The layout is PKWARE's APPNOTE 6.3.10, sections 4.3 and 4.4.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator, Sequence
from itertools import pairwise

from jdgen.opc.bounds import ANEW, MEGABYTE, Bounds, NotAPackageError, PackageError, TooLargeError

_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_END = struct.Struct("<4sHHHHLLH")
_END_64, _LOCATOR_64 = 56, 20
_ENCRYPTED, _SIZES_FOLLOW, _UTF8 = 0x1, 0x8, 0x800
_SIZE_IS_ELSEWHERE = 0xFFFF_FFFF
#: What an entry of the central directory takes: 46 bytes, the name and whatever else is said of it.
_ENTRY = 1024
_UNFIT_NAME = re.compile(r"^/|^[A-Za-z]:|\\|(?:^|/)\.\.?(?:/|$)|//|[\x00-\x1f\x7f]|^$")


def entries(content: bytes, bounds: Bounds) -> tuple[zipfile.ZipInfo, ...]:
    """The parts that the office file ``content`` holds, folders left out. Nothing is unpacked.

    Raises :class:`NotAPackageError`, :class:`TooLargeError`, or :class:`PackageError` for two parts with one name
    (whatever their case), names outside the file, parts that lie over one another, headers that contradict.
    """
    if len(content) > bounds.file:
        raise TooLargeError
    start = _directory_start(content, bounds)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            listed = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        raise NotAPackageError from error
    _refuse_sizes(listed, bounds)
    _refuse_names(listed)
    _refuse_overlaps([_extent(content, entry) for entry in listed], start)
    return tuple(entry for entry in listed if not entry.is_dir())


def _directory_start(content: bytes, bounds: Bounds) -> int:
    """Where the central directory begins. It is looked up here, since ``zipfile`` makes an object of each of its
    entries, and a file may hold half a million."""
    if not content.startswith(b"PK\x03\x04") or len(content) < _LOCAL.size + _END.size:
        raise NotAPackageError
    end = len(content) - _END.size
    signature, *_, remark = _END.unpack_from(content, end)
    size = int.from_bytes(content[end + 12 : end + 16], "little")
    if signature != b"PK\x05\x06" or remark:
        if content.rfind(b"PK\x05\x06") < 0:
            raise NotAPackageError
        raise PackageError("holds something behind its end", ANEW)
    large = end - _LOCATOR_64 - _END_64
    if content[end - _LOCATOR_64 :].startswith(b"PK\x06\x07") and content[large:].startswith(b"PK\x06\x06"):
        size, end = int.from_bytes(content[large + 40 : large + 48], "little"), large
    if size > bounds.parts * _ENTRY:
        raise TooLargeError
    return end - size


def _refuse_sizes(listed: Sequence[zipfile.ZipInfo], bounds: Bounds) -> None:
    if len(listed) > bounds.parts or sum(entry.file_size for entry in listed) > bounds.unpacked:
        raise TooLargeError
    for entry in listed:
        if entry.file_size > MEGABYTE and entry.file_size > bounds.ratio * entry.compress_size:
            what = f"unpacks to more than {bounds.ratio} times its size in {entry.filename}"
            raise PackageError(what, "take that part out; a large empty picture is better saved as PNG")


def _refuse_names(listed: Sequence[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in listed:
        name = entry.orig_filename
        # Part names are compared without regard to case (ECMA-376 part 2, 6.2.2.3).
        folded = name.replace("\\", "/").rstrip("/").casefold()
        if folded in seen:
            raise PackageError(f"holds two parts with one name ({entry.filename})", ANEW)
        if _UNFIT_NAME.search(name) or entry.filename != name:
            raise PackageError(f"holds a part with a name that no office file has ({name!a})", ANEW)
        seen.add(folded)


def _extent(content: bytes, entry: zipfile.ZipInfo) -> tuple[int, int]:
    """Where the part begins and ends in the file, its local header included."""
    try:
        header = _LOCAL.unpack_from(content, entry.header_offset)
    except struct.error as error:
        raise NotAPackageError from error
    signature, _, flags, method, _, _, crc, packed, size, name_length, extra_length = header
    name_start = entry.header_offset + _LOCAL.size
    name = content[name_start : name_start + name_length]
    if (flags | entry.flag_bits) & _ENCRYPTED or signature != b"PK\x03\x04":
        raise NotAPackageError
    if name != _encoded(entry) or method != entry.compress_type or not _agree((crc, packed, size), flags, entry):
        raise PackageError(f"contradicts itself about {entry.filename}", ANEW)
    if method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotAPackageError
    return entry.header_offset, name_start + name_length + extra_length + entry.compress_size


def _encoded(entry: zipfile.ZipInfo) -> bytes:
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF8 else "cp437", "replace")


def _agree(local: tuple[int, int, int], flags: int, entry: zipfile.ZipInfo) -> bool:
    """Whether CRC and sizes before a part are those of the directory, or are said to follow the part."""
    said = zip(local, (entry.CRC, entry.compress_size, entry.file_size), strict=True)
    unsaid = (0, _SIZE_IS_ELSEWHERE) if flags & _SIZES_FOLLOW else (_SIZE_IS_ELSEWHERE,)
    return all(here in (there, *unsaid) for here, there in said)


def _refuse_overlaps(extents: Sequence[tuple[int, int]], directory: int) -> None:
    for (_, end), (following, _) in pairwise(_sorted_with_end(extents, directory)):
        if end > following:
            raise PackageError("holds parts that lie over one another", ANEW)


def _sorted_with_end(extents: Sequence[tuple[int, int]], directory: int) -> Iterator[tuple[int, int]]:
    yield from sorted(extents)
    yield directory, directory
