"""The last paragraph of a cell, of the text, of a header or of a note: its end can neither come nor go.

Word keeps that end whatever is accepted or rejected, and an empty paragraph with it (ECMA-376 part 1, 17.13.5.15 and
17.13.5.20 say of a paragraph whose end goes that it is joined with the one after it). So where paragraphs are put in or
taken out there, it is the end of the one before them that is marked, and the last one stands for it when they are
joined: it has the looks of what is then left.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from lxml import etree

from jdgen.revision.redline.correspondence import ROW, P
from jdgen.revision.redline.marks import DEL, INS, Marker
from jdgen.word_file.parsing import W, serialised

_HOLDERS = tuple(
    f"{W}{name}" for name in ("tc", "body", "hdr", "ftr", "footnote", "endnote", "txbxContent", "sdtContent")
)
_PROPERTIES, _OF_MARK, _SECTION, _CHANGE = f"{W}pPr", f"{W}rPr", f"{W}sectPr", f"{W}pPrChange"
# What may stand among paragraphs and is none.
_NO_TEXT = (_SECTION, f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}proofErr")
#: What is no look of a paragraph: its mark's, the section that it ends, and how it looked before.
_NO_LOOKS = (_OF_MARK, _SECTION, _CHANGE)


def mend_ends(tree: Any, marker: Marker) -> Mapping[Any, Any]:
    """Move the marks of what is put in and taken out at the end of a cell, a text or a note so that the last end stays.

    The answer tells in which paragraph the words of one that is no longer there stand now.
    """
    joined: dict[Any, Any] = {}
    for holder in tree.iter(*_HOLDERS):
        before, last = _changed_at_end(holder)
        if not last or any(_is_marked_row(row) for row in holder.iterancestors(ROW)):
            continue
        gone, new = ([one for one in last if _mark(one, tag) is not None] for tag in (DEL, INS))
        if gone and new:
            _fold(gone[-1], new, last, marker)
            joined[new[-1]] = gone[-1]
        elif before is not None and before.find(f"{_PROPERTIES}/{_SECTION}") is None:
            _shift(before, last[-1], marker)
        elif gone:
            _unmark(gone[-1], DEL)
    return joined


def _changed_at_end(holder: Any) -> tuple[Any | None, list[Any]]:
    """The paragraphs at the end of ``holder`` that come or go, in order, and the one before them, if there is one."""
    changed: list[Any] = []
    for node in holder.iterchildren(reversed=True):
        if node.tag in _NO_TEXT or not isinstance(node.tag, str):
            continue
        if node.tag != P:
            return None, changed[::-1]
        if _mark(node, INS) is None and _mark(node, DEL) is None:
            return node, changed[::-1]
        changed.append(node)
    return None, changed[::-1]


def _shift(before: Any, last: Any, marker: Marker) -> None:
    """Have the end of ``before`` come or go in the place of that of ``last``."""
    tag = INS if _mark(last, INS) is not None else DEL
    mark = _unmark(last, tag)
    left, looks = _properties(before), _properties(last)
    if tag == INS:
        # Rejecting leaves the words of the one before, with this end.
        _set_looks(last, looks, left, marker)
        _set_looks_of_mark(last, before)
    else:
        _set_looks(last, left, looks, marker)
    marker.mark_end(before, tag, mark)


def _fold(gone: Any, new: list[Any], last: list[Any], marker: Marker) -> None:
    """Put the words of the last of ``new`` into the paragraph of those that go last, which then ends what it is in."""
    taken = new[-1]
    _unmark(gone, DEL)
    _set_looks(gone, _properties(taken), _properties(gone), marker)
    gone.extend([node for node in taken if node.tag != _PROPERTIES])
    taken.getparent().remove(taken)
    for one in last[last.index(gone) + 1 :]:
        if one is not taken:
            gone.addprevious(one)


def _properties(paragraph: Any) -> list[Any]:
    """A copy of what ``paragraph`` looks like, without its mark and its section."""
    found = paragraph.find(_PROPERTIES)
    return [] if found is None else [copy.deepcopy(node) for node in found if node.tag not in _NO_LOOKS]


def _set_looks(paragraph: Any, looks: list[Any], before: list[Any], marker: Marker) -> None:
    """Give ``paragraph`` these ``looks``, and note those that it has again when the change is rejected."""
    properties = paragraph.find(_PROPERTIES)
    if properties is None:
        properties = etree.Element(_PROPERTIES)
        paragraph.insert(0, properties)
    rest = [node for node in properties if node.tag in (_OF_MARK, _SECTION)]
    for node in list(properties):
        properties.remove(node)
    properties.extend([*looks, *rest])
    if [*map(serialised, looks)] != [*map(serialised, before)]:
        change = marker.element(_CHANGE)
        etree.SubElement(change, _PROPERTIES).extend(before)
        properties.append(change)


def _set_looks_of_mark(paragraph: Any, like: Any) -> None:
    found = like.find(f"{_PROPERTIES}/{_OF_MARK}")
    properties = paragraph.find(_PROPERTIES)
    if (own := properties.find(_OF_MARK)) is not None:
        properties.remove(own)
    if found is not None:
        following = [node for node in properties if node.tag in (_SECTION, _CHANGE)]
        at = properties.index(following[0]) if following else len(properties)
        properties.insert(at, copy.deepcopy(found))


def _mark(paragraph: Any, tag: str) -> Any | None:
    return paragraph.find(f"{_PROPERTIES}/{_OF_MARK}/{tag}")


def _unmark(paragraph: Any, tag: str) -> Any:
    """The mark ``tag`` of the end of ``paragraph``, taken from it."""
    of_mark = paragraph.find(f"{_PROPERTIES}/{_OF_MARK}")
    mark = of_mark.find(tag)
    of_mark.remove(mark)
    if not len(of_mark):
        of_mark.getparent().remove(of_mark)
    return mark


def _is_marked_row(row: Any) -> bool:
    return any(row.find(f"{W}trPr/{tag}") is not None for tag in (INS, DEL))
