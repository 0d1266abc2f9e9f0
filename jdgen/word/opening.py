"""Opening a Word file that comes from somebody else, with bounds on all that it may take: nothing of its XML is parsed
before all of it was counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jdgen.errors import JdgenError, Problem, refuse
from jdgen.files import owner_file_problem
from jdgen.word.file import MAIN_PART, File, FilePart
from jdgen.word.usual_form import in_usual_form, is_xml
from jdgen.word.writing import CONTENT_TYPES
from jdgen.zips import (
    MEGABYTE,
    WORD_FILE,
    NotAPackageError,
    PackageError,
    TooLargeError,
    entries,
    inflate,
    is_deflated,
    packed_in,
    tags_and_attributes,
)

#: All XML of a file together, and the most in one part. A job description of forty pages has some 30,000 tags in a
#: megabyte. To fill a part takes docxtpl up to eighty times its size in memory, where it holds an emoji.
MAX_XML, MAX_XML_PART = 8 * MEGABYTE, 1_900_000
MAX_TAGS, MAX_ATTRIBUTES = 100_000, 130_000
_OLD_WORD = b"\xd0\xcf\x11\xe0"
# What an OpenDocument file says in its first part, which is not deflated, right after its name.
_OPEN_DOCUMENT_AT, _OPEN_DOCUMENT = 30, b"mimetypeapplication/vnd.oasis.opendocument."

_BEGINNING = 64
_AGAIN = "copy or download it again from where it was saved"
_CURES = (
    (b"pk", f"a part of it is missing or damaged: {_AGAIN}"),
    (b"{\\rtf", "it is in Rich Text Format: open it in Word and save it as .docx"),
    ((b"<!doctype html", b"<html", b"mime-version:"), "it is a web page: open it in Word and save it as .docx"),
    (b"%pdf", "it is a PDF: name the .docx file that it was printed from"),
)

#: What is wrong, and what would be right.
Fault = tuple[str, str]


def open_document(content: bytes, name: str) -> File:
    """A person's document ``content``, called ``name`` in messages, in its usual form (:mod:`.usual_form`): what that
    does not concern is as it is in the file.

    Raises :class:`JdgenError` for what is no Word document, is damaged, or takes more than a document may.
    """
    file = unzip(content, name)
    refuse_damaged(file, name)
    return file


def unzip(content: bytes, name: str) -> File:
    """The Word file ``content``, called ``name`` in messages, in its usual form. Of its other parts none is looked at
    yet.

    Raises :class:`JdgenError` for what is no Word file, or takes more than one may.
    """
    if content.startswith(_OLD_WORD):
        raise JdgenError(
            Problem(name, "is in Word's old format, or has a password", "save it as .docx without a password")
        )
    if content[: _OPEN_DOCUMENT_AT + len(_OPEN_DOCUMENT)].endswith(_OPEN_DOCUMENT):
        raise JdgenError(Problem(name, "is an OpenDocument file (such as .odt)", "save it as .docx"))
    try:
        return unpack(content)
    except TooLargeError as error:
        raise JdgenError(Problem(name, "is too large", _most())) from error
    except NotAPackageError as error:
        usual = Problem(name, "is not a Word document", _instead(content))
        raise JdgenError(owner_file_problem(name) or usual) from error
    except PackageError as error:
        raise JdgenError(Problem(name, error.what, error.right)) from error


def _instead(content: bytes) -> str:
    """What would be right in the place of a file that is no zip, or a damaged one, by how it begins."""
    begins = content[:_BEGINNING].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    cures = (right for starts, right in _CURES if begins.startswith(starts))
    return next(cures, "name a .docx file") if content else f"it is empty: {_AGAIN}"


def unpack(content: bytes) -> File:
    """The same, without words for people.

    Raises :class:`TooLargeError` for more than is allowed, :class:`NotAPackageError` for what is no zip or a damaged
    one, and :class:`PackageError` for a zip that contradicts itself, and for two main texts.
    """
    parts: dict[str, FilePart] = {}
    size = tags = attributes = 0
    for entry in entries(content, WORD_FILE):
        part = inflate(content, entry)
        packed = packed_in(content, entry) if is_deflated(entry) else None
        parts[entry.filename] = FilePart(entry.filename, part, mark=(entry.CRC, entry.file_size), packed=packed)
        if is_xml(entry.filename):
            more_tags, more_attributes = tags_and_attributes(part)
            size, tags, attributes = size + len(part), tags + more_tags, attributes + more_attributes
            if len(part) > MAX_XML_PART:
                raise TooLargeError
        if size > MAX_XML or tags > MAX_TAGS or attributes > MAX_ATTRIBUTES:
            raise TooLargeError
    return in_usual_form(File(parts))


def _most() -> str:
    return (
        f"at most {WORD_FILE.file // MEGABYTE} MB, {WORD_FILE.unpacked // MEGABYTE} MB unpacked, "
        f"{WORD_FILE.parts} parts, "
        f"{MAX_TAGS:,} tags and {MAX_ATTRIBUTES:,} attributes in {MAX_XML // MEGABYTE} MB of XML, "
        f"{MAX_XML_PART / 1e6:.1f} MB in one part"
    )


def refuse_damaged(file: File, name: str) -> None:
    """Raise :class:`JdgenError` where ``file``, called ``name`` in messages, has no text, or a part that is damaged or
    declares a document type."""
    refuse_faults((*lacks(file), *(fault for part in xml_parts(file) for fault in damage_of(file, part))), name)


def lacks(file: File) -> Iterator[Fault]:
    """What every Word file has, and this one has not."""
    if MAIN_PART not in file or CONTENT_TYPES not in file:
        yield "has no document inside", "name a .docx file saved by a word processor"


def xml_parts(file: File) -> list[str]:
    """The parts of ``file`` that may be parsed, in order."""
    return sorted(filter(is_xml, file))


def damage_of(file: File, part: str) -> Iterator[Fault]:
    """Why ``part`` cannot be parsed, if so."""
    try:
        file.tree(part)
    except PackageError as error:
        yield error.what, error.right


def refuse_faults(faults: Iterable[Fault], name: str) -> None:
    """Raise :class:`JdgenError` with each of the ``faults`` of the file called ``name``, if there are any."""
    refuse(Problem(name, what, right) for what, right in dict.fromkeys(faults))
