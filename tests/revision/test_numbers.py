"""Numbers typed before texts: they follow the framework, and an edit under a number that changes is no conflict."""

from __future__ import annotations

import pytest

from jdgen.revision.decisions import Action
from jdgen.revision.merge import merge
from jdgen.revision.paragraphs import ReadParagraph
from jdgen.revision.typed_numbers import only_number_differs, renumber
from tests.toolbox.blocks import printed_block


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        ("5.2 Provide assurance.", "5.1 Provide  assurance.", True),
        ("5.2\tProvide assurance.", "6.2\tProvide assurance.", True),
        ("1. Provide assurance.", "2) Provide assurance.", True),
        ("5.2 Provide assurance.", "5.1 Give assurance.", False),
        ("Provide assurance.", "5.1 Provide assurance.", False),
        ("2026", "2027", False),
    ],
)
def test_only_numbers_before_a_text_count(text: str, other: str, expected: bool) -> None:
    assert only_number_differs(text, other) is expected


def test_a_person_s_words_get_the_new_number_and_their_own_numbers_stay() -> None:
    assert renumber("5.2 Provide.", "5.2 Provide it all.", "5.1 Provide.") == "5.1 Provide it all."
    assert renumber("5.2 Provide.", "9.9 Provide it all.", "5.1 Provide.") == "9.9 Provide it all."
    assert renumber("5.2 Provide.", "Provide it all.", "5.1 Provide.") == "Provide it all."


def test_an_edit_under_a_number_that_changes_is_renumbered_and_no_conflict() -> None:
    base = [printed_block("a.1.1", "1.1 Lead the office."), printed_block("a.1.2", "1.2 Plan the budget of it.")]
    theirs = [ReadParagraph(base[0].text), ReadParagraph("1.2 Plan the budget of it with care.")]
    new = [printed_block("a.1.2", "1.1 Plan the budget of it.")]
    edit, deletion = merge(base, theirs, new)
    assert (edit.action, edit.new, edit.is_edited) == (Action.REWORD, "1.1 Plan the budget of it with care.", True)
    assert deletion.action is Action.DELETE


def test_where_the_words_change_too_it_is_a_conflict() -> None:
    base = [printed_block("a.1.2", "1.2 Plan the budget of it.")]
    theirs = [ReadParagraph("1.2 Plan the budget of it with care.")]
    (decision,) = merge(base, theirs, [printed_block("a.1.2", "1.1 Plan all of the budget.")])
    assert decision.action is Action.OFFER
