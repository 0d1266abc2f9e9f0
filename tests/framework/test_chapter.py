"""The shipped PMO chapter against its source, by a reader of the table that shares no code with the package.

The band spans are typed out here, from the reading of the source's merged cells that is described in
``framework_data/frameworks/nhs-pccf.yaml``: an empty band cell continues the merged cell on its left.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

import pytest

from jdgen.framework.model import Confidence, Heading, Statement
from tests.toolbox.data import FRAMEWORK_TEXT, PMO_BANDS, SOURCE_FILE, SOURCE_TEXT, shipped_library

SHA256 = "63fed585726cd7594b71980ca15986bc90bc85e4469fafc96d44c6d9fdbd7827"
#: Row title in the file, source line, cell of band 6 (from 0), and the spans.
SPANS = [
    ("Project Complexity", 22, 1, ["6", "7", "8a-8c", "8d"]),
    ("Typical Role Responsibilities", 23, 1, ["6-8d"]),
    ("Leadership", 24, 2, ["6", "7", "8a-8d"]),
    ("Business Case", 31, 2, ["6", "7-8a", "8b-8d"]),
    ("Budget", 32, 2, ["6", "7", "8a-8b", "8c-8d"]),
    ("Resource", 33, 2, ["6", "7", "8a-8b", "8c-8d"]),
    ("Stakeholder Management", 40, 2, ["6", "7", "8a-8b", "8c-8d"]),
    ("Risks & Issues", 41, 2, ["6", "7", "8a-8b", "8c-8d"]),
    ("Governance & Assurance", 48, 2, ["6", "7", "8a-8b", "8c-8d"]),
    ("Change Management", 49, 2, ["6", "7", "8a-8b", "8c-8d"]),
    ("Project Performance & Controls", 56, 2, ["6", "7", "8a-8d"]),
    ("Guidance & Support", 57, 2, ["6", "7", "8a-8d"]),
    ("Project Delivery Professional", 58, 2, ["6", "7", "8a-8d"]),
    ("Non-Project Delivery Professional", 65, 2, ["6-7", "8a-8d"]),
    ("Typical Qualifications & Professional Memberships", 66, 2, ["6", "7", "8a", "8b", "8c-8d"]),
]
#: Rows of the first two tables, whose last cell (8D) the source has lost.
INFERRED_8D = {
    "pmo.complexity-narrative.6-8d",
    "pmo.leadership.8a-8d",
    "pmo.business-case.8b-8d",
    "pmo.budget.8c-8d",
    "pmo.resource.8c-8d",
}
CONTESTED = {
    "pmo.business-case.6": {"boundary-8b-8c": "6", "paired-bands": "6 to 7"},
    "pmo.business-case.7-8a": {"boundary-8b-8c": "7 to 8b", "paired-bands": "8a to 8b"},
    "pmo.business-case.8b-8d": {"boundary-8b-8c": "8c to 8d", "paired-bands": "8c to 8d"},
}
COMPETENCES = [
    "Governance arrangements",
    "Frameworks and methodologies",
    "Schedule management",
    "Budgeting and cost control",
    "Risk, opportunity and issue management",
    "Stakeholder and communications management",
    "Reviews",
    "Change control",
    "Independent assurance",
    "Business case",
    "Capability development",
]
LINES = SOURCE_TEXT.split("\n")
FRAMEWORK = shipped_library().framework
PMO = shipped_library().specialism
ROWS = {row.title: row for row in PMO.rows}
STATEMENTS = [statement for row in PMO.rows for statement in row.statements]


def expected(line: int, first: int, spans: list[str]) -> Iterator[tuple[list[str], int, Any]]:
    """For each span: its bands, the cell from 1, and the source's text or list there."""
    cells = LINES[line - 1].split("\t")
    for span in spans:
        low, _, high = span.partition("-")
        bands = list(PMO_BANDS[PMO_BANDS.index(low) : PMO_BANDS.index(high or low) + 1])
        index = first + PMO_BANDS.index(low)
        cell = cells[index].strip()
        if "<ul" in cell:
            yield bands, index + 1, tuple(entry.strip() for entry in re.sub(r"<[^>]*>", "", cell).split("•")[1:])
        else:
            yield bands, index + 1, cell


def test_the_source_is_the_text_that_was_read() -> None:
    assert hashlib.sha256(SOURCE_FILE.read_bytes()).hexdigest() == SHA256
    assert FRAMEWORK.sha256 == SHA256


def test_the_rows_are_those_of_the_source_and_no_others() -> None:
    assert list(ROWS) == [title for title, *_ in SPANS]


@pytest.mark.parametrize(("title", "line", "first", "spans"), SPANS, ids=[title for title, *_ in SPANS])
def test_every_statement_is_the_sources_word_for_word_with_its_bands(
    title: str, line: int, first: int, spans: list[str]
) -> None:
    statements = [
        ([band.name for band in statement.levels], statement.source.cell, statement.entries or statement.text)
        for statement in ROWS[title].statements
    ]
    assert statements == list(expected(line, first, spans))
    assert {statement.source.line for statement in ROWS[title].statements} == {line}


@pytest.mark.parametrize(("title", "line", "first", "spans"), SPANS, ids=[title for title, *_ in SPANS])
def test_no_text_of_the_row_is_left_out(title: str, line: int, first: int, spans: list[str]) -> None:
    cells_with_bands = {cell for _, cell, _ in expected(line, first, spans)}
    for number, cell in enumerate(LINES[line - 1].split("\t"), 1):
        assert number <= first or number in cells_with_bands or not cell.strip(), (line, number, cell)


@pytest.mark.parametrize(("title", "line", "first", "spans"), SPANS, ids=[title for title, *_ in SPANS])
def test_every_row_title_stands_in_the_cell_that_it_names(title: str, line: int, first: int, spans: list[str]) -> None:
    row = ROWS[title]
    assert row.source.line == line
    assert row.source.cell is not None
    assert LINES[line - 1].split("\t")[row.source.cell - 1].strip() == title


def test_no_row_of_the_sources_tables_is_missing() -> None:
    table = {
        number
        for number, line in enumerate(LINES, 1)
        if "\t" in line and not line.startswith(("PP Career Pathways\t", "AFC Band\t"))
    }
    complexity_again = {30, 39, 47, 55, 64}
    assert all(LINES[number - 1].split("\t")[-1] == "High" for number in complexity_again)
    assert table - complexity_again == {line for _, line, *_ in SPANS}


def test_the_ten_headings_stand_in_the_sources_order() -> None:
    assert [heading.title for heading in PMO.headings] == [title for title, *_ in SPANS[2:12]]


def test_both_entry_routes_and_the_qualifications_are_re_homed_from_the_responsibilities() -> None:
    assert [route.title for route in PMO.entry_routes] == [
        "Project Delivery Professional",
        "Non-Project Delivery Professional",
    ]
    assert PMO.qualifications.title == "Typical Qualifications & Professional Memberships"


def test_the_competences_are_the_eleven_that_the_source_names() -> None:
    assert [competence.name for competence in FRAMEWORK.competences] == COMPETENCES
    assert all(name in LINES[17] for name in COMPETENCES)


def test_the_specialist_rule_names_two_always_and_nine_to_choose_from() -> None:
    (specialist,) = (category for category in PMO.role_categories if category.competence_rule)
    assert specialist.id == "specialist"
    names = {competence.id: competence.name for competence in FRAMEWORK.competences}
    assert specialist.competence_rule is not None
    assert [names[competence_id] for competence_id in specialist.competence_rule.all_of] == COMPETENCES[:2]
    assert [names[competence_id] for competence_id in specialist.competence_rule.at_least_one_of] == COMPETENCES[2:]


def test_the_three_role_categories_are_tied_to_no_band() -> None:
    assert [category.published_as for category in PMO.role_categories] == [
        "PMO Administrators or Analysts",
        "PMO Specialists",
        "Project or Programme or Portfolio Management Office Managers",
    ]
    assert all(category.published_as in LINES[17] for category in PMO.role_categories)
    block = FRAMEWORK_TEXT[FRAMEWORK_TEXT.index("    role_categories:") : FRAMEWORK_TEXT.index("    complexity:\n")]
    assert "bands:" not in block


def test_the_role_categories_sentences_are_whole_sentences_of_the_source() -> None:
    sentences = re.split(r"(?<=\.) (?=[A-Z])", LINES[17].strip())
    for category in PMO.role_categories:
        assert category.statements
        for remark in category.statements:
            assert remark.text in sentences


def test_the_description_is_the_whole_of_its_line() -> None:
    assert PMO.description.text == LINES[17].strip()


def test_the_bands_are_six_and_no_other_is_invented() -> None:
    assert [band.name for band in PMO.levels] == list(PMO_BANDS)
    assert {band.name for statement in STATEMENTS for band in statement.levels} == set(PMO_BANDS)
    ranges = re.findall(r"(?<![\w-])bands: '([^']*)'", FRAMEWORK_TEXT)
    assert len(ranges) == len(STATEMENTS) + 1
    assert not [bands for bands in ranges if re.search(r"(?<!8)[1-5]|9", bands)]


def test_no_rating_or_level_is_invented() -> None:
    keys = set(re.findall(r"^\s*(?:- )?\{?([a-z_]+):", FRAMEWORK_TEXT, re.MULTILINE))
    assert not {key for key in keys if re.search("rating|level|score|point|grade", key)}
    assert not re.search("rating|score", re.sub(r"higher\s+ratings", "", FRAMEWORK_TEXT))


def test_inferred_bands_are_marked_exactly_where_the_source_lost_a_cell() -> None:
    ids = {statement.id for statement in STATEMENTS if statement.basis and statement.basis.inferred}
    assert ids == INFERRED_8D
    for statement in STATEMENTS:
        if statement.basis and statement.basis.inferred:
            assert [band.name for band in statement.basis.inferred] == ["8d"]
            assert "R2" in statement.basis.rule


def test_the_lost_cells_are_where_the_source_has_seven() -> None:
    for title, line, first, _ in SPANS[1:]:
        cells = len(LINES[line - 1].rstrip("\r").split("\t"))
        has_lost_a_cell = any(statement.id in INFERRED_8D for statement in ROWS[title].statements)
        assert (cells < first + 6) == (has_lost_a_cell and line > 23), title


def test_the_business_case_is_contested_with_both_other_readings() -> None:
    contested = {
        statement.id: {reading: str(bands) for reading, bands in statement.basis.alternatives.items()}
        for statement in STATEMENTS
        if statement.basis and statement.basis.confidence is Confidence.CONTESTED
    }
    assert contested == CONTESTED
    assert {row.title for row in PMO.rows if row.readings} == {"Business Case"}
    assert [reading.id for reading in ROWS["Business Case"].readings] == ["boundary-8b-8c", "paired-bands"]


def test_no_other_statement_has_a_span_basis() -> None:
    assert {statement.id for statement in STATEMENTS if statement.basis} == INFERRED_8D | set(CONTESTED)


def test_ids_name_heading_and_bands() -> None:
    for row in PMO.rows:
        for statement in row.statements:
            assert statement.id == f"pmo.{row.id}.{str(statement.levels).replace(' to ', '-')}"


@pytest.mark.parametrize("reading", [None, "boundary-8b-8c", "paired-bands"])
@pytest.mark.parametrize("row", PMO.rows, ids=lambda row: row.id)
def test_each_band_has_one_statement_under_each_row_in_every_reading(row: Heading, reading: str | None) -> None:
    for band in PMO.levels:
        holding = [statement for statement in row.statements if band in statement.levels_in(reading)]
        assert tuple(holding) == row.statements_for(band, reading)
        assert len(holding) == 1


def test_the_two_change_management_texts_differ_by_a_full_stop() -> None:
    at_8a, at_8c = (ROWS["Change Management"].statements[index].text for index in (2, 3))
    assert at_8c == f"{at_8a}."


def test_what_the_source_does_not_state_is_said_to_be_not_stated() -> None:
    assert FRAMEWORK.licence == "Not stated in the source."
    assert "states no version" in FRAMEWORK.version_basis
    assert "licence" not in SOURCE_TEXT.lower()
    assert "version" not in SOURCE_TEXT.lower()
    assert FRAMEWORK.title in SOURCE_TEXT


def test_no_mark_of_the_sources_lists_is_left() -> None:
    for statement in STATEMENTS:
        for text in (statement.text, *statement.entries):
            assert not re.search(r"<|>|•|\s\s|^\s|\s$", text), statement.id


def lists() -> list[Statement]:
    return [statement for statement in STATEMENTS if statement.entries]


def test_only_qualifications_are_lists() -> None:
    assert [len(statement.entries) for statement in lists()] == [1, 2, 6, 5, 4]
    assert all(statement.id.startswith("pmo.qualifications.") for statement in lists())
