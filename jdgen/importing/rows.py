"""What a publication's tables say, whatever way they are laid out: rows, each a title and statements over levels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from jdgen.framework.model import RowKind
from jdgen.importing.grid import Cell, CellPlace, Doubt, Prose
from jdgen.levels import Level, LevelRange


@dataclass(frozen=True)
class CellStatement:
    """What one cell says, and for which levels: for each, where there are none. ``inferred`` are levels for which the
    file does not show it, by ``rule``; ``doubt`` says what a person must look at, if anything."""

    cell: Cell
    levels: LevelRange | None
    inferred: tuple[Level, ...] = ()
    rule: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class Row:
    """One row: the cell of its title, the ``group`` of rows that it belongs to, and what it says; its ``kind``, where
    the file or a layout tells it, and the cell ``about`` that says what its title means.

    ``wide`` tells that what it says begins beside the levels already, above the other rows' titles; ``outside`` are
    cells that stand under no level, and ``gaps`` those that say in so many words that the row says nothing there.
    """

    title: Cell
    group: str
    statements: tuple[CellStatement, ...]
    wide: bool = False
    outside: tuple[Cell, ...] = ()
    gaps: tuple[CellStatement, ...] = ()
    kind: RowKind | None = None
    about: Cell | None = None

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """What is equal where a row is repeated on each page."""
        return self.title.text, tuple(one.cell.text for one in self.statements)


class Subject(StrEnum):
    """What the rows of a table are about."""

    ROLES = "what a role does"
    SKILLS = "what a skill means at each of its levels"
    REQUIREMENTS = "which skills a role needs"


@dataclass(frozen=True)
class Table:
    """All that a publication's tables say of one subject in one specialism: its title, which stands ``above`` the first
    of them where it does not stand in them; its levels, those of its ``columns``, and the place of the first; its rows;
    the cell that describes the specialism, where a table has one; and what must be looked at."""

    title: str
    levels: LevelRange
    rows: tuple[Row, ...]
    columns: tuple[LevelRange, ...]
    place: CellPlace
    above: Prose | None = None
    doubts: tuple[Doubt, ...] = ()
    subject: Subject = Subject.ROLES
    description: Cell | None = None


def run_of(ranges: Iterable[LevelRange]) -> LevelRange:
    """The levels from the lowest to the highest of ``ranges``."""
    each = list(ranges)
    return each[0].scale.between(min(one.lowest for one in each), max(one.highest for one in each))
