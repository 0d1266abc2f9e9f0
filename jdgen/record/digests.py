"""Digests: of the inputs of a document, and of its parts as they were written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from jdgen.record.parts import ITEM, PROPERTIES


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
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of_marks(marks: Mapping[str, tuple[int, int]]) -> str:
    """One digest of all parts but those of the record itself, by the mark of each: its CRC-32 and its size.

    It tells whether a program has written the file anew; it is no proof against somebody who wants to deceive.
    """
    listed = sorted(f"{name}:{crc}:{size}" for name, (crc, size) in marks.items() if name not in (ITEM, PROPERTIES))
    return hashlib.sha256("\n".join(listed).encode()).hexdigest()
