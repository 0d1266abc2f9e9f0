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
    bytes_of,
    document,
    imported,
    levels_of,
    looked_at,
    published,
    texts,
    what_weighs,
)
from tests.toolbox.data import problems_of

DRAFT = ("Draft", "Counts cups.", "Orders cups.", "Designs cups.")


def test_a_hidden_row_of_a_workbook_is_left_out_and_told() -> None:
    workbook = book(HEAD, BREWING, DRAFT, SERVING)
    workbook.active.row_dimensions[len(ABOVE) + 3].hidden = True
    reading = imported(bytes_of(workbook), "xlsx")
    assert texts(reading) == published(BREWING, SERVING)
    assert looked_at(reading) == [("a hidden row, left out; --hidden has it read", "Sheet1!7:7")]
    assert next(doubt.text for doubt in reading.doubts) == " | ".join(DRAFT)
    asked_for = imported(bytes_of(workbook), "xlsx", hidden=True)
    assert texts(asked_for) == published(BREWING, DRAFT, SERVING)
    assert looked_at(asked_for) == [("a hidden row, read as any other", "Sheet1!7:7")]


def test_a_hidden_column_is_no_title_of_rows() -> None:
    rows = [(row[0], code, *row[1:]) for row, code in ((HEAD, "Code"), (BREWING, "T1"), (SERVING, "T1"))]
    workbook = book(*rows, above=((*ABOVE[:3], (None, None, ABOVE[3][1]))))
    workbook.active.column_dimensions["B"].hidden = True
    reading = imported(bytes_of(workbook), "xlsx")
    assert [row.title for row in reading.framework.specialisms[0].headings] == ["Brewing", "Serving"]
    assert looked_at(reading) == [("a hidden column, left out; --hidden has it read", "Sheet1!B:B")]


def test_a_hidden_sheet_is_left_out_and_told() -> None:
    workbook = book(HEAD, BREWING)
    other: Any = workbook.create_sheet("Old")
    for row in (*ABOVE, HEAD, DRAFT):
        other.append(list(row))
    other.sheet_state = "hidden"
    reading = imported(bytes_of(workbook), "xlsx")
    assert texts(reading) == published(BREWING)
    assert looked_at(reading) == [("a hidden sheet, left out; --hidden has it read", "Old")]
    assert texts(imported(bytes_of(workbook), "xlsx", hidden=True)) == published(BREWING, DRAFT)


def test_a_merged_cell_reaches_over_the_columns_that_are_shown() -> None:
    workbook = book((*HEAD[:2], "old", *HEAD[2:]), ("Brewing", "Boils water.", None, None, "Leads."))
    workbook.active.merge_cells(start_row=6, end_row=6, start_column=2, end_column=4)
    workbook.active.column_dimensions["C"].hidden = True
    (first, last) = imported(bytes_of(workbook), "xlsx").framework.specialisms[0].headings[0].statements
    assert (str(first.levels), str(last.levels)) == ("Starting to Doing", "Leading")


def test_a_text_that_a_program_has_left_under_a_merged_cell_is_told() -> None:
    workbook = book(HEAD, BREWING)
    workbook.active.merged_cells.add("B6:C6")
    reading = imported(bytes_of(workbook), "xlsx")
    assert levels_of(reading, "Brewing") == [
        ("Starting to Doing", "Boils water."),
        ("Leading", "Sets how tea is brewed."),
    ]
    what = "a text that lies under a merged cell, and is not shown, is left out"
    assert [(doubt.text, str(doubt.place)) for doubt in reading.doubts if doubt.what == what] == [
        ("Brews tea.", "Sheet1!C6")
    ]


def test_struck_cells_and_struck_words_of_a_workbook_are_left_out_and_told() -> None:
    workbook = book(HEAD, BREWING, SERVING)
    workbook.active["C6"] = CellRichText("Brews ", TextBlock(InlineFont(strike=True), "coffee and "), "tea.")
    workbook.active["B8"], workbook.active["A8"] = "gone", "Old"
    for cell in workbook.active[8]:
        cell.font = Font(strike=True)
    reading = imported(bytes_of(workbook), "xlsx")
    assert texts(reading) == published(BREWING, SERVING)
    struck = "struck-through text, left out; --struck has it read"
    assert looked_at(reading) == [(struck, "Sheet1!C6"), (struck, "Sheet1!A8"), (struck, "Sheet1!B8")]
    assert "Brews coffee and tea." in texts(imported(bytes_of(workbook), "xlsx", struck=True))


@pytest.mark.parametrize(
    ("mark", "what", "choice"), [("hidden", "hidden", "hidden"), ("strike", "struck-through", "struck")]
)
def test_hidden_and_struck_words_of_a_word_file_are_left_out_and_told(mark: str, what: str, choice: str) -> None:
    word_file = document(HEAD, BREWING, SERVING)
    run = word_file.tables[0].cell(1, 2).paragraphs[0].add_run(" Note to the editor.")
    setattr(run.font, mark, True)
    reading = imported(bytes_of(word_file), "docx")
    assert texts(reading) == published(BREWING, SERVING)
    assert (f"{what} text, left out; --{choice} has it read", "table 1, row 2, cell 3") in looked_at(reading)
    assert "Brews tea. Note to the editor." in texts(imported(bytes_of(word_file), "docx", **{choice: True}))


def test_words_that_a_style_hides_are_hidden_and_a_run_may_show_them() -> None:
    word_file = document(HEAD, BREWING)
    style = word_file.styles.add_style("For editors", 2)
    style.font.hidden = True
    paragraph = word_file.tables[0].cell(1, 1).paragraphs[0]
    paragraph.add_run(" No.", style)
    paragraph.add_run(" Yes.", style).font.hidden = False
    assert "Boils water. Yes." in texts(imported(bytes_of(word_file), "docx"))


def test_a_style_may_show_what_the_style_that_it_is_based_on_hides() -> None:
    word_file = document(HEAD, BREWING)
    hidden, visible = (word_file.styles.add_style(name, 2) for name in ("For editors", "For all"))
    hidden.font.hidden, visible.base_style, visible.font.hidden = True, hidden, False
    word_file.tables[0].cell(1, 1).paragraphs[0].add_run(" Yes.", visible)
    assert "Boils water. Yes." in texts(imported(bytes_of(word_file), "docx"))


def test_signs_and_footnotes_of_a_word_file_are_told() -> None:
    word_file = document(HEAD, BREWING)
    run = word_file.tables[0].cell(1, 1).paragraphs[0].add_run()
    run._r.append(run._r.makeelement(f"{{{run._r.nsmap['w']}}}sym", {f"{{{run._r.nsmap['w']}}}char": "F04A"}))
    reading = imported(bytes_of(word_file), "docx")
    assert "it holds a symbol of a font of signs, which is left out" in what_weighs(reading)


def test_bullets_of_a_symbol_font_are_list_marks() -> None:
    word_file = document(HEAD, ("Brewing", "\n", "Brews tea.", "Leads."))
    for paragraph, text in zip(word_file.tables[0].cell(1, 1).paragraphs, ("Boils water", "Fills pots"), strict=True):
        run = paragraph.add_run()
        sign = run._r.makeelement(f"{{{run._r.nsmap['w']}}}sym", {f"{{{run._r.nsmap['w']}}}char": "F0B7"})
        run._r.append(sign)
        paragraph.add_run(f" {text}")
    statements = imported(bytes_of(word_file), "docx").framework.specialisms[0].headings[0].statements
    assert statements[0].entries == ("Boils water", "Fills pots")


@pytest.mark.parametrize(
    ("inserted", "deleted", "text"), [("ins", "del", "delText"), ("moveTo", "moveFrom", "t")], ids=["edited", "moved"]
)
def test_tracked_changes_of_a_word_file_are_told(inserted: str, deleted: str, text: str) -> None:
    word_file = document(HEAD, BREWING)
    _add(
        word_file,
        f"<w:{deleted}><w:r><w:{text}>Heats it.</w:{text}></w:r></w:{deleted}>"
        f"<w:{inserted}><w:r><w:t> Fills pots.</w:t></w:r></w:{inserted}>",
    )
    reading = imported(bytes_of(word_file), "docx")
    assert "Boils water. Fills pots." in texts(reading)
    assert what_weighs(reading) == [
        "text that was deleted with tracking on, left out",
        "text that was inserted with tracking on, read as any other",
    ]


def _add(word_file: Any, xml: str) -> None:
    """Add elements to the first text of a Word file's table."""
    paragraph = word_file.tables[0].cell(1, 1).paragraphs[0]
    for element in parse_xml(f'<w:p xmlns:w="{paragraph._p.nsmap["w"]}">{xml}</w:p>'):
        paragraph._p.append(element)


def test_what_a_control_asks_for_and_comments_are_no_text_and_told() -> None:
    word_file = document(HEAD, BREWING)
    run = "<w:sdtContent><w:r><w:t> Click here to enter text.</w:t></w:r></w:sdtContent>"
    _add(word_file, f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{run}</w:sdt>")
    word_file.add_comment(word_file.tables[0].cell(1, 2).paragraphs[0].runs, text="Is this right?")
    reading = imported(bytes_of(word_file), "docx")
    assert texts(reading) == published(BREWING)
    whats = [what for what, _ in looked_at(reading)]
    assert "what a control of the file asks for is left out" in whats
    assert "somebody's comment stands here, which is left out" in whats


def test_a_row_without_height_is_hidden() -> None:
    workbook = book(HEAD, BREWING, DRAFT)
    workbook.active.row_dimensions[7].height = 0.1
    assert texts(imported(bytes_of(workbook), "xlsx")) == published(BREWING)


def test_comments_on_cells_of_a_workbook_are_told() -> None:
    workbook = book(HEAD, BREWING)
    workbook.active["B6"].comment = Comment("Ask the cook first.", "A reader")
    notice = "[Threaded comment]\n\nYour version of Excel allows you to read this.\n\nComment:\n    Is this right?"
    workbook.active["C6"].comment = Comment(notice, "A reader")
    reading = imported(bytes_of(workbook), "xlsx")
    assert texts(reading) == published(BREWING)
    assert looked_at(reading) == [
        ("somebody's comment stands here, which is left out", f"Sheet1!{cell}") for cell in ("B6", "C6")
    ]
    assert [doubt.text for doubt in reading.doubts][:2] == ["Ask the cook first.", "Is this right?"]


@pytest.mark.parametrize("is_shared", [True, False], ids=["shared string", "string of the cell"])
def test_what_stands_raised_in_a_workbook_is_glued_to_no_word(is_shared: bool) -> None:
    raised = InlineFont(vertAlign="superscript")
    texts_of_row = ("Boils 2 m", TextBlock(raised, "2"), " of water.", TextBlock(raised, "1"))
    if is_shared:
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream) as workbook:
            sheet = workbook.add_worksheet()
            for row, values in enumerate((*ABOVE, HEAD, BREWING)):
                for column, value in enumerate(values):
                    sheet.write(row, column, value)
            up = workbook.add_format({"font_script": 1})
            sheet.write_rich_string(5, 1, "Boils 2 m", up, "2", " of water.", up, "1")
        content = stream.getvalue()
    else:
        workbook = book(HEAD, BREWING)
        workbook.active["B6"].value = CellRichText(*texts_of_row)
        content = bytes_of(workbook)
    reading = imported(content, "xlsx")
    assert "Boils 2 m² of water.¹" in texts(reading)
    assert [what[:42] for what in what_weighs(reading) if "footnote" in what] == [
        "'¹' looks like the mark of a footnote, and"
    ]


@pytest.mark.parametrize("has_deleted_text", [True, False])
def test_a_row_that_was_deleted_with_tracking_on_is_left_out_and_told(has_deleted_text: bool) -> None:
    word_file = document(HEAD, BREWING, DRAFT, SERVING)
    _track(word_file.tables[0].rows[2]._tr.get_or_add_trPr(), "del")
    _track(word_file.tables[0].rows[3]._tr.get_or_add_trPr(), "ins")
    if has_deleted_text:
        for text in word_file.tables[0].rows[2]._tr.iter(qn("w:t")):
            text.tag = qn("w:delText")
    reading = imported(bytes_of(word_file), "docx")
    assert texts(reading) == published(BREWING, SERVING)
    assert what_weighs(reading) == [
        "a row that was deleted with tracking on, left out",
        "a row that was inserted with tracking on, read as any other",
    ]
    assert next(doubt.text for doubt in reading.doubts) == " | ".join(DRAFT)


def _track(properties: Any, name: str) -> None:
    properties.append(parse_xml(f'<w:{name} xmlns:w="{properties.nsmap["w"]}" w:id="1" w:author="A reader"/>'))


def test_a_column_that_was_deleted_with_tracking_on_is_left_out_and_a_cell_alone_is_refused() -> None:
    word_file = document((*HEAD, "Old stage"), (*BREWING, "Boils it again."))
    cells = [row.cells[4]._tc for row in word_file.tables[0].rows]
    _track(cells[1].get_or_add_tcPr(), "cellDel")
    (problem,) = problems_of(lambda: imported(bytes_of(word_file), "docx"))
    assert problem == (
        "tea.docx, table 1, row 2, cell 5: a cell was deleted with tracking on, which moves those beside it to other"
        " columns: accept the change in Word, or reject it"
    )
    _track(cells[0].get_or_add_tcPr(), "cellDel")
    reading = imported(bytes_of(word_file), "docx")
    assert texts(reading) == published(BREWING)
    assert what_weighs(reading) == ["a cell that was deleted with tracking on, left out"] * 2


def _picture(width: int, height: int) -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("RGB", (width, height)).save(stream, "PNG", dpi=(96, 96))
    return io.BytesIO(stream.getvalue())


@pytest.mark.parametrize(("width", "height", "is_told"), [(600, 300, True), (200, 80, False)])
def test_a_picture_as_large_as_a_table_is_told(width: int, height: int, is_told: bool) -> None:
    word_file = document(HEAD, BREWING)
    word_file.add_picture(_picture(width, height))
    assert (PICTURE in what_weighs(imported(bytes_of(word_file), "docx"))) is is_told
    sheet = book(HEAD, BREWING)
    sheet.active.add_image(SheetImage(_picture(width, height)), "B12")
    reading = imported(bytes_of(sheet), "xlsx")
    assert [str(doubt.place) for doubt in reading.doubts if doubt.what == PICTURE] == (
        ["Sheet1!B12"] if is_told else []
    )


def test_a_file_that_has_a_picture_and_no_table_is_told_as_that() -> None:
    word_file = docx.Document()
    word_file.add_picture(_picture(600, 300))
    sheet = openpyxl.Workbook()
    sheet.active["A1"] = TITLE
    sheet.active.add_image(SheetImage(_picture(600, 300)), "A3")
    for content, kind, where in ((bytes_of(word_file), "docx", "paragraph 1"), (bytes_of(sheet), "xlsx", "Sheet!A3")):
        (problem,) = problems_of(partial(imported, content, kind))
        assert problem.startswith(f"tea.{kind}, {where}: has no table with a row of stages; a picture stands here")


def test_a_box_that_lies_on_a_sheet_is_told() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate((HEAD, BREWING), 1):
            sheet.write_row(number, 0, row)
        sheet.insert_textbox("B5", "Leaders sit down.")
    reading = imported(stream.getvalue(), "xlsx", specialism=TITLE)
    assert [(str(doubt.place), doubt.text) for doubt in reading.doubts if doubt.what == BOXED and doubt.weighs] == [
        ("Sheet1!B5", "Leaders sit down.")
    ]


def test_cells_that_were_merged_with_tracking_on_are_read_as_merged_and_told() -> None:
    word_file = document(("Part", *HEAD), ("Kitchen", *BREWING), ("", *SERVING), ("Room", *DRAFT))
    properties = word_file.tables[0].cell(2, 0)._tc.get_or_add_tcPr()
    properties.append(parse_xml(f'<w:cellMerge xmlns:w="{_WORD}" w:id="1" w:author="A" w:vMerge="cont"/>'))
    reading = imported(bytes_of(word_file), "docx")
    assert [(row.group, row.title) for row in reading.framework.specialisms[0].headings] == [
        ("Kitchen", "Brewing"),
        ("Kitchen", "Serving"),
        ("Room", "Draft"),
    ]
    what = "cells were merged or divided here with tracking on, read as if that were accepted"
    assert [str(doubt.place) for doubt in reading.doubts if doubt.what == what] == ["table 1, row 3, cell 1"]


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
