"""Markdown and JSON: tables, headings with lists below them, and lists of objects."""

from __future__ import annotations

import functools
import json
from typing import Any

import pytest

from jdgen.framework.transcription import transcription_problems
from jdgen.importing.importing import About, Imported, import_framework
from jdgen.importing.layout import layout_of, layout_text
from jdgen.levels import NO_LEVELS, Scale
from jdgen.text_files.toml_reading import parse_toml
from tests.importing.published import (
    BREWING,
    DESCRIPTION,
    HEAD,
    SERVING,
    STAGES,
    TITLE,
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


def pipes(*rows: tuple[str, ...]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def markdown(text: str, scale: Scale = STAGES, **choices: Any) -> Imported:
    return imported(text.encode(), "md", scale, **choices)


def test_a_table_in_markdown_is_read_with_its_title_and_description() -> None:
    reading = markdown(f"# {TITLE}\n\n{DESCRIPTION}\n\n{pipes(HEAD, BREWING, SERVING)}\n")
    (specialism,) = reading.framework.specialisms
    assert specialism.description
    assert (specialism.title, specialism.description.text) == (TITLE, DESCRIPTION)
    assert texts(reading) == published(BREWING, SERVING)
    assert looked_at(reading) == [("taken as the title of the table below it", "line 1")]


def test_marks_of_markdown_are_no_words_and_a_break_divides_entries() -> None:
    row = ("Brewing", "Boils **hot** `water`", "Brews.<br>Tastes.", "See [the book](https://example.org)")
    reading = markdown(f"# {TITLE}\n\n{pipes(HEAD, row)}\n")
    assert levels_of(reading, "Brewing") == [
        ("Starting", "Boils hot water"),
        ("Doing", "Brews.\nTastes."),
        ("Leading", "See the book"),
    ]


def test_what_markdown_strikes_through_or_hides_is_told() -> None:
    row = ("Brewing", "Boils ~~cold~~ water<!-- ask Kim -->", "Brews.", "Leads.")
    text = f"# {TITLE}\n\n<!-- Only for us. -->\n\n{pipes(HEAD, row)}\n"
    reading = markdown(text)
    assert levels_of(reading, "Brewing")[0] == ("Starting", "Boils water")
    assert [what for what, _ in looked_at(reading) if "comment" in what or "struck" in what] == [
        "a comment, which nobody sees, is left out",
        "a comment, which nobody sees, is left out",
        "struck-through text, left out; --struck has it read",
    ]
    assert levels_of(markdown(text, struck=True), "Brewing")[0] == ("Starting", "Boils cold water")


OUTLINE = f"""# {TITLE}

{DESCRIPTION}

## Starting
### Brewing
- Boils water.
- Fills pots.
### Serving
- Carries trays.

## Doing
### Brewing
Brews tea, in one paragraph.
"""


@pytest.mark.parametrize("swapped", [False, True])
def test_headings_with_lists_below_them_are_a_table(swapped: bool) -> None:
    text = OUTLINE
    if swapped:
        text = (
            f"# {TITLE}\n\n{DESCRIPTION}\n\n## Brewing\n### Starting\n- Boils water.\n- Fills pots.\n### Doing\n"
            "Brews tea, in one paragraph.\n## Serving\n### Starting\n- Carries trays.\n"
        )
    reading = markdown(text)
    (specialism,) = reading.framework.specialisms
    assert specialism.description
    assert (specialism.title, specialism.description.text) == (TITLE, DESCRIPTION)
    assert levels_of(reading, "Brewing") == [
        ("Starting", "Boils water.\nFills pots."),
        ("Doing", "Brews tea, in one paragraph."),
    ]
    assert [row.covers_some for row in specialism.headings] == [False, True]
    assert [what.partition(":")[0] for what in what_weighs(reading)] == [
        "nothing is said of stage Leading",
        "its headings are read as a table",
    ]
    assert not [doubt for doubt in reading.doubts if "out.yaml" in str(doubt.place)]


def test_headings_and_lists_of_a_word_file_are_a_table_too() -> None:
    word_file = document(("x", "y"), above=((TITLE, "Heading 1"), ("Brewing", "Heading 2")))
    word_file.element.body.remove(word_file.tables[0]._tbl)
    for text in ("Boils water.", "Fills pots."):
        word_file.add_paragraph(text, "List Bullet")
    reading = imported(bytes_of(word_file), "docx", NO_LEVELS)
    assert levels_of(reading, "Brewing") == [("None", "Boils water.\nFills pots.")]


LAYOUT = """
levels = ["Starting", "Doing", "Leading"]
skill_levels = ["Low", "High"]
[tables.1.columns]
"roles.title" = "specialism"
"roles.about" = "description"
"roles.levels.name" = "level"
"roles.levels.duties.heading" = "heading"
"roles.levels.duties.says" = "text"
[tables.2.columns]
"skills.name" = "skill"
"skills.levels.at" = "skill level"
"skills.levels.points" = "text"
[tables.3.columns]
"needs.role" = "specialism"
"needs.level" = "level"
"needs.skill" = "skill"
"needs.at" = "skill level"
"""
PUBLISHED: dict[str, Any] = {
    "roles": [
        {
            "title": TITLE,
            "about": DESCRIPTION,
            "levels": [
                {"name": "Starting", "duties": [{"heading": "Brewing", "says": "Boils water."}]},
                {"name": "Doing", "duties": [{"heading": "Brewing", "says": ["Brews tea.", "Tastes it."]}]},
            ],
        }
    ],
    "skills": [{"name": "Pouring", "levels": [{"at": "Low", "points": ["Pours.", "Wipes."]}]}],
    "needs": [{"role": TITLE, "level": "Doing", "skill": "Pouring", "at": "Low"}],
}


def read_json(value: Any, layout: str = LAYOUT) -> Imported:
    layout_ = layout_of(parse_toml(layout.encode(), "tea.layout.toml"))
    about = About("tea", "1", layout=layout_)
    return import_framework(json.dumps(value).encode(), "tea.json", about, None, "out.yaml")


def test_lists_of_objects_are_read_by_the_paths_to_what_they_hold() -> None:
    reading = read_json(PUBLISHED)
    (specialism,) = reading.framework.specialisms
    assert specialism.description
    assert (specialism.title, specialism.description.text) == (TITLE, DESCRIPTION)
    assert levels_of(reading, "Brewing") == [("Starting", "Boils water."), ("Doing", "Brews tea.\nTastes it.")]
    (skill,) = reading.framework.skills
    assert [(str(descriptor.level), descriptor.entries) for descriptor in skill.descriptors] == [
        ("Low", ("Pours.", "Wipes."))
    ]
    (need,) = specialism.required_skills
    assert (need.skill, str(need.levels), str(need.at)) == ("pouring", "Doing", "Low")


def test_a_place_in_json_is_a_path() -> None:
    wrong = {**PUBLISHED, "needs": [{**PUBLISHED["needs"][0], "level": "Dooing"}]}
    (problem,) = problems_of(lambda: read_json(wrong))
    assert problem.startswith("tea.json, needs[0].level: 'Dooing' is no level: did you mean 'Doing'?")


@pytest.mark.parametrize(
    "content", [b"{", b"[1, 2", b'{"a": ' * 50_000, b"[" * 100_000, b'"text"', b"[]", b"null", b"\xff"]
)
def test_what_is_no_framework_in_json_is_told(content: bytes) -> None:
    assert len(problems_of(lambda: imported(content, "json"))) == 1


@pytest.mark.parametrize(
    "text", ["", "# Only a title", "- a\n- b", "| a |\n|---|\n", "> " * 500, "`" * 5000, "#" * 3000, "[" * 5000]
)
def test_what_is_no_framework_in_markdown_is_told(text: str) -> None:
    assert len(problems_of(lambda: markdown(text))) == 1


def html(*rows: str, between: str = "\n") -> str:
    return between.join(("<table>", *(f"<tr>{row}</tr>" for row in rows), "</table>"))


def heads(*texts: str) -> str:
    return "".join(f"<th>{text}</th>" for text in texts)


def test_tables_of_html_in_markdown_are_read_with_how_far_their_cells_reach() -> None:
    rows = (
        heads(*HEAD),
        "<td rowspan='2'>Brewing</td><td>Boils &amp; fills.</td><td COLSPAN=\"2\">Brews.<br>Tastes.</td>",
        "<td>Heats.</td><td><del>Old.</del> Serves.</td><td>Leads.</td>",
        "<td>Serving<td><ul><li>Carries.</li><li>Wipes.</li></ul><td>Serves.<td>Trains.",
    )
    reading = markdown(f"# {TITLE}\n\n{DESCRIPTION}\n\n{html(*rows)}\n")
    assert levels_of(reading, "Brewing") == [
        ("Starting", "Boils & fills.\nHeats."),
        ("Doing", "Brews.\nTastes.\nServes."),
        ("Leading", "Brews.\nTastes.\nLeads."),
    ]
    assert levels_of(reading, "Serving")[0] == ("Starting", "Carries.\nWipes.")
    assert "struck-through text, left out; --struck has it read" in what_weighs(reading)
    assert transcription_problems(reading.framework, reading.source, "out.yaml") == []
    assert "Old. Serves." in texts(markdown(f"# {TITLE}\n\n{html(*rows)}\n", struck=True))


def test_blank_lines_in_a_table_of_html_end_it_not_and_have_markdown_between_them() -> None:
    row = "<td>\n\n**Brewing**\n\n</td><td>\n\n- Boils.\n- Fills.\n\n</td><td>Brews.</td><td>Leads.</td>"
    above = f"<h1>{TITLE}</h1>\n\n<p>{DESCRIPTION}</p>\n\n<!-- not yet -->\n\n"
    reading = markdown(f"{above}{html(heads(*HEAD), row, between=chr(10) * 2)}\n\n<p>Who reads this far.</p>\n")
    (specialism,) = reading.framework.specialisms
    assert specialism.description
    assert (specialism.title, specialism.description.text) == (TITLE, DESCRIPTION)
    assert levels_of(reading, "Brewing")[:2] == [("Starting", "Boils.\nFills."), ("Doing", "Brews.")]
    assert ("a comment, which nobody sees, is left out", "line 5") in looked_at(reading)
    assert "a paragraph outside the tables is printed nowhere" in what_weighs(reading)


@pytest.mark.parametrize(
    "table",
    ["<table>" * 3000, "<tr><td>" * 3000, "<td rowspan=9999 colspan=9999>" * 300, "<table><tr>" + "<td>" * 40_000],
)
def test_html_without_end_is_told_quickly(table: str) -> None:
    assert len(problems_of(lambda: markdown(f"# {TITLE}\n\n<table>\n{table}"))) == 1


AREAS = [{"name": row[0], "stages": dict(zip(HEAD[1:], row[1:], strict=True))} for row in (BREWING, SERVING)]


def json_of(value: Any, **choices: Any) -> Imported:
    return imported(json.dumps(value).encode(), "json", STAGES, **choices)


@pytest.mark.parametrize(
    "value",
    [
        {"version": "2", "roles": [{"title": TITLE, "summary": DESCRIPTION, "areas": AREAS}]},
        {
            "roles": [
                {
                    "title": TITLE,
                    "about": DESCRIPTION,
                    "stages": [
                        {
                            "stage": stage,
                            "duties": [
                                {"code": f"T{number}", "area": row[0], "statement": row[level]}
                                for row in (BREWING, SERVING)
                            ],
                        }
                        for level, (number, stage) in enumerate(enumerate(HEAD[1:], 1), 1)
                    ],
                }
            ]
        },
        {"title": TITLE, "domains": [{"name": "Tea", "summary": DESCRIPTION, "areas": AREAS}]},
        {
            "roles": [
                {
                    "title": TITLE,
                    "summary": DESCRIPTION,
                    "stages": {
                        HEAD[level]: [{"area": row[0], "duties": [row[level]]} for row in (BREWING, SERVING)]
                        for level in (1, 2, 3)
                    },
                }
            ]
        },
    ],
    ids=["stages as keys", "stages in a list", "groups", "stages as keys over all"],
)
def test_objects_within_objects_are_read_by_their_paths_and_told(value: Any) -> None:
    reading = json_of(value)
    (specialism,) = reading.framework.specialisms
    assert specialism.description
    assert (specialism.title, specialism.description.text) == (TITLE, DESCRIPTION)
    assert levels_of(reading, "Brewing") == list(zip(HEAD[1:], BREWING[1:], strict=True))
    assert texts(reading) == published(BREWING, SERVING)
    assert any(what.startswith("it is read by its paths: ") for what in what_weighs(reading))
    assert transcription_problems(reading.framework, reading.source, "out.yaml") == []
    layout = layout_of(parse_toml(layout_text(reading.layout, "tea", "l.toml").encode(), "l.toml"))
    about = About("tea", "1", layout=layout)
    again = import_framework(json.dumps(value).encode(), "tea.json", about, None, "out.yaml")
    assert texts(again) == texts(reading)


def test_objects_about_skills_are_left_to_a_layout_file() -> None:
    roles = [{"title": TITLE, "levels": [{**need, "stage": "Low"} for need in PUBLISHED["needs"]]}]
    (problem,) = problems_of(lambda: json_of({"roles": roles}))
    assert "have a layout file written with --layout FILE" in problem


@pytest.mark.parametrize("depth", [400, 900])
def test_json_that_is_nested_too_deeply_is_told(depth: int) -> None:
    for content in (b"[" * depth + b"]" * depth, b'{"a":' * depth + b"1" + b"}" * depth):
        assert len(problems_of(lambda content=content: imported(content, "json"))) == 1  # type: ignore[misc]


def test_a_page_of_the_web_is_read_without_what_leads_to_others() -> None:
    links = "<nav><ul><li><a href='/'>Home of all tea rooms.</a></li></ul></nav>"
    table = html(heads(*HEAD), *("".join(f"<td>{text}</td>" for text in row) for row in (BREWING, SERVING)))
    page = (
        f"<!DOCTYPE html><html><head><title>Tea</title><style>td {{}}</style></head><body>{links}<!-- not yet -->"
        f"<h1>{TITLE}</h1><p>{DESCRIPTION}</p>{table}<footer><p>Nobody has this footer.</p></footer></body></html>"
    )
    reading = imported(page.encode("utf-16"), "html")
    assert texts(reading) == published(BREWING, SERVING)
    (specialism,) = reading.framework.specialisms
    assert specialism.description
    assert (specialism.title, specialism.description.text) == (TITLE, DESCRIPTION)
    assert what_weighs(reading) == []
    assert transcription_problems(reading.framework, reading.source, "out.yaml") == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [("md", "# Tea\n\n![a table](table.png)\n"), ("html", "<h1>Tea</h1>\n\n<img src='table.png'>"), ("htm", "<img>")],
)
def test_a_picture_of_a_table_is_refused_with_what_would_be_right(kind: str, text: str) -> None:
    (problem,) = problems_of(lambda: imported(text.encode(), kind))
    assert "has no table with a row of stages; a picture stands here, of which nothing can be read" in problem
    assert problem.endswith("if it shows the table, import the file that it was made in, or type it into a table")


def test_text_in_which_nothing_divides_cells_is_refused_with_what_would_be_right() -> None:
    (problem,) = problems_of(lambda: imported(b"Tea room keeper\n\nStarting\n- Boils water.\n", "txt"))
    assert "has no table: nothing divides its lines into cells: put a tab or a bar (|) between cells; or" in problem


@pytest.mark.parametrize("key", ["", "statements"])
def test_objects_without_a_title_are_refused_with_what_would_be_right(key: str) -> None:
    each = [{"stage": stage, "statement": f"{row[0]}: does it."} for row in (BREWING, SERVING) for stage in HEAD[1:]]
    (problem,) = problems_of(lambda: json_of({key: each} if key else each))
    assert "[0].stage: the text stands under no heading (and 5 more such rows): write the heading" in problem


def test_neither_a_path_nor_the_name_of_the_file_is_a_title() -> None:
    each = [
        {"area": row[0], "stage": stage, "statement": text}
        for row in (BREWING, SERVING)
        for stage, text in zip(HEAD[1:], row[1:], strict=True)
    ]
    values: tuple[Any, ...] = (each, {"statements": each}, {"framework": {"statements": each}})
    for value in values:
        (problem,) = problems_of(functools.partial(json_of, value))
        assert "the table has no title: write one above its stages, or name it with --specialism" in problem
        assert texts(json_of(value, specialism=TITLE)) == published(BREWING, SERVING)
    assert [specialism.title for specialism in json_of({TITLE: each}).framework.specialisms] == [TITLE]


def page_of(row: str, **choices: Any) -> Imported:
    """What is read of a page of the web, all in one line, whose table has a ``row`` of HTML below its head."""
    rows = (heads(*HEAD), row, "<td>Serving</td><td>Carries.</td><td>Serves.</td><td>Trains.</td>")
    page = f"<h1>{TITLE}</h1><p>{DESCRIPTION}</p>{html(*rows, between='')}"
    return imported(page.encode(), "html", STAGES, **choices)


def test_a_raised_mark_stays_raised_in_html_and_is_told_in_its_row() -> None:
    """It was glued to the word before it, as "tea1"."""
    reading = page_of("<td>Brewing</td><td>Boils tea<sup>1</sup>.</td><td>Brews.</td><td>Leads.</td>")
    assert levels_of(reading, "Brewing")[0] == ("Starting", "Boils tea¹.")
    (place,) = (place for what, place in looked_at(reading) if "looks like the mark of a footnote" in what)
    assert place == "line 1, row 2, cell 2"


@pytest.mark.parametrize(
    "row",
    [
        "<td>Brewing<td>Boils.<td hidden>Secret.<td>Brews.<td>Leads.",
        "<td>Brewing<td>Boils.<td style='color:red; display : none'>Secret.</td><td>Brews.<td>Leads.",
        "<td>Brewing<td>Boils.<span hidden=''>Secret. <span>Old.</span></span><td>Brews.<td>Leads.",
        "<td>Brewing<td>Boils.<td>Brews.<td>Leads.</tr><tr style='visibility:hidden'><td>Old<td>Secret.",
        "<td>Brewing<td><span class='nhsuk-table-responsive__heading'>Secret. </span>Boils.<td>Brews.<td>Leads.",
    ],
)
def test_what_a_page_of_the_web_hides_is_left_out_and_told(row: str) -> None:
    reading = page_of(row)
    assert levels_of(reading, "Brewing") == list(zip(HEAD[1:], ("Boils.", "Brews.", "Leads."), strict=True))
    assert levels_of(reading, "Serving")[0] == ("Starting", "Carries.")
    assert "hidden text, left out; --hidden has it read" in what_weighs(reading)
    assert any("Secret." in text for text in texts(page_of(row, hidden=True)))
