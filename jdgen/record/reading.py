"""Reading a record back, from a document as jdgen wrote it or as another program saved it since."""

from __future__ import annotations

import hashlib
import io
import lzma
import re
import struct
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from jdgen.drafting.block_id import BlockId
from jdgen.errors import JdgenError
from jdgen.files import content_of
from jdgen.post.model import Post
from jdgen.record.digests import ITEM, PROPERTIES, digest_of_marks
from jdgen.record.form import record_of_text
from jdgen.record.model import GenerationRecord, template_name
from jdgen.record.writing import NAMESPACE, parts_with
from jdgen.word.file import File
from jdgen.word.opening import unpack
from jdgen.word.paragraphs import ParagraphContent, paragraphs_of
from jdgen.word.writing import inflate_quickly, is_whole, member, packed_part, quick_marks, quick_part
from jdgen.word.xml import Element, parse
from jdgen.words import comparable
from jdgen.zips import PackageError

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
_RECORD = f"{{{NAMESPACE}}}record"


class Handling(StrEnum):
    """What has happened to a document since jdgen wrote it."""

    UNTOUCHED = "as jdgen wrote it"
    SAVED = "saved again by another program, with none of its drafted text changed"
    EDITED = "edited"
    FOREIGN = "not a document of jdgen's"


class RecordOrigin(StrEnum):
    """Where a record was found."""

    DOCUMENT = "the document"
    WORKSPACE = "the workspace's copy"


class FoundRecord(NamedTuple):
    """A record as it was found, and the ids of its blocks that no paragraph of the document says any more."""

    record: GenerationRecord
    handling: Handling
    changed: tuple[BlockId, ...] = ()
    origin: RecordOrigin = RecordOrigin.DOCUMENT


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
        return _facts(parse(properties))
    except etree.XMLSyntaxError:
        return {}


def _facts(tree: Element) -> dict[str, str]:
    entries = tree.iterchildren("{*}property")
    named = ((entry.get("name", ""), "".join(map(str, entry.itertext()))) for entry in entries)
    return {name: value for name, value in named if name.startswith("JD")}


def record_of(content: bytes) -> tuple[GenerationRecord | None, Handling]:
    """The record in the document ``content``, and what has happened to the document since it was written."""
    try:
        found = read_record(unpack(content))
    except PackageError:
        found = None
    return (found.record, found.handling) if found else (None, Handling.FOREIGN)


def read_record(file: File) -> FoundRecord | None:
    """The record in a document, what has happened to the document since, and what is changed in it; nothing where it
    has none."""
    records = [found for found in (_record_at(file, part) for part in file) if found]
    if not records:
        return None
    # A document that was made a template of may bring its own old record along.
    inputs = facts_of(file).get("JDInputs")
    record = next((found for found in records if found.inputs == inputs), records[0])
    if record.parts == digest_of_marks(file.marks):
        return FoundRecord(record, Handling.UNTOUCHED)
    changed = tuple(changed_blocks(record, file))
    return FoundRecord(record, Handling.EDITED if changed else Handling.SAVED, changed)


def changed_blocks(record: GenerationRecord, file: File) -> list[BlockId]:
    """The ids of printed blocks whose text stands in no paragraph of the document any more."""
    try:
        present = set(map(comparable, paragraphs(file)))
    except (KeyError, PackageError):
        return [block.id for block in record.blocks]
    return [block.id for block in record.blocks if (text := comparable(block.text)) and text not in present]


def paragraphs(file: File) -> list[str]:
    """The text of every paragraph of the document that has any, those in tables, headers and footers too.

    Raises ``KeyError`` where it has no main text, and :class:`PackageError` where a part is damaged.
    """
    texts = (ParagraphContent(paragraph).shown for paragraph in paragraphs_of(file.stories))
    return [text for text in texts if text.strip()]


def facts_of(file: File) -> dict[str, str]:
    """The record's facts among the custom properties of a document."""
    try:
        return _facts(file.tree(PROPERTIES)) if PROPERTIES in file else {}
    except PackageError:
        return {}


def _record_at(file: File, part: str) -> GenerationRecord | None:
    if not part.startswith("customXml/") or b"record" not in file.content(part):
        return None
    try:
        return _record(file.tree(part))
    except PackageError:
        return None


def record_in(item: bytes) -> GenerationRecord | None:
    """The record in a custom XML part; nothing where the part is not jdgen's or of a form not known here."""
    try:
        return _record(parse(item))
    except etree.XMLSyntaxError:
        return None


def _record(tree: Element) -> GenerationRecord | None:
    if tree.tag != _RECORD:
        return None
    try:
        return record_of_text(tree.text or "", tree.get("schema", ""), tree.get("phrases", ""))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


# Copies of records, to be kept apart from their documents: the very bytes that lie in the file.

# Bytes beyond which a part is no record: as much as is read of one part of a Word file.
_LARGEST_COPY = 2 * 2**20
# Custom properties as jdgen writes them are shorter.


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
    return record_in(inflate_quickly(deflated, _LARGEST_COPY))


def payload_of(deflated: bytes) -> str:
    """What a document that a copy is of says in its property ``JDPayloadSha``."""
    return hashlib.sha256(inflate_quickly(deflated, _LARGEST_COPY)).hexdigest()


# The id of a document that another takes the place of: made anew under its name, it is still the same document.


def replaced_id(path: Path, post: Post, template: str) -> str | None:
    """The id of the document at ``path``, where it is of the same post and template as the one that is to replace it;
    else nothing.

    A post is told by its reference, or, where one of the two has none, by its title: bands, purposes and bases change
    while a post stays the same.
    """
    try:
        content = content_of(path)
    except JdgenError:  # nothing there, or nothing that may be read
        return None
    record = written_record(content) or record_of(content)[0]
    return record.document_id if record is not None and _is_of(record, post, template) else None


def _is_of(record: GenerationRecord, post: Post, template: str) -> bool:
    if template_name(record.template).casefold() != template_name(template).casefold():
        return False
    name = "reference" if post.reference and record.post.get("reference") else "title"
    return _plain(record.post.get(name)) == _plain(getattr(post, name))


def _plain(text: object) -> str:
    return " ".join(str(text).split()).casefold()
