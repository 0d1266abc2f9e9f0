"""Decisions carried out in the main part of a person's document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lxml import etree

from jdgen.revision.merge import Action, Decision
from jdgen.revision.redline.anchoring import anchor_anew
from jdgen.revision.redline.comments import Comments
from jdgen.revision.redline.copying import Copyist
from jdgen.revision.redline.correspondence import Correspondence
from jdgen.revision.redline.deleting import delete
from jdgen.revision.redline.inserting import insert
from jdgen.revision.redline.marks import Marker, Stamp
from jdgen.revision.redline.words import reword
from jdgen.revision.standing import paragraphs_of
from jdgen.revision.unrecorded import PREFIX

BODY = "word/document.xml"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Conflicts(StrEnum):
    """How new wording is offered where a person has changed the old: in a comment, or as a tracked change too, which
    puts the new words in the place of theirs when everything is accepted."""

    COMMENT = "comment"
    TRACK = "track"


@dataclass(frozen=True)
class Redlined:
    """The parts that changed, by name, and the ids of the blocks for which no place was found."""

    parts: Mapping[str, bytes]
    unplaced: tuple[str, ...]


def redlined(
    parts: Mapping[str, bytes],
    theirs: Any,
    fresh: Any,
    decisions: Sequence[Decision],
    *,
    stamp: Stamp,
    conflicts: Conflicts = Conflicts.COMMENT,
) -> Redlined:
    """Carry out ``decisions`` in ``theirs``, the tree of the main part of the document ``parts``.

    ``fresh`` is the main part of the same document made anew, from which places and looks of what is new are taken.
    """
    paragraphs = paragraphs_of(theirs)
    placed = {one.id: (paragraphs[one.places[0]], paragraphs[one.places[-1]]) for one in decisions if one.places}
    known = Correspondence(fresh, theirs, placed)
    marker, comments = Marker(stamp, theirs), Comments(parts, stamp)
    copyist = Copyist(known, parts.get("word/styles.xml", b""), marker)
    unplaced = insert([one.id for one in decisions if one.action is Action.INSERT], known, copyist)
    delete([paragraphs[one.places[0]] for one in decisions if one.action is Action.DELETE], fresh, marker)
    for one in decisions:
        if one.places:
            _settle(one, paragraphs[one.places[0]], marker, comments, conflicts)
    anchored = {one.id: found for one in decisions if (found := _stands(one, placed, known)) is not None}
    anchor_anew(theirs, anchored, marker)
    body = _DECLARATION + etree.tostring(theirs, encoding="UTF-8")
    return Redlined({BODY: body, **comments.parts()}, tuple(unplaced))


def _settle(one: Decision, paragraph: Any, marker: Marker, comments: Comments, conflicts: Conflicts) -> None:
    if one.action is Action.REWORD:
        reword(paragraph, one.new, marker)
    elif one.action is Action.OFFER:
        stays = "What stands here was kept."
        if conflicts is Conflicts.TRACK and one.can_be_reworded:
            reword(paragraph, one.new, marker)
            stays = "Accepting the change puts the new text in the place of what stood here."
        comments.add(
            paragraph,
            "The text that this was drafted from has changed, and so has what stands here.",
            f"New: {one.new}",
            f"Before: {one.base}",
            stays,
        )
    elif one.action is Action.QUESTION:
        comments.add(
            paragraph,
            "The text that this was drafted from is withdrawn. What stands here was kept, since it is not as it was.",
            f"Before: {one.base}",
        )


def _stands(one: Decision, placed: Mapping[str, tuple[Any, Any]], known: Correspondence) -> Any | None:
    """The paragraph in which the block of a decision stands now; none where it is withdrawn, has no place or is not
    in the record."""
    if not one.new or one.id.startswith(PREFIX):
        return None
    if one.id in placed:
        return placed[one.id][0]
    fresh = known.paragraph(one.id)
    return known.last.get(fresh) if fresh is not None else None
