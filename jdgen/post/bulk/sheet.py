"""A sheet of rows, from whichever kind of file: what the readers of workbooks and CSV files hand on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jdgen.post.bulk.places import SheetPlaces

#: A row's number in its file, counted from 1, and its values; trailing empty cells may be left out.
Row = tuple[int, Sequence[Any]]


@dataclass(frozen=True)
class Lost:
    """Stands in a cell whose value the file does not hold: ``what`` became of it, and what would be ``right``."""

    what: str
    right: str


@dataclass(frozen=True)
class Sheet:
    """One worksheet or CSV file. ``rows`` reads it from the start each time that it is called."""

    title: str
    places: SheetPlaces
    rows: Callable[[], Iterator[Row]]
