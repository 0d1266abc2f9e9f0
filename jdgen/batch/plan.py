"""The plan of a batch: every row of the file of posts looked at before anything is written.

A row is read, and its post held against the framework; nothing is drafted. Which files the rows would make is known
then, so that rows that would make the same file are found too. Sound posts wait in a spool until they are made.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from jdgen.batch.model import BatchSettings, document_path
from jdgen.batch.spool import PlannedPost, PostChunk, PostSpool, pack
from jdgen.batch.worker import Libraries, Worker
from jdgen.drafting.framework_part import framework_problems
from jdgen.drafting.loading import outline_problems
from jdgen.drafting.named_parts import level_name
from jdgen.errors import JdgenError, Problem
from jdgen.post.fields import REQUIRED
from jdgen.post.model import Post
from jdgen.post.reading import PostEntries, post_of
from jdgen.sheets.reading import PostStream, refuse_too_many
from jdgen.sheets.rows import PostRow

#: From a row as its file has it to a post; nothing where the row is blank.
ReadRow = Callable[[Any], PostRow | None]
#: Opens the file of posts anew.
Opener = Callable[[], PostStream]
# Digests of names are looked through in so many parts.
_PARTS = 16


@dataclass(frozen=True)
class FailedRow:
    """A row that cannot be drafted, and why."""

    number: int
    row: PostRow
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Plan:
    """How many posts there are, and which rows fail. ``problems`` are those of the file as a whole."""

    posts: int
    headings: tuple[str, ...]
    problems: tuple[Problem, ...]
    failed: tuple[FailedRow, ...]
    spool: PostSpool

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Every problem once, in the order of the file: what is wrong with an option is wrong with all rows."""
        rows = (problem for failed in self.failed for problem in failed.problems)
        return tuple(dict.fromkeys((*self.problems, *rows)))

    def chunks(self) -> Iterator[PostChunk]:
        """The posts of all rows that do not fail."""
        return self.spool.chunks([failed.number for failed in self.failed])


def plan(stream: PostStream, found: Iterable[CheckedRows], opener: Opener, alone: Worker, spool: PostSpool) -> Plan:
    """What is wrong with rows, and with rows that name the same file. ``found`` is what was seen of the stream's rows;
    their posts are kept in ``spool``."""
    failed: list[FailedRow] = []
    names = array("Q")
    count = 0
    for rows in found:
        failed += (replace(row, number=row.number + count) for row in rows.failed)
        names.extend(rows.names)
        spool.add(rows.sound, count)
        count += rows.posts
        refuse_too_many(count, stream.name)
    if count == 0 and not stream.problems:
        raise JdgenError(Problem(stream.name, "holds no post", "write one in each row"))
    repeated = _find_repeated(names)
    if repeated:
        failed += _same_names(opener, alone, repeated, {row.number for row in failed})
        failed.sort(key=lambda row: row.number)
    return Plan(count, stream.headings, stream.problems, tuple(failed), spool)


# Single rows.


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
        post, problems = check_row(row, settings.given, libraries)
        if post is None:
            failed.append(FailedRow(number, row, problems))
        else:
            level = level_name(post, libraries.of(post))
            sound.append(PlannedPost(number, row.label, post, level))
            names.extend(name_digest(path) for path in paths_of(post, level, settings))
    return CheckedRows(len(read_rows), pack(sound), names, tuple(failed))


def check_row(row: PostRow, given: PostEntries | None, libraries: Libraries) -> tuple[Post | None, tuple[Problem, ...]]:
    """The post of ``row``, or everything that is wrong with it. ``given`` are entries for all rows that lack them."""
    entries = given.overridden_by(row.entries) if given else row.entries
    # What a sheet's row lacks is told among its problems, or as a column that the sheet lacks.
    if row.problems or (row.cells and not entries.values.keys() >= REQUIRED.keys()):
        return None, tuple(dict.fromkeys((*row.problems, *outline_problems(entries, libraries.of))))
    try:
        post = post_of(entries, row.label)
        problems = framework_problems(post, libraries.of(post))
    except JdgenError as error:
        return None, error.problems
    return (None, problems) if problems else (post, ())


# The files that rows make.


def paths_of(post: Post, level: str, settings: BatchSettings) -> Iterator[Path]:
    """Where the documents of ``post``, drafted at ``level``, go, one for each template."""
    return (document_path(post, template, settings, level) for template in settings.templates)


def name_digest(path: Path) -> int:
    """A number for a file's name. Names that differ in capitals only are one file on Windows and on most Macs."""
    return int.from_bytes(blake2b(str(path).casefold().encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _find_repeated(names: array[int]) -> set[int]:
    """The numbers that are there more than once. Looked for a part at a time, so that few of them are in memory as
    objects at once."""
    repeated: set[int] = set()
    for part in range(_PARTS):
        found: set[int] = set()
        for name in names:
            if name % _PARTS == part:
                if name in found:
                    repeated.add(name)
                found.add(name)
    return repeated


def _same_names(opener: Opener, alone: Worker, repeated: set[int], failed: set[int]) -> Iterator[FailedRow]:
    """Rows whose document would have the name of an earlier row's, or of the row's own from another template."""
    first: dict[int, str] = {}
    for number, row in enumerate(opener().rows):
        if number in failed:
            continue
        post, _ = check_row(row, alone.settings.given, alone.libraries)
        problems = []
        level = level_name(post, alone.libraries.of(post)) if post else ""
        for path in paths_of(post, level, alone.settings) if post else ():
            digest = name_digest(path)
            if digest in first:
                what = f"would be written to the same file as {first[digest]} ('{path.name}')"
                right = "tell the posts apart by title, or name files by more: --filename '{title} {reference}'"
                problems.append(Problem(row.label, what, right))
            elif digest in repeated:
                first[digest] = row.label
        if problems:
            yield FailedRow(number, row, tuple(problems))
