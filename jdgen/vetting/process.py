"""A process that tries a template out, and is stopped when it takes too much.

Memory and processor time are bounded by the system where it can (POSIX); a clock bounds the time everywhere.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

from jdgen.errors import JdgenError, Problem, TemplateRefusedError
from jdgen.vetting.limits import OUT_OF_MEMORY, OUT_OF_TIME, SECONDS

#: Bytes of what goes wrong that are passed on; more helps nobody.
_MOST = 2**20
_SIMPLER = "take out loops inside loops, and very long paragraphs with many tags"


class StoppedError(JdgenError):
    """A template takes more than a template may."""


def vet_apart(content: bytes, name: str) -> None:
    """Try the template out in a process of its own. Raises :class:`JdgenError` with what that process found
    (:class:`TemplateRefusedError` for faults of the template), and :class:`StoppedError` where it had to be stopped."""
    try:
        run = subprocess.run(
            [sys.executable, "-P", "-B", "-m", "jdgen.vetting.child"],
            input=json.dumps(name).encode() + b"\n" + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            timeout=3 * SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise StoppedError(_stopped(name, OUT_OF_TIME)) from error
    except OSError as error:
        what = f"cannot be tried out ({error.strerror})"
        raise JdgenError(Problem(name, what, "allow Python to start a process, or use a shipped template")) from error
    if run.returncode == 0:
        return
    raise _error(run.stdout[:_MOST], name) or StoppedError(_stopped(name, run.returncode))


def _error(said: bytes, name: str) -> JdgenError | None:
    """The error that the process met, if it could say it."""
    with contextlib.suppress(ValueError, TypeError, KeyError):
        told = json.loads(said)
        problems = [Problem(*problem) for problem in told["problems"]]
        return TemplateRefusedError(problems, (name,)) if told["refused"] else JdgenError(problems)
    return None


def _stopped(name: str, code: int) -> Problem:
    # A process that is ended by a signal says so by a negative number.
    if code in (OUT_OF_TIME, -OUT_OF_TIME, -9):
        return Problem(name, f"takes longer than {SECONDS} seconds to fill", _SIMPLER)
    if code == OUT_OF_MEMORY:
        return Problem(name, "takes more memory than a template may", _SIMPLER)
    return Problem(name, "cannot be tried out: opening or filling it stops the program", _SIMPLER)


def _environment() -> dict[str, str]:
    """This process's own, in which Python finds the same modules: those of this process and no others, such as files
    of the folder that it happens to be started in."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(folder or str(Path.cwd()) for folder in sys.path)}
