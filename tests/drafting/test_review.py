"""Every topic has a rank, and every note says in words what it is about."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import Any

import pytest

from jdgen.drafting import review_notes
from jdgen.drafting.review import FOLDED_TOPICS, Subjects, counts_in_words, names_in_line
from jdgen.drafting.review_notes import RANKS, STALE, Rank, ReviewNote, rank_of
from tests.toolbox.data import shipped_library
from tests.toolbox.drafts import ALL, NAMES, drafted
from tests.toolbox.examples import ROOT


def topics_in_code() -> set[str]:
    """The topics of all notes and remarks that the code makes, as far as they are written out."""
    topics: set[str] = set()
    for path in (ROOT / "jdgen").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("ReviewNote", "PostRemark"):
                for part in ast.walk(node.args[0]):
                    # Some topics are constants.
                    value = (
                        vars(review_notes).get(part.id) if isinstance(part, ast.Name) else getattr(part, "value", None)
                    )
                    topics |= {value} if isinstance(value, str) else set()
    return topics


def test_every_topic_has_its_rank_and_no_other_has_one() -> None:
    assert topics_in_code() == set(RANKS)


def test_every_topic_that_is_folded_to_a_line_has_its_words_and_no_other_has_any() -> None:
    assert FOLDED_TOPICS.keys() == {topic for topic, rank in RANKS.items() if rank is Rank.KNOW}


def test_a_topic_of_another_version_is_not_taken_for_less_than_it_may_be() -> None:
    assert rank_of("something new") is Rank.DECIDE


@pytest.mark.parametrize(("band", "fields"), ALL, ids=NAMES)
def test_what_a_note_is_about_is_never_an_id(band: str, fields: dict[str, Any]) -> None:
    ranked = Subjects([shipped_library()]).rank_notes(drafted(band, **fields).notes)
    assert [note.about for note in ranked if "_" in note.about or "pmo." in note.about or note.about[0].islower()] == []
    assert [note.rank for note in ranked] == sorted((note.rank for note in ranked), key=list(Rank).index)


def test_nothing_is_to_be_decided_but_what_the_source_leaves_open_for_this_draft() -> None:
    """What is the same in every draft is no decision of anybody's: that stands where it is told and folded."""
    subjects = Subjects([shipped_library()])
    for band, fields in ALL:
        decided = [
            note.topic for note in subjects.rank_notes(drafted(band, **fields).notes) if note.rank is Rank.DECIDE
        ]
        is_open = band in ("7", "8b") and not fields.get("readings")
        # What follows from the post's role category: tests/drafting/test_doubts.py.
        of_category = [topic for topic in decided if "role category" in topic]
        assert decided == ["contested band"] * is_open + of_category, (band, fields)
        assert not (of_category and fields.get("role_category") is None)


@pytest.mark.parametrize(
    ("topic", "subject", "about"),
    [
        ("to complete", "je_reference", "JE reference"),
        ("to complete", "dimensions.measure", "Dimensions"),
        ("to complete", "demands.mental", "Mental effort"),
        ("to complete", "own.panel_date", "Date of the panel"),
        ("to complete", "own.post_number", "Post number"),
        ("adaptation", "pmo.risks-issues.7", "Risks & Issues"),
        ("reworded", "pmo.risks-issues.7.2", "Risks & Issues"),
        ("source", "pmo.budget, pmo.change-management", "Budget, Change Management"),
        ("added", "post.duty.2", "Added duty 2"),
        ("added", "post.criterion.1", "Added criterion 1"),
        (STALE, "pmo.leadership.7.9", "Leadership (pmo.leadership.7.9)"),
        (STALE, "pmo.gone.7", "pmo.gone.7"),
        (STALE, "no-such-duty", "no-such-duty"),
        (STALE, "business-case", "Business Case (business-case)"),
        (STALE, "role_category", "Role category"),
        ("omitted", "budget-7", "“Experience of monitoring project costs against …”"),
        ("template file", "header 2, '{{ x }}'", "header 2, '{{ x }}'"),
        ("template file", "own.docx", "own.docx"),
        ("template", "employer", "Employer"),
    ],
)
def test_subjects_in_words(topic: str, subject: str, about: str) -> None:
    subjects = Subjects([shipped_library()], {"panel_date": "Date of the panel"})
    assert subjects.about(ReviewNote(topic, subject, "Text.")) == about


def test_what_two_frameworks_call_by_one_name_is_shown_as_it_is_written() -> None:
    library = shipped_library()
    rows = tuple(replace(row, title="Other") if row.id == "budget" else row for row in library.specialism.headings)
    renamed = replace(library, specialism=replace(library.specialism, headings=rows))
    note = ReviewNote("omitted", "budget", "Text.")
    assert Subjects([library, library]).about(note) == "Budget"
    assert Subjects([library, renamed]).about(ReviewNote("omitted", "pmo.budget.7", "Text.")) == "pmo.budget.7"


def test_counts_and_names_fold_many_notes_into_a_line() -> None:
    notes = [ReviewNote("adaptation", "pmo.budget.7", str(number)) for number in range(3)]
    ranked = Subjects([shipped_library()]).rank_notes([*notes, ReviewNote("source", "pmo.budget", "x")])
    assert counts_in_words(ranked) == "3 changes of wording, 1 remark on the source"
    assert names_in_line(ranked) == ("Budget",)
