"""Reading a document of jdgen's from the disk, wherever it has been moved to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from jdgen.errors import JdgenError, Problem
from jdgen.kept_records.finding import KeptRecords
from jdgen.reading.content import content_of
from jdgen.record.model import GenerationRecord
from jdgen.record.reading import FoundRecord, Handling, Origin
from jdgen.record.text import paragraphs
from jdgen.word_file.package import open_package


@dataclass(frozen=True)
class RecordedDocument:
    """A document with its record: what has happened to it since, its paragraphs now, and the printed blocks that are
    in it no more. ``origin`` says where the record was found."""

    name: str
    record: GenerationRecord
    handling: Handling
    paragraphs: tuple[str, ...]
    changed: tuple[str, ...]
    origin: Origin


def read_document(path: Path, kept: KeptRecords) -> RecordedDocument:
    """The document at ``path``. Raises :class:`JdgenError` for what is no Word document, and one without a record."""
    name = str(path)
    content = content_of(path, right="name a .docx file")
    parts = open_package(content, name)
    found = recorded(content, name, kept)
    try:
        texts = tuple(paragraphs(parts))
    except etree.XMLSyntaxError as error:
        raise JdgenError(Problem(name, "is damaged", "open it in a word processor and save it anew")) from error
    return RecordedDocument(name, found.record, found.handling, texts, found.changed, found.origin)


def recorded(content: bytes, name: str, kept: KeptRecords) -> FoundRecord:
    """The record of the document ``content``, called ``name``: its own, or the copy that is ``kept`` of it.

    Raises :class:`JdgenError` where there is neither.
    """
    found = kept.found(content, name)
    if isinstance(found, Problem):
        raise JdgenError(found)
    return found
