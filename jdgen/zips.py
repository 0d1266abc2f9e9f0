"""Zips from strangers (.docx, .xlsx): read with bounds, believed only where their two lists agree."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

# How large an office file from somebody else may be, and what is said of one that is not as it should be.

MEGABYTE = 2**20


class Bounds(NamedTuple):
    """The most that is taken: bytes of the file, bytes of all its parts unpacked, number of parts.

    ``ratio`` is how many times its packed size a part may unpack to, once it is larger than a megabyte. Deflate
    itself gets to 1,032; text in XML seldom to 50.
    """

    file: int
    unpacked: int
    parts: int
    ratio: int = 200


#: The most that a Word file may hold.
WORD_FILE = Bounds(file=20 * MEGABYTE, unpacked=100 * MEGABYTE, parts=2_000)


class PackageError(Exception):
    """An office file is not as it should be: ``what`` is wrong with it, and what would be ``right``."""

    def __init__(self, what: str, right: str) -> None:
        super().__init__(what, right)
        self.what = what
        self.right = right


class NotAPackageError(PackageError):
    """This is no zip at all, or a damaged one."""

    def __init__(self) -> None:
        super().__init__("is no office file, or a damaged one", _ANEW)


class TooLargeError(PackageError):
    """The file is larger than its :class:`Bounds`."""

    def __init__(self) -> None:
        super().__init__("is too large", "make it smaller")


_ANEW = "open it in the program that it belongs to, and save it anew"


# Unpacking parts: never more than a part is said to hold, since what a header says may be a lie.

_LOCAL_HEADER = 30


def packed_in(content: bytes, entry: zipfile.ZipInfo) -> bytes:
    """The part ``entry`` as it lies in the file ``content``; :func:`entries` gave it."""
    lengths = content[entry.header_offset + 26 : entry.header_offset + _LOCAL_HEADER]
    start = entry.header_offset + _LOCAL_HEADER + int.from_bytes(lengths[:2], "little")
    start += int.from_bytes(lengths[2:], "little")
    return content[start : start + entry.compress_size]


def is_deflated(entry: zipfile.ZipInfo) -> bool:
    """Whether a part lies in its file deflated, and not as it is."""
    return entry.compress_type == zipfile.ZIP_DEFLATED


def inflate(content: bytes, entry: zipfile.ZipInfo) -> bytes:
    """The part ``entry`` of the file ``content``; :func:`entries` gave it.

    Raises :class:`NotAPackageError` where it does not hold exactly what its header says.
    """
    packed = packed_in(content, entry)
    part = _undeflate(packed, entry.file_size) if is_deflated(entry) else packed
    if len(part) != entry.file_size or zlib.crc32(part) != entry.CRC:
        raise NotAPackageError
    return part


def _undeflate(packed: bytes, size: int) -> bytes:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        # One byte more than was said is enough to know of the lie.
        part = stream.decompress(packed, size + 1)
    except zlib.error as error:
        raise NotAPackageError from error
    if not stream.eof or stream.unused_data:
        raise NotAPackageError
    return part


# The parts that a zip lists, believed only where its list and the parts themselves agree.
#
# A zip says everything twice: in its central directory, and in a local header before each part. Programs differ in
# which of the two they believe, so a file in which they differ can be one thing to a scanner and another to Word.
# The layout is PKWARE's APPNOTE 6.3.10, sections 4.3 and 4.4.

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
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        raise NotAPackageError from error
    _refuse_sizes(parts, bounds)
    _refuse_names(parts)
    _refuse_overlaps([_extent(content, entry) for entry in parts], start)
    return tuple(entry for entry in parts if not entry.is_dir())


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
        raise PackageError("holds something behind its end", _ANEW)
    large = end - _LOCATOR_64 - _END_64
    if content[end - _LOCATOR_64 :].startswith(b"PK\x06\x07") and content[large:].startswith(b"PK\x06\x06"):
        size, end = int.from_bytes(content[large + 40 : large + 48], "little"), large
    if size > bounds.parts * _ENTRY:
        raise TooLargeError
    return end - size


def _refuse_sizes(parts: Sequence[zipfile.ZipInfo], bounds: Bounds) -> None:
    if len(parts) > bounds.parts or sum(entry.file_size for entry in parts) > bounds.unpacked:
        raise TooLargeError
    for entry in parts:
        if entry.file_size > MEGABYTE and entry.file_size > bounds.ratio * entry.compress_size:
            what = f"unpacks to more than {bounds.ratio} times its size in {entry.filename}"
            raise PackageError(what, "take that part out; a large empty picture is better saved as PNG")


def _refuse_names(parts: Sequence[zipfile.ZipInfo]) -> None:
    folded_names: set[str] = set()
    for entry in parts:
        name = entry.orig_filename
        # Part names are compared without regard to case (ECMA-376 part 2, 6.2.2.3).
        folded = name.replace("\\", "/").rstrip("/").casefold()
        if folded in folded_names:
            raise PackageError(f"holds two parts with one name ({entry.filename})", _ANEW)
        if _UNFIT_NAME.search(name) or entry.filename != name:
            raise PackageError(f"holds a part with a name that no office file has ({name!a})", _ANEW)
        folded_names.add(folded)


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
    if name != _encoding(entry) or method != entry.compress_type or not _agree((crc, packed, size), flags, entry):
        raise PackageError(f"contradicts itself about {entry.filename}", _ANEW)
    if method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotAPackageError
    return entry.header_offset, name_start + name_length + extra_length + entry.compress_size


def _encoding(entry: zipfile.ZipInfo) -> bytes:
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF8 else "cp437", "replace")


def _agree(local: tuple[int, int, int], flags: int, entry: zipfile.ZipInfo) -> bool:
    """Whether CRC and sizes before a part are those of the directory, or are said to follow the part."""
    pairs = zip(local, (entry.CRC, entry.compress_size, entry.file_size), strict=True)
    left_open = (0, _SIZE_IS_ELSEWHERE) if flags & _SIZES_FOLLOW else (_SIZE_IS_ELSEWHERE,)
    return all(here in (there, *left_open) for here, there in pairs)


def _refuse_overlaps(extents: Sequence[tuple[int, int]], directory: int) -> None:
    for (_, end), (following, _) in pairwise(_sorted_with_end(extents, directory)):
        if end > following:
            raise PackageError("holds parts that lie over one another", _ANEW)


def _sorted_with_end(extents: Sequence[tuple[int, int]], directory: int) -> Iterator[tuple[int, int]]:
    yield from sorted(extents)
    yield directory, directory


# XML from somebody else, looked at as bytes before any parser makes a tree of it.
#
# A parser takes some 30 bytes of memory for each byte of ``<a/><a/>…``: a file of 668 kB that holds nothing else cost
# 4.5 GB. Counting the marks that elements and attributes are made of costs next to nothing, and no element can be
# written without one.

# Part of every document type and entity declaration, in whatever encoding a parser may find out by itself.
_DECLARATIONS = tuple(
    mark.encode(encoding)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
)
_BLANKS = b" \t\r\n\x00"
_MARKS = b"\xef\xbb\xbf\xfe\xff"
_ENCODING = re.compile(rb"""^[^>]*?\bencoding\s*=\s*["']\s*([^"'\s]*)""")
# What XML in an office file may be written in (ECMA-376 part 2, 6.2.5), and what is a part of UTF-8.
_ENCODINGS = frozenset({b"utf-8", b"utf8", b"utf-16", b"utf16", b"utf-16le", b"utf-16be", b"us-ascii", b"ascii"})


def looks_like_xml(part: bytes) -> bool:
    """Whether an XML parser would find an element, or a declaration, at the beginning of ``part``."""
    return part[:64].lstrip(_BLANKS + _MARKS).startswith(b"<")


def declares_document_type(part: bytes) -> bool:
    """Whether ``part`` has, or seems to have, a document type or an entity of its own."""
    return any(mark in part for mark in _DECLARATIONS)


def refuse_encoding(part: bytes, name: str) -> None:
    """Raise :class:`PackageError` for XML in an encoding that office files may not use: in others marks can hide."""
    head = part[:400].replace(b"\x00", b"").lstrip(_BLANKS + _MARKS)
    declared = _ENCODING.match(head) if head.startswith(b"<?xml") else None
    if not looks_like_xml(part) or (declared and declared[1].lower() not in _ENCODINGS):
        raise PackageError(f"is not written in UTF-8 in {name}", _ANEW)


def tags_and_attributes(part: bytes) -> tuple[int, int]:
    """At least as many as ``part`` has tags (opening, closing and empty ones), and attributes."""
    return part.count(b"<"), part.count(b"=")
