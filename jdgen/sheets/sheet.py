"""A sheet of rows from whichever kind of file: its cells as text, and what messages call its rows and cells."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jdgen.places import FilePlace
from jdgen.post.forms import UnfitTextError
from jdgen.words import MAX_TEXT, encoding_fault, forbidden_characters, length_fault, normalise
from jdgen.zips import MEGABYTE

#: Bytes that a file of rows may have: of a workbook, and of what is read row by row, as a workbook's parts are.
MAX_FILE, MAX_UNPACKED = 20 * MEGABYTE, 200 * MEGABYTE

# What messages call a row and a cell, worked out only when a message needs it.


@dataclass(frozen=True)
class SheetPlaces:
    """Names of places in one worksheet (``posts.xlsx!Posts!C14``) or CSV file (``posts.csv:14 (column C)``)."""

    name: str
    worksheet: bool

    def row(self, number: int) -> FilePlace:
        """What messages call a row."""
        return FilePlace(self.name, number, is_worksheet=self.worksheet)

    def cell(self, number: int, column: int) -> FilePlace:
        """What messages call the cell of a row; columns are counted from 0."""
        return FilePlace(self.name, number, column_letters(column), self.worksheet)


@dataclass(frozen=True)
class RowPlaces(Mapping[str, str]):
    """The place of each field of one row. A name is made when asked for: most rows are sound and need none."""

    sheet: SheetPlaces
    number: int
    columns: Mapping[str, int]

    def __getitem__(self, field: str) -> str:
        return self.sheet.cell(self.number, self.columns[field])

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)


def column_letters(column: int) -> str:
    """``A`` for 0, ``Z`` for 25, ``AA`` for 26, as spreadsheets name columns."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


# A sheet of rows, from whichever kind of file: what the readers of workbooks and CSV files hand on.

#: A row's number in its file, counted from 1, and its values; trailing empty cells may be left out.
Row = tuple[int, Sequence[Any]]


@dataclass(frozen=True)
class LostValue:
    """Stands in a cell whose value the file does not hold: ``what`` became of it, and what would be ``right``.
    ``merge_start`` is the row (from 1) and column (from 0) of the cell that it is merged into, if it is."""

    what: str
    right: str
    merge_start: tuple[int, int] | None = None


class StruckValues(list[Any]):
    """The values of a row that is struck through from end to end: somebody has taken it out, and left it to be seen."""

    __slots__ = ()


def as_struck(cells: list[Any], values: Sequence[Any]) -> list[Any]:
    """``cells``, made of the ``values`` of a row, struck through where these are."""
    return StruckValues(cells) if type(values) is StruckValues else cells


@dataclass(frozen=True)
class Sheet:
    """One worksheet or CSV file. ``rows`` reads it from the start each time that it is called."""

    title: str
    places: SheetPlaces
    rows: Callable[[], Iterator[Row]]


# A cell's value as text, and everything that a spreadsheet program may have made of it on the way.

_ERRORS = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA", "#SPILL!", "#CALC!")
)
# Typed before a number to keep it text. Excel hides it; other programs leave it in the cell.
_APOSTROPHE = re.compile(r"'(?=[\d.,]+[a-dA-D]?\s*\Z)")
# What a long number is in a CSV file that Excel has saved: the rest of it is gone.
_ROUNDED = re.compile(r"\s*-?\d(?:\.\d+)?E\+\d{2,}\s*")
# What an error or such an apostrophe begins with.
_MARKS = ("#", "'", " ")
# How workbooks write a carriage return; programs that do not know it leave it in the text.
_CR = "_x000D_"


class CellError(UnfitTextError):
    """What is wrong with a cell; the reader of the row adds the place."""


def cell_text(value: Any) -> str:
    """The text of a cell. Raises :class:`CellError` for dates, truth values, errors, and what no document can hold."""
    if type(value) is str:
        return _check_cell(value)
    if value is None:
        return ""
    return number_text(value) if type(value) in (int, float) else _refuse_cell(value)


def number_text(number: float) -> str:
    """A number as a spreadsheet shows it, with no more than its 15 digits: ``6`` for 6.0, ``0.3`` for 0.1 + 0.2."""
    return str(number) if isinstance(number, int) else format(Decimal(f"{number:.15g}"), "f")


def _check_cell(text: str) -> str:
    # Most texts are plain, and need no more than these tests.
    if text.isascii() and text.isprintable() and len(text) <= MAX_TEXT and text[:1] not in _MARKS and _CR not in text:
        if "E+" in text and _ROUNDED.fullmatch(text):
            what = f"holds {text.strip()}, which a spreadsheet program made of a longer number"
            raise CellError((what, "format the column as Text, and type the number again"))
        return text
    if text.strip() in _ERRORS:
        raise CellError((f"holds the error {text.strip()}", "mend the formula that it comes from, or type the text"))
    text = normalise(_APOSTROPHE.sub("", text).replace(f"{_CR}\n", "\n").replace(_CR, "\n"))
    if unsound := length_fault(text) or encoding_fault(text):
        raise CellError(unsound)
    if codes := dict.fromkeys(code for _, code in forbidden_characters(text)):
        raise CellError(*((f"control character {code}", "delete it, or type the text anew") for code in codes))
    return text


def _refuse_cell(value: Any) -> str:
    if isinstance(value, bool):
        raise CellError((f"holds the truth value {str(value).upper()}", "type the text that is meant"))
    if isinstance(value, datetime.datetime | datetime.date | datetime.time | datetime.timedelta):
        right = "format the cell as Text, and type again what is meant"
        raise CellError((f"holds a date or time ({value}), which the spreadsheet program made of the text", right))
    if isinstance(value, LostValue):
        raise CellError((value.what, value.right))
    raise CellError(("holds something that is not text", "type the text that is meant"))
