"""Digests: of the inputs of a document, of its parts as they were written, of the texts of its template."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from jdgen.words import comparable

#: The parts of a document that hold its record.
ITEM, PROPERTIES = "customXml/item7301.xml", "docProps/custom.xml"
_OF_THE_RECORD = (ITEM, PROPERTIES)

_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
# Bytes of a text's mark, and its characters: enough to know some dozens of texts by.
_MARK, _MARK_LENGTH = 3, 4


def digest(*values: Any) -> str:
    """SHA-256 over ``values`` in their JSON form (bytes as they are), as hexadecimal digits."""
    sha = hashlib.sha256()
    for value in values:
        content = value if isinstance(value, bytes) else canonical(value).encode()
        sha.update(len(content).to_bytes(8, "big"))
        sha.update(content)
    return sha.hexdigest()


def canonical(value: Any) -> str:
    """``value`` as JSON in one form only: keys sorted, no spaces."""
    return _CANONICAL.encode(value)


def digest_of_marks(marks: Mapping[str, tuple[int, int]]) -> str:
    """One digest of all parts but those of the record itself, by the mark of each: its CRC-32 and its size.

    It tells whether a program has written the file anew; it is no proof against somebody who wants to deceive.
    """
    mark_lines = sorted(f"{name}:{crc}:{size}" for name, (crc, size) in marks.items() if name not in _OF_THE_RECORD)
    return hashlib.sha256("\n".join(mark_lines).encode()).hexdigest()


def file_digest(content: bytes, inputs: str) -> bytes:
    """What a whole file is known by that was made of these ``inputs`` (their digest): no other has the same."""
    return hashlib.sha256(inputs.encode() + content).digest()


def marks_of(texts: Iterable[str]) -> str:
    """Short marks of ``texts`` in one line, by which each of them is known again: see :func:`has_mark_of`."""
    return "".join(sorted({_mark(text) for text in texts if comparable(text)}))


def has_mark_of(marks: str, text: str) -> bool:
    """Whether ``text`` is one of those whose ``marks`` are given; of 250,000 others, about one is taken for one."""
    return _mark(text) in _divide_marks(marks)


@functools.lru_cache(16)  # many documents have one template
def _divide_marks(marks: str) -> frozenset[str]:
    return frozenset(marks[at : at + _MARK_LENGTH] for at in range(0, len(marks), _MARK_LENGTH))


@functools.lru_cache(1024)  # one document is held against many records
def _mark(text: str) -> str:
    digest = hashlib.blake2b(comparable(text).encode("utf-8", "surrogatepass"), digest_size=_MARK).digest()
    return base64.urlsafe_b64encode(digest).decode()
