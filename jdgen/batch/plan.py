"""The plan of a batch: every row of the file of posts looked at before anything is written.

A row is read, and its post held against the framework; nothing is drafted. Which files the rows would make is known
then, so that rows that would make the same file are found too, and told apart. Sound posts wait in a spool until they
are made.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any, NamedTuple

from jdgen.batch.model import BatchSettings, document_names, place_of
from jdgen.batch.namesakes import NamedFiles, SharedName, namesake, tell_apart
from jdgen.batch.sources import Libraries
from jdgen.batch.spool import NO_NAMES, PlannedPost, PostChunk, PostSpool, pack
from jdgen.document.names import annotated_name
from jdgen.drafting.framework_part import framework_problems
from jdgen.drafting.loading import outline_problems
from jdgen.drafting.named_parts import level_name
from jdgen.errors import JdgenError, Problem
from jdgen.post.fields import REQUIRED
from jdgen.post.model import Post
from jdgen.post.reading import PostEntries, post_of
from jdgen.sheets.reading import PostStream, refuse_too_many
from jdgen.sheets.rows import PostRow
from jdgen.system.windows_paths import place_problem

#: From a row as its file has it to a post; nothing where the row is blank.
ReadRow = Callable[[Any], PostRow | None]
#: Opens the file of posts anew.
Opener = Callable[[], PostStream]
_NO_PROBLEMS: Mapping[int, Problem] = {}
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
    """How many posts there are, and which rows fail. ``problems`` are those of the file as a whole. ``names`` are those
    of documents, by the numbers of posts that the pattern does not tell apart, and ``warnings`` of what keeps nothing
    from being made."""

    posts: int
    headings: tuple[str, ...]
    problems: tuple[Problem, ...]
    failed: tuple[FailedRow, ...]
    spool: PostSpool
    names: Mapping[int, tuple[str, ...]]
    warnings: tuple[Problem, ...]

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Every problem once, in the order of the file: what is wrong with an option is wrong with all rows."""
        rows = (problem for failed in self.failed for problem in failed.problems)
        return tuple(dict.fromkeys((*self.problems, *rows)))

    def chunks(self) -> Iterator[PostChunk]:
        """The posts of all rows that do not fail."""
        return self.spool.chunks([failed.number for failed in self.failed], self.names)


def plan(
    stream: PostStream, found: Iterable[CheckedRows], opener: Opener, settings: BatchSettings, spool: PostSpool
) -> Plan:
    """What is wrong with rows, and with rows that name the same file. ``found`` is what was seen of the stream's rows;
    their posts are kept in ``spool``."""
    failed: list[FailedRow] = []
    names = array("Q")
    warnings: list[Problem] = []
    count = 0
    for rows in found:
        failed += (replace(row, number=row.number + count) for row in rows.failed)
        names.extend(rows.names)
        warnings += rows.warnings
        spool.add(rows.sound, count)
        count += rows.posts
        refuse_too_many(count, stream.name)
    if count == 0 and not stream.problems:
        raise JdgenError(Problem(stream.name, "holds no post", "write one in each row"))
    repeated = _find_repeated(names)
    apart = _tell_apart(spool, repeated, names, settings) if repeated else _Namesakes()
    failed += _rows_of(opener, apart.problems)
    failed.sort(key=lambda row: row.number)
    return Plan(
        count, stream.headings, stream.problems, tuple(failed), spool, apart.names, (*warnings, *apart.warnings)
    )


# Single rows.


class CheckedRows(NamedTuple):
    """Some rows, looked at: how many posts they hold, which are sound (packed), and which fail; numbers count from 0.

    ``names`` are digests of the names of all files that the sound ones make; ``warnings`` name rows that are
    passed over, and what keeps nothing from being made.
    """

    posts: int
    sound: bytes
    names: array[int]
    failed: tuple[FailedRow, ...]
    warnings: tuple[Problem, ...] = ()


def checked_rows(rows: Iterable[Any], read: ReadRow, settings: BatchSettings, libraries: Libraries) -> CheckedRows:
    """Read rows, draft nothing, and say which are sound."""
    sound: list[PlannedPost] = []
    failed: list[FailedRow] = []
    names = array("Q")
    read_rows = [found for row in rows if (found := read(row))]
    posts = [row for row in read_rows if not row.passed_over]
    for number, row in enumerate(posts):
        post, problems = check_row(row, settings.given, libraries)
        if post is None:
            failed.append(FailedRow(number, row, problems))
        else:
            level = level_name(post, libraries.of(post))
            made = document_names(post, settings, level)
            if unwritable := _unwritable(row.label, made, settings):
                failed.append(FailedRow(number, row, unwritable))
                continue
            sound.append(PlannedPost(number, row.label, post, made, level))
            names.extend(map(_name_digest, made))
    warnings = tuple(warning for row in read_rows for warning in _warnings_of(row))
    return CheckedRows(len(posts), pack(sound), names, tuple(failed), warnings)


def _warnings_of(row: PostRow) -> tuple[Problem, ...]:
    return (row.passed_over,) if row.passed_over else row.warnings


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


class _Namesakes(NamedTuple):
    """Posts that the pattern of names does not tell apart: the names of their documents by their numbers, and what is
    wrong with those that nothing tells apart."""

    names: Mapping[int, tuple[str, ...]] = NO_NAMES
    problems: Mapping[int, Problem] = _NO_PROBLEMS
    warnings: tuple[Problem, ...] = ()


def _name_digest(name: str) -> int:
    """A number for a file's name. Names that differ in capitals only are one file on Windows and on most Macs."""
    return int.from_bytes(blake2b(name.casefold().encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _unwritable(label: str, names: Iterable[str], settings: BatchSettings) -> tuple[Problem, ...]:
    """Why this system has no file at the places where those of a row would go; nothing where it has, or they go into
    an archive."""
    if settings.archive:
        return ()
    places = [place_of(name, settings) for name in names]
    copies = map(annotated_name, places) if settings.annotate else ()
    found = (problem for place in (*places, *copies) if (problem := place_problem(place)))
    return tuple(Problem(label, f"'{one.where}' cannot be written: {one.what}", one.right) for one in found)


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


def _tell_apart(spool: PostSpool, repeated: set[int], names: array[int], settings: BatchSettings) -> _Namesakes:
    """What tells the posts apart that would make the same files; ``names`` are digests of the names of all."""
    groups: dict[int, list[tuple[SharedName, int]]] = {}
    made: dict[int, list[str]] = {}
    for planned in _posts(spool):
        digests = list(map(_name_digest, planned.names))
        if repeated.isdisjoint(digests):
            continue
        made[planned.number] = [*planned.names]
        found = namesake(planned.number, planned.label, planned.post)
        for index, digest in enumerate(digests):
            if digest in repeated:
                groups.setdefault(digest, []).append((found, index))
    problems: dict[int, Problem] = {}
    warnings: list[Problem] = []
    folder = NamedFiles(None if settings.archive else settings.output)
    for group in groups.values():
        first, index = group[0]
        name = made[first.number][index]
        if len({post.number for post, _ in group}) < len(group):
            problems |= {post.number: _templates_alike(post, first, name) for post, _ in group[1:]}
            continue
        told = tell_apart([post for post, _ in group], name, settings.templates[index].name, folder)
        problems = {**told.problems, **problems}
        warnings += told.warnings
        for post, which in group:
            longer = made[post.number][which] = told.names.get(post.number, made[post.number][which])
            if unwritable := _unwritable(post.label, [longer], settings):
                problems[post.number] = unwritable[0]
    apart = {number: tuple(each) for number, each in made.items() if number not in problems}
    digests_apart = [_name_digest(name) for each in apart.values() for name in each]
    if len(set(digests_apart)) < len(digests_apart) or not set(digests_apart).isdisjoint(names):
        sound = (planned for planned in _posts(spool) if planned.number not in problems)
        problems |= _taken(sound, apart, set(digests_apart))
    return _Namesakes(apart, problems, tuple(dict.fromkeys(warnings)))


def _templates_alike(post: SharedName, first: SharedName, name: str) -> Problem:
    what = f"would be written to the same file as {first.label} ('{name}')"
    return Problem(post.label, what, "name files by their template as well: --filename '{document} {title}'")


def _taken(posts: Iterable[PlannedPost], named: Mapping[int, Sequence[str]], longer: set[int]) -> dict[int, Problem]:
    """What is wrong with posts whose longer name is another post's after all."""
    problems: dict[int, Problem] = {}
    first: dict[int, str] = {}
    for planned in posts:
        for name in named.get(planned.number, planned.names):
            digest = _name_digest(name)
            if digest in first:
                what = f"would be written to the same file as {first[digest]} ('{name}')"
                problems[planned.number] = Problem(planned.label, what, "give each post a reference")
            elif digest in longer:
                first[digest] = planned.label
    return problems


def _posts(spool: PostSpool) -> Iterator[PlannedPost]:
    return (planned for chunk in spool.chunks() for planned in chunk.posts())


def _rows_of(opener: Opener, problems: Mapping[int, Problem]) -> Iterator[FailedRow]:
    """The rows of posts that fail for what other rows say."""
    for number, row in enumerate(opener().rows if problems else ()):
        if number in problems:
            yield FailedRow(number, row, (problems[number],))
