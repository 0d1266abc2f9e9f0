"""Places that problems are at, as data: what messages call each, and what it is.

A place is its words in every other way, so that it is printed, sorted and kept as the text that it is. Who has to know
more of it, asks for its kind; nobody reads that from the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

# More stretches of rows are counted only.
_STRETCHES = 12


class Option(str):
    """An option of the command line (``--band``)."""

    __slots__ = ()


class PostField(str):
    """A field of whichever post is meant (``specialism``): where that post names it, only the post can tell."""

    __slots__ = ()


class FilePlace(str):
    """What messages call a line, row or cell of a file (``posts.xlsx!Posts!C14``), and which it is, so that the same
    fault in many of them can be told once. ``column`` is its letters, or nothing for a whole row."""

    name: str
    number: int
    column: str
    is_worksheet: bool

    def __new__(cls, name: str, number: int, column: str = "", is_worksheet: bool = False) -> FilePlace:
        """The place in the file or sheet called ``name``."""
        place = super().__new__(cls, _name_of_rows(name, [(number, number)], column, is_worksheet))
        place.name, place.number, place.column, place.is_worksheet = name, number, column, is_worksheet
        return place

    def __getnewargs__(self) -> tuple[str, int, str, bool]:  # type: ignore[override]  # for pickling
        return self.name, self.number, self.column, self.is_worksheet


def column_range(place: FilePlace, numbers: Iterable[int]) -> str:
    """What messages call cells in the column of ``place``, or rows of its sheet, by their numbers in order."""
    return _name_of_rows(place.name, [*_stretches(numbers)], place.column, place.is_worksheet)


def _stretches(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each stretch of numbers without a gap."""
    for _, stretch in groupby(enumerate(numbers), lambda indexed: indexed[1] - indexed[0]):
        stretch_numbers = [number for _, number in stretch]
        yield stretch_numbers[0], stretch_numbers[-1]


def _name_of_rows(name: str, stretches: Sequence[tuple[int, int]], column: str, is_worksheet: bool) -> str:
    """What messages call rows or cells of one column."""
    letters, between = (column, ":") if is_worksheet and column else ("", "-")
    parts = [
        f"{letters}{first}" if first == last else f"{letters}{first}{between}{letters}{last}"
        for first, last in stretches[:_STRETCHES]
    ]
    more = sum(last - first + 1 for first, last in stretches[_STRETCHES:])
    rows = ", ".join(parts) + (f" and {more:,} more" if more else "")
    if is_worksheet:
        return f"{name}!{rows}"
    return f"{name}:{rows} (column {column})" if column else f"{name}:{rows}"
