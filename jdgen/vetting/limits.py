"""How much a process may take that works on a file which somebody else made."""

from __future__ import annotations

import contextlib
from typing import NamedTuple


class Limits(NamedTuple):
    """Seconds of the processor, and bytes that the process may use for its data."""

    seconds: float
    memory: int


#: For trying a template out: a long one on an old machine takes a second, one with twenty megabytes of pictures 120 MB.
TEMPLATE = Limits(10, 180 * 2**20)
#: For reading a publication that is drawn: fifty crowded pages of tables take a minute on a busy machine, and 150 MB.
DRAWN = Limits(60, 300 * 2**20)
#: How a process that has run out of something ends. The first is SIGXCPU's number on Linux and macOS.
OUT_OF_TIME, OUT_OF_MEMORY = 24, 77


def limit_this_process(limits: Limits) -> None:
    """Bound memory and time of this process; where the system has no such bounds, the parent's clock is all."""
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:
        return
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
