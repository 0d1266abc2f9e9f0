"""Numbers that a template types before its texts (``5.2 Provide assurance``): they change when others come or go."""

from __future__ import annotations

import re

from jdgen.record.text import normalised

_NUMBERED = re.compile(r"(\d+(?:\.\d+)*[.)]?)(\s.*)", re.DOTALL)


def only_number_differs(one: str, other: str) -> bool:
    """Whether two texts are the same but for the numbers before them."""
    first, second = _NUMBERED.fullmatch(one), _NUMBERED.fullmatch(other)
    return bool(first and second and normalised(first[2]) == normalised(second[2]))


def renumbered(base: str, theirs: str, new: str) -> str:
    """``theirs`` under the number of ``new``, where it has that of ``base`` still; else ``theirs``."""
    was, has, gets = (_NUMBERED.fullmatch(text) for text in (base, theirs, new))
    return f"{gets[1]}{has[2]}" if was and has and gets and was[1] == has[1] else theirs


def without_number(text: str) -> str:
    """``text`` without the number before it."""
    found = _NUMBERED.fullmatch(text)
    return found[2].lstrip() if found else text
