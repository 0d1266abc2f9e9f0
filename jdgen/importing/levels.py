"""The row of a table that names the bands of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jdgen.bands import Band, BandRange
from jdgen.importing.grid import Cell, Grid

#: A single band could be any number in any table.
_FEWEST = 2
_SCALE = re.compile(r"^(?:afc|agenda for change)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Level:
    """Neighbouring columns, from ``start`` to before ``end``, that hold what is said of ``bands``."""

    start: int
    end: int
    bands: BandRange


@dataclass(frozen=True)
class Head:
    """The row of bands: its number (-1 where it stands in an earlier table), and its levels from left to right."""

    row: int
    levels: tuple[Level, ...]

    @property
    def first(self) -> int:
        """The first column of bands. The columns before it are labels."""
        return self.levels[0].start

    def under(self, start: int, end: int) -> tuple[Level, ...]:
        """The levels of which the columns from ``start`` to before ``end`` cover at least a half."""
        return tuple(
            level
            for level in self.levels
            if 2 * (min(end, level.end) - max(start, level.start)) >= level.end - level.start
        )


def head_of(grid: Grid) -> Head | None:
    """The head of a table: its first row that names bands, or nothing."""
    for row in range(grid.height):
        cells = [cell for cell in grid.over(row) if cell.row == row]
        if levels := levels_of(cells):
            return Head(row, levels)
    return None


def levels_of(cells: Sequence[Cell]) -> tuple[Level, ...]:
    """The levels that a row of cells names: bands that rise from left to right up to its end; else none."""
    bands = named_bands([cell.text for cell in cells])
    named = [(cell, one) for cell, one in zip(cells, bands, strict=True) if one]
    return tuple(Level(cell.column, cell.end, one) for cell, one in named)


def named_bands(texts: Iterable[str]) -> list[BandRange | None]:
    """For each text of a row the bands that it names; nothing at all where the row is no row of bands."""
    texts = list(texts)
    bands = [_bands(text) for text in texts]
    named = [one for one in bands if one]
    start = next((index for index, one in enumerate(bands) if one), 0)
    others = any(text.strip() and not one for text, one in zip(texts[start:], bands[start:], strict=True))
    rising = all(lower.highest < upper.lowest for lower, upper in pairwise(named))
    return bands if len(named) >= _FEWEST and rising and not others else [None] * len(texts)


def published(band: Band) -> str:
    """A band as publications print it: ``8D``."""
    return str(band).upper()


def _bands(text: str) -> BandRange | None:
    try:
        return BandRange.parse(_SCALE.sub("", text.strip()))
    except ValueError:
        return None
