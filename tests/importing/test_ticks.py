"""Tables whose cells say little by themselves: ticks under levels, marks beside levels down the side, groups that are a
title alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

from jdgen.framework.declared_levels import make_scale
from jdgen.framework.transcription import transcription_problems
from jdgen.importing.grid import FileChoices
from jdgen.importing.importing import About, Imported, import_framework
from jdgen.levels import AFC
from tests.importing.published import (
    ABOVE,
    HEAD,
    STAGES,
    TITLE,
    Row,
    book,
    bytes_of,
    comma_separated,
    document,
    imported,
    levels_of,
    what_weighs,
)
from tests.toolbox.data import problems_of

TICKED = "its cells only tick stages"
GROUPED = (
    HEAD,
    ("Tea", None, None, None),
    ("Boils water.", "✓", "✓", None),
    ("Brews tea.", None, "✓", "✓"),
    ("Sets how tea is brewed.", None, None, "✓"),
    ("Guests", None, None, None),
    ("Carries trays.", "✓", None, None),
)
TEA = [
    ("Starting", "Boils water."),
    ("Doing", "Boils water.\nBrews tea."),
    ("Leading", "Brews tea.\nSets how tea is brewed."),
]


def sound(reading: Imported) -> Imported:
    """``reading``, of which every text stands in its source where it says."""
    assert transcription_problems(reading.framework, reading.source, "out.yaml") == []
    return reading


IN_SIGNS = (("Task", *HEAD[1:]), ("Boils water.", "P", "P", "P"), ("Brews tea.", "O", "P", "P"))


@pytest.mark.parametrize(("font", "tick"), [("Wingdings 2", "P"), ("Wingdings", "ü"), ("Webdings", "a")])
def test_letters_of_a_font_of_signs_are_ticks_in_a_workbook_and_in_word(font: str, tick: str) -> None:
    rows = [[{"P": tick, "O": None}.get(cell, cell) for cell in row] for row in IN_SIGNS]
    workbook, word_file = book(*rows), document(*rows)
    for row in (*workbook.active.iter_rows(min_row=len(rows) + 3),):
        for cell in row[1:]:
            cell.font = Font(name=font)
    for row in word_file.tables[0].rows[1:]:
        for cell in row.cells[1:]:
            for run in cell.paragraphs[0].runs:
                run.font.name = font
    for content, kind in ((bytes_of(workbook), "xlsx"), (bytes_of(word_file), "docx")):
        assert levels_of(imported(content, kind), "Task") == [
            ("Starting", "Boils water."),
            ("Doing to Leading", "Boils water.\nBrews tea."),
        ]


def test_a_symbol_that_was_put_into_a_cell_is_a_tick() -> None:
    workbook = book(*IN_SIGNS)
    tick = CellRichText(TextBlock(InlineFont(rFont="Wingdings 2"), "P"))
    for cell in (cell for row in workbook.active.iter_rows() for cell in row if cell.value in ("P", "O")):
        cell.value = tick if cell.value == "P" else None
    reading = imported(bytes_of(workbook), "xlsx")
    assert [text for _, text in levels_of(reading, "Task")] == ["Boils water.", "Boils water.\nBrews tea."]


def test_a_remark_on_a_tick_leaves_it_a_tick_and_is_told() -> None:
    rows = (("Task", *HEAD[1:]), ("Boils water.", "✓", "✓*", "✓"), ("Brews tea.", None, "Yes (with help)", "✓"))
    reading = imported(comma_separated(*rows), "csv")
    assert levels_of(reading, "Task")[1:] == [("Doing to Leading", "Boils water.\nBrews tea.")]
    assert [doubt.text for doubt in reading.doubts if "a remark on a tick" in doubt.what] == ["✓*", "Yes (with help)"]


def test_truth_values_are_ticks_where_a_table_has_nothing_else() -> None:
    rows = (("Task", *HEAD[1:]), ("Boils water.", True, True, True), ("Brews tea.", False, True, True))
    reading = sound(imported(bytes_of(book(*rows)), "xlsx"))
    assert levels_of(reading, "Task") == [
        ("Starting", "Boils water."),
        ("Doing to Leading", "Boils water.\nBrews tea."),
    ]
    assert [doubt.what for doubt in reading.doubts if "in no table" in doubt.what] == []
    mixed = bytes_of(book(HEAD, ("Boils water.", True, "Pours it.", False)))
    assert len(problems_of(lambda: imported(mixed, "xlsx"))) == 2


@pytest.mark.parametrize("kind", ["csv", "xlsx", "docx"])
def test_what_a_row_says_is_its_title_where_cells_only_tick_levels(kind: str) -> None:
    content_of = {"csv": comma_separated, "xlsx": lambda *rows: bytes_of(book(*rows)), "docx": word}[kind]
    reading = sound(imported(content_of(*GROUPED), kind))
    assert levels_of(reading, "Tea") == TEA
    assert levels_of(reading, "Guests") == [("Starting", "Carries trays.")]
    assert any(what.startswith(TICKED) for what in what_weighs(reading))
    assert "again and again" not in "".join(what_weighs(reading))


def word(*rows: Sequence[str | None]) -> bytes:
    return bytes_of(document(*rows))


@pytest.mark.parametrize(
    ("yes", "no"),
    [("X", ""), ("x", "-"), ("Yes", "No"), ("Y", "N"), ("✔", "✗"), ("☒", "☐"), ("✓", "x"), ("●", "○"), ("ü", "")],
)
def test_marks_that_tick_and_those_that_do_not(yes: str, no: str) -> None:
    rows = [("Activity", *HEAD[1:]), ("Boils water.", yes, yes, no), ("Brews tea.", no, yes, yes)]
    reading = sound(imported(comma_separated(*rows), "csv"))
    assert levels_of(reading, "Activity") == [
        ("Starting", "Boils water."),
        ("Doing", "Boils water.\nBrews tea."),
        ("Leading", "Brews tea."),
    ]


def test_a_tick_that_reaches_over_several_levels_ticks_them_all() -> None:
    word_file = document(("Activity", *HEAD[1:]), ("Boils water.", "", "", ""), ("Brews tea.", "", "", "✓"))
    table = word_file.tables[0]
    table.cell(1, 1).merge(table.cell(1, 2)).text = "✓"
    reading = imported(bytes_of(word_file), "docx")
    assert levels_of(reading, "Activity") == [("Starting to Doing", "Boils water."), ("Leading", "Brews tea.")]


@pytest.mark.parametrize(("font", "code"), [("Wingdings", "F0FC"), ("Wingdings", "00FE"), ("Wingdings 2", "F050")])
def test_a_tick_of_a_font_of_signs_is_read(font: str, code: str) -> None:
    word_file = document(("Activity", *HEAD[1:]), ("Boils water.", "", "", ""), ("Brews tea.", "", "", ""))
    for row, column in ((1, 1), (2, 2), (2, 3)):
        sign = OxmlElement("w:sym")
        sign.set(qn("w:font"), font)
        sign.set(qn("w:char"), code)
        word_file.tables[0].cell(row, column).paragraphs[0].add_run()._r.append(sign)
    reading = imported(bytes_of(word_file), "docx")
    assert levels_of(reading, "Activity") == [("Starting", "Boils water."), ("Doing to Leading", "Brews tea.")]
    assert not any("a symbol of a font" in what for what in what_weighs(reading))


def test_letters_with_a_meaning_of_their_own_are_no_ticks() -> None:
    reading = imported(comma_separated(HEAD, ("Boils water.", "E", "E", "D"), ("Brews tea.", "D", "E", "E")), "csv")
    assert levels_of(reading, "Boils water.") == [("Starting", "E"), ("Doing", "E"), ("Leading", "D")]
    assert any("again and again" in what for what in what_weighs(reading))


def test_rows_that_are_ticked_need_a_head_that_says_what_they_are() -> None:
    rows = (("Stage", *HEAD[1:]), ("Boils water.", "x", "x", ""), ("Brews tea.", "", "x", "x"))
    (problem,) = problems_of(lambda: imported(comma_separated(*rows), "csv"))
    assert problem.startswith("tea.csv, line 5, cell 1: the row has no title: ")


def test_levels_down_the_side_of_ticks_are_read_as_columns() -> None:
    rows = (
        ("Activity", "Boils water.", "Brews tea."),
        ("Starting", "x", ""),
        ("Doing", "x", "x"),
        ("Leading", "", "x"),
    )
    reading = sound(imported(comma_separated(*rows), "csv"))
    assert levels_of(reading, "Activity") == [
        ("Starting", "Boils water."),
        ("Doing", "Boils water.\nBrews tea."),
        ("Leading", "Brews tea."),
    ]
    assert any("stand down the side, and its cells are marks" in what for what in what_weighs(reading))


def test_roles_down_the_side_of_skills_need_them_at_the_levels_in_their_rows() -> None:
    skills = make_scale("skill level", ["Aware", "Working", "Expert"], adds_up=False)
    roles = make_scale("level", ["Brewer", "Keeper"], adds_up=False)
    rows = (("Role", "Brewing", "Serving"), ("Brewer", "Working", "Aware"), ("Keeper", "Expert", "Working"))
    about = About("tea", "1", scale=roles, skill_scale=skills, choices=FileChoices(specialism=TITLE))
    reading = sound(import_framework(comma_separated(*rows), "tea.csv", about, None, "out.yaml"))
    (specialism,) = reading.framework.specialisms
    assert [(need.skill, str(need.levels), str(need.at)) for need in specialism.required_skills] == [
        ("brewing", "Brewer", "Working"),
        ("brewing", "Keeper", "Expert"),
        ("serving", "Brewer", "Aware"),
        ("serving", "Keeper", "Working"),
    ]


def test_columns_with_the_highest_level_first_are_read_from_right_to_left() -> None:
    rows = (
        ("Stage", "Leading", "Doing", "Starting"),
        ("Brewing", "Sets how.", "Brews.", "Boils."),
        ("Trays", "Counts.", "", "Carries."),
    )
    reading = sound(imported(comma_separated(*rows), "csv"))
    assert levels_of(reading, "Brewing") == [("Starting", "Boils."), ("Doing", "Brews."), ("Leading", "Sets how.")]
    # On which side an empty cell goes on, nobody can tell there.
    assert levels_of(reading, "Trays") == [("Starting", "Carries."), ("Leading", "Counts.")]
    assert any(what.startswith("its highest stage stands first") for what in what_weighs(reading))


def test_two_roles_of_one_band_are_told_apart_by_who_imports_them() -> None:
    rows = (
        ("Area", "Band 5 Brewer", "Band 5 Waiter", "Band 6 Keeper"),
        ("Tea", "Boils water.", "Carries trays.", "Orders."),
    )
    about = About("tea", "1", choices=FileChoices(specialism=TITLE))
    content = comma_separated(*rows)
    (problem,) = problems_of(lambda: import_framework(content, "tea.csv", about, None, "out.yaml"))
    heads = ", ".join(rows[0][1:])
    assert problem.startswith(f"tea.csv, line 5, cell 2: two columns are of one band: {heads}: ")
    assert problem.endswith(f"--levels '{heads}'")
    names = heads.split(", ")
    told_apart = About("tea", "1", scale=make_scale("level", names), choices=FileChoices(specialism=TITLE))
    reading = sound(import_framework(content, "tea.csv", told_apart, None, "out.yaml"))
    assert levels_of(reading, "Tea") == [
        ("Band 5 Brewer", "Boils water."),
        ("Band 5 Waiter", "Carries trays."),
        ("Band 6 Keeper", "Orders."),
    ]


_FURTHER = ("Further", "Reads.", "Writes.", "Thinks.")
_WORDS = (("Brewing", "Boils.", "Brews.", "Leads."), _FURTHER)
_TICKED = (("Brewing", "", "✓", "✓"), ("Further", "✓", "✓", "✓"))
_AS_GROUP, _AS_NOTHING = (
    "a text alone in its row is taken as the group",
    "a row that says nothing at any stage is printed",
)


@pytest.mark.parametrize(
    ("rows", "wide_rows", "what"),
    [
        ((("Tea",), _WORDS[0], ("Guests",), _WORDS[1]), (), ""),
        # The rows above stand in no group: it may be one whose texts are gone.
        ((_WORDS[0], ("Guests",), _WORDS[1]), (), _AS_GROUP),
        # Other groups reach over the whole row.
        ((("Tea",), _WORDS[0], ("Guests",), _WORDS[1]), (1,), _AS_NOTHING),
        ((("Tea",), _TICKED[0], ("Guests",), _TICKED[1]), (), ""),
        ((_TICKED[0], ("Pours for guests who ask",), _TICKED[1]), (), _AS_NOTHING),
        ((_TICKED[0], ("Pours for guests who ask", "-", "-", "-"), _TICKED[1]), (), _AS_NOTHING),
    ],
)
def test_a_title_alone_in_its_row_that_may_be_a_row_is_told(
    rows: Sequence[Sequence[str]], wide_rows: Sequence[int], what: str
) -> None:
    word_file = document(("Task", *HEAD[1:]), *rows)
    for row in wide_rows:
        word_file.tables[0].cell(row, 0).merge(word_file.tables[0].cell(row, 3))
    reading = imported(bytes_of(word_file), "docx")
    about = [line for line in what_weighs(reading) if line.startswith((_AS_GROUP, _AS_NOTHING))]
    assert about == ([line for line in about if line.startswith(what)] if what else [])
    assert bool(about) == bool(what)
    assert "Pours for guests who ask" not in {row.title for row in reading.framework.specialisms[0].headings}


@pytest.mark.parametrize("kind", ["csv", "xlsx", "docx"])
def test_a_title_alone_in_its_row_is_the_group_of_the_rows_below_it(kind: str) -> None:
    rows = (
        HEAD,
        ("Tea", None, None, None),
        ("Brewing", "Boils.", "Brews.", "Sets how."),
        ("Guests", None, None, None),
        ("Trays", "Carries.", "Counts.", "Orders."),
        ("Notes", None, None, None),
    )
    content_of = {"csv": comma_separated, "xlsx": lambda *each: bytes_of(book(*each)), "docx": word}[kind]
    (specialism,) = imported(content_of(*rows), kind).framework.specialisms
    assert [(row.group, row.title) for row in specialism.headings] == [("Tea", "Brewing"), ("Guests", "Trays")]


def _looks(kind: str, mark: str, rows: Sequence[Row], marked_rows: Sequence[int]) -> Imported:
    """What is read of a file in which the first cells of the ``marked_rows`` are bold, or on a colour."""
    if kind == "docx":
        word_file = document(*rows)
        for number in marked_rows:
            cell = word_file.tables[0].cell(number, 0)
            if mark == "bold":
                cell.paragraphs[0].runs[0].bold = True
            else:
                shade = OxmlElement("w:shd")
                shade.set(qn("w:fill"), "D9E1F2")
                cell._tc.get_or_add_tcPr().append(shade)
        return imported(bytes_of(word_file), kind)
    workbook = book(*rows)
    for number in marked_rows:
        cell = workbook.active.cell(len(ABOVE) + 1 + number, 1)
        if mark == "bold":
            cell.font = Font(bold=True)
        else:
            cell.fill = PatternFill("solid", fgColor="FFD9E1F2")
    return imported(bytes_of(workbook), kind)


@pytest.mark.parametrize("mark", ["bold", "colour"])
@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_a_title_alone_in_its_row_is_told_apart_by_its_looks(kind: str, mark: str) -> None:
    first, second = (("Brewing", "Boils.", "Brews.", "Sets."), ("Trays", "Carries.", "Counts.", "Orders."))
    group = _looks(kind, mark, (HEAD, first, ("Guests",), second), (2,))
    assert [(row.group, row.title) for row in group.framework.specialisms[0].headings] == [
        ("", "Brewing"),
        ("Guests", "Trays"),
    ]
    assert what_weighs(group) == []
    # Of two titles alone in their rows, that looks like a row which looks like the others.
    one_group = _looks(kind, mark, (HEAD, ("Tea",), first, ("Cake",), second), (1,))
    assert {row.group for row in one_group.framework.specialisms[0].headings} <= {"Tea", ""}
    assert what_weighs(one_group) == ["a row that says nothing at any stage is printed nowhere"]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "mac_roman", "utf-8-sig"])
@pytest.mark.parametrize("kind", ["csv", "txt"])
def test_text_is_read_in_the_encoding_of_the_program_that_wrote_it(kind: str, encoding: str) -> None:
    text = comma_separated(HEAD, ("Brewing", "Boils the team’s water – £5.", "Brews.", "Sets how.")).decode()
    content = (text if kind == "csv" else text.replace(",", "\t")).encode(encoding)
    reading = sound(imported(content, kind))
    assert levels_of(reading, "Brewing")[0] == ("Starting", "Boils the team’s water – £5.")


@pytest.mark.parametrize("head", ["Band", "AfC band", "Pay band"])
def test_a_column_of_bands_is_one_of_levels_in_the_long_form_too(head: str) -> None:
    rows = (
        ("Heading", "Text", head),
        ("Brewing", "Boils.", "5"),
        ("Brewing", "Brews.", "6"),
        ("Trays", "Carries.", None),
    )
    reading = sound(imported(comma_separated(*rows, above=()), "csv", AFC, specialism=TITLE))
    assert levels_of(reading, "Brewing") == [("5", "Boils."), ("6", "Brews.")]
    # There a blank one says every level.
    assert levels_of(reading, "Trays") == [("None", "Carries.")]
    assert not any("left blank" in what for what in what_weighs(reading))


def test_a_level_that_a_list_leaves_blank_is_every_level_and_told() -> None:
    rows: list[Row] = [
        ("What", "What they do", "Stage"),
        ("Brewing", "Boils.", "Starting"),
        ("Brewing", "Brews.", "Doing"),
    ]
    rows += [("Brewing", "Sets how.", "Leading"), ("Trays", "Carries.", None)]
    reading = sound(imported(comma_separated(*rows, above=()), "csv", STAGES, specialism=TITLE))
    assert levels_of(reading, "Trays") == [("None", "Carries.")]
    assert [doubt.text for doubt in reading.doubts if "its level is left blank" in doubt.what and doubt.weighs] == [
        "Carries."
    ]
    rows.append(("Trays", "Counts.", "Doing"))
    (problem,) = problems_of(lambda: imported(comma_separated(*rows, above=()), "csv", STAGES, specialism=TITLE))
    assert problem.startswith(
        "tea.csv, line 5, cell 2: 'Trays' says something without a stage here, and something else"
    )


def test_codes_in_a_list_give_no_headings_and_all_is_every_level() -> None:
    rows = (
        ("Code", "Area", "Statement", "Band"),
        ("A1", "Brewing", "Boils.", "5"),
        ("A2", "Brewing", "Brews.", "6"),
        ("A3", "Trays", "Carries.", "All bands"),
    )
    reading = sound(imported(comma_separated(*rows), "csv", AFC))
    assert levels_of(reading, "Brewing") == [("5", "Boils."), ("6", "Brews.")]
    assert levels_of(reading, "Trays") == [("None", "Carries.")]
    assert "a column of codes was passed over" in [doubt.what for doubt in reading.doubts]
    # Where levels stand first, a blank one is that of the row above, and this is none.
    reading = sound(imported(comma_separated(*((row[3], *row[1:3]) for row in rows)), "csv", AFC))
    assert levels_of(reading, "Trays") == [("None", "Carries.")]
    reading = imported(comma_separated(*((row[0], *row[2:]) for row in rows)), "csv", AFC)
    assert any("its headings are codes" in what for what in what_weighs(reading))
