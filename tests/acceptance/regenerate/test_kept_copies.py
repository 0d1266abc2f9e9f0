"""The workspace's copy of a record, kept of every document that is brought up to date, is what lies in the document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jdgen.record.database import FILE, RecordDatabase
from jdgen.record.reading import record_of
from jdgen.record.untouched import record_of_copy
from tests.toolbox import documents as making
from tests.toolbox.commands import Run
from tests.toolbox.documents import edit_document, example_document
from tests.toolbox.word import parts_of, zipped

EDIT = ("Establish the project processes", "Establish our project processes")


def as_word_names_it(content: bytes) -> bytes:
    """The document with its record in a part of the name that Word gives it."""
    parts = {
        name.replace("item7301", "item1"): part.replace(b"item7301", b"item1").replace(b"itemProps7301", b"itemProps1")
        for name, part in parts_of(content).items()
    }
    assert "customXml/item1.xml" in parts
    return zipped(parts)


@pytest.mark.parametrize(
    ("outcome", "change", "options"),
    [
        ("made anew", bytes, ["--clean"]),
        ("tracked changes", lambda content: edit_document(content, EDIT), []),
        ("tracked changes", lambda content: as_word_names_it(edit_document(content, EDIT)), []),
        ("another template", lambda content: edit_document(content, EDIT), ["--template", "role-profile"]),
    ],
)
def test_the_copy_that_is_kept_is_the_record_that_is_written(
    outcome: str, change: Callable[[bytes], bytes], options: list[str], run: Run, folder: Path
) -> None:
    (folder / "old").mkdir()
    (folder / "old/mine.docx").write_bytes(change(example_document()))
    (folder / "newer.yaml").write_text(making.newer_framework_text(), encoding="utf-8")
    result = run("regenerate", "old", "--framework", "newer.yaml", "--output", "new", *options)
    assert result.exit_code == 0, result.stderr
    assert outcome in result.stdout
    record, _ = record_of((folder / "new/mine.docx").read_bytes())
    assert record is not None
    database = RecordDatabase.to_read(folder / FILE)
    assert database is not None
    copies = [record_of_copy(copy) for copy in database.of_document(record.document_id)]
    database.close()
    assert copies == [record]
