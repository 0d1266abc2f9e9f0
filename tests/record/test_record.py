"""The generation record is in every document, is read back whole, and is believed of nothing else."""

from __future__ import annotations

import io
import json
import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from jdgen.app import documents as generation
from jdgen.document.making import DocumentSources, inputs_for, make_document
from jdgen.drafting.loading import pictures_of
from jdgen.levels import Band
from jdgen.post.model import Post
from jdgen.post.reading import entries_of_file, post_of
from jdgen.post.values import post_values
from jdgen.record.digests import ITEM, PROPERTIES
from jdgen.record.form import EDITION
from jdgen.record.reading import Handling, record_of
from jdgen.record.untouched import glance
from jdgen.record.writing import NAMESPACE
from jdgen.template.compiling import compile_template
from jdgen.workspace import Workspace
from jdgen.zips import WORD_FILE
from tests.toolbox.data import shipped_library
from tests.toolbox.examples import DRAFTED, POSTS, ROOT, TEMPLATES, post_file, shipped_template
from tests.toolbox.libreoffice import convert
from tests.toolbox.validator import errors
from tests.toolbox.word import (
    body_replaced,
    bytes_of,
    change_part,
    open_document,
    parts_of,
    png,
    with_part,
    word_file,
    zipped,
)

VT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DATA = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
DATA_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
POST = post_of(entries_of_file(post_file(POSTS[0])))
MAKING = DocumentSources(shipped_library(), shipped_template("job-description"), DRAFTED)


def content_of(post: Post = POST, sources: DocumentSources = MAKING) -> bytes:
    return make_document(post, sources, pictures_of(post)).content


def made_of(template: bytes) -> bytes:
    return content_of(sources=DocumentSources(MAKING.library, compile_template(template, "own.docx"), DRAFTED))


RECORDED = content_of()


def properties(content: bytes) -> dict[str, str]:
    tree = etree.fromstring(parts_of(content)[PROPERTIES])
    return {entry.get("name", ""): "".join(map(str, entry.itertext())) for entry in tree.iter(f"{{{CUSTOM}}}property")}


def item(text: str, schema: str = "3", phrases: str = EDITION) -> bytes:
    return f'<record xmlns="{NAMESPACE}" schema="{schema}" phrases="{phrases}">{text}</record>'.encode()


def fields() -> dict[str, object]:
    record_fields: dict[str, object] = json.loads(etree.fromstring(parts_of(RECORDED)[ITEM]).text or "")
    return record_fields


@pytest.mark.parametrize("post", POSTS)
@pytest.mark.parametrize("template", TEMPLATES)
def test_the_record_says_what_the_document_was_made_from(post: str, template: str, tmp_path: Path) -> None:
    described = post_of(entries_of_file(post_file(post)))
    sources = DocumentSources(MAKING.library, shipped_template(template), DRAFTED)
    content = content_of(described, sources)
    record, handling = record_of(content)
    assert handling is Handling.UNTOUCHED
    assert record is not None
    assert record.post == post_values(described)
    assert (record.framework, record.framework_sha256) == ("nhs-pccf", MAKING.library.framework.sha256)
    assert (record.template, record.template_sha256) == (f"{template}.docx", shipped_template(template).digest)
    assert (record.drafted, record.inputs) == ("2026-11-24", inputs_for(described, sources.digest).digest)
    assert errors(content, tmp_path) == []


def test_a_single_document_has_a_record_too(tmp_path: Path) -> None:
    settings = generation.Settings(output=tmp_path)
    path = generation.generate(POST, Workspace(tmp_path), DRAFTED, settings).path
    record, handling = record_of(path.read_bytes())
    assert handling is Handling.UNTOUCHED
    assert record is not None
    assert record.post == post_values(POST)
    assert glance(path.read_bytes()).inputs == record.inputs


def test_equal_inputs_give_equal_bytes_and_others_other_inputs() -> None:
    assert content_of() == RECORDED
    other = Post("Another", POST.specialism, Band.parse("6"), role_category=POST.role_category)
    assert properties(content_of(other))["JDInputs"] != properties(RECORDED)["JDInputs"]


def test_its_facts_are_custom_properties_that_office_does_not_cut() -> None:
    facts = properties(RECORDED)
    assert list(facts) == ["JDDocId", "JDFramework", "JDTemplate", "JDInputs", "JDPayloadSha"]
    assert facts["JDFramework"].startswith("nhs-pccf ")
    assert all(0 < len(value) <= 255 for value in facts.values())


def test_texts_with_every_awkward_character_come_back_as_they_were() -> None:
    odd = "a <b> & \"c\" 'd' ]]> \u00a0é \U0001f600"
    record, _ = record_of(content_of(Post(odd, "pmo", Band.parse("7"), purpose=f"{odd}\n\n{odd}")))
    assert record is not None
    assert record.post["title"] == odd
    assert record.post["purpose"] == f"{odd}\n\n{odd}"


def test_the_record_survives_a_save_by_python_docx() -> None:
    record, handling = record_of(bytes_of(open_document(RECORDED)))
    assert (record, handling) == (record_of(RECORDED)[0], Handling.SAVED)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_the_record_survives_a_save_by_libreoffice(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(RECORDED)
    convert(tmp_path / "out", "docx", tmp_path / "a.docx")
    resaved = tmp_path / "out/a.docx"
    assert record_of(resaved.read_bytes()) == (record_of(RECORDED)[0], Handling.SAVED)
    assert glance(resaved.read_bytes()).inputs == glance((tmp_path / "a.docx").read_bytes()).inputs != ""


def test_a_text_that_a_person_changed_is_seen_and_quotation_marks_are_not() -> None:
    plain = change_part(RECORDED, "word/document.xml", lambda part: part.replace(b"t&#x27;s ", "t’s ".encode()))
    assert record_of(plain)[1] is Handling.SAVED
    edited_content = change_part(
        RECORDED, "word/document.xml", lambda part: part.replace(b"Open about problems", b"Open")
    )
    assert record_of(edited_content)[1] is Handling.EDITED


def test_a_changed_part_other_than_the_text_is_seen() -> None:
    restyled = change_part(RECORDED, "word/styles.xml", lambda part: part.replace(b"</w:styles>", b" </w:styles>"))
    assert record_of(restyled)[1] is Handling.SAVED


def without(name: str) -> bytes:
    return json.dumps({key: value for key, value in fields().items() if key != name}).encode()


def with_field(name: str, value: object) -> str:
    return json.dumps(fields() | {name: value}).replace("&", "&amp;").replace("<", "&lt;")


@pytest.mark.parametrize(
    "part",
    [
        b"",
        b"record",
        item(""),
        item("{"),
        item("[]"),
        item('"blocks"'),
        item("null"),
        item("{}"),
        item("[" * 200_000),
        item(with_field("document_id", "jd-1"), schema="4"),
        item(with_field("document_id", "jd-1"), phrases="0"),
        item(with_field("document_id", "jd-1"), phrases="../phrases/1"),
        item(with_field("surprise", "x")),
        item(with_field("parts", 5.5)),
        item(with_field("post", ["title"])),
        item(with_field("blocks", "texts")),
        item(with_field("blocks", 5)),
        item(with_field("blocks", [["id"]])),
        item(with_field("blocks", [["id", 5.5]])),
        item(with_field("blocks", [["ab"]])),
        item(with_field("blocks", [["id", "text", "p", "more"]])),
        item(with_field("blocks", [10**6])),
        item(with_field("blocks", [-(10**6)])),
        item(with_field("blocks", [[10**6, 2]])),
        item(with_field("blocks", [[0, "2"]])),
        item(with_field("blocks", [None])),
        item(with_field("blocks", [["id", 10**6, "p"]])),
        item(with_field("blocks", ["_1" + "0" * 5_000, ["id", "text", "p"]])),
        item(with_field("notes", [["one", "two"]])),
        item(with_field("notes", 5)),
        item(with_field("wording", 10**6)),
        item(with_field("wording", True)),
        without("blocks"),
        item(without("parts").decode().replace("&", "&amp;").replace("<", "&lt;")).replace(b"blocks", b"bl"),
        parts_of(RECORDED)[ITEM].replace(NAMESPACE.encode(), b"https://elsewhere.example/record"),
    ],
)
def test_a_record_that_was_tampered_with_is_no_record(part: bytes) -> None:
    assert record_of(with_part(RECORDED, ITEM, part)) == (None, Handling.FOREIGN)


def test_a_record_of_few_numbers_that_stand_for_millions_of_blocks_is_no_record() -> None:
    many = item(with_field("blocks", [[20, 100]] * 10_000))
    assert len(many) < 200_000
    assert record_of(with_part(RECORDED, ITEM, many)) == (None, Handling.FOREIGN)


def test_a_record_with_a_field_put_back_is_one() -> None:
    # The garbage above is refused for what is wrong with it, not for how the test writes it.
    content = with_part(RECORDED, ITEM, item(with_field("drafted", "2026-11-24")))
    assert record_of(content) == record_of(RECORDED)


def damaged(content: bytes) -> bytes:
    start = content.index(b"word/document.xml") + len("word/document.xml")
    return content[:start] + b"\xff" * 40 + content[start + 40 :]


def unheard_of_compression(content: bytes) -> bytes:
    at = content.index(b"PK\x01\x02")
    return content[: at + 10] + b"\x63\x00" + content[at + 12 :]


@pytest.mark.parametrize(
    ("content", "handling"),
    [
        (b"", Handling.FOREIGN),
        (b"PK\x03\x04", Handling.DAMAGED),
        (RECORDED[: len(RECORDED) // 2], Handling.DAMAGED),
        (damaged(RECORDED), Handling.DAMAGED),
        (unheard_of_compression(RECORDED), Handling.DAMAGED),
        (word_file("Mine"), Handling.FOREIGN),
        (zipped({}), Handling.DAMAGED),
    ],
)
def test_what_is_no_whole_document_of_jdgen_s_has_no_record(content: bytes, handling: Handling, tmp_path: Path) -> None:
    assert record_of(content) == (None, handling)
    (tmp_path / "a.docx").write_bytes(content)
    assert glance((tmp_path / "a.docx").read_bytes()).inputs in ("", properties(RECORDED)["JDInputs"])


def test_a_document_without_its_text_is_edited() -> None:
    parts = parts_of(RECORDED)
    del parts["word/document.xml"]
    assert record_of(zipped(parts))[1] is Handling.EDITED
    assert record_of(with_part(RECORDED, "word/document.xml", b"<w:p"))[1] is Handling.EDITED


@pytest.mark.parametrize(
    "part",
    [
        b"",
        b"<a",
        b"<a/>",
        f'<Properties xmlns="{CUSTOM}"><!-- c --><?p i?><property/><property name=""/></Properties>'.encode(),
    ],
)
def test_custom_properties_of_any_form_hold_no_inputs(part: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(with_part(RECORDED, PROPERTIES, part))
    assert glance((tmp_path / "a.docx").read_bytes()).inputs == ""


def test_inputs_are_read_past_a_comment(tmp_path: Path) -> None:
    content = change_part(RECORDED, PROPERTIES, lambda part: part.replace(b"<property ", b"<!-- c --><property ", 1))
    (tmp_path / "a.docx").write_bytes(content)
    assert glance((tmp_path / "a.docx").read_bytes()).inputs == properties(RECORDED)["JDInputs"]


def bomb(around: Callable[[str], str]) -> bytes:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY e0 "{"x" * 100}">{levels}]>{around("&e9;")}'.encode()


def test_entities_in_custom_parts_are_not_expanded(tmp_path: Path) -> None:
    record = bomb(lambda entity: item(entity).decode())
    facts = bomb(lambda entity: f'<a xmlns="{CUSTOM}"><property name="JDInputs">{entity}</property></a>')
    property_names = bomb(lambda entity: f'<a xmlns="{CUSTOM}"><property name="JD{entity}"/></a>')
    assert record_of(with_part(RECORDED, ITEM, record)) == (None, Handling.FOREIGN)
    for part in (facts, property_names):
        (tmp_path / "a.docx").write_bytes(with_part(RECORDED, PROPERTIES, part))
        assert len(glance((tmp_path / "a.docx").read_bytes()).inputs) < 100


def test_a_file_that_unpacks_to_no_end_has_no_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = with_part(RECORDED, "word/media/image1.bmp", random.Random(1).randbytes(2_000_000))
    assert record_of(content)[0] is not None
    monkeypatch.setattr("jdgen.word.opening.WORD_FILE", WORD_FILE._replace(unpacked=2_000_000))
    assert record_of(content) == (None, Handling.DAMAGED)
    assert record_of(RECORDED)[0] is not None
    padded = parts_of(RECORDED)[PROPERTIES].replace(b"<Properties", b" " * 2**21 + b"<Properties")
    (tmp_path / "a.docx").write_bytes(with_part(RECORDED, PROPERTIES, padded))
    assert glance((tmp_path / "a.docx").read_bytes()).inputs == ""


def with_own_parts(template: bytes) -> bytes:
    """A template with custom properties and a custom XML part of its own, as an organisation's register writes."""
    properties = (
        f'<Properties xmlns="{CUSTOM}" xmlns:vt="{VT}"><!-- kept by the register -->'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="Register">'
        "<vt:lpwstr>HR &amp; OD 12</vt:lpwstr></property></Properties>"
    )
    parts = parts_of(template) | {
        PROPERTIES: properties.encode(),
        "customXml/item1.xml": b'<own xmlns="urn:own">record</own>',
    }
    parts["customXml/itemProps1.xml"] = (
        f'<ds:datastoreItem ds:itemID="{{6E1C3C0B-8C57-4E0B-9D2C-2B9B0F6B7A02}}" xmlns:ds="{DATA}"/>'.encode()
    )
    parts["customXml/_rels/item1.xml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{relation('rId1', 'customXmlProps', 'itemProps1.xml')}"
    ).encode()
    override = f'<Override PartName="/{PROPERTIES}" ContentType="{CUSTOM_TYPE}"/>'
    override += f'<Override PartName="/customXml/itemProps1.xml" ContentType="{DATA_TYPE}"/></Types>'
    for name, end, addition in (
        ("[Content_Types].xml", "</Types>", override),
        ("_rels/.rels", "</Relationships>", relation("rIdOwn", "custom-properties", PROPERTIES)),
        ("word/_rels/document.xml.rels", "</Relationships>", relation("rIdOwn", "customXml", "../customXml/item1.xml")),
    ):
        parts[name] = parts[name].replace(end.encode(), addition.encode())
    return zipped(parts)


def relation(identifier: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{identifier}" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'


def test_a_template_keeps_its_own_custom_parts(tmp_path: Path) -> None:
    content = made_of(with_own_parts((ROOT / "templates/job-description.docx").read_bytes()))
    facts = properties(content)
    assert facts["Register"] == "HR & OD 12"
    assert facts["JDInputs"]
    assert parts_of(content)["customXml/item1.xml"] == b'<own xmlns="urn:own">record</own>'
    numbers = [entry.get("pid") for entry in etree.fromstring(parts_of(content)[PROPERTIES])]
    assert numbers == ["2", "3", "4", "5", "6", "7"]
    assert record_of(content)[1] is Handling.UNTOUCHED
    assert errors(content, tmp_path) == []


def test_a_template_made_of_a_document_takes_the_new_record(tmp_path: Path) -> None:
    content = made_of(body_replaced(RECORDED, POST.title, "{{ title }}"))
    record, handling = record_of(content)
    assert handling is Handling.UNTOUCHED
    assert record is not None
    assert record.template == "own.docx"
    for name in ("_rels/.rels", "word/_rels/document.xml.rels"):
        identifiers = [entry.get("Id") for entry in etree.fromstring(parts_of(content)[name])]
        assert len(identifiers) == len(set(identifiers))
    assert errors(content, tmp_path) == []


def test_of_two_records_the_one_that_the_properties_name_counts() -> None:
    # As LibreOffice saves a template that was made of a document.
    old = parts_of(content_of(Post("Old", "pmo", Band.parse("7"))))[ITEM]
    parts = parts_of(RECORDED)
    renamed = {"customXml/item1.xml": old, "customXml/item2.xml": parts.pop(ITEM)}
    record, _ = record_of(zipped(parts | renamed))
    assert record is not None
    assert record.post["title"] == POST.title


def test_a_document_that_docxtpl_fills_has_a_record(tmp_path: Path) -> None:
    (tmp_path / "crest.png").write_bytes(png())
    (tmp_path / "post.yaml").write_text(
        "{title: PMO manager, specialism: pmo, band: '7', picture: {file: crest.png, description: Our crest}}"
    )
    post = post_of(entries_of_file(tmp_path / "post.yaml"))
    content = content_of(post)
    assert any(name.startswith("word/media/") for name in parts_of(content))
    record, handling = record_of(content)
    assert handling is Handling.UNTOUCHED
    assert record is not None
    assert record.post["picture"] == {"path": "crest.png", "description": "Our crest"}
    assert record.blocks
    assert errors(content, tmp_path) == []


def test_the_parts_are_in_the_file_once(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(RECORDED)) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    assert len(names) == len(set(names))
    assert names[0] == "[Content_Types].xml"
