"""Looking at rows of a file of posts before anything is written: sound or not, and which files they would make."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from jdgen.batch.libraries import Libraries
from jdgen.batch.settings import BatchSettings, document_path
from jdgen.batch.spool import PlannedPost, packed
from jdgen.drafting.framework_part import framework_problems, outline_problems
from jdgen.drafting.levels import level_name
from jdgen.errors import JdgenError, Problem
from jdgen.post.bulk.header import REQUIRED
from jdgen.post.bulk.rows import PostRow
from jdgen.post.entries import PostEntries
from jdgen.post.loading import post_of
from jdgen.post.model import Post

#: From a row as its file has it to a post; nothing where the row is blank.
ReadRow = Callable[[Any], PostRow | None]


@dataclass(frozen=True)
class FailedRow:
    """A row that cannot be drafted, and why."""

    number: int
    row: PostRow
    problems: tuple[Problem, ...]


class CheckedRows(NamedTuple):
    """Some rows, looked at: how many posts they hold, which are sound (packed), and which fail; numbers count from 0.

    ``names`` are digests of the names of all files that the sound ones make.
    """

    posts: int
    sound: bytes
    names: array[int]
    failed: tuple[FailedRow, ...]


def checked_rows(rows: Iterable[Any], read: ReadRow, settings: BatchSettings, libraries: Libraries) -> CheckedRows:
    """Read rows, draft nothing, and say which are sound."""
    sound: list[PlannedPost] = []
    failed: list[FailedRow] = []
    names = array("Q")
    read_rows = [found for row in rows if (found := read(row))]
    for number, row in enumerate(read_rows):
        post, problems = checked(row, settings.given, libraries)
        if post is None:
            failed.append(FailedRow(number, row, problems))
        else:
            level = level_name(post, libraries.of(post))
            sound.append(PlannedPost(number, row.label, post, level))
            names.extend(name_digest(path) for path in paths_of(post, level, settings))
    return CheckedRows(len(read_rows), packed(sound), names, tuple(failed))


def checked(row: PostRow, given: PostEntries | None, libraries: Libraries) -> tuple[Post | None, tuple[Problem, ...]]:
    """The post of ``row``, or everything that is wrong with it. ``given`` are entries for all rows that lack them."""
    entries = given.overridden_by(row.entries) if given else row.entries
    # What a sheet's row lacks is told among its problems, or as a column that the sheet lacks.
    if row.problems or (row.cells and not entries.values.keys() >= REQUIRED):
        return None, tuple(dict.fromkeys((*row.problems, *outline_problems(entries, libraries.of))))
    try:
        post = post_of(entries, row.label)
        problems = framework_problems(post, libraries.of(post))
    except JdgenError as error:
        return None, error.problems
    return (None, problems) if problems else (post, ())


def paths_of(post: Post, level: str, settings: BatchSettings) -> Iterator[Path]:
    """Where the documents of ``post``, drafted at ``level``, go, one for each template."""
    return (document_path(post, template, settings, level) for template in settings.templates)


def name_digest(path: Path) -> int:
    """A number for a file's name. Names that differ in capitals only are one file on Windows and on most Macs."""
    return int.from_bytes(blake2b(str(path).casefold().encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
