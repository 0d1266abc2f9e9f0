"""Tables that are laid out in another way than with one row of levels, from left to right and the lowest first: made
so before they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from jdgen.importing.column_meaning import Expected, Head, Role, plain
from jdgen.importing.grid import Cell, Grid, Prose
from jdgen.importing.heads import (
    FEWEST,
    cells_of_row,
    chapter_starts,
    first_head,
    head_of,
    heads_in,
    holds_codes,
    levels_named,
    named_levels,
    shaped_head,
)
from jdgen.importing.lines import is_gap, is_tick
from jdgen.importing.pages import title_inside
from jdgen.importing.titles import is_sentence
from jdgen.levels import LevelRange, Scale


def in_usual_order(blocks: Iterable[Grid | Prose], expected: Expected) -> Iterator[Grid | Prose]:
    """``blocks`` with each table that stands beside another, or below one of another title, by itself, with one row of
    heads, and its titles first."""
    for block in blocks:
        if isinstance(block, Prose):
            yield block
        else:
            for part in (part for chapter in _chapters(block, expected) for part in _apart(chapter, expected)):
                yield part if isinstance(part, Prose) else _with_titles_first(_with_one_head(part, expected), expected)


# Tables of several chapters that stand below each other in one.


def _chapters(grid: Grid, expected: Expected) -> list[Grid]:
    """The tables in one of which each begins with a title of its own in the row above its levels; any other as it is.
    Where the first has no such title, the others are groups of its rows."""
    starts = [first for first, _ in chapter_starts([heads_in(grid, row) for row in range(grid.height)], expected)]
    parts = [grid.rows_between(start, end) for start, end in pairwise((0, *starts, grid.height))]
    heads = [head_of(part, expected) for part in parts]
    is_divided = any(cell.row < start < cell.row + cell.rows for cell in grid.cells for start in starts)
    is_titled = all(head and title_inside(part, head) for part, head in zip(parts, heads, strict=True))
    return parts if starts and is_titled and not is_divided else [grid]


# Tables that stand beside each other on one sheet.

_BESIDE = "several tables stand beside each other: each is read by itself"


def _apart(grid: Grid, expected: Expected) -> list[Grid | Prose]:
    """The tables that stand beside each other in one, each with a head of its own, behind its title; any other as it
    is. Without titles nothing tells two tables of the same levels apart."""
    plainly = replace(expected, shapes=())
    row = next((row for row in range(grid.height - 1) if _names_twice_the_fewest(grid, row, expected.roles)), None)
    if row is None or not (starts := _starts_of_tables(grid, row, expected.roles)):
        return [grid]
    parts = [_cut(grid, start, end) for start, end in pairwise((0, *starts, grid.width))]
    heads = [head for part in parts if (head := head_of(part, plainly)) and head.first]
    titles = [[cell for cell in part.cells if cell.row < row and cell.text] for part in parts]
    runs = [level_columns.levels for head in heads for level_columns in head.columns]
    rises = all(lower.highest < upper.lowest for lower, upper in pairwise(runs))
    if len(heads) < len(parts) or not (rises or all(titles)):
        return [grid]
    return [block for part, head in zip(parts, heads, strict=True) for block in _with_title_above(part, head)]


def _with_title_above(grid: Grid, head: Head) -> Iterator[Grid | Prose]:
    """A table, and before it as a paragraph what stands alone in a row above its levels, on their left."""
    rows = [[cell for cell in cells_of_row(grid, row) if cell.text] for row in range(head.row)]
    titles = [cells[0] for cells in rows if len(cells) == 1 and cells[0].column < head.first]
    yield from (Prose(cell.text, cell.place, cell.source) for cell in titles)
    title_rows = {cell.row for cell in titles}
    yield replace(grid, cells=tuple(cell for cell in grid.cells if cell.row not in title_rows))


def _names_twice_the_fewest(grid: Grid, row: int, scale: Scale) -> bool:
    return sum(bool(levels_named(cell.text, scale)) for cell in cells_of_row(grid, row)) >= 2 * FEWEST


def _starts_of_tables(grid: Grid, row: int, scale: Scale) -> list[int]:
    """The columns in which further tables begin, by a row of heads: behind a level and a column in which nothing
    stands, or where what stands before the first level comes again."""
    heads = [cell for cell in cells_of_row(grid, row) if cell.text]
    levels = [bool(levels_named(cell.text, scale)) for cell in heads]
    labels = [plain(cell.text) for cell in heads[: levels.index(True)]]
    below = (cell for cell in grid.cells if cell.text and cell.row >= row)
    filled_columns = {column for cell in below for column in range(cell.column, cell.end)}
    starts: list[int] = []
    for index in range(1, len(heads)):
        if levels[index - 1] and not levels[index]:
            again = labels and [plain(cell.text) for cell in heads[index : index + len(labels)]] == labels
            between = range(heads[index - 1].end, heads[index].column)
            if again or any(column not in filled_columns for column in between):
                starts.append(heads[index].column)
    return starts


def _cut(grid: Grid, start: int, end: int) -> Grid:
    cells = (
        replace(cell, column=cell.column - start, columns=min(cell.end, end) - cell.column)
        for cell in grid.cells
        if start <= cell.column < end
    )
    return replace(grid, cells=tuple(cells), note=_BESIDE)


# Tables that are laid out the other way: with the highest level first, or with levels down the side of marks.

_ON_ITS_SIDE = "its {} stand down the side, and its cells are marks: its rows are read as columns"
_HIGHEST_FIRST = "its highest {} stands first: its columns are read from right to left"


def upright(grid: Grid, expected: Expected) -> Grid:
    """A table without columns of codes among its levels, and with these from left to right, the lowest first, where it
    has them the other way: the highest first, or down the side of cells that only tick something, or name levels of
    skills. Any other table as it is."""
    scale = expected.roles
    grid = without_code_columns(grid, expected)
    if scale.is_empty:
        return grid
    rows = [heads_in(grid, row) for row in range(grid.height)]
    if any(any(named_levels(texts, scale)) for texts in rows):
        return grid
    # What a layout file tells of the table as it stands is meant so.
    is_told = expected.shapes and shaped_head(grid, expected.shapes) is not None
    if not is_told and (start := _head_of_marks(rows, expected)) is not None:
        grid = grid.transposed(start, _ON_ITS_SIDE.format(scale.words))
        rows = [heads_in(grid, row) for row in range(grid.height)]
    for texts in rows:
        start = next((column for column, text in enumerate(texts) if levels_named(text, scale)), grid.width)
        if any(named_levels(reversed(texts[start:]), scale)):
            return grid.mirrored(start, "; ".join(filter(None, (grid.note, _HIGHEST_FIRST.format(scale.word)))))
    return grid


def _head_of_marks(rows: Sequence[Sequence[str]], expected: Expected) -> int | None:
    """The one of ``rows`` under which the first column names levels of roles, each once, and all cells beside them are
    marks; nothing where there is none."""
    level_rows = [index for index, texts in enumerate(rows) if levels_named(texts[0], expected.roles)]
    if len(level_rows) < FEWEST or level_rows != list(range(level_rows[0], len(rows))) or level_rows[0] == 0:
        return None
    levels = [rows[index][0] for index in level_rows]
    beside = [text for index in level_rows for text in rows[index][1:] if text and not is_gap(text)]
    marks = all(map(is_tick, beside))
    of_skills = expected.skills is not None and all(levels_named(text, expected.skills) for text in beside)
    return level_rows[0] - 1 if len(set(levels)) == len(levels) and beside and (marks or of_skills) else None


# Tables with two rows of heads: "Band 8" over "8a", "8b" and "8c".


def _with_one_head(grid: Grid, expected: Expected) -> Grid:
    """A table whose row of levels has another below it, which only divides some of them, with one row for both: each
    head that is divided is replaced by those below it. Any other table as it is."""
    scale = expected.roles
    heads = (row for row in range(grid.height - 1) if any(named_levels(heads_in(grid, row), scale)))
    row = next(heads, None)
    if row is None or not (below := _dividing(grid, row, scale)):
        return grid
    divided_heads = [cell for cell in cells_of_row(grid, row) if any(_is_over(cell, lower) for lower in below)]
    # What reaches down over both rows is a head of the one.
    above = (
        replace(cell, rows=min(cell.rows, row - cell.row + 1)) if cell.row <= row else cell
        for cell in grid.cells
        if cell.row != row + 1 and cell not in divided_heads
    )
    return replace(grid, cells=(*above, *below))


def _dividing(grid: Grid, row: int, scale: Scale) -> list[Cell]:
    """The heads in the row below ``row`` that divide levels of it, as heads of that row; none where anything else
    stands there."""
    below = [cell for cell in cells_of_row(grid, row + 1) if cell.text]
    heads: list[Cell] = []
    for over in cells_of_row(grid, row):
        whole = levels_named(over.text, scale)
        parts = [cell for cell in below if _is_over(over, cell)]
        part_heads = [_as_part(cell, over, whole, scale) for cell in parts] if whole else []
        heads += [head for head in part_heads if head and len(parts) > 1]
    levels = [levels_named(head.text, scale) for head in heads]
    rises = all(lower and upper and lower.highest < upper.lowest for lower, upper in pairwise(levels))
    return heads if len(heads) == len(below) and rises else []


def _is_over(head: Cell, cell: Cell) -> bool:
    return head.column <= cell.column and cell.end <= head.end


def _as_part(cell: Cell, over: Cell, whole: LevelRange, scale: Scale) -> Cell | None:
    """The head that a cell is below the one ``over`` it, where it names some of the levels ``whole`` of that: by
    itself, or behind its words ("Band 8" over "a")."""
    for text in (cell.text, f"{over.text}{cell.text}", f"{over.text} {cell.text}"):
        part = levels_named(text, scale)
        if part and part != whole and part.lowest in whole and part.highest in whole:
            return replace(cell, row=over.row, text=text)
    return None


# Tables with codes in columns of their own beside each level.

_CODED = "codes stand in columns of their own beside its {}, and were passed over"


def without_code_columns(grid: Grid, expected: Expected) -> Grid:
    """A table without the columns of codes that stand between its levels, or behind them. Any other table as it is."""
    for row in range(grid.height - 1):
        heads = heads_in(grid, row)
        level_columns = [column for column, text in enumerate(heads) if levels_named(text, expected.roles)]
        if len(level_columns) < FEWEST or level_columns[-1] - level_columns[0] < len(level_columns):
            continue
        others = [
            column for column in range(level_columns[0], grid.width) if heads[column] and column not in level_columns
        ]
        below: dict[int, list[str]] = {}
        for cell in (cell for cell in grid.cells if cell.row > row and cell.text):
            below.setdefault(cell.column, []).append(cell.text)
        codes = {column for column in others if holds_codes(heads[column], below.get(column, ()))}
        texts = [text for column, text in enumerate(heads) if column not in codes]
        if codes and any(named_levels(texts, expected.roles)):
            cells = tuple(cell for cell in grid.cells if cell.row < row or cell.column not in codes)
            note = "; ".join(filter(None, (grid.note, _CODED.format(expected.roles.words))))
            return replace(grid, cells=cells, note=note)
    return grid


# Tables whose titles stand elsewhere than on the left of their levels.

_BEHIND = "its titles stand behind its {}: that column is read first"
_BETWEEN = "its titles stand between its {}: that column is read first"
_ABOVE = "its titles stand in rows above what they say: each is read as the title of the row below it"


def _with_titles_first(grid: Grid, expected: Expected) -> Grid:
    """A table whose first column is one of a level already, with its titles before that: those that stand in one column
    between the levels or behind them, or each alone in the row above the texts. Any other table as it is."""
    if (column := _titles_between(grid, expected.roles)) is not None:
        return _with_first(grid, column, _BETWEEN.format(expected.roles.words))
    extent = _levels_from_the_left(grid, expected)
    if extent is None:
        return grid
    head, end, unread = extent
    below = [cell for cell in grid.cells if cell.row > head and cell.text and cell.column not in unread]
    behind = {cell.column for cell in below if cell.column >= end}
    titles = {cell.row: cell for cell in below if cell.column >= end}
    if len(behind) == 1 and {cell.row for cell in below} == set(titles) and not any(map(is_sentence, titles.values())):
        (column,) = behind
        return _with_first(grid, column, _BEHIND.format(expected.roles.words))
    bars = _bars(grid, head)
    if not below or min(cell.row for cell in below) not in bars:
        return grid
    cells = (
        replace(cell, row=cell.row + 1, column=0, columns=1, missing_columns=0)
        if cell.text and cell.row in bars and cell.row + 1 not in bars
        else _shift(cell, grid)
        for cell in grid.cells
    )
    return replace(grid, cells=tuple(cells), note=_ABOVE)


def _titles_between(grid: Grid, scale: Scale) -> int | None:
    """The one column between levels that begin on the left in which titles stand, one in each row that says something;
    nothing where a table has none such."""
    for row in range(grid.height - 1):
        heads = {cell.column: levels_named(cell.text, scale) for cell in cells_of_row(grid, row) if cell.text}
        others = [column for column, levels in heads.items() if not levels]
        level_texts = [text for column, text in enumerate(heads_in(grid, row)) if column not in others]
        if len(others) == 1 and min(heads) < others[0] < max(heads) and any(named_levels(level_texts, scale)):
            below = [cell for cell in grid.cells if cell.row > row and cell.text]
            titles = {cell.row: cell for cell in below if cell.column == others[0]}
            is_each = {cell.row for cell in below} == set(titles)
            return others[0] if is_each and not any(map(is_sentence, titles.values())) else None
    return None


def _with_first(grid: Grid, column: int, note: str) -> Grid:
    """A table with one of its columns before all others."""
    cells = (
        replace(cell, column=0) if cell.column == column else _shift(cell, grid) if cell.column < column else cell
        for cell in grid.cells
    )
    return replace(grid, cells=tuple(cells), note=note)


def _levels_from_the_left(grid: Grid, expected: Expected) -> tuple[int, int, frozenset[int]] | None:
    """The row that names levels from the first column on, the column after the last of them, and those that a layout
    file says are not read; nothing where a table has none such."""
    if expected.shapes:
        shape_head = shaped_head(grid, expected.shapes)
        if shape_head is None or shape_head.is_list or shape_head.first:
            return None
        unread = frozenset(column for column, role in shape_head.roles.items() if role is Role.IGNORE)
        return shape_head.row, shape_head.columns[-1].end, unread
    row_and_levels = first_head([heads_in(grid, row) for row in range(grid.height)], replace(expected, skills=None))
    if row_and_levels is None or not row_and_levels[1][0]:
        return None
    row, levels = row_and_levels
    last = max(column for column, level_range in enumerate(levels) if level_range)
    return row, next(cell.end for cell in cells_of_row(grid, row) if cell.column == last), frozenset()


def _bars(grid: Grid, head: int) -> set[int]:
    """The rows below the ``head`` in which a title stands alone: in one cell over several columns, or in the first one
    above a row that says something in several."""
    rows = {row: [cell for cell in cells_of_row(grid, row) if cell.text] for row in range(head + 1, grid.height)}
    alone = {row: cells[0] for row, cells in rows.items() if len(cells) == 1 and cells[0].column == 0}
    return {
        row
        for row, cell in alone.items()
        if not is_sentence(cell) and (cell.columns > 1 or len(rows.get(row + 1, ())) > 1)
    }


def _shift(cell: Cell, grid: Grid) -> Cell:
    """A cell where it is once a column of titles stands before it."""
    if cell.column == 0 and cell.end == grid.width and cell.columns > 1:
        return replace(cell, columns=cell.columns + 1)
    return replace(cell, column=cell.column + 1)
