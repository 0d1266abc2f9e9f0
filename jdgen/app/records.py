"""What a document was made from, by the record in it: all of it, and where each of its texts comes from."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jdgen.document.annotating import annotated_copy
from jdgen.document.names import refuse_other_names
from jdgen.document.own_files import OwnFiles
from jdgen.drafting.frameworks_here import load_frameworks
from jdgen.drafting.library import Library, asked_in
from jdgen.drafting.loading import load_library, load_subjects
from jdgen.drafting.review import RankedNote
from jdgen.drafting.review_notes import UNTIL_ANSWERED
from jdgen.drafting.texts import Giver
from jdgen.errors import JdgenError, Problem
from jdgen.files import content_of, save
from jdgen.framework.chapters import chapters_of, join_chapters
from jdgen.framework.model import Framework
from jdgen.record.finding import KeptRecords
from jdgen.record.model import GenerationRecord, RecordedNote
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
    "annotate",
    "explain",
    "open_notes",
    "read_recorded_document",
]


def read_recorded_document(document: Path, workspace: Workspace) -> RecordedDocument:
    """``document`` with its record, wherever it was moved. Raises :class:`JdgenError` where it has none."""
    return read_document(document, KeptRecords(workspace))


def open_notes(document: RecordedDocument, workspace: Workspace) -> tuple[RankedNote, ...]:
    """The review notes in the record of a document, without the prompts that somebody has answered in it since, and
    without reasons, which no record holds. Of an earlier form of the record, which has no notes, they are its
    prompts."""
    record = document.record
    library = _library_of(record, workspace)
    subjects = load_subjects(workspace, [library] if library else ())
    notes = record.notes or tuple(_notes_of_prompts(record))
    return subjects.rank_notes(note for note in notes if not _is_answered(note, document))


def annotate(document: Path, copy: Path, notes: Sequence[RankedNote], workspace: Workspace) -> None:
    """Write a ``copy`` of ``document`` with ``notes`` as comments at their places; no file is replaced by it.

    Raises :class:`JdgenError` where there is a file already, or one cannot be written.
    """
    refuse_other_names(copy)
    if os.path.lexists(copy):
        raise JdgenError(Problem(str(copy), "exists already", "name another file: a copy replaces none"))
    recorded_document = read_recorded_document(document, workspace)
    save(annotated_copy(content_of(document), str(document), recorded_document.record, notes), copy, overwrite=False)
    OwnFiles(workspace).note_file(copy)


def _notes_of_prompts(record: GenerationRecord) -> Iterator[RecordedNote]:
    """The notes of the prompts that were printed, each once."""
    prompts: set[str] = set()
    for block in record.blocks:
        for prompt in asked_in(block.text):
            if prompt not in prompts:
                prompts.add(prompt)
                words = (part for part in block.id.original.split(".") if not part.isdecimal())
                yield RecordedNote("to complete", ".".join(words), prompt)


def _is_answered(note: RecordedNote, document: RecordedDocument) -> bool:
    """Whether the prompt that a note is about was printed, or what stands for it until there is an answer, and stands
    nowhere in the document any more."""
    blocks = document.record.blocks
    prompt_blocks = [block.id for block in blocks if any(map(note.text.startswith, asked_in(block.text)))]
    if note.topic == UNTIL_ANSWERED:
        prompt_blocks += [block.id for block in blocks if note.subject in block.id.original.fields]
    return bool(prompt_blocks) and set(prompt_blocks) <= set(document.changed_blocks)


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
    recorded_document = read_recorded_document(document, workspace)
    framework = _framework_of(recorded_document.record, workspace)
    origins = provenances(words, recorded_document.record, recorded_document.paragraphs, framework)
    if not origins:
        raise JdgenError(
            Problem(recorded_document.name, f"no text of it holds '{words}'", "give words as they stand in it")
        )
    return Explanation(
        recorded_document, origins, _reasons(recorded_document.record, origins, workspace), framework is not None
    )


def _framework_of(record: GenerationRecord, workspace: Workspace) -> Framework | None:
    """The version of the framework that a document was made from, where the workspace has it."""
    facts = (record.framework, record.framework_version, record.framework_sha256)
    all_chapters = [chapter for framework in load_frameworks(workspace) for chapter in chapters_of(framework)]
    chapters = [chapter for chapter in all_chapters if (chapter.id, chapter.version, chapter.sha256) == facts]
    return join_chapters(chapters) if chapters else None


def _reasons(
    record: GenerationRecord, origins: tuple[Provenance, ...], workspace: Workspace
) -> dict[str, tuple[str, ...]]:
    """The changes that jdgen makes to adapted statements, with their reasons, where the adaptations to what a document
    was made from are at hand."""
    adapted_statements = {origin.passage.id for origin in origins if origin.passage and origin.adapted}
    if not adapted_statements:
        return {}
    library = _library_of(record, workspace)
    if library is None:  # why a sentence is there can be told without
        return {}
    changes = library.adaptations.changes if library.framework.version == record.framework_version else ()
    return {
        statement: tuple(f"{change}: {change.reason}." for change in changes if change.statement == statement)
        for statement in adapted_statements
    }


def _library_of(record: GenerationRecord, workspace: Workspace) -> Library | None:
    """What posts of the record's specialism are drafted from today, where that can be read."""
    try:
        return load_library(workspace, str(record.post.get("specialism")), record.framework)
    except JdgenError:
        return None
