"""Paragraphs and dashes in one cell, and marks of footnotes."""

from __future__ import annotations

import csv
import io

import pytest

from jdgen.importing.lines import footnote_marks, lines_of_cell, note_marks
from tests.importing.published import (
    BREWING,
    HEAD,
    book,
    bytes_of,
    comma_separated,
    document,
    imported,
    looked_at,
    published,
    texts,
    what_weighs,
)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("One.\nTwo.", ("One.", "Two.")),
        ("- one\n- two", ("• one", "• two")),
        ("You can:\n- one", ("You can:", "• one")),
        ("You can:\n\n· one\n· two", ("You can:", "• one", "• two")),
        ("Leads the\nroom", ("Leads the room",)),
        ("Watch\n- or look", ("Watch - or look",)),
        ("✓", ("✓",)),
        ("", ()),
    ],
)
def test_the_lines_of_a_cell(text: str, lines: tuple[str, ...]) -> None:
    assert lines_of_cell(text) == lines


LIST = ("Brewing", "You can:\n- boil water\n- fill pots", "Brews tea.\nTastes it.", "Leads the\nroom")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_lines_of_a_cell_are_entries_word_for_word_and_told(kind: str) -> None:
    content = comma_separated(HEAD, LIST) if kind == "csv" else bytes_of(book(HEAD, LIST))
    reading = imported(content, kind)
    statements = reading.framework.specialisms[0].headings[0].statements
    assert [statement.entries or statement.text for statement in statements] == [
        ("boil water", "fill pots"),
        ("Brews tea.", "Tastes it."),
        "Leads the room",
    ]
    assert sorted(what for what, _ in looked_at(reading)) == [
        "'You can:' leads in a list, and is left out",
        "its 2 paragraphs are taken as the entries of a list",
        "line breaks within its sentences are taken as spaces",
    ]
    assert what_weighs(reading) == ["'You can:' leads in a list, and is left out"]


def test_an_entry_that_leads_in_those_below_it_is_told() -> None:
    reading = imported(comma_separated(HEAD, ("Brewing", "- Fills:\n- pots\n- cups", "Brews tea.", "Leads.")), "csv")
    assert what_weighs(reading) == ["'Fills:' is an entry of its own, as are those below it, which it may lead in"]


def test_paragraphs_of_a_word_cell_are_entries_whatever_letter_they_begin_with() -> None:
    word_file = document(HEAD, ("Brewing", "boils water\nfills pots", "Brews tea.", "Leads."))
    assert imported(bytes_of(word_file), "docx").framework.specialisms[0].headings[0].statements[0].entries == (
        "boils water",
        "fills pots",
    )


@pytest.mark.parametrize(
    ("text", "notes", "marks"),
    [
        ("Plans care.[^1]", [], ["[^1]"]),
        ("Plans care.1", [], ["1"]),
        ("Plans care.12 Reviews it.", [], ["12"]),
        ("Plans care²", [], ["²"]),
        ("Plans care*", [], ["*"]),
        ("Plans care [3]", [], ["[3]"]),
        ("Plans care1", ["1"], ["1"]),
        ("Plans care1", [], []),
        ("Holds PRINCE2", [], []),
        ("Rooms of 20 m²", [], []),
        ("Section 2.1 of 3.", ["1"], []),
    ],
)
def test_marks_of_footnotes(text: str, notes: list[str], marks: list[str]) -> None:
    assert footnote_marks(text, notes) == marks


def test_a_mark_of_a_footnote_is_told_and_stays() -> None:
    reading = imported(comma_separated(HEAD, ("Brewing", "Boils water.1", *BREWING[2:])), "csv")
    assert reading.framework.specialisms[0].headings[0].statements[0].text == "Boils water.1"
    assert [what.split(",")[0] for what in what_weighs(reading)] == ["'1' looks like the mark of a footnote"]
    assert note_marks(["1 As agreed.", "[2] Or not.", "Nothing"]) == ["1", "2"]


@pytest.mark.parametrize(
    "text",
    ["caf?s", "Serves ?tea? to all.", "Serves tea ? and cake.", "cafÃ©s", "Runs the caf?", "Runs the caf? and rooms."],
)
def test_letters_that_a_program_has_lost_are_told(text: str) -> None:
    reading = imported(comma_separated(HEAD, (*BREWING[:3], text)), "csv")
    assert len(what_weighs(reading)) == 1
    assert "lost a letter" in what_weighs(reading)[0] or "which a program has made of 'é'" in what_weighs(reading)[0]


@pytest.mark.parametrize(
    "text",
    [
        "Who serves? You do.",
        "Asks: who serves?",
        "See https://tea.example/?q=a b.",
        "Asks: is it tea?",
        "Asks how it is?",
    ],
)
def test_question_marks_and_addresses_are_no_lost_letters(text: str) -> None:
    assert what_weighs(imported(comma_separated(HEAD, (*BREWING[:3], text)), "csv")) == []


@pytest.mark.parametrize("bar", ["|", ";", "\t", ","])
def test_cells_are_divided_by_what_the_rows_have_alike(bar: str) -> None:
    """Sentences have more commas, semicolons and bars than a narrow table has of what divides its cells."""
    text = "Boils water, fills pots, heats them; then, if asked, pours | serves, and so on."
    rows = (HEAD, ("Brewing", text, f"Brews; {text}", "Leads."), ("Serving", "Serves, or pours.", text, "Leads, too."))
    content = io.StringIO()
    csv.writer(content, delimiter=bar).writerows((("Tea room keeper",), (), *rows))
    reading = imported(content.getvalue().encode(), "csv")
    assert texts(reading) == published(*rows[1:])


def test_text_without_tabs_may_be_divided_by_bars() -> None:
    lines = ("Tea room keeper", "", *(" | ".join(row) for row in (HEAD, BREWING)))
    assert texts(imported("\n".join(lines).encode(), "txt")) == published(BREWING)


def test_what_divides_cells_is_told_by_the_first_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = 0

    class Text(io.StringIO):
        def __next__(self) -> str:  # type: ignore[override]  # as typeshed has it of io.TextIOBase
            nonlocal lines
            lines += 1
            return super().__next__()

    rows = [(f"Task {number}", "Does it; well.", "Leads it.", "Sets it.") for number in range(2_000)]
    content = comma_separated(HEAD, *rows)
    monkeypatch.setattr(io, "StringIO", Text)
    assert texts(imported(content, "csv")) == published(*rows)
    assert lines < 1.5 * len(rows)
