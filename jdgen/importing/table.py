"""Tables whose columns stand under levels: the rows of each, whichever pages they stand on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from jdgen.importing.column_meaning import Expected, Head, Role
from jdgen.importing.grid import Cell, Doubt, FileChoices, Grid, Marks, Prose
from jdgen.importing.heads import cells_of_row, is_plain, level_as_published, levels_named
from jdgen.importing.lines import is_gap, is_tick
from jdgen.importing.listed import list_tables
from jdgen.importing.pages import Page, cell_of, chosen_pages, described_inside, page_doubts, texts_above, unread_above
from jdgen.importing.table_rows import (
    NOWHERE,
    CellStatement,
    Row,
    Subject,
    Table,
    run_of,
    ticked_doubts,
    ticked_rows,
    ticks_in,
    whole_row_doubt,
)
from jdgen.importing.titles import bare_title, is_sentence, without_continued
from jdgen.levels import AFC, Level, LevelRange

_LOST_CELL_RULE = "R2: the row's last cell ({}) was lost; R1 carries the merged cell on to it."
#: How the reason begins for which a text goes on over a cell of its own that is empty.
EMPTY = "R1: the cell of "
_EMPTY = f"{EMPTY}{{}} is empty, and is taken to continue the one on its left."


def tables(blocks: Iterable[Grid | Prose], expected: Expected, choices: FileChoices, name: str) -> list[Table]:
    """The tables of the file called ``name`` whose heads are as ``expected``, those of one specialism on several pages
    joined; rows that are repeated there are taken once.

    A table without a head that is as wide as the one before it is that one's next page; any other is passed over. Where
    levels go on from one table of a title to the next one of it, the rows of both are joined. Raises
    :class:`JdgenError` for what lists say and cannot.
    """
    across: dict[tuple[str, Subject], dict[tuple[LevelRange, ...], list[Page]]] = {}
    lists: list[Page] = []
    for page in chosen_pages(_read_blocks(blocks, choices), expected, choices):
        if page.head.is_list:
            lists.append(page)
            continue
        subject = _subject(page, expected)
        levels = tuple(level_columns.levels for level_columns in page.head.columns)
        title = "" if subject is Subject.SKILLS else page.title
        across.setdefault((title, subject), {}).setdefault(levels, []).append(page)
    tables_in_parts = [
        [_table(pages, levels, subject, choices) for levels, pages in by_levels.items()]
        for (_, subject), by_levels in across.items()
    ]
    of_lists = list_tables(lists, expected, choices, name) if lists else []
    return [*(table for parts in tables_in_parts for table in _join_tables(parts)), *of_lists]


def _read_blocks(blocks: Iterable[Grid | Prose], choices: FileChoices) -> Iterator[Grid | Prose]:
    """``blocks``, without the cells that hold nothing but a mark, where these mean what empty ones do."""
    for block in blocks:
        if isinstance(block, Prose) or choices.marks is not Marks.GOES_ON:
            yield block
        else:
            yield replace(block, cells=tuple(cell for cell in block.cells if not is_gap(cell.text)))


def _subject(page: Page, expected: Expected) -> Subject:
    """What a table with columns under levels is about."""
    if page.head.scale == expected.skills:
        return Subject.SKILLS
    return Subject.REQUIREMENTS if Role.SKILL in page.head.roles.values() else Subject.ROLES


def _table(parts: Sequence[Page], levels: Sequence[LevelRange], subject: Subject, choices: FileChoices) -> Table:
    rows = _rows_of_pages(parts)
    is_mirrored = any(page.grid.is_mirrored for page in parts)
    goes_on = choices.empty_goes_on and not levels[0].scale.adds_up and not is_mirrored
    first = parts[0]
    doubts = tuple(doubt for page in parts for doubt in (*_head_doubts(page), *_passed_over(page)))
    doubts += tuple(doubt for row in rows for doubt in _unread_beside(row, subject))
    whole: Iterable[Row]
    if subject is Subject.ROLES and (ticks := ticks_in(rows)):
        doubts = (*ticked_doubts(rows, ticks, levels, first), *doubts)
        whole = ticked_rows(rows, ticks, levels, first)
    else:
        whole = (
            _without_gaps(_fill_empty_cells(row.statements, levels) if goes_on else row.statements, row, choices)
            for row in rows
        )
    description = next(filter(None, map(described_inside, parts)), None)
    above = dict.fromkeys(doubt for page in parts for doubt in (*page_doubts(page), *unread_above(page, description)))
    place = next(cell.place for cell in first.grid.over(max(first.head.row, 0)) if cell.end > first.head.first)
    return Table(
        first.title,
        run_of(levels),
        tuple(whole),
        tuple(levels),
        place,
        first.above,
        (*above, *doubts),
        subject,
        description,
    )


def _unread_beside(row: Row, subject: Subject) -> Iterator[Doubt]:
    """What stands beside the title of a row and what it says, and is neither; of a skill, its meaning is read."""
    for cell in row.outside:
        is_title = cell.column < row.title.column
        what = "it stands between a group and a title, and is printed nowhere" if is_title else _UNDER_NO_LEVEL
        yield Doubt(what, cell.place, row.title.text, cell.text, weighs=True)
    if row.about and subject is not Subject.SKILLS:
        what = "what says what a heading means is printed nowhere"
        yield Doubt(what, row.about.place, row.title.text, row.about.text, weighs=True)


_UNDER_NO_LEVEL = "it stands under no level, and was passed over"


def _without_gaps(statements: Iterable[CellStatement], row: Row, choices: FileChoices) -> Row:
    """The row with what it says, and apart from it the cells in which it says that it says nothing."""
    all_statements = list(statements)
    gaps = [statement for statement in all_statements if choices.is_gap(statement.cell.text)]
    whole = tuple(statement for statement in all_statements if statement not in gaps)
    return replace(row, statements=whole, gaps=tuple(gaps))


def _join_tables(parts: Sequence[Table]) -> Sequence[Table]:
    """The tables of one title as one, where each goes on with the levels of the one before it; else as they are."""
    if len(parts) < 2 or any(lower.levels.highest >= upper.levels.lowest for lower, upper in pairwise(parts)):
        return parts
    rows: dict[tuple[str, str], Row] = {}
    for row in (row for part in parts for row in part.rows):
        key = row.group, row.title.text
        above = rows.get(key)
        rows[key] = replace(above, statements=(*above.statements, *row.statements)) if above else row
    levels = run_of(part.levels for part in parts)
    doubts = tuple(doubt for part in parts for doubt in part.doubts)
    columns = tuple(level_range for part in parts for level_range in part.columns)
    return [replace(parts[0], levels=levels, rows=tuple(rows.values()), columns=columns, doubts=doubts)]


def _head_doubts(page: Page) -> Iterator[Doubt]:
    """Heads of columns that name their levels in other words."""
    for cell in page.grid.over(page.head.row) if page.start and page.head.shape is None else ():
        levels = next((columns.levels for columns in page.head.columns if columns.start == cell.column), None)
        if levels and not is_plain(cell.text, page.head.scale):
            what = f"'{cell.text}' is read as {levels.full_name}"
            yield Doubt(what, cell.place, text=cell.text, levels=str(levels), weighs=True)


def _passed_over(page: Page) -> Iterator[Doubt]:
    """What says nothing of a level: other names above or below the levels, the levels once more, columns of
    codes, and texts over the whole table."""
    beside = [texts_above(page.grid, page.head, row) for row in range(page.start - 1)]
    if _has_names_below(page):
        beside.append(texts_above(page.grid, page.head, page.start))
    for texts_ in beside:
        if len(texts_) > 1:
            what = f"other names of the {page.head.scale.words} were passed over"
            yield Doubt(what, next(iter(texts_.values())).place, text=" | ".join(texts_), weighs=True)
    for column in _code_columns(page):
        codes = [cell for cell in page.grid.cells if cell.column == column and cell.row >= page.start and cell.text]
        if codes:
            text = " | ".join(cell.text for cell in codes)
            yield Doubt("a column of codes was passed over", codes[0].place, text=text)
    corners = _corners(page)
    for number in range(page.start + _has_names_below(page), page.grid.height):
        if _is_head_again(page, number):
            yield from _head_again(page, number, number in corners)
        elif _over_whole(page, number):
            yield from _whole_row(page, number)
        else:
            yield from _without_statements(page, number)


def _head_again(page: Page, row: int, is_corner: bool) -> Iterator[Doubt]:
    texts = [cell for cell in page.grid.over(row) if cell.text]
    label = "".join(cell.text for cell in texts if cell.end <= page.head.first)
    labels = (cell.text for cell in page.grid.over(page.head.row) if cell.end <= page.head.first)
    if is_corner:
        yield Doubt("taken as the group of the rows below it", texts[0].place, text=label, weighs=True)
    elif label and label not in labels:
        what = "a row that names the levels once more was passed over"
        yield Doubt(what, texts[0].place, label, " | ".join(cell.text for cell in texts[1:]), weighs=True)


def _whole_row(page: Page, row: int) -> Iterator[Doubt]:
    whole = _over_whole(page, row)
    for cell in page.grid.over(row):
        if cell.text and cell.row == row and page.head.reads(cell) and cell not in whole:
            yield Doubt(_UNDER_NO_LEVEL, cell.place, whole[0].text, cell.text, weighs=True)
    for cell in whole:
        is_group = not is_sentence(cell) and _has_rows_below(page, row)
        # Where other rows stand in no group, it may as well be a row whose texts are gone.
        is_odd = page.title_alone(row) is not None and not (_begins_alone(page) or page.stands_out(cell))
        where = "alone in its row" if is_odd else "over the whole row"
        yield whole_row_doubt(cell, is_group=is_group, where=where, weighs=is_odd)


def _has_rows_below(page: Page, row: int) -> bool:
    """Whether the next row of the page that is no head once more says something of levels."""
    for number in range(row + 1, page.grid.height):
        over = [cell for cell in page.grid.over(number) if cell.text and cell.row == number]
        if over and not _is_head_again(page, number):
            return not _over_whole(page, number) and any(page.head.is_under_levels(cell) for cell in over)
    return False


def _without_statements(page: Page, row: int) -> Iterator[Doubt]:
    """Titles beside which nothing stands under a level: a note below the table, or a heading whose texts are gone."""
    over = page.grid.over(row)
    if not any(cell.text and page.head.is_under_levels(cell) for cell in over):
        texts = [cell for cell in over if cell.text and cell.row == row and page.head.reads(cell)]
        if texts and row > page.head.row:
            what = NOWHERE.format(page.head.scale.word)
            yield Doubt(what, texts[0].place, text=" | ".join(cell.text for cell in texts), weighs=True)


#: Titles of a row right below the levels that has other names of them: what rows are called, where no cell beside the
#: levels says it, and what roles are called.
_COLUMN = re.compile(
    r"(?:\w+ ){0,2}(?:capabilit(?:y|ies)|competenc(?:y|ies|es?)|domains?|pillars?|themes?|areas?|topics?|elements?)",
    re.I,
)
_EXAMPLE = "(?:typical|example|indicative|possible) "
_ROLE = re.compile(
    rf"(?:{_EXAMPLE})?(?:job |role |post )titles?|(?:{_EXAMPLE}(?:job|role|post)|job|role)s", re.IGNORECASE
)
_MOST_WORDS_OF_ROLE = 6


def _has_names_below(page: Page) -> bool:
    """Whether the first row below the levels only says which bands they are, or what roles at them are called."""
    if not page.start:
        return False
    under = [cell for cell in page.grid.over(page.start) if cell.column >= page.head.first and cell.text]
    below = [levels_named(cell.text, AFC) for cell in under]
    if page.head.scale != AFC and len(below) > 1 and all(below):
        return True
    beside = [cell.text for cell in page.grid.over(page.start) if cell.end <= page.head.first and cell.text]
    above = [cell.text for cell in page.head.cells.values() if cell.end <= page.head.first and cell.text]
    names = len(beside) == 1 and (_ROLE.fullmatch(beside[0]) or (not above and _COLUMN.fullmatch(beside[0])))
    is_short = all(len(cell.text.split()) <= _MOST_WORDS_OF_ROLE and not is_sentence(cell) for cell in under)
    return bool(names) and len(under) > 1 and is_short


def _code_columns(page: Page) -> list[int]:
    """Columns of titles that are not read, since they hold nothing but codes."""
    first = page.head.first
    columns = [column for column, role in page.head.roles.items() if role is Role.IGNORE and column < first]
    return columns if page.head.shape is None else []


def _over_whole(page: Page, row: int) -> list[Cell]:
    """The text that reaches over a whole row, titles and levels, if there is one, or stands in it alone above rows that
    say something; beside it nothing stands, and a code may."""
    head = page.head
    beside = [cell for cell in page.grid.over(row) if cell.text and head.reads(cell)]
    whole = [cell for cell in beside if cell.row == row and cell.end > head.first]
    if (title := page.title_alone(row)) and _may_be_group(page):
        # Where other titles that stand alone look like groups, one that looks like those of rows is the title of one.
        return beside if page.stands_out(title) or not page.has_titles_that_stand_out else []
    if any(head.is_under_levels(cell) for cell in beside if cell not in whole[:1]):
        return []
    return [cell for cell in whole if cell.column == 0 or (cell.column < head.first and beside == [cell])]


def _may_be_group(page: Page) -> bool:
    """Whether titles that stand alone in their rows are groups of the rows below. They are rows that say nothing, where
    other groups reach over whole rows; and in a table of ticks, where not all rows stand below such a title: nothing
    is ticked in them."""
    below = [cell for cell in page.grid.cells if cell.row >= page.start and cell.text]
    if any(cell.column == 0 and cell.end > page.head.first and not is_sentence(cell) for cell in below):
        return False
    marks = {cell.text for cell in below if page.head.is_under_levels(cell)}
    return _begins_alone(page) or not marks or not all(is_tick(text) or is_gap(text) for text in marks)


def _begins_alone(page: Page) -> bool:
    """Whether the first row below the head is a title alone, or the page goes on with a table of an earlier one."""
    first = min((cell.row for cell in page.grid.cells if cell.row >= page.start and cell.text), default=0)
    return page.start == 0 or page.title_alone(first) is not None


def _is_head_again(page: Page, row: int) -> bool:
    """Whether a row below the head names the same levels in the same columns."""
    texts = {cell.column: cell.text for cell in cells_of_row(page.grid, row)}
    heads = {column: cell.text for column, cell in page.head.cells.items()}
    again = (
        (text := texts.get(level_columns.start, ""))
        and (text == heads.get(level_columns.start) or levels_named(text, page.head.scale) == level_columns.levels)
        for level_columns in page.head.columns
    )
    return row > page.head.row and all(again)


def _corners(page: Page) -> dict[int, Cell]:
    """What stands beside the levels in the rows that name them, where these are named again for other rows, each time
    beside another text: the groups of the rows below."""
    rows = [page.head.row, *(row for row in range(page.start, page.grid.height) if _is_head_again(page, row))]
    labels = {row: cell for row in rows for cell in page.grid.over(row) if cell.text and cell.end <= page.head.first}
    names = {without_continued(cell.text) for cell in labels.values()}
    is_apart = all(after > before + 1 for before, after in pairwise(rows))
    has_groups = page.group or Role.GROUP in page.head.roles.values()
    return labels if len(rows) == len(names) > 1 and is_apart and not has_groups else {}


def _rows_of_pages(parts: Iterable[Page]) -> list[Row]:
    """The rows of all pages of a table. One that is repeated there, as heads are, is taken once; in another group, or
    at other levels, the same words are another row."""
    rows: list[Row] = []
    last: Row | None = None
    groups_of: dict[tuple[object, ...], set[str]] = {}
    for page in parts:
        before = None if page.group else last
        for row in _rows(page, before):
            groups = groups_of.setdefault((row.key, tuple(statement.levels for statement in row.statements)), set())
            # What is repeated above all groups of its page stands in none, though that of the page before goes on.
            is_above_groups = before is not None and row.group_cell is before.group_cell
            if row.group not in groups and not (groups and is_above_groups):
                rows.append(row)
            groups.add(row.group)
            last = row
    return rows


def _rows(page: Page, before: Row | None) -> Iterator[Row]:
    """The rows of a page; ``before`` is the last one of the page before it, whose group goes on."""
    head = page.head
    group, group_cell = (before.group, before.group_cell) if before else ("", None)
    if page.group:
        group, group_cell = bare_title(page.group.text), cell_of(page.group)
    corners = _corners(page)
    if page.start and head.row in corners:
        group, group_cell = corners[head.row].text, corners[head.row]
    for number in range(page.start + _has_names_below(page), page.grid.height):
        if _is_head_again(page, number):
            if number in corners:
                group, group_cell = without_continued(corners[number].text), corners[number]
            continue
        cells = [cell for cell in page.grid.over(number) if cell.text and head.reads(cell)]
        if whole := _over_whole(page, number):
            if not is_sentence(whole[0]):
                group, group_cell = without_continued(whole[0].text), whole[0]
            continue
        of_group = next((cell for cell in cells if head.roles.get(cell.column) is Role.GROUP), None)
        if of_group:
            group, group_cell = without_continued(of_group.text), of_group
        below = [cell for cell in cells if head.is_under_levels(cell)]
        statements = tuple(_read_statement(number, cell, head) for cell in below)
        titles = [cell for cell in cells if head.roles.get(cell.column) in _TITLES and not head.is_under_levels(cell)]
        between = [cell for cell in titles[:-1] if cell is not of_group and cell.row == number]
        beyond = [cell for cell in cells if cell.column >= head.columns[-1].end and head.shape is None]
        if statements:
            title = titles[-1] if titles else replace(statements[0].cell, text="")
            is_wide = statements[0].cell.column < head.first
            about = next((cell for cell in cells if head.roles.get(cell.column) is Role.TEXT), None)
            above = ("", None) if title is of_group else (group, group_cell)
            outside = (*between, *beyond)
            yield Row(title, above[0], statements, is_wide, outside, about=about, group_cell=above[1])


#: What the title of a row may stand under: where a column of headings is empty, it is what their group is.
_TITLES = (Role.GROUP, Role.HEADING, Role.SKILL)


def _read_statement(row: int, cell: Cell, head: Head) -> CellStatement:
    under = head.under(cell.column, cell.end)
    # A cell that is narrower than half of what stands under a level still stands under some level.
    under = under or tuple(
        level_columns
        for level_columns in head.columns
        if level_columns.start < cell.end and cell.column < level_columns.end
    )
    shown_columns = head.under(cell.column, cell.end - cell.missing_columns) if cell.missing_columns else under
    inferred = _levels_of_row(level_columns.levels for level_columns in under if level_columns not in shown_columns)
    doubt = "it is one cell with another row's" if cell.row != row else ""
    if cell.rest:
        doubt = f"its end stands apart, at {cell.rest}"
    rule = _LOST_CELL_RULE.format(_list_levels(inferred)) if inferred else ""
    return CellStatement(cell, run_of(level_columns.levels for level_columns in under), inferred, rule, doubt)


def _fill_empty_cells(statements: Sequence[CellStatement], levels: Sequence[LevelRange]) -> tuple[CellStatement, ...]:
    """What a row says, where cells of their own are empty: it is taken to go on to the right, by R1."""
    filled_statements: list[CellStatement] = []
    with_levels = [(statement, statement.levels) for statement in statements if statement.levels]
    for (statement, own_levels), after in zip_longest(with_levels, [following for _, following in with_levels[1:]]):
        beyond = (level for level in levels if level.lowest > own_levels.highest)
        empty = _levels_of_row(level for level in beyond if after is None or level.highest < after.lowest)
        whole = own_levels.scale.between(own_levels.lowest, empty[-1]) if empty else own_levels
        rule = _EMPTY.format(_list_levels(empty)) if empty else ""
        filled_statements.append(replace(statement, levels=whole, inferred=empty, rule=rule) if empty else statement)
    return tuple(filled_statements)


def _levels_of_row(ranges: Iterable[LevelRange]) -> tuple[Level, ...]:
    return tuple(level for levels in ranges for level in levels)


def _list_levels(levels: Iterable[Level]) -> str:
    return ", ".join(level_as_published(level) for level in levels)
