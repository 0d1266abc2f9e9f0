"""A Word file as a zip of parts, written so that equal parts give equal bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

#: The oldest time that a zip entry can carry; the same on every machine and every day.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CONTENT_TYPES = "[Content_Types].xml"
_UNIX = 3


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """Zip ``parts`` (name to content) deterministically: ``[Content_Types].xml`` first, the rest by name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(parts, key=lambda name: (name != _CONTENT_TYPES, name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, parts[name])
    return stream.getvalue()


def read_package(content: bytes) -> dict[str, bytes]:
    """The parts of a zipped Word file, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
