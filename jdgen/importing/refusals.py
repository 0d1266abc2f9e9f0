"""What stops an import: tables that cannot be told apart, heads that would not be read as what they say, and why a file
has no table that can be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile, pairwise, takewhile

from jdgen.errors import JdgenError, Problem, list_words, nearest
from jdgen.importing.column_meaning import Expected, names_part, plain
from jdgen.importing.grid import PICTURE, Cell, CellPlace, FileChoices, Grid, Publication
from jdgen.importing.heads import (
    cells_of_row,
    counts_no_bands,
    head_text,
    is_plain,
    levels_named,
    names_every_level,
)
from jdgen.importing.layout import Recognised
from jdgen.importing.lines import is_figure
from jdgen.importing.pages import Page, numbered_pages, pages, texts_above
from jdgen.importing.table_rows import Subject, Table
from jdgen.importing.titles import is_sentence
from jdgen.levels import AFC, LevelRange, Scale, list_levels
from jdgen.words import slug


class NoTableError(JdgenError):
    """That a file has no table that can be read. It ``may_have_levels`` that nobody has told; what is ``to_decide`` of
    its columns goes into a layout file."""

    def __init__(self, problem: Problem, may_have_levels: bool, to_decide: Recognised) -> None:
        super().__init__(problem)
        self.may_have_levels = may_have_levels
        self.to_decide = to_decide


class TablesError(JdgenError):
    """Tables that cannot be told apart. ``tables`` are all that the file has, as :attr:`Imported.tables` has them."""

    def __init__(self, problems: Sequence[Problem], table_names: tuple[str, ...]) -> None:
        right = f"; or choose with --table among: {'; '.join(table_names)}" if len(table_names) > 1 else ""
        super().__init__(replace(problem, right=f"{problem.right}{right}") for problem in problems)
        self.tables = table_names


# Tables to choose among, and those that cannot be told apart.


def numbered_tables(publication: Publication, expected: Expected, choices: FileChoices) -> Iterator[str]:
    """Each table with a head: its number, its title, and where it is."""
    last = 0
    for number, page in numbered_pages(publication.blocks, expected, choices.specialism):
        if number > last:
            yield f"{number} {_describe_table(page)}"
        last = number


def _describe_table(page: Page) -> str:
    above = page.group.text if page.group else page.title
    title_in_words = f"'{above}'" if above else "no title"
    head = page.head
    if head.is_list:
        return f"{title_in_words} ({next(cell.place for cell in page.grid.over(head.row))}; a list)"
    place = next(cell.place for cell in page.grid.over(head.row) if cell.column == head.first)
    return f"{title_in_words} ({place}; {head.columns[0].levels.lowest} to {head.columns[-1].levels.highest})"


def unknown_tables(choices: FileChoices, table_names: Sequence[str]) -> Iterator[Problem]:
    """Numbers of tables that the user has chosen, and that no table has of those with these ``table_names``."""
    for number in choices.tables:
        if not 0 < number <= len(table_names):
            yield Problem("--table", f"there is no table {number}", f"choose among: {'; '.join(table_names)}")


def unnamed_tables(all_tables: Sequence[Table], publication: Publication) -> Iterator[Problem]:
    """Tables that cannot be told apart: without a title, or with one title and levels that do not go on."""
    first: dict[tuple[str, Subject], Table] = {}
    for table in (table for table in all_tables if table.subject is not Subject.SKILLS):
        where = table.place.within(publication.name)
        words = table.levels.scale.words
        right = f"write one above its {words}, or name it with --specialism" if words else "name it with --specialism"
        key = slug(table.title), table.subject
        if not table.title:
            yield Problem(where, "the table has no title", right)
        elif gap := _gap_between(table):
            hidden = (doubt.place for doubt in publication.doubts if doubt.option == "--hidden" and doubt.weighs)
            hides = any(place.cell and not place.row for place in hidden)
            right = f"{_FOLLOW}, or have hidden columns read with --hidden" if hides else _FOLLOW
            right += _as_levels(_heads_of(table, publication)) if table.levels.scale == AFC and not hides else ""
            yield Problem(where, f"no column of '{table.title}' is for {gap.full_name}", right)
        elif (other := first.get(key)) and table.subject is Subject.ROLES:
            what = (
                f"a second table of '{table.title}', whose levels do not go on from those of the first, {other.place}"
            )
            yield Problem(where, what, "give each its own title")
        first.setdefault(key, table)


def _heads_of(table: Table, publication: Publication) -> list[Cell]:
    """The heads of a table's levels."""
    for grid in publication.grids:
        if first := next((cell for cell in grid.cells if cell.place == table.place), None):
            return [cell for cell in cells_of_row(grid, first.row) if cell.column >= first.column and cell.text]
    return []


_FOLLOW = "the levels of a table have to follow each other: add the column, or widen the one beside it"


def _gap_between(table: Table) -> LevelRange | None:
    """Levels between those of a table's columns for which it has no column."""
    for lower, upper in pairwise(table.columns):
        if upper.lowest.rank > lower.highest.rank + 1:
            between = lower.scale.levels[lower.highest.rank + 1 : upper.lowest.rank]
            return lower.scale.between(between[0], between[-1])
    return None


# Heads of tables that would not be read as what they say.


def unfit_heads(publication: Publication, expected: Expected) -> Iterator[Problem]:
    """What is wrong with the heads of tables that no layout file tells of: dates that bands have become, a column for
    all levels beside those of each, several columns under one level, bands in words that nobody knows, no column of
    titles, and other levels further down."""
    for page in filter(None, pages(publication.blocks, expected)):
        if page.head.shape is None and not page.head.is_list:
            for cell, what, right in (*(_unfit_head(page) if page.start else ()), *_other_levels_below(page, expected)):
                yield Problem(cell.place.within(publication.name), what, right)


def _unfit_head(page: Page) -> Iterator[tuple[Cell, str, str]]:
    """The cells of a head with which something is wrong: what it is, and what would be right."""
    words = page.head.scale.words
    for cell in (cell for cell in page.head.cells.values() if cell.text):
        if reason := _why_unfit(cell, page):
            yield cell, *reason
    if heads := _dividing_heads(page):
        what = f"several columns stand under each {page.head.scale.word}: {_heads_listed(heads)}"
        yield heads[0], what, "give each of them a table of its own, with its name above it"
    if row := next((row for row in range(page.head.row) if _says_something(page, row)), None):
        what = f"this row stands above that of its {words}, as whose other names it would be passed over"
        yield page.grid.over(row)[0], what, f"put the row of {words} above all that they are for"
    labels = [cell for cell in page.grid.over(page.head.row) if cell.end <= page.head.first]
    labels += [cell for row in range(page.head.row) for cell in texts_above(page.grid, page.head, row).values()]
    of_levels = [cell.text for column, cell in page.head.cells.items() if page.head.under(column, column + 1)]
    if head := next((cell for cell in labels if counts_no_bands(cell.text, of_levels, page.head.scale)), None):
        yield head, _counts_no_bands(head.text, of_levels), _named_counts(head.text, of_levels)
    if page.head.first == 0:
        what = f"no column beside its {words} has the titles of its rows"
        right = f"put them into a column on the left of the {words}"
        yield page.head.cells[0], what, f"{right}; of a table that goes on to the right on other pages, import {_WHOLE}"


def _says_something(page: Page, row: int) -> bool:
    """Whether a row above the levels says something of each, as those below them do."""
    beside = any(cell.text and cell.end <= page.head.first for cell in page.grid.over(row))
    texts = texts_above(page.grid, page.head, row).values()
    return beside and len(texts) > 1 and all(is_sentence(cell) and " " in cell.text for cell in texts)


def _counts_no_bands(head: str, figures: Sequence[str]) -> str:
    return f"{list_words(figures)} stand with '{head}', so that nothing says whether they are bands"


def _named_counts(head: str, figures: Iterable[str]) -> str:
    names = ", ".join(f"level {figure}" for figure in dict.fromkeys(figures))
    option = f"name them with --levels '{names}', or with --skill-levels if they are those of skills"
    return f"if they are, write 'Band' in place of '{head}'; else {option}"


_WHOLE = "the Word or Excel file that has all its columns in one"


def _other_levels_below(page: Page, expected: Expected) -> Iterator[tuple[Cell, str, str]]:
    """Rows below the head in which all cells name levels, other ones than the head does in these columns."""
    if page.head.scale == expected.skills:
        return
    usual = [level_columns.levels for level_columns in page.head.columns]
    for row in range(page.start, page.grid.height):
        under = [cell for cell in cells_of_row(page.grid, row) if cell.text and cell.column >= page.head.first]
        row_levels = [levels_named(cell.text, page.head.scale) for cell in under]
        is_head = len(under) > 1 and all(row_levels) and len(set(map(str, row_levels))) == len(row_levels)
        if is_head and any(_is_worded(cell, page.head.scale) for cell in under) and row_levels != usual:
            what = f"a row names other {page.head.scale.words} than the head of its columns: {_heads_listed(under)}"
            yield under[0], what, "begin another table there, with a title above it"


_MONTH = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)"
_DATE = re.compile(rf"\d{{1,2}}[-/ ]{_MONTH}|{_MONTH}[-/ ]\d{{1,2}}", re.IGNORECASE)
_IN_WORDS = "write the bands in words, such as '5 to 6'"


def _why_unfit(cell: Cell, page: Page) -> tuple[str, str] | None:
    """What is wrong with the head of a column that is none of levels, and what would be right."""
    scale = page.head.scale
    if scale == AFC and _DATE.fullmatch(cell.text):
        return _was_bands(cell), _IN_WORDS
    if scale == AFC and cell.end <= page.head.first and _SOME_BAND.search(cell.text):
        what = f"'{cell.text}' stands before the columns of bands, and is not understood as one"
        return what, "write it as 'Band 4' or 'Bands 2 to 4'; if it heads the titles of rows, take the number out"
    if names_every_level(cell.text) and " " in cell.text:
        what = f"'{cell.text}' heads a column of its own, and the {scale.words} beside it have theirs"
        return what, f"put its texts into rows of their own, each in one cell over all {scale.words}"
    return None


_SOME_BAND = re.compile(r"\b(?:bands?|afc)\b[^()]*\d", re.IGNORECASE)


def _was_bands(cell: Cell) -> str:
    return f"'{cell.text}' is a date, which a spreadsheet program makes of bands such as 5-6"


def _dividing_heads(page: Page) -> list[Cell]:
    """The heads below the first level, where a row without a title has several below each."""
    below = [cell for cell in cells_of_row(page.grid, page.start) if cell.text]
    if any(cell.end <= page.head.first for cell in below):
        return []
    under = [
        [cell for cell in below if level_columns.start <= cell.column < level_columns.end]
        for level_columns in page.head.columns
    ]
    return under[0] if all(len(cells) > 1 for cells in under) else []


# Files without a table that can be read.


def no_table(publication: Publication, expected: Expected) -> Problem:
    """Why a file has no table that can be read, at the place where one may have been meant."""
    scale = expected.roles
    for reason in _REASONS if not scale.is_empty else ():
        if fault := next(filter(None, (reason(grid, scale) for grid in publication.grids)), None):
            place, what, right = fault
            return Problem(place.within(publication.name), what, right)
    if scale.is_empty:
        right = "name a file with a list of two columns or more, or in the long form (jdgen docs importing)"
        return Problem(publication.name, "has no table that can be read as a list without levels", right)
    if picture := next((doubt for doubt in publication.doubts if doubt.what == PICTURE), None):
        what = f"has no table with a row of {scale.words}; a picture stands here, of which nothing can be read"
        right = "if it shows the table, import the file that it was made in, or type it into a table"
        return Problem(picture.place.within(publication.name), what, right)
    if not publication.laid_out and not any(publication.grids):
        right = "put a tab or a bar (|) between cells; or, in a .md file, # before headings and - before what they say"
        return Problem(publication.name, "has no table: nothing divides its lines into cells", right)
    examples = "6, 7, 8A" if scale == AFC else list_levels(scale.levels)
    right = f"name a file whose tables have a column for each {scale.word} (in a PDF, with lines round the cells)"
    if scale == AFC:
        heads = next(filter(None, map(_may_be_levels, publication.grids)), [])
        named_here = f" '{_heads_listed(heads)}'" if heads else ""
        right += f", or name its levels, if they are not bands, with --levels{named_here}"
    right += "; or have a layout file written with --layout FILE, and say there what each column is"
    return Problem(publication.name, f"has no table with a row of {scale.words}, such as {examples}", right)


#: The place of what is wrong, what it is, and what would be right.
_Reason = tuple[CellPlace, str, str]


def _dates(grid: Grid, scale: Scale) -> _Reason | None:
    for row in range(grid.height) if scale == AFC else ():
        cells = [cell for cell in cells_of_row(grid, row) if cell.text]
        dates = [cell for cell in cells if _DATE.fullmatch(cell.text)]
        if dates and (len(dates) > 1 or any(_is_worded(cell, scale) for cell in cells)):
            return dates[0].place, _was_bands(dates[0]), _IN_WORDS
    return None


def _counted_levels(grid: Grid, scale: Scale) -> _Reason | None:
    """A column of figures that its head calls levels."""
    for cells in _columns_of(grid):
        figures = [cell.text for cell in takewhile(lambda cell: levels_named(cell.text, scale), reversed(cells))][::-1]
        head = cells[-len(figures) - 1] if len(cells) > len(figures) > 1 else None
        if head and counts_no_bands(head.text, figures, scale):
            return head.place, _counts_no_bands(head.text, figures), _named_counts(head.text, figures)
    return None


def _misspelt_in_column(grid: Grid, scale: Scale) -> _Reason | None:
    """What in a column of levels is none, and may be one that somebody has misspelt."""
    for cells in _columns_of(grid) if scale != AFC else ():
        below = list(dropwhile(lambda cell: not levels_named(cell.text, scale), cells))
        others = [cell for cell in below if not levels_named(cell.text, scale)]
        # Those of a column of other texts are no levels, or not most of them.
        for cell in others if 0 < 2 * len(others) < len(below) else ():
            if near := nearest(cell.text, scale.names):
                return cell.place, f"'{cell.text}' is no {scale.word}", f"did you mean '{near}'?"
    return None


def _columns_of(grid: Grid) -> Iterable[list[Cell]]:
    """The texts of each column, from the top on."""
    columns: dict[int, list[Cell]] = {}
    for cell in sorted((cell for cell in grid.cells if cell.text), key=lambda cell: cell.row):
        columns.setdefault(cell.column, []).append(cell)
    return columns.values()


def _columns_of_one_level(grid: Grid, scale: Scale) -> _Reason | None:
    """A row that names nothing but levels behind its labels, and one of them twice, as two roles of a band do."""
    for row in range(grid.height):
        cells = [cell for cell in cells_of_row(grid, row) if cell.text]
        levels = [levels_named(cell.text, scale) for cell in cells]
        labels = next((index for index, level_range in enumerate(levels) if level_range), len(levels))
        heads, named_levels = cells[labels:], levels[labels:]
        if len(named_levels) > 1 and all(named_levels) and len(set(map(str, named_levels))) < len(named_levels):
            right = f"give each role a table of its own, with its name above it{_as_levels(heads)}"
            return heads[0].place, f"two columns are of one {scale.word}: {_heads_listed(heads)}", right
    return None


def _columns_that_overlap(grid: Grid, scale: Scale) -> _Reason | None:
    """A row that names levels more than once: "Band 5+" and "Band 7", or the same for tables beside each other."""
    for row in range(grid.height):
        heads = [cell for cell in cells_of_row(grid, row) if levels_named(head_text(cell), scale)]
        all_levels = [level for cell in heads for level in levels_named(head_text(cell), scale) or ()]
        if len(set(all_levels)) < len(all_levels) and any(_is_worded(cell, scale) for cell in heads):
            right = (
                f"write above each column those {scale.words} that it is for, and no other column{_as_levels(heads)}"
            )
            if len({plain(cell.text) for cell in heads}) < len(heads):
                right = "two tables stand beside each other: put one below the other, each with its title above it"
            return heads[0].place, f"columns are of the same {scale.words}: {_heads_listed(heads)}", right
    return None


def _others_between(grid: Grid, scale: Scale) -> _Reason | None:
    """A row that names levels from left to right, with the heads of other columns between them."""
    for row in range(grid.height - 1):
        cells = [cell for cell in cells_of_row(grid, row) if cell.text]
        level_numbers = [index for index, cell in enumerate(cells) if _is_worded(cell, scale)]
        between = (
            [cell for cell in cells[level_numbers[0] : level_numbers[-1]] if not levels_named(cell.text, scale)]
            if level_numbers
            else []
        )
        levels = [levels_named(cells[index].text, scale) for index in level_numbers]
        if len(level_numbers) > 1 and between and len(set(map(str, levels))) == len(levels):
            heads = _heads_listed(between)
            if near := nearest(between[0].text, [name for name in scale.names if name not in map(str, levels)]):
                right = f"did you mean '{near}'? Else name all {scale.words} as they stand there, with --levels"
                return between[0].place, f"'{between[0].text}' is no {scale.word}", right
            right = f"put a column of titles on the left of all {scale.words}, and take any other out"
            right += "" if scale == AFC else f"; or name all {scale.words} as they stand there, with --levels"
            if any(plain(other.text) == plain(cell.text) for other in between for cell in cells[: level_numbers[0]]):
                right = f"if two tables stand beside each other, put one below the other; else {right}"
            return between[0].place, f"columns of no {scale.word} stand between its {scale.words}: {heads}", right
    return None


def _named_otherwise(grid: Grid, scale: Scale) -> _Reason | None:
    """A row whose heads have the names of levels among other words: "Foundation practice"."""
    names = {plain(name): name for name in scale.names} if scale != AFC else {}
    for row in range(grid.height - 1) if names else ():
        cells = [cell for cell in cells_of_row(grid, row) if cell.text]
        within = [[name for name in names if re.search(rf"\b{re.escape(name)}\b", plain(cell.text))] for cell in cells]
        first = next((index for index, names_within in enumerate(within) if names_within), len(cells))
        heads = cells[first:]
        if len(heads) > 1 and all(within[first:]) and not any(levels_named(cell.text, scale) for cell in heads):
            what = f"its {scale.words} are called otherwise than --levels says: {_heads_listed(heads)}"
            return heads[0].place, what, f"name them as they stand there: --levels '{_heads_listed(heads)}'"
    return None


def _may_be_levels(grid: Grid) -> list[Cell]:
    """The heads of a table's last columns that hold sentences, as those of levels do."""
    row = next((row for row in range(grid.height) if len(_filled_cells(grid, row)) > _FEWEST_HEADS), None)
    heads: list[Cell] = []
    for cell in reversed(_filled_cells(grid, row) if row is not None else []):
        below = [
            cell_below.text
            for cell_below in grid.cells
            if cell_below.row > cell.row and cell_below.column == cell.column and cell_below.text
        ]
        is_said = below and all(text.endswith(".") or len(text.split()) >= _SENTENCE for text in below)
        if not is_said or "," in cell.text or len(cell.text.split()) > _LONGEST_NAME:
            break
        heads.insert(0, cell)
    return heads if len(heads) > _FEWEST_HEADS and not any(names_part(cell.text) for cell in heads) else []


def _filled_cells(grid: Grid, row: int) -> list[Cell]:
    return [cell for cell in cells_of_row(grid, row) if cell.text]


#: Fewer heads tell no levels; words of a text that is no title; words that the name of a level has at most.
_FEWEST_HEADS, _SENTENCE, _LONGEST_NAME = 2, 4, 4


def _one_level(grid: Grid, scale: Scale) -> _Reason | None:
    """A row that names one level alone, as the last column of a table does, or beside names that are none."""
    for row in range(grid.height - 1):
        texts = [cell for cell in cells_of_row(grid, row) if cell.column and cell.text]
        heads = [cell for cell in texts if _is_worded(cell, scale)]
        others = [cell for cell in texts if cell not in heads]
        if len(heads) == 1 and scale != AFC and others:
            what = f"only {heads[0].text} is a {scale.word}; beside it stand {_heads_listed(others)}"
            return heads[0].place, what, f"name all {scale.words} as they stand there, with --levels"
        if len(heads) == 1 and not others and heads[0].end == grid.width:
            right = f"put one for another {scale.word} beside it, or use the long form (jdgen docs importing)"
            return heads[0].place, f"one column alone is of a {scale.word}: {heads[0].text}", right
    return None


_REASONS: tuple[Callable[[Grid, Scale], _Reason | None], ...] = (
    _dates,
    _counted_levels,
    _misspelt_in_column,
    _columns_of_one_level,
    _columns_that_overlap,
    _others_between,
    _named_otherwise,
    _one_level,
)


def _is_worded(cell: Cell, scale: Scale) -> bool:
    """Whether a text names levels by more than a figure, which may be anything."""
    return levels_named(head_text(cell), scale) is not None and not is_figure(cell.text)


def _as_levels(heads: Sequence[Cell]) -> str:
    """How heads of bands are taken for levels of their own: by the line that names no band, where each has one."""
    lines = [[line for line in cell.lines if not levels_named(line, AFC)] for cell in heads]
    names = [texts[0] if len(texts) == 1 else cell.text for texts, cell in zip(lines, heads, strict=True)]
    is_listable = all(not is_plain(name, AFC) and "," not in name for name in names)
    if len(set(map(plain, names))) < len(names) or not is_listable:
        return ""
    return f"; or take each column for a level, with --levels '{', '.join(names)}'"


def _heads_listed(cells: list[Cell]) -> str:
    return ", ".join(cell.text for cell in cells)
