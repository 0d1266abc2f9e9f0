"""The record in a person's document brought up to date, where it stands: programs give its part other names."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import replace

from jdgen.record.digests import digest_of_marks
from jdgen.record.model import GenerationRecord
from jdgen.record.parts import ITEM, NAMESPACE, PROPERTIES, kept_properties, parts_with
from jdgen.record.placing import with_place_for_record
from jdgen.word_file.zipping import whole


def with_record(parts: Mapping[str, bytes], record: GenerationRecord) -> dict[str, bytes]:
    """``parts`` of a document, with ``record`` in the place of the one it has, or in a new one where it has none."""
    names = [name for name, content in parts.items() if name.startswith("customXml/") and NAMESPACE.encode() in content]
    items = [name for name in names if "itemProps" not in name]
    if not items:
        parts, items = with_place_for_record(parts), [ITEM]
    made = parts_with(record, kept_properties(parts))
    new = {PROPERTIES: whole(made[PROPERTIES])} if PROPERTIES in parts else {}
    return {**parts, **new, **{name: whole(made[ITEM]) for name in items}}


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
