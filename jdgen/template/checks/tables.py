"""The tables of a part, read once: the rows and cells of each, where they stand, and what they say.

A stranger's table has as many rows as it likes, so nobody goes through all of them to tell where one cell stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from jdgen.word.paragraphs import CELL, ROW, TABLE
from jdgen.word.xml import Element, text_in


@dataclass(frozen=True, eq=False)
class PartTable:
    """A table, the one with this ``number`` in its part, and its rows: those in content controls too, without those of
    tables inside it."""

    element: Element
    number: int
    rows: list[TableRow] = field(default_factory=list)

    @cached_property
    def has_tags_beside_labels(self) -> bool:
        """Whether a row has a tag on the right of its first cell, as forms have that jdgen fills."""
        return any("{{" in cell.text for row in self.rows for cell in row.cells[1:])


@dataclass(frozen=True, eq=False)
class TableRow:
    """A row, the one with this ``number`` in its table, and its cells, without those of tables inside it."""

    element: Element
    table: PartTable
    number: int
    cells: list[TableCell] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class TableCell:
    """A cell, the one with this ``number`` in its row. Numbers are counted from 1."""

    element: Element
    row: TableRow
    number: int

    def __str__(self) -> str:
        return f"table {self.row.table.number}, row {self.row.number}, column {self.number}"

    @cached_property
    def text(self) -> str:
        """All that stands in it."""
        return text_in(self.element)

    @property
    def left(self) -> TableCell | None:
        """The cell on its left."""
        return self.row.cells[self.number - 2] if self.number > 1 else None

    @property
    def under(self) -> TableCell | None:
        """The cell of the row below that has the same number."""
        rows = self.row.table.rows
        cells = rows[self.row.number].cells if self.row.number < len(rows) else []
        return cells[self.number - 1] if self.number <= len(cells) else None

    def beside(self) -> Iterator[TableCell]:
        """The cells on its right, one after the other."""
        return (self.row.cells[at] for at in range(self.number, len(self.row.cells)))


@dataclass(frozen=True)
class PartTables:
    """The tables of a part, in the order in which they begin, and all of their cells."""

    tables: tuple[PartTable, ...]
    _cells: Mapping[Element, TableCell]

    @classmethod
    def of(cls, tree: Element) -> PartTables:
        """Those of ``tree``. A row that stands in no table, or a cell in no row, is none of theirs: Word does not write
        such, but a stranger's file may have it, and what stands in it is told with the cell around it."""
        tables: dict[Element, PartTable] = {}
        rows: dict[Element, TableRow] = {}
        cells: dict[Element, TableCell] = {}
        for element in tree.iter(TABLE, ROW, CELL):
            holder = next(element.iterancestors(TABLE, ROW, CELL), None)
            if element.tag == TABLE:
                tables[element] = PartTable(element, len(tables) + 1)
            elif element.tag == ROW and holder in tables:
                table = tables[holder]
                rows[element] = TableRow(element, table, len(table.rows) + 1)
                table.rows.append(rows[element])
            elif element.tag == CELL and holder in rows:
                row = rows[holder]
                cells[element] = TableCell(element, row, len(row.cells) + 1)
                row.cells.append(cells[element])
        return cls(tuple(tables.values()), cells)

    def cell_around(self, element: Element) -> TableCell | None:
        """The innermost cell that ``element`` stands in."""
        return next((self._cells[each] for each in element.iterancestors(CELL) if each in self._cells), None)
