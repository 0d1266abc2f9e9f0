"""What a process may take of the machine, bound by what each system has for it.

Linux bounds memory, processor time and files by ``setrlimit``. macOS takes the same bounds and does not keep that of
memory, so a thread of the process looks at how much it has held. Windows has job objects. Where the system refuses a
bound, there is the clock of whoever started the process.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from typing import NamedTuple


class Limits(NamedTuple):
    """Seconds of the processor, and bytes that the process may use for its data."""

    seconds: float
    memory: int


#: How a process that has run out of something ends. The first is SIGXCPU's number on Linux and macOS.
OUT_OF_TIME, OUT_OF_MEMORY = 24, 77
#: What Windows ends a process with whose time is over: ERROR_NOT_ENOUGH_QUOTA.
OUT_OF_QUOTA = 1816
#: What macOS and Windows count besides data, such as the program itself, its libraries, and stacks that nobody uses.
BESIDE_DATA = 100 * 2**20
# How often a process looks at itself, in seconds: it takes a gigabyte in less than one.
_OFTEN = 0.02


def bind_this_process(limits: Limits) -> None:
    """Bound memory and time of this process, and have it write no file or, on Windows, start no other process."""
    if sys.platform == "win32":
        from jdgen import windows_job  # noqa: PLC0415  # ctypes, which nobody else needs

        windows_job.bind_this_process(windows_job.limits_of(int(limits.seconds), limits.memory + BESIDE_DATA))
    else:
        _set_limits(limits)
    if sys.platform == "darwin":
        watch_memory(limits.memory + BESIDE_DATA)


def watch_memory(most: int) -> None:
    """Have this process end, as one does that gets no more memory, soon after it has held more than ``most`` bytes. One
    single step of C code, such as the making of one long text, comes to its end before that is seen."""
    threading.Thread(target=_end_above, args=(most,), daemon=True).start()


def _end_above(most: int) -> None:
    pause = threading.Event()
    while _held_at_most() <= most:
        pause.wait(_OFTEN)
    os._exit(OUT_OF_MEMORY)


def _held_at_most() -> int:
    """The most bytes that this process has held in memory until now."""
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415  # not on Windows

    # macOS counts bytes, all others kilobytes.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _set_limits(limits: Limits) -> None:
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # not on Windows

    for what, most in (
        (resource.RLIMIT_CPU, int(limits.seconds)),
        (resource.RLIMIT_DATA, limits.memory),
        (resource.RLIMIT_CORE, 0),
        # It writes no files.
        (resource.RLIMIT_FSIZE, 0),
    ):
        # A stricter bound of the user's own stays.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, resource.getrlimit(what)[1]))
