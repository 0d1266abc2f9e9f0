"""The plan of a batch: every row of the file of posts looked at before anything is written."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from jdgen.batch.rows import CheckedRows, FailedRow, checked, name_digest, paths_of
from jdgen.batch.spool import PostChunk, PostSpool
from jdgen.batch.worker import Worker
from jdgen.drafting.levels import level_name
from jdgen.errors import JdgenError, Problem
from jdgen.post.bulk.reading import PostStream, refuse_too_many

_PARTS = 16
#: Opens the file of posts anew.
Opener = Callable[[], PostStream]


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
    repeated = _repeated(names)
    if repeated:
        failed += _same_names(opener, alone, repeated, {row.number for row in failed})
        failed.sort(key=lambda row: row.number)
    return Plan(count, stream.headings, stream.problems, tuple(failed), spool)


def _repeated(names: array[int]) -> set[int]:
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
        post, _ = checked(row, alone.settings.given, alone.libraries)
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
