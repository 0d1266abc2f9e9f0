"""Files that a batch was writing when it was killed."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

# What jdgen.saving calls a file until it is whole.
_TEMPORARY = ".jdgen-*.tmp"
#: Younger files may be another batch's, which is still at them.
_ABANDONED = 3600.0


def remove_leftovers(folder: Path) -> None:
    """Remove unfinished files in ``folder`` that nobody has written to for an hour."""
    latest = time.time() - _ABANDONED
    for path in folder.glob(_TEMPORARY):
        with suppress(OSError):  # somebody else's, or gone meanwhile
            if path.stat().st_mtime < latest:
                path.unlink()
