"""Making the documents of a few posts: what one process of a batch does, and all that it keeps between posts."""

from __future__ import annotations

import functools
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from jdgen.batch.model import VERIFIED, BatchedDocument, BatchOutcome, BatchSettings, for_a_sheet, place_of
from jdgen.batch.namesakes import DocumentFolder, find_longer_named, place_beside
from jdgen.batch.sources import Libraries, TemplateError, Templates, read_templates
from jdgen.batch.spool import PlannedPost
from jdgen.document.making import Document, DocumentSources, Inputs, common_digest, inputs_for, make_document
from jdgen.document.names import annotated_name
from jdgen.document.own_files import OwnFiles, holds
from jdgen.document.replacing import DOCUMENT, Condition, Permissions, condition_of_document, refusal, ways_out
from jdgen.document.statement_share import statement_share
from jdgen.drafting.library import Library
from jdgen.drafting.loading import load_subjects, pictures_of
from jdgen.drafting.model import Pictures
from jdgen.drafting.review import Subjects
from jdgen.drafting.review_notes import ReviewNote
from jdgen.errors import JdgenError, Problem
from jdgen.files import (
    ChangedMeanwhileError,
    FileIsThereError,
    FileState,
    NoMoreFilesError,
    content_of,
    save,
    state_of,
)
from jdgen.post.model import Post
from jdgen.record.digests import file_digest
from jdgen.record.keeping import WrittenDocuments
from jdgen.record.untouched import RecordCopy, copy_in, glance, replaced_id
from jdgen.word.writing import fastest_deflate
from jdgen.workspace import Workspace

#: What the inputs of a document depend on besides its post: specialism, framework, general statements, template.
_Key = tuple[str, str | None, str, int]


class Attempt(NamedTuple):
    """A document, its content where it goes into an archive, and the copy of its record where one is to be kept;
    ``file_digest`` is what its file is to be known by, where there is a record in it, and ``annotated`` its annotated
    copy where that goes into an archive."""

    document: BatchedDocument
    content: bytes | None = None
    copy: RecordCopy | None = None
    file_digest: bytes = b""
    annotated: bytes | None = None


class _Task(NamedTuple):
    """A document that is to be made: that of a post in the template of this number, at ``path``. ``file_state`` is that
    of a file that was seen there; no other is replaced without being looked at."""

    planned_post: PlannedPost
    template: int
    path: Path
    file_state: FileState | None

    @property
    def key(self) -> _Key:
        """What its inputs depend on besides the post."""
        post = self.planned_post.post
        return post.specialism.casefold(), post.framework, post.clauses, self.template


@dataclass
class Worker:
    """Makes documents one after the other; templates and libraries are read once."""

    workspace: Workspace
    settings: BatchSettings
    libraries: Libraries
    templates: Templates
    known_documents: WrittenDocuments
    _has_saved: bool = False
    _commons: dict[_Key, str] = field(default_factory=dict)
    _sources: dict[tuple[_Key, bool], DocumentSources] = field(default_factory=dict)
    _subjects_by_library: dict[int, Subjects] = field(default_factory=dict)

    def make(self, planned: Sequence[PlannedPost]) -> list[Attempt]:
        """The documents of these posts. Raises :class:`NoMoreFilesError`, and :class:`TemplateError` where a
        template cannot be filled; any other failure is a document's own."""
        return [self._make_one(post, index) for post in planned for index in range(len(self.settings.templates))]

    def _make_one(self, planned_post: PlannedPost, index: int) -> Attempt:
        start = time.perf_counter()
        task = self._task(planned_post, index)
        document = unmade_document(planned_post, self.settings.templates[index], task.path)
        try:
            attempt = self._attempt(document, task)
        except (NoMoreFilesError, TemplateError):
            raise
        except JdgenError as error:
            attempt = Attempt(replace(document, problems=error.problems))
        except Exception as error:  # one bad row must not stop the others, whatever it meets
            problem = Problem(
                planned_post.label, f"could not be made ({type(error).__name__}: {error})", "report this to us"
            )
            attempt = Attempt(replace(document, problems=(problem,)))
        return attempt._replace(document=replace(attempt.document, seconds=time.perf_counter() - start))

    def _task(self, planned_post: PlannedPost, index: int) -> _Task:
        """The document of ``planned_post`` in the template of this ``index``: under the name that it has already, where
        that says more than the pattern does."""
        path = place_of(planned_post.names[index], self.settings)
        if self.settings.archive is not None:
            return _Task(planned_post, index, path, file_state=None)
        file_state = state_of(path)
        if file_state or planned_post.is_told_apart:
            return _Task(planned_post, index, path, file_state)
        longer_path = find_longer_named(
            self._output_folder, path, planned_post.post, self.settings.templates[index].name
        )
        return _Task(planned_post, index, longer_path or path, state_of(longer_path) if longer_path else None)

    @functools.cached_property
    def _output_folder(self) -> DocumentFolder:
        """What lies where documents go."""
        return DocumentFolder(self.settings.output)

    def _attempt(self, document: BatchedDocument, task: _Task) -> Attempt:
        """The document of ``task``, which is not made yet, or what there is in its place."""
        post, settings = task.planned_post.post, self.settings
        pictures = pictures_of(post)
        inputs = inputs_for(post, self._common(post, task.key), pictures)
        kept_attempt = self._leave_alone(document, task.path, inputs.digest) if task.file_state else None
        if kept_attempt and kept_attempt.document.outcome is BatchOutcome.UNCHANGED:
            kept_attempt = kept_attempt._replace(
                document=self._with_notes(kept_attempt.document, task, pictures, inputs)
            )
            if not settings.annotate or settings.dry_run:
                return kept_attempt
            # Its copy may be missing, or from before the document was made anew.
            return self._annotate(kept_attempt, post, content_of(task.path), kept_attempt.document.notes)
        if task.file_state and (elsewhere := self._elsewhere(document, task)):
            return self._attempt(*elsewhere)
        return kept_attempt or self._make_anew(document, task, pictures, inputs)

    def _elsewhere(self, document: BatchedDocument, task: _Task) -> tuple[BatchedDocument, _Task] | None:
        """``document`` and ``task`` in another place, since what is in theirs is of another post; nothing where it is
        not."""
        template, is_mended = self.settings.templates[task.template].name, self.settings.is_mended
        path = place_beside(self._output_folder, task.path, task.planned_post.post, template, is_mended=is_mended)
        if path is None:
            return None
        what = f"is of a post with another reference, so it stays, and that of {document.row} is called '{path.name}'"
        problem = Problem(str(task.path), what, "move it away if there is no such post any more")
        problems = () if is_mended else (problem,)  # that others are there goes without saying
        return replace(document, path=str(path), problems=problems), task._replace(path=path, file_state=state_of(path))

    def _make_anew(self, document: BatchedDocument, task: _Task, pictures: Pictures, inputs: Inputs) -> Attempt:
        """The document of ``task`` in the place of what is there, which nobody has worked on, if anything is."""
        post, settings = task.planned_post.post, self.settings
        sources = self._sources_of(post, task.key, settings.verify or task.planned_post.number < VERIFIED)
        document_id = replaced_id(task.path, post, sources.template.name) if task.file_state else None
        word_document = make_document(post, sources, pictures, inputs, document_id)
        document = replace(document, notes=self._notes(word_document, sources, task.planned_post))
        if settings.dry_run:
            return Attempt(replace(document, outcome=BatchOutcome.PLANNED))
        if settings.archive is None and (kept_attempt := self._save(word_document, task, document, inputs.digest)):
            return kept_attempt
        attempt = self._attempt_at(replace(document, outcome=BatchOutcome.WRITTEN), word_document, inputs.digest)
        return self._annotate(attempt, post, word_document.content, document.notes) if settings.annotate else attempt

    def _save(self, word_document: Document, task: _Task, document: BatchedDocument, inputs: str) -> Attempt | None:
        """Save what was made; or what is said of a file that has come to stand there meanwhile, or that somebody has
        saved since it was looked at: it is looked at as one that was there before."""
        try:
            # Where this worker has written before, there is a folder, unless somebody took it away.
            save(word_document.content, task.path, overwrite=task.file_state, durable=False, prepared=self._has_saved)
        except (FileIsThereError, ChangedMeanwhileError):
            file_state = state_of(task.path)
            if kept_attempt := self._leave_alone(document, task.path, inputs):
                return kept_attempt
            save(word_document.content, task.path, overwrite=file_state, durable=False, prepared=self._has_saved)
        self._has_saved = True
        return None

    def _attempt_at(self, document: BatchedDocument, word_document: Document, inputs: str) -> Attempt:
        """What was made, for who keeps its record or puts it into the archive."""
        copy = copy_in(word_document.content, word_document.document_id)
        if self.settings.archive:
            return Attempt(document, word_document.content, copy)
        return Attempt(document, copy=copy, file_digest=file_digest(word_document.content, inputs) if copy else b"")

    def _with_notes(
        self, document: BatchedDocument, task: _Task, pictures: Pictures, inputs: Inputs
    ) -> BatchedDocument:
        """``document``, which is there unchanged, with its notes: its report takes the place of the one that told them
        first. They follow from the same inputs as the document, so a draft has them, and nothing has to be printed."""
        post = task.planned_post.post
        sources = self._sources_of(post, task.key, verify=False)
        if task.planned_post.number == 0:  # of which more is told
            return replace(
                document, notes=self._notes(make_document(post, sources, pictures, inputs), sources, task.planned_post)
            )
        return replace(document, notes=sources.draft(post, pictures).notes)

    def _notes(
        self, word_document: Document, sources: DocumentSources, planned_post: PlannedPost
    ) -> tuple[ReviewNote, ...]:
        """The notes of the draft; and of the first document what share of it its general statements are: to look into
        each would take longer than to make it, and others with the same statements are much like it."""
        notes = word_document.job_description.notes
        share = (
            statement_share(word_document, sources.template, self.settings.share_limit)
            if planned_post.number == 0
            else None
        )
        return (*notes, share.note) if share else notes

    def _annotate(self, attempt: Attempt, post: Post, content: bytes, notes: Iterable[ReviewNote]) -> Attempt:
        """``attempt`` with the annotated copy of its document, whose ``content`` is at hand: written beside it, unless
        somebody has worked on the one that is there."""
        from jdgen.document.annotating import (  # noqa: PLC0415  # lxml is slow to import, and few want copies
            annotated_draft,
        )

        document = attempt.document
        place = annotated_name(Path(document.path))
        copy = annotated_draft(content, document.path, map(for_a_sheet, notes), self._subjects(post))
        document = replace(document, annotated=str(place))
        if self.settings.archive:
            return attempt._replace(document=document, annotated=copy)
        if holds(place, copy):
            return attempt._replace(document=document)
        condition = self._other_files.condition(place)
        permissions = Permissions(overwrite=True, discard_edits=self.settings.permissions.discard_edits)
        if problem := refusal(place, condition, permissions):
            return attempt._replace(document=replace(document, problems=(problem,)))
        save(copy, place, overwrite=condition is not Condition.ABSENT, durable=False)
        self._other_files.note(copy)
        return attempt._replace(document=document)

    def _subjects(self, post: Post) -> Subjects:
        """What notes are about, in words."""
        library = self.libraries.of(post)
        key = id(library)  # the libraries are kept as long as this worker
        if key not in self._subjects_by_library:
            self._subjects_by_library[key] = load_subjects(self.workspace, [library])
        return self._subjects_by_library[key]

    @functools.cached_property
    def _other_files(self) -> OwnFiles:
        """The files that jdgen wrote and that are no documents, as annotated copies are."""
        return OwnFiles(self.workspace)

    def _leave_alone(self, document: BatchedDocument, path: Path, inputs: str) -> Attempt | None:
        """What is said of the file at ``path`` where it stays as it is: made of the same inputs, or touched by somebody
        since."""
        try:
            content = content_of(path)
        except JdgenError:
            content, digest = b"", b""
        else:
            digest = file_digest(content, inputs)
            if self.known_documents.have(digest):
                return Attempt(replace(document, outcome=BatchOutcome.UNCHANGED))
        first_look = glance(content)
        is_same = first_look.inputs == inputs
        # What is to be replaced is looked at more closely.
        condition = Condition.UNTOUCHED if is_same and first_look.is_untouched else condition_of_document(path)
        if condition is Condition.UNTOUCHED:
            # Noted, so that the next run knows it at once.
            unchanged = replace(document, outcome=BatchOutcome.UNCHANGED)
            return Attempt(unchanged, file_digest=digest) if is_same else None
        problem = refusal(path, condition, self.settings.permissions, DOCUMENT)
        if problem is None:
            return None
        if condition is not Condition.FOLDER:
            problem = Problem(str(path), _explain_left_alone(condition, is_same), ways_out(DOCUMENT, condition))
        return Attempt(replace(document, outcome=BatchOutcome.LEFT_ALONE, problems=(problem,), notes=()))

    def _common(self, post: Post, key: _Key) -> str:
        if key not in self._commons:
            dated = self.settings.drafted if self.settings.dated else None
            self._commons[key] = common_digest(self._library(post, key[-1]), self.templates.digests[key[-1]], dated)
        return self._commons[key]

    def _library(self, post: Post, index: int) -> Library:
        """The library for ``post`` in the wording of the template with this number, or the one that the user chose."""
        user_choice = self.settings.verbatim
        verbatim = self.templates.verbatim[index] if user_choice is None else user_choice
        return self.libraries.verbatim_of(post) if verbatim else self.libraries.of(post)

    def _sources_of(self, post: Post, key: _Key, verify: bool) -> DocumentSources:
        if (key, verify) not in self._sources:
            self._sources[key, verify] = DocumentSources(
                library=self._library(post, key[-1]),
                template=self.templates.compiled[key[-1]],
                drafted=self.settings.drafted,
                dated=self.settings.dated,
                verify=verify,
                deflate=fastest_deflate(),
                recorded=self.settings.recorded,
                many=True,
                own_headings=self.settings.own_headings,
            )
        return self._sources[key, verify]


def unmade_document(planned_post: PlannedPost, template: Path, path: Path, *problems: Problem) -> BatchedDocument:
    """The document of ``planned_post`` in ``template`` while it is not made, or where ``problems`` keep it from
    that."""
    return BatchedDocument(
        row=planned_post.label,
        title=planned_post.post.title,
        band=str(planned_post.post.band),
        level=planned_post.level,
        template=template.stem,
        path=str(path),
        outcome=BatchOutcome.FAILED,
        seconds=0.0,
        problems=problems,
    )


def open_worker(workspace: Workspace, settings: BatchSettings) -> Worker:
    """A worker with its templates read. Raises :class:`JdgenError` for templates that cannot be."""
    templates = read_templates(settings.templates)
    return Worker(workspace, settings, Libraries(workspace), templates, WrittenDocuments(workspace))


def _explain_left_alone(condition: Condition, is_same: bool) -> str:
    if condition is Condition.UNREADABLE:
        return f"cannot be looked at: it is {condition}"
    what = "would be as it was drafted" if is_same else "would change"
    return f"{what}, but the file there is {condition}"
