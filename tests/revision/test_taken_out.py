"""What a person took out stays out, in whatever text a new version says it, and is told."""

from __future__ import annotations

import pytest

from jdgen.drafting.block_id import NO_ID
from jdgen.revision.decisions import Action, Decision
from jdgen.revision.merge import merge
from jdgen.revision.paragraphs import ReadParagraph
from jdgen.revision.repeated_words import origin, part_of, stretches_out
from tests.toolbox.blocks import printed_block

LEAD = "Lead the office and set the standards that its projects work to."
TEAM = "Manage the team and support the project manager in recruiting new colleagues."
MANAGE, SUPPORT = "Manage the team.", "Support the project manager in recruiting new colleagues."
BOARD = "Report progress to the board of the programme every month."


def decided(base: dict[str, str], theirs: list[str], new: dict[str, str]) -> dict[str, Decision]:
    old, fresh = ([printed_block(*block) for block in texts.items()] for texts in (base, new))
    # What is withdrawn comes after what is new, which may have its id.
    return {decision.id: decision for decision in reversed(merge(old, [ReadParagraph(text) for text in theirs], fresh))}


def test_the_parts_of_a_text_that_was_split_stay_out_and_are_told() -> None:
    decisions = decided({"a.1": LEAD, "b.1": TEAM}, [LEAD], {"a.1": LEAD, "b.1": MANAGE, "b.2": SUPPORT})
    assert {decisions[block_id].action for block_id in ("b.1", "b.2")} == {Action.ABSENT}
    assert {decisions[block_id].base for block_id in ("b.1", "b.2")} == {TEAM}


def test_a_text_that_nobody_took_out_is_split() -> None:
    decisions = decided({"a.1": LEAD, "b.1": TEAM}, [LEAD, TEAM], {"a.1": LEAD, "b.1": MANAGE, "b.2": SUPPORT})
    assert {decisions[block_id].action for block_id in ("b.1", "b.2")} == {Action.INSERT, Action.REWORD}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("other.9.4", TEAM),
        ("b-relevelled.1", TEAM.replace("new colleagues", "several new colleagues")),
        ("b.1", f"7.3 {TEAM}"),
        ("other.9.4", TEAM.replace("Manage the team and s", "S")),
    ],
    ids=["under another heading", "at another level", "with another number", "under another heading and cut"],
)
def test_under_another_id_it_stays_out(name: str, text: str) -> None:
    assert decided({"a.1": LEAD, "b.1": TEAM}, [LEAD], {"a.1": LEAD, name: text})[name].action is Action.ABSENT


@pytest.mark.parametrize(
    ("text", "action"),
    [("Manage the team.", Action.ABSENT), ("Manage.", Action.INSERT), ("Project manager.", Action.INSERT)],
)
def test_a_text_of_a_few_words_stays_out_where_it_was_a_clause_of_what_was_taken_out(text: str, action: Action) -> None:
    """The same words begin many a text."""
    assert decided({"a.1": LEAD, "b.1": TEAM}, [LEAD], {"a.1": LEAD, "c.5": text})["c.5"].action is action


@pytest.mark.parametrize("name", ["b.1", "b.2", "c.7"])
def test_made_one_with_a_text_that_stays_it_is_offered_and_not_put_in(name: str) -> None:
    both = f"{TEAM[:-1]} and report progress to the board of the programme every month."
    decisions = decided({"b.1": TEAM, "b.2": BOARD}, [BOARD], {name: both})
    assert (decisions[name].action, decisions[name].theirs, decisions[name].can_be_reworded) == (
        Action.OFFER,
        BOARD,
        False,
    )
    assert "somebody took out" in decisions[name].in_words
    assert not [decision for decision in decisions.values() if decision.action is Action.DELETE]


def test_words_that_were_taken_out_of_a_text_do_not_come_back_as_another() -> None:
    decisions = decided({"a.1": LEAD, "b.1": TEAM}, [LEAD, SUPPORT], {"a.1": LEAD, "b.1": SUPPORT, "b.2": MANAGE})
    assert (decisions["b.1"].action, decisions["b.2"].action) == (Action.KEEP, Action.ABSENT)


def test_what_a_text_that_somebody_edited_says_already_is_not_put_in_a_second_time() -> None:
    mine = TEAM.replace("recruiting", "finding and recruiting")
    decisions = decided({"a.1": LEAD, "b.1": TEAM}, [LEAD, mine], {"a.1": LEAD, "b.1": MANAGE, "b.2": SUPPORT})
    assert {decisions[block_id].action for block_id in ("b.1", "b.2")} == {Action.OFFER}
    assert {decisions[block_id].theirs for block_id in ("b.1", "b.2")} == {mine}
    assert decisions["b.1"].anchor != decisions["b.2"].anchor
    assert {decisions[block_id].was for block_id in ("b.1", "b.2")} == {"b.1", NO_ID}


@pytest.mark.parametrize(
    ("theirs", "action"),
    [
        ("- report progress to the board of the programme every month;", Action.KEEP),
        ("Report progress to the board of the programme every 2 months.", Action.INSERT),
    ],
)
def test_what_somebody_typed_themselves_with_other_marks_does_not_come_a_second_time(
    theirs: str, action: Action
) -> None:
    new = BOARD if action is Action.KEEP else theirs.replace("2", "3")
    assert decided({"a.1": LEAD}, [LEAD, theirs], {"a.1": LEAD, "c.4": new})["c.4"].action is action


def test_what_stands_in_the_place_of_a_text_that_goes_does_not_come_a_second_time() -> None:
    """A text was withdrawn in favour of another, and somebody kept it; now the other goes, and it comes again."""
    other = BOARD.replace("the board of the programme", "the programme team")
    decisions = decided({"a.1": LEAD, "c.1": other}, [LEAD, f"r{BOARD[1:-1]};"], {"a.1": LEAD, "c-2.1": BOARD})
    assert (decisions["c-2.1"].action, decisions["c-2.1"].theirs) == (Action.OFFER, f"r{BOARD[1:-1]};")


def test_a_heading_of_which_all_was_taken_out_does_not_come_alone() -> None:
    base = {"x.title": "Budget", "x.1": TEAM, "y.title": "Office", "y.1": LEAD}
    new = {"money.title": "Money", "money.1": TEAM, "y.title": "Office", "y.1": LEAD}
    decisions = decided(base, ["Office", LEAD], new)
    assert (decisions["money.title"].action, decisions["money.1"].action) == (Action.ABSENT, Action.ABSENT)


def test_a_new_text_that_is_only_a_little_like_it_is_put_in() -> None:
    new = "Manage the risks of the office and report the highest to the board."
    decisions = decided({"a.1": LEAD, "b.1": TEAM}, [LEAD], {"a.1": LEAD, "b.1": TEAM, "b.2": new})
    assert (decisions["b.1"].action, decisions["b.2"].action) == (Action.ABSENT, Action.INSERT)


def test_words_in_a_row_tell_where_a_text_is_from() -> None:
    assert origin(MANAGE, [LEAD, TEAM]) == TEAM
    assert origin("The team meets the board to manage support.", [LEAD, TEAM]) == ""
    assert part_of(f"{LEAD[:-1]} and more.", [LEAD]) == LEAD


def test_what_goes_is_told_where_other_words_stand_in_its_place_and_whatever_letters_are_capital() -> None:
    first_words = "Keep suppliers informed every month"
    old = f"{first_words} and plan the risks."
    assert stretches_out(old, "Ask what our own needs are, and plan the risks.") == [first_words]
    assert stretches_out(old, "Plan the risks.") == [f"{first_words} and"]
