"""Decisions carried out in the main part of a person's document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from lxml import etree

from jdgen.record.text import normalised
from jdgen.revision.merge import Action, Decision
from jdgen.revision.redline.anchoring import anchor_anew
from jdgen.revision.redline.comments import Comments
from jdgen.revision.redline.copying import Copyist
from jdgen.revision.redline.correspondence import ROW, Correspondence, enclosing
from jdgen.revision.redline.deleting import delete
from jdgen.revision.redline.inserting import insert
from jdgen.revision.redline.left_behind import left_behind
from jdgen.revision.redline.marks import Marker, Stamp
from jdgen.revision.redline.placing import placed_of
from jdgen.revision.redline.words import reword
from jdgen.revision.standing import paragraphs_of
from jdgen.revision.unrecorded import PREFIX

BODY = "word/document.xml"
_UNMOVED = "It was kept where it stands, since somebody has changed it or something beside it."
_OWN = "It was kept where it stands, since somebody wrote it here."
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Conflicts(StrEnum):
    """How new wording is offered where a person has changed the old: in a comment, or as a tracked change too, which
    puts the new words in the place of theirs when everything is accepted."""

    COMMENT = "comment"
    TRACK = "track"


@dataclass(frozen=True)
class Redlined:
    """The parts that changed, by name, the ids of the new blocks for which no place was found, and the decisions as
    they were carried out: what was to move and found no place stays."""

    parts: Mapping[str, bytes]
    unplaced: tuple[str, ...]
    decisions: tuple[Decision, ...]


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
    known = Correspondence(fresh, theirs, placed_of(decisions, paragraphs))
    own = tuple(left_behind(decisions, paragraphs, known))
    marker, comments = Marker(stamp, theirs), Comments(parts, stamp)
    copyist = Copyist(known, parts.get("word/styles.xml", b""), marker)
    unplaced = insert([one.id for one in decisions if one.action in (Action.INSERT, Action.MOVE)], known, copyist)
    decisions = [_staying(one) if one.action is Action.MOVE and not _is_in(one.id, known) else one for one in decisions]
    gone = (one for one in decisions if one.action in (Action.DELETE, Action.MOVE))
    delete([paragraphs[one.places[0]] for one in gone], fresh, marker)
    rows: set[Any] = set()
    for one in decisions:
        if one.places:
            paragraph = paragraphs[one.places[0]]
            _settle(one, paragraph, marker, comments, conflicts)
            # Of a row it is said once, and whoever has moved a text themselves knows.
            if one.is_astray and not one.is_moved and (row := enclosing(paragraph, ROW)) not in rows:
                rows |= {row} - {None}
                comments.add(paragraph, f"The framework has this {one.belongs} now.", _UNMOVED)
    for one in own:
        comments.add(paragraphs[one.places[0]], f"The heading has moved: this belonged {one.belongs}.", _OWN)
    anchored = {one.id: found for one in decisions if (found := _stands(one, paragraphs, known)) is not None}
    anchor_anew(theirs, anchored, marker)
    body = _DECLARATION + etree.tostring(theirs, encoding="UTF-8")
    lost = tuple(one.id for one in decisions if one.action is Action.INSERT and one.id in unplaced)
    return Redlined({BODY: body, **comments.parts()}, lost, (*decisions, *own))


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


def _staying(one: Decision) -> Decision:
    """A move for which there is no place: the block stays, and says today's words."""
    is_same = normalised(one.base) == normalised(one.new)
    return replace(one, action=Action.STAY if is_same else Action.REWORD)


def _is_in(block_id: str, known: Correspondence) -> bool:
    """Whether the block is in the document by now."""
    return known.paragraph(block_id) in known.last


def _stands(one: Decision, paragraphs: Sequence[Any], known: Correspondence) -> Any | None:
    """The paragraph in which the block of a decision stands now; none where it is withdrawn, has no place or is not
    in the record."""
    if not one.new or one.id.startswith(PREFIX):
        return None
    if one.places and one.action is not Action.MOVE:
        return paragraphs[one.places[0]]
    fresh = known.paragraph(one.id)
    return known.last.get(fresh) if fresh is not None else None
