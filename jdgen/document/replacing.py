"""What may be written over: nothing that somebody has worked on, unless the user says so in a second word.

Documents tell by the record in them whether anything was done to them since. Other files cannot: of each that jdgen
writes it notes the SHA-256, so that one which is as it was written is known wherever it was moved. What is not known
counts as somebody's work.
"""

from __future__ import annotations

import errno
import functools
import hashlib
import os
import sys
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from jdgen.errors import JdgenError, Problem
from jdgen.files import is_endless, owner_file_of, save, state_of
from jdgen.record.untouched import untouched_record
from jdgen.system.windows_paths import place_problem
from jdgen.workspace import Workspace, cache_folder, is_folder
from jdgen.zips import WORD_FILE

#: What is said to the user who wants a file replaced that somebody has worked on.
_BOTH_WORDS = "--overwrite --discard-edits"


class Permissions(NamedTuple):
    """What the user lets jdgen write over: with ``overwrite`` what is as jdgen wrote it, with ``discard_edits`` also
    what somebody has worked on."""

    overwrite: bool = False
    discard_edits: bool = False


class Condition(StrEnum):
    """What is known of the file that stands where one is to be written."""

    ABSENT = "not there"
    UNTOUCHED = "as jdgen wrote it"
    EDITED = "edited since jdgen wrote it"
    SAVED = "saved by another program since jdgen wrote it, perhaps with edits"
    FOREIGN = "not a document of jdgen's"
    DAMAGED = "damaged"
    CHANGED = "not as jdgen wrote it: somebody has edited it, or it is theirs"
    UNREADABLE = "not to be read, so that nobody knows what is in it"
    FOLDER = "a folder"


class FileKind(NamedTuple):
    """A kind of file: what else can be done where one is there already, and has been worked on or not."""

    rescue: str
    elsewhere: str


DOCUMENT = FileKind(
    "`jdgen regenerate` brings it up to date and keeps the edits; or move it away", "choose another --output"
)
OTHER = FileKind("move it away, or choose another name for the new one", "choose another name")


def refusal(path: Path, condition: Condition, permissions: Permissions, kind: FileKind = OTHER) -> Problem | None:
    """Why the file at ``path`` must not be written over; nothing where it may be.

    All commands go by this, but for two kinds of file: a redline over the document that it is of, in which the edits
    are (``--overwrite`` alone allows it), and files in which people decide, which are added to."""
    if problem := place_problem(path):
        return problem
    if condition is Condition.ABSENT:
        return None
    if condition is Condition.FOLDER:  # whatever is allowed
        return Problem(str(path), "exists already, and is a folder", kind.elsewhere)
    if condition is Condition.UNTOUCHED:
        right = f"use --overwrite to replace it, or {kind.elsewhere}"
        return None if permissions.overwrite else Problem(str(path), "exists already", right)
    if permissions.overwrite and permissions.discard_edits:
        return None
    return Problem(str(path), f"exists already, and is {condition}", ways_out(kind))


def ways_out(kind: FileKind) -> str:
    """What can be done about a file that somebody has worked on."""
    return f"{kind.rescue}; {_BOTH_WORDS} replaces it, and what was done to it is lost"


def condition_of_document(path: Path) -> Condition:
    """What is known of the document at ``path``, by the record in it."""
    try:
        if is_endless(path) or path.stat().st_size > WORD_FILE.file:
            return Condition.UNREADABLE
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        return _condition_without_content(path, error)
    if untouched_record(content):
        return Condition.UNTOUCHED
    from jdgen.record.reading import Handling, record_of  # noqa: PLC0415  # lxml is slow to import

    return {
        Handling.UNTOUCHED: Condition.UNTOUCHED,
        Handling.SAVED: Condition.SAVED,
        Handling.EDITED: Condition.EDITED,
        Handling.FOREIGN: Condition.FOREIGN,
        Handling.DAMAGED: Condition.DAMAGED,
    }[record_of(content)[1]]


class OwnFiles:
    """The digests of files that jdgen wrote: in the workspace's folder of records where it has one, else among what
    the user's own programs keep. Where they cannot be kept, a file counts as somebody's work the next time."""

    def __init__(self, workspace: Workspace) -> None:
        self._places = tuple(filter(None, (workspace.root / "records" / _LIST, _own_list())))

    def condition(self, path: Path) -> Condition:
        """What is known of the file at ``path``, whatever it is."""
        try:
            if is_endless(path):
                return Condition.UNREADABLE
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except (OSError, ValueError) as error:
            return _condition_without_content(path, error)
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


def refuse(refusals: Iterable[Problem | None]) -> None:
    """Raise :class:`JdgenError` with every problem that there is."""
    if problems := [problem for problem in refusals if problem is not None]:
        raise JdgenError(problems)


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
    """What is said of a report that could not take the ``path`` place; nothing where it did."""
    if path == place:
        return ()
    what = "is open in another program, or somebody has worked on it, so it was not replaced"
    return (Problem(str(path), what, f"see {place} instead"),)


_FREE = (Condition.ABSENT, Condition.UNTOUCHED)
_LIST = "written.txt"


def _own_list() -> Path | None:
    try:
        return cache_folder(os.environ, sys.platform, Path.home()) / _LIST
    except RuntimeError:  # a user without a home
        return None


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return []


def _condition_without_content(path: Path, error: Exception) -> Condition:
    """What is known of a file that cannot be read. A path that no file can have is told when it is written."""
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        return Condition.ABSENT
    if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
        return Condition.ABSENT
    return Condition.FOLDER if is_folder(path) else Condition.UNREADABLE
