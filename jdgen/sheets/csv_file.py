"""Reading CSV files, however they are encoded and divided, without what keeps cells from being run as formulas."""

from __future__ import annotations

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
from jdgen.text_files.encoding import encoding_of

_DELIMITERS = (",", ";", "\t")
_FIRST_LINE = 100
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
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
    places, source = SheetPlaces(name, worksheet=False), _Source(name, opener, encoding_of(opener, name))
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
