"""A batch that is run again leaves alone what would not change, and whatever somebody else has had in hand."""

from __future__ import annotations

import datetime
import io
import os
import shutil
import zipfile
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from jdgen.app.batches import generate_batch
from jdgen.batch.model import BatchedDocument, BatchOutcome, Listener
from jdgen.document.making import Document, make_document
from jdgen.document.replacing import Permissions
from jdgen.errors import JdgenError
from jdgen.workspace import Workspace
from tests.toolbox.examples import DRAFTED
from tests.toolbox.libreoffice import convert
from tests.toolbox.posts import TEMPLATE, batch, csv_file, documents, every_text, row, rows, settings
from tests.toolbox.word import bytes_of, open_document, word_file, zipped

FIRST = "Job description PMO manager 0 band 7.docx"
LATER = DRAFTED + datetime.timedelta(days=1)


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    return csv_file(tmp_path / "posts.csv", rows(4))


@pytest.fixture
def first(tmp_path: Path, posts: Path) -> Path:
    """The first document of a batch that has run."""
    result, _ = batch(tmp_path, posts)
    assert result.summary.counts == {BatchOutcome.WRITTEN: 4}
    return tmp_path / "output" / FIRST


def outcomes(*arguments: object, **changes: object) -> dict[str, int]:
    result, heard = batch(*arguments, **changes)  # type: ignore[arg-type]
    assert Counter(document.outcome for document in heard.documents) == result.summary.counts
    return {outcome.name: count for outcome, count in result.summary.counts.items()}


def moments(folder: Path) -> dict[str, int]:
    return {name: path.stat().st_mtime_ns for name, path in documents(folder).items()}


def changed_since(folder: Path, before: dict[str, int]) -> set[str]:
    return {name for name, moment in moments(folder).items() if before.get(name) != moment}


def change_row(posts: Path, **cells: str) -> None:
    csv_file(posts, [row("PMO manager 0", **cells), *rows(4)[1:]])


def edit(path: Path) -> bytes:
    document = open_document(path.read_bytes())
    paragraph = next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith("Champion "))
    paragraph.runs[0].text = "As agreed by the panel."
    path.write_bytes(bytes_of(document))
    return path.read_bytes()


def test_a_second_run_touches_no_document(tmp_path: Path, posts: Path, first: Path) -> None:
    before = moments(first.parent)
    assert outcomes(tmp_path, posts) == {"UNCHANGED": 4}
    assert moments(first.parent) == before


def test_a_document_that_is_as_it_was_written_is_known_unopened(
    tmp_path: Path, posts: Path, first: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(tmp_path / "records")
    inflated: list[int] = []
    inflater = zlib.decompressobj

    def begin_and_count(*arguments: Any) -> object:
        inflated.append(1)
        return inflater(*arguments)

    monkeypatch.setattr(zlib, "decompressobj", begin_and_count)
    # Nobody knows it by its bytes, so it is looked into; then it is known.
    counts = []
    for _ in range(2):
        inflated.clear()
        assert outcomes(tmp_path, posts) == {"UNCHANGED": 4}
        counts.append(len(inflated))
    assert counts[0] >= counts[1] + 4  # templates are looked into in any case


@pytest.mark.parametrize("place", range(5, 100, 10))
def test_one_other_byte_is_told_whatever_the_file_s_size_and_time(
    tmp_path: Path, posts: Path, first: Path, place: int
) -> None:
    """So many hundredths into the content of the document's main part."""
    before, content = first.stat(), bytearray(first.read_bytes())
    with zipfile.ZipFile(first) as package:
        entry = package.getinfo("word/document.xml")
    start = entry.header_offset + len(entry.FileHeader())
    content[start + entry.compress_size * place // 100] ^= 1
    first.write_bytes(content)
    os.utime(first, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (first.stat().st_size, first.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert outcomes(tmp_path, posts) == {"UNCHANGED": 3, "LEFT_ALONE": 1}
    assert first.read_bytes() == content


def test_another_s_document_is_not_taken_for_one_though_jdgen_wrote_it(
    tmp_path: Path, posts: Path, first: Path
) -> None:
    other = next(path for path in documents(first.parent).values() if path != first)
    first.write_bytes(other.read_bytes())
    assert outcomes(tmp_path, posts) == {"UNCHANGED": 3, "WRITTEN": 1}
    assert every_text(first) != every_text(other)


def test_copies_that_are_damaged_keep_no_document_from_being_known(tmp_path: Path, posts: Path, first: Path) -> None:
    (tmp_path / "records/records.sqlite3").write_bytes(b"no database " * 1000)
    assert outcomes(tmp_path, posts) == {"UNCHANGED": 4}


def test_only_missing_documents_are_made_again(tmp_path: Path, posts: Path, first: Path) -> None:
    before, content = moments(first.parent), first.read_bytes()
    first.unlink()
    assert outcomes(tmp_path, posts) == {"WRITTEN": 1, "UNCHANGED": 3}
    assert changed_since(first.parent, before) == {FIRST}
    assert first.read_bytes() == content


def test_a_changed_row_has_its_document_made_again(tmp_path: Path, posts: Path, first: Path) -> None:
    before = moments(first.parent)
    change_row(posts, Department="Moved elsewhere")
    assert outcomes(tmp_path, posts) == {"WRITTEN": 1, "UNCHANGED": 3}
    assert changed_since(first.parent, before) == {FIRST}


def test_a_changed_template_has_its_documents_made_again(tmp_path: Path, posts: Path) -> None:
    first, second = tmp_path / "one.docx", tmp_path / "other.docx"
    shutil.copy(TEMPLATE, first)
    second.write_bytes(word_file("{{ title }}"))
    both = {"templates": (first, second)}
    assert outcomes(tmp_path, posts, **both) == {"WRITTEN": 8}
    before = moments(tmp_path / "output")
    second.write_bytes(word_file("{{ title }}, {{ band }}"))
    assert outcomes(tmp_path, posts, **both) == {"UNCHANGED": 4, "WRITTEN": 4}
    assert all(name.startswith("Other ") for name in changed_since(tmp_path / "output", before))


def test_another_day_changes_nothing_but_another_date_does(tmp_path: Path, posts: Path, first: Path) -> None:
    assert outcomes(tmp_path, posts, drafted=LATER) == {"UNCHANGED": 4}
    assert outcomes(tmp_path, posts, drafted=LATER, dated=True) == {"WRITTEN": 4}
    assert outcomes(tmp_path, posts, drafted=LATER, dated=True) == {"UNCHANGED": 4}
    assert outcomes(tmp_path, posts, drafted=DRAFTED, dated=True) == {"WRITTEN": 4}


def test_another_wording_makes_documents_again(tmp_path: Path, posts: Path, first: Path) -> None:
    assert outcomes(tmp_path, posts, verbatim=True) == {"WRITTEN": 4}


def test_an_edited_document_is_kept_though_its_row_changed(tmp_path: Path, posts: Path, first: Path) -> None:
    content = edit(first)
    change_row(posts, Department="Moved elsewhere")
    result, heard = batch(tmp_path, posts)
    assert first.read_bytes() == content
    assert result.problems == ()
    edited_documents = [document for document in heard.documents if document.outcome is BatchOutcome.LEFT_ALONE]
    assert [document.path for document in edited_documents] == [str(first)]
    assert edited_documents[0].problems[0].what == "would change, but the file there is edited since jdgen wrote it"


def test_an_edited_document_is_kept_though_nothing_changed(tmp_path: Path, posts: Path, first: Path) -> None:
    content = edit(first)
    result, heard = batch(tmp_path, posts)
    assert result.summary.counts == {BatchOutcome.UNCHANGED: 3, BatchOutcome.LEFT_ALONE: 1}
    (edited_document,) = [document for document in heard.documents if document.outcome is BatchOutcome.LEFT_ALONE]
    assert (
        edited_document.problems[0].what
        == "would be as it was drafted, but the file there is edited since jdgen wrote it"
    )
    assert first.read_bytes() == content
    assert result.problems == ()


@pytest.mark.parametrize("department", ["", "Moved elsewhere"])
def test_an_edited_document_is_replaced_only_in_two_words(
    tmp_path: Path, posts: Path, first: Path, department: str
) -> None:
    whole = first.read_bytes()
    content = edit(first)
    change_row(posts, **({"Department": department} if department else {}))
    result, _ = batch(tmp_path, posts, permissions=Permissions(overwrite=True))
    assert result.summary.counts == {BatchOutcome.LEFT_ALONE: 1, BatchOutcome.UNCHANGED: 3}
    assert first.read_bytes() == content
    (problem,) = result.left_alone
    assert problem.where == str(first)
    assert "jdgen regenerate" in problem.right
    assert "--discard-edits" in problem.right
    assert outcomes(tmp_path, posts, permissions=Permissions(True, True)) == {
        "WRITTEN": 1,
        "UNCHANGED": 3,
    }
    assert (first.read_bytes() == whole) is (not department)
    assert "As agreed by the panel." not in [
        paragraph.text for paragraph in open_document(first.read_bytes()).paragraphs
    ]


def test_an_edit_that_leaves_drafted_texts_alone_is_kept_too(tmp_path: Path, posts: Path, first: Path) -> None:
    document = open_document(first.read_bytes())
    document.add_paragraph("Agreed with the unions on Friday.")
    first.write_bytes(bytes_of(document))
    content = first.read_bytes()
    change_row(posts, Department="Moved elsewhere")
    assert outcomes(tmp_path, posts) == {"LEFT_ALONE": 1, "UNCHANGED": 3}
    assert first.read_bytes() == content


def saved_by_python_docx(path: Path) -> None:
    path.write_bytes(bytes_of(open_document(path.read_bytes())))


def saved_by_libreoffice(path: Path) -> None:
    folder = path.parent.parent / "resaved"
    convert(folder, "docx", path)
    shutil.copy(folder / path.name, path)


@pytest.mark.parametrize(
    "save_again",
    [
        saved_by_python_docx,
        pytest.param(
            saved_by_libreoffice,
            marks=pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed"),
        ),
    ],
)
def test_a_document_saved_by_another_program_is_known_and_kept(
    tmp_path: Path, posts: Path, first: Path, save_again: object
) -> None:
    before = first.read_bytes()
    save_again(first)
    content = first.read_bytes()
    assert content != before
    assert outcomes(tmp_path, posts) == {"LEFT_ALONE": 1, "UNCHANGED": 3}
    change_row(posts, Department="Moved elsewhere")
    result, heard = batch(tmp_path, posts)
    assert result.summary.counts == {BatchOutcome.LEFT_ALONE: 1, BatchOutcome.UNCHANGED: 3}
    assert "saved by another program" in heard.documents[0].problems[0].what
    assert first.read_bytes() == content


@pytest.mark.parametrize("content", [word_file("Mine"), b"", b"no zip", zipped({"a": b"b"})])
def test_a_file_of_somebody_else_s_by_that_name_is_kept(tmp_path: Path, posts: Path, content: bytes) -> None:
    path = tmp_path / "output" / FIRST
    path.parent.mkdir()
    path.write_bytes(content)
    result, heard = batch(tmp_path, posts)
    assert result.summary.counts == {BatchOutcome.LEFT_ALONE: 1, BatchOutcome.WRITTEN: 3}
    assert (
        heard.documents[0].problems[0].what == "would change, but the file there is not known as a document of jdgen's"
    )
    assert path.read_bytes() == content
    assert outcomes(tmp_path, posts, permissions=Permissions(overwrite=True)) == {"LEFT_ALONE": 1, "UNCHANGED": 3}
    assert path.read_bytes() == content
    assert outcomes(tmp_path, posts, permissions=Permissions(True, True)) == {
        "WRITTEN": 1,
        "UNCHANGED": 3,
    }


def test_a_folder_by_that_name_is_kept(tmp_path: Path, posts: Path) -> None:
    (tmp_path / "output" / FIRST).mkdir(parents=True)
    assert outcomes(tmp_path, posts) == {"LEFT_ALONE": 1, "WRITTEN": 3}
    # What is allowed is about files: nothing replaces a folder, and nobody is told that something would.
    for permissions in (Permissions(), Permissions(overwrite=True), Permissions(True, True)):
        result, heard = batch(tmp_path, posts, permissions=permissions)
        assert result.summary.counts == {BatchOutcome.LEFT_ALONE: 1, BatchOutcome.UNCHANGED: 3}
        (problem,) = heard.documents[0].problems
        assert (problem.what, problem.right) == ("exists already, and is a folder", "choose another --output")


def test_an_archive_holds_all_documents_each_time(tmp_path: Path, posts: Path, first: Path) -> None:
    assert outcomes(tmp_path, posts, archive=tmp_path / "all.zip") == {"WRITTEN": 4}


def test_documents_without_a_record_are_not_taken_for_jdgen_s(tmp_path: Path, posts: Path) -> None:
    assert outcomes(tmp_path, posts, recorded=False) == {"WRITTEN": 4}
    assert outcomes(tmp_path, posts) == {"LEFT_ALONE": 4}


def test_a_dry_run_says_what_would_become_of_each_document(tmp_path: Path, posts: Path, first: Path) -> None:
    edit(first)
    csv_file(posts, [row("PMO manager 0", Department="New"), row("PMO manager 1", Department="New"), *rows(4)[2:]])
    before = moments(first.parent)
    assert outcomes(tmp_path, posts, dry_run=True) == {"LEFT_ALONE": 1, "PLANNED": 1, "UNCHANGED": 2}
    assert moments(first.parent) == before


def test_a_document_that_is_damaged_is_kept(tmp_path: Path, posts: Path, first: Path) -> None:
    content = bytearray(first.read_bytes())
    start = content.index(b"word/document.xml") + len("word/document.xml")
    content[start : start + 40] = b"\xff" * 40
    first.write_bytes(content)
    change_row(posts, Department="New")
    assert outcomes(tmp_path, posts) == {"LEFT_ALONE": 1, "UNCHANGED": 3}
    assert io.BytesIO(content).getvalue() == first.read_bytes()


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "customXml/item7301.xml"])
def test_a_damaged_document_is_not_taken_for_unchanged(tmp_path: Path, posts: Path, first: Path, part: str) -> None:
    content = bytearray(first.read_bytes())
    start = content.index(part.encode()) + len(part) + 100
    content[start : start + 8] = bytes(byte ^ 0xFF for byte in content[start : start + 8])
    first.write_bytes(content)
    result, _ = batch(tmp_path, posts)
    assert result.summary.counts == {BatchOutcome.LEFT_ALONE: 1, BatchOutcome.UNCHANGED: 3}
    (problem,) = result.left_alone
    assert "the file there is damaged" in problem.what
    assert first.read_bytes() == bytes(content)


def test_a_document_that_somebody_saves_while_it_is_made_anew_is_left_alone(
    tmp_path: Path, posts: Path, first: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = b""

    def saved_meanwhile(*arguments: Any) -> Document:
        nonlocal theirs
        document = make_document(*arguments)
        theirs = edit(first)
        return document

    monkeypatch.setattr("jdgen.batch.worker.make_document", saved_meanwhile)
    change_row(posts, Department="New")
    assert outcomes(tmp_path, posts, jobs=1) == {"LEFT_ALONE": 1, "UNCHANGED": 3}
    assert theirs
    assert first.read_bytes() == theirs


def test_an_output_folder_that_is_removed_meanwhile_is_not_made_again(tmp_path: Path, posts: Path) -> None:
    class Removing(Listener):
        def on_document(self, document: BatchedDocument) -> None:
            output = tmp_path / "output"
            if output.exists():
                output.rename(tmp_path / "taken away")

    with pytest.raises(JdgenError) as raised:
        generate_batch(posts, Workspace(tmp_path), settings(tmp_path), listener=Removing())
    (problem,) = raised.value.problems
    assert problem.where == str(tmp_path / "output")
    assert problem.what == "was removed while documents were written to it"
    assert not (tmp_path / "output").exists()
    assert len(documents(tmp_path / "taken away")) == 1


def test_a_folder_that_is_removed_when_all_is_written_is_told_too(tmp_path: Path, posts: Path) -> None:
    count = 0

    class Removing(Listener):
        def on_document(self, document: BatchedDocument) -> None:
            nonlocal count
            count += 1
            if count == 4:
                (tmp_path / "output").rename(tmp_path / "taken away")

    with pytest.raises(JdgenError) as raised:
        generate_batch(posts, Workspace(tmp_path), settings(tmp_path), listener=Removing())
    assert "was removed while" in raised.value.problems[0].what
    assert not (tmp_path / "output").exists()
