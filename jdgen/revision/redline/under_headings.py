"""What people have under a heading that the framework has withdrawn: the heading stays with it, for the person to
decide, or their words would stand under another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from jdgen.record.text import normalised
from jdgen.revision.merge import Action, Decision
from jdgen.revision.order import is_heading
from jdgen.revision.redline.correspondence import CELL, ROW, Correspondence, enclosing
from jdgen.revision.standing import paragraphs_of, text_of

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
    blocks: dict[int, list[Decision]] = {}
    for one in decisions:
        for at in one.places:
            blocks.setdefault(at, []).append(one)
    template = {normalised(text_of(one)) for one in known.of_template()} - {""}
    kept: set[int] = set()
    heading = -1
    for at, paragraph in enumerate(paragraphs):
        there = blocks.get(at, [])
        text = normalised(text_of(paragraph))
        if headings := [one for one in there if is_heading(one.id)]:
            heading = at if headings[0].action is Action.DELETE and not _shares_row(paragraph) else -1
        elif (there and all(map(_is_in_place, there))) or (
            not there and text in template and enclosing(paragraph, ROW) is None
        ):
            heading = -1
        elif heading < 0 or not text or (not there and text in template):
            continue
        elif any(map(_stays, there)) if there else _is_own(paragraph, paragraphs[heading]):
            kept.add(heading)
    return tuple(
        replace(one, action=Action.QUESTION, obstacle=_WRITTEN_UNDER) if kept.intersection(one.places) else one
        for one in decisions
    )


def _is_in_place(one: Decision) -> bool:
    """Whether a block begins something else than the heading before it; what a person put under that does not."""
    return one.action in _IN_PLACE and not one.is_moved


def _shares_row(heading: Any) -> bool:
    """Whether a heading has a cell to itself in a row with other texts: it is the heading of these alone, and goes or
    stays with them."""
    row, cell = enclosing(heading, ROW), enclosing(heading, CELL)
    others = (
        [one for one in paragraphs_of(row) if one is not heading and text_of(one).strip()] if row is not None else []
    )
    return bool(others) and all(enclosing(one, CELL) is not cell for one in others)


def _stays(one: Decision) -> bool:
    return one.action not in _GOING


def _is_own(paragraph: Any, heading: Any) -> bool:
    """Whether a paragraph under ``heading`` that is no block may be a person's: the words at the head of a table that
    nothing else is left of are not."""
    row = enclosing(paragraph, ROW)
    is_head = row is not None and (row.getprevious() is None or row.getprevious().tag != ROW)
    return not is_head or row is enclosing(heading, ROW)
