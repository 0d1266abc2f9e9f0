"""A Word file of what could not be put into a document, so that nothing of it is lost."""

from __future__ import annotations

import io
from collections.abc import Iterator

from docx import Document

from jdgen.revision.regeneration import Regenerated
from jdgen.word_file.package import read_package, write_package
from jdgen.words import harmless

_UNPLACED = "New texts for which there was no place"
_EDITED = "Texts that somebody has changed"
_OWN = "Texts of somebody's own"


def leftovers(result: Regenerated) -> bytes | None:
    """The file, or nothing where everything is in the document: new texts without a place, and, where the document was
    made anew in another template, what people had written in the old one."""
    sections = list(_sections(result))
    if not sections:
        return None
    document = Document()
    title = f"Left over from {harmless(result.name)}"
    document.core_properties.title = title
    document.add_heading(title, 1)
    for heading, texts in sections:
        document.add_heading(heading, 2)
        for text in texts:
            document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    parts = read_package(stream.getvalue())
    styles = "word/styles.xml"
    return write_package({**parts, styles: parts[styles].replace(b"en-US", b"en-GB")})


def _sections(result: Regenerated) -> Iterator[tuple[str, list[str]]]:
    if result.unplaced:
        yield _UNPLACED, [one.new for one in result.unplaced]
    if result.carry_over:
        yield _EDITED, [text for one in result.carry_over for text in _versions(one.theirs, one.base)]
    if result.own:
        yield _OWN, list(result.own)


def _versions(theirs: str, base: str) -> tuple[str, str]:
    return (theirs or "[taken out]", f"(It was printed as: {base})")
