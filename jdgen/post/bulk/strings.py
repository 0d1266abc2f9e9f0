"""Reading a workbook's strings, where openpyxl's own reading is slow and not exact.

openpyxl drops ``x005F_`` wherever it stands, so that a text which only looks like an escape cannot be told from
one, and makes an object with a dozen properties of each string.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import IO, Any
from xml.etree.ElementTree import Element, iterparse

from jdgen.opc.bounds import MEGABYTE, TooLargeError
from jdgen.post.bulk.cells import number_text
from jdgen.post.bulk.number_formats import GENERAL, shown_number
from jdgen.post.bulk.sheet import Lost

#: Bytes of memory that a workbook's strings may take.
_MAX_STRINGS = 85 * MEGABYTE


def load_values(content: IO[bytes]) -> Any:
    """openpyxl's read-only workbook with the stored results of formulas, and its strings as the file has them."""
    # Slow to import, and one post from options or YAML needs none of it.
    from openpyxl.reader.excel import ExcelReader  # noqa: PLC0415
    from openpyxl.xml.constants import SHARED_STRINGS  # noqa: PLC0415

    class Reader(ExcelReader):
        def read_strings(self) -> None:
            package: Any = self.package  # the stubs leave its methods untyped
            part = package.find(SHARED_STRINGS)
            if part is not None:
                with self.archive.open(part.PartName.lstrip("/")) as stream:
                    self.shared_strings = list(shared_strings(stream))

    reader = Reader(content, read_only=True, data_only=True, keep_links=False)
    reader.read()
    return reader.wb


def numbered_rows(worksheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """The rows of a worksheet of :func:`load_values`, each with its number and its values up to the last cell that it
    has. What size the sheet claims to have is not believed."""
    from openpyxl.worksheet._reader import INLINE_STRING, WorkSheetParser  # noqa: PLC0415  # see above

    class Parser(WorkSheetParser):  # type: ignore[misc, unused-ignore]  # the stubs leave it untyped
        def parse_cell(self, element: Element) -> dict[str, Any]:
            inline = element.find(INLINE_STRING)
            if inline is not None:
                element.remove(inline)
            cell: dict[str, Any] = super().parse_cell(element)
            return cell if inline is None else cell | {"value": "".join(_texts(inline))}

    book = worksheet.parent
    codes = _number_codes(book)
    with worksheet._get_source() as source:
        parser: Any = Parser(
            source,
            worksheet._shared_strings,
            data_only=book.data_only,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, cells in parser.parse():
            values = [None] * max((cell["column"] for cell in cells), default=0)
            for cell in cells:
                value = cell["value"]
                if cell["style_id"] and type(value) in (int, float):
                    value = _as_shown(value, codes[cell["style_id"]])
                values[cell["column"] - 1] = value
            yield number, values


def _number_codes(book: Any) -> Mapping[int, str]:
    """The number format of each style of a workbook."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE  # noqa: PLC0415  # see above

    own = dict(enumerate(book._number_formats, BUILTIN_FORMATS_MAX_SIZE))
    codes = enumerate(own.get(style.numFmtId, BUILTIN_FORMATS.get(style.numFmtId, "")) for style in book._cell_styles)
    return defaultdict(str, codes)


def _as_shown(number: float, code: str) -> Any:
    """A number as its cell shows it, since that is what its writer has seen."""
    if code == GENERAL:
        return number
    shown = shown_number(number, code)
    if shown is not None:
        return shown
    what = f"holds the number {number_text(number)} in a format of which jdgen does not know what it shows ('{code}')"
    return Lost(what, "format the cell as Text, and type what is meant")


def shared_strings(stream: IO[bytes]) -> Iterator[str]:
    """The strings in their order. Runs of formatted text are joined; phonetic guides are no part of the text."""
    size = 0
    for element in in_turn(stream):
        if _local(element) == "si":
            text = "".join(_texts(element))
            size += sys.getsizeof(text)
            if size > _MAX_STRINGS:
                raise TooLargeError
            yield text


def in_turn(stream: IO[bytes]) -> Iterator[Element]:
    """The rows of a worksheet, or the strings of a table, one by one; what has been given is dropped."""
    above: list[Element] = []
    for event, element in iterparse(stream, ("start", "end")):
        if event == "start":
            above.append(element)
            continue
        above.pop()
        if _local(element) in ("row", "si"):
            yield element
            # An element that is only cleared would stay where it is, empty, among millions.
            (above[-1] if above else element).clear()


def _texts(string: Element) -> Iterator[str]:
    for child in string:
        match _local(child):
            case "t":
                yield child.text or ""
            case "r":
                yield from (part.text or "" for part in child if _local(part) == "t")


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
