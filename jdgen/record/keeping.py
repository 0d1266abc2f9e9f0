"""Keeping copies of records while documents are made, some hundred at a time; and knowing a file again by its bytes.

What goes wrong here never stops a document: it is told once, in a line.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jdgen.errors import JdgenError, Problem
from jdgen.harmless import harmless
from jdgen.record.database import FILE, RecordDatabase
from jdgen.record.untouched import RecordCopy, copy_at
from jdgen.workspace import Workspace

#: Copies that are written at once: each time the disk is waited for.
_TOGETHER = 128


class Keeper:
    """Keeps copies of the records that a run writes. ``problem`` says what keeps it from that, if anything does.

    ``output`` is where a run makes so many documents that it may well be killed meanwhile. That it came to its
    :meth:`end` is noted; where it did not, the next run looks for what is missing.
    """

    def __init__(self, path: Path, output: Path | None = None) -> None:
        self._path = path
        self._output = harmless(str(output.absolute())) if output else ""
        self._database: RecordDatabase | None = None
        self._waiting: list[RecordCopy] = []
        self._file_digests: list[bytes] = []
        self._misses_some = False
        self.problem: Problem | None = None

    def keep(self, copy: RecordCopy | None, file_digest: bytes = b"") -> None:
        """Keep ``copy``, now or with those that follow; a document that was made without a record has none.
        ``file_digest`` is the :func:`~jdgen.record.digests.file_digest` of its file, where a later run is to know that
        again."""
        if not (copy or file_digest) or not self._is_ready():
            return
        self._waiting += [copy] if copy else []
        self._file_digests += [file_digest] if file_digest else []
        if max(len(self._waiting), len(self._file_digests)) >= _TOGETHER:
            self._write()

    def keep_missed(self, path: Path) -> None:
        """Keep the record of a document that was there before, where an earlier run may not have come to keeping it."""
        if not self._is_ready() or not self._misses_some:
            return
        copy = copy_at(path)
        with self._noting_problem():
            if copy and self._database and not self._database.has(copy):
                self.keep(copy)

    def end(self) -> None:
        """Say that all documents of the run are made."""
        self._write()
        with self._noting_problem():
            if self._database and self._output and self.problem is None:
                self._database.end(self._output)

    def close(self) -> None:
        """Write what is waiting, and let go of the file."""
        self._write()
        if self._database:
            self._database.close()

    def _is_ready(self) -> bool:
        """Whether copies can be kept; the file is opened when it is first asked for."""
        if self._database is None and self.problem is None:
            with self._noting_problem():
                self._database = RecordDatabase.to_write(self._path)
                if self._output:
                    self._misses_some = not self._database.begin(self._output)
        return self.problem is None

    def _write(self) -> None:
        copies, self._waiting = self._waiting, []
        file_digests, self._file_digests = self._file_digests, []
        with self._noting_problem():
            if (copies or file_digests) and self._database and self.problem is None:
                self._database.add(copies, file_digests)

    @contextmanager
    def _noting_problem(self) -> Iterator[None]:
        try:
            yield
        except JdgenError as error:
            first = error.problems[0]
            right = f"{first.right}; documents are made all the same, with their records inside"
            self.problem = self.problem or Problem(first.where, first.what, right)


@contextmanager
def keeping(workspace: Workspace, output: Path | None = None) -> Iterator[Keeper]:
    """A keeper for ``workspace``, which writes what is waiting at the end, however the block ends."""
    keeper = Keeper(workspace.root / FILE, output)
    try:
        yield keeper
    finally:
        keeper.close()


class WrittenDocuments:
    """The documents that earlier runs wrote, by their bytes: one that is as it was written is known unopened.

    A document that is not known here may still be as it was written: by a run that could not note it, or elsewhere.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._path = workspace.root / FILE

    @functools.cached_property
    def _database(self) -> RecordDatabase | None:
        with suppress(JdgenError):
            return RecordDatabase.to_read(self._path)
        return None

    def close(self) -> None:
        """Let go of the file."""
        if database := vars(self).pop("_database", None):
            database.close()

    def have(self, file_digest: bytes) -> bool:
        """Whether a file with this :func:`~jdgen.record.digests.file_digest` was written."""
        try:
            return self._database is not None and self._database.has_written(file_digest)
        except JdgenError:  # damaged, or held by another run for long; what may be known is asked for no more
            self._database = None
            return False
