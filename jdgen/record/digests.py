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


def parts_digests(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The digest of each part."""
    return {name: hashlib.sha256(content).digest() for name, content in parts.items()}


def digest_of_parts(digests: Mapping[str, bytes]) -> str:
    """One digest of all parts but those of the record itself."""
    sha = hashlib.sha256()
    for name in sorted(digests):
        if name not in (ITEM, PROPERTIES):
            sha.update(name.encode())
            sha.update(digests[name])
    return sha.hexdigest()
