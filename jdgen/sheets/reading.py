"""Reading a file of posts: XLSX, CSV or YAML."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, TextIO, TypeVar

from jdgen.errors import JdgenError, Problem, did_you_mean, list_words
from jdgen.files import content_of, owner_file_problem
from jdgen.placeholders import NO_PLACEHOLDERS, Placeholders
from jdgen.post.reading import PostEntries, all_problems, entries_of_yaml
from jdgen.sheets.column_map import ColumnMap, mapped_header
from jdgen.sheets.heading_row import (
    FEWEST,
    NO_OWN_COLUMNS,
    SEARCHED,
    OwnColumns,
    header_of,
    heading_texts,
    known_headings,
)
from jdgen.sheets.rows import Common, PostRow, row_reader
from jdgen.sheets.sheet import MAX_FILE, MAX_UNPACKED, Row, Sheet, SheetPlaces
from jdgen.text_files.encoding import encoding_of
from jdgen.text_files.values import Keys, YamlFile
from jdgen.text_files.yaml_reading import parse_yaml

MAX_ROWS = 250_000
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xls", ".xlsb", ".ods")
_DELIMITED = (".csv", ".tsv", ".txt")
_YAML = (".yaml", ".yml")
_SHEET = "posts"
#: What the sheet is called that has rows of another file, in which something was wrong; that file's other posts have
#: their documents.
MENDING_SHEET = "To mend"
_Value = TypeVar("_Value")


@dataclass(frozen=True)
class PostStream:
    """A file of posts, opened: its headings as written, what is wrong with them, and the rows, to be gone through once.

    ``raw`` are rows as the file has them. ``read_row`` makes a post of one (nothing where it is blank), in this process
    or in another: it can be pickled. ``own_headings`` are those of the organisation's own fields, by their names.
    ``is_mended`` says that the rows are those of another file in which something was wrong.
    """

    name: str
    headings: tuple[str, ...]
    problems: tuple[Problem, ...]
    raw: Iterator[Any]
    read_row: Callable[[Any], PostRow | None]
    own_headings: Mapping[str, str] = field(default_factory=dict)
    is_mended: bool = False

    @property
    def rows(self) -> Iterator[PostRow]:
        """The posts, row by row."""
        posts = (post for row in self.raw if (post := self.read_row(row)) and not post.passed_over)
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
    common_fields: Collection[str] = (),
    placeholders: Placeholders = NO_PLACEHOLDERS,
    *,
    own_columns: OwnColumns = NO_OWN_COLUMNS,
    columns: ColumnMap | None = None,
) -> PostStream:
    """The posts of the file at ``path``, row by row, for files that are better not held in memory.

    ``name`` is how messages call the file, ``sheet`` the worksheet meant where there are several, ``common_fields`` the
    fields that every post is given elsewhere, ``placeholders`` the texts that are no answer, ``own_columns`` the
    columns of the organisation's own fields, ``columns`` what its headings mean where they are the organisation's own.
    Hidden rows are read; blank rows are passed over, and so are rows of totals, notes and those that are struck
    through, which is told.

    Raises :class:`JdgenError` for a file that cannot be read, or has no row of headings; reading on raises it for
    damage further down. What is wrong with single headings and rows is told in the result.
    """
    name, common = name or str(path), Common(path.parent, frozenset(common_fields), placeholders, own_columns)
    suffix, content = path.suffix.lower(), _content(path, name)
    if _is_workbook(content, suffix):
        return _stream(
            _choose_sheet(_sheets_of_workbook(content, name), name, sheet, own_columns, columns), name, common, columns
        )
    _refuse_sheet_name(suffix, name, sheet)
    if suffix in _YAML:
        if columns:
            raise JdgenError(Problem(name, "has keys, and no columns", "leave --columns out"))
        return PostStream(name, (), (), iter(_yaml_posts(content, name, common)), _as_read)
    if suffix in _DELIMITED:
        return _stream(_delimited_sheet(lambda: path.open("rb"), name), name, common, columns)
    raise JdgenError(_no_kind(suffix, name))


def sheets_of(path: Path, name: str, sheet: str | None = None) -> tuple[Sheet, ...]:
    """The sheets of a workbook or CSV file, whatever heads their columns; where it is named, only the one called
    ``sheet``. Raises :class:`JdgenError` for other files."""
    suffix, content = path.suffix.lower(), _content(path, name)
    if _is_workbook(content, suffix):
        sheets = _sheets_of_workbook(content, name)
        return sheets if sheet is None else (_find_sheet(sheets, name, sheet),)
    _refuse_sheet_name(suffix, name, sheet)
    if suffix in _DELIMITED:
        return (_delimited_sheet(lambda: path.open("rb"), name),)
    if suffix in _YAML:
        raise JdgenError(Problem(name, "has keys, and no columns", "leave --columns out"))
    raise JdgenError(_no_kind(suffix, name))


def _sheets_of_workbook(content: bytes, name: str) -> tuple[Sheet, ...]:
    # openpyxl is slow to import, and CSV and YAML files need none of it.
    from jdgen.sheets.xlsx_file import workbook_sheets  # noqa: PLC0415

    return workbook_sheets(content, name)


def _content(path: Path, name: str) -> bytes:
    """The file's content; of a CSV file, which may be as large as a workbook is unpacked and is read row by row, only
    the beginning."""
    is_delimited = path.suffix.lower() in _DELIMITED
    most, length = (MAX_UNPACKED, len(_OLD_OFFICE)) if is_delimited else (MAX_FILE, MAX_FILE)
    right, smaller = "name a file that you can open", "divide the posts among several files"
    return content_of(path, right=right, most=most, smaller=smaller, where=name, length=length)


def _is_workbook(content: bytes, suffix: str) -> bool:
    """Whether a file is to be read as a workbook, by what it begins with and what its name ends with."""
    return content.startswith((_ZIP, _OLD_OFFICE)) or suffix in _WORKBOOKS


def _refuse_sheet_name(suffix: str, name: str, sheet: str | None) -> None:
    if sheet is not None and suffix in (*_YAML, *_DELIMITED):
        raise JdgenError(Problem(name, f"has no sheet '{sheet}', for it is no workbook", "leave --sheet out"))


def _no_kind(suffix: str, name: str) -> Problem:
    usual = Problem(name, f"'{suffix}' is no kind of file that posts are read from", "use .xlsx, .csv or .yaml")
    return owner_file_problem(name) or usual


def _find_sheet(sheets: Sequence[Sheet], name: str, title: str, where: str = "") -> Sheet:
    match = next((sheet for sheet in sheets if sheet.title.strip().casefold() == title.strip().casefold()), None)
    if match is None:
        what = f"{name} has no sheet '{title}'" if where else f"has no sheet '{title}'"
        raise JdgenError(Problem(where or name, what, did_you_mean(title, [sheet.title for sheet in sheets])))
    return match


def _choose_sheet(
    sheets: Sequence[Sheet], name: str, title: str | None, own_columns: OwnColumns, columns: ColumnMap | None
) -> Sheet:
    """The sheet that is asked for, else the one called Posts, else the only one that has column headings."""
    if title is not None:
        return _find_sheet(sheets, name, title)
    if columns and columns.sheet is not None:
        return _find_sheet(sheets, name, columns.sheet, columns.where_sheet)
    if posts_sheets := [sheet for sheet in sheets if sheet.title.strip().casefold() == _SHEET]:
        return posts_sheets[0]
    sheets_with_headings = [sheet for sheet in sheets if len(sheets) == 1 or _is_headed(sheet, own_columns, columns)]
    if len(sheets_with_headings) != 1:
        quantity = "several sheets have" if sheets_with_headings else "no sheet has"
        titles = list_words(sheet.title for sheet in sheets_with_headings or sheets)
        right = f"name the one with the posts by --sheet, or call it 'Posts'; there are {titles}"
        raise JdgenError(Problem(name, f"{quantity} column headings of posts", right))
    return sheets_with_headings[0]


def _is_headed(sheet: Sheet, own_columns: OwnColumns, columns: ColumnMap | None) -> bool:
    first_rows = list(islice(sheet.rows(), SEARCHED))
    if columns:
        return any(columns.known_headings(heading_texts(row, first_rows)) >= FEWEST for row in first_rows)
    return any(known_headings(row, own_columns) >= FEWEST for row in first_rows)


def _stream(sheet: Sheet, name: str, common: Common, columns: ColumnMap | None) -> PostStream:
    rows = sheet.rows()
    if columns:
        first_rows = list(islice(rows, max(SEARCHED, columns.row or 0)))
        header = mapped_header(first_rows, sheet.places, columns, common.fields, common.own_columns)
    else:
        first_rows = list(islice(rows, SEARCHED))
        header = header_of(first_rows, sheet.places, common.fields, common.own_columns)
    reader = row_reader(sheet.places, header, common)
    below = (row for row in chain(first_rows, rows) if row[0] > header.number)
    is_mended = sheet.title == MENDING_SHEET
    return PostStream(name, header.headings, header.problems, below, reader.read, header.own_headings, is_mended)


def _as_read(row: PostRow) -> PostRow:
    return row


def _yaml_posts(content: bytes, name: str, common: Common) -> tuple[PostRow, ...]:
    """The posts of a YAML file, one or a list, each called by its line."""
    file = parse_yaml(content, name)
    if isinstance(file.value, dict) and len(file.value) == 1:
        key, value = next(iter(file.value.items()))
        if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
            what = f"'{key}' stands above the list of posts"
            raise JdgenError(Problem(file.where((key,)), what, "delete this line: a list begins with a hyphen"))
    posts = list(_each(file)) if isinstance(file.value, list) else [file]
    if not posts:
        raise JdgenError(Problem(name, "holds no post", "write a list of posts, each with title, specialism and band"))
    return tuple(_yaml_post(post, common) for post in posts)


def _each(file: YamlFile) -> Iterator[YamlFile]:
    """Each entry of the list as a file of its own, with the lines of the whole."""
    count = len(file.value)
    lines, texts, cut = (
        _divide_entries(file.lines, count),
        _divide_entries(file.texts, count),
        _divide_entries(file.comments, count),
    )
    for index, value in enumerate(file.value):
        yield YamlFile(file.name, value, lines[index], texts[index], cut[index])


def _divide_entries(values: Mapping[Keys, _Value], count: int) -> list[dict[Keys, _Value]]:
    """What was found of the values of a list, entry by entry."""
    entries: list[dict[Keys, _Value]] = [{} for _ in range(count)]
    for keys, value in values.items():
        if keys and isinstance(keys[0], int):
            entries[keys[0]][keys[1:]] = value
    return entries


def _yaml_post(file: YamlFile, common: Common) -> PostRow:
    label = file.where()
    try:
        if file.value is None:
            raise JdgenError(Problem(label, "is empty", "give at least title, specialism and band"))
        entries = entries_of_yaml(file, common.folder, common.placeholders)
    except JdgenError as error:
        return PostRow(label, PostEntries({}, {}, common.folder), error.problems)
    return PostRow(label, entries, all_problems(entries, label, common.fields))


# CSV files, however they are encoded and divided, without what keeps cells from being run as formulas.

_DELIMITERS = (",", ";", "\t")
_FIRST_LINE = 100
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_AS_TEXT = re.compile(r'="([^"=]*)"')


@dataclass(frozen=True)
class _Source:
    """A CSV file that is read from its start as often as need be, never held whole: how to open it, its encoding,
    and whether its first line only names the delimiter."""

    name: str
    opener: Callable[[], BinaryIO]
    encoding: str
    skipped: int = 0

    @contextmanager
    def lines(self) -> Iterator[TextIO]:
        """The file's text from its first row on."""
        with io.TextIOWrapper(self.opener(), self.encoding, newline="") as stream:
            for _ in range(self.skipped):
                stream.readline()
            yield stream


def _delimited_sheet(opener: Callable[[], BinaryIO], name: str) -> Sheet:
    """The one sheet of a CSV file: UTF-8, UTF-16, Windows-1252 or Mac Roman, divided by commas, semicolons or tabs."""
    places, source = SheetPlaces(name, worksheet=False), _Source(name, opener, encoding_of(opener, name))
    with source.lines() as stream:
        separator = _SEPARATOR_LINE.fullmatch(stream.readline(_FIRST_LINE))
    if separator:
        source = replace(source, skipped=1)
    delimiter = separator[1] if separator else _delimiter(source)
    return Sheet(name, places, lambda: _rows(source, delimiter))


def _unguard(cell: str) -> str:
    if cell[:1] == "=" and (quoted := _AS_TEXT.fullmatch(cell)):  # ="00123" keeps the zeros when Excel opens a CSV
        return quoted[1]
    return cell[1:] if cell[:1] == "'" and _GUARDED.match(cell) else cell


def _rows(source: _Source, delimiter: str) -> Iterator[Row]:
    """Each record with the number of the line that it starts in."""
    line = 0
    with source.lines() as stream:
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        try:
            for values in reader:
                cells = [_unguard(value) if value[:1] in ("=", "'") else value for value in values]
                yield line + 1 + source.skipped, cells
                line = reader.line_num
        except csv.Error as error:
            where = f"{source.name}:{line + 1 + source.skipped}"
            what = f"a quotation mark is missing or misplaced, or a cell is too long ({error})"
            raise JdgenError(Problem(where, what, "save the file anew from a spreadsheet program")) from error


def _delimiter(source: _Source) -> str:
    """The delimiter by which a row near the top has most known headings; where none has any, that by which most rows
    are equally long."""
    return max(_DELIMITERS, key=lambda delimiter: _best(source, delimiter))


def _best(source: _Source, delimiter: str) -> tuple[int, int]:
    best = 0
    widths: Counter[int] = Counter()
    # With the wrong delimiter a quotation mark may stand anywhere; the rows before it count.
    with suppress(JdgenError):
        for row in islice(_rows(source, delimiter), SEARCHED):
            best = max(best, known_headings(row))
            widths[len(row[1])] += 1
    usual = max(widths, key=lambda width: (widths[width], width), default=1)
    return best, widths[usual] if usual > 1 and not best else 0
