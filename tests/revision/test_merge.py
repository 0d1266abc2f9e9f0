"""The table of the three-way merge, line by line; and that nothing of a person's is lost, whatever comes together."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.drafting.block_id import BlockId
from jdgen.record.model import PrintedBlock
from jdgen.revision.decisions import Action, Decision
from jdgen.revision.merge import merge
from jdgen.revision.pairing import pairs_of
from jdgen.revision.paragraphs import ReadParagraph
from tests.toolbox.blocks import printed_block

OLD = "Support the project manager in writing the business case."
NEW = "Support the project manager in writing the business case and its benefits."
MINE = "Support our project manager in writing every business case."
NEIGHBOUR = "Report progress to the board every month."


def decided(base: str | None, theirs: list[str], new: str | None) -> Decision:
    """The decision on the one block in question, between neighbours that stay."""
    old = [printed_block("n.1", NEIGHBOUR)] + ([printed_block("b.1", base)] if base else [])
    fresh = [printed_block("n.1", NEIGHBOUR)] + ([printed_block("b.1", new)] if new else [])
    decisions = merge(old, [ReadParagraph(text) for text in (NEIGHBOUR, *theirs)], fresh)
    (decision,) = [decision for decision in decisions if decision.id == "b.1"]
    assert [each.action for each in decisions if each.id == "n.1"] == [Action.KEEP]
    return decision


@pytest.mark.parametrize(
    ("base", "theirs", "new", "action"),
    [
        (OLD, [OLD], OLD, Action.KEEP),
        (OLD, [OLD], NEW, Action.REWORD),
        (OLD, [OLD], None, Action.DELETE),
        (OLD, [MINE], OLD, Action.KEEP),
        (OLD, [NEW], NEW, Action.KEEP),
        (OLD, [MINE], NEW, Action.OFFER),
        (OLD, [MINE], None, Action.QUESTION),
        (OLD, [OLD[:33], OLD[33:]], NEW, Action.OFFER),
        (OLD, [OLD[:33], OLD[33:]], OLD, Action.KEEP),
        (OLD, [], NEW, Action.ABSENT),
        (OLD, [], None, Action.ABSENT),
        (None, [], NEW, Action.INSERT),
        (None, [NEW], NEW, Action.KEEP),
    ],
)
def test_the_table(base: str | None, theirs: list[str], new: str | None, action: Action) -> None:
    assert decided(base, theirs, new).action is action


def test_a_paragraph_with_a_field_or_a_picture_is_not_changed_under_a_person() -> None:
    block = [printed_block("b.1", OLD)]
    with_field = merge(block, [ReadParagraph(OLD, obstacle="it is in a field")], [printed_block("b.1", NEW)])
    assert [decision.action for decision in with_field] == [Action.OFFER]
    with_picture = merge(block, [ReadParagraph(OLD, is_plain=False)], [])
    assert [decision.action for decision in with_picture] == [Action.QUESTION]


def test_every_print_of_a_block_is_decided_on() -> None:
    base = [printed_block("title", OLD), printed_block("2#title", OLD)]
    paragraphs = [ReadParagraph(OLD), ReadParagraph(OLD)]
    decided = merge(base, paragraphs, [printed_block("title", NEW), printed_block("2#title", NEW)])
    assert [(decision.id, decision.action, decision.places) for decision in decided] == [
        ("title", Action.REWORD, (0,)),
        ("2#title", Action.REWORD, (1,)),
    ]


def test_nothing_is_put_into_a_row_that_a_person_made_or_took_out() -> None:
    row = [printed_block("r", NEW), printed_block("r.importance", "Essential")]
    assert [decision.action for decision in merge([], [ReadParagraph(NEW), ReadParagraph("Essential")], row)] == [
        Action.KEEP,
        Action.ABSENT,
    ]
    assert [decision.action for decision in merge(row[:1], [], row)] == [Action.ABSENT, Action.ABSENT]


def paired(base: dict[str, str], new: dict[str, str]) -> Mapping[BlockId, BlockId]:
    def blocks(texts: dict[str, str]) -> list[PrintedBlock]:
        return [printed_block(*block) for block in texts.items()]

    return pairs_of(blocks(base), blocks(new))


def test_a_sentence_put_before_others_does_not_reword_them_all() -> None:
    assert paired({"s.1": OLD, "s.2": NEIGHBOUR}, {"s.1": "Be kind.", "s.2": OLD, "s.3": NEIGHBOUR}) == {
        "s.2": "s.1",
        "s.3": "s.2",
    }


def test_a_sentence_taken_out_and_the_next_reworded_are_told_apart() -> None:
    assert paired({"s.1": NEIGHBOUR, "s.2": OLD}, {"s.1": NEW}) == {"s.1": "s.2"}


def test_a_statement_with_other_bands_is_the_same_statement_and_brings_its_row_along() -> None:
    base = {"q.8a": OLD, "q.8a.importance": "Essential"}
    assert paired(base, {"q.8a-8b": f"{OLD} Now.", "q.8a-8b.importance": "Essential"}) == {
        "q.8a-8b": "q.8a",
        "q.8a-8b.importance": "q.8a.importance",
    }


def test_short_texts_of_different_rows_are_not_one() -> None:
    assert paired({"a.importance": "Essential"}, {"b.importance": "Essential"}) == {}


WORDS = st.sampled_from(["office", "plan", "board", "risk", "team", "lead", "set", "report"])
TEXT = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)
IDS = st.sampled_from([f"{owner}.{number}" for owner in "abc" for number in range(1, 5)])
BLOCKS = st.dictionaries(IDS, TEXT, max_size=9).map(lambda texts: [printed_block(*block) for block in texts.items()])


@given(BLOCKS, st.lists(TEXT, max_size=10), BLOCKS)
def test_each_block_is_decided_once_and_only_printed_words_are_touched(
    base: list[PrintedBlock], theirs: list[str], new: list[PrintedBlock]
) -> None:
    paragraphs = [ReadParagraph(text) for text in theirs]
    decisions = merge(base, paragraphs, new)
    for at in range(len(theirs)):
        there = [decision for decision in decisions if at in decision.places]
        # Where there are several in a paragraph, their words are, and none of them is touched; or a new text is offered
        # where one says it already that somebody edited.
        texts = {decision.base for decision in there}
        assert len(texts) < 2 or sum(map(len, texts)) <= 1.3 * len(theirs[at])
        assert len(there) < 2 or {decision.action for decision in there} <= {
            Action.KEEP,
            Action.OFFER,
            Action.QUESTION,
            Action.STAY,
        }
    assert [decision.id for decision in decisions[: len(new)]] == [block.id for block in new]
    base_texts = {block.text for block in base}
    for decision in decisions:
        if decision.action in (Action.REWORD, Action.DELETE):
            assert decision.theirs in base_texts
            assert not decision.is_edited
        if decision.action in (Action.INSERT, Action.ABSENT):
            assert not decision.places


@given(BLOCKS, st.lists(TEXT, max_size=10))
def test_an_unchanged_framework_changes_nothing(base: list[PrintedBlock], theirs: list[str]) -> None:
    decisions = merge(base, [ReadParagraph(text) for text in theirs], base)
    assert {decision.action for decision in decisions} <= {Action.KEEP, Action.ABSENT}
