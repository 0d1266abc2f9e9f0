"""Frameworks as Word files, whose tables state how far each cell reaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from jdgen.bands import AFC
from jdgen.framework.markup import LIST_MARKS
from jdgen.importing.grid import Cell, Grid, Place, Prose, Publication
from jdgen.importing.transcript import MAX_ROWS, transcribed
from jdgen.scales import Scale
from jdgen.word_file.package import open_package
from jdgen.word_file.parsing import W, parsed

_SPACES = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-"}
_PROPERTIES = {f"{W}tr": "trPr", f"{W}tc": "tcPr"}
#: Text that somebody deleted with tracking on, and the older of two forms of one drawing.
_UNREAD = frozenset(
    {f"{W}del", f"{W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)


def read_word(content: bytes, name: str, scale: Scale = AFC) -> Publication:
    """The publication in a Word file. Raises :class:`JdgenError` for what is no Word file, or is built to harm."""
    parts = open_package(content, name)
    body = parsed(parts["word/document.xml"]).find(f"{W}body")
    listed = _list_styles(parts.get("word/styles.xml", b""))
    return transcribed(name, list(_blocks(body, listed)), scale)


def _list_styles(content: bytes) -> frozenset[str]:
    """The ids of paragraph styles that number or mark their paragraphs, by themselves or by what they are based on."""
    if not content:
        return frozenset()
    styles = {style.get(f"{W}styleId", ""): style for style in parsed(content).iter(f"{W}style")}
    listed = {name for name, style in styles.items() if style.find(f"{W}pPr/{W}numPr") is not None}
    for _ in styles:
        based = {name for name, style in styles.items() if _value(style, "basedOn") in listed}
        if based <= listed:
            break
        listed |= based
    return frozenset(listed)


def _blocks(body: Any, listed: frozenset[str]) -> Iterator[Grid | Prose]:
    tables = paragraphs = 0
    for element in _children(body, (f"{W}p", f"{W}tbl")):
        if element.tag == f"{W}tbl":
            tables += 1
            yield _grid(element, f"table {tables}", listed)
        else:
            paragraphs += 1
            if text := _text(element, listed):
                place = f"paragraph {paragraphs}"
                yield Prose(text, Place("", place, "", place))


def _children(parent: Any, tags: tuple[str, ...]) -> Iterator[Any]:
    """The nearest descendants of these kinds: content controls and the like may stand between."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _UNREAD:
            yield from _children(child, tags)


def _grid(table: Any, page: str, listed: frozenset[str]) -> Grid:
    found: list[Cell] = []
    above: dict[int, int] = {}
    # One row more than a table may have, so that it is refused without being read.
    for row, element in enumerate(islice(_children(table, (f"{W}tr",)), MAX_ROWS + 1)):
        column = _number(element, "gridBefore", 0)
        open_cells: dict[int, int] = {}
        for number, cell in enumerate(_children(element, (f"{W}tc",)), 1):
            columns = max(1, _number(cell, "gridSpan", 1))
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None and merge.get(f"{W}val", "continue") == "continue" and column in above:
                open_cells[column] = above[column]
                found[above[column]] = _longer(found[above[column]], _texts(cell, listed))
            else:
                if merge is not None:
                    open_cells[column] = len(found)
                place = Place(page, f"row {row + 1}", f"cell {number}", f"{page}, row {row + 1}, cell {number}")
                texts = _texts(cell, listed)
                found.append(Cell(row, column, " ".join(texts), place, columns=columns, paragraphs=len(texts)))
            column += columns
        above = open_cells
    return Grid(tuple(found))


def _longer(cell: Cell, below: list[str]) -> Cell:
    """``cell`` with one row more. Word shows only the first cell's text, but another program may have left some."""
    return replace(cell, rows=cell.rows + 1, text=" ".join([cell.text, *below]).strip())


def _number(element: Any, name: str, otherwise: int) -> int:
    written = _value(element, f"{_PROPERTIES[element.tag]}/{name}")
    # A table has at most 63 columns; more would only take memory.
    return min(int(written), 63) if written.isdecimal() else otherwise


def _texts(cell: Any, listed: frozenset[str]) -> list[str]:
    return [text for paragraph in cell.iter(f"{W}p") if (text := _text(paragraph, listed))]


def _text(paragraph: Any, listed: frozenset[str]) -> str:
    """The text of a paragraph, with a list mark before it where Word shows one."""
    text = " ".join("".join(_pieces(paragraph)).split())
    number = paragraph.find(f"{W}pPr/{W}numPr")
    marked = _value(number, "numId") != "0" if number is not None else _value(paragraph, "pPr/pStyle") in listed
    return f"{LIST_MARKS[0]} {text}" if text and marked and not text.startswith(tuple(LIST_MARKS)) else text


def _value(element: Any, path: str) -> str:
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return str(found.get(f"{W}val", "")) if found is not None else ""


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _SPACES:
            yield _SPACES[child.tag]
        elif isinstance(child.tag, str) and child.tag not in _UNREAD and child.tag != f"{W}p":
            yield from _pieces(child)
