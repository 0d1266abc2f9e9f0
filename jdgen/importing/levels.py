"""The row of a table that names the levels of its columns: bands, or those of a scale that the reader is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jdgen.bands import AFC
from jdgen.importing.grid import Cell, Grid
from jdgen.scales import Level, LevelRange, Scale

#: A single level could be any word or number in any table.
_FEWEST = 2
_SCALE = re.compile(r"^(?:afc|agenda for change)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Columns:
    """Neighbouring columns, from ``start`` to before ``end``, that hold what is said of ``levels``."""

    start: int
    end: int
    levels: LevelRange


@dataclass(frozen=True)
class Head:
    """The row of levels: its number (-1 where it stands in an earlier table), and its columns from left to right."""

    row: int
    columns: tuple[Columns, ...]

    @property
    def first(self) -> int:
        """The first column of levels. The columns before it are labels."""
        return self.columns[0].start

    def under(self, start: int, end: int) -> tuple[Columns, ...]:
        """The columns that those from ``start`` to before ``end`` cover to at least a half."""
        return tuple(
            one for one in self.columns if 2 * (min(end, one.end) - max(start, one.start)) >= one.end - one.start
        )


def head_of(grid: Grid, scale: Scale) -> Head | None:
    """The head of a table: its first row that names levels of ``scale``, or nothing."""
    for row in range(grid.height):
        cells = [cell for cell in grid.over(row) if cell.row == row]
        if columns := columns_of(cells, scale):
            return Head(row, columns)
    return None


def columns_of(cells: Sequence[Cell], scale: Scale) -> tuple[Columns, ...]:
    """The columns that a row of cells heads with levels, which rise from left to right up to its end; else none."""
    levels = named_levels([cell.text for cell in cells], scale)
    named = [(cell, one) for cell, one in zip(cells, levels, strict=True) if one]
    return tuple(Columns(cell.column, cell.end, one) for cell, one in named)


def named_levels(texts: Iterable[str], scale: Scale) -> list[LevelRange | None]:
    """For each text of a row the levels that it names; nothing at all where the row is no row of levels."""
    texts = list(texts)
    levels = [_levels(text, scale) for text in texts]
    named = [one for one in levels if one]
    start = next((index for index, one in enumerate(levels) if one), 0)
    others = any(text.strip() and not one for text, one in zip(texts[start:], levels[start:], strict=True))
    rising = all(lower.highest < upper.lowest for lower, upper in pairwise(named))
    return levels if len(named) >= _FEWEST and rising and not others else [None] * len(texts)


def published(level: Level) -> str:
    """A level as publications print it; a band as ``8D``."""
    return str(level).upper() if level.scale == AFC else str(level)


def _levels(text: str, scale: Scale) -> LevelRange | None:
    try:
        return scale.range(_SCALE.sub("", text.strip()))
    except ValueError:
        return None
