"""Reading CSV files, however they are encoded and divided, without what keeps cells from being run as formulas."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import BinaryIO, TextIO

from jdgen.errors import JdgenError, Problem
from jdgen.sheets.heading_row import SEARCHED, known_headings
from jdgen.sheets.sheet import Row, Sheet, SheetPlaces

_DELIMITERS = (",", ";", "\t")
_MARKED = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHUNK, _FIRST_LINE = 2**16, 100
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
# Characters outside ASCII that English and its neighbours are written with.
_HIGH = re.compile(rb"[\x80-\xff]")
_LETTERS = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßŒœ")
_WITHIN_WORDS = frozenset("\u2019\u2013\u2014\xad")
_MARKS = frozenset("£€\u2018\u2019“”\u2013\u2014…•·°½¼¾²³±×©®™§«»\xa0\xad")
_AS_TEXT = re.compile(r'="([^"=]*)"')


@dataclass(frozen=True)
class _Source:
    """A CSV file that is read from its start as often as need be, never held whole: how to open it, its encoding,
    and whether its first line only names the delimiter."""

    name: str
    opener: Callable[[], BinaryIO]
    encoding: str
    skipped: int = 0

    @contextmanager
    def lines(self) -> Iterator[TextIO]:
        """The file's text from its first row on."""
        with io.TextIOWrapper(self.opener(), self.encoding, newline="") as stream:
            for _ in range(self.skipped):
                stream.readline()
            yield stream


def delimited_sheet(opener: Callable[[], BinaryIO], name: str) -> Sheet:
    """The one sheet of a CSV file: UTF-8, UTF-16, Windows-1252 or Mac Roman, divided by commas, semicolons or tabs."""
    places, source = SheetPlaces(name, worksheet=False), _Source(name, opener, _encoding(opener, name))
    with source.lines() as stream:
        separator = _SEPARATOR_LINE.fullmatch(stream.readline(_FIRST_LINE))
    if separator:
        source = replace(source, skipped=1)
    delimiter = separator[1] if separator else _delimiter(source)
    return Sheet(name, places, lambda: _rows(source, delimiter))


def _unguard(cell: str) -> str:
    if cell[:1] == "=" and (quoted := _AS_TEXT.fullmatch(cell)):  # ="00123" keeps the zeros when Excel opens a CSV
        return quoted[1]
    return cell[1:] if cell[:1] == "'" and _GUARDED.match(cell) else cell


def _rows(source: _Source, delimiter: str) -> Iterator[Row]:
    """Each record with the number of the line that it starts in."""
    line = 0
    with source.lines() as stream:
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        try:
            for values in reader:
                cells = [_unguard(value) if value[:1] in ("=", "'") else value for value in values]
                yield line + 1 + source.skipped, cells
                line = reader.line_num
        except csv.Error as error:
            where = f"{source.name}:{line + 1 + source.skipped}"
            what = f"a quotation mark is missing or misplaced, or a cell is too long ({error})"
            raise JdgenError(Problem(where, what, "save the file anew from a spreadsheet program")) from error


def _delimiter(source: _Source) -> str:
    """The delimiter by which a row near the top has most known headings; where none has any, that by which most rows
    are equally long."""
    return max(_DELIMITERS, key=lambda delimiter: _best(source, delimiter))


def _best(source: _Source, delimiter: str) -> tuple[int, int]:
    best = 0
    widths: Counter[int] = Counter()
    # With the wrong delimiter a quotation mark may stand anywhere; the rows before it count.
    with suppress(JdgenError):
        for row in islice(_rows(source, delimiter), SEARCHED):
            best = max(best, known_headings(row))
            widths[len(row[1])] += 1
    usual = max(widths, key=lambda width: (widths[width], width), default=1)
    return best, widths[usual] if usual > 1 and not best else 0


def _encoding(opener: Callable[[], BinaryIO], name: str) -> str:
    """The encoding that all of the file can be read in."""
    with opener() as stream:
        start = stream.read(2)
    for mark, encoding in _MARKED:
        if start == mark:
            _refuse_unreadable(opener, encoding, name)
            return encoding
    if _unreadable_line(opener, "utf-8-sig") is None:
        return "utf-8-sig"
    if _is_mac_roman(opener):
        return "mac_roman"
    _refuse_unreadable(opener, "cp1252", name)
    return "cp1252"


def _is_mac_roman(opener: Callable[[], BinaryIO]) -> bool:
    """Whether the file makes better sense as Excel for Mac writes it: ``St Mary’s``, not ``St MaryÕs``.

    Nearly every byte is a character in both; judged is whether it can stand beside its neighbours. Where nothing is
    odd in either, the line ends decide: only Macs end lines with a carriage return alone.
    """
    windows = mac = 0
    has_line_feeds = False
    for left, byte, right in _high_bytes(opener):
        windows += _is_odd(*(each.decode("cp1252", "replace") for each in (left, byte, right)))
        mac += _is_odd(*(each.decode("mac_roman") for each in (left, byte, right)))
    with opener() as stream:
        while not has_line_feeds and (chunk := stream.read(_CHUNK)):
            has_line_feeds = b"\n" in chunk
    return mac * 2 < windows or (mac == windows == 0 and not has_line_feeds)


def _high_bytes(opener: Callable[[], BinaryIO]) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Each byte that is no ASCII, with the bytes beside it."""
    seen = b""
    with opener() as stream:
        while chunk := stream.read(_CHUNK):
            # What ends a chunk waits for the byte that follows it.
            start, text = max(len(seen) - 1, 0), seen + chunk
            for found in _HIGH.finditer(text, start, len(text) - 1):
                yield text[max(found.start() - 1, 0) : found.start()], found[0], text[found.end() : found.end() + 1]
            seen = text[-2:]
    if _HIGH.match(seen[-1:]):
        yield seen[:-1], seen[-1:], b""


def _is_odd(left: str, char: str, right: str) -> bool:
    """Whether ``char`` is unlikely between its neighbours."""
    if char.isalpha():
        is_alone = not left.isalpha() and not right.isalpha()
        is_by_digit = left.isdigit() or right.isdigit()
        is_capital_within = (char.isupper() and left.islower()) or (char.islower() and right.isupper())
        return char not in _LETTERS or is_alone or is_by_digit or is_capital_within
    return char not in (_WITHIN_WORDS if left.isalpha() and right.isalpha() else _MARKS)


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
