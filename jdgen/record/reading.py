"""Reading a record back, from a document as jdgen wrote it or as another program saved it since."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from lxml import etree

from jdgen.record.digests import digest_of_parts, parts_digests
from jdgen.record.model import SCHEMA, GenerationRecord, PrintedBlock
from jdgen.record.parts import NAMESPACE, PROPERTIES
from jdgen.record.text import normalised, paragraphs

_BAD = (zipfile.BadZipFile, OSError, KeyError, ValueError, NotImplementedError, RuntimeError, EOFError)
_RECORD = f"{{{NAMESPACE}}}record"


class Handling(StrEnum):
    """What has happened to a document since jdgen wrote it."""

    UNTOUCHED = "as jdgen wrote it"
    SAVED = "saved again by another program, with none of its drafted text changed"
    EDITED = "edited"
    FOREIGN = "not a document of jdgen's"


def inputs_of(path: Path) -> str:
    """The digest of the inputs of the document at ``path``; '' when it has no record or cannot be read.

    Reads one short part, so that thousands of documents can be passed over quickly.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return facts_in(archive.read(PROPERTIES)).get("JDInputs", "")
    except _BAD:
        return ""


def facts_in(properties: bytes) -> dict[str, str]:
    """The record's facts among the custom properties of a document."""
    try:
        tree = etree.fromstring(properties, _parser())
    except etree.XMLSyntaxError:
        return {}
    named = ((entry.get("name", ""), "".join(map(str, entry.itertext()))) for entry in tree)
    return {name: value for name, value in named if name.startswith("JD")}


def record_of(content: bytes) -> tuple[GenerationRecord | None, Handling]:
    """The record in the document ``content``, and what has happened to the document since it was written."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except _BAD:
        return None, Handling.FOREIGN
    record = next((found for found in map(_record_in, _custom_parts(parts)) if found), None)
    if record is None:
        return None, Handling.FOREIGN
    if record.parts == digest_of_parts(parts_digests(parts)):
        return record, Handling.UNTOUCHED
    return record, Handling.EDITED if changed_blocks(record, parts) else Handling.SAVED


def changed_blocks(record: GenerationRecord, parts: Mapping[str, bytes]) -> list[str]:
    """The ids of printed blocks whose text stands in no paragraph of the document any more."""
    try:
        present = {normalised(text) for text in paragraphs(parts)}
    except (KeyError, etree.XMLSyntaxError):
        return [block.id for block in record.blocks]
    return [block.id for block in record.blocks if normalised(block.text) not in present]


def _custom_parts(parts: Mapping[str, bytes]) -> list[bytes]:
    return [content for name, content in parts.items() if name.startswith("customXml/") and b"record" in content]


def _record_in(item: bytes) -> GenerationRecord | None:
    """The record in a custom XML part; nothing where the part is not jdgen's or of a form not known here."""
    try:
        tree = etree.fromstring(item, _parser())
        if tree.tag != _RECORD or tree.get("schema") != str(SCHEMA):
            return None
        fields: dict[str, Any] = json.loads(tree.text or "")
        fields["blocks"] = tuple(PrintedBlock(*block) for block in fields["blocks"])
        return GenerationRecord(**fields)
    except (etree.XMLSyntaxError, ValueError, TypeError, KeyError):
        return None


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)
