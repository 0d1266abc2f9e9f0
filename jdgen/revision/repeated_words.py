"""Words of one text that another says.

A framework splits a statement in two, makes one of two, or has it under another id: what pairs the blocks of two
versions then sees something new. Whether its words are those of another, such as one that a person took out, which is
not to be brought back, is told word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from jdgen.record.model import PrintedBlock
from jdgen.revision.typed_numbers import without_number

#: Texts shorter than this ("Essential") are alike without being the same.
TELLING = 20
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
# How many words in a row are the same words and not chance, and which part of a text they have to be.
_RUN, _MOST = 3, 0.75


def words_of(text: str) -> list[str]:
    """The words of ``text`` in small letters, without typed numbers before it and marks."""
    return [word.group().lower() for word in _words_in(text)]


def all_words_of(text: str) -> tuple[str, ...]:
    """The words of ``text`` as those of :func:`words_of`, with the numbers that are among them: two texts with the same
    say the same, whatever marks and letters people type."""
    return tuple(word.lower() for word in _WORD.findall(without_number(text)))


def _words_in(text: str) -> list[re.Match[str]]:
    return [word for word in _WORD.finditer(text) if not word.group().isdecimal()]


def stretches_out(old: str, new: str) -> list[str]:
    """What was taken out of ``old`` on the way to ``new``, stretch by stretch, as far as it says something. A word is
    the same with a small letter for a capital one, and white space between words that went keeps none of them."""
    if old == new:
        return []
    there = _words_in(old)
    match = SequenceMatcher(None, [word.group().lower() for word in there], words_of(new), autojunk=False)
    return [
        old[there[start].start() : there[end - 1].end()]
        for tag, start, end, _, _ in match.get_opcodes()
        if tag != "equal" and end - start >= _RUN
    ]


def stretches_in(old: str, new: str) -> list[str]:
    """What was put in on the way from ``old`` to ``new``."""
    return stretches_out(new, old)


def origin(text: str, withdrawn: Iterable[str]) -> str:
    """The one of the texts that are ``withdrawn`` that says most of the words of ``text``, where all of them together
    say nearly all of it; else ''."""
    words = words_of(text)
    places: set[int] = set()
    most, likest = 0, ""
    for candidate in withdrawn:
        repeated = _repeated_words(words, words_of(candidate))
        places |= repeated
        if len(repeated) > most:
            most, likest = len(repeated), candidate
    return likest if words and len(places) >= _MOST * len(words) else ""


def clause_of(text: str, withdrawn: Iterable[str]) -> str:
    """The one of the texts that are ``withdrawn`` that ``text`` is a whole clause of; else ''. Texts of a few words are
    said in many others."""
    clause = re.escape(text.rstrip(" .;"))
    whole_clause = re.compile(rf"(?:^|[.,;:] |\band ){clause}(?:$|[.,;]| and\b)", re.IGNORECASE)
    return next((candidate for candidate in withdrawn if whole_clause.search(candidate)), "")


def may_be_part(block: PrintedBlock) -> bool:
    """Whether a block may be known as a part of another: it is no heading, and says enough."""
    return not block.id.is_heading and len(block.text) >= TELLING


def is_made_of(text: str, part: str) -> bool:
    """Whether ``text`` says nearly all words of ``part``, and more than that: a text that is only like it does not."""
    return bool(origin(part, [text])) and len(words_of(text)) - len(words_of(part)) >= _RUN


def likest(text: str, others: Iterable[str]) -> list[str]:
    """Those of ``others`` that say the most words of ``text``."""
    words = words_of(text)
    counts = {other: len(_repeated_words(words, words_of(other))) for other in others}
    return [other for other, count in counts.items() if count == max(counts.values())]


def part_of(text: str, withdrawn: Iterable[str]) -> str:
    """The one of the texts that are ``withdrawn`` that stands in ``text``, with others; else ''."""
    return next(
        (candidate for candidate in withdrawn if len(words_of(candidate)) > _RUN + 1 and origin(candidate, [text])), ""
    )


def _repeated_words(words: Sequence[str], others: Sequence[str]) -> set[int]:
    """Which of ``words``, by their places, ``others`` say in runs."""
    needed = min(_RUN, len(words))
    match = SequenceMatcher(None, words, others, autojunk=False)
    return {at for start, _, size in match.get_matching_blocks() if size >= needed for at in range(start, start + size)}
