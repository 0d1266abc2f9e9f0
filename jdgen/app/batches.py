"""Many posts, and the documents of all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from jdgen.batch.batch import TO_MEND, make_batch
from jdgen.batch.model import BatchedDocument, BatchOutcome, BatchResult, BatchSettings, Listener
from jdgen.configuration import load_common_entries, load_configuration
from jdgen.drafting.loading import display_path, load_placeholders
from jdgen.errors import JdgenError
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
    # lxml is slow to import, and few want PDF.
    from jdgen.app.publications import BatchPrinting  # noqa: PLC0415

    printing = BatchPrinting(listener or Listener(), settings)
    result = make_batch(opener, workspace, settings, keep_going=keep_going, listener=printing, source=posts)
    if settings.dry_run:
        return result
    return replace(result, problems=(*result.problems, *printing.problems(workspace)))
