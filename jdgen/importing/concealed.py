"""What a workbook has and does not plainly show: hidden sheets, rows and columns, and texts that are struck through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, fromstring, iterparse

from jdgen.sheets.workbook_strings import in_turn, local_name

_ON = ("1", "true")
#: A row lower than this (in points), or a column narrower (in digits), shows nothing.
_SHOWN = 0.5
#: A worksheet has so many columns; a range of hidden ones reaches to the last where nobody has narrowed it.
_LAST_COLUMN = 16_384


@dataclass(frozen=True)
class Concealed:
    """Rows and columns (from 0) that a worksheet hides, and the cells that are struck through, each with the text in
    it that is not."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    struck: Mapping[tuple[int, int], str] | None = None


def hidden_sheets(book: Any) -> frozenset[str]:
    """The names of the sheets that an open workbook hides."""
    part = _part(book, "workbook.xml")
    if part is None:
        return frozenset()
    sheets = (one for one in fromstring(book._archive.read(part)).iter() if local_name(one) == "sheet")
    return frozenset(one.get("name", "") for one in sheets if one.get("state", "visible") != "visible")


def struck_strings(book: Any) -> dict[int, str]:
    """The numbers of those strings of an open workbook of which some is struck through, each with the text that is
    not."""
    part = _part(book, "sharedstrings.xml")
    if part is None:
        return {}
    with book._archive.open(part) as stream:
        strings = enumerate(one for one in in_turn(stream) if local_name(one) == "si")
        return {number: left for number, one in strings if (left := _unstruck(one)) is not None}


def _part(book: Any, name: str) -> str | None:
    return next((one for one in book._archive.namelist() if one.rpartition("/")[2].lower() == name), None)


def concealed_in(book: Any, part: str, strings: Mapping[int, str]) -> Concealed:
    """What the worksheet at ``part`` of an open workbook conceals. ``strings`` are the struck ones."""
    fonts = [bool(font.strike) for font in book._fonts]
    styles = [style.fontId < len(fonts) and fonts[style.fontId] for style in book._cell_styles]
    rows: set[int] = set()
    struck: dict[tuple[int, int], str] = {}
    with book._archive.open(part) as stream:
        columns = frozenset(_hidden_columns(stream))
    number = 0
    with book._archive.open(part) as stream:
        for element in in_turn(stream):
            if local_name(element) != "row":
                continue
            number = int(element.get("r") or number + 1)
            if _is_hidden(element, "ht"):
                rows.add(number - 1)
            struck |= {(number - 1, column): text for column, text in _struck_cells(element, styles, strings)}
    return Concealed(frozenset(rows), columns, struck)


def _hidden_columns(stream: Any) -> Iterator[int]:
    for _, element in iterparse(stream, ("start",)):
        name = local_name(element)
        if name == "sheetData":
            return
        if name == "col" and _is_hidden(element, "width"):
            last = min(int(element.get("max", "0")), _LAST_COLUMN)
            yield from range(int(element.get("min", "1")) - 1, last)


def _is_hidden(element: Element, size: str) -> bool:
    """Whether a row or column is hidden, or so small that nothing of it is shown."""
    return element.get("hidden", "") in _ON or float(element.get(size) or 1) < _SHOWN


def _struck_cells(row: Element, styles: list[bool], strings: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """The struck cells of a row, each by its column, with the text in it that is not struck."""
    column = -1
    for cell in row:
        column = _column(cell.get("r", ""), column + 1)
        style = int(cell.get("s") or 0)
        inline = next((child for child in cell if local_name(child) == "is"), None)
        left = _unstruck(inline) if inline is not None else None
        if cell.get("t") == "s":
            value = next((child.text for child in cell if local_name(child) == "v"), None)
            left = strings.get(int(value)) if value else None
        if left is not None:
            yield column, left
        elif style < len(styles) and styles[style]:
            yield column, ""


def _column(reference: str, otherwise: int) -> int:
    letters = reference.rstrip("0123456789").upper()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1 if letters else otherwise


def _unstruck(string: Element) -> str | None:
    """The text of a string whose runs are not struck through; nothing where none of them is."""
    kept: list[str] = []
    is_any = False
    for run in string:
        texts = [run] if local_name(run) == "t" else [one for one in run if local_name(one) == "t"]
        if local_name(run) == "r" and _is_struck(run):
            is_any = is_any or any((one.text or "").strip() for one in texts)
        elif local_name(run) in ("r", "t"):
            kept += [one.text or "" for one in texts]
    return "".join(kept) if is_any else None


def _is_struck(run: Element) -> bool:
    return any(
        local_name(mark) == "strike" and mark.get("val", "1") in _ON
        for properties in run
        if local_name(properties) == "rPr"
        for mark in properties
    )
