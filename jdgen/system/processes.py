"""Several processes that share out work, any of which may die without harm to what the others do."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing.connection import Connection
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
    """``jobs`` processes, each of which begins with ``start(*begun_with)``.

    Each has a thread here that hands it its work. The standard library's pool has one pipe and one lock for the results
    of all its processes: where one is killed while it hands over a result, the rest of that is waited for for ever.
    """

    def __init__(self, jobs: int, start: Start, begun_with: tuple[Any, ...]) -> None:
        self._jobs = min(jobs, _MOST_ON_WINDOWS) if sys.platform == "win32" else jobs
        self._start = start
        self._begun_with = begun_with
        self._threads = ThreadPoolExecutor(self._jobs)
        self._idle: deque[_Process] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._threads.shutdown(cancel_futures=True)  # what is under way is finished
        for process in self._idle:
            process.end()

    def each(self, task: Callable[[_Item], _Result], items: Iterable[_Item]) -> Iterator[tuple[_Item, _Result | None]]:
        """Each item with what ``task`` makes of it, in order; with nothing where a process died over it. No process has
        any work while such an item is looked at: it may be that there was too little memory for several.

        Raises :class:`JdgenError` where no process gets as far as to its work, and what ``task`` raises.
        """
        under_way: deque[tuple[_Item, Future[_Result | None]]] = deque()
        for item in items:
            under_way.append((item, self._submit(task, item)))
            if len(under_way) == self._jobs * _AHEAD:
                yield _first_of(under_way)
        while under_way:
            yield _first_of(under_way)

    def result(self, task: Callable[[_Item], _Result], item: _Item) -> _Result | None:
        """What ``task`` makes of one item; nothing where a process dies over it."""
        return self._submit(task, item).result()

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
            for item in chunk_items:
                result = self.result(task, (item,))
                yield from (result_of_lost(item),) if result is None else result

    def _submit(self, task: Callable[[_Item], _Result], item: _Item) -> Future[_Result | None]:
        """The item, handed over; threads, and by them processes, are started here."""
        # One process answers, not each with a trace. The threads that are started here hear no ending either, or this
        # one would be interrupted by it while it holds interrupts back.
        with interrupts_held():
            return self._threads.submit(self._work, task, item)

    def _work(self, task: Callable[[_Item], _Result], item: _Item) -> _Result | None:
        """What ``task`` makes of the item in a process that is idle; nothing where that dies over it."""
        message = pickle.dumps((task, item), pickle.HIGHEST_PROTOCOL)
        try:
            process = self._idle.pop()
        except IndexError:
            process = self._begin()
        try:
            answer = process.answer(message)
        except (EOFError, OSError):
            process.end()
            return None
        self._idle.append(process)
        result: _Result
        error, result = pickle.loads(answer)  # written by a process of ours
        if error is not None:
            raise error
        return result

    def _begin(self) -> _Process:
        """A process that has begun. Raises :class:`JdgenError` where processes end before that, as those of a machine
        do that lets no program start another: no item is to blame."""
        for _ in range(2):  # the first may have been killed by somebody
            with suppress(EOFError, OSError):
                return _Process(self._start, self._begun_with)
        what = "the processes that are to share out the work end before they begin it"
        raise JdgenError([Problem("--jobs", what, "run the same command with --jobs 1, which starts none")])


class _Process:
    """A process that has begun, at the other end of a pipe of its own, which ends when either does. Raises
    :class:`EOFError` or :class:`OSError` where it ends before."""

    def __init__(self, start: Start, begun_with: tuple[Any, ...]) -> None:
        # Processes that start fresh behave the same on every system; forks inherit threads and locks half-way.
        context = multiprocessing.get_context("spawn")
        self._pipe, their_end = context.Pipe()
        with their_end:
            arguments = (their_end, start, begun_with)
            # A daemon, so that one who interrupts twice, and by that the ending too, does not wait for it.
            self._process = context.Process(target=_answer_parent, args=arguments, daemon=True)
            self._process.start()
        self._pipe.recv_bytes()

    def answer(self, message: bytes) -> bytes:
        """What the process answers. Raises :class:`EOFError` or :class:`OSError` where it dies over it."""
        self._pipe.send_bytes(message)
        return self._pipe.recv_bytes()

    def end(self) -> None:
        self._pipe.close()
        self._process.join()


def _first_of(under_way: deque[tuple[_Item, Future[_Result | None]]]) -> tuple[_Item, _Result | None]:
    """The first item ``under_way``, which is so no longer, with its result; where that is nothing, when the others have
    theirs."""
    item, future = under_way.popleft()
    result = future.result()
    if result is None:
        wait([each_future for _, each_future in under_way])
    return item, result


# In a process that was started.


def _answer_parent(pipe: Connection, start: Start, begun_with: tuple[Any, ...]) -> None:
    """Begin, say so, and answer what comes through the ``pipe`` until that ends."""
    _leave_endings_to_parent()
    start(*begun_with)
    with suppress(EOFError, OSError):
        pipe.send_bytes(b"")
        while True:
            pipe.send_bytes(_answer(pipe.recv_bytes()))


def _answer(message: bytes) -> bytes:
    """What the task of ``message`` makes of its item, or raises, as bytes."""
    try:
        task, item = pickle.loads(message)  # written by who started this process
        return pickle.dumps((None, task(item)), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # whatever it is, who handed out the work is told
        error.add_note(f"In the process that met it:\n{traceback.format_exc()}")
        return pickle.dumps((error, None), pickle.HIGHEST_PROTOCOL)


#: What ends a command: Ctrl-C, the system, or the end of the terminal (SIGBREAK, where Windows is meant).
_ENDINGS = frozenset(
    number for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if (number := getattr(signal, name, None))
)
#: What a terminal sends to all processes of a command at once. SIGTERM is not among it: a pool ends its own by that.
_LEFT_TO_PARENT = _ENDINGS - {signal.SIGTERM}


def _leave_endings_to_parent() -> None:
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
