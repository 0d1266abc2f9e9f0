"""Comments beside the text of a Word file. The one writer of them."""

from __future__ import annotations

import re

from lxml import etree

from jdgen.word.file import File
from jdgen.word.paragraphs import put_first, run_of
from jdgen.word.relationships import OFFICE
from jdgen.word.xml import Element, W

_KIND = "comments"
_USUAL, _ELSE = "word/comments.xml", "word/comments-by-jdgen.xml"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ID = f"{W}id"


class Comments:
    """The comments of a Word file, to which others are added by one author: at ``date``, a moment as XML says it, if
    any. ``text`` is what they are put beside, of trees to be changed."""

    def __init__(self, file: File, text: Element, author: str, initials: str, date: str = "") -> None:
        self._part = next(file.related(_KIND), _USUAL if _USUAL not in file else _ELSE)
        self._tree = (
            file.copy_of(self._part) if self._part in file else etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})
        )
        self._said = {f"{W}author": author, f"{W}date": date, f"{W}initials": initials}
        used = [*self._tree.iter(f"{W}comment"), *text.iter(f"{W}commentReference")]
        numbers = [int(number) for one in used if (number := one.get(_ID, "")).isdecimal()]
        self._next = max(numbers, default=-1) + 1
        self._is_changed = False

    def add(self, paragraph: Element, *texts: str) -> None:
        """Put a comment of these paragraphs on the whole of ``paragraph``."""
        number, self._next, self._is_changed = str(self._next), self._next + 1, True
        said = {name: value for name, value in self._said.items() if value}
        comment = etree.SubElement(self._tree, f"{W}comment", {_ID: number, **said})
        for text in texts:
            etree.SubElement(comment, f"{W}p").append(run_of(_NO_XML.sub("\ufffd", text)))
        put_first(paragraph, etree.SubElement(paragraph, f"{W}commentRangeStart", {_ID: number}))
        etree.SubElement(paragraph, f"{W}commentRangeEnd", {_ID: number})
        etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}commentReference", {_ID: number})

    def put_into(self, file: File) -> File:
        """``file`` with the comments that were added."""
        if not self._is_changed:
            return file
        changed = file.with_parts({self._part: self._tree})
        if self._part in file:
            return changed
        related = changed.with_related(f"{OFFICE}/{_KIND}", self._part.removeprefix("word/"), "rIdJdgenComments")
        return related.with_types({self._part: _CONTENT_TYPE})
