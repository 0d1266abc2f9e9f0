"""What messages call a row and a cell, worked out only when a message needs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jdgen.errors import Place


@dataclass(frozen=True)
class SheetPlaces:
    """Names of places in one worksheet (``posts.xlsx!Posts!C14``) or CSV file (``posts.csv:14 (column C)``)."""

    name: str
    worksheet: bool

    def row(self, number: int) -> Place:
        """What messages call a row."""
        return Place(self.name, number, is_worksheet=self.worksheet)

    def cell(self, number: int, column: int) -> Place:
        """What messages call the cell of a row; columns are counted from 0."""
        return Place(self.name, number, column_letters(column), self.worksheet)


@dataclass(frozen=True)
class RowPlaces(Mapping[str, str]):
    """The place of each field of one row. A name is made when asked for: most rows are sound and need none."""

    sheet: SheetPlaces
    number: int
    columns: Mapping[str, int]

    def __getitem__(self, field: str) -> str:
        return self.sheet.cell(self.number, self.columns[field])

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)


def column_letters(column: int) -> str:
    """``A`` for 0, ``Z`` for 25, ``AA`` for 26, as spreadsheets name columns."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
