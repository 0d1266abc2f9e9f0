"""How work grows with what it is given: counted in calls or lines, which are the same on every machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import Any


def calls(work: Callable[[], object]) -> int:
    """How many calls of functions of Python, and of those written in C, ``work`` makes."""
    count = 0

    def note(_frame: object, event: str, _about: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def lines(work: Callable[[], object]) -> int:
    """How many lines of Python ``work`` runs: a line in which a loop stands counts for each of its turns, in which
    nothing need be called."""
    count = 0

    def note(_frame: object, event: str, _about: Any) -> Any:
        nonlocal count
        count += event == "line"
        return note

    tracing = sys.gettrace()
    sys.settrace(note)
    try:
        work()
    finally:
        sys.settrace(tracing)
    return count


#: Twice as much more work for twice as much more, and a tenth for what comes by chance.
LINEAR = 2.2


def growth(
    work: Callable[[int], object], few: int, step: int, count: Callable[[Callable[[], object]], int] = calls
) -> float:
    """By how much more ``work`` grows over two steps from ``few`` on than over one, as ``count`` counts it: twice where
    each takes as much, and more where work grows faster than what it is given."""
    at_first, once, twice = (count(partial(work, few + steps * step)) for steps in range(3))
    return (twice - at_first) / (once - at_first)
