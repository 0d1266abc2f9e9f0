"""Nothing silent: each inference, adaptation, doubt and omission leaves a note, and no note tells of nothing."""

from __future__ import annotations

from typing import Any

import pytest

from jdgen.drafting.review_notes import Rank, rank_of
from jdgen.drafting.texts import Giver
from jdgen.post.model import AddedDuty
from tests.framework.test_chapter import INFERRED_8D
from tests.toolbox.data import PMO_BANDS, shipped_library
from tests.toolbox.drafts import ALL, NAMES, changes_for, drafted, notes_of, verbatim

STATEMENTS = {statement.id: statement for row in shipped_library().specialism.rows for statement in row.statements}
every_draft = pytest.mark.parametrize(("band", "fields"), ALL, ids=NAMES)


def change_text(change: dict[str, str]) -> str:
    if "find" in change:
        what = f'"{change["find"]}" reads "{change["write"]}" here'
    elif "append" in change:
        what = f'"{change["append"]}" is added at the end'
    else:
        what = f'"{change["drop_end"]}" is left off at the end'
    return f"{what}: {change['reason']}."


@every_draft
def test_each_change_of_wording_in_the_draft_is_noted_once_and_no_other(band: str, fields: dict[str, Any]) -> None:
    draft = drafted(band, **fields)
    ids = {duty.statement for heading in draft.duty_headings for duty in heading.duties}
    ids |= {criterion.id for group in draft.person_specification.groups for criterion in group.criteria}
    expected = [(statement, change_text(change)) for statement in ids for change in changes_for(statement)]
    assert sorted(notes_of(draft, "adaptation")) == sorted(expected)
    assert len(set(expected)) == len(expected)


@every_draft
def test_verbatim_changes_nothing_and_notes_no_change(band: str, fields: dict[str, Any]) -> None:
    assert notes_of(verbatim(band, **fields), "adaptation") == []


@every_draft
def test_every_other_note_is_the_same_verbatim(band: str, fields: dict[str, Any]) -> None:
    assert [note for note in drafted(band, **fields).notes if note.topic != "adaptation"] == [
        note for note in verbatim(band, **fields).notes if note.topic != "adaptation"
    ]


@pytest.mark.parametrize("band", PMO_BANDS)
def test_inferred_bands_are_noted_at_8d_and_nowhere_else(band: str) -> None:
    subjects = [subject for subject, _ in notes_of(drafted(band), "inferred band")]
    assert len(subjects) == len(set(subjects))
    assert set(subjects) == (INFERRED_8D if band == "8d" else set())


def test_an_inferred_band_is_said_to_be_taken_from_the_range_of_the_reading() -> None:
    for reading, bands in ((None, "8b to 8d"), ("boundary-8b-8c", "8c to 8d")):
        draft = drafted("8d", readings={"business-case": reading} if reading else {})
        (text,) = (text for subject, text in notes_of(draft, "inferred band") if "business-case" in subject)
        assert text.startswith(
            f"The source does not show 'Business Case' at 8d; the statement for {bands} is taken. R1"
        )


@pytest.mark.parametrize("reading", [None, "boundary-8b-8c", "paired-bands"])
@pytest.mark.parametrize("band", PMO_BANDS)
def test_the_contested_heading_is_noted_at_7_and_8b_whatever_reading_is_chosen(band: str, reading: str | None) -> None:
    draft = drafted(band, readings={"business-case": reading} if reading else {})
    # Who has chosen has nothing left to decide.
    topic, other = ("reading", "contested band") if reading else ("contested band", "reading")
    assert notes_of(draft, other) == []
    notes = notes_of(draft, topic)
    assert len(notes) == (1 if band in ("7", "8b") else 0)
    for subject, text in notes:
        assert subject == draft.duty_headings[1].duties[0].statement
        reasons = {
            each_reading.id: each_reading.reason.rstrip(".")
            for each_reading in shipped_library().specialism.headings[1].readings
        }
        reason = reasons[reading] if reading else "the table as it stands"
        assert f"This draft has “{STATEMENTS[subject].text}” ({reason}). Read otherwise it has “" in text


@pytest.mark.parametrize("reading", [None, "boundary-8b-8c", "paired-bands"])
@pytest.mark.parametrize("band", ["7", "8b"])
def test_the_choice_that_a_contested_note_offers_gives_another_statement(band: str, reading: str | None) -> None:
    draft = drafted(band, readings={"business-case": reading} if reading else {})
    ((subject, text),) = notes_of(draft, "reading" if reading else "contested band")
    offered = text.rpartition("For the other: ")[2]
    readings = dict([offered.removeprefix("--reading ").split("=")]) if offered != "choose no reading" else {}
    other = drafted(band, readings=readings).duty_headings[1].duties[0].statement
    assert other != subject
    # Its words are told, since nobody decides between ids.
    assert f"“{STATEMENTS[other].text}”" in text


@pytest.mark.parametrize(
    ("band", "shared", "other"),
    [("8a", "18 of the 19", "8b"), ("8b", "18 of the 19", "8a"), ("8c", "20 of the 20", "8d")],
)
def test_duties_that_are_another_level_s_too_are_counted(band: str, shared: str, other: str) -> None:
    ((subject, text),) = notes_of(drafted(band), "duties of several levels")
    assert subject == "added_duties"
    assert text.startswith(f"{shared} duties are the framework's at band {other} too, word for word.")
    mine, others = (
        [duty.text for heading in drafted(each_band).duty_headings for duty in heading.duties]
        for each_band in (band, other)
    )
    assert len([duty for duty in mine if duty in others]) == int(shared.split(maxsplit=1)[0])


def test_duties_of_one_level_and_those_in_the_post_s_words_are_not_counted() -> None:
    assert [notes_of(drafted(band), "duties of several levels") for band in ("6", "7")] == [[], []]
    duties = (AddedDuty("leadership", "Chair the users' group of the portfolio database."),)
    assert notes_of(drafted("8d", added_duties=duties), "duties of several levels") == []
    assert notes_of(drafted("8d", je_reference="JE 12"), "duties of several levels") == []


def test_training_at_entry_is_held_against_the_qualifications() -> None:
    assert notes_of(drafted("7", training_at_entry=None), "training and qualifications") == []
    ((subject, text),) = notes_of(drafted("7", training_at_entry="A degree."), "training and qualifications")
    assert (subject, rank_of("training and qualifications")) == ("training_at_entry", Rank.KNOW)
    assert "qualifications of the person specification" in text


@pytest.mark.parametrize(
    ("band", "remarks"),
    [
        ("6", {"change control"}),
        ("7", {"change control"}),
        ("8a", {"change control", "qualifications", "same duties"}),
        ("8b", {"change control", "qualifications", "same duties"}),
        ("8c", {"change control", "qualifications", "same duties", "complexity"}),
        ("8d", {"change control", "qualifications", "same duties"}),
    ],
)
def test_faults_of_the_source_are_noted_at_the_bands_that_they_touch(band: str, remarks: set[str]) -> None:
    marks = {
        "control of changes to scope": "change control",
        "fewer typical qualifications as bands rise": "qualifications",
        "no evidence for one band over the other": "same duties",
        "project complexity Moderate up to 8c": "complexity",
    }
    texts = [text for _, text in notes_of(drafted(band), "source")]
    assert {name for mark, name in marks.items() if any(mark in text for text in texts)} == remarks
    assert len(texts) == len(remarks)


def test_the_band_is_called_a_choice_until_there_is_a_job_evaluation() -> None:
    draft = drafted("7")
    assert draft.band_statement == "7, subject to job evaluation"
    assert [subject for subject, _ in notes_of(draft, "job evaluation")] == ["band"]


def test_a_job_evaluation_reference_changes_the_band_statement_and_ends_the_note() -> None:
    draft = drafted("7", je_reference="JE-42")
    assert draft.band_statement == "7, job evaluation reference JE-42"
    assert draft.je_reference == "JE-42"
    assert notes_of(draft, "job evaluation") == []


def test_a_post_without_a_role_category_is_noted() -> None:
    draft = drafted("7")
    prompt = shipped_library().prompts["role_category"]
    assert draft.role_category == prompt.request
    assert getattr(draft.role_category, "giver", None) is Giver.PROMPT
    assert draft.role_category_statements == ()
    assert notes_of(draft, "role category") == [("role_category", prompt.note.text)]
    assert notes_of(drafted("7", role_category="manager"), "role category") == []


@pytest.mark.parametrize(("length", "count"), [(70, 0), (71, 1)])
def test_a_title_that_nhs_jobs_would_not_take_is_noted(length: int, count: int) -> None:
    assert len(notes_of(drafted("7", title="x" * length), "title")) == count


@pytest.mark.parametrize(("title", "count"), [("Band 7 analyst", 1), ("Analyst band7", 1), ("Bandage buyer", 0)])
def test_a_title_that_names_a_band_is_noted(title: str, count: int) -> None:
    assert len(notes_of(drafted("7", title=title), "title")) == count
