"""The columns of a sheet of posts: the row that heads them, under titles and blank rows, and what their cells hold.

Which columns there are, and what people head them with, is in the table of a post's fields.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from jdgen.errors import JdgenError, Problem
from jdgen.levels import Band
from jdgen.post.fields import FIELDS, FieldKind, SheetColumn, headings_of
from jdgen.sheets.sheet import CellError, Row, SheetPlaces, column_letters
from jdgen.words import bare_words, shorten, slug

#: Whether a line of a list is passed over.
Skipped = Callable[[str], bool]
#: From the text of a cell to the value of a field; raises :class:`CellError` for text that does not fit. Lines whose
#: form would not fit may be passed over.
Form = Callable[[str, Skipped], Any]
#: From a part of a line to its value; nothing where it does not fit.
_Part = Callable[[str], Any]

#: Heading of the column that says what is wrong in a workbook of posts to mend; reading passes over it.
PROBLEM = "Problem"

#: How far down the header row may stand.
SEARCHED = 50
#: A row with fewer known headings is no header: a title may happen to be called "Posts" or "Base".
FEWEST = 2

#: Columns of an organisation's own fields, by the bare words of their headings.
OwnColumns = Mapping[str, SheetColumn]
NO_OWN_COLUMNS: OwnColumns = {}

_BY_WORDS = headings_of()
_OWN = re.compile(r"\s*own\s*[:.]\s*(\S.*)", re.IGNORECASE | re.DOTALL)
_IGNORED = re.compile(r"problems?|(?:notes?|comments?|ignored?)(?: .*)?")
# Marks that lists are pasted with. A hyphen, dash or asterisk is one only before a space.
_BULLET = re.compile(r"\s*(?:[•●▪■◦○‣·∙\uf0b7]\s*|[-*–—](?:\s+|$))")
_INVISIBLE = str.maketrans("", "", "\u200b\u2060\ufeff\u00ad")
_ID = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_NUMBER_OF_BAND = re.compile(r"\A0*(\d)(?:\.0+)?\Z")
_CODE = re.compile(r"[A-Z]{1,2}")
_SHOWN = 41


@dataclass(frozen=True)
class Header:
    """The header row: its number, its headings as written, the columns known by position, and what is wrong in it.

    ``ignored`` are positions of columns for people only.
    """

    number: int
    headings: tuple[str, ...]
    columns: dict[int, SheetColumn]
    ignored: frozenset[int]
    problems: tuple[Problem, ...]

    @property
    def fields(self) -> dict[str, int]:
        """The position of each field."""
        return {column.key: position for position, column in self.columns.items()}


def known_headings(row: Row, own: OwnColumns = NO_OWN_COLUMNS) -> int:
    """How many cells of a row are known headings."""
    return sum(1 for value in row[1] if isinstance(value, str) and find_column(value, own))


def header_of(
    rows: Sequence[Row], places: SheetPlaces, given: Collection[str] = (), own: OwnColumns = NO_OWN_COLUMNS
) -> Header:
    """The header among the first ``rows`` of a sheet: the row with most known headings.

    ``given`` are fields that are given elsewhere, so that no column has to; ``own`` are columns of the organisation's
    own fields. Raises :class:`JdgenError` when no row will do, and says which came nearest.
    """
    best = max(rows, key=lambda row: (known_headings(row, own), -row[0]), default=None)
    if best is None or known_headings(best, own) < FEWEST:
        what = "has no row of column headings"
        if best is not None and known_headings(best, own):
            what += f" (row {best[0]} has one that is known, and no row has more)"
        right = "head the columns with 'Job title', 'Specialism', 'Band' and others that `jdgen docs spreadsheet` lists"
        raise JdgenError(Problem(places.name, what, right))
    return _header(best, places, given, own)


def _header(row: Row, places: SheetPlaces, given: Collection[str], own: OwnColumns) -> Header:
    number, values = row
    headings = tuple("" if value is None else str(value).strip() for value in values)
    columns: dict[int, SheetColumn] = {}
    problems: list[Problem] = []
    first: dict[str, int] = {}
    for position, heading in enumerate(headings):
        if not heading or is_ignored(heading):
            continue
        column, where = find_column(heading, own), places.cell(number, position)
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


def find_column(heading: str, own: OwnColumns = NO_OWN_COLUMNS) -> SheetColumn | None:
    """The column that ``heading`` means; what stands in brackets after it (``Hours (per week)``) may be anything.
    ``Own: Division`` is one of the organisation's own, whether or not it is among those known."""
    words = bare_words(heading)
    shorter = bare_words(re.sub(r"\([^()]*\)\s*\*?\s*$", "", heading))
    known = own.get(words) or _BY_WORDS.get(words) or own.get(shorter) or _BY_WORDS.get(shorter)
    if known is None and (named := _OWN.match(heading)):
        name = slug(named[1]).replace("-", "_")
        return own_column(name, _on_one_line(heading)) if name[:1].isalpha() else None
    return known


def own_column(name: str, heading: str) -> SheetColumn:
    """The column of one of the organisation's own fields."""
    return SheetColumn(f"own.{name}", heading, (), FieldKind.PROSE)


def own_columns(headings: Mapping[str, str]) -> OwnColumns:
    """The columns of an organisation's own fields, of which ``headings`` has the heading by their names."""
    return {bare_words(heading): own_column(name, heading) for name, heading in headings.items()}


def is_ignored(heading: str) -> bool:
    """Whether a column is for people only: ``Notes …``, ``Comments …``, ``Ignore …``, or ``Problem``."""
    return _IGNORED.fullmatch(bare_words(heading)) is not None


def nearest_heading(heading: str) -> str:
    """What would be right in place of an unknown heading."""
    written = _on_one_line(heading)
    ignored = f"begin it with 'Ignore' to have it passed over: 'Ignore {written}'"
    if close := get_close_matches(bare_words(heading), list(_BY_WORDS), n=1, cutoff=0.6):
        return f"did you mean '{_BY_WORDS[close[0]].heading}'? Or {ignored}"
    return f"use a heading that `jdgen docs spreadsheet` lists, or {ignored}"


# What the text of a cell holds.


def form_of(column: SheetColumn) -> Form:
    """The form of the cells of ``column``."""
    if column.kind is FieldKind.ENTRIES:
        return _ENTRIES[column.key]
    if column.kind in _LISTS:
        return _LISTS[column.kind]
    whole = _WHOLE[column.kind]
    return lambda text, _: whole(text)


def _one_line(text: str) -> str:
    """Text on one line: line breaks, non-breaking and repeated spaces become one space."""
    if not text.isascii():
        text = text.translate(_INVISIBLE)
    return " ".join(text.split())


def _prose(text: str) -> str:
    """Paragraphs; a blank line divides them."""
    return text.strip()


def _identifier(text: str) -> str:
    """An id, or the plain words for it: ``PMO Specialist`` becomes ``pmo-specialist``."""
    if written := slug(_one_line(text)):
        return written
    raise CellError((f"'{_short(text)}' is no name", "write a name in letters"))


def _band(text: str) -> str:
    """A band in its printed form; ``6.0`` and ``06`` are what programs make of 6."""
    written = _NUMBER_OF_BAND.sub(r"\1", _one_line(text).lstrip("'"))
    try:
        return Band.parse(written).printed
    except ValueError as error:
        raise CellError((str(error), "write it as 7 or 8a")) from error


def _listing(text: str) -> list[str]:
    """One entry each line; bullets that were pasted along are dropped."""
    return [entry for line in text.split("\n") if (entry := _one_line(_BULLET.sub("", line, count=1)))]


def _identifiers(text: str, skipped: Skipped) -> list[str]:
    """Ids or plain words, one each line, or divided by semicolons."""
    return [_identifier(entry) for entry in _listing(text.replace(";", "\n")) if not skipped(entry)]


@dataclass(frozen=True)
class _Lines:
    """Lines with parts that ``mark`` divides: ``Internal | Finance partners | agree figures``.

    ``parts`` are the names of the parts, in order, with what reads each, and ``last`` those that a line may have at its
    end besides. ``right`` is what a line should look like.
    """

    right: str
    mark: str
    parts: Mapping[str, _Part]
    last: Mapping[str, _Part] = field(default_factory=dict)

    def __call__(self, text: str, skipped: Skipped) -> list[dict[str, Any]]:
        """The entries. Raises one :class:`CellError` with every line that does not fit."""
        read = [(number, line, self._entry(line)) for number, line in enumerate(_listing(text), 1) if not skipped(line)]
        if unfit := [(number, line) for number, line, entry in read if entry is None]:
            right = f"write it as {self.right}"
            raise CellError(*((f"line {number}, '{_short(line)}', does not fit", right) for number, line in unfit))
        return [entry for _, _, entry in read if entry is not None]

    def _entry(self, line: str) -> dict[str, Any] | None:
        # A colon may stand in what follows it.
        written = [part.strip() for part in line.split(self.mark, 1 if self.mark == ":" else -1)]
        readers = self.parts if len(written) == len(self.parts) else {**self.parts, **self.last}
        if len(written) != len(readers) or not all(written):
            return None
        entry = {name: read(part) for part, (name, read) in zip(written, readers.items(), strict=True)}
        return entry if all(entry.values()) else None


def _id(text: str) -> str | None:
    return text.casefold() if _ID.fullmatch(text.casefold()) else None


def _one_of(*words: str) -> _Part:
    return lambda text: text.casefold() if text.casefold() in words else None


def _codes(text: str) -> list[str] | None:
    codes = re.split(r"[\s,;/]+", text.upper())
    return codes if all(map(_CODE.fullmatch, codes)) else None


def _ids(text: str) -> list[str] | None:
    ids = [slug(name) for name in text.split(",")]
    return ids if all(ids) else None


_READINGS = _Lines("'business-case: boundary-8b-8c'", ":", {"heading": slug, "reading": slug})


def _readings(text: str, skipped: Skipped) -> dict[str, str]:
    """Lines such as ``business-case: boundary-8b-8c``, each heading once."""
    entries = _READINGS(text, skipped)
    readings = {entry["heading"]: entry["reading"] for entry in entries}
    if len(readings) < len(entries):
        raise CellError(("a heading is read in two ways", "keep one line for each heading"))
    return readings


def _short(text: str) -> str:
    return shorten(_one_line(text), _SHOWN)


_WHOLE: Mapping[FieldKind, Callable[[str], Any]] = {
    FieldKind.LINE: _one_line,
    FieldKind.PROSE: _prose,
    FieldKind.TEXTS: _listing,
    FieldKind.BAND: _band,
    FieldKind.LEVEL: _one_line,
    FieldKind.NAME: _identifier,
}
_LISTS: Mapping[FieldKind, Form] = {FieldKind.NAMES: _identifiers, FieldKind.READINGS: _readings}
_ENTRIES: Mapping[str, Form] = {
    "dimensions": _Lines("'Staff: 3 whole-time equivalent'", ":", {"measure": str, "text": str}),
    "relationships": _Lines(
        "'Internal | Finance partners | agree figures', or External",
        "|",
        {"setting": _one_of("internal", "external"), "who": str, "purpose": str},
    ),
    "duties.add": _Lines("'Leadership: Chair the forum.'", ":", {"heading": str, "text": str}),
    "duties.omit": _Lines(
        "'pmo.budget.6: finance partners do this', the duty's id first", ":", {"duty": _id, "reason": str}
    ),
    "duties.reword": _Lines(
        "'pmo.leadership.7.1 | the new text | the reason'", "|", {"duty": _id, "text": str, "reason": str}
    ),
    "criteria.add": _Lines(
        "'essential | experience | A, I | the criterion'",
        "|",
        {"importance": _one_of("essential", "desirable"), "group": slug, "assessed_by": _codes, "text": str},
        {"serves": _ids},
    ),
    "criteria.omit": _Lines(
        "'resource-7: asked for already', the criterion's id first", ":", {"criterion": _id, "reason": str}
    ),
}
