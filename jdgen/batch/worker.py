"""Making the documents of a few posts: what one process of a batch does, and all that it keeps between posts."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from jdgen.batch.libraries import Libraries
from jdgen.batch.model import BatchedDocument, Outcome
from jdgen.batch.settings import VERIFIED, BatchSettings, document_path
from jdgen.batch.spool import PlannedPost
from jdgen.batch.templates import TemplateError, Templates, read_templates
from jdgen.documents import Making, common_digest, inputs_for, make_document
from jdgen.drafting.library import Library
from jdgen.errors import JdgenError, Problem
from jdgen.pictures import picture_of
from jdgen.post.model import Post
from jdgen.record.copies import RecordCopy, copy_in
from jdgen.record.reading import glance
from jdgen.record.replaced import replaced_id
from jdgen.replacing import DOCUMENT, Allowed, Condition, condition_of_document, refusal, ways_out
from jdgen.saving import NoMoreFilesError, save
from jdgen.word_file.deflating import fastest_deflate
from jdgen.workspace import Workspace

#: What the inputs of a document depend on besides its post: specialism, framework, general statements, template.
_Key = tuple[str, str | None, str, int]


class Made(NamedTuple):
    """A document, its content where it goes into an archive, and the copy of its record where one is to be kept."""

    document: BatchedDocument
    content: bytes | None = None
    copy: RecordCopy | None = None


@dataclass
class Worker:
    """Makes documents one after the other; templates and libraries are read once."""

    workspace: Workspace
    settings: BatchSettings
    libraries: Libraries
    templates: Templates
    _has_written: bool = False
    _commons: dict[_Key, str] = field(default_factory=dict)
    _makings: dict[tuple[_Key, bool], Making] = field(default_factory=dict)

    def make(self, planned: Sequence[PlannedPost]) -> list[Made]:
        """The documents of these posts. Raises :class:`NoMoreFilesError`, and :class:`TemplateError` where a
        template cannot be filled; any other failure is a document's own."""
        return [self._made(post, index) for post in planned for index in range(len(self.settings.templates))]

    def _made(self, planned: PlannedPost, index: int) -> Made:
        started = time.perf_counter()
        template = self.settings.templates[index]
        path = document_path(planned.post, template, self.settings, planned.level)
        document = BatchedDocument(
            row=planned.label,
            title=planned.post.title,
            band=str(planned.post.band),
            level=planned.level,
            template=template.stem,
            path=str(path),
            outcome=Outcome.FAILED,
            seconds=0.0,
        )
        try:
            made = self._attempted(document, planned, index, path)
        except (NoMoreFilesError, TemplateError):
            raise
        except JdgenError as error:
            made = Made(replace(document, problems=error.problems))
        except Exception as error:  # one bad row must not stop the others, whatever it meets
            problem = Problem(
                planned.label, f"could not be made ({type(error).__name__}: {error})", "report this to us"
            )
            made = Made(replace(document, problems=(problem,)))
        return made._replace(document=replace(made.document, seconds=time.perf_counter() - started))

    def _attempted(self, document: BatchedDocument, planned: PlannedPost, index: int, path: Path) -> Made:
        post, settings = planned.post, self.settings
        key = (post.specialism.casefold(), post.framework, post.clauses, index)
        picture = picture_of(post)
        inputs = inputs_for(post, self._common(post, key), picture)
        if settings.archive is None and (kept := _left_alone(path, inputs.digest, settings.allowed)):
            outcome, problems = kept
            return Made(replace(document, outcome=outcome, problems=problems))
        making = self._making(post, key, settings.verify or planned.number < VERIFIED)
        document_id = None if settings.archive else replaced_id(path, post, making.template.name)
        made = make_document(post, making, picture, inputs, document_id)
        document = replace(document, notes=made.job_description.notes)
        if settings.dry_run:
            return Made(replace(document, outcome=Outcome.PLANNED))
        if settings.archive is None:
            # Where this worker has written before, there is a folder, unless somebody took it away.
            save(made.content, path, overwrite=True, durable=False, prepared=self._has_written)
            self._has_written = True
        content = made.content if settings.archive else None
        return Made(replace(document, outcome=Outcome.WRITTEN), content, copy_in(made.content, made.document_id))

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

    def _making(self, post: Post, key: _Key, verify: bool) -> Making:
        if (key, verify) not in self._makings:
            self._makings[key, verify] = Making(
                library=self._library(post, key[-1]),
                template=self.templates.opened[key[-1]],
                drafted=self.settings.drafted,
                dated=self.settings.dated,
                verify=verify,
                deflate=fastest_deflate(),
                recorded=self.settings.recorded,
            )
        return self._makings[key, verify]


def worker(workspace: Workspace, settings: BatchSettings) -> Worker:
    """A worker with its templates read. Raises :class:`JdgenError` for templates that cannot be."""
    return Worker(workspace, settings, Libraries(workspace), read_templates(settings.templates))


def _left_alone(path: Path, inputs: str, allowed: Allowed) -> tuple[Outcome, tuple[Problem, ...]] | None:
    """Whether the file at ``path`` stays as it is: made of the same inputs, or touched by somebody since."""
    if not path.exists():
        return None
    seen = glance(path)
    is_same = seen.inputs == inputs
    # What is to be replaced is looked at more closely.
    condition = Condition.UNTOUCHED if is_same and seen.is_untouched else condition_of_document(path)
    if condition is Condition.UNTOUCHED:
        return (Outcome.UNCHANGED, ()) if is_same else None
    if refusal(path, condition, allowed, DOCUMENT) is None:
        return None
    return Outcome.KEPT, (Problem(str(path), _said(condition, is_same), ways_out(DOCUMENT)),)


def _said(condition: Condition, is_same: bool) -> str:
    if condition in (Condition.UNREADABLE, Condition.FOLDER):
        return f"cannot be looked at: it is {condition}"
    what = "would be as it was drafted" if is_same else "would change"
    return f"{what}, but the file there is {condition}"
