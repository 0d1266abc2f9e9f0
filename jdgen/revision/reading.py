"""Reading a document of jdgen's from the disk, wherever it has been moved to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from jdgen.errors import JdgenError, Problem
from jdgen.reading.content import content_of
from jdgen.record.model import GenerationRecord
from jdgen.record.reading import FoundRecord, Handling, read_record
from jdgen.record.text import paragraphs
from jdgen.word_file.package import open_package


@dataclass(frozen=True)
class RecordedDocument:
    """A document with its record: what has happened to it since, its paragraphs now, and the printed blocks that are
    in it no more."""

    name: str
    record: GenerationRecord
    handling: Handling
    paragraphs: tuple[str, ...]
    changed: tuple[str, ...]


def read_document(path: Path) -> RecordedDocument:
    """The document at ``path``. Raises :class:`JdgenError` for what is no Word document, and one without a record."""
    name = str(path)
    content = content_of(path, right="name a .docx file")
    parts = open_package(content, name)
    found = recorded(content, name)
    try:
        texts = tuple(paragraphs(parts))
    except etree.XMLSyntaxError as error:
        raise JdgenError(Problem(name, "is damaged", "open it in a word processor and save it anew")) from error
    return RecordedDocument(name, found.record, found.handling, texts, found.changed)


def recorded(content: bytes, name: str) -> FoundRecord:
    """The record in the document ``content``, called ``name``. Raises :class:`JdgenError` where it has none."""
    found = read_record(content)
    if found is None:
        right = "name a document that jdgen made and that Word or LibreOffice saved since, if anything did"
        raise JdgenError(Problem(name, "has no record of what it was made from", right))
    return found
