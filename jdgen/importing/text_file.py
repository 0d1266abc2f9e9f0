"""Frameworks as plain text: tab-separated lines, or a CSV file."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from jdgen.errors import JdgenError, Problem
from jdgen.framework.model import SourcePlace
from jdgen.importing.column_meaning import Expected
from jdgen.importing.grid import MAX_COLUMNS, Cell, CellPlace, Doubt, FileChoices, Grid, Prose, Publication
from jdgen.importing.heads import chapter_starts, first_head
from jdgen.importing.lines import BREAKS_WITHIN, has_breaks_within, in_plain_letters, is_tick, lines_of_cell
from jdgen.importing.pages import pages, whole_rows
from jdgen.text_files.encoding import encoding_of

# How far the cells of a plain-text table reach, which only its empty cells tell.
#
# R1: an empty cell continues the merged cell on its left. R2: where the head of a page stands further left than the
# heads of the other pages, the page has lost its last column: its head was moved up to the left, and its other rows,
# which begin where those of all pages do, have lost their last cell.

_Key = tuple[str, ...]


@dataclass(frozen=True)
class _RawRow:
    """One line: its number in the file, the texts between its delimiters, and the paragraphs of each, where the file
    can tell."""

    number: int
    values: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...] = ()

    @property
    def texts(self) -> _Key:
        """Its texts without the empty ones: what is equal where a row is repeated."""
        return tuple(value.strip() for value in self.values if value.strip())


@dataclass(frozen=True)
class _RawTable:
    """Lines without a gap between them."""

    rows: tuple[_RawRow, ...]


@dataclass(frozen=True)
class _Head:
    """Where the row of levels stands, the cell of its first level, how many it names, and what it and its title say."""

    row: int
    first: int
    count: int
    texts: _Key


@dataclass(frozen=True)
class _Ruling:
    """How the cells of a row are to be read: from the cell ``first`` on they ``shift`` to the right, levels begin at
    the column ``start``, and the last cell reaches up to ``width``. Cells of levels that add up stand ``apart``: an
    empty one beside them adds nothing."""

    first: int = 0
    shift: int = 0
    start: int = 0
    width: int = 0
    apart: bool = False


def _rule_columns(tables: Sequence[_RawTable], expected: Expected, empty_goes_on: bool = True) -> list[Grid]:
    """The tables as grids, each cell with the columns that it reaches over; their heads are as ``expected``. Cells
    reach over empty ones only where those of levels add nothing, or ``empty_goes_on``."""
    heads = [_head(table, expected) for table in tables]
    apart = expected.roles.adds_up or not empty_goes_on
    starts: dict[_Key, int] = {}
    for head in filter(None, heads):
        starts[head.texts] = max(starts.get(head.texts, 0), head.first)
    columns = [
        _start(table, head, starts[head.texts]) if head else 0 for table, head in zip(tables, heads, strict=True)
    ]
    return [
        _grid(table, head, column, _repeated_texts(head, tables, heads), apart)
        for table, head, column in zip(tables, heads, columns, strict=True)
    ]


def _repeated_texts(head: _Head | None, tables: Sequence[_RawTable], heads: Sequence[_Head | None]) -> set[_Key]:
    """What the rows say that stand on several pages of one chapter, as heads do: those of ``head``."""
    pages = [
        table
        for table, other_head in zip(tables, heads, strict=True)
        if head and other_head and other_head.texts == head.texts
    ]
    times = Counter(row.texts for page in pages for row in page.rows)
    return {texts for texts, count in times.items() if count > 1}


def _head(table: _RawTable, expected: Expected) -> _Head | None:
    row_and_levels = first_head([row.values for row in table.rows], expected)
    if row_and_levels is None:
        return None
    index, levels = row_and_levels
    places = [place for place, level_range in enumerate(levels) if level_range]
    texts = tuple(text for above in table.rows[: index + 1] for text in above.texts)
    is_last = not any(value.strip() for value in table.rows[index].values[places[-1] + 1 :])
    return _Head(index, places[0], (len(levels) if is_last else places[-1] + 1) - places[0], texts)


def _start(table: _RawTable, head: _Head, usual: int) -> int:
    """The column in which the page's rows begin to speak of levels."""
    below = table.rows[head.row + 1 :]
    # A row without a first label continues the label above it: then there is a second column of labels.
    has_groups = any(len(row.values) > head.first and not row.values[0] and row.values[head.first] for row in below)
    if not has_groups:
        return head.first
    titles = (index for row in table.rows[: head.row] for index, value in enumerate(row.values) if index and value)
    return max(usual, min(next(titles, 0), head.first + 1))


def _grid(table: _RawTable, head: _Head | None, start: int, repeated_texts: set[_Key], apart: bool) -> Grid:
    cells: list[Cell] = []
    for index, row in enumerate(table.rows):
        shift = 0
        if head and start > head.first and len(row.values) > head.first and row.values[head.first].strip():
            shift = start - head.first if index == head.row or row.texts in repeated_texts else 0
        cells += _cells(row, index, _Ruling(head.first, shift, start, start + head.count, apart) if head else _Ruling())
    return Grid(tuple(cells))


def _cells(row: _RawRow, index: int, ruling: _Ruling) -> Iterator[Cell]:
    filled_places = [place for place, value in enumerate(row.values) if value.strip()]
    columns = {place: place + (ruling.shift if place >= ruling.first else 0) for place in filled_places}
    for place, after in zip_longest(filled_places, filled_places[1:]):
        shown_end = columns[after] if after is not None else len(row.values) + ruling.shift
        end = shown_end if after is not None else max(shown_end, ruling.width)
        if after is not None and columns[place] < ruling.start:
            # A title does not go on into the levels, of which something else is said.
            shown_end = end = min(end, max(ruling.start, columns[place] + 1))
        elif ruling.apart or not ruling.width or is_tick(row.values[place]):
            # In a table without a row of levels nothing tells how far a cell reaches, and a tick is of one level.
            shown_end = end = columns[place] + 1
        yield Cell(
            index,
            columns[place],
            row.values[place].strip(),
            _place(row.number, place),
            columns=end - columns[place],
            missing_columns=end - shown_end,
            lines=row.lines[place] if row.lines else (),
            source=SourcePlace(row.number, place + 1),
        )


_BAR = "|"
_DELIMITERS = (",", ";", "\t", _BAR)
# In all tables of a file, of which several may follow each other.
_MAX_LINES = 20_000
_COLUMNS = "Lines and tab-separated cells are counted from 1."


def read_tabs(content: bytes, name: str, expected: Expected, choices: FileChoices) -> Publication:
    """The publication in text whose tables are lines with tabs, or with bars where it has none. Raises
    :class:`JdgenError` for what is no text.

    The file is its own source text, so that places are the file's; in UTF-8, whatever it is written in.
    """
    text = _decode(content, name)
    if "\t" not in text and _delimiter(text) == _BAR:
        return read_csv(content, name, expected, choices)
    content = content if text == content.decode("utf-8-sig", "replace") else text.encode()
    lines = text.split("\n")
    rows = [_RawRow(number, tuple(line.rstrip("\r").split("\t"))) for number, line in enumerate(lines, 1)]
    _refuse_oversize(rows, name)
    pieces = _blocks(rows, lambda row, _: len(row.values) > 1, expected, choices.empty_goes_on)
    blocks = whole_rows(tuple(pieces), expected)
    return Publication(name, blocks, content, _COLUMNS, laid_out=False)


def read_csv(content: bytes, name: str, expected: Expected, choices: FileChoices) -> Publication:
    """The publication in a CSV file divided by commas, semicolons, tabs or bars. Whether an empty cell was one with the
    cell on its left is no longer in the file: each is a doubt.

    Raises :class:`JdgenError` for what is no text, and for quotation marks that do not close.
    """
    text = _decode(content, name)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[_RawRow] = []
    broken: list[Doubt] = []
    line = 1
    try:
        for values in reader:
            lines = tuple(lines_of_cell(value) for value in values)
            rows.append(_RawRow(line, tuple(map(" ".join, lines)), lines))
            broken += [
                Doubt(BREAKS_WITHIN, _place(line, cell), text=" ".join(lines[cell]))
                for cell, value in enumerate(values)
                if has_breaks_within(value)
            ]
            line = reader.line_num + 1
    except csv.Error as error:
        right = "save the file anew from a spreadsheet program"
        raise JdgenError(Problem(f"{name}:{line}", f"is no CSV ({error})", right)) from error
    _refuse_oversize(rows, name)
    # In a spreadsheet a paragraph is a row with nothing beside its first cell; in a table it is a title of rows.
    pieces = _blocks(
        rows, lambda row, inside: any(row.values[1:]) or (inside and any(row.values)), expected, choices.empty_goes_on
    )
    blocks = whole_rows(tuple(pieces), expected)
    columns = f"Lines and tab-separated cells, counted from 1, of the text that was read from {name}."
    empty = _empty_cells(blocks, expected)
    return Publication(name, blocks, _with_tabs(rows), columns, laid_out=False, doubts=(*broken, *empty))


#: So many rows tell what divides the cells of a file.
_TELLING = 200


def _delimiter(text: str) -> str:
    """What divides the cells of a CSV file: what most of its first rows have the same number of times, since sentences
    have commas of their own; of several such, what stands there more often."""
    times: dict[str, int] = {}
    for delimiter in _DELIMITERS if any(other in text for other in _DELIMITERS[1:]) else ():
        rows = islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), _TELLING)
        try:
            widths = Counter(width for row in rows if (width := len(row)) > 1)
        except csv.Error:
            widths = Counter()
        times[delimiter] = max(widths.values(), default=0)
    return max(_DELIMITERS, key=lambda delimiter: (times.get(delimiter, 0), text.count(delimiter)))


def _refuse_oversize(rows: Sequence[_RawRow], name: str) -> None:
    """Raise :class:`JdgenError` for what is no table that people read, before anything is made out of it."""
    count = sum(len(row.texts) > 1 for row in rows)
    if count > _MAX_LINES:
        raise JdgenError(Problem(name, f"has {count:,} lines of tables", f"at most {_MAX_LINES:,}"))
    for row in rows:
        if len(row.values) > MAX_COLUMNS and (width := len("\t".join(row.values).rstrip().split("\t"))) > MAX_COLUMNS:
            problem = Problem(f"{name}, line {row.number}", f"has {width:,} cells", f"at most {MAX_COLUMNS}")
            raise JdgenError(problem)


def _decode(content: bytes, name: str) -> str:
    return in_plain_letters(content.decode(encoding_of(lambda: io.BytesIO(content), name)))


def _place(line: int, cell: int) -> CellPlace:
    """The place of a cell, counted from 0, of a line."""
    name = f"line {line}", f"cell {cell + 1}"
    return CellPlace("", *name, ", ".join(name))


def _empty_cells(blocks: Sequence[Grid | Prose], expected: Expected) -> Iterator[Doubt]:
    """Empty cells under levels that are taken to go on with the cell on their left."""
    for page in filter(None, pages(blocks, expected)):
        for cell in page.grid.cells if not page.head.is_list else ():
            empty = page.head.under(cell.column + 1, cell.end)
            if cell.row < page.start or cell.column < page.head.first or not empty or not cell.text:
                continue
            what = "the empty cell after it is" if len(empty) == 1 else f"the {len(empty)} empty cells after it are"
            labels = (label.text for label in reversed(page.grid.over(cell.row)) if label.end <= page.head.first)
            title = next(labels, "")
            yield Doubt(
                f"{what} taken to go on with it (R1)",
                cell.place,
                title,
                cell.text,
                option="--empty",
                weighs=True,
            )


def _with_tabs(rows: Iterable[_RawRow]) -> bytes:
    """The rows as tab-separated text in which each has the line number that it has in the CSV file."""
    lines: list[str] = []
    for row in rows:
        lines += [""] * (row.number - 1 - len(lines))
        lines.append("\t".join(row.values))
    return "\n".join(lines).encode()


def _blocks(
    rows: Iterable[_RawRow], is_row: Callable[[_RawRow, bool], bool], expected: Expected, goes_on: bool
) -> Iterator[Grid | Prose]:
    """Tables and paragraphs; ``is_row`` is asked of each line, and told whether the line before it is in a table."""
    pieces: list[_RawTable | _RawRow] = []
    table: list[_RawRow] = []
    for row in (*rows, _RawRow(0, ())):
        if is_row(row, bool(table)):
            table.append(row)
            continue
        if table:
            pieces += _divide(table, expected)
            table = []
        if row.texts:
            pieces.append(row)
    pieces = _without_ends(pieces)
    grids = iter(_rule_columns([piece for piece in pieces if isinstance(piece, _RawTable)], expected, goes_on))
    for piece in pieces:
        yield next(grids) if isinstance(piece, _RawTable) else _prose(piece)


def _divide(rows: Sequence[_RawRow], expected: Expected) -> Iterator[_RawTable | _RawRow]:
    """Lines without a gap as the tables of several chapters, and the paragraphs between them."""
    start = 0
    for first, head in chapter_starts([row.values for row in rows], expected):
        yield _RawTable(tuple(rows[start:first]))
        paragraphs = next((n for n in range(first, head) if any(rows[n].values[1:])), head)
        yield from rows[first:paragraphs]
        start = paragraphs
    yield _RawTable(tuple(rows[start:]))


def _without_ends(pieces: Sequence[_RawTable | _RawRow]) -> list[_RawTable | _RawRow]:
    """``pieces`` with the last lines of tables as paragraphs, where they are titles of no rows: those of the next
    chapter. The last table's end stays with it."""
    tables = [index for index, piece in enumerate(pieces) if isinstance(piece, _RawTable)]
    mended_pieces: list[_RawTable | _RawRow] = []
    for index, piece in enumerate(pieces):
        if not isinstance(piece, _RawTable) or index == tables[-1]:
            mended_pieces.append(piece)
            continue
        end = len(piece.rows)
        while end > 1 and not any(piece.rows[end - 1].values[1:]):
            end -= 1
        mended_pieces += [_RawTable(piece.rows[:end]), *piece.rows[end:]]
    return mended_pieces


def _prose(row: _RawRow) -> Prose:
    place = CellPlace("", f"line {row.number}", "", f"line {row.number}")
    return Prose(" ".join(" ".join(row.values).split()), place, SourcePlace(row.number, 1))
