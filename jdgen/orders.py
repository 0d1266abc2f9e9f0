"""What has moved where the same things stand in another order."""

from __future__ import annotations

import operator
from bisect import bisect_left
from collections.abc import Hashable, Sequence
from typing import TypeVar

_Ordered = TypeVar("_Ordered", bound=Hashable)


def find_moved(before: Sequence[_Ordered], after: Sequence[_Ordered]) -> list[_Ordered]:
    """Which of the things in both were moved, in the order of ``after``; each is in either once."""
    places = {thing: at for at, thing in enumerate(before)}
    pairs = [(at, places[thing]) for at, thing in enumerate(after) if thing in places]
    steady_places = {at for at, _ in longest_run(pairs)}
    return [after[at] for at, _ in pairs if at not in steady_places]


def longest_run(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of ``pairs`` of which both numbers rise; their first numbers do already."""
    return [pairs[at] for at in heaviest_run([place for _, place in pairs], [1] * len(pairs))]


def heaviest_run(places: Sequence[int], weights: Sequence[int]) -> list[int]:
    """The indexes of those ``places``, all different, that rise and weigh the most together; all weigh something."""
    if all(map(operator.lt, places, places[1:])):
        return list(range(len(places)))
    # The runs that may still win, by the place where they end: what ends later weighs more.
    ends: list[int] = []
    totals: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (place, weight) in enumerate(zip(places, weights, strict=True)):
        at = bisect_left(ends, place)
        before.append(last[at - 1] if at else -1)
        total = weight + (totals[at - 1] if at else 0)
        beaten = at
        while beaten < len(ends) and totals[beaten] <= total:
            beaten += 1
        ends[at:beaten], totals[at:beaten], last[at:beaten] = [place], [total], [index]
    run: list[int] = []
    index = last[-1] if last else -1
    while index >= 0:
        run.append(index)
        index = before[index]
    return run[::-1]
