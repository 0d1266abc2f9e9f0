"""A record's place in a document that another program wrote, or in a template: what is there, and what it needs.

Its files may be declared and related in any form that a word processor understands. For jdgen's own templates, of
which the form is known, :func:`jdgen.record.writing.with_room_for_record` does the same, once for thousands of
documents.
"""

from __future__ import annotations

from jdgen.record.digests import ITEM, PROPERTIES
from jdgen.record.model import GenerationRecord
from jdgen.record.writing import (
    COPY_OF,
    FACT_PROPERTIES,
    FRESH_PROPERTIES,
    ITEM_PARTS,
    ITEM_RELATION,
    NAMESPACE,
    ORGANISATION,
    PROPERTIES_RELATION,
    TYPES,
    copy_properties,
    parts_with,
)
from jdgen.word.file import File
from jdgen.word.writing import in_one_piece
from jdgen.word.xml import drop_attribute, parse, serialise

_ID = "rIdJdgen"


def with_record(file: File, record: GenerationRecord) -> File:
    """A document with ``record`` in the place of the one it has, or in a new one where it has none."""
    items = _items(file)
    if not items:
        file, items = _with_place_for_record(file), [ITEM]
    parts = parts_with(record, kept_properties(file))
    properties = {PROPERTIES: in_one_piece(parts[PROPERTIES])} if PROPERTIES in file else {}
    return file.with_parts({**properties, **{name: in_one_piece(parts[ITEM]) for name in items}})


def _items(file: File) -> list[str]:
    """The parts of ``file`` that hold a record, however a program has called them."""
    parts = (part for part in file if part.startswith("customXml/") and "itemProps" not in part)
    return [part for part in parts if NAMESPACE.encode() in file.content(part)]


def without_record(file: File) -> File:
    """A document without its record, and without the properties that say its facts; other properties stay."""
    items = _items(file)
    related_parts = [relationship.part for item in items for relationship in file.relationships(item)]
    bare = file.without((*items, *filter(None, related_parts)))
    if PROPERTIES not in bare:
        return bare
    properties = bare.copy_of(PROPERTIES)
    for entry in [entry for entry in properties if entry.get("name") in FACT_PROPERTIES]:
        properties.remove(entry)
    return bare.with_parts({PROPERTIES: properties}) if len(properties) else bare.without((PROPERTIES,))


def as_copy(file: File, record: GenerationRecord) -> File:
    """The document of ``record`` with the mark of a copy that is made to be read: see :data:`COPY_OF`."""
    if PROPERTIES not in file:
        file = with_record(file, record)
    properties = file.copy_of(PROPERTIES)
    for entry in [entry for entry in properties if entry.get("name") == COPY_OF]:
        properties.remove(entry)
    numbers = (entry.get("pid", "") for entry in properties)
    number = max((int(number) for number in numbers if number.isdecimal()), default=1) + 1
    properties.append(parse(copy_properties(record.document_id, number))[0])
    return file.with_parts({PROPERTIES: properties})


def _with_place_for_record(file: File) -> File:
    """A document without a record, with everything that one needs: types, relationships, properties."""
    document, types = file.with_parts(ITEM_PARTS), dict(TYPES)
    if PROPERTIES in file or not any(relationship.type == PROPERTIES_RELATION for relationship in file.relationships()):
        # Else the properties are in a part of another name, and a file may have but one.
        if PROPERTIES not in file:
            document = document.with_parts({PROPERTIES: FRESH_PROPERTIES})
        document = document.with_related(PROPERTIES_RELATION, PROPERTIES, _ID, owner="")
    else:
        del types[PROPERTIES]
    return document.with_related(ITEM_RELATION, f"../{ITEM}", _ID).with_types(types)


def organisation_of(file: File) -> str:
    """The organisation whose name a template says that it prints; '' where it says none."""
    if PROPERTIES not in file:
        return ""
    entries = (entry for entry in file.tree(PROPERTIES) if entry.get("name") == ORGANISATION)
    return next(("".join(map(str, entry.itertext())) for entry in entries), "")


def kept_properties(file: File) -> tuple[str, ...]:
    """The custom properties of a template that are not the record's, each without its number, as XML."""
    if PROPERTIES not in file:
        return ()
    entries = (entry for entry in file.copy_of(PROPERTIES) if entry.get("name") not in FACT_PROPERTIES)
    return tuple(serialise(entry) for entry in entries if drop_attribute(entry, "pid"))
