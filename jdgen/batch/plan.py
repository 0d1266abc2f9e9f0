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
from jdgen.batch.namesakes import DocumentFolder, SharedName, namesake, tell_apart
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
    failed_rows: tuple[FailedRow, ...]
    spool: PostSpool
    names: Mapping[int, tuple[str, ...]]
    warnings: tuple[Problem, ...]

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Every problem once, in the order of the file: what is wrong with an option is wrong with all rows."""
        row_problems = (problem for failed_row in self.failed_rows for problem in failed_row.problems)
        return tuple(dict.fromkeys((*self.problems, *row_problems)))

    def chunks(self) -> Iterator[PostChunk]:
        """The posts of all rows that do not fail."""
        return self.spool.chunks([failed_row.number for failed_row in self.failed_rows], self.names)


def plan_batch(
    stream: PostStream, checked_chunks: Iterable[CheckedRows], opener: Opener, settings: BatchSettings, spool: PostSpool
) -> Plan:
    """What is wrong with rows, and with rows that name the same file. ``checked_chunks`` is what was seen of the
    stream's rows; their posts are kept in ``spool``."""
    failed_rows: list[FailedRow] = []
    name_digests = array("Q")
    warnings: list[Problem] = []
    count = 0
    for chunk in checked_chunks:
        failed_rows += (replace(row, number=row.number + count) for row in chunk.failed_rows)
        name_digests.extend(chunk.name_digests)
        warnings += chunk.warnings
        spool.add(chunk.sound, count)
        count += chunk.posts
        refuse_too_many(count, stream.name)
    if count == 0 and not stream.problems:
        raise JdgenError(Problem(stream.name, "holds no post", "write one in each row"))
    repeated_digests = _find_repeated(name_digests)
    namesakes = _tell_apart(spool, repeated_digests, name_digests, settings) if repeated_digests else _Namesakes()
    failed_rows += _rows_of(opener, namesakes.problems)
    failed_rows.sort(key=lambda row: row.number)
    return Plan(
        count,
        stream.headings,
        stream.problems,
        tuple(failed_rows),
        spool,
        namesakes.names,
        (*warnings, *namesakes.warnings),
    )


# Single rows.


class CheckedRows(NamedTuple):
    """Some rows, looked at: how many posts they hold, which are sound (packed), and which fail; numbers count from 0.

    ``name_digests`` are those of the names of all files that the sound ones make; ``warnings`` name rows that are
    passed over, and what keeps nothing from being made.
    """

    posts: int
    sound: bytes
    name_digests: array[int]
    failed_rows: tuple[FailedRow, ...]
    warnings: tuple[Problem, ...] = ()


def check_rows(rows: Iterable[Any], read_row: ReadRow, settings: BatchSettings, libraries: Libraries) -> CheckedRows:
    """Read rows, draft nothing, and say which are sound."""
    sound: list[PlannedPost] = []
    failed_rows: list[FailedRow] = []
    name_digests = array("Q")
    post_rows = [post_row for row in rows if (post_row := read_row(row))]
    sound_or_failed = [row for row in post_rows if not row.passed_over]
    for number, row in enumerate(sound_or_failed):
        post, problems = check_row(row, settings.common_entries, libraries)
        if post is None:
            failed_rows.append(FailedRow(number, row, problems))
        else:
            level = level_name(post, libraries.of(post))
            names = document_names(post, settings, level)
            if unwritable := _unwritable(row.label, names, settings):
                failed_rows.append(FailedRow(number, row, unwritable))
                continue
            sound.append(PlannedPost(number, row.label, post, names, level))
            name_digests.extend(map(_name_digest, names))
    warnings = tuple(warning for row in post_rows for warning in _warnings_of(row))
    return CheckedRows(len(sound_or_failed), pack(sound), name_digests, tuple(failed_rows), warnings)


def _warnings_of(row: PostRow) -> tuple[Problem, ...]:
    return (row.passed_over,) if row.passed_over else row.warnings


def check_row(
    row: PostRow, common_entries: PostEntries | None, libraries: Libraries
) -> tuple[Post | None, tuple[Problem, ...]]:
    """The post of ``row``, or everything that is wrong with it. ``common_entries`` are for all
    rows that lack them."""
    entries = common_entries.overridden_by(row.entries) if common_entries else row.entries
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
    problems = filter(None, map(place_problem, (*places, *copies)))
    return tuple(
        Problem(label, f"'{problem.where}' cannot be written: {problem.what}", problem.right) for problem in problems
    )


def _find_repeated(name_digests: array[int]) -> set[int]:
    """The numbers that are there more than once. Looked for a part at a time, so that few of them are in memory as
    objects at once."""
    repeated_digests: set[int] = set()
    for part in range(_PARTS):
        earlier: set[int] = set()
        for digest in name_digests:
            if digest % _PARTS == part:
                if digest in earlier:
                    repeated_digests.add(digest)
                earlier.add(digest)
    return repeated_digests


def _tell_apart(
    spool: PostSpool, repeated_digests: set[int], all_digests: array[int], settings: BatchSettings
) -> _Namesakes:
    """What tells the posts apart that would make the same files; ``all_digests`` are digests of the names of all."""
    groups: dict[int, list[tuple[SharedName, int]]] = {}
    names_by_post: dict[int, list[str]] = {}
    for planned_post in _posts(spool):
        digests = list(map(_name_digest, planned_post.names))
        if repeated_digests.isdisjoint(digests):
            continue
        names_by_post[planned_post.number] = [*planned_post.names]
        post = namesake(planned_post.number, planned_post.label, planned_post.post)
        for index, digest in enumerate(digests):
            if digest in repeated_digests:
                groups.setdefault(digest, []).append((post, index))
    problems: dict[int, Problem] = {}
    warnings: list[Problem] = []
    folder = DocumentFolder(None if settings.archive else settings.output)
    for group in groups.values():
        first, index = group[0]
        name = names_by_post[first.number][index]
        if len({post.number for post, _ in group}) < len(group):
            problems |= {post.number: _templates_alike(post, first, name) for post, _ in group[1:]}
            continue
        naming = tell_apart(
            [post for post, _ in group], name, settings.templates[index].name, folder, is_mended=settings.is_mended
        )
        problems = {**naming.problems, **problems}
        warnings += naming.warnings
        for post, which in group:
            longer = names_by_post[post.number][which] = naming.names.get(
                post.number, names_by_post[post.number][which]
            )
            if unwritable := _unwritable(post.label, [longer], settings):
                problems[post.number] = unwritable[0]
    longer_names = {number: tuple(names) for number, names in names_by_post.items() if number not in problems}
    digests_apart = [_name_digest(name) for names in longer_names.values() for name in names]
    if len(set(digests_apart)) < len(digests_apart) or not set(digests_apart).isdisjoint(all_digests):
        sound = (planned_post for planned_post in _posts(spool) if planned_post.number not in problems)
        problems |= _find_clashes(sound, longer_names, set(digests_apart))
    return _Namesakes(longer_names, problems, tuple(dict.fromkeys(warnings)))


def _templates_alike(post: SharedName, first: SharedName, name: str) -> Problem:
    what = f"would be written to the same file as {first.label} ('{name}')"
    return Problem(post.label, what, "name files by their template as well: --filename '{document} {title}'")


def _find_clashes(
    posts: Iterable[PlannedPost], longer_names: Mapping[int, Sequence[str]], longer_digests: set[int]
) -> dict[int, Problem]:
    """What is wrong with posts whose longer name is another post's after all."""
    problems: dict[int, Problem] = {}
    first: dict[int, str] = {}
    for planned_post in posts:
        for name in longer_names.get(planned_post.number, planned_post.names):
            digest = _name_digest(name)
            if digest in first:
                what = f"would be written to the same file as {first[digest]} ('{name}')"
                problems[planned_post.number] = Problem(planned_post.label, what, "give each post a reference")
            elif digest in longer_digests:
                first[digest] = planned_post.label
    return problems


def _posts(spool: PostSpool) -> Iterator[PlannedPost]:
    return (planned_post for chunk in spool.chunks() for planned_post in chunk.posts())


def _rows_of(opener: Opener, problems: Mapping[int, Problem]) -> Iterator[FailedRow]:
    """The rows of posts that fail for what other rows say."""
    for number, row in enumerate(opener().rows if problems else ()):
        if number in problems:
            yield FailedRow(number, row, (problems[number],))
