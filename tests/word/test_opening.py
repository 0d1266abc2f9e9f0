"""What is no Word document, or is built to harm, is refused with a reason."""

from __future__ import annotations

import dataclasses
import io
import random
import struct
import zipfile
from collections.abc import Callable

import pytest

from jdgen.drafting.model import JobDescription
from jdgen.errors import JdgenError
from jdgen.word.file import File
from tests.toolbox.examples import ROOT
from tests.toolbox.word import (
    change_part,
    fill_template,
    open_document,
    parts_of,
    problems_of,
    with_part,
    word_file,
    zipped,
)

GOOD = word_file("{{ title }}", header=["{{ title }}"])
TYPES = "[Content_Types].xml"
DOCUMENT_RELATIONS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def relation(kind: str, target: str, mode: str = 'TargetMode="External"') -> bytes:
    link = f'<Relationship Id="rX" Type="{OFFICE}/{kind}" Target="{target}" {mode}/></Relationships>'
    return change_part(GOOD, DOCUMENT_RELATIONS, lambda part: part.replace(b"</Relationships>", link.encode()))


def without(name: str) -> bytes:
    return zipped({part: content for part, content in parts_of(GOOD).items() if part != name})


def duplicated() -> bytes:
    stream = io.BytesIO(GOOD)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/document.xml", b"<second/>")
    return stream.getvalue()


def doctype(encoding: str) -> bytes:
    text = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'
    return with_part(GOOD, "word/settings.xml", text.encode(encoding))


def truncated() -> bytes:
    return GOOD[: len(GOOD) // 2]


def bad_deflate() -> bytes:
    content = bytearray(GOOD)
    start = content.index(b"word/document.xml") + len("word/document.xml")
    content[start : start + 40] = b"\xff" * 40
    return bytes(content)


def encrypted() -> bytes:
    content = bytearray(GOOD)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "right"),
    [
        (b"", "it is empty: copy or download it again from where it was saved"),
        (truncated(), "a part of it is missing or damaged: copy or download it again from where it was saved"),
        (rb"{\rtf1 Job description}", "it is in Rich Text Format: open it in Word and save it as .docx"),
        (b"\xef\xbb\xbf\n<HTML><body>", "it is a web page: open it in Word and save it as .docx"),
        (b"%PDF-1.7 ...", "it is a PDF: name the .docx file that it was printed from"),
        (b"Dear all,", "name a .docx file"),
    ],
)
def test_what_is_no_word_file_is_told_with_what_it_is(content: bytes, right: str) -> None:
    assert [(each.what, each.right) for each in problems_of(content)] == [("is not a Word document", right)]


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "is not a Word document"),
    "text": (lambda: b"Dear all,", "is not a Word document"),
    "a PDF": (lambda: b"%PDF-1.7 ...", "is not a Word document"),
    "half a file": (truncated, "is not a Word document"),
    "bad compression": (bad_deflate, "is not a Word document"),
    "an encrypted zip": (encrypted, "is not a Word document"),
    "the old format": (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "is in Word's old format, or has a password"),
    "another zip": (lambda: zipped({"a.txt": b"x"}), "has no document inside"),
    "too many parts": (
        lambda: zipped(parts_of(GOOD) | {f"x/{number}": b"" for number in range(2_000)}),
        "is too large",
    ),
    "a zip bomb": (lambda: with_part(GOOD, "word/media/a.bin", bytes(101 * 2**20)), "is too large"),
    "a large file": (
        lambda: with_part(GOOD, "word/media/a.bin", random.Random(1).randbytes(21 * 2**20)),
        "is too large",
    ),
    "two parts with one name": (duplicated, "holds two parts with one name"),
    "macros by type": (
        lambda: change_part(GOOD, TYPES, lambda part: part.replace(b"openxmlformats", b"macroEnabled")),
        "holds macros",
    ),
    "macros by part": (lambda: with_part(GOOD, "word/vbaProject.bin", b"x"), "holds macros"),
    "a dotx": (
        lambda: change_part(GOOD, TYPES, lambda part: part.replace(b"document.main+xml", b"template.main+xml")),
        "is a .dotx template of Word's",
    ),
    "an embedded workbook": (
        lambda: with_part(GOOD, "word/embeddings/a.xlsx", b"x"),
        "holds an embedded file (word/embeddings/a.xlsx)",
    ),
    "ActiveX": (
        lambda: with_part(GOOD, "word/activeX/activeX1.bin", b"x"),
        "holds an embedded file (word/activeX/activeX1.bin)",
    ),
    "an alternative chunk": (
        lambda: with_part(GOOD, "word/afchunk.mht", b"x"),
        "holds an embedded file (word/afchunk.mht)",
    ),
    "an embedded object under another name": (
        lambda: with_part(relation("oleObject", "media/a.bin", ""), "word/media/a.bin", b"x"),
        f"holds an embedded file (named in {DOCUMENT_RELATIONS})",
    ),
    "a document type": (lambda: doctype("utf-8"), "declares a document type in word/settings.xml"),
    "a document type in UTF-16": (lambda: doctype("utf-16"), "declares a document type in word/settings.xml"),
    "a document type in UTF-16 without mark": (
        lambda: doctype("utf-16-be"),
        "declares a document type in word/settings.xml",
    ),
    "a document type in UTF-32": (lambda: doctype("utf-32-be"), "declares a document type in word/settings.xml"),
    "a document beside the one that is opened": (
        lambda: zipped(
            parts_of(change_part(GOOD, "_rels/.rels", lambda part: part.replace(b"word/document", b"word/other")))
            | {
                "word/other.xml": parts_of(GOOD)["word/document.xml"],
                "word/_rels/other.xml.rels": parts_of(GOOD)[DOCUMENT_RELATIONS],
                TYPES: parts_of(GOOD)[TYPES].replace(b"/word/document.xml", b"/word/other.xml"),
            }
        ),
        "has a main text (word/other.xml) and another under the name that it usually has",
    ),
    "a picture elsewhere": (
        lambda: relation("image", "https://example.org/a.png"),
        f"loads something from outside ({DOCUMENT_RELATIONS})",
    ),
    "a frame that looks like a link": (
        lambda: relation("frame", "https://example.org/hyperlink/a.htm"),
        f"loads something from outside ({DOCUMENT_RELATIONS})",
    ),
    "a frame written with spaces": (
        lambda: relation("frame", "https://example.org/a", "TargetMode = 'External'"),
        f"loads something from outside ({DOCUMENT_RELATIONS})",
    ),
    "a program by file": (
        lambda: relation("oleObject", "file:///c:/a.exe"),
        f"loads something from outside ({DOCUMENT_RELATIONS})",
    ),
    "a damaged part": (lambda: with_part(GOOD, "word/styles.xml", b"<a"), "is damaged in word/styles.xml"),
    "a damaged document": (lambda: with_part(GOOD, "word/document.xml", b"<a"), "is damaged in word/document.xml"),
    "a relation without a type": (
        lambda: change_part(GOOD, DOCUMENT_RELATIONS, lambda part: part.replace(b"Type=", b"Typ=", 1)),
        f"is damaged in {DOCUMENT_RELATIONS}",
    ),
    "no relations": (lambda: without("_rels/.rels"), "is no Word document that can be read"),
    "no styles": (lambda: without("word/styles.xml"), "is no Word document that can be read"),
    "another document": (
        lambda: with_part(GOOD, "word/document.xml", b"<a/>"),
        "is no Word document that can be read",
    ),
    "other properties": (
        lambda: with_part(GOOD, "docProps/core.xml", b"<a/>"),
        "is no Word document that can be read",
    ),
    "a workbook": (
        lambda: change_part(
            GOOD, TYPES, lambda part: part.replace(b"wordprocessingml.document.main", b"spreadsheetml.sheet.main")
        ),
        "is no Word document that can be read",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_harmless_word_document_is_refused(case: str) -> None:
    make, what = REFUSED[case]
    problems = [problem.what for problem in problems_of(make())]
    assert any(text.startswith(what) for text in problems), problems


def test_a_lie_about_the_size_does_not_unpack_more_than_was_said() -> None:
    bomb = bytearray(with_part(GOOD, "word/media/a.bin", bytes(101 * 2**20)))
    true, small = struct.pack("<I", 101 * 2**20), struct.pack("<I", 10)
    assert bomb.count(true) == 2
    assert [problem.what for problem in problems_of(bytes(bomb.replace(true, small)))] == ["is not a Word document"]


def test_a_link_that_the_reader_may_follow_is_kept(draft: JobDescription) -> None:
    content = fill_template(relation("hyperlink", "https://example.org/"), draft)
    assert b"https://example.org/" in parts_of(content)[DOCUMENT_RELATIONS]


@pytest.mark.parametrize(
    "part",
    ["word/comments.xml", "word/endnotes.xml", "word/footnotes.xml", "customXml/item1.xml", "docProps/custom.xml"],
)
@pytest.mark.parametrize("tag", ["{{ title }}", "{%p if title %}", "{</t><t>{ title }}"])
def test_a_tag_in_a_part_that_is_never_filled_is_refused(part: str, tag: str) -> None:
    content = f'<p xmlns="{WORD_NAMESPACE}"><t>{tag}</t></p>'.encode()
    (problem,) = problems_of(with_part(GOOD, part, content))
    place = part.removeprefix("word/").removesuffix(".xml") if part.endswith(("notes.xml", "comments.xml")) else part
    assert (problem.where, problem.what) == (f"test.docx, {place}", "holds a tag in a part that is never filled")


def test_a_template_with_plain_footnotes_can_be_filled(draft: JobDescription) -> None:
    notes = f"<?xml version='1.0' encoding='UTF-8' standalone='yes'?><w:footnotes xmlns:w='{WORD_NAMESPACE}'/>"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    override = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
    template = with_part(relation("footnotes", "footnotes.xml", ""), "word/footnotes.xml", notes.encode())
    template = change_part(template, TYPES, lambda part: part.replace(b"</Types>", override.encode()))
    content = fill_template(template, draft)
    assert open_document(content).paragraphs[0].text == draft.title
    assert "word/footnotes.xml" in parts_of(content)


def test_the_properties_that_libreoffice_relates_by_its_own_name_are_not_written_twice(draft: JobDescription) -> None:
    libreoffice = change_part(
        GOOD,
        "_rels/.rels",
        lambda part: part.replace(
            b"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
            b"http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties",
        ),
    )
    content = fill_template(libreoffice, draft)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert [name for name in archive.namelist() if "docProps/core" in name] == ["docProps/core.xml"]
    assert open_document(content).core_properties.title == draft.title


def test_header_parts_of_any_name_are_filled_and_finished(draft: JobDescription) -> None:
    renamed = zipped(
        {
            name.replace("header1", "headerA"): content.replace(b"header1.xml", b"headerA.xml")
            for name, content in parts_of(GOOD).items()
        }
    )
    with_prompt = dataclasses.replace(draft, title="[To complete: title]")
    assert b"w:highlight" in parts_of(fill_template(renamed, with_prompt))["word/headerA.xml"]


def test_a_package_is_written_with_the_types_first_and_read_back_whole() -> None:
    parts = {"b.xml": b"2", "a.xml": b"1", TYPES: b"0"}
    content = File.of(parts).to_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == [TYPES, "a.xml", "b.xml"]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert File.read(content).contents() == parts


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("seed", range(60))
def test_a_template_damaged_at_random_is_filled_or_refused_and_never_crashes(seed: int, draft: JobDescription) -> None:
    chance = random.Random(seed)
    whole = (ROOT / "templates/job-description.docx").read_bytes()
    parts = parts_of(whole)
    name = chance.choice(sorted(parts))
    damaged = bytearray(parts[name])
    start = chance.randrange(len(damaged))
    end = start + chance.choice([1, 3, 30, 300])
    if chance.random() < 0.5:
        damaged[start:end] = b""
    else:
        damaged[start:start] = damaged[start:end]
    package = bytearray(whole)
    package[chance.randrange(len(package))] ^= 0xFF
    for content in (zipped(parts | {name: bytes(damaged)}), bytes(package)):
        try:
            assert open_document(fill_template(content, draft)).paragraphs
        except JdgenError as error:
            assert error.problems  # noqa: PT017  # either may come of it
