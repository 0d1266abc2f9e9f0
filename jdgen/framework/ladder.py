"""Levels side by side: what changes from one level to the next, and where nothing does.

A panel may not be told of a progression that the framework does not have. So statements are compared by
their words, and the words that differ are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from jdgen.framework.model import Heading, Specialism, Statement
from jdgen.levels import Level

#: Two statements that share this much of their words are called nearly the same.
_NEARLY = 0.75
_WORD = re.compile(r"[\w/&'’-]+")


class StepLikeness(StrEnum):
    """How much of one statement is in its neighbour."""

    ONE_STATEMENT = "one statement for both levels"
    MORE = "the statements of the lower and more"
    SAME_WORDS = "the same words"
    NEARLY_SAME = "nearly the same words"
    DIFFERENT = "different"
    SILENT = "nothing is said of one of the levels, or of either"


@dataclass(frozen=True)
class Step:
    """One heading from a level to the next. ``word_pairs`` holds pairs of words taken out and put in."""

    heading: Heading
    lower: Level
    upper: Level
    likeness: StepLikeness
    word_pairs: tuple[tuple[str, str], ...] = ()


def steps(specialism: Specialism) -> Iterator[Step]:
    """Every heading at every step between neighbouring levels, lowest first."""
    for lower, upper in pairwise(specialism.levels):
        for heading in (*specialism.headings, *specialism.person_rows, *filter(None, [specialism.qualifications])):
            if any(level in heading.silent_levels(specialism.levels) for level in (lower, upper)):
                yield Step(heading, lower, upper, StepLikeness.SILENT)
            elif heading.statements_for(upper):
                yield _step(heading, lower, upper)


def _step(heading: Heading, lower: Level, upper: Level) -> Step:
    below, above = heading.statements_for(lower), heading.statements_for(upper)
    if below == above:
        return Step(heading, lower, upper, StepLikeness.ONE_STATEMENT)
    if below and all(statement in above for statement in below):
        return Step(heading, lower, upper, StepLikeness.MORE)
    words, other = _words(below), _words(above)
    match = SequenceMatcher(None, [word.lower() for word in words], [word.lower() for word in other], autojunk=False)
    if match.ratio() == 1:
        return Step(heading, lower, upper, StepLikeness.SAME_WORDS)
    if match.ratio() < _NEARLY:
        return Step(heading, lower, upper, StepLikeness.DIFFERENT)
    word_pairs = tuple(
        (" ".join(words[a:b]), " ".join(other[c:d])) for tag, a, b, c, d in match.get_opcodes() if tag != "equal"
    )
    return Step(heading, lower, upper, StepLikeness.NEARLY_SAME, word_pairs)


def _words(statements: tuple[Statement, ...]) -> list[str]:
    """What is compared: the words of texts, and the entries of lists without their final full stops."""
    return [
        word
        for statement in statements
        for word in ([entry.rstrip(".") for entry in statement.entries] or _WORD.findall(statement.text))
    ]
