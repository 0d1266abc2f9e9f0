"""Which blocks have moved, as few as can be, and rather statements than headings."""

from __future__ import annotations

from jdgen.drafting.block_id import BlockId
from jdgen.record.model import PrintedBlock
from jdgen.revision.moving import find_moved_blocks
from jdgen.revision.pairing import pairs_of, whereabouts
from tests.toolbox.blocks import printed_block


def blocks(ids: str) -> list[PrintedBlock]:
    return [printed_block(block_id, f"The text of {block_id}") for block_id in ids.split()]


def moved_ids(base: str, new: str, pinned: tuple[str, ...] = ()) -> set[str]:
    pairs = {block.id: block.id for block in blocks(new) if block in blocks(base)}
    return {*find_moved_blocks(blocks(base), blocks(new), pairs, [*map(BlockId, pinned)])}


def test_of_two_headings_that_change_places_the_one_with_less_under_it_moves_and_takes_it_along() -> None:
    assert moved_ids("a.title a.1 a.2 b.title b.1", "b.title b.1 a.title a.1 a.2") == {"b.title", "b.1"}


def test_a_heading_under_which_a_person_has_written_rather_stays() -> None:
    order = ("a.title a.1 a.2 b.title b.1", "b.title b.1 a.title a.1 a.2")
    assert moved_ids(*order, pinned=("b.title",)) == {"a.title", "a.1", "a.2"}


def test_several_headings_do_not_move_because_one_cannot() -> None:
    order = ("a.title a.1 b.title b.1 c.title c.1", "c.title c.1 a.title a.1 b.title b.1")
    assert moved_ids(*order) == moved_ids(*order, pinned=("c.title",)) == {"c.title", "c.1"}


def test_statements_move_past_a_heading_however_many_they_are() -> None:
    assert moved_ids("a.title a.1 a.2 a.3 b.title b.1", "a.title a.1 b.title a.2 a.3 b.1") == {"a.2", "a.3"}
    assert moved_ids("a.title a.1 b.title c.title c.1 c.2 c.3", "a.title a.1 c.1 c.2 b.title c.title c.3") == {
        "c.1",
        "c.2",
    }


def test_what_is_new_or_withdrawn_moves_nothing() -> None:
    assert moved_ids("a.title a.1 a.2", "n.title n.1 a.title a.2") == set()


def test_where_a_block_belongs_is_said_in_words() -> None:
    base, new = blocks("a.title a.1 a.1.importance b.title b.1"), blocks("b.title a.1 a.1.importance b.1 a.title")
    pairs = {block.id: block.id for block in base}
    places = {block.id: whereabouts(block.id, base, new, pairs) for block in new}
    assert places["b.title"] == "at the beginning"
    assert places["a.1"] == "first under 'The text of b.title'"
    assert places["b.1"] == "after 'The text of a.1'"
    assert places["a.title"] == "after 'The text of b.1'"


def test_a_text_that_a_longer_one_takes_in_is_not_another_that_is_much_like_it() -> None:
    short, both = (
        "Teach benefits with care every month.",
        "Lead the team with care and teach benefits with care every month.",
    )
    base = [printed_block("a.1", "Lead the team with care."), printed_block("a.2", short)]
    like = printed_block("b.1", short.replace("Teach", "Reach"))
    assert "b.1" not in pairs_of(base, [printed_block("a.1-m", both), like])
    assert pairs_of(base, [base[0], like]) == {"a.1": "a.1", "b.1": "a.2"}


def test_a_short_text_under_another_name_is_the_one_of_the_same_heading() -> None:
    title, other_title = printed_block("a.title", "Stakeholders"), printed_block("b.title", "Risks")
    was, now = printed_block("a.7-8.2", "Provide assurance."), printed_block("a.8.2", "Provide assurance.")
    assert pairs_of([title, was, other_title], [title, now, other_title])["a.8.2"] == "a.7-8.2"
    # Under another heading it may be another.
    assert "a.8.2" not in pairs_of([title, was, other_title], [title, other_title, now])


def test_a_numbered_text_that_moves_is_itself_and_not_one_much_like_it_that_comes_in_its_place() -> None:
    text = "Agree the plan of the {} with the board in good time."
    was, now = (
        printed_block(name, f"{number}\t{text.format('office')}")
        for name, number in (("a.office", "1.2"), ("b.office", "3.1"))
    )
    like = printed_block("a.offices", f"1.2\t{text.format('offices')}")
    assert pairs_of([was], [like, now]) == {"b.office": "a.office"}
