"""Anchors set anew: each block's hidden bookmark round the paragraph where the block stands now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from jdgen.filling.anchors import ANCHOR, anchor_name
from jdgen.revision.redline.marks import Marker
from jdgen.word_file.parsing import W

_START, _END = f"{W}bookmarkStart", f"{W}bookmarkEnd"


def anchor_anew(tree: Any, placed: Mapping[str, Any], marker: Marker) -> None:
    """Take all anchors of jdgen's out of ``tree`` and put one round each paragraph of ``placed``, by its block's id.

    Word processors leave anchors behind in other paragraphs, so that those that are there are not to be kept.
    """
    stale = [mark for mark in tree.iter(_START) if mark.get(f"{W}name", "").startswith(ANCHOR)]
    numbers = {mark.get(f"{W}id") for mark in stale}
    others = {mark.get(f"{W}id") for mark in tree.iter(_START)} - numbers
    stale += [mark for mark in tree.iter(_END) if mark.get(f"{W}id") in numbers - others]
    for mark in stale:
        mark.getparent().remove(mark)
    for block_id, paragraph in placed.items():
        _anchor(paragraph, anchor_name(block_id), marker.id())


def _anchor(paragraph: Any, name: str, number: str) -> None:
    start, end = etree.Element(_START), etree.Element(_END)
    for mark in (start, end):
        mark.set(f"{W}id", number)
    start.set(f"{W}name", name)
    paragraph.insert(1 if paragraph.find(f"{W}pPr") is not None else 0, start)
    paragraph.append(end)
