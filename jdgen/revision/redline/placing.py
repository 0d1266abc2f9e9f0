"""Where the blocks that are decided on stand in a person's document, and which of them stay there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jdgen.record.model import PrintedBlock
from jdgen.revision.merge import Action, Decision
from jdgen.revision.order import headings_of, is_heading, is_under_none

_GOING = (Action.DELETE, Action.MOVE)


@dataclass(frozen=True)
class Placed:
    """Paragraphs of a person's document, by the ids of their blocks in the new draft.

    ``staying`` are the first and the last of each block that stays where it stands, and ``astray`` those of them that
    the framework has elsewhere; ``moving`` are blocks that go elsewhere. ``going`` are all paragraphs that go from
    where they stand, and ``questioned`` those that stay though the new draft does not have them. ``under`` are the ids
    of the headings in the new draft, by those of the blocks under them, and ``homes`` the headings in the document by
    all paragraphs that stand under them, themselves too.
    """

    staying: Mapping[str, tuple[Any, Any]]
    astray: frozenset[str]
    moving: Mapping[str, Any]
    going: tuple[Any, ...]
    questioned: tuple[Any, ...]
    under: Mapping[str, str]
    homes: Mapping[Any, Any]


def placed_of(decisions: Sequence[Decision], paragraphs: Sequence[Any]) -> Placed:
    """Where the blocks of ``decisions`` stand among the ``paragraphs`` of the document."""
    standing = [(one, paragraphs[one.places[0]], paragraphs[one.places[-1]]) for one in decisions if one.places]
    moving = {one.id: first for one, first, _ in standing if one.action is Action.MOVE}
    return Placed(
        # What is withdrawn may have the id of another block of the new draft.
        staying={one.id: (first, last) for one, first, last in standing if one.new and one.id not in moving},
        astray=frozenset(one.id for one, _, _ in standing if one.is_astray),
        moving=moving,
        going=tuple(first for one, first, _ in standing if one.action in _GOING),
        questioned=tuple(end for one, *ends in standing if one.action is Action.QUESTION for end in ends),
        under=headings_of([PrintedBlock(one.id, one.new) for one in decisions if one.new and not one.is_label]),
        homes=_homes(decisions, paragraphs),
    )


def _homes(decisions: Sequence[Decision], paragraphs: Sequence[Any]) -> Mapping[Any, Any]:
    blocks: dict[int, list[str]] = {}
    for one in decisions:
        for at in () if one.is_label else one.places:
            blocks.setdefault(at, []).append(one.id)
    homes: dict[Any, Any] = {}
    heading = None
    for at, paragraph in enumerate(paragraphs):
        ids = blocks.get(at, ())
        if any(map(is_heading, ids)):
            heading = paragraph
        elif any(map(is_under_none, ids)):
            heading = None
        if heading is not None:
            homes[paragraph] = heading
    return homes
