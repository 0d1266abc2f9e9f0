"""The record as parts of a Word file: a custom XML part, and its key facts as custom properties.

Both survive a save by Word and by LibreOffice. The properties are short (Office may cut text of more than 255
characters) and say what a program that keeps a register of documents wants first.
"""

from __future__ import annotations

import hashlib
import html
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace

from jdgen.post.values import PostJson, values_json, without_reasons
from jdgen.record.digests import ITEM, PROPERTIES
from jdgen.record.form import EDITION, END, FORM, Vocabulary, entries_text, entry_of, head_text, vocabulary
from jdgen.record.model import GenerationRecord, RecordedNote, RecordFacts, WithdrawnText, template_name
from jdgen.word.markup import escaped_text
from jdgen.word.writing import Content, DeflatedStretch

_ITEM_PROPERTIES = "customXml/itemProps7301.xml"
_ITEM_RELATIONS = "customXml/_rels/item7301.xml.rels"
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
#: The custom property of a copy that is made to be read, and names the document that it is a copy of.
COPY_OF = "JDCopyOf"
FACT_PROPERTIES = ("JDDocId", "JDFramework", "JDTemplate", "JDInputs", "JDPayloadSha", COPY_OF)
PROPERTIES_RELATION, ITEM_RELATION = f"{_OFFICE}/relationships/custom-properties", f"{_OFFICE}/relationships/customXml"
#: The parts that need a type of their own, and its name.
TYPES = (
    (PROPERTIES, "application/vnd.openxmlformats-officedocument.custom-properties+xml"),
    (_ITEM_PROPERTIES, "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"),
)
#: The parts that go with the item, the same in every document. LibreOffice drops an item without them.
ITEM_PARTS = {
    _ITEM_PROPERTIES: (f'<ds:datastoreItem ds:itemID="{_STORE}" xmlns:ds="{_OFFICE}/customXml"/>').encode(),
    _ITEM_RELATIONS: (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
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


def copy_properties(document_id: str, number: int) -> bytes:
    """The custom property of a copy of a document, with its ``number`` among others, in a part by itself."""
    return _PROPERTIES_FORM.format(_property(COPY_OF, document_id, number)).encode()


def _property(name: str, value: str, number: int) -> str:
    return (
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{html.escape(value)}</vt:lpwstr></property>"
    )


def record_parts(
    facts: RecordFacts,
    post: PostJson,
    blocks: Callable[[Vocabulary], Iterable[bytes | DeflatedStretch]],
    notes: Iterable[RecordedNote] = (),
    template_properties: Sequence[str] = (),
    *,
    withdrawn: Iterable[WithdrawnText] = (),
) -> dict[str, Content]:
    """The two parts that hold a record: its ``facts``, the ``post``, the ``blocks`` as
    :meth:`jdgen.record.printed.PrintedBlocks.pieces` gives them, the ``notes``, and what is ``withdrawn``.

    ``template_properties`` are the template's own custom properties.
    """
    item = _item(facts, post, blocks, notes, withdrawn)
    facts_by_property = {
        "JDDocId": facts.document_id,
        "JDFramework": f"{facts.framework} {facts.framework_version}"[:255],
        "JDTemplate": facts.template_sha256,
        "JDInputs": facts.inputs,
        "JDPayloadSha": _digest(item),
    }
    own_properties = [
        _property(name, value, number) for number, (name, value) in enumerate(facts_by_property.items(), 2)
    ]
    others = (
        entry.replace(" name=", f' pid="{number}" name=', 1)
        for number, entry in enumerate(template_properties, 2 + len(own_properties))
    )
    properties = "".join((*own_properties, *others))
    return {ITEM: item, PROPERTIES: _PROPERTIES_FORM.format(properties).encode()}


def parts_with(record: GenerationRecord, template_properties: Sequence[str] = ()) -> dict[str, Content]:
    """The two parts that hold ``record``; see :func:`record_parts`. What a record of an earlier form says of its maker,
    the path of the template and reasons, is not written again."""
    facts = RecordFacts(**{name: getattr(record, name) for name in _FIELDS})
    facts = replace(facts, template=template_name(facts.template))

    def blocks(words: Vocabulary) -> Iterable[bytes]:
        return (escaped_text(entries_text(map(entry_of, record.blocks), words)).encode(),)

    values = without_reasons(record.post)
    return record_parts(
        facts,
        PostJson(values_json(values), values),
        blocks,
        record.notes,
        template_properties,
        withdrawn=record.withdrawn,
    )


def _item(
    facts: RecordFacts,
    post: PostJson,
    blocks: Callable[[Vocabulary], Iterable[bytes | DeflatedStretch]],
    notes: Iterable[RecordedNote],
    withdrawn: Iterable[WithdrawnText],
) -> tuple[bytes | DeflatedStretch, ...]:
    words = vocabulary(post.values)
    head = escaped_text(head_text(facts, notes, post.text, words, withdrawn))
    head = f'<record xmlns="{NAMESPACE}" schema="{FORM}" phrases="{EDITION}">{head}'
    return (head.encode(), *blocks(words), f"{END}</record>".encode())


def _digest(item: Sequence[bytes | DeflatedStretch]) -> str:
    sha = hashlib.sha256()
    for piece in item:
        sha.update(piece.content if isinstance(piece, DeflatedStretch) else piece)
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
