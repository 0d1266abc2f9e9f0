"""The marks of tracked changes (ECMA-376 part 1, 17.13.5): on runs, on the ends of paragraphs, on rows of tables."""

from __future__ import annotations

import copy
import datetime
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from jdgen.revision.standing import text_pieces
from jdgen.word_file.parsing import W

INS, DEL = f"{W}ins", f"{W}del"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What stands after the properties of its mark among the properties of a paragraph.
_AFTER_MARK = (f"{W}sectPr", f"{W}pPrChange")
_APART = datetime.timedelta(minutes=2)
# What stands before the properties of a row.
_BEFORE_ROW_PROPERTIES = (f"{W}tblPrEx",)


@dataclass(frozen=True)
class Stamp:
    """Who changes a document, and when: ``date`` is a moment as XML says it, such as ``2026-11-24T00:00:00Z``."""

    author: str
    date: str


class Marker:
    """Makes marks with one stamp, each with an id that nothing else in the document has."""

    def __init__(self, stamp: Stamp, tree: Any) -> None:
        self.stamp = stamp
        self._ids = unused_ids(tree)

    def later(self) -> Marker:
        """The same, two minutes later, for whole paragraphs that are put in.

        LibreOffice takes insertions of one author within a minute for one where they meet: words at the end of a
        paragraph, and the paragraph after it. Rejecting them joins that paragraph with what follows.
        """
        made = copy.copy(self)
        moment = datetime.datetime.fromisoformat(self.stamp.date.replace("Z", "+00:00")) + _APART
        made.stamp = replace(self.stamp, date=moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
        return made

    def id(self) -> str:
        """An id for one more annotation of the document."""
        return next(self._ids)

    def element(self, tag: str) -> Any:
        """A mark: ``w:ins`` or ``w:del``."""
        mark = etree.Element(tag)
        mark.set(f"{W}id", self.id())
        mark.set(f"{W}author", self.stamp.author)
        mark.set(f"{W}date", self.stamp.date)
        return mark

    def mark_end(self, paragraph: Any, tag: str, mark: Any | None = None) -> None:
        """Mark the end of ``paragraph`` as inserted or deleted, with the ``mark`` of another end that is there
        already, if it takes that one's place."""
        properties = _first(paragraph, f"{W}pPr")
        of_mark = properties.find(f"{W}rPr")
        if of_mark is None:
            of_mark = etree.Element(f"{W}rPr")
            following = [child for child in properties if child.tag in _AFTER_MARK]
            properties.insert(properties.index(following[0]) if following else len(properties), of_mark)
        of_mark.insert(0, self.element(tag) if mark is None else mark)

    def mark_row(self, row: Any, tag: str) -> None:
        """Mark ``row`` of a table as inserted or deleted; what is in it is marked apart."""
        _first(row, f"{W}trPr", _BEFORE_ROW_PROPERTIES).append(self.element(tag))

    def delete_words(self, paragraph: Any) -> None:
        """Mark all words of ``paragraph`` as deleted."""
        self.delete_runs(dict.fromkeys(piece.getparent() for piece, _ in text_pieces(paragraph)))

    def delete_runs(self, runs: Iterable[Any]) -> Any:
        """Mark ``runs``, which are in order, as deleted where they stand. The last mark made, or nothing."""
        mark = None
        for run in runs:
            if mark is None or run.getprevious() is not mark:
                mark = self.element(DEL)
                run.addprevious(mark)
            tail, run.tail = run.tail, None
            mark.append(run)
            mark.tail = tail
            for text in run.iter(f"{W}t"):
                text.tag = f"{W}delText"
                text.set(_SPACE, "preserve")
        return mark

    def inserted(self, text: str, properties: Any | None) -> Any:
        """``text`` as an inserted run with these run properties."""
        mark = self.element(INS)
        mark.append(run_of(text, properties))
        return mark


def run_of(text: str, properties: Any | None) -> Any:
    """A run of ``text``: line breaks and tabs as Word has them."""
    run = etree.Element(f"{W}r")
    if properties is not None:
        run.append(properties)
    for index, line in enumerate(text.split("\n")):
        if index:
            etree.SubElement(run, f"{W}br")
        for number, words in enumerate(line.split("\t")):
            if number:
                etree.SubElement(run, f"{W}tab")
            if words:
                element = etree.SubElement(run, f"{W}t")
                element.text = words
                element.set(_SPACE, "preserve")
    return run


def unused_ids(tree: Any) -> Iterator[str]:
    """Ids, from 1, that no annotation of ``tree`` has."""
    used = {value for node in tree.iter() if (value := node.get(f"{W}id")) is not None}
    return (number for number in map(str, itertools.count(1)) if number not in used)


def _first(parent: Any, tag: str, after: tuple[str, ...] = ()) -> Any:
    """The properties ``tag`` of ``parent``, made where it has none: its first child but for those in ``after``."""
    found = parent.find(tag)
    if found is None:
        found = etree.Element(tag)
        parent.insert(sum(child.tag in after for child in parent), found)
    return found
