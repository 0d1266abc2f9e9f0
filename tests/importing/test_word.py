"""Word tables: cells that reach over several, rows that begin further right, lists, tracked changes, hostile files."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.errors import JdgenError
from jdgen.importing.grid import Grid
from jdgen.importing.importing import import_framework
from jdgen.importing.published_files import publication
from tests.importing.tables import (
    ABOUT,
    doubts_in,
    heading,
    imported,
    levels_and_texts,
    text_of,
    word,
    word_cell,
    word_row,
    word_table,
)
from tests.toolbox.publications import BY_BANDS
from tests.toolbox.soak import budget

HEAD = (
    word_row(word_cell("Pathway", 2), word_cell("Wards", 3)),
    word_row(word_cell("AFC Band", 2), word_cell("5"), word_cell("6"), word_cell("7")),
    word_row(word_cell("Complexity", 2), word_cell("Low", 2), word_cell("High")),
    word_row(word_cell("Duties", merge="start"), word_cell("For everyone", 4)),
)
LISTED = '<w:p><w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
QUALIFICATIONS = word_row(word_cell("Duties", merge="on"), word_cell("Qualifications"), word_cell("Degree", 3))


def cells(*rows: str) -> list[tuple[int, int, int, int, str]]:
    grid = next(publication(word(word_table(*rows)), "a.docx", BY_BANDS).grids)
    return [(cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in grid.cells]


def row_of(cell: str) -> Grid:
    return next(publication(word(word_table(word_row(word_cell("x"), cell))), "a.docx", BY_BANDS).grids)


def test_spans_merges_and_rows_that_begin_further_right() -> None:
    assert cells(
        word_row(word_cell("a", merge="start"), word_cell("b", 2)),
        word_row(word_cell("", merge="on"), word_cell("c"), word_cell("d")),
        word_row(word_cell("e"), before=2),
    ) == [(0, 0, 2, 1, "a"), (0, 1, 1, 2, "b"), (1, 1, 1, 1, "c"), (1, 2, 1, 1, "d"), (2, 2, 1, 1, "e")]


def test_a_merged_cell_ends_where_another_begins() -> None:
    texts = cells(
        *(
            word_row(word_cell(text, merge=merge))
            for text, merge in zip("abcd", ("start", "on", "start", "on"), strict=True)
        )
    )
    assert texts == [(0, 0, 2, 1, "a b"), (2, 0, 2, 1, "c d")]


def test_cells_and_rows_inside_content_controls_are_read() -> None:
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>".format
    inside = control(word_row(control(word_cell("a"))))
    assert cells(inside) == [(0, 0, 1, 1, "a")]


def test_a_table_in_a_cell_is_part_of_its_text_and_no_table() -> None:
    nested = word_table(word_row(word_cell("inside"))) + "<w:p/>"
    publication_ = publication(word(word_table(word_row(f"<w:tc><w:tcPr/>{nested}</w:tc>"))), "a.docx", BY_BANDS)
    assert [[cell.text for cell in grid.cells] for grid in publication_.grids] == [["inside"]]


@pytest.mark.parametrize(
    "around",
    [
        "<w:tbl><w:tr><w:tc>{}<w:p/></w:tc></w:tr></w:tbl>",
        "<w:p><w:r><w:pict><w:shape><w:txbxContent>{}</w:txbxContent></w:shape></w:pict></w:r></w:p>",
    ],
    ids=["frame", "box"],
)
def test_a_table_that_is_all_of_a_frame_or_stands_in_a_box_is_read(around: str) -> None:
    inside = word_table(word_row(word_cell("a"), word_cell("b")))
    grid = next(publication(word(around.format(inside)), "a.docx", BY_BANDS).grids)
    assert [(cell.text, str(cell.place)) for cell in grid.cells] == [
        ("a", "table 1, row 1, cell 1"),
        ("b", "table 1, row 1, cell 2"),
    ]


def test_tracked_deletions_are_not_read_and_insertions_are() -> None:
    text = "<w:p><w:r><w:t>keep </w:t></w:r><w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
    text += "<w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>"
    assert row_of(word_cell(text)).cells[1].text == "keep new"


def test_list_paragraphs_become_list_entries_and_a_number_of_none_does_not() -> None:
    row = row_of(word_cell(LISTED.format(1, "one") + LISTED.format(1, "two")))
    assert row.cells[1].text == "• one • two"
    assert row_of(word_cell(LISTED.format(0, "one"))).cells[1].text == "one"


def test_breaks_tabs_and_hyphens() -> None:
    text = "<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r></w:p>"
    assert row_of(word_cell(text)).cells[1].text == "a b c-d"


def test_paragraphs_are_the_entries_of_a_list_and_that_is_said() -> None:
    two = word_cell("<w:p><w:r><w:t>Watch</w:t></w:r></w:p><w:p><w:r><w:t>Lead</w:t></w:r></w:p>", 3)
    content = word(word_table(*HEAD, word_row(word_cell("", merge="on"), word_cell("Care"), two), QUALIFICATIONS))
    reading = import_framework(content, "a.docx", ABOUT, None, "a.yaml")
    (statement,) = heading(reading.framework.specialisms[0], "Care").statements
    assert (str(statement.levels), statement.entries) == ("5 to 7", ("Watch", "Lead"))
    assert [(doubt.what, str(doubt.place)) for doubt in doubts_in(reading)] == [
        ("its 2 paragraphs are taken as the entries of a list", "table 1, row 5, cell 3")
    ]


def test_one_cell_for_two_rows_says_its_text_under_both_and_is_doubted() -> None:
    content = word(
        word_table(
            *HEAD,
            word_row(word_cell("", merge="on"), word_cell("Care"), word_cell("Watch", 2, "start"), word_cell("Lead")),
            word_row(word_cell("", merge="on"), word_cell("Cost"), word_cell("", 2, "on"), word_cell("Plan")),
            QUALIFICATIONS,
        )
    )
    reading = import_framework(content, "a.docx", ABOUT, None, "a.yaml")
    (wards,) = reading.framework.specialisms
    assert levels_and_texts(heading(wards, "Care")) == [("5 to 6", "Watch"), ("7", "Lead")]
    assert levels_and_texts(heading(wards, "Cost")) == [("5 to 6", "Watch"), ("7", "Plan")]
    assert [(doubt.what, doubt.heading) for doubt in doubts_in(reading)] == [
        ("it is one cell with another row's", "Cost")
    ]


def test_an_empty_cell_of_its_own_is_inferred() -> None:
    care = word_row(word_cell("", merge="on"), word_cell("Care"), word_cell("Watch"), word_cell(""), word_cell("Lead"))
    reading = import_framework(word(word_table(*HEAD, care, QUALIFICATIONS)), "a.docx", ABOUT, None, "a.yaml")
    (first, _) = heading(reading.framework.specialisms[0], "Care").statements
    assert first.basis is not None
    assert ([str(band) for band in first.basis.inferred], str(first.levels)) == (["6"], "5 to 6")
    assert [doubt.confidence for doubt in doubts_in(reading)] == ["inferred"]


def test_what_the_file_states_is_contested_no_more() -> None:
    others = ("\tCare\tA\tB\tC", "\tCost\tA\tB\tC", "\tRisk\tA\tB\tC")
    earlier = imported(text_of(*others, "\tStaff\tHelp\t\tRun")).framework
    assert heading(earlier.specialisms[0], "Staff").statements[0].basis is not None
    staff = word_row(word_cell("", merge="on"), word_cell("Staff"), word_cell("Help", 2), word_cell("Run"))
    reading = import_framework(word(word_table(*HEAD, staff, QUALIFICATIONS)), "a.docx", ABOUT, earlier, "a.yaml")
    assert [statement.basis for statement in heading(reading.framework.specialisms[0], "Staff").statements] == [
        None,
        None,
    ]


def test_a_file_that_would_harm_is_refused() -> None:
    with pytest.raises(JdgenError, match=r"a\.docx: is not a Word document"):
        publication(b"PK\x03\x04 nothing", "a.docx", BY_BANDS)


def test_a_table_of_empty_cells_without_end_is_refused() -> None:
    with pytest.raises(JdgenError, match="at most 5,000 and 200"):
        publication(word(word_table(word_row(*(word_cell("x", 60) for _ in range(4))))), "a.docx", BY_BANDS)


def test_a_table_of_rows_without_end_is_refused_quickly() -> None:
    # Few tags and different texts: what is larger, or packs too well, is refused before it is read.
    row = "<w:tr><w:tc><w:p><w:r><w:t>{:x}</w:t></w:r></w:p></w:tc></w:tr>"
    rows = "".join(row.format(number * 7919) for number in range(5_100))
    with pytest.raises(JdgenError, match="a table has 5,001 rows"):
        publication(word(word_table(rows)), "a.docx", BY_BANDS)


@budget(8)
@given(st.lists(st.sampled_from(([3], [2, 1], [1, 2], [1, 1, 1])), min_size=1, max_size=5))
def test_any_way_to_merge_the_cells_of_a_row_is_read_back(rows: list[list[int]]) -> None:
    bands = ["5", "6", "7"]
    laid = [
        word_row(
            word_cell("", merge="on"),
            word_cell(f"Heading {number}"),
            *(word_cell(f"Row {number}, cell {index}", span) for index, span in enumerate(spans)),
        )
        for number, spans in enumerate(rows)
    ]
    content = word(word_table(*HEAD, *laid, QUALIFICATIONS))
    specialism = import_framework(content, "a.docx", ABOUT, None, "a.yaml").framework.specialisms[0]
    for number, spans in enumerate(rows):
        ends = list(accumulate(spans))
        assert [
            (str(statement.levels.lowest), str(statement.levels.highest), statement.text)
            for statement in specialism.headings[number].statements
        ] == [
            (bands[end - span], bands[end - 1], f"Row {number}, cell {index}")
            for index, (span, end) in enumerate(zip(spans, ends, strict=True))
        ]


def test_a_wide_row_inside_a_merged_group_is_a_row_of_its_own() -> None:
    rows = (
        *HEAD[:2],
        word_row(
            word_cell("Complexity", merge="start"), word_cell("Of projects"), word_cell("Low", 2), word_cell("High")
        ),
        word_row(word_cell("Complexity", merge="on"), word_cell("It follows what the ward does.", 4)),
        word_row(word_cell("Duties", merge="start"), word_cell("Care"), word_cell("Watch", 2), word_cell("Lead")),
    )
    (wards,) = import_framework(word(word_table(*rows)), "a.docx", ABOUT, None, "a.yaml").framework.specialisms
    assert levels_and_texts(wards.complexity_narrative) == [("5 to 7", "It follows what the ward does.")]
    assert [row.title for row in wards.headings] == ["Of projects", "Care"]
