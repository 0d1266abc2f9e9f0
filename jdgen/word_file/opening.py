"""Opening a Word file that comes from somebody else: a template, or a document of a person's.

What a template holds goes into every document that is made of it, so whatever Word would run, load or follow by itself
is refused in one, or taken out with a word. A person's document is theirs: what jdgen does not need of it (charts,
embedded files, links, what an add-in keeps there) is neither run nor followed here, and stays byte for byte.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from jdgen.errors import JdgenError, Problem
from jdgen.opc.bounds import MEGABYTE, Bounds, NotAPackageError, PackageError, TooLargeError
from jdgen.opc.entries import entries
from jdgen.opc.inflating import inflated
from jdgen.opc.xml_bounds import tags_and_attributes
from jdgen.word_file.dangers import (
    ANEW,
    CONTENT_TYPES,
    Fault,
    checked_tree,
    dangers_of_file,
    dangers_of_text,
    lacks,
)
from jdgen.word_file.relationships import judged, owner_of, said, without, without_references
from jdgen.word_file.usual_form import in_usual_form, is_xml

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
    """The template ``content``, called ``name`` in messages, without what Word would load from elsewhere.

    Raises :class:`JdgenError` with every problem of what is no Word document, or is built to harm: sizes beyond
    bounds, macros, embedded files and programs, document types, fields and relationships that reach outside.
    """
    return _looked_through(_unpacked(content, name, "is too large"), name)


def opened_document(content: bytes, name: str) -> dict[str, bytes]:
    """The parts of a person's document ``content``, called ``name`` in messages, all of them as they are.

    Raises :class:`JdgenError` for what is no Word document, is damaged, or takes more than a document may.
    """
    parts = _unpacked(content, name, "is too large")
    faults = [*lacks(parts)]
    for part in sorted(filter(is_xml, parts)):
        try:
            checked_tree(part, parts[part])
        except PackageError as error:
            faults.append((error.what, error.right))
    _refuse(faults, name)
    return parts


def _unpacked(content: bytes, name: str, too_large: str) -> dict[str, bytes]:
    if content.startswith(_OLD_WORD):
        raise JdgenError(
            Problem(name, "is in Word's old format, or has a password", "save it as .docx without a password")
        )
    if content[: _OPEN_DOCUMENT_AT + len(_OPEN_DOCUMENT)].endswith(_OPEN_DOCUMENT):
        raise JdgenError(Problem(name, "is an OpenDocument file (such as .odt)", "save it as .docx"))
    try:
        return unpacked(content, entries(content, BOUNDS))
    except TooLargeError as error:
        raise JdgenError(Problem(name, too_large, _most())) from error
    except NotAPackageError as error:
        raise JdgenError(Problem(name, "is not a Word document", "name a .docx file")) from error
    except PackageError as error:
        raise JdgenError(Problem(name, error.what, error.right)) from error


def unpacked(content: bytes, listed: tuple[zipfile.ZipInfo, ...]) -> dict[str, bytes]:
    """The parts ``listed`` of the Word file ``content``, in their usual form. Nothing of its XML is parsed before all
    of it was counted.

    Raises :class:`TooLargeError` for more XML than is allowed, :class:`NotAPackageError` for damaged parts, and
    :class:`PackageError` for two main texts.
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
    return in_usual_form(parts)


def _most() -> str:
    return (
        f"at most {BOUNDS.file // MEGABYTE} MB, {BOUNDS.unpacked // MEGABYTE} MB unpacked, {BOUNDS.parts} parts, "
        f"{MAX_TAGS:,} tags and {MAX_ATTRIBUTES:,} attributes in {MAX_XML // MEGABYTE} MB of XML, "
        f"{MAX_XML_PART // MEGABYTE} MB in one part"
    )


def _looked_through(parts: Mapping[str, bytes], name: str) -> OpenedPackage:
    faults = [*lacks(parts), *dangers_of_file(parts), *_misnamed(parts)]
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
    _refuse(faults, name)
    relations = kept.get("_rels/.rels", b"")
    kept["_rels/.rels"] = relations.replace(_LIBREOFFICE_PROPERTIES, _PROPERTIES)
    return OpenedPackage(kept, tuple(warnings))


def _refuse(faults: Iterable[Fault], name: str) -> None:
    problems = [Problem(name, what, right) for what, right in dict.fromkeys(faults)]
    if problems:
        raise JdgenError(problems)


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
