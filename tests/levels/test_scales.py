from __future__ import annotations

import pickle
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.framework.declared_levels import make_scale, scale_faults
from jdgen.framework.model import Heading, SourcePlace, Statement
from jdgen.levels import AFC, Band, BandRange, LevelRange, Scale, UnknownLevelError

GRADES = make_scale("grade", ["A", "B", "C", "D"])
ROLES = make_scale("role level", ["Entry", "Mid-level", "Door to door", "Top"], adds_up=True)
PLACE = SourcePlace(1)
NAMES = st.lists(
    st.sampled_from(["Aster", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Iris"]),
    min_size=2,
    unique=True,
)


@st.composite
def scales(draw: st.DrawFn, adds_up: bool) -> Scale:
    return make_scale(draw(st.sampled_from(["grade", "role level", "step"])), draw(NAMES), adds_up=adds_up)


@st.composite
def ranges(draw: st.DrawFn, scale: Scale) -> LevelRange:
    lowest, highest = sorted(draw(st.lists(st.sampled_from(scale.levels), min_size=2, max_size=2)))
    return scale.between(lowest, highest)


def heading(levels: list[LevelRange | None]) -> Heading:
    statements = tuple(Statement(f"s.{number}", range_, PLACE, "Text.") for number, range_ in enumerate(levels))
    return Heading("h", "Heading", PLACE, statements)


@given(st.data())
def test_ranges_that_share_out_a_replacing_scale_give_each_level_one_statement(data: st.DataObject) -> None:
    scale = data.draw(scales(adds_up=False))
    cuts = data.draw(st.sets(st.integers(1, len(scale.names) - 1)))
    edges = [0, *sorted(cuts), len(scale.names)]
    shares: list[LevelRange | None] = [
        scale.between(scale.levels[start], scale.levels[end - 1]) for start, end in pairwise(edges)
    ]
    for level in scale.levels:
        (statement,) = heading(shares).statements_for(level)
        assert statement.levels is not None
        assert level in list(statement.levels)


@given(st.data())
def test_what_holds_at_a_level_holds_at_the_next_where_levels_add_up(data: st.DataObject) -> None:
    scale = data.draw(scales(adds_up=True))
    heading_ = heading(data.draw(st.lists(st.none() | ranges(scale), min_size=1, max_size=6)))
    ids_by_level = [{statement.id for statement in heading_.statements_for(level)} for level in scale.levels]
    assert all(lower <= upper for lower, upper in pairwise(ids_by_level))
    assert ids_by_level[-1] == {statement.id for statement in heading_.statements}
    for statement in heading_.statements:
        first = next(rank for rank, ids in enumerate(ids_by_level) if statement.id in ids)
        assert first == (statement.levels.lowest.rank if statement.levels else 0)


@given(st.data(), st.booleans())
def test_what_is_printed_is_read_again(data: st.DataObject, adds_up: bool) -> None:
    scale = data.draw(scales(adds_up=adds_up))
    levels = data.draw(ranges(scale))
    assert (
        scale.range(str(levels))
        == scale.range(levels.full_name)
        == scale.range(f"{levels.lowest}–{levels.highest}")
        == levels
    )
    assert list(levels) == [level for level in scale.levels if level in levels]
    assert pickle.loads(pickle.dumps(levels)) == levels


@pytest.mark.parametrize("text", ["Mid-level", "mid-LEVEL", "role level mid-level", " Role  level Mid-level "])
def test_a_level_is_read_with_and_without_its_word(text: str) -> None:
    assert str(ROLES.level(text)) == "Mid-level"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Entry-Mid-level", "Entry to Mid-level"),
        ("Mid-level to Door to door", "Mid-level to Door to door"),
        ("Door to door-Top", "Door to door to Top"),
        ("Door to door", "Door to door"),
    ],
)
def test_names_may_hold_the_marks_of_a_range(text: str, name: str) -> None:
    assert str(ROLES.range(text)) == name


@pytest.mark.parametrize(
    ("text", "unknown"),
    [("E", "E"), ("A-E", "E"), ("Z to B", "Z"), ("A to banana to C", "A to banana to C"), ("", ""), ("7", "7")],
)
def test_what_is_no_level_is_told_with_what_would_be(text: str, unknown: str) -> None:
    with pytest.raises(UnknownLevelError, match=f"'{unknown}' is no grade") as error:
        GRADES.range(text)
    assert error.value.right == "use one of A, B, C, D"


def test_a_range_that_runs_downwards_is_refused() -> None:
    with pytest.raises(ValueError, match="runs downwards, D to A"):
        GRADES.range("D-A")


def test_a_level_is_named_with_its_word_once() -> None:
    assert GRADES.level("b").full_name == "grade B"
    assert make_scale("step", ["Step 1", "Step 2"]).level("1").full_name == "Step 1"
    assert GRADES.range("A-C").full_name == "grades A to C"
    assert BandRange.parse("8a").full_name == "band 8a"


@pytest.mark.parametrize(
    ("word", "levels", "rank", "what"),
    [
        ("grade", ["A", "B", "a"], 2, "the level 'a' stands here twice"),
        ("grade", ["A", "Grade A"], 1, "the level 'Grade A' stands here twice"),
        ("level", ["6", "7"], 0, "'6' reads like an Agenda for Change band"),
        ("level", ["Band 8a", "Top"], 0, "'Band 8a' reads like an Agenda for Change band"),
        ("grade", ["A", "C", "A to C"], 2, "'A to C' reads like the range from A to C"),
        ("Band", ["A", "B"], None, "'Band' is the word for Agenda for Change bands"),
    ],
)
def test_levels_that_could_be_taken_for_something_else_are_faults(
    word: str, levels: list[str], rank: int | None, what: str
) -> None:
    assert (rank, what) in [(fault.rank, fault.what) for fault in scale_faults(make_scale(word, levels))]


def test_sound_scales_have_no_fault() -> None:
    assert not list(scale_faults(GRADES))
    assert not list(scale_faults(ROLES))
    assert not list(scale_faults(make_scale("level", ["Level 1", "Level 2"])))


def test_bands_are_levels_of_one_scale_that_replace_each_other() -> None:
    assert list(BandRange.parse("8c-9")) == [Band("8c"), Band("8d"), Band("9")] == list(AFC.levels[-3:])
    assert AFC.range("8a to 8d").scope == BandRange.parse("8a-8d")
    assert Band("6").scale is pickle.loads(pickle.dumps(Band("6"))).scale
    assert GRADES.levels[5:] == ()
    assert Band("6") != GRADES.levels[0]
