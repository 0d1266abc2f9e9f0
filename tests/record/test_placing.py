"""A record is put into files as any program may have written them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator

from jdgen.record.placing import with_record
from jdgen.record.reading import read_record, record_of
from jdgen.word.file import File
from tests.toolbox.documents import example_document
from tests.toolbox.word import parts_of, word_file, zipped

TYPES, FILE, TEXT = "[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"


def plain() -> dict[str, bytes]:
    return parts_of(word_file("Text"))


def without_text_relations() -> dict[str, bytes]:
    parts = {
        name: part for name, part in plain().items() if not name.startswith("word/") or name == "word/document.xml"
    }
    parts.pop(TEXT, None)
    content_types = re.sub(rb'<Override PartName="/word/(?!document)[^>]*/>', b"", parts[TYPES])
    return parts | {
        TYPES: content_types,
        "word/document.xml": re.sub(rb"<w:sectPr.*</w:sectPr>", b"", parts["word/document.xml"]),
    }


def with_prefixes() -> dict[str, bytes]:
    """As programs write it that give every vocabulary a prefix."""
    parts = plain()
    for name, vocabulary in ((TYPES, b"content-types"), (FILE, b"relationships"), (TEXT, b"relationships")):
        xml = re.sub(rb"<(/?)(Types|Override|Default|Relationships?)\b", rb"<\1p:\2", parts[name])
        parts[name] = xml.replace(b"xmlns=", b"xmlns:p=")
        assert b"xmlns:p=" in parts[name]
        assert vocabulary in parts[name]
    return parts


def with_taken_ids() -> dict[str, bytes]:
    parts = plain()
    link = b'<Relationship Id="rIdJdgen" Type="http://example.org/own" Target="own.xml"/></Relationships>'
    return parts | {FILE: parts[FILE].replace(b"</Relationships>", link), "own.xml": b"<own/>"}


def with_absolute_targets() -> dict[str, bytes]:
    """A document that was ours, of which somebody took the item only, and whose properties are named from the root."""
    parts = {name: part for name, part in parts_of(example_document()).items() if not name.startswith("customXml/")}
    parts[TEXT] = re.sub(rb"<Relationship [^>]*customXml[^>]*/>", b"", parts[TEXT])
    parts[TYPES] = re.sub(rb"<Override [^>]*customXml[^>]*/>", b"", parts[TYPES])
    return parts | {FILE: parts[FILE].replace(b'"docProps/custom.xml"', b'"/docProps/custom.xml"')}


@pytest.mark.parametrize("parts", [plain, without_text_relations, with_prefixes, with_taken_ids, with_absolute_targets])
def test_the_record_is_there_and_the_file_is_sound(parts: object, tmp_path: Path) -> None:
    record, _ = record_of(example_document())
    before: dict[str, bytes] = parts()
    assert record is not None
    assert read_record(File.of(before)) is None
    after = with_record(File.of(before), record).contents()
    found_record = read_record(File.of(after))
    assert found_record is not None
    assert found_record.record == record
    errors = []
    for name, content in (("before", before), ("after", after)):
        path = tmp_path / f"{name}.docx"
        path.write_bytes(zipped(content))
        assert Document(str(path)).element is not None
        errors.append({str(error) for error in OpenXmlValidator().validate(path).errors})
    assert errors[1] <= errors[0]
    ids = re.findall(rb' Id="([^"]+)"', after[FILE])
    assert len(ids) == len(set(ids))
    assert len(re.findall(rb"relationships/custom-properties", after[FILE])) == 1
    assert with_record(File.of(after), record).contents() == after


def test_properties_in_a_part_of_another_name_stay_the_only_ones() -> None:
    parts = plain()
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
    link = b'<Relationship Id="rIdOwn" Type="' + kind + b'" Target="docProps/own.xml"/></Relationships>'
    parts |= {FILE: parts[FILE].replace(b"</Relationships>", link), "docProps/own.xml": b"<Properties/>"}
    record, _ = record_of(example_document())
    assert record is not None
    after = with_record(File.of(parts), record).contents()
    assert "docProps/custom.xml" not in after
    assert after[FILE].count(kind) == 1
    assert b"docProps/custom.xml" not in after[TYPES]
    found_record = read_record(File.of(after))
    assert found_record is not None
    assert found_record.record == record
