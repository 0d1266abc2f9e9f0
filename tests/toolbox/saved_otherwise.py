"""Word files as other programs, and Word under other names in Save As, write what jdgen wrote."""

from __future__ import annotations

from tests.toolbox.word import parts_of, zipped

_USUAL, _STRICT = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
_WORDS = ("wordprocessingml/2006/main", "officeDocument/2006/relationships", "drawingml/2006/main")
_OTHERS = ("drawingml/2006/wordprocessingDrawing", "drawingml/2006/picture", "officeDocument/2006/math")


def as_strict(content: bytes) -> bytes:
    """The file as Word's "Strict Open XML Document" has it: other namespaces, sides called start and end, and measures
    with their units."""
    strict = {}
    for name, part in parts_of(content).items():
        strict_part = part
        for words in (*_WORDS, *_OTHERS):
            first, _, rest = words.partition("/2006/")
            strict_part = strict_part.replace(_USUAL + words.encode(), _STRICT + f"{first}/{rest}".encode())
        if name == "word/document.xml":
            strict_part = strict_part.replace(b"<w:body", b'<w:body w:conformance="strict"', 1)
            strict_part = strict_part.replace(b'w:top="1418"', b'w:top="70.90pt"').replace(
                b'w:val="left"', b'w:val="start"'
            )
        strict[name] = strict_part
    assert strict["word/document.xml"].count(_STRICT), "a mistake in the test"
    return zipped(strict)


def with_main_part(content: bytes, name: str) -> bytes:
    """The file with its main text in the part ``name``, as Word for the web has it in ``word/document2.xml``."""
    parts = parts_of(content)
    folder, _, file = name.rpartition("/")
    main_parts = {
        name: parts.pop("word/document.xml"),
        f"{folder}/_rels/{file}.rels": parts.pop("word/_rels/document.xml.rels"),
    }
    if folder != "word":
        links = main_parts[f"{folder}/_rels/{file}.rels"]
        main_parts[f"{folder}/_rels/{file}.rels"] = links.replace(b'Target="', b'Target="/word/').replace(
            b"/word/../", b"/"
        )
    for part in ("[Content_Types].xml", "_rels/.rels"):
        parts[part] = parts[part].replace(b"word/document.xml", name.encode())
    return zipped(parts | main_parts)
