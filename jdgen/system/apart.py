"""A process of its own for work on a file that somebody else made, stopped when it takes too much.

The file goes to the process by standard input, after a line of JSON that says what else it has to know; what it found
comes back by standard output, as JSON. The process bounds itself by what each system has for it: Linux bounds memory,
processor time and files by ``setrlimit``; macOS takes the same bounds and does not keep that of memory, so a thread of
the process looks at how much it has held; Windows has job objects. Where the system refuses a bound, there is the clock
of whoever started the process. A program that is not ours (LibreOffice) is heard line by line, and stopped when it
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

from jdgen.errors import JdgenError, Problem, TemplateRefusedError

if sys.platform != "win32":
    import resource

# How much a process may take that works on a file which somebody else made.


class Limits(NamedTuple):
    """Seconds of the processor, and bytes that the process may use for its data."""

    seconds: float
    memory: int


#: For trying a template out: a long one on an old machine takes a second, one with twenty megabytes of pictures 120 MB.
TEMPLATE = Limits(10, 180 * 2**20)
#: For reading a publication that is a PDF: fifty crowded pages of tables take a minute on a busy machine, and 150 MB.
PDF_FILE = Limits(60, 300 * 2**20)
#: How a process that has run out of something ends. The first is SIGXCPU's number on Linux and macOS.
OUT_OF_TIME, OUT_OF_MEMORY = 24, 77
#: What Windows ends a process with whose time is over: ERROR_NOT_ENOUGH_QUOTA.
_OUT_OF_QUOTA = 1816
#: What macOS and Windows count besides data, such as the program itself, its libraries, and stacks that nobody uses.
BESIDE_DATA = 100 * 2**20
# How often a process looks at itself, in seconds: it takes a gigabyte in less than one.
_OFTEN = 0.02
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
        template = error.templates[0] if isinstance(error, TemplateRefusedError) else ""
        reply = {
            "problems": [(each.where, each.what, each.right) for each in error.problems],
            "refused": template,
        }
    except MemoryError:
        return OUT_OF_MEMORY
    print(json.dumps(reply))  # noqa: T201  # to the process that waits for it
    return 1 if "problems" in reply else 0


def _why(code: int) -> Stopped:
    # A process that is ended by a signal says so by a negative number.
    if code in (OUT_OF_TIME, -OUT_OF_TIME, -9, _OUT_OF_QUOTA):
        return Stopped.TIME
    return Stopped.MEMORY if code == OUT_OF_MEMORY else Stopped.DIED


def _environment() -> dict[str, str]:
    """This process's own, in which Python finds the same modules: those of this process and no others, such as files
    of the folder that it happens to be started in."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(folder or str(Path.cwd()) for folder in sys.path)}


# Bounds, by what each system has.


def bind_this_process(limits: Limits) -> None:
    """Bound memory and time of this process, and have it write no file or, on Windows, start no other process."""
    if sys.platform == "win32":
        from jdgen.system import windows_job  # noqa: PLC0415  # ctypes, which nobody else needs

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
