"""A template mended, before docxtpl sees it, so that both ways of filling are cured alike and no fill pays for it: tags
put together, ranges and ids kept whole, drawings numbered, and Word asked to bring its own fields up to date.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple, TypeVar

from lxml import etree

from jdgen.record.anchors import ANCHOR
from jdgen.template.finishing import FIRST_PRINTED_DRAWING
from jdgen.template.mending.containers import keep_what_is_printed
from jdgen.template.mending.ranges import keep_whole
from jdgen.template.tag_text import clean, tags_in
from jdgen.template.tags import RUN, TEXT, P, TemplatePart
from jdgen.word.fields import ended_fields
from jdgen.word.xml import Element, Trees, W, nearest, parent_of, remove

_Part = TypeVar("_Part", bound=TemplatePart)
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What people type into a tag that Word does not keep as text. A page break is a thing of its own.
_TYPED = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}
_TRANSPARENT = frozenset({f"{W}smartTag", f"{W}proofErr"})
_RELATIONS = "word/_rels/document.xml.rels"
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


def mended_template(trees: Trees, parts: Iterable[_Part]) -> tuple[_Part, ...]:
    """``parts``, which are those of ``trees`` that are filled, with whole tags, whole ranges and no id that a loop
    would repeat; and what goes with them in ``trees``.

    No paragraph is added or taken away, so places in it are places in the template. A part in which there is nothing
    to mend keeps its bytes.
    """
    mended = tuple(_mended(trees, part) if b"{" in trees.parts[part.name] else part for part in parts)
    _number_drawings(trees)
    _ask_for_updates(trees)
    return mended


def _mended(trees: Trees, part: _Part) -> _Part:
    tree = part.tree
    changed = _drop_earlier_anchors(tree) | put_together(tree)
    if changed:
        part = replace(part)  # to be read anew
    if changed | keep_what_is_printed(tree) | keep_whole(part):
        trees.to_change(part.name)
    return part


def _drop_earlier_anchors(tree: Element) -> bool:
    """Take out the anchors of a document that was made a template: what it prints gets anchors of its own."""
    starts = [one for one in tree.iter(f"{W}bookmarkStart") if (one.get(f"{W}name") or "").startswith(ANCHOR)]
    ids = {one.get(f"{W}id") for one in starts}
    ends = [one for one in tree.iter(f"{W}bookmarkEnd") if one.get(f"{W}id") in ids] if ids else []
    for mark in (*starts, *ends):
        remove(mark)
    return bool(starts)


def _number_drawings(trees: Trees) -> None:
    """Give every drawing a number of its own, below those of print, if they have not got one."""
    parts = [name for name, content in trees.parts.items() if _may_hold_drawings(name, content)]
    drawings = [(name, drawing) for name in parts for drawing in trees[name].iter(_DRAWING)]
    numbers = [drawing.get("id", "") for _, drawing in drawings]
    if len(numbers) == len(set(numbers)) and all(map(_is_low, numbers)):
        return
    for number, (name, drawing) in enumerate(drawings, 1):
        trees.to_change(name)
        drawing.set("id", str(number))


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


def _ask_for_updates(trees: Trees) -> None:
    """Ask Word to update its own fields on opening, if there are any that filling makes out of date.

    Page numbers are always right, and are no reason to ask: Word puts a question to the reader when it updates. Where a
    template has no settings, each such field is marked instead.
    """
    stories = [name for name in trees.parts if _HOLDERS.fullmatch(name)]
    stale = {name: fields for name in stories if (fields := list(_stale_fields(trees[name], _codes_of(name))))}
    if not stale:
        return
    if (settings := _settings(trees)) in trees.parts:
        _ask(trees.to_change(settings))
        return
    for name, fields in stale.items():
        trees.to_change(name)
        for begins in fields:
            begins.set(f"{W}dirty", "true")


def _codes_of(part: str) -> frozenset[str]:
    """The field codes that go out of date in ``part``."""
    return _STALE - _LIVE_IN_MARGINS if part.startswith(("word/header", "word/footer")) else _STALE


def _stale_fields(tree: Element, codes: frozenset[str]) -> Iterator[Element]:
    """The elements at which fields with one of ``codes`` begin."""
    return (field.mark for field in ended_fields(tree) if field.mark is not None and _has_code(field.code, codes))


def _has_code(field: str, codes: frozenset[str]) -> bool:
    words = field.split()
    return bool(words) and (words[0].upper() in codes or words[0].startswith("="))


def _settings(trees: Trees) -> str:
    """The name of the part with the document's settings; '' where there is none."""
    for relation in trees[_RELATIONS] if _RELATIONS in trees.parts else ():
        if relation.get("Type", "").endswith("/settings"):
            return posixpath.normpath(posixpath.join("/word", relation.get("Target", ""))).lstrip("/")
    return ""


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
