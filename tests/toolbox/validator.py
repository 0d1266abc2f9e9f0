"""Word files held against the standard, by a validator that knows nothing of jdgen."""

from __future__ import annotations

from pathlib import Path

from openxml_audit import OpenXmlValidator


def errors(content: bytes, folder: Path) -> list[str]:
    """What of the file does not hold to the standard."""
    path = folder / "audited.docx"
    path.write_bytes(content)
    return [str(error) for error in OpenXmlValidator().validate(path).errors]
