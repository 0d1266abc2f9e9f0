"""Files that jdgen writes and that are no documents: reports, pages, workbooks. Nothing in them says whose they are.

Of each the SHA-256 is noted, so that one which is as it was written is known wherever it was moved. What is not known
counts as somebody's work (:mod:`.replacing`).
"""

from __future__ import annotations

import functools
import hashlib
import os
import sys
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from jdgen.document.replacing import Condition, Permissions, condition_without_content, refusal
from jdgen.errors import Problem, refuse
from jdgen.files import is_endless, owner_file_of, save, state_of
from jdgen.workspace import Workspace, cache_folder

_LIST = "written.txt"
#: What is known of a place that a report may go to.
_FREE = (Condition.ABSENT, Condition.UNTOUCHED)


class OwnFiles:
    """The digests of files that jdgen wrote: in the workspace's folder of records where it has one, else among what
    the user's own programs keep. Where they cannot be kept, a file counts as somebody's work the next time."""

    def __init__(self, workspace: Workspace) -> None:
        self._places = tuple(filter(None, (workspace.root / "records" / _LIST, _list_of_user())))

    def condition(self, path: Path) -> Condition:
        """What is known of the file at ``path``, whatever it is."""
        try:
            if is_endless(path):
                return Condition.UNREADABLE
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except (OSError, ValueError) as error:
            return condition_without_content(path, error)
        return Condition.UNTOUCHED if self._knows(digest) else Condition.CHANGED

    def has(self, content: bytes) -> bool:
        """Whether jdgen wrote a file with this ``content``."""
        return self._knows(hashlib.sha256(content).hexdigest())

    def note(self, content: bytes) -> None:
        """Note that jdgen wrote a file with this ``content``."""
        self._note(hashlib.sha256(content).hexdigest())

    def note_file(self, path: Path) -> None:
        """Note that jdgen wrote the file at ``path``."""
        with suppress(OSError), path.open("rb") as stream:
            self._note(hashlib.file_digest(stream, "sha256").hexdigest())

    def _note(self, digest: str) -> None:
        """Note it in the workspace's list, or in the user's own where the workspace has no folder for it."""
        for path in self._places:
            if digest in self._digests_by_place[path]:
                return
            if path.parent.is_dir() or path is self._places[-1]:
                with suppress(OSError):
                    path.parent.mkdir(parents=True, exist_ok=True)
                    with path.open("a", encoding="ascii") as stream:
                        stream.write(f"{digest}\n")
                    self._digests_by_place[path].add(digest)
                    return

    def _knows(self, digest: str) -> bool:
        return any(digest in digests for digests in self._digests_by_place.values())

    @functools.cached_property
    def _digests_by_place(self) -> dict[Path, set[str]]:
        return {path: set(_lines(path)) for path in self._places}


def write(files: Sequence[tuple[Path, bytes]], workspace: Workspace, permissions: Permissions) -> None:
    """Write files that are no documents, whole, each by its path. Where one may not be, none is.

    Raises :class:`JdgenError` with the problem of each.
    """
    own_files = OwnFiles(workspace)
    states = [state_of(path) for path, _ in files]
    conditions = [own_files.condition(path) for path, _ in files]
    refuse(refusal(path, condition, permissions) for (path, _), condition in zip(files, conditions, strict=True))
    for (path, content), state in zip(files, states, strict=True):
        save(content, path, overwrite=state)
        own_files.note(content)


def holds(path: Path, content: bytes) -> bool:
    """Whether there is a file at ``path`` with this very ``content``."""
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except (OSError, ValueError):
        return False


def free_place(path: Path, own_files: OwnFiles, open_places: Collection[Path] = ()) -> Path:
    """Where a report goes that is written each time over that of the last run: ``path``, or, where somebody has worked
    on what is there or has it open, the first of ``name 2``, ``name 3`` … that nobody has. ``open_places`` are those
    known to be open."""
    number, place = 1, path
    while place in open_places or owner_file_of(place) or own_files.condition(place) not in _FREE:
        number += 1
        place = path.with_name(f"{path.stem} {number}{path.suffix}")
    return place


def displacement_problems(path: Path, place: Path) -> tuple[Problem, ...]:
    """What is said of a report that could not go to ``path`` and went to ``place``; nothing where it did."""
    if path == place:
        return ()
    what = "is open in another program, or somebody has worked on it, so it was not replaced"
    return (Problem(str(path), what, f"see {place} instead"),)


def _list_of_user() -> Path | None:
    try:
        return cache_folder(os.environ, sys.platform, Path.home()) / _LIST
    except RuntimeError:  # a user without a home
        return None


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return []
