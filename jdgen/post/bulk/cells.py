"""A cell's value as text, and everything that a spreadsheet program may have made of it on the way."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

from jdgen.post.bulk.sheet import Lost
from jdgen.reading.text import forbidden, normalised

#: What one cell of Excel can hold; a CSV cell that is longer could not be mended in a workbook.
MAX_TEXT = 32_767
_ERRORS = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA", "#SPILL!", "#CALC!")
)
# Typed before a number to keep it text. Excel hides it; other programs leave it in the cell.
_APOSTROPHE = re.compile(r"'(?=[\d.,]+[a-dA-D]?\s*\Z)")
# What an error or such an apostrophe begins with.
_MARKS = ("#", "'", " ")
# How workbooks write a carriage return; programs that do not know it leave it in the text.
_CR = "_x000D_"


class CellError(Exception):
    """What is wrong with a cell, each reason with what would be right; the reader of the row adds the place."""

    def __init__(self, *reasons: tuple[str, str]) -> None:
        self.reasons = reasons
        super().__init__(reasons)


def cell_text(value: Any) -> str:
    """The text of a cell. Raises :class:`CellError` for dates, truth values, errors, and what no document can hold."""
    if type(value) is str:
        return _checked(value)
    if value is None:
        return ""
    return number_text(value) if type(value) in (int, float) else _refused(value)


def number_text(number: float) -> str:
    """A number as a spreadsheet shows it, with no more than its 15 digits: ``6`` for 6.0, ``0.3`` for 0.1 + 0.2."""
    return str(number) if isinstance(number, int) else format(Decimal(f"{number:.15g}"), "f")


def _checked(text: str) -> str:
    # Most texts are plain, and need no more than these tests.
    if text.isascii() and text.isprintable() and len(text) <= MAX_TEXT and text[:1] not in _MARKS and _CR not in text:
        return text
    if text.strip() in _ERRORS:
        raise CellError((f"holds the error {text.strip()}", "mend the formula that it comes from, or type the text"))
    text = normalised(_APOSTROPHE.sub("", text).replace(f"{_CR}\n", "\n").replace(_CR, "\n"))
    if len(text) > MAX_TEXT:
        raise CellError((f"holds {len(text):,} characters", f"shorten it to at most {MAX_TEXT:,}"))
    if codes := dict.fromkeys(code for _, code in forbidden(text)):
        raise CellError(*((f"control character {code}", "delete it, or type the text anew") for code in codes))
    return text


def _refused(value: Any) -> str:
    if isinstance(value, bool):
        raise CellError((f"holds the truth value {str(value).upper()}", "type the text that is meant"))
    if isinstance(value, datetime.datetime | datetime.date | datetime.time | datetime.timedelta):
        right = "format the cell as Text, and type again what is meant"
        raise CellError((f"holds a date or time ({value}), which the spreadsheet program made of the text", right))
    if isinstance(value, Lost):
        raise CellError((value.what, value.right))
    raise CellError(("holds something that is not text", "type the text that is meant"))
