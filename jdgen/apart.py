"""A process of its own for work on a file that somebody else made, stopped when it takes too much.

Memory and processor time are bounded by the system where it can (POSIX); a clock bounds the time everywhere. The file
goes to the process by standard input, after a line of JSON that says what else it has to know; what it found comes
back by standard output, as JSON.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

from jdgen.errors import JdgenError, Problem, TemplateRefusedError

# How much a process may take that works on a file which somebody else made.


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


#: Bytes of what a process found that are taken; more helps nobody.
_MOST = 32 * 2**20


class Stopped(Enum):
    """Why a process did not come to its end."""

    TIME = "time"
    MEMORY = "memory"
    DIED = "died"


class Answer(NamedTuple):
    """What a process found, or why it did not come to its end."""

    value: Any = None
    stopped: Stopped | None = None


def run_apart(module: str, about: Any, content: bytes, seconds: float) -> Answer:
    """Run ``python -m module``, which calls :func:`answer`, on ``content``; ``about`` is what else it is told.

    Raises :class:`JdgenError` with the problems that it met, and :class:`OSError` where no process can be started.
    """
    try:
        run = subprocess.run(
            [sys.executable, "-P", "-B", "-m", module],
            input=json.dumps(about).encode() + b"\n" + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            timeout=3 * seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Answer(stopped=Stopped.TIME)
    try:
        reply = json.loads(run.stdout[:_MOST]) if run.returncode in (0, 1) else None
    except ValueError:
        reply = None
    if not isinstance(reply, dict):
        return Answer(stopped=_why(run.returncode))
    if "problems" in reply:
        problems = [Problem(*problem) for problem in reply["problems"]]
        raise TemplateRefusedError(problems, (reply["refused"],)) if reply["refused"] else JdgenError(problems)
    return Answer(reply.get("found"))


def answer(work: Callable[[bytes, Any], Any], limits: Limits) -> int:
    """In the process: do ``work`` on what came by standard input, within ``limits``, and say what was found.

    Gives the code to end with. ``work`` imports what it needs, so that what is imported is bounded too.
    """
    limit_this_process(limits)
    about = json.loads(sys.stdin.buffer.readline())
    try:
        reply = {"found": work(sys.stdin.buffer.read(), about)}
    except JdgenError as error:
        refused = error.templates[0] if isinstance(error, TemplateRefusedError) else ""
        reply = {"problems": [(each.where, each.what, each.right) for each in error.problems], "refused": refused}
    except MemoryError:
        return OUT_OF_MEMORY
    print(json.dumps(reply))  # noqa: T201  # to the process that waits for it
    return 1 if "problems" in reply else 0


def _why(code: int) -> Stopped:
    # A process that is ended by a signal says so by a negative number.
    if code in (OUT_OF_TIME, -OUT_OF_TIME, -9):
        return Stopped.TIME
    return Stopped.MEMORY if code == OUT_OF_MEMORY else Stopped.DIED


def _environment() -> dict[str, str]:
    """This process's own, in which Python finds the same modules: those of this process and no others, such as files
    of the folder that it happens to be started in."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(folder or str(Path.cwd()) for folder in sys.path)}
