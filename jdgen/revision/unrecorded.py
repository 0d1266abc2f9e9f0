"""Paragraphs that print data among other words (``Edition: {{ framework.version }}``): no blocks of a record.

They can be brought up to date where the version of the framework that a document was made from is at hand: the document
is made once more of that, and what differs between the two is what changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from jdgen.record.text import normalised
from jdgen.revision.merge import Action, Decision
from jdgen.revision.standing import Standing, paragraphs_of, text_of
from jdgen.word_file.parsing import W

#: What the ids of such paragraphs begin with; blocks of a draft have no such ids.
PREFIX = "unrecorded."


def unrecorded_decisions(old: Any, theirs: Sequence[Standing], new: Any, taken: Iterable[int]) -> Iterator[Decision]:
    """A rewording for each paragraph without an anchor that the parts ``old`` and ``new`` say differently, and that
    stands in ``theirs`` once as it was printed; what somebody has changed is theirs. ``taken`` are paragraphs that are
    blocks."""
    was, now = _texts(old), _texts(new)
    blocks = set(taken)
    there: dict[str, list[int]] = {}
    for at, paragraph in enumerate(theirs):
        if at not in blocks and not paragraph.has_field:
            there.setdefault(normalised(paragraph.text), []).append(at)
    for number, (before, after) in enumerate(_replaced(was, now), 1):
        places = there.get(before, [])
        if len(places) == 1:
            text = theirs[places[0]].text
            yield Decision(Action.REWORD, f"{PREFIX}{number}", before, text, after, (places[0],), can_be_reworded=True)


def _replaced(was: Sequence[str], now: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Texts that others stand in for, one for one."""
    for tag, start, end, from_, to in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "replace" and end - start == to - from_:
            yield from zip(was[start:end], now[from_:to], strict=True)


def _texts(tree: Any) -> list[str]:
    unanchored = (one for one in paragraphs_of(tree) if next(one.iterdescendants(f"{W}bookmarkStart"), None) is None)
    return [text for one in unanchored if (text := normalised(text_of(one)))]
