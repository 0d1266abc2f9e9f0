"""What is wrong with a publication as a whole, and what a person must look at of it; how that is told, and the sheet
that lists it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from jdgen.errors import Problem, list_words
from jdgen.framework.chapters import chapters_of
from jdgen.framework.model import Framework, Specialism, Statement
from jdgen.importing.column_meaning import Expected, plain
from jdgen.importing.grid import Cell, CellPlace, Doubt, Grid, Prose, Publication
from jdgen.importing.headings import MOSTLY, share_kept
from jdgen.importing.heads import cells_of_row, levels_named
from jdgen.importing.lines import footnote_marks, is_figure, is_tick, note_marks
from jdgen.importing.pages import Page, pages
from jdgen.importing.table_rows import Row, Table
from jdgen.levels import AFC, Scale, list_levels
from jdgen.reports.workbook import Column, one_sheet_workbook


def equal_rows(all_tables: Sequence[Table]) -> Iterator[Doubt]:
    """Rows that stand in several chapters word for word."""
    first: dict[tuple[str, tuple[str, ...]], tuple[Table, Row]] = {}
    for table in all_tables:
        for row in table.rows:
            other, same = first.setdefault(row.key, (table, row))
            if other is not table:
                what = f"the same row stands in '{other.title}' too, at {same.title.place}"
                yield Doubt(what, row.title.place, row.title.text)


def specialisms_gone(framework: Framework, earlier: Framework | None, name: str) -> Iterator[Doubt]:
    """Specialisms of the earlier version that ``framework`` does not have. It weighs of those that were published in
    one text with some that it has anew, and of those most of whose statements a new one has; a chapter by itself is no
    sign that others end."""
    if earlier is None or earlier.id != framework.id:
        return
    kept = {one.id for one in framework.specialisms}
    renewed = {one.sha256 for one in renewed_chapters(kept, earlier)}
    new = [one for one in framework.specialisms if one.id not in {old.id for old in earlier.specialisms}]
    for other in chapters_of(earlier):
        (one,) = other.specialisms
        if one.id in kept:
            continue
        like = next((each for each in new if share_kept(_statements(one), _texts(each)) > MOSTLY), None)
        said = f", and '{like.title}' says most of what it said" if like else ""
        today = like.title if like else "NEW TITLE"
        right = f"if it has a new name, --renamed '{one.title}={today}'; if it ends, write withdraws: [{one.id}]"
        what = f"the earlier version's specialism '{one.title}' is not in {name}{said}; it stays as it was: {right}"
        weighs = other.sha256 in renewed or like is not None
        titles = tuple(each.title for each in new)
        option = "--renamed" if new else ""
        place = CellPlace("", "", "", name)
        yield Doubt(what, place, one.title, " | ".join(titles), option=option, answers=titles, weighs=weighs)


def _statements(specialism: Specialism) -> list[Statement]:
    return [statement for row in specialism.rows for statement in row.statements]


def _texts(specialism: Specialism) -> list[str]:
    return [statement.full_text for statement in _statements(specialism)]


def renewed_chapters(ids: Collection[str], earlier: Framework | None) -> tuple[Framework, ...]:
    """The chapters of the earlier version that are published anew, by the ``ids`` of their specialisms."""
    return tuple(one for one in (chapters_of(earlier) if earlier else ()) if one.specialisms[0].id in ids)


def footnote_doubts(read: Publication, expected: Expected) -> Iterator[Doubt]:
    """Texts in tables with what looks like the mark of a footnote, which is printed with them: heads are not, nor
    ticks."""
    each = filter(None, pages(read.blocks, expected))
    heads = {cell.place for page in each if page.start for cell in page.head.cells.values()}
    notes = note_marks(one.text for one in read.prose)
    for cell in (cell for grid in read.grids for cell in grid.cells):
        marks = footnote_marks(cell.text, notes)
        if marks and not is_tick(cell.text) and cell.place not in heads:
            what = f"'{list_words(marks)}' looks like the mark of a footnote, and is printed with the text"
            yield Doubt(
                f"{what}: if it is one, take it out of the file that is imported",
                cell.place,
                text=cell.text,
                weighs=True,
            )


def weighing_problems(doubts: Iterable[Doubt], name: str) -> list[Problem]:
    """What weighs among ``doubts`` about the file called ``name``, if it is one: one line for each cause, with its
    first place."""
    alike: dict[str, list[Doubt]] = {}
    for doubt in doubts:
        if doubt.weighs:
            alike.setdefault(doubt.what, []).append(doubt)
    return [
        Problem(
            f"{f'{name}, ' if name not in ('', str(same[0].place)) else ''}{same[0].place}{_and_more(len(same) - 1)}",
            what,
            "look at it in the review sheet",
        )
        for what, same in alike.items()
    ]


def _and_more(count: int) -> str:
    return f" (and {count:,} more like it)" if count else ""


def guessed_doubts(read: Publication, expected: Expected) -> Iterator[Doubt]:
    """Tables without a row of levels of their own, and what was made of each."""
    words = expected.roles.words or "heads"
    before = (None, *read.blocks)
    is_apart = [
        isinstance(above, Prose) for above, one in zip(before, read.blocks, strict=False) if isinstance(one, Grid)
    ]
    for grid, page, apart in zip(read.grids, pages(read.blocks, expected), is_apart, strict=True):
        first = next((cell for cell in grid.cells if cell.text), None)
        if first and page is None:
            what = f"a table without a row of {words} was passed over"
            yield Doubt(what, first.place, text=first.text, weighs=True)
        elif first and page and page.start == 0:
            what = f"a table without a row of {words} is read as the next page"
            yield Doubt(what, first.place, text=first.text, weighs=apart and not read.is_from_pdf)


# Heads of tables that would not be read as what they say.


def unfit_heads(read: Publication, expected: Expected) -> Iterator[Problem]:
    """What is wrong with the heads of tables that no layout file tells of: dates that bands have become, a column for
    all levels beside those of each, and several columns under one level."""
    for page in filter(None, pages(read.blocks, expected)):
        if page.start and page.head.shape is None and not page.head.is_list:
            for cell in (cell for cell in page.head.cells.values() if cell.text):
                if reason := _why_unfit(cell, page):
                    yield Problem(f"{read.name}, {cell.place}", *reason)
            if divided := _divided(page):
                what = f"several columns stand under each {page.head.scale.word}: {_listed(divided)}"
                right = "give each of them a table of its own, with its name above it"
                yield Problem(f"{read.name}, {divided[0].place}", what, right)


_MONTH = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)"
_DATE = re.compile(rf"\d{{1,2}}[-/ ]{_MONTH}|{_MONTH}[-/ ]\d{{1,2}}", re.IGNORECASE)
_IN_WORDS = "write the bands in words, such as '5 to 6'"
_ALL = re.compile(r"(?:for )?(?:all|every) (?:staff|bands?|levels?|grades?|posts?|roles?)", re.IGNORECASE)


def _why_unfit(cell: Cell, page: Page) -> tuple[str, str] | None:
    """What is wrong with the head of a column that is none of levels, and what would be right."""
    scale = page.head.scale
    if scale == AFC and _DATE.fullmatch(cell.text):
        return _was_bands(cell), _IN_WORDS
    if _ALL.fullmatch(cell.text.strip()):
        what = f"'{cell.text}' heads a column of its own, and the {scale.words} beside it have theirs"
        return what, f"put its texts into rows of their own, each in one cell over all {scale.words}"
    return None


def _was_bands(cell: Cell) -> str:
    return f"'{cell.text}' is a date, which a spreadsheet program makes of bands such as 5-6"


def _divided(page: Page) -> list[Cell]:
    """The heads below the first level, where a row without a title has several below each."""
    below = [cell for cell in cells_of_row(page.grid, page.start) if cell.text]
    if any(cell.end <= page.head.first for cell in below):
        return []
    under = [[cell for cell in below if one.start <= cell.column < one.end] for one in page.head.columns]
    return under[0] if all(len(cells) > 1 for cells in under) else []


# Files without a table that can be read.


def no_table(read: Publication, expected: Expected) -> Problem:
    """Why a file has no table that can be read, at the place where one may have been meant."""
    scale = expected.roles
    for reason in _REASONS if not scale.is_empty else ():
        if found := next(filter(None, (reason(grid, scale) for grid in read.grids)), None):
            place, what, right = found
            return Problem(f"{read.name}, {place}", what, right)
    if scale.is_empty:
        right = "name a file with a list of two columns or more, or in the long form (jdgen docs importing)"
        return Problem(read.name, "has no table that can be read as a list without levels", right)
    named = "6, 7, 8A" if scale == AFC else list_levels(scale.levels)
    right = f"name a file whose tables have a column for each {scale.word} (in a PDF, with lines round the cells)"
    if scale == AFC:
        right += ", or name its levels, if they are not bands, with --levels"
    right += "; or have a layout file written with --layout FILE, and say there what each column is"
    return Problem(read.name, f"has no table with a row of {scale.words}, such as {named}", right)


#: The place of what is wrong, what it is, and what would be right.
_Reason = tuple[object, str, str]


def _dates(grid: Grid, scale: Scale) -> _Reason | None:
    for row in range(grid.height) if scale == AFC else ():
        cells = [cell for cell in cells_of_row(grid, row) if cell.text]
        dates = [cell for cell in cells if _DATE.fullmatch(cell.text)]
        if dates and (len(dates) > 1 or any(_is_worded(cell, scale) for cell in cells)):
            return dates[0].place, _was_bands(dates[0]), _IN_WORDS
    return None


def _columns_of_one_level(grid: Grid, scale: Scale) -> _Reason | None:
    """A row that names nothing but levels behind its labels, and one of them twice, as two roles of a band do."""
    for row in range(grid.height):
        cells = [cell for cell in cells_of_row(grid, row) if cell.text]
        levels = [levels_named(cell.text, scale) for cell in cells]
        labels = next((index for index, one in enumerate(levels) if one), len(levels))
        heads, named = cells[labels:], levels[labels:]
        if len(named) > 1 and all(named) and len(set(map(str, named))) < len(named):
            right = "give each role a table of its own, with its name above it"
            if len({plain(cell.text) for cell in heads}) == len(heads):
                right += f"; or take each column for a level, with --levels '{_listed(heads)}'"
            return heads[0].place, f"two columns are of one {scale.word}: {_listed(heads)}", right
    return None


def _columns_that_overlap(grid: Grid, scale: Scale) -> _Reason | None:
    """A row that names levels more than once: "Band 5+" and "Band 7", or the same for tables beside each other."""
    for row in range(grid.height):
        heads = [cell for cell in cells_of_row(grid, row) if levels_named(cell.text, scale)]
        each = [level for cell in heads for level in levels_named(cell.text, scale) or ()]
        if len(set(each)) < len(each) and any(_is_worded(cell, scale) for cell in heads):
            right = f"write above each column those {scale.words} that it is for, and no other column"
            if len({plain(cell.text) for cell in heads}) < len(heads):
                right = "two tables stand beside each other: put one below the other, each with its title above it"
            return heads[0].place, f"columns are of the same {scale.words}: {_listed(heads)}", right
    return None


def _one_level(grid: Grid, scale: Scale) -> _Reason | None:
    """A row that names one level alone, as the last column of a table does, or beside names that are none."""
    for row in range(grid.height - 1):
        texts = [cell for cell in cells_of_row(grid, row) if cell.column and cell.text]
        heads = [cell for cell in texts if _is_worded(cell, scale)]
        others = [cell for cell in texts if cell not in heads]
        if len(heads) == 1 and scale != AFC and others:
            what = f"only {heads[0].text} is a {scale.word}; beside it stand {_listed(others)}"
            return heads[0].place, what, f"name all {scale.words} as they stand there, with --levels"
        if len(heads) == 1 and not others and heads[0].end == grid.width:
            right = f"put one for another {scale.word} beside it, or use the long form (jdgen docs importing)"
            return heads[0].place, f"one column alone is of a {scale.word}: {heads[0].text}", right
    return None


_REASONS: tuple[Callable[[Grid, Scale], _Reason | None], ...] = (
    _dates,
    _columns_of_one_level,
    _columns_that_overlap,
    _one_level,
)


def _is_worded(cell: Cell, scale: Scale) -> bool:
    """Whether a text names levels by more than a figure, which may be anything."""
    return levels_named(cell.text, scale) is not None and not is_figure(cell.text)


def _listed(cells: list[Cell]) -> str:
    return ", ".join(cell.text for cell in cells)


# The sheet of what a person must look at.

HEADINGS = ("Look at", "Page", "Row", "Cell", "Heading", "Text", "Range", "Confidence")
_SHEET = "To look at"


def review_sheet(doubts: Sequence[Doubt]) -> bytes:
    """A workbook with a row for each of ``doubts``, no cell of which a spreadsheet program would run."""
    rows = (
        (one.what, place.page, place.row, place.cell, one.heading, one.text, one.levels, one.confidence)
        for one, place in ((doubt, doubt.place) for doubt in doubts)
    )
    return one_sheet_workbook(_SHEET, [Column(heading, 24) for heading in HEADINGS], rows)
