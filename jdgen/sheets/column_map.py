"""What the headings of an organisation's own workbook mean: a file beside it, written once and kept.

Each heading is a field of the post, a field of the organisation's own, or passed over. A heading that stands in the
sheet a second time is called by its number (``Base (2)``), and a column without one by its letters (``column H``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

from jdgen.errors import JdgenError, Problem, list_words, nearest, refuse
from jdgen.post.field import SheetColumn
from jdgen.post.fields import COLUMNS, FIELDS
from jdgen.sheets.heading_row import Header, OwnColumns, find_column, heading_texts, is_own, own_headings
from jdgen.sheets.sheet import Row, SheetPlaces, column_letters
from jdgen.text_files.schemas import schema_problems
from jdgen.text_files.toml_reading import read_toml, toml_text
from jdgen.text_files.values import YamlFile
from jdgen.words import bare_words, normalise

#: What a heading is that is no field: passed over, or not decided.
IGNORE, DECIDE = "ignore", "decide"
#: What would be right for a heading of which it is not known what it is.
CHOICES = "write the field that it is ('Base'), a field of your own ('own.cost_centre'), or 'ignore'"
_COLUMNS, _SHEET, _ROW = "columns", "sheet", "headings_row"
#: Of so many headings that have gone it is looked for what each may be called now, and among so many others: it takes
#: time to look, and where more have changed, this is another sheet.
_MOST_GONE, _MOST_NEAR = 50, 500


@dataclass(frozen=True)
class ColumnMap:
    """The file, read: what each heading is, as written there. ``sheet`` and ``row`` (of the headings) are None where
    they are to be found by the headings."""

    file: YamlFile
    columns: Mapping[str, str]
    sheet: str | None = None
    row: int | None = None

    @property
    def name(self) -> str:
        """What messages call the file."""
        return self.file.name

    def is_open(self, label: str) -> bool:
        """Whether the file does not say what the column ``label`` is."""
        return is_word(self._meanings.get(_plain(label), DECIDE), DECIDE)

    @cached_property
    def _meanings(self) -> Mapping[str, str]:
        return {_plain(heading): meaning for heading, meaning in self.columns.items()}

    def where(self, heading: str) -> str:
        """The place of a heading."""
        return self.file.where((_COLUMNS, heading))

    @property
    def where_sheet(self) -> str:
        """The place where the sheet is named."""
        return self.file.where((_SHEET,))

    def known_headings(self, texts: Sequence[str]) -> int:
        """How many of the headings stand in a row of ``texts``."""
        return sum(_plain(text) in self._meanings for text in texts if text)


def read_column_map(path: Path, name: str, own_columns: OwnColumns) -> ColumnMap:
    """The file at ``path``, which messages call ``name``. Raises :class:`JdgenError` for one that cannot be read, or
    that says what is no field."""
    return column_map_of(read_toml(path, name), own_columns)


def column_map_of(file: YamlFile, own_columns: OwnColumns) -> ColumnMap:
    """As :func:`read_column_map`, of a file already read."""
    problems = schema_problems(file, "columns")
    columns = file.value.get(_COLUMNS, {})
    if not problems:
        problems = [
            Problem(file.where((_COLUMNS, heading)), f"'{meaning}' is no field", _right_field(meaning))
            for heading, meaning in columns.items()
            if not (is_word(meaning, IGNORE) or is_word(meaning, DECIDE) or find_column(meaning, own_columns))
        ]
    refuse(problems)
    return ColumnMap(file, columns, file.value.get(_SHEET), file.value.get(_ROW))


def is_word(meaning: str, word: str) -> bool:
    """Whether somebody has written ``word``, in whatever letters."""
    return bare_words(meaning) == word


def right_meaning(column: SheetColumn) -> str:
    """How the file says that a heading is ``column``."""
    return column.key if is_own(column) else column.heading


def _right_field(meaning: str) -> str:
    near = nearest(meaning, [column.heading for column in COLUMNS.values()])
    return f"did you mean '{near}'? Or {CHOICES}" if near else f"{CHOICES}; `jdgen docs spreadsheet` lists the fields"


# Columns of a sheet by their headings.


def labels_of(texts: Sequence[str], filled_positions: Collection[int] = ()) -> tuple[str, ...]:
    """What each column is called: by its heading, on one line; by its number besides where there was one of that name,
    and by its letters where it has none but is among ``filled_positions``."""
    labels: list[str] = []
    # The next number of each name: of thousands of columns of one name, none asks again which numbers are taken.
    following: dict[str, int] = {}
    for position, text in enumerate(texts):
        label = name = _on_one_line(text) or (_label_without_heading(position) if position in filled_positions else "")
        while label and _plain(label) in following:
            number = following[_plain(name)]
            following[_plain(name)] = number + 1
            label = f"{name} ({number})"
        following.setdefault(_plain(label), 2)
        labels.append(label)
    return tuple(labels)


def _on_one_line(text: str) -> str:
    """A heading without line breaks, and without what nobody sees."""
    return " ".join("".join(char for char in normalise(text) if char.isprintable() or char.isspace()).split())


def _label_without_heading(position: int) -> str:
    return f"column {column_letters(position)}"


def _plain(heading: str) -> str:
    return _on_one_line(heading).casefold()


def mapped_header(
    rows: Sequence[Row],
    places: SheetPlaces,
    column_map: ColumnMap,
    common_fields: Collection[str],
    own_columns: OwnColumns,
) -> Header:
    """The header of a sheet by what ``column_map`` says of its headings; ``rows`` are its first. Raises
    :class:`JdgenError` where no row has the headings; what is wrong with single ones is told in the result."""
    number, texts = _row_of_headings(rows, places, column_map)
    width = max(len(values) for below, values in rows if below >= number)
    texts += ("",) * (width - len(texts))
    meanings = {_plain(heading): heading for heading in column_map.columns}
    unheaded = [position for position in range(len(texts)) if _plain(_label_without_heading(position)) in meanings]
    labels = labels_of(texts, unheaded)
    columns: dict[int, SheetColumn] = {}
    problems: list[Problem] = []
    first_labels: dict[str, str] = {}
    for position, label in enumerate(labels):
        heading = meanings.get(_plain(label))
        column = find_column(column_map.columns[heading], own_columns) if heading is not None else None
        if heading is not None and is_word(column_map.columns[heading], DECIDE):
            problems.append(Problem(column_map.where(heading), f"'{label}' is still to be decided", CHOICES))
        elif heading is None:
            problems += _unknown(label, places.cell(number, position), column_map) if label else ()
        elif column and not is_word(column_map.columns[heading], IGNORE):
            if column.key in first_labels:
                what = f"'{label}' is a second column for '{column.heading}'"
                problems.append(
                    Problem(column_map.where(heading), what, f"keep one; '{first_labels[column.key]}' is the first")
                )
            else:
                first_labels[column.key] = label
                columns[position] = column
    problems += _missing_headings(column_map, labels, places)
    problems += [
        Problem(column_map.file.where((_COLUMNS,)), f"no column is read as '{field.heading}'", _without(field.key))
        for field in FIELDS
        if field.needed and field.key not in {*first_labels, *common_fields}
    ]
    headings = tuple(_mending_heading(label, columns.get(position)) for position, label in enumerate(labels))
    ignored = frozenset(position for position, label in enumerate(labels) if label and position not in columns)
    return Header(number, headings, columns, ignored, tuple(problems), own_headings(texts, columns))


def _row_of_headings(rows: Sequence[Row], places: SheetPlaces, column_map: ColumnMap) -> tuple[int, tuple[str, ...]]:
    texts = {row[0]: heading_texts(row, rows) for row in rows}
    counts = {number: column_map.known_headings(each) for number, each in texts.items()}
    best = max(counts, key=lambda number: (counts[number], -number), default=None)
    if column_map.row is not None and not counts.get(column_map.row):
        right = f"they stand in row {best}" if best and counts[best] else "write the number of the row of headings"
        where = column_map.file.where((_ROW,))
        raise JdgenError(Problem(where, f"row {column_map.row} of {places.name} has none of the headings", right))
    if best is None or not counts[best]:
        right = "name another sheet with --sheet, or another --columns file"
        raise JdgenError(Problem(places.name, f"has none of the headings of {column_map.name}", right))
    row_number = column_map.row or best
    return row_number, texts[row_number]


def _unknown(label: str, where: str, column_map: ColumnMap) -> Iterator[Problem]:
    right = f'add a line to {column_map.name}: {toml_text(label)} = "{IGNORE}", or the field that it is'
    yield Problem(where, f"{column_map.name} says nothing of the column '{label}'", right)


def _missing_headings(column_map: ColumnMap, labels: Sequence[str], places: SheetPlaces) -> Iterator[Problem]:
    """Headings that the sheet does not have. That one is gone which was passed over does no harm."""
    sheet_headings = set(map(_plain, labels))
    free = list(islice((label for label in labels if label and label not in column_map.columns), _MOST_NEAR))
    missing = [
        heading
        for heading, meaning in column_map.columns.items()
        if _plain(heading) not in sheet_headings and not is_word(meaning, IGNORE)
    ]
    for number, heading in enumerate(missing):
        near = nearest(heading, free) if number < _MOST_GONE else None
        right = f"did you mean '{near}'?" if near else "write the heading as the sheet has it, or delete this line"
        yield Problem(column_map.where(heading), f"{places.name} has no column '{heading}'", right)


def _without(key: str) -> str:
    option = f", or give --{key} for all posts" if key == "specialism" else ""
    return f"say which heading it is{option}"


def _mending_heading(label: str, column: SheetColumn | None) -> str:
    """What heads a column in the workbook of rows to be mended, which is read without the file."""
    return column.heading if column else f"Ignore {label}" if label else ""


# Writing the file.


_HEAD = """\
# How the columns of {posts} are read: jdgen batch {posts} --columns {name}
#
# On the left is a heading of the workbook, on the right what it is:
#   a field of the post, as `jdgen docs spreadsheet` lists it:  "Base"
#   a field of your own, which your template prints as {{{{ own.cost_centre }}}}:  "own.cost_centre"
#   "ignore": nothing of the column is read
#   "decide": nobody has said what it is, and nothing is made until somebody has
#
# Look at each line that says "guess". When you run the same command again, it counts. A second column of one heading is
# called "Base (2)", one without a heading "column H". Hidden columns and rows are read like all others.
"""


def map_text(posts: str, name: str, sheet: str | None, row: int | None, lines: Iterable[tuple[str, str, str]]) -> str:
    """A new file: each heading, what it is, and a remark on that. ``sheet`` and ``row`` are left out where they are the
    first."""
    sheet_lines = [f"{_SHEET} = {toml_text(sheet)}"] if sheet else []
    row_lines = [f"{_ROW} = {row}"] if row else []
    places = [*sheet_lines, *row_lines, ""] if sheet_lines or row_lines else []
    column_lines = (_map_line(heading, meaning, remark) for heading, meaning, remark in lines)
    return "\n".join((_HEAD.format(posts=posts, name=name), *places, f"[{_COLUMNS}]", *column_lines, ""))


def _map_line(heading: str, meaning: str, remark: str = "") -> str:
    """A line of the file."""
    line = f"{toml_text(heading)} = {toml_text(meaning)}"
    return f"{line}  # {' '.join(remark.split())}" if remark else line


def amend_map(text: str, column_map: ColumnMap, answers: Mapping[str, str]) -> str:
    """``text`` of the file with ``answers`` put in: in the lines of their headings, else behind the last."""
    lines = text.split("\n")
    places = {
        keys[1]: line for keys, line in column_map.file.lines.items() if keys[:1] == (_COLUMNS,) and len(keys) == 2
    }
    plain = {_plain(str(heading)): line for heading, line in places.items()}
    last = max((line for keys, line in column_map.file.lines.items() if keys[:1] == (_COLUMNS,)), default=len(lines))
    new_lines = []
    for heading, meaning in answers.items():
        number = plain.get(_plain(heading))
        if number is None:
            new_lines.append(_map_line(heading, meaning))
        else:
            start = re.sub(r"=\s*([\"'])decide\1\s*(#.*)?$", "", lines[number - 1], flags=re.IGNORECASE)
            lines[number - 1] = f"{start.rstrip()} = {toml_text(meaning)}"
    return "\n".join((*lines[:last], *new_lines, *lines[last:]))


def list_fields() -> str:
    """The headings of all fields, to choose from."""
    return list_words(column.heading for column in COLUMNS.values())
