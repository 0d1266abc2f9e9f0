"""Ids that must be the only ones of their kind in a document, where a loop prints them once a turn or a part copies
another's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jdgen.filling.mending.blocks import branches_of
from jdgen.word_file.parsing import W, document, parsed

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_WP14 = "{http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing}"
# All optional: Word gives new ones when it saves. They tell co-authors' paragraphs and drawings apart.
_OPTIONAL = (f"{_W14}paraId", f"{_W14}textId", f"{_WP14}anchorId", f"{_WP14}editId")
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_PRINTED_ID = re.compile(r'(<wp:docPr [^>]*?\bid=")\d+(")')
#: The first number of drawings that are printed; a template's other parts have those below.
FIRST_PRINTED_DRAWING = 1001


def drop_repeated_ids(tree: Any) -> None:
    """Drop the ids that a part's loops would print once a turn; Word gives new ones. Drawings are numbered in print."""
    for element, branch in branches_of(tree).items():
        if branch is not None and branch.repeats:
            for name in _OPTIONAL:
                element.attrib.pop(name, None)
            if element.tag == f"{W}id" and element.getparent().tag == f"{W}sdtPr":
                element.getparent().remove(element)


def with_drawings_numbered(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """``parts`` with a number of its own, below those of print, for every drawing, if they have not got one."""
    trees = {name: parsed(content) for name, content in parts.items() if _holds_drawings(name, content)}
    drawings = [drawing for tree in trees.values() for drawing in tree.iter(_DRAWING)]
    numbers = [drawing.get("id", "") for drawing in drawings]
    if len(numbers) == len(set(numbers)) and all(_is_low(number) for number in numbers):
        return dict(parts)
    for number, drawing in enumerate(drawings, 1):
        drawing.set("id", str(number))
    return {**parts, **{name: document(tree) for name, tree in trees.items()}}


def _holds_drawings(name: str, content: bytes) -> bool:
    return name.startswith("word/") and name.endswith(".xml") and b"docPr" in content


def _is_low(number: str) -> bool:
    return number.isdecimal() and int(number) < FIRST_PRINTED_DRAWING


def renumbered(xml: str, numbers: Iterator[int]) -> str:
    """The filled part ``xml`` with the next of ``numbers`` for each drawing."""
    return _PRINTED_ID.sub(lambda found: f"{found[1]}{next(numbers)}{found[2]}", xml)
