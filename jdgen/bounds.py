"""What a process may take of the machine, bound by what each system has for it.

Linux bounds memory, processor time and files by ``setrlimit``. macOS takes the same bounds and does not keep that of
memory, so a thread of the process looks at how much it has held. Windows has job objects. Where the system refuses a
bound, there is the clock of whoever started the process.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import threading
from ctypes import Structure, byref, c_int64, c_size_t, c_uint32, c_uint64, c_void_p, sizeof
from typing import NamedTuple

if sys.platform != "win32":
    import resource


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
        join_job(job_limits(int(limits.seconds), limits.memory + BESIDE_DATA))
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
    if sys.platform != "win32":
        # macOS counts bytes, all others kilobytes.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return 0


def _set_limits(limits: Limits) -> None:
    if sys.platform != "win32":
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


# A job object, the only thing of Windows that bounds memory.
#
# https://learn.microsoft.com/windows/win32/procthread/job-objects. The structures are those of winnt.h, with the sizes
# that their types have on Windows, whatever they have elsewhere.

_PROCESS_TIME, _ACTIVE_PROCESS, _PROCESS_MEMORY, _DIE_ON_UNHANDLED_EXCEPTION = 0x2, 0x8, 0x100, 0x400
_EXTENDED_LIMIT_INFORMATION = 9
#: Units of a hundred nanoseconds.
_SECOND = 10_000_000


class _BasicLimits(Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("per_process_user_time", c_int64),
        ("per_job_user_time", c_int64),
        ("flags", c_uint32),
        ("minimum_working_set", c_size_t),
        ("maximum_working_set", c_size_t),
        ("active_processes", c_uint32),
        ("affinity", c_size_t),
        ("priority_class", c_uint32),
        ("scheduling_class", c_uint32),
    )


class ExtendedLimits(Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("basic", _BasicLimits),
        ("io_counters", c_uint64 * 6),
        ("process_memory", c_size_t),
        ("job_memory", c_size_t),
        ("peak_process_memory", c_size_t),
        ("peak_job_memory", c_size_t),
    )


def job_limits(seconds: int, memory: int) -> ExtendedLimits:
    """What a process is bound to that may take so many ``seconds`` of the processor and bytes of ``memory``, and starts
    no other. When it crashes, nobody is asked in a window what to do about it."""
    limits = ExtendedLimits()
    limits.basic.flags = _PROCESS_TIME | _PROCESS_MEMORY | _ACTIVE_PROCESS | _DIE_ON_UNHANDLED_EXCEPTION
    limits.basic.per_process_user_time = seconds * _SECOND
    limits.basic.active_processes = 1
    limits.process_memory = memory
    return limits


def join_job(limits: ExtendedLimits) -> bool:
    """Put this process into a job with ``limits``, and say whether that could be done. What asks for more memory then
    gets none, as ``malloc`` says it."""
    if sys.platform != "win32":
        return False
    kernel = ctypes.WinDLL("kernel32")
    kernel.CreateJobObjectW.restype = c_void_p
    kernel.GetCurrentProcess.restype = c_void_p
    job = c_void_p(kernel.CreateJobObjectW(None, None))
    # Nobody closes the job: it lasts as long as the process.
    return bool(
        job
        and kernel.SetInformationJobObject(job, _EXTENDED_LIMIT_INFORMATION, byref(limits), sizeof(limits))
        and kernel.AssignProcessToJobObject(job, c_void_p(kernel.GetCurrentProcess()))
    )
