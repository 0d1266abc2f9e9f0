"""The record as parts of a Word file: a custom XML part, and its key facts as custom properties.

Both survive a save by Word and by LibreOffice. The properties are short (Office may cut text of more than 255
characters) and say what a program that keeps a register of documents wants first.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import html
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from jdgen.post.values import values_json, without_reasons
from jdgen.record.model import SCHEMA, GenerationRecord, RecordFacts, template_name
from jdgen.record.printed import Printed, normalised, printed_of
from jdgen.word.markup import escaped_text
from jdgen.word.writing import Content, Stretch

# A number that no template of Word's own making reaches.
ITEM = "customXml/item7301.xml"
_ITEM_PROPERTIES = "customXml/itemProps7301.xml"
_ITEM_RELATIONS = "customXml/_rels/item7301.xml.rels"
PROPERTIES = "docProps/custom.xml"
NAMESPACE = "https://jdgen.example/record"
_STORE = "{6E1C3C0B-8C57-4E0B-9D2C-2B9B0F6B7A01}"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PROPERTIES_FORM = (
    f'{_XML}<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">{{}}</Properties>'
)
#: Custom properties that hold nothing.
FRESH_PROPERTIES = _PROPERTIES_FORM.format("").encode()
_FIELDS = tuple(field.name for field in fields(RecordFacts))
#: The custom property of a template that names the organisation which it is made for and whose name it prints.
ORGANISATION = "JDOrganisation"
FACTS = ("JDDocId", "JDFramework", "JDTemplate", "JDInputs", "JDPayloadSha")
PROPERTIES_RELATION, ITEM_RELATION = f"{_OFFICE}/relationships/custom-properties", f"{_OFFICE}/relationships/customXml"
#: The parts that need a type of their own, and its name.
TYPES = (
    (PROPERTIES, "application/vnd.openxmlformats-officedocument.custom-properties+xml"),
    (_ITEM_PROPERTIES, "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"),
)
#: The parts that go with the item, the same in every document.
ITEM_PARTS = {
    _ITEM_PROPERTIES: (
        f'{_XML}<ds:datastoreItem ds:itemID="{_STORE}" xmlns:ds="{_OFFICE}/customXml">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode(),
    _ITEM_RELATIONS: (
        f'{_XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/relationships/customXmlProps" Target="itemProps7301.xml"/></Relationships>'
    ).encode(),
}


def with_room_for_record(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """``parts`` of a template with all that a record needs but the record: relationships, types, item properties.

    It is the same for every document, so it is made once for a template. Custom properties that the template
    has already stay.
    """
    return {
        **parts,
        **ITEM_PARTS,
        "[Content_Types].xml": _typed(parts["[Content_Types].xml"]),
        "_rels/.rels": _related(parts["_rels/.rels"], PROPERTIES_RELATION, PROPERTIES)
        if PROPERTIES_RELATION.encode() not in parts["_rels/.rels"]
        else parts["_rels/.rels"],
        "word/_rels/document.xml.rels": _related(parts["word/_rels/document.xml.rels"], ITEM_RELATION, f"../{ITEM}"),
    }


def organisation_properties(name: str) -> bytes:
    """The custom properties of a template that prints the organisation ``name``."""
    return _PROPERTIES_FORM.format(_property(ORGANISATION, name, 2)).encode()


def _property(name: str, value: str, number: int) -> str:
    return (
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{html.escape(value)}</vt:lpwstr></property>"
    )


def record_parts(record: RecordFacts, post: str, printed: Printed, kept: Sequence[str] = ()) -> dict[str, Content]:
    """The two parts that hold a record: its facts, the ``post`` as a JSON object, and the blocks ``printed``.

    ``kept`` are the template's own custom properties.
    """
    item = _item(record, post, printed)
    facts = {
        "JDDocId": record.document_id,
        "JDFramework": f"{record.framework} {record.framework_version}"[:255],
        "JDTemplate": record.template_sha256,
        "JDInputs": record.inputs,
        "JDPayloadSha": _digest(item),
    }
    own = [_property(name, value, number) for number, (name, value) in enumerate(facts.items(), 2)]
    others = (entry.replace(" name=", f' pid="{number}" name=', 1) for number, entry in enumerate(kept, 2 + len(own)))
    properties = "".join((*own, *others))
    return {ITEM: item, PROPERTIES: _PROPERTIES_FORM.format(properties).encode()}


def parts_with(record: GenerationRecord, kept: Sequence[str] = ()) -> dict[str, Content]:
    """The two parts that hold ``record``; see :func:`record_parts`. What a record of an earlier form says of its maker,
    the path of the template and reasons, is not written again."""
    facts = RecordFacts(**{name: getattr(record, name) for name in _FIELDS})
    facts = replace(facts, template=template_name(facts.template))
    return record_parts(facts, values_json(without_reasons(record.post)), printed_of(record.blocks), kept)


def _item(record: RecordFacts, post: str, printed: Printed) -> tuple[bytes | Stretch, ...]:
    facts = json.dumps(vars(record), separators=(",", ":"), ensure_ascii=False)[:-1]
    text = escaped_text(f'{facts},"post":{post},"blocks":[')
    head = f'{_XML}<record xmlns="{NAMESPACE}" schema="{SCHEMA}">{text}'
    return (head.encode(), *printed.pieces(), b"]}</record>")


def _digest(item: Sequence[bytes | Stretch]) -> str:
    sha = hashlib.sha256()
    for piece in item:
        sha.update(piece.content if isinstance(piece, Stretch) else piece)
    return sha.hexdigest()


def _typed(content_types: bytes) -> bytes:
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>'
        for part, kind in TYPES
        if f'PartName="/{part}"'.encode() not in content_types
    )
    return content_types.replace(b"</Types>", f"{overrides}</Types>".encode())


def _related(relations: bytes, kind: str, target: str) -> bytes:
    if f'Target="{target}"'.encode() in relations:  # the template is made of a document with a record
        return relations
    entry = f'<Relationship Id="rIdJdgen" Type="{kind}" Target="{target}"/>'
    return relations.replace(b"</Relationships>", f"{entry}</Relationships>".encode())


# Digests: of the inputs of a document, and of its parts as they were written.

# Bytes of a text's mark, and its characters: enough to know some dozens of texts by.
_MARK, _WRITTEN = 3, 4


def digest(*values: Any) -> str:
    """SHA-256 over ``values`` in their JSON form (bytes as they are), as hexadecimal digits."""
    sha = hashlib.sha256()
    for value in values:
        content = value if isinstance(value, bytes) else canonical(value).encode()
        sha.update(len(content).to_bytes(8, "big"))
        sha.update(content)
    return sha.hexdigest()


def canonical(value: Any) -> str:
    """``value`` as JSON in one form only: keys sorted, no spaces."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of_marks(marks: Mapping[str, tuple[int, int]]) -> str:
    """One digest of all parts but those of the record itself, by the mark of each: its CRC-32 and its size.

    It tells whether a program has written the file anew; it is no proof against somebody who wants to deceive.
    """
    listed = sorted(f"{name}:{crc}:{size}" for name, (crc, size) in marks.items() if name not in (ITEM, PROPERTIES))
    return hashlib.sha256("\n".join(listed).encode()).hexdigest()


def marks_of(texts: Iterable[str]) -> str:
    """Short marks of ``texts`` in one line, by which each of them is known again: see :func:`marked`."""
    return "".join(sorted({_mark(text) for text in texts if normalised(text)}))


def marked(marks: str, text: str) -> bool:
    """Whether ``text`` is one of those whose ``marks`` are given; of 250,000 others, about one is taken for one."""
    return _mark(text) in _each(marks)


@functools.lru_cache(16)  # many documents have one template
def _each(marks: str) -> frozenset[str]:
    return frozenset(marks[at : at + _WRITTEN] for at in range(0, len(marks), _WRITTEN))


@functools.lru_cache(1024)  # one document is held against many records
def _mark(text: str) -> str:
    digest = hashlib.blake2b(normalised(text).encode("utf-8", "surrogatepass"), digest_size=_MARK).digest()
    return base64.urlsafe_b64encode(digest).decode()
