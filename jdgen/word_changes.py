"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

# Words with what belongs to them, single marks, and white space: put together again they are the text.
_PIECE = re.compile(r"\w+(?:[-'’/&.]\w+)*|\s+|.", re.DOTALL)


class WordChange(NamedTuple):
    """A stretch of two texts: words that both have (``out`` and ``put`` are equal), or words taken out and put in."""

    out: str
    put: str

    @property
    def same(self) -> bool:
        """Whether both texts have these words."""
        return self.out == self.put


def word_changes(old: str, new: str) -> Iterator[WordChange]:
    """From ``old`` to ``new``, stretch by stretch: all ``out`` together are ``old``, all ``put`` together ``new``."""
    one, other = _PIECE.findall(old), _PIECE.findall(new)
    match = SequenceMatcher(None, one, other, autojunk=False)
    for _, start, end, from_, to in match.get_opcodes():
        yield WordChange("".join(one[start:end]), "".join(other[from_:to]))
