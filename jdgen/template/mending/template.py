"""A template mended, before docxtpl sees it, so that both ways of filling are cured alike and no fill pays for it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from jdgen.template.anchors import ANCHOR
from jdgen.template.mending.containers import keep_what_is_printed
from jdgen.template.mending.structure import drop_repeated_ids, keep_whole, with_drawings_numbered
from jdgen.template.mending.tags import put_together
from jdgen.word.xml import W, document, parsed, serialised

# Fields of Word's own that filling makes out of date: Word is asked to bring them up to date on opening.
#
# Page numbers are always right, and are no reason to ask: Word puts a question to the reader when it updates.

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


def with_updates_asked(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """``parts`` with Word asked to update fields on opening, if there are any that go out of date.

    Where a template has no settings, each such field is marked instead.
    """
    trees = {
        name: parsed(content)
        for name, content in parts.items()
        if _HOLDERS.fullmatch(name) and (b"instrText" in content or b"fldSimple" in content)
    }
    stale = {name: fields for name, tree in trees.items() if (fields := list(_stale_fields(tree, _codes_of(name))))}
    if not stale:
        return dict(parts)
    if (settings := _settings(parts)) in parts:
        return {**parts, settings: _asking(parts[settings])}
    for fields in stale.values():
        for begins in fields:
            begins.set(f"{W}dirty", "true")
    return {**parts, **{name: document(trees[name]) for name in stale}}


def _codes_of(part: str) -> frozenset[str]:
    """The field codes that go out of date in ``part``."""
    return _STALE - _LIVE_IN_MARGINS if part.startswith(("word/header", "word/footer")) else _STALE


def _stale_fields(tree: Any, codes: frozenset[str]) -> Iterator[Any]:
    """The elements at which fields with one of ``codes`` begin."""
    for field in tree.iter(f"{W}fldSimple"):
        if _has_code(field.get(f"{W}instr", ""), codes):
            yield field
    open_fields: list[tuple[Any, list[str]]] = []
    for element in tree.iter(f"{W}fldChar", f"{W}instrText"):
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            open_fields.append((element, []))
        elif kind == "end" and open_fields:
            begins, code = open_fields.pop()
            if _has_code("".join(code), codes):
                yield begins
        elif kind is None and open_fields:
            open_fields[-1][1].append(element.text or "")


def _has_code(field: str, codes: frozenset[str]) -> bool:
    words = field.split()
    return bool(words) and (words[0].upper() in codes or words[0].startswith("="))


def _settings(parts: Mapping[str, bytes]) -> str:
    """The name of the part with the document's settings; '' where there is none."""
    for relation in parsed(parts[_RELATIONS]) if _RELATIONS in parts else ():
        if relation.get("Type", "").endswith("/settings"):
            return posixpath.normpath(posixpath.join("/word", relation.get("Target", ""))).lstrip("/")
    return ""


def _asking(settings: bytes) -> bytes:
    tree = parsed(settings)
    asked = tree.find(f"{W}updateFields")
    if asked is None:
        asked = etree.Element(f"{W}updateFields")
        following = (child for child in tree if child.tag in _AFTER or not str(child.tag).startswith(W))
        if (after := next(following, None)) is not None:
            after.addprevious(asked)
        else:
            tree.append(asked)
    asked.set(f"{W}val", "true")
    return document(tree)


_FILLED = re.compile(r"word/[^/]+\.xml")
_ROOTS = ("document", "hdr", "ftr")


def mended_template(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a template with whole tags, whole ranges and no id that a loop would repeat.

    No paragraph is added or taken away, so places in it are places in the template. A part in which there is nothing
    to mend keeps its bytes.
    """
    mended = {name: _mended(content) if _may_hold_tags(name, content) else content for name, content in parts.items()}
    return with_updates_asked(with_drawings_numbered(mended))


def _may_hold_tags(name: str, content: bytes) -> bool:
    return _FILLED.fullmatch(name) is not None and b"{" in content


def _mended(content: bytes) -> bytes:
    tree = parsed(content)
    if etree.QName(tree).localname not in _ROOTS:
        return content
    before = serialised(tree)
    _mend(tree)
    return content if serialised(tree) == before else document(tree)


def _mend(tree: Any) -> None:
    _drop_earlier_anchors(tree)
    put_together(tree)
    keep_what_is_printed(tree)
    keep_whole(tree)
    drop_repeated_ids(tree)


def _drop_earlier_anchors(tree: Any) -> None:
    """Take out the anchors of a document that was made a template: what it prints gets anchors of its own."""
    starts = [one for one in tree.iter(f"{W}bookmarkStart") if one.get(f"{W}name", "").startswith(ANCHOR)]
    ids = {one.get(f"{W}id") for one in starts}
    ends = [one for one in tree.iter(f"{W}bookmarkEnd") if one.get(f"{W}id") in ids] if ids else []
    for mark in (*starts, *ends):
        mark.getparent().remove(mark)
