"""Many posts, and the documents of all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from jdgen.batch.batch import TO_MEND, make_batch
from jdgen.batch.model import BatchedDocument, BatchOutcome, BatchResult, BatchSettings, Listener
from jdgen.configuration import load_common_entries, load_configuration
from jdgen.document.replacing import Allowed
from jdgen.drafting.loading import display_path, load_placeholders
from jdgen.errors import JdgenError, Problem
from jdgen.post.reading import PostEntries, entries_of_options
from jdgen.sheets.column_map import ColumnMap, read_column_map
from jdgen.sheets.columns import own_columns
from jdgen.sheets.reading import PostStream, open_posts
from jdgen.template.choosing import DEFAULT_TEMPLATE, template_path
from jdgen.workspace import Workspace

__all__ = [
    "TO_MEND",
    "BatchOutcome",
    "BatchResult",
    "BatchSettings",
    "BatchedDocument",
    "Listener",
    "entries_for_all",
    "generate_batch",
    "template_files",
]


def template_files(named: Sequence[str], workspace: Workspace) -> tuple[Path, ...]:
    """The files of the templates that ``named`` means; that of a whole job description where none is named."""
    return tuple(template_path(workspace, name) for name in named or (DEFAULT_TEMPLATE,))


def entries_for_all(given: Mapping[str, str], workspace: Workspace) -> PostEntries | None:
    """Fields that all posts have whose rows lack them, given as options or by the workspace; nothing where none is.

    Raises :class:`JdgenError` with what does not fit.
    """
    placeholders = load_placeholders(workspace)
    entries = entries_of_options(given, {name: f"--{name}" for name in given}, workspace.root, placeholders)
    if common := load_common_entries(workspace, placeholders):
        entries = common.overridden_by(entries)
    if entries.problems:
        raise JdgenError(entries.problems)
    return entries if entries.values else None


def generate_batch(
    posts: Path,
    workspace: Workspace,
    settings: BatchSettings,
    *,
    sheet: str | None = None,
    columns: Path | ColumnMap | None = None,
    keep_going: bool = False,
    listener: Listener | None = None,
    pdf: bool = False,
) -> BatchResult:
    """Make the documents of all posts in the file ``posts``; see :func:`jdgen.batch.batch.make_batch`. ``columns`` is
    the file that says what its headings mean, where they are the organisation's own, or what it would say. With ``pdf``
    each document that is written is printed too, and so is one that is as it was where its PDF is lacking.

    Raises :class:`JdgenError` as that does, and where there is nothing to print with.
    """
    given = settings.given.values if settings.given else ()
    placeholders = load_placeholders(workspace)
    configuration = load_configuration(workspace)
    own = own_columns(configuration.own)
    known = read_column_map(columns, display_path(columns), own) if isinstance(columns, Path) else columns

    def opener() -> PostStream:
        return open_posts(posts, display_path(posts), sheet, given, placeholders, own=own, columns=known)

    settings = replace(settings, own=configuration.own, share_limit=configuration.share_limit)
    if not pdf:
        return make_batch(opener, workspace, settings, keep_going=keep_going, listener=listener, source=posts)
    printing = _Printing(listener or Listener(), settings)
    result = make_batch(opener, workspace, settings, keep_going=keep_going, listener=printing, source=posts)
    if settings.dry_run:
        return result
    return replace(result, problems=(*result.problems, *printing.problems(workspace)))


class _Printing(Listener):
    """Hears of the documents of a batch, in place of ``listener`` who is told as well, and has them printed."""

    def __init__(self, listener: Listener, settings: BatchSettings) -> None:
        from jdgen.app.publications import find_office  # noqa: PLC0415  # lxml is slow to import, and few want PDF

        if settings.archive:
            right = "leave --archive out, or run `jdgen pdf` on the documents when they are unpacked"
            raise JdgenError(Problem("--pdf", "PDF files do not go into the archive", right))
        find_office()
        self._listener = listener
        self._documents: list[Path] = []

    def planned(self, documents: int) -> None:
        self._listener.planned(documents)

    def made(self, document: BatchedDocument) -> None:
        self._listener.made(document)
        path = Path(document.path)
        is_new = document.outcome is BatchOutcome.WRITTEN
        if is_new or (document.outcome is BatchOutcome.UNCHANGED and not path.with_suffix(".pdf").exists()):
            self._documents.append(path)

    def problems(self, workspace: Workspace) -> tuple[Problem, ...]:
        """Print what is to be printed. PDF files are replaced as documents are, where they are as jdgen wrote them."""
        from jdgen.app.publications import PublishedDocument, print_documents  # noqa: PLC0415  # see above

        if not self._documents:
            return ()

        def hear(document: PublishedDocument) -> None:
            self._listener.printed(document.source)

        printed = print_documents(self._documents, None, workspace, Allowed(overwrite=True), hear)
        return tuple(problem for document in printed for problem in document.problems)
