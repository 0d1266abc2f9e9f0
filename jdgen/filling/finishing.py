"""What is done to a filled part: read strictly, mended where docxtpl leaves Word something unreadable, and
prompts made visible."""

from __future__ import annotations

import copy
import re
from typing import Any

from lxml import etree

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_NAMESPACE}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PROMPT = re.compile(r"(\[To complete: [^\]]*\])")
_STYLE = "Prompt"


def finished(content: bytes, styles: bytes) -> bytes:
    """The filled part, finished. Raises ``lxml.etree.XMLSyntaxError`` when it is not well-formed: docxtpl
    would go on and lose the rest of the document."""
    tree = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    _drop_empty_tables(tree)
    _close_cells(tree)
    _mark_prompts(tree, has_style=f'w:styleId="{_STYLE}"'.encode() in styles)
    written: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _drop_empty_tables(tree: Any) -> None:
    """A loop over nothing leaves a table without rows, which Word refuses to open."""
    for table in list(tree.iter(f"{_W}tbl")):
        if table.find(f"{_W}tr") is None:
            table.getparent().remove(table)


def _close_cells(tree: Any) -> None:
    """A cell must end in a paragraph; ``{%p if %}`` can take the last one out of it."""
    for cell in tree.iter(f"{_W}tc"):
        if len(cell) == 0 or cell[-1].tag != f"{_W}p":
            etree.SubElement(cell, f"{_W}p")


def _mark_prompts(tree: Any, has_style: bool) -> None:
    """Each prompt becomes a run of its own in the template's Prompt style, or highlighted where it has none."""
    for run in [text.getparent() for text in tree.iter(f"{_W}t") if text.text and _PROMPT.search(text.text)]:
        if run.tag == f"{_W}r" and len(run.findall(f"{_W}t")) == 1:
            for piece in _pieces(run, has_style):
                run.addprevious(piece)
            run.getparent().remove(run)


def _pieces(run: Any, has_style: bool) -> list[Any]:
    pieces = []
    text = run.find(f"{_W}t").text
    for part in filter(None, _PROMPT.split(text)):
        piece = copy.deepcopy(run)
        written = piece.find(f"{_W}t")
        written.text = part
        written.set(_SPACE, "preserve")
        if _PROMPT.fullmatch(part):
            _make_visible(piece, has_style)
        pieces.append(piece)
    return pieces


def _make_visible(run: Any, has_style: bool) -> None:
    properties = run.find(f"{_W}rPr")
    if properties is None:
        properties = etree.Element(f"{_W}rPr")
        run.insert(0, properties)
    if has_style:
        for style in properties.findall(f"{_W}rStyle"):
            properties.remove(style)
        style = etree.Element(f"{_W}rStyle")
        style.set(f"{_W}val", _STYLE)
        properties.insert(0, style)
    elif properties.find(f"{_W}highlight") is None:
        etree.SubElement(properties, f"{_W}highlight").set(f"{_W}val", "yellow")
