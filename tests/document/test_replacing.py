"""A document that is made anew over another of its post stays the same document; in a fresh folder nothing changes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from jdgen.app import documents as generation
from jdgen.batch.model import BatchOutcome
from jdgen.document.replacing import Condition, Permissions, condition_of_document
from jdgen.levels import Band
from jdgen.post.model import Post
from jdgen.record.finding import KeptRecords
from jdgen.record.reading import FoundRecord, record_of
from jdgen.word.opening import unzip
from jdgen.workspace import Workspace
from tests.toolbox.examples import DRAFTED
from tests.toolbox.losing import stripped
from tests.toolbox.posts import batch, csv_file, row
from tests.toolbox.word import bytes_of, open_document, parts_of, zipped

NAME = "Job description PMO manager band 7.docx"


def id_of_document(folder: Path, overwrite: bool = True, template: str = "job-description", **fields: Any) -> str:
    """The id of the document that is made in ``folder``, over the one that is there."""
    discard_edits = fields.pop("discard_edits", False)
    settings = generation.Settings(template, folder / "a.docx", permissions=Permissions(overwrite, discard_edits))
    post = Post(**{"title": "PMO manager", "specialism": "pmo", "band": Band.parse("7"), **fields})
    path = generation.generate(post, Workspace(folder), DRAFTED, settings).path
    return id_of(path)


def id_of(path: Path) -> str:
    record, _ = record_of(path.read_bytes())
    assert record is not None
    return record.document_id


def test_the_id_stays_while_the_post_is_the_same(tmp_path: Path) -> None:
    first = id_of_document(tmp_path)
    assert id_of_document(tmp_path, base="Example House") == first
    assert id_of_document(tmp_path, title="PMO  MANAGER", reference="EX-1") == first
    assert id_of_document(tmp_path, title="Head of office", reference="ex-1") == first  # told by its reference now
    assert id_of_document(tmp_path, band=Band.parse("8a"), title="Head of office") == first


@pytest.mark.parametrize("other", [{"title": "Another"}, {"reference": "EX-2"}, {"template": "person-specification"}])
def test_another_post_or_template_is_another_document(tmp_path: Path, other: dict[str, Any]) -> None:
    first = id_of_document(tmp_path, reference="EX-1")
    assert id_of_document(tmp_path, **{"reference": "EX-1" if "template" in other else ""} | other) != first


def test_what_is_no_document_of_jdgen_s_gives_no_id(tmp_path: Path) -> None:
    fresh = id_of_document(tmp_path / "fresh")
    (tmp_path / "a.docx").write_bytes(b"no document")
    assert id_of_document(tmp_path, discard_edits=True) == fresh


def test_a_file_that_a_program_saved_keeps_its_id_too(tmp_path: Path) -> None:
    first = id_of_document(tmp_path)
    path = tmp_path / "a.docx"
    path.write_bytes(bytes_of(open_document(path.read_bytes())))
    assert id_of_document(tmp_path, base="Example House", discard_edits=True) == first
    renamed = {name.replace("item7301", "item1"): part for name, part in parts_of(path.read_bytes()).items()}
    path.write_bytes(zipped(renamed))
    assert id_of_document(tmp_path, base="Example Lodge", discard_edits=True) == first


def test_a_batch_keeps_the_id_of_what_it_replaces_and_a_fresh_folder_has_the_same_bytes(tmp_path: Path) -> None:
    posts = csv_file(tmp_path / "posts.csv", [row("PMO manager")])
    batch(tmp_path, posts)
    path = tmp_path / "output" / NAME
    first = id_of(path)
    csv_file(posts, [row("PMO manager", Base="Example House")])
    result, _ = batch(tmp_path, posts)
    assert result.summary.counts == {BatchOutcome.WRITTEN: 1}
    assert id_of(path) == first
    again, _ = batch(tmp_path, posts)
    assert again.summary.counts == {BatchOutcome.UNCHANGED: 1}
    for name in ("one", "two"):
        batch(tmp_path, posts, output=tmp_path / name)
    assert (tmp_path / "one" / NAME).read_bytes() == (tmp_path / "two" / NAME).read_bytes()
    assert id_of(tmp_path / "one" / NAME) != first


def test_the_document_that_was_replaced_is_still_known(tmp_path: Path) -> None:
    """It may have been sent out: it comes back without its record, and is held against what it was, not what it is."""
    id_of_document(tmp_path, base="Example House")
    before = (tmp_path / "a.docx").read_bytes()
    id_of_document(tmp_path, base="Elsewhere")
    found_record = KeptRecords(Workspace(tmp_path)).record_of(unzip(stripped(before), "a.docx"), "a.docx")
    assert isinstance(found_record, FoundRecord)
    assert found_record.record == record_of(before)[0]
    assert found_record.record.document_id == id_of(tmp_path / "a.docx")


def test_a_file_too_large_for_a_document_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.touch()
    os.truncate(path, 2**40)  # nobody has the memory to read it
    assert condition_of_document(path) is Condition.UNREADABLE
