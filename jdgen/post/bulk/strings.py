"""Reading a workbook's shared strings, where openpyxl's own reading is slow and not exact.

openpyxl drops ``x005F_`` wherever it stands, so that a text which only looks like an escape cannot be told from
one, and makes an object with a dozen properties of each string.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any
from xml.etree.ElementTree import Element, iterparse


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


def shared_strings(stream: IO[bytes]) -> Iterator[str]:
    """The strings in their order. Runs of formatted text are joined; phonetic guides are no part of the text."""
    for _, element in iterparse(stream):
        if _local(element) == "si":
            yield "".join(_texts(element))
            element.clear()


def _texts(string: Element) -> Iterator[str]:
    for child in string:
        match _local(child):
            case "t":
                yield child.text or ""
            case "r":
                yield from (part.text or "" for part in child if _local(part) == "t")


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
