"""A record read without lxml is the one that is read with it, whoever saved the document last."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given

from jdgen.record.plain_reading import plain_fact, plain_record
from jdgen.record.reading import record_of
from jdgen.zips import PackageError
from tests.record.test_round_trip import document, saved_again, saved_by_libreoffice
from tests.toolbox.examples import ROOT
from tests.toolbox.saved_otherwise import as_strict
from tests.toolbox.spoiling import File, damaged_parts
from tests.toolbox.word import parts_of, with_part, zipped

ITEM = "customXml/item7301.xml"
EARLIER = sorted((ROOT / "tests").glob("**/*.docx"))


def test_whoever_saved_the_document_last() -> None:
    record, _ = record_of(document())
    assert record is not None
    for content in (document(), saved_again(document(), "project", "programme"), as_strict(document())):
        assert plain_record(content) == record
        assert plain_fact(content, "JDInputs") == record.inputs
        assert plain_fact(content, "JDCopyOf") == ""


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_saved_it_last(tmp_path: Path) -> None:
    content = saved_by_libreoffice(tmp_path)
    assert ITEM not in parts_of(content) or parts_of(content)[ITEM] != parts_of(document())[ITEM]
    assert plain_record(content) == record_of(document())[0]


def test_documents_that_earlier_code_made() -> None:
    records = [record_of(path.read_bytes())[0] for path in EARLIER]
    assert sum(record is not None for record in records) >= 3
    for path, record in zip(EARLIER, records, strict=True):
        if record:  # what is no document is told: below
            assert plain_record(path.read_bytes()) == record


def test_of_several_records_the_document_s_own_is_taken() -> None:
    other = parts_of(document())[ITEM].replace(b'"inputs":"', b'"inputs":"0')
    parts = parts_of(document())
    old = {"customXml/item1.xml": other, **parts}
    assert plain_record(zipped(old)) == record_of(zipped(old))[0] == record_of(document())[0]


@pytest.mark.parametrize(
    "item",
    [b"", b"<a", b"<record>{}</record>", b'<!DOCTYPE r [<!ENTITY e "x">]><r>&e;record</r>', b"<r>record" * 5_000],
)
def test_a_damaged_record_is_no_record(item: bytes) -> None:
    assert plain_record(with_part(document(), ITEM, item)) is None


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip at all"])
def test_what_is_no_document_is_told(content: bytes) -> None:
    with pytest.raises(PackageError):
        plain_record(content)
    assert plain_fact(content, "JDInputs") == ""


@given(damaged_parts(document()))
def test_a_damaged_part_gives_the_record_that_lxml_gives_or_none(file: File) -> None:
    try:
        record = plain_record(bytes(file))
    except PackageError:
        return
    assert record == record_of(bytes(file))[0] or record_of(bytes(file))[0] is None
