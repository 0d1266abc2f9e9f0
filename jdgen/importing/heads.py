"""The row of a table that names the levels of its columns: bands, or those of a scale that the reader is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jdgen.importing.grid import Cell, Grid
from jdgen.levels import AFC, Level, LevelRange, Scale

#: A single level could be any word or number in any table.
_FEWEST = 2
#: So many levels, or all that there are, tell a row of levels that has other texts behind them.
_FEWEST_BEFORE_OTHERS = 3
_SCALE = re.compile(r"^(?:afc|agenda for change)\s+", re.IGNORECASE)
#: Band 8 as a whole, bands that are listed, and bands without an upper end, as heads of tables have them.
_BAND = r"(?:[1-7]|8\s*[a-d]|8|9)"
_BANDS = re.compile(rf"(?:pay\s*)?bands?\s*({_BAND})|({_BAND})", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:/|&|,|\band\b|\bto\b|[-–—])\s*", re.IGNORECASE)
_UPWARDS = re.compile(r"\s*(?:\+|(?:and|or) (?:above|over|higher|more))$", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\(([^()]*)\)\s*")
#: A number, or a number of a level, that stands before the name of a level.
_NUMBER = re.compile(r"^(?:level\s+)?\d+\s*[:.–—-]\s+", re.IGNORECASE)


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

    @property
    def scale(self) -> Scale:
        """The scale of its levels."""
        return self.columns[0].levels.scale

    def under(self, start: int, end: int) -> tuple[Columns, ...]:
        """The columns that those from ``start`` to before ``end`` cover to at least a half."""
        return tuple(
            one for one in self.columns if 2 * (min(end, one.end) - max(start, one.start)) >= one.end - one.start
        )


def head_of(grid: Grid, scale: Scale) -> Head | None:
    """The head of a table: its first row that names levels of ``scale``, or nothing."""
    rows = [cells_of_row(grid, row) for row in range(grid.height)]
    found = first_head([[cell.text for cell in cells] for cells in rows], scale)
    if found is None:
        return None
    row, levels = found
    return Head(row, _columns(rows[row], levels))


def first_head(rows: Sequence[Sequence[str]], scale: Scale) -> tuple[int, list[LevelRange | None]] | None:
    """The first of ``rows`` that names levels, by its number, with what each of its texts names.

    A row that has other texts behind its levels names them only where no row is without.
    """
    for is_strict in (True, False):
        for index, texts in enumerate(rows):
            levels = named_levels(texts, scale, is_strict)
            if any(levels):
                return index, levels
    return None


def cells_of_row(grid: Grid, row: int) -> list[Cell]:
    """The cells that begin in a row, from left to right."""
    return [cell for cell in grid.over(row) if cell.row == row]


def _columns(cells: Sequence[Cell], levels: Sequence[LevelRange | None]) -> tuple[Columns, ...]:
    named = [(cell, one) for cell, one in zip(cells, levels, strict=True) if one]
    return tuple(Columns(cell.column, cell.end, one) for cell, one in named)


def named_levels(texts: Iterable[str], scale: Scale, is_strict: bool = True) -> list[LevelRange | None]:
    """For each text of a row the levels that it names, which rise from left to right; nothing at all where the row is
    no row of levels. Where it is not ``is_strict``, other texts may stand behind the levels, if these are enough to
    tell."""
    texts = list(texts)
    levels = [levels_named(text, scale) for text in texts]
    named = [index for index, one in enumerate(levels) if one]
    nothing: list[LevelRange | None] = [None] * len(texts)
    if len(named) < (_FEWEST if is_strict else min(_FEWEST_BEFORE_OTHERS, len(scale.names))):
        return nothing
    end = len(texts) if is_strict else named[-1] + 1
    others = any(texts[index].strip() and not levels[index] for index in range(named[0], end))
    ranges = [one for one in levels if one]
    rising = all(lower.highest < upper.lowest for lower, upper in pairwise(ranges))
    return levels if rising and not others else nothing


def level_as_published(level: Level) -> str:
    """A level as publications print it; a band as ``8D``."""
    return str(level).upper() if level.scale == AFC else str(level)


def levels_named(text: str, scale: Scale) -> LevelRange | None:
    """The levels that a text names, as people write them above a column: ``Band 7``, ``8`` for 8a to 8d, ``8A/8B``,
    ``8a+``, ``Senior (Band 7)``."""
    bare = _SCALE.sub("", text.strip())
    without = _ASIDE.sub(" ", bare).strip()
    ways = (bare, without, _NUMBER.sub("", without), re.sub(rf"\s+{re.escape(scale.word)}$", "", without, flags=re.I))
    return next(filter(None, (_levels(way, scale) for way in (*ways, *_ASIDE.findall(bare)))), None)


def is_plain(text: str, scale: Scale) -> bool:
    """Whether a text names its levels as the scale itself does, and says nothing else."""
    try:
        scale.range(_SCALE.sub("", text.strip()))
    except ValueError:
        return False
    return True


def _levels(text: str, scale: Scale) -> LevelRange | None:
    try:
        return scale.range(text)
    except ValueError:
        return _bands(text) if scale == AFC else None


def _bands(text: str) -> LevelRange | None:
    """Bands that are written in other ways than one band, or a run of them."""
    bare = _UPWARDS.sub("", text.strip())
    matches = [_BANDS.fullmatch(each) for each in _LISTED.split(bare)]
    runs: list[LevelRange] = []
    for match in matches:
        if match is None:
            return None
        band = re.sub(r"\s", "", match[1] or match[2]).lower()
        runs.append(AFC.range("8a-8d" if band == "8" else band))
    lowest, highest = runs[0].lowest, runs[-1].highest if bare == text.strip() else AFC.levels[-1]
    neighbours = all(upper.lowest.rank == lower.highest.rank + 1 for lower, upper in pairwise(runs))
    is_run = len(runs) == 2 and not re.search(r"[/&,]|\band\b", bare, re.IGNORECASE)
    return AFC.between(lowest, highest) if (neighbours or is_run) and lowest <= highest else None


# Several chapters whose rows follow each other without a gap.


def chapter_starts(rows: Sequence[Sequence[str]], scale: Scale) -> list[tuple[int, int]]:
    """Where the chapters after the first begin: the first row of what stands above their levels, and the row of levels.

    Above levels stand rows of one text, and those that begin as the row above the first levels does.
    """
    heads = [index for index, texts in enumerate(rows) if any(named_levels(texts, scale))]
    starts: list[tuple[int, int]] = []
    label = rows[heads[0] - 1][0].strip() if heads and heads[0] else ""
    for before, head in pairwise(heads):
        first = head
        while first - 1 > before and _is_above(rows[first - 1], label):
            first -= 1
        if first < head:
            starts.append((first, head))
    return starts


def _is_above(texts: Sequence[str], label: str) -> bool:
    filled = [text for text in texts if text.strip()]
    return len(filled) == 1 or bool(label and texts[0].strip() == label)
