"""How much a template may take while it is tried out."""

from __future__ import annotations

import contextlib

#: Seconds of the processor. A long template on an old machine takes one.
SECONDS = 10
#: Bytes that the process may use for its data. One with twenty megabytes of pictures takes 120.
MEMORY = 180 * 2**20
#: How a process that has run out of something ends. The first is SIGXCPU's number on Linux and macOS.
OUT_OF_TIME, OUT_OF_MEMORY = 24, 77


def limit_this_process() -> None:
    """Bound memory and time of this process; where the system has no such bounds, the parent's clock is all."""
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_DATA, MEMORY),
        (resource.RLIMIT_CORE, 0),
        # It writes no files.
        (resource.RLIMIT_FSIZE, 0),
    ):
        # A stricter bound of the user's own stays.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, resource.getrlimit(what)[1]))
