"""Tracked changes settled: found, and accepted, as a person would before a document is worked on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jdgen.word.paragraphs import CELL, FALLBACK, ROW, TABLE, P
from jdgen.word.xml import Element, W, parent_of, remove
from jdgen.words import counted

_PUT_IN = (f"{W}ins", f"{W}moveTo")
_TAKEN_OUT = (f"{W}del", f"{W}moveFrom")
_LOOKS = ("rPrChange", "pPrChange", "tblPrChange", "tblPrExChange", "tblGridChange", "trPrChange", "tcPrChange")
_OTHERS = tuple(f"{W}{name}" for name in (*_LOOKS, "sectPrChange", "numberingChange", "cellMerge"))
_CELLS = (f"{W}cellIns", f"{W}cellDel")
_RANGES = tuple(f"{W}move{way}Range{end}" for way in ("From", "To") for end in ("Start", "End"))
_ALL = (*_PUT_IN, *_TAKEN_OUT, *_OTHERS, *_CELLS)


def pending(tree: Element) -> int:
    """How many tracked changes there are in ``tree`` that nobody has accepted or rejected; those in the two forms of a
    text box are counted once."""
    copies = {node for old in tree.iter(FALLBACK) for node in old.iter(*_ALL)}
    return sum(1 for node in tree.iter(*_ALL) if node not in copies)


def pending_in_words(tree: Element) -> str:
    """What is said of a document with the text ``tree`` that has such changes; '' of one that has none."""
    count = pending(tree)
    return f"has {counted(count, 'tracked change')} that nobody has accepted or rejected" if count else ""


def accept_all(tree: Element) -> Mapping[Element, Element]:
    """Accept every tracked change of the part ``tree``.

    The answer tells in which paragraph what was in one that is no longer there stands now.
    """
    _accept_rows(tree)
    ended = [paragraph for paragraph in tree.iter(P) if _has_mark(paragraph, _TAKEN_OUT)]
    for mark in list(tree.iter(*_TAKEN_OUT)):
        remove(mark)
    for mark in list(tree.iter(*_PUT_IN)):
        unwrap(mark)
    joined: dict[Element, Element] = {}
    for paragraph in reversed(ended):
        following = paragraph.getnext()
        join_with_next(paragraph)
        if following is not None and following.tag == P:
            joined[paragraph] = following
    for mark in list(tree.iter(*_OTHERS, *_RANGES, *_CELLS)):
        remove(mark)
    return joined


def _accept_rows(tree: Element) -> None:
    for row in list(tree.iter(ROW)):
        if row.find(f"{W}trPr/{W}del") is not None:
            remove_row(row)
    for cell in [cell for cell in tree.iter(CELL) if cell.find(f"{W}tcPr/{W}cellDel") is not None]:
        remove(cell)


def _has_mark(paragraph: Element, tags: tuple[str, ...]) -> bool:
    return any(paragraph.find(f"{W}pPr/{W}rPr/{tag}") is not None for tag in tags)


def remove_row(row: Element) -> None:
    """Take a row out, and the table with it where it was the last."""
    table = parent_of(row)
    remove(row)
    if table.tag == TABLE and table.find(f".//{ROW}") is None:
        remove(table)


def join_with_next(paragraph: Element) -> None:
    """Take the end of a paragraph away: its content begins the next one, whose looks stay; alone it goes as a whole."""
    following = paragraph.getnext()
    if following is None or following.tag != P:
        is_last = following is None or following.tag == f"{W}sectPr"
        if not is_last and not list(content_of(paragraph)):
            remove(paragraph)
        return
    place = 1 if following.find(f"{W}pPr") is not None else 0
    for node in reversed(list(content_of(paragraph))):
        following.insert(place, node)
    remove(paragraph)


def content_of(paragraph: Element) -> Iterator[Element]:
    """What is in a paragraph besides its properties."""
    return (node for node in paragraph if node.tag != f"{W}pPr")


def unwrap(mark: Element) -> None:
    """Put what is in ``mark`` in its place."""
    parent = parent_of(mark)
    place = parent.index(mark)
    for node in reversed(list(mark)):
        parent.insert(place + 1, node)
    parent.remove(mark)
