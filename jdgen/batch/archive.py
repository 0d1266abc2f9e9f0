"""One zip file of all documents of a batch: whole at the end or not there; equal documents give equal bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from jdgen.saving import whole_file

_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


class Archive:
    """Takes documents one by one. They are deflated already, so they are stored as they are."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED)

    def add(self, name: str, content: bytes) -> None:
        """Add the document ``name``."""
        entry = zipfile.ZipInfo(name, _EPOCH)
        entry.create_system = _UNIX
        entry.external_attr = 0o644 << 16
        self._zip.writestr(entry, content)

    def close(self) -> None:
        """Write the list of contents."""
        self._zip.close()

    def abandon(self) -> None:
        """Write nothing more. Left alone, a zip file closes itself when nobody needs it, though its stream is gone."""
        self._zip.fp = None


@contextmanager
def archive(path: Path, overwrite: bool) -> Iterator[Archive]:
    """An archive that gets its name when all is in it. Raises :class:`JdgenError` when it cannot be written."""
    with whole_file(path, overwrite=overwrite) as stream:
        collected = Archive(stream)
        try:
            yield collected
        except BaseException:
            collected.abandon()
            raise
        collected.close()
