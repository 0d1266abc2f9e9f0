"""Importing a file into files: the framework, its source text, and the sheet of what a person must look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from jdgen.document.replacing import Allowed, holds, write
from jdgen.errors import JdgenError, Problem
from jdgen.files import content_of
from jdgen.framework.model import Framework, SourcePlace
from jdgen.importing.doubts import review_sheet
from jdgen.importing.grid import Grid, Prose, Publication
from jdgen.importing.importing import About, Imported, import_framework
from jdgen.importing.reading import MAX_FILE
from jdgen.importing.table import whole_rows
from jdgen.levels import Scale
from jdgen.workspace import Workspace


@dataclass(frozen=True)
class Files:
    """What an import wrote: the framework file, its source text, and the review sheet where there is anything to
    look at."""

    framework: Path
    source: Path
    review: Path | None
    imported: Imported


def import_file(
    path: Path, about: About, earlier: Framework | None, out: Path, *, workspace: Workspace, allowed: Allowed
) -> Files:
    """Read the published framework at ``path`` into the framework file ``out``.

    Its source text goes into ``sources`` beside the folder ``frameworks``, else beside ``out``; the review sheet
    always beside ``out``, and only there while nobody has looked.

    Raises :class:`JdgenError` for what cannot be read, for files that are there already, and, after the review sheet
    is written, for a file that a person has to look at first.
    """
    imported = import_framework(
        content_of(path, right="name a file that you can open", most=MAX_FILE), path.name, about, earlier, str(out)
    )
    folder = out.parent.parent / "sources" if out.parent.name == "frameworks" else out.parent
    source = folder / imported.framework.source_file
    review = out.with_suffix(".review.xlsx") if imported.doubts and not about.reviewed else None
    new = [(source, imported.source), (out, imported.text.encode())] if imported.accepted else []
    new += [(review, review_sheet(imported.doubts))] if review else []
    new = [(file, content) for file, content in new if not holds(file, content)]
    write(new, workspace, allowed)
    if not imported.accepted:
        raise JdgenError(_unreviewed(path, review))
    return Files(out, source, review, imported)


def _unreviewed(path: Path, review: Path | None) -> Problem:
    what = "a PDF only draws its tables, so nothing that is read from it is sure"
    right = f"hold {review} against it, or ask for the DOCX or XLSX file; then run this again with --reviewed"
    return Problem(str(path), what, right)


# The text of a file that is not plain text, written down as the source that framework files are held against.

#: A framework's table is read by people; what is beyond this is something else.
MAX_ROWS, MAX_COLUMNS = 5_000, 200


def transcribed(name: str, blocks: Iterable[Grid | Prose], scale: Scale, drawn: bool = False) -> Publication:
    """The publication with its source text: a paragraph or a table's row a line, cells divided by tabs.

    A row that a page divides is one line; a row of levels of ``scale`` heads each page. A cell stands where its first
    column is; the others that it reaches over are empty. Raises :class:`JdgenError` for a table that no person can have
    meant, of empty cells without end.
    """
    lines: list[str] = []
    placed: list[Grid | Prose] = []
    for block in whole_rows(list(blocks), scale):
        if isinstance(block, Prose):
            lines.append(block.text)
            placed.append(replace(block, source=SourcePlace(len(lines), 1)))
        else:
            _refuse_oversize(block, name)
            placed.append(_placed(block, len(lines) + 1))
            lines += _lines(block)
        lines.append("")
    columns = f"Lines and tab-separated cells, counted from 1, of the text that was read from {name}."
    return Publication(name, tuple(placed), "\n".join(lines).encode(), columns, drawn=drawn)


def _refuse_oversize(grid: Grid, name: str) -> None:
    if grid.height > MAX_ROWS or grid.width > MAX_COLUMNS:
        what = f"a table has {grid.height:,} rows and {grid.width:,} columns"
        raise JdgenError(Problem(name, what, f"at most {MAX_ROWS:,} and {MAX_COLUMNS}"))


def _placed(grid: Grid, first: int) -> Grid:
    return Grid(tuple(replace(cell, source=SourcePlace(first + cell.row, cell.column + 1)) for cell in grid.cells))


def _lines(grid: Grid) -> Iterator[str]:
    width = grid.width
    for row in range(grid.height):
        texts = {cell.column: cell.text for cell in grid.over(row) if cell.row == row}
        yield "\t".join(texts.get(column, "") for column in range(width))
