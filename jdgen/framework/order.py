"""What stands in another order: the fewest things that must have been moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from typing import TypeVar

_Thing = TypeVar("_Thing", bound=Hashable)


def moved(before: Sequence[_Thing], after: Sequence[_Thing]) -> list[_Thing]:
    """Which of the things in both were moved, in the order of ``after``; each is in either once."""
    places = {one: at for at, one in enumerate(before)}
    pairs = [(at, places[one]) for at, one in enumerate(after) if one in places]
    stayed = {at for at, _ in in_order(pairs)}
    return [after[at] for at, _ in pairs if at not in stayed]


def in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of ``pairs`` of which both numbers rise (patience sorting)."""
    tops: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(last[pile - 1] if pile else -1)
        tops[pile:] = [place, *tops[pile + 1 :]]
        last[pile:] = [number, *last[pile + 1 :]]
    run: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]
