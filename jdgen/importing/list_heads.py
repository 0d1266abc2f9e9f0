"""The heads of lists: tables whose rows say themselves of which level they speak, so that no column is under one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jdgen.importing.column_meaning import (
    LONG_FORM,
    Expected,
    Head,
    Role,
    is_of_specialism,
    is_of_texts,
    names_part,
    plain,
)
from jdgen.importing.grid import Grid
from jdgen.importing.heads import (
    cells_of_row,
    counts_no_bands,
    heads_in,
    holds_codes,
    levels_named,
    names_every_level,
)
from jdgen.levels import LevelRange, Scale

#: How the columns of an outline are called: one for each depth of headings, and one for what stands below them.
DEPTH, BELOW = "heading {}", "below"
#: How the column is called of levels that stand above tables.
LEVEL_ABOVE = "level above the table"
#: What is said of lists that are no long form.
_BY_TABLE = "each of its tables is read as what stands under headings at the level above it"
DOWN_THE_SIDE = "its levels stand down the side: each column beside them is read as a heading"
IN_A_COLUMN = "its levels stand in a column of their own: each row is read as what a heading says at one level"
_PARTS_BESIDE = "its levels stand in a column of their own: each column of texts beside them is read as a heading"
_WITHOUT_LEVELS = "it is read as a list without levels: its column with the longest texts is what is said"
_FEWEST = 3
#: Words of the head of a column of levels: "Applies to AfC bands".
_MOST_WORDS_OF_HEAD = 4
#: A heading, and the group that it belongs to.
_MOST_LABELS = 2
_BY_NAME: Mapping[str, Role] = {str(role): role for role in LONG_FORM}


def list_head_of(grid: Grid, expected: Expected) -> Head | None:
    """The head of a list that no layout file tells of: of the long form, whose heads are names of its columns; else of
    a table with a column of levels, or, where there are none, with a column of long texts. Nothing for any other
    table."""
    if expected.shapes:
        return None
    scale = expected.roles
    head = _long_form(grid, scale) or _outline(grid, scale) or _by_table(grid) or _by_paths(grid, scale)
    if head is None and not expected.roles.is_empty:
        head = next((_beside_levels(grid, levels) for levels in _columns_of_levels(grid, expected.roles)), None)
    return head or (_without_levels(grid) if expected.roles.is_empty else None)


def _head(grid: Grid, row: int, roles: Mapping[int, Role], note: str = "", *, is_long_form: bool = False) -> Head:
    cells = {cell.column: cell for cell in cells_of_row(grid, row)}
    return Head(row, (), roles, cells=cells, note=note, is_long_form=is_long_form)


def _names_of_levels(scale: Scale) -> set[str]:
    """What a column of levels is called."""
    return {plain(f"{before}{word}") for before in ("", "afc ", "pay ") for word in (scale.word, scale.words) if word}


def _long_form(grid: Grid, scale: Scale) -> Head | None:
    by_name = {**dict.fromkeys(_names_of_levels(scale), Role.LEVEL), **_BY_NAME}
    for row in range(grid.height):
        roles = {cell.column: by_name.get(plain(cell.text), Role.IGNORE) for cell in cells_of_row(grid, row)}
        names = [role for role in roles.values() if role is not Role.IGNORE]
        if len(names) > 1 and len(names) == len(set(names)) and {Role.TEXT, Role.SKILL_LEVEL} & set(names):
            return _head(grid, row, roles, is_long_form=True)
    return None


#: What headings are, from the outermost to the one above a list, by how many depths there are besides levels.
_OUTLINED = ((), (Role.HEADING,), (Role.SPECIALISM, Role.HEADING), (Role.SPECIALISM, Role.GROUP, Role.HEADING))


def is_outline(grid: Grid) -> bool:
    """Whether a grid is what :mod:`.published_files` makes of headings and the lists below them."""
    return heads_in(grid, 0)[-1:] == [BELOW]


def _outline(grid: Grid, scale: Scale) -> Head | None:
    """The head of what :mod:`.published_files` makes of headings and the lists below them."""
    *depths, last = heads_in(grid, 0) or [""]
    if last != BELOW:
        return None
    filled_columns = [
        column for column in range(len(depths)) if any(cell.column == column and cell.row for cell in grid.cells)
    ]
    levels = [column for column in filled_columns if _names_levels(grid, column, scale)]
    others = [column for column in filled_columns if column not in levels[:1]]
    if not (levels or scale.is_empty) or not 0 < len(others) < len(_OUTLINED):
        return None
    roles = dict(zip(others, _OUTLINED[len(others)], strict=True)) | dict.fromkeys(levels[:1], Role.LEVEL)
    roles_in_words = ", ".join(f"{depths[column]} is the {role}" for column, role in sorted(roles.items()))
    note = f"its headings are read as a table: {roles_in_words}"
    return _head(grid, 0, {**roles, len(depths): Role.TEXT}, note, is_long_form=True)


#: Names, among paths, of what describes the object that they stand in, of groups, of skills, and of the publication.
_ABOUT = re.compile(r"(?:description|summary|about|purpose|overview)", re.IGNORECASE)
_GROUPS = re.compile(r"domain|pillar|theme|categor|area|section|group|cluster", re.IGNORECASE)
_SKILLS = re.compile(r"skills?", re.IGNORECASE)
_WHOLE = ("specialism", "profession", "role", "title", "name", "framework")
#: A text of an object that is no name has so many words, or a stop.
_FEWEST_WORDS = 3


def _by_paths(grid: Grid, scale: Scale) -> Head | None:
    """The head of objects within objects, as JSON has them, whose columns are called by their paths: the innermost ones
    say something, under titles there and further out. Nothing where skills are among them, where they say nothing, or
    where more titles stand there than a framework has."""
    heads = {cell.column: cell for cell in cells_of_row(grid, 0)}
    has_paths = all(cell.text == cell.place.row for cell in heads.values())
    if not has_paths or not any("." in cell.text for cell in heads.values()):
        return None
    around = {column: cell.text.rpartition(".")[0] for column, cell in heads.items()}
    names = {column: cell.text.rpartition(".")[2] for column, cell in heads.items()}
    below = {column: _texts_below(grid, 0, column) for column in heads}
    levels = [column for column in heads if _names_levels(grid, column, scale)][:1]
    # What stands beside all lists is about the publication.
    unread = {column for column in heads if not around[column] or holds_codes(names[column], below[column])}
    others = [column for column in heads if column not in (*unread, *levels)]
    deepest = max((around[column].count(".") for column in others), default=0)
    inner = [column for column in others if around[column].count(".") == deepest]
    text_columns = {column for column in inner if is_of_texts(names[column])}
    text_column = max(inner, key=lambda column: (text_columns == {column}, sum(map(len, below[column]))), default=-1)
    says_something = [text.endswith(".") or len(text.split()) >= _FEWEST_WORDS for text in below.get(text_column, ())]
    has_skills = any(map(_SKILLS.fullmatch, names.values()))
    if has_skills or not (levels or scale.is_empty) or 2 * sum(says_something) <= len(says_something):
        return None
    titles = [column for column in others if column != text_column and not _ABOUT.fullmatch(names[column])]
    outer = [
        column for column in titles if around[column] != around[text_column] and not _GROUPS.search(heads[column].text)
    ]
    roles = {column: Role.SPECIALISM if column in outer else Role.GROUP for column in titles[:-1]}
    if not titles or len(set(roles.values())) < len(roles):
        return None
    if Role.SPECIALISM not in roles.values():
        whole = {names[column]: column for column in heads if not around[column]}
        roles |= dict.fromkeys([whole[name] for name in _WHOLE if name in whole][:1], Role.SPECIALISM)
    abouts = [column for column in others if column != text_column and column not in titles]
    roles |= dict.fromkeys(abouts[:1], Role.DESCRIPTION) | dict.fromkeys(levels, Role.LEVEL)
    roles |= {titles[-1]: Role.HEADING, text_column: Role.TEXT}
    roles_in_words = ", ".join(f"{heads[column].text} is the {role}" for column, role in sorted(roles.items()))
    note = f"it is read by its paths: {roles_in_words}"
    return _head(grid, 0, dict.fromkeys(heads, Role.IGNORE) | roles, note, is_long_form=True)


def _by_table(grid: Grid) -> Head | None:
    """The head of what :mod:`.published_files` makes of tables that stand below the names of levels."""
    if heads_in(grid, 0)[:1] != [LEVEL_ABOVE]:
        return None
    columns = sorted({cell.column for cell in grid.cells if cell.row} - {0})
    return _labelled_head(grid, 0, columns, {0: Role.LEVEL}, _BY_TABLE)


def _names_levels(grid: Grid, column: int, scale: Scale) -> bool:
    texts = {cell.text for cell in grid.cells if cell.column == column and cell.row}
    return len(texts) > 1 and all(levels_named(text, scale) for text in texts)


@dataclass(frozen=True)
class _Levels:
    """A column whose cells, below the row ``head``, name levels, or leave them blank."""

    number: int
    head: int
    levels: tuple[LevelRange, ...]

    @property
    def is_rising(self) -> bool:
        """Whether each of its levels is higher than the one above it."""
        return all(above.highest < below.lowest for above, below in pairwise(self.levels))


def _columns_of_levels(grid: Grid, scale: Scale) -> Iterator[_Levels]:
    fewest = min(_FEWEST, len(scale.names))
    for number in range(grid.width):
        # A text over the whole row stands in no column.
        own_cells = (cell for cell in grid.cells if cell.column == number and cell.text and cell.columns < grid.width)
        cells = sorted(own_cells, key=lambda cell: cell.row)
        levels = {cell.row: levels_named(cell.text, scale) for cell in cells}
        every = {cell.row for cell in cells if names_every_level(cell.text)}
        first = next((row for row, level_range in levels.items() if level_range or row in every), 0)
        below = [level_range for row, level_range in levels.items() if row >= first and level_range]
        is_whole = len(below) == sum(row >= first and row not in every for row in levels)
        # Below the head the first rows may leave their level blank, or be texts over the whole row.
        head_cell = next((cell for cell in reversed(cells) if cell.row < first), None)
        head = head_cell.text if head_cell else ""
        words = set(plain(head).split())
        is_headed = (
            bool(words & {plain(scale.word), plain(scale.words), f"{plain(scale.word)}ing"})
            and len(words) <= _MOST_WORDS_OF_HEAD
        )
        runs = {(level_range.lowest, level_range.highest) for level_range in below}
        if counts_no_bands(head, (cell.text for cell in cells if cell.row >= first and cell.row not in every), scale):
            continue
        if first > 0 and is_whole and len(runs) >= (2 if is_headed else fewest):
            yield _Levels(number, head_cell.row if head_cell and is_headed else first - 1, tuple(below))


def _beside_levels(grid: Grid, levels: _Levels) -> Head | None:
    """The head of a table with a column of levels: with a column for each heading, where the levels rise and nothing
    stands before them; else with a heading in each row, its group, and one column of texts."""
    row = levels.head
    others = sorted({cell.column for cell in grid.cells if cell.row > levels.head} - {levels.number})
    parts = [column for column in others if names_part(heads_in(grid, row)[column])]
    if len(parts) > 1 and len(others) == len(parts) + 1 and others[0] not in parts:
        label = Role.SPECIALISM if is_of_specialism(heads_in(grid, row)[others[0]]) else Role.GROUP
        roles = {levels.number: Role.LEVEL, others[0]: label} | dict.fromkeys(parts, Role.TEXT)
        return _head(grid, row, roles, _PARTS_BESIDE)
    if not (levels.is_rising and others and levels.number < others[0]):
        known_roles = {levels.number: Role.LEVEL}
        # Where nothing else is there, the heading above the table may be that of its rows.
        alone = _head(grid, row, {**known_roles, others[0]: Role.TEXT}, IN_A_COLUMN) if len(others) == 1 else None
        return alone or _labelled_head(grid, row, others, known_roles, IN_A_COLUMN)
    if _has_labels(grid, levels, others):
        return _labelled_head(grid, row, others, {levels.number: Role.LEVEL}, IN_A_COLUMN, label=others[0])
    return _head(grid, row, {levels.number: Role.LEVEL} | dict.fromkeys(others, Role.TEXT), DOWN_THE_SIDE)


def _has_labels(grid: Grid, levels: _Levels, others: Sequence[int]) -> bool:
    """Whether the column beside the levels has the titles of rows: several rows speak of a level, and its texts come
    again beside other levels."""
    rows = {cell.row for cell in grid.cells if cell.row > levels.head and cell.column in others}
    texts = [cell.text for cell in grid.cells if cell.row > levels.head and cell.column == min(others, default=-1)]
    return len(others) > 1 and len(rows) > len(levels.levels) and len(set(texts)) < len(texts)


def _without_levels(grid: Grid) -> Head | None:
    row = next((row for row in range(grid.height) if len(cells_of_row(grid, row)) > 1), None)
    if row is None or row + 1 == grid.height:
        return None
    columns = sorted({cell.column for cell in grid.cells if cell.row > row})
    return _labelled_head(grid, row, columns, {}, _WITHOUT_LEVELS)


def _labelled_head(
    grid: Grid, row: int, columns: list[int], known_roles: Mapping[int, Role], note: str, *, label: int = -1
) -> Head | None:
    """The head in ``row`` of a list with one column of texts, the one whose head says so, else the longest but for the
    ``label``; and a heading and its group before it."""
    lengths = dict.fromkeys(columns, 0)
    for cell in grid.cells:
        if cell.row > row and cell.column in lengths and cell.columns < grid.width:
            lengths[cell.column] += len(cell.text)
    text_columns = {cell.column for cell in cells_of_row(grid, row) if is_of_texts(cell.text)} & set(columns)
    text_column = max(
        columns, key=lambda column: (text_columns == {column}, column != label, lengths[column], column), default=-1
    )
    heads = heads_in(grid, row)
    codes = [
        column
        for column in columns
        if column != text_column and holds_codes(heads[column], _texts_below(grid, row, column))
    ]
    labels = [column for column in columns if column not in (text_column, *codes)]
    of_specialism = [column for column in labels if is_of_specialism(heads[column])]
    if len(of_specialism) == 1 < len(labels):
        labels.remove(of_specialism[0])
        known_roles = {**known_roles, of_specialism[0]: Role.SPECIALISM}
    if codes and not labels:
        # Where nothing else is left, the first of them has the titles.
        labels, note = [codes.pop(0)], f"{note}, and its headings are codes, since no column has others"
    if not labels or len(labels) > _MOST_LABELS:
        return None
    roles = dict(zip(labels, (Role.GROUP, Role.HEADING)[-len(labels) :], strict=True))
    return _head(grid, row, {**known_roles, **roles, **dict.fromkeys(codes, Role.IGNORE), text_column: Role.TEXT}, note)


def _texts_below(grid: Grid, row: int, column: int) -> list[str]:
    return [cell.text for cell in grid.cells if cell.column == column and cell.row > row and cell.text]
