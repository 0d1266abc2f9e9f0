"""Why the words of a paragraph cannot be changed where they stand: Word would put others in their place, or forbids it.

It is seen from outside the paragraph: content controls round it or in it, fields that go on over several paragraphs,
text boxes whose two forms do not agree. So is what in the document refers to it, and would lead nowhere without it.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from jdgen.word.comments import first_in_control
from jdgen.word.field_codes import PIECES as FIELD_PIECES
from jdgen.word.field_codes import SIMPLE as SIMPLE_FIELD
from jdgen.word.field_codes import OpenFields, WordField
from jdgen.word.paragraphs import BOX, FALLBACK, P, holder_of
from jdgen.word.xml import Element, W, remove, text_in

if TYPE_CHECKING:
    from jdgen.revision.redline.marks import Marker


# Text boxes in two forms: a new one, and an old one beside it for programs that know no other. Both say the same.

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHANGES = (f"{W}ins", f"{W}del")
_BOOKMARKS = (f"{W}bookmarkStart", f"{W}bookmarkEnd")


class TwoForms(NamedTuple):
    """The text of one box in both forms."""

    new: Element
    old: Element

    def agree(self) -> bool:
        """Whether both say the same."""
        return _texts(self.new) == _texts(self.old)


def boxes_in_two_forms(tree: Element) -> Iterator[TwoForms]:
    """The text boxes of ``tree`` that have an old form."""
    for both in tree.iter(f"{_COMPATIBILITY}AlternateContent"):
        new, old = both.find(f"{_COMPATIBILITY}Choice"), both.find(FALLBACK)
        if new is not None and old is not None:
            yield from map(TwoForms, new.iter(BOX), old.iter(BOX))


def bring_along(boxes: Iterable[TwoForms], marker: Marker) -> None:
    """Make the old form of each of ``boxes`` in which something was changed say what the new form says.

    They are to be boxes that agreed before: what stands only in an old form is somebody's.
    """
    for box in boxes:
        if next(box.new.iter(*_CHANGES), None) is None:
            continue
        for node in list(box.old):
            box.old.remove(node)
        box.old.extend([copy.deepcopy(node) for node in box.new])
        for mark in list(box.old.iter(*_BOOKMARKS)):  # a name stands once in a document
            remove(mark)
        for mark in box.old.iter(*_CHANGES):
            mark.set(f"{W}id", marker.id())


def _texts(box: Element) -> list[str]:
    return [text_in(paragraph) for paragraph in box.iter(P)]


_CONTROL = f"{W}sdt"
_LINK = f"{W}hyperlink"
#: Fields that take what they show from where a bookmark is, or lead there.
_REFERENCE = re.compile(r'\s*(?:(?:PAGE|NOTE)?REF\s+"?([^\s"\\]+)|HYPERLINK\b.*\\l\s+"?([^\s"]+))', re.IGNORECASE)
_OF_CONTENTS = "_Toc"
#: Fields that say again what is said elsewhere.
_LISTS = ("TOC", "TOA", "INDEX")
_DATA_BOUND = "it shows data of the file, which Word would put back"
_LOCKED = "its content control is locked"
_CHOICE = "its content control offers a choice"
_EMPTY = "its content control shows a placeholder"
_FIRST = "it begins a content control, where some programs lose changes"
_IN_FIELD = "it stands in a field, which Word writes anew"
_IN_BOX = "the old form of its text box says something else"
_CHOICES = (f"{W}comboBox", f"{W}dropDownList", f"{W}date")


@dataclass
class Obstacles:
    """What was found in a tree: a reason for each paragraph with one, the lines of tables of contents, and the names
    of bookmarks to which something refers."""

    _reasons: dict[Element, str] = field(default_factory=dict)
    _lines_of_contents: set[Element] = field(default_factory=set)
    _referred_to: set[str] = field(default_factory=set)

    def reason(self, paragraph: Element) -> str:
        """Why the words of ``paragraph`` cannot be changed; '' where they can."""
        return self._reasons.get(paragraph, "")

    def is_line_of_contents(self, paragraph: Element) -> bool:
        """Whether ``paragraph`` is in a table of contents."""
        return paragraph in self._lines_of_contents

    def note(self, paragraph: Element, reason: str) -> None:
        """Note a reason; the first stays."""
        self._reasons.setdefault(paragraph, reason)

    def is_referred_to(self, bookmarks: Iterable[str]) -> bool:
        """Whether something refers to one of ``bookmarks``."""
        return bool(self._referred_to) and not self._referred_to.isdisjoint(bookmarks)

    def note_reference(self, bookmark: str) -> None:
        """Note that something refers to ``bookmark``. Those of tables of contents are made by Word and LibreOffice
        themselves, as often as the table is."""
        if bookmark and _OF_CONTENTS not in bookmark:
            self._referred_to.add(bookmark)

    def note_line_of_contents(self, paragraph: Element) -> None:
        """Note a line of a table of contents."""
        self._lines_of_contents.add(paragraph)


def obstacles(tree: Element) -> Obstacles:
    """What keeps words of ``tree``, a part or all that were gathered, from being changed."""
    tree_obstacles = Obstacles()
    for control in tree.iter(_CONTROL):
        _look_at_control(control, tree_obstacles)
    _look_at_fields(tree, tree_obstacles)
    for box in boxes_in_two_forms(tree):
        if not box.agree():
            for paragraph in box.new.iter(P):
                tree_obstacles.note(paragraph, _IN_BOX)
    return tree_obstacles


def _look_at_control(control: Element, tree_obstacles: Obstacles) -> None:
    properties = control.find(f"{W}sdtPr")
    if properties is None:
        return
    is_list = "Table of Contents" in [gallery.get(f"{W}val") for gallery in properties.iter(f"{W}docPartGallery")]
    reason = _of_control(properties)
    for paragraph in _held_by(control) if is_list or reason else ():
        if is_list:
            tree_obstacles.note_line_of_contents(paragraph)
        else:
            tree_obstacles.note(paragraph, reason)
    if (first := first_in_control(control)) is not None:
        tree_obstacles.note(first, _FIRST)


def _held_by(control: Element) -> Iterator[Element]:
    """The paragraph that a control is in, or those that are in it."""
    holder = holder_of(control)
    if holder is not None:
        yield holder
    else:
        yield from control.iter(P)


def _of_control(properties: Element) -> str:
    """What its properties say against a change of the content of a control."""
    if properties.find("{*}dataBinding") is not None:
        return _DATA_BOUND
    lock = properties.find(f"{W}lock")
    if lock is not None and lock.get(f"{W}val") in ("contentLocked", "sdtContentLocked"):
        return _LOCKED
    if any(properties.find(tag) is not None for tag in _CHOICES):
        return _CHOICE
    shows = properties.find(f"{W}showingPlcHdr")
    return _EMPTY if shows is not None and shows.get(f"{W}val") not in ("0", "false") else ""


def _look_at_fields(tree: Element, tree_obstacles: Obstacles) -> None:
    reading = OpenFields()
    for node in tree.iter("story", P, SIMPLE_FIELD, _LINK, *FIELD_PIECES):
        if node.tag == "story":
            reading = OpenFields()
        elif node.tag == _LINK:
            tree_obstacles.note_reference(node.get(f"{W}anchor", ""))
        elif node.tag == SIMPLE_FIELD:
            _note_reference(node.get(f"{W}instr", ""), tree_obstacles)
        elif node.tag == P:
            if reading.fields:
                _note_field(reading.fields[0], node, tree_obstacles)
        elif (field := reading.pass_by(node)) is not None:
            _note_reference(field.code, tree_obstacles)
            paragraph = holder_of(field.mark)
            if paragraph is not None and (_is_list(field) or paragraph is not holder_of(node)):
                _note_field(field, paragraph, tree_obstacles)


def _note_reference(code: str, tree_obstacles: Obstacles) -> None:
    if reference := _REFERENCE.match(code):
        tree_obstacles.note_reference(reference[1] or reference[2])


def _note_field(field: WordField, paragraph: Element, tree_obstacles: Obstacles) -> None:
    if _is_list(field):
        tree_obstacles.note_line_of_contents(paragraph)
    else:
        tree_obstacles.note(paragraph, _IN_FIELD)


def _is_list(field: WordField) -> bool:
    return field.name.startswith(_LISTS)
