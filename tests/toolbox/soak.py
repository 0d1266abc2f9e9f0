"""How many examples a test over random inputs takes: few, the same each time, in ``make test``; many in ``make soak``.

What a test names is what an ordinary run takes, a small sample of what was once tried each time.
``JDGEN_SOAK=20 pytest tests/...`` takes twenty times as many, other ones each time; with ``JDGEN_SOAK_SEED=1`` beside
it, the same ones each time.
"""

from __future__ import annotations

import functools
import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, settings

#: By how much a soak multiplies each count; 0 in an ordinary run.
TIMES = int(os.environ.get("JDGEN_SOAK", "0"))
IS_SOAK = TIMES > 0
#: Where the seeds of a soak begin, if it is to take the same cases each time; None where it takes others.
SEED = int(os.environ["JDGEN_SOAK_SEED"]) if os.environ.get("JDGEN_SOAK_SEED") else None


def count(ordinary: int) -> int:
    """How many examples to take where an ordinary run takes ``ordinary``."""
    return ordinary * max(TIMES, 1)


def budget(ordinary: int) -> settings:
    """Hypothesis' settings for a property that takes ``ordinary`` examples in an ordinary run."""
    return settings(
        max_examples=count(ordinary),
        derandomize=not IS_SOAK or SEED is not None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def seeds(ordinary: int) -> range:
    """Seeds of that many random cases: the same in each ordinary run, whatever else changes; others in each soak that
    has no seed."""
    start = 0
    if IS_SOAK:
        start = random.SystemRandom().randrange(2**32) if SEED is None else SEED
    tally.cases += count(ordinary)
    return range(start, start + count(ordinary))


@dataclass
class Tally:
    """How many cases a process has tried."""

    cases: int = 0

    @contextmanager
    def of(self, test: Any) -> Iterator[Callable[[], int]]:
        """Counts the cases of a ``test`` as it runs: what Hypothesis finds, its seeds, or the one case that it is. What
        is given says how many there were."""
        before, handle = self.cases, getattr(test, "hypothesis", None)
        if handle is None:
            yield lambda: max(self.cases - before, 1)
            return
        inner = handle.inner_test

        @functools.wraps(inner)
        def count_and_run(*args: Any, **kwargs: Any) -> Any:
            self.cases += 1
            return inner(*args, **kwargs)

        handle.inner_test = count_and_run
        try:
            yield lambda: self.cases - before
        finally:
            handle.inner_test = inner


tally = Tally()


#: What a property takes that names no count: a case is a moment's work.
settings.register_profile("jdgen", budget(50))
settings.load_profile("jdgen")
