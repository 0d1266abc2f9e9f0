"""One cell of a workbook: its text as Excel takes it, and the lines that it needs."""

from __future__ import annotations

import re
from typing import NamedTuple

from jdgen.batch.reporting.printable import escaped, printable
from jdgen.batch.reporting.sheet_looks import STYLES, Look, Tone

MAX_CHARACTERS = 32_767
# Points.
_LINE = 15
_TALLEST = 405
_FORMULA = ("=", "+", "-", "@")
# Excel reads _x0041_ in a text as A.
_EXCEL_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Link(NamedTuple):
    """A text that opens ``target``, or only a text when that is empty."""

    text: str
    target: str


class Styled(NamedTuple):
    """A text or number in another look than its type gives it."""

    value: str | int
    look: Look


Value = str | int | float | Link | Styled


def text_cell(place: str, text: str, look: Look, tone: Tone) -> str:
    """A cell with a text, never a formula, of at most so many characters as a cell takes."""
    text = _fitting(printable(text))
    style = STYLES[tone, look, text.startswith(_FORMULA)]
    if not text:
        return f'<c r="{place}" s="{style}"/>'
    if "_x" in text:
        text = _EXCEL_ESCAPE.sub("_x005F_", text)
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escaped(text)}</t></is></c>'


def lines(value: Value, width: int) -> int:
    """How many lines a value takes in a column, near enough."""
    text = value[0] if isinstance(value, tuple) else value
    if not isinstance(text, str):
        return 1
    # A width counts digits; letters are narrower, which makes up for what wrapping at words leaves empty.
    if "\n" not in text:
        return max(1, -(-len(text) // width))
    return sum(max(1, -(-len(line) // width)) for line in text.split("\n"))


def height(lines: int) -> str:
    """The height of a row that needs one: Excel would find it when it opens the file, other programs do not."""
    return f' ht="{min(lines * _LINE, _TALLEST)}"' if lines > 1 else ""


def _fitting(text: str) -> str:
    """``text``, cut to what one cell takes; Excel counts UTF-16 units."""
    if len(text) <= MAX_CHARACTERS // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_CHARACTERS:
        return text
    return units[: 2 * (MAX_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"
