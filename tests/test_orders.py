"""Which things have moved where they stand in another order: as few, and as light, as can be."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from jdgen.orders import find_moved, heaviest_run


@given(st.permutations(range(8)), st.sets(st.integers(0, 7)), st.sets(st.integers(8, 11)))
def test_what_was_not_moved_stands_in_its_old_order(after: list[int], missing: set[int], new: set[int]) -> None:
    before = [number for number in range(8) if number not in missing]
    now = [*new, *after]
    moved_numbers = find_moved(before, now)
    rest = [number for number in now if number in before and number not in moved_numbers]
    assert rest == sorted(rest)
    assert set(moved_numbers) <= set(before)
    # No fewer would do: the longest run that rises is as long as any other way of counting finds it.
    in_both = [number for number in now if number in before]
    longest = max(
        (
            len(run)
            for size in range(len(in_both) + 1)
            for run in itertools.combinations(in_both, size)
            if [*run] == sorted(run)
        ),
        default=0,
    )
    assert len(rest) == longest


@given(st.permutations(range(9)), st.lists(st.integers(1, 9), min_size=9, max_size=9))
def test_the_heaviest_run_rises_and_none_is_heavier(places: list[int], weights: list[int]) -> None:
    run = heaviest_run(places, weights)
    assert [places[at] for at in run] == sorted(places[at] for at in run)
    assert run == sorted(run)
    best = [0] * 9
    for at, place in enumerate(places):
        best[at] = weights[at] + max((best[other] for other in range(at) if places[other] < place), default=0)
    assert sum(weights[at] for at in run) == max(best)
