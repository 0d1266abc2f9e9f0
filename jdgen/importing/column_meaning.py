"""What a column of a published table is: a label of its rows, or what is said at one level; and what the cells are that
stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from jdgen.errors import list_words, nearest
from jdgen.importing.grid import Cell
from jdgen.levels import AFC, LevelRange, Scale


class Role(StrEnum):
    """What stands in a column, by the word that the long form and layout files have for it."""

    SPECIALISM = "specialism"
    KIND = "kind"
    GROUP = "group"
    HEADING = "heading"
    LEVEL = "level"
    TEXT = "text"
    SKILL = "skill"
    SKILL_LEVEL = "skill level"
    DESCRIPTION = "description"
    IGNORE = "ignore"
    DECIDE = "decide"


#: The columns of the long form, in its order.
LONG_FORM = (
    Role.SPECIALISM,
    Role.KIND,
    Role.GROUP,
    Role.HEADING,
    Role.LEVEL,
    Role.TEXT,
    Role.SKILL,
    Role.SKILL_LEVEL,
)


#: Words of heads below which stands what is said.
TEXT_ROLES = (
    "text|statements?|descriptions?|descriptors?|definition|summary|points|indicators?|behaviours?|expectations?"
    "|responsibilit(?:y|ies)|dut(?:y|ies)"
)


_OF_TEXTS = re.compile(rf"(?:.*\.)?(?:\w+ ){{0,2}}(?:{TEXT_ROLES})", re.IGNORECASE)
_OF_SPECIALISM = re.compile(
    r"(?:.*\.)?(?:profession|special(?:ism|ty|ity)|discipline|occupation|role|job (?:role|title|family)|staff group)s?",
    re.IGNORECASE,
)


def is_of_texts(head: str) -> bool:
    """Whether a column with this ``head``, or path, has what is said, by its words."""
    return bool(_OF_TEXTS.fullmatch(head.strip()))


def is_of_specialism(head: str) -> bool:
    """Whether a column with this ``head``, or path, has the specialisms of its rows."""
    return bool(_OF_SPECIALISM.fullmatch(head.strip()))


_PART = r"(?:duties|responsibilities|accountabilities|knowledge|skills|experience|qualifications|values|behaviou?rs)"
_PARTS = re.compile(rf"(?:(?:main|key|core|typical|required) )?{_PART}(?:(?:, | and | & |, and ){_PART})*")


def names_part(title: str) -> bool:
    """Whether a title, or the head of a column, says only which part of a role follows: "Knowledge and skills"."""
    return bool(_PARTS.fullmatch(plain(title)))


def plain(title: str) -> str:
    """A title, or the head of a column, as it is compared: case and white space make no difference."""
    return " ".join(title.casefold().split())


@dataclass(frozen=True)
class ColumnMeaning:
    """What a column is: its role, and the levels of which its cells speak, if it is for some and does not name them."""

    role: Role
    levels: LevelRange | None = None

    def __str__(self) -> str:
        return f"{self.role} {self.levels}" if self.levels else str(self.role)


#: How a column is called that has no head.
_HEADLESS = re.compile(r"column [A-Z]+")


class Title(StrEnum):
    """Where the title of a table stands, by the word of layout files."""

    ANYWHERE = ""
    ROW = "row above the levels"
    ABOVE = "heading above the table"
    SHEET = "name of the sheet"


@dataclass(frozen=True)
class Shape:
    """How tables of one shape are read, by a layout file: what each of their ``columns`` is, by its head; the numbers
    or titles of those ``tables`` that are meant, if not all; the title of the specialism that they are about
    (``specialism``), or where it stands (``title``). ``name`` is that of the shape in its file."""

    columns: Mapping[str, ColumnMeaning]
    name: str = ""
    tables: tuple[int | str, ...] = ()
    title: Title = Title.ANYWHERE
    specialism: str = ""

    @cached_property
    def by_label(self) -> Mapping[str, ColumnMeaning]:
        """What each column is, by its head as heads are compared."""
        return {plain(label): meaning for label, meaning in self.columns.items()}

    def lacking(self, labels: Iterable[str]) -> list[str]:
        """The columns that a row with ``labels`` does not have, but for those that are not read, or have no head."""
        there = set(map(plain, labels))
        return [
            label
            for label, meaning in self.columns.items()
            if meaning.role is not Role.IGNORE and not _HEADLESS.fullmatch(label) and plain(label) not in there
        ]

    def of(self, label: str) -> ColumnMeaning:
        """What the column with this head is; one that the file does not know is not read."""
        return self.by_label.get(plain(label), ColumnMeaning(Role.IGNORE))


@dataclass(frozen=True)
class Expected:
    """What the heads of a publication's tables are expected to name: levels of ``roles``, and of ``skills`` where the
    framework has some; and the ``shapes`` of its tables, where a layout file tells them."""

    roles: Scale = AFC
    skills: Scale | None = None
    shapes: tuple[Shape, ...] = ()

    @property
    def scales(self) -> Sequence[Scale]:
        """Both scales, as far as they have levels, in the order in which heads are held against them."""
        return [scale for scale in (self.roles, self.skills) if scale and not scale.is_empty]


def meaning_of(text: str, expected: Expected) -> ColumnMeaning:
    """The meaning that a layout file writes as ``group``, ``level 8a to 8d`` or ``skill level Working``.

    Raises :class:`UnknownMeaningError` for what is nothing that a column can be, and ``ValueError`` as
    :meth:`Scale.range` does.
    """
    words = " ".join(text.split())
    if words.casefold() in _ROLES:
        return ColumnMeaning(_ROLES[words.casefold()])
    for role, scale in ((Role.SKILL_LEVEL, expected.skills), (Role.LEVEL, expected.roles)):
        name = words[len(role) + 1 :]
        if words.casefold().startswith(f"{role} ") and name and scale and not scale.is_empty:
            return ColumnMeaning(role, scale.range(name))
    raise UnknownMeaningError(text)


_ROLES = {str(role): role for role in Role}
#: What would be right for a column of which nothing is said yet, or nothing that it can be.
CHOICES = (
    f"write one of {list_words(role for role in Role if role not in (Role.LEVEL, Role.SKILL_LEVEL, Role.DECIDE))}, or"
    " 'level' or 'skill level', with its name where the column is for one alone"
)


def near_meaning(text: str, expected: Expected) -> str:
    """What would be right where ``text`` names a level that there is not."""
    words = " ".join(text.split())
    for role, scale in ((Role.SKILL_LEVEL, expected.skills), (Role.LEVEL, expected.roles)):
        name = words[len(role) + 1 :]
        if words.casefold().startswith(f"{role} ") and scale and (near := nearest(name, scale.names)):
            return f"did you mean '{role} {near}'? Or {CHOICES}"
    return CHOICES


class UnknownMeaningError(ValueError):
    """A text that is nothing that a column can be; ``right`` says what would."""

    def __init__(self, text: str) -> None:
        super().__init__(f"'{text}' is nothing that a column can be")
        near = nearest(text, [role for role in Role if role is not Role.DECIDE])
        self.right = f"did you mean '{near}'? Or {CHOICES}" if near else CHOICES


# What the columns of one table are.


@dataclass(frozen=True)
class Columns:
    """Neighbouring columns, from ``start`` to before ``end``, that hold what is said of ``levels``."""

    start: int
    end: int
    levels: LevelRange


@dataclass(frozen=True)
class Head:
    """The row of heads: its number (-1 where it stands in an earlier table), its ``columns`` under levels from left to
    right, and what the others are; ``cells`` are those of its row, by their columns. A list has no columns under
    levels; of the long form, a blank cell means what it says. ``shape`` is that of a layout file, if one tells; else
    ``note`` says what the table was taken for, where that is not plain."""

    row: int
    columns: tuple[Columns, ...]
    roles: Mapping[int, Role] = field(default_factory=dict)
    shape: Shape | None = None
    cells: Mapping[int, Cell] = field(default_factory=dict)
    note: str = ""
    is_long_form: bool = False

    @property
    def first(self) -> int:
        """The first column of levels. The columns before it are labels."""
        return self.columns[0].start if self.columns else 0

    @property
    def scale(self) -> Scale:
        """The scale of its levels."""
        return self.columns[0].levels.scale

    @property
    def is_list(self) -> bool:
        """Whether each row of the table says of what level it speaks, and no column is under one."""
        return not self.columns

    def reads(self, cell: Cell) -> bool:
        """Whether a cell stands in a column that is read."""
        return self.roles.get(cell.column) is not Role.IGNORE

    def under(self, start: int, end: int) -> tuple[Columns, ...]:
        """The columns that those from ``start`` to before ``end`` cover to at least a half."""
        return tuple(
            level_columns
            for level_columns in self.columns
            if 2 * (min(end, level_columns.end) - max(start, level_columns.start))
            >= level_columns.end - level_columns.start
        )

    def role_of(self, cell: Cell) -> Role:
        """What a cell is by where it stands: in a table with columns under levels, what stands in the first column and
        reaches beside them is the group of other rows, and what stands behind them is not read."""
        role = self.roles.get(cell.column)
        if role is Role.IGNORE or self.is_list or cell.end <= self.first:
            return role or Role.IGNORE
        if cell.column == 0:
            return Role.GROUP
        return Role.TEXT if cell.column < self.columns[-1].end else Role.IGNORE

    def is_under_levels(self, cell: Cell) -> bool:
        """Whether a cell says something of a level."""
        return cell.end > self.first and self.role_of(cell) is Role.TEXT
