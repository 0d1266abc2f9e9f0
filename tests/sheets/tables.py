"""Whole files of posts, read at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from jdgen.errors import JdgenError, Problem
from jdgen.sheets.reading import open_posts
from jdgen.sheets.rows import PostRow


@dataclass(frozen=True)
class PostTable:
    """A file of posts, read. ``problems`` are those of the file as a whole; each row has its own."""

    headings: tuple[str, ...]
    problems: tuple[Problem, ...]
    rows: tuple[PostRow, ...]

    @property
    def failed(self) -> tuple[PostRow, ...]:
        return tuple(row for row in self.rows if row.problems)

    def all_sound(self) -> tuple[PostRow, ...]:
        assert not self.problems
        assert not self.failed
        return self.rows


def read_posts(
    path: Path, name: str | None = None, sheet: str | None = None, common_fields: Collection[str] = ()
) -> PostTable:
    stream = open_posts(path, name, sheet, common_fields)
    rows = tuple(stream.rows)
    if not rows:
        raise JdgenError((*stream.problems, Problem(stream.name, "holds no post", "write one in each row")))
    return PostTable(stream.headings, stream.problems, rows)
