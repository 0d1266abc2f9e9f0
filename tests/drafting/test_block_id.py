"""The ids of blocks: what each says, in the form in which records have it."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.drafting.block_id import BlockId, fields_in, id_of, id_of_fields, is_part

NAMES = st.text("abc-8", min_size=1, max_size=5)
OWNERS = st.lists(NAMES, min_size=1, max_size=3).map(".".join)


def test_what_has_an_id_is_called_by_it_and_what_it_has_by_that_and_a_name_or_number() -> None:
    assert id_of("title") == "title"
    assert id_of("pmo.leadership.8a-8d", 2) == "pmo.leadership.8a-8d.2"
    assert id_of("leadership", "title") == "leadership.title"
    assert id_of("clause.confidentiality", "text") == "clause.confidentiality"
    assert id_of("", "title") == ""
    assert id_of_fields(["title", "band"]) == "title+band"


@pytest.mark.parametrize(
    ("text", "owner", "field", "family", "row_owner"),
    [
        ("title", "", "title", "title", ""),
        ("title+band", "", "title+band", "title+band", ""),
        ("purpose.2", "purpose", "2", "purpose", ""),
        ("a.8a-8b.1", "a.8a-8b", "1", "a.8a-8b", ""),
        ("a.importance", "a", "importance", "a.importance", "a"),
        ("3#a.importance", "3#a", "importance", "3#a.importance", "3#a"),
        ("", "", "", "", ""),
    ],
)
def test_an_id_says_what_it_is_of(text: str, owner: str, field: str, family: str, row_owner: str) -> None:
    block_id = BlockId(text)
    assert (block_id.owner, block_id.field, block_id.family, block_id.row_owner) == (owner, field, family, row_owner)


def test_only_the_title_of_something_is_a_heading() -> None:
    assert [text for text in ("a.title", "2#a.title", "title", "a.titles", "a") if BlockId(text).is_heading] == [
        "a.title",
        "2#a.title",
    ]


@given(OWNERS, NAMES, st.integers(2, 99))
def test_a_further_print_is_of_the_same(owner: str, part: str, number: int) -> None:
    block_id = id_of(owner, part)
    again = block_id.again(number)
    assert (again.original, again.field, again.owner.original) == (block_id, block_id.field, block_id.owner)
    assert (again.first_field, again.fields) == (block_id.first_field, block_id.fields)
    assert block_id.is_original
    assert not again.is_original


@given(st.lists(NAMES, min_size=1, max_size=3))
def test_a_paragraph_names_the_fields_that_it_prints(names: list[str]) -> None:
    block_id = id_of_fields(names)
    assert fields_in(block_id) == block_id.fields == tuple(names)
    assert block_id.first_field == names[0]


@given(OWNERS, NAMES, OWNERS)
def test_a_part_has_its_like_in_another_owner(owner: str, part: str, other: str) -> None:
    block_id = id_of(owner, part)
    assert is_part(block_id, owner)
    assert is_part(owner, owner)
    assert not is_part(f"{owner}x", owner)
    assert block_id.move(owner, other) == id_of(other, part)
    assert [*block_id.and_owners()][:2] == [block_id, owner]


def test_an_id_arrives_in_another_process_as_it_is() -> None:
    assert type(pickle.loads(pickle.dumps(BlockId("2#title")))) is BlockId
