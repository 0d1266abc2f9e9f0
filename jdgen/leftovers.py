"""Files that are not whole yet, and what is left of them when the run dies that writes them.

A run holds a lock on each file that it is at, which the system takes back when it dies: so the next run can tell what
nobody will finish.
"""

from __future__ import annotations

import os
import sys
import time
import zlib
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

if sys.platform != "win32":
    import fcntl

#: Unfinished files that cannot be told to be of a dead run are left alone for so many seconds after the last write.
_ABANDONED = 3600.0


def remove_leftovers(folder: Path) -> None:
    """Remove unfinished files in ``folder`` whose run is dead.

    Whether a run on another machine lives is not known here: its files, and any that cannot be locked, go when nobody
    has written to them for an hour.
    """
    for path in folder.glob(".jdgen-*.tmp"):
        with suppress(OSError):  # somebody else's, or gone meanwhile
            _remove_if_dead(path)


def _remove_if_dead(path: Path) -> None:
    with path.open("rb") as stream:
        is_free = _try_lock(stream)
        size = os.fstat(stream.fileno()).st_size
    if is_free is False:
        return
    # A file without content may be one that its run is about to lock.
    is_dead = is_free and size and path.name.startswith(_mark_of_this_machine())
    if is_dead or path.stat().st_mtime < time.time() - _ABANDONED:
        path.unlink()


def unfinished_name() -> str:
    """A name for a file that is not whole yet: nobody else's, and not longer than Windows' paths are reckoned with."""
    return f"{_mark_of_this_machine()}{os.urandom(8).hex()}.tmp"


def _mark_of_this_machine() -> str:
    """How the names of unfinished files begin that this machine writes; network drives have those of others too."""
    if sys.platform == "win32":
        name = os.environ.get("COMPUTERNAME", "")
    else:
        name = os.uname().nodename
    return f".jdgen-{zlib.crc32(name.encode(errors='surrogateescape')):08x}-"


def lock(stream: BinaryIO) -> None:
    """Take the lock on a file that this process writes, once nobody looks at it any more; without locks, do nothing."""
    if sys.platform != "win32":
        with suppress(OSError):
            fcntl.flock(stream, fcntl.LOCK_EX)


def _try_lock(stream: BinaryIO) -> bool | None:
    """Whether this process has the lock on the open file now; false where another has it, nothing where the file
    system has no locks."""
    if sys.platform != "win32":  # where an open file cannot be removed
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return None
        return True
    return None
