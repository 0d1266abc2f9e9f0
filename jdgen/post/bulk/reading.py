"""Reading a file of posts: XLSX, CSV or YAML."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from jdgen.errors import JdgenError, Problem, did_you_mean, listed
from jdgen.post.bulk.delimited import delimited_sheet
from jdgen.post.bulk.header import FEWEST, SEARCHED, header_of, known_headings
from jdgen.post.bulk.package import MAX_FILE, MAX_UNPACKED
from jdgen.post.bulk.rows import PostRow, row_reader
from jdgen.post.bulk.sheet import Sheet
from jdgen.post.bulk.workbook import workbook_sheets
from jdgen.post.bulk.yaml_posts import yaml_rows
from jdgen.reading.content import beginning_of
from jdgen.words import NO_PLACEHOLDERS, Placeholders

MAX_ROWS = 250_000
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xls", ".xlsb", ".ods")
_DELIMITED = (".csv", ".tsv", ".txt")
_YAML = (".yaml", ".yml")
_SHEET = "posts"


@dataclass(frozen=True)
class PostStream:
    """A file of posts, opened: its headings as written, what is wrong with them, and the rows, to be gone through once.

    ``raw`` are rows as the file has them. ``read`` makes a post of one (nothing where it is blank), in this process
    or in another: it can be pickled.
    """

    name: str
    headings: tuple[str, ...]
    problems: tuple[Problem, ...]
    raw: Iterator[Any]
    read: Callable[[Any], PostRow | None]

    @property
    def rows(self) -> Iterator[PostRow]:
        """The posts, row by row."""
        posts = (post for row in self.raw if (post := self.read(row)))
        for count, post in enumerate(posts, 1):
            refuse_too_many(count, self.name)
            yield post


def refuse_too_many(count: int, name: str) -> None:
    """Raise :class:`JdgenError` where a file has more posts than one file may."""
    if count > MAX_ROWS:
        right = f"divide the posts among several files of at most {MAX_ROWS:,}"
        raise JdgenError(Problem(name, "has too many posts", right))


def open_posts(
    path: Path,
    name: str | None = None,
    sheet: str | None = None,
    given: Collection[str] = (),
    placeholders: Placeholders = NO_PLACEHOLDERS,
) -> PostStream:
    """The posts of the file at ``path``, row by row, for files that are better not held in memory.

    ``name`` is how messages call the file, ``sheet`` the worksheet meant where there are several, ``given`` the
    fields that every post is given elsewhere, ``placeholders`` the texts that are no answer. Hidden rows are read;
    blank rows are passed over. A row of totals is a row, and will be said to lack a title.

    Raises :class:`JdgenError` for a file that cannot be read, or has no row of headings; reading on raises it for
    damage further down. What is wrong with single headings and rows is told in the result.
    """
    name = name or str(path)
    suffix = path.suffix.lower()
    # A CSV file may be as large as a workbook is unpacked; it is read row by row.
    most, length = (MAX_UNPACKED, len(_OLD_OFFICE)) if suffix in _DELIMITED else (MAX_FILE, MAX_FILE)
    right, smaller = "name a file that you can open", "divide the posts among several files"
    content = beginning_of(path, length, right=right, most=most, smaller=smaller, where=name)
    if content.startswith((_ZIP, _OLD_OFFICE)) or suffix in _WORKBOOKS:
        return _stream(_chosen(workbook_sheets(content, name), name, sheet), name, path.parent, given, placeholders)
    if sheet is not None and suffix in (*_YAML, *_DELIMITED):
        raise JdgenError(Problem(name, f"has no sheet '{sheet}', for it is no workbook", "leave --sheet out"))
    if suffix in _YAML:
        return PostStream(name, (), (), iter(yaml_rows(content, name, path.parent, given, placeholders)), _as_read)
    if suffix in _DELIMITED:
        return _stream(delimited_sheet(lambda: path.open("rb"), name), name, path.parent, given, placeholders)
    raise JdgenError(
        Problem(name, f"'{suffix}' is no kind of file that posts are read from", "use .xlsx, .csv or .yaml")
    )


def _chosen(sheets: Sequence[Sheet], name: str, wanted: str | None) -> Sheet:
    """The sheet that is asked for, else the one called Posts, else the only one that has column headings."""
    titles = [sheet.title for sheet in sheets]
    named = [sheet for sheet in sheets if sheet.title.strip().casefold() == (wanted or _SHEET).casefold()]
    if named or wanted is not None:
        if not named:
            raise JdgenError(Problem(name, f"has no sheet '{wanted}'", did_you_mean(str(wanted), titles)))
        return named[0]
    headed = [sheet for sheet in sheets if len(sheets) == 1 or _is_headed(sheet)]
    if len(headed) != 1:
        what = "several sheets have column headings of posts" if headed else "no sheet has column headings of posts"
        raise JdgenError(Problem(name, what, f"call the sheet 'Posts'; there are {listed(titles)}"))
    return headed[0]


def _is_headed(sheet: Sheet) -> bool:
    return any(known_headings(row) >= FEWEST for row in islice(sheet.rows(), SEARCHED))


def _stream(sheet: Sheet, name: str, folder: Path, given: Collection[str], placeholders: Placeholders) -> PostStream:
    rows = sheet.rows()
    first = list(islice(rows, SEARCHED))
    header = header_of(first, sheet.places, given)
    reader = row_reader(sheet.places, header, folder, given, placeholders)
    below = (row for row in chain(first, rows) if row[0] > header.number)
    return PostStream(name, header.headings, header.problems, below, reader.read)


def _as_read(row: PostRow) -> PostRow:
    return row
