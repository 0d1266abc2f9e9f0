"""What a published table says is printed, at its level and under its title, or somebody is told that it is not."""

from __future__ import annotations

import contextlib
import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.errors import JdgenError
from jdgen.framework.declared_levels import make_scale
from jdgen.importing.importing import About, Imported, import_framework
from jdgen.levels import AFC
from tests.importing.published import STAGES, TITLE, imported, levels_of
from tests.toolbox.data import problems_of
from tests.toolbox.soak import budget

HEAD = ("Area", "Starting", "Doing", "Leading")
BREWING = ("Brewing", "Boils.", "Brews.", "Leads brewing.")
UNDER_NO_LEVEL = "it stands under no level, and was passed over"


def table(*rows: tuple[str, ...], above: str = f"<h1>{TITLE}</h1>") -> str:
    """A table in HTML, in a line of its own each; what begins with a tag is a cell as it is."""
    cells = ("".join(cell if cell.startswith("<td") else f"<td>{cell}" for cell in row) for row in rows)
    return "\n".join((above, "<table>", *(f"<tr>{row}" for row in cells), "</table>"))


def read(*tables: str) -> Imported:
    return imported("\n".join(tables).encode(), "html", STAGES, empty_goes_on=False)


def told(reading: Imported, what: str) -> list[str]:
    """The texts of which ``what`` is told, and weighs."""
    return [doubt.text for doubt in reading.doubts if doubt.what == what and doubt.weighs]


def test_the_same_words_in_another_group_or_at_another_level_are_another_row() -> None:
    rows = [("Kitchen", "Cleaning", "Cleans.", "", ""), ("Garden", "Cleaning", "", "", "Cleans.")]
    rows += [("Garden", "Digging", "Digs.", "Digs deep.", "Has it dug."), ("Pond", "Digging", "Digs.", "", "")]
    rows.append(("Pond", "Digging", "Digs.", "Digs deep.", "Has it dug."))
    reading = read(table(("Place", *HEAD), *rows))
    assert [(row.group, row.title) for row in reading.framework.specialisms[0].headings] == [row[:2] for row in rows]
    assert levels_of(reading, "Cleaning") == [("Starting", "Cleans."), ("Leading", "Cleans.")]


def test_a_row_that_is_ticked_in_two_groups_is_one_in_each() -> None:
    rows = [("<td colspan=4>Kitchen",), ("Cleans up.", "✓", "", ""), ("<td colspan=4>Garden",)]
    reading = read(table(HEAD, *rows, ("Cleans up.", "", "", "✓"), ("Digs.", "✓", "✓", "✓")))
    assert levels_of(reading, "Garden")[-1] == ("Leading", "Cleans up.\nDigs.")


def test_a_title_that_reaches_over_a_level_is_that_of_what_stands_beside_it() -> None:
    reading = read(table(HEAD, BREWING, ("<td colspan=2>Serving", "Serves.", "Trains."), ("Cakes", "Cuts.", "", "")))
    assert levels_of(reading, "Serving") == [("Doing", "Serves."), ("Leading", "Trains.")]
    assert {row.group for row in reading.framework.specialisms[0].headings} == {""}


def test_a_title_between_a_group_and_a_title_is_told() -> None:
    rows = [("Kitchen", "<td rowspan=2>Tea", *BREWING), ("Kitchen", "Serving", "Carries.", "Serves.", "Trains.")]
    reading = read(table(("Place", "Drink", *HEAD), *rows))
    assert told(reading, "it stands between a group and a title, and is printed nowhere") == ["Tea"]


@pytest.mark.parametrize("marks", [("✓", "✓", "✓"), ("Boils.", "Brews.", "Leads.")])
def test_what_stands_behind_the_levels_is_told(marks: tuple[str, ...]) -> None:
    reading = read(table((*HEAD, "Notes"), ("Brewing", *marks, "Only with fresh water.")))
    assert told(reading, UNDER_NO_LEVEL) == ["Only with fresh water."]


def test_what_stands_behind_the_levels_of_the_second_of_two_tables_is_told() -> None:
    lower = table(("Area", "Band 4", "Band 5"), ("Brewing", "Boils.", "Brews."))
    upper = table(("Area", "Band 6", "Band 7", "Notes"), ("Brewing", "Leads.", "Owns.", "Only with fresh water."))
    reading = imported(f"{lower}\n{upper}".encode(), "html", AFC)
    assert [levels for levels, _ in levels_of(reading, "Brewing")] == ["4", "5", "6", "7"]
    assert told(reading, UNDER_NO_LEVEL) == ["Only with fresh water."]


def test_what_stands_behind_the_levels_of_skills_is_told_and_makes_them_no_duties() -> None:
    skills = table(("Skill", "Aware", "Expert", "Notes"), ("Pouring", "Pours.", "Pours well.", "Looked at each year."))
    needs = table(("Skill", *HEAD[1:], "Notes"), ("Pouring", "Aware", "Aware", "Expert", "A tea room has its own way."))
    about = About("tea", "1", scale=STAGES, skill_scale=make_scale("skill level", ["Aware", "Expert"]))
    reading = import_framework(f"{skills}\n{needs}".encode(), "a.html", about, None, "out.yaml")
    assert told(reading, UNDER_NO_LEVEL) == ["Looked at each year.", "A tea room has its own way."]
    (specialism,) = reading.framework.specialisms
    assert [str(need.levels) for need in specialism.required_skills] == ["Starting", "Doing", "Leading"]
    assert specialism.headings == ()


def test_texts_above_the_levels_that_are_neither_title_nor_description_are_told() -> None:
    above = [f"<td colspan=4>{text}" for text in (TITLE, "They keep tea rooms.", "Some are open at night.", "In towns")]
    reading = read(table(*((text,) for text in above), HEAD, BREWING, above=""))
    (specialism,) = reading.framework.specialisms
    assert (specialism.title, specialism.description and specialism.description.text) == (TITLE, "They keep tea rooms.")
    what = "a text above the head of the table is printed nowhere"
    assert told(reading, what) == ["Some are open at night.", "In towns"]


def test_each_paragraph_of_a_page_in_one_line_is_told() -> None:
    page = table(HEAD, BREWING, above=f"<h1>{TITLE}</h1><p>A keeper keeps tea rooms.").replace("\n", "")
    reading = read(f"{page}<p>Tea has to be hot.<p>Cups have to be clean.")
    what = "a paragraph outside the tables is printed nowhere"
    assert told(reading, what) == ["Tea has to be hot.", "Cups have to be clean."]


def test_headings_of_a_page_in_one_line_are_told_apart() -> None:
    parts = [table(HEAD, BREWING, above=f"<h1>{title}</h1><h2>Duties</h2>") for title in ("Tea keeper", "Cake baker")]
    reading = read("".join(parts).replace("\n", ""))
    assert [specialism.title for specialism in reading.framework.specialisms] == ["Tea keeper", "Cake baker"]


def test_a_word_below_a_title_describes_nothing() -> None:
    reading = read(table(HEAD, BREWING, above=f"<h1>{TITLE}</h1><p>Tea rooms<p>A keeper keeps tea rooms."))
    (specialism,) = reading.framework.specialisms
    assert specialism.description
    assert specialism.description.text == "A keeper keeps tea rooms."


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<dl><dt>Tea</dt><dd>hot</dd></dl>", "Tea\nhot"),
        ("<blockquote>Tea</blockquote><section>hot</section>", "Tea\nhot"),
        ("<span title=\"a > b\" class='c'>Tea</span>", "Tea"),
        ('<span title="a > b>Tea</span>', "b>Tea"),
        ("<p hidden>Milk<p hidden>Sugar<p>Tea", "Tea"),
    ],
)
def test_elements_of_a_page_divide_lines_and_are_no_text(cell: str, text: str) -> None:
    reading = read(table(HEAD, ("Brewing", cell, "Brews.", "Leads.")))
    assert levels_of(reading, "Brewing")[0] == ("Starting", text)
    hidden = told(reading, "hidden text, left out; --hidden has it read")
    assert hidden == (["Milk", "Sugar"] if "Milk" in cell else [])


_TEXTS = st.lists(st.booleans(), min_size=4, max_size=4)
_KINDS = st.sampled_from(["row", "row", "row", "alone", "whole", "group", "head"])


@budget(30)
@given(st.lists(st.tuples(_KINDS, _TEXTS), min_size=2), st.booleans(), st.integers(0, 2))
def test_whatever_stands_in_a_table_is_printed_or_told(
    kinds: list[tuple[str, list[bool]]], has_merged_titles: bool, above: int
) -> None:
    """Rows of a table with a column behind its levels, each with texts where it is to have some."""
    numbers = itertools.count(1)
    rows: list[tuple[str, ...]] = [(f"<td colspan=5>Above {next(numbers)} all.",) for _ in range(above)]
    rows.append((*HEAD, "Notes"))
    for kind, has_texts in kinds:
        texts = [f"Does {next(numbers)} well." if is_there else "" for is_there in has_texts]
        merged = ("<td colspan=2>Task", *texts[1:])
        of_kind: dict[str, tuple[str, ...]] = {
            "row": merged if has_merged_titles and not texts[0] else ("Task", *texts),
            "alone": ("Task", "", "", "", ""),
            "whole": (f"<td colspan=5>Does {next(numbers)} for all.",),
            "group": ("<td colspan=4>Group", texts[3]),
            "head": (*HEAD, "Notes"),
        }
        rows.append(of_kind[kind])
    content = table(*rows)
    with contextlib.suppress(JdgenError):
        reading = read(content)
        there = " ".join((reading.text, *(doubt.text for doubt in reading.doubts)))
        said = re.findall(r"(?:Does|Above) \d+ \w+", content)
        assert [text for text in said if text not in there] == []


LONG_FORM = ("Specialism", "Kind", "Group", "Heading", "Level", "Text", "Skill", "Skill level")
WHOLE_ROW = "a text over the whole row is printed nowhere"
STAGED = [("Starting", "Boils."), ("Doing", "Brews."), ("Leading", "Leads.")]


def test_a_second_text_that_describes_a_specialism_or_a_skill_is_told() -> None:
    rows = [(TITLE, "", "", "Brewing", stage, text, "", "") for stage, text in STAGED]
    rows += [(TITLE, "description", "", "", "", f"{text} tea is kept.", "", "") for text in ("First", "Then", "First")]
    rows += [("", "", "", "", "", f"Pouring is {text}.", "Pouring", "") for text in ("an art", "a craft")]
    rows.append((TITLE, "", "", "", "Doing", "", "Pouring", "Aware"))
    reading = read(table(LONG_FORM, *rows))
    what = "it describes what another text describes already, and is printed nowhere"
    assert told(reading, what) == ["Then tea is kept.", "Pouring is a craft."]
    (specialism,), (skill,) = reading.framework.specialisms, reading.framework.skills
    assert specialism.description
    assert (specialism.description.text, skill.text) == ("First tea is kept.", "Pouring is an art.")


def test_a_text_over_a_whole_row_of_the_long_form_is_told() -> None:
    rows = [(TITLE, "", "", "Brewing", stage, text, "", "") for stage, text in STAGED]
    reading = read(table(LONG_FORM, *rows, ("<td colspan=8>Kitchen",)))
    assert told(reading, WHOLE_ROW) == ["Kitchen"]


def test_a_text_over_a_whole_row_of_a_list_is_a_group_unless_it_is_a_sentence() -> None:
    rows = [("Tea keeper", "Brewing", *STAGED[0]), ("<td colspan=4>All of them are at work early.",)]
    rows += [("<td colspan=4>Kitchen",), *(("", "Boiling", *said) for said in STAGED)]
    rows += [("Cake baker", "Baking", *said) for said in STAGED]
    reading = read(table(("Job title", "Area", "Stage", "Description"), *rows))
    assert told(reading, WHOLE_ROW) == ["All of them are at work early."]
    assert [
        (specialism.title, [(row.group, row.title) for row in specialism.headings])
        for specialism in reading.framework.specialisms
    ] == [("Tea keeper", [("", "Brewing"), ("Kitchen", "Boiling")]), ("Cake baker", [("", "Baking")])]


def test_a_note_below_levels_that_stand_down_the_side_is_told() -> None:
    reading = read(table(("Stage", "Brewing"), *STAGED, ("<td colspan=2>It holds at night too.",)))
    assert levels_of(reading, "Brewing") == STAGED
    assert told(reading, WHOLE_ROW) == ["It holds at night too."]


FIRST_ROWS = [("<td colspan=3>All of them are at work early.",), ("Waiting", "", "They are at work early.")]


@pytest.mark.parametrize("first", FIRST_ROWS)
def test_a_row_below_the_head_of_a_list_that_names_no_level_is_no_head(first: tuple[str, ...]) -> None:
    reading = read(table(("Area", "Stage", "Description"), first, *(("Brewing", *said) for said in STAGED)))
    assert levels_of(reading, "Brewing") == STAGED
    printed_texts = [text for _, text in levels_of(reading, "Waiting")]
    assert [*printed_texts, *told(reading, WHOLE_ROW)] == [first[-1].partition(">")[2] or first[-1]]


def test_a_row_of_a_list_that_only_says_all_says_nothing_and_is_told() -> None:
    rows = [("Stage", "Area", "Description"), *((stage, "Brewing", text) for stage, text in STAGED), ("All", "", "")]
    (problem,) = problems_of(lambda: read(table(*rows)))
    assert problem == "tea.html, line 7, cell 1: the row says nothing: write its text, or take the row out"


@pytest.mark.parametrize("heads", [("Role", "Area", "Stage", "Duties"), ("Job title", "Stage", "Duties", "Skills")])
def test_roles_in_a_column_are_specialisms(heads: tuple[str, ...]) -> None:
    titles = ("Tea keeper", "Cake baker")
    beside = [(stage, text, "Some.") if "Skills" in heads else ("Brewing", stage, text) for stage, text in STAGED]
    reading = read(table(heads, *((title, *cells) for title in titles for cells in beside), above=""))
    assert [specialism.title for specialism in reading.framework.specialisms] == list(titles)


MARKDOWN = f"# {TITLE}\n\n| Area | Starting | Doing |\n|---|---|---|\n| Brewing | Boils. | Brews. |\n"


def test_code_in_markdown_is_told() -> None:
    reading = imported(f"{MARKDOWN}\n    Washes up.\n\n```\nDries up.\n```\n".encode(), "md")
    what = "a block of code is left out, as which Markdown takes lines that four blanks stand before"
    assert told(reading, what) == ["Washes up.", "Dries up."]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_a_file_of_markdown_tells_programs_is_no_title(end: str) -> None:
    front_matter = "---\ntitle: Rooms\nlayout: page\n---\n\n"
    reading = imported(f"{front_matter}{MARKDOWN}".replace("\n", end).encode(), "md")
    (specialism,) = reading.framework.specialisms
    assert (specialism.title, specialism.headings[0].source.line) == (TITLE, 4)
    assert [str(doubt.place) for doubt in reading.doubts if doubt.text == TITLE] == ["line 6"]
