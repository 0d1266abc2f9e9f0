"""Frameworks as PDF files, which only draw their tables: whatever is read here, a person has to look at.

The lines of a table give its cells. A column is an edge that the tables of the same width have in common on all
pages, because a page may show only a few of the edges; a letter belongs to the cell in which its middle is.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from jdgen.bands import AFC
from jdgen.errors import JdgenError, Problem
from jdgen.importing.grid import Cell, Grid, Place, Prose, Publication
from jdgen.importing.printed import Box, Letter, paragraphs, text_in
from jdgen.importing.transcript import transcribed
from jdgen.scales import Scale

_MAX_PAGES = 300
#: Lines that are this near to each other (in points) are one edge, drawn twice or a little out of place.
_NEAR = 3.0


def read_pdf(content: bytes, name: str, scale: Scale = AFC) -> Publication:
    """The publication in a PDF with ruled tables.

    Raises :class:`JdgenError` for what cannot be read, for scanned pages, which hold no letters, and where the extra
    ``jdgen[pdf]`` is not installed.
    """
    try:
        import pdfplumber  # noqa: PLC0415  # an extra
    except ImportError as error:
        right = "install it with: pip install 'jdgen[pdf]'; or import the DOCX or XLSX file"
        raise JdgenError(
            Problem(name, "PDF files are read by the extra jdgen[pdf], which is not here", right)
        ) from error
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            if len(pdf.pages) > _MAX_PAGES:
                right = f"at most {_MAX_PAGES}; print the pages that hold the framework into a PDF of their own"
                raise JdgenError(Problem(name, f"has {len(pdf.pages)} pages", right))
            pages = [_page(page) for page in pdf.pages]
    except JdgenError:
        raise
    except Exception as error:  # a damaged file makes pdfminer raise whatever its own code happens to
        raise JdgenError(Problem(name, "cannot be read as a PDF", "open it and print it into a new PDF")) from error
    if not any(letters for letters, _ in pages):
        right = "scanned pages hold no text: ask for the file that was printed"
        raise JdgenError(Problem(name, "has no text", right))
    edges = _edges([table for _, tables in pages for table in tables])
    blocks = [block for number, page in enumerate(pages, 1) for block in _blocks(number, *page, edges)]
    return transcribed(name, blocks, scale, drawn=True)


def _page(page: Any) -> tuple[list[Letter], list[list[Box]]]:
    """The letters of a page, and its tables, each as the boxes of its cells."""
    letters = [
        Letter(Box(char["x0"], char["top"], char["x1"], char["bottom"]), str(char["text"])) for char in page.chars
    ]
    tables = [[Box(*cell) for cell in table.cells] for table in page.find_tables()]
    return letters, tables


def _edges(tables: Sequence[Sequence[Box]]) -> dict[tuple[int, int], list[float]]:
    """The edges of columns, for each width of tables."""
    found: dict[tuple[int, int], list[float]] = {}
    for table in tables:
        found.setdefault(_sides(table), []).extend(edge for box in table for edge in (box.left, box.right))
    return {sides: _distinct(edges) for sides, edges in found.items()}


def _sides(table: Sequence[Box]) -> tuple[int, int]:
    return round(min(box.left for box in table) / _NEAR), round(max(box.right for box in table) / _NEAR)


def _distinct(edges: Iterable[float]) -> list[float]:
    distinct: list[float] = []
    for edge in sorted(edges):
        if not distinct or edge - distinct[-1] > _NEAR:
            distinct.append(edge)
    return distinct


def _nearest(edge: float, edges: Sequence[float]) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - edge))


def _blocks(
    number: int, letters: Sequence[Letter], tables: Sequence[Sequence[Box]], edges: dict[tuple[int, int], list[float]]
) -> Iterator[Grid | Prose]:
    """What stands on a page, from its top to its bottom."""
    found: list[tuple[float, Grid | Prose]] = []
    done = 0
    for table in sorted(tables, key=lambda table: min(box.top for box in table)):
        grid = _grid(table, letters, edges[_sides(table)], number, done)
        done += grid.height
        found.append((min(box.top for box in table), grid))
    outside = [letter for letter in letters if not any(letter.middle_in(box) for table in tables for box in table)]
    for count, (top, text) in enumerate(paragraphs(outside), 1):
        place = Place(f"page {number}", f"paragraph {count}", "", f"page {number}, paragraph {count}")
        found.append((top, Prose(text, place)))
    yield from (block for _, block in sorted(found, key=lambda one: one[0]))


def _grid(table: Sequence[Box], letters: Sequence[Letter], edges: Sequence[float], page: int, above: int) -> Grid:
    lines = _distinct(edge for box in table for edge in (box.top, box.bottom))
    cells: list[Cell] = []
    counts: dict[int, int] = {}
    for box in sorted(table, key=lambda box: (box.top, box.left)):
        row, below = _nearest(box.top, lines), _nearest(box.bottom, lines)
        column, end = _nearest(box.left, edges), _nearest(box.right, edges)
        counts[row] = counts.get(row, 0) + 1
        named = f"page {page}", f"row {above + row + 1}", f"cell {counts[row]}"
        text = text_in(box, letters)
        cells.append(
            Cell(row, column, text, Place(*named, ", ".join(named)), max(1, below - row), max(1, end - column))
        )
    return Grid(tuple(cells))
