"""Saving files: whole or not at all, nothing overwritten unasked."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from jdgen.errors import JdgenError, Problem


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
    # The name is known before there is a file, so that an interrupt at any moment leaves none behind.
    temporary = path.parent / f".jdgen-{os.urandom(8).hex()}.tmp"
    try:
        with temporary.open("xb") as stream:
            yield stream
            stream.flush()
            if durable:
                os.fsync(stream.fileno())
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
