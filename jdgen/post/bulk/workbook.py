"""Reading the sheets of an XLSX workbook, by openpyxl's read-only way."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from jdgen.errors import JdgenError, Problem
from jdgen.opc.bounds import TooLargeError
from jdgen.post.bulk.package import PartMarks, corners, looked_through, uncached_formulas
from jdgen.post.bulk.places import SheetPlaces
from jdgen.post.bulk.sheet import Lost, Row, Sheet
from jdgen.post.bulk.strings import load_values

#: The last row that a worksheet can have; a file may claim more, and openpyxl would count up to it.
_LAST_ROW = 1_048_576
_CHUNK = 500
_MAX_MERGED = 1_000_000
# openpyxl fills a row up with empty cells to its last one, which may be the 16,384th. Posts have some forty.
_MAX_CELLS = 20_000_000
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FORMULA = Lost(
    "holds a formula whose result is not in the file",
    "open it in Excel and save it, or put the value in place of the formula",
)
#: Cells without a value of their own, by row and column.
_Losses = Mapping[int, Mapping[int, Lost]]


def workbook_sheets(content: bytes, name: str) -> tuple[Sheet, ...]:
    """The worksheets of a workbook. Raises :class:`JdgenError` for what cannot be read, or had better not be.

    Hidden rows, columns and sheets are read as any others.
    """
    marks = looked_through(content, name)
    with _reading(name):
        workbook = load_values(io.BytesIO(content))
        worksheets = list(workbook.worksheets)
    if not worksheets:
        raise JdgenError(Problem(name, "has no worksheet", "save it as an Excel workbook (.xlsx), not a strict one"))
    return tuple(_sheet(content, name, worksheet, marks) for worksheet in worksheets)


# The stubs know nothing of read-only worksheets, hence Any.
def _sheet(content: bytes, name: str, worksheet: Any, marks: Mapping[str, PartMarks]) -> Sheet:
    title = str(worksheet.title)
    places = SheetPlaces(f"{name}!{title}", worksheet=True)
    part = str(worksheet._worksheet_path).lstrip("/")
    found = marks.get(part, PartMarks((), False))

    def rows() -> Iterator[Row]:
        losses = _losses(found, content, part, places.name)
        # The size that a sheet claims may be wrong, and openpyxl would leave out what is beyond it.
        worksheet.reset_dimensions()
        counted = enumerate(_values(worksheet, places.name), 1)
        return _with_losses(counted, losses) if losses else counted

    return Sheet(title, places, rows)


def _values(worksheet: Any, name: str) -> Iterator[Sequence[Any]]:
    rows = worksheet.iter_rows(values_only=True)
    count = cells = 0
    while True:
        with _reading(name):
            chunk = list(islice(rows, _CHUNK))
        if not chunk:
            return
        if (count := count + len(chunk)) > _LAST_ROW:
            raise JdgenError(Problem(name, f"has more than {_LAST_ROW:,} rows", "delete the rows that are not posts"))
        if (cells := cells + sum(map(len, chunk))) > _MAX_CELLS:
            right = "delete the columns behind those of the posts"
            raise JdgenError(Problem(name, f"has more than {_MAX_CELLS:,} cells, empty ones included", right))
        for row in chunk:
            yield [_unescaped(value) if type(value) is str and "_x" in value else value for value in row]


def _unescaped(text: str) -> str:
    """Text as typed: Office writes a character that XML has no place for as ``_x0007_``."""
    return _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)


def _with_losses(rows: Iterable[Row], losses: _Losses) -> Iterator[Row]:
    for number, values in rows:
        lost = losses.get(number)
        if lost is None:
            yield number, values
            continue
        width = max(len(values), 1 + max(lost))
        filled = [*values, *[None] * (width - len(values))]
        for column, loss in lost.items():
            if filled[column] is None:
                filled[column] = loss
        yield number, filled


def _losses(marks: PartMarks, content: bytes, part: str, name: str) -> _Losses:
    losses: dict[int, dict[int, Lost]] = {}
    count = 0
    for merged in marks.merged:
        first_row, last_row, first_column, last_column = corners(merged)
        count += (last_row - first_row + 1) * (last_column - first_column + 1)
        if count > _MAX_MERGED or last_row > _LAST_ROW:
            raise JdgenError(Problem(name, "has too many merged cells", "unmerge them; each row needs its own values"))
        loss = Lost(f"is merged into {merged}", "unmerge the cells, and write the value in each of them")
        for row in range(first_row, last_row + 1):
            covered = range(first_column + (row == first_row), last_column + 1)
            losses.setdefault(row, {}).update(dict.fromkeys(covered, loss))
    for row, column in uncached_formulas(content, part, name) if marks.formulas else ():
        losses.setdefault(row, {})[column] = _FORMULA
    return {row: lost for row, lost in losses.items() if lost}


@contextmanager
def _reading(name: str) -> Iterator[None]:
    """openpyxl's warnings are about parts that posts do not need; its failures are the file's."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except (JdgenError, ImportError):
            raise
        except TooLargeError as error:
            what, right = "holds more text than can be read", "divide the posts among files"
            raise JdgenError(Problem(name, what, right)) from error
        except Exception as error:  # a damaged file makes openpyxl raise whatever its own code happens to
            right = "open it in Excel and save it anew as an Excel workbook (.xlsx)"
            raise JdgenError(Problem(name, "cannot be read as a workbook", right)) from error
