"""XML from somebody else, looked at as bytes before any parser makes a tree of it.

A parser takes some 30 bytes of memory for each byte of ``<a/><a/>…``: a file of 668 kB that holds nothing else cost
4.5 GB. Counting the marks that elements and attributes are made of costs next to nothing, and no element can be
written without one.
"""

from __future__ import annotations

import re

from jdgen.opc.bounds import ANEW, PackageError

# Part of every document type and entity declaration, in whatever encoding a parser may find out by itself.
_DECLARATIONS = tuple(
    mark.encode(encoding)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
)
_BLANKS = b" \t\r\n\x00"
_MARKS = b"\xef\xbb\xbf\xfe\xff"
_ENCODING = re.compile(rb"""^[^>]*?\bencoding\s*=\s*["']\s*([^"'\s]*)""")
# What XML in an office file may be written in (ECMA-376 part 2, 6.2.5), and what is a part of UTF-8.
_ENCODINGS = frozenset({b"utf-8", b"utf8", b"utf-16", b"utf16", b"utf-16le", b"utf-16be", b"us-ascii", b"ascii"})


def looks_like_xml(part: bytes) -> bool:
    """Whether an XML parser would find an element, or a declaration, at the beginning of ``part``."""
    return part[:64].lstrip(_BLANKS + _MARKS).startswith(b"<")


def declares_document_type(part: bytes) -> bool:
    """Whether ``part`` has, or seems to have, a document type or an entity of its own."""
    return any(mark in part for mark in _DECLARATIONS)


def refuse_encoding(part: bytes, name: str) -> None:
    """Raise :class:`PackageError` for XML in an encoding that office files may not use: in others marks can hide."""
    head = part[:400].replace(b"\x00", b"").lstrip(_BLANKS + _MARKS)
    declared = _ENCODING.match(head) if head.startswith(b"<?xml") else None
    if not looks_like_xml(part) or (declared and declared[1].lower() not in _ENCODINGS):
        raise PackageError(f"is not written in UTF-8 in {name}", ANEW)


def tags_and_attributes(part: bytes) -> tuple[int, int]:
    """At least as many as ``part`` has tags (opening, closing and empty ones), and attributes."""
    return part.count(b"<"), part.count(b"=")
