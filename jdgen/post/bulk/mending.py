"""A workbook of the posts that need mending, which can be mended in Excel and read again."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from typing import Any

from jdgen.errors import Problem
from jdgen.post.bulk.cells import MAX_TEXT, number_text
from jdgen.post.bulk.columns import PROBLEM, heading_words
from jdgen.post.bulk.delimited import FORMULA_START
from jdgen.post.bulk.places import column_letters
from jdgen.post.bulk.rows import PostRow

_SHEET = "Posts"
#: A value that the file did not hold: it is an error of Excel's, so that a cell nobody mended is reported again.
_LOST = "#N/A"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_CONTENT_TYPES, _PROPERTIES = "[Content_Types].xml", "docProps/core.xml"
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT[\d:.]+Z")
_FIXED_MOMENT = b"2000-01-01T00:00:00Z"
# What XML has no place for, and an underscore that would be read as the start of such an escape.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_PROBLEM_WIDTH, _WIDTH = 60, 24


def mending_workbook(headings: Sequence[str], failed: Iterable[tuple[PostRow, Sequence[Problem]]]) -> bytes:
    """A workbook with a row for each of ``failed``: what is wrong with it, then its cells under ``headings``.

    Texts and numbers are written as text, so that Excel neither runs nor changes them. Dates and truth values stay
    what they are: written as text they would pass for what was meant. Equal rows give equal bytes.
    """
    # A column of problems that was there already is from an earlier round.
    kept = [position for position, heading in enumerate(headings) if heading_words(heading) != heading_words(PROBLEM)]
    rows = (
        ["\n".join(str(problem) for problem in problems), *(_at(row.cells, position) for position in kept)]
        for row, problems in failed
    )
    return written_workbook([PROBLEM, *(headings[position] for position in kept)], rows)


def written_workbook(headings: Sequence[str], rows: Iterable[Sequence[Any]], sheet: str = _SHEET) -> bytes:
    """A workbook with the one sheet ``sheet``. No cell of it starts a formula; equal values give equal bytes."""
    import openpyxl  # noqa: PLC0415  # slow to import, and seldom needed
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    workbook = openpyxl.Workbook(write_only=True)
    worksheet: Any = workbook.create_sheet(sheet)
    worksheet.freeze_panes = "A2"
    for position, _ in enumerate(headings):
        worksheet.column_dimensions[column_letters(position)].width = _WIDTH if position else _PROBLEM_WIDTH
    top, bold = Alignment(vertical="top", wrap_text=True), Font(bold=True)

    def cell(value: Any, heading: bool = False) -> Any:
        kept = isinstance(value, bool | date | time | timedelta)
        made: Any = WriteOnlyCell(worksheet, value if kept else None)
        made.alignment = top
        if not kept:
            text = _text(value)
            # Set apart from the value, so that openpyxl does not look whether it is a formula or a number.
            made._value, made.data_type = _escaped(text)[:MAX_TEXT], "s"
            made.number_format = "@"
            made.quotePrefix = text.startswith(FORMULA_START)
        if heading:
            made.font = bold
        return made

    worksheet.append([cell(heading, heading=True) for heading in headings])
    for row in rows:
        worksheet.append([None if value in (None, "") else cell(value) for value in row])
    stream = io.BytesIO()
    workbook.save(stream)
    return _without_moments(stream.getvalue())


def _at(cells: Sequence[Any], position: int) -> Any:
    return cells[position] if position < len(cells) else None


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return number_text(value) if isinstance(value, int | float) else _LOST


def _escaped(text: str) -> str:
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def _without_moments(content: bytes) -> bytes:
    """The same workbook as if made at a fixed time: openpyxl writes the clock's into it."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as made,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
    ):
        for name in sorted(made.namelist(), key=lambda name: (name != _CONTENT_TYPES, name)):
            part = made.read(name)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, _UNIX, 0o600 << 16
            archive.writestr(entry, _MOMENT.sub(_FIXED_MOMENT, part) if name == _PROPERTIES else part)
    return stream.getvalue()
