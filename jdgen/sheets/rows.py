"""From a row of cells to the entries of a post."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from jdgen.dates import printed_day, read_day
from jdgen.errors import Problem
from jdgen.placeholders import NO_PLACEHOLDERS, Placeholders, Reply
from jdgen.post.answers import NoAnswer, SiftedValue, sift
from jdgen.post.field import SheetColumn
from jdgen.post.fields import COLUMNS, PICTURES, REQUIRED
from jdgen.post.forms import Form, UnfitTextError, form_of
from jdgen.post.model import PostRemark
from jdgen.post.reading import PostEntries, inside_folder
from jdgen.sheets.heading_row import Header, OwnColumns
from jdgen.sheets.sheet import LostValue, Row, RowPlaces, SheetPlaces, StruckValues, cell_text, number_text
from jdgen.text_files.values import Keys, field_of

# Taken apart once: "title" is a key of its own, "duties.add" a part of a key, "demands.mental.text" of an entry.
_KEYS = {key: key.split(".") if "." in key else [key, ""] for key in COLUMNS}


@dataclass(frozen=True)
class Common:
    """What holds for every post of a file: the ``folder`` that files are named relative to, the ``fields`` that
    are given elsewhere, the texts that are no answer, and the columns of the organisation's own fields."""

    folder: Path
    fields: frozenset[str] = frozenset()
    placeholders: Placeholders = NO_PLACEHOLDERS
    own_columns: OwnColumns = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class PostRow:
    """One row of a file of posts, a post or none: what messages call it, its entries, what is wrong with it.

    ``cells`` are the row's values as the file holds them, for a workbook in which they can be mended; a post
    of a YAML file has none. ``passed_over`` tells why a row is none: it adds up or counts those above it, is a note on
    them, or is struck through. ``warnings`` are of what keeps nothing from being made.
    """

    label: str
    entries: PostEntries
    problems: tuple[Problem, ...] = ()
    cells: tuple[Any, ...] = ()
    passed_over: Problem | None = None
    warnings: tuple[Problem, ...] = ()


#: A problem and the position of its cell, by which the problems of a row are sorted.
_PlacedProblem = tuple[int, Problem]
#: How many texts of a column are remembered.
_REMEMBERED = 32
_RIGHT = {key: f"{needed.right}: {needed.in_cell}" for key, needed in REQUIRED.items()}


# What stands beside sums and counts. A job title may begin with the word: "Total reward manager".
_COUNTABLE = r"(?:posts?|roles?|rows?|wte|fte|hours|headcount|heads|staff|records|count)"
_TOTAL = re.compile(
    rf"(?:(?:(?:grand|sub|overall|running)[ -]?)?totals?(?: (?:number|no\.?) of)?(?: {_COUNTABLE})*"
    rf"|sum|count|number of {_COUNTABLE})(?: ?[:=-] ?| )?(?:[\d.,]+(?: \w+)?)?",
    re.IGNORECASE,
)
_TOTALS = "is passed over: it adds up or counts what stands above it, and describes no post"
_RIGHT_TOTALS = "if it is a post, write its job title; else leave it or delete it"
# What stands below lists of posts, alone in its row.
_NOTE = re.compile(
    r"(?:notes?|source|key|n\.?b\.?)\s*(?::|[–—-]\s).*|(?:prepared|produced|compiled) (?:by|on)\b.*"
    r"|(?:last )?updated\b.*|as at\b.*|data (?:at|from)\b.*|[*†‡©]\W*\w.*|\(c\).*",
    re.IGNORECASE | re.DOTALL,
)
_NOTES = "is passed over: it is a note, and describes no post"
_RIGHT_NOTES = "if it is a post, write its other cells; else leave it or delete it"
_STRUCK = "is passed over: it is struck through from end to end"
_RIGHT_STRUCK = "if it is a post, take the line through it off; else leave it or delete it"
# Fields of an organisation's own that are days: the name says so, so that a date in the cell is what was meant.
_OF_DAYS = re.compile(r"own\.(?:.*_)?date(?:_.*)?")
_VERSION = "version"
_FIGURE = re.compile(r"[-+£€$(]?[\d.,]+[%)]?")

#: Position, field and heading of a column, and what is no answer in its cell.
_Unanswered = tuple[int, str, str, SiftedValue]
#: Position, field and heading of a column, and what reads its texts and its other values.
_CellReader = tuple[int, str, str, Callable[[Any], Any], Callable[[Any], Any]]


@dataclass(frozen=True)
class RowReader:
    """Reads the rows under one header. What can be worked out once for all rows is worked out in :func:`row_reader`."""

    places: SheetPlaces
    header: Header
    common: Common
    required: frozenset[str]
    cells: tuple[_CellReader, ...]
    unheaded: tuple[int, ...]
    dependent: tuple[tuple[str, str], ...]
    positions: Mapping[str, int]

    def __reduce__(self) -> tuple[Any, ...]:
        return row_reader, (self.places, self.header, self.common)

    def read(self, row: Row) -> PostRow | None:  # noqa: C901  # a batch's hottest loop: calls would cost more than they tell
        """The post of a row, or nothing where the row is blank. Rows may share the lists in their entries."""
        number, values = row
        fields: dict[str, Any] = {}
        problems: list[_PlacedProblem] = []
        unanswered: list[_Unanswered] = []
        width = len(values)
        for position, field, heading, of_text, of_other in self.cells:
            if position >= width:
                break
            value = values[position]
            if value is None:
                continue
            try:
                if answer := of_text(value) if type(value) is str else of_other(value):
                    if type(answer) is SiftedValue:
                        unanswered.append((position, field, heading, answer))
                        answer = answer.value
                    if answer:
                        fields[field] = answer
            except UnfitTextError as error:
                where = self.places.cell(number, position)
                problems += [(position, Problem(where, f"{heading}: {what}", right)) for what, right in error.reasons]
        if not fields and not self._has_content(values):
            return None
        places = RowPlaces(self.places, number, self.positions)
        is_odd = problems or not self.required <= fields.keys() or _TOTAL.fullmatch(fields.get("title", ""))
        if (is_odd or type(values) is StruckValues) and (reason := self._no_post(values)):
            return self._pass_over(number, *reason)
        if self.unheaded or width > len(self.header.headings):
            problems += self._cells_without_heading(number, values)
        if not self.required <= fields.keys():
            problems += self._missing(values, fields, places)
        problems += self._incomplete(fields, places)
        problems += self._problems_of_unanswered(unanswered, places)
        if len(problems) > 1:
            problems.sort(key=itemgetter(0))
        return PostRow(
            self.places.row(number),
            PostEntries(nested(fields), places, self.common.folder, self._remarks(unanswered, places)),
            tuple(problem for _, problem in problems),
            tuple(values),
            warnings=self._maybe_shortened(values, places) if _VERSION in self.positions else (),
        )

    def _pass_over(self, number: int, what: str, right: str) -> PostRow:
        """A row that is no post: one that is struck through, of totals, or a note."""
        label = self.places.row(number)
        entries = PostEntries({}, RowPlaces(self.places, number, self.positions), self.common.folder)
        return PostRow(label, entries, passed_over=Problem(label, what, right))

    def _no_post(self, values: Sequence[Any]) -> tuple[str, str] | None:
        """Why an odd row is no post, and what to do if it is one; nothing where it is one."""
        if type(values) is StruckValues:
            return _STRUCK, _RIGHT_STRUCK
        if self._are_totals(values):
            return _TOTALS, _RIGHT_TOTALS
        return (_NOTES, _RIGHT_NOTES) if self._is_note(values) else None

    def _are_totals(self, values: Sequence[Any]) -> bool:
        """Whether a row adds up or counts: it holds only numbers and formulas, beside 'Total' or the like; without such
        a word, in other columns than those of title and band."""
        filled_cells = [
            (position, value)
            for position, value in enumerate(values)
            if not _is_blank(value) and not (type(value) is LostValue and value.merge_start)
        ]
        words = [value for _, value in filled_cells if not _is_number(value)]
        required_positions = {self.positions.get(field) for field in REQUIRED}
        return all(map(_is_total, words)) and bool(
            words or all(position not in required_positions for position, _ in filled_cells)
        )

    def _is_note(self, values: Sequence[Any]) -> bool:
        """Whether a row holds nothing but a note on the list: one text that begins as such do."""
        texts = [value for value in values if not _is_blank(value) and not isinstance(value, LostValue)]
        return len(texts) == 1 and type(texts[0]) is str and _NOTE.fullmatch(texts[0].strip()) is not None

    def _has_content(self, values: Sequence[Any]) -> bool:
        """Whether the row holds more than blanks, notes and the rest of merged cells."""
        return any(
            not _is_blank(value) and not isinstance(value, LostValue)
            for position, value in enumerate(values)
            if position not in self.header.ignored
        )

    def _cells_without_heading(self, number: int, values: Sequence[Any]) -> Iterator[_PlacedProblem]:
        for position in (*self.unheaded, *range(len(self.header.headings), len(values))):
            if position < len(values) and not _is_blank(values[position]):
                where = self.places.cell(number, position)
                right = "head the column, or empty the cell"
                yield position, Problem(where, "stands in a column without a heading", right)

    def _missing(self, values: Sequence[Any], fields: Mapping[str, Any], places: RowPlaces) -> Iterator[_PlacedProblem]:
        for field in sorted(self.required):
            position = self.positions[field]
            if field not in fields and (position >= len(values) or _is_blank(values[position])):
                yield position, Problem(places[field], f"{COLUMNS[field].heading} is missing", _RIGHT[field])

    def _problems_of_unanswered(self, unanswered: Sequence[_Unanswered], places: RowPlaces) -> Iterator[_PlacedProblem]:
        """Texts that are no answer where there has to be one."""
        for position, field, heading, sifted in unanswered:
            for each in sifted.missing_answers:
                key = each.field.rpartition(".")[2]
                yield position, each.problem(places[field], f"{heading}: {key}")
            if field in self.required:
                text = next(iter(sifted.no_answers)).text
                yield position, Problem(places[field], f"{heading}: '{text}' is no answer", _RIGHT[field])

    def _remarks(self, unanswered: Sequence[_Unanswered], places: RowPlaces) -> tuple[PostRemark, ...]:
        return tuple(
            each.remark(places[field])
            for _, field, _, sifted in unanswered
            if field not in self.required
            for each in sifted.remarks
        )

    def _maybe_shortened(self, values: Sequence[Any], places: RowPlaces) -> tuple[Problem, ...]:
        """A version that is a whole number: a cell that nobody has formatted makes one of 1.0 as it is typed."""
        position = self.positions[_VERSION]
        value = values[position] if position < len(values) else None
        if not isinstance(value, int | float) or isinstance(value, bool) or not float(value).is_integer():
            return ()
        what = (
            f"the version is the number {number_text(value)}, which is what a spreadsheet makes of {int(value)}.0 too"
        )
        right = f"if it is {int(value)}.0, format the column as text and type it again"
        return (Problem(places[_VERSION], what, right),)

    def _incomplete(self, fields: Mapping[str, Any], places: RowPlaces) -> Iterator[_PlacedProblem]:
        """Cells that say nothing without another cell of the row, and pictures from elsewhere."""
        for field, needed in self.dependent:
            if field in fields and needed not in fields:
                what = f"{COLUMNS[field].heading} is given without '{COLUMNS[needed].heading}'"
                right = f"fill in '{COLUMNS[needed].heading}', or empty this cell"
                yield self.positions[field], Problem(places[field], what, right)
        for file in (f"{picture}.file" for picture in PICTURES):
            if file in fields and not inside_folder(fields[file]):
                what = f"the picture '{fields[file]}' is in another folder"
                yield self.positions[file], Problem(places[file], what, "keep it beside the file of posts")


def row_reader(places: SheetPlaces, header: Header, common: Common) -> RowReader:
    """A reader of the rows under ``header``."""
    positions = header.fields
    # A message about effort as a whole has to stand somewhere: at the first column that there is of it.
    for field, position in list(positions.items()):
        positions.setdefault(field.partition(".")[0], position)
    return RowReader(
        places,
        header,
        common,
        required=frozenset(field for field in REQUIRED if field in positions and field not in common.fields),
        cells=tuple(
            _cell_reader(position, column, common.placeholders) for position, column in sorted(header.columns.items())
        ),
        unheaded=tuple(position for position, heading in enumerate(header.headings) if not heading),
        dependent=tuple((column.key, column.needs) for column in header.columns.values() if column.needs),
        positions=positions,
    )


def _cell_reader(position: int, column: SheetColumn, placeholders: Placeholders) -> _CellReader:
    form, keys = form_of(column), column.path
    is_day = _OF_DAYS.fullmatch(column.key) is not None

    def read(value: Any) -> Any:
        text = _day_text(value) if is_day else cell_text(value)
        return _answer(text, keys, form, placeholders) if text and not text.isspace() else None

    # Rows say much the same in many columns, so what was read of a text is remembered. Of texts only: 1, 1.0 and
    # TRUE are equal, and would be remembered as one another.
    return position, column.key, column.heading, lru_cache(_REMEMBERED)(read), read


def _day_text(value: Any) -> str:
    """The text of a cell in a column of days: the day as documents have it, however it is typed. What is none stays."""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return printed_day(value)
    text = cell_text(value)
    with suppress(ValueError):
        return printed_day(read_day(text))
    return text


def _answer(text: str, keys: Keys, form: Form, placeholders: Placeholders) -> Any:
    """The value at ``keys`` that ``text`` is written for; :class:`SiftedValue` where some of it is no answer."""
    no_answers: list[NoAnswer] = []
    field = field_of(keys)

    def skipped(part: str) -> bool:
        reply = placeholders.reply(part, field)
        if reply not in (Reply.NOT_GIVEN, Reply.LEFT_OUT):
            return False
        no_answers.append(NoAnswer(keys, part.strip(), reply))
        return True

    if skipped(text):
        return SiftedValue(no_answers=no_answers)
    value = form(text, skipped)
    if value == text and placeholders.reply(text, field) is Reply.ANSWER:
        return value  # as most are: one text, of which there are no parts to look at
    sifted = sift(value, placeholders, keys)
    sifted.no_answers += no_answers
    return sifted if sifted.no_answers else sifted.value


def _is_total(value: Any) -> bool:
    return type(value) is str and _TOTAL.fullmatch(" ".join(value.split())) is not None


def _is_number(value: Any) -> bool:
    if type(value) is str:
        return _FIGURE.fullmatch(value.strip()) is not None
    return type(value) in (int, float) or type(value) is LostValue


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and (not value or value.isspace()))


def nested(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields by their keys in a post file; the parts of effort become a list, as there."""
    values: dict[str, Any] = {}
    demands: dict[str, dict[str, str]] = {}
    for field, value in fields.items():
        key, *inner, part = _KEYS.get(field) or (field.split(".") if "." in field else [field, ""])
        if not part:
            values[key] = value
            continue
        if inner:
            demands.setdefault(inner[0], {"kind": inner[0]})[part] = value
        else:
            values.setdefault(key, {})[part] = value
    if demand_list := [demand for demand in demands.values() if "text" in demand]:
        values["demands"] = demand_list
    return values
