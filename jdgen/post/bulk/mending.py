"""A workbook of the posts that need mending, which can be mended in Excel and read again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from typing import Any

from jdgen.errors import Problem
from jdgen.post.bulk.cells import number_text
from jdgen.post.bulk.columns import PROBLEM, heading_words
from jdgen.post.bulk.rows import PostRow
from jdgen.reports.workbook import Column, Value, one_sheet_workbook

_SHEET = "Posts"
#: A value that the file did not hold: it is an error of Excel's, so that a cell nobody mended is reported again.
_LOST = "#N/A"
_PROBLEM_WIDTH, _WIDTH = 60, 24


def mending_workbook(headings: Sequence[str], failed: Iterable[tuple[PostRow, Sequence[Problem]]]) -> bytes:
    """A workbook with a row for each of ``failed``: what is wrong with it, then its cells under ``headings``.

    Texts and numbers are written as text, so that Excel neither runs nor changes them. Dates and truth values stay
    what they are: written as text they would pass for what was meant. Equal rows give equal bytes.
    """
    # A column of problems that was there already is from an earlier round.
    kept = [position for position, heading in enumerate(headings) if heading_words(heading) != heading_words(PROBLEM)]
    rows = (
        ["\n".join(str(problem) for problem in problems), *(_cell(row.cells, position) for position in kept)]
        for row, problems in failed
    )
    columns = [Column(PROBLEM, _PROBLEM_WIDTH), *(Column(headings[position] or "", _WIDTH) for position in kept)]
    return one_sheet_workbook(_SHEET, columns, rows, exact=True)


def _cell(cells: Sequence[Any], position: int) -> Value:
    value = cells[position] if position < len(cells) else None
    if value is None or isinstance(value, str | bool | date | time | timedelta):
        return value or None if isinstance(value, str) else value
    return number_text(value) if isinstance(value, int | float) else _LOST
