"""Reading a record with Python's own library alone: for the page, since a browser has no lxml, and for commands that
are to start quickly.

Bounds are those for all Word files. What :mod:`.reading` finds in a document that another program has saved since, this
finds too (tests hold both against each other); what has changed in the document it does not say.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from jdgen.record.digests import PROPERTIES
from jdgen.record.form import record_of_text
from jdgen.record.model import GenerationRecord
from jdgen.record.writing import NAMESPACE
from jdgen.zips import WORD_FILE, PackageError, declares_document_type, entries, inflate, tags_and_attributes

_RECORD = f"{{{NAMESPACE}}}record"
#: A record is a text in one element, and properties are few: a part with more tags is neither.
_MOST_TAGS = 2_000


def plain_record(content: bytes) -> GenerationRecord | None:
    """The record in the document ``content``, whoever saved it last; nothing where it has none that is known here.

    Raises :class:`~jdgen.zips.PackageError` for what is no Word file, or one beyond the bounds.
    """
    parts = {
        entry.filename: inflate(content, entry)
        for entry in entries(content, WORD_FILE)
        if entry.filename.startswith("customXml/") or entry.filename == PROPERTIES
    }
    records = [record for name, part in parts.items() if name != PROPERTIES for record in records_in(part)]
    # A document that was made a template of may bring its own old record along.
    inputs = _fact(parts.get(PROPERTIES, b""), "JDInputs")
    return next((record for record in records if record.inputs == inputs), records[0] if records else None)


def plain_fact(content: bytes, name: str) -> str:
    """A fact that a document's properties say, whoever wrote them; '' where they say none or cannot be read."""
    try:
        properties = (entry for entry in entries(content, WORD_FILE) if entry.filename == PROPERTIES)
        return next((_fact(inflate(content, entry), name) for entry in properties), "")
    except PackageError:
        return ""


def records_in(part: bytes) -> Iterator[GenerationRecord]:
    """The record in a custom XML part; nothing where the part is not jdgen's or of a form not known here."""
    tree = _tree(part) if b"record" in part else None
    if tree is not None and tree.tag == _RECORD:
        record = record_of_text(tree.text or "", tree.get("schema", ""), tree.get("phrases", ""))
        if record:
            yield record


def _fact(properties: bytes, name: str) -> str:
    tree = _tree(properties)
    properties_of_name = (element for element in tree if element.get("name") == name) if tree is not None else ()
    return next(("".join(element.itertext()) for element in properties_of_name), "")


def _tree(part: bytes) -> Element | None:
    if declares_document_type(part) or tags_and_attributes(part)[0] > _MOST_TAGS:
        return None
    try:
        return ElementTree.fromstring(part)
    except (ElementTree.ParseError, LookupError, ValueError):
        return None
