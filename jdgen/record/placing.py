"""A place for a record in a document that another program wrote, and that has none: its files may be declared and
related in any form that a word processor understands. And what a template's own properties say.

For jdgen's own templates, of which the form is known, :func:`jdgen.record.writing.with_room_for_record` does the same,
once for thousands of documents.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

from lxml import etree

from jdgen.record.writing import (
    FACTS,
    FRESH_PROPERTIES,
    ITEM,
    ITEM_PARTS,
    ITEM_RELATION,
    ORGANISATION,
    PACKAGE,
    PROPERTIES,
    PROPERTIES_RELATION,
    TYPES,
)
from jdgen.word.writing import CONTENT_TYPES
from jdgen.word.xml import document, parsed

_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_FILE_RELATIONS, _TEXT_RELATIONS = "_rels/.rels", "word/_rels/document.xml.rels"


def with_place_for_record(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """``parts`` of a document without a record, with everything that one needs: types, relationships, properties."""
    placed = {**parts, **ITEM_PARTS}
    types = dict(TYPES)
    file_relations = _relations(parts, _FILE_RELATIONS)
    if PROPERTIES in parts or not _has_kind(file_relations, PROPERTIES_RELATION):
        # Else the properties are in a part of another name, and a file may have but one.
        placed.setdefault(PROPERTIES, FRESH_PROPERTIES)
        placed[_FILE_RELATIONS] = document(_related_anew(file_relations, PROPERTIES_RELATION, PROPERTIES))
    else:
        del types["/" + PROPERTIES]
    text_relations = _relations(parts, _TEXT_RELATIONS)
    placed[_TEXT_RELATIONS] = document(_related_anew(text_relations, ITEM_RELATION, f"../{ITEM}"))
    placed[CONTENT_TYPES] = document(_declared(parsed(parts[CONTENT_TYPES]), types))
    return placed


def _relations(parts: Mapping[str, bytes], name: str) -> Any:
    if name in parts:
        return parsed(parts[name])
    return parsed(f'<Relationships xmlns="{PACKAGE}/relationships"/>')


def _has_kind(relations: Any, kind: str) -> bool:
    return any(one.get("Type") == kind for one in relations.iterchildren("{*}Relationship"))


def _related_anew(relations: Any, kind: str, target: str) -> Any:
    present = list(relations.iterchildren("{*}Relationship"))
    if all((one.get("Type"), one.get("Target", "").removeprefix("/")) != (kind, target) for one in present):
        ids = {one.get("Id") for one in present}
        fresh = next(name for number in count(1) if (name := f"rIdJdgen{number}") not in ids)
        etree.SubElement(relations, _beside(relations, "Relationship"), Id=fresh, Type=kind, Target=target)
    return relations


def _declared(types: Any, wanted: Mapping[str, str]) -> Any:
    """``types`` with a type for each part of ``wanted``, and for the item, which is XML like any other."""
    declared = {one.get("PartName") for one in types.iterchildren("{*}Override")}
    for part, kind in wanted.items():
        if part not in declared:
            etree.SubElement(types, _beside(types, "Override"), PartName=part, ContentType=kind)
    extensions = {one.get("Extension", "").lower() for one in types.iterchildren("{*}Default")}
    for extension, kind in (("xml", "application/xml"), ("rels", _RELATIONS_TYPE)):
        if extension not in extensions:
            types.insert(0, types.makeelement(_beside(types, "Default"), Extension=extension, ContentType=kind))
    return types


def _beside(tree: Any, name: str) -> str:
    """The name of an element of the same vocabulary as ``tree``."""
    return f"{{{etree.QName(tree).namespace}}}{name}"


def organisation_of(parts: Mapping[str, bytes]) -> str:
    """The organisation whose name a template says that it prints; '' where it says none."""
    content = parts.get(PROPERTIES)
    named = (entry for entry in parsed(content) if entry.get("name") == ORGANISATION) if content else ()
    return next(("".join(entry.itertext()) for entry in named), "")


def kept_properties(parts: Mapping[str, bytes]) -> tuple[str, ...]:
    """The custom properties of a template that are not the record's, each without its number, as XML."""
    content = parts.get(PROPERTIES)
    if content is None:
        return ()
    return tuple(
        etree.tostring(entry, encoding="unicode")
        for entry in parsed(content)
        if entry.get("name") not in FACTS and entry.attrib.pop("pid", "")
    )
