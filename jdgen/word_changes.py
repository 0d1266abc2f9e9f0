"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

# Words with what belongs to them, single marks, and white space: put together again they are the text.
_PIECE = re.compile(r"\w+(?:[-'’/&.]\w+)*|\s+|.", re.DOTALL)


class WordChange(NamedTuple):
    """A stretch of two texts: words that both have (``old`` and ``new`` are equal), or words taken out and put in."""

    old: str
    new: str

    @property
    def is_same(self) -> bool:
        """Whether both texts have these words."""
        return self.old == self.new


def word_changes(old: str, new: str) -> Iterator[WordChange]:
    """From ``old`` to ``new``, stretch by stretch: the ``old`` of all together are the one, their ``new`` the other."""
    old_pieces, new_pieces = _PIECE.findall(old), _PIECE.findall(new)
    match = SequenceMatcher(None, old_pieces, new_pieces, autojunk=False)
    for _, old_start, old_end, new_start, new_end in match.get_opcodes():
        yield WordChange("".join(old_pieces[old_start:old_end]), "".join(new_pieces[new_start:new_end]))
