"""Tables as publishers lay them out: merged heads, titles that go on, chapters over several tables, rows of one
heading, levels down the side that are said once, and what of it says nothing by itself."""

from __future__ import annotations

from typing import Any

import docx
import pytest

from jdgen.framework.declared_levels import make_scale
from jdgen.framework.transcription import transcription_problems
from jdgen.importing.doubts import weighing_problems
from jdgen.importing.grid import CellPlace, Doubt
from jdgen.importing.importing import About, Imported, import_framework
from jdgen.levels import AFC
from tests.importing.published import (
    BREWING,
    DESCRIPTION,
    HEAD,
    SERVING,
    STAGES,
    TITLE,
    Row,
    add_table,
    book,
    bytes_of,
    comma_separated,
    document,
    imported,
    levels_of,
    looked_at,
    what_weighs,
)
from tests.toolbox.data import problems_of

_BANDS = ("Area", "Band 5", "Band 6", "Band 7")


def _statements_of(reading: Imported) -> dict[str, list[tuple[str, str, str]]]:
    """Each statement of each specialism: its group and heading, its levels, and its text, or its entries."""
    return {
        specialism.title: [
            (f"{row.group}/{row.title}", str(statement.levels), statement.text or " | ".join(statement.entries))
            for row in specialism.headings
            for statement in row.statements
        ]
        for specialism in reading.framework.specialisms
    }


def _texts(reading: Imported) -> list[tuple[str, str]]:
    (rows,) = _statements_of(reading).values()
    return [(levels, text) for _, levels, text in rows]


def _merge_cells(word_file: Any, *areas: tuple[tuple[int, int], tuple[int, int]]) -> Any:
    """The Word file with cells of its table merged, each area from its first to its last cell."""
    (table,) = word_file.tables
    for first, last in areas:
        table.cell(*first).merge(table.cell(*last))
        for paragraph in table.cell(*first).paragraphs:
            if not paragraph.text:
                paragraph._p.getparent().remove(paragraph._p)
    return word_file


def test_a_head_over_the_levels_that_only_says_what_they_are_is_no_title() -> None:
    word_file = document(("", "AfC Band", "", ""), _BANDS, BREWING, SERVING)
    reading = imported(bytes_of(_merge_cells(word_file, ((0, 1), (0, 3)))), "docx", AFC)
    assert [specialism.title for specialism in reading.framework.specialisms] == [TITLE]


def test_sheets_with_such_a_head_stay_chapters_of_their_own() -> None:
    workbook = book(("Area", "AfC band"), ("", 5, 6, 7), BREWING, above=(), sheet="Tea maker")
    other = workbook.create_sheet("Tea taster")
    for row in (("Area", "AfC band"), ("", 5, 6, 7), ("Tasting", "Sips.", "Compares.", "Judges.")):
        other.append(row)
    for sheet in workbook:
        sheet.merge_cells("B1:D1")
    assert list(_statements_of(imported(bytes_of(workbook), "xlsx", AFC))) == ["Tea maker", "Tea taster"]


@pytest.mark.parametrize("behind", [" (continued)", " – cont.", " (cont'd)"])
def test_a_title_that_goes_on_is_the_same_title(behind: str) -> None:
    word_file = document(HEAD, BREWING, above=((TITLE, "Heading 1"),))
    word_file.add_paragraph(f"{TITLE}{behind}", "Heading 1")
    add_table(word_file, HEAD, SERVING)
    assert [len(rows) for rows in _statements_of(imported(bytes_of(word_file), "docx")).values()] == [6]


def _under_headings(*chapters: str, parts: tuple[str, ...]) -> bytes:
    word_file = docx.Document()
    for chapter in chapters:
        word_file.add_heading(chapter, 1)
        word_file.add_paragraph(f"{chapter}s are described here.")
        for part in parts:
            word_file.add_heading(part, 2)
            add_table(word_file, HEAD, (f"{part} work", *(f"{chapter} {part} {level}." for level in HEAD[1:])))
    return bytes_of(word_file)


def test_tables_under_equal_headings_of_several_chapters_are_of_these_chapters() -> None:
    statements = _statements_of(imported(_under_headings("Cook", "Waiter", parts=("Guests", "Goods")), "docx"))
    assert list(statements) == ["Cook", "Waiter"]
    for chapter, rows in statements.items():
        assert [name for name, _, _ in rows] == 3 * ["Guests/Guests work"] + 3 * ["Goods/Goods work"]
        assert all(text.startswith(chapter) for _, _, text in rows)


def test_headings_that_say_which_part_of_a_role_follows_are_no_specialisms() -> None:
    statements = _statements_of(
        imported(_under_headings("Cook", parts=("Main duties", "Knowledge and skills")), "docx")
    )
    assert {title: len(rows) for title, rows in statements.items()} == {"Cook": 6}


def test_pillars_of_practice_are_parts_of_one_specialism_and_one_alone_is_a_specialism() -> None:
    pillars = ("Clinical practice", "Pillar 2: Leadership and management", "Research")
    for several in (pillars, pillars[1:2]):
        word_file = docx.Document()
        word_file.add_paragraph("Podiatry", "Heading 1")
        for pillar in several:
            word_file.add_paragraph(pillar, "Heading 2")
            add_table(word_file, _BANDS, ("Tasks", f"Does 5 of {pillar}.", "Does 6.", "Does 7."))
        statements = _statements_of(imported(bytes_of(word_file), "docx", AFC))
        assert list(statements) == (["Podiatry"] if len(several) > 1 else ["Pillar 2: Leadership and management"])


def test_other_headings_above_tables_are_specialisms() -> None:
    word_file = docx.Document()
    word_file.add_heading("The tea room", 1)
    for title in ("Cook", "Waiter"):
        word_file.add_heading(title, 2)
        add_table(word_file, HEAD, BREWING)
    assert list(_statements_of(imported(bytes_of(word_file), "docx"))) == ["Cook", "Waiter"]


_SEVERAL: tuple[Row, ...] = (
    _BANDS,
    ("Brewing", "Boils water.", "Brews tea", "Sets how."),
    ("", "Warms pots.", "with care.", "Tests it."),
    ("", "Cleans up.", "", "Teaches it."),
    ("Serving", "Serves.", "Serves more.", "Leads."),
)
_ENTRIES = [
    ("5", "Boils water. | Warms pots. | Cleans up."),
    ("6", "Brews tea with care. | Cleans up."),
    ("7", "Sets how. | Tests it. | Teaches it."),
]


def test_rows_below_one_merged_heading_are_entries_and_each_is_under_its_bands() -> None:
    word_file = _merge_cells(document(*_SEVERAL), ((1, 0), (3, 0)), ((3, 1), (3, 2)))
    assert _texts(imported(bytes_of(word_file), "docx", AFC))[:3] == _ENTRIES


def test_the_texts_of_a_narrower_row_are_told_apart_below_a_merged_one() -> None:
    word_file = _merge_cells(
        document(_BANDS, ("Brewing", "Boils.", "", "Leads."), ("", "Warms.", "Teaches.", "")), ((1, 1), (1, 2))
    )
    assert _texts(imported(bytes_of(word_file), "docx", AFC)) == [
        ("5", "Boils. | Warms."),
        ("6", "Boils. | Teaches."),
        ("7", "Leads."),
    ]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_rows_without_a_heading_are_entries_of_the_one_above(kind: str) -> None:
    rows = [_SEVERAL[0], *(tuple(text or None for text in row) for row in _SEVERAL[1:])]
    content = bytes_of(book(*rows)) if kind == "xlsx" else comma_separated(*rows)
    assert _texts(imported(content, kind, AFC))[0] == _ENTRIES[0]


def test_a_text_where_the_row_above_says_nothing_is_kept() -> None:
    rows = (_BANDS, ("Brewing", "Boils.", "Brews.", None), (None, None, None, "Teaches."))
    assert _texts(imported(bytes_of(book(*rows)), "xlsx", AFC)) == [("5", "Boils."), ("6", "Brews."), ("7", "Teaches.")]


_DOWN: tuple[Row, ...] = (
    ("Band", "Pillar", "Statement"),
    ("5", "Practice", "Brews."),
    ("", "Research", "Reads."),
    ("6", "Practice", "Brews more."),
    ("", "Research", "Writes."),
    ("7", "Practice", "Leads."),
)
_BY_PILLAR = [
    ("/Practice", "5", "Brews."),
    ("/Practice", "6", "Brews more."),
    ("/Practice", "7", "Leads."),
    ("/Research", "5", "Reads."),
    ("/Research", "6", "Writes."),
]


@pytest.mark.parametrize("kind", ["docx", "xlsx", "csv"])
def test_a_level_down_the_side_that_is_said_once_holds_for_the_rows_below_it(kind: str) -> None:
    rows = [tuple(text or None for text in row) for row in _DOWN]
    if kind == "docx":
        content = bytes_of(_merge_cells(document(*_DOWN), ((1, 0), (2, 0)), ((3, 0), (4, 0))))
    else:
        content = bytes_of(book(*rows)) if kind == "xlsx" else comma_separated(*rows, above=((TITLE,), ()))
    ((title, rows_said),) = _statements_of(imported(content, kind, AFC)).items()
    assert (title, rows_said) == (TITLE, _BY_PILLAR)


def test_a_sentence_above_the_levels_describes_the_specialism() -> None:
    text = "A cook makes what guests eat, and plans what is bought for it."
    word_file = document(("Cook", "", "", ""), (text, "", "", ""), HEAD, BREWING, above=())
    reading = imported(bytes_of(_merge_cells(word_file, ((0, 0), (0, 3)), ((1, 0), (1, 3)))), "docx")
    (cook,) = reading.framework.specialisms
    assert cook.description
    assert (cook.title, cook.description.text) == ("Cook", text)


def test_what_stands_below_the_table_does_not_describe_it_because_its_title_stood_last_above() -> None:
    workbook = book(HEAD, BREWING, (), ("© The tea rooms 2026",), ("Page 1 of 1",), above=((TITLE,), ()))
    reading = imported(bytes_of(workbook), "xlsx")
    assert reading.framework.specialisms[0].description is None
    assert any("nothing describes" in what for what in what_weighs(reading))


def test_a_sentence_beside_empty_titles_over_all_levels_is_told_and_no_row() -> None:
    word_file = document(("Ref", *_BANDS), ("1.1", *BREWING), ("", "All of us work safely at all times.", "", "", ""))
    reading = imported(bytes_of(_merge_cells(word_file, ((2, 1), (2, 4)))), "docx", AFC)
    assert [name for name, _, _ in _statements_of(reading)[TITLE]] == 3 * ["/Brewing"]
    assert any("is printed nowhere" in what for what in what_weighs(reading))


@pytest.mark.parametrize("head", ["Code", "Ref.", ""])
def test_codes_before_the_titles_are_no_groups(head: str) -> None:
    codes = ("BREW", "SERV") if head else ("T1.1", "T1.2")
    word_file = document((head, *HEAD), (codes[0], *BREWING), (codes[1], *SERVING))
    assert {name for name, _, _ in _statements_of(imported(bytes_of(word_file), "docx"))[TITLE]} == {
        "/Brewing",
        "/Serving",
    }


def test_a_raised_number_is_not_glued_to_the_word_before_it() -> None:
    word_file = document(_BANDS, ("Brewing", "Boils water", "Heats 20 m", "Leads."))
    for cell, raised in ((1, "1"), (2, "2")):
        run = word_file.tables[0].cell(1, cell).paragraphs[0].add_run(raised)
        run.font.superscript = True
    reading = imported(bytes_of(word_file), "docx", AFC)
    assert [text for _, text in _texts(reading)] == ["Boils water¹", "Heats 20 m²", "Leads."]
    assert [what for what in what_weighs(reading) if "footnote" in what]


def test_typed_numbers_and_letters_begin_entries() -> None:
    word_file = document(_BANDS, ("Brewing", "You:\n1. boil;\n2. brew.", "a) boils\nb) brews", "(i) leads\n(ii) plans"))
    reading = imported(bytes_of(word_file), "docx", AFC)
    assert [text for _, text in _texts(reading)] == ["boil; | brew.", "boils | brews", "leads | plans"]


def test_a_line_break_within_a_sentence_of_a_word_file_divides_nothing() -> None:
    word_file = document(_BANDS, ("Brewing", "", "", "Leads."))
    for cell, text in ((1, "Works with the\nTrust."), (2, "Boils.\nBrews.")):
        word_file.tables[0].cell(1, cell).text = text
    reading = imported(bytes_of(word_file), "docx", AFC)
    assert [text for _, text in _texts(reading)] == ["Works with the Trust.", "Boils. | Brews.", "Leads."]


@pytest.mark.parametrize("mark", ['"', "ditto", "as Band 5", "As band 5, and plans.", "see above", "→"])
def test_a_cell_that_points_to_another_is_told(mark: str) -> None:
    reading = imported(bytes_of(document(_BANDS, ("Brewing", "Boils.", mark, "Leads."))), "docx", AFC)
    assert any("points to what another cell says" in what for what in what_weighs(reading))


def test_texts_that_speak_of_bands_are_not_told_as_pointing() -> None:
    reading = imported(
        bytes_of(document(_BANDS, ("Brewing", "Assesses band 5 staff.", "Does as asked.", "Leads."))), "docx", AFC
    )
    assert what_weighs(reading) == []


def test_a_title_of_two_paragraphs_is_told() -> None:
    word_file = document(HEAD, ("Brewing\nHow tea is made.", *BREWING[1:]))
    assert [what for what in what_weighs(imported(bytes_of(word_file), "docx")) if "one title" in what]


def test_paragraphs_beside_the_lists_of_an_outline_are_told() -> None:
    word_file = docx.Document()
    word_file.add_heading(TITLE, 1)
    word_file.add_paragraph("A keeper keeps a tea room.")
    for level in HEAD[1:]:
        word_file.add_heading(level, 2)
        word_file.add_paragraph(f"{level} is where this begins.")
        word_file.add_heading("Brewing", 3)
        word_file.add_paragraph(f"Brews when {level}.", "List Bullet")
    reading = imported(bytes_of(word_file), "docx")
    assert [what for what in what_weighs(reading) if "printed nowhere" in what]
    assert not any("title of the table" in what for what, _ in looked_at(reading))


def test_an_outline_that_names_no_specialism_asks_for_it() -> None:
    word_file = docx.Document()
    for heading in ("Brewing", "Serving"):
        word_file.add_heading(heading, 1)
        for level in HEAD[1:]:
            word_file.add_heading(level, 2)
            word_file.add_paragraph(f"{heading} when {level}.", "List Bullet")
    assert any("--specialism" in line for line in problems_of(lambda: imported(bytes_of(word_file), "docx", STAGES)))


def test_a_row_of_all_levels_of_skills_names_no_bands() -> None:
    skills = make_scale("skill level", [str(level) for level in range(1, 8)], adds_up=False)
    heads = [str(level) for level in range(1, 8)]
    rows = (("Skill", *heads), ("Testing", *(f"Tests at {level}." for level in heads)))
    about = About("tea", "1", skill_scale=skills)
    problems = problems_of(lambda: import_framework(bytes_of(document(*rows)), "tea.docx", about, None, "out.yaml"))
    assert [line for line in problems if "only what skills mean" in line]


def test_what_is_told_of_the_whole_file_names_it_once() -> None:
    whole = Doubt("a specialism is not in it", CellPlace("", "", "", "new.docx"), weighs=True)
    (problem,) = weighing_problems([whole], "new.docx")
    assert problem.where == "new.docx"


@pytest.mark.parametrize("kind", ["csv", "docx", "xlsx"])
def test_titles_beside_which_nothing_stands_are_told(kind: str) -> None:
    rows = (HEAD, BREWING, SERVING, ("Sweeping", None, None, None), ("Key: all of it", None, None, None))
    content = comma_separated(*rows) if kind == "csv" else bytes_of(book(*rows) if kind == "xlsx" else document(*rows))
    reading = imported(content, kind)
    assert [doubt.text for doubt in reading.doubts if doubt.weighs] == ["Sweeping", "Key: all of it"]


@pytest.mark.parametrize("kind", ["csv", "docx", "xlsx"])
def test_a_row_that_is_continued_on_the_next_page_is_one_with_the_row_above(kind: str) -> None:
    first = (HEAD, BREWING, ("Serving", "Carries", "Serves guests.", "Trains"))
    second = (
        HEAD,
        ("Serving (cont’d)", "trays.", "Clears tables.", "others."),
        ("Sweeping", "Sweeps.", "Wipes.", "Looks."),
    )
    if kind == "docx":
        word_file = document(*first)
        word_file.add_page_break()
        add_table(word_file, *second)
        content = bytes_of(word_file)
    else:
        rows = (*first, (), (None, TITLE), *second)
        content = comma_separated(*rows) if kind == "csv" else bytes_of(book(*rows))
    assert levels_of(imported(content, kind), "Serving") == [
        ("Starting", "Carries trays."),
        ("Doing", "Serves guests.\nClears tables."),
        ("Leading", "Trains others."),
    ]


def test_a_group_that_is_continued_is_the_same_group() -> None:
    head = ("Part", *HEAD)
    rows = (head, ("Tea", *BREWING), ("Room", *SERVING), (), (None, None, TITLE), head)
    more = ("Room (continued)", "Sweeping", "Sweeps.", "Wipes.", "Looks.")
    reading = imported(comma_separated(*rows, more, above=((TITLE,), (), (None, None, TITLE))), "csv")
    assert [row.group for row in reading.framework.specialisms[0].headings] == ["Tea", "Room", "Room"]


def test_what_a_publication_says_of_its_dates_is_no_title_and_describes_nothing() -> None:
    above = ((TITLE,), ("Last updated: 3 May 2024",), (DESCRIPTION,), ())
    (specialism,) = imported(comma_separated(HEAD, BREWING, above=above), "csv").framework.specialisms
    assert (specialism.title, specialism.description and specialism.description.text) == (TITLE, DESCRIPTION)


@pytest.mark.parametrize("kind", ["csv", "docx", "xlsx"])
def test_soft_hyphens_and_letters_of_typesetters_are_plain_words(kind: str) -> None:
    row = ("Brewing", "Co\u00adordi\u00adnates.", "Is e\ufb03cient.", "Leads\u200b.")
    content = (
        comma_separated(HEAD, row)
        if kind == "csv"
        else bytes_of(book(HEAD, row) if kind == "xlsx" else document(HEAD, row))
    )
    reading = imported(content, kind)
    assert [text for _, text in levels_of(reading, "Brewing")] == ["Coordinates.", "Is efficient.", "Leads."]
    assert transcription_problems(reading.framework, reading.source, "out.yaml") == []


def test_typed_numbers_of_an_outline_are_marks_of_a_list_and_told_before_one_text() -> None:
    row = ("Brewing", "1.1 Boils.\n1.2 Fills.", "1.1 Brews.", "0.5 post for tea.\n1.0 post for cake.")
    reading = imported(comma_separated(HEAD, row), "csv")
    texts = [text for _, text in levels_of(reading, "Brewing")]
    assert texts == ["Boils.\nFills.", "1.1 Brews.", "0.5 post for tea.\n1.0 post for cake."]
    places = [str(doubt.place) for doubt in reading.doubts if "typed number" in doubt.what and doubt.weighs]
    assert places == ["line 6, cell 3", "line 6, cell 4"]


def test_the_letter_o_is_a_bullet_of_the_second_depth_in_a_list_and_else_a_word() -> None:
    row = (
        "Brewing",
        "• Boils water\no in the kettle\no in the pot",
        "Gofalu am gleifion\no dan oruchwyliaeth",
        "Leads.",
    )
    reading = imported(comma_separated(HEAD, row), "csv")
    assert [text for _, text in levels_of(reading, "Brewing")] == [
        "Boils water\nin the kettle\nin the pot",
        "Gofalu am gleifion o dan oruchwyliaeth",
        "Leads.",
    ]


def test_a_title_of_several_paragraphs_is_told_where_it_says_more_than_a_title() -> None:
    rows = (("Brewing\nTea", *BREWING[1:]), ("Serving\nHow guests are served at their tables", *SERVING[1:]))
    reading = imported(bytes_of(document(HEAD, *rows)), "docx")
    told_of = [doubt.heading for doubt in reading.doubts if "taken as one title" in doubt.what]
    assert told_of == ["Serving How guests are served at their tables"]
