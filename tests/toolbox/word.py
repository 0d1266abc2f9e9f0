"""Word files for tests: made and read with python-docx, and changed part by part where it cannot."""

from __future__ import annotations

import copy
import functools
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from docx import Document
from docx.document import Document as OpenDocument

from jdgen.drafting.model import JobDescription
from jdgen.errors import JdgenError, Problem
from jdgen.template.compiling import compile_template
from jdgen.template.filling import fill
from jdgen.word.file import File
from jdgen.word.xml import Element, parse
from tests.toolbox.examples import DRAFTED

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAME = "test.docx"


def empty_document() -> OpenDocument:
    """A document of python-docx's without text."""
    return open_document(_empty())


@functools.cache
def _empty() -> bytes:
    """python-docx's own file without its hundred styles of tables, nearly all of its bytes: no test uses them, and
    every test would read and write them."""
    document = Document()
    for style in document.styles.element.findall(f"{W}style[@{W}type='table']"):
        if style.get(f"{W}styleId") not in ("TableNormal", "TableGrid"):
            style.getparent().remove(style)
    part = document.part
    (effects,) = (each for each, relation in part.rels.items() if relation.reltype.endswith("/stylesWithEffects"))
    part.drop_rel(effects)
    return bytes_of(document)


def word_file(
    *body: str, header: Sequence[str] = (), footer: Sequence[str] = (), table: Sequence[Sequence[str]] = ()
) -> bytes:
    """A .docx file with these paragraphs, this table after them, this header and footer."""
    document = empty_document()
    for text in body:
        document.add_paragraph(text)
    if table:
        word_table = document.add_table(rows=len(table), cols=len(table[0]))
        for row, texts in zip(word_table.rows, table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.paragraphs[0].add_run(text)
    for place, texts in ((document.sections[0].header, header), (document.sections[0].footer, footer)):
        for text in texts:
            place.add_paragraph(text)
    return bytes_of(document)


def bytes_of(document: Any) -> bytes:
    """The bytes of a Word file, or of a workbook of openpyxl's."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def open_document(content: bytes) -> OpenDocument:
    return Document(io.BytesIO(content))


def fill_template(template: bytes, draft: JobDescription) -> bytes:
    return fill(compile_template(template, NAME), draft, DRAFTED)


def filled_document(template: bytes, draft: JobDescription) -> OpenDocument:
    return open_document(fill_template(template, draft))


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    return zipped(parts_of(content) | {name: part})


def change_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The file with one part changed. A change that changes nothing is a mistake in the test."""
    before = parts_of(content)[name]
    after = change(before)
    assert after != before, f"nothing changed in {name}"
    return with_part(content, name, after)


def body_replaced(content: bytes, old: str, new: str) -> bytes:
    return change_part(content, "word/document.xml", lambda part: part.replace(old.encode(), new.encode()))


def problems_of(template: bytes, draft: JobDescription | None = None) -> tuple[Problem, ...]:
    """What is wrong with the template, or, with a draft, with filling it; nothing if all is well."""
    try:
        compiled_template = compile_template(template, NAME)
        if draft is not None:
            fill(compiled_template, draft, DRAFTED)
    except JdgenError as error:
        return error.problems
    return ()


def png(width: int = 40, height: int = 10) -> bytes:
    """A real PNG picture: one grey square."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\x00" + b"\x80" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def stories_of(parts: Mapping[str, bytes]) -> Element:
    """The tree of all text of a Word file with these parts, to be changed."""
    return copy.deepcopy(File.of(parts).stories)


def with_stories(parts: Mapping[str, bytes], tree: Element) -> dict[str, bytes]:
    """``parts`` with the text of such a tree."""
    return File.of(parts).with_stories(tree).contents()


def with_text_altered(content: bytes, alter: Callable[[Element], object]) -> bytes:
    """The file with all its text changed by hand."""
    parts = parts_of(content)
    tree = stories_of(parts)
    alter(tree)
    return zipped(with_stories(parts, tree))


def comments(content: bytes) -> dict[str, list[str]]:
    """The paragraphs of the comments of a document, by the text of the paragraph that each stands on."""
    parts = parts_of(content)
    text, comment_tree = parse(parts["word/document.xml"]), parse(parts["word/comments.xml"])
    by_number = {
        comment.get(f"{W}id"): ["".join(map(str, paragraph.itertext())) for paragraph in comment.iter(f"{W}p")]
        for comment in comment_tree.iter(f"{W}comment")
    }
    texts: dict[str, list[str]] = {}
    for mark in text.iter(f"{W}commentReference"):
        (paragraph, *_) = mark.iterancestors(f"{W}p")
        words = "".join(text_element.text or "" for text_element in paragraph.iter(f"{W}t"))
        texts[words] = by_number.pop(mark.get(f"{W}id"))
    assert by_number == {}
    return texts
