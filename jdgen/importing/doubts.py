"""What a person must look at after an import, and the sheet that lists it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jdgen.importing.grid import CellPlace
from jdgen.reports.workbook import Column, one_sheet_workbook

HEADINGS = ("Look at", "Page", "Row", "Cell", "Heading", "Text", "Range", "Confidence")
_SHEET = "To look at"


@dataclass(frozen=True)
class Doubt:
    """One thing to look at: what is doubtful, where, under which heading, the text and the levels it was read to have,
    and how sure that is."""

    what: str
    place: CellPlace
    heading: str = ""
    text: str = ""
    levels: str = ""
    confidence: str = ""


def review_sheet(doubts: Sequence[Doubt]) -> bytes:
    """A workbook with a row for each of ``doubts``, no cell of which a spreadsheet program would run."""
    rows = (
        (one.what, place.page, place.row, place.cell, one.heading, one.text, one.levels, one.confidence)
        for one, place in ((doubt, doubt.place) for doubt in doubts)
    )
    return one_sheet_workbook(_SHEET, [Column(heading, 24) for heading in HEADINGS], rows)
