"""Workbooks: merged ranges, prose above the table, cells that hold no text, files that are built to harm."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from jdgen.errors import JdgenError
from jdgen.importing.importing import import_framework
from jdgen.importing.published_files import publication
from tests.importing.published import bytes_of
from tests.importing.tables import ABOUT, doubts_in, heading, levels_and_texts
from tests.toolbox.data import change_text, problems_of
from tests.toolbox.publications import BY_BANDS

ROWS: tuple[tuple[Any, ...], ...] = (
    ("Wards",),
    ("Wards are described here.",),
    (),
    ("Pathway", None, "Wards"),
    ("AFC Band", None, 5, 6, 7),
    ("Complexity", None, "Low", None, "High"),
    ("Duties", "For everyone"),
    (None, "Care", "Watch", None, "Lead"),
    (None, "Qualifications", "Degree"),
)
MERGED = ("C4:E4", "C6:D6", "B7:E7", "A7:A9", "C8:D8", "C9:E9", "A5:B5", "A6:B6")


def workbook(changes: dict[str, Any] | None = None, merged_ranges: tuple[str, ...] = MERGED) -> bytes:
    file = openpyxl.Workbook()
    sheet: Any = file.active
    sheet.title = "Sheet1"
    for row in ROWS:
        sheet.append(row)
    for cell, value in (changes or {}).items():
        sheet[cell] = value
    for cells in merged_ranges:
        sheet.merge_cells(cells)
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def with_sheet(change: Callable[[str], str]) -> bytes:
    """The workbook with its sheet's XML changed: openpyxl would fill a merged range with cells."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as whole, zipfile.ZipFile(stream, "w") as archive:
        for name in whole.namelist():
            part = whole.read(name)
            archive.writestr(name, change(part.decode()) if name.endswith("sheet1.xml") else part)
    return stream.getvalue()


def test_merged_ranges_are_band_ranges_and_places_are_those_of_the_sheet() -> None:
    content = workbook({"C8": "Watch\n- or look"})
    reading = import_framework(content, "a.xlsx", ABOUT, None, "a.yaml")
    (wards,) = reading.framework.specialisms
    assert levels_and_texts(heading(wards, "Care")) == [("5 to 6", "Watch - or look"), ("7", "Lead")]
    assert wards.description.text == "Wards are described here."
    assert [(doubt.what, str(doubt.place), doubt.place.page) for doubt in doubts_in(reading)] == [
        ("line breaks within its sentences are taken as spaces", "Sheet1!C8", "Sheet1")
    ]


def test_lines_that_begin_with_dashes_are_a_list() -> None:
    reading = import_framework(workbook({"C9": "- Degree\n- Diploma"}), "a.xlsx", ABOUT, None, "a.yaml")
    assert reading.framework.specialisms[0].qualifications.statements[0].entries == ("Degree", "Diploma")


def test_cells_that_hold_no_text_are_refused_with_their_places_all_at_once() -> None:
    content = workbook({"C8": datetime.date(2026, 1, 1), "E8": "=1+1", "C9": "#REF!"})
    problems = problems_of(lambda: publication(content, "a.xlsx", BY_BANDS))
    assert [line.split(": ")[0] for line in problems] == ["a.xlsx!Sheet1!E8", "a.xlsx!Sheet1!C8", "a.xlsx!Sheet1!C9"]
    assert "formula whose result is not in the file" in problems[0]


def test_dates_outside_tables_are_left_as_they_are_and_listed() -> None:
    file = openpyxl.load_workbook(io.BytesIO(workbook({"A2": datetime.date(2026, 1, 1), "H8": datetime.time(9, 30)})))
    versions: Any = file.create_sheet("Version control")
    versions.append(["Version", "Issued", "Signed off"])
    versions.append(["1.0", datetime.date(2026, 1, 2), "=1+1"])
    stream = io.BytesIO()
    file.save(stream)
    publication_ = publication(stream.getvalue(), "a.xlsx", BY_BANDS).doubts
    assert [(what.text, str(what.place)) for what in publication_ if "in no table" in what.what] == [
        ("2026-01-01", "Sheet1!A2"),
        ("09:30:00", "Sheet1!H8"),
        ("2026-01-02", "Version control!B2"),
    ]


def test_a_date_in_place_of_a_band_is_refused_where_it_leaves_no_table() -> None:
    content = workbook({"C5": datetime.date(2026, 6, 5), "D5": None})
    with pytest.raises(JdgenError, match=r"a\.xlsx!Sheet1!C5: holds a date"):
        publication(content, "a.xlsx", BY_BANDS)


@pytest.mark.parametrize("cells", [{"C2": "2026-06-05", "D2": "2026-08-07"}, {"B2": "2026-06-05", "B3": "2026-08-07"}])
def test_dates_in_place_of_bands_are_refused_where_nothing_else_tells_bands(cells: dict[str, str]) -> None:
    file: Any = openpyxl.Workbook()
    file.active.append(["Area", "Pay", "What is done"])
    for place, day in cells.items():
        file.active[place] = datetime.date.fromisoformat(day)
    problems = problems_of(lambda: publication(bytes_of(file), "a.xlsx", BY_BANDS))
    assert [line.split(": ")[0] for line in problems] == [f"a.xlsx!Sheet!{place}" for place in cells]


@pytest.mark.parametrize(
    "merged_range", ["A10:XFD1000000", "A1:XFD1", "B2:XFD2", "A10:A1048576", "XFC1048570:XFD1048576"]
)
def test_a_range_that_is_merged_to_the_end_of_the_sheet_reaches_as_far_as_the_texts(merged_range: str) -> None:
    plain = with_sheet(lambda sheet: change_text(sheet, "C4:E4", "C1:C1"))
    far = with_sheet(lambda sheet: change_text(sheet, "C4:E4", merged_range))
    texts, texts_far = (
        [cell.text for grid in publication(content, "a.xlsx", BY_BANDS).grids for cell in grid.cells]
        for content in (plain, far)
    )
    assert set(texts_far) <= set(texts)
    assert max(grid.width for grid in publication(far, "a.xlsx", BY_BANDS).grids) <= 6


def test_too_many_merged_cells_are_refused_quickly() -> None:
    content = with_sheet(lambda sheet: change_text(sheet, "C4:E4", 'A10:GQ4000"/><mergeCell ref="A10:GQ4001'))
    with pytest.raises(JdgenError, match="merges the cells A10:GQ4001"):
        publication(content, "a.xlsx", BY_BANDS)


@pytest.mark.parametrize("place", ["A6000", "KV3"])
def test_a_text_beyond_any_table_is_refused(place: str) -> None:
    where = f"a.xlsx!Sheet1!{place}: stands beyond the 5,000 rows and 200 columns of a framework's table: clear it"
    with pytest.raises(JdgenError, match=where):
        publication(workbook({place: "far away"}), "a.xlsx", BY_BANDS)


def test_rows_and_columns_that_are_coloured_to_their_end_are_no_part_of_a_table() -> None:
    file = openpyxl.load_workbook(io.BytesIO(workbook({})))
    yellow = PatternFill("solid", fgColor="FFFF00")
    for row in range(1, 7000):
        file["Sheet1"].cell(row, 1).fill = yellow
    for column in range(1, 16385):
        file["Sheet1"].cell(1, column).fill = yellow
    file["Sheet1"]["A6999"] = " "
    plain, coloured = (publication(content, "a.xlsx", BY_BANDS) for content in (workbook({}), bytes_of(file)))
    assert coloured.blocks == plain.blocks


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(JdgenError, match=r"a\.xlsx: "):
        publication(content, "a.xlsx", BY_BANDS)


def test_a_damaged_workbook_is_refused() -> None:
    content = with_sheet(lambda _: "<worksheet")
    with pytest.raises(JdgenError, match="cannot be read as a workbook"):
        publication(content, "a.xlsx", BY_BANDS)
