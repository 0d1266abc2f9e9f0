"""Templates that are not shipped: tried out in a process of its own, then kept as found safe, and compiled."""

from __future__ import annotations

import functools
import hashlib
from contextlib import suppress
from pathlib import Path

from jdgen.cache import entry
from jdgen.errors import JdgenError, Problem
from jdgen.files import content_of
from jdgen.system.apart import TEMPLATE, Stopped, run_apart
from jdgen.template.choosing import template_path
from jdgen.template.compiled import CompiledTemplate, read_written_template, written_template
from jdgen.workspace import TEMPLATES, Workspace, display_path, shipped_folder
from jdgen.zips import PackageError

# A process that tries a template out, and is stopped when it takes too much.

SECONDS = TEMPLATE.seconds
_SIMPLER = "take out loops inside loops, and very long paragraphs with many tags"


class StoppedError(JdgenError):
    """A template takes more than a template may."""


def _vet_apart(content: bytes, name: str) -> None:
    """Try the template out in a process of its own. Raises :class:`JdgenError` with what that process found
    (:class:`TemplateRefusedError` for faults of the template), and :class:`StoppedError` where it had to be stopped."""
    try:
        outcome = run_apart("jdgen.template.trial", name, content, SECONDS)
    except OSError as error:
        what = f"cannot be tried out ({error.strerror})"
        raise JdgenError(Problem(name, what, "allow Python to start a process, or use a shipped template")) from error
    if outcome.stopped:
        raise StoppedError(Problem(name, _MESSAGES[outcome.stopped].format(SECONDS), _SIMPLER))


_MESSAGES = {
    Stopped.TIME: "takes longer than {} seconds to fill",
    Stopped.MEMORY: "takes more memory than a template may",
    Stopped.DIED: "cannot be tried out: opening or filling it stops the program",
}


# Opening a template: the shipped ones at once, a stranger's once it was found safe.
#
# What a template prints is bounded, and so is what it may ask. How long it takes is not: four loops inside one another
# are within the dialect, and so is a paragraph that docxtpl's patterns take minutes over. So a template that jdgen
# does not ship is first opened and filled in a process of its own. What was found safe is kept, and so is what is made
# of it: a template is tried out once, and compiled once.


def open_vetted(content: bytes, name: str) -> CompiledTemplate:
    """The template in ``content``, called ``name`` in messages. Raises :class:`jdgen.errors.JdgenError` with every
    problem of one that cannot be filled, or not in bounded time and memory."""
    place = entry("template", name, content)
    if (kept_form := place.read()) is not None:
        with suppress(PackageError, ValueError, TypeError, KeyError):
            return read_written_template(kept_form, name)
    vet(content, name)
    from jdgen.template.compiling import compile_template  # noqa: PLC0415  # docxtpl is slow to import

    template = compile_template(content, name)
    place.write(written_template(template))
    return template


def find_template(workspace: Workspace, name_or_path: str, where: str = "--template") -> tuple[Path, CompiledTemplate]:
    """The template that ``name_or_path`` means, opened and checked, and its file."""
    source = template_path(workspace, name_or_path, where)
    return source, open_vetted(content_of(source, "the template"), display_path(source))


def vet(content: bytes, name: str) -> None:
    """Raise :class:`jdgen.errors.JdgenError` unless the template is shipped, known to be safe, or found to be so."""
    if hashlib.sha256(content).hexdigest() in _shipped():
        return
    place = entry("safe template", content)
    if place.read() is None:
        _vet_apart(content, name)
        place.write(b"")


@functools.cache
def _shipped() -> frozenset[str]:
    """The digests of the shipped templates: whoever can change those files can change the program beside them."""
    templates = shipped_folder() / "templates"
    files = (*(templates / f"{stem}.docx" for stem in TEMPLATES), *templates.glob("earlier/*.docx"))
    return frozenset(hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.is_file())
