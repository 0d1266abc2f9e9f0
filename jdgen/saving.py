"""Saving documents: safe file names, whole files only, nothing overwritten unasked."""

from __future__ import annotations

import datetime
import errno
import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from jdgen.errors import JdgenError, Problem, listed
from jdgen.post.model import Post

#: NHS Jobs takes file names of fewer than 90 characters.
MAX_NAME = 89
DEFAULT_PATTERN = "{document} {title} band {band}"
_SUFFIX = ".docx"
_FIELD = re.compile(r"\{([^{}]*)\}")
# What Windows refuses in a name, and what makes a path out of a name on any system.
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
# Windows reserves these with any suffix, and with spaces before it.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\..*)?", re.IGNORECASE)


def file_name(pattern: str, fields: Mapping[str, str]) -> str:
    """The name of a document: ``pattern`` with its ``{fields}``, made safe on every system.

    Raises :class:`JdgenError` for a pattern with a field that does not exist.
    """
    unknown = [name for name in _FIELD.findall(pattern) if name not in fields]
    if unknown:
        right = f"use {listed('{' + name + '}' for name in fields)}"
        raise JdgenError(Problem("the file name pattern", f"no field {listed(unknown)}", right))
    return safe_name(_FIELD.sub(lambda field: fields[field[1]], pattern))


def name_fields(post: Post, template: str, drafted: datetime.date) -> dict[str, str]:
    """The fields that a pattern may use; what the post does not say is empty. ``template`` is the template's name."""
    return {
        "document": template.replace("-", " ").capitalize(),
        "title": post.title,
        "band": str(post.band),
        "specialism": post.specialism,
        "employer": post.employer or "",
        "department": post.department or "",
        "reference": post.reference or "",
        "version": post.version or "",
        "date": drafted.isoformat(),
    }


def safe_name(wanted: str) -> str:
    """``wanted`` as the name of a Word file, short enough and allowed everywhere.

    A name that must be shortened keeps a mark made of the whole, so that two long names stay different.
    """
    text = unicodedata.normalize("NFC", wanted.removesuffix(_SUFFIX))
    visible = "".join(char for char in text if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"})
    stem = re.sub(r"\s+", " ", _UNSAFE.sub(" ", visible)).strip(" .")
    if not stem:
        stem = "document"
    if _RESERVED.fullmatch(stem):
        stem = f"document {stem}"
    return _shortened(stem, text) + _SUFFIX


def _shortened(stem: str, whole: str) -> str:
    room = MAX_NAME - len(_SUFFIX)
    # File systems count bytes, and 255 of them is the common limit.
    if len(stem) <= room and len(stem.encode()) <= 240:
        return stem
    mark = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    cut = stem[: room - len(mark) - 1]
    while len(cut.encode()) > 230:
        cut = cut[:-1]
    return f"{cut.rstrip(' .')} {mark}"


class DiskFullError(JdgenError):
    """There is no room for a file. Unlike other failures it will be met by every file that follows."""


def save(content: bytes, path: Path, overwrite: bool, durable: bool = True) -> None:
    """Write ``content`` to ``path``, whole or not at all; folders are made as needed.

    ``durable`` waits until the disk has it, so that a power cut cannot take it back; a batch that can be run again
    need not wait for each of thousands.

    Raises :class:`JdgenError` when the file exists and ``overwrite`` is false, or cannot be written.
    """
    with whole_file(path, overwrite, durable) as stream:
        stream.write(content)


@contextmanager
def whole_file(path: Path, overwrite: bool, durable: bool = True) -> Iterator[BinaryIO]:
    """A stream whose content gets the name ``path`` when the block ends well, and is gone when it does not.

    Raises :class:`JdgenError` as :func:`save` does.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:  # FileExistsError too: a file stands where a folder is needed
        raise JdgenError(_unwritable(path, error)) from error
    try:
        with _named_when_whole(path, overwrite, durable) as stream:
            yield stream
    except FileExistsError as error:
        raise JdgenError(_exists(path)) from error
    except (OSError, ValueError) as error:
        if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFullError(_unwritable(path, error)) from error
        raise JdgenError(_unwritable(path, error)) from error


def refuse_existing(path: Path) -> None:
    """Raise :class:`JdgenError` when there is a file at ``path`` already."""
    try:
        found = path.exists()
    except (OSError, ValueError) as error:  # a name that the system does not take
        raise JdgenError(_unwritable(path, error)) from error
    if found:
        raise JdgenError(_exists(path))


def refuse_unwritable(folder: Path) -> None:
    """Raise :class:`JdgenError` when no file can be written into ``folder``, which is made if need be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except (OSError, ValueError) as error:
        raise JdgenError(_unwritable(folder, error)) from error


def _unwritable(path: Path, error: Exception) -> Problem:
    reason = getattr(error, "strerror", None) or error
    return Problem(str(path), f"cannot be written ({reason})", "choose a folder that you can write to")


def _exists(path: Path) -> Problem:
    return Problem(str(path), "exists already", "use --overwrite to replace it, or choose another --output")


@contextmanager
def _named_when_whole(path: Path, overwrite: bool, durable: bool) -> Iterator[BinaryIO]:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".jdgen-", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            if durable:
                os.fsync(stream.fileno())
        temporary.chmod(0o666 & ~_umask())
        if overwrite:
            temporary.replace(path)
        else:
            _put_new(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _put_new(temporary: Path, path: Path) -> None:
    """Give the finished file its name only if nobody has it: a hard link fails where a rename would replace."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, such as FAT on a memory stick
        if path.exists():
            raise FileExistsError(path) from None
        temporary.replace(path)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
