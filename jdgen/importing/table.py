"""The rows of a framework's table, whichever pages they stand on: a title, and statements over levels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from jdgen.importing.grid import Cell, CellPlace, Doubt, FileChoices, Grid, Prose
from jdgen.importing.heads import Head, cells_of_row, is_plain, level_as_published, levels_named
from jdgen.importing.pages import LONGEST_TITLE, Page, numbered_pages, texts_above
from jdgen.levels import AFC, Level, LevelRange, Scale

_LOST = "R2: the row's last cell ({}) was lost; R1 carries the merged cell on to it."
#: How the reason begins for which a text goes on over a cell of its own that is empty.
EMPTY = "R1: the cell of "
_EMPTY = f"{EMPTY}{{}} is empty, and is taken to continue the one on its left."


@dataclass(frozen=True)
class CellStatement:
    """What one cell says, and for which levels. ``inferred`` are levels for which the file does not show it, by
    ``rule``; ``doubt`` says what a person must look at, if anything."""

    cell: Cell
    levels: LevelRange
    inferred: tuple[Level, ...] = ()
    rule: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class Row:
    """One row: the cell of its title, the ``group`` of rows that it belongs to, and what it says.

    ``wide`` tells that what it says begins beside the levels already, above the other rows' titles; ``outside`` are
    cells that stand under no level, and ``gaps`` those that say in so many words that the row says nothing there.
    """

    title: Cell
    group: str
    statements: tuple[CellStatement, ...]
    wide: bool = False
    outside: tuple[Cell, ...] = ()
    gaps: tuple[CellStatement, ...] = ()

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """What is equal where a row is repeated on each page."""
        return self.title.text, tuple(one.cell.text for one in self.statements)


@dataclass(frozen=True)
class Table:
    """All that a publication's tables say of one specialism: its title, which stands ``above`` the first of them where
    it does not stand in them; the levels of its ``columns``, and the place of the first; its rows; and what must be
    looked at."""

    title: str
    levels: LevelRange
    rows: tuple[Row, ...]
    columns: tuple[LevelRange, ...]
    place: CellPlace
    above: Prose | None
    doubts: tuple[Doubt, ...]


def tables(blocks: Iterable[Grid | Prose], scale: Scale, choices: FileChoices) -> list[Table]:
    """The tables with levels of ``scale``, those of one specialism on several pages joined; rows that are repeated
    there are taken once.

    A table without levels that is as wide as the one before it is that one's next page; any other is passed over. Where
    levels go on from one table of a title to the next one of it, the rows of both are joined.
    """
    pages_of: dict[str, dict[tuple[LevelRange, ...], list[Page]]] = {}
    for number, page in numbered_pages(blocks, scale):
        if choices.tables and number not in choices.tables:
            continue
        levels = tuple(one.levels for one in page.head.columns)
        title = choices.specialism or page.title
        pages_of.setdefault(title, {}).setdefault(levels, []).append(replace(page, title=title))
    each = [
        [_table(pages_, levels, choices) for levels, pages_ in by_levels.items()] for by_levels in pages_of.values()
    ]
    return [table for of_title in each for table in _joined(of_title)]


def _table(parts: Sequence[Page], levels: Sequence[LevelRange], choices: FileChoices) -> Table:
    rows: list[Row] = []
    for page in parts:
        rows += _rows(page, rows[-1].group if rows else "")
    goes_on = choices.empty_goes_on and not levels[0].scale.adds_up
    whole = (
        _without_gaps(_fill_empty_cells(row.statements, levels) if goes_on else row.statements, row)
        for row in _once(rows)
    )
    first = parts[0]
    doubts = tuple(doubt for page in parts for doubt in (*_head_doubts(page), *_passed_over(page)))
    above = dict.fromkeys(doubt for page in parts for doubt in _title_doubts(page, choices.specialism))
    place = next(cell.place for cell in first.grid.over(max(first.head.row, 0)) if cell.end > first.head.first)
    return Table(
        first.title, _run(levels[0], levels[-1]), tuple(whole), tuple(levels), place, first.above, (*above, *doubts)
    )


#: What people write into a cell that says nothing.
_GAP = re.compile(r"[-–—]+|n/?a\.?|not applicable", re.IGNORECASE)


def _without_gaps(statements: Iterable[CellStatement], row: Row) -> Row:
    """The row with what it says, and apart from it the cells in which it says that it says nothing."""
    each = list(statements)
    gaps = [one for one in each if _GAP.fullmatch(one.cell.text.strip())]
    return replace(row, statements=tuple(one for one in each if one not in gaps), gaps=tuple(gaps))


def _joined(parts: Sequence[Table]) -> Sequence[Table]:
    """The tables of one title as one, where each goes on with the levels of the one before it; else as they are."""
    if len(parts) < 2 or any(lower.levels.highest >= upper.levels.lowest for lower, upper in pairwise(parts)):
        return parts
    rows: dict[tuple[str, str], Row] = {}
    for row in (row for part in parts for row in part.rows):
        named = row.group, row.title.text
        above = rows.get(named)
        rows[named] = replace(above, statements=(*above.statements, *row.statements)) if above else row
    levels = _run(parts[0].levels, parts[-1].levels)
    doubts = tuple(doubt for part in parts for doubt in part.doubts)
    columns = tuple(one for part in parts for one in part.columns)
    return [replace(parts[0], levels=levels, rows=tuple(rows.values()), columns=columns, doubts=doubts)]


def _title_doubts(page: Page, given: str) -> Iterator[Doubt]:
    if page.grid.note:
        yield Doubt(page.grid.note, page.grid.cells[0].place, weighs=True)
    if page.above and given:
        yield Doubt("a heading above a table is printed nowhere", page.above.place, text=page.above.text, weighs=True)
    elif page.above and page.start:
        yield Doubt("taken as the title of the table below it", page.above.place, text=page.above.text)


def _head_doubts(page: Page) -> Iterator[Doubt]:
    """Heads of columns that name their levels in other words."""
    for cell in page.grid.over(page.head.row) if page.start else ():
        one = next((one for one in page.head.columns if one.start == cell.column), None)
        if one and not is_plain(cell.text, page.head.scale):
            what = f"'{cell.text}' is read as {one.levels.named}"
            yield Doubt(what, cell.place, text=cell.text, levels=str(one.levels), weighs=True)


def _passed_over(page: Page) -> Iterator[Doubt]:
    """What says nothing of a level: other names above or below the levels, the levels once more, columns of
    codes, and texts over the whole table."""
    beside = [texts_above(page.grid, page.head, row) for row in range(page.start - 1)]
    if _has_bands_below(page):
        beside.append(texts_above(page.grid, page.head, page.start))
    for texts_ in beside:
        if len(texts_) > 1:
            what = f"other names of the {page.head.scale.words} were passed over"
            yield Doubt(what, next(iter(texts_.values())).place, text=" | ".join(texts_), weighs=True)
    for column in sorted(_code_columns(page)):
        codes = [cell for cell in page.grid.cells if cell.column == column and cell.row >= page.start and cell.text]
        yield Doubt("a column of codes was passed over", codes[0].place, text=" | ".join(cell.text for cell in codes))
    for number in range(page.start, page.grid.height):
        if _is_head_again(page, number):
            texts = [cell for cell in page.grid.over(number) if cell.text]
            label = "".join(cell.text for cell in texts if cell.end <= page.head.first)
            labels = (cell.text for cell in page.grid.over(page.head.row) if cell.end <= page.head.first)
            if label and label not in labels:
                what = "a row that names the levels once more was passed over"
                yield Doubt(what, texts[0].place, label, " | ".join(cell.text for cell in texts[1:]), weighs=True)
            continue
        for cell in _over_whole(page, number):
            is_sentence = len(cell.text.split()) > LONGEST_TITLE or cell.text.endswith(".")
            what = "a text over the whole row is taken as a title of the rows below it, and printed nowhere"
            yield Doubt(what, cell.place, text=cell.text, weighs=is_sentence)


def _has_bands_below(page: Page) -> bool:
    """Whether the first row below names of levels says which bands they are."""
    cells = page.grid.over(page.start) if page.start and page.head.scale != AFC else ()
    below = [levels_named(cell.text, AFC) for cell in cells if cell.column >= page.head.first and cell.text]
    return len(below) > 1 and all(below)


_CODE = re.compile(r"[A-Z]{0,4}[-. ]?\d+(?:\.\d+)*[a-z]?")


def _code_columns(page: Page) -> set[int]:
    """Columns of titles, but the first, that hold nothing but codes."""
    texts: dict[int, list[str]] = {}
    for cell in page.grid.cells:
        if cell.row >= page.start and cell.column > 0 and cell.end <= page.head.first and cell.text:
            texts.setdefault(cell.column, []).append(cell.text)
    return {column for column, codes in texts.items() if all(_CODE.fullmatch(code) for code in codes)}


def _over_whole(page: Page, row: int) -> list[Cell]:
    """The text that reaches over a whole row, titles and levels, if there is one."""
    cells = cells_of_row(page.grid, row)
    return [cell for cell in cells if cell.text and cell.column == 0 and cell.end > page.head.first]


def _is_head_again(page: Page, row: int) -> bool:
    """Whether a row below the head names the same levels in the same columns."""
    texts = {cell.column: levels_named(cell.text, page.head.scale) for cell in cells_of_row(page.grid, row)}
    return row > page.head.row and all(texts.get(one.start) == one.levels for one in page.head.columns)


def _rows(page: Page, group: str) -> Iterator[Row]:
    first = page.head.first
    codes = _code_columns(page)
    for number in range(page.start + _has_bands_below(page), page.grid.height):
        if _is_head_again(page, number):
            continue
        cells = [cell for cell in page.grid.over(number) if cell.text and cell.column not in codes]
        if cells and cells[0].column == 0:
            group = cells[0].text
        beyond = page.head.columns[-1].end
        outside = tuple(cell for cell in cells if cell.column >= beyond)
        below = [cell for cell in cells if cell.end > first and 0 < cell.column < beyond]
        statements = tuple(_read_statement(number, cell, page.head) for cell in below)
        # A text over the whole row is the title of the rows below it.
        if statements and not any(cell.column == 0 and cell.end > first for cell in cells):
            titles = [cell for cell in cells if cell.end <= first]
            title = titles[-1] if titles else replace(statements[0].cell, text="")
            yield Row(title, group, statements, statements[0].cell.column < first, outside)


def _read_statement(row: int, cell: Cell, head: Head) -> CellStatement:
    under = head.under(cell.column, cell.end)
    # A cell that is narrower than half of what stands under a level still stands under some level.
    under = under or tuple(one for one in head.columns if one.start < cell.end and cell.column < one.end)
    shown = head.under(cell.column, cell.end - cell.lost) if cell.lost else under
    inferred = _levels_of_row(one.levels for one in under if one not in shown)
    doubt = "it is one cell with another row's" if cell.row != row else ""
    if cell.rest:
        doubt = f"its end stands apart, at {cell.rest}"
    rule = _LOST.format(_list_levels(inferred)) if inferred else ""
    return CellStatement(cell, _run(under[0].levels, under[-1].levels), inferred, rule, doubt)


def _fill_empty_cells(statements: Sequence[CellStatement], levels: Sequence[LevelRange]) -> tuple[CellStatement, ...]:
    """What a row says, where cells of their own are empty: it is taken to go on to the right, by R1."""
    filled: list[CellStatement] = []
    for one, after in zip_longest(statements, statements[1:]):
        beyond = (level for level in levels if level.lowest > one.levels.highest)
        empty = _levels_of_row(level for level in beyond if after is None or level.highest < after.levels.lowest)
        if not empty:
            filled.append(one)
            continue
        rule = _EMPTY.format(_list_levels(empty))
        filled.append(
            replace(one, levels=one.levels.scale.between(one.levels.lowest, empty[-1]), inferred=empty, rule=rule)
        )
    return tuple(filled)


def _run(first: LevelRange, last: LevelRange) -> LevelRange:
    return first.scale.between(first.lowest, last.highest)


def _levels_of_row(ranges: Iterable[LevelRange]) -> tuple[Level, ...]:
    return tuple(level for levels in ranges for level in levels)


def _list_levels(levels: Iterable[Level]) -> str:
    return ", ".join(level_as_published(level) for level in levels)


def _once(rows: Iterable[Row]) -> list[Row]:
    first: dict[tuple[str, tuple[str, ...]], Row] = {}
    for row in rows:
        first.setdefault(row.key, row)
    return list(first.values())
