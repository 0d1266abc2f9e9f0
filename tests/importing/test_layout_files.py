"""Layout files: written of what an import recognised, read again to the same, and told where they do not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from jdgen.importing.importing import About, Imported, import_framework
from jdgen.importing.layout import layout_of, layout_text
from jdgen.importing.refusals import NoTableError
from jdgen.text_files.toml_reading import parse_toml
from tests.importing.published import (
    ABOVE,
    BREWING,
    HEAD,
    SERVING,
    TITLE,
    add_table,
    book,
    bytes_of,
    comma_separated,
    document,
    imported,
    levels_of,
    texts,
    what_weighs,
)
from tests.toolbox.data import problems_of


def layout_file_of(reading: Imported, file: str = "tea.csv") -> str:
    """The layout file that an import writes."""
    return layout_text(reading.layout, file, "tea.layout.toml")


def again(text: str, content: bytes, file: str = "tea.csv") -> Imported:
    """What is read of a file with a layout file of this text."""
    layout = layout_of(parse_toml(text.encode(), "tea.layout.toml"))
    assert layout.choices
    return import_framework(content, file, About("tea", "1", choices=layout.choices, layout=layout), None, "out.yaml")


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), 1) if line.startswith(part))


GROUPED = (("Area", *HEAD), ("Kitchen", *BREWING), ("Room", *SERVING))
IN_A_COLUMN = (
    ("Skill", "Stage", "What it takes"),
    *((row[0], HEAD[n], row[n]) for row in (BREWING, SERVING) for n in (1, 2, 3)),
)
TICKED = (("Activity", *HEAD[1:]), ("Boils water.", "x", "x", ""), ("Brews tea.", "", "x", "x"))
FILES = {
    "across.csv": comma_separated(HEAD, BREWING, SERVING),
    "groups.csv": comma_separated(*GROUPED),
    "down.csv": comma_separated(*zip(HEAD, BREWING, SERVING, strict=True), above=ABOVE[:3]),
    "column.csv": comma_separated(*IN_A_COLUMN, above=ABOVE[:3]),
    "ticked.csv": comma_separated(*TICKED),
    "ticked-down.csv": comma_separated(*zip(*TICKED, strict=True)),
    "falling.csv": comma_separated(
        *(row[:1] + row[:0:-1] for row in (HEAD, BREWING, ("Trays", "Carries.", "", "Counts.")))
    ),
    "titles-behind.csv": comma_separated(*((*row[1:], row[0]) for row in (HEAD, BREWING, SERVING))),
    "titles-above.csv": comma_separated(HEAD[1:], BREWING[:1], BREWING[1:], SERVING[:1], SERVING[1:]),
    "sheet.xlsx": bytes_of(book(HEAD, BREWING, above=(), sheet=TITLE)),
    "above.docx": bytes_of(
        document((None, *HEAD[1:]), BREWING, above=((TITLE, "Heading 1"), ("Words about it.", "Normal")))
    ),
}


@pytest.mark.parametrize("file", FILES)
def test_a_layout_file_reads_what_it_was_written_of(file: str) -> None:
    first = imported(FILES[file], file.rpartition(".")[2])
    second = again(layout_file_of(first), FILES[file], f"tea.{file.rpartition('.')[2]}")
    assert second.text == first.text
    assert texts(second)
    assert not second.is_recognised


def test_it_says_what_each_column_is_and_where_titles_stand() -> None:
    text = layout_file_of(imported(FILES["groups.csv"], "csv"))
    lines = ['"Area" = "group"', '"Stage" = "heading"', '"Doing" = "level Doing"', 'title = "row above the levels"']
    assert [line for line in lines if line not in text.split("\n")] == []
    assert 'title = "name of the sheet"' in layout_file_of(imported(FILES["sheet.xlsx"], "xlsx"))
    assert 'title = "heading above the table"' in layout_file_of(imported(FILES["above.docx"], "docx"))


def test_columns_that_no_layout_could_be_recognised_of_are_read_as_it_says() -> None:
    rows = (("Ref", "What", "First", "Then", "Notes"), ("1", *BREWING[:3], "old"), ("2", *SERVING[:3], ""))
    text = """
levels = ["Starting", "Doing"]
[kinds]
"Serving" = "knowledge"
[descriptions]
"Tea room keeper" = "a tea room keeper looks"
[tables.all]
specialism = "Tea room keeper"
[tables.all.columns]
"Ref" = "ignore"
"What" = "heading"
"First" = "level Starting"
"Then" = "level Doing"
"Notes" = "ignore"
"""
    reading = again(text, comma_separated(*rows, above=ABOVE[:3]))
    assert levels_of(reading, "Brewing") == [("Starting", BREWING[1]), ("Doing", BREWING[2])]
    (specialism,) = reading.framework.specialisms
    assert [(str(row.kind), row.title) for row in specialism.person_rows] == [("knowledge", "Serving")]
    assert specialism.description
    assert specialism.description.text == ABOVE[1][0]
    assert what_weighs(reading) == []


def test_a_line_that_does_not_fit_is_named_with_the_place_in_the_file() -> None:
    text = layout_file_of(imported(FILES["groups.csv"], "csv"))
    area, leading = line_of(text, '"Area"'), line_of(text, '"Leading"')
    other_rows = (("Domain", *HEAD[:-1], "Heading it"), *GROUPED[1:])
    assert problems_of(lambda: again(text, comma_separated(*other_rows))) == [
        f"tea.layout.toml:{area}: tea.csv has no column 'Area' at line 5, cell 1: "
        "write the head as the file has it, or delete this line",
        f"tea.layout.toml:{leading}: tea.csv has no column 'Leading' at line 5, cell 1: did you mean 'Heading it'?",
    ]


def test_a_column_that_the_layout_does_not_know_and_kinds_of_no_row_are_told() -> None:
    text = layout_file_of(imported(FILES["across.csv"], "csv"))
    wider = comma_separated((*HEAD, "Mastering"), (*BREWING, "Sings."))
    (problem,) = problems_of(lambda: again(text, wider))
    assert problem.startswith(
        "tea.csv, line 5, cell 5: tea.layout.toml says nothing of the column 'Mastering': add below"
    )
    text += '\n[kinds]\n"Brewin" = "duty"\n'
    (problem,) = problems_of(lambda: again(text, FILES["across.csv"]))
    assert problem.startswith("tea.layout.toml:" + str(line_of(text, '"Brewin"')))
    assert "tea.csv has no row or group 'Brewin': did you mean 'Brewing'?" in problem


def problem_with_column(line: str) -> str:
    """What is told of a layout file with this ``line`` for a column of its table, at that line."""
    text = layout_file_of(imported(FILES["across.csv"], "csv"))
    key = line.partition(" =")[0]
    changed_text = "\n".join(line if other.startswith(f"{key} =") else other for other in text.split("\n"))
    (problem,) = problems_of(lambda: again(changed_text, FILES["across.csv"]))
    place = f"tea.layout.toml:{line_of(text, key)}: "
    assert problem.startswith(place)
    return problem.removeprefix(place)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('"Stage" = "headding"', "'headding' is nothing that a column can be"),
        ('"Doing" = "level Dooing"', "'level Dooing': 'Dooing' is no stage"),
        ('"Stage" = "decide"', "'Stage' is still to be decided"),
    ],
)
def test_words_that_mean_nothing_are_told_at_their_line(line: str, what: str) -> None:
    assert problem_with_column(line).startswith(what)


CHOICES = (
    "write one of specialism, kind, group, heading, text, skill, description, ignore, or 'level' or 'skill level', "
    "with its name where the column is for one alone"
)


def test_what_is_still_to_be_decided_is_no_choice_and_each_choice_is_said_once() -> None:
    assert problem_with_column('"Stage" = "decide"') == f"'Stage' is still to be decided: {CHOICES}"


def test_a_level_that_is_misspelt_is_told_with_the_one_that_is_near() -> None:
    problem = problem_with_column('"Doing" = "level Dooing"')
    assert problem.endswith(f": did you mean 'level Doing'? Or {CHOICES}")


@pytest.mark.parametrize(
    ("word", "right"), [("headding", f"did you mean 'heading'? Or {CHOICES}"), ("dezide", CHOICES), ("xyz", CHOICES)]
)
def test_the_choices_are_said_once_where_a_word_means_nothing(word: str, right: str) -> None:
    problem = problem_with_column(f'"Stage" = "{word}"')
    assert problem == f"'{word}' is nothing that a column can be: {right}"


@pytest.mark.parametrize(
    ("marks", "statements"),
    [
        ("nothing", [("Starting", "Carries."), ("Leading", "Leads.")]),
        ("goes-on", [("Starting to Doing", "Carries."), ("Leading", "Leads.")]),
        ("text", [("Starting", "Carries."), ("Doing", "-"), ("Leading", "Leads.")]),
    ],
)
def test_what_a_dash_means_is_said_in_the_layout(marks: str, statements: list[tuple[str, str]]) -> None:
    content = comma_separated(HEAD, BREWING, ("Serving", "Carries.", "-", "Leads."))
    text = layout_file_of(imported(content, "csv")).replace('marks = "nothing"', f'marks = "{marks}"')
    assert levels_of(again(text, content), "Serving") == statements


def test_some_of_several_tables_are_named_by_title() -> None:
    word_file = document((None, *HEAD[1:]), BREWING, above=(("Brewing", "Heading 1"), ("What brewing is.", "Normal")))
    word_file.add_paragraph("Serving", "Heading 1")
    add_table(word_file, (None, *HEAD[1:]), SERVING)
    text = layout_file_of(imported(bytes_of(word_file), "docx"), "tea.docx").replace(
        "[tables.1]\n", '[tables.1]\nread = ["Serving"]\n'
    )
    reading = again(text, bytes_of(word_file), "tea.docx")
    assert [specialism.title for specialism in reading.framework.specialisms] == ["Serving"]


def test_where_no_table_is_recognised_each_column_is_guessed_or_to_be_decided() -> None:
    rows = (("Who", "Capability", "Stage", "Statement"), ("Keeper", "Brewing", "Doing", "Brews tea."))
    content = comma_separated(*rows, above=())
    with pytest.raises(NoTableError) as raised:
        imported(content, "csv")
    text = layout_text(raised.value.to_decide, "tea.csv", "tea.layout.toml")
    guess = "  # a guess: look at it"
    assert text.split("[tables.1.columns]\n")[1].split("\n")[:4] == [
        '"Who" = "decide"',
        f'"Capability" = "heading"{guess}',
        f'"Stage" = "level"{guess}',
        f'"Statement" = "text"{guess}',
    ]
    (problem,) = problems_of(lambda: again(text, content))
    assert "'Who' is still to be decided" in problem
    reading = again(text.replace("decide", "specialism"), content)
    assert reading.framework.specialisms[0].title == "Keeper"
    assert levels_of(reading, "Brewing") == [("Doing", "Brews tea.")]


DATA = Path(__file__).parents[1] / "data/published"


def test_several_files_are_one_publication_and_places_name_each() -> None:
    layout = layout_of(parse_toml((DATA / "invented-lamp-roles.layout.toml").read_bytes(), "l.toml"))
    assert layout.choices
    files = [(name, (DATA / name).read_bytes()) for name in ("invented-lamp-roles.csv", "invented-lamp-skills.csv")]
    broken = files[1][1].replace(b"Knows who leads", b"Knows who \x07 leads")
    about = About("lamp", "1", choices=layout.choices, layout=layout)
    reading = import_framework(files[0][1], files[0][0], about, None, "o.yaml", others=files[1:])
    leading = [str(doubt.place) for doubt in reading.doubts if "leads in a list" in doubt.what]
    assert leading == ["invented-lamp-skills.csv, line 2, cell 4", "invented-lamp-skills.csv, line 5, cell 5"]
    (problem,) = problems_of(
        lambda: import_framework(files[0][1], files[0][0], about, None, "o.yaml", others=[(files[1][0], broken)])
    )
    assert problem.startswith("invented-lamp-skills.csv, line 9, cell 3: control character")
