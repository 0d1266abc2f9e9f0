"""Several processes that share out work, any of which may die without harm to what the others do."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from typing import Any, Self, TypeVar

from jdgen.errors import JdgenError, Problem

#: Windows waits for no more processes at once.
_MOST_ON_WINDOWS = 61
#: Tasks under way for each process: enough to keep it busy, few enough to hold in memory.
_AHEAD = 3

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
#: Begins the work of a process, with what it is told.
Start = Callable[..., None]


class Processes:
    """``jobs`` processes, each of which begins with ``start(*begun_with)``."""

    def __init__(self, jobs: int, start: Start, begun_with: tuple[Any, ...]) -> None:
        self._jobs = min(jobs, _MOST_ON_WINDOWS) if sys.platform == "win32" else jobs
        self._start = start
        self._begun_with = begun_with
        self._pool: ProcessPoolExecutor | None = None
        self._has_begun = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._end()

    def one_at_a_time(self) -> Processes:
        """Processes of the same kind, one at a time."""
        processes = Processes(1, self._start, self._begun_with)
        processes._has_begun = self._has_begun
        return processes

    def each(self, task: Callable[[_Item], _Result], items: Iterator[_Item]) -> Iterator[tuple[_Item, _Result | None]]:
        """Each item with what ``task`` makes of it, in order; with nothing where a process died over it or over a
        neighbour.

        Raises :class:`JdgenError` where no process of this kind gets as far as to its work.
        """
        while True:
            under_way: deque[tuple[_Item, Future[_Result]]] = deque()
            died = False
            while not died:
                while len(under_way) < self._jobs * _AHEAD and (item := next(items, _END)) is not _END:
                    under_way.append((item, self._submit(task, item)))
                if not under_way:
                    return
                item, future = under_way.popleft()
                result = _result(future)
                died = result is None
                yield item, result
            # The pool is gone, and with it what was under way; each of those items is looked at by itself.
            self._end()
            self._refuse_if_none_begins()
            for item, future in under_way:
                yield item, _result(future)

    def results(
        self,
        task: Callable[[Sequence[_Item]], list[_Result]],
        items: Sequence[_Item],
        chunk: int,
        result_of_lost: Callable[[_Item], _Result],
    ) -> Iterator[_Result]:
        """What ``task`` makes of each of ``items``, in order; it is handed as many as a ``chunk`` at a time.

        Those over which a process died are tried one by one, each in a process that only it can kill; of one that does,
        it is what ``result_of_lost`` says.
        """
        for chunk_items, results in self.each(task, in_chunks(items, chunk)):
            if results is not None:
                yield from results
                continue
            with self.one_at_a_time() as single:
                for item in chunk_items:
                    ((_, result),) = single.each(task, iter([(item,)]))
                    yield from (result_of_lost(item),) if result is None else result

    def _submit(self, task: Callable[[_Item], _Result], item: _Item) -> Future[_Result]:
        """The item, handed over; processes are started here. A pool that is broken already says so later."""
        try:
            if self._pool is None:
                # Processes that start fresh behave the same on every system; forks inherit threads and locks half-way.
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(self._jobs, context, self._start, self._begun_with)
            # One process answers, not each with a trace. The threads that are started here hear no ending either, or
            # this one would be interrupted by it while it holds interrupts back.
            with interrupts_held():
                return self._pool.submit(task, item)
        except (BrokenProcessPool, OSError) as error:
            broken: Future[_Result] = Future()
            broken.set_exception(error)
            return broken

    def _refuse_if_none_begins(self) -> None:
        """Raise :class:`JdgenError` where processes end before they have any work, as those of a machine do that lets
        no program start another: nothing that they were handed is to blame."""
        if self._has_begun:
            return
        with self.one_at_a_time() as lone_process:
            self._has_begun = _result(lone_process._submit(bool, True)) is not None
        if not self._has_begun:
            what = "the processes that are to share out the work end before they begin it"
            raise JdgenError([Problem("--jobs", what, "run the same command with --jobs 1, which starts none")])

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


#: What ends a command: Ctrl-C, the system, or the end of the terminal (SIGBREAK, where Windows is meant).
_ENDINGS = frozenset(
    number for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if (number := getattr(signal, name, None))
)
#: What a terminal sends to all processes of a command at once. SIGTERM is not among it: a pool ends its own by that.
_LEFT_TO_PARENT = _ENDINGS - {signal.SIGTERM}
#: Tells the end of items from an item that is None.
_END: Any = object()


def ready_for_parent() -> None:
    """Make this process one that leaves Ctrl-C and the end of the terminal to its parent, and ends with it."""
    for number in _LEFT_TO_PARENT:
        signal.signal(number, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)  # as it was begun with them held back
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that started it is gone, killed perhaps: nobody would hand it work again."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def in_chunks(items: Iterable[_Item], size: int) -> Iterator[tuple[_Item, ...]]:
    """``items`` in their order, as many as ``size`` at a time."""
    remaining = iter(items)
    while chunk := tuple(islice(remaining, size)):
        yield chunk


def _result(future: Future[_Result]) -> _Result | None:
    try:
        return future.result()
    except (BrokenProcessPool, CancelledError, OSError):
        return None


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Keep Ctrl-C and its like waiting until what is begun is done: a file is written, and is in the report on the run.
    Threads and processes that are started meanwhile do not hear of it, except on Windows."""
    if sys.platform == "win32":
        with _interrupts_remembered():
            yield
    else:
        before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
        try:
            # Inside, since what waited already is answered by this very call.
            signal.pthread_sigmask(signal.SIG_BLOCK, _ENDINGS)
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _interrupts_remembered() -> Iterator[None]:
    """Answer Ctrl-C and its like when the block is done, on a system that cannot hold them back."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {number: signal.signal(number, lambda number, _frame: came.append(number)) for number in _ENDINGS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if came:
        signal.raise_signal(came[0])


# The processors of this machine.


def usable_cores() -> int:
    """How many processors this process may use."""
    if sys.platform in ("win32", "darwin"):  # which do not say it
        return os.cpu_count() or 1
    return len(os.sched_getaffinity(0))
