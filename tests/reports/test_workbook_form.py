"""A workbook to be filled in: what is open and what is locked, what is said where, and that nothing in it is merged."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from jdgen.reports.workbook import Column
from jdgen.reports.workbook_form import HEADINGS, MAX_MESSAGE, Choices, Form, FormColumn, SheetToRead, form_workbook
from tests.toolbox.accessibility import contrast

KINDS = Choices(("Kite", "Lamp"))
SIZES = Choices(("S", "M", "L", "5"), parent="Kind", by={"Kite": ("S", "M", "L"), "Lamp": ("5",)})


def column(heading: str, **others: Any) -> FormColumn:
    usual = {"group": "Things", "width": 20, "guidance": f"{heading} of it.", "message": f"{heading} of it. One line."}
    return FormColumn(heading, **{**usual, "example": f"A {heading.lower()}", **others})


def form(*columns: FormColumn, **others: Any) -> Form:
    usual: dict[str, Any] = {
        "title": "Things to tell of",
        "name": "Things",
        "line": "One row is one thing",
        "first": "Problem",
        "columns": columns or (column("Name", is_needed=True, limit=7), column("Kind", choices=KINDS)),
        "rows": 3,
        "lists": "Lists",
    }
    return Form(**{**usual, **others})


def book_of(form_to_fill: Form) -> Any:
    return openpyxl.load_workbook(io.BytesIO(form_workbook(form_to_fill)))


def sheet_of(*columns: FormColumn, **others: Any) -> Any:
    return book_of(form(*columns, **others))["Things"]


def rule_of(sheet: Any, letter: str) -> Any:
    return next(rule for rule in sheet.data_validations.dataValidation if str(rule.sqref).startswith(f"{letter}6"))


def test_it_is_sound(tmp_path: Any) -> None:
    table = SheetToRead(
        "Guide", ("How to",), (Column("Step", 10), Column("What", 30)), (("1", "Write"), ("2", "=Send"))
    )
    path = tmp_path / "form.xlsx"
    path.write_bytes(form_workbook(form(column("Kind", choices=KINDS), column("Size", choices=SIZES), before=(table,))))
    validation = OpenXmlValidator().validate(path)
    assert validation.is_valid, list(validation.errors)
    assert openpyxl.load_workbook(path).sheetnames == ["Guide", "Things", "Lists"]


def test_equal_forms_give_equal_bytes() -> None:
    assert form_workbook(form()) == form_workbook(form())


def test_only_cells_to_be_filled_in_are_open_and_hold_text() -> None:
    sheet = sheet_of()
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    cells = {cell.coordinate for line in sheet.iter_rows() for cell in line if not cell.protection.locked}
    assert cells == {"B6", "B7", "B8", "C6", "C7", "C8"}
    assert {sheet[cell].number_format for cell in cells} == {"@"}
    assert all(sheet.parent[name].protection.sheet for name in sheet.parent.sheetnames)


def test_headings_are_a_table_that_stays_in_sight_and_nothing_is_merged() -> None:
    sheet = sheet_of()
    (table,) = sheet.tables.values()
    assert table.ref == "A5:C8"
    assert [cell.value for cell in sheet[HEADINGS + 1]] == ["Problem", "Name *", "Kind"]
    assert sheet.freeze_panes == "C6"
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.page_setup.orientation == "landscape"
    assert not any(each.merged_cells.ranges for each in sheet.parent)


def test_guidance_and_example_stand_above_and_what_to_write_beside() -> None:
    sheet = sheet_of()
    assert [cell.value for cell in sheet["B"]][:5] == [
        "One row is one thing",
        "Things",
        "Name of it.",
        "A name",
        "Name *",
    ]
    assert (rule_of(sheet, "B").promptTitle, rule_of(sheet, "B").prompt) == ("Name", "Name of it. One line.")


def test_what_is_too_long_to_stand_beside_a_cell_is_cut() -> None:
    rule = rule_of(sheet_of(column("Name " * 9, message="word " * 90)), "B")
    assert len(rule.prompt) <= MAX_MESSAGE
    assert len(rule.promptTitle) <= 32
    assert rule.prompt.endswith("…")


def test_a_limit_warns_and_a_list_refuses_unless_it_is_open() -> None:
    sheet = sheet_of(
        column("Name", limit=7), column("Kind", choices=KINDS), column("Also", choices=Choices(("a",), True))
    )
    limit, kind, also = (rule_of(sheet, letter) for letter in "BCD")
    assert (limit.type, limit.formula1, limit.errorStyle) == ("textLength", "7", "warning")
    assert (kind.type, kind.showErrorMessage, kind.errorStyle) == ("list", True, None)
    assert not also.showErrorMessage


def test_what_depends_on_another_cell_goes_by_that_of_its_row() -> None:
    book = book_of(form(column("Kind", choices=KINDS), column("Size", choices=SIZES)))
    lists = [[cell.value for cell in line] for line in book["Lists"].iter_rows(min_row=2)]
    assert lists[0] == ["Kind", "Kind of size", "Size"]
    assert [line[1:] for line in lists[1:]] == [
        *(["not chosen yet", size] for size in ("S", "M", "L", "5")),
        *(["Kite", size] for size in ("S", "M", "L")),
        ["Lamp", "5"],
    ]
    rule = rule_of(book["Things"], "C")
    assert "MATCH(IF($B6" in rule.formula1
    assert len(rule.formula1) <= 255


def test_what_a_row_lacks_is_worked_out_in_its_first_cell() -> None:
    sheet = sheet_of(
        column("Name", is_needed=True, limit=7),
        column("Kind"),
        column("How", needs="Kind", wanted_for=("Name", ('a "b"', "c"))),
    )
    formula = sheet["A7"].value
    for part in (
        '=IF(COUNTA(B7:D7)=0,"",',
        'IF($B7="","Name is missing. ","")',
        'IF(LEN(TRIM($B7))>7,"Name has "&LEN(TRIM($B7))&" characters: at most 7. ","")',
        'IF(AND($D7<>"",$C7=""),"How says nothing without Kind. ","")',
        'OR($B7="a ""b""",$B7="c")',
    ):
        assert part in formula


def test_no_text_becomes_a_formula() -> None:
    form_to_fill = form(column("=Name", guidance="=1+1", example="+2", choices=Choices(("=3", "@x"))))
    with zipfile.ZipFile(io.BytesIO(form_workbook(form_to_fill))) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    formulas = {cell for sheet in sheets for cell in re.findall(r'<c r="([A-Z]+[0-9]+)"[^>]*><f>', sheet)}
    assert formulas == {"A6", "A7", "A8"}


@pytest.mark.parametrize("fill", ["#005EB8", "#003087"])
def test_white_headings_can_be_read(fill: str) -> None:
    sheet = sheet_of(column("Name"), column("Kind", group="Others"))
    fills = {f"#{cell.fill.fgColor.rgb[2:]}" for cell in sheet[HEADINGS + 1]}
    assert fill in fills
    assert contrast(fill, "#FFFFFF") >= 4.5
