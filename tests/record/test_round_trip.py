"""What a document was made from is in it, and is still there when another program has saved it."""

from __future__ import annotations

import datetime
import functools
import io
import shutil
from pathlib import Path

import pytest
from docx import Document

from jdgen.document.making import DocumentSources, inputs_for, make_document
from jdgen.drafting.loading import load_library
from jdgen.post.model import Post
from jdgen.post.reading import entries_of_file, post_of
from jdgen.record.reading import Handling, facts_of, record_of
from jdgen.record.untouched import glance
from jdgen.word.file import File
from jdgen.workspace import Workspace
from tests.toolbox.examples import DRAFTED, POSTS, ROOT, post_file, shipped_template
from tests.toolbox.libreoffice import WORD, convert
from tests.toolbox.word import W, parts_of, stories_of, with_part


@functools.cache
def example_post() -> Post:
    return post_of(entries_of_file(post_file(POSTS[0])))


@functools.cache
def sources(drafted: datetime.date = DRAFTED, dated: bool = False) -> DocumentSources:
    return DocumentSources(load_library(Workspace(ROOT), "pmo"), shipped_template("job-description"), drafted, dated)


@functools.cache
def document() -> bytes:
    return make_document(example_post(), sources()).content


def saved_again(content: bytes, old: str = "", new: str = "") -> bytes:
    """The document opened and saved by python-docx, with ``old`` replaced in its paragraphs."""
    document = Document(io.BytesIO(content))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            if old and old in run.text:
                run.text = run.text.replace(old, new)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_the_record_tells_post_framework_template_and_texts() -> None:
    record, handling = record_of(document())
    assert record is not None
    assert handling is Handling.UNTOUCHED
    assert record.post["title"] == example_post().title
    assert (record.framework, record.drafted) == ("nhs-pccf", "2026-11-24")
    assert record.template_sha256 == shipped_template("job-description").digest
    assert record.inputs == inputs_for(example_post(), sources().digest).digest


def test_each_block_of_the_record_is_bookmarked_with_its_text_in_the_document() -> None:
    record, _ = record_of(document())
    assert record is not None
    tree = stories_of(parts_of(document()))
    starts = [mark for mark in tree.iter(f"{W}bookmarkStart") if mark.get(f"{W}name").startswith("_jd_")]
    texts = ["".join(map(str, mark.getparent().itertext(f"{W}t"))) for mark in starts]
    assert texts == [block.text for block in record.blocks]
    assert len({mark.get(f"{W}id") for mark in starts}) == len(starts)
    assert [mark.get(f"{W}name") for mark in starts] == [block.anchor for block in record.blocks]


def test_a_document_saved_again_keeps_its_record() -> None:
    record, handling = record_of(saved_again(document()))
    assert record == record_of(document())[0]
    assert handling is Handling.SAVED


def test_a_changed_word_is_an_edit() -> None:
    record, _ = record_of(document())
    assert record is not None
    duty = next(block.text for block in record.blocks if block.id.startswith("pmo.leadership"))
    assert record_of(saved_again(document(), duty, f"{duty} And more."))[1] is Handling.EDITED


def saved_by_libreoffice(folder: Path) -> bytes:
    """The document opened and saved by LibreOffice, in ``folder``."""
    (folder / "made.docx").write_bytes(document())
    convert(folder / "out", WORD, folder / "made.docx")
    return (folder / "out" / "made.docx").read_bytes()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_record_survives_a_save_by_libreoffice(tmp_path: Path) -> None:
    record, handling = record_of(saved_by_libreoffice(tmp_path))
    assert record == record_of(document())[0]
    assert handling is Handling.SAVED


def test_the_key_facts_are_short_custom_properties(tmp_path: Path) -> None:
    facts = facts_of(File.read(document()))
    assert set(facts) == {"JDDocId", "JDFramework", "JDTemplate", "JDInputs", "JDPayloadSha"}
    assert all(0 < len(fact) <= 255 for fact in facts.values())
    (tmp_path / "made.docx").write_bytes(document())
    assert glance((tmp_path / "made.docx").read_bytes()).inputs == facts["JDInputs"]


@pytest.mark.parametrize(
    "item", [b"", b"<a", b"<record>{}</record>", b'<!DOCTYPE r [<!ENTITY e "x">]><r>&e;record</r>']
)
def test_a_damaged_record_is_no_record(item: bytes) -> None:
    assert record_of(with_part(document(), "customXml/item7301.xml", item)) == (None, Handling.FOREIGN)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip at all"])
def test_what_is_no_document_has_no_record(content: bytes, tmp_path: Path) -> None:
    assert record_of(content) == (None, Handling.DAMAGED if content.startswith(b"PK") else Handling.FOREIGN)
    (tmp_path / "x.docx").write_bytes(content)
    assert glance((tmp_path / "x.docx").read_bytes()).inputs == ""


def test_a_date_is_an_input_only_when_it_is_named() -> None:
    later = DRAFTED + datetime.timedelta(days=1)
    post = example_post()
    assert inputs_for(post, sources(later).digest) == inputs_for(post, sources().digest)
    assert inputs_for(post, sources(later, True).digest) != inputs_for(post, sources(DRAFTED, True).digest)
