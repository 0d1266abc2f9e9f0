"""Tables with two rows of heads, of which the lower divides what the upper names, and with titles that do not stand on
the left."""

from __future__ import annotations

import pytest

from jdgen.framework.transcription import transcription_problems
from jdgen.importing.importing import About, Imported, import_framework
from jdgen.importing.layout import layout_of, layout_text
from jdgen.levels import AFC
from jdgen.text_files.toml_reading import parse_toml
from tests.importing.published import (
    BREWING,
    HEAD,
    SERVING,
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
from tests.toolbox.data import problems_of

BODY = (("Brewing", "Brews.", "Leads a room.", "Leads rooms.", "Leads all."), ("Serving", "A.", "B.", "C.", "D."))
SAID = [("7", "Brews."), ("8a", "Leads a room."), ("8b", "Leads rooms."), ("8c", "Leads all.")]


def read(kind: str, *rows: Row, has_merged_labels: bool = True) -> Imported:
    """What is read of a file with its upper heads merged as people merge them."""
    if kind == "csv":
        return imported(comma_separated(*rows, above=(("Tea room keeper",), ())), kind, AFC)
    if kind == "docx":
        word_file = document(*rows)
        table = word_file.tables[0]
        table.cell(0, 0).merge(table.cell(1, 0))
        table.cell(0, 1).merge(table.cell(1, 1))
        table.cell(0, 2).merge(table.cell(0, 4))
        return imported(bytes_of(word_file), kind, AFC)
    workbook = book(*rows, above=(), sheet="Tea room keeper")
    for cells in ("A1:A2", "B1:B2", "C1:E1") if has_merged_labels else ("C1:E1",):
        workbook.active.merge_cells(cells)
    return imported(bytes_of(workbook), kind, AFC)


@pytest.mark.parametrize("parts", [("8a", "8b", "8c"), ("a", "b", "c"), ("Band 8A", "Band 8B", "Band 8C")])
@pytest.mark.parametrize("kind", ["csv", "docx", "xlsx"])
def test_a_band_over_its_parts_is_one_row_of_heads_with_them(kind: str, parts: tuple[str, str, str]) -> None:
    reading = read(kind, ("Domain", "Band 7", "Band 8", None, None), (None, None, *parts), *BODY)
    assert levels_of(reading, "Brewing") == SAID
    assert sum(texts(reading).values()) == 8


def test_what_stands_below_the_heads_and_divides_none_is_a_row() -> None:
    rows = (("Domain", "Band 7", "Band 8", None, None), ("Grades", "x", "8a", "8b", "8c"), *BODY)
    problems = problems_of(lambda: read("xlsx", *rows, has_merged_labels=False))
    assert any("'Grades' says more than one thing at band 8a" in problem for problem in problems)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "docx"])
def test_titles_behind_the_levels_or_in_rows_above_the_texts_are_titles(kind: str) -> None:
    behind: list[Row] = [(*row[1:], row[0]) for row in (HEAD, BREWING, SERVING)]
    above: list[Row] = [HEAD[1:], BREWING[:1], BREWING[1:], SERVING[:1], SERVING[1:]]
    for rows, note in ((behind, "its titles stand behind its stages"), (above, "its titles stand in rows above what")):
        content = comma_separated(*rows) if kind == "csv" else bytes_of((book if kind == "xlsx" else document)(*rows))
        reading = imported(content, kind)
        assert levels_of(reading, "Brewing") == list(zip(HEAD[1:], BREWING[1:], strict=True))
        assert texts(reading) == published(BREWING, SERVING)
        assert any(what.startswith(note) for what in what_weighs(reading))


@pytest.mark.parametrize("kind", ["csv", "xlsx", "docx"])
def test_titles_between_the_levels_are_titles_and_a_layout_file_reads_them_again(kind: str) -> None:
    rows = [(row[1], row[2], row[0], row[3]) for row in (HEAD, BREWING, SERVING)]
    content = comma_separated(*rows) if kind == "csv" else bytes_of((book if kind == "xlsx" else document)(*rows))
    reading = imported(content, kind)
    assert levels_of(reading, "Brewing") == list(zip(HEAD[1:], BREWING[1:], strict=True))
    assert texts(reading) == published(BREWING, SERVING)
    assert what_weighs(reading)[0] == "its titles stand between its stages: that column is read first"
    layout = layout_of(parse_toml(layout_text(reading.layout, "tea", "l.toml").encode(), "l.toml"))
    again = import_framework(content, f"tea.{kind}", About("tea", "1", layout=layout), None, "out.yaml")
    assert texts(again) == texts(reading)


def test_a_column_of_sentences_between_the_levels_is_none_of_titles() -> None:
    rows = [(row[1], row[2], row[0], row[3]) for row in (HEAD, ("Who brews it well.", *BREWING[1:]))]
    (problem,) = problems_of(lambda: imported(comma_separated(*rows), "csv"))
    assert "columns of no stage stand between its stages" in problem


@pytest.mark.parametrize("gap", [(None,), ()], ids=["a blank column between them", "none"])
def test_tables_beside_each_other_are_read_one_by_one_with_the_titles_above_them(gap: Row) -> None:
    rows = [(*row, *gap, row[0], *(f"{text} Twice." for text in row[1:])) for row in (BREWING, SERVING)]
    titles = ("Podiatry", None, None, None, *gap, "Orthoptics")
    content = bytes_of(book(titles, (*HEAD, *gap, *HEAD), *rows, above=()))
    reading = imported(content, "xlsx")
    assert [(specialism.title, len(specialism.headings)) for specialism in reading.framework.specialisms] == [
        ("Podiatry", 2),
        ("Orthoptics", 2),
    ]
    assert levels_of(reading, "Brewing")[3:] == [
        (level, f"{text} Twice.") for level, text in zip(HEAD[1:], BREWING[1:], strict=True)
    ]
    assert transcription_problems(reading.framework, reading.source, "out.yaml") == []
    assert "several tables stand beside each other: each is read by itself" in what_weighs(reading)
    layout = layout_of(parse_toml(layout_text(reading.layout, "tea", "l.toml").encode(), "l.toml"))
    again = import_framework(content, "tea.xlsx", About("tea", "1", layout=layout), None, "out.yaml")
    assert texts(again) == texts(reading)


def test_tables_beside_each_other_of_other_levels_need_no_titles() -> None:
    rows = [(*row[:2], None, row[0], *row[2:]) for row in (HEAD, BREWING, SERVING)]
    (problem,) = problems_of(lambda: imported(bytes_of(book(*rows)), "xlsx"))
    assert "columns of no stage stand between its stages" in problem
    heads = ("Area", "Band 2", "Band 3", None, "Area", "Band 4", "Band 5")
    body = ("Brewing", "Boils.", "Fills.", None, "Brewing", "Brews.", "Tastes.")
    reading = imported(bytes_of(book(heads, body)), "xlsx", AFC)
    assert levels_of(reading, "Brewing") == [("2", "Boils."), ("3", "Fills."), ("4", "Brews."), ("5", "Tastes.")]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_codes_in_columns_of_their_own_beside_each_level_are_passed_over(kind: str) -> None:
    rows = [("Stage", *(part for name in HEAD[1:] for part in ("Ref", name)))]
    for letter, row in (("B", BREWING), ("S", SERVING)):
        rows.append((row[0], *(part for number, text in enumerate(row[1:]) for part in (f"{letter}{number}", text))))
    content = comma_separated(*rows) if kind == "csv" else bytes_of(book(*rows))
    reading = imported(content, kind)
    assert texts(reading) == published(BREWING, SERVING)
    assert what_weighs(reading)[0] == "codes stand in columns of their own beside its stages, and were passed over"
    assert b"B2" in reading.source


def test_a_column_of_words_between_levels_holds_no_codes() -> None:
    rows = [(*row[:3], "Words", row[3]) for row in (HEAD, BREWING)]
    (problem,) = problems_of(lambda: imported(bytes_of(book(*rows)), "xlsx"))
    assert "columns of no stage stand between its stages: Words" in problem
