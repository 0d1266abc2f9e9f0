"""What came of thirty documents, held against what was done to them and against documents made anew."""

from __future__ import annotations

import shutil
from collections import Counter

import pytest

from jdgen.drafting.block_id import BlockId
from jdgen.record.reading import record_of
from jdgen.words import comparable
from tests.acceptance.trial.trial import Case, hold_trial, texts

_HEADING = "change-management.title"
pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    folder = tmp_path_factory.mktemp("trial")
    return hold_trial(folder)


def test_thirty_documents_were_edited_in_every_way(cases: list[Case]) -> None:
    assert len(cases) == 30
    counts = Counter(edit.kind for case in cases for edit in case.edits)
    assert len(counts) == 13
    assert min(counts.values()) >= 2
    assert sum(counts.values()) >= 80


def test_every_document_is_known_and_out_of_date(cases: list[Case]) -> None:
    for case in cases:
        assert "framework newer" in case.status["states"], case.name
        assert ("edited since" in case.status["states"]) == any(edit.stays or edit.goes for edit in case.edits), (
            case.name
        )


def test_rejecting_everything_gives_what_people_left(cases: list[Case]) -> None:
    for case in cases:
        assert Counter(case.rejected) == Counter(texts(case.moved_path.read_bytes())), case.name


def test_accepting_everything_keeps_every_edit(cases: list[Case]) -> None:
    for case in cases:
        for edit in case.edits:
            for text in edit.stays:
                assert any(comparable(text) in accepted_text for accepted_text in case.accepted), (case.name, edit)
            for text in edit.goes:
                assert comparable(text) not in case.accepted, (case.name, edit)


def test_accepting_everything_gives_all_that_is_printed_today_where_nobody_has_edited(cases: list[Case]) -> None:
    for case in cases:
        touched: set[str] = {BlockId(edit.block).family for edit in case.edits if edit.block}
        # Words of the post's own are a person's, whatever has become of the duty that they stand for.
        touched |= {reworded_duty["duty"] for reworded_duty in case.record.post.get("reworded_duties", ())}
        touched |= {_HEADING} if _may_keep_heading(case) else set()
        fresh, _ = record_of(case.redline.read_bytes())
        assert fresh is not None
        assert fresh.framework_version == "2"
        for block in fresh.blocks:
            if block.id.family not in touched:
                assert comparable(block.text) in case.accepted, (case.name, block)
        today = {comparable(block.text) for block in fresh.blocks}
        for block in case.record.blocks:
            if block.id.family not in touched and comparable(block.text) not in today:
                assert comparable(block.text) not in case.accepted, (case.name, block)


def test_a_withdrawn_heading_stays_where_somebody_wrote_under_it_and_only_there(cases: list[Case]) -> None:
    with_heading = [case for case in cases if any(block.id == _HEADING for block in case.record.blocks)]
    kept_names = {case.name for case in with_heading if "Change Management" in case.accepted}
    assert {case.name for case in with_heading if _writes_under_it(case)} <= kept_names
    assert kept_names <= {case.name for case in with_heading if _may_keep_heading(case)}
    assert 1 < len(kept_names) < len(with_heading)
    for case in with_heading:
        questions = [decision["id"] for decision in case.result["decisions"] if decision["action"] == "question"]
        assert (_HEADING in questions) == (case.name in kept_names), case.name


def _writes_under_it(case: Case) -> bool:
    return any("change-management" in edit.beside for edit in case.edits)


def _may_keep_heading(case: Case) -> bool:
    """Whether somebody wrote under it, or moved a duty up, which may have come to stand under it."""
    return _writes_under_it(case) or any(edit.kind == "up" for edit in case.edits)


def test_nothing_is_without_a_place(cases: list[Case]) -> None:
    assert [case.name for case in cases if case.result["unplaced"] or case.result["leftovers"]] == []
