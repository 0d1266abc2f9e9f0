"""What must stay whole, or be the only one of its kind, where a template chooses and repeats: both ends of bookmarks,
comments and permissions, and ids.

Word marks a range by two elements that may stand anywhere. A choice that prints one of them and not the other leaves
half a range, which damages cross-references; a loop prints a range once a turn, though its name must be the only one
of its kind in a document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from jdgen.template.tags import Tag, TagBlock, TemplatePart
from jdgen.word.xml import Element, W, remove, without_attribute

_KINDS = (("bookmarkStart", "bookmarkEnd"), ("commentRangeStart", "commentRangeEnd"), ("permStart", "permEnd"))
_RANGE_MARKS = frozenset(f"{W}{name}" for kind in _KINDS for name in kind)
_ID = f"{W}id"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_WP14 = "{http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing}"
# All optional: Word gives new ones when it saves. They tell co-authors' paragraphs and drawings apart.
_OPTIONAL = (f"{_W14}paraId", f"{_W14}textId", f"{_WP14}anchorId", f"{_WP14}editId")


@dataclass(frozen=True, eq=False)
class _Branch:
    """A loop's inside, or what a choice prints in one of its cases; ``repeats`` says whether any loop is around it.

    Branches are linked rather than listed, so that a stranger's million tags cost no more than that.
    """

    block: TagBlock
    outer: _Branch | None
    repeats: bool


def keep_ranges_whole(part: TemplatePart) -> bool:
    """Mend every range of ``part`` that its tags would tear or repeat, and drop the ids that a loop would repeat;
    whether there were any.

    A range that a choice would tear grows until it holds the choice. A range inside a loop is dropped: which of the
    turns a reference to it would mean, nobody can say. Word gives new ids; drawings are numbered in print.
    """
    has_ranges = any(next(part.tree.iter(f"{W}{start}"), None) is not None for start, _ in _KINDS)
    is_changed = has_ranges and _leave_what_goes(part)
    branches = _branches_of(part)
    if has_ranges:
        for start_name, end_name in _KINDS:
            ends = {end.get(_ID): end for end in part.tree.iter(f"{W}{end_name}")}
            for start in list(part.tree.iter(f"{W}{start_name}")):
                end = ends.get(start.get(_ID))
                if end is not None:
                    is_changed |= _mend_range(start, end, _path(branches[start]), _path(branches[end]))
                elif _repeats(branches[start]):
                    is_changed |= _drop(start)
        for reference in list(part.tree.iter(f"{W}commentReference")):
            if _repeats(branches[reference]):
                is_changed |= _drop(reference)
    return _drop_ids([element for element, branch in branches.items() if _repeats(branch)]) or is_changed


def _branches_of(part: TemplatePart) -> dict[Element, _Branch | None]:
    """The innermost branch that each element of a part is inside of. Tags that have no partner count for nothing
    here; they are refused elsewhere."""
    blocks = {block.start: block for block in part.blocks.blocks}
    tags: dict[Element, list[Tag]] = {}
    for tag in part.tags:
        if tag.word.removeprefix("end") in ("if", "for", "elif", "else") and tag.element is not None:
            tags.setdefault(tag.element, []).append(tag)
    branches: dict[Element, _Branch | None] = {}
    branch: _Branch | None = None
    for element in part.tree.iter("*"):
        branches[element] = branch
        for tag in tags.get(element, ()):
            branch = _branch_after(tag, branch, blocks)
    return branches


def _branch_after(tag: Tag, branch: _Branch | None, blocks: Mapping[Tag, TagBlock]) -> _Branch | None:
    """The branch that what follows ``tag`` is inside of, where ``branch`` is that of what stands before it."""
    if tag.word in ("if", "for"):
        return _Branch(blocks[tag], branch, tag.word == "for" or _repeats(branch))
    if branch is None or tag.word.startswith("end"):
        return branch and branch.outer
    return _Branch(branch.block, branch.outer, branch.repeats)


def _path(branch: _Branch | None) -> tuple[_Branch, ...]:
    """``branch`` and all that it is inside of, the outermost first."""
    path: list[_Branch] = []
    while branch is not None:
        path.append(branch)
        branch = branch.outer
    return tuple(reversed(path))


def _repeats(branch: _Branch | None) -> bool:
    return branch is not None and branch.repeats


def _leave_what_goes(part: TemplatePart) -> bool:
    """Move marks out of paragraphs, rows and cells that go with a tag, to the side of it on which they stand."""
    is_changed = False
    for unit, tags in part.tags_by_unit.items():
        is_before_tag = True
        last = unit  # after which the next mark goes
        for element in list(unit.iter()):
            if element is tags[0].element:
                is_before_tag = False
            elif element.tag in _RANGE_MARKS:
                is_changed = True
                remove(element)
                if is_before_tag:
                    unit.addprevious(element)
                else:
                    last.addnext(element)
                    last = element
    return is_changed


def _mend_range(start: Element, end: Element, before: tuple[_Branch, ...], after: tuple[_Branch, ...]) -> bool:
    """Mend the range from ``start``, which is inside of ``before``, to ``end``, which is inside of ``after``."""
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], zip(before, after, strict=False)))
    if any(branch.block.start.word == "for" for branch in before[:shared]):
        return _drop(start) | _drop(end)  # both, whatever becomes of the first
    is_changed = False
    if len(before) > shared and (first := before[shared].block.start.unit) is not None:
        first.addprevious(start)
        is_changed = True
    if len(after) > shared and (last := after[shared].block.end) is not None and last.unit is not None:
        last.unit.addnext(end)
        is_changed = True
    return is_changed


def _drop(element: Element) -> bool:
    """Take ``element`` out; whether it was still there."""
    if element.getparent() is None:
        return False
    remove(element)
    return True


def _drop_ids(elements: Sequence[Element]) -> bool:
    is_changed = False
    for element in elements:
        for name in _OPTIONAL:
            is_changed |= without_attribute(element, name)
        parent = element.getparent() if element.tag == _ID else None
        if parent is not None and parent.tag == f"{W}sdtPr":
            parent.remove(element)
            is_changed = True
    return is_changed
