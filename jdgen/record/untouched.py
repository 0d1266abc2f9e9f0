"""Documents as jdgen wrote them: what they say of themselves is found without unpacking them or parsing XML.

For looking at thousands of files, and for commands that are to start quickly. What another program has written since
is read by :mod:`.plain_reading`; what has changed in it is for :mod:`.reading`.
"""

from __future__ import annotations

import hashlib
import html
import re
from pathlib import Path
from typing import NamedTuple

from jdgen.errors import JdgenError
from jdgen.files import content_of
from jdgen.post.model import Post
from jdgen.record.digests import ITEM, PROPERTIES, digest_of_marks
from jdgen.record.form import record_of_text
from jdgen.record.model import GenerationRecord, template_name
from jdgen.record.plain_reading import plain_fact, plain_record, records_in
from jdgen.record.writing import COPY_OF, NAMESPACE, parts_with
from jdgen.word.writing import inflate_quickly, is_whole, member, packed_part, quick_marks, quick_part
from jdgen.zips import PackageError

# Custom properties as jdgen writes them are shorter.
_SHORT = 2**16
_INPUTS = re.compile(rb'name="JDInputs"><vt:lpwstr>([0-9a-f]{64})</vt:lpwstr>')
_DOCUMENT_ID = re.compile(rb'name="JDDocId"><vt:lpwstr>([^<]+)</vt:lpwstr>')
_PARTS = re.compile(rb'"parts":"([0-9a-f]{64})"')
# Bytes of a record in which its facts are, before the post.
_HEAD = 2**11
_ITEM = re.compile(
    rb'<record xmlns="%b" schema="([0-9]+)" phrases="([^"&<]*)">([^<]*)</record>' % re.escape(NAMESPACE).encode()
)


class Glance(NamedTuple):
    """The digest of a document's inputs, '' when it has no record or cannot be read, and whether it was seen at once
    that nothing has written it since; one of which that was not seen may still be untouched."""

    inputs: str = ""
    is_untouched: bool = False


def glance(content: bytes) -> Glance:
    """What short parts of a document tell of it, so that thousands can be passed over quickly."""
    if match := _INPUTS.search(quick_part(content, PROPERTIES, _SHORT)):
        return Glance(match[1].decode(), _is_untouched(content))
    return Glance(plain_fact(content, "JDInputs"))


def _is_untouched(content: bytes) -> bool:
    match = _PARTS.search(quick_part(content, ITEM, _HEAD))
    return match is not None and match[1].decode() == digest_of_marks(quick_marks(content)) and is_whole(content)


def untouched_record(content: bytes) -> GenerationRecord | None:
    """The record in a document of which it is seen at once that nothing has written it since jdgen did."""
    return record_by_name(content) if _is_untouched(content) else None


# Copies of records, to be kept apart from their documents: the very bytes that lie in the file.

# Bytes beyond which a part is no record: as much as is read of one part of a Word file.
_LARGEST_COPY = 2 * 2**20


class RecordCopy(NamedTuple):
    """The part of a document that holds its record: deflated, with the CRC-32 and the size of what is in it."""

    document_id: str
    crc: int
    size: int
    deflated: bytes


def copy_in(content: bytes, document_id: str) -> RecordCopy | None:
    """The copy of the record in a document that jdgen has just written; nothing where it was written without."""
    part = packed_part(content, ITEM)
    return RecordCopy(document_id, part.crc, part.size, part.deflated) if part else None


def record_by_name(content: bytes) -> GenerationRecord | None:
    """The record in the part of a document that jdgen writes it to, quickly read, whatever else was done to the
    document; nothing where no part has that name, as after Word has saved it."""
    part = packed_part(content, ITEM)
    return record_of_copy(part.deflated) if part else None


def copy_at(path: Path) -> RecordCopy | None:
    """The copy of the record in the file at ``path``, found as :func:`record_by_name` finds it, with the id that the
    file gives itself; nothing where one of the two is not found."""
    content = _content_at(path)
    match = _DOCUMENT_ID.search(quick_part(content, PROPERTIES, _SHORT))
    return copy_in(content, html.unescape(match[1].decode("utf-8", "replace"))) if match else None


def _content_at(path: Path) -> bytes:
    """The content of the file at ``path``; none where it may not be read."""
    try:
        return content_of(path)
    except JdgenError:
        return b""


def copy_of(record: GenerationRecord) -> RecordCopy:
    """The copy of ``record``."""
    part = member(ITEM, parts_with(record)[ITEM])
    return RecordCopy(record.document_id, *part.mark, part.packed)


def record_of_copy(deflated: bytes) -> GenerationRecord | None:
    """The record in a copy; nothing where it is damaged or of a form not known here."""
    item = inflate_quickly(deflated, _LARGEST_COPY)
    if match := _ITEM.fullmatch(item):
        form, phrases, text = (part.decode("utf-8", "replace") for part in match.groups())
        return record_of_text(html.unescape(text), form, phrases)
    return next(records_in(item), None)


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
    record = record_at(path)
    return record.document_id if record is not None and _takes_its_place(post, template, record) else None


def record_at(path: Path) -> GenerationRecord | None:
    """The record in the document at ``path``, whatever was done to it since; nothing where there is none, or nothing
    that may be read."""
    content = _content_at(path)
    try:
        return record_by_name(content) or plain_record(content)
    except PackageError:
        return None


def is_copy(path: Path) -> bool:
    """Whether the file at ``path`` is an annotated copy of a document, which has the document's record."""
    content = _content_at(path)
    if (properties := quick_part(content, PROPERTIES, _SHORT)) and _DOCUMENT_ID.search(properties):
        return COPY_OF.encode() in properties
    return bool(plain_fact(content, COPY_OF))


def _takes_its_place(post: Post, template: str, record: GenerationRecord) -> bool:
    if template_name(record.template).casefold() != template_name(template).casefold():
        return False
    name = "reference" if post.reference and record.post.get("reference") else "title"
    return _plain(record.post.get(name)) == _plain(getattr(post, name))


def _plain(text: object) -> str:
    return " ".join(str(text).split()).casefold()
