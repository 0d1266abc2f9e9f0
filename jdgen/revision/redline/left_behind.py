"""What people wrote under a heading that the framework has moved: it stays where it is, and is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from jdgen.revision.merge import Action, Decision
from jdgen.revision.order import is_heading
from jdgen.revision.redline.correspondence import Correspondence
from jdgen.revision.standing import text_of

_PREFIX = "own."


def left_behind(decisions: Sequence[Decision], paragraphs: Sequence[Any], known: Correspondence) -> Iterator[Decision]:
    """A decision for each of the ``paragraphs`` that is neither a block nor the template's and stood under a heading
    that moves. Asked before anything is changed."""
    blocks = {at: one for one in decisions for at in one.places}
    template = {*known.first.values(), *known.last.values()}
    heading: Decision | None = None
    count = 0
    for at, paragraph in enumerate(paragraphs):
        one = blocks.get(at)
        if one is not None and is_heading(one.id):
            heading = one if one.action is Action.MOVE else None
        elif (one is None and paragraph in template) or (one is not None and not (one.belongs or not one.new)):
            heading = None
        elif one is None and heading is not None and (text := text_of(paragraph)).strip():
            count += 1
            belongs = f"under '{heading.new}', {heading.belongs}"
            yield Decision(Action.STAY, f"{_PREFIX}{count}", "", text, "", (at,), belongs=belongs)
