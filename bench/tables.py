"""Markdown tables of the benchmarks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown, with a blank line after it."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines) + "\n"


def at_least(ratio: float, goal: float) -> str:
    """``goal`` as it is printed beside a ratio that should reach it."""
    return f"≥ {goal:g}: {'met' if ratio >= goal else 'not met'}"


def at_most(ratio: float, goal: float) -> str:
    """``goal`` as it is printed beside a ratio that should stay below it."""
    return f"≤ {goal:g}: {'met' if ratio <= goal else 'not met'}"


def ms(seconds: float) -> str:
    """Seconds as milliseconds, with as many digits as mean something."""
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds * 1000:,.0f} ms"


def rate(seconds: float) -> str:
    """Documents a second, where one takes ``seconds``."""
    return f"{1 / seconds:,.0f}"
