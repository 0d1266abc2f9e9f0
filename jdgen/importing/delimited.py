"""Frameworks as plain text: tab-separated lines, or a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator

from jdgen.bands import AFC
from jdgen.errors import JdgenError, Problem
from jdgen.framework.model import SourcePlace
from jdgen.importing.grid import Grid, Place, Prose, Publication
from jdgen.importing.pages import whole_rows
from jdgen.importing.ruling import RawRow, RawTable, ruled
from jdgen.reading.text import decoded
from jdgen.scales import Scale

_DELIMITERS = (",", ";", "\t")
_COLUMNS = "Lines and tab-separated cells are counted from 1."


def read_tabbed(content: bytes, name: str, scale: Scale = AFC) -> Publication:
    """The publication in text whose tables are lines with tabs. Raises :class:`JdgenError` for what is not UTF-8.

    The file is its own source text, so that places are the file's.
    """
    lines = decoded(content, name).split("\n")
    rows = [RawRow(number, tuple(line.rstrip("\r").split("\t"))) for number, line in enumerate(lines, 1)]
    blocks = whole_rows(tuple(_blocks(rows, lambda row, _: len(row.values) > 1, scale)), scale)
    return Publication(name, blocks, content, _COLUMNS, laid_out=False)


def read_csv(content: bytes, name: str, scale: Scale = AFC) -> Publication:
    """The publication in a CSV file divided by commas, semicolons or tabs.

    Raises :class:`JdgenError` for what is not UTF-8, and for quotation marks that do not close.
    """
    text = decoded(content, name)
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
    found = _blocks(rows, lambda row, inside: any(row.values[1:]) or (inside and any(row.values)), scale)
    blocks = whole_rows(tuple(found), scale)
    columns = f"Lines and tab-separated cells, counted from 1, of the text that was read from {name}."
    return Publication(name, blocks, _tabbed(rows), columns, laid_out=False)


def _tabbed(rows: Iterable[RawRow]) -> bytes:
    """The rows as tab-separated text in which each has the line number that it has in the CSV file."""
    lines: list[str] = []
    for row in rows:
        lines += [""] * (row.number - 1 - len(lines))
        lines.append("\t".join(row.values))
    return "\n".join(lines).encode()


def _blocks(rows: Iterable[RawRow], is_row: Callable[[RawRow, bool], bool], scale: Scale) -> Iterator[Grid | Prose]:
    """Tables and paragraphs; ``is_row`` is asked of each line, and told whether the line before it is in a table."""
    found: list[RawTable | RawRow] = []
    table: list[RawRow] = []
    for row in (*rows, RawRow(0, ())):
        if is_row(row, bool(table)):
            table.append(row)
            continue
        if table:
            found.append(RawTable(tuple(table)))
            table = []
        if row.texts:
            found.append(row)
    grids = iter(ruled([one for one in found if isinstance(one, RawTable)], scale))
    for one in found:
        yield next(grids) if isinstance(one, RawTable) else _prose(one)


def _prose(row: RawRow) -> Prose:
    place = Place("", f"line {row.number}", "", f"line {row.number}")
    return Prose(" ".join(" ".join(row.values).split()), place, SourcePlace(row.number, 1))
