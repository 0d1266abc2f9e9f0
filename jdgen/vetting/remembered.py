"""Templates found safe, by the SHA-256 of their content: a file in the user's own cache folder.

The first line says by which rules they were found safe: a digest of the code that opens and fills, and the versions
of what it stands on. A file with another first line, or none, counts as empty. Whatever happens to the file, the
worst is that templates are tried out again.
"""

from __future__ import annotations

import functools
import hashlib
import os
import re
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from jdgen import __version__
from jdgen.errors import JdgenError
from jdgen.saving import save
from jdgen.workspace import cache_folder

#: More than an organisation has templates; the oldest go first.
_KEPT = 500
#: A file that is longer was not written here.
_LONGEST = 100_000
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PACKAGE = Path(__file__).resolve().parent.parent
_RULES = ("drafting/model.py", "filling/**/*.py", "opc/*.py", "record/*.py", "vetting/*.py", "word_file/*.py")
_STANDS_ON = ("docxtpl", "python-docx", "Jinja2", "lxml")


def remembered() -> tuple[str, ...]:
    """The digests of templates found safe, the oldest first; none where the file cannot be read or is no such file."""
    try:
        with _file().open(encoding="ascii") as stream:
            first, *digests = stream.read(_LONGEST).splitlines()
    except (OSError, ValueError, RuntimeError):  # RuntimeError: a user without a home
        return ()
    return tuple(filter(_DIGEST.fullmatch, digests)) if first == rules() else ()


def remember(digest: str) -> None:
    """Add ``digest``. A folder that cannot be written to is no error: the template is tried out again next time."""
    kept = [known for known in remembered() if known != digest][1 - _KEPT :]
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
        for path in sorted(_PACKAGE.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _file() -> Path:
    return cache_folder(os.environ, sys.platform, Path.home()) / "safe-templates.txt"
