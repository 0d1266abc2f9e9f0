"""What a document was made from, by the record in it: all of it, and where each of its texts comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jdgen.drafting.loading import load_frameworks, load_library
from jdgen.drafting.model import Giver
from jdgen.errors import JdgenError, Problem
from jdgen.framework.model import Framework
from jdgen.record.finding import KeptRecords
from jdgen.record.model import GenerationRecord
from jdgen.record.reading import RecordOrigin
from jdgen.revision.folders import RecordedDocument, read_document
from jdgen.revision.provenance import Provenance, provenances
from jdgen.workspace import Workspace

__all__ = [
    "Explanation",
    "GenerationRecord",
    "Giver",
    "Provenance",
    "RecordOrigin",
    "RecordedDocument",
    "explain",
    "read_recorded_document",
]


def read_recorded_document(document: Path, workspace: Workspace) -> RecordedDocument:
    """``document`` with its record, wherever it was moved. Raises :class:`JdgenError` where it has none."""
    return read_document(document, KeptRecords(workspace))


@dataclass(frozen=True)
class Explanation:
    """Where each text of ``document`` that holds some words comes from. ``reasons`` are those of the changes that jdgen
    makes today to the wording of a statement, by its id. ``has_framework`` says whether the framework of the record is
    at hand, without which no place in it can be named."""

    document: RecordedDocument
    provenances: tuple[Provenance, ...]
    reasons: Mapping[str, tuple[str, ...]]
    has_framework: bool


def explain(document: Path, words: str, workspace: Workspace) -> Explanation:
    """Where every text of ``document`` with ``words`` in it comes from. Raises :class:`JdgenError` where none has."""
    if not words.strip():
        raise JdgenError(Problem("WORDS", "is empty", "give some words of the sentence"))
    recorded = read_recorded_document(document, workspace)
    framework = _framework_of(recorded.record, workspace)
    origins = provenances(words, recorded.record, recorded.paragraphs, framework)
    if not origins:
        raise JdgenError(Problem(recorded.name, f"no text of it holds '{words}'", "give words as they stand in it"))
    return Explanation(recorded, origins, _reasons(recorded.record, origins, workspace), framework is not None)


def _framework_of(record: GenerationRecord, workspace: Workspace) -> Framework | None:
    """The version of the framework that a document was made from, where the workspace has it."""
    facts = (record.framework, record.framework_version, record.framework_sha256)
    frameworks = load_frameworks(workspace)
    return next(
        (framework for framework in frameworks if (framework.id, framework.version, framework.sha256) == facts), None
    )


def _reasons(
    record: GenerationRecord, origins: tuple[Provenance, ...], workspace: Workspace
) -> dict[str, tuple[str, ...]]:
    """The changes that jdgen makes to adapted statements, with their reasons, where the adaptations to what a document
    was made from are at hand."""
    adapted = {origin.passage.id for origin in origins if origin.passage and origin.adapted}
    if not adapted:
        return {}
    try:
        library = load_library(workspace, str(record.post.get("specialism")), record.framework)
    except JdgenError:  # why a sentence is there can be told without
        return {}
    changes = library.adaptations.changes if library.framework.version == record.framework_version else ()
    return {
        named: tuple(f"{change}: {change.reason}." for change in changes if change.statement == named)
        for named in adapted
    }
