"""What a template may not hold: programs, other files, document types, what Word would load from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from jdgen.opc.bounds import PackageError
from jdgen.opc.xml_bounds import declares_document_type, refuse_encoding
from jdgen.word_file.field_codes import reaching_out
from jdgen.word_file.parsing import W, parsed
from jdgen.word_file.relationships import embedding_elements
from jdgen.word_file.usual_form import MAIN_PART

CONTENT_TYPES = "[Content_Types].xml"
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
