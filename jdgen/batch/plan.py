"""Looking at every row of a file of posts before anything is written."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path

from jdgen.batch.settings import BatchSettings, document_path
from jdgen.drafting.draft import post_problems
from jdgen.drafting.library import Library
from jdgen.drafting.loading import load_library
from jdgen.errors import JdgenError, Problem
from jdgen.post.bulk.reading import PostStream
from jdgen.post.bulk.rows import PostRow
from jdgen.post.entries import PostEntries
from jdgen.post.loading import post_of
from jdgen.post.model import Post
from jdgen.workspace import Workspace

#: Opens the file of posts anew: it is read twice, so that it need not be held in memory.
Opener = Callable[[], PostStream]


@dataclass(frozen=True)
class PlannedPost:
    """A sound row: its number among the rows, its label, and the post in it."""

    number: int
    label: str
    post: Post


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

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Every problem once, in the order of the file: what is wrong with an option is wrong with all rows."""
        rows = (problem for failed in self.failed for problem in failed.problems)
        return tuple(dict.fromkeys((*self.problems, *rows)))


@dataclass
class Libraries:
    """What posts are drafted from, read once for each specialism and set of general statements."""

    workspace: Workspace
    verbatim: bool
    _read: dict[tuple[str, str | None, str], Library | JdgenError] = field(default_factory=dict)

    def of(self, post: Post) -> Library:
        """The library for ``post``. Raises :class:`JdgenError` at the place where the post names what is not there."""
        key = (post.specialism.casefold(), post.framework, post.clauses)
        if key not in self._read:
            self._read[key] = self._load(post)
        found = self._read[key]
        if isinstance(found, JdgenError):
            where = post.where("specialism")
            raise JdgenError(replace(problem, where=where) for problem in found.problems)
        return found

    def _load(self, post: Post) -> Library | JdgenError:
        try:
            library = load_library(self.workspace, post.specialism, post.framework, post.clauses)
        except JdgenError as error:
            return error
        return library.verbatim() if self.verbatim else library


def plan(opener: Opener, libraries: Libraries, settings: BatchSettings) -> Plan:
    """Read every row, draft nothing, and say what is wrong: with rows, and with rows that name the same file."""
    stream = opener()
    failed: list[FailedRow] = []
    names = array("Q")
    count = 0
    for number, row in enumerate(stream.rows):
        count += 1
        post, problems = checked(row, settings.given, libraries)
        if post is None:
            failed.append(FailedRow(number, row, problems))
        else:
            names.extend(_digest(path) for path in _paths(post, settings))
    if count == 0 and not stream.problems:
        raise JdgenError(Problem(stream.name, "holds no post", "write one in each row"))
    repeated = _repeated(names)
    if repeated:
        failed += _same_names(opener, libraries, settings, repeated, {row.number for row in failed})
        failed.sort(key=lambda row: row.number)
    return Plan(count, stream.headings, stream.problems, tuple(failed))


def sound_posts(opener: Opener, settings: BatchSettings, failed: frozenset[int]) -> Iterator[PlannedPost]:
    """The posts of every row that is not among ``failed``, read anew."""
    for number, row in enumerate(opener().rows):
        if number not in failed:
            yield PlannedPost(number, row.label, post_of(_complete(row, settings.given), row.label))


def checked(row: PostRow, given: PostEntries | None, libraries: Libraries) -> tuple[Post | None, tuple[Problem, ...]]:
    """The post of ``row``, or everything that is wrong with it."""
    if row.problems:
        return None, row.problems
    try:
        post = post_of(_complete(row, given), row.label)
        problems = tuple(post_problems(post, libraries.of(post)))
    except JdgenError as error:
        return None, error.problems
    return (None, problems) if problems else (post, ())


def _complete(row: PostRow, given: PostEntries | None) -> PostEntries:
    """The row's entries, with those given for all rows where the row says nothing."""
    return given.overridden_by(row.entries) if given else row.entries


def _paths(post: Post, settings: BatchSettings) -> Iterator[Path]:
    return (document_path(post, template, settings) for template in settings.templates)


def _digest(path: Path) -> int:
    # Names that differ in capitals only are one file on Windows and on most Macs.
    return int.from_bytes(blake2b(str(path).casefold().encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _repeated(names: array[int]) -> set[int]:
    return {one for one, other in pairwise(sorted(names)) if one == other}


def _same_names(
    opener: Opener, libraries: Libraries, settings: BatchSettings, repeated: set[int], failed: set[int]
) -> Iterator[FailedRow]:
    """Rows whose document would have the name of an earlier row's, or of the row's own from another template."""
    first: dict[int, str] = {}
    for number, row in enumerate(opener().rows):
        if number in failed:
            continue
        post, _ = checked(row, settings.given, libraries)
        problems = []
        for path in _paths(post, settings) if post else ():
            digest = _digest(path)
            if digest in first:
                what = f"would be written to the same file as {first[digest]} ('{path.name}')"
                right = "tell the posts apart by title, or name files by more: --filename '{title} {reference}'"
                problems.append(Problem(row.label, what, right))
            elif digest in repeated:
                first[digest] = row.label
        if problems:
            yield FailedRow(number, row, tuple(problems))
