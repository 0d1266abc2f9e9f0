"""Seconds by step: functions of jdgen are wrapped, and what a step calls counts for the step called, not for it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch


class Stopwatch:
    """Adds up ``seconds`` by step."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._inner = [0.0]

    def timing(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """``function``, with its time counted for ``step``."""

        def timed(*arguments: Any, **keywords: Any) -> Any:
            self._inner.append(0.0)
            started = time.perf_counter()
            try:
                return function(*arguments, **keywords)
            finally:
                seconds = time.perf_counter() - started
                self.seconds[step] += seconds - self._inner.pop()  # type: ignore[assignment]  # a Counter of seconds
                self._inner[-1] += seconds

        return timed

    @contextmanager
    def watching(self, steps: dict[str, list[tuple[Any, str]]]) -> Iterator[None]:
        """While this lasts, the functions (a module and a name in it) of each step are timed.

        Raises ``AttributeError`` for a function that does not exist (any more).
        """
        with ExitStack() as patched:
            for step, functions in steps.items():
                for module, name in functions:
                    timed = self.timing(step, getattr(module, name))
                    patched.enter_context(patch.object(module, name, timed))
            yield
