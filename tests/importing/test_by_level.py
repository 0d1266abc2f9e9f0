"""Tables that each stand below the name of a level: in Word below headings, in a workbook on a sheet each."""

from __future__ import annotations

from typing import Any

import docx
import openpyxl
import pytest

from jdgen.framework.declared_levels import make_scale
from jdgen.framework.transcription import transcription_problems
from jdgen.importing.importing import About, Imported, import_framework
from jdgen.levels import AFC
from tests.importing.published import (
    DESCRIPTION,
    TITLE,
    Row,
    add_table,
    bytes_of,
    comma_separated,
    imported,
    levels_of,
    what_weighs,
)
from tests.toolbox.data import problems_of

HEAD: Row = ("Area", "What is expected")
SAID = [("5", "Brews tea at 5."), ("6", "Brews tea at 6."), ("7", "Brews tea at 7.")]
TOLD = "each of its tables is read as what stands under headings at the level above it"


def rows(band: int) -> tuple[Row, ...]:
    return HEAD, ("Brewing", f"Brews tea at {band}."), ("Serving", f"Serves guests at {band}.")


def sound(content: bytes, kind: str) -> Imported:
    """What is read, of which every text stands in its source where it says."""
    reading = imported(content, kind, AFC)
    assert transcription_problems(reading.framework, reading.source, "out.yaml") == []
    return reading


def word(style: str = "Heading 2", name: str = "Band {}") -> Any:
    word_file = docx.Document()
    word_file.add_paragraph(TITLE, "Heading 1")
    word_file.add_paragraph(DESCRIPTION)
    for band in (5, 6, 7):
        word_file.add_paragraph(name.format(band), style)
        add_table(word_file, *rows(band))
    return word_file


def test_tables_below_headings_that_name_bands_are_one() -> None:
    for style in ("Heading 2", "Normal"):
        reading = sound(bytes_of(word(style)), "docx")
        assert levels_of(reading, "Brewing") == SAID
        assert [specialism.title for specialism in reading.framework.specialisms] == [TITLE]
        assert what_weighs(reading) == [TOLD]


def test_a_heading_between_the_band_and_the_table_is_the_group_of_its_rows() -> None:
    word_file = docx.Document()
    word_file.add_paragraph(TITLE, "Heading 1")
    for band in (5, 6):
        word_file.add_paragraph(f"Band {band}", "Heading 2")
        for group in ("Tea", "Room"):
            word_file.add_paragraph(group, "Heading 3")
            add_table(word_file, HEAD, (f"{group} brewing", f"Brews with care at {band}."), ("", f"Pours at {band}."))
    reading = sound(bytes_of(word_file), "docx")
    assert levels_of(reading, "Tea brewing") == [
        ("5", "Brews with care at 5.\nPours at 5."),
        ("6", "Brews with care at 6.\nPours at 6."),
    ]
    assert [heading.group for heading in reading.framework.specialisms[0].headings] == ["Tea", "Room"]


def test_a_band_may_stand_in_the_first_row_of_its_table() -> None:
    word_file = docx.Document()
    word_file.add_paragraph(TITLE, "Heading 1")
    for band in (5, 6, 7):
        table = add_table(word_file, (f"Band {band} skills", ""), *rows(band))
        table.cell(0, 0).merge(table.cell(0, 1))
        word_file.add_paragraph()
    assert levels_of(sound(bytes_of(word_file), "docx"), "Brewing") == SAID


def test_a_band_may_be_the_name_of_the_sheet() -> None:
    workbook: Any = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for band in (5, 6, 7):
        sheet = workbook.create_sheet(f"Band {band}")
        for row in ((TITLE,), (), *rows(band)):
            sheet.append(list(row))
    reading = sound(bytes_of(workbook), "xlsx")
    assert (levels_of(reading, "Brewing"), reading.framework.specialisms[0].title) == (SAID, TITLE)


def test_a_band_may_head_the_one_column_of_texts() -> None:
    word_file = docx.Document()
    word_file.add_paragraph(TITLE, "Heading 1")
    for band in (5, 6, 7):
        add_table(word_file, ("Area", f"Band {band}"), *rows(band)[1:])
        word_file.add_paragraph()
    assert levels_of(sound(bytes_of(word_file), "docx"), "Brewing") == SAID


def test_each_band_may_come_in_a_file_of_its_own() -> None:
    files = []
    for band in (5, 6, 7):
        word_file = docx.Document()
        word_file.add_paragraph(TITLE, "Heading 1")
        word_file.add_paragraph(f"Band {band}", "Heading 2")
        add_table(word_file, *rows(band))
        files.append((f"{band}.docx", bytes_of(word_file)))
    (name, content), *others = files
    reading = import_framework(content, name, About("tea", "1"), None, "out.yaml", others=others)
    assert levels_of(reading, "Brewing") == SAID


def test_chapters_have_their_own_tables() -> None:
    word_file = word()
    word_file.add_paragraph("Cake keeper", "Heading 1")
    for band in (5, 6):
        word_file.add_paragraph(f"Band {band}", "Heading 2")
        add_table(word_file, HEAD, ("Baking", f"Bakes cakes at {band}."), ("Icing", f"Ices cakes at {band}."))
    reading = sound(bytes_of(word_file), "docx")
    assert [(specialism.title, str(specialism.levels)) for specialism in reading.framework.specialisms] == [
        (TITLE, "5 to 7"),
        ("Cake keeper", "5 to 6"),
    ]


def test_figures_between_tables_are_numbers_of_pages() -> None:
    (problem,) = problems_of(lambda: imported(bytes_of(word("Normal", "{}")), "docx", AFC))
    assert "has no table with a row of bands" in problem


def test_a_refusal_of_several_files_names_the_one_that_is_meant_once() -> None:
    content = comma_separated(("Area", "Band 5", "Band 6"), ("Brewing", "Brews.", "Leads."), above=())
    (problem,) = problems_of(
        lambda: import_framework(content, "a.csv", About("tea", "1"), None, "o.yaml", others=[("b.csv", b"")])
    )
    assert problem.startswith("a.csv, line 1, cell 2: the table has no title")


def counted(*rows: tuple[str, ...], **choices: Any) -> Any:
    return imported(comma_separated(*rows, above=((TITLE,), ())), "csv", AFC, **choices)


ACROSS = ("{}", "5", "6", "7"), ("Brewing", "Boils.", "Brews.", "Leads.")
DOWN = ("{}", "Brewing"), ("5", "Boils."), ("6", "Brews."), ("7", "Leads.")


@pytest.mark.parametrize("head", ["Level", "Career level", "Level / area", "Score"])
@pytest.mark.parametrize("table", [ACROSS, DOWN])
def test_figures_that_are_called_levels_are_no_bands(head: str, table: tuple[tuple[str, ...], ...]) -> None:
    """Levels 5 to 7 of a career framework were printed as what bands 5 to 7 do."""
    (problem,) = problems_of(lambda: counted(*(tuple(text.format(head) for text in row) for row in table)))
    assert problem.startswith(
        f"tea.csv, line 3, cell 1: 5, 6, 7 stand with '{head}', so that nothing says whether they are bands: if they "
        f"are, write 'Band' in place of '{head}'; else name them with --levels 'level 5, level 6, level 7'"
    )
    scale = make_scale("level", ["level 5", "level 6", "level 7"], adds_up=False)
    content = comma_separated(*(tuple(text.format(head) for text in row) for row in table), above=((TITLE,), ()))
    said = levels_of(imported(content, "csv", scale), "Brewing")
    assert said == [("level 5", "Boils."), ("level 6", "Brews."), ("level 7", "Leads.")]


@pytest.mark.parametrize("head", ["", "AfC level (band)", "Area", "Grade"])
@pytest.mark.parametrize("table", [ACROSS, DOWN])
def test_figures_under_any_other_head_are_bands(head: str, table: tuple[tuple[str, ...], ...]) -> None:
    reading = counted(*(tuple(text.format(head) for text in row) for row in table))
    assert levels_of(reading, "Brewing") == [("5", "Boils."), ("6", "Brews."), ("7", "Leads.")]


def test_parts_of_a_role_beside_a_column_of_bands_are_headings_in_the_group_of_their_row() -> None:
    """What is known was taken for the title of what is done."""
    rows = [
        (area, band, f"Knows {area} at {band}.", f"Does {area} at {band}.")
        for area in ("tea", "cakes")
        for band in "56"
    ]
    reading = counted(("Area", "Band", "Knowledge", "Skills"), *rows)
    headings = reading.framework.specialisms[0].rows
    assert [(heading.group, heading.title) for heading in headings] == [
        *(("tea", "Knowledge"), ("tea", "Skills"), ("cakes", "Knowledge"), ("cakes", "Skills"))
    ]
    assert [statement.text for statement in headings[0].statements] == ["Knows tea at 5.", "Knows tea at 6."]


def test_parts_of_a_role_are_no_levels_to_name() -> None:
    rows = [(f"Area {number}", "Knows it all.", "Does it all.", "Is kind to all.") for number in range(3)]
    (problem,) = problems_of(lambda: counted(("Area", "Knowledge", "Skills", "Behaviours"), *rows))
    assert "with --levels; or" in problem


@pytest.mark.parametrize("at", [1, 2])
def test_a_row_of_bands_below_what_they_are_for_is_refused(at: int) -> None:
    """The rows above it were passed over as other names of the bands."""
    rows = [("Brewing", "Boils water.", "Brews tea."), ("Serving", "Carries trays.", "Serves guests.")]
    rows.insert(at, ("AfC band", "2-4", "5-6"))
    problems = problems_of(lambda: counted(("Area", "Entry", "Senior"), *rows))
    what = "this row stands above that of its bands, as whose other names it would be passed over"
    assert problems == [f"tea.csv, line 4, cell 1: {what}: put the row of bands above all that they are for"]


@pytest.mark.parametrize("head", ["Bands", "Applies to bands", "AfC banding"])
def test_a_column_that_says_for_which_bands_each_row_is_may_be_called_in_other_words(head: str) -> None:
    rows = (
        ("Tea", "Brewing", "Brews tea.", "2, 3, 4"),
        ("Tea", "Tasting", "Tastes tea.", "4 and above"),
        ("Room", "Manners", "Is kind.", "All"),
    )
    reading = counted(("Domain", "Capability", "Description", head), *rows)
    assert [levels_of(reading, row[1])[0][0] for row in rows] == ["2 to 4", "4 to 9", "None"]


def test_a_band_between_others_of_which_nothing_is_said_is_told_where_they_stand() -> None:
    rows = [("Tea", "Brewing", "Brews tea.", band) for band in ("5", "6", "8a")]
    problems = problems_of(lambda: counted(("Domain", "Capability", "Description", "Band"), *rows))
    right = "add it, or give what stands above it a title of its own: the bands of one follow each other"
    assert problems == [f"tea.csv, line 4, cell 1: nothing is said of band 7 of '{TITLE}': {right}"]
