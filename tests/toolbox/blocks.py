"""Blocks as records have them, by ids that are written out."""

from __future__ import annotations

from jdgen.drafting.block_id import BlockId
from jdgen.record.model import PrintedBlock


def printed_block(block_id: str, text: str, giver: str = "", anchor: str = "") -> PrintedBlock:
    """A printed block."""
    return PrintedBlock(BlockId(block_id), text, giver, anchor)
