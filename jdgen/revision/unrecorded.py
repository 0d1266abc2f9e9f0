"""Paragraphs that print data among other words (``Edition: {{ framework.version }}``): no blocks of a record.

They can be brought up to date where the version of the framework that a document was made from is at hand: the document
is made once more of that, and what differs between the two is what changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from jdgen.record.text import normalised
from jdgen.revision.merge import Action, Decision
from jdgen.revision.standing import Standing, paragraphs_of, text_of
from jdgen.revision.stories import story_of
from jdgen.word_file.parsing import W
from jdgen.word_file.stories import Story

#: What the ids of such paragraphs begin with; blocks of a draft have no such ids.
PREFIX = "unrecorded."
#: A paragraph's story, and its text as it is compared.
_Key = tuple[Story, str]


def unrecorded_decisions(old: Any, theirs: Sequence[Standing], new: Any, taken: Iterable[int]) -> Iterator[Decision]:
    """A rewording for each paragraph without an anchor that the documents ``old`` and ``new`` say differently, and that
    stands in ``theirs`` as often as it was printed; what somebody has changed is theirs. ``taken`` are paragraphs that
    are blocks.

    In headers and footers it may stand more often: programs give each section its own when they save.
    """
    blocks = set(taken)
    there: dict[_Key, list[int]] = {}
    for at, paragraph in enumerate(theirs):
        if at not in blocks and not paragraph.obstacle:
            there.setdefault((paragraph.story, normalised(paragraph.text)), []).append(at)
    number = 0
    for key, texts in _replaced(_keys(old), _keys(new)).items():
        story, before = key
        places = there.get(key, [])
        if len(set(texts)) > 1 or (len(places) != len(texts) and story not in (Story.HEADER, Story.FOOTER)):
            continue
        for at in places:
            number += 1
            name, text = f"{PREFIX}{number}", theirs[at].text
            yield Decision(Action.REWORD, name, before, text, texts[0], (at,), can_be_reworded=True, story=story)


def _replaced(was: Sequence[_Key], now: Sequence[_Key]) -> Mapping[_Key, list[str]]:
    """The texts that stand in for each that is there no more, one for one."""
    found: dict[_Key, list[str]] = {}
    for tag, start, end, from_, to in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "replace" and end - start == to - from_:
            for before, (story, text) in zip(was[start:end], now[from_:to], strict=True):
                if before[0] is story:
                    found.setdefault(before, []).append(text)
    return found


def _keys(tree: Any) -> list[_Key]:
    unanchored = (one for one in paragraphs_of(tree) if next(one.iterdescendants(f"{W}bookmarkStart"), None) is None)
    return [(story_of(one), text) for one in unanchored if (text := normalised(text_of(one)))]
