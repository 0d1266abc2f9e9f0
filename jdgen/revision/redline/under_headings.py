"""What people wrote under a heading that the framework has moved or withdrawn.

It stays where it is. Of a heading that moves, that is told; a heading that is withdrawn stays with it, for the person
to decide, or their words would stand under another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from jdgen.record.text import normalised
from jdgen.revision.merge import Action, Decision
from jdgen.revision.order import is_heading
from jdgen.revision.redline.correspondence import ROW, Correspondence, enclosing
from jdgen.revision.standing import paragraphs_of, text_of

_PREFIX = "own."
_WRITTEN_UNDER = "somebody has written under it"

_GOING = (Action.DELETE, Action.MOVE)
# What the new draft has where it stands; it begins something else than the heading before it.
_IN_PLACE = (Action.KEEP, Action.REWORD)


def with_headings_kept(
    decisions: Sequence[Decision], paragraphs: Sequence[Any], known: Correspondence
) -> tuple[Decision, ...]:
    """``decisions``, but a heading that would be deleted stays where something stays under it. Asked before anything is
    changed."""
    if not any(one.action is Action.DELETE and is_heading(one.id) for one in decisions):
        return tuple(decisions)
    blocks = {at: one for one in decisions for at in one.places}
    template = {normalised(text_of(one)) for one in known.of_template()}
    kept: set[int] = set()
    heading = -1
    for at, paragraph in enumerate(paragraphs):
        one = blocks.get(at)
        text = normalised(text_of(paragraph))
        if one is not None and is_heading(one.id):
            heading = at if one.action is Action.DELETE and not _shares_row(paragraph) else -1
        elif (one is None and text and text in template) or (one is not None and one.action in _IN_PLACE):
            heading = -1
        elif heading >= 0 and text and (_is_own(paragraph) if one is None else one.action not in _GOING):
            kept.add(heading)
    return tuple(
        replace(one, action=Action.QUESTION, obstacle=_WRITTEN_UNDER) if kept.intersection(one.places) else one
        for one in decisions
    )


def _is_own(paragraph: Any) -> bool:
    """Whether a paragraph that is no block is a person's: the words of a table that nothing is left of are not."""
    return enclosing(paragraph, ROW) is None


def _shares_row(heading: Any) -> bool:
    """Whether a heading stands in a row with other texts: it is the heading of these alone, and goes or stays with
    them."""
    row = enclosing(heading, ROW)
    return row is not None and any(text_of(one).strip() for one in paragraphs_of(row) if one is not heading)


def left_behind(decisions: Sequence[Decision], paragraphs: Sequence[Any], known: Correspondence) -> Iterator[Decision]:
    """A decision for each of the ``paragraphs`` that is neither a block nor the template's and stood under a heading
    that moves. Asked before anything is changed."""
    if not any(one.action is Action.MOVE and is_heading(one.id) for one in decisions):
        return
    blocks = {at: one for one in decisions for at in one.places}
    template = {*known.first.values(), *known.last.values()}
    heading: Decision | None = None
    count = 0
    for at, paragraph in enumerate(paragraphs):
        one = blocks.get(at)
        if one is not None and is_heading(one.id):
            heading = one if one.action is Action.MOVE and not _shares_row(paragraph) else None
        elif (one is None and paragraph in template) or (one is not None and not (one.belongs or not one.new)):
            heading = None
        elif one is None and heading is not None and (text := text_of(paragraph)).strip():
            count += 1
            belongs = f"under '{heading.new}', {heading.belongs}"
            yield Decision(Action.STAY, f"{_PREFIX}{count}", "", text, "", (at,), belongs=belongs)
