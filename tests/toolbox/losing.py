"""Documents as they come back from programs that know nothing of records."""

from __future__ import annotations

import re
from pathlib import Path

from tests.toolbox.libreoffice import WORD, convert
from tests.toolbox.word import parts_of, zipped


def stripped(content: bytes, *changes: tuple[str, str]) -> bytes:
    """The document without anything of jdgen's but its text: no custom XML, no custom properties, no bookmarks.
    ``changes`` are words that somebody has replaced wherever they stand."""
    parts = {name: part for name, part in parts_of(content).items() if not name.startswith("customXml/")}
    parts.pop("docProps/custom.xml", None)
    for name in ("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"):
        kinds = rb"<(?:Override|Relationship) [^>]*(?:customXml|custom-properties|docProps/custom)[^>]*/>"
        parts[name] = re.sub(kinds, b"", parts[name])
    for old, _ in changes:
        assert old.encode() in parts["word/document.xml"], f"{old!r} is not in the document"
    for name in [name for name in parts if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name)]:
        parts[name] = re.sub(rb"<w:bookmark(?:Start|End) [^>]*/>", b"", parts[name])
        for old, new in changes:
            parts[name] = parts[name].replace(old.encode(), new.encode())
    return zipped(parts)


def converted(path: Path, kind: str, folder: Path) -> Path:
    """The file at ``path`` as LibreOffice saves it in another format: ``odt``, ``doc`` or ``docx``."""
    convert(folder, WORD if kind == "docx" else kind, path)
    return folder / f"{path.stem}.{kind}"
