"""Every failure that a user can put right.

A failure is a list of :class:`Problem` values, so that a person who has five mistakes in a file reads of
five mistakes, not of the first one five times over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

from jdgen.places import FilePlace, column_range

_Value = TypeVar("_Value")
# More reasons for one cure in one column are told as one.
_MOST_REASONS = 10


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, said so that its reader can mend it.

    ``where`` names a file and line, a sheet and cell, a template and paragraph, or an option: a text, or one of
    :mod:`jdgen.places`, where somebody asks for more than what it is called. ``what`` says what is wrong there and
    ``right`` what would be right. Of what somebody wrote by the hundred letters without a blank, as no word is, a
    message shows the beginning.
    """

    where: str
    what: str
    right: str

    def __str__(self) -> str:
        return f"{self.where}: {_cut_endless(self.what)}: {_cut_endless(self.right)}"


#: Longer than any word, and than the name of any folder that a path may go through.
_LONGEST = 255
_ENDLESS = re.compile(rf"[^\s/\\]{{{_LONGEST + 1},}}")
_BEGINNING_OF_ENDLESS = 80


def _cut_endless(text: str) -> str:
    if len(text) <= _LONGEST:  # as nearly all are
        return text
    return _ENDLESS.sub(lambda run: f"{run[0][:_BEGINNING_OF_ENDLESS]}…", text)


def fold_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """``problems`` with each message once: ``posts.xlsx!Posts!C3:C40``, not 38 lines. Where one column needs the same
    cure for many reasons, the first is told, and how many cells there are."""
    distinct = tuple(dict.fromkeys(problems))
    reasons: dict[tuple[str, str, str], set[str]] = {}
    for problem in distinct:
        if isinstance(problem.where, FilePlace):
            reasons.setdefault(_cure(problem.where, problem), set()).add(problem.what)
    alike: dict[object, list[Problem]] = {}
    for problem in distinct:
        key: object = problem
        if isinstance(problem.where, FilePlace):
            cure = _cure(problem.where, problem)
            is_folded = problem.where.column and len(reasons[cure]) > _MOST_REASONS
            key = cure if is_folded else (cure, problem.what)
        alike.setdefault(key, []).append(problem)
    return tuple(_as_one(group) for group in alike.values())


def _cure(place: FilePlace, problem: Problem) -> tuple[str, str, str]:
    return place.name, place.column, problem.right


def _as_one(group: Sequence[Problem]) -> Problem:
    """Problems of places in one column, or of rows of one sheet, as one."""
    first = group[0]
    place = first.where
    if len(group) == 1 or not isinstance(place, FilePlace):
        return first
    numbers = sorted({problem.where.number for problem in group if isinstance(problem.where, FilePlace)})
    others = sum(problem.what != first.what for problem in group)
    what = f"{first.what} (and {others:,} more like it)" if others else first.what
    return replace(first, where=column_range(place, numbers), what=what)


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


class PostsRefusedError(JdgenError):
    """Single posts of many are not sound, so that none was made; the others could be."""


@contextmanager
def along_with(problems: Sequence[Problem], kind: type[JdgenError] = JdgenError) -> Iterator[None]:
    """Raise ``problems`` when the block is done, together with those that it raises itself; alone, as an error of this
    ``kind``."""
    try:
        yield
    except JdgenError as error:
        error.problems = (*problems, *error.problems)
        raise
    if problems:
        raise kind(problems)


def refuse(problems: Iterable[Problem | None]) -> None:
    """Raise :class:`JdgenError` with every problem that there is, if there is any."""
    if all_problems := [problem for problem in problems if problem is not None]:
        raise JdgenError(all_problems)


def gather(loaders: Iterable[Callable[[], _Value]]) -> tuple[_Value, ...]:
    """What all ``loaders`` give. Raises one :class:`JdgenError` with the problems of every one that failed."""
    values: list[_Value] = []
    problems: list[Problem] = []
    for loader in loaders:
        try:
            values.append(loader())
        except JdgenError as error:
            problems += error.problems
    refuse(problems)
    return tuple(values)


# With more names, the nearest would be lost in the list of them: a post file has some fifty keys.
_MOST_BESIDE_NEAREST = 20


#: What would be right in place of a name where there is nothing that has one.
NOTHING_TO_NAME = "leave it out: there is none to name"


def did_you_mean(text: str, names: Sequence[str]) -> str:
    """Say what would be right in place of ``text``: the nearest known name, and the others where they are few; or all
    of them."""
    if not names:
        return NOTHING_TO_NAME
    near = nearest(text, names)
    if not near:
        return f"use one of {list_words(names)}"
    return f"did you mean '{near}'?" + (
        f" Known here: {list_words(names)}" if len(names) <= _MOST_BESIDE_NEAREST else ""
    )


def nearest(text: str, names: Sequence[str]) -> str | None:
    """The name among ``names`` that ``text`` may stand for, if any is near enough."""
    from difflib import get_close_matches  # noqa: PLC0415  # slow to import, and only failures need it

    close_names = get_close_matches(text.casefold(), [name.casefold() for name in names], n=1, cutoff=0.6)
    return next(name for name in names if name.casefold() == close_names[0]) if close_names else None


def list_words(names: Iterable[str]) -> str:
    """Names as one readable list, in the order given: ``a, b, c``."""
    return ", ".join(names)
