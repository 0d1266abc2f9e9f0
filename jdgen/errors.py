"""Every failure that a user can put right.

A failure is a list of :class:`Problem` values, so that a person who has five mistakes in a file reads of
five mistakes, not of the first one five times over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, said so that its reader can mend it.

    ``where`` names a file and line, a sheet and cell, a template and paragraph, or an option;
    ``what`` says what is wrong there and ``right`` what would be right.
    """

    where: str
    what: str
    right: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}: {self.right}"


class JdgenError(Exception):
    """The user's input or data stops the work. Carries all problems found, never only the first."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[JdgenError], tuple[object, ...]]:
        # So that an error of a worker process arrives as it was raised.
        return type(self), (self.problems,)


class TemplateRefusedError(JdgenError):
    """Templates cannot be filled. ``templates`` are the names by which they were asked for, to be checked again."""

    def __init__(self, problems: Problem | Iterable[Problem], templates: tuple[str, ...]) -> None:
        super().__init__(problems)
        self.templates = templates

    def __reduce__(self) -> tuple[type[JdgenError], tuple[object, ...]]:
        return type(self), (self.problems, self.templates)


def did_you_mean(written: str, known: Sequence[str]) -> str:
    """Say what would be right in place of ``written``: the nearest known name, or all of them."""
    from difflib import get_close_matches  # noqa: PLC0415  # slow to import, and only failures need it

    close = get_close_matches(written.casefold(), [name.casefold() for name in known], n=1, cutoff=0.6)
    if close:
        nearest = next(name for name in known if name.casefold() == close[0])
        return f"did you mean '{nearest}'? Known here: {listed(known)}"
    return f"use one of {listed(known)}"


def listed(names: Iterable[str]) -> str:
    """Names as one readable list, in the order given: ``a, b, c``."""
    return ", ".join(names)
