"""The columns of a sheet of posts: the row that heads them, under titles and blank rows.

Which columns there are, and what people head them with, is in the table of a post's fields; how their cells are
written, in :mod:`jdgen.post.forms`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from jdgen.errors import JdgenError, Problem
from jdgen.post.field import FieldKind, SheetColumn
from jdgen.post.fields import FIELDS, headings_of
from jdgen.sheets.sheet import LostValue, Row, SheetPlaces, column_letters
from jdgen.words import bare_words, in_one_line, slug

#: Heading of the column that says what is wrong in a workbook of posts to mend; reading passes over it.
PROBLEM = "Problem"

#: How far down the header row may stand.
SEARCHED = 50
#: A row with fewer known headings is no header: a title may happen to be called "Posts" or "Base".
FEWEST = 2

#: How many unknown headings are told one by one, each with what it may have been meant for: it takes time to look for.
_MOST_UNKNOWN = 100

#: Columns of an organisation's own fields, by the bare words of their headings.
OwnColumns = Mapping[str, SheetColumn]
NO_OWN_COLUMNS: OwnColumns = {}

_BY_WORDS = headings_of()
_OWN_HEADING = re.compile(r"\s*own\s*[:.]\s*(\S.*)", re.IGNORECASE | re.DOTALL)
_BY_FILE = "run `jdgen batch` with --columns columns.toml, which begins a file that says what your own headings mean"
_IGNORED = re.compile(r"problems?|(?:notes?|comments?|ignored?)(?: .*)?")


@dataclass(frozen=True)
class Header:
    """The header row: its number, its headings as written, the columns known by position, and what is wrong in it.

    ``ignored`` are positions of columns for people only. ``own_headings`` are the headings of the organisation's own
    fields, by their names, as people know them.
    """

    number: int
    headings: tuple[str, ...]
    columns: dict[int, SheetColumn]
    ignored: frozenset[int]
    problems: tuple[Problem, ...]
    own_headings: Mapping[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, int]:
        """The position of each field."""
        return {column.key: position for position, column in self.columns.items()}


def known_headings(row: Row, own_columns: OwnColumns = NO_OWN_COLUMNS) -> int:
    """How many cells of a row are known headings."""
    return sum(1 for value in row[1] if isinstance(value, str) and find_column(value, own_columns))


def header_of(
    rows: Sequence[Row], places: SheetPlaces, common_fields: Collection[str], own_columns: OwnColumns
) -> Header:
    """The header among the first ``rows`` of a sheet: the row with most known headings.

    ``common_fields`` are fields that are given elsewhere, so that no column has to; ``own_columns`` are columns of the
    organisation's own fields. Raises :class:`JdgenError` when no row will do, and says which came nearest.
    """
    best = max(rows, key=lambda row: (known_headings(row, own_columns), -row[0]), default=None)
    if best is None or known_headings(best, own_columns) < FEWEST:
        what = "has no row of column headings"
        if best is not None and known_headings(best, own_columns):
            what += f" (row {best[0]} has one that is known, and no row has more)"
        right = "head the columns with 'Job title', 'Specialism', 'Band' and others that `jdgen docs spreadsheet` lists"
        raise JdgenError(Problem(places.name, what, f"{right}, or {_BY_FILE}"))
    return _header(best[0], heading_texts(best, rows), places, common_fields, own_columns)


def heading_texts(row: Row, rows: Sequence[Row]) -> tuple[str, ...]:
    """The headings in ``row``, which is among ``rows``. One that is merged with cells below it heads its column from
    any of them."""
    return tuple(_heading(value, position, rows).strip() for position, value in enumerate(row[1]))


def _heading(value: Any, position: int, rows: Sequence[Row]) -> str:
    if not isinstance(value, LostValue):
        return "" if value is None else str(value)
    number, column = value.merge_start or (0, -1)
    above = next((values for above, values in rows if above == number), ()) if column == position else ()
    return str(above[position] or "") if position < len(above) else ""


def _header(
    number: int, headings: tuple[str, ...], places: SheetPlaces, common_fields: Collection[str], own_columns: OwnColumns
) -> Header:
    columns: dict[int, SheetColumn] = {}
    problems: list[Problem] = []
    unknown = 0
    first_positions: dict[str, int] = {}
    for position, heading in enumerate(headings):
        if not heading or is_ignored(heading):
            continue
        column, where = find_column(heading, own_columns), places.cell(number, position)
        if column is None:
            unknown += 1
            if unknown <= _MOST_UNKNOWN:
                problems.append(Problem(where, f"unknown column '{in_one_line(heading)}'", _nearest_heading(heading)))
        elif column.key in first_positions:
            what = f"'{in_one_line(heading)}' is a second column for '{column.heading}'"
            other = column_letters(first_positions[column.key])
            problems.append(Problem(where, what, f"keep one; the first is column {other}"))
        else:
            first_positions[column.key] = position
            columns[position] = column
    problems += [
        Problem(places.row(number), f"there is no column '{field.heading}'", "add it to this row of headings")
        for field in FIELDS
        if field.needed and field.key not in {*first_positions, *common_fields}
    ]
    if unknown > 1:  # no slip of the pen, but somebody's own sheet
        first_ones = f", of which the first {_MOST_UNKNOWN} are told" if unknown > _MOST_UNKNOWN else ""
        problems.append(Problem(places.row(number), f"{unknown} headings are not jdgen's{first_ones}", _BY_FILE))
    ignored = frozenset(position for position, heading in enumerate(headings) if heading and position not in columns)
    return Header(number, headings, columns, ignored, tuple(problems), own_headings(headings, columns))


def find_column(heading: str, own_columns: OwnColumns = NO_OWN_COLUMNS) -> SheetColumn | None:
    """The column that ``heading`` means; what stands in brackets after it (``Hours (per week)``) may be anything.
    ``Own: Division`` is one of the organisation's own, whether or not it is among those known."""
    words = bare_words(heading)
    column = own_columns.get(words) or _BY_WORDS.get(words)
    if column is None and "(" in heading:
        shorter = bare_words(re.sub(r"\([^()]*\)\s*\*?\s*$", "", heading))
        column = own_columns.get(shorter) or _BY_WORDS.get(shorter)
    if column is None and (match := _OWN_HEADING.match(heading)):
        name = slug(match[1]).replace("-", "_")
        return _own_column(name, in_one_line(heading)) if name[:1].isalpha() else None
    return column


def _own_column(name: str, heading: str) -> SheetColumn:
    """The column of one of the organisation's own fields."""
    return SheetColumn(f"own.{name}", heading, (), FieldKind.PROSE)


def own_columns_of(headings: Mapping[str, str]) -> OwnColumns:
    """The columns of an organisation's own fields, of which ``headings`` has the heading by their names."""
    return {bare_words(heading): _own_column(name, heading) for name, heading in headings.items()}


def own_headings(headings: Sequence[str], columns: Mapping[int, SheetColumn]) -> dict[str, str]:
    """The headings of the organisation's own fields among ``columns``, by their names: Base of ``Own: Base``."""
    names = {position: column.key.removeprefix("own.") for position, column in columns.items() if is_own(column)}
    texts = {name: in_one_line(headings[position]) for position, name in names.items()}
    return {name: match[1] if (match := _OWN_HEADING.match(text)) else text for name, text in texts.items() if text}


def is_own(column: SheetColumn) -> bool:
    """Whether ``column`` is one of the organisation's own fields."""
    return column.key.startswith("own.")


def is_ignored(heading: str) -> bool:
    """Whether a column is for people only: ``Notes …``, ``Comments …``, ``Ignore …``, or ``Problem``."""
    return _IGNORED.fullmatch(bare_words(heading)) is not None


def _nearest_heading(heading: str) -> str:
    """What would be right in place of an unknown heading."""
    one_line = in_one_line(heading)
    ignored = f"begin it with 'Ignore' to have it passed over: 'Ignore {one_line}'"
    if close := get_close_matches(bare_words(heading), list(_BY_WORDS), n=1, cutoff=0.6):
        return f"did you mean '{_BY_WORDS[close[0]].heading}'? Or {ignored}"
    return f"use a heading that `jdgen docs spreadsheet` lists, or {ignored}"


def own_name(label: str) -> str:
    """The name of an own field that a column's label makes, or nothing where it makes none."""
    name = slug(label).replace("-", "_").replace(".", "_")
    return name if name[:1].isalpha() else ""
