"""Making the documents of a few posts: what one process of a batch does, and all that it keeps between posts.

What posts are drafted from is read once for each specialism and set of general statements. Template files are read at
the start, and opened when the first document is made: a batch in which nothing has changed makes none, and does not
wait for it.
"""

from __future__ import annotations

import functools
import gc
import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from jdgen.batch.model import VERIFIED, BatchedDocument, BatchOutcome, BatchSettings, place_of
from jdgen.batch.namesakes import NamedFiles, longer_named
from jdgen.batch.spool import PlannedPost
from jdgen.document.making import Document, DocumentSources, common_digest, inputs_for, make_document
from jdgen.document.names import annotated_name
from jdgen.document.replacing import (
    DOCUMENT,
    Allowed,
    Condition,
    Written,
    condition_of_document,
    holds,
    refusal,
    ways_out,
)
from jdgen.document.statement_share import statement_share
from jdgen.drafting.library import Library
from jdgen.drafting.loading import at_post, load_library, load_subjects, pictures_of
from jdgen.drafting.review import Subjects
from jdgen.drafting.review_notes import ReviewNote
from jdgen.errors import JdgenError, Problem, TemplateRefusedError
from jdgen.files import NoMoreFilesError, content_of, save
from jdgen.post.model import Post
from jdgen.record.digests import file_digest
from jdgen.record.keeping import WrittenDocuments
from jdgen.record.untouched import RecordCopy, copy_in, glance, replaced_id
from jdgen.template.compiled import CompiledTemplate
from jdgen.template.properties import is_verbatim
from jdgen.template.vetting import open_vetted, vet
from jdgen.word.writing import fastest_deflate
from jdgen.workspace import Workspace, display_path


@dataclass
class Libraries:
    """What posts are drafted from, read once for each specialism and set of general statements."""

    workspace: Workspace
    _read: dict[tuple[str, str | None, str], Library | JdgenError] = field(default_factory=dict)
    _verbatim: dict[Library, Library] = field(default_factory=dict)

    def of(self, post: Post) -> Library:
        """The library for ``post``. Raises :class:`JdgenError` at the place where the post names what is not there."""
        key = (post.specialism.casefold(), post.framework, post.clauses)
        if key not in self._read:
            self._read[key] = self._load(post)
        found = self._read[key]
        if isinstance(found, JdgenError):
            raise JdgenError(at_post(found.problems, post))
        return found

    def verbatim_of(self, post: Post) -> Library:
        """The same with the framework's wording left as published."""
        library = self.of(post)
        if library not in self._verbatim:
            self._verbatim[library] = library.verbatim()
        return self._verbatim[library]

    def _load(self, post: Post) -> Library | JdgenError:
        try:
            return load_library(self.workspace, post.specialism, post.framework, post.clauses)
        except JdgenError as error:
            return error


_Found = TypeVar("_Found")


class TemplateError(TemplateRefusedError):
    """A template cannot be filled: no document of the batch can be made with it."""


@dataclass(frozen=True)
class Templates:
    """Template files: what messages call each, its content, and the SHA-256 of that."""

    names: tuple[str, ...]
    contents: tuple[bytes, ...]

    @functools.cached_property
    def digests(self) -> tuple[str, ...]:
        """The digest of each file."""
        return tuple(hashlib.sha256(content).hexdigest() for content in self.contents)

    @functools.cached_property
    def verbatim(self) -> tuple[bool, ...]:
        """Whether each template asks for the framework's wording as published."""
        return tuple(map(is_verbatim, self.contents))

    def vet(self) -> None:
        """Raise :class:`TemplateError` for templates that are not safe to open; those known to be cost nothing."""
        self._each(vet)

    @functools.cached_property
    def opened(self) -> tuple[CompiledTemplate, ...]:
        """The templates. Raises :class:`TemplateError` with every problem of those that cannot be filled."""
        opened = self._each(open_vetted)
        # What lasts as long as the batch need not be looked through for garbage, time and again.
        gc.freeze()
        return opened

    def _each(self, look: Callable[[bytes, str], _Found]) -> tuple[_Found, ...]:
        """What ``look`` gives for each template, or the problems of all."""
        found: list[_Found] = []
        problems: list[Problem] = []
        refused: list[str] = []
        for name, content in zip(self.names, self.contents, strict=True):
            try:
                found.append(look(content, name))
            except JdgenError as error:
                problems += error.problems
                refused.append(name)
        if problems:
            raise TemplateError(problems, tuple(refused))
        return tuple(found)


def read_templates(paths: Iterable[Path]) -> Templates:
    """The template files at ``paths``. Raises :class:`JdgenError` for files that cannot be read."""
    contents: dict[Path, bytes] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            contents[path] = content_of(path, "the template")
        except JdgenError as error:
            problems += error.problems
    if problems:
        raise JdgenError(problems)
    return Templates(tuple(map(display_path, contents)), tuple(contents.values()))


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

    def _make_one(self, planned: PlannedPost, index: int) -> Attempt:
        started = time.perf_counter()
        template = self.settings.templates[index]
        path, is_there = self._place(planned, index)
        document = not_made(planned, template, path)
        try:
            made = self._attempt(document, planned, index, path, is_there)
        except (NoMoreFilesError, TemplateError):
            raise
        except JdgenError as error:
            made = Attempt(replace(document, problems=error.problems))
        except Exception as error:  # one bad row must not stop the others, whatever it meets
            problem = Problem(
                planned.label, f"could not be made ({type(error).__name__}: {error})", "report this to us"
            )
            made = Attempt(replace(document, problems=(problem,)))
        return made._replace(document=replace(made.document, seconds=time.perf_counter() - started))

    def _place(self, planned: PlannedPost, index: int) -> tuple[Path, bool]:
        """Where the document goes, and whether there is one: under the name that it has already, where that says more
        than the pattern does."""
        path = place_of(planned.names[index], self.settings)
        if self.settings.archive is not None:
            return path, False
        is_there = path.exists()
        if is_there or planned.is_told_apart:
            return path, is_there
        found = longer_named(self._there, path, planned.post, self.settings.templates[index].name)
        return found or path, found is not None

    @functools.cached_property
    def _there(self) -> NamedFiles:
        """What lies where documents go."""
        return NamedFiles(self.settings.output)

    def _attempt(
        self, document: BatchedDocument, planned: PlannedPost, index: int, path: Path, is_there: bool
    ) -> Attempt:
        post, settings = planned.post, self.settings
        key = (post.specialism.casefold(), post.framework, post.clauses, index)
        pictures = pictures_of(post)
        inputs = inputs_for(post, self._common(post, key), pictures)
        if is_there and (kept := self._left_alone(document, path, inputs.digest)):
            if not settings.annotate or settings.dry_run or kept.document.outcome is not BatchOutcome.UNCHANGED:
                return kept
            # Its copy may be missing, or from before the document was made anew.
            sources = self._sources_of(post, key, verify=False)
            made = make_document(post, sources, pictures, inputs)
            return self._annotated(kept, post, content_of(path), self._notes(made, sources, planned))
        sources = self._sources_of(post, key, settings.verify or planned.number < VERIFIED)
        document_id = replaced_id(path, post, sources.template.name) if is_there else None
        made = make_document(post, sources, pictures, inputs, document_id)
        notes = self._notes(made, sources, planned)
        if settings.dry_run:
            return Attempt(replace(document, notes=notes, outcome=BatchOutcome.PLANNED))
        if settings.archive is None:
            # Where this worker has written before, there is a folder, unless somebody took it away.
            save(made.content, path, overwrite=True, durable=False, prepared=self._has_saved)
            self._has_saved = True
        document = replace(document, notes=notes, outcome=BatchOutcome.WRITTEN)
        copy = copy_in(made.content, made.document_id)
        if settings.archive:
            attempt = Attempt(document, made.content, copy)
        else:
            digest = file_digest(made.content, inputs.digest) if copy else b""
            attempt = Attempt(document, copy=copy, file_digest=digest)
        if settings.annotate:
            return self._annotated(attempt, post, made.content, notes)
        return attempt

    def _notes(self, made: Document, sources: DocumentSources, planned: PlannedPost) -> tuple[ReviewNote, ...]:
        """The notes of the draft; and of the first document what share of it its general statements are: to look into
        each would take longer than to make it, and others with the same statements are much like it."""
        notes = made.job_description.notes
        share = statement_share(made, sources.template, self.settings.share_limit) if planned.number == 0 else None
        return (*notes, share.note) if share else notes

    def _annotated(self, attempt: Attempt, post: Post, content: bytes, notes: Iterable[ReviewNote]) -> Attempt:
        """``attempt`` with the annotated copy of its document, whose ``content`` is at hand: written beside it, unless
        somebody has worked on the one that is there."""
        from jdgen.document.annotating import (  # noqa: PLC0415  # lxml is slow to import, and few want copies
            annotated_draft,
        )

        document = attempt.document
        place = annotated_name(Path(document.path))
        copy = annotated_draft(content, document.path, notes, self._subjects(post))
        document = replace(document, annotated=str(place))
        if self.settings.archive:
            return attempt._replace(document=document, annotated=copy)
        if holds(place, copy):
            return attempt._replace(document=document)
        condition = self._other_files.condition(place)
        allowed = Allowed(overwrite=True, discard_edits=self.settings.allowed.discard_edits)
        if refused := refusal(place, condition, allowed):
            return attempt._replace(document=replace(document, problems=(refused,)))
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
    def _other_files(self) -> Written:
        """The files that jdgen wrote and that are no documents, as annotated copies are."""
        return Written(self.workspace)

    def _left_alone(self, document: BatchedDocument, path: Path, inputs: str) -> Attempt | None:
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
        seen = glance(content)
        is_same = seen.inputs == inputs
        # What is to be replaced is looked at more closely.
        condition = Condition.UNTOUCHED if is_same and seen.is_untouched else condition_of_document(path)
        if condition is Condition.UNTOUCHED:
            # Noted, so that the next run knows it at once.
            unchanged = replace(document, outcome=BatchOutcome.UNCHANGED)
            return Attempt(unchanged, file_digest=digest) if is_same else None
        if refusal(path, condition, self.settings.allowed, DOCUMENT) is None:
            return None
        problem = Problem(str(path), _explain_left_alone(condition, is_same), ways_out(DOCUMENT))
        return Attempt(replace(document, outcome=BatchOutcome.LEFT_ALONE, problems=(problem,)))

    def _common(self, post: Post, key: _Key) -> str:
        if key not in self._commons:
            dated = self.settings.drafted if self.settings.dated else None
            self._commons[key] = common_digest(self._library(post, key[-1]), self.templates.digests[key[-1]], dated)
        return self._commons[key]

    def _library(self, post: Post, index: int) -> Library:
        """The library for ``post`` in the wording of the template with this number, or the one that the user chose."""
        chosen = self.settings.verbatim
        verbatim = self.templates.verbatim[index] if chosen is None else chosen
        return self.libraries.verbatim_of(post) if verbatim else self.libraries.of(post)

    def _sources_of(self, post: Post, key: _Key, verify: bool) -> DocumentSources:
        if (key, verify) not in self._sources:
            self._sources[key, verify] = DocumentSources(
                library=self._library(post, key[-1]),
                template=self.templates.opened[key[-1]],
                drafted=self.settings.drafted,
                dated=self.settings.dated,
                verify=verify,
                deflate=fastest_deflate(),
                recorded=self.settings.recorded,
                many=True,
                own=self.settings.own,
            )
        return self._sources[key, verify]


def not_made(planned: PlannedPost, template: Path, path: Path, *problems: Problem) -> BatchedDocument:
    """The document of ``planned`` in ``template`` while it is not made, or where ``problems`` keep it from that."""
    return BatchedDocument(
        row=planned.label,
        title=planned.post.title,
        band=str(planned.post.band),
        level=planned.level,
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
    if condition in (Condition.UNREADABLE, Condition.FOLDER):
        return f"cannot be looked at: it is {condition}"
    what = "would be as it was drafted" if is_same else "would change"
    return f"{what}, but the file there is {condition}"
