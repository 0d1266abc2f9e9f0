"""A process of Windows that bounds itself, by a job object: the only thing there that bounds memory.

https://learn.microsoft.com/windows/win32/procthread/job-objects. The structures are those of winnt.h, with the sizes
that their types have on Windows, whatever they have elsewhere.
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import Structure, byref, c_int64, c_size_t, c_uint32, c_uint64, c_void_p, sizeof

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


def limits_of(seconds: int, memory: int) -> ExtendedLimits:
    """What a process is bound to that may take so many ``seconds`` of the processor and bytes of ``memory``, and starts
    no other. When it crashes, nobody is asked in a window what to do about it."""
    limits = ExtendedLimits()
    limits.basic.flags = _PROCESS_TIME | _PROCESS_MEMORY | _ACTIVE_PROCESS | _DIE_ON_UNHANDLED_EXCEPTION
    limits.basic.per_process_user_time = seconds * _SECOND
    limits.basic.active_processes = 1
    limits.process_memory = memory
    return limits


def bind_this_process(limits: ExtendedLimits) -> bool:
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
