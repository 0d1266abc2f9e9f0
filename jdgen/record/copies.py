"""Copies of records, to be kept apart from their documents: the very bytes that lie in the file."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

from jdgen.errors import JdgenError
from jdgen.reading.content import content_of
from jdgen.record.model import GenerationRecord
from jdgen.record.parts import ITEM, PROPERTIES, parts_with
from jdgen.record.reading import facts_in, record_in
from jdgen.word_file.zipping import member, packed_part, quick_part, quickly_inflated

# Bytes beyond which a part is no record: as much as is read of one part of a Word file.
_LARGEST = 2 * 2**20
# Custom properties as jdgen writes them are shorter.
_SHORT = 2**16


class RecordCopy(NamedTuple):
    """The part of a document that holds its record: deflated, with the CRC-32 and the size of what is in it."""

    document_id: str
    crc: int
    size: int
    deflated: bytes


def copy_in(content: bytes, document_id: str) -> RecordCopy | None:
    """The copy of the record in a document that jdgen has just written; nothing where it was written without."""
    found = packed_part(content, ITEM)
    return RecordCopy(document_id, found.crc, found.size, found.deflated) if found else None


def written_record(content: bytes) -> GenerationRecord | None:
    """The record in a document, quickly read, if jdgen wrote the file and no program has done so since."""
    found = packed_part(content, ITEM)
    return record_of_copy(found.deflated) if found else None


def copy_at(path: Path) -> RecordCopy | None:
    """The copy of the record in the file at ``path``, if jdgen wrote it and no program has done so since."""
    try:
        content = content_of(path)
    except JdgenError:
        return None
    document_id = facts_in(quick_part(content, PROPERTIES, _SHORT)).get("JDDocId", "")
    return copy_in(content, document_id) if document_id else None


def copy_of(record: GenerationRecord) -> RecordCopy:
    """The copy of ``record``."""
    made = member(ITEM, parts_with(record)[ITEM])
    return RecordCopy(record.document_id, *made.mark, made.packed)


def record_of_copy(deflated: bytes) -> GenerationRecord | None:
    """The record in a copy; nothing where it is damaged or of a form not known here."""
    return record_in(quickly_inflated(deflated, _LARGEST))


def payload_of(deflated: bytes) -> str:
    """What a document that a copy is of says in its property ``JDPayloadSha``."""
    return hashlib.sha256(quickly_inflated(deflated, _LARGEST)).hexdigest()
