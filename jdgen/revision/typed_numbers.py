"""Numbers that a template types before its texts (``5.2 Provide assurance``): they change when others come or go."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jdgen.words import comparable

_NUMBER_AND_TEXT = re.compile(r"(\d+(?:\.\d+)*[.)]?)(\s.*)", re.DOTALL)


def only_number_differs(text: str, other: str) -> bool:
    """Whether two texts are the same but for the numbers before them."""
    first, second = _NUMBER_AND_TEXT.fullmatch(text), _NUMBER_AND_TEXT.fullmatch(other)
    return bool(first and second and comparable(first[2]) == comparable(second[2]))


def renumber(base: str, theirs: str, new: str) -> str:
    """``theirs`` under the number of ``new``, where it has that of ``base`` still; else ``theirs``."""
    was, has, gets = (_NUMBER_AND_TEXT.fullmatch(text) for text in (base, theirs, new))
    return f"{gets[1]}{has[2]}" if was and has and gets and was[1] == has[1] else theirs


def renumber_inside(paragraph: str, pairs: Iterable[tuple[str, str]]) -> str:
    """``paragraph``, in which several texts stand, with the number of each as it is now: each pair is a text as it was
    and as it is, in their order in the paragraph."""
    at = 0
    for base, new in pairs:
        was, gets = _NUMBER_AND_TEXT.fullmatch(base), _NUMBER_AND_TEXT.fullmatch(new)
        match = re.compile(rf"(?<![\w.]){re.escape(was[1])}(?=\s)").search(paragraph, at) if was and gets else None
        if match and gets:
            paragraph = f"{paragraph[: match.start()]}{gets[1]}{paragraph[match.end() :]}"
            at = match.start() + len(gets[1])
    return paragraph


def without_number(text: str) -> str:
    """``text`` without the number before it."""
    match = _NUMBER_AND_TEXT.fullmatch(text)
    return match[2].lstrip() if match else text
