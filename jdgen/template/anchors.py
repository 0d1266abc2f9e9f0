"""Anchors: a hidden bookmark round each paragraph that prints data.

They let a later draft find its way in a document that a person has edited. An anchor is a hint, to be checked
against the text: word processors move and drop bookmarks.
"""

from __future__ import annotations

import functools
import hashlib
from typing import Any

#: The beginning of the names of jdgen's own bookmarks.
ANCHOR = "_jd_"

# Above the ids of the bookmarks that a template may have of its own.
_FIRST_ID, _IDS = 1_000_000, 2**30


def block_id_of(value: Any, field: str) -> str:
    """The id of the block that ``field`` of ``value`` is; '' for what has no id."""
    owner: str = getattr(value, "id", "")
    return owner if field == "text" or not owner else f"{owner}.{field}"


def anchor_name(block_id: str) -> str:
    """The bookmark's name for a block: hidden by its underscore in Word, and within Word's 40 characters."""
    return f"{ANCHOR}{_hashed(block_id):010x}"


@functools.lru_cache(maxsize=512)  # most blocks are in most documents
def anchor_of(block_id: str) -> tuple[str, str]:
    """Where the anchor of a block begins, and where it ends."""
    number = _number(block_id)
    start = f'<w:bookmarkStart w:id="{number}" w:name="{anchor_name(block_id)}"/>'
    return start, f'<w:bookmarkEnd w:id="{number}"/>'


def _number(block_id: str) -> int:
    """A number that only has to differ from others in the document; one made from the id needs no counting."""
    return _FIRST_ID + _hashed(block_id) % _IDS


def _hashed(block_id: str) -> int:
    """40 bits of the id's digest."""
    return int.from_bytes(hashlib.sha256(block_id.encode()).digest()[:5], "big")
