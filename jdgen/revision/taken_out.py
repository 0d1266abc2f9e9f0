"""Words that a person took out of a document: a new version that says them in another text does not bring them back.

A framework splits a statement in two, makes one of two, or has it under another id: what pairs the blocks of two
versions then sees something new. Whether its words are those that a person took out is told word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from jdgen.framework.wording import word_changes

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
# How many words in a row are the same words and not chance, and which part of a text they have to be.
_RUN, _MOST = 3, 0.75


def words_of(text: str) -> list[str]:
    """The words of ``text`` in small letters, without typed numbers before it and marks."""
    return [word for word in _WORD.findall(text.lower()) if not word.isdecimal()]


def stretches_out(old: str, new: str) -> list[str]:
    """What was taken out of ``old`` on the way to ``new``, stretch by stretch, as far as it says something."""
    return [change.out for change in word_changes(old, new) if not change.same and len(words_of(change.out)) >= _RUN]


def stretches_in(old: str, new: str) -> list[str]:
    """What was put in on the way from ``old`` to ``new``."""
    return stretches_out(new, old)


def origin(text: str, gone: Iterable[str]) -> str:
    """The one of the texts that are ``gone`` that says most of the words of ``text``, where all of them together say
    nearly all of it; else ''."""
    words = words_of(text)
    said: set[int] = set()
    most, likest = 0, ""
    for one in gone:
        there = _said(words, words_of(one))
        said |= there
        if len(there) > most:
            most, likest = len(there), one
    return likest if words and len(said) >= _MOST * len(words) else ""


def part_of(text: str, gone: Iterable[str]) -> str:
    """The one of the texts that are ``gone`` that stands in ``text``, with others; else ''."""
    return next((one for one in gone if len(words_of(one)) > _RUN + 1 and origin(one, [text])), "")


def _said(words: Sequence[str], others: Sequence[str]) -> set[int]:
    """Which of ``words``, by their places, ``others`` say in runs."""
    needed = min(_RUN, len(words))
    match = SequenceMatcher(None, words, others, autojunk=False)
    return {at for start, _, size in match.get_matching_blocks() if size >= needed for at in range(start, start + size)}
