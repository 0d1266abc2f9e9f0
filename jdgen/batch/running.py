"""Running a batch, in this process or in several: looking at rows first, then making documents."""

from __future__ import annotations

import pickle
from collections.abc import Generator, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from jdgen.batch.model import BatchSettings, place_of
from jdgen.batch.plan import CheckedRows, ReadRow, check_rows
from jdgen.batch.spool import PlannedPost, PostChunk
from jdgen.batch.worker import Attempt, Worker, open_worker, unmade_document
from jdgen.errors import Problem
from jdgen.system.processes import Processes, in_chunks
from jdgen.workspace import Workspace

#: Rows or posts that a process is handed at a time.
CHUNK = 32
#: Below so many rows, starting processes takes longer than they save.
WORTH_IT = 200

_worker: Worker | None = None


class _Rows(NamedTuple):
    """Rows as their file has them, and what reads them, pickled."""

    rows: tuple[Any, ...]
    reader: bytes


def look_at_rows(
    rows: Iterator[Any], read_row: ReadRow, worker: Worker, processes: Processes | None
) -> Generator[CheckedRows]:
    """What there is to know of all ``rows``, some at a time, before anything is written."""
    chunks = in_chunks(rows, CHUNK)
    if processes is None:
        for chunk in chunks:
            yield _check_rows(chunk, read_row, worker)
        return
    reader = pickle.dumps(read_row)
    for row_chunk, checked_rows in processes.each(_look_at, (_Rows(chunk, reader) for chunk in chunks)):
        # A process that died over rows may have been short of memory; here they are looked at once more.
        yield checked_rows or _check_rows(row_chunk.rows, read_row, worker)


def make_documents(chunks: Iterator[PostChunk], worker: Worker, processes: Processes | None) -> Generator[Attempt]:
    """The documents of all posts in ``chunks``, in their order."""
    if processes is None:
        for chunk in chunks:
            for post in chunk.posts():
                yield from worker.make([post])
        return
    for chunk, documents in processes.each(_make, chunks):
        yield from documents if documents is not None else _one_by_one(chunk, worker.settings, processes)


def start_worker(workspace: Workspace, settings: BatchSettings) -> None:
    """Begin a process of a batch."""
    global _worker  # noqa: PLW0603  # a process has one worker, which its tasks find here
    _worker = open_worker(workspace, settings)


def _check_rows(rows: Sequence[Any], read_row: ReadRow, worker: Worker) -> CheckedRows:
    return check_rows(rows, read_row, worker.settings, worker.libraries)


def _look_at(rows: _Rows) -> CheckedRows:
    assert _worker is not None
    return _check_rows(rows.rows, _reader(rows.reader), _worker)


@lru_cache(maxsize=1)
def _reader(pickled: bytes) -> ReadRow:
    # Pickled by look_at_rows() of this run of the program.
    read_row: ReadRow = pickle.loads(pickled)
    return read_row


def _make(chunk: PostChunk) -> list[Attempt]:
    assert _worker is not None
    return _worker.make(chunk.posts())


def _make_one(post: PlannedPost) -> list[Attempt]:
    assert _worker is not None
    return _worker.make([post])


def _one_by_one(chunk: PostChunk, settings: BatchSettings, processes: Processes) -> Iterator[Attempt]:
    """The documents of a chunk over which a process died: each post in a process that only it can kill."""
    for post in chunk.posts():
        documents = processes.result(_make_one, post)
        yield from documents if documents is not None else _lost_documents(post, settings)


def _lost_documents(planned_post: PlannedPost, settings: BatchSettings) -> Iterator[Attempt]:
    what = "the process that made this document died"
    problem = Problem(
        planned_post.label, what, "look for something unusual in the row; the other rows are not affected"
    )
    for index, template in enumerate(settings.templates):
        yield Attempt(unmade_document(planned_post, template, place_of(planned_post.names[index], settings), problem))
