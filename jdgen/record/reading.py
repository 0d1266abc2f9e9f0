"""Reading a record back, from a document as jdgen wrote it or as another program saved it since."""

from __future__ import annotations

import io
import json
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from jdgen.errors import JdgenError
from jdgen.opc.bounds import PackageError
from jdgen.opc.entries import entries
from jdgen.reading.content import content_of
from jdgen.record.digests import digest_of_marks
from jdgen.record.model import EARLIER, SCHEMA, GenerationRecord, PrintedBlock
from jdgen.record.parts import ITEM, NAMESPACE, PROPERTIES
from jdgen.record.text import normalised, paragraphs
from jdgen.word_file.opening import BOUNDS, unpacked
from jdgen.word_file.parsing import parsed
from jdgen.word_file.zipping import is_whole, quick_marks, quick_part

_BAD = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(OSError, KeyError, ValueError, NotImplementedError, RuntimeError, EOFError),
)
#: Unpacked bytes beyond which custom properties are nobody's.
_LARGEST = 2**20
# Custom properties as jdgen writes them are shorter.
_SHORT = 2**16
_INPUTS = re.compile(rb'name="JDInputs"><vt:lpwstr>([0-9a-f]{64})</vt:lpwstr>')
_PARTS = re.compile(rb'"parts":"([0-9a-f]{64})"')
# Bytes of a record in which its facts are, before the post.
_HEAD = 2**11
_SCHEMAS = tuple(map(str, (SCHEMA, *EARLIER)))
_RECORD = f"{{{NAMESPACE}}}record"


class Handling(StrEnum):
    """What has happened to a document since jdgen wrote it."""

    UNTOUCHED = "as jdgen wrote it"
    SAVED = "saved again by another program, with none of its drafted text changed"
    EDITED = "edited"
    FOREIGN = "not a document of jdgen's"


class Origin(StrEnum):
    """Where a record was found."""

    DOCUMENT = "the document"
    WORKSPACE = "the workspace's copy"


class FoundRecord(NamedTuple):
    """A record as it was found, and the ids of its blocks that no paragraph of the document says any more."""

    record: GenerationRecord
    handling: Handling
    changed: tuple[str, ...] = ()
    origin: Origin = Origin.DOCUMENT


class Glance(NamedTuple):
    """The digest of a document's inputs, '' when it has no record or cannot be read, and whether it was seen at once
    that nothing has written it since; one of which that was not seen may still be untouched."""

    inputs: str = ""
    is_untouched: bool = False


def glance(path: Path) -> Glance:
    """What short parts of the document at ``path`` tell of it, so that thousands can be passed over quickly."""
    try:
        content = content_of(path)
        if found := _INPUTS.search(quick_part(content, PROPERTIES, _SHORT)):
            return Glance(found[1].decode(), _is_untouched(content))
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if archive.getinfo(PROPERTIES).file_size > _LARGEST:
                return Glance()
            return Glance(facts_in(archive.read(PROPERTIES)).get("JDInputs", ""))
    except (JdgenError, *_BAD):
        return Glance()


def _is_untouched(content: bytes) -> bool:
    found = _PARTS.search(quick_part(content, ITEM, _HEAD))
    return found is not None and found[1].decode() == digest_of_marks(quick_marks(content)) and is_whole(content)


def facts_in(properties: bytes) -> dict[str, str]:
    """The record's facts among the custom properties of a document."""
    try:
        tree = parsed(properties)
    except etree.XMLSyntaxError:
        return {}
    entries = tree.iterchildren("{*}property")
    named = ((entry.get("name", ""), "".join(map(str, entry.itertext()))) for entry in entries)
    return {name: value for name, value in named if name.startswith("JD")}


def record_of(content: bytes) -> tuple[GenerationRecord | None, Handling]:
    """The record in the document ``content``, and what has happened to the document since it was written."""
    found = read_record(content)
    return (found.record, found.handling) if found else (None, Handling.FOREIGN)


def read_record(content: bytes) -> FoundRecord | None:
    """The record in the document ``content``, what has happened to the document since, and what is changed in it;
    nothing where it has none."""
    try:
        listed = entries(content, BOUNDS)
        parts = unpacked(content, listed)
    except PackageError:
        return None
    marks = {entry.filename: (entry.CRC, entry.file_size) for entry in listed}
    records = [found for found in map(record_in, _custom_parts(parts)) if found]
    if not records:
        return None
    # A document that was made a template of may bring its own old record along.
    inputs = facts_in(parts.get(PROPERTIES, b"")).get("JDInputs")
    record = next((found for found in records if found.inputs == inputs), records[0])
    if record.parts == digest_of_marks(marks):
        return FoundRecord(record, Handling.UNTOUCHED)
    changed = tuple(changed_blocks(record, parts))
    return FoundRecord(record, Handling.EDITED if changed else Handling.SAVED, changed)


def changed_blocks(record: GenerationRecord, parts: Mapping[str, bytes]) -> list[str]:
    """The ids of printed blocks whose text stands in no paragraph of the document any more."""
    try:
        present = {normalised(text) for text in paragraphs(parts)}
    except (KeyError, etree.XMLSyntaxError):
        return [block.id for block in record.blocks]
    return [block.id for block in record.blocks if normalised(block.text) not in present]


def _custom_parts(parts: Mapping[str, bytes]) -> list[bytes]:
    return [content for name, content in parts.items() if name.startswith("customXml/") and b"record" in content]


def record_in(item: bytes) -> GenerationRecord | None:
    """The record in a custom XML part; nothing where the part is not jdgen's or of a form not known here."""
    try:
        tree = parsed(item)
        if tree.tag != _RECORD or tree.get("schema") not in _SCHEMAS:
            return None
        fields: dict[str, Any] = json.loads(tree.text or "")
        blocks, post = fields.pop("blocks"), fields.pop("post")
        if not isinstance(post, dict) or not _texts(fields.values()) or not all(map(_texts, blocks)):
            return None
        return GenerationRecord(post=post, blocks=tuple(PrintedBlock(*block) for block in blocks), **fields)
    except (etree.XMLSyntaxError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _texts(values: Iterable[Any]) -> bool:
    return not isinstance(values, str) and all(isinstance(value, str) for value in values)
