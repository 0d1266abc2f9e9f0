"""What a publication's tables say, whatever way they are laid out: rows, each a title and statements over levels; and
what each row is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from jdgen.framework.model import RowKind, Specialism
from jdgen.framework.transcription import LIST_MARKS
from jdgen.importing.column_meaning import plain
from jdgen.importing.grid import Cell, CellPlace, Doubt, Prose
from jdgen.levels import Level, LevelRange


@dataclass(frozen=True)
class CellStatement:
    """What one cell says, and for which levels: for each, where there are none. ``inferred`` are levels for which the
    file does not show it, by ``rule``; ``doubt`` says what a person must look at, if anything."""

    cell: Cell
    levels: LevelRange | None
    inferred: tuple[Level, ...] = ()
    rule: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class Row:
    """One row: the cell of its title, the ``group`` of rows that it belongs to, with the cell ``group_cell`` that names
    it if a table does, and what the row says; its ``kind``, where the file or a layout tells it, and the cell ``about``
    that says what its title means.

    ``wide`` tells that what it says begins beside the levels already, above the other rows' titles; ``outside`` are
    cells that stand under no level, and ``gaps`` those that say in so many words that the row says nothing there.
    """

    title: Cell
    group: str
    statements: tuple[CellStatement, ...]
    wide: bool = False
    outside: tuple[Cell, ...] = ()
    gaps: tuple[CellStatement, ...] = ()
    kind: RowKind | None = None
    about: Cell | None = None
    group_cell: Cell | None = None

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """What is equal where a row is repeated on each page."""
        return self.title.text, tuple(one.cell.text for one in self.statements)


class Subject(StrEnum):
    """What the rows of a table are about."""

    ROLES = "what a role does"
    SKILLS = "what a skill means at each of its levels"
    REQUIREMENTS = "which skills a role needs"


@dataclass(frozen=True)
class Table:
    """All that a publication's tables say of one subject in one specialism: its title, which stands ``above`` the first
    of them where it does not stand in them; its levels, those of its ``columns``, and the place of the first; its rows;
    the cell that describes the specialism, where a table has one; and what must be looked at."""

    title: str
    levels: LevelRange
    rows: tuple[Row, ...]
    columns: tuple[LevelRange, ...]
    place: CellPlace
    above: Prose | None = None
    doubts: tuple[Doubt, ...] = ()
    subject: Subject = Subject.ROLES
    description: Cell | None = None


def run_of(ranges: Iterable[LevelRange]) -> LevelRange:
    """The levels from the lowest to the highest of ``ranges``."""
    each = list(ranges)
    return each[0].scale.between(min(one.lowest for one in each), max(one.highest for one in each))


def as_list(cells: Sequence[Cell]) -> Cell:
    """The first of ``cells``, with the texts of all as the entries of a list; the cell itself where it is alone."""
    first, *others = cells
    if not others:
        return first
    lines = [line for cell in cells for line in cell.lines or (cell.text,)]
    marked = tuple(line if line.startswith(tuple(LIST_MARKS)) else f"{LIST_MARKS[0]} {line}" for line in lines)
    return replace(first, text=" ".join(marked), lines=marked)


# What each row is: a responsibility, an entry route, the qualifications.

#: Kinds of which a table has one row at most, and what an import looks for to find each.
SINGLE: Mapping[RowKind, str] = {
    RowKind.COMPLEXITY: "'Complexity', or such a title",
    RowKind.COMPLEXITY_NARRATIVE: "one text that reaches over all bands and the titles of the other rows",
    RowKind.QUALIFICATION: "'Qualifications', or such a title",
}
_NOT = re.compile(r"^non[-\s]+", re.IGNORECASE)


def name_of(kind: RowKind) -> str:
    """What people call a kind of row."""
    return "qualifications" if kind is RowKind.QUALIFICATION else kind.replace("-", " ")


def kinds_of(
    rows: Sequence[Row], earlier: Specialism | None, given: Mapping[str, RowKind]
) -> Iterator[tuple[RowKind, Row]]:
    """Each row with its kind: the one that its file says, or ``given`` for its title or group; else the one that it had
    in the earlier version, else the one that it looks like."""
    by_title = {plain(title): kind for title, kind in given.items()}
    earlier_kinds = {plain(row.title): kind for kind, row in earlier.kinds} if earlier else {}
    titles = {plain(row.title.text) for row in rows}
    opposites = {plain(_NOT.sub("", row.title.text)) for row in rows if _NOT.match(row.title.text)}
    taken: set[RowKind] = set()
    for row in rows:
        title = plain(row.title.text)
        group = plain(row.group)
        # What is the title of a row is said of that row, and not of those that stand in a group of its name.
        stated = row.kind or by_title.get(title) or (None if group in titles else by_title.get(group))
        kind = stated or earlier_kinds.get(title) or _looks_like(row, opposites)
        if kind in taken and not stated:
            kind = RowKind.DUTY
        if kind in SINGLE:
            taken.add(kind)
        yield kind, row


def _looks_like(row: Row, opposites: set[str]) -> RowKind:
    title = plain(row.title.text)
    if _names_kind(title, RowKind.QUALIFICATION):
        return RowKind.QUALIFICATION
    if row.wide and len(row.statements) == 1:
        return RowKind.COMPLEXITY_NARRATIVE
    if _names_kind(title, RowKind.COMPLEXITY):
        return RowKind.COMPLEXITY
    # An entry route may stand apart from its opposite: 'Project Professional' and 'Non-Project Professional'.
    if "entry route" in title or "entry route" in plain(row.group) or title in opposites:
        return RowKind.ENTRY_ROUTE
    return RowKind.DUTY


def _names_kind(title: str, kind: RowKind) -> bool:
    """Whether a title names a kind, and nothing else: "Managing complexity" is the heading of a responsibility."""
    words = re.findall(r"[a-z]+", title.casefold())
    own = [word for word in words if word.startswith(_WORD[kind])]
    return bool(own) and all(_BESIDE.fullmatch(word) or word in own for word in words)


def mentioned_kind(title: str) -> RowKind | None:
    """The kind whose word stands in a title, whatever else does."""
    return next((kind for kind, word in _WORD.items() if word in title.casefold()), None)


_WORD = {RowKind.COMPLEXITY: "complexit", RowKind.QUALIFICATION: "qualification"}
#: Words that make no other title of the name of a kind.
_BESIDE = re.compile(
    "a|and|at|by|change|desirable|education(?:al)?|entry|essential|experience|expected|for|formal|in|levels?|minimum|of|or"
    "|memberships?|overall|portfolio|professional|programmes?|projects?|rating|registrations?|relevant|required"
    "|requirements?|roles?|the|training|typical|work"
)
