"""Reading CSV files, however they are encoded and divided, and writing them so that no cell is run as a formula."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice

from jdgen.errors import JdgenError, Problem
from jdgen.post.bulk.header import SEARCHED, known_headings
from jdgen.post.bulk.places import SheetPlaces
from jdgen.post.bulk.sheet import Row, Sheet

_DELIMITERS = (",", ";", "\t")
_ENCODINGS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
# What spreadsheet programs take as the start of a formula, also in its full-width form.
FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_AS_TEXT = re.compile(r'="([^"=]*)"')


def delimited_sheet(content: bytes, name: str) -> Sheet:
    """The one sheet of a CSV file: UTF-8, UTF-16 or Windows-1252, divided by commas, semicolons or tabs."""
    text, places = _decoded(content, name), SheetPlaces(name, worksheet=False)
    skipped = 0
    if separator := _SEPARATOR_LINE.match(text):
        text, skipped = text[separator.end() :], 1
    delimiter = separator[1] if separator else _delimiter(text, name, skipped)
    return Sheet(name, places, lambda: _rows(text, delimiter, name, skipped))


def safe_csv(rows: Iterable[Sequence[str]]) -> str:
    """CSV of ``rows`` in which no cell starts a formula: an apostrophe guards it, and reading takes it away."""
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return stream.getvalue()


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_START) or _GUARDED.match(cell) else cell


def _unguarded(cell: str) -> str:
    if cell[:1] == "=" and (quoted := _AS_TEXT.fullmatch(cell)):  # ="00123" keeps the zeros when Excel opens a CSV
        return quoted[1]
    return cell[1:] if cell[:1] == "'" and _GUARDED.match(cell) else cell


def _rows(text: str, delimiter: str, name: str, skipped: int) -> Iterator[Row]:
    """Each record with the number of the line that it starts in."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 0
    try:
        for values in reader:
            yield line + 1 + skipped, [_unguarded(value) if value[:1] in ("=", "'") else value for value in values]
            line = reader.line_num
    except csv.Error as error:
        where = f"{name}:{line + 1 + skipped}"
        what = f"a quotation mark is missing or misplaced, or a cell is too long ({error})"
        raise JdgenError(Problem(where, what, "save the file anew from a spreadsheet program")) from error


def _delimiter(text: str, name: str, skipped: int) -> str:
    """The delimiter by which a row near the top has most known headings."""
    return max(_DELIMITERS, key=lambda delimiter: _best(text, delimiter, name, skipped))


def _best(text: str, delimiter: str, name: str, skipped: int) -> int:
    best = 0
    # With the wrong delimiter a quotation mark may stand anywhere; the rows before it count.
    with suppress(JdgenError):
        for row in islice(_rows(text, delimiter, name, skipped), SEARCHED):
            best = max(best, known_headings(row))
    return best


def _decoded(content: bytes, name: str) -> str:
    for mark, encoding in _ENCODINGS:
        if content.startswith(mark):
            return _strictly(content, encoding, name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _strictly(content, "cp1252", name)


def _strictly(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise JdgenError(
            Problem(f"{name}:{line}", "is no text that can be read", "save the file as 'CSV UTF-8'")
        ) from error
