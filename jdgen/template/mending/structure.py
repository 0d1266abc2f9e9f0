"""Where loops and choices begin and end, and what must stay whole or be the only one of its kind inside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from lxml import etree

from jdgen.word.xml import W, document, parsed

# Where in a template each loop and choice begins and ends, and what of the template is inside which.

#: For each letter of a control tag, what goes with the tag; a plain tag stays in its run.
UNITS = {"p": f"{W}p", "tr": f"{W}tr", "tc": f"{W}tc", "r": f"{W}r", None: f"{W}r"}
_CONTROL = re.compile(r"\{%-?\s*(?:(p|tr|tc|r)\s+)?(if|for|elif|else|endif|endfor)\b")
_GOING = re.compile(r"\{[%#](p|tr|tc) ")
_TEXT = f"{W}t"


@dataclass(eq=False)
class Block:
    """A loop or choice: the elements that its first and its last tag stand in."""

    begins: Any
    ends: Any = None


@dataclass(frozen=True, eq=False)
class Branch:
    """A loop's inside, or what a choice prints in one of its cases; ``repeats`` says whether any loop is around it.

    Branches are linked rather than listed, so that a stranger's million tags cost no more than that.
    """

    block: Block
    outer: Branch | None
    repeats: bool
    loops: bool


def path(branch: Branch | None) -> tuple[Branch, ...]:
    """``branch`` and all that it is inside of, the outermost first."""
    found: list[Branch] = []
    while branch is not None:
        found.append(branch)
        branch = branch.outer
    return tuple(reversed(found))


def branches_of(tree: Any) -> dict[Any, Branch | None]:
    """The innermost branch that each element of a part is inside of. Tags that have no partner count for nothing
    here; they are refused elsewhere."""
    found: dict[Any, Branch | None] = {}
    branch: Branch | None = None
    for element in tree.iter(etree.Element):
        found[element] = branch
        if element.tag == _TEXT and "{%" in (element.text or ""):
            for control in _CONTROL.finditer(element.text):
                branch = _after(branch, control, element)
    return found


def _after(branch: Branch | None, control: re.Match[str], text: Any) -> Branch | None:
    """The branch after the tag ``control`` of ``text``."""
    word = control[2]
    unit = next(text.iterancestors(UNITS[control[1]]), text)
    if word in ("if", "for"):
        loops = word == "for"
        return Branch(Block(unit), branch, loops or (branch is not None and branch.repeats), loops)
    if branch is None:
        return None
    if word.startswith("end"):
        branch.block.ends = unit
        return branch.outer
    return Branch(branch.block, branch.outer, branch.repeats, branch.loops)


def going(tree: Any) -> dict[Any, Any]:
    """Each paragraph, row or cell that goes with a tag in it, and the first text that holds such a tag."""
    found: dict[Any, Any] = {}
    for text in tree.iter(_TEXT):
        for letter in _GOING.findall(text.text or ""):
            unit = next(text.iterancestors(UNITS[letter]), None)
            if unit is not None:
                found.setdefault(unit, text)
    return found


# Both ends of bookmarks, comments and permissions, kept or dropped together.
#
# Word marks a range by two elements that may stand anywhere. A choice that prints one of them and not the other
# leaves half a range, which damages cross-references; a loop prints a range once a turn, though its name must be the
# only one of its kind in a document.

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


# Ids that must be the only ones of their kind in a document, where a loop prints them once a turn or a part copies
# another's.

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_WP14 = "{http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing}"
# All optional: Word gives new ones when it saves. They tell co-authors' paragraphs and drawings apart.
_OPTIONAL = (f"{_W14}paraId", f"{_W14}textId", f"{_WP14}anchorId", f"{_WP14}editId")
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_PRINTED_ID = re.compile(r'(<wp:docPr [^>]*?\bid=")\d+(")')
#: The first number of drawings that are printed; a template's other parts have those below.
FIRST_PRINTED_DRAWING = 1001


def drop_repeated_ids(tree: Any) -> None:
    """Drop the ids that a part's loops would print once a turn; Word gives new ones. Drawings are numbered in print."""
    for element, branch in branches_of(tree).items():
        if branch is not None and branch.repeats:
            for name in _OPTIONAL:
                element.attrib.pop(name, None)
            if element.tag == f"{W}id" and element.getparent().tag == f"{W}sdtPr":
                element.getparent().remove(element)


def with_drawings_numbered(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """``parts`` with a number of its own, below those of print, for every drawing, if they have not got one."""
    trees = {name: parsed(content) for name, content in parts.items() if _holds_drawings(name, content)}
    drawings = [drawing for tree in trees.values() for drawing in tree.iter(_DRAWING)]
    numbers = [drawing.get("id", "") for drawing in drawings]
    if len(numbers) == len(set(numbers)) and all(_is_low(number) for number in numbers):
        return dict(parts)
    for number, drawing in enumerate(drawings, 1):
        drawing.set("id", str(number))
    return {**parts, **{name: document(tree) for name, tree in trees.items()}}


def _holds_drawings(name: str, content: bytes) -> bool:
    return name.startswith("word/") and name.endswith(".xml") and b"docPr" in content


def _is_low(number: str) -> bool:
    return number.isdecimal() and int(number) < FIRST_PRINTED_DRAWING


def renumbered(xml: str, numbers: Iterator[int]) -> str:
    """The filled part ``xml`` with the next of ``numbers`` for each drawing."""
    return _PRINTED_ID.sub(lambda found: f"{found[1]}{next(numbers)}{found[2]}", xml)


# Two tables between which a tag's paragraph vanishes: Word would show them as one table.
#
# A mark is left where a tag follows a table, and a paragraph too low to be seen is put where the next table follows
# at once. Tables that the template's own author put side by side stay as they are.

#: A processing instruction: XML allows it anywhere, and nothing of it arrives in a document.
SEAM = "<?jd-seam?>"
_MARKS = r"(?:<w:(?:bookmark|commentRange|perm)(?:Start|End) [^>]*/>)*"
_TABLE_BEFORE_TAG = re.compile(rf"</w:tbl>(?={_MARKS}\s*\{{[%#])")
_TABLE_FIRST = re.compile(rf"{_MARKS}<w:tbl[ >]")
_LOW = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
)


def with_seams(patched: str) -> str:
    """The Jinja text of a part with a mark after each table that a tag follows."""
    return _TABLE_BEFORE_TAG.sub(f"</w:tbl>{SEAM}", patched)


def with_last_seam_only(xml: str) -> str:
    """A stretch of a filled part with its tables kept apart; a mark stays where it ends in one, since nobody knows yet
    what follows."""
    at = xml.find(SEAM)
    if at < 0:
        return xml
    pieces: list[str] = []
    start = 0
    while at >= 0:
        end = at + len(SEAM)
        pieces.append(xml[start:at])
        if end == len(xml):
            pieces.append(SEAM)
        elif _TABLE_FIRST.match(xml, end):
            pieces.append(_LOW)
        start, at = end, xml.find(SEAM, end)
    return "".join((*pieces, xml[start:]))


def with_seam_closed(xml: str, following: str) -> str:
    """``xml`` with its last table kept apart from one with which ``following`` begins."""
    return f"{xml}{_LOW}" if xml.endswith(SEAM) and following.startswith("<w:tbl") else xml


def without_seams(xml: str) -> str:
    """The filled part with tables kept apart, and no mark left."""
    return with_last_seam_only(xml).removesuffix(SEAM)
