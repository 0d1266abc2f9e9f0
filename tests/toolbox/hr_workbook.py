"""A list of posts as an HR department keeps it, made by openpyxl: nothing in it was made for jdgen."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Font

HEADINGS = (
    *("ESR position no", "Post\nTitle", "Grade", "Directorate", "Cost Centre", "Base", "WTE", "Hrs", "Perm/FTC"),
    *("Line Manager", "Payroll No.", "Panel date", "Main purpose of post", "JD ref", "Base", "Panel?", None),
)
TITLES = ("Programme office manager", "PMO analyst", "Project office lead", "Benefits lead", "Portfolio analyst")
GRADES: tuple[object, ...] = (7, "6", "8A", "Band 7", 6)
#: Rows above the first post, and posts.
ABOVE, POSTS = 4, 40


def hr_workbook(path: Path) -> Path:
    """40 posts under a merged title, a blank row and a row of headings, with a row of totals at the foot; hidden
    columns, lines in cells, and dates of both kinds."""
    book = openpyxl.Workbook()
    notes: Any = book.active
    notes.title = "Read me"
    notes.append(["Please do not change the layout of this workbook."])
    sheet: Any = book.create_sheet("Establishment")
    sheet.append(["North Moorshire Ambulance Service NHS Trust: PMO establishment, November 2026"])
    sheet.merge_cells("A1:P1")
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([])
    sheet.append(["Post", None, None, None, "Money", None, None, None, None, "People", None, "Job evaluation"])
    sheet.merge_cells("A3:D3")
    sheet.append(list(HEADINGS))
    for number in range(POSTS):
        sheet.append(_post(number))
    last = ABOVE + POSTS
    sheet.append([None, "Total", None, None, None, None, f"=SUM(G{ABOVE + 1}:G{last})", f"=SUM(H{ABOVE + 1}:H{last})"])
    sheet.column_dimensions["K"].hidden = True
    sheet.column_dimensions["E"].hidden = True
    sheet.row_dimensions[ABOVE + 3].hidden = True
    sheet.freeze_panes = "C5"
    book.save(path)
    return path


def _post(number: int) -> list[object]:
    day = datetime.date(2026, 3, 1 + number % 28)
    purpose = "You keep the programme office running.\nYou plan, count and report.\n\nYou look after two registers."
    return [
        *(f"7012{number:03}", TITLES[number % 5], GRADES[number % 5], "Digital" if number % 3 else "Estates"),
        *(f"00{4100 + number % 4}", "Trust HQ\nMoorgate Cross", 1 if number % 4 else 0.6, 37.5 if number % 4 else 22.5),
        *("Permanent" if number % 2 else "Fixed term", "Head of planning", 880000 + number),
        day if number % 2 else day.strftime("%d/%m/%Y"),
        *(
            purpose if number % 5 else None,
            None,
            "HQ",
            "Y" if number % 7 else None,
            "see file" if number == 3 else None,
        ),
    ]
