"""How PDFs draw their tables: lines missing, heads that stand upright, a title right above. Each is read or told."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from jdgen.importing.grid import PICTURE
from jdgen.importing.pdf_file import DIVIDED_WORDS, OPEN_SIDE, SCANNED
from jdgen.levels import AFC
from tests.importing.published import (
    BREWING,
    DESCRIPTION,
    HEAD,
    SERVING,
    TITLE,
    imported,
    levels_of,
    published,
    texts,
    what_weighs,
)
from tests.importing.test_drawn import pdf
from tests.toolbox.data import problems_of

pytest.importorskip("pdfplumber")
LEFT, WIDTH, TOP, HEIGHT = 50, 120, 700, 40
ROWS = (HEAD, BREWING, SERVING)


def words(x: float, y: float, text: str, size: int = 8, is_upright: bool = False) -> str:
    """``text`` at a place, running upwards where it ``is_upright``."""
    matrix = f"0 1 -1 0 {x} {y}" if is_upright else f"1 0 0 1 {x} {y}"
    return f"BT /F1 {size} Tf {matrix} Tm ({text}) Tj ET\n"


def line(*ends: float) -> str:
    return "{} {} m {} {} l S\n".format(*ends)


def across(rows: Iterable[int], width: int = 4) -> str:
    """The lines above the rows of these numbers."""
    return "".join(line(LEFT, TOP - HEIGHT * row, LEFT + WIDTH * width, TOP - HEIGHT * row) for row in rows)


def down(columns: Iterable[int], rows: int = 3) -> str:
    """The lines on the left of the columns of these numbers."""
    return "".join(line(LEFT + WIDTH * column, TOP, LEFT + WIDTH * column, TOP - HEIGHT * rows) for column in columns)


def cells(has_upright_head: bool = False) -> str:
    """The texts of a table, those of its head upright where it ``has_upright_head``."""
    content = words(LEFT, 800, TITLE, 14) + words(LEFT, 770, DESCRIPTION)
    for row, texts_ in enumerate(ROWS):
        for column, text in enumerate(texts_):
            is_upright = has_upright_head and row == 0
            below = HEIGHT - 4 if is_upright else HEIGHT / 2
            content += words(LEFT + WIDTH * column + 20, TOP - HEIGHT * row - below, text, 8, is_upright)
    return content


@pytest.mark.parametrize("has_upright_head", [False, True])
def test_a_table_with_all_lines_is_read_whichever_way_its_head_runs(has_upright_head: bool) -> None:
    content = pdf((cells(has_upright_head) + across(range(4)) + down(range(5))).encode())
    reading = imported(content, "pdf")
    assert texts(reading) == published(BREWING, SERVING)
    assert levels_of(reading, "Serving") == list(zip(HEAD[1:], SERVING[1:], strict=True))
    (specialism,) = reading.framework.specialisms
    assert (specialism.title, specialism.description.text) == (TITLE, DESCRIPTION)


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        ("", "its tables have no lines, so that nothing tells where a cell ends"),
        (across(range(4)), "its tables have lines across and none down, so that nothing tells where a column ends"),
        (down(range(5)), "its tables have lines down and none across, so that nothing tells where a row ends"),
    ],
)
def test_a_table_without_its_lines_is_told_in_plain_words(lines: str, what: str) -> None:
    (problem,) = problems_of(lambda: imported(pdf((cells() + lines).encode()), "pdf"))
    assert problem == (
        f"tea.pdf: has no table that can be read: {what}: import the Word or Excel file that it was printed from, "
        "or print it with lines round all cells"
    )


@pytest.mark.parametrize("missing", ["top", "left", "right", "bottom"])
def test_a_missing_outer_line_is_put_and_told(missing: str) -> None:
    rows = {"top": range(1, 4), "bottom": range(3)}.get(missing, range(4))
    columns = {"left": range(1, 5), "right": range(4)}.get(missing, range(5))
    content = pdf((cells() + across(rows) + down(columns)).encode())
    reading = imported(content, "pdf")
    assert texts(reading) == published(BREWING, SERVING)
    assert OPEN_SIDE in [doubt.what for doubt in reading.doubts]


def test_lines_that_run_over_all_pages_divide_no_table() -> None:
    pages = []
    for number, row in enumerate((BREWING, SERVING), 1):
        content = words(LEFT, 830, "Invented frameworks for tea rooms") + words(LEFT, 20, f"Tea rooms, {number} of 2")
        content += words(LEFT, 800, TITLE, 14) + words(LEFT, 770, DESCRIPTION) if number == 1 else ""
        for line_, texts_ in enumerate((HEAD, row)):
            for column, text in enumerate(texts_):
                content += words(LEFT + WIDTH * column + 20, TOP - HEIGHT * line_ - HEIGHT / 2, text)
        pages.append((content + across(range(3)) + down(range(5), 2)).encode())
    reading = imported(pdf(*pages), "pdf")
    assert [specialism.title for specialism in reading.framework.specialisms] == [TITLE]
    assert texts(reading) == published(BREWING, SERVING)


@pytest.mark.parametrize(
    ("titles", "specialisms"),
    [
        (["Room 1 keeper", "Room 2 keeper", "Room 3 keeper"], ["Room 1 keeper", "Room 2 keeper", "Room 3 keeper"]),
        (["Tea keeper", "Cake baker", "Tea keeper"], ["Tea keeper", "Cake baker"]),
        (["Tea rooms", "For all"] * 3, ["Tea rooms", "For all"]),
        (["Tea rooms | 1", "Tea rooms | 2"], [TITLE]),
        (["Tea rooms 1", "Tea rooms 2"], [TITLE]),
    ],
)
def test_titles_at_one_place_of_several_pages_are_told_from_lines_that_run(
    titles: list[str], specialisms: list[str]
) -> None:
    pages = []
    for number, title in enumerate(titles):
        content = words(LEFT, 780, TITLE) + words(LEFT, 720, title, 14)
        for line_, texts_ in enumerate((HEAD, (f"Brewing {number}", *BREWING[1:]))):
            for column, text in enumerate(texts_):
                content += words(LEFT + WIDTH * column + 20, TOP - HEIGHT * line_ - HEIGHT / 2, text)
        pages.append((content + across(range(3)) + down(range(5), 2)).encode())
    reading = imported(pdf(*pages), "pdf")
    assert [specialism.title for specialism in reading.framework.specialisms] == specialisms
    rows = {row.title: specialism.title for specialism in reading.framework.specialisms for row in specialism.headings}
    assert sorted(rows) == [f"Brewing {number}" for number in range(len(titles))]
    assert rows[f"Brewing {len(titles) - 1}"] in (titles[-1], TITLE)


def test_tables_of_a_band_on_each_page_are_of_these_bands() -> None:
    pages = []
    for band in (5, 6):
        content = words(LEFT, 720, f"Band {band}", 14) + across(range(3), 2) + down(range(3), 2)
        for line_, texts_ in enumerate((("Area", "What is done"), ("Brewing", f"Brews {band} teas."))):
            for column, text in enumerate(texts_):
                content += words(LEFT + WIDTH * column + 20, TOP - HEIGHT * line_ - HEIGHT / 2, text)
        pages.append(content.encode())
    reading = imported(pdf(*pages), "pdf", AFC, specialism=TITLE)
    assert levels_of(reading, "Brewing") == [("5", "Brews 5 teas."), ("6", "Brews 6 teas.")]


def test_letters_that_are_printed_over_each_other_are_refused_at_their_place() -> None:
    over = words(LEFT + WIDTH + 20, TOP - HEIGHT * 1.5, "Fills all pots with it.")
    ruled = across(range(4)) + down(range(5))
    (problem,) = problems_of(lambda: imported(pdf((cells() + over + ruled).encode()), "pdf"))
    assert problem.startswith("tea.pdf, page 1, row 2, cell 2: letters are printed over each other here")
    bold = words(LEFT + WIDTH + 20.3, TOP - HEIGHT * 1.5, BREWING[1])
    reading = imported(pdf((cells() + bold + ruled).encode()), "pdf")
    assert set(published(SERVING)) < set(texts(reading))


PICTURE_OF_A_PAGE = "q 500 0 0 700 50 50 cm\nBI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI\nQ\n"
OUTLINES = "1 1 m 2 3 4 5 6 7 c S\n" * 600


def ruled(content: str) -> bytes:
    return (content + across(range(4)) + down(range(5))).encode("latin-1")


@pytest.mark.parametrize("page", [PICTURE_OF_A_PAGE, OUTLINES])
def test_a_page_without_letters_among_others_is_told(page: str) -> None:
    """A page that somebody had scanned was left out without a word."""
    reading = imported(pdf(ruled(cells()), page.encode("latin-1"), b"1 1 m 2 2 l S\n"), "pdf")
    assert texts(reading) == published(BREWING, SERVING)
    assert [str(doubt.place) for doubt in reading.doubts if doubt.what == SCANNED and doubt.weighs] == ["page 2"]


def test_curves_of_a_logo_are_no_lines_of_a_table() -> None:
    """A page with one was no PDF."""
    assert texts(imported(pdf(ruled(cells() + OUTLINES)), "pdf")) == published(BREWING, SERVING)


def test_a_picture_as_large_as_a_table_is_told_with_its_page() -> None:
    reading = imported(pdf(b"", ruled(cells() + PICTURE_OF_A_PAGE)), "pdf")
    assert [str(doubt.place) for doubt in reading.doubts if doubt.what == PICTURE and doubt.weighs] == ["page 2"]


def in_one_cell(*lines: str) -> bytes:
    """A table in the first cell of which these lines stand, under the first level."""
    content = words(LEFT, 800, TITLE, 14) + words(LEFT, 770, DESCRIPTION)
    for number, texts_ in enumerate((HEAD, ("Brewing", "", *BREWING[2:]))):
        for column, text in enumerate(texts_):
            content += words(LEFT + WIDTH * column + 4, TOP - HEIGHT * number - 10, text)
    for number, text in enumerate(lines):
        content += words(LEFT + WIDTH + 4, TOP - HEIGHT - 10 - 9 * number, text)
    return (content + across(range(2)) + across((3,)) + down(range(5))).encode("latin-1")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["Brews tea:", "\xb7 heats the", "water", "\xb7 fills the pot"], ["heats the water", "fills the pot"]),
        (["- Heats water", "- Fills the pot", "and waits"], ["Heats water", "Fills the pot and waits"]),
        (["Heats water in a", "- new - pot"], ["Heats water in a - new - pot"]),
        (["Environme", "ntal health"], ["Environmental health"]),
        (["Assess", "ment of tea"], ["Assessment of tea"]),
        (["Assessment", "of tea"], ["Assessment of tea"]),
        (["Tea for", "the nhs"], ["Tea for the nhs"]),
    ],
)
def test_lines_of_a_cell_are_entries_of_a_list_and_whole_words(lines: list[str], said: list[str]) -> None:
    (brewing, *_) = levels_of(imported(pdf(in_one_cell(*lines)), "pdf"), "Brewing")
    assert brewing == (HEAD[1], "\n".join(said))


def test_a_band_below_the_name_of_a_column_is_read() -> None:
    heads = ("Stage", ("Foundation", "Band 5"), ("Intermediate", "Bands 6-7"), ("Expert", "Band 8a/b"))
    content = words(LEFT, 800, TITLE, 14) + words(LEFT, 770, DESCRIPTION)
    for row, texts_ in enumerate((heads, BREWING, SERVING)):
        for column, lines in enumerate(texts_):
            for line_, text in enumerate([lines] if isinstance(lines, str) else lines):
                content += words(LEFT + WIDTH * column + 4, TOP - HEIGHT * row - 10 - 9 * line_, text)
    reading = imported(pdf(ruled(content)), "pdf", AFC)
    assert [level for level, _ in levels_of(reading, "Brewing")] == ["5", "6 to 7", "8a to 8b"]


@pytest.mark.parametrize(("size", "is_told"), [(26, True), (8, False)])
def test_words_that_narrow_columns_divide_are_told(size: int, is_told: bool) -> None:
    """Of LibreOffice: a word that is longer than its column goes on in the next line, without a hyphen."""
    content = words(LEFT, 800, TITLE, 14) + words(LEFT, 770, DESCRIPTION)
    for row, texts_ in enumerate(ROWS):
        for column, text in enumerate(texts_):
            left, top = LEFT + WIDTH * column + 4, TOP - HEIGHT * row
            if row and column:
                content += words(left, top - 18, "Sustaina", size) + words(left, top - 36, "bility", size)
            else:
                content += words(left, top - 10, text)
    reading = imported(pdf(ruled(content)), "pdf")
    assert (DIVIDED_WORDS in what_weighs(reading)) == is_told
