"""Both ends of bookmarks, comments and permissions, kept or dropped together.

Word marks a range by two elements that may stand anywhere. A choice that prints one of them and not the other
leaves half a range, which damages cross-references; a loop prints a range once a turn, though its name must be the
only one of its kind in a document.
"""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from jdgen.filling.mending.blocks import Branch, branches_of, going, path
from jdgen.word_file.parsing import W

_KINDS = (("bookmarkStart", "bookmarkEnd"), ("commentRangeStart", "commentRangeEnd"), ("permStart", "permEnd"))
#: What marks a place between other elements and shows nothing.
MARKS = frozenset(f"{W}{name}" for kind in _KINDS for name in kind) | {f"{W}proofErr"}
_ID = f"{W}id"


def keep_whole(tree: Any) -> None:
    """Mend every range of a part that its tags would tear or repeat.

    A range that a choice would tear grows until it holds the choice. A range inside a loop is dropped: which of
    the turns a reference to it would mean, nobody can say.
    """
    if not any(next(tree.iter(f"{W}{start}"), None) is not None for start, _ in _KINDS):
        return
    _leave_what_goes(tree)
    branches = branches_of(tree)
    for start_name, end_name in _KINDS:
        ends = {end.get(_ID): end for end in tree.iter(f"{W}{end_name}")}
        for start in list(tree.iter(f"{W}{start_name}")):
            end = ends.get(start.get(_ID))
            if end is not None:
                _mend(start, end, path(branches[start]), path(branches[end]))
            elif _repeats(branches[start]):
                _drop(start)
    for reference in [each for each in tree.iter(f"{W}commentReference") if _repeats(branches[each])]:
        _drop(reference)


def _repeats(branch: Branch | None) -> bool:
    return branch is not None and branch.repeats


def _leave_what_goes(tree: Any) -> None:
    """Move marks out of paragraphs, rows and cells that go with a tag, to the side of it on which they stand."""
    for unit, text in going(tree).items():
        before = True
        place = unit
        for element in list(unit.iter()):
            if element is text:
                before = False
            elif element.tag in MARKS and element.tag != f"{W}proofErr":
                element.getparent().remove(element)
                if before:
                    unit.addprevious(element)
                else:
                    place.addnext(element)
                    place = element


def _mend(start: Any, end: Any, before: tuple[Branch, ...], after: tuple[Branch, ...]) -> None:
    """Mend the range from ``start``, which is inside of ``before``, to ``end``, which is inside of ``after``."""
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], zip(before, after, strict=False)))
    if any(branch.loops for branch in before[:shared]):
        _drop(start)
        _drop(end)
        return
    if len(before) > shared:
        before[shared].block.begins.addprevious(start)
    if len(after) > shared and (last := after[shared].block.ends) is not None:
        last.addnext(end)


def _drop(element: Any) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)
