"""How rows of a table become statements with bands, rule by rule, on small tables in plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.errors import JdgenError
from jdgen.framework.model import Confidence
from jdgen.framework.transcription import transcription_problems
from tests.importing.tables import HEAD, NEEDED, doubts_in, heading, imported, levels_and_texts, specialism, text_of
from tests.toolbox.data import problems_of
from tests.toolbox.soak import budget


def test_an_empty_cell_continues_the_merged_cell_on_its_left() -> None:
    specialism_ = specialism(text_of("\tCare\tWatch\t\tLead", "\tCost\tSpend\tPlan\t"))
    assert levels_and_texts(heading(specialism_, "Care")) == [("5 to 6", "Watch"), ("7", "Lead")]
    assert levels_and_texts(heading(specialism_, "Cost")) == [("5", "Spend"), ("6 to 7", "Plan")]
    assert levels_and_texts(specialism_.complexity) == [("5 to 6", "Low"), ("7", "High")]
    assert levels_and_texts(specialism_.complexity_narrative) == [("5 to 7", "All of these hold for everyone")]
    assert {statement.basis for row in specialism_.rows for statement in row.statements} == {None}


def test_a_row_without_a_text_at_the_first_band_covers_only_some_and_that_is_told() -> None:
    reading = imported(text_of("\tCare\t\tWatch\tLead", "\tCost\tAsk\tCount\tPlan"))
    care = heading(reading.framework.specialisms[0], "Care")
    assert (care.covers_some, levels_and_texts(care)) == (True, [("6", "Watch"), ("7", "Lead")])
    (gap,) = [doubt for doubt in reading.doubts if doubt.weighs]
    assert (gap.what, str(gap.place), gap.levels) == (
        "the row says nothing at some levels, and covers only the others",
        "line 9, cell 2",
        "5",
    )


def test_a_row_that_is_too_short_has_lost_its_last_cell_and_is_marked() -> None:
    reading = imported(text_of("\tCare\tWatch\tLead"))
    (specialism_,) = reading.framework.specialisms
    *_, last = heading(specialism_, "Care").statements
    assert str(last.levels) == "6 to 7"
    assert last.basis is not None
    assert last.basis.confidence is Confidence.INFERRED
    assert [str(band) for band in last.basis.inferred] == ["7"]
    assert last.basis.rule == "R2: the row's last cell (7) was lost; R1 carries the merged cell on to it."
    assert [(doubt.heading, doubt.levels, str(doubt.place)) for doubt in doubts_in(reading)] == [
        ("Care", "6-7", "line 9, cell 4")
    ]


def test_a_page_whose_head_stands_further_left_has_lost_its_last_column() -> None:
    next_page = (
        "Pathway\t\tWards\t",
        "AFC Band\t5\t6\t7",
        "Complexity\tLow\t\tHigh",
        "Duties\tCare\tWatch\tLead",
        "\tCost\tA\tB",
    )
    specialism_ = specialism(text_of(*["\tRisk\tTell\tList\tWeigh", "", *next_page]))
    assert levels_and_texts(heading(specialism_, "Care")) == [("5", "Watch"), ("6 to 7", "Lead")]
    assert levels_and_texts(heading(specialism_, "Cost")) == [("5", "A"), ("6 to 7", "B")]
    assert levels_and_texts(specialism_.complexity) == [("5 to 6", "Low"), ("7", "High")]
    inferred = {
        statement.id
        for row in specialism_.rows
        for statement in row.statements
        if statement.basis and statement.basis.inferred
    }
    assert inferred == {"wards.care.6-7", "wards.cost.6-7"}


def test_one_column_of_labels_is_no_page_that_has_lost_a_column() -> None:
    head = ("Pathway\tWards\t\t", "AFC Band\t5\t6\t7")
    needed = ("Complexity\tLow\t\tHigh", "Qualifications\tNone\tDiploma\tDegree")
    text = text_of("Care\tWatch\t\tLead", head=head, needed=needed)
    reading = imported(text)
    assert levels_and_texts(heading(reading.framework.specialisms[0], "Care")) == [("5 to 6", "Watch"), ("7", "Lead")]
    assert [doubt.what for doubt in doubts_in(reading)] == ["the table of 'Wards' has no row for complexity narrative"]


def test_pages_with_one_and_with_two_columns_of_labels_may_follow_each_other() -> None:
    next_page = ("", "Pathway\tWards\t\t", "AFC Band\t5\t6\t7", "Cost\tAsk\tCount\tCut", "Risk\tTell\t\tZero")
    specialism = imported(text_of("\tCare\tWatch\t\tLead", *next_page)).framework.specialisms[0]
    assert levels_and_texts(heading(specialism, "Cost")) == [("5", "Ask"), ("6", "Count"), ("7", "Cut")]
    assert levels_and_texts(heading(specialism, "Risk")) == [("5 to 6", "Tell"), ("7", "Zero")]


def test_a_row_needs_a_title() -> None:
    text = text_of("\tCare\tA\tB\tC", needed=("\t\tWatch\t\tLead", *NEEDED))
    assert problems_of(lambda: imported(text)) == [
        "small.txt, line 6, cell 3: the row has no title: name it in the cell on the left of the bands"
    ]


def test_numbers_before_other_texts_are_no_row_of_bands() -> None:
    specialism_ = specialism(text_of("\tCare\tA\tB\tC", head=("Places\t\t5\t6\tand more", *HEAD)))
    assert str(specialism_.levels) == "5 to 7"


def test_a_row_without_the_boundary_that_all_others_have_is_contested() -> None:
    others = ("\tCare\tWatch\tDo\tLead", "\tCost\tAsk\tCount\tCut", "\tRisk\tTell\tList\tWeigh")
    reading = imported(text_of(*others, "\tStaff\tHelp\t\tRun"))
    staff = heading(reading.framework.specialisms[0], "Staff")
    assert [statement.basis.confidence if statement.basis else None for statement in staff.statements] == [
        Confidence.CONTESTED,
        None,
    ]
    assert [(doubt.heading, doubt.confidence) for doubt in doubts_in(reading)] == [("Staff", "contested")]
    assert "all other rows divide 5 from 6" in doubts_in(reading)[0].what
    agreeing = imported(text_of(*others, "\tStaff\tHelp\tDo\tRun"))
    assert doubts_in(agreeing) == []


def test_rows_that_are_repeated_on_each_page_are_taken_once() -> None:
    again = ("", *HEAD, NEEDED[0], "\tCost\tAsk\tCount\tCut")
    specialism_ = specialism(text_of("\tCare\tWatch\t\tLead", *again))
    assert [row.title for row in specialism_.headings] == ["Care", "Cost"]
    assert specialism_.complexity.source.line == 6


def test_a_page_without_a_row_of_bands_goes_on_with_the_page_before_it() -> None:
    reading = imported(text_of("\tCare\tWatch\t\tLead", "", "\tCost\tAsk\tCount\tCut"))
    assert levels_and_texts(heading(reading.framework.specialisms[0], "Cost")) == [
        ("5", "Ask"),
        ("6", "Count"),
        ("7", "Cut"),
    ]
    assert [doubt.what for doubt in doubts_in(reading)] == ["a table without a row of bands is read as the next page"]


def test_a_table_that_is_not_of_bands_is_passed_over_and_said() -> None:
    reading = imported(text_of("\tCare\tWatch\t\tLead", "", "Term\tMeaning", "PMO\tOffice"))
    assert [row.title for row in reading.framework.specialisms[0].headings] == ["Care"]
    assert [(doubt.what, str(doubt.place)) for doubt in doubts_in(reading)] == [
        ("a table without a row of bands was passed over", "line 11, cell 1")
    ]


def test_a_cell_under_no_band_is_passed_over_and_said() -> None:
    reading = imported(text_of("\tCare\tWatch\t\tLead\tRemark"))
    assert levels_and_texts(heading(reading.framework.specialisms[0], "Care")) == [("5 to 6", "Watch"), ("7", "Lead")]
    assert [(doubt.what, doubt.text) for doubt in doubts_in(reading)] == [
        ("it stands under no level, and was passed over", "Remark")
    ]


def test_the_rest_of_a_divided_row_is_put_back_and_what_the_source_then_lacks_is_said() -> None:
    reading = imported(text_of("\tCare\tWatch all\t\tLead", "", *HEAD, "\t\tof them\t\t", "\tCost\tAsk\tCount\tCut"))
    (wards,) = reading.framework.specialisms
    assert levels_and_texts(heading(wards, "Care")) == [("5 to 6", "Watch all of them"), ("7", "Lead")]
    whats = [doubt.what for doubt in doubts_in(reading)]
    assert "its end stands apart, at line 13, cell 3" in whats
    # Plain text is its own source, in which the whole statement stands nowhere.
    assert any("'Watch all of them' is not what small.txt says" in what for what in whats)


def test_a_text_over_the_whole_row_is_the_title_of_the_rows_below_it() -> None:
    specialism_ = specialism(text_of("Entry Route\t\t\t\t", "\tFrom school\tYes\t\tNo", "Duties\tCare\tWatch\t\tLead"))
    assert [row.title for row in specialism_.entry_routes] == ["From school"]
    assert [row.title for row in specialism_.headings] == ["Care"]


def test_two_specialisms_in_one_publication() -> None:
    other = text_of("\tPlan\tA\tB\tC").replace("Wards", "Theatres").replace("are described here", "are other places")
    framework = imported(text_of("\tCare\tWatch\t\tLead") + "\n" + other).framework
    assert [specialism.id for specialism in framework.specialisms] == ["wards", "theatres"]
    assert [specialism.description.text for specialism in framework.specialisms] == [
        "Wards are described here.",
        "Theatres are other places.",
    ]


def test_all_problems_of_all_specialisms_are_told_at_once() -> None:
    other = text_of("\tPlan\t-\t-\t-").replace("Wards", "Theatres")
    problems = problems_of(lambda: imported(text_of("\tCare\t-\t-\tN/A", "\tCost\t-\t-\t-") + "\n" + other))
    assert [line.split(":")[1] for line in problems] == [
        " 'Care' says nothing at any band",
        " 'Cost' says nothing at any band",
        " 'Plan' says nothing at any band",
    ]


def test_characters_that_no_document_can_hold_are_refused_with_their_places() -> None:
    problems = problems_of(lambda: imported(text_of("\tCa\x07re\tWatch\x07\x07\t\tLead\x01")))
    assert problems == [
        f"small.txt, line 9, cell {cell}: control character {code}: delete it"
        for cell, code in ((2, "U+0007"), (3, "U+0007"), (5, "U+0001"))
    ]


def test_bands_that_neither_rise_nor_fall_are_no_row_of_bands() -> None:
    with pytest.raises(JdgenError, match="no table with a row of bands"):
        imported(text_of("\tCare\tA\tB\tC", head=("Pathway\t\tWards\t\t", "AFC Band\t\t7\t5\t6")))


@pytest.mark.parametrize("heads", ["Band 5\tBand 6\tBand 7", "AfC 5\tAfC 6\tAfC 7", "5\t6\tagenda for change band 7"])
def test_bands_may_be_written_out(heads: str) -> None:
    specialism_ = specialism(text_of("\tCare\tA\tB\tC", head=(HEAD[0], f"Level\t\t{heads}")))
    assert str(specialism_.levels) == "5 to 7"


def test_a_column_may_stand_for_several_bands() -> None:
    specialism_ = specialism(text_of("\tCare\tA\tB\tC", head=(HEAD[0], "AFC Band\t\t5-6\t7\t8A to 8B")))
    assert levels_and_texts(heading(specialism_, "Care")) == [("5 to 6", "A"), ("7", "B"), ("8a to 8b", "C")]


_WORDS = st.text(st.sampled_from("abcdefghij "), min_size=1, max_size=30).map(lambda text: f"We {text}".strip())


@budget(8)
@given(
    st.lists(st.lists(st.booleans(), min_size=5, max_size=5), min_size=1, max_size=5, unique_by=str),
    st.lists(_WORDS, min_size=30, max_size=30, unique=True),
)
def test_any_way_to_share_out_the_bands_is_read_back(divided: list[list[bool]], texts: list[str]) -> None:
    """``divided`` tells for each row and each band but the first whether a new statement begins there."""
    bands, texts_to_come = ["5", "6", "7", "8a", "8b", "8c"], iter(texts)
    rows, expected = [], []
    for number, starts in enumerate(divided):
        cells = [next(texts_to_come) if start else "" for start in (True, *starts)]
        rows.append("\t".join(["", f"Heading {number}", *cells]))
        places = [index for index, cell in enumerate(cells) if cell]
        ends = [*places[1:], len(bands)]
        expected.append([(bands[place], bands[end - 1], cells[place]) for place, end in zip(places, ends, strict=True)])
    wide = "\t" * len(bands)
    text = text_of(
        *rows,
        head=("Pathway\t\tWards" + wide[:-1], "Band\t\t" + "\t".join(bands)),
        needed=(f"Complexity\t\tAll{wide[:-1]}", f"Duties\tFor everyone{wide}", f"Qualifications\t\tNone{wide[:-1]}"),
    )
    reading = imported(text)
    statements = [
        [(str(statement.levels.lowest), str(statement.levels.highest), statement.text) for statement in row.statements]
        for row in reading.framework.specialisms[0].headings
    ]
    assert statements == [[(low, high, " ".join(text.split())) for low, high, text in row] for row in expected]
    assert transcription_problems(reading.framework, reading.source, "small.yaml") == []


def test_an_equal_row_of_another_chapter_is_not_taken_for_a_head_that_is_repeated() -> None:
    def chapter(title: str) -> list[str]:
        return [
            title,
            f"{title} are described here.",
            "",
            f"Pathway\t\t{title}\t",
            "AFC Band\t5\t6\t7",
            "Complexity\tLow\tMid\tHigh",
            f"Duties\tCare\tWatch {title}\tLead {title}",
            "\tCost\tSpend\tPlan\t",
            "",
            f"Pathway\t\t{title}\t\t",
            "AFC Band\t\t5\t6\t7",
            "Complexity\t\tLow\tMid\tHigh",
            f"Duties\tRisk\tSee {title}\tTell {title}\t",
            "",
        ]

    reading = imported("\n".join([*chapter("Wards"), *chapter("Wings")]))
    for specialism_ in reading.framework.specialisms:
        assert levels_and_texts(heading(specialism_, "Cost")) == [("5", "Spend"), ("6 to 7", "Plan")]
    (equal,) = [
        doubt for doubt in reading.doubts if "the same row stands in 'Wards'" in doubt.what and doubt.heading == "Cost"
    ]
    assert str(equal.place) == "line 22, cell 2"


def test_what_is_hardly_a_duty_is_told_and_what_is_one_is_not() -> None:
    rows = ("\tCare\tWatch\tDo\tLead", "\tStaff\tNone\t2\tRun", "\tAudit\tNot required\tE\tTBC")
    texts = [doubt.text for doubt in doubts_in(imported(text_of(*rows))) if doubt.what.startswith("hardly a duty")]
    assert texts == ["None", "2", "Not required", "E", "TBC"]
