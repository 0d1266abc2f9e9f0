"""The report of a batch that a person opens: ``report.html`` and ``report.xlsx`` in its output folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from jdgen.batch.model import BatchedDocument, BatchSummary, Outcome
from jdgen.batch.reporting.note_counts import NoteCounts
from jdgen.batch.reporting.page import ReportPage
from jdgen.batch.reporting.printable import link
from jdgen.batch.reporting.workbook import ReportWorkbook
from jdgen.errors import JdgenError, Problem
from jdgen.saving import whole_file

PAGE = "report.html"
WORKBOOK = "report.xlsx"
_ON_DISK = frozenset({Outcome.WRITTEN, Outcome.UNCHANGED, Outcome.KEPT})


class BatchReport:
    """Takes documents one by one, in memory that does not grow with them; both files get their names at the end.

    A document's ``path`` is in ``folder``, or relative to it. ``made`` says when and from what the batch was made, in
    the caller's words: the report reads no clock, so the same documents give the same bytes. ``linked`` is false when
    the documents are in an archive, where no link finds them. Without :meth:`finish` nothing is left behind.

    Every method raises :class:`JdgenError` when the folder cannot be written.
    """

    def __init__(self, folder: Path, title: str = "Batch report", made: str = "", linked: bool = True) -> None:
        self._folder = folder
        self._linked = linked
        self._inside = tuple(f"{place}{os.sep}" for place in (folder.absolute(), folder))
        self._notes = NoteCounts()
        with ExitStack() as opened, self._writing():
            folder.mkdir(parents=True, exist_ok=True)
            self._page = ReportPage(folder, title, made)
            opened.callback(self._page.close)
            self._workbook = ReportWorkbook(folder, title, made)
            opened.callback(self._workbook.close)
            self._opened = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opened.close()

    def add(self, document: BatchedDocument) -> None:
        """Add one document, in the order that the report is to have."""
        path = self._relative(document.path)
        target = link(path) if self._linked and document.outcome in _ON_DISK else ""
        with self._writing():
            self._page.add(document, path, target)
            self._workbook.add(document, path, target)
        self._notes.add(document.row, document.notes)

    def finish(self, summary: BatchSummary, place: Callable[[Path], Path] = Path) -> tuple[Path, Path]:
        """Write both files, whole, each at the ``place`` that is said for it, whatever is there; returns their
        paths."""
        paths = place(self._folder / PAGE), place(self._folder / WORKBOOK)
        with (
            whole_file(paths[0], overwrite=True, prepared=True) as page,
            whole_file(paths[1], overwrite=True, prepared=True) as workbook,
        ):
            self._page.write(page, summary, self._notes)
            self._workbook.write(workbook, summary, self._notes)
            page.flush()  # a full disk is found before either file has its name
        return paths

    def _relative(self, path: str) -> str:
        inside = next((place for place in self._inside if path.startswith(place)), "")
        return path.removeprefix(inside).replace(os.sep, "/")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            what = f"the report cannot be written ({error.strerror or error})"
            right = "choose a folder that you can write to, on a disk with room"
            raise JdgenError(Problem(str(self._folder), what, right)) from error
