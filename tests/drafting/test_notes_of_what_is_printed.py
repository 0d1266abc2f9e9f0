"""No note tells of text that is not printed: left out, in the post's own words, or in no part of the template."""

from __future__ import annotations

from typing import Any

import pytest
from docx.oxml import parse_xml

from jdgen.document.making import DocumentSources, make_document
from jdgen.drafting.library import is_prompt
from jdgen.levels import Band
from jdgen.post.model import OmittedCriterion, OmittedDuty, Post, RewordedDuty
from tests.toolbox.data import PMO_BANDS, shipped_library
from tests.toolbox.drafts import ALL, NAMES, changes_for, drafted, duties_of, notes_of
from tests.toolbox.examples import DRAFTED, TEMPLATES, shipped_template
from tests.toolbox.word import parts_of

OMITTED = (OmittedDuty("pmo.resource.7", "Held elsewhere."),)
REWORDED = (RewordedDuty("pmo.budget.7", "Keep the budget.", "Ours."),)


def subjects(draft: Any, topic: str) -> list[str]:
    return [subject for subject, _ in notes_of(draft, topic)]


def test_what_is_left_out_or_reworded_has_no_note_about_the_frameworks_wording() -> None:
    draft = drafted("7", omitted_duties=OMITTED, reworded_duties=REWORDED)
    statements = {"pmo.resource.7", "pmo.budget.7"}
    assert changes_for("pmo.resource.7")
    assert changes_for("pmo.budget.7")
    assert statements.isdisjoint(subjects(draft, "adaptation"))
    others = [note for note in notes_of(drafted("7"), "adaptation") if note[0] not in statements]
    assert notes_of(draft, "adaptation") == others
    assert "pmo.resource.7" in subjects(draft, "omitted")
    assert subjects(draft, "reworded") == ["pmo.budget.7"]


def test_a_sentence_that_is_left_out_takes_its_own_notes_and_no_others() -> None:
    statement = "pmo.guidance-support.8a-8d"
    whole = [text for subject, text in notes_of(drafted("8a"), "adaptation") if subject == statement]
    for number, words in (
        (1, ["drives innovation", "within the department"]),
        (2, ["across the department", "and gov"]),
    ):
        draft = drafted("8a", omitted_duties=(OmittedDuty(f"{statement}.{number}", "No."),))
        texts = [text for subject, text in notes_of(draft, "adaptation") if subject == statement]
        assert set(texts) < set(whole)
        assert not [text for text in texts for word in words if word in text]
        assert [text for text in whole for word in words if word in text]
    assert len(whole) == len(changes_for(statement))


@pytest.mark.parametrize(
    ("band", "topic", "omitted"),
    [
        ("8d", "inferred band", "pmo.leadership.8a-8d"),
        ("7", "contested band", "pmo.business-case.7-8a"),
        ("8a", "source", "pmo.change-management.8a-8b"),
    ],
)
def test_doubts_about_a_statement_go_with_it(band: str, topic: str, omitted: str) -> None:
    subjects_before = [subject for subject in subjects(drafted(band), topic) if omitted.startswith(subject)]
    assert subjects_before
    for change in (
        {"omitted_duties": (OmittedDuty(omitted, "No."),)},
        {"reworded_duties": (RewordedDuty(omitted, "Ours.", "x"),)},
    ):
        subjects_after = subjects(drafted(band, **change), topic)
        assert set(subjects_before).isdisjoint(subjects_after)
        assert sorted([*subjects_after, *subjects_before]) == sorted(subjects(drafted(band), topic))


def test_a_criterion_that_is_left_out_has_no_other_note() -> None:
    for name in ("pmo.qualifications.8a", "pmo.project-delivery-professional.8a-8d"):
        draft = drafted("8a", omitted_criteria=(OmittedCriterion(name, "No."),))
        assert [note.topic for note in drafted("8a").notes if note.subject == name and note.topic != "omitted"]
        assert [note.topic for note in draft.notes if note.subject == name] == ["omitted"]


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize(("band", "fields"), ALL, ids=NAMES)
def test_notes_are_about_what_the_template_prints(template: str, band: str, fields: dict[str, Any]) -> None:
    post = Post("PMO post", "pmo", Band(band), **fields)
    document = make_document(post, DocumentSources(shipped_library(), shipped_template(template), DRAFTED))
    text_of_document = "".join(
        text.text or ""
        for name, content in parts_of(document.content).items()
        if name.startswith("word/") and name.endswith(".xml")
        for text in parse_xml(content).iter("{*}t")
    )
    notes = document.job_description.notes
    prompts = shipped_library().prompts.by_field
    # Who chooses a role category changes criteria too: of that a person specification tells that does not print it.
    category = {
        note.subject
        for note in notes
        if note.topic == "role category" and prompts["role_category"].text in text_of_document
    }
    fields_to_complete = {note.subject for note in notes if note.topic == "to complete"} | category
    assert fields_to_complete == {
        prompt.field for prompt in prompts.values() if is_prompt(prompt.text) and prompt.text in text_of_document
    }
    ids = {duty.statement: duty.text for duty in duties_of(document.job_description)}
    for note in notes:
        if note.topic == "adaptation" and note.subject in ids:
            assert ids[note.subject] in text_of_document
        if note.topic in ("qualifications", "entry route", "competences"):
            assert "How each criterion is assessed" in text_of_document


def test_every_note_of_the_job_description_is_told() -> None:
    """It prints all but the organisation chart and what the framework says of complexity and role category."""
    for band in PMO_BANDS:
        whole = drafted(band)
        sources = DocumentSources(shipped_library(), shipped_template("job-description"), DRAFTED)
        draft = make_document(Post("PMO post", "pmo", Band(band)), sources).job_description
        assert {note.subject for note in whole.notes} - {note.subject for note in draft.notes} <= {
            "organisation_chart",
            *(statement.id for statement in _told_elsewhere(band)),
        }


def _told_elsewhere(band: str) -> list[Any]:
    specialism = shipped_library().specialism
    rows = (specialism.complexity, specialism.complexity_narrative, *specialism.entry_routes)
    return [statement for row in rows if row for statement in row.statements]
