"""What a person must look at after an import, and the sheet that lists it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jdgen.importing.grid import Place
from jdgen.words import harmless

HEADINGS = ("Look at", "Page", "Row", "Cell", "Heading", "Text", "Range", "Confidence")
_SHEET = "To look at"


@dataclass(frozen=True)
class Doubt:
    """One thing to look at: what is doubtful, where, under which heading, the text and the levels it was read to have,
    and how sure that is."""

    what: str
    place: Place
    heading: str = ""
    text: str = ""
    levels: str = ""
    confidence: str = ""


def review_sheet(doubts: Sequence[Doubt]) -> bytes:
    """A workbook with a row for each of ``doubts``, no cell of which a spreadsheet program would run."""
    from jdgen.post.bulk.mending import written_workbook  # noqa: PLC0415  # slow to import, and not always needed

    places = ((doubt, doubt.place) for doubt in doubts)
    rows = (
        (one.what, place.page, place.row, place.cell, one.heading, one.text, one.levels, one.confidence)
        for one, place in places
    )
    return written_workbook(HEADINGS, (tuple(map(harmless, row)) for row in rows), _SHEET)
