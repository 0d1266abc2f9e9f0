"""Word files in the one form that everything else here knows: the main text under its usual name, in the namespaces of
Transitional Open XML, with the usual prefixes.

Word for the web calls the main text ``word/document2.xml``, and "Strict Open XML Document" in Word's Save As puts every
element into other namespaces (ISO/IEC 29500-1, where the usual ones are of 29500-4). What such a file says is the same,
and so is what is written back to it: Word reads both forms, and writes the usual one unless it is asked for the other.
Programs that make Word files may give namespaces any prefix, or none.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from jdgen.word.file import ANEW, MAIN_PART, File
from jdgen.word.relationships import inside, relations_of
from jdgen.word.writing import CONTENT_TYPES
from jdgen.word.xml import Element, W, attributes_of, document, drop_attribute
from jdgen.zips import PackageError

#: The prefix that jdgen and docxtpl write and look for; none in what says which parts there are.
_PREFIXES: Mapping[str, str | None] = {
    W[1:-1]: "w",
    "http://schemas.openxmlformats.org/package/2006/content-types": None,
    "http://schemas.openxmlformats.org/package/2006/relationships": None,
}
#: How the parts begin by which it is seen that a file has these prefixes: one program writes all of them.
_STARTS = {MAIN_PART: b"<w:document", CONTENT_TYPES: b"<Types", relations_of(""): b"<Relationships"}
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
_STRICT_NAMESPACE = re.compile(rb'"http://purl\.oclc\.org/ooxml/([A-Za-z]+)/([^"]*)"')
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


def in_usual_form(file: File) -> File:
    """``file`` in the usual form; one that has it already, or no main text, is as it was.

    Raises :class:`PackageError` for a file with two main texts, in which programs would read different ones.
    """
    main, is_strict = _main_text(file)
    if not main:
        return file
    usual = file if main == MAIN_PART else _with_usual_name(file, main)
    if is_strict or _is_strict(usual):
        usual = usual.with_parts(
            {name: content for name in usual if is_xml(name) and (content := _transitional(usual, name)) is not None}
        )
    if all(start in usual.content(name) for name, start in _STARTS.items() if name in usual):  # as nearly all have them
        return usual
    return usual.with_parts(
        {name: tree for name in usual if is_xml(name) and (tree := _with_usual_prefix(usual, name)) is not None}
    )


def is_xml(part: str) -> bool:
    """Whether python-docx or jdgen may parse the part: by its name, as Word's own parts are named."""
    return part.lower().endswith((".xml", ".rels"))


def _main_text(file: File) -> tuple[str, bool]:
    """The name of the part that the file itself calls its main text, '' for none, and whether in strict words."""
    try:
        links = [link for link in file.relationships() if link.type in _MAIN_TYPES]
    except PackageError:  # told by whoever needs the part
        return "", False
    # Names of parts are compared whatever their case (ECMA-376 part 2, 6.2.2.3).
    names = {name.casefold(): name for name in file if is_xml(name)}
    mains = {names.get(inside("", link.target).casefold(), "") for link in links}
    if len(mains) > 1:
        raise PackageError("has more than one main text", ANEW)
    return next(iter(mains), ""), any(link.type.startswith(_STRICT) for link in links)


def _tree(file: File, part: str) -> Element | None:
    """A copy of the tree of a part; nothing for one that is not there or is damaged, which whoever needs it tells."""
    try:
        return file.copy_of(part) if part in file else None
    except PackageError:
        return None


def _with_usual_name(file: File, main: str) -> File:
    if MAIN_PART in file:
        raise PackageError(f"has a main text ({main}) and another under the name that it usually has", ANEW)
    names = {main: MAIN_PART, relations_of(main): relations_of(MAIN_PART)}
    usual = File.of({names.get(name, name): file.content(name) for name in file})
    trees: dict[str, Element] = {}
    if (relations := _tree(usual, relations_of(""))) is not None:
        for link in relations.iter("{*}Relationship"):
            if link.get("Type") in _MAIN_TYPES:
                link.set("Target", MAIN_PART)
        trees[relations_of("")] = relations
    if (types := _tree(usual, CONTENT_TYPES)) is not None:
        for declaration in types.iter("{*}Override"):
            if declaration.get("PartName", "").casefold() == f"/{main}".casefold():
                declaration.set("PartName", f"/{MAIN_PART}")
        trees[CONTENT_TYPES] = types
    main_relations = relations_of(MAIN_PART)
    folder = posixpath.dirname(main)
    if folder != posixpath.dirname(MAIN_PART) and (links := _tree(usual, main_relations)) is not None:
        _make_absolute(links, folder)
        trees[main_relations] = links
    return usual.with_parts(trees)


def _make_absolute(relations: Element, folder: str) -> None:
    """Targets are relative to the folder that their part lies in, which is another now."""
    for link in relations.iter("{*}Relationship"):
        target = link.get("Target", "")
        if link.get("TargetMode", "").lower() != "external" and not target.startswith("#"):
            link.set("Target", f"/{inside(folder, target)}")


def _is_strict(file: File) -> bool:
    """Whether the main text is written in strict words, whatever the file's relationships say."""
    if _STRICT.encode() not in file.content(MAIN_PART):
        return False
    try:
        return str(file.tree(MAIN_PART).tag).startswith(_S)
    except PackageError:
        return False


def _with_usual_prefix(file: File, part: str) -> Element | None:
    """The tree of a part with the usual prefix for the namespace of its first element; nothing where it has that."""
    tree = _tree(file, part)
    name = "" if tree is None else etree.QName(tree).namespace or ""
    if tree is None or name not in _PREFIXES or tree.prefix == _PREFIXES[name]:
        return None
    prefixes = {prefix: other for prefix, other in tree.nsmap.items() if other != name}
    root = etree.Element(tree.tag, nsmap={**prefixes, _PREFIXES[name]: name})  # type: ignore[dict-item]  # None is one
    for attribute, value in attributes_of(tree):
        root.set(attribute, value)
    root.extend(list(tree))
    return root


def _transitional(file: File, part: str) -> bytes | None:
    """A part in the usual namespaces; nothing where it has no strict words."""
    tree = _tree(file, part)
    if tree is None:
        return None
    _respell(tree)
    content = document(tree)
    usual_content = _TAG.sub(lambda tag: _STRICT_NAMESPACE.sub(_usual_namespace, tag[0]), content)
    return usual_content if usual_content != content else None


def _usual_namespace(match: re.Match[bytes]) -> bytes:
    first, rest = match[1].decode(), match[2].decode()
    name = _OTHER_WORDS.get(f"{first}/{rest}", f"{first}/2006/{rest}")
    return f'"{_OFFICE}{name}"'.encode()


def _respell(tree: Element) -> None:
    """Write what strict files write in other words (sides, directions, measures) as it is usually written."""
    drop_attribute(tree, f"{_S}conformance")
    for element in tree.iter(f"{_S}*"):
        _respell_sides(element)
        for name, value in _measures(element):
            element.set(name, value)
    for element in tree.iter(etree.Element):
        if element.tag.startswith(_DRAWING):
            for name, value in attributes_of(element):
                if share := _PERCENTAGE.fullmatch(value):
                    element.set(name, str(round(float(share[1]) * 1000)))


def _respell_sides(element: Element) -> None:
    if element.tag in _ALIGNED:
        _replace(element, "val", _SIDES)
    elif element.tag == f"{_S}textDirection":
        _replace(element, "val", _DIRECTIONS)
    elif element.tag in _SIDED:
        for side in element.iterchildren(f"{_S}start", f"{_S}end"):
            side.tag = f"{_S}{_SIDES[etree.QName(side).localname]}"
    elif element.tag == f"{_S}ind":
        for strict, usual in _SIDES.items():
            if (value := drop_attribute(element, f"{_S}{strict}")) is not None:
                element.set(f"{_S}{usual}", value)


def _replace(element: Element, name: str, words: Mapping[str, str]) -> None:
    value = element.get(f"{_S}{name}", "")
    if value in words:
        element.set(f"{_S}{name}", words[value])


def _measures(element: Element) -> Iterator[tuple[str, str]]:
    """The attributes of ``element`` that are measures with a unit, as the whole numbers that they usually are."""
    for name, value in _with_units(attributes_of(element), element.tag in _MEASURED_BY_VALUE):
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
