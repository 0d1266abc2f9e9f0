"""Codes before titles and texts, by which a publication counts them, are no part of what it says."""

from __future__ import annotations

import pytest

from jdgen.framework.transcription import code_before, transcription_problems
from jdgen.importing.importing import About, Imported, import_framework
from jdgen.levels import AFC
from tests.importing.published import (
    BREWING,
    HEAD,
    SERVING,
    STAGES,
    Row,
    book,
    bytes_of,
    comma_separated,
    document,
    imported,
    levels_of,
    published,
    texts,
    what_weighs,
)

CLEANING = ("Cleaning", "Wipes tables.", "Scrubs pots.", "Sets how clean is clean.")
ROWS = (BREWING, SERVING, CLEANING)
WHAT = "a code before the text, left out; --codes has it read"


def coded(form: str) -> list[Row]:
    """The rows with a code before each text, in a form such as ``{}.{}``."""
    return [
        (row[0], *(f"{form.format(number, column)} {text}" for column, text in enumerate(row[1:], 1)))
        for number, row in enumerate(ROWS, 1)
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "docx"])
@pytest.mark.parametrize("form", ["T{}.{}", "{}.{}", "TEA {}.{}:", "[{}.{}]", "B{}{}", "(T{}-{})", "{}.{}.1 –"])
def test_codes_before_texts_are_left_out_and_told(form: str, kind: str) -> None:
    rows = (HEAD, *coded(form))
    content = comma_separated(*rows) if kind == "csv" else bytes_of((book if kind == "xlsx" else document)(*rows))
    reading = imported(content, kind)
    assert texts(reading) == published(*ROWS)
    assert what_weighs(reading) == [WHAT] * 9
    assert next(doubt.text for doubt in reading.doubts) == f"{form.format(1, 1)} {BREWING[1]}"
    assert transcription_problems(reading.framework, reading.source, "out.yaml") == []
    as_text = imported(content, kind, codes=True)
    assert f"{form.format(1, 1)} {BREWING[1]}" in texts(as_text)
    assert WHAT not in what_weighs(as_text)


def test_codes_before_titles_and_groups_are_left_out_and_ids_stay_as_they_were() -> None:
    groups = (("A. Making", *BREWING), (None, *SERVING), ("B. Keeping", *CLEANING))
    above = ((None, None, "Tea room keeper"),)
    plain = imported(comma_separated(("Part", *HEAD), *groups, above=above), "csv")
    rows = [(row[0], f"K{number} {row[1]}", *row[2:]) for number, row in enumerate(groups, 1)]
    content = comma_separated(("Part", *HEAD), *rows, above=above)
    reading = imported(content, "csv")
    (specialism,) = reading.framework.specialisms
    assert [(row.group, row.title) for row in specialism.headings] == [
        ("Making", "Brewing"),
        ("Making", "Serving"),
        ("Keeping", "Cleaning"),
    ]
    assert reading.framework.specialisms == plain.framework.specialisms
    earlier = imported(content, "csv", codes=True).framework
    again = import_framework(content, "tea.csv", About("tea", "2", scale=STAGES), earlier, "out.yaml")
    assert [row.id for row in again.framework.specialisms[0].headings] == ["k1-brewing", "k2-serving", "k3-cleaning"]


def test_entries_of_a_list_are_divided_and_freed_of_their_codes() -> None:
    lines = ("T1 Boils water.\nT2 Fills pots.", "T3\nBrews tea.", "T4 Sets it. T5 Teaches. See T9 Room.")
    reading = imported(bytes_of(book(HEAD, ("Brewing", *lines))), "xlsx")
    assert levels_of(reading, "Brewing") == [
        ("Starting", "Boils water.\nFills pots."),
        ("Doing", "Brews tea."),
        ("Leading", "Sets it.\nTeaches. See T9 Room."),
    ]
    assert transcription_problems(reading.framework, reading.source, "out.yaml") == []


def test_codes_in_a_list_are_left_out() -> None:
    rows = [("Stage", "Area", "Statement")]
    rows += [
        (HEAD[level], row[0], f"C{n}{'abc'[level - 1]}: {row[level]}")
        for level in (1, 2, 3)
        for n, row in enumerate(ROWS)
    ]
    assert texts(imported(comma_separated(*rows), "csv")) == published(*ROWS)


@pytest.mark.parametrize(
    "rows",
    [
        (("T2 water", "T2 rooms are hot.", "B12 is counted.", "T2 rooms are led."), ("T2 cups", "A.", "B.", "C.")),
        (
            ("T1 tea", "T1 is made.", "T1 is led.", "T1 is set."),
            *((f"T{n} tea", f"T{n} is.", "A.", "B.") for n in (2, 3)),
        ),
        (("Rooms", "T2 Rooms are heated.", "T2 Rooms are cooled.", "T2 Rooms are led."),),
        (("TEA 111 calls", *(f"TEA 111 calls are {what}." for what in ("met", "led", "set"))), SERVING),
    ],
)
def test_words_in_letters_and_figures_are_no_codes(rows: tuple[Row, ...]) -> None:
    reading = imported(comma_separated(HEAD, *rows), "csv")
    assert texts(reading) == published(*rows)


def test_codes_behind_texts_are_told() -> None:
    rows = [(row[0], *(f"{text[:-1]} ({row[0][0]}{n}.1)." for n, text in enumerate(row[1:]))) for row in ROWS]
    reading = imported(comma_separated(HEAD, *rows), "csv")
    assert texts(reading) == published(*rows)
    assert (
        what_weighs(reading)
        == ["what looks like a code stands behind the text, and is printed with it: take it out if it is one"] * 9
    )
    alone = imported(comma_separated(HEAD, rows[0], SERVING, CLEANING), "csv")
    assert what_weighs(alone) == []


def test_a_code_before_one_text_alone_is_told_and_stays() -> None:
    reading = imported(comma_separated(HEAD, ("Brewing", "C4: Boils water.", *BREWING[2:]), SERVING), "csv")
    assert "C4: Boils water." in texts(reading)
    assert what_weighs(reading) == [
        "what looks like a typed number or code stands before the text, and is printed with it"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "12 pots are filled.",
        "24/7 cover",
        "0.5 post for tea",
        "3D printing",
        "1:1 lessons",
        "2nd line",
        "A cup",
        "T2",
        "1st",
    ],
)
def test_what_is_no_code(text: str) -> None:
    assert code_before(text) == ("", text)


@pytest.mark.parametrize("head", ["Ref", "TEA ref", "Statement ID", "Code number", "No."])
def test_a_column_of_codes_is_no_group(head: str) -> None:
    rows = [(f"TEA 1/{number}", *row) for number, row in enumerate(ROWS, 1)]
    reading = imported(bytes_of(book((head, *HEAD), *rows, above=(("Tea room keeper",), ()))), "xlsx")
    assert [(row.group, row.title) for row in reading.framework.specialisms[0].headings] == [
        ("", row[0]) for row in ROWS
    ]
    assert any(doubt.what == "a column of codes was passed over" for doubt in reading.doubts)


def _titles(reading: Imported) -> list[tuple[str, str]]:
    (specialism,) = reading.framework.specialisms
    assert transcription_problems(reading.framework, reading.source, "out.yaml") == []
    return [(row.group, row.title) for row in specialism.headings]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "docx"])
@pytest.mark.parametrize("form", ["{} {}", "{}. {}", "({}) {}", "S{} {}", "{}: {}"])
def test_codes_that_begin_anew_in_each_small_group_are_left_out(form: str, kind: str) -> None:
    rows_with_codes = [(group, form.format(number, row[0]), *row[1:]) for group, number, row in _GROUPED]
    rows = (("Part", "Title", *HEAD[1:]), *rows_with_codes)
    content = comma_separated(*rows) if kind == "csv" else bytes_of((book if kind == "xlsx" else document)(*rows))
    reading = imported(content, kind)
    assert _titles(reading) == [
        ("Making", "Brewing"),
        ("Making", "Serving"),
        ("Keeping", "Cleaning"),
        ("Keeping", "Airing"),
    ]
    assert what_weighs(reading).count(WHAT) == 4


AIRING = ("Airing", "Opens windows.", "Airs rooms.", "Sets when rooms are aired.")
_GROUPED = (("Making", 1, BREWING), (None, 2, SERVING), ("Keeping", 1, CLEANING), (None, 2, AIRING))


@pytest.mark.parametrize(
    "titles",
    [
        ("1 Day of tea", "2 Days of tea", "5 Days of tea"),
        ("1 Kettle", "2 Kettle", "3 Kettle"),
        ("2 Cups", "3 Pots", "4 Trays"),
        ("1 Cup", "Pots", "2 Trays"),
    ],
)
def test_figures_that_do_not_count_from_the_first_are_words(titles: tuple[str, ...]) -> None:
    rows = [(title, *row[1:]) for title, row in zip(titles, ROWS, strict=True)]
    assert _titles(imported(comma_separated(HEAD, *rows), "csv")) == [("", title) for title in titles]


@pytest.mark.parametrize("group", ["A Making", "A. Making", "A: Making"])
def test_the_code_of_a_title_alone_is_the_stem_of_those_below_it(group: str) -> None:
    rows = [(f"A{number} {row[0]}", *row[1:]) for number, row in enumerate(ROWS, 1)]
    reading = imported(bytes_of(document(HEAD, (group,), *rows)), "docx")
    assert {row.title for row in reading.framework.specialisms[0].headings} == {row[0] for row in ROWS}
    assert next(doubt.text for doubt in reading.doubts if doubt.what == WHAT) == group
    other = imported(bytes_of(document(HEAD, ("A Making",), *ROWS)), "docx")
    assert WHAT not in what_weighs(other)


def test_the_number_of_a_list_of_one_entry_is_left_out_where_other_cells_are_lists() -> None:
    brewing = ("Brewing", "1. Boils water.\n2. Fills pots.", "1. Brews tea.", "a) Sets how tea is brewed.")
    reading = imported(bytes_of(document(HEAD, brewing, SERVING)), "docx")
    assert [text for _, text in levels_of(reading, "Brewing")] == [
        "Boils water.\nFills pots.",
        "Brews tea.",
        "Sets how tea is brewed.",
    ]
    assert what_weighs(reading).count(WHAT) == 2
    alone = imported(bytes_of(document(HEAD, ("Brewing", "Boils water.", *brewing[2:]), SERVING)), "docx")
    assert "1. Brews tea." in texts(alone)


def test_codes_before_texts_beside_lists_whose_entries_have_some_are_left_out() -> None:
    """Those of lists are gone, as numbers of their entries: the others stood before single texts."""
    rows = [
        (
            f"{number} {title}",
            f"{number}.5.1 Learns {title}.\n{number}.5.2 Does {title}.",
            f"{number}.6.1 Leads {title}.",
        )
        for number, title in enumerate(("Tea", "Cakes", "Rooms", "Guests"), 1)
    ]
    reading = imported(bytes_of(document(("Area", "Band 5", "Band 6"), *rows)), "docx", AFC)
    assert levels_of(reading, "Cakes") == [("5", "Learns Cakes.\nDoes Cakes."), ("6", "Leads Cakes.")]
    (place,) = (str(doubt.place) for doubt in reading.doubts if doubt.text == "2.6.1 Leads Cakes.")
    assert place == "table 1, row 3, cell 3"
