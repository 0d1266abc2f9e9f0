"""What no person can have meant by a framework's table is refused, and soon, whatever kind of file it comes in."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from jdgen.errors import JdgenError
from jdgen.importing.importing import About, import_framework
from jdgen.levels import AFC
from jdgen.words import MAX_TEXT
from tests.importing.published import imported, levels_of, published, texts
from tests.toolbox.data import problems_of

HEAD = ("Area", "Band 5", "Band 6")
ROW = ("Teaching", "Teaches a thing.", "Teaches a lot.")
LONG = "x" * (MAX_TEXT + 1)


def lines(*rows: tuple[str, ...], between: str = "\t") -> str:
    return "\n".join(between.join(row) for row in rows)


REFUSED: Mapping[str, tuple[str, str, str]] = {
    "a line of more cells than any table has": (
        *("txt", lines(HEAD, (*ROW, *map(str, range(300))))),
        "tea.txt, line 2: has 303 cells: at most 200",
    ),
    "such a line in a CSV file": (
        *("csv", lines((*HEAD, *map(str, range(300))), ROW, between=",")),
        "tea.csv, line 1: has 303 cells: at most 200",
    ),
    "more lines than any publication has": (
        *("csv", lines(HEAD, *[ROW] * 20_001, between=",")),
        "tea.csv: has 20,002 lines of tables: at most 20,000",
    ),
    "a longer text than any cell holds": (
        *("txt", lines(HEAD, ("Teaching", LONG, "Teaches."))),
        "tea.txt, line 2, cell 2: holds 32,768 characters: shorten it to at most 32,767",
    ),
    "such a text in Markdown": (
        *("md", f"| {' | '.join(HEAD)} |\n|---|---|---|\n| Teaching | {LONG} | Teaches. |\n"),
        "tea.md, line 3, cell 2: holds 32,768 characters: shorten it to at most 32,767",
    ),
}


@pytest.mark.parametrize(("kind", "text", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_beyond_any_framework_is_refused_at_its_place(kind: str, text: str, message: str) -> None:
    with pytest.raises(JdgenError) as error:
        imported(text.encode(), kind, AFC, specialism="Tea")
    assert str(error.value) == message


def test_empty_cells_that_a_program_leaves_at_the_ends_of_lines_are_no_columns() -> None:
    reading = imported(lines(HEAD, (*ROW, *[""] * 300), between=",").encode(), "csv", AFC, specialism="Tea")
    assert texts(reading) == published(ROW)


def test_a_text_of_blanks_is_read_as_soon_as_another() -> None:
    """Looked at for the names of levels, one of 30,000 blanks took longer than anybody waited."""
    row = ("Teaching", f"Teaches{' ' * 30_000}well.", "Teaches a lot.")
    reading = imported(lines(HEAD, row).encode(), "txt", AFC, specialism="Tea")
    assert levels_of(reading, "Teaching") == [("5", "Teaches well."), ("6", "Teaches a lot.")]


def test_numbers_in_json_are_read_digit_for_digit() -> None:
    """1.10 is no 1.1, and a number of more digits than Python reckons with is no fault."""
    many = "9" * 5_000
    text = f'[{{"Area": "Hours", "Band 5": 1.10, "Band 6": {many}}}]'
    assert levels_of(imported(text.encode(), "json", AFC, specialism="Tea"), "Hours") == [("5", "1.10"), ("6", many)]


@pytest.mark.parametrize("version", ["1\n2", "\x1b[1m"])
def test_a_version_is_one_line_of_text(version: str) -> None:
    with pytest.raises(JdgenError, match=r"^--version: is no line of text: write it in one line"):
        import_framework(lines(HEAD, ROW).encode(), "tea.txt", About("tea", version), None, "out.yaml")


def test_what_says_more_than_any_framework_is_refused_before_it_is_written() -> None:
    content = lines(("Tea",), ("",), HEAD, *((f"Task {number}", "Does it.", "Leads it.") for number in range(5_100)))
    (problem,) = problems_of(lambda: imported(content.encode(), "txt", AFC))
    what = "tea.txt: says 10,200 things, more than any framework does"
    assert problem == f"{what}: at most 10,000: name a file with some of its chapters"
