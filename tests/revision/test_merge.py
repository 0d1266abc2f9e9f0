"""The table of the three-way merge, line by line; and that nothing of a person's is lost, whatever comes together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.drafting.block_id import BlockId
from jdgen.record.model import PrintedBlock, WithdrawnText
from jdgen.revision.decisions import Action, Decision
from jdgen.revision.edited_document import BlockObstacle
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


AUDIT = "Lead the clinical audit programme of the service"
FINDINGS = "report its findings to the board of the trust every quarter"
HEADINGS = (printed_block("a.title", "Leadership"), printed_block("b.title", "Assurance"))


def moved_under_the_next_heading(
    before: str, now: str, other: tuple[str, str, str], own_ids: Sequence[str] = (), obstacle: str = ""
) -> Decision:
    """The decision on a text ``before``, which is ``now`` under the next heading, where ``other`` is before, in the
    document, and now."""
    base = [HEADINGS[0], printed_block("a.1", before), HEADINGS[1], printed_block("b.1", other[0])]
    new = [*HEADINGS, printed_block("b.1", other[2]), printed_block("a.1", now)]
    paragraphs = [ReadParagraph(block.text) for block in base]
    paragraphs[1] = ReadParagraph(before, obstacle=obstacle)
    paragraphs[3] = ReadParagraph(other[1])
    decisions = merge(base, paragraphs, new, [BlockId(block_id) for block_id in own_ids])
    (decision,) = [decision for decision in decisions if decision.id == "a.1"]
    assert decision.belongs
    return decision


def test_what_moves_takes_no_words_away_that_are_only_offered_elsewhere() -> None:
    other = (NEIGHBOUR, "Report our progress to my board every month.", f"{NEIGHBOUR[:-1]} and {FINDINGS}.")
    decision = moved_under_the_next_heading(f"{AUDIT} and {FINDINGS}.", f"{AUDIT}.", other)
    assert (decision.action, decision.obstacle) == (Action.OFFER, BlockObstacle.WORDS_OFFERED)


def test_what_somebody_worded_before_it_was_printed_does_not_move_to_have_other_words_there() -> None:
    other = (NEIGHBOUR, NEIGHBOUR, NEIGHBOUR)
    assert moved_under_the_next_heading(f"{AUDIT}.", f"{AUDIT}.", other, ["a.1"]).action is Action.MOVE
    assert moved_under_the_next_heading(f"{AUDIT}.", f"{AUDIT} every year.", other).action is Action.MOVE
    assert moved_under_the_next_heading(f"{AUDIT}.", f"{AUDIT} every year.", other, ["a.1"]).action is Action.OFFER


def test_what_cannot_be_changed_where_it_stands_does_not_move() -> None:
    other = (NEIGHBOUR, NEIGHBOUR, NEIGHBOUR)
    locked = "its content control is locked"
    assert moved_under_the_next_heading(f"{AUDIT}.", f"{AUDIT}.", other, obstacle=locked).action is Action.STAY


@pytest.mark.parametrize("heading", ["Research", "2. Research"])
def test_a_heading_that_was_withdrawn_and_kept_is_not_put_in_again(heading: str) -> None:
    base, text = [HEADINGS[0], printed_block("a.1", NEIGHBOUR)], f"{AUDIT} and {FINDINGS}."
    new = [*base, printed_block("c.title", "Research"), printed_block("c.1", text)]
    paragraphs = [ReadParagraph(each) for each in (HEADINGS[0].text, NEIGHBOUR, heading, text)]
    kept = [WithdrawnText(2, heading, True), WithdrawnText(2, text, False)]
    decisions = merge(base, paragraphs, new, withdrawn=kept)
    assert [(decision.action, decision.places) for decision in decisions[2:]] == [
        (Action.KEEP, (2,)),
        (Action.KEEP, (3,)),
    ]
    # What is no heading and only says the same is put in.
    criterion = merge(base, paragraphs, [*base, printed_block("d", "Research")], withdrawn=kept)
    assert criterion[-1].action is Action.INSERT


def test_texts_that_somebody_joined_get_their_numbers_in_another_order_too() -> None:
    base = [HEADINGS[0], printed_block("a.1", f"1.1 {AUDIT}."), printed_block("a.2", f"1.2 {NEIGHBOUR}")]
    new = [HEADINGS[0], printed_block("a.2", f"1.1 {NEIGHBOUR}"), printed_block("a.1", f"1.2 {AUDIT}.")]
    paragraphs = [ReadParagraph(HEADINGS[0].text), ReadParagraph(f"1.1 {AUDIT}. 1.2 {NEIGHBOUR}")]
    (reworded,) = [decision for decision in merge(base, paragraphs, new) if decision.action is Action.REWORD]
    assert reworded.new == f"1.2 {AUDIT}. 1.1 {NEIGHBOUR}"


def test_what_is_withdrawn_is_not_taken_for_a_text_that_has_its_id_now() -> None:
    base = [HEADINGS[0], printed_block("a.1", f"1.1 {AUDIT}."), *texts_of_numbers(2, 3)]
    new = [HEADINGS[0], *texts_of_numbers(1, 2)]
    there = [HEADINGS[0].text, base[1].text, f"{base[2].text} {base[3].text}"]
    decisions = merge(base, list(map(ReadParagraph, there)), new)
    assert [(decision.id, decision.action, decision.places) for decision in decisions[1:]] == [
        ("a.1", Action.REWORD, (2,)),
        ("a.2", Action.KEEP, (2,)),
        ("a.1", Action.DELETE, (1,)),
    ]


def texts_of_numbers(first: int, second: int) -> list[PrintedBlock]:
    return [
        printed_block(f"a.{first}", f"1.{first} {NEIGHBOUR}"),
        printed_block(f"a.{second}", f"1.{second} {OLD}"),
    ]


def test_a_row_that_stays_gets_its_new_field_though_one_that_had_its_id_was_taken_out() -> None:
    base = [printed_block("r.1", OLD), printed_block("r.2", NEIGHBOUR)]
    new = [printed_block("r.1", NEIGHBOUR), printed_block("r.1.assessed_by", "Application")]
    assert [decision.action for decision in merge(base, [ReadParagraph(NEIGHBOUR)], new)] == [
        Action.KEEP,
        Action.INSERT,
        Action.ABSENT,
    ]


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
