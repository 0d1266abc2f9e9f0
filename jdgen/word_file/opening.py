"""Opening a Word file that comes from somebody else: a template, or a document to be looked at."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from jdgen.errors import JdgenError, Problem
from jdgen.opc.bounds import MEGABYTE, Bounds, NotAPackageError, PackageError, TooLargeError
from jdgen.opc.entries import entries
from jdgen.opc.inflating import inflated
from jdgen.opc.xml_bounds import tags_and_attributes
from jdgen.word_file.dangers import ANEW, CONTENT_TYPES, Fault, checked_tree, dangers_of_file, dangers_of_text
from jdgen.word_file.relationships import judged, owner_of, said, without, without_references

BOUNDS = Bounds(file=20 * MEGABYTE, unpacked=100 * MEGABYTE, parts=2_000)
#: All XML of a file together, and the most in one part. A job description of forty pages has some 30,000 tags in a
#: megabyte. To fill a part takes docxtpl up to eighty times its size in memory, where it holds an emoji.
MAX_XML, MAX_XML_PART = 8 * MEGABYTE, 2 * MEGABYTE
MAX_TAGS, MAX_ATTRIBUTES = 100_000, 130_000
_OLD_WORD = b"\xd0\xcf\x11\xe0"
# What an OpenDocument file says in its first part, which is not deflated, right after its name.
_OPEN_DOCUMENT_AT, _OPEN_DOCUMENT = 30, b"mimetypeapplication/vnd.oasis.opendocument."
_LIBREOFFICE_PROPERTIES = (
    b"http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties"
)
_PROPERTIES = b"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


@dataclass(frozen=True)
class OpenedPackage:
    """The parts of a Word file that may be used, and what was taken out of it, to be told to the user."""

    parts: Mapping[str, bytes]
    warnings: tuple[Problem, ...] = ()


def opened_package(content: bytes, name: str) -> OpenedPackage:
    """The Word file ``content``, called ``name`` in messages, without what Word would load from elsewhere.

    Raises :class:`JdgenError` with every problem of what is no Word document, or is built to harm: sizes beyond
    bounds, macros, embedded files and programs, document types, fields and relationships that reach outside.
    """
    if content.startswith(_OLD_WORD):
        raise JdgenError(
            Problem(name, "is in Word's old format, or has a password", "save it as .docx without a password")
        )
    if content[: _OPEN_DOCUMENT_AT + len(_OPEN_DOCUMENT)].endswith(_OPEN_DOCUMENT):
        raise JdgenError(Problem(name, "is an OpenDocument file (such as .odt)", "save it as .docx"))
    try:
        parts = unpacked(content, entries(content, BOUNDS))
    except TooLargeError as error:
        raise JdgenError(Problem(name, "is too large for a template", _most())) from error
    except NotAPackageError as error:
        raise JdgenError(Problem(name, "is not a Word document", "name a .docx file")) from error
    except PackageError as error:
        raise JdgenError(Problem(name, error.what, error.right)) from error
    return _looked_through(parts, name)


def unpacked(content: bytes, listed: tuple[zipfile.ZipInfo, ...]) -> dict[str, bytes]:
    """The parts ``listed`` of the Word file ``content``. Nothing of its XML is parsed before all of it was counted.

    Raises :class:`TooLargeError` for more XML than is allowed, :class:`NotAPackageError` for damaged parts.
    """
    parts: dict[str, bytes] = {}
    size = tags = attributes = 0
    for entry in listed:
        parts[entry.filename] = part = inflated(content, entry)
        if is_xml(entry.filename):
            more_tags, more_attributes = tags_and_attributes(part)
            size, tags, attributes = size + len(part), tags + more_tags, attributes + more_attributes
            if len(part) > MAX_XML_PART:
                raise TooLargeError
        if size > MAX_XML or tags > MAX_TAGS or attributes > MAX_ATTRIBUTES:
            raise TooLargeError
    return parts


def is_xml(part: str) -> bool:
    """Whether python-docx or jdgen may parse the part: by its name, as Word's own parts are named."""
    return part.lower().endswith((".xml", ".rels"))


def _most() -> str:
    return (
        f"at most {BOUNDS.file // MEGABYTE} MB, {BOUNDS.unpacked // MEGABYTE} MB unpacked, {BOUNDS.parts} parts, "
        f"{MAX_TAGS:,} tags and {MAX_ATTRIBUTES:,} attributes in {MAX_XML // MEGABYTE} MB of XML, "
        f"{MAX_XML_PART // MEGABYTE} MB in one part"
    )


def _looked_through(parts: Mapping[str, bytes], name: str) -> OpenedPackage:
    faults = [*dangers_of_file(parts), *_misnamed(parts)]
    kept = dict(parts)
    warnings: list[Problem] = []
    for part in sorted(filter(is_xml, parts)):
        try:
            tree = checked_tree(part, parts[part])
        except PackageError as error:
            faults.append((error.what, error.right))
            continue
        if part.endswith(".rels"):
            verdict = judged(tree, part, ANEW)
            faults += verdict.faults
            if verdict.taken_out:
                warnings += (Problem(name, *said(each, owner_of(part))) for each in verdict.taken_out)
                kept |= dict(_without(kept, part, tree, frozenset(each.id for each in verdict.taken_out)))
        else:
            faults += dangers_of_text(part, tree)
    if faults:
        raise JdgenError(Problem(name, what, right) for what, right in dict.fromkeys(faults))
    relations = kept.get("_rels/.rels", b"")
    kept["_rels/.rels"] = relations.replace(_LIBREOFFICE_PROPERTIES, _PROPERTIES)
    return OpenedPackage(kept, tuple(warnings))


def _misnamed(parts: Mapping[str, bytes]) -> Iterator[Fault]:
    """Parts that are declared as XML and not named so: python-docx goes by what is declared."""
    try:
        types = checked_tree(CONTENT_TYPES, parts.get(CONTENT_TYPES, b""))
    except PackageError:
        return  # told with the other parts
    for declared in types.iter("{*}Override", "{*}Default"):
        kind = declared.get("ContentType", "").lower()
        named = declared.get("PartName") or f".{declared.get('Extension', '')}"
        if kind.endswith("xml") and not kind.startswith("image/") and not is_xml(named):
            yield f"declares {named} as XML", ANEW


def _without(parts: Mapping[str, bytes], relations: str, tree: Any, ids: frozenset[str]) -> Iterator[tuple[str, bytes]]:
    """The parts that change when relationships are taken out of ``relations``."""
    without(tree, ids)
    yield relations, _written(tree)
    owner = owner_of(relations)
    if owner in parts:
        try:
            referring = checked_tree(owner, parts[owner])
        except PackageError:
            return  # told with the other parts
        without_references(referring, ids)
        yield owner, _written(referring)


def _written(tree: Any) -> bytes:
    written: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
