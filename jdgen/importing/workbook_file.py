"""Frameworks as workbooks, whose merged ranges state how far each cell reaches."""

from __future__ import annotations

import datetime
import io
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jdgen.errors import JdgenError, Problem
from jdgen.importing.column_meaning import Expected, Role, Title
from jdgen.importing.grid import (
    BOXED,
    COMMENTED,
    MAX_COLUMNS,
    MAX_ROWS,
    PICTURE,
    Cell,
    CellPlace,
    Doubt,
    FileChoices,
    Grid,
    LaidOut,
    Prose,
    concealed,
)
from jdgen.importing.heads import cells_of_row, chapter_starts, levels_named
from jdgen.importing.lines import (
    BREAKS_WITHIN,
    has_breaks_within,
    is_figure,
    is_gap,
    is_tick,
    lines_of_cell,
    sign_of,
)
from jdgen.importing.pages import Page, pages
from jdgen.importing.upright import in_usual_order, upright, without_code_columns
from jdgen.importing.workbook_looks import (
    Concealed,
    SharedStrings,
    comments_on,
    concealed_in,
    drawn_on,
    hidden_sheets,
    shared_strings,
)
from jdgen.levels import AFC
from jdgen.sheets.sheet import CellError, cell_text, column_letters
from jdgen.sheets.xlsx_file import PartMarks, corners, look_through, uncached_formulas
from jdgen.sheets.xlsx_strings import load_values

_Size = tuple[int, int]
#: Row and column of a cell, from 0.
_At = tuple[int, int]


def read_workbook(content: bytes, name: str, expected: Expected, choices: FileChoices) -> LaidOut:
    """What a workbook says, sheet after sheet; heads of its tables, by which they are told from prose, are as
    ``expected``.

    A row with nothing beside its first cell is prose, unless it stands in a table. What the workbook hides or strikes
    through is left out, unless the user has it read.

    Raises :class:`JdgenError` for what is no workbook or is built to harm, and for all cells of its tables that hold no
    text.
    """
    marks = look_through(content, name)
    try:
        book = load_values(io.BytesIO(content))
        reader = _Reader(content, name, choices, shared_strings(book), [], [], {}, {})
        hidden = hidden_sheets(book)
        blocks: list[Grid | Prose] = []
        for sheet in book.worksheets:
            if reader.is_sheet_read(sheet, hidden):
                part = str(sheet._worksheet_path).lstrip("/")
                cells = reader.cells(sheet, part, marks.get(part, PartMarks((), False)))
                of_sheet = list(in_usual_order(_blocks(cells, expected), expected))
                blocks += _with_name(str(sheet.title), of_sheet, expected)
    except JdgenError:
        raise
    except Exception as error:  # a damaged file makes openpyxl raise whatever its own code happens to
        right = "open it in Excel and save it anew as an Excel workbook (.xlsx)"
        raise JdgenError(Problem(name, "cannot be read as a workbook", right)) from error
    reader.settle(
        [upright(block, expected) if isinstance(block, Grid) else block for block in blocks],
        expected,
    )
    if reader.problems:
        raise JdgenError(_one_for_each_cure(reader.problems))
    return LaidOut(tuple(blocks), tuple(reader.doubts))


#: What is said of a text that a program has left in a cell when it was merged with others.
_UNDER_ANOTHER = "a text that lies under a merged cell, and is not shown, is left out"


def _lost_formulas(content: bytes, part: str, marks: PartMarks, name: str) -> Iterator[Problem]:
    """Formulas whose results the file does not hold: openpyxl would take their cells for empty."""
    for row, column in sorted(uncached_formulas(content, part, name)) if marks.formulas else ():
        what = "holds a formula whose result is not in the file"
        right = "open it in Excel and save it, or put the text in place of the formula"
        yield Problem(f"{name}!{column_letters(column)}{row}", what, right)


@dataclass(frozen=True)
class _Reader:
    """Reads the sheets of a workbook, whose cells share ``strings``; what keeps the workbook from being read is added
    to ``problems``, what has to be looked at to ``doubts``. What would do so in a table, and may stand elsewhere, is
    added to ``lost_formulas``, by the name of the sheet, and to ``no_texts``, by the place of the cell."""

    content: bytes
    name: str
    choices: FileChoices
    strings: SharedStrings
    problems: list[Problem]
    doubts: list[Doubt]
    lost_formulas: dict[str, list[Problem]]
    no_texts: dict[CellPlace, tuple[str, list[Problem]]]

    def is_sheet_read(self, sheet: Any, hidden: Collection[str]) -> bool:
        """Whether a sheet is read: not one that the workbook hides."""
        if str(sheet.title) not in hidden:
            return True
        place = CellPlace(str(sheet.title), "", "", str(sheet.title))
        self.doubts.append(concealed("a hidden sheet", place, "", "--hidden", self.choices.hidden))
        return self.choices.hidden

    def cells(self, sheet: Any, part: str, marks: PartMarks) -> list[Cell]:
        """The cells of a sheet, without what it hides."""
        where = f"{self.name}!{sheet.title}"
        self.lost_formulas[str(sheet.title)] = list(_lost_formulas(self.content, part, marks, where))
        apart = concealed_in(sheet.parent, part, self.strings)
        values = dict(_values(sheet, where))
        sizes = _sizes(marks, where, values)
        cells: list[Cell] = []
        for (row, column), value in values.items():
            rows, columns = sizes.get((row, column), (1, 1))
            place = _place(str(sheet.title), row, column)
            if not rows:
                if text := " ".join(str(value).split()):
                    self.doubts.append(Doubt(_UNDER_ANOTHER, place, text=text, weighs=True))
                continue
            sign = sign_of(apart.signs.get((row, column), ""), str(value))
            cell_value = sign or apart.formatted.get((row, column), value)
            if lines := self._lines(cell_value, place, apart.struck.get((row, column))):
                look = apart.looks.get((row, column), "")
                cells.append(Cell(row, column, " ".join(lines), place, rows, columns, lines=lines, look=look))
        for row, column, text in comments_on(sheet.parent, part):
            self.doubts.append(Doubt(COMMENTED, _place(str(sheet.title), row, column), text=text))
        for row, column, text in drawn_on(sheet.parent, part):
            place = _place(str(sheet.title), row, column)
            self.doubts.append(Doubt(BOXED if text else PICTURE, place, text=text, weighs=True))
        return self._without_hidden(cells, apart, str(sheet.title))

    def _lines(self, value: Any, place: CellPlace, unstruck: str | None) -> tuple[str, ...]:
        try:
            text = cell_text(value)
        except CellError as error:
            problems = [Problem(f"{self.name}!{place}", *reason) for reason in error.reasons]
            if shown_text := _shown_value(value):
                self.no_texts[place] = shown_text, problems
                return (shown_text,)
            self.problems.extend(problems)
            return ()
        if has_breaks_within(text):
            self.doubts.append(Doubt(BREAKS_WITHIN, place, text=" ".join(lines_of_cell(text))))
        if unstruck is None or not text.strip():
            return lines_of_cell(text)
        self.doubts.append(concealed("struck-through text", place, text, "--struck", self.choices.struck))
        return lines_of_cell(text if self.choices.struck else unstruck)

    def settle(self, blocks: Sequence[Grid | Prose], expected: Expected) -> None:
        """Add what is no text to the problems where a table is made of it. Elsewhere, such as in a list of versions, a
        date is one."""
        must_be_text, sheets = _places_of_tables(blocks, expected)
        if not sheets:
            shown_texts = {place: shown_text for place, (shown_text, _) in self.no_texts.items()}
            must_be_text |= dict.fromkeys(_were_bands(blocks, shown_texts), True)
        for sheet, problems in self.lost_formulas.items():
            self.problems.extend(problems if sheet in sheets or not sheets else ())
        for place, (shown_text, problems) in self.no_texts.items():
            if must_be_text.get(place):
                self.problems.extend(problems)
            elif place not in must_be_text:
                what = "a date, or another value that is no text, in no table"
                self.doubts.append(Doubt(what, place, text=shown_text))

    def _without_hidden(self, cells: Sequence[Cell], apart: Concealed, sheet: str) -> list[Cell]:
        """The cells without hidden rows and columns, those beyond them moved up to the others."""
        for row in sorted({cell.row for cell in cells} & apart.rows):
            place = CellPlace(sheet, str(row + 1), "", f"{sheet}!{row + 1}:{row + 1}")
            self._tell_hidden("row", place, [cell for cell in cells if cell.row == row])
        for column in sorted({cell.column for cell in cells} & apart.columns):
            letters = column_letters(column)
            place = CellPlace(sheet, "", letters, f"{sheet}!{letters}:{letters}")
            self._tell_hidden("column", place, [cell for cell in cells if cell.column == column])
        if self.choices.hidden:
            return list(cells)
        rows, columns = sorted(apart.rows), sorted(apart.columns)
        moved_cells = (_move_up(cell, rows, columns) for cell in cells)
        return [cell for cell in moved_cells if cell.rows and cell.columns]

    def _tell_hidden(self, what: str, place: CellPlace, cells: Sequence[Cell]) -> None:
        text = " | ".join(cell.text for cell in cells)
        self.doubts.append(concealed(f"a hidden {what}", place, text, "--hidden", self.choices.hidden))


def _shown_value(value: Any) -> str:
    """What a cell shows that holds a date, a truth value or an error; nothing for what is wrong in other ways."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return str(value.date())
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return str(value)
    return value.strip() if isinstance(value, str) and value.strip().startswith("#") else ""


def _places_of_tables(blocks: Sequence[Grid | Prose], expected: Expected) -> tuple[dict[CellPlace, bool], set[str]]:
    """The places of cells of which tables are made, each with whether it has to be a text, and the sheets that these
    stand on; of what is no table, those beside which a level stands, since it may be the head of one. A figure that
    begins a row is the number of that."""
    places: dict[CellPlace, bool] = {}
    sheets: set[str] = set()
    grids = [block for block in blocks if isinstance(block, Grid)]
    for grid, page in zip(grids, pages(blocks, expected), strict=True):
        if page:
            places |= _places_read(page)
            sheets.update(cell.place.page for cell in grid.cells)
        else:
            for cells in (cells_of_row(grid, row) for row in range(grid.height)):
                levels = (cell for cell in cells if levels_named(cell.text, expected.roles))
                if any(cell.column or not is_figure(cell.text) for cell in levels):
                    places |= dict.fromkeys((cell.place for cell in cells), True)
    return places, sheets


#: What a spreadsheet program makes of "5-6".
_WAS_BANDS = re.compile(r"\d{4}-0[1-9]-0[1-9]")


def _were_bands(blocks: Iterable[Grid | Prose], shown_texts: Mapping[CellPlace, str]) -> Iterator[CellPlace]:
    """The places of dates that stand where bands do in a workbook without a table: several in a row, or in a column."""
    for grid in (block for block in blocks if isinstance(block, Grid)):
        dates = [cell for cell in grid.cells if _WAS_BANDS.fullmatch(shown_texts.get(cell.place, ""))]
        lines = Counter(line for cell in dates for line in (("row", cell.row), ("column", cell.column)))
        beside = {cell.column for cell in grid.cells if levels_named(cell.text, AFC)}
        for cell in dates:
            if max(lines["row", cell.row], lines["column", cell.column]) > 1 or cell.column in beside:
                yield cell.place


def _places_read(page: Page) -> dict[CellPlace, bool]:
    head = page.head
    first = head.row if page.start else 0
    read_cells = [cell for cell in page.grid.cells if cell.row >= first and head.role_of(cell) is not Role.IGNORE]
    text_cells = [
        cell for cell in read_cells if cell.row >= page.start and cell.column >= head.first and not is_gap(cell.text)
    ]
    # A truth value says that something is ticked, or is not; Excel's own check boxes are such values.
    is_ticked = not head.is_list and all(is_tick(cell.text) for cell in text_cells)
    places = dict.fromkeys((cell.place for cell in read_cells), True)
    return places | dict.fromkeys((cell.place for cell in text_cells), not is_ticked)


def _move_up(cell: Cell, rows: Sequence[int], columns: Sequence[int]) -> Cell:
    """The cell with its place and reach among the rows and columns that are not hidden."""
    row, column = cell.row - bisect_left(rows, cell.row), cell.column - bisect_left(columns, cell.column)
    below, end = cell.row + cell.rows, cell.end
    return replace(
        cell,
        row=row,
        column=column,
        rows=below - bisect_left(rows, below) - row,
        columns=end - bisect_left(columns, end) - column,
    )


def _place(sheet: str, row: int, column: int) -> CellPlace:
    letters = column_letters(column)
    return CellPlace(sheet, str(row + 1), letters, f"{sheet}!{letters}{row + 1}")


def _values(sheet: Any, where: str) -> Iterator[tuple[_At, Any]]:
    """What each cell of a sheet holds, but for empty ones: whole rows and columns may be coloured, to their end."""
    # The size that a sheet claims may be wrong, and openpyxl would leave out what is beyond it.
    sheet.reset_dimensions()
    for row, values in enumerate(sheet.iter_rows(values_only=True)):
        for column, value in enumerate(values):
            if value is None:
                continue
            if row < MAX_ROWS and column < MAX_COLUMNS:
                yield (row, column), value
            elif str(value).strip():
                what = f"stands beyond the {MAX_ROWS:,} rows and {MAX_COLUMNS} columns of a framework's table"
                right = "clear it, or name a workbook that holds the framework"
                raise JdgenError(Problem(f"{where}!{column_letters(column)}{row + 1}", what, right))


def _sizes(marks: PartMarks, name: str, values: Collection[_At]) -> dict[_At, _Size]:
    """The rows and columns that each merged cell reaches over; nothing for the cells that it covers. One that goes on
    beyond any table, as a title does over a whole row, ends where the ``values`` do."""
    sizes: dict[_At, _Size] = {}
    height, width = (1 + max(at[axis] for at in values) if values else 1 for axis in (0, 1))
    for merged_range in marks.merged_ranges:
        first, last, first_column, last_column = corners(merged_range)
        last = last if last <= MAX_ROWS else height
        last_column = last_column if last_column < MAX_COLUMNS else width - 1
        if len(sizes) > MAX_ROWS * MAX_COLUMNS // 10:
            raise JdgenError(
                Problem(name, f"merges the cells {merged_range}", "name a workbook that holds the framework")
            )
        for row in range(first - 1, last):
            sizes |= {(row, column): (0, 0) for column in range(first_column, last_column + 1)}
        sizes[first - 1, first_column] = max(last - first, 0) + 1, max(last_column - first_column, 0) + 1
    return sizes


#: More cells that want the same cure are told as one.
_TOLD_APART = 3


def _one_for_each_cure(problems: Sequence[Problem]) -> list[Problem]:
    alike: dict[str, list[Problem]] = {}
    for problem in problems:
        alike.setdefault(problem.right, []).append(problem)
    folded_problems: list[Problem] = []
    for same in alike.values():
        more = f" (and {len(same) - 1:,} more such cells, the last {same[-1].where.partition('!')[2]})"
        folded_problems += same if len(same) <= _TOLD_APART else [replace(same[0], what=f"{same[0].what}{more}")]
    return folded_problems


#: Names that spreadsheet programs give to sheets themselves.
_UNNAMED = re.compile(r"(?:sheet|table|worksheet)\s*\d*", re.IGNORECASE)


def _with_name(name: str, blocks: list[Grid | Prose], expected: Expected) -> list[Grid | Prose]:
    """A sheet's blocks, headed by its name where nothing in it is the title of its table, or tells the levels of it."""
    bare_blocks = (without_code_columns(block, expected) if isinstance(block, Grid) else block for block in blocks)
    first = next((page for page in pages(bare_blocks, expected) if page), None)
    is_named = first is not None and first.head.shape is not None and first.head.shape.title is Title.SHEET
    is_unnamed = bool(_UNNAMED.fullmatch(name.strip()))
    is_title = first and (is_named or (not first.title and not is_unnamed))
    # A table without heads is no page of the one on the sheet before, and its sheet may be that of a level.
    is_apart = first is None and not is_unnamed and any(isinstance(block, Grid) for block in blocks)
    return [Prose(name, CellPlace(name, "", "", name), depth=1), *blocks] if is_title or is_apart else blocks


def _blocks(cells: list[Cell], expected: Expected) -> Iterator[Grid | Prose]:
    """Tables and prose, divided by rows in which nothing stands, and where another chapter begins."""
    rows: list[int] = []
    covered_rows = {row for cell in cells for row in range(cell.row, cell.row + cell.rows)}
    for row in range(max(covered_rows, default=-1) + 2):
        # Below other rows of a table it is a title of the rows that follow.
        if row in covered_rows and (rows or not _is_prose(row, cells)):
            rows.append(row)
            continue
        if rows:
            yield from _divide(cells, rows, expected)
            rows = []
        if row in covered_rows:
            (cell,) = (cell for cell in cells if cell.row == row)
            yield Prose(cell.text, cell.place)


def _is_prose(row: int, cells: list[Cell]) -> bool:
    over = [cell for cell in cells if cell.row <= row < cell.row + cell.rows]
    return len(over) == 1 and over[0].column == 0 and over[0].rows == 1


def _divide(cells: list[Cell], rows: list[int], expected: Expected) -> Iterator[Grid | Prose]:
    """Rows without a gap as the tables of several chapters, and the paragraphs between them."""
    width = max(cell.end for cell in cells)
    texts = [["" for _ in range(width)] for _ in rows]
    for cell in cells:
        if rows[0] <= cell.row <= rows[-1]:
            texts[cell.row - rows[0]][cell.column] = cell.text
    start = 0
    for first, head in chapter_starts(texts, expected):
        yield _part(cells, rows[start:first])
        paragraphs = next((n for n in range(first, head) if any(texts[n][1:])), head)
        for number in rows[first:paragraphs]:
            yield from (Prose(cell.text, cell.place) for cell in cells if cell.row == number)
        start = paragraphs
    yield _part(cells, rows[start:])


def _part(cells: list[Cell], rows: list[int]) -> Grid:
    first = rows[0]
    inside = (cell for cell in cells if first <= cell.row <= rows[-1])
    return Grid(tuple(replace(cell, row=cell.row - first) for cell in inside))
