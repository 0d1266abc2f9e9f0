"""Which texts are the titles of specialisms, and of groups in them, where a publication has several in one table, under
one title, or between the parts of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import docx
import pytest

from jdgen.importing.importing import Imported
from jdgen.levels import AFC
from tests.importing.published import DESCRIPTION, TITLE, add_table, book, bytes_of, document, imported, what_weighs
from tests.toolbox.data import problems_of

HEAD = ("Area", "Band 2", "Band 3")
BREWING = ("Brewing", "Boils water.", "Brews tea.")
ICING = ("Icing", "Stirs icing.", "Ices cakes.")


def titles(reading: Imported) -> dict[str, list[tuple[str, str]]]:
    """The headings of each specialism, each with its group."""
    return {
        specialism.title: [(heading.group, heading.title) for heading in specialism.headings]
        for specialism in reading.framework.specialisms
    }


def two_in_one_table(*above: tuple[str, str]) -> bytes:
    """A Word table in which the title of each of two specialisms stands above its row of levels."""
    rows = ("Tea keeper", ""), HEAD, BREWING, ("Cake keeper", ""), HEAD, ICING
    word_file = document(*rows, above=above)
    for row in (0, 3):
        word_file.tables[0].cell(row, 0).merge(word_file.tables[0].cell(row, 2))
    return bytes_of(word_file)


def test_a_title_above_levels_that_are_named_again_is_another_specialism() -> None:
    """What cake keepers do was a duty of tea keepers, in a group."""
    reading = imported(two_in_one_table(), "docx", AFC)
    assert titles(reading) == {"Tea keeper": [("", "Brewing")], "Cake keeper": [("", "Icing")]}


def test_titles_above_levels_are_groups_where_all_is_one_specialism() -> None:
    reading = imported(two_in_one_table(), "docx", AFC, specialism=TITLE)
    assert titles(reading) == {TITLE: [("Tea keeper", "Brewing"), ("Cake keeper", "Icing")]}


def test_a_text_over_a_whole_row_is_a_group_where_the_table_begins_with_its_levels() -> None:
    word_file = document(HEAD, BREWING, ("Cakes", ""), HEAD, ICING)
    word_file.tables[0].cell(2, 0).merge(word_file.tables[0].cell(2, 2))
    assert titles(imported(bytes_of(word_file), "docx", AFC)) == {TITLE: [("", "Brewing"), ("Cakes", "Icing")]}


def test_a_title_between_the_parts_of_a_table_is_the_group_of_those_below_it() -> None:
    """A row that is left blank before it made a paragraph of it, and a next page of what stands below."""
    rows = HEAD, ("TEA",), BREWING, (), ("CAKES",), ICING
    reading = imported(bytes_of(book(*rows, above=((TITLE,), (DESCRIPTION,), ()))), "xlsx", AFC)
    assert titles(reading) == {TITLE: [("TEA", "Brewing"), ("CAKES", "Icing")]}


@pytest.mark.parametrize("between", ["Table 2", "Page 3", "4 of 7", "Version 2", "Tea and cakes are made with care."])
def test_what_only_stands_on_the_next_page_is_no_group(between: str) -> None:
    word_file = document(HEAD, ("Tea", ""), BREWING, ("Cakes", ""), ICING)
    word_file.add_paragraph(between)
    add_table(word_file, ("Baking", "Heats ovens.", "Bakes cakes."))
    headings = [("Tea", "Brewing"), ("Cakes", "Icing"), ("Cakes", "Baking")]
    assert titles(imported(bytes_of(word_file), "docx", AFC)) == {TITLE: headings}


def under_a_title(*headings: str) -> Any:
    """A Word file with a title, an introduction, and a table below each of ``headings``."""
    word_file = docx.Document()
    word_file.add_paragraph(TITLE, "Title")
    word_file.add_paragraph("Introduction", "Heading 1")
    word_file.add_paragraph("This text says for whom all of it was written.")
    for number, heading in enumerate(headings):
        word_file.add_paragraph(heading, "Heading 1")
        add_table(word_file, HEAD, (f"Task {number}", f"Begins task {number}.", f"Does task {number}."))
    return word_file


@pytest.mark.parametrize(
    "headings", [("Clinical practice", "Leadership"), ("Domain 1: Tea", "Domain 2: Cakes"), ("Knowledge", "Skills")]
)
def test_parts_of_a_role_below_the_title_of_a_document_are_groups(headings: Sequence[str]) -> None:
    reading = imported(bytes_of(under_a_title(*headings)), "docx", AFC)
    assert titles(reading) == {TITLE: [(heading, f"Task {number}") for number, heading in enumerate(headings)]}


def test_other_headings_below_the_title_of_a_document_are_titles_and_the_introduction_describes_none() -> None:
    reading = imported(bytes_of(under_a_title("Tea keeper", "Cake keeper")), "docx", AFC)
    assert titles(reading) == {"Tea keeper": [("", "Task 0")], "Cake keeper": [("", "Task 1")]}
    assert what_weighs(reading) == ["nothing describes 'Tea keeper'", "nothing describes 'Cake keeper'"]


def test_headings_and_lists_may_have_their_title_in_that_of_the_document() -> None:
    word_file = docx.Document()
    word_file.add_paragraph(TITLE, "Title")
    word_file.add_paragraph(DESCRIPTION)
    for band in (2, 3):
        word_file.add_paragraph(f"Band {band}", "Heading 1")
        for area in ("Tea", "Cakes"):
            word_file.add_paragraph(area, "Heading 2")
            word_file.add_paragraph(f"Serves {area.lower()} at {band}.", "List Bullet")
    reading = imported(bytes_of(word_file), "docx", AFC)
    assert titles(reading) == {TITLE: [("", "Tea"), ("", "Cakes")]}
    assert reading.framework.specialisms[0].description.text == DESCRIPTION
    described = word_file.paragraphs[1]._p
    described.getparent().remove(described)
    reading = imported(bytes_of(word_file), "docx", AFC)
    assert f"nothing describes '{TITLE}'" in what_weighs(reading), "no entry of a list does"


@pytest.mark.parametrize(
    "heading",
    ["Introduction", "How to use this framework", "About this workbook", "Contents", "Version control", "Key"],
)
def test_a_part_about_the_publication_is_the_title_of_nothing(heading: str) -> None:
    for style in ("Heading 1", "Normal"):
        (problem,) = problems_of(lambda style=style: imported(bytes_of(headed(heading, style)), "docx", AFC))  # type: ignore[misc]
        assert "the table has no title: write one above its bands, or name it with --specialism" in problem
    assert titles(imported(bytes_of(headed(heading, "Heading 2", over=TITLE)), "docx", AFC)) == {
        TITLE: [("", "Brewing")]
    }


def headed(heading: str, style: str, over: str = "") -> Any:
    """A Word file with a table below a heading, which may stand below another."""
    word_file = docx.Document()
    if over:
        word_file.add_paragraph(over, "Heading 1")
    word_file.add_paragraph(heading, style)
    add_table(word_file, HEAD, BREWING)
    return word_file


def test_a_table_in_such_a_part_is_none_of_the_specialism_before_it() -> None:
    word_file = document(HEAD, BREWING)
    word_file.add_paragraph("Key", "Heading 1")
    add_table(word_file, ("Meaning", "Band 4", "Band 5"), ("Colour", "Blue.", "Green."))
    (problem,) = problems_of(lambda: imported(bytes_of(word_file), "docx", AFC))
    assert "table 2, row 1, cell 2: the table has no title" in problem
