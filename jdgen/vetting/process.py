"""A process that tries a template out, and is stopped when it takes too much."""

from __future__ import annotations

from jdgen.errors import JdgenError, Problem
from jdgen.vetting.apart import Stopped, run_apart
from jdgen.vetting.limits import TEMPLATE

SECONDS = TEMPLATE.seconds
_SIMPLER = "take out loops inside loops, and very long paragraphs with many tags"


class StoppedError(JdgenError):
    """A template takes more than a template may."""


def vet_apart(content: bytes, name: str) -> None:
    """Try the template out in a process of its own. Raises :class:`JdgenError` with what that process found
    (:class:`TemplateRefusedError` for faults of the template), and :class:`StoppedError` where it had to be stopped."""
    try:
        found = run_apart("jdgen.vetting.child", name, content, SECONDS)
    except OSError as error:
        what = f"cannot be tried out ({error.strerror})"
        raise JdgenError(Problem(name, what, "allow Python to start a process, or use a shipped template")) from error
    if found.stopped:
        raise StoppedError(Problem(name, _SAID[found.stopped].format(SECONDS), _SIMPLER))


_SAID = {
    Stopped.TIME: "takes longer than {} seconds to fill",
    Stopped.MEMORY: "takes more memory than a template may",
    Stopped.DIED: "cannot be tried out: opening or filling it stops the program",
}
