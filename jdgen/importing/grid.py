"""A publication as every reader gives it: prose, and tables whose cells know their place and how far they reach;
and what a person must look at of what was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from jdgen.framework.model import SourcePlace
from jdgen.importing.lines import is_gap

_NOWHERE = SourcePlace(1)
#: A framework's table is read by people; what is beyond this is something else.
MAX_ROWS, MAX_COLUMNS = 5_000, 200


@dataclass(frozen=True)
class CellPlace:
    """Where a person finds a text in the file: ``page`` (or sheet, or table), ``row`` and ``cell``, and all in one
    ``text``, which ``names_file`` where the publication comes in several."""

    page: str
    row: str
    cell: str
    text: str
    names_file: bool = False

    def __str__(self) -> str:
        return self.text

    def within(self, publication: str) -> str:
        """The place with the name of its file, which is the ``publication``'s where that is one file."""
        return self.text if self.names_file else f"{publication}, {self.text}"


@dataclass(frozen=True)
class Cell:
    """One cell of a table with the rows and columns (from 0) that it reaches over, and its text in one line; ``lines``
    are its paragraphs, where it has several. Where a page divides the cell, the end of its text stands apart, at
    ``rest``.

    ``missing_columns`` counts the columns, of those that it reaches over, whose cells the file does not have.
    ``source`` is its place in the source text that is kept with the framework. Cells with another ``look`` look
    otherwise, such as bold or on a colour; it is the same for all where the file has no looks.
    """

    row: int
    column: int
    text: str
    place: CellPlace
    rows: int = 1
    columns: int = 1
    missing_columns: int = 0
    lines: tuple[str, ...] = ()
    rest: CellPlace | None = None
    source: SourcePlace = _NOWHERE
    look: str = field(default="", compare=False)

    @property
    def end(self) -> int:
        """The column after its last."""
        return self.column + self.columns


@dataclass(frozen=True)
class Grid:
    """One table, or the part of one that stands on a page. ``note`` says what was done to it, where it was laid out or
    drawn in another way; where it ``is_mirrored``, what stood on the left of a cell stands on its right."""

    cells: tuple[Cell, ...]
    note: str = ""
    is_mirrored: bool = False

    @cached_property
    def height(self) -> int:
        """The number of its rows."""
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    @cached_property
    def width(self) -> int:
        """The number of its columns."""
        return max((cell.end for cell in self.cells), default=0)

    def over(self, row: int) -> tuple[Cell, ...]:
        """The cells that reach over ``row``, from left to right."""
        return tuple(self._by_row.get(row, ()))

    def rows_between(self, start: int, end: int) -> Grid:
        """The cells that begin in the rows from ``start`` to before ``end``, as a table of its own."""
        cells = (replace(cell, row=cell.row - start) for cell in self.cells if start <= cell.row < end)
        return replace(self, cells=tuple(cells))

    def transposed(self, start: int, note: str) -> Grid:
        """The same with its rows from ``start`` on as columns. Each cell keeps its place in the file."""
        cells = (
            cell
            if cell.row < start
            else replace(
                cell,
                row=start + cell.column,
                column=cell.row - start,
                rows=cell.columns,
                columns=cell.rows,
                missing_columns=0,
            )
            for cell in self.cells
        )
        return replace(self, cells=tuple(cells), note=note)

    def mirrored(self, start: int, note: str) -> Grid:
        """The same with the columns from ``start`` on in the other order."""
        last = start + self.width
        cells = (
            replace(cell, column=last - cell.end, missing_columns=0)
            if cell.column >= start
            else replace(cell, missing_columns=0)
            for cell in self.cells
        )
        return replace(self, cells=tuple(cells), note=note, is_mirrored=True)

    @cached_property
    def _by_row(self) -> dict[int, list[Cell]]:
        by_row: dict[int, list[Cell]] = {}
        for cell in sorted(self.cells, key=lambda cell: cell.column):
            for row in range(cell.row, cell.row + cell.rows):
                by_row.setdefault(row, []).append(cell)
        return by_row


@dataclass(frozen=True)
class Prose:
    """A paragraph outside all tables; ``depth`` is 1 for a heading of the highest rank, where the file says that it is
    one, less than that for the title over all of them, and 0 for any other paragraph."""

    text: str
    place: CellPlace
    source: SourcePlace = _NOWHERE
    depth: float = 0

    @property
    def is_heading(self) -> bool:
        """Whether the file says that it is a heading."""
        return self.depth > 0

    @property
    def is_over_all(self) -> bool:
        """Whether the file says that it is the title of the whole."""
        return 0 < self.depth < 1


@dataclass(frozen=True)
class Doubt:
    """One thing to look at: what is doubtful, where, under which heading, the text and the levels it was read to have,
    and how sure that is. ``option`` decides it, where the user can, and ``answers`` are names that it may be given;
    what ``weighs`` is told at once."""

    what: str
    place: CellPlace
    heading: str = ""
    text: str = ""
    levels: str = ""
    confidence: str = ""
    option: str = ""
    answers: tuple[str, ...] = ()
    weighs: bool = False


class Marks(StrEnum):
    """What a cell means that holds nothing but ``-``, ``N/A`` or the like, by the word of options and layout files."""

    NOTHING = "nothing"
    GOES_ON = "goes-on"
    TEXT = "text"


@dataclass(frozen=True)
class FileChoices:
    """What the user decides about a file: whether what it hides is read, whether what it strikes through is, whether
    ``codes`` before texts are part of these, and whether an empty cell goes on with the cell on its left or says
    nothing; what ``marks`` such as a dash mean; which ``tables`` are read, by their numbers, if not all; and the title
    of the ``specialism`` that all are about, where the file does not say it."""

    hidden: bool = False
    struck: bool = False
    empty_goes_on: bool = True
    marks: Marks = Marks.NOTHING
    tables: tuple[int, ...] = ()
    specialism: str = ""
    codes: bool = False

    def is_gap(self, text: str) -> bool:
        """Whether a cell with this text says that there is nothing to say."""
        return self.marks is Marks.NOTHING and is_gap(text)


@dataclass(frozen=True)
class LaidOut:
    """What was read of a file that states itself how far its cells reach, and is no plain text: its prose and tables,
    which get their places in a source text when that is written down (:mod:`.published_files`). ``is_from_pdf`` and
    ``doubts`` are those of the :class:`Publication` that it becomes."""

    blocks: tuple[Grid | Prose, ...]
    doubts: tuple[Doubt, ...] = ()
    is_from_pdf: bool = False


@dataclass(frozen=True)
class Publication:
    """A published file, read: its prose and tables in their order, and the source text that they are places of.

    ``laid_out`` says that the file itself states how far a cell reaches; in plain text an empty cell has to tell.
    ``is_from_pdf`` says that the file only draws its tables, so that nothing in it is sure. ``doubts`` are about what
    the file has and does not plainly say, such as hidden text.
    """

    name: str
    blocks: tuple[Grid | Prose, ...]
    source: bytes
    columns: str
    laid_out: bool = True
    is_from_pdf: bool = False
    doubts: tuple[Doubt, ...] = ()

    @property
    def grids(self) -> Iterator[Grid]:
        """Its tables, in their order."""
        return (block for block in self.blocks if isinstance(block, Grid))

    @property
    def prose(self) -> Iterator[Prose]:
        """Its paragraphs outside tables, in their order."""
        return (block for block in self.blocks if isinstance(block, Prose))


#: What is said of a picture that is large enough to be one of a table, and of text that stands in a box.
PICTURE = "a picture stands here, of which nothing is read"
BOXED = "the text of a box is left out"
#: What is said of a text that somebody has remarked on.
COMMENTED = "somebody's comment stands here, which is left out"


def concealed(what: str, place: CellPlace, text: str, option: str, is_read: bool) -> Doubt:
    """The doubt about something that a file has and does not plainly show; ``option`` has it read."""
    became = "read as any other" if is_read else f"left out; {option} has it read"
    return Doubt(f"{what}, {became}", place, text=" ".join(text.split()), option=option, weighs=not is_read)
