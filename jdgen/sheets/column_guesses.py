"""Guesses what the columns of an organisation's own workbook hold: by their headings' words, and by what is in cells.

A heading that jdgen reads anyway is recognised. Everything else is a guess with its reason, for somebody to say yes to,
or stays open. Never by letters that look alike: "Bank" is not nearly "Band".
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from jdgen.dates import printed_day
from jdgen.errors import JdgenError, Problem, list_words, refuse
from jdgen.post.fields import COLUMNS, headings_of
from jdgen.post.forms import band_of
from jdgen.sheets.column_map import DECIDE, IGNORE, labels_of, right_meaning
from jdgen.sheets.heading_row import FEWEST, SEARCHED, OwnColumns, find_column, heading_texts, is_ignored, own_name
from jdgen.sheets.sheet import LostValue, Row, Sheet, number_text
from jdgen.text_files.schemas import schema_problems
from jdgen.text_files.values import YamlFile
from jdgen.words import bare_words, shorten, slug

#: Rows below the headings of which cells are looked at, and cells of a column that are shown.
_SAMPLE, _EXAMPLES = 200, 3
_LONGEST, _FEWEST_TEXTS = 40, 3
# A longer heading that has a field's only word in it may well be about something else.
_MOST_WORDS = 3
_FULL_TIME = 37.5


@dataclass(frozen=True)
class HeadingWords:
    """What headings and cells may mean, as bare words: fields of a post and an organisation's own by their headings,
    headings of what is about people, and fields by what their cells hold. ``own_columns`` are those of the
    organisation's own fields that it has named; ``choices`` what the framework has for the cells of a field to name, by
    its key."""

    fields: Mapping[str, str]
    own_names: Mapping[str, str]
    people: frozenset[str]
    cells: Mapping[str, frozenset[str]]
    own_columns: OwnColumns
    choices: Mapping[str, Collection[str]]


@dataclass(frozen=True)
class ColumnGuess:
    """What a column is taken for: its label, the ``meaning`` as a file says it, and why. What is recognised has no
    reason, and what is open is to be decided. ``samples`` are a few of its texts."""

    label: str
    meaning: str
    reason: str = ""
    samples: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nobody can say what it is."""
        return self.meaning == DECIDE

    @property
    def is_guess(self) -> bool:
        """Whether somebody has to say yes to it."""
        return bool(self.reason) and not self.is_open


@dataclass(frozen=True)
class SheetGuess:
    """What a sheet is taken for: its title, the row of its headings, whether each is the first there is, and its
    columns."""

    sheet: Sheet
    row: int
    is_first_row: bool
    columns: tuple[ColumnGuess, ...]


def heading_words_of(file: YamlFile, own_columns: OwnColumns, choices: Mapping[str, Collection[str]]) -> HeadingWords:
    """The words in ``file``, with the workspace's ``own_columns`` and ``choices``.

    Raises :class:`JdgenError` for a file with problems.
    """
    refuse(schema_problems(file, "headings"))
    value = file.value
    unknown = ((kind, key) for kind in ("fields", "cells") for key in value[kind] if key not in COLUMNS)
    refuse(Problem(file.where(each), f"'{each[1]}' is no field", "write its key") for each in unknown)
    return HeadingWords(
        {bare_words(phrase): key for key, phrases in value["fields"].items() for phrase in phrases},
        {bare_words(phrase): name for name, phrases in value["own"].items() for phrase in phrases},
        frozenset(map(bare_words, value["people"])),
        {key: frozenset(map(bare_words, texts)) for key, texts in value["cells"].items()},
        own_columns,
        choices,
    )


def guess_sheet(sheets: Sequence[Sheet], name: str, words: HeadingWords) -> SheetGuess:
    """The sheet of posts among ``sheets`` of the file ``name``, and what its columns are.

    Raises :class:`JdgenError` where no sheet has a row of headings, or several may be meant.
    """
    heads = [(sheet, rows, *_headings(rows, words)) for sheet in sheets for rows in [_first_rows(sheet)]]
    most = max((count for _, _, _, count in heads), default=0)
    best = [head for head in heads if head[3] == most and head[2] is not None]
    posts_sheets = [head for head in best if head[0].title.strip().casefold() == "posts"]
    if not best:
        what = "has no row of headings that can be told from the rest"
        raise JdgenError(Problem(name, what, "head the columns; `jdgen workbook` makes a workbook to begin with"))
    if len(best) > 1 and not posts_sheets:
        titles = list_words(f"'{sheet.title}'" for sheet, *_ in best)
        raise JdgenError(Problem(name, f"several sheets may be those of the posts: {titles}", "name one with --sheet"))
    sheet, rows, header, _ = (posts_sheets or best)[0]
    assert header is not None
    below = [values for number, values in rows if number > header[0]]
    texts = heading_texts(header, rows)
    cells = [[values[column] for values in below if column < len(values)] for column in range(_width(rows, header[0]))]
    texts += ("",) * (len(cells) - len(texts))
    filled_positions = [column for column, values in enumerate(cells) if any(map(_text, values))]
    columns = guess_columns(labels_of(texts, filled_positions), texts, cells, words)
    return SheetGuess(sheet, header[0], header[0] == _first_filled(rows), columns)


def _first_rows(sheet: Sheet) -> list[Row]:
    return list(islice(sheet.rows(), SEARCHED + _SAMPLE))


def _width(rows: Sequence[Row], header: int) -> int:
    return max((len(values) for number, values in rows if number >= header), default=0)


def _first_filled(rows: Sequence[Row]) -> int:
    return next((number for number, values in rows if any(map(_text, values))), 1)


def _headings(rows: Sequence[Row], words: HeadingWords) -> tuple[Row | None, int]:
    """The row of headings, and how many of them are known; where hardly any is, the first row of several short texts
    and nothing else."""
    counts = [
        (sum(_is_known(text, words) for text in set(heading_texts(row, rows)) if text), row) for row in rows[:SEARCHED]
    ]
    count, row = max(counts, key=lambda each: (each[0], -each[1][0]), default=(0, None))
    if count >= FEWEST:
        return row, count
    return next((row for row in rows[:SEARCHED] if _are_texts(row[1])), None), count


def _is_known(heading: str, words: HeadingWords) -> bool:
    plain = bare_words(heading)
    is_word = plain in words.fields or plain in words.own_names or plain in words.people
    return is_word or is_ignored(heading) or find_column(heading, words.own_columns) is not None


def _are_texts(values: Sequence[Any]) -> bool:
    filled_values = [
        value for value in values if value is not None and not isinstance(value, LostValue) and value != ""
    ]
    texts = {value for value in filled_values if isinstance(value, str) and len(value) <= _LONGEST}
    return len(texts) == len(filled_values) >= _FEWEST_TEXTS


# What single columns are.


def guess_columns(
    labels: Sequence[str],
    headings: Sequence[str],
    cells: Sequence[Sequence[Any]],
    words: HeadingWords,
) -> tuple[ColumnGuess, ...]:
    """What each column is that has a label; a field is given to one of them."""
    texts = [[text for value in values if (text := _text(value))] for values in cells]
    columns = [
        _Column(label, heading, column_texts)
        for label, heading, column_texts in zip(labels, headings, texts, strict=True)
        if label
    ]
    keys_by_phrase = {**{phrase: column.key for phrase, column in headings_of().items()}, **words.fields}
    meanings_by_phrase = {
        **{phrase: COLUMNS[key].heading for phrase, key in keys_by_phrase.items()},
        **_own_meanings(words),
    }
    guesses: dict[str, ColumnGuess] = {}
    labels_by_key: dict[str, str] = {}
    ways: tuple[Callable[[_Column], Iterator[tuple[str, str, str]]], ...] = (
        lambda column: _recognise(column, words, is_main=True),
        lambda column: _recognise(column, words, is_main=False),
        lambda column: _pass_over(column, words),
        lambda column: _by_words(column, words, keys_by_phrase, meanings_by_phrase),
        lambda column: _by_cells(column, words),
    )
    for way in ways:
        for column in columns:
            if column.label in guesses:
                continue
            for key, meaning, reason in way(column):
                if key and labels_by_key.setdefault(key, column.label) != column.label:
                    continue
                guesses[column.label] = ColumnGuess(column.label, meaning, reason, column.samples)
                break
    return tuple(guesses.get(column.label) or _last_guess(column, labels_by_key, words) for column in columns)


@dataclass(frozen=True)
class _Column:
    label: str
    heading: str
    texts: Sequence[str]

    @property
    def words(self) -> str:
        return bare_words(self.heading)

    @property
    def samples(self) -> tuple[str, ...]:
        return tuple(shorten(text, _LONGEST) for text in islice(dict.fromkeys(self.texts), _EXAMPLES))

    def contradicts(self, key: str) -> bool:
        """Whether its texts are none of the field's, whatever its heading says: a grade may be no band."""
        return key == "band" and bool(self.texts) and not any(map(_is_band, self.texts))

    def holds(self, is_fit: Callable[[str], bool]) -> bool:
        """Whether each of its texts fits, and there are some."""
        return bool(self.texts) and all(map(is_fit, self.texts))


def _recognise(column: _Column, words: HeadingWords, *, is_main: bool) -> Iterator[tuple[str, str, str]]:
    """What is read without a question; ``is_main`` where it has the field's own heading."""
    field_column = find_column(column.heading, words.own_columns) if column.heading else None
    if field_column is None or column.contradicts(field_column.key):
        return
    if (column.words == bare_words(field_column.heading)) is is_main:
        yield field_column.key, right_meaning(field_column), ""


def _pass_over(column: _Column, words: HeadingWords) -> Iterator[tuple[str, str, str]]:
    if is_ignored(column.heading):
        yield "", IGNORE, ""
    elif phrase := _longest(column.words, words.people):
        yield "", IGNORE, f"'{phrase}' is about a person, and a job description holds nothing of that"


def _by_words(
    column: _Column, words: HeadingWords, keys_by_phrase: Mapping[str, str], meanings_by_phrase: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """By the longest phrase that means something: ``keys_by_phrase`` are those of fields, with their keys, and
    ``meanings_by_phrase`` those of own fields besides, with what the file would say."""
    phrase = _longest(column.words, meanings_by_phrase)
    if not phrase or column.contradicts(keys_by_phrase.get(phrase, "")):
        return
    reason = f"'{phrase}' may mean it" if phrase == column.words else f"it has the words '{phrase}'"
    key = (
        f"own.{words.own_names[phrase]}"
        if phrase in words.own_names and phrase not in words.fields
        else keys_by_phrase.get(phrase, "")
    )
    yield key, meanings_by_phrase[phrase] if key.startswith("own.") else right_meaning(COLUMNS[key]), reason


def _own_meanings(words: HeadingWords) -> dict[str, str]:
    return {phrase: f"own.{name}" for phrase, name in words.own_names.items() if phrase not in words.fields}


def _longest(heading: str, phrases: Collection[str]) -> str:
    """The longest of ``phrases`` whose words stand in the heading, one after the other."""
    words_of_heading = f" {heading} "
    matches = [
        phrase
        for phrase in phrases
        if f" {phrase} " in words_of_heading and (" " in phrase or len(heading.split()) <= _MOST_WORDS)
    ]
    return max(matches, key=len, default="")


def _by_cells(column: _Column, words: HeadingWords) -> Iterator[tuple[str, str, str]]:
    samples = list_words(f"'{text}'" for text in column.samples)
    if len(set(column.texts)) > 1 and column.holds(_is_band):
        yield "band", right_meaning(COLUMNS["band"]), f"its cells hold bands: {samples}"
    for key, names in words.choices.items():
        if column.holds(lambda text, names=names: bare_words(text) in names or slug(text) in names):  # type: ignore[misc]  # a default binds the loop's value
            yield key, right_meaning(COLUMNS[key]), f"its cells name what the framework has: {samples}"
    for key, names in words.cells.items():
        if column.holds(lambda text, names=names: bare_words(text) in names):  # type: ignore[misc]  # as above
            yield key, right_meaning(COLUMNS[key]), f"its cells say so: {samples}"
    if column.holds(_is_hours) and any(_number(text) == _FULL_TIME for text in column.texts):
        yield "hours", right_meaning(COLUMNS["hours"]), f"its cells hold hours a week: {samples}"


def _last_guess(column: _Column, labels_by_key: Mapping[str, str], words: HeadingWords) -> ColumnGuess:
    """A second column of a field is an own field, and any other is for somebody to decide."""
    field_column = find_column(column.heading, words.own_columns) if column.heading else None
    name = own_name(column.label)
    if field_column and labels_by_key.get(field_column.key) and name:
        reason = f"'{labels_by_key[field_column.key]}' is the column of {field_column.heading} already"
        return ColumnGuess(column.label, f"own.{name}", reason, column.samples)
    return ColumnGuess(column.label, DECIDE, "", column.samples)


def _text(value: Any) -> str:
    if value is None or isinstance(value, LostValue):
        return ""
    if type(value) in (int, float):
        return number_text(value)
    if isinstance(value, datetime.datetime):
        return printed_day(value)
    return " ".join(str(value).split())


def _is_band(text: str) -> bool:
    try:
        band_of(text)
    except ValueError:
        return False
    return True


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _is_hours(text: str) -> bool:
    number = _number(text)
    return number is not None and 0 < number <= _FULL_TIME
