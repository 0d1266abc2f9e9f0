"""What is told of a chapter: its title and description, rows of other kinds, and errors at their place in the file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jdgen.framework.model import Framework
from jdgen.importing.doubts import weighing_problems
from jdgen.importing.importing import About, Imported, import_framework
from jdgen.levels import AFC
from tests.importing.published import (
    ABOVE,
    BREWING,
    DESCRIPTION,
    HEAD,
    SERVING,
    STAGES,
    TITLE,
    add_table,
    book,
    bytes_of,
    comma_separated,
    document,
    imported,
    levels_of,
    looked_at,
    published,
    texts,
    what_weighs,
)
from tests.toolbox.data import problems_of

CLEANING = ("Cleaning", "Sweeps.", "Polishes.", "Says when.")
COPYRIGHT = "© Nobody. All rights reserved, in more words than describe anything in a test that was invented for this."


def test_an_empty_cell_of_a_csv_file_goes_on_and_is_told_or_says_nothing() -> None:
    content = comma_separated(
        HEAD, ("Brewing", "Boils water.", None, "Leads."), ("Serving", "Carries.", None, None), CLEANING
    )
    reading = imported(content, "csv")
    assert levels_of(reading, "Brewing") == [("Starting to Doing", "Boils water."), ("Leading", "Leads.")]
    assert looked_at(reading) == [
        ("the empty cell after it is taken to go on with it (R1)", "line 6, cell 2"),
        ("the 2 empty cells after it are taken to go on with it (R1)", "line 7, cell 2"),
    ]
    reading = imported(content, "csv", empty_goes_on=False)
    assert levels_of(reading, "Serving") == [("Starting", "Carries.")]
    assert [(row.title, row.covers_some) for row in reading.framework.specialisms[0].headings] == [
        ("Brewing", True),
        ("Serving", True),
        ("Cleaning", False),
    ]
    (line,) = weighing_problems(reading.doubts, "tea.csv")
    assert str(line).startswith("tea.csv, line 6, cell 1 (and 1 more like it): the row says nothing at some levels")


@pytest.mark.parametrize("gap", ["-", "–", "N/A", "n/a", "Not applicable"])
def test_a_cell_that_says_that_it_says_nothing_is_no_statement(gap: str) -> None:
    rows = (HEAD, BREWING, ("Serving", "Carries.", gap, "Leads."))
    reading = imported(bytes_of(book(*rows)), "xlsx")
    assert levels_of(reading, "Serving") == [("Starting", "Carries."), ("Leading", "Leads.")]
    assert [row.covers_some for row in reading.framework.specialisms[0].headings] == [False, True]
    assert looked_at(reading) == [("read as saying nothing", "Sheet1!C7")]
    adding = imported(bytes_of(book(*rows)), "xlsx", replace(STAGES, adds_up=True))
    assert texts(adding) == published(BREWING) + published(("", "Carries.", "Leads."))
    assert ("read as saying nothing", "Sheet1!C7") in looked_at(adding)


def test_a_copyright_line_describes_nothing() -> None:
    above = ((COPYRIGHT, "Normal"), (f"1. {TITLE}", "Heading 1"), (DESCRIPTION, "Normal"))
    word_file = document((None, TITLE, TITLE, TITLE), HEAD, BREWING, above=above)
    reading = imported(bytes_of(word_file), "docx")
    assert reading.framework.specialisms[0].description.text == DESCRIPTION
    assert looked_at(reading) == []


def test_a_description_that_stands_elsewhere_is_told() -> None:
    word_file = document((None, TITLE, TITLE, TITLE), HEAD, BREWING, above=((COPYRIGHT, "Normal"),))
    word_file.add_paragraph(DESCRIPTION)
    reading = imported(bytes_of(word_file), "docx")
    assert reading.framework.specialisms[0].description.text == DESCRIPTION
    assert looked_at(reading) == [
        (f"taken as what describes '{TITLE}', since nothing stands below that title", "paragraph 2")
    ]


def test_that_nothing_describes_is_told() -> None:
    reading = imported(bytes_of(book(HEAD, BREWING, above=(), sheet=TITLE)), "xlsx")
    (specialism,) = reading.framework.specialisms
    assert (specialism.title, specialism.description) == (TITLE, None)
    assert what_weighs(reading) == [f"nothing describes '{TITLE}'"]


def test_paragraphs_outside_the_tables_that_become_nothing_are_told() -> None:
    word_file = document(
        HEAD, BREWING, above=((TITLE, "Heading 1"), (DESCRIPTION, "Normal"), ("This came of talks.", "Normal"))
    )
    word_file.add_paragraph("All staff keep the room clean.")
    word_file.add_paragraph("Last updated: May 2024")
    word_file.add_paragraph("Keep keys", "List Bullet")
    reading = imported(bytes_of(word_file), "docx")
    lines = [(doubt.text, doubt.weighs) for doubt in reading.doubts if "outside the tables" in doubt.what]
    assert lines == [("This came of talks.", False), ("All staff keep the room clean.", True), ("• Keep keys", True)]


def test_a_sheet_that_nobody_named_gives_no_title() -> None:
    assert problems_of(lambda: imported(bytes_of(book(HEAD, BREWING, above=())), "xlsx")) == [
        "tea.xlsx, Sheet1!B1: the table has no title: write one above its stages, or name it with --specialism"
    ]


def test_headings_above_tables_are_titles() -> None:
    word_file = document((None, *HEAD[1:]), BREWING, above=(("1 Brewing", "Heading 1"), (DESCRIPTION, "Normal")))
    word_file.add_paragraph("2 Serving", "Heading 1")
    word_file.add_paragraph("Those who serve bring tea to guests.")
    add_table(word_file, (None, *HEAD[1:]), SERVING)
    reading = imported(bytes_of(word_file), "docx")
    assert [specialism.title for specialism in reading.framework.specialisms] == ["Brewing", "Serving"]
    assert texts(reading) == published(BREWING, SERVING)
    assert looked_at(reading) == [
        ("taken as the title of the table below it", "paragraph 1"),
        ("taken as the title of the table below it", "paragraph 3"),
    ]


def test_words_in_a_title_make_no_row_of_another_kind() -> None:
    managing = ("Managing complexity", "Asks for help.", "Manages complex days.", "Leads on those.")
    helping = ("Helping others to qualifications", "Learns.", "Teaches.", "Runs courses.")
    plain = ("Complexity of work", "Low", "Moderate", "High")
    reading = imported(comma_separated(HEAD, managing, helping, plain, BREWING), "csv")
    (specialism,) = reading.framework.specialisms
    assert [row.title for row in specialism.headings] == [managing[0], helping[0], "Brewing"]
    assert specialism.complexity
    assert specialism.complexity.title == "Complexity of work"
    assert looked_at(reading) == [
        ("read as a heading of responsibilities, not as the row for complexity", "line 6, cell 1"),
        ("read as a heading of responsibilities, not as the row for qualifications", "line 7, cell 1"),
        ("read by its title as the row for complexity, which is no duty", "line 8, cell 1"),
    ]


def test_bands_without_rows_of_complexity_are_a_framework() -> None:
    head = ("", "5", "6", "7")
    reading = imported(comma_separated(head, BREWING, SERVING, above=ABOVE[:3]), "csv", AFC)
    assert texts(reading) == published(BREWING, SERVING)


def test_equal_rows_of_two_chapters_are_read_in_both_and_told() -> None:
    other = (("Cake baker",), ("A cake baker bakes cakes that are invented too.",), (), (None, "Cake baker"))
    content = comma_separated(HEAD, BREWING, SERVING) + b"\n" + comma_separated(HEAD, SERVING, above=other)
    reading = imported(content, "csv")
    assert texts(reading) == published(BREWING, SERVING, SERVING)
    assert looked_at(reading) == [(f"the same row stands in '{TITLE}' too, at line 7, cell 1", "line 14, cell 1")]


def test_a_text_over_a_whole_row_is_told() -> None:
    note = ("This row is about all that the keeper of a tea room has to keep in mind.", None, None, None)
    reading = imported(comma_separated(HEAD, BREWING, note, SERVING), "csv")
    assert what_weighs(reading) == ["a text over the whole row is printed nowhere"]


def test_cells_behind_the_levels_are_told() -> None:
    reading = imported(comma_separated((*HEAD, "Who needs it"), (*BREWING, "Everybody")), "csv")
    assert texts(reading) == published(BREWING)
    assert looked_at(reading) == [("it stands under no level, and was passed over", "line 6, cell 5")]


def test_names_that_return_again_and_again_are_told() -> None:
    rows = (("Brewing", "Low", "Low", "High"), ("Serving", "Low", "High", "High"))
    assert (
        "its cells hold 'Low', 'High' again and again" in what_weighs(imported(comma_separated(HEAD, *rows), "csv"))[0]
    )


def test_cells_that_need_the_same_cure_are_one_error() -> None:
    rows = [(f"Heading {number}", True, False, "Leads.") for number in range(40)]
    assert problems_of(lambda: imported(bytes_of(book(HEAD, *rows)), "xlsx")) == [
        "tea.xlsx!Sheet1!B6: holds the truth value TRUE (and 79 more such cells, the last Sheet1!C45): "
        "type the text that is meant"
    ]


def test_two_tables_of_one_title_are_told_at_their_place() -> None:
    content = (
        comma_separated(HEAD, BREWING) + b"\n,Tea room keeper,,\nStage,Starting,Doing,\nServing,Carries.,Serves.,\n"
    )
    assert problems_of(lambda: imported(content, "csv")) == [
        f"tea.csv, line 9, cell 2: a second table of '{TITLE}', whose levels do not go on from those of the first, "
        "line 5, cell 2: give each its own title; or choose with --table among: "
        f"1 '{TITLE}' (line 5, cell 2; Starting to Leading); 2 '{TITLE}' (line 9, cell 2; Starting to Doing)"
    ]


def test_what_no_framework_file_can_hold_is_told_at_its_place_in_the_file_that_was_given() -> None:
    content = comma_separated(HEAD, BREWING, ("Serving", "Carries.", "<br>", "Leads."))
    (problem,) = problems_of(lambda: imported(content, "csv"))
    assert problem.startswith("tea.csv, line 7, cell 3: ")
    (problem,) = problems_of(lambda: imported(comma_separated(HEAD, BREWING, ("<br>", *SERVING[1:])), "csv"))
    assert problem.startswith("tea.csv, line 7, cell 1: ")


def test_tables_are_chosen_by_their_numbers_and_titles_given() -> None:
    word_file = document((None, *HEAD[1:]), BREWING, above=(("1 Brewing", "Heading 1"), (DESCRIPTION, "Normal")))
    word_file.add_paragraph("2 Serving", "Heading 1")
    add_table(word_file, (None, *HEAD[1:]), SERVING)
    content = bytes_of(word_file)
    assert texts(imported(content, "docx", tables=(2,))) == published(SERVING)
    reading = imported(content, "docx", specialism=TITLE)
    assert [specialism.title for specialism in reading.framework.specialisms] == [TITLE]
    assert texts(reading) == published(BREWING, SERVING)
    assert [(row.title, row.group) for row in reading.framework.specialisms[0].headings] == [
        ("Brewing", "Brewing"),
        ("Serving", "Serving"),
    ]
    assert ("taken as the group of the rows below it", "paragraph 1") in looked_at(reading)
    assert problems_of(lambda: imported(content, "docx", tables=(3,))) == [
        "--table: there is no table 3: choose among: 1 'Brewing' (table 1, row 1, cell 2; Starting to Leading); "
        "2 'Serving' (table 2, row 1, cell 2; Starting to Leading)"
    ]


def test_an_empty_cell_of_a_workbook_is_told_at_once_too() -> None:
    content = bytes_of(book(HEAD, ("Brewing", "Boils water.", None, "Leads."), CLEANING))
    assert what_weighs(imported(content, "xlsx")) == [
        "R1: the cell of Doing is empty, and is taken to continue the one on its left."
    ]
    reading = imported(content, "xlsx", empty_goes_on=False)
    assert levels_of(reading, "Brewing") == [("Starting", "Boils water."), ("Leading", "Leads.")]
    assert what_weighs(reading) == ["the row says nothing at some levels, and covers only the others"]


def test_a_specialism_of_the_earlier_version_that_is_gone_is_told() -> None:
    earlier = imported(comma_separated(HEAD, BREWING), "csv").framework
    other = (("Cake baker",), ("A cake baker bakes cakes that are invented too.",), (), (None, "Cake baker"))
    reading = import_framework(
        comma_separated(HEAD, SERVING, above=other), "b.csv", About("tea", "2"), earlier, "b.yaml"
    )
    message = f"the earlier version's specialism '{TITLE}' is not in b.csv; it stays as it was: if it has a new name"
    assert [(doubt.what.startswith(message), doubt.weighs) for doubt in reading.doubts if TITLE in doubt.what] == [
        (True, False)
    ]
    assert reading.framework.supersedes is None
    both = replace(earlier, specialisms=(*earlier.specialisms, *reading.framework.specialisms))
    again = import_framework(comma_separated(HEAD, SERVING, above=other), "b.csv", About("tea", "2"), both, "b.yaml")
    assert [doubt.weighs for doubt in again.doubts if TITLE in doubt.what] == [True]
    assert again.framework.supersedes == earlier.version


def renamed(content: bytes, earlier: Framework | None, **names: str) -> Imported:
    about = About("tea", "2", scale=STAGES, renamed={new: old.replace("_", " ") for old, new in names.items()})
    return import_framework(content, "b.csv", about, earlier, "b.yaml")


OTHER_TITLE = "Keeper of teas"
UNDER_IT = comma_separated(HEAD, BREWING, SERVING, above=((None, OTHER_TITLE),))


def test_a_specialism_under_a_new_name_is_told_by_what_it_says_and_keeps_its_ids_where_it_is_named() -> None:
    earlier = imported(comma_separated(HEAD, BREWING, SERVING), "csv").framework
    reading = renamed(UNDER_IT, earlier)
    (doubt,) = (doubt for doubt in reading.doubts if "earlier version's specialism" in doubt.what)
    assert f"'{OTHER_TITLE}' says most of what it said" in doubt.what
    assert f"--renamed '{TITLE}={OTHER_TITLE}'" in doubt.what
    assert (doubt.option, doubt.weighs) == ("--renamed", True)
    reading = renamed(UNDER_IT, earlier, Tea_room_keeper=OTHER_TITLE)
    (was,), (now,) = earlier.specialisms, reading.framework.specialisms
    assert (now.id, now.title, now.former) == (was.id, OTHER_TITLE, (TITLE,))
    assert [statement.id for row in now.rows for statement in row.statements] == [
        statement.id for row in was.rows for statement in row.statements
    ]
    assert not any("earlier version's specialism" in doubt.what for doubt in reading.doubts)
    # The next release knows it by either name.
    assert renamed(UNDER_IT, reading.framework).framework.specialisms[0].former == (TITLE,)
    back = renamed(comma_separated(HEAD, BREWING, SERVING), reading.framework).framework.specialisms[0]
    assert (back.id, back.former) == (was.id, (OTHER_TITLE,))


def test_a_new_name_for_what_is_not_there_is_told_in_all_its_parts() -> None:
    earlier = imported(comma_separated(HEAD, BREWING, SERVING), "csv").framework
    assert problems_of(lambda: renamed(UNDER_IT, earlier, Tea_rom_keeper="Keeper of tea")) == [
        f"--renamed: the earlier version has no specialism 'Tea rom keeper': did you mean '{TITLE}'? "
        f"Known here: {TITLE}",
        f"--renamed: the file has no specialism 'Keeper of tea': did you mean '{OTHER_TITLE}'? "
        f"Known here: {OTHER_TITLE}",
    ]
    assert problems_of(lambda: renamed(UNDER_IT, None, x=OTHER_TITLE)) == [
        "--renamed: there is no earlier version with 'x': name its file with --previous"
    ]
    same = comma_separated(HEAD, BREWING, SERVING)
    assert problems_of(lambda: renamed(same, earlier, Tea_room_keeper=TITLE)) == [
        f"--renamed: '{TITLE}' is in the earlier version too: leave this option out"
    ]


def test_a_table_that_is_not_recognised_is_told_at_once() -> None:
    word_file = document((None, TITLE, TITLE, TITLE), HEAD, BREWING)
    word_file.add_paragraph("Whom to ask")
    add_table(word_file, ("Who", "Where"), ("Kim", "Kitchen"))
    reading = imported(bytes_of(word_file), "docx")
    assert what_weighs(reading) == ["a table without a row of stages was passed over"]


def test_the_name_of_a_level_is_the_title_of_nothing() -> None:
    workbook = book((TITLE,), sheet="About", above=())
    for band in ("Band 5", "Band 6"):
        workbook.create_sheet(band).append(["Area", "What is done"])
        for row in (BREWING, SERVING):
            workbook[band].append([row[0], f"{row[1][:-1]} at {band}."])
    reading = imported(bytes_of(workbook), "xlsx", AFC)
    assert [specialism.title for specialism in reading.framework.specialisms] == [TITLE]
    del workbook["About"]
    (problem,) = problems_of(lambda: imported(bytes_of(workbook), "xlsx", AFC))
    assert "the table has no title: write one above its bands, or name it with --specialism" in problem


@pytest.mark.parametrize(
    "note", ["* Those who are new begin with water.", "Note: those who are new begin.", "¹ After a first day."]
)
def test_a_note_or_what_stands_at_another_chapter_describes_nothing(note: str) -> None:
    workbook = book(HEAD, BREWING, (), (note,), above=((TITLE,), ()), sheet="First")
    second = workbook.create_sheet("Second")
    for row in (("Tea taster",), (), HEAD, SERVING):
        second.append(list(row))
    reading = imported(bytes_of(workbook), "xlsx")
    assert [specialism.description for specialism in reading.framework.specialisms] == [None, None]
    assert [what for what in what_weighs(reading) if "describes" in what] == [
        f"nothing describes '{TITLE}'",
        "nothing describes 'Tea taster'",
    ]
    assert "a paragraph outside the tables is printed nowhere" in what_weighs(reading)


def test_who_has_issued_a_publication_is_no_title_and_other_titles_describe_nothing() -> None:
    above = (("Tea rooms",), (TITLE,), ("Issued by the keepers of tea",), ())
    (specialism,) = imported(comma_separated(HEAD, BREWING, above=above), "csv").framework.specialisms
    assert (specialism.title, specialism.description) == (TITLE, None)
