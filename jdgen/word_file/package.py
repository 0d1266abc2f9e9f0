"""A Word file as a zip of parts: opened with care, written so that equal parts give equal bytes."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from jdgen.errors import JdgenError, Problem
from jdgen.word_file.parsing import parsed
from jdgen.word_file.zipping import joined, member

_CONTENT_TYPES = "[Content_Types].xml"
_ANEW = "open it in a word processor and save it anew"
_MEGABYTE = 2**20
_MAX_FILE, _MAX_UNPACKED, _MAX_PARTS = 20 * _MEGABYTE, 100 * _MEGABYTE, 2_000
_OLD_WORD = b"\xd0\xcf\x11\xe0"
# Every encoding of XML that Word reads, so that a document type cannot hide in UTF-16.
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
# Kinds of relationships, by the last word of their type: what Word may follow, and what holds other files.
_FOLLOWED_BY_THE_READER = "hyperlink"
_EMBEDDING = frozenset({"oleObject", "package", "control", "activeXControlBinary", "aFChunk", "subDocument"})
_LIBREOFFICE_PROPERTIES = (
    b"http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties"
)
_PROPERTIES = b"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """Zip ``parts`` (name to content) deterministically."""
    return joined(member(name, parts[name]) for name in content_types_first(parts))


def content_types_first(names: Iterable[str]) -> tuple[str, ...]:
    """Names of parts in the order of the file: ``[Content_Types].xml``, by which readers tell a Word file, then
    the rest by name."""
    return tuple(sorted(names, key=lambda name: (name != _CONTENT_TYPES, name)))


def read_package(content: bytes) -> dict[str, bytes]:
    """The parts of a zipped Word file, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}


def open_package(content: bytes, name: str) -> dict[str, bytes]:
    """The parts of a Word file that comes from somebody else, called ``name`` in messages.

    Raises :class:`JdgenError` for what is no Word document, or is built to harm: sizes beyond bounds,
    macros, embedded programs, document types, links that Word would follow when the file is opened.
    """
    if content.startswith(_OLD_WORD):
        raise JdgenError(
            Problem(name, "is in Word's old format, or has a password", "save it as .docx without a password")
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_oversize(archive, len(content), name)
            names = [entry.filename for entry in archive.infolist() if not entry.is_dir()]
        parts = read_package(content)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
        OSError,
        zlib.error,
        lzma.LZMAError,
    ) as error:
        raise JdgenError(Problem(name, "is not a Word document", "name a .docx file")) from error
    problems = [Problem(name, what, right) for what, right in _dangers(parts, names)]
    if problems:
        raise JdgenError(problems)
    relations = parts.get("_rels/.rels", b"")
    return parts | {"_rels/.rels": relations.replace(_LIBREOFFICE_PROPERTIES, _PROPERTIES)}


def _refuse_oversize(archive: zipfile.ZipFile, size: int, name: str) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if size > _MAX_FILE or unpacked > _MAX_UNPACKED or len(entries) > _MAX_PARTS:
        right = f"at most {_MAX_FILE // _MEGABYTE} MB, {_MAX_UNPACKED // _MEGABYTE} MB unpacked, {_MAX_PARTS} parts"
        raise JdgenError(Problem(name, "is too large for a template", right))


def _dangers(parts: Mapping[str, bytes], names: list[str]) -> Iterator[tuple[str, str]]:
    if "word/document.xml" not in parts or _CONTENT_TYPES not in parts:
        yield "has no document inside", "name a .docx file saved by a word processor"
    if len(names) != len(set(names)):
        yield "holds two parts with one name", _ANEW
    if b"macroEnabled" in parts.get(_CONTENT_TYPES, b"") or any("vbaProject" in part for part in parts):
        yield "holds macros", "save it as a .docx document, which has none"
    if b"template.main+xml" in parts.get(_CONTENT_TYPES, b""):
        yield "is a .dotx template of Word's", "save it as a .docx document"
    for part in sorted(parts):
        if "/embeddings/" in part or "/activeX/" in part or "/afchunk" in part.lower():
            yield f"holds an embedded file ({part})", "delete the object from the document"
        if part.endswith((".xml", ".rels")):
            yield from _dangers_of_part(part, parts[part])


def _dangers_of_part(part: str, content: bytes) -> Iterator[tuple[str, str]]:
    if any(doctype in content for doctype in _DOCTYPES):
        yield f"declares a document type in {part}", _ANEW
        return
    try:
        tree = parsed(content)
    except etree.XMLSyntaxError as error:
        yield f"is damaged in {part} ({error.msg})", _ANEW
        return
    docinfo: Any = tree.getroottree().docinfo  # its stubs lack doctype
    if docinfo.doctype:
        yield f"declares a document type in {part}", _ANEW
    if part.endswith(".rels"):
        yield from _dangerous_links(part, tree)


def _dangerous_links(part: str, tree: Any) -> Iterator[tuple[str, str]]:
    links = list(tree.iter("{*}Relationship"))
    if any(link.get(needed) is None for link in links for needed in ("Id", "Type", "Target")):
        yield f"is damaged in {part} (a relationship without id, type or target)", _ANEW
    kinds = [(link.get("Type", "").rpartition("/")[2], link.get("TargetMode") == "External") for link in links]
    if any(external and kind != _FOLLOWED_BY_THE_READER for kind, external in kinds):
        yield f"loads something from outside ({part})", "embed the picture, or unlink the attached template"
    if any(kind in _EMBEDDING and not external for kind, external in kinds):
        yield f"holds an embedded file (named in {part})", "delete the object from the document"
