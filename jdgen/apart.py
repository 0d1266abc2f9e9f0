"""A process of its own for work on a file that somebody else made, stopped when it takes too much.

Memory and processor time are bounded by the system (:mod:`jdgen.bounds`); a clock bounds the time everywhere. The file
goes to the process by standard input, after a line of JSON that says what else it has to know; what it found comes
back by standard output, as JSON. A program that is not ours (LibreOffice) is heard line by line, and stopped when it
falls silent.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

from jdgen.bounds import OUT_OF_MEMORY, OUT_OF_QUOTA, OUT_OF_TIME, Limits, bind_this_process
from jdgen.errors import JdgenError, Problem, TemplateRefusedError

# How much a process may take that works on a file which somebody else made.


#: For trying a template out: a long one on an old machine takes a second, one with twenty megabytes of pictures 120 MB.
TEMPLATE = Limits(10, 180 * 2**20)
#: For reading a publication that is drawn: fifty crowded pages of tables take a minute on a busy machine, and 150 MB.
DRAWN = Limits(60, 300 * 2**20)
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
    bind_this_process(limits)
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
    if code in (OUT_OF_TIME, -OUT_OF_TIME, -9, OUT_OF_QUOTA):
        return Stopped.TIME
    return Stopped.MEMORY if code == OUT_OF_MEMORY else Stopped.DIED


def _environment() -> dict[str, str]:
    """This process's own, in which Python finds the same modules: those of this process and no others, such as files
    of the folder that it happens to be started in."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(folder or str(Path.cwd()) for folder in sys.path)}


# Programs of others.


def run_program(command: Sequence[str], hear: Callable[[str], None], silence: float) -> Stopped | None:
    """Run a program of somebody else's, which gets no input, and :func:`hear` each line that it says, of output and
    errors alike. It is stopped, with whatever it has started, when it says nothing for ``silence`` seconds, and when
    this program is interrupted. Gives why it did not come to its end, or ended with an error; nothing where all went
    well.

    Raises :class:`OSError` where it cannot be started.
    """
    program = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,  # a group of its own, so that it is ended with all that it has started
    )
    fell_silent = threading.Event()

    def stop() -> None:
        fell_silent.set()
        _end_group(program)

    watch = _watch(stop, silence)
    try:
        assert program.stdout is not None, "it was asked for"
        for line in program.stdout:
            watch.cancel()
            watch = _watch(stop, silence)
            hear(line.rstrip("\n"))
        code = program.wait()
    finally:
        watch.cancel()
        if program.poll() is None:
            _end_group(program)
        program.communicate()
    if fell_silent.is_set():
        return Stopped.TIME
    return Stopped.DIED if code else None


def _watch(stop: Callable[[], None], silence: float) -> threading.Timer:
    watch = threading.Timer(silence, stop)
    watch.daemon = True
    watch.start()
    return watch


def _end_group(program: subprocess.Popen[str]) -> None:
    """End a program and what it has started; LibreOffice's own is a script that starts another that starts a third."""
    with contextlib.suppress(OSError):  # it has just ended by itself
        if sys.platform == "win32":
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(program.pid)], capture_output=True, check=False)
        else:
            os.killpg(program.pid, signal.SIGKILL)
