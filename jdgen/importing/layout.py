"""How a publication is laid out: what the first import recognised, in a file that people can mend, for the next
release.

The sister of :mod:`jdgen.sheets.column_map`, which is about the columns of an organisation's own workbook.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jdgen.errors import JdgenError, Problem, did_you_mean, nearest, refuse
from jdgen.framework.declared_levels import make_scale, scale_faults
from jdgen.framework.model import RowKind
from jdgen.importing.column_meaning import (
    CHOICES,
    TEXT_ROLES,
    ColumnMeaning,
    Expected,
    Head,
    Role,
    Shape,
    Title,
    UnknownMeaningError,
    meaning_of,
    near_meaning,
    plain,
)
from jdgen.importing.grid import FileChoices, Grid, Marks, Prose
from jdgen.importing.heads import cells_of_row, head_of, heads_in, levels_named
from jdgen.importing.pages import Page, numbered_pages
from jdgen.levels import AFC, NO_LEVELS, Scale
from jdgen.sheets.column_map import labels_of
from jdgen.text_files.schemas import schema_problems
from jdgen.text_files.toml_reading import read_toml, toml_text
from jdgen.text_files.values import Keys, YamlFile

#: How a file says that a framework has bands, or no levels at all.
_BANDS, NONE = "bands", "none"


@dataclass(frozen=True)
class Layout:
    """What a layout file tells: the scales of levels, the choices about what the file holds, the ``shapes`` of its
    tables, the ``kinds`` of rows by their titles or groups, and how the paragraph begins that describes each
    specialism (``descriptions``). Nothing of it where there is no file."""

    roles: Scale | None = None
    skills: Scale | None = None
    choices: FileChoices | None = None
    shapes: tuple[Shape, ...] = ()
    kinds: Mapping[str, RowKind] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)
    file: YamlFile | None = None

    def where(self, *keys: str) -> str:
        """The place of a value in the file."""
        return self.file.where(keys) if self.file else ""


def read_layout(path: Path, name: str) -> Layout:
    """The layout file at ``path``, which messages call ``name``. Raises :class:`JdgenError` for all that it cannot
    mean."""
    return layout_of(read_toml(path, name))


def layout_of(file: YamlFile) -> Layout:
    """As :func:`read_layout`, of a file already read."""
    refuse(schema_problems(file, "layout"))
    value = file.value
    roles = _scale(file, "levels", "level_word", "level", value.get("levels_add_up", False))
    skills = _scale(file, "skill_levels", "skill_level_word", "skill level")
    placed_problems = [*_scale_problems(file, roles, skills)]
    expected = Expected(roles or AFC, skills)
    shapes = []
    for name, entry in value["tables"].items():
        columns: dict[str, ColumnMeaning] = {}
        for label, text in entry["columns"].items():
            keys: Keys = ("tables", name, "columns", label)
            try:
                columns[label] = meaning_of(text, expected)
            except UnknownMeaningError as error:
                placed_problems.append((keys, Problem(file.where(keys), str(error), error.right)))
            except ValueError as error:
                right = near_meaning(text, expected)
                placed_problems.append((keys, Problem(file.where(keys), f"'{text}': {error}", right)))
            else:
                if columns[label].role is Role.DECIDE:
                    placed_problems.append(
                        (keys, Problem(file.where(keys), f"'{label}' is still to be decided", CHOICES))
                    )
        title = Title(entry.get("title", ""))
        tables = tuple(entry.get("read", ()))
        shapes.append(Shape(columns, name, tables, title, entry.get("specialism", "")))
    if placed_problems:
        raise JdgenError(file.in_order(placed_problems))
    choices = FileChoices(
        hidden=value.get("hidden", False),
        struck=value.get("struck", False),
        empty_goes_on=value.get("empty", "goes-on") == "goes-on",
        marks=Marks(value.get("marks", Marks.NOTHING)),
        codes=value.get("codes", False),
    )
    kinds = {title: RowKind(kind) for title, kind in value.get("kinds", {}).items()}
    return Layout(roles, skills, choices, tuple(shapes), kinds, value.get("descriptions", {}), file)


def _scale(file: YamlFile, key: str, word: str, usual: str, adds_up: bool = False) -> Scale | None:
    levels = file.value.get(key)
    if levels in (None, _BANDS):
        return None if levels is None else AFC
    return NO_LEVELS if levels == NONE else make_scale(file.value.get(word, usual), levels, adds_up=adds_up)


def _scale_problems(file: YamlFile, *scales: Scale | None) -> Iterator[tuple[Keys, Problem]]:
    for key, scale in zip(("levels", "skill_levels"), scales, strict=True):
        own_scale = scale if scale and scale != AFC and not scale.is_empty else None
        for fault in scale_faults(own_scale, is_of_roles=key == "levels") if own_scale else ():
            yield (key,), Problem(file.where((key,)), fault.what, fault.right)


# Whether a layout fits a file.


def unfit_shapes(layout: Layout, blocks: Iterable[Grid | Prose], name: str) -> Iterator[Problem]:
    """Where ``layout`` does not fit the tables of the file called ``name``: its lines about columns that no table has,
    and columns of tables about which it has no line."""
    grids = [block for block in blocks if isinstance(block, Grid)]
    heads = [head for grid in grids if (head := head_of(grid, Expected(shapes=layout.shapes)))]
    for shape in layout.shapes:
        if all(head.shape is not shape for head in heads):
            yield from _lacking_columns(layout, shape, grids, name)
    for head, of_head in ((head, head.shape) for head in heads):
        if of_head is None:  # without a layout file
            return
        known_labels = set(of_head.by_label)
        texts = [head.cells[column].text if column in head.cells else "" for column in range(max(head.cells) + 1)]
        for column, label in enumerate(labels_of(texts)):
            if label and plain(label) not in known_labels:
                where = head.cells[column].place.within(name)
                right = (
                    f'add below [tables.{of_head.name}.columns]: {toml_text(label)} = "{Role.IGNORE}", or what it is'
                )
                yield Problem(where, f"{layout.file and layout.file.name} says nothing of the column '{label}'", right)


def _lacking_columns(layout: Layout, shape: Shape, grids: Sequence[Grid], name: str) -> Iterator[Problem]:
    """The columns of ``shape`` that the table lacks which has most of them."""
    rows = [
        (grid, row, labels_of(heads_in(grid, row), range(grid.width))) for grid in grids for row in range(grid.height)
    ]
    best = min(rows, key=lambda candidate: len(shape.lacking(candidate[2])), default=None)
    lacking = shape.lacking(best[2]) if best else []
    if best is None or len(lacking) == sum(meaning.role is not Role.IGNORE for meaning in shape.columns.values()):
        what = f"{name} has no table with these columns"
        yield Problem(
            layout.where("tables", shape.name), what, "delete this table here, or write its columns as they are"
        )
        return
    grid, row, labels = best
    place = next(cell.place for cell in grid.over(row))
    for label in lacking:
        near = nearest(label, [other for other in labels if other not in shape.columns])
        right = f"did you mean '{near}'?" if near else "write the head as the file has it, or delete this line"
        where = layout.where("tables", shape.name, "columns", label)
        yield Problem(where, f"{name} has no column '{label}' at {place}", right)


def unfit_titles(layout: Layout, titles: Iterable[str], beginnings: Iterable[str], name: str) -> Iterator[Problem]:
    """Titles of rows and groups, and beginnings of paragraphs, that the file called ``name`` does not have."""
    there = {plain(title) for title in titles}
    for title in layout.kinds:
        if plain(title) not in there:
            right = did_you_mean(title, list(filter(None, titles))) if there else "delete this line"
            yield Problem(layout.where("kinds", title), f"{name} has no row or group '{title}'", right)
    texts = [plain(text) for text in beginnings]
    for title, beginning in layout.descriptions.items():
        if plain(beginning) != NONE and not any(text.startswith(plain(beginning)) for text in texts):
            what = f"no paragraph of {name} begins with '{beginning}'"
            right = f"write how the paragraph begins that describes '{title}', or '{NONE}'"
            yield Problem(layout.where("descriptions", title), what, right)


# Writing the file.

_HEAD = """\
# How {published} is read:  jdgen framework import {published} --layout {name}
#
# The first import wrote here what it recognised. Change what it took for something else, and run the command again; for
# the next release of the same publication give this file with --layout. What an option says goes before this file.
#
# levels        names of the levels, lowest first, or "bands" (Agenda for Change), or "none" where there are no levels
# empty         an empty cell under a level: "goes-on" with the cell on its left, or says "nothing"
# marks         a cell with - or N/A: says "nothing", "goes-on" as an empty one does, or is a "text" like any other
# hidden        true: what the file hides is read too;  struck: the same for what is struck through
# codes         true: codes before titles and texts, such as A1.2, are part of them
# [kinds]       what a row is, by its title or by that of its group: "duty", "skill", "knowledge", "experience",
#               "qualification", "value", "entry-route", "complexity" or "complexity-narrative"
# [descriptions]  for a specialism, how the paragraph begins that describes it, or "none"
#
# [tables.1]    a table, or all tables with these columns; the name behind the dot is yours
#   read        numbers or titles of those tables that are meant, where it is not all of them:  read = [1, "Podiatry"]
#   title       where its title stands: "row above the levels", "heading above the table" or "name of the sheet"
#   specialism  what it is about, where the file does not say it; headings above the tables are groups of rows then
# [tables.1.columns]  on the left the head of a column ("column B" where it has none), on the right what stands there:
#   "heading", "group", "specialism", "kind", "text", "skill", "ignore", or "description" (of the specialism);
#   "level" or "skill level" where the cells name levels, "level 7" where the cells say something of that level
"""


@dataclass(frozen=True)
class Recognised:
    """What an import recognised, or was told: the scales, the choices, each table's pages, and the kinds of rows that
    are more than duties. Where it ``is_guess``, somebody has to look at each column before it counts."""

    roles: Scale
    skills: Scale | None
    choices: FileChoices
    pages: Sequence[Page]
    kinds: Mapping[str, RowKind]
    is_guess: bool = False


def recognised(
    blocks: Iterable[Grid | Prose], expected: Expected, choices: FileChoices, kinds: Mapping[str, RowKind]
) -> Recognised:
    """What is written into a layout file of a publication of ``blocks``."""
    pages = [page for _, page in numbered_pages(blocks, expected, choices.specialism) if page.start]
    return Recognised(expected.roles, expected.skills, choices, pages, kinds)


def to_be_decided(blocks: Iterable[Grid | Prose], expected: Expected, choices: FileChoices) -> Recognised:
    """What is written into a layout file of a publication in which no table was recognised: every table with two
    columns or more, with a guess of what stands in each by its head and cells, or that this is to be decided."""
    pages: list[Page] = []
    for grid in (block for block in blocks if isinstance(block, Grid) and block.width > 1):
        row = max(range(min(grid.height, _HEADS)), key=lambda row: (sum(map(bool, heads_in(grid, row))), -row))
        cells = {cell.column: cell for cell in cells_of_row(grid, row)}
        roles = {column: _guess(grid, row, column, expected) for column in range(grid.width)}
        pages.append(Page(grid, "", Head(row, (), roles, cells=cells), row + 1))
    return Recognised(expected.roles, expected.skills, choices, pages, {}, is_guess=True)


def _guess(grid: Grid, row: int, column: int, expected: Expected) -> Role:
    texts = [cell.text for cell in grid.cells if cell.column == column and cell.row > row and cell.text]
    for role, scale in ((Role.SKILL_LEVEL, expected.skills), (Role.LEVEL, expected.roles)):
        if scale and texts and all(levels_named(text, scale) for text in texts):
            return role
    head = heads_in(grid, row)[column]
    return next((role for role, words in _HEAD_WORDS if words.search(head)), Role.DECIDE)


#: Words of heads that say what stands below them, the plainest first.
_HEAD_WORDS = tuple(
    (role, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for role, words in (
        (Role.IGNORE, "code|ref|reference|id|no|number|notes?|comments?|owner|url|link"),
        (Role.TEXT, TEXT_ROLES),
        (Role.SKILL_LEVEL, "skill level|proficiency|required level"),
        (Role.LEVEL, "level|grade|band|stage"),
        (Role.SKILL, "skills?"),
        (Role.GROUP, "group|domain|pillar|theme|category|area|section"),
        (Role.HEADING, "heading|capability|competenc(?:e|y)|topic|activity"),
        (Role.SPECIALISM, "specialism|role|job|profession|title"),
    )
)


#: The row of heads is among so many first ones: the one with most of them.
_HEADS = 10


def layout_text(recognition: Recognised, published: str, name: str) -> str:
    """A new layout file called ``name``, of the file called ``published``."""
    lines = [_HEAD.format(published=published, name=name)]
    lines += _scale_lines(recognition.roles, "levels", "level_word")
    lines += _scale_lines(recognition.skills, "skill_levels", "skill_level_word") if recognition.skills else []
    choices = recognition.choices
    lines += [
        f"empty = {toml_text('goes-on' if choices.empty_goes_on else 'nothing')}",
        f"marks = {toml_text(choices.marks)}",
        f"hidden = {str(choices.hidden).lower()}",
        f"struck = {str(choices.struck).lower()}",
        f"codes = {str(choices.codes).lower()}",
        "",
    ]
    if recognition.kinds:
        lines += [
            "[kinds]",
            *(f"{toml_text(title)} = {toml_text(kind)}" for title, kind in recognition.kinds.items()),
            "",
        ]
    for number, shape in enumerate(_shapes(recognition), 1):
        lines += [f"[tables.{number}]", *_shape_lines(shape), "", f"[tables.{number}.columns]"]
        lines += [_column_line(label, meaning, recognition.is_guess) for label, meaning in shape.columns.items()]
        lines.append("")
    return "\n".join(lines)


def _column_line(label: str, meaning: ColumnMeaning, is_guess: bool) -> str:
    remark = "  # a guess: look at it" if is_guess and meaning.role is not Role.DECIDE else ""
    return f"{toml_text(label)} = {toml_text(str(meaning))}{remark}"


def _scale_lines(scale: Scale, key: str, word: str) -> list[str]:
    if scale == AFC or scale.is_empty:
        return [f"{key} = {toml_text(_BANDS if scale == AFC else NONE)}"]
    lines = [f"{key} = [{', '.join(map(toml_text, scale.names))}]", f"{word} = {toml_text(scale.word)}"]
    return [*lines, "levels_add_up = true"] if scale.adds_up else lines


def _shape_lines(shape: Shape) -> Iterator[str]:
    if shape.tables:
        tables = (toml_text(table) if isinstance(table, str) else str(table) for table in shape.tables)
        yield f"read = [{', '.join(tables)}]"
    if shape.title:
        yield f"title = {toml_text(shape.title)}"
    if shape.specialism:
        yield f"specialism = {toml_text(shape.specialism)}"


def _shapes(recognition: Recognised) -> list[Shape]:
    """The shapes of tables, each once, with where their titles stand."""
    titles: dict[tuple[tuple[str, ColumnMeaning], ...], set[Title]] = {}
    for page in recognition.pages:
        titles.setdefault(tuple(_columns(page, recognition.skills).items()), set()).add(_title_of(page))
    choices = recognition.choices
    return [
        Shape(
            dict(columns),
            tables=choices.tables,
            title=next(iter(where)) if len(where) == 1 else Title.ANYWHERE,
            specialism=choices.specialism,
        )
        for columns, where in titles.items()
    ]


def _columns(page: Page, skills: Scale | None) -> dict[str, ColumnMeaning]:
    head = page.head
    filled_columns = {cell.column for cell in page.grid.cells if cell.text and cell.row > head.row}
    texts = [head.cells[column].text if column in head.cells else "" for column in range(page.grid.width)]
    levels = {level_columns.start: level_columns.levels for level_columns in head.columns}
    columns: dict[str, ColumnMeaning] = {}
    for column, label in enumerate(labels_of(texts, filled_columns)):
        if column in levels:
            role = Role.SKILL_LEVEL if levels[column].scale == skills else Role.LEVEL
            columns[label] = ColumnMeaning(role, levels[column])
        elif label:
            columns[label] = ColumnMeaning(head.roles.get(column, Role.IGNORE))
    return columns


def _title_of(page: Page) -> Title:
    if page.group:
        return Title.ANYWHERE
    if page.above is None:
        return Title.ROW if page.title else Title.ANYWHERE
    return Title.ABOVE if page.above.place.row else Title.SHEET
