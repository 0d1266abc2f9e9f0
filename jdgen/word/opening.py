"""Opening a Word file that comes from somebody else: a template, or a document of a person's.

What a template holds goes into every document that is made of it, so whatever Word would run, load or follow by itself
is refused in one, or taken out with a word. A person's document is theirs: what jdgen does not need of it (charts,
embedded files, links, what an add-in keeps there) is neither run nor followed here, and stays byte for byte.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from jdgen.errors import JdgenError, Problem
from jdgen.word.relationships import (
    embedding_elements,
    judged,
    leads_astray,
    owner_of,
    said,
    without,
    without_references,
)
from jdgen.word.usual_form import MAIN_PART, in_usual_form, is_xml
from jdgen.word.writing import CONTENT_TYPES
from jdgen.word.xml import W, parsed
from jdgen.zips import (
    MEGABYTE,
    Bounds,
    NotAPackageError,
    PackageError,
    TooLargeError,
    declares_document_type,
    entries,
    inflated,
    refuse_encoding,
    tags_and_attributes,
)

# Word's own fields, and those among them that reach outside the document.
#
# A field is written as runs between ``w:fldChar`` marks, or as ``w:fldSimple``. Its code may be cut into as many runs
# as one likes, stand in several paragraphs, and hold other fields (ECMA-376 part 1, 17.16.2 to 17.16.19).

#: Fields that load, run or ask something outside the document (ECMA-376 part 1, 17.16.5), and their old names.
_REACHING_OUT = frozenset(
    {
        *("DDE", "DDEAUTO", "INCLUDE", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "LINK", "DATABASE", "RD"),
        *("EMBED", "ADDIN", "HTMLACTIVEX"),
    }
)
_KIND = re.compile(r'[\s"\u200b\ufeff]*([^\W\d_]+)')
_LINKED = re.compile(r'HYPERLINK\s+(?!\\)"?([^"\s]+)', re.IGNORECASE)
_DIRECTIONS = "delete the field (Shift+F9 shows it), or put its result in its place (Ctrl+Shift+F9)"


@dataclass
class _Field:
    """A field that has begun: its code so far, and whether the code is over."""

    code: list[str] = field(default_factory=list)
    over: bool = False
    made_by_another: bool = False


def reaching_out(tree: Any) -> Iterator[tuple[str, str]]:
    """What is wrong with the fields of a part, and what would be right."""
    for code, made_by_another in _codes(tree):
        kind = _KIND.match(code)
        name = kind[1].upper() if kind else ""
        if name in _REACHING_OUT:
            yield f"has a field that reaches outside the document ({name})", _DIRECTIONS
        elif made_by_another:
            yield "has a field whose kind is the result of another field", _DIRECTIONS
        elif (linked := _LINKED.search(code)) and leads_astray(linked[1]):
            yield f"has a link that leads outside the web ({linked[1][:80]})", "link to a web page or an e-mail address"


def _codes(tree: Any) -> Iterator[tuple[str, bool]]:
    """Code of each field, and whether another field stands where its kind should."""
    # Code outside any field, which a repair by Word might take up, is looked at as one field of its own.
    outside = _Field()
    open_fields = [outside]
    for element in tree.iter(f"{W}fldChar", f"{W}instrText", f"{W}delInstrText", f"{W}fldSimple"):
        innermost = open_fields[-1]
        if element.tag == f"{W}fldSimple":
            yield element.get(f"{W}instr", ""), False
        elif element.tag != f"{W}fldChar":
            if not innermost.over:
                innermost.code.append("".join(element.itertext()))
            continue
        match element.get(f"{W}fldCharType"):
            case "begin":
                nested_first = innermost is not outside and not innermost.over and not "".join(innermost.code).strip()
                innermost.made_by_another = innermost.made_by_another or nested_first
                open_fields.append(_Field())
            case "separate":
                innermost.over = innermost is not outside
            case "end" if innermost is not outside:
                open_fields.pop()
                yield "".join(innermost.code), innermost.made_by_another
    yield from (("".join(each.code), each.made_by_another) for each in open_fields if each.code)


# What a template may not hold: programs, other files, document types, what Word would load from elsewhere.

ANEW = "open it in a word processor and save it anew"
_VML = "{urn:schemas-microsoft-com:vml}"
# How files begin that hold other files: OLE, zip. A picture begins otherwise.
_CONTAINERS = (b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"MZ")
_FOLDERS = ("/embeddings/", "/activex/", "/afchunk", "/webextensions/")
_MACRO_TYPES = (b"macroenabled", b"vbaproject", b"vbadata")

#: What is wrong, and what would be right.
Fault = tuple[str, str]


def lacks(parts: Mapping[str, bytes]) -> Iterator[Fault]:
    """What every Word file has, and this one has not."""
    if MAIN_PART not in parts or CONTENT_TYPES not in parts:
        yield "has no document inside", "name a .docx file saved by a word processor"


def dangers_of_file(parts: Mapping[str, bytes]) -> Iterator[Fault]:
    """What can be told from the names of parts, their kinds, and how they begin."""
    types = parts.get(CONTENT_TYPES, b"").replace(b"\x00", b"").lower()
    if any(kind in types for kind in _MACRO_TYPES) or any("vbaproject" in part.lower() for part in parts):
        yield "holds macros", "save it as a .docx document, which has none"
    elif b"template.main+xml" in types:
        yield "is a .dotx template of Word's", "save it as a .docx document"
    for part in sorted(parts):
        if any(folder in f"/{part.lower()}" for folder in _FOLDERS) or parts[part].startswith(_CONTAINERS):
            yield f"holds an embedded file ({part})", "delete the object from the document"


def checked_tree(part: str, content: bytes) -> Any:
    """The tree of an XML part. Raises :class:`PackageError` for what declares a document type, or is damaged."""
    if declares_document_type(content):
        raise PackageError(f"declares a document type in {part}", ANEW)
    refuse_encoding(content, part)
    try:
        tree = parsed(content)
    except etree.XMLSyntaxError as error:
        raise PackageError(f"is damaged in {part} ({error.msg})", ANEW) from error
    docinfo: Any = tree.getroottree().docinfo  # its stubs lack doctype
    if docinfo.doctype:
        raise PackageError(f"declares a document type in {part}", ANEW)
    return tree


def dangers_of_text(part: str, tree: Any) -> Iterator[Fault]:
    """What a part of the document may not hold."""
    for name in embedding_elements(tree):
        yield f"holds an embedded file ({name} in {part})", "delete the object from the document"
    if next(tree.iter(f"{W}mailMerge"), None) is not None:
        right = "choose Mailings, Start Mail Merge, Normal Word Document, then save"
        yield "is bound to a source of data (mail merge)", right
    for element in tree.iter(f"{_VML}imagedata", f"{_VML}fill", f"{_VML}stroke"):
        if any(mark in element.get("src", "") for mark in (":", "\\\\", "//")):
            yield f"loads something from outside ({part})", "embed the picture"
    for what, right in reaching_out(tree):
        yield f"{what} in {part}", right


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
