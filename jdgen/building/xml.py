"""What every XML part of a Word file begins with."""

from __future__ import annotations

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

MAIN_NAMESPACE = f'xmlns:w="{_WORD}"'
RELATIONSHIP_NAMESPACE = f'xmlns:r="{_RELATIONSHIPS}"'
#: The beginning of the type of each relationship between parts.
RELATIONSHIP_TYPE = _RELATIONSHIPS


def part(root: str) -> bytes:
    """The bytes of an XML part with this root element."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{root}'.encode()
