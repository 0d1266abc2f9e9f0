"""Documents that leave the organisation: as PDF, and as final copies for applicants."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from jdgen.batch.model import BatchedDocument, BatchOutcome, BatchSettings, Listener
from jdgen.document.annotating import copy_problem
from jdgen.document.own_files import OwnFiles, write
from jdgen.document.replacing import Permissions, refusal
from jdgen.drafting.added_files import load_prompts
from jdgen.drafting.loading import load_placeholders
from jdgen.errors import JdgenError, Problem, refuse
from jdgen.files import content_of
from jdgen.publishing.final_copy import final_copy, name_problem, size_problem
from jdgen.publishing.libreoffice import Failure, find_office, print_each
from jdgen.revision.folders import WordFile, word_files
from jdgen.revision.many_documents import files_of
from jdgen.revision.redline.settling import pending
from jdgen.word.opening import open_document
from jdgen.workspace import Workspace

__all__ = ["BatchPrinting", "PublishedDocument", "pdf_of", "print_documents", "publish"]

_IN_WORD = "open it in Word, and save it as PDF there"
_PDF, _WORD = ".pdf", ".docx"


@dataclass(frozen=True)
class PublishedDocument:
    """What became of one document: its ``files`` that were written, what was ``left_out`` of them, ``warnings``, and
    the ``problems`` for which nothing was written."""

    source: Path
    files: tuple[Path, ...] = ()
    left_out: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()


#: Is told of each document as it is done.
_Hear = Callable[[PublishedDocument], None]


class _PreparedDocument(NamedTuple):
    """A document that is ready to be printed, and what is to be said of it."""

    content: bytes
    left_out: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()


def print_documents(
    places: Sequence[Path], output: Path | None, workspace: Workspace, permissions: Permissions, hear: _Hear
) -> tuple[PublishedDocument, ...]:
    """Print the documents in ``places``, files and folders, as accessible PDF: beside each, or into the folder
    ``output``.

    Raises :class:`JdgenError` where LibreOffice is not here, and for places that are not there.
    """
    files = word_files(places) if output is None else files_of(places, output)
    places_of = {file.path: file.path if output is None else output / file.relative for file in files}
    targets = {path: (place.with_suffix(_PDF),) for path, place in places_of.items()}
    publisher = _Publisher(targets, workspace, permissions, find_office(), _any_content)
    return publisher.all_of(files, _as_it_is, hear)


def publish(
    places: Sequence[Path],
    output: Path,
    workspace: Workspace,
    permissions: Permissions,
    hear: _Hear,
    *,
    with_pdf: bool = True,
) -> tuple[PublishedDocument, ...]:
    """Write the final copies of the documents in ``places``, files and folders, into the folder ``output``: as Word
    files, and as PDF too unless that is not wanted. Of a document that is not final nothing is written.

    Raises :class:`JdgenError` as :func:`print_documents` does.
    """
    files = files_of(places, output)
    kinds = (_WORD, _PDF) if with_pdf else (_WORD,)
    targets = {file.path: tuple((output / file.relative).with_suffix(kind) for kind in kinds) for file in files}
    publisher = _Publisher(targets, workspace, permissions, find_office() if with_pdf else None, size_problem)
    placeholders, meanwhile = load_placeholders(workspace), load_prompts(workspace).meanwhile.values()

    def final(content: bytes, name: str) -> _PreparedDocument:
        refuse([name_problem(Path(name).name, name)])
        return _PreparedDocument(*final_copy(content, name, placeholders, meanwhile))

    return publisher.all_of(files, final, hear)


def pdf_of(content: bytes, path: Path) -> bytes:
    """The document ``content``, which is to be at ``path``, as accessible PDF. Raises :class:`JdgenError` where there
    is none."""
    [(_, pdf)] = print_each([(path, content)], find_office())
    if isinstance(pdf, Failure):
        raise JdgenError(_print_problem(path, pdf))
    return pdf


def _as_it_is(content: bytes, name: str) -> _PreparedDocument:
    """A document as anybody would print it."""
    count = pending(open_document(content, name).stories)
    what = "has tracked changes, which are printed as such"
    right = "settle them in Word first, if it is to be read without"
    return _PreparedDocument(content, warnings=(Problem(name, what, right),) if count else ())


def _any_content(_content: bytes, _name: str) -> None:
    """Nothing keeps a PDF from being written: only files for NHS Jobs have a limit of size."""


@dataclass(frozen=True)
class _Publisher:
    """Writes what is published of documents. ``targets`` are the files that are to be written for each document;
    ``office`` prints, where PDF is wanted, and ``problem_of`` says what keeps a content from being written under a
    name."""

    targets: Mapping[Path, tuple[Path, ...]]
    workspace: Workspace
    permissions: Permissions
    office: str | None
    problem_of: Callable[[bytes, str], Problem | None]

    def all_of(
        self, files: Sequence[WordFile], prepare: Callable[[bytes, str], _PreparedDocument], hear: _Hear
    ) -> tuple[PublishedDocument, ...]:
        """Every document of ``files``, made ready by ``prepare`` from its content and its name."""
        documents: list[PublishedDocument] = []
        for document in self._each(files, prepare):
            documents.append(document)
            hear(document)
        return tuple(documents)

    def _each(
        self, files: Sequence[WordFile], prepare: Callable[[bytes, str], _PreparedDocument]
    ) -> Iterator[PublishedDocument]:
        prepared: dict[Path, _PreparedDocument] = {}
        refusals: list[PublishedDocument] = []

        def contents() -> Iterator[tuple[Path, bytes]]:
            own_files = OwnFiles(self.workspace)
            for file in files:
                try:
                    prepared[file.path] = self._prepare(file, prepare, own_files)
                except JdgenError as error:
                    refusals.append(PublishedDocument(file.path, problems=error.problems))
                else:
                    yield file.path, prepared[file.path].content

        pdfs = print_each(contents(), self.office) if self.office else ((path, b"") for path, _ in contents())
        for path, pdf in pdfs:
            yield self._save(path, prepared.pop(path), pdf)
        yield from refusals

    def _prepare(
        self, file: WordFile, prepare: Callable[[bytes, str], _PreparedDocument], own_files: OwnFiles
    ) -> _PreparedDocument:
        """A document that may be written, made ready. Raises :class:`JdgenError` for another."""
        refuse([file.problem, None if file.is_named else copy_problem(file.path)])
        refuse(refusal(path, own_files.condition(path), self.permissions) for path in self.targets[file.path])
        return prepare(content_of(file.path), str(file.path))

    def _save(self, path: Path, prepared: _PreparedDocument, pdf: bytes | Failure) -> PublishedDocument:
        """What became of a document that was printed, if it was to be."""
        if isinstance(pdf, Failure):
            return PublishedDocument(path, problems=(_print_problem(path, pdf),))
        contents = {_WORD: prepared.content, _PDF: pdf}
        files = [(target, contents[target.suffix]) for target in self.targets[path]]
        try:
            refuse(self.problem_of(content, str(target)) for target, content in files)
            write(files, self.workspace, self.permissions)
        except JdgenError as error:
            return PublishedDocument(path, problems=error.problems)
        return PublishedDocument(path, self.targets[path], prepared.left_out, prepared.warnings)


def _print_problem(path: Path, failure: Failure) -> Problem:
    return Problem(str(path), str(failure), _IN_WORD)


class BatchPrinting(Listener):
    """Hears of the documents of a batch, in place of ``listener`` who is told as well, and has them printed."""

    def __init__(self, listener: Listener, settings: BatchSettings) -> None:
        if settings.archive:
            right = "leave --archive out, or run `jdgen pdf` on the documents when they are unpacked"
            raise JdgenError(Problem("--pdf", "PDF files do not go into the archive", right))
        find_office()
        self._listener = listener
        self._documents: list[Path] = []

    def on_plan(self, documents: int) -> None:
        """Tell ``listener``."""
        self._listener.on_plan(documents)

    def on_document(self, document: BatchedDocument) -> None:
        """Tell ``listener``, and note a document that is to be printed."""
        self._listener.on_document(document)
        path = Path(document.path)
        is_new = document.outcome is BatchOutcome.WRITTEN
        if is_new or (document.outcome is BatchOutcome.UNCHANGED and not path.with_suffix(".pdf").exists()):
            self._documents.append(path)

    def problems(self, workspace: Workspace) -> tuple[Problem, ...]:
        """Print what is to be printed. PDF files are replaced as documents are, where they are as jdgen wrote them."""
        if not self._documents:
            return ()

        def hear(document: PublishedDocument) -> None:
            self._listener.on_pdf(document.source)

        documents = print_documents(self._documents, None, workspace, Permissions(overwrite=True), hear)
        return tuple(problem for document in documents for problem in document.problems)
