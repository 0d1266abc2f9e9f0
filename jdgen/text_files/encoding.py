"""In which encoding a program has written a text file: UTF-8, UTF-16, Windows-1252 or Mac Roman."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from jdgen.errors import JdgenError, Problem

_MARKS_OF_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHUNK = 2**16
# Characters outside ASCII that English and its neighbours are written with.
_HIGH = re.compile(rb"[\x80-\xff]")
_LETTERS = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßŒœ")
_WITHIN_WORDS = frozenset("\u2019\u2013\u2014\xad")
_MARKS = frozenset("£€\u2018\u2019“”\u2013\u2014…•·°½¼¾²³±×©®™§«»\xa0\xad")


def encoding_of(opener: Callable[[], BinaryIO], name: str) -> str:
    """The encoding that all of the file called ``name`` can be read in, which ``opener`` opens as often as need be.

    Raises :class:`JdgenError` with the line at which it is no text.
    """
    with opener() as stream:
        encoding = _utf_16(stream.read(_CHUNK))
    if encoding:
        _refuse_unreadable(opener, encoding, name)
        return encoding
    if _unreadable_line(opener, "utf-8-sig") is None:
        return "utf-8-sig"
    if _is_mac_roman(opener):
        return "mac_roman"
    _refuse_unreadable(opener, "cp1252", name)
    return "cp1252"


def _utf_16(start: bytes) -> str:
    """The kind of UTF-16 that a file which begins with ``start`` is in, with the mark of that or without: then every
    other byte of English is nought. Nothing for any other file."""
    if start.startswith(_MARKS_OF_UTF_16):
        return "utf-16"
    for encoding, high, low in (("utf-16-le", start[1::2], start[::2]), ("utf-16-be", start[::2], start[1::2])):
        if high.count(0) > len(high) / 2 and 0 not in low:
            return encoding
    return ""


def _is_mac_roman(opener: Callable[[], BinaryIO]) -> bool:
    """Whether the file makes better sense as Excel for Mac writes it: ``St Mary’s``, not ``St MaryÕs``.

    Nearly every byte is a character in both; judged is whether it can stand beside its neighbours. Where nothing is
    odd in either, the line ends decide: only Macs end lines with a carriage return alone.
    """
    windows = mac = 0
    has_line_feeds = False
    for before, byte, after in _high_bytes(opener):
        windows += _is_odd(*(char.decode("cp1252", "replace") for char in (before, byte, after)))
        mac += _is_odd(*(char.decode("mac_roman") for char in (before, byte, after)))
    with opener() as stream:
        while not has_line_feeds and (chunk := stream.read(_CHUNK)):
            has_line_feeds = b"\n" in chunk
    return mac * 2 < windows or (mac == windows == 0 and not has_line_feeds)


def _high_bytes(opener: Callable[[], BinaryIO]) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Each byte that is no ASCII, with the bytes beside it."""
    end_of_chunk = b""
    with opener() as stream:
        while chunk := stream.read(_CHUNK):
            # What ends a chunk waits for the byte that follows it.
            start, text = max(len(end_of_chunk) - 1, 0), end_of_chunk + chunk
            for match in _HIGH.finditer(text, start, len(text) - 1):
                yield text[max(match.start() - 1, 0) : match.start()], match[0], text[match.end() : match.end() + 1]
            end_of_chunk = text[-2:]
    if _HIGH.match(end_of_chunk[-1:]):
        yield end_of_chunk[:-1], end_of_chunk[-1:], b""


def _is_odd(before: str, char: str, after: str) -> bool:
    """Whether ``char`` is unlikely between its neighbours."""
    if char.isalpha():
        is_alone = not before.isalpha() and not after.isalpha()
        is_by_digit = before.isdigit() or after.isdigit()
        is_capital_within = (char.isupper() and before.islower()) or (char.islower() and after.isupper())
        return char not in _LETTERS or is_alone or is_by_digit or is_capital_within
    return char not in (_WITHIN_WORDS if before.isalpha() and after.isalpha() else _MARKS)


def _refuse_unreadable(opener: Callable[[], BinaryIO], encoding: str, name: str) -> None:
    if (line := _unreadable_line(opener, encoding)) is not None:
        where = f"{name}:{line}"
        raise JdgenError(Problem(where, "is no text that can be read", "save the file as 'CSV UTF-8'"))


def _unreadable_line(opener: Callable[[], BinaryIO], encoding: str) -> int | None:
    """The first line that is no text in ``encoding``; nothing where all can be read."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with opener() as stream:
        while chunk := stream.read(_CHUNK):
            try:
                line += decoder.decode(chunk).count("\n")
            except UnicodeDecodeError as error:
                return line + error.object.count(b"\n", 0, error.start)
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return line
    return None
