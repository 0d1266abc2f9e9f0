"""The sound posts of a batch between the look at every row and the making of documents: on disk, not in memory."""

from __future__ import annotations

import pickle
import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from jdgen.errors import JdgenError, Problem
from jdgen.post.model import Post

NO_NAMES: Mapping[int, tuple[str, ...]] = {}
_POSTS = "posts cannot be kept there while they are looked at"


class PlannedPost(NamedTuple):
    """A sound row: its number among the posts, its label, the post in it, the names of its documents, one for each
    template, and its level, where the framework has its own. ``is_told_apart`` says that the names are not the
    pattern's, which do not tell it from others."""

    number: int
    label: str
    post: Post
    names: tuple[str, ...]
    level: str = ""
    is_told_apart: bool = False


@dataclass(frozen=True)
class PostChunk:
    """Some posts, as bytes that can travel to another process. ``first`` is added to their numbers; the numbers in
    ``left_out`` are not made after all, and those in ``names`` have these, which came to be known later."""

    packed: bytes
    first: int = 0
    left_out: frozenset[int] = frozenset()
    names: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def posts(self) -> tuple[PlannedPost, ...]:
        """The posts that are to be made."""
        # Written by pack() in this run of the program, to a file that has no name.
        posts = (PlannedPost(self.first + number, *rest) for number, *rest in pickle.loads(self.packed))
        posts_to_make = (post for post in posts if post.number not in self.left_out)
        return tuple(
            post._replace(names=self.names[post.number], is_told_apart=True) if post.number in self.names else post
            for post in posts_to_make
        )


def pack(posts: Sequence[PlannedPost]) -> bytes:
    """``posts`` as bytes."""
    return pickle.dumps([tuple(post) for post in posts], pickle.HIGHEST_PROTOCOL)


class PostSpool:
    """A file without a name that holds chunks of posts until they are made."""

    def __init__(self) -> None:
        with temporary_files(_POSTS):
            self._file = tempfile.TemporaryFile()  # noqa: SIM115  # open until the batch ends
        self._sizes, self._firsts = array("Q"), array("Q")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def add(self, posts: bytes, first: int) -> None:
        """Keep packed posts. Raises :class:`JdgenError` where the disk for temporary files is full."""
        with temporary_files(_POSTS):
            self._file.write(posts)
        self._sizes.append(len(posts))
        self._firsts.append(first)

    def chunks(
        self, left_out: Collection[int] = (), names: Mapping[int, tuple[str, ...]] = NO_NAMES
    ) -> Iterator[PostChunk]:
        """All posts but those whose numbers are in ``left_out``, in the order in which they were added. ``names`` are
        those of documents, by the numbers of posts that the pattern's do not tell from others."""
        with temporary_files(_POSTS):
            self._file.seek(0)  # writes what is left in memory
        skipped, renamed = sorted(left_out), sorted(names)
        for index, (size, first) in enumerate(zip(self._sizes, self._firsts, strict=True), 1):
            end = self._firsts[index] if index < len(self._firsts) else None
            chunk_names = {number: names[number] for number in _within(renamed, first, end)}
            yield PostChunk(self._file.read(size), first, frozenset(_within(skipped, first, end)), chunk_names)


def _within(numbers: Sequence[int], first: int, end: int | None) -> Sequence[int]:
    """Those of sorted ``numbers`` from ``first`` to before ``end``."""
    return numbers[bisect_left(numbers, first) : None if end is None else bisect_left(numbers, end)]


@contextmanager
def temporary_files(what: str) -> Iterator[None]:
    """Say ``what`` of the folder for temporary files where a disk that is full, or the like, keeps it from being so.
    Raises :class:`JdgenError`."""
    try:
        yield
    except OSError as error:
        right = "make room, or name another folder for temporary files (TMPDIR)"
        raise JdgenError(Problem(_folder(), f"{what} ({error.strerror})", right)) from error


def _folder() -> str:
    try:
        return tempfile.gettempdir()
    except OSError:  # there is none that can be written
        return "the folder for temporary files"
