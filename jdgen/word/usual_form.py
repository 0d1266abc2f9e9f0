"""Word files in the one form that everything else here knows: the main text under its usual name, in the namespaces of
Transitional Open XML.

Word for the web calls the main text ``word/document2.xml``, and "Strict Open XML Document" in Word's Save As puts every
element into other namespaces (ISO/IEC 29500-1, where the usual ones are of 29500-4). What such a file says is the same,
and so is what is written back to it: Word reads both forms, and writes the usual one unless it is asked for the other.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from lxml import etree

from jdgen.word.xml import document, parsed
from jdgen.zips import PackageError, declares_document_type

MAIN_PART = "word/document.xml"
_CONTENT_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"
_STRICT = "http://purl.oclc.org/ooxml/"
_OFFICE = "http://schemas.openxmlformats.org/"
_MAIN_TYPES = (
    f"{_STRICT}officeDocument/relationships/officeDocument",
    f"{_OFFICE}officeDocument/2006/relationships/officeDocument",
)
_S = f"{{{_STRICT}wordprocessingml/main}}"
# Where the words of a namespace differ in more than the year between them (ISO/IEC 29500-4, annex A).
_OTHER_WORDS = {
    "officeDocument/extendedProperties": "officeDocument/2006/extended-properties",
    "officeDocument/customProperties": "officeDocument/2006/custom-properties",
    "officeDocument/relationships/extendedProperties": "officeDocument/2006/relationships/extended-properties",
    "officeDocument/relationships/customProperties": "officeDocument/2006/relationships/custom-properties",
}
_DRAWING = f"{{{_STRICT}drawingml/"
_TAG = re.compile(rb"<[^<>]*>")
_NAMED = re.compile(rb'"http://purl\.oclc\.org/ooxml/([A-Za-z]+)/([^"]*)"')
_SIDES = {"start": "left", "end": "right", "startChars": "leftChars", "endChars": "rightChars"}
_ALIGNED = (f"{_S}jc", f"{_S}lvlJc", f"{_S}tab")
_SIDED = tuple(f"{_S}{name}" for name in ("tblBorders", "tcBorders", "tblCellMar", "tcMar"))
_DIRECTIONS = {"tb": "lrTb", "rl": "tbRl", "lr": "btLr", "tbV": "lrTbV", "rlV": "tbRlV", "lrV": "tbLrV"}
_MEASURE = re.compile(r"(-?\d+(?:\.\d+)?)(mm|cm|in|pt|pc|pi)")
_POINTS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0}
_PERCENTAGE = re.compile(r"(-?\d+(?:\.\d+)?)%")
# What is measured in half-points; everything else is in twentieths of a point.
_HALF_POINTS = frozenset(f"{_S}{name}" for name in ("sz", "szCs", "kern", "position", "hps", "hpsRaise", "hpsBaseText"))
_MEASURED_BY_VALUE = _HALF_POINTS | {f"{_S}{name}" for name in ("spacing", "trHeight", "defaultTabStop", "w", "zoom")}
_MEASURES = frozenset(
    {
        *("w", "h", "x", "y", "left", "right", "top", "bottom", "header", "footer", "gutter", "before", "after"),
        *("line", "hanging", "firstLine", "pos", "space", "hSpace", "vSpace", "linePitch", "percent"),
        *("leftFromText", "rightFromText", "topFromText", "bottomFromText", "tblpX", "tblpY"),
    }
)


def in_usual_form(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """``parts`` of a Word file in the usual form; a file that has it already, or no main text, is as it was.

    Raises :class:`PackageError` for a file with two main texts, in which programs would read different ones.
    """
    main, is_strict = _main_text(parts)
    if not main:
        return dict(parts)
    usual = dict(parts) if main == MAIN_PART else _with_usual_name(parts, main)
    if is_strict or _is_strict(usual[MAIN_PART]):
        return {name: _transitional(part) if is_xml(name) else part for name, part in usual.items()}
    return usual


def is_xml(part: str) -> bool:
    """Whether python-docx or jdgen may parse the part: by its name, as Word's own parts are named."""
    return part.lower().endswith((".xml", ".rels"))


def relations_of(part: str) -> str:
    """The part that holds the relationships of ``part``."""
    folder, _, name = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _main_text(parts: Mapping[str, bytes]) -> tuple[str, bool]:
    """The name of the part that the file itself calls its main text, '' for none, and whether in strict words."""
    tree = _tree(parts.get(_RELATIONS, b""))
    links = [] if tree is None else [one for one in tree.iter("{*}Relationship") if one.get("Type") in _MAIN_TYPES]
    # Names of parts are compared whatever their case (ECMA-376 part 2, 6.2.2.3).
    names = {name.casefold(): name for name in parts if is_xml(name)}
    mains = {names.get(inside("", one.get("Target", "")).casefold(), "") for one in links}
    if len(mains) > 1:
        raise PackageError("has more than one main text", "open it in a word processor and save it anew")
    return next(iter(mains), ""), any(one.get("Type", "").startswith(_STRICT) for one in links)


def inside(folder: str, target: str) -> str:
    """The part that ``target`` means, in a part that lies in ``folder``."""
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _tree(content: bytes) -> Any | None:
    """The tree of a part, nothing for one that is damaged: that is told by whoever needs the part."""
    if not content or declares_document_type(content):
        return None
    try:
        return parsed(content)
    except etree.XMLSyntaxError:
        return None


def _with_usual_name(parts: Mapping[str, bytes], main: str) -> dict[str, bytes]:
    if MAIN_PART in parts:
        what = f"has a main text ({main}) and another under the name that it usually has"
        raise PackageError(what, "open it in a word processor and save it anew")
    names = {main: MAIN_PART, relations_of(main): relations_of(MAIN_PART)}
    usual = {names.get(name, name): part for name, part in parts.items()}
    if (relations := _tree(usual[_RELATIONS])) is not None:
        for link in relations.iter("{*}Relationship"):
            if link.get("Type") in _MAIN_TYPES:
                link.set("Target", MAIN_PART)
        usual[_RELATIONS] = document(relations)
    if (types := _tree(usual.get(_CONTENT_TYPES, b""))) is not None:
        for declared in types.iter("{*}Override"):
            if declared.get("PartName", "").casefold() == f"/{main}".casefold():
                declared.set("PartName", f"/{MAIN_PART}")
        usual[_CONTENT_TYPES] = document(types)
    own = relations_of(MAIN_PART)
    folder = posixpath.dirname(main)
    if folder != posixpath.dirname(MAIN_PART) and (links := _tree(usual.get(own, b""))) is not None:
        _make_absolute(links, folder)
        usual[own] = document(links)
    return usual


def _make_absolute(relations: Any, folder: str) -> None:
    """Targets are relative to the folder that their part lies in, which is another now."""
    for link in relations.iter("{*}Relationship"):
        target = link.get("Target", "")
        if link.get("TargetMode", "").lower() != "external" and not target.startswith("#"):
            link.set("Target", f"/{inside(folder, target)}")


def _is_strict(main: bytes) -> bool:
    """Whether the main text is written in strict words, whatever the file's relationships say."""
    if _STRICT.encode() not in main:
        return False
    tree = _tree(main)
    return tree is not None and str(tree.tag).startswith(_S)


def _transitional(content: bytes) -> bytes:
    """A part in the usual namespaces; one that has no strict words stays byte for byte what it was."""
    tree = _tree(content)
    if tree is None:
        return content
    _respell(tree)
    written = document(tree)
    renamed = _TAG.sub(lambda tag: _NAMED.sub(_usual_namespace, tag[0]), written)
    return renamed if renamed != written else content


def _usual_namespace(found: re.Match[bytes]) -> bytes:
    first, rest = found[1].decode(), found[2].decode()
    name = _OTHER_WORDS.get(f"{first}/{rest}", f"{first}/2006/{rest}")
    return f'"{_OFFICE}{name}"'.encode()


def _respell(tree: Any) -> None:
    """Write what strict files write in other words (sides, directions, measures) as it is usually written."""
    tree.attrib.pop(f"{_S}conformance", None)
    for element in tree.iter(f"{_S}*"):
        _respell_sides(element)
        for name, value in _measures(element):
            element.set(name, value)
    for element in tree.iter(etree.Element):
        if element.tag.startswith(_DRAWING):
            for name, value in element.attrib.items():
                if share := _PERCENTAGE.fullmatch(value):
                    element.set(name, str(round(float(share[1]) * 1000)))


def _respell_sides(element: Any) -> None:
    if element.tag in _ALIGNED:
        _replace(element, "val", _SIDES)
    elif element.tag == f"{_S}textDirection":
        _replace(element, "val", _DIRECTIONS)
    elif element.tag in _SIDED:
        for side in element.iterchildren(f"{_S}start", f"{_S}end"):
            side.tag = f"{_S}{_SIDES[etree.QName(side).localname]}"
    elif element.tag == f"{_S}ind":
        for strict, usual in _SIDES.items():
            if (value := element.attrib.pop(f"{_S}{strict}", None)) is not None:
                element.set(f"{_S}{usual}", value)


def _replace(element: Any, name: str, words: Mapping[str, str]) -> None:
    value = element.get(f"{_S}{name}", "")
    if value in words:
        element.set(f"{_S}{name}", words[value])


def _measures(element: Any) -> Iterator[tuple[str, str]]:
    """The attributes of ``element`` that are measures with a unit, as the whole numbers that they usually are."""
    for name, value in _with_units(element.attrib.items(), element.tag in _MEASURED_BY_VALUE):
        if length := _MEASURE.fullmatch(value):
            points = float(length[1]) * _POINTS[length[2]]
            yield name, str(round(points * (2 if element.tag in _HALF_POINTS else 20)))
        elif share := _PERCENTAGE.fullmatch(value):
            # Widths in percent are counted in fiftieths of one.
            yield name, str(round(float(share[1]) * (50 if name == f"{_S}w" else 1)))


def _with_units(attributes: Iterable[tuple[str, str]], by_value: bool) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, value in attributes
        if name.startswith(_S) and (name.removeprefix(_S) in _MEASURES or (by_value and name == f"{_S}val"))
    ]


# The stories of a Word file: its main text, and the parts with text of their own beside it.
#
# "Story" is Word's word. Programs rename and renumber these parts when they save, so they are found by relationship.

_TEXT_RELATIONS = relations_of(MAIN_PART)


class Story(StrEnum):
    """What kind of text a part holds."""

    MAIN = "text"
    HEADER = "header"
    FOOTER = "footer"
    FOOTNOTES = "footnotes"
    ENDNOTES = "endnotes"


class StoryPart(NamedTuple):
    """The name of a part, and the story in it."""

    name: str
    story: Story


#: By the last word of the type of their relationship, in the order in which a template's parts are printed.
_BESIDE = {
    "header": Story.HEADER,
    "footer": Story.FOOTER,
    "footnotes": Story.FOOTNOTES,
    "endnotes": Story.ENDNOTES,
}


def story_parts(parts: Mapping[str, bytes]) -> tuple[StoryPart, ...]:
    """The parts with text, the main text first. Comments are none of them: they are about the text."""
    beside = {name: _BESIDE[kind] for kind, name in related_parts(parts) if kind in _BESIDE and name in parts}
    order = list(_BESIDE.values())
    found = sorted(beside.items(), key=lambda one: order.index(one[1]))
    return (StoryPart(MAIN_PART, Story.MAIN), *(StoryPart(*one) for one in found))


def related_parts(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """What the main text relates to inside the file: the last word of the relationship's type, and the part's name."""
    if _TEXT_RELATIONS not in parts:
        return
    for relation in parsed(parts[_TEXT_RELATIONS]):
        if relation.get("TargetMode", "").lower() != "external":
            yield str(relation.get("Type", "")).rpartition("/")[2], inside("word", relation.get("Target", ""))
