"""Tables with two rows of heads, of which the lower divides what the upper names, and with titles that do not stand on
the left."""

from __future__ import annotations

import pytest

from jdgen.importing.importing import Imported
from jdgen.levels import AFC
from tests.importing.published import (
    BREWING,
    HEAD,
    SERVING,
    Row,
    book,
    comma_separated,
    document,
    imported,
    levels_of,
    published,
    saved,
    texts,
    told,
)
from tests.toolbox.data import problems_of

BODY = (("Brewing", "Brews.", "Leads a room.", "Leads rooms.", "Leads all."), ("Serving", "A.", "B.", "C.", "D."))
SAID = [("7", "Brews."), ("8a", "Leads a room."), ("8b", "Leads rooms."), ("8c", "Leads all.")]


def read(kind: str, *rows: Row, merged: bool = True) -> Imported:
    """What is read of a file with its upper heads merged as people merge them."""
    if kind == "csv":
        return imported(comma_separated(*rows, above=(("Tea room keeper",), ())), kind, AFC)
    if kind == "docx":
        made = document(*rows)
        table = made.tables[0]
        table.cell(0, 0).merge(table.cell(1, 0))
        table.cell(0, 1).merge(table.cell(1, 1))
        table.cell(0, 2).merge(table.cell(0, 4))
        return imported(saved(made), kind, AFC)
    workbook = book(*rows, above=(), sheet="Tea room keeper")
    for cells in ("A1:A2", "B1:B2", "C1:E1") if merged else ("C1:E1",):
        workbook.active.merge_cells(cells)
    return imported(saved(workbook), kind, AFC)


@pytest.mark.parametrize("parts", [("8a", "8b", "8c"), ("a", "b", "c"), ("Band 8A", "Band 8B", "Band 8C")])
@pytest.mark.parametrize("kind", ["csv", "docx", "xlsx"])
def test_a_band_over_its_parts_is_one_row_of_heads_with_them(kind: str, parts: tuple[str, str, str]) -> None:
    found = read(kind, ("Domain", "Band 7", "Band 8", None, None), (None, None, *parts), *BODY)
    assert levels_of(found, "Brewing") == SAID
    assert sum(texts(found).values()) == 8


def test_what_stands_below_the_heads_and_divides_none_is_a_row() -> None:
    rows = (("Domain", "Band 7", "Band 8", None, None), ("Grades", "x", "8a", "8b", "8c"), *BODY)
    problems = problems_of(lambda: read("xlsx", *rows, merged=False))
    assert any("'Grades' says more than one thing at band 8a" in one for one in problems)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "docx"])
def test_titles_behind_the_levels_or_in_rows_above_the_texts_are_titles(kind: str) -> None:
    behind: list[Row] = [(*row[1:], row[0]) for row in (HEAD, BREWING, SERVING)]
    above: list[Row] = [HEAD[1:], BREWING[:1], BREWING[1:], SERVING[:1], SERVING[1:]]
    for rows, note in ((behind, "its titles stand behind its stages"), (above, "its titles stand in rows above what")):
        made = comma_separated(*rows) if kind == "csv" else saved((book if kind == "xlsx" else document)(*rows))
        found = imported(made, kind)
        assert levels_of(found, "Brewing") == list(zip(HEAD[1:], BREWING[1:], strict=True))
        assert texts(found) == published(BREWING, SERVING)
        assert any(what.startswith(note) for what in told(found))
