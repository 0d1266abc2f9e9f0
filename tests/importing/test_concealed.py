"""What a file hides or strikes through is left out and told with its place, or read where the user asks for it."""

from __future__ import annotations

import io
from functools import partial
from typing import Any

import docx
import openpyxl
import pytest
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.styles import Font
from PIL import Image

from jdgen.importing.grid import BOXED, PICTURE
from tests.importing.published import (
    ABOVE,
    BREWING,
    HEAD,
    SERVING,
    TITLE,
    book,
    document,
    imported,
    looked_at,
    published,
    saved,
    texts,
    told,
)
from tests.toolbox.data import problems_of

DRAFT = ("Draft", "Counts cups.", "Orders cups.", "Designs cups.")


def test_a_hidden_row_of_a_workbook_is_left_out_and_told() -> None:
    made = book(HEAD, BREWING, DRAFT, SERVING)
    made.active.row_dimensions[len(ABOVE) + 3].hidden = True
    found = imported(saved(made), "xlsx")
    assert texts(found) == published(BREWING, SERVING)
    assert looked_at(found) == [("a hidden row, left out; --hidden has it read", "Sheet1!7:7")]
    assert next(one.text for one in found.doubts) == " | ".join(DRAFT)
    asked_for = imported(saved(made), "xlsx", hidden=True)
    assert texts(asked_for) == published(BREWING, DRAFT, SERVING)
    assert looked_at(asked_for) == [("a hidden row, read as any other", "Sheet1!7:7")]


def test_a_hidden_column_is_no_title_of_rows() -> None:
    rows = [(row[0], code, *row[1:]) for row, code in ((HEAD, "Code"), (BREWING, "T1"), (SERVING, "T1"))]
    made = book(*rows, above=((*ABOVE[:3], (None, None, ABOVE[3][1]))))
    made.active.column_dimensions["B"].hidden = True
    found = imported(saved(made), "xlsx")
    assert [row.title for row in found.framework.specialisms[0].headings] == ["Brewing", "Serving"]
    assert looked_at(found) == [("a hidden column, left out; --hidden has it read", "Sheet1!B:B")]


def test_a_hidden_sheet_is_left_out_and_told() -> None:
    made = book(HEAD, BREWING)
    other: Any = made.create_sheet("Old")
    for row in (*ABOVE, HEAD, DRAFT):
        other.append(list(row))
    other.sheet_state = "hidden"
    found = imported(saved(made), "xlsx")
    assert texts(found) == published(BREWING)
    assert looked_at(found) == [("a hidden sheet, left out; --hidden has it read", "Old")]
    assert texts(imported(saved(made), "xlsx", hidden=True)) == published(BREWING, DRAFT)


def test_a_merged_cell_reaches_over_the_columns_that_are_shown() -> None:
    made = book((*HEAD[:2], "old", *HEAD[2:]), ("Brewing", "Boils water.", None, None, "Leads."))
    made.active.merge_cells(start_row=6, end_row=6, start_column=2, end_column=4)
    made.active.column_dimensions["C"].hidden = True
    (first, last) = imported(saved(made), "xlsx").framework.specialisms[0].headings[0].statements
    assert (str(first.levels), str(last.levels)) == ("Starting to Doing", "Leading")


def test_struck_cells_and_struck_words_of_a_workbook_are_left_out_and_told() -> None:
    made = book(HEAD, BREWING, SERVING)
    made.active["C6"] = CellRichText("Brews ", TextBlock(InlineFont(strike=True), "coffee and "), "tea.")
    made.active["B8"], made.active["A8"] = "gone", "Old"
    for cell in made.active[8]:
        cell.font = Font(strike=True)
    found = imported(saved(made), "xlsx")
    assert texts(found) == published(BREWING, SERVING)
    struck = "struck-through text, left out; --struck has it read"
    assert looked_at(found) == [(struck, "Sheet1!C6"), (struck, "Sheet1!A8"), (struck, "Sheet1!B8")]
    assert "Brews coffee and tea." in texts(imported(saved(made), "xlsx", struck=True))


@pytest.mark.parametrize(
    ("mark", "what", "choice"), [("hidden", "hidden", "hidden"), ("strike", "struck-through", "struck")]
)
def test_hidden_and_struck_words_of_a_word_file_are_left_out_and_told(mark: str, what: str, choice: str) -> None:
    made = document(HEAD, BREWING, SERVING)
    run = made.tables[0].cell(1, 2).paragraphs[0].add_run(" Note to the editor.")
    setattr(run.font, mark, True)
    found = imported(saved(made), "docx")
    assert texts(found) == published(BREWING, SERVING)
    assert (f"{what} text, left out; --{choice} has it read", "table 1, row 2, cell 3") in looked_at(found)
    assert "Brews tea. Note to the editor." in texts(imported(saved(made), "docx", **{choice: True}))


def test_words_that_a_style_hides_are_hidden_and_a_run_may_show_them() -> None:
    made = document(HEAD, BREWING)
    style = made.styles.add_style("For editors", 2)
    style.font.hidden = True
    paragraph = made.tables[0].cell(1, 1).paragraphs[0]
    paragraph.add_run(" No.", style)
    paragraph.add_run(" Yes.", style).font.hidden = False
    assert "Boils water. Yes." in texts(imported(saved(made), "docx"))


def test_a_style_may_show_what_the_style_that_it_is_based_on_hides() -> None:
    made = document(HEAD, BREWING)
    hidden, shown = (made.styles.add_style(name, 2) for name in ("For editors", "For all"))
    hidden.font.hidden, shown.base_style, shown.font.hidden = True, hidden, False
    made.tables[0].cell(1, 1).paragraphs[0].add_run(" Yes.", shown)
    assert "Boils water. Yes." in texts(imported(saved(made), "docx"))


def test_signs_and_footnotes_of_a_word_file_are_told() -> None:
    made = document(HEAD, BREWING)
    run = made.tables[0].cell(1, 1).paragraphs[0].add_run()
    run._r.append(run._r.makeelement(f"{{{run._r.nsmap['w']}}}sym", {f"{{{run._r.nsmap['w']}}}char": "F04A"}))
    found = imported(saved(made), "docx")
    assert "it holds a symbol of a font of signs, which is left out" in told(found)


def test_bullets_of_a_symbol_font_are_list_marks() -> None:
    made = document(HEAD, ("Brewing", "\n", "Brews tea.", "Leads."))
    for paragraph, text in zip(made.tables[0].cell(1, 1).paragraphs, ("Boils water", "Fills pots"), strict=True):
        run = paragraph.add_run()
        sign = run._r.makeelement(f"{{{run._r.nsmap['w']}}}sym", {f"{{{run._r.nsmap['w']}}}char": "F0B7"})
        run._r.append(sign)
        paragraph.add_run(f" {text}")
    statements = imported(saved(made), "docx").framework.specialisms[0].headings[0].statements
    assert statements[0].entries == ("Boils water", "Fills pots")


@pytest.mark.parametrize(
    ("inserted", "deleted", "text"), [("ins", "del", "delText"), ("moveTo", "moveFrom", "t")], ids=["edited", "moved"]
)
def test_tracked_changes_of_a_word_file_are_told(inserted: str, deleted: str, text: str) -> None:
    made = document(HEAD, BREWING)
    _add(
        made,
        f"<w:{deleted}><w:r><w:{text}>Heats it.</w:{text}></w:r></w:{deleted}>"
        f"<w:{inserted}><w:r><w:t> Fills pots.</w:t></w:r></w:{inserted}>",
    )
    found = imported(saved(made), "docx")
    assert "Boils water. Fills pots." in texts(found)
    assert told(found) == [
        "text that was deleted with tracking on, left out",
        "text that was inserted with tracking on, read as any other",
    ]


def _add(made: Any, xml: str) -> None:
    """Add elements to the first text of a Word file's table."""
    paragraph = made.tables[0].cell(1, 1).paragraphs[0]
    for element in parse_xml(f'<w:p xmlns:w="{paragraph._p.nsmap["w"]}">{xml}</w:p>'):
        paragraph._p.append(element)


def test_what_a_control_asks_for_and_comments_are_no_text_and_told() -> None:
    made = document(HEAD, BREWING)
    run = "<w:sdtContent><w:r><w:t> Click here to enter text.</w:t></w:r></w:sdtContent>"
    _add(made, f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{run}</w:sdt>")
    made.add_comment(made.tables[0].cell(1, 2).paragraphs[0].runs, text="Is this right?")
    found = imported(saved(made), "docx")
    assert texts(found) == published(BREWING)
    whats = [what for what, _ in looked_at(found)]
    assert "what a control of the file asks for is left out" in whats
    assert "somebody's comment stands here, which is left out" in whats


def test_a_row_without_height_is_hidden() -> None:
    made = book(HEAD, BREWING, DRAFT)
    made.active.row_dimensions[7].height = 0.1
    assert texts(imported(saved(made), "xlsx")) == published(BREWING)


def test_comments_on_cells_of_a_workbook_are_told() -> None:
    made = book(HEAD, BREWING)
    made.active["B6"].comment = Comment("Ask the cook first.", "A reader")
    notice = "[Threaded comment]\n\nYour version of Excel allows you to read this.\n\nComment:\n    Is this right?"
    made.active["C6"].comment = Comment(notice, "A reader")
    found = imported(saved(made), "xlsx")
    assert texts(found) == published(BREWING)
    assert looked_at(found) == [
        ("somebody's comment stands here, which is left out", f"Sheet1!{cell}") for cell in ("B6", "C6")
    ]
    assert [one.text for one in found.doubts][:2] == ["Ask the cook first.", "Is this right?"]


@pytest.mark.parametrize("is_shared", [True, False], ids=["shared string", "string of the cell"])
def test_what_stands_raised_in_a_workbook_is_glued_to_no_word(is_shared: bool) -> None:
    raised = InlineFont(vertAlign="superscript")
    texts_of_row = ("Boils 2 m", TextBlock(raised, "2"), " of water.", TextBlock(raised, "1"))
    if is_shared:
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream) as made:
            sheet = made.add_worksheet()
            for row, values in enumerate((*ABOVE, HEAD, BREWING)):
                for column, value in enumerate(values):
                    sheet.write(row, column, value)
            up = made.add_format({"font_script": 1})
            sheet.write_rich_string(5, 1, "Boils 2 m", up, "2", " of water.", up, "1")
        content = stream.getvalue()
    else:
        made = book(HEAD, BREWING)
        made.active["B6"].value = CellRichText(*texts_of_row)
        content = saved(made)
    found = imported(content, "xlsx")
    assert "Boils 2 m² of water.¹" in texts(found)
    assert [what[:42] for what in told(found) if "footnote" in what] == ["'¹' looks like the mark of a footnote, and"]


@pytest.mark.parametrize("has_deleted_text", [True, False])
def test_a_row_that_was_deleted_with_tracking_on_is_left_out_and_told(has_deleted_text: bool) -> None:
    made = document(HEAD, BREWING, DRAFT, SERVING)
    _track(made.tables[0].rows[2]._tr.get_or_add_trPr(), "del")
    _track(made.tables[0].rows[3]._tr.get_or_add_trPr(), "ins")
    if has_deleted_text:
        for text in made.tables[0].rows[2]._tr.iter(qn("w:t")):
            text.tag = qn("w:delText")
    found = imported(saved(made), "docx")
    assert texts(found) == published(BREWING, SERVING)
    assert told(found) == [
        "a row that was deleted with tracking on, left out",
        "a row that was inserted with tracking on, read as any other",
    ]
    assert next(one.text for one in found.doubts) == " | ".join(DRAFT)


def _track(properties: Any, name: str) -> None:
    properties.append(parse_xml(f'<w:{name} xmlns:w="{properties.nsmap["w"]}" w:id="1" w:author="A reader"/>'))


def test_a_column_that_was_deleted_with_tracking_on_is_left_out_and_a_cell_alone_is_refused() -> None:
    made = document((*HEAD, "Old stage"), (*BREWING, "Boils it again."))
    cells = [row.cells[4]._tc for row in made.tables[0].rows]
    _track(cells[1].get_or_add_tcPr(), "cellDel")
    (problem,) = problems_of(lambda: imported(saved(made), "docx"))
    assert problem == (
        "tea.docx, table 1, row 2, cell 5: a cell was deleted with tracking on, which moves those beside it to other"
        " columns: accept the change in Word, or reject it"
    )
    _track(cells[0].get_or_add_tcPr(), "cellDel")
    found = imported(saved(made), "docx")
    assert texts(found) == published(BREWING)
    assert told(found) == ["a cell that was deleted with tracking on, left out"] * 2


def _picture(width: int, height: int) -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("RGB", (width, height)).save(stream, "PNG", dpi=(96, 96))
    return io.BytesIO(stream.getvalue())


@pytest.mark.parametrize(("width", "height", "is_told"), [(600, 300, True), (200, 80, False)])
def test_a_picture_as_large_as_a_table_is_told(width: int, height: int, is_told: bool) -> None:
    made = document(HEAD, BREWING)
    made.add_picture(_picture(width, height))
    assert (PICTURE in told(imported(saved(made), "docx"))) is is_told
    sheet = book(HEAD, BREWING)
    sheet.active.add_image(SheetImage(_picture(width, height)), "B12")
    found = imported(saved(sheet), "xlsx")
    assert [str(one.place) for one in found.doubts if one.what == PICTURE] == (["Sheet1!B12"] if is_told else [])


def test_a_file_that_has_a_picture_and_no_table_is_told_as_that() -> None:
    made = docx.Document()
    made.add_picture(_picture(600, 300))
    sheet = openpyxl.Workbook()
    sheet.active["A1"] = TITLE
    sheet.active.add_image(SheetImage(_picture(600, 300)), "A3")
    for content, kind, where in ((saved(made), "docx", "paragraph 1"), (saved(sheet), "xlsx", "Sheet!A3")):
        (problem,) = problems_of(partial(imported, content, kind))
        assert problem.startswith(f"tea.{kind}, {where}: has no table with a row of stages; a picture stands here")


def test_a_box_that_lies_on_a_sheet_is_told() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate((HEAD, BREWING), 1):
            sheet.write_row(number, 0, row)
        sheet.insert_textbox("B5", "Leaders sit down.")
    found = imported(stream.getvalue(), "xlsx", specialism=TITLE)
    assert [(str(one.place), one.text) for one in found.doubts if one.what == BOXED and one.weighs] == [
        ("Sheet1!B5", "Leaders sit down.")
    ]


def test_cells_that_were_merged_with_tracking_on_are_read_as_merged_and_told() -> None:
    made = document(("Part", *HEAD), ("Kitchen", *BREWING), ("", *SERVING), ("Room", *DRAFT))
    properties = made.tables[0].cell(2, 0)._tc.get_or_add_tcPr()
    properties.append(parse_xml(f'<w:cellMerge xmlns:w="{_WORD}" w:id="1" w:author="A" w:vMerge="cont"/>'))
    found = imported(saved(made), "docx")
    assert [(row.group, row.title) for row in found.framework.specialisms[0].headings] == [
        ("Kitchen", "Brewing"),
        ("Kitchen", "Serving"),
        ("Room", "Draft"),
    ]
    what = "cells were merged or divided here with tracking on, read as if that were accepted"
    assert [str(one.place) for one in found.doubts if one.what == what] == ["table 1, row 3, cell 1"]


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
