"""Text boxes in two forms: a new one, and an old one beside it for programs that know no other. Both say the same."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from jdgen.word_file.parsing import W

if TYPE_CHECKING:
    from jdgen.revision.redline.marks import Marker

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
#: The old form, as a whole.
FALLBACK = f"{_COMPATIBILITY}Fallback"
#: The text in a text box.
BOX = f"{W}txbxContent"
_CHANGES = (f"{W}ins", f"{W}del")
_BOOKMARKS = (f"{W}bookmarkStart", f"{W}bookmarkEnd")


class TwoForms(NamedTuple):
    """The text of one box in both forms."""

    new: Any
    old: Any

    def agree(self) -> bool:
        """Whether both say the same."""
        return _texts(self.new) == _texts(self.old)


def boxes_in_two_forms(tree: Any) -> Iterator[TwoForms]:
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
            mark.getparent().remove(mark)
        for mark in box.old.iter(*_CHANGES):
            mark.set(f"{W}id", marker.id())


def _texts(box: Any) -> list[str]:
    return ["".join(text.text or "" for text in paragraph.iter(f"{W}t")) for paragraph in box.iter(f"{W}p")]
