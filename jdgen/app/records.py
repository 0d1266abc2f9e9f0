"""What a document was made from, by the record in it."""

from __future__ import annotations

from pathlib import Path

from jdgen.record.finding import KeptRecords
from jdgen.revision.folders import RecordedDocument, read_document
from jdgen.workspace import Workspace

__all__ = ["RecordedDocument", "read_recorded_document"]


def read_recorded_document(document: Path, workspace: Workspace) -> RecordedDocument:
    """``document`` with its record, wherever it was moved. Raises :class:`JdgenError` where it has none."""
    return read_document(document, KeptRecords(workspace))
