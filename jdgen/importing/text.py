"""Frameworks as plain text: tab-separated lines, or a CSV file."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from jdgen.errors import JdgenError, Problem
from jdgen.framework.model import SourcePlace
from jdgen.importing.grid import Cell, CellPlace, Grid, Prose, Publication
from jdgen.importing.table import named_levels, whole_rows
from jdgen.levels import AFC, Scale
from jdgen.words import decode

# How far the cells of a plain-text table reach, which only its empty cells tell.
#
# R1: an empty cell continues the merged cell on its left. R2: where the head of a page stands further left than the
# heads of the other pages, the page has lost its last column: its head was moved up to the left, and its other rows,
# which begin where those of all pages do, have lost their last cell.

_Key = tuple[str, ...]


@dataclass(frozen=True)
class RawRow:
    """One line: its number in the file, and the texts between its delimiters."""

    number: int
    values: tuple[str, ...]

    @property
    def texts(self) -> _Key:
        """Its texts without the empty ones: what is equal where a row is repeated."""
        return tuple(value.strip() for value in self.values if value.strip())


@dataclass(frozen=True)
class RawTable:
    """Lines without a gap between them."""

    rows: tuple[RawRow, ...]


@dataclass(frozen=True)
class _Head:
    """Where the row of levels stands, the cell of its first level, how many it names, and what it and its title say."""

    row: int
    first: int
    count: int
    said: _Key


@dataclass(frozen=True)
class _Ruling:
    """How the cells of a row are to be read: from the cell ``first`` on they are ``moved`` to the right, levels begin
    at the column ``start``, and the last cell reaches up to ``width``. Cells of levels that add up stand ``apart``: an
    empty one beside them adds nothing."""

    first: int = 0
    moved: int = 0
    start: int = 0
    width: int = 0
    apart: bool = False


def rule_columns(tables: Sequence[RawTable], scale: Scale) -> list[Grid]:
    """The tables as grids, each cell with the columns that it reaches over; their heads name levels of ``scale``."""
    heads = [_head(table, scale) for table in tables]
    repeated = {
        texts for texts, times in Counter(row.texts for table in tables for row in table.rows).items() if times > 1
    }
    starts: dict[_Key, int] = {}
    for head in filter(None, heads):
        starts[head.said] = max(starts.get(head.said, 0), head.first)
    return [
        _grid(table, head, _start(table, head, starts[head.said]) if head else 0, repeated, scale.adds_up)
        for table, head in zip(tables, heads, strict=True)
    ]


def _head(table: RawTable, scale: Scale) -> _Head | None:
    for index, row in enumerate(table.rows):
        levels = named_levels(row.values, scale)
        places = [place for place, one in enumerate(levels) if one]
        if places:
            said = tuple(text for above in table.rows[: index + 1] for text in above.texts)
            return _Head(index, places[0], len(levels) - places[0], said)
    return None


def _start(table: RawTable, head: _Head, usual: int) -> int:
    """The column in which the page's rows begin to speak of levels."""
    below = table.rows[head.row + 1 :]
    # A row without a first label continues the label above it: then there is a second column of labels.
    grouped = any(len(row.values) > head.first and not row.values[0] and row.values[head.first] for row in below)
    if not grouped:
        return head.first
    titles = (index for row in table.rows[: head.row] for index, value in enumerate(row.values) if index and value)
    return max(usual, min(next(titles, 0), head.first + 1))


def _grid(table: RawTable, head: _Head | None, start: int, repeated: set[_Key], apart: bool) -> Grid:
    cells: list[Cell] = []
    for index, row in enumerate(table.rows):
        moved = 0
        if head and start > head.first and len(row.values) > head.first and row.values[head.first].strip():
            moved = start - head.first if index == head.row or row.texts in repeated else 0
        cells += _cells(row, index, _Ruling(head.first, moved, start, start + head.count, apart) if head else _Ruling())
    return Grid(tuple(cells))


def _cells(row: RawRow, index: int, ruling: _Ruling) -> Iterator[Cell]:
    filled = [place for place, value in enumerate(row.values) if value.strip()]
    columns = {place: place + (ruling.moved if place >= ruling.first else 0) for place in filled}
    for place, after in zip_longest(filled, filled[1:]):
        shown = columns[after] if after is not None else len(row.values) + ruling.moved
        end = shown if after is not None else max(shown, ruling.width)
        if after is not None and columns[place] < ruling.start:
            # A title does not go on into the levels, of which something else is said.
            shown = end = min(end, max(ruling.start, columns[place] + 1))
        elif ruling.apart:
            shown = end = columns[place] + 1
        name = f"line {row.number}", f"cell {place + 1}"
        yield Cell(
            index,
            columns[place],
            row.values[place].strip(),
            CellPlace("", *name, ", ".join(name)),
            columns=end - columns[place],
            lost=end - shown,
            source=SourcePlace(row.number, place + 1),
        )


_DELIMITERS = (",", ";", "\t")
_COLUMNS = "Lines and tab-separated cells are counted from 1."


def read_tabs(content: bytes, name: str, scale: Scale = AFC) -> Publication:
    """The publication in text whose tables are lines with tabs. Raises :class:`JdgenError` for what is not UTF-8.

    The file is its own source text, so that places are the file's.
    """
    lines = decode(content, name).split("\n")
    rows = [RawRow(number, tuple(line.rstrip("\r").split("\t"))) for number, line in enumerate(lines, 1)]
    blocks = whole_rows(tuple(_blocks(rows, lambda row, _: len(row.values) > 1, scale)), scale)
    return Publication(name, blocks, content, _COLUMNS, laid_out=False)


def read_csv(content: bytes, name: str, scale: Scale = AFC) -> Publication:
    """The publication in a CSV file divided by commas, semicolons or tabs.

    Raises :class:`JdgenError` for what is not UTF-8, and for quotation marks that do not close.
    """
    text = decode(content, name)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=text.count), strict=True)
    rows: list[RawRow] = []
    line = 1
    try:
        for values in reader:
            rows.append(RawRow(line, tuple(" ".join(value.split()) for value in values)))
            line = reader.line_num + 1
    except csv.Error as error:
        right = "save the file anew from a spreadsheet program"
        raise JdgenError(Problem(f"{name}:{line}", f"is no CSV ({error})", right)) from error
    # In a spreadsheet a paragraph is a row with nothing beside its first cell; in a table it is a title of rows.
    pieces = _blocks(rows, lambda row, inside: any(row.values[1:]) or (inside and any(row.values)), scale)
    blocks = whole_rows(tuple(pieces), scale)
    columns = f"Lines and tab-separated cells, counted from 1, of the text that was read from {name}."
    return Publication(name, blocks, _with_tabs(rows), columns, laid_out=False)


def _with_tabs(rows: Iterable[RawRow]) -> bytes:
    """The rows as tab-separated text in which each has the line number that it has in the CSV file."""
    lines: list[str] = []
    for row in rows:
        lines += [""] * (row.number - 1 - len(lines))
        lines.append("\t".join(row.values))
    return "\n".join(lines).encode()


def _blocks(rows: Iterable[RawRow], is_row: Callable[[RawRow, bool], bool], scale: Scale) -> Iterator[Grid | Prose]:
    """Tables and paragraphs; ``is_row`` is asked of each line, and told whether the line before it is in a table."""
    pieces: list[RawTable | RawRow] = []
    table: list[RawRow] = []
    for row in (*rows, RawRow(0, ())):
        if is_row(row, bool(table)):
            table.append(row)
            continue
        if table:
            pieces.append(RawTable(tuple(table)))
            table = []
        if row.texts:
            pieces.append(row)
    grids = iter(rule_columns([piece for piece in pieces if isinstance(piece, RawTable)], scale))
    for piece in pieces:
        yield next(grids) if isinstance(piece, RawTable) else _prose(piece)


def _prose(row: RawRow) -> Prose:
    place = CellPlace("", f"line {row.number}", "", f"line {row.number}")
    return Prose(" ".join(" ".join(row.values).split()), place, SourcePlace(row.number, 1))
