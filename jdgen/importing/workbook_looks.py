"""What a workbook has and does not plainly show: hidden sheets, rows and columns, texts that are struck through,
letters that are signs in their font, comments, and what lies on a sheet."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, fromstring, iterparse

from jdgen.importing.lines import is_font_of_signs
from jdgen.sheets.xlsx_file import corners
from jdgen.sheets.xlsx_strings import in_turn, local_name, string_text, struck_styles, unstruck

_ON = ("1", "true")
#: A row lower than this (in points), or a column narrower (in digits), shows nothing.
_LEAST_SEEN = 0.5
#: A worksheet has so many columns; a range of hidden ones reaches to the last where nobody has narrowed it.
_LAST_COLUMN = 16_384


@dataclass(frozen=True)
class Concealed:
    """Rows and columns (from 0) that a worksheet hides; the cells that are struck through, each with the text in it
    that is not; those in a font of signs, each with its font; those with runs of their own, each with its text; and how
    each cell with a text looks."""

    rows: frozenset[int]
    columns: frozenset[int]
    struck: Mapping[tuple[int, int], str]
    signs: Mapping[tuple[int, int], str]
    formatted: Mapping[tuple[int, int], str]
    looks: Mapping[tuple[int, int], str]


def hidden_sheets(book: Any) -> frozenset[str]:
    """The names of the sheets that an open workbook hides."""
    part = _part_called(book, "workbook.xml")
    if part is None:
        return frozenset()
    sheets = (element for element in fromstring(book._archive.read(part)).iter() if local_name(element) == "sheet")
    return frozenset(sheet.get("name", "") for sheet in sheets if sheet.get("state", "visible") != "visible")


class SharedStrings(NamedTuple):
    """What is told of strings that cells share, by their numbers: of those of which some is struck through, the text
    that is not; of those in a font of signs, the font."""

    struck: Mapping[int, str]
    signs: Mapping[int, str]


def shared_strings(book: Any) -> SharedStrings:
    """What is told of the shared strings of an open workbook."""
    part = _part_called(book, "sharedstrings.xml")
    if part is None:
        return SharedStrings({}, {})
    struck: dict[int, str] = {}
    signs: dict[int, str] = {}
    with book._archive.open(part) as stream:
        for number, string in enumerate(string for string in in_turn(stream) if local_name(string) == "si"):
            if (rest := unstruck(string)) is not None:
                struck[number] = rest
            if is_font_of_signs(font := _font_of_run(string)):
                signs[number] = font
    return SharedStrings(struck, signs)


def _font_of_run(string: Element) -> str:
    """The font of a string that is one run, where that names one."""
    runs = [child for child in string if local_name(child) in ("r", "t")]
    names = [element.get("val", "") for run in runs for element in run.iter() if local_name(element) == "rFont"]
    return names[0] if len(runs) == len(names) == 1 else ""


def _part_called(book: Any, name: str) -> str | None:
    return next((part for part in book._archive.namelist() if part.rpartition("/")[2].lower() == name), None)


def concealed_in(book: Any, part: str, strings: SharedStrings) -> Concealed:
    """What the worksheet at ``part`` of an open workbook conceals, whose cells have these ``strings``."""
    styles = struck_styles(book)
    names = [str(font.name or "") for font in book._fonts]
    of_signs = {
        number: names[style.fontId]
        for number, style in enumerate(book._cell_styles)
        if style.fontId < len(names) and is_font_of_signs(names[style.fontId])
    }
    rows: set[int] = set()
    struck: dict[tuple[int, int], str] = {}
    signs: dict[tuple[int, int], str] = {}
    formatted: dict[tuple[int, int], str] = {}
    looks: dict[tuple[int, int], str] = {}
    of_styles = [_look(book, style) for style in book._cell_styles]
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
            for cell in _written_cells(element):
                if (cell.shared is not None or cell.own_string is not None) and cell.style < len(of_styles):
                    looks[number - 1, cell.column] = of_styles[cell.style]
                if (rest := _text_not_struck(cell, styles, strings.struck)) is not None:
                    struck[number - 1, cell.column] = rest
                if font := _font_of_signs(cell, of_signs, strings.signs):
                    signs[number - 1, cell.column] = font
                if cell.own_string is not None and len(cell.own_string) > 1:
                    formatted[number - 1, cell.column] = string_text(cell.own_string)
    return Concealed(frozenset(rows), columns, struck, signs, formatted, looks)


def _look(book: Any, style: Any) -> str:
    """How cells of a style look: their font and what they are filled with."""
    font = book._fonts[style.fontId] if style.fontId < len(book._fonts) else None
    fill = book._fills[style.fillId] if style.fillId < len(book._fills) else None
    marks = [str(getattr(font, name, "")) for name in ("b", "i", "u", "sz")]
    colours = [getattr(font, "color", None), getattr(fill, "fgColor", None)]
    values = (str(getattr(colour, "value", "")) for colour in colours)
    return " ".join((*marks, str(getattr(fill, "fill_type", "")), *values))


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
    return element.get("hidden", "") in _ON or float(element.get(size) or 1) < _LEAST_SEEN


class _WrittenCell(NamedTuple):
    """A cell as the XML of a worksheet has it: its column (from 0), the number of its style, and its string, by the
    number of one that cells share or of its own."""

    column: int
    style: int
    shared: int | None
    own_string: Element | None


def _written_cells(row: Element) -> Iterator[_WrittenCell]:
    column = -1
    for cell in row:
        column = _column(cell.get("r", ""), column + 1)
        own_string = next((child for child in cell if local_name(child) == "is"), None)
        value = next((child.text for child in cell if local_name(child) == "v"), None)
        shared = int(value) if value and cell.get("t") == "s" else None
        yield _WrittenCell(column, int(cell.get("s") or 0), shared, own_string)


def _text_not_struck(cell: _WrittenCell, styles: Collection[int], strings: Mapping[int, str]) -> str | None:
    """The text in a cell that is not struck through; nothing where none of it is."""
    rest = unstruck(cell.own_string) if cell.own_string is not None else None
    if cell.shared is not None:
        rest = strings.get(cell.shared)
    return "" if rest is None and cell.style in styles else rest


def _font_of_signs(cell: _WrittenCell, fonts: Mapping[int, str], strings: Mapping[int, str]) -> str | None:
    """The font of signs that a cell is in: that of its string, which is among ``strings`` where cells share it, or of
    its style, which is among those of ``fonts``."""
    font = _font_of_run(cell.own_string) if cell.own_string is not None else ""
    if cell.shared is not None:
        font = strings.get(cell.shared, "")
    return font if is_font_of_signs(font) else fonts.get(cell.style)


#: How the type of the part ends that has the comments of a worksheet. Those with answers are in another one, and once
#: more in this, behind a notice for programs that do not know them.
_COMMENTS, _NOTICE_ENDS = "/comments", "Comment:\n"
#: And of the part that has what lies on it.
_DRAWING = "/drawing"


def comments_on(book: Any, part: str) -> Iterator[tuple[int, int, str]]:
    """The comments on the cells of the worksheet at ``part`` of an open workbook: row and column (from 0), and text."""
    for comments in _related_parts(book, part, _COMMENTS):
        for comment in comments.iter():
            if local_name(comment) == "comment" and (reference := comment.get("ref", "")):
                row, _, column, _ = corners(reference)
                yield row - 1, column, _text_of(comment).rpartition(_NOTICE_ENDS)[2].strip()


def drawn_on(book: Any, part: str) -> Iterator[tuple[int, int, str]]:
    """The boxes with text that lie on the worksheet at ``part``, and pictures that are as large as one of a table: row
    and column (from 0), and the text, which no picture has."""
    for drawing in _related_parts(book, part, _DRAWING):
        for anchor in drawing:
            inside = {local_name(element) for element in anchor.iter()}
            row, column, height, width = _extent(anchor)
            text = " ".join(_text_of(anchor).split()) if "txBody" in inside else ""
            if text or ("pic" in inside and height >= _ROWS_OF_TABLE and width >= _COLUMNS_OF_TABLE):
                yield row, column, text


#: The fewest rows and columns of a sheet that a picture of a table lies on, and how large they usually are, in EMU.
_ROWS_OF_TABLE, _COLUMNS_OF_TABLE = 6, 4
_USUAL = {"cx": 609_600, "cy": 190_500}


def _extent(anchor: Any) -> tuple[int, int, int, int]:
    """The first row and column that a drawing lies on, and over how many it reaches."""
    ends: dict[str, int] = {}
    for child in anchor:
        name = local_name(child)
        for coordinate in child if name in ("from", "to") else ():
            ends[f"{name} {local_name(coordinate)}"] = _number(coordinate.text)
        if name == "ext":
            ends |= {
                "width": _number(child.get("cx")) // _USUAL["cx"],
                "height": _number(child.get("cy")) // _USUAL["cy"],
            }
    row, column = ends.get("from row", 0), ends.get("from col", 0)
    height, width = ends.get("to row", row) - row, ends.get("to col", column) - column
    return row, column, ends.get("height", height), ends.get("width", width)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _text_of(element: Any) -> str:
    return "".join(descendant.text or "" for descendant in element.iter() if local_name(descendant) == "t")


def _related_parts(book: Any, part: str, kind: str) -> Iterator[Any]:
    """The parts of a ``kind`` that belong to the worksheet at ``part``."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    relation_elements = fromstring(book._archive.read(relations)) if relations in book._archive.namelist() else ()
    for relation in (relation for relation in relation_elements if relation.get("Type", "").endswith(kind)):
        path = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        yield fromstring(book._archive.read(path))


def _column(reference: str, otherwise: int) -> int:
    letters = reference.rstrip("0123456789").upper()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1 if letters else otherwise
