"""The record in a person's document brought up to date, where it stands: programs give its part other names."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import fields, replace

from jdgen.record.digests import digest_of_marks
from jdgen.record.model import GenerationRecord, RecordFacts
from jdgen.record.parts import ITEM, NAMESPACE, PROPERTIES, kept_properties, record_parts
from jdgen.record.printed import Printed
from jdgen.word_file.zipping import whole

_FACTS = tuple(field.name for field in fields(RecordFacts))


def with_record(parts: Mapping[str, bytes], record: GenerationRecord) -> dict[str, bytes]:
    """``parts`` of a document that has a record, with ``record`` in its place."""
    printed = Printed()
    printed.update(record.blocks)
    facts = RecordFacts(**{name: getattr(record, name) for name in _FACTS})
    post = json.dumps(dict(record.post), separators=(",", ":"), ensure_ascii=False)
    made = record_parts(facts, post, printed, kept_properties(parts))
    new = {PROPERTIES: whole(made[PROPERTIES])} if PROPERTIES in parts else {}
    names = [name for name, content in parts.items() if name.startswith("customXml/") and NAMESPACE.encode() in content]
    return {**parts, **new, **{name: whole(made[ITEM]) for name in names if "itemProps" not in name}}


def brought_up_to_date(
    parts: Mapping[str, bytes], old: GenerationRecord, new: GenerationRecord, is_untouched: bool
) -> dict[str, bytes]:
    """``parts`` with the record of what is printed ``new``, under the document's own id.

    ``parts`` of the record says that no person's edit is in the file, so it is renewed only for a file that nobody had
    touched; else a batch would take the file for its own and replace it.
    """
    marks = {name: (zlib.crc32(content), len(content)) for name, content in parts.items()}
    digest = digest_of_marks(marks) if is_untouched else old.parts
    return with_record(parts, replace(new, document_id=old.document_id, parts=digest))
