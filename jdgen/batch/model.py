"""What a batch is made with, what it makes, and who is told how it goes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from jdgen.document.names import DEFAULT_PATTERN, file_name, name_fields
from jdgen.document.replacing import Permissions
from jdgen.drafting.profile import told_without_option
from jdgen.drafting.review_notes import ReviewNote
from jdgen.errors import Problem
from jdgen.post.model import Post
from jdgen.post.reading import PostEntries
from jdgen.words import quantity

#: Documents at the start of a batch that are parsed strictly after filling; with ``verify`` all are.
VERIFIED = 100


@dataclass(frozen=True)
class BatchSettings:
    """Templates (their files), where to, by which names, and in what manner.

    ``common_entries`` are those for every post whose row does not have its own. ``archive`` collects the documents
    in one zip file instead of a folder. ``verbatim`` is whether the framework's wording is left as published; where it
    is not said, each template says it. ``dated`` says that the user named the date. ``permissions`` are for an archive
    that is as jdgen wrote it, and for whatever somebody has worked on. ``jobs`` is the number of processes; where it is
    not said, there are as many as processors. ``own_headings`` are those of the organisation's own fields, by their
    names. ``is_mended`` says that the posts are those of another file in which something was wrong, whose others may
    have documents already. ``annotate`` asks for a copy beside each document, with its review notes as comments.
    ``share_limit`` is the percentage above which a note on the first document says how much of it its general
    statements are.
    """

    templates: tuple[Path, ...]
    output: Path
    drafted: datetime.date
    dated: bool = False
    pattern: str = DEFAULT_PATTERN
    common_entries: PostEntries | None = None
    verbatim: bool | None = None
    permissions: Permissions = field(default_factory=Permissions)
    dry_run: bool = False
    verify: bool = False
    archive: Path | None = None
    jobs: int | None = 1
    recorded: bool = True
    own_headings: Mapping[str, str] = field(default_factory=dict)
    is_mended: bool = False
    annotate: bool = False
    share_limit: int = 100


def for_a_sheet(note: ReviewNote) -> ReviewNote:
    """``note`` as somebody needs it who has a row for each post: what settles it stands in a cell, and a batch has no
    option for one post."""
    instead = "For the other, write in the column Readings: {heading}: {reading}"
    return replace(note, text=told_without_option(note.text, instead))


def document_names(post: Post, settings: BatchSettings, level: str) -> tuple[str, ...]:
    """The names of the documents of ``post`` by the pattern, one for each template. ``level`` is what
    :func:`jdgen.drafting.named_parts.level_name` gives."""
    return tuple(
        file_name(settings.pattern, name_fields(post, template.stem, settings.drafted, level))
        for template in settings.templates
    )


def place_of(name: str, settings: BatchSettings) -> Path:
    """Where a document of this name goes; its name in the archive, where there is one."""
    return Path(name) if settings.archive else settings.output / name


class BatchOutcome(StrEnum):
    """What became of one document of a batch."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    PLANNED = "would be written"
    LEFT_ALONE = "kept, since it may hold somebody's work"
    FAILED = "failed"


@dataclass(frozen=True)
class BatchedDocument:
    """One document of a batch: the row it comes from (``posts.xlsx!Posts!14``), and what became of it.

    ``level`` is that of a framework that has levels of its own. ``seconds`` is the time from post to saved file.
    ``problems`` is empty unless the document failed or was kept, or something else was kept: its annotated copy, at
    ``annotated``, or what has its usual name and is another post's.
    """

    row: str
    title: str
    band: str
    template: str
    path: str
    outcome: BatchOutcome
    seconds: float
    notes: tuple[ReviewNote, ...] = ()
    problems: tuple[Problem, ...] = ()
    level: str = ""
    annotated: str = ""

    @property
    def band_and_level(self) -> str:
        """What a report says under Band: ``6``, or ``6, Practitioner``."""
        return f"{self.band}, {self.level}" if self.level else self.band


@dataclass(frozen=True)
class BatchSummary:
    """A whole batch in numbers: documents by outcome, in all, and the seconds that it took."""

    counts: dict[BatchOutcome, int]
    seconds: float

    @property
    def documents(self) -> int:
        """How many documents the batch had."""
        return sum(self.counts.values())

    def __str__(self) -> str:
        parts = [f"{count:,} {outcome}" for outcome, count in self.counts.items() if count]
        return f"{quantity(self.documents, 'document')} in {self.seconds:.1f} s: {', '.join(parts) or 'none'}"


class ReportFiles(NamedTuple):
    """The files of a report: the page, and the workbook with the same and more."""

    page: Path
    workbook: Path


@dataclass(frozen=True)
class BatchResult:
    """What came of a batch, and the files about it: the workbook of rows to mend (``mending``), if any failed, and the
    report's, which a dry run has not. ``left_alone`` names the files that stay as they are, since they may hold
    somebody's work; ``warnings`` are of what kept no document from being made."""

    summary: BatchSummary
    problems: tuple[Problem, ...]
    mending: Path | None
    reports: ReportFiles | None
    warnings: tuple[Problem, ...] = ()
    left_alone: tuple[Problem, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """The files about the batch, what is to be mended first."""
        return (*([self.mending] if self.mending else ()), *(self.reports or ()))


class Listener:
    """Is told of a batch while it runs. This one keeps it to itself; a terminal or a program hears more."""

    def on_plan(self, documents: int) -> None:
        """All rows have been looked at; so many documents will be made."""

    def on_document(self, document: BatchedDocument) -> None:
        """One more document is made, or is known not to be."""

    def on_pdf(self, document: Path) -> None:
        """One more document is printed as PDF, or is known not to be."""
