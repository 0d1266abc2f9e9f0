"""Running a batch: in this process, or in several, of which any may die without harm to the others' work."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
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
#: What each process of a pool begins with.
_Start = Callable[[Workspace, BatchSettings], None]
_worker: Worker | None = None


def run(posts: Iterable[PlannedPost], count: int, alone: Worker) -> Iterator[Made]:
    """The documents of ``posts`` (``count`` in all), in their order: made by ``alone``, or by several of its like."""
    if alone.settings.jobs <= 1 or count < _WORTH_IT:
        for post in posts:
            yield from alone.make([post])
    else:
        yield from run_in_processes(posts, alone.workspace, alone.settings)


def usable_cores() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on Windows and macOS
        return os.cpu_count() or 1


def run_in_processes(
    posts: Iterable[PlannedPost], workspace: Workspace, settings: BatchSettings, start: _Start | None = None
) -> Iterator[Made]:
    """As :func:`run`, in ``settings.jobs`` processes, each of which begins with ``start``."""
    start = start or start_worker
    for chunk, made in _in_processes(_chunks(posts), workspace, settings, start):
        yield from made if made is not None else _one_by_one(chunk, workspace, settings, start)


def _chunks(posts: Iterable[PlannedPost]) -> Iterator[_Chunk]:
    # The places of fields were needed to say what is wrong with a row; nothing is, so they need not travel.
    travelling = (replace(post, post=replace(post.post, places={})) for post in posts)
    while chunk := tuple(islice(travelling, CHUNK)):
        yield chunk


def _in_processes(
    chunks: Iterator[_Chunk], workspace: Workspace, settings: BatchSettings, start: _Start
) -> Iterator[tuple[_Chunk, list[Made] | None]]:
    """Each chunk with its documents, or with nothing where a process died over it or over a neighbour."""
    while True:
        under_way: deque[tuple[_Chunk, Future[list[Made]]]] = deque()
        with _pool(workspace, settings, settings.jobs, start) as pool:
            died = False
            while not died:
                while len(under_way) < settings.jobs * _AHEAD and (chunk := next(chunks, ())):
                    under_way.append((chunk, _submitted(pool, chunk)))
                if not under_way:
                    return
                chunk, future = under_way.popleft()
                made = _result(future)
                died = made is None
                yield chunk, made
        # The pool is gone, and with it what was under way; each of those chunks is looked at by itself.
        for chunk, future in under_way:
            yield chunk, _result(future)


def _one_by_one(chunk: _Chunk, workspace: Workspace, settings: BatchSettings, start: _Start) -> Iterator[Made]:
    """The documents of a chunk over which a process died: each post in a process that only it can kill."""
    remaining: Sequence[PlannedPost] = chunk
    while remaining:
        with _pool(workspace, settings, 1, start) as pool:
            for number, post in enumerate(remaining):
                try:
                    yield from _submitted(pool, (post,)).result()
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


def _submitted(pool: ProcessPoolExecutor, chunk: _Chunk) -> Future[list[Made]]:
    """The chunk, handed to ``pool``; processes are started here. A pool that is broken already says so later."""
    try:
        with _interrupts_held():
            return pool.submit(_make, chunk)
    except BrokenProcessPool as error:
        broken: Future[list[Made]] = Future()
        broken.set_exception(error)
        return broken


def _pool(workspace: Workspace, settings: BatchSettings, jobs: int, start: _Start) -> ProcessPoolExecutor:
    # Processes that start fresh behave the same on every system; forks inherit threads and locks half-way.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, context, start, (workspace, settings))


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Keep Ctrl-C waiting. Processes started meanwhile never hear it: one process answers it, not each with a trace."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def start_worker(workspace: Workspace, settings: BatchSettings) -> None:
    """Begin a process of a pool."""
    global _worker  # noqa: PLW0603  # a process of the pool has one worker, which its tasks find here
    signal.signal(signal.SIGINT, signal.SIG_IGN)
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
