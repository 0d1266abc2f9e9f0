"""Running a batch: in this process, or in several, of which any may die without harm to the others' work."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import islice

from jdgen.batch.model import BatchedDocument, Outcome
from jdgen.batch.plan import PlannedPost
from jdgen.batch.settings import BatchSettings, document_path
from jdgen.batch.worker import Made, Worker, worker
from jdgen.errors import Problem
from jdgen.workspace import Workspace

#: Posts that a process is handed at a time.
CHUNK = 32
#: Chunks under way for each process: enough to keep it busy, few enough to hold in memory.
_AHEAD = 3
#: Below so many posts, starting processes takes longer than they save.
_WORTH_IT = 200

_Chunk = tuple[PlannedPost, ...]
_worker: Worker | None = None


def run(posts: Iterable[PlannedPost], count: int, workspace: Workspace, settings: BatchSettings) -> Iterator[Made]:
    """The documents of ``posts`` (``count`` in all), in their order."""
    if settings.jobs <= 1 or count < _WORTH_IT:
        alone = worker(workspace, settings)
        for post in posts:
            yield from alone.make([post])
        return
    for chunk, made in _in_processes(_chunks(posts), workspace, settings):
        yield from made if made is not None else _one_by_one(chunk, workspace, settings)


def usable_cores() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on Windows and macOS
        return os.cpu_count() or 1


def _chunks(posts: Iterable[PlannedPost]) -> Iterator[_Chunk]:
    # The places of fields were needed to say what is wrong with a row; nothing is, so they need not travel.
    travelling = (replace(post, post=replace(post.post, places={})) for post in posts)
    while chunk := tuple(islice(travelling, CHUNK)):
        yield chunk


def _in_processes(
    chunks: Iterator[_Chunk], workspace: Workspace, settings: BatchSettings
) -> Iterator[tuple[_Chunk, list[Made] | None]]:
    """Each chunk with its documents, or with nothing where a process died over it or over a neighbour."""
    while True:
        under_way: deque[tuple[_Chunk, Future[list[Made]]]] = deque()
        with _pool(workspace, settings, settings.jobs) as pool:
            died = False
            while not died:
                while len(under_way) < settings.jobs * _AHEAD and (chunk := next(chunks, ())):
                    under_way.append((chunk, pool.submit(_make, chunk)))
                if not under_way:
                    return
                chunk, future = under_way.popleft()
                made = _result(future)
                died = made is None
                yield chunk, made
        # The pool is gone, and with it what was under way; each of those chunks is looked at by itself.
        for chunk, future in under_way:
            yield chunk, _result(future)


def _one_by_one(chunk: _Chunk, workspace: Workspace, settings: BatchSettings) -> Iterator[Made]:
    """The documents of a chunk over which a process died: each post in a process that only it can kill."""
    remaining: Sequence[PlannedPost] = chunk
    while remaining:
        with _pool(workspace, settings, 1) as pool:
            for number, post in enumerate(remaining):
                try:
                    yield from pool.submit(_make, (post,)).result()
                except BrokenProcessPool:
                    yield from _lost(post, settings)
                    remaining = remaining[number + 1 :]
                    break
            else:
                return


def _lost(planned: PlannedPost, settings: BatchSettings) -> Iterator[Made]:
    what = "the process that made this document died"
    problem = Problem(planned.label, what, "look for something unusual in the row; the other rows are not affected")
    for template in settings.templates:
        path = str(document_path(planned.post, template, settings))
        post = planned.post
        yield (
            BatchedDocument(
                planned.label, post.title, str(post.band), template.stem, path, Outcome.FAILED, 0.0, (), (problem,)
            ),
            None,
        )


def _result(future: Future[list[Made]]) -> list[Made] | None:
    try:
        return future.result()
    except BrokenProcessPool:
        return None


def _pool(workspace: Workspace, settings: BatchSettings, jobs: int) -> ProcessPoolExecutor:
    # Processes that start fresh behave the same on every system; forks inherit threads and locks half-way.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, context, _start, (workspace, settings))


def _start(workspace: Workspace, settings: BatchSettings) -> None:
    global _worker  # noqa: PLW0603  # a process of the pool has one worker, which its tasks find here
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = worker(workspace, settings)


def _end_with_parent() -> None:
    """End this process when the one that started it is gone, killed perhaps: nobody would hand it work again."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _make(chunk: _Chunk) -> list[Made]:
    assert _worker is not None
    return _worker.make(chunk)
