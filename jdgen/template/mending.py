"""A template mended, before docxtpl sees it, so that no fill pays for it: tags put together, pages begun where they are
to begin, drawings numbered, and Word asked to bring its own fields up to date. What else is mended in a part:
:mod:`.containers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from lxml import etree

from jdgen.record.anchors import ANCHOR
from jdgen.template.containers import free_what_fields_show, keep_ranges_whole, keep_what_is_printed, mark_grids
from jdgen.template.finishing import FIRST_PRINTED_DRAWING
from jdgen.template.tag_text import clean, tags_in
from jdgen.template.tags import TemplatePart
from jdgen.word.field_codes import ended_fields
from jdgen.word.file import File
from jdgen.word.paragraphs import RUN, SPACE, TEXT, P
from jdgen.word.xml import Element, W, nearest, parent_of, remove, text_in

_Part = TypeVar("_Part", bound=TemplatePart)
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
# What people type into a tag that Word does not keep as text. A page break is a thing of its own.
_TYPED = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}
_TRANSPARENT = frozenset({f"{W}smartTag", f"{W}proofErr"})
_STORIES = re.compile(r"word/(?:document|header|footer|footnotes|endnotes)[^/]*\.xml")
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
    mended_parts, changed_names = list(parts), set[str]()
    for number, part in enumerate(parts):
        if b"{" in file.content(part.name):
            mended_parts[number], is_changed = _mended_part(part)
            changed_names |= {part.name} if is_changed else set()
    changed_names |= _number_drawings(file) | _ask_for_updates(file)
    return file.with_parts({name: file.tree(name) for name in changed_names}), tuple(mended_parts)


def _mended_part(part: _Part) -> tuple[_Part, bool]:
    """``part``, mended, and whether there was anything to mend."""
    tree = part.tree
    # Each mends what it knows of, whatever the others found: ``|`` does not stop at the first, as ``or`` would.
    is_changed = _drop_earlier_anchors(tree) | put_together(tree) | free_what_fields_show(tree) | _carry_breaks_on(tree)
    if is_changed:
        part = replace(part)  # to be read anew
    return part, is_changed | keep_what_is_printed(tree) | keep_ranges_whole(part) | mark_grids(tree)


def _drop_earlier_anchors(tree: Element) -> bool:
    """Take out the anchors of a document that was made a template: what it prints gets anchors of its own."""
    starts = [start for start in tree.iter(f"{W}bookmarkStart") if (start.get(f"{W}name") or "").startswith(ANCHOR)]
    ids = {start.get(f"{W}id") for start in starts}
    ends = [end for end in tree.iter(f"{W}bookmarkEnd") if end.get(f"{W}id") in ids] if ids else []
    for mark in (*starts, *ends):
        remove(mark)
    return bool(starts)


def _carry_breaks_on(tree: Element) -> bool:
    """Have the paragraph after one that goes with its tag begin a page, where the tag is followed by the break of one;
    whether there was any.

    LibreOffice writes so, whatever it is given, where a paragraph after the tag is to begin a page.
    """
    is_changed = False
    for page_break in [mark for mark in tree.iter(_BREAK) if mark.get(f"{W}type") == "page"]:
        paragraph = nearest(page_break, P)
        following = None if paragraph is None else paragraph.getnext()
        if paragraph is None or following is None or following.tag != P or _GOES.match(text_in(following)):
            continue
        if _GOES.fullmatch(text_in(paragraph)) and not _has_text_after(paragraph, page_break):
            _take_out(page_break)
            _begin_page(following)
            is_changed = True
    return is_changed


def _has_text_after(paragraph: Element, mark: Element) -> bool:
    """Whether more than white space stands in ``paragraph`` behind ``mark``, which is in it."""
    is_behind = False
    for element in paragraph.iter(TEXT, mark.tag):
        if is_behind and element.tag == TEXT and (element.text or "").strip():
            return True
        is_behind = is_behind or element is mark
    return False


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


class _TypedText(NamedTuple):
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
    is_changed = False
    for paragraph in list(tree.iter(P)):
        pieces = list(_typed_into(paragraph))
        text = "".join(piece.text for piece in pieces)
        if tags := list(tags_in(text)):
            # Spelling marks of the old text; left in, they would stand between a field and its anchor.
            spelling_marks = list(paragraph.iter(f"{W}proofErr"))
            is_changed |= _write(pieces, _characters(pieces, text, tags)) or bool(spelling_marks)
            for mark in spelling_marks:
                remove(mark)
    return is_changed


def _typed_into(paragraph: Element) -> Iterator[_TypedText]:
    """What was typed into ``paragraph``, without paragraphs of text boxes in it, in order."""
    for run in paragraph.iter(RUN):
        if nearest(run, P) is not paragraph:
            continue
        # A smart tag says nothing of what may stand where.
        holder = next(parent for parent in run.iterancestors() if parent.tag not in _TRANSPARENT)
        for element in run:
            if element.tag == TEXT:
                yield _TypedText(element, element.text or "", holder)
            elif element.tag in _TYPED and element.get(f"{W}type") is None:
                yield _TypedText(element, _TYPED[element.tag], holder)


def _characters(pieces: list[_TypedText], text: str, tags: list[tuple[int, int]]) -> list[list[str]]:
    """The new characters of each of ``pieces``, whose ``text`` has ``tags``."""
    owners = [number for number, piece in enumerate(pieces) for _ in piece.text]
    new_text = list(text)
    for start, end in tags:
        new_text[start:end] = clean(text[start:end])
        first = owners[start]
        if all(pieces[owner].holder is pieces[first].holder for owner in owners[start:end]):
            owners[start:end] = [first] * (end - start)
    characters: list[list[str]] = [[] for _ in pieces]
    for owner, character in zip(owners, new_text, strict=True):
        characters[owner].append(character)
    return characters


def _write(pieces: list[_TypedText], characters: list[list[str]]) -> bool:
    """Write the new ``characters`` of each of ``pieces``; whether any are others than before."""
    is_changed = False
    for piece, new_characters in zip(pieces, characters, strict=True):
        text = "".join(new_characters)
        if text == piece.text:
            continue
        is_changed = True
        if text and piece.element.tag == TEXT:
            piece.element.text = text
            piece.element.set(SPACE, "preserve")
        else:
            _take_out(piece.element)
    return is_changed


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
    stories = [name for name in file if _STORIES.fullmatch(name)]
    stale = {name: fields for name in stories if (fields := list(_stale_fields(file.tree(name), _codes_of(name))))}
    settings = next(file.related("settings"), None)
    if stale and settings is not None:
        _ask(file.tree(settings))
        return {settings}
    for fields in stale.values():
        for begins in fields:
            begins.set(f"{W}dirty", "true")
    return set(stale)


def _codes_of(part: str) -> frozenset[str]:
    """The field codes that go out of date in ``part``."""
    return _STALE - _LIVE_IN_MARGINS if part.startswith(("word/header", "word/footer")) else _STALE


def _stale_fields(tree: Element, codes: frozenset[str]) -> Iterator[Element]:
    """The elements at which fields with one of ``codes`` begin."""
    return (field.mark for field in ended_fields(tree) if field.mark is not None and _has_code(field.code, codes))


def _has_code(code: str, codes: frozenset[str]) -> bool:
    words = code.split()
    return bool(words) and (words[0].upper() in codes or words[0].startswith("="))


def _ask(settings: Element) -> None:
    setting = settings.find(f"{W}updateFields")
    if setting is None:
        setting = etree.Element(f"{W}updateFields")
        following = (child for child in settings if child.tag in _AFTER or not str(child.tag).startswith(W))
        if (after := next(following, None)) is not None:
            after.addprevious(setting)
        else:
            settings.append(setting)
    setting.set(f"{W}val", "true")
