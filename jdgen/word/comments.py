"""Comments beside the text of a Word file: put there, and taken out. The one writer of them."""

from __future__ import annotations

import copy
import re

from lxml import etree

from jdgen.word.file import File, Story, story_of
from jdgen.word.paragraphs import BOX, P, holder_of, put_first, run_of
from jdgen.word.relationships import OFFICE
from jdgen.word.xml import Element, W, nearest, parent_of, remove

_KIND = "comments"
#: All that Word keeps about comments: themselves, who answered whom, when, and who the people are.
_ALL_KINDS = (_KIND, "commentsExtended", "commentsIds", "commentsExtensible", "people")
_USUAL, _ELSE = "word/comments.xml", "word/comments-by-jdgen.xml"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ID = f"{W}id"
_RANGE_ENDS = (f"{W}commentRangeStart", f"{W}commentRangeEnd")
_REFERENCE = f"{W}commentReference"


class Comments:
    """The comments of a Word file, to which others are added by one author: at ``date``, a moment as XML says it, if
    any. ``text`` is what they are put beside, of trees to be changed."""

    def __init__(self, file: File, text: Element, author: str, initials: str, date: str = "") -> None:
        self._part = next(file.related(_KIND), _USUAL if _USUAL not in file else _ELSE)
        self._tree = (
            file.copy_of(self._part) if self._part in file else etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})
        )
        self._said = {f"{W}author": author, f"{W}date": date, f"{W}initials": initials}
        numbered_elements = [*self._tree.iter(f"{W}comment"), *text.iter(_REFERENCE)]
        numbers = [int(number) for element in numbered_elements if (number := element.get(_ID, "")).isdecimal()]
        self._next = max(numbers, default=-1) + 1
        self._is_changed = False

    def add(self, paragraph: Element, *texts: str) -> None:
        """Put a comment of these paragraphs on the whole of ``paragraph``."""
        number, self._next, self._is_changed = str(self._next), self._next + 1, True
        authorship = {name: value for name, value in self._said.items() if value}
        comment = etree.SubElement(self._tree, f"{W}comment", {_ID: number, **authorship})
        for text in texts:
            etree.SubElement(comment, f"{W}p").append(run_of(_NO_XML.sub("\ufffd", text)))
        put_first(paragraph, etree.SubElement(paragraph, _RANGE_ENDS[0], {_ID: number}))
        etree.SubElement(paragraph, _RANGE_ENDS[1], {_ID: number})
        etree.SubElement(etree.SubElement(paragraph, f"{W}r"), _REFERENCE, {_ID: number})

    def put_into(self, file: File) -> File:
        """``file`` with the comments that were added."""
        if not self._is_changed:
            return file
        with_part = file.with_parts({self._part: self._tree})
        if self._part in file:
            return with_part
        with_relationship = with_part.with_related(
            f"{OFFICE}/{_KIND}", self._part.removeprefix("word/"), "rIdJdgenComments"
        )
        return with_relationship.with_types({self._part: _CONTENT_TYPE})


def without_comments(file: File) -> tuple[File, int]:
    """``file`` without comments and whatever Word keeps about them, and how many there were."""
    parts = [part for kind in _ALL_KINDS for part in file.related(kind)]
    comments = sum(1 for part in file.related(_KIND) for _ in file.tree(part).iter(f"{W}comment"))
    text = copy.deepcopy(file.stories)
    for mark in list(text.iter(*_RANGE_ENDS)):
        remove(mark)
    for reference in list(text.iter(_REFERENCE)):
        run = parent_of(reference)
        remove(reference)
        if all(node.tag == f"{W}rPr" for node in run):
            remove(run)
    return file.with_stories(text).without(parts), comments


# Where comments can stand.


def first_in_control(control: Element) -> Element | None:
    """The first paragraph that is in a content control; none where the control is inside a paragraph.

    LibreOffice 7.4 loses that paragraph where a comment stands in it, and settles tracked changes in it wrongly.
    """
    return None if holder_of(control) is not None else next(control.iter(P), None)


def place_for_comment(paragraph: Element) -> Element | None:
    """Where a comment on ``paragraph`` can stand: there, on the paragraph that holds its text box, or beside the
    content control that it begins. Nowhere in a header, a footer or a note, where Word allows none."""
    if story_of(paragraph) is not Story.MAIN:
        return None
    if boxes := list(paragraph.iterancestors(BOX)):
        holder = nearest(boxes[-1], P)
        if holder is None:
            return None
        paragraph = holder
    controls = [control for control in paragraph.iterancestors(f"{W}sdt") if first_in_control(control) is paragraph]
    if not controls:
        return paragraph
    neighbours = (*controls[-1].itersiblings(P, preceding=True), *controls[-1].itersiblings(P))
    return neighbours[0] if neighbours else None
