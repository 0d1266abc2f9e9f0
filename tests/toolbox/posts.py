"""Files of posts for tests of batches, and a batch in this process."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl

from jdgen.app.batches import generate_batch
from jdgen.batch.model import BatchedDocument, BatchResult, BatchSettings, Listener
from jdgen.workspace import Workspace
from tests.toolbox.examples import DRAFTED, ROOT
from tests.toolbox.word import open_document

Row = Mapping[str, str]
TEMPLATE = ROOT / "templates/job-description.docx"


def row(title: str, band: str = "7", **others: str) -> dict[str, str]:
    """A sound row; more cells by their headings' words: ``Role_category="..."``."""
    return {"Job title": title, "Specialism": "PMO", "Band": band} | {
        heading.replace("_", " "): text for heading, text in others.items()
    }


def rows(count: int) -> list[dict[str, str]]:
    return [row(f"PMO manager {number}") for number in range(count)]


def csv_file(path: Path, posts: Iterable[Row], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    table = list(posts)
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, headings(table), restval="", delimiter=delimiter)
        writer.writeheader()
        writer.writerows(table)
    return path


def workbook_file(path: Path, posts: Iterable[Row], sheet: str = "Posts") -> Path:
    table = list(posts)
    book = openpyxl.Workbook()
    worksheet: Any = book.active
    worksheet.title = sheet
    worksheet.append(headings(table))
    for post in table:
        worksheet.append([post.get(heading, "") for heading in headings(table)])
    book.save(path)
    return path


def headings(table: Iterable[Row]) -> list[str]:
    return list(dict.fromkeys(heading for post in table for heading in post))


class Heard(Listener):
    """A listener that keeps what it hears."""

    def __init__(self) -> None:
        self.documents: list[BatchedDocument] = []

    def on_document(self, document: BatchedDocument) -> None:
        self.documents.append(document)


def settings(folder: Path, **changes: Any) -> BatchSettings:
    usual: dict[str, Any] = {"templates": (TEMPLATE,), "output": folder / "output", "drafted": DRAFTED}
    return BatchSettings(**usual | changes)


def batch(folder: Path, posts: Path, keep_going: bool = False, **changes: Any) -> tuple[BatchResult, Heard]:
    heard = Heard()
    result = generate_batch(
        posts, Workspace(folder), settings(folder, **changes), keep_going=keep_going, listener=heard
    )
    return result, heard


def documents(folder: Path) -> dict[str, Path]:
    return {path.name: path for path in sorted(folder.glob("*.docx"))}


def every_text(path: Path) -> list[str]:
    """The texts of paragraphs and cells of a document, by python-docx."""
    document = open_document(path.read_bytes())
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells
