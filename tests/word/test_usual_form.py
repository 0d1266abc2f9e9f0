"""Strict Open XML and main texts of other names are read as what they say, by everything that opens Word files."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from jdgen.drafting.model import JobDescription
from jdgen.errors import JdgenError
from jdgen.importing.published_files import publication
from jdgen.sheets.reading import open_posts
from jdgen.template.compiling import compile_template
from jdgen.template.filling import fill
from jdgen.word.dangers import open_harmless
from jdgen.word.file import File
from jdgen.word.opening import open_document
from jdgen.word.usual_form import in_usual_form
from jdgen.word.xml import W, parse
from tests.toolbox.examples import DRAFTED
from tests.toolbox.publications import BY_BANDS
from tests.toolbox.saved_otherwise import as_strict, with_main_part
from tests.toolbox.word import change_part, parts_of, with_part, word_file, zipped

GOOD = word_file("{{ title }}", "Band {{ band }}", header=["The header"], table=[["a", "b"]])
MAIN = "word/document.xml"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def texts(parts: dict[str, bytes]) -> list[str]:
    return ["".join(map(str, element.itertext(f"{W}t"))) for element in parse(parts[MAIN]).iter(f"{W}p")]


def contents_of(content: bytes) -> dict[str, bytes]:
    return open_document(content, "a.docx").contents()


def with_prefixes(content: bytes, encoding: str = "UTF-8") -> bytes:
    """The file as a program of Python's own ElementTree saves it: every namespace has a prefix of no meaning."""

    def renamed(part: bytes) -> bytes:
        root = parse(part)
        other = etree.Element(root.tag, nsmap={"ns0": etree.QName(root).namespace or ""})
        for name, value in root.attrib.items():
            other.set(name, value)
        other.extend(list(root))
        xml = etree.tostring(other, encoding=encoding, xml_declaration=True)
        return xml if isinstance(xml, bytes) else xml.encode(encoding)

    parts = parts_of(content).items()
    return zipped({name: renamed(part) if name.endswith((".xml", ".rels")) else part for name, part in parts})


def as_utf_16(content: bytes) -> bytes:
    return with_prefixes(content, "UTF-16")


def usual(parts: dict[str, bytes]) -> dict[str, bytes]:
    return in_usual_form(File.of(parts)).contents()


@pytest.mark.parametrize("part", ["word/document2.xml", "word/Document.xml", "text/main.xml"])
def test_the_main_text_is_found_by_its_relationship(part: str) -> None:
    parts = contents_of(with_main_part(GOOD, part))
    assert texts(parts) == texts(parts_of(GOOD))
    assert b'PartName="/word/document.xml"' in parts["[Content_Types].xml"]
    names = {f"/{name}" for name in parts}
    for link in parse(parts["word/_rels/document.xml.rels"]):
        target = link.get("Target")
        assert target if not target.startswith("/") else target in names
    assert set(open_harmless(with_main_part(GOOD, part), "a.docx").file) == parts.keys()


def test_a_file_with_two_main_texts_is_refused_for_programs_would_read_different_ones() -> None:
    two = with_part(with_main_part(GOOD, "word/document2.xml"), MAIN, parts_of(word_file("Another"))[MAIN])
    with pytest.raises(JdgenError, match=r"a\.docx: has a main text \(word/document2\.xml\) and another"):
        contents_of(two)


def test_a_file_of_the_usual_form_stays_byte_for_byte() -> None:
    parts = parts_of(GOOD)
    assert usual(parts) == parts


def test_strict_words_become_the_usual_ones_in_every_part() -> None:
    parts = contents_of(as_strict(GOOD))
    assert texts(parts) == texts(parts_of(GOOD))
    assert not [name for name, part in parts.items() if b"purl.oclc.org" in part]


def test_text_that_only_names_a_strict_namespace_stays() -> None:
    text = f'see xmlns="{STRICT_W}" &lt;'
    content = change_part(GOOD, MAIN, lambda part: part.replace(b"Band {{ band }}", text.encode()))
    assert texts(contents_of(as_strict(content)))[1] == f'see xmlns="{STRICT_W}" <'


def test_sides_measures_and_shares_are_written_as_usual() -> None:
    body = (
        f'<w:document xmlns:w="{STRICT_W}" xmlns:a="http://purl.oclc.org/ooxml/drawingml/main" w:conformance="strict">'
        '<w:body><w:p><w:pPr><w:jc w:val="end"/><w:ind w:start="36pt" w:hanging="1cm"/>'
        '<w:tabs><w:tab w:val="start" w:pos="1in"/></w:tabs><w:rPr><w:sz w:val="12pt"/><w:w w:val="90%"/></w:rPr>'
        '</w:pPr><w:r><w:t>start</w:t></w:r><a:lumMod val="75%"/></w:p><w:tbl><w:tblPr><w:tblW w:w="50%" w:type="pct"/>'
        '<w:tblBorders><w:start w:val="single" w:sz="4"/></w:tblBorders></w:tblPr></w:tbl></w:body></w:document>'
    )
    xml = usual({**parts_of(as_strict(GOOD)), MAIN: body.encode()})[MAIN].decode()
    for spelling in (
        '<w:jc w:val="right"/>',
        '<w:ind w:hanging="567" w:left="720"/>',
        '<w:tab w:val="left" w:pos="1440"/>',
        '<w:sz w:val="24"/>',
        '<w:w w:val="90"/>',
        "<w:t>start</w:t>",
        '<a:lumMod val="75000"/>',
        '<w:tblW w:w="2500" w:type="pct"/>',
        '<w:left w:val="single" w:sz="4"/>',
    ):
        assert spelling in xml
    assert "conformance" not in xml


@pytest.mark.parametrize("damage", [b"<!DOCTYPE a><a/>", b"<w:document", b""])
def test_what_is_damaged_is_told_as_ever(damage: bytes) -> None:
    strict = zipped({**parts_of(as_strict(GOOD)), "word/styles.xml": damage})
    with pytest.raises(JdgenError, match=r"a\.docx: (declares a document type in|is damaged in|is not written)"):
        contents_of(strict)


def test_a_part_keeps_its_bytes_where_it_has_no_strict_words() -> None:
    part = b"<?xml version='1.0'?>\n<own  xmlns='https://example.org/own'/>"
    parts = usual(parts_of(with_part(as_strict(GOOD), "customXml/item9.xml", part)))
    assert parts["customXml/item9.xml"] == part
    assert etree.fromstring(parts["word/styles.xml"]).tag == f"{W}styles"


@pytest.mark.parametrize("save", [with_prefixes, as_utf_16], ids=["other prefixes", "other prefixes in UTF-16"])
def test_whatever_prefixes_a_program_gave_namespaces_a_template_is_filled_and_its_document_known(
    save: Callable[[bytes], bytes], draft: JobDescription
) -> None:
    other = save(GOOD)
    assert not any(b"<w:" in part or b"<Types" in part for part in parts_of(other).values())
    assert texts(contents_of(other)) == texts(parts_of(GOOD))
    document, usual_document = (fill(compile_template(each, "a.docx"), draft, DRAFTED) for each in (other, GOOD))
    assert texts(parts_of(document)) == texts(parts_of(usual_document))
    for name in ("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"):
        assert [dict(relationship.attrib) for relationship in parse(parts_of(document)[name])] == [
            dict(relationship.attrib) for relationship in parse(parts_of(usual_document)[name])
        ]


def test_a_strict_workbook_is_refused_by_that_name_as_posts_and_as_a_framework(tmp_path: Path) -> None:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    usual = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    strict = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    content = change_part(stream.getvalue(), "_rels/.rels", lambda part: part.replace(usual, strict))
    (tmp_path / "a.xlsx").write_bytes(content)
    message = r"a\.xlsx: is saved as a Strict Open XML Spreadsheet.*: in Excel: File, Save As, Excel Workbook"
    with pytest.raises(JdgenError, match=message):
        open_posts(tmp_path / "a.xlsx")
    with pytest.raises(JdgenError, match=message):
        publication(content, "a.xlsx", BY_BANDS)
