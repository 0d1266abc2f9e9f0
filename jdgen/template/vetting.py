"""Templates that are not shipped: tried out in a process of its own, then remembered as safe by their content."""

from __future__ import annotations

import functools
import hashlib
import os
import re
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from jdgen import __version__
from jdgen.apart import TEMPLATE, Stopped, run_apart
from jdgen.drafting.loading import display_path
from jdgen.errors import JdgenError, Problem
from jdgen.files import content_of, save
from jdgen.template.choosing import template_path
from jdgen.workspace import Workspace, cache_folder, shipped_folder

if TYPE_CHECKING:
    from jdgen.template.compiled import CompiledTemplate


# A process that tries a template out, and is stopped when it takes too much.

SECONDS = TEMPLATE.seconds
_SIMPLER = "take out loops inside loops, and very long paragraphs with many tags"


class StoppedError(JdgenError):
    """A template takes more than a template may."""


def vet_apart(content: bytes, name: str) -> None:
    """Try the template out in a process of its own. Raises :class:`JdgenError` with what that process found
    (:class:`TemplateRefusedError` for faults of the template), and :class:`StoppedError` where it had to be stopped."""
    try:
        found = run_apart("jdgen.template.child", name, content, SECONDS)
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


# Templates found safe, by the SHA-256 of their content: a file in the user's own cache folder.
#
# The first line says by which rules they were found safe: a digest of the code that opens and fills, and the versions
# of what it stands on. A file with another first line, or none, counts as empty. Whatever happens to the file, the
# worst is that templates are tried out again.

#: More than an organisation has templates; the oldest go first.
_KEPT = 500
#: A file that is longer was not written here.
_LONGEST = 100_000
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PACKAGE = Path(__file__).resolve().parent.parent
_RULES = ("apart.py", "drafting/model.py", "record/*.py", "template/**/*.py", "word/*.py", "zips.py")
_STANDS_ON = ("docxtpl", "python-docx", "Jinja2", "lxml")


def read_remembered() -> tuple[str, ...]:
    """The digests of templates found safe, the oldest first; none where the file cannot be read or is no such file."""
    try:
        with _file().open(encoding="ascii") as stream:
            first, *digests = stream.read(_LONGEST).splitlines()
    except (OSError, ValueError, RuntimeError):  # RuntimeError: a user without a home
        return ()
    return tuple(filter(_DIGEST.fullmatch, digests)) if first == rules() else ()


def remember(digest: str) -> None:
    """Add ``digest``. A folder that cannot be written to is no error: the template is tried out again next time."""
    kept = [known for known in read_remembered() if known != digest][1 - _KEPT :]
    try:
        save("\n".join((rules(), *kept, digest, "")).encode("ascii"), _file(), overwrite=True, durable=False)
    except (JdgenError, RuntimeError):
        return


@functools.cache
def rules() -> str:
    """What decides whether a template is safe, as a digest."""
    digest = hashlib.sha256(f"{__version__} {sys.version}".encode())
    for package in _STANDS_ON:
        digest.update(_version(package).encode())
    for pattern in _RULES:
        paths = sorted(_PACKAGE.glob(pattern))
        if not paths:  # a room has moved, and its rules would change unseen
            raise FileNotFoundError(f"{pattern}: no such code in {_PACKAGE}")
        for path in paths:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _file() -> Path:
    return cache_folder(os.environ, sys.platform, Path.home()) / "safe-templates.txt"


# Opening a template: the shipped ones at once, a stranger's once it was found safe.
#
# What a template prints is bounded, and so is what it may ask. How long it takes is not: four loops inside one another
# are within the dialect, and so is a paragraph that docxtpl's patterns take minutes over. So a template that jdgen
# does not ship is first opened and filled in a process of its own. What was found safe is remembered by its content.

_SHIPPED = ("job-description", "person-specification", "role-profile")


def open_vetted(content: bytes, name: str) -> CompiledTemplate:
    """The template in ``content``, called ``name`` in messages. Raises :class:`jdgen.errors.JdgenError` with every
    problem of one that cannot be filled, or not in bounded time and memory."""
    vet(content, name)
    from jdgen.template.compiling import compile_template  # noqa: PLC0415  # docxtpl is slow to import

    return compile_template(content, name)


def find_template(workspace: Workspace, named: str, where: str = "--template") -> tuple[Path, CompiledTemplate]:
    """The template that ``named`` means, opened and checked, and its file."""
    source = template_path(workspace, named, where)
    return source, open_vetted(content_of(source, "the template"), display_path(source))


def vet(content: bytes, name: str) -> None:
    """Raise :class:`jdgen.errors.JdgenError` unless the template is shipped, known to be safe, or found to be so."""
    digest = hashlib.sha256(content).hexdigest()
    if digest in _shipped() or digest in read_remembered():
        return
    vet_apart(content, name)
    remember(digest)


@functools.cache
def _shipped() -> frozenset[str]:
    """The digests of the shipped templates: whoever can change those files can change the program beside them."""
    templates = shipped_folder() / "templates"
    files = (*(templates / f"{stem}.docx" for stem in _SHIPPED), *templates.glob("earlier/*.docx"))
    return frozenset(hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.is_file())
