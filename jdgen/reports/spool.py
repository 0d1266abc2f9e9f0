"""Rows wait on disk for the end of a run, in files without a name: even a killed process leaves none behind."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import IO, BinaryIO


def spool(folder: Path | None = None) -> BinaryIO:
    """A new file without a name, on the disk of ``folder``; gone when it is closed."""
    return tempfile.TemporaryFile(dir=folder)


def copy_spool(source: BinaryIO, target: IO[bytes]) -> None:
    """Write the whole of a spool to a stream."""
    source.seek(0)
    shutil.copyfileobj(source, target, 1 << 16)
