"""The marks of tracked changes (ECMA-376 part 1, 17.13.5): on runs, on the ends of paragraphs, on rows of tables."""

from __future__ import annotations

import copy
import datetime
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from lxml import etree

from jdgen.word.paragraphs import SPACE, ParagraphContent, run_of, runs_of, text_of
from jdgen.word.xml import Element, W, attributes_of, parent_of
from jdgen.word_changes import WordChange, word_changes

INS, DEL = f"{W}ins", f"{W}del"
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

    def __init__(self, stamp: Stamp, tree: Element) -> None:
        self.stamp = stamp
        self._ids = _unused_ids(tree)

    def later(self) -> Marker:
        """The same, two minutes later, for whole paragraphs that are put in.

        LibreOffice takes insertions of one author within a minute for one where they meet: words at the end of a
        paragraph, and the paragraph after it. Rejecting them joins that paragraph with what follows.
        """
        later_marker = copy.copy(self)
        moment = datetime.datetime.fromisoformat(self.stamp.date.replace("Z", "+00:00")) + _APART
        later_marker.stamp = replace(self.stamp, date=moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
        return later_marker

    def id(self) -> str:
        """An id for one more annotation of the document."""
        return next(self._ids)

    def element(self, tag: str) -> Element:
        """A mark: ``w:ins`` or ``w:del``."""
        mark = etree.Element(tag)
        mark.set(f"{W}id", self.id())
        mark.set(f"{W}author", self.stamp.author)
        mark.set(f"{W}date", self.stamp.date)
        return mark

    def mark_end(self, paragraph: Element, tag: str, mark: Element | None = None) -> None:
        """Mark the end of ``paragraph`` as inserted or deleted, with the ``mark`` of another end that is there
        already, if it takes that one's place."""
        properties = properties_in(paragraph, f"{W}pPr")
        of_mark = properties.find(f"{W}rPr")
        if of_mark is None:
            of_mark = etree.Element(f"{W}rPr")
            following = [child for child in properties if child.tag in _AFTER_MARK]
            properties.insert(properties.index(following[0]) if following else len(properties), of_mark)
        of_mark.insert(0, self.element(tag) if mark is None else mark)

    def mark_row(self, row: Element, tag: str) -> None:
        """Mark ``row`` of a table as inserted or deleted; what is in it is marked apart."""
        properties_in(row, f"{W}trPr", _BEFORE_ROW_PROPERTIES).append(self.element(tag))

    def delete_words(self, paragraph: Element) -> None:
        """Mark all words of ``paragraph`` as deleted."""
        self.delete_runs(runs_of(paragraph))

    def delete_runs(self, runs: Iterable[Element]) -> Element | None:
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
                text.set(SPACE, "preserve")
        return mark

    def inserted(self, text: str, properties: Element | None) -> Element:
        """``text`` as an inserted run with these run properties."""
        mark = self.element(INS)
        mark.append(run_of(text, properties))
        return mark


_IDS = etree.XPath("//@w:id", namespaces={"w": W[1:-1]}, smart_strings=False)


def _unused_ids(tree: Element) -> Iterator[str]:
    """Ids, from 1, that no annotation of ``tree`` has."""
    used_ids = frozenset(_IDS(tree))  # type: ignore[arg-type]  # its stubs know no XPath that gives texts alone
    return (number for number in map(str, itertools.count(1)) if number not in used_ids)


def properties_in(parent: Element, tag: str, after: tuple[str, ...] = ()) -> Element:
    """The properties ``tag`` of ``parent``, made where it has none: its first child but for those in ``after``."""
    properties = parent.find(tag)
    if properties is None:
        properties = etree.Element(tag)
        parent.insert(sum(child.tag in after for child in parent), properties)
    return properties


# Runs of a paragraph, cut where a change begins or ends.

_PROPERTIES = f"{W}rPr"
# Marks of changes among a run's properties.
_CHANGES = (f"{W}rPrChange", f"{W}ins", f"{W}del")


def properties_of(run: Element | None) -> Element | None:
    """A copy of a run's properties, without the marks of changes; nothing where it has none."""
    properties = run.find(_PROPERTIES) if run is not None else None
    if properties is None:
        return None
    copied = copy.deepcopy(properties)
    for mark in list(copied.iterchildren(*_CHANGES)):
        copied.remove(mark)
    return copied


def cut(paragraph: Element, offset: int) -> None:
    """Cut the run that goes on over ``offset`` characters of the paragraph's text, so that one ends there."""
    at = 0
    for piece, text in ParagraphContent(paragraph).pieces:
        if at < offset < at + len(text):
            _cut_text(piece, offset - at)
            return
        at += len(text)
        if at == offset:
            _cut_after(piece)
            return


def _set_apart(run: Element) -> None:
    """Give whatever in ``run`` is not text (a picture, the mark of a footnote) a run of its own."""
    texts = {piece.element for piece in ParagraphContent(run).pieces}
    children = [child for child in run if child.tag != _PROPERTIES]
    for child, following in itertools.pairwise(children):
        if (child in texts) != (following in texts):
            _cut_after(child)


def _cut_text(piece: Element, offset: int) -> None:
    rest, text = copy.deepcopy(piece), piece.text or ""
    piece.text, rest.text = text[:offset], text[offset:]
    for each in (piece, rest):
        each.set(SPACE, "preserve")
    piece.addnext(rest)
    _cut_after(piece)


def _cut_after(child: Element) -> None:
    """Move what follows ``child`` in its run into a new run with the same properties."""
    following = list(child.itersiblings())
    run = parent_of(child)
    if not following or run.tag != f"{W}r":
        return
    rest = etree.Element(run.tag, dict(attributes_of(run)))
    if (properties := run.find(_PROPERTIES)) is not None:
        rest.append(copy.deepcopy(properties))
    rest.extend(following)
    tail, run.tail = run.tail, None
    run.addnext(rest)
    rest.tail = tail


# A paragraph brought from its words to others, word by word, as tracked changes.

# Characters that word processors put in for others by themselves, each for one.
_TYPED = str.maketrans("\u2018\u2019\u201c\u201d\u00a0\u2011", "''\"\" -")
# Where a word may be broken: no part of it.
_SOFT = "\u00ad"


class Replacement(NamedTuple):
    """The characters from ``start`` to ``end`` of a text give way to ``new``."""

    start: int
    end: int
    new: str


def replacements(old: str, new: str) -> list[Replacement]:
    """What leads from ``old`` to ``new``. Only white space between two changes makes them one, which reads better;
    what a word processor puts in by itself (turned quotation marks, places for a hyphen) is no change."""
    places = [at for at, character in enumerate(old) if character != _SOFT]
    without_hyphens = _replacements(old.replace(_SOFT, ""), new)
    return [
        Replacement(*_widen(replacement.start, replacement.end, places, len(old)), replacement.new)
        for replacement in without_hyphens
    ]


def _widen(start: int, end: int, places: list[int], length: int) -> tuple[int, int]:
    """The stretch of a text that is from ``start`` to ``end`` without its soft hyphens; ``places`` are those of all
    other characters of it."""
    from_ = places[start] if start < len(places) else length
    return from_, places[end - 1] + 1 if end > start else from_


def _replacements(old: str, new: str) -> list[Replacement]:
    changes: list[Replacement] = []
    start = at = 0
    for change in word_changes(old.translate(_TYPED), new.translate(_TYPED)):
        end, to = start + len(change.old), at + len(change.new)
        if not change.is_same and not _is_only_space(change, start == 0 or end == len(old)):
            changes.append(Replacement(start, end, new[at:to]))
        elif changes and changes[-1].end == start and not change.old.strip() and end < len(old) and to < len(new):
            last = changes[-1]
            changes[-1] = Replacement(last.start, end, last.new + change.new)
        start, at = end, to
    return list(_join_touching(changes))


def _is_only_space(change: WordChange, is_outermost: bool) -> bool:
    """Whether a change makes other white space of white space: a tab or a line break of a person's stays."""
    return not (change.old + change.new).strip() and (is_outermost or bool(change.old and change.new))


def _join_touching(changes: list[Replacement]) -> Iterator[Replacement]:
    """Neighbours that touch, as one."""
    last: Replacement | None = None
    for change in changes:
        if last and last.end == change.start:
            last = Replacement(last.start, change.end, last.new + change.new)
            continue
        if last:
            yield last
        last = change
    if last:
        yield last


def reword(paragraph: Element, new: str, marker: Marker) -> None:
    """Mark the words of ``paragraph`` that ``new`` has not as deleted, and put in, marked, those that it has more.

    Words that stay keep their runs; what is put in looks like what it stands for.
    """
    old = text_of(paragraph)
    changes = replacements(old, new)
    if not changes:
        return
    for run in runs_of(paragraph):
        _set_apart(run)
    for start, end, _ in changes:
        cut(paragraph, start)
        cut(paragraph, end)
    runs = _runs_by_offset(paragraph)
    for start, end, new_words in changes:
        old_runs = [run for at, length, run in runs if start <= at and at + length <= end and length]
        mark = marker.delete_runs(old_runs)
        if not new_words:
            continue
        if mark is not None:
            mark.addnext(marker.inserted(new_words, properties_of(old_runs[0])))
        else:
            _put_in(paragraph, new_words, start, runs, marker)


def _runs_by_offset(paragraph: Element) -> list[tuple[int, int, Element]]:
    """Each run with text, where its text begins and how long it is."""
    runs: list[tuple[int, int, Element]] = []
    at = 0
    for piece, text in ParagraphContent(paragraph).pieces:
        run = parent_of(piece)
        if runs and runs[-1][2] is run:
            runs[-1] = (runs[-1][0], runs[-1][1] + len(text), run)
        else:
            runs.append((at, len(text), run))
        at += len(text)
    return runs


def _put_in(
    paragraph: Element, new_words: str, offset: int, runs: list[tuple[int, int, Element]], marker: Marker
) -> None:
    """Insert words where none go: beside a neighbour that is not in a link or a content control, if there is one."""
    before = next((run for at, length, run in reversed(runs) if at + length == offset and length), None)
    after = next((run for at, length, run in runs if at == offset and length), None)
    if before is not None and (after is None or before.getparent() is paragraph or after.getparent() is not paragraph):
        before.addnext(marker.inserted(new_words, properties_of(before)))
    elif after is not None:
        after.addprevious(marker.inserted(new_words, properties_of(after)))
    else:
        paragraph.append(marker.inserted(new_words, None))
