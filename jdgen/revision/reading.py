"""Reading a document of jdgen's from the disk, wherever it has been moved to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from jdgen.errors import JdgenError, Problem
from jdgen.record.model import GenerationRecord
from jdgen.record.reading import Handling, changed_blocks, record_of
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
    try:
        content = path.read_bytes()
    except OSError as error:
        raise JdgenError(Problem(name, f"cannot be read ({error.strerror})", "name a .docx file")) from error
    parts = open_package(content, name)
    record, handling = record_of(content)
    if record is None:
        right = "name a document that jdgen made and that Word or LibreOffice saved since, if anything did"
        raise JdgenError(Problem(name, "has no record of what it was made from", right))
    try:
        found = tuple(paragraphs(parts))
    except etree.XMLSyntaxError as error:
        raise JdgenError(Problem(name, "is damaged", "open it in a word processor and save it anew")) from error
    changed = tuple(changed_blocks(record, parts)) if handling is not Handling.UNTOUCHED else ()
    return RecordedDocument(name, record, handling, found, changed)
