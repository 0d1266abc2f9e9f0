"""Tracked changes settled: found, and accepted, as a person would before a document is worked on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jdgen.revision.obstacles import FALLBACK
from jdgen.word.xml import W

_PUT_IN = (f"{W}ins", f"{W}moveTo")
_TAKEN_OUT = (f"{W}del", f"{W}moveFrom")
_LOOKS = ("rPrChange", "pPrChange", "tblPrChange", "tblPrExChange", "tblGridChange", "trPrChange", "tcPrChange")
_OTHERS = tuple(f"{W}{name}" for name in (*_LOOKS, "sectPrChange", "numberingChange", "cellMerge"))
_CELLS = (f"{W}cellIns", f"{W}cellDel")
_RANGES = tuple(f"{W}move{way}Range{end}" for way in ("From", "To") for end in ("Start", "End"))
_ALL = (*_PUT_IN, *_TAKEN_OUT, *_OTHERS, *_CELLS)


def pending(tree: Any) -> int:
    """How many tracked changes there are in ``tree`` that nobody has accepted or rejected; those in the two forms of a
    text box are counted once."""
    copies = {node for old in tree.iter(FALLBACK) for node in old.iter(*_ALL)}
    return sum(1 for node in tree.iter(*_ALL) if node not in copies)


def accept_all(tree: Any) -> None:
    """Accept every tracked change of the part ``tree``."""
    _accept_rows(tree)
    ended = [paragraph for paragraph in tree.iter(f"{W}p") if _has_mark(paragraph, _TAKEN_OUT)]
    for mark in list(tree.iter(*_TAKEN_OUT)):
        remove(mark)
    for mark in list(tree.iter(*_PUT_IN)):
        unwrap(mark)
    for paragraph in reversed(ended):
        join_with_next(paragraph)
    for mark in list(tree.iter(*_OTHERS, *_RANGES, *_CELLS)):
        remove(mark)


def _accept_rows(tree: Any) -> None:
    for row in list(tree.iter(f"{W}tr")):
        if any(mark.getparent().tag == f"{W}trPr" for mark in row.iterfind(f"{W}trPr/{W}del")):
            remove_row(row)
    for cell in [mark.getparent().getparent() for mark in tree.iter(f"{W}cellDel")]:
        remove(cell)


def _has_mark(paragraph: Any, tags: tuple[str, ...]) -> bool:
    return any(paragraph.find(f"{W}pPr/{W}rPr/{tag}") is not None for tag in tags)


def remove_row(row: Any) -> None:
    """Take a row out, and the table with it where it was the last."""
    table = row.getparent()
    remove(row)
    if table.tag == f"{W}tbl" and table.find(f".//{W}tr") is None:
        remove(table)


def join_with_next(paragraph: Any) -> None:
    """Take the end of a paragraph away: its content begins the next one, whose looks stay; alone it goes as a whole."""
    following = paragraph.getnext()
    if following is None or following.tag != f"{W}p":
        is_last = following is None or following.tag == f"{W}sectPr"
        if not is_last and not list(content_of(paragraph)):
            remove(paragraph)
        return
    place = 1 if following.find(f"{W}pPr") is not None else 0
    for node in reversed(list(content_of(paragraph))):
        following.insert(place, node)
    remove(paragraph)


def content_of(paragraph: Any) -> Iterator[Any]:
    """What is in a paragraph besides its properties."""
    return (node for node in paragraph if node.tag != f"{W}pPr")


def unwrap(mark: Any) -> None:
    """Put what is in ``mark`` in its place."""
    parent = mark.getparent()
    place = parent.index(mark)
    for node in reversed(list(mark)):
        parent.insert(place + 1, node)
    parent.remove(mark)


def remove(node: Any) -> None:
    """Take ``node`` out of its parent."""
    if (parent := node.getparent()) is not None:
        parent.remove(node)
