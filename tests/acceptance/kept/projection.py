"""Files as text that a person can compare: Word files with their tracked changes, pages, workbooks, archives.

Nothing of jdgen is used. What holds the record (custom XML and custom properties, bookmarks) is left out: it will have
another form one day, and the text around it is to stay.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import openpyxl
from lxml import etree, html

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARKS = {"ins": "+", "del": "-", "moveTo": ">", "moveFrom": "<"}
_CHANGES = ("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "numberingChange")


def parts_of(content: bytes) -> dict[str, bytes]:
    """Every part of a Word file, in the order in which they lie in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def is_of_the_record(part: str) -> bool:
    return part.startswith("customXml/") or part == "docProps/custom.xml"


def document_text(content: bytes) -> str:
    """All paragraphs of all parts, with who changed what in them; of a part without paragraphs, its texts or digest."""
    lines: list[str] = []
    for name, part in sorted(parts_of(content).items()):
        if is_of_the_record(name) or name == "[Content_Types].xml" or name.endswith(".rels"):
            continue
        lines.append(name)
        if not name.endswith(".xml"):
            lines.append(f"  sha256 {digest(part)}")
            continue
        tree = etree.fromstring(part)
        if next(tree.iter(f"{_W}p"), None) is not None:
            lines += _paragraphs(tree)
        elif name.startswith("docProps/"):
            lines += [
                f"  {etree.QName(element).localname}: {element.text}" for element in tree.iter("{*}*") if element.text
            ]
    return "\n".join(lines) + "\n"


def _paragraphs(tree: Any) -> Iterator[str]:
    for element in tree.iter(f"{_W}p", f"{_W}tbl", f"{_W}tr", f"{_W}comment"):
        depth = "  " * (1 + sum(1 for _ in element.iterancestors(f"{_W}tbl")))
        kind = etree.QName(element).localname
        if kind == "tbl":
            yield f"{depth}table"
        elif kind == "tr":
            yield f"{depth}row{_marks(element.find(f'{_W}trPr'))}"
        elif kind == "comment":
            yield f"{depth}comment {element.get(f'{_W}id')} by {element.get(f'{_W}author')}"
        else:
            yield f"{depth}{_paragraph(element)}".rstrip()


def _paragraph(paragraph: Any) -> str:
    properties = paragraph.find(f"{_W}pPr")
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    number = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
    head = "" if style is None else style.get(f"{_W}val")
    head += "" if number is None else f" list {number.get(f'{_W}val')}"
    mark = _marks(paragraph.find(f"{_W}pPr/{_W}rPr"))
    format_mark = "{format}" if properties is not None and properties.find(f"{_W}pPrChange") is not None else ""
    return f"[{head}{mark}{format_mark}] {''.join(_pieces(paragraph))}"


def _marks(properties: Any) -> str:
    """Whether the paragraph's end or the row was put in, taken out or moved, and by whom."""
    if properties is None:
        return ""
    return "".join(
        f" {sign}{mark.get(f'{_W}author')} {mark.get(f'{_W}date')}"
        for kind, sign in _MARKS.items()
        if (mark := properties.find(f"{_W}{kind}")) is not None
    )


def _pieces(element: Any) -> Iterator[str]:
    for child in element.iterchildren("{*}*"):
        kind = etree.QName(child).localname
        if kind in _MARKS:
            yield f"{{{_MARKS[kind]}{child.get(f'{_W}author')}: {''.join(_pieces(child))}{_MARKS[kind]}}}"
        elif kind in ("t", "delText", "instrText"):
            yield child.text or ""
        elif kind in ("tab", "br", "noBreakHyphen"):
            yield {"tab": "⇥", "br": "⏎", "noBreakHyphen": "‑"}[kind]
        elif kind in ("commentReference", "footnoteReference"):
            yield f"{{{kind} {child.get(f'{_W}id')}}}"
        elif kind == "drawing":
            described = [drawing.get("descr") or drawing.get("name") for drawing in child.iter("{*}docPr")]
            yield f"{{drawing {', '.join(filter(None, described))}}}"
        elif kind == "rPr" and any(child.find(f"{_W}{change}") is not None for change in _CHANGES):
            yield "{format}"
        elif kind not in ("p", "pPr", "rPr", "sdtPr"):
            yield from _pieces(child)


def file_lines(name: str, content: bytes) -> Iterator[str]:
    """What is in a file that jdgen wrote: of a Word file a digest of its text, of another its text."""
    parts = parts_of(content) if content.startswith(b"PK") else {}
    if "word/document.xml" in parts:
        yield f"text {digest(document_text(content).encode())[:16]}"
    elif "xl/workbook.xml" in parts:
        yield from _cells(content)
    elif parts:
        for entry, inside in parts.items():
            yield entry
            yield from (f"  {line}" for line in file_lines(entry, inside))
    elif PurePosixPath(name).suffix == ".html":
        yield from _page(content)
    else:
        yield from content.decode("utf-8", "replace").splitlines()


def _cells(content: bytes) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        yield f"sheet {sheet.title}"
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            link = f" -> {cell.hyperlink.target or cell.hyperlink.location}" if cell.hyperlink else ""
            # The only numbers that jdgen writes with thousandths are times.
            value = "<time>" if cell.data_type == "n" and cell.number_format == "0.000" else str(cell.value)
            yield f"  {cell.coordinate}: {value!r}{link}"


def _page(content: bytes) -> Iterator[str]:
    """Every element of a page that has text of its own, with its classes and where it leads to."""
    for element in html.fromstring(content).iter("*"):
        text = " ".join("".join([element.text or "", *(child.tail or "" for child in element)]).split())
        led = element.get("href") or element.get("id") or ""
        if element.tag not in ("style", "script") and (text or led):
            kind = ".".join([element.tag, *(element.get("class") or "").split()])
            yield f"{kind}{f' ({led})' if led else ''} {text}"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def digests(parts: Mapping[str, bytes]) -> dict[str, str]:
    return {name: digest(part) for name, part in parts.items()}
