from __future__ import annotations

import re
from typing import Any

import pytest

from jdgen.drafting.duties import sentences
from jdgen.drafting.model import JobDescription, Origin
from jdgen.post.model import AddedDuty, OmittedDuty, RewordedDuty
from tests.toolbox.data import PMO_BANDS, SOURCE_TEXT, shipped_library
from tests.toolbox.drafts import ALL, NAMES, READINGS, adapted, drafted, duties_of, notes_of, verbatim
from tests.toolbox.kites import kite_draft

#: Plain forms only: no -ing, no third person, no participle.
BASE_VERBS = {
    *("Advise", "Assist", "Be", "Build", "Champion", "Consolidate", "Contribute", "Create", "Develop", "Draft"),
    *("Drive", "Ensure", "Establish", "Identify", "Lead", "Manage", "Prepare", "Provide", "Support", "Take"),
}
STATEMENTS = {statement.id: statement for row in shipped_library().specialism.rows for statement in row.statements}
every_draft = pytest.mark.parametrize(("band", "fields"), ALL, ids=NAMES)


@every_draft
def test_duties_are_numbered_without_a_gap_under_numbered_headings(band: str, fields: dict[str, Any]) -> None:
    draft = drafted(band, **fields)
    assert [[duty.number for duty in heading.duties] for heading in draft.duty_headings] == [
        [f"{outer}.{inner}" for inner in range(1, len(heading.duties) + 1)]
        for outer, heading in enumerate(draft.duty_headings, 1)
    ]
    assert len(draft.duty_headings) == 10


@every_draft
def test_every_duty_starts_with_a_base_verb_and_ends_with_a_full_stop(band: str, fields: dict[str, Any]) -> None:
    for duty in duties_of(drafted(band, **fields)):
        assert re.split(r"[ ,]", duty.text)[0] in BASE_VERBS, duty.text
        assert re.search(r"[^.\s]\.$", duty.text), duty.text


@every_draft
def test_no_mark_of_the_civil_service_or_of_a_slip_is_left(band: str, fields: dict[str, Any]) -> None:
    for duty in duties_of(drafted(band, **fields)):
        assert not re.search(
            r"\bdepartment|government\b|\byou\b|\(essential\)|and/ or|\. [a-z]|\.\.|\s\s|the SRO", duty.text
        ), duty.text


@every_draft
def test_the_duties_are_the_sources_after_the_listed_changes_and_no_other(band: str, fields: dict[str, Any]) -> None:
    for heading in drafted(band, **fields).duty_headings:
        (statement,) = {duty.statement for duty in heading.duties}
        text = " ".join(duty.text for duty in heading.duties)
        assert text == adapted(statement, STATEMENTS[statement].text)
        assert STATEMENTS[statement].text in SOURCE_TEXT


@every_draft
def test_verbatim_duties_are_the_sources_own_words(band: str, fields: dict[str, Any]) -> None:
    for heading in verbatim(band, **fields).duty_headings:
        (statement,) = {duty.statement for duty in heading.duties}
        assert " ".join(duty.text for duty in heading.duties) == STATEMENTS[statement].text
        assert all(duty.text in SOURCE_TEXT for duty in heading.duties)


@every_draft
def test_duty_ids_name_their_statement_and_are_unlike(band: str, fields: dict[str, Any]) -> None:
    duties = duties_of(drafted(band, **fields))
    assert len({duty.id for duty in duties}) == len(duties)
    assert all(re.fullmatch(re.escape(duty.statement) + r"\.\d+", duty.id) for duty in duties)
    assert {duty.origin for duty in duties} == {Origin.FRAMEWORK}


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("band", PMO_BANDS)
def test_the_reading_that_is_chosen_decides_the_business_case(band: str, reading: str | None) -> None:
    expected = {
        None: ["6", "7-8a", "7-8a", "8b-8d", "8b-8d", "8b-8d"],
        "boundary-8b-8c": ["6", "7-8a", "7-8a", "7-8a", "8b-8d", "8b-8d"],
        "paired-bands": ["6", "6", "7-8a", "7-8a", "8b-8d", "8b-8d"],
    }[reading][PMO_BANDS.index(band)]
    draft = drafted(band, readings={"business-case": reading} if reading else {})
    assert [duty.statement for duty in draft.duty_headings[1].duties] == [f"pmo.business-case.{expected}"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Lead. Build networks", ("Lead.", "Build networks")),
        ("Use tools, e.g. Gantt charts. Plan.", ("Use tools, e.g. Gantt charts.", "Plan.")),
        ("Use one, i.e. This one.", ("Use one, i.e. This one.",)),
        ("interests. and act. Draft", ("interests. and act.", "Draft")),
        ("Version 2.0 is kept.", ("Version 2.0 is kept.",)),
        ("", ("",)),
    ],
)
def test_sentences_are_divided_at_a_stop_before_a_capital(text: str, parts: tuple[str, ...]) -> None:
    assert sentences(text) == parts


# The post's own changes.


def test_an_omitted_duty_is_not_printed_and_is_noted() -> None:
    omitted = OmittedDuty("pmo.leadership.7.1", "Another post leads.")
    draft = drafted("7", omitted_duties=(omitted,))
    before = duties_of(drafted("7"))
    assert [duty.id for duty in duties_of(draft)] == [duty.id for duty in before if duty.id != "pmo.leadership.7.1"]
    assert draft.duty_headings[0].duties[0].number == "1.1"
    assert ("pmo.leadership.7.1", "The framework has this duty and the post does not: Another post leads.") in notes_of(
        draft, "omitted"
    )


def test_a_statement_can_be_omitted_whole_and_its_heading_goes_with_a_note() -> None:
    draft = drafted("7", omitted_duties=(OmittedDuty("pmo.leadership.7", "Led elsewhere."),))
    assert len(draft.duty_headings) == 9
    assert draft.duty_headings[0].id == "business-case"
    assert draft.duty_headings[0].duties[0].number == "1.1"
    assert ("leadership", "No duty is left under 'Leadership'; the heading is not printed.") in notes_of(
        draft, "omitted"
    )


def test_criteria_of_an_emptied_heading_are_left_out_with_a_note() -> None:
    draft = drafted("7", omitted_duties=(OmittedDuty("pmo.budget.7", "No budget."),))
    ids = [criterion.id for group in draft.person_specification.groups for criterion in group.criteria]
    assert "budget-7" not in ids
    assert "budget-7" in [subject for subject, _ in notes_of(draft, "omitted")]


def test_a_reworded_duty_is_the_posts_and_is_noted() -> None:
    draft = drafted("7", reworded_duties=(RewordedDuty("pmo.leadership.7.1", "Lead 3 projects.", "Ours are three."),))
    first, second = draft.duty_headings[0].duties
    assert (first.text, first.origin, first.number) == ("Lead 3 projects.", Origin.POST, "1.1")
    assert (second.id, second.origin) == ("pmo.leadership.7.2", Origin.FRAMEWORK)
    assert notes_of(draft, "reworded") == [
        ("pmo.leadership.7.1", "The post has this duty in its own words: Ours are three.")
    ]


def test_a_reworded_statement_becomes_one_duty_in_place_of_all_its_sentences() -> None:
    draft = drafted("7", reworded_duties=(RewordedDuty("pmo.leadership.7", "Lead.", "Shorter."),))
    assert [(duty.number, duty.text) for duty in draft.duty_headings[0].duties] == [("1.1", "Lead.")]


@pytest.mark.parametrize("heading", ["budget", "Budget"])
def test_an_added_duty_stands_last_under_the_heading_it_names(heading: str) -> None:
    draft = drafted("7", added_duties=(AddedDuty(heading, "Count the petty cash."),))
    duty = next(heading for heading in draft.duty_headings if heading.id == "budget").duties[-1]
    assert (duty.text, duty.origin, duty.number, duty.statement) == ("Count the petty cash.", Origin.POST, "3.2", "")
    assert notes_of(draft, "added") == [(duty.id, "This duty is the post's own, not the framework's.")]
    assert len(draft.duty_headings) == 10


def test_duties_added_under_a_new_heading_stand_together_at_the_end() -> None:
    duties = (AddedDuty("Local work", "One."), AddedDuty("Local work", "Two."), AddedDuty("Other work", "Three."))
    draft = drafted("7", added_duties=duties)
    assert [(heading.title, [duty.number for duty in heading.duties]) for heading in draft.duty_headings[10:]] == [
        ("Local work", ["11.1", "11.2"]),
        ("Other work", ["12.1"]),
    ]
    assert len(notes_of(draft, "added")) == 3


def test_a_duty_can_be_added_under_a_heading_whose_own_are_all_omitted() -> None:
    draft = drafted(
        "7",
        omitted_duties=(OmittedDuty("pmo.budget.7", "None."),),
        added_duties=(AddedDuty("budget", "Count the petty cash."),),
    )
    assert [duty.text for duty in draft.duty_headings[2].duties] == ["Count the petty cash."]
    assert "budget" not in [subject for subject, _ in notes_of(draft, "omitted")]


def ids_under(draft: JobDescription, heading: str) -> list[str]:
    return next(
        [duty.id for duty in each_heading.duties] for each_heading in draft.duty_headings if each_heading.id == heading
    )


def test_duties_that_an_order_names_change_places_and_the_others_stay() -> None:
    plain = ids_under(drafted("8a"), "leadership")
    assert len(plain) == 3
    order = (plain[2], plain[0])
    draft = drafted("8a", duty_order=order)
    assert ids_under(draft, "leadership") == [plain[2], plain[1], plain[0]]
    assert [duty.number for duty in duties_of(draft)] == [duty.number for duty in duties_of(drafted("8a"))]
    (note,) = notes_of(draft, "moved")
    assert note == ("leadership", "The duties under 'Leadership' stand in the post's own order.")
    assert notes_of(drafted("8a", duty_order=(plain[0], plain[2])), "moved") == []


def test_a_statement_in_an_order_means_its_sentences_and_an_added_duty_may_come_first() -> None:
    duties = (AddedDuty("leadership", "Chair the forum."),)
    draft = drafted("7", added_duties=duties, duty_order=("post.duty.1", "pmo.leadership.7"))
    assert ids_under(draft, "leadership") == ["post.duty.1", "pmo.leadership.7.1", "pmo.leadership.7.2"]
    assert duties_of(draft)[0].number == "1.1"


@pytest.mark.parametrize("order", [("pmo.leadership.9.1",), ("post.duty.1",)])
def test_a_duty_in_an_order_that_the_draft_does_not_have_is_told_and_passed_over(order: tuple[str, ...]) -> None:
    draft = drafted("7", duty_order=order)
    assert [subject for subject, text in notes_of(draft, "no longer fits") if "in an order" in text] == list(order)
    assert draft.duty_headings == drafted("7").duty_headings


def test_duties_that_the_draft_does_not_have_are_left_out_and_told_with_the_nearest_that_it_has() -> None:
    draft = drafted(
        "7",
        omitted_duties=(OmittedDuty("pmo.budget.8a-8b", "x"),),
        reworded_duties=(RewordedDuty("pmo.leadership.7.9", "Lead it all.", "y"),),
        added_duties=(AddedDuty("budget-and-cost", "Count."),),
    )
    assert notes_of(draft, "no longer fits") == [
        (
            "pmo.budget.8a-8b",
            "The post leaves this duty out, and the framework has no such duty. The nearest is 'pmo.budget.7'.",
        ),
        (
            "pmo.leadership.7.9",
            'The framework has no such duty, so the words that the post has for it are not printed: "Lead it all." '
            "The nearest is 'pmo.leadership.7.2'.",
        ),
        (
            "post.duty.1",
            "The framework has no heading 'budget-and-cost', so this duty of the post's own stands under a heading of "
            "its own, 'Budget and cost'.",
        ),
    ]
    assert [topic for topic in ("omitted", "reworded") if notes_of(draft, topic)] == []
    plain = drafted("7")
    assert draft.duty_headings[: len(plain.duty_headings)] == plain.duty_headings
    assert [duty.text for duty in draft.duty_headings[-1].duties] == ["Count."]


# Groups of headings.


def heading_groups(**fields: Any) -> list[tuple[str, str]]:
    return [(heading.group, heading.title) for heading in kite_draft("Flyer", **fields).duty_headings]


def test_a_group_is_printed_at_the_first_of_its_headings() -> None:
    assert heading_groups() == [("In the air", "Flying"), ("", "Landing"), ("With people", "Visitors")]


def test_a_group_begins_at_the_heading_that_is_left() -> None:
    omitted = (OmittedDuty("kite-flying.flying.flyer", "nobody flies here"),)
    assert heading_groups(omitted_duties=omitted) == [("In the air", "Landing"), ("With people", "Visitors")]


def test_a_heading_of_the_post_s_own_is_not_read_as_one_of_the_group_above_it() -> None:
    duties = (AddedDuty("Tea", "Makes tea."),)
    assert heading_groups(added_duties=duties)[-1] == ("Other duties", "Tea")
    shipped = drafted("7", added_duties=duties)
    assert {heading.group for heading in shipped.duty_headings} == {""}
    assert "group" not in repr(shipped.duty_headings)
