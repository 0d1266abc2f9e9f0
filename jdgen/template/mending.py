"""A template mended, before docxtpl sees it, so that no fill pays for it: tags put together, ranges and ids kept whole,
drawings numbered, and Word asked to bring its own fields up to date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import dropwhile, takewhile
from operator import is_not
from typing import NamedTuple, TypeVar

from lxml import etree

from jdgen.record.anchors import ANCHOR
from jdgen.template.containers import free_what_fields_show, keep_what_is_printed, mark_grids
from jdgen.template.finishing import FIRST_PRINTED_DRAWING
from jdgen.template.tag_text import clean, tags_in
from jdgen.template.tags import Tag, TagBlock, TemplatePart
from jdgen.word.fields import ended_fields
from jdgen.word.file import File
from jdgen.word.paragraphs import RUN, TEXT, P
from jdgen.word.xml import Element, W, nearest, parent_of, remove, text_in, without_attribute

_Part = TypeVar("_Part", bound=TemplatePart)
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What people type into a tag that Word does not keep as text. A page break is a thing of its own.
_TYPED = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}
_TRANSPARENT = frozenset({f"{W}smartTag", f"{W}proofErr"})
_HOLDERS = re.compile(r"word/(?:document|header|footer|footnotes|endnotes)[^/]*\.xml")
# Word lays these out anew on each page, as it does page numbers, but only in headers and footers.
_LIVE_IN_MARGINS = frozenset({"STYLEREF", "SECTION", "SECTIONPAGES"})
# Field codes whose print depends on the document's text or properties (ECMA-376 part 1, 17.16.5).
_STALE = frozenset(
    {
        *("TOC", "TOA", "INDEX", "REF", "PAGEREF", "NOTEREF", "SEQ", *_LIVE_IN_MARGINS),
        *("DOCPROPERTY", "DOCVARIABLE", "INFO", "TITLE", "SUBJECT", "AUTHOR", "KEYWORDS", "COMMENTS", "LASTSAVEDBY"),
        *("CREATEDATE", "SAVEDATE", "NUMWORDS", "NUMCHARS", "FILENAME", "FILESIZE", "REVNUM", "IF", "COMPARE"),
    }
)
# A paragraph that goes with its tag.
_GOES = re.compile(r"\s*\{[%#]-?p\s[^{}]*\}\s*")
_BREAK, _BEGINS_PAGE = f"{W}br", f"{W}pageBreakBefore"
_BEFORE_IT = tuple(f"{W}{name}" for name in ("pStyle", "keepNext", "keepLines"))
# What stands after w:updateFields in the settings (ECMA-376 part 1, annex A.1, CT_Settings).
_AFTER = frozenset(
    f"{W}{name}"
    for name in (
        *("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids", "attachedSchema"),
        *("themeFontLang", "clrSchemeMapping", "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures"),
        *("forceUpgrade", "captions", "readModeInkLockDown", "smartTagType", "shapeDefaults"),
        *("doNotEmbedSmartTags", "decimalSymbol", "listSeparator"),
    )
)


def mended_template(file: File, parts: Sequence[_Part]) -> tuple[File, tuple[_Part, ...]]:
    """``file``, and ``parts``, which are those of it that are filled, with whole tags, whole ranges and no id that a
    loop would repeat.

    No paragraph is added or taken away, so places in it are places in the template. A part in which there is nothing
    to mend keeps its bytes. The trees of ``file`` are changed where they are, and it must not be used any more: beside
    a copy of them, docxtpl would take more memory than a template may.
    """
    mended, changed = list(parts), set[str]()
    for number, part in enumerate(parts):
        if b"{" in file.content(part.name):
            mended[number], is_changed = _mended(part)
            changed |= {part.name} if is_changed else set()
    changed |= _number_drawings(file) | _ask_for_updates(file)
    return file.with_parts({name: file.tree(name) for name in changed}), tuple(mended)


def _mended(part: _Part) -> tuple[_Part, bool]:
    """``part``, mended, and whether there was anything to mend."""
    tree = part.tree
    changed = _drop_earlier_anchors(tree) | put_together(tree) | free_what_fields_show(tree) | _carry_breaks_on(tree)
    if changed:
        part = replace(part)  # to be read anew
    return part, changed | keep_what_is_printed(tree) | _keep_whole(part) | mark_grids(tree)


def _drop_earlier_anchors(tree: Element) -> bool:
    """Take out the anchors of a document that was made a template: what it prints gets anchors of its own."""
    starts = [one for one in tree.iter(f"{W}bookmarkStart") if (one.get(f"{W}name") or "").startswith(ANCHOR)]
    ids = {one.get(f"{W}id") for one in starts}
    ends = [one for one in tree.iter(f"{W}bookmarkEnd") if one.get(f"{W}id") in ids] if ids else []
    for mark in (*starts, *ends):
        remove(mark)
    return bool(starts)


def _carry_breaks_on(tree: Element) -> bool:
    """Have the paragraph after one that goes with its tag begin a page, where the tag is followed by the break of one;
    whether there was any.

    LibreOffice writes so, whatever it is given, where a paragraph after the tag is to begin a page.
    """
    changed = False
    for mark in [one for one in tree.iter(_BREAK) if one.get(f"{W}type") == "page"]:
        paragraph = nearest(mark, P)
        following = None if paragraph is None else paragraph.getnext()
        if paragraph is None or following is None or following.tag != P or _GOES.match(text_in(following)):
            continue
        text = text_in(paragraph)
        behind = (one for one in paragraph.iter(TEXT, _BREAK) if one.tag == _BREAK or (one.text or "").strip())
        if _GOES.fullmatch(text) and not any(one.tag == TEXT for one in dropwhile(partial(is_not, mark), behind)):
            _take_out(mark)
            _begin_page(following)
            changed = True
    return changed


def _begin_page(paragraph: Element) -> None:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    if properties.find(_BEGINS_PAGE) is None:
        properties.insert(sum(1 for _ in properties.iterchildren(*_BEFORE_IT)), etree.Element(_BEGINS_PAGE))


def _number_drawings(file: File) -> set[str]:
    """Give every drawing a number of its own, below those of print, if they have not got one; the parts that change."""
    parts = [name for name in file if _may_hold_drawings(name, file.content(name))]
    drawings = [(name, drawing) for name in parts for drawing in file.tree(name).iter(_DRAWING)]
    numbers = [drawing.get("id", "") for _, drawing in drawings]
    if len(numbers) == len(set(numbers)) and all(map(_is_low, numbers)):
        return set()
    for number, (_, drawing) in enumerate(drawings, 1):
        drawing.set("id", str(number))
    return {name for name, _ in drawings}


def _may_hold_drawings(name: str, content: bytes) -> bool:
    return name.startswith("word/") and name.endswith(".xml") and b"docPr" in content


def _is_low(number: str) -> bool:
    return number.isdecimal() and int(number) < FIRST_PRINTED_DRAWING


class _Typed(NamedTuple):
    """Something typed: an element, its characters, and the parent of its run."""

    element: Element
    text: str
    holder: Element


def put_together(tree: Element) -> bool:
    """Put every tag in ``tree`` into one text of one run, with its white space plain; whether any was not.

    Word splits what is typed into runs, wherever spelling, format or a bookmark begins. docxtpl drops everything
    between the first and the last character of a tag: the ends of bookmarks and comments, and the format of the text
    that follows. Here the tag's characters move into the run in which it begins, and all else stays where it is. A tag
    whose ends have different parents (a link, a tracked change, a content control) is left alone, since no place for it
    is right.
    """
    changed = False
    for paragraph in list(tree.iter(P)):
        typed = list(_typed_into(paragraph))
        text = "".join(each.text for each in typed)
        if tags := list(tags_in(text)):
            # Spelling marks of the old text; left in, they would stand between a field and its anchor.
            spelling = list(paragraph.iter(f"{W}proofErr"))
            changed |= _write(typed, _characters(typed, text, tags)) or bool(spelling)
            for mark in spelling:
                remove(mark)
    return changed


def _typed_into(paragraph: Element) -> Iterator[_Typed]:
    """What was typed into ``paragraph``, without paragraphs of text boxes in it, in order."""
    for run in paragraph.iter(RUN):
        if nearest(run, P) is not paragraph:
            continue
        # A smart tag says nothing of what may stand where.
        holder = next(parent for parent in run.iterancestors() if parent.tag not in _TRANSPARENT)
        for element in run:
            if element.tag == TEXT:
                yield _Typed(element, element.text or "", holder)
            elif element.tag in _TYPED and element.get(f"{W}type") is None:
                yield _Typed(element, _TYPED[element.tag], holder)


def _characters(typed: list[_Typed], text: str, tags: list[tuple[int, int]]) -> list[list[str]]:
    """The new characters of each element."""
    owners = [number for number, each in enumerate(typed) for _ in each.text]
    shown = list(text)
    for start, end in tags:
        shown[start:end] = clean(text[start:end])
        first = owners[start]
        if all(typed[owner].holder is typed[first].holder for owner in owners[start:end]):
            owners[start:end] = [first] * (end - start)
    characters: list[list[str]] = [[] for _ in typed]
    for owner, character in zip(owners, shown, strict=True):
        characters[owner].append(character)
    return characters


def _write(typed: list[_Typed], characters: list[list[str]]) -> bool:
    changed = False
    for each, new in zip(typed, characters, strict=True):
        text = "".join(new)
        if text == each.text:
            continue
        changed = True
        if text and each.element.tag == TEXT:
            each.element.text = text
            each.element.set(_SPACE, "preserve")
        else:
            _take_out(each.element)
    return changed


def _take_out(element: Element) -> None:
    """Take ``element`` out, and its run and smart tag too if nothing else is in them."""
    parent = parent_of(element)
    parent.remove(element)
    if parent.tag in (RUN, *_TRANSPARENT) and all(child.tag in (f"{W}rPr", f"{W}smartTagPr") for child in parent):
        _take_out(parent)


def _ask_for_updates(file: File) -> set[str]:
    """Ask Word to update its own fields on opening, if there are any that filling makes out of date; the parts that
    change.

    Page numbers are always right, and are no reason to ask: Word puts a question to the reader when it updates. Where a
    template has no settings, each such field is marked instead.
    """
    stories = [name for name in file if _HOLDERS.fullmatch(name)]
    stale = {name: fields for name in stories if (fields := list(_stale_fields(file.tree(name), _codes_of(name))))}
    settings = next(file.related("settings"), None)
    if stale and settings is not None:
        _ask(file.tree(settings))
        return {settings}
    for begins in (begins for fields in stale.values() for begins in fields):
        begins.set(f"{W}dirty", "true")
    return set(stale)


def _codes_of(part: str) -> frozenset[str]:
    """The field codes that go out of date in ``part``."""
    return _STALE - _LIVE_IN_MARGINS if part.startswith(("word/header", "word/footer")) else _STALE


def _stale_fields(tree: Element, codes: frozenset[str]) -> Iterator[Element]:
    """The elements at which fields with one of ``codes`` begin."""
    return (field.mark for field in ended_fields(tree) if field.mark is not None and _has_code(field.code, codes))


def _has_code(field: str, codes: frozenset[str]) -> bool:
    words = field.split()
    return bool(words) and (words[0].upper() in codes or words[0].startswith("="))


def _ask(settings: Element) -> None:
    asked = settings.find(f"{W}updateFields")
    if asked is None:
        asked = etree.Element(f"{W}updateFields")
        following = (child for child in settings if child.tag in _AFTER or not str(child.tag).startswith(W))
        if (after := next(following, None)) is not None:
            after.addprevious(asked)
        else:
            settings.append(asked)
    asked.set(f"{W}val", "true")


# What must stay whole, or be the only one of its kind, where a template chooses and repeats: both ends of bookmarks,
# comments and permissions, and ids.
#
# Word marks a range by two elements that may stand anywhere. A choice that prints one of them and not the other leaves
# half a range, which damages cross-references; a loop prints a range once a turn, though its name must be the only one
# of its kind in a document.

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


def _keep_whole(part: TemplatePart) -> bool:
    """Mend every range of ``part`` that its tags would tear or repeat, and drop the ids that a loop would repeat;
    whether there were any.

    A range that a choice would tear grows until it holds the choice. A range inside a loop is dropped: which of the
    turns a reference to it would mean, nobody can say. Word gives new ids; drawings are numbered in print.
    """
    has_ranges = any(next(part.tree.iter(f"{W}{start}"), None) is not None for start, _ in _KINDS)
    changed = has_ranges and _leave_what_goes(part)
    branches = _branches_of(part)
    if has_ranges:
        for start_name, end_name in _KINDS:
            ends = {end.get(_ID): end for end in part.tree.iter(f"{W}{end_name}")}
            for start in list(part.tree.iter(f"{W}{start_name}")):
                end = ends.get(start.get(_ID))
                if end is not None:
                    changed |= _mend(start, end, _path(branches[start]), _path(branches[end]))
                elif _repeats(branches[start]):
                    changed |= _drop(start)
        for reference in [each for each in part.tree.iter(f"{W}commentReference") if _repeats(branches[each])]:
            changed |= _drop(reference)
    return _drop_ids([element for element, branch in branches.items() if _repeats(branch)]) or changed


def _branches_of(part: TemplatePart) -> dict[Element, _Branch | None]:
    """The innermost branch that each element of a part is inside of. Tags that have no partner count for nothing
    here; they are refused elsewhere."""
    blocks = {block.start: block for block in part.blocks.blocks}
    controls: dict[Element, list[Tag]] = {}
    for tag in part.tags:
        if tag.word.removeprefix("end") in ("if", "for", "elif", "else") and tag.element is not None:
            controls.setdefault(tag.element, []).append(tag)
    branches: dict[Element, _Branch | None] = {}
    branch: _Branch | None = None
    for element in part.tree.iter("*"):
        branches[element] = branch
        for tag in controls.get(element, ()):
            branch = _after(tag, branch, blocks)
    return branches


def _after(tag: Tag, branch: _Branch | None, blocks: Mapping[Tag, TagBlock]) -> _Branch | None:
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
    changed = False
    for unit, tags in part.tags_by_unit.items():
        before = True
        place = unit
        for element in list(unit.iter()):
            if element is tags[0].element:
                before = False
            elif element.tag in _RANGE_MARKS:
                changed = True
                remove(element)
                if before:
                    unit.addprevious(element)
                else:
                    place.addnext(element)
                    place = element
    return changed


def _mend(start: Element, end: Element, before: tuple[_Branch, ...], after: tuple[_Branch, ...]) -> bool:
    """Mend the range from ``start``, which is inside of ``before``, to ``end``, which is inside of ``after``."""
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], zip(before, after, strict=False)))
    if any(branch.block.start.word == "for" for branch in before[:shared]):
        return _drop(start) | _drop(end)
    changed = False
    if len(before) > shared and (first := before[shared].block.start.unit) is not None:
        first.addprevious(start)
        changed = True
    if len(after) > shared and (last := after[shared].block.end) is not None and last.unit is not None:
        last.unit.addnext(end)
        changed = True
    return changed


def _drop(element: Element) -> bool:
    if element.getparent() is None:
        return False
    remove(element)
    return True


def _drop_ids(repeated: list[Element]) -> bool:
    changed = False
    for element in repeated:
        for name in _OPTIONAL:
            changed |= without_attribute(element, name)
        parent = element.getparent() if element.tag == _ID else None
        if parent is not None and parent.tag == f"{W}sdtPr":
            parent.remove(element)
            changed = True
    return changed
