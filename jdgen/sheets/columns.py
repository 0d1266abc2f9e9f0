"""The columns that a sheet of posts may have, under which headings, and the row that heads them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from jdgen.errors import JdgenError, Problem
from jdgen.post.fields import FIELDS, Column, headings_of
from jdgen.sheets.sheet import Row, SheetPlaces, column_letters
from jdgen.words import bare_words

#: Heading of the column that says what is wrong in a workbook of posts to mend; reading passes over it.
PROBLEM = "Problem"

_IGNORED = re.compile(r"problems?|(?:notes?|comments?|ignored?)(?: .*)?")


_BY_WORDS = headings_of()


def column_headed(heading: str) -> Column | None:
    """The column that ``heading`` means; what stands in brackets after it (``Hours (per week)``) may be anything."""
    words = bare_words(heading)
    return _BY_WORDS.get(words) or _BY_WORDS.get(bare_words(re.sub(r"\([^()]*\)\s*\*?\s*$", "", heading)))


def is_ignored(heading: str) -> bool:
    """Whether a column is for people only: ``Notes …``, ``Comments …``, ``Ignore …``, or ``Problem``."""
    return _IGNORED.fullmatch(bare_words(heading)) is not None


def nearest_heading(heading: str) -> str:
    """What would be right in place of an unknown heading."""
    written = " ".join(heading.split())
    ignored = f"begin it with 'Ignore' to have it passed over: 'Ignore {written}'"
    if close := get_close_matches(bare_words(heading), list(_BY_WORDS), n=1, cutoff=0.6):
        return f"did you mean '{_BY_WORDS[close[0]].heading}'? Or {ignored}"
    return f"use a heading that docs/spreadsheet.md lists, or {ignored}"


# Finding the row that heads the columns, under titles and blank rows, and saying what is wrong with it.

#: How far down the header row may stand.
SEARCHED = 50
#: A row with fewer known headings is no header: a title may happen to be called "Posts" or "Base".
FEWEST = 2


@dataclass(frozen=True)
class Header:
    """The header row: its number, its headings as written, the columns known by position, and what is wrong in it.

    ``ignored`` are positions of columns for people only.
    """

    number: int
    headings: tuple[str, ...]
    columns: dict[int, Column]
    ignored: frozenset[int]
    problems: tuple[Problem, ...]

    @property
    def fields(self) -> dict[str, int]:
        """The position of each field."""
        return {column.key: position for position, column in self.columns.items()}


def known_headings(row: Row) -> int:
    """How many cells of a row are known headings."""
    return sum(1 for value in row[1] if isinstance(value, str) and column_headed(value))


def header_of(rows: Sequence[Row], places: SheetPlaces, given: Collection[str] = ()) -> Header:
    """The header among the first ``rows`` of a sheet: the row with most known headings.

    ``given`` are fields that are given elsewhere, so that no column has to. Raises :class:`JdgenError` when
    no row will do, and says which came nearest.
    """
    best = max(rows, key=lambda row: (known_headings(row), -row[0]), default=None)
    if best is None or known_headings(best) < FEWEST:
        what = "has no row of column headings"
        if best is not None and known_headings(best):
            what += f" (row {best[0]} has one that is known, and no row has more)"
        right = "head the columns with 'Job title', 'Specialism', 'Band' and others of docs/spreadsheet.md"
        raise JdgenError(Problem(places.name, what, right))
    return _header(best, places, given)


def _header(row: Row, places: SheetPlaces, given: Collection[str]) -> Header:
    number, values = row
    headings = tuple("" if value is None else str(value).strip() for value in values)
    columns: dict[int, Column] = {}
    problems: list[Problem] = []
    first: dict[str, int] = {}
    for position, heading in enumerate(headings):
        if not heading or is_ignored(heading):
            continue
        column, where = column_headed(heading), places.cell(number, position)
        if column is None:
            problems.append(Problem(where, f"unknown column '{_on_one_line(heading)}'", nearest_heading(heading)))
        elif column.key in first:
            what = f"'{_on_one_line(heading)}' is a second column for '{column.heading}'"
            other = column_letters(first[column.key])
            problems.append(Problem(where, what, f"keep one; the first is column {other}"))
        else:
            first[column.key] = position
            columns[position] = column
    problems += [
        Problem(places.row(number), f"there is no column '{field.heading}'", "add it to this row of headings")
        for field in FIELDS
        if field.needed and field.key not in {*first, *given}
    ]
    ignored = frozenset(position for position, heading in enumerate(headings) if heading and position not in columns)
    return Header(number, headings, columns, ignored, tuple(problems))


def _on_one_line(heading: str) -> str:
    return " ".join(heading.split())
