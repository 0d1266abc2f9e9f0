"""A post, its draft and its document."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from jdgen.configuration import Configuration, load_common_entries, load_configuration
from jdgen.document.making import Document, DocumentSources, make_document
from jdgen.document.names import DEFAULT_PATTERN, annotated_name, file_name, name_fields
from jdgen.document.own_files import OwnFiles, write
from jdgen.document.replacing import DOCUMENT, Permissions, condition_of_document, refusal
from jdgen.document.statement_share import StatementShare, statement_share
from jdgen.drafting.draft import draft_job_description
from jdgen.drafting.framework_part import framework_problems
from jdgen.drafting.library import Library
from jdgen.drafting.loading import (
    at_post,
    load_library,
    load_placeholders,
    load_subjects,
    outline_problems,
    pictures_of,
)
from jdgen.drafting.model import DERIVED, JobDescription
from jdgen.drafting.named_parts import level_name
from jdgen.drafting.review import RankedNote, Subjects
from jdgen.errors import JdgenError, Problem, along_with, refuse
from jdgen.files import content_of, save, state_of
from jdgen.post.field import Field, FieldKind
from jdgen.post.fields import FIELDS
from jdgen.post.model import Post
from jdgen.post.reading import entries_of_file, entries_of_options, post_of
from jdgen.record.keeping import keeping
from jdgen.record.untouched import copy_in, replaced_id
from jdgen.template.choosing import DEFAULT_TEMPLATE, template_path
from jdgen.template.properties import is_verbatim
from jdgen.template.vetting import open_vetted
from jdgen.workspace import Workspace, display_path

__all__ = [
    "DERIVED",
    "FIELDS",
    "Configuration",
    "Field",
    "FieldKind",
    "GenerationOutcome",
    "Settings",
    "StatementShare",
    "described_post",
    "draft",
    "generate",
    "library_for",
    "load_configuration",
]


@dataclass(frozen=True)
class Settings:
    """How documents are made: template (a name or a file), where to, by which name, and what may be replaced.

    ``verbatim`` is whether the framework's wording is left as published; where it is not said, the template says it.
    ``dated`` says that the user named the date. ``annotate`` asks for a copy beside it, with the review notes as
    comments, ``pdf`` for the document as PDF, and ``with_share`` for what share of it its general statements are.
    """

    template: str = DEFAULT_TEMPLATE
    output: Path = Path("output")
    pattern: str = DEFAULT_PATTERN
    verbatim: bool | None = None
    dated: bool = False
    permissions: Permissions = field(default_factory=Permissions)
    dry_run: bool = False
    annotate: bool = False
    pdf: bool = False
    with_share: bool = True


class GenerationOutcome(NamedTuple):
    """A document that was made (or, on a dry run, would have been), and the draft in it with its notes. ``problems``
    are those that did not keep it from being made, and ``refusals`` say on a dry run what would keep it, or its
    ``annotated`` copy or its ``pdf``, from being written. ``statement_share`` is there where general statements are
    more of the document than the organisation's limit, and that was asked for."""

    path: Path
    job_description: JobDescription
    notes: tuple[RankedNote, ...]
    is_written: bool = False
    problems: tuple[Problem, ...] = ()
    refusals: tuple[Problem, ...] = ()
    annotated: Path | None = None
    pdf: Path | None = None
    statement_share: StatementShare | None = None

    @property
    def beside(self) -> tuple[Path, ...]:
        """The files that go beside the document."""
        return tuple(filter(None, (self.annotated, self.pdf)))


def described_post(
    workspace: Workspace, file: Path | None, options: Mapping[str, Any], places: Mapping[str, str]
) -> Post:
    """The post that ``file`` describes, if one is named, and ``options``, which win over it; what the workspace says of
    every post stands behind both. ``places`` is what messages call the option of each field. Raises
    :class:`JdgenError` with every problem of them, and all that the framework has to say against the rest."""
    placeholders = load_placeholders(workspace)
    entries = entries_of_options(options, places, workspace.root, placeholders)
    if file is not None:
        entries = entries_of_file(file, str(file), placeholders).changed_by(entries)
    if common := load_common_entries(workspace, placeholders):
        entries = common.overridden_by(entries)
    try:
        return post_of(entries, str(file or "the command line"))
    except JdgenError as error:
        more = outline_problems(entries, lambda post: library_for(post, workspace))
        raise JdgenError(dict.fromkeys((*error.problems, *more))) from error


def draft(post: Post, workspace: Workspace, drafted: datetime.date, verbatim: bool = False) -> JobDescription:
    """The draft for ``post``, dated ``drafted``."""
    library = library_for(post, workspace)
    return draft_job_description(post, library.verbatim() if verbatim else library, drafted, pictures_of(post))


def generate(post: Post, workspace: Workspace, drafted: datetime.date, settings: Settings) -> GenerationOutcome:
    """Draft ``post``, fill the template and save the document. Raises :class:`JdgenError`; then nothing is written. A
    dry run is not kept by a file that is there from saying what would be made."""
    library = library_for(post, workspace)
    source = template_path(workspace, settings.template)
    with along_with(framework_problems(post, library)):
        content = content_of(source, "the template")
        template = open_vetted(content, display_path(source))
        pictures = pictures_of(post)
    verbatim = is_verbatim(content) if settings.verbatim is None else settings.verbatim
    configuration = load_configuration(workspace)
    sources = DocumentSources(
        library.verbatim() if verbatim else library, template, drafted, settings.dated, own_headings=configuration.own
    )
    path = _output_path(settings, source, post, drafted, level_name(post, library))
    document_id = replaced_id(path, post, sources.template.name) if settings.permissions.overwrite else None
    document = make_document(post, sources, pictures, document_id=document_id)
    subjects = load_subjects(workspace, [library])
    outcome = GenerationOutcome(
        path,
        document.job_description,
        subjects.rank_notes(document.job_description.notes),
        annotated=annotated_name(path) if settings.annotate else None,
        pdf=path.with_suffix(".pdf") if settings.pdf else None,
        statement_share=statement_share(document, sources.template, configuration.share_limit)
        if settings.with_share
        else None,
    )
    file_state = state_of(path)
    refusals = _refusals(outcome, workspace, settings.permissions)
    if settings.dry_run:
        return outcome._replace(refusals=refusals)
    refuse(refusals)
    beside = [(outcome.annotated, _annotated_copy(document, str(path), subjects))] if outcome.annotated else []
    beside += [(outcome.pdf, _pdf_of(document, path))] if outcome.pdf else []
    save(document.content, path, settings.permissions.overwrite and file_state)
    write(beside, workspace, settings.permissions)
    with keeping(workspace) as keeper:
        keeper.keep(copy_in(document.content, document.document_id))
    return outcome._replace(is_written=True, problems=(keeper.problem,) if keeper.problem else ())


def _refusals(outcome: GenerationOutcome, workspace: Workspace, permissions: Permissions) -> tuple[Problem, ...]:
    """Why the document, or what goes beside it, must not be written over what is there."""
    refusals = [refusal(outcome.path, condition_of_document(outcome.path), permissions, DOCUMENT)]
    if outcome.beside:
        own_files = OwnFiles(workspace)
        refusals += [refusal(file, own_files.condition(file), permissions) for file in outcome.beside]
    return tuple(problem for problem in refusals if problem)


def _annotated_copy(document: Document, name: str, subjects: Subjects) -> bytes:
    """The copy of ``document`` with its notes as comments."""
    from jdgen.document.annotating import annotated_draft  # noqa: PLC0415  # lxml is slow to import, and few want it

    return annotated_draft(document.content, name, document.job_description.notes, subjects)


def _pdf_of(document: Document, path: Path) -> bytes:
    """``document``, which is to be at ``path``, as PDF."""
    from jdgen.app.publications import pdf_of  # noqa: PLC0415  # lxml is slow to import, and few want a PDF at once

    return pdf_of(document.content, path)


def library_for(post: Post, workspace: Workspace) -> Library:
    """Everything besides the post that its draft is made from."""
    try:
        return load_library(workspace, post.specialism, post.framework, post.clauses)
    except JdgenError as error:
        raise JdgenError(at_post(error.problems, post)) from error


def _output_path(settings: Settings, template: Path, post: Post, drafted: datetime.date, level: str) -> Path:
    """Where the document goes: ``output`` itself when it names a .docx file, else a file in that folder. ``level`` is
    what :func:`jdgen.drafting.named_parts.level_name` gives."""
    if settings.output.suffix.lower() == ".docx":
        return settings.output
    return settings.output / file_name(settings.pattern, name_fields(post, template.stem, drafted, level))
