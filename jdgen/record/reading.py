"""Reading a record back, from a document as jdgen wrote it or as another program saved it since."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import NamedTuple

from jdgen.drafting.block_id import BlockId
from jdgen.record.digests import PROPERTIES, digest_of_marks
from jdgen.record.form import record_of_text
from jdgen.record.model import GenerationRecord, PrintedBlock
from jdgen.record.writing import NAMESPACE
from jdgen.word.file import File
from jdgen.word.opening import unpack
from jdgen.word.xml import Element
from jdgen.words import comparable
from jdgen.zips import PackageError

_RECORD = f"{{{NAMESPACE}}}record"


class Handling(StrEnum):
    """What has happened to a document since jdgen wrote it."""

    UNTOUCHED = "as jdgen wrote it"
    SAVED = "saved again by another program, with none of its drafted text changed"
    EDITED = "edited"
    FOREIGN = "not a document of jdgen's"
    DAMAGED = "a zip, as Word files are, that cannot be unpacked"


class RecordOrigin(StrEnum):
    """Where a record was found."""

    DOCUMENT = "the document"
    WORKSPACE = "the workspace's copy"


class FoundRecord(NamedTuple):
    """A record as it was found, and the ids of its blocks that no paragraph of the document says any more."""

    record: GenerationRecord
    handling: Handling
    edited_blocks: tuple[BlockId, ...] = ()
    origin: RecordOrigin = RecordOrigin.DOCUMENT


def _facts(tree: Element) -> dict[str, str]:
    entries = tree.iterchildren("{*}property")
    names_and_values = ((entry.get("name", ""), "".join(map(str, entry.itertext()))) for entry in entries)
    return {name: value for name, value in names_and_values if name.startswith("JD")}


def record_of(content: bytes) -> tuple[GenerationRecord | None, Handling]:
    """The record in the document ``content``, and what has happened to the document since it was written."""
    try:
        file = unpack(content)
    except PackageError:  # a zip, as Word files are, or something else
        return None, Handling.DAMAGED if content.startswith(b"PK") else Handling.FOREIGN
    try:
        found_record = read_record(file)
    except PackageError:
        found_record = None
    return (found_record.record, found_record.handling) if found_record else (None, Handling.FOREIGN)


def read_record(file: File) -> FoundRecord | None:
    """The record in a document, what has happened to the document since, and what is changed in it; nothing where it
    has none."""
    records = [record for record in (_record_at(file, part) for part in file) if record]
    if not records:
        return None
    # A document that was made a template of may bring its own old record along.
    inputs = facts_of(file).get("JDInputs")
    record = next((record for record in records if record.inputs == inputs), records[0])
    if record.parts == digest_of_marks(file.marks):
        return FoundRecord(record, Handling.UNTOUCHED)
    block_ids = tuple(changed_blocks(record, file))
    return FoundRecord(record, Handling.EDITED if block_ids else Handling.SAVED, block_ids)


def changed_blocks(record: GenerationRecord, file: File) -> list[BlockId]:
    """The ids of printed blocks whose text stands in no paragraph of the document any more; and, where a text is
    printed more often than it stands there, of those whose anchor is at another text."""
    try:
        contents = list(file.paragraphs.values())
    except (KeyError, PackageError):
        return [block.id for block in record.blocks]
    visible_texts = [comparable(content.visible_text) for content in contents]
    texts = [comparable(block.text) for block in record.blocks]
    count_in_document, count_in_record = Counter(visible_texts), Counter(texts)
    text_by_anchor = {
        name: text
        for content, text in zip(contents, visible_texts, strict=True)
        if text
        for name in content.bookmark_names
    }

    def is_changed(block: PrintedBlock, text: str) -> bool:
        if count_in_document[text] >= count_in_record[text]:
            return False
        # Programs leave out second prints, such as those in text boxes for old ones, and the anchors with them.
        return not count_in_document[text] or text_by_anchor.get(block.anchor_name, text) != text

    return [block.id for block, text in zip(record.blocks, texts, strict=True) if text and is_changed(block, text)]


def paragraphs(file: File) -> list[str]:
    """The text of every paragraph of the document that has any, those in tables, headers and footers too.

    Raises ``KeyError`` where it has no main text, and :class:`PackageError` where a part is damaged.
    """
    return [text for content in file.paragraphs.values() if (text := content.visible_text).strip()]


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


def _record(tree: Element) -> GenerationRecord | None:
    if tree.tag != _RECORD:
        return None
    return record_of_text(tree.text or "", tree.get("schema", ""), tree.get("phrases", ""))
