"""Texts that stand in one paragraph: a person who takes the end of a paragraph away joins it to the next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from jdgen.revision.repeated_words import TELLING
from jdgen.words import comparable

#: Degree of likeness (0 to 100) from which a stretch of a paragraph is a text: a word of it may be another.
LIKE = 80.0
# What may stand between two texts that were joined, and how far the end of a like stretch may be off.
_BETWEEN, _OFF = 3, 3
# How much longer texts may be in all than the paragraph that they stand in: somebody may have taken words out.
_ROOM = 1.3


class TextStretch(NamedTuple):
    """The words of a text as they stand in a paragraph, from ``start`` to ``end`` of what is compared of it."""

    start: int
    end: int
    words: str

    def meets(self, other: TextStretch) -> bool:
        """Whether the two have words in common."""
        return min(self.end, other.end) - max(self.start, other.start) > _OFF


def stretches(paragraph: str, texts: Sequence[str], owners: Collection[int] = ()) -> Mapping[int, TextStretch]:
    """Where ``texts`` stand inside ``paragraph``, by their places among the texts. No two share words.

    ``owners`` are those that are known to stand there: others get only the words that these leave, and none where
    there is no room for them beside an owner that is not found. Letters may be small for capital ones, marks may
    differ, and a word may be another. A short text is found only right beside the text before or after it, since it is
    said in other places too.
    """
    whole = comparable(paragraph)
    there, folded_texts = _fold_case(whole), [_fold_case(comparable(text)) for text in texts]
    candidates: list[tuple[bool, float, int, TextStretch]] = []
    for index, text in enumerate(folded_texts):
        if TELLING <= len(text) <= len(there):
            likest = fuzz.partial_ratio_alignment(text, there, score_cutoff=LIKE)
            if likest is not None:
                start, end = likest.dest_start, likest.dest_end
                weight, stretch = likest.score * (end - start), TextStretch(start, end, whole[start:end])
                candidates.append((index not in owners, -weight, index, stretch))
    text_stretches: dict[int, TextStretch] = {}
    room = _ROOM * len(there) - sum(len(folded_texts[index]) for index in owners)
    for *_, index, stretch in sorted(candidates):
        if any(stretch.meets(other) for other in text_stretches.values()):
            continue
        takes = 0 if index in owners else len(folded_texts[index])
        if takes <= room or index in owners:
            text_stretches[index] = stretch
            room -= takes
    for index, text in enumerate(folded_texts):
        start = (
            _beside(text, there, text_stretches.get(index - 1), text_stretches.get(index + 1))
            if len(text) < TELLING
            else -1
        )
        if index not in text_stretches and start >= 0:
            text_stretches[index] = TextStretch(start, start + len(text), whole[start : start + len(text)])
    return text_stretches


def _beside(text: str, there: str, before: TextStretch | None, after: TextStretch | None) -> int:
    """Where a short text stands right after the stretch ``before`` it or right before the one ``after`` it; else -1."""
    if not text:
        return -1
    if after is not None:
        start = there.rfind(text, 0, after.start + _OFF)
        if start >= 0 and after.start - (start + len(text)) <= _BETWEEN:
            return start
    if before is not None:
        start = there.find(text, max(0, before.end - _OFF))
        if 0 <= start <= before.end + _BETWEEN:
            return start
    return -1


def _fold_case(text: str) -> str:
    """``text`` in small letters, each in its place."""
    folded = text.lower()
    return folded if len(folded) == len(text) else text
