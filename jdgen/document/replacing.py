"""What may be written over: nothing that somebody has worked on, unless the user says so in a second word.

Documents tell by the record in them whether anything was done to them since; of other files :mod:`.own_files` knows it.
What is not known counts as somebody's work.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from jdgen.errors import Problem
from jdgen.files import is_endless
from jdgen.record.untouched import untouched_record
from jdgen.system.windows_paths import place_problem
from jdgen.workspace import is_folder
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
    FOREIGN = "not known as a document of jdgen's"
    DAMAGED = "damaged"
    CHANGED = "not as jdgen wrote it: somebody has edited it, or it is theirs"
    UNREADABLE = "not to be read, so that nobody knows what is in it"
    FOLDER = "a folder"


class FileKind(NamedTuple):
    """A kind of file: what else can be done where one is there already, and has been worked on or not. ``rescues`` are
    the ways for files of which more is known."""

    rescue: str
    elsewhere: str
    rescues: Mapping[Condition, str] = MappingProxyType({})


_KEEPS_EDITS = "`jdgen regenerate` brings it up to date and keeps the edits; or move it away"
DOCUMENT = FileKind(
    "move it away",
    "choose another --output",
    MappingProxyType(
        {
            Condition.EDITED: _KEEPS_EDITS,
            Condition.SAVED: _KEEPS_EDITS,
            Condition.FOREIGN: "move it away, or, if it is one that has lost its record, "
            "`jdgen regenerate` brings it up to date and keeps the edits",
        }
    ),
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
    return Problem(str(path), f"exists already, and is {condition}", ways_out(kind, condition))


def ways_out(kind: FileKind, condition: Condition) -> str:
    """What can be done about a file that somebody has worked on, or that is not jdgen's at all."""
    return f"{kind.rescues.get(condition, kind.rescue)}; {_BOTH_WORDS} replaces it, and what was done to it is lost"


def condition_of_document(path: Path) -> Condition:
    """What is known of the document at ``path``, by the record in it."""
    try:
        if is_endless(path) or path.stat().st_size > WORD_FILE.file:
            return Condition.UNREADABLE
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        return condition_without_content(path, error)
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


def condition_without_content(path: Path, error: Exception) -> Condition:
    """What is known of a file that cannot be read for this ``error``. A path that no file can have is told when it is
    written."""
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        return Condition.ABSENT
    if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
        return Condition.ABSENT
    return Condition.FOLDER if is_folder(path) else Condition.UNREADABLE
