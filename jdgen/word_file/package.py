"""A Word file as a zip of parts, written so that equal parts give equal bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

from jdgen.word_file.dangers import CONTENT_TYPES
from jdgen.word_file.opening import opened_document
from jdgen.word_file.zipping import joined, member


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """Zip ``parts`` (name to content) deterministically."""
    return joined(member(name, parts[name]) for name in content_types_first(parts))


def content_types_first(names: Iterable[str]) -> tuple[str, ...]:
    """Names of parts in the order of the file: ``[Content_Types].xml``, by which readers tell a Word file, then
    the rest by name."""
    return tuple(sorted(names, key=lambda name: (name != CONTENT_TYPES, name)))


def read_package(content: bytes) -> dict[str, bytes]:
    """The parts of a Word file that jdgen or python-docx has written, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}


def open_package(content: bytes, name: str) -> dict[str, bytes]:
    """The parts of a person's document; see :func:`jdgen.word_file.opening.opened_document`."""
    return opened_document(content, name)
