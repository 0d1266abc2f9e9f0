"""Decisions carried out in a person's document, wherever in it they have to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple, Self

from lxml import etree

from jdgen.drafting.block_id import BlockId
from jdgen.record.anchors import ANCHOR
from jdgen.revision.decisions import Action, Decision
from jdgen.revision.obstacles import boxes_in_two_forms, bring_along
from jdgen.revision.paragraphs import DocumentText
from jdgen.revision.redline.copies import Copyist
from jdgen.revision.redline.deletions import (
    delete,
    mend_ends,
    rows_made_whole,
    with_headings_kept,
    with_merged_cells_kept,
    with_words_kept,
)
from jdgen.revision.redline.insertions import insert
from jdgen.revision.redline.marks import Marker, Stamp, reword
from jdgen.revision.redline.places import Correspondence, placed_of
from jdgen.revision.redline.sections import Sections
from jdgen.revision.redline.settling import accept_all
from jdgen.revision.row_numbers import count_anew, gone_with_rows, row_numbers, saying_nothing
from jdgen.revision.rulings import left_alone
from jdgen.word.comments import Comments, place_for_comment
from jdgen.word.file import File, Story
from jdgen.word.paragraphs import ROW
from jdgen.word.xml import Element, W, nearest, remove
from jdgen.words import comparable

# Anchors set anew: each block's hidden bookmark round the paragraph where the block stands now.

_START, _END = f"{W}bookmarkStart", f"{W}bookmarkEnd"
_NUMBER, _NAME = f"{W}id", f"{W}name"
_PROPERTIES = f"{W}pPr"


class _Anchor(NamedTuple):
    """The two marks of an anchor."""

    start: Element
    end: Element

    @classmethod
    def anew(cls, paragraph: Element) -> Self:
        """A new one round ``paragraph``, as yet without a number and a name."""
        start = etree.Element(_START)
        paragraph.insert(_beginning(paragraph), start)
        return cls(start, etree.SubElement(paragraph, _END))

    def call(self, name: str, number: str) -> None:
        """Give it a name and a number."""
        for mark in self:
            mark.set(_NUMBER, number)
        self.start.set(_NAME, name)


def _anchor_anew(tree: Element, anchored_paragraphs: Mapping[str, Element], marker: Marker) -> None:
    """Take all anchors of jdgen's out of ``tree`` and put one round each of ``anchored_paragraphs``, which are by
    the names of the anchors.

    Word processors leave anchors behind in other paragraphs, so that those that are there are not to be kept. Most
    stand where one is to be, and get no more than its name and its number.
    """
    starts = [mark for mark in tree.iter(_START) if mark.get(_NAME, "").startswith(ANCHOR)]
    numbers = {mark.get(_NUMBER) for mark in starts}
    stale = {*starts, *(mark for mark in tree.iter(_END) if mark.get(_NUMBER) in numbers)}
    usable_anchors: dict[Element, _Anchor] = {}
    for paragraph, count in Counter(anchored_paragraphs.values()).items():
        anchor = _anchor_round(paragraph) if count == 1 else None
        if anchor is not None and anchor.start in stale and anchor.end in stale:
            usable_anchors[paragraph] = anchor
            stale -= {*anchor}
    for mark in stale:
        remove(mark)
    for name, paragraph in anchored_paragraphs.items():
        (usable_anchors.get(paragraph) or _Anchor.anew(paragraph)).call(name, marker.id())


def _anchor_round(paragraph: Element) -> _Anchor | None:
    """The anchor round ``paragraph``, where it is as :meth:`_Anchor.anew` makes it."""
    at = _beginning(paragraph)
    if len(paragraph) < at + 2:
        return None
    start, end = paragraph[at], paragraph[-1]
    is_so = (
        (start.tag, end.tag) == (_START, _END)
        and (start.keys(), end.keys()) == ([_NUMBER, _NAME], [_NUMBER])
        and start.get(_NUMBER) == end.get(_NUMBER)
    )
    return _Anchor(start, end) if is_so else None


def _beginning(paragraph: Element) -> int:
    """The place among what is in ``paragraph`` at which its text begins."""
    return 0 if next(paragraph.iterchildren(_PROPERTIES), None) is None else 1


class Conflicts(StrEnum):
    """How new wording is offered where a person has changed the old: in a comment, or as a tracked change too, which
    puts the new words in the place of theirs when everything is accepted."""

    COMMENT = "comment"
    TRACK = "track"


@dataclass(frozen=True)
class Redlined:
    """The document, the ids of the new blocks for which no place was found, and the decisions as they were carried
    out: what was to move and found no place stays, and so does what was kept by a ruling."""

    file: File
    unplaced: tuple[str, ...]
    decisions: tuple[Decision, ...]


def redline(
    file: File,
    theirs: DocumentText,
    fresh: DocumentText,
    decisions: Sequence[Decision],
    *,
    stamp: Stamp,
    conflicts: Conflicts = Conflicts.COMMENT,
) -> Redlined:
    """Carry out ``decisions`` in ``theirs``, a copy of the text of a person's ``file``, whose tree is changed.

    ``fresh`` is the text of the document made anew, from which places and looks of what is new are taken. What is taken
    by a ruling is made first, as if a person had accepted it; what is kept by one is left alone.
    """
    if not any(decision.ruling for decision in decisions):
        return _mark_changes(file, theirs, fresh, decisions, stamp=stamp, conflicts=conflicts)
    taken_changes = _TakenChanges(theirs, tuple(decisions), tuple(decisions), ())
    if any(decision.is_taken for decision in decisions):
        taken_changes = _take_changes(file, theirs, fresh, decisions, stamp)
    open_decisions = [left_alone(decision) if decision.is_kept else decision for decision in taken_changes.rest]
    marked_document = _mark_changes(file, taken_changes.theirs, fresh, open_decisions, stamp=stamp, conflicts=conflicts)
    final_decisions = map(_as_carried_out, decisions, taken_changes.decisions, marked_document.decisions)
    return replace(
        marked_document, unplaced=(*taken_changes.unplaced, *marked_document.unplaced), decisions=tuple(final_decisions)
    )


def _as_carried_out(decision: Decision, taken_decision: Decision, marked_decision: Decision) -> Decision:
    """A decision as it was carried out: ``taken_decision`` is what became of it when those that are taken were made,
    and ``marked_decision`` what became of it when the rest was marked."""
    if decision.is_kept:
        return decision
    return taken_decision if decision.is_taken and taken_decision.is_taken else marked_decision


def _mark_changes(
    file: File,
    theirs: DocumentText,
    fresh: DocumentText,
    decisions: Sequence[Decision],
    *,
    stamp: Stamp,
    conflicts: Conflicts,
) -> Redlined:
    """The document with all of ``decisions`` as tracked changes and comments."""
    tree, paragraphs = theirs.tree, tuple(theirs.read)
    boxes = [box for box in boxes_in_two_forms(tree) if box.agree()]
    marker = Marker(stamp, tree)
    comments = Comments(file, tree, stamp.author, _initials(stamp.author), stamp.date)
    arrangement = _arrange(theirs, fresh, decisions, file.content(_STYLES), marker)
    decisions = arrangement.decisions
    _settle(decisions, paragraphs, marker, comments, conflicts)
    anchored_paragraphs = {
        decision.anchor: paragraph
        for decision in decisions
        if (paragraph := _paragraph_of(decision, paragraphs, arrangement.correspondence)) is not None
    }
    _anchor_anew(tree, anchored_paragraphs, marker)
    bring_along(boxes, marker)
    return Redlined(comments.put_into(file.with_stories(tree)), arrangement.unplaced, decisions)


class _TakenChanges(NamedTuple):
    """A document in which some of the decisions have been made: its text as it is then, the ``decisions`` as they were
    carried out, and the ``rest`` of each, which is to be marked. ``unplaced`` are the ids of new blocks for which there
    was no place."""

    theirs: DocumentText
    decisions: tuple[Decision, ...]
    rest: tuple[Decision, ...]
    unplaced: tuple[BlockId, ...]


def _take_changes(
    file: File, theirs: DocumentText, fresh: DocumentText, decisions: Sequence[Decision], stamp: Stamp
) -> _TakenChanges:
    """Make those of ``decisions`` that are taken in ``theirs``, by marking and accepting them, so that no mark of a
    change is left. All others are left to be marked."""
    tree, paragraphs = theirs.tree, tuple(theirs.read)
    boxes = [box for box in boxes_in_two_forms(tree) if box.agree()]
    marker = Marker(stamp, tree)
    making = [decision if decision.is_taken else left_alone(decision) for decision in decisions]
    arrangement = _arrange(theirs, fresh, making, file.content(_STYLES), marker)
    for decision in arrangement.decisions:
        if decision.is_taken and decision.action is Action.REWORD and decision.places:
            reword(paragraphs[decision.places[0]], decision.new, marker)
    paragraphs_now = [
        _paragraph_of(decision, paragraphs, arrangement.correspondence) for decision in arrangement.decisions
    ]
    # Also so that nothing of jdgen's is left in a paragraph that goes, which would keep it there.
    there = zip(arrangement.decisions, paragraphs_now, strict=True)
    _anchor_anew(
        tree,
        {decision.anchor: paragraph for decision, paragraph in there if paragraph is not None and decision.anchor},
        marker,
    )
    bring_along(boxes, marker)
    new_homes = accept_all(tree)
    now = DocumentText.in_tree(tree)
    place_of = {paragraph: at for at, paragraph in enumerate(now.read)}

    def places(*paragraphs_before: Element | None) -> tuple[int, ...]:
        return tuple(
            dict.fromkeys(
                place_of[paragraph]
                for paragraph_before in paragraphs_before
                if (paragraph := _new_home(paragraph_before, new_homes)) in place_of
            )
        )

    rest = (
        _after(decision, outcome, places(*(paragraphs[at] for at in decision.places)), places(there))
        for decision, outcome, there in zip(decisions, arrangement.decisions, paragraphs_now, strict=True)
    )
    return _TakenChanges(now, arrangement.decisions, tuple(rest), arrangement.unplaced)


def _after(decision: Decision, outcome: Decision, places: tuple[int, ...], place: tuple[int, ...]) -> Decision:
    """What is left of a decision when those that are taken have been made: ``places`` are where the block stood, and
    ``place`` is where it stands."""
    if not outcome.is_taken:
        # What was taken and cannot be carried out as it was decided is told.
        return replace(outcome if decision.is_taken else decision, places=places)
    if outcome.action is Action.REWORD:
        return replace(outcome, action=Action.KEEP, theirs=outcome.new, places=places)
    if outcome.action is Action.DELETE or not place:
        return replace(outcome, action=Action.ABSENT, places=())
    return replace(outcome, action=Action.KEEP, theirs=outcome.new, places=place, is_moved=False, belongs="")


def _new_home(paragraph: Element | None, new_homes: Mapping[Element, Element]) -> Element | None:
    """The paragraph in which what was in ``paragraph`` stands now."""
    while paragraph is not None and paragraph in new_homes:
        paragraph = new_homes[paragraph]
    return paragraph


# What comes, goes and moves. Where there is nothing of that, the document made anew is not looked at.

_STYLES = "word/styles.xml"


class _Arrangement(NamedTuple):
    """The decisions as they were carried out, the ids of the new blocks for which there was no place, and what
    corresponds to the document made anew, where that was looked at."""

    decisions: tuple[Decision, ...]
    unplaced: tuple[BlockId, ...] = ()
    correspondence: Correspondence | None = None


def _arrange(
    theirs: DocumentText, fresh: DocumentText, decisions: Sequence[Decision], styles: bytes, marker: Marker
) -> _Arrangement:
    """Put in what is new, and mark what is withdrawn or stands elsewhere now. ``styles`` are those of the person's
    file."""
    if not any(decision.is_coming or decision.is_going for decision in decisions):
        return _Arrangement(tuple(decisions))
    tree, paragraphs = theirs.tree, tuple(theirs.read)
    placed_decisions = placed_of(decisions, paragraphs)
    numbers = [paragraphs[at] for at in sorted(row_numbers(theirs.paragraphs))]
    fillers = {paragraphs[at]: None for at in sorted(saying_nothing(theirs.paragraphs, fresh.paragraphs))}
    correspondence = Correspondence(fresh, theirs, placed_decisions)
    unplaced: list[BlockId] = []
    if placed_decisions.coming:
        copyist = Copyist(correspondence, styles, marker.later())
        labels = [
            decision.id
            for decision in decisions
            if decision.new and decision.is_label and decision.action is Action.ABSENT
        ]
        unplaced = insert(
            placed_decisions.coming, correspondence, Sections(theirs, correspondence, placed_decisions), copyist, labels
        )
        decisions = [_without_cell(decision, copyist.without_cell, correspondence) for decision in decisions]
    after_moves = [_staying(decision) if _is_stuck(decision, correspondence) else decision for decision in decisions]
    decisions = rows_made_whole(after_moves, decisions, theirs, fresh)
    decisions = with_words_kept(decisions, unplaced, theirs, fresh)
    decisions = with_merged_cells_kept(decisions, theirs, fillers)
    decisions = with_headings_kept(decisions, theirs, fresh, correspondence, placed_decisions.under)
    going_paragraphs = [paragraphs[decision.places[0]] for decision in decisions if decision.is_going]
    delete([*going_paragraphs, *gone_with_rows({*going_paragraphs}, fillers)], fresh.tree, marker)
    count_anew(numbers, marker)
    correspondence.replace(mend_ends(tree, marker))
    new_unplaced = (
        decision.id for decision in decisions if decision.action is Action.INSERT and decision.id in unplaced
    )
    return _Arrangement(decisions, tuple(new_unplaced), correspondence)


# What may have to be said beside it.
_TOLD_ACTIONS = (Action.OFFER, Action.QUESTION)


def _settle(
    decisions: Sequence[Decision],
    paragraphs: Sequence[Element],
    marker: Marker,
    comments: Comments,
    conflicts: Conflicts,
) -> None:
    """Reword what is decided to be, and say beside it what a person has to decide."""
    rows: set[Element | None] = set()
    for decision in decisions:
        if not decision.places:
            continue
        paragraph = paragraphs[decision.places[0]]
        is_tracked = conflicts is Conflicts.TRACK and decision.action is Action.OFFER and decision.can_be_reworded
        if decision.action is Action.REWORD or is_tracked:
            reword(paragraph, decision.new, marker)
        if decision.action not in _TOLD_ACTIONS and not decision.is_astray:
            continue
        place = place_for_comment(paragraph)
        place = _in_text(decision, decisions, paragraphs) if place is None else place
        if place is not None and (texts := _texts_on(decision, is_tracked, place is paragraph)):
            comments.add(place, *texts)
        # Of a row it is said once, and whoever has moved a text themselves knows.
        if (
            place is paragraph
            and decision.is_astray
            and not decision.is_moved
            and (row := nearest(paragraph, ROW)) not in rows
        ):
            rows |= {row} - {None}
            comments.add(paragraph, *_texts_on_astray(decision))


def _in_text(decision: Decision, decisions: Sequence[Decision], paragraphs: Sequence[Element]) -> Element | None:
    """The first paragraph of the main text that says the same as a block elsewhere, where there is one."""
    same = (other for other in decisions if other.id.original == decision.id.original)
    return next((paragraphs[other.places[0]] for other in same if other.places and other.story is Story.MAIN), None)


def _staying(decision: Decision) -> Decision:
    """A move for which there is no place: the block stays, and says today's words."""
    is_same = comparable(decision.base) == comparable(decision.new)
    return replace(decision, action=Action.STAY if is_same else Action.REWORD)


def _without_cell(decision: Decision, without: Collection[Element], correspondence: Correspondence) -> Decision:
    """What belongs in a cell that a person has taken out of their table stays out with it."""
    is_out = decision.action is Action.INSERT and correspondence.paragraph(decision.id) in without
    return replace(decision, action=Action.ABSENT) if is_out else decision


def _is_stuck(decision: Decision, correspondence: Correspondence) -> bool:
    """Whether a block was to move and is not in its new place by now."""
    return decision.action is Action.MOVE and correspondence.paragraph(decision.id) not in correspondence.last


def _paragraph_of(
    decision: Decision, paragraphs: Sequence[Element], correspondence: Correspondence | None
) -> Element | None:
    """The paragraph in which the block of a decision stands now; none where it is withdrawn, has no place or is not
    in the record."""
    if not decision.new:
        return None
    if decision.places and decision.action is not Action.MOVE:
        return paragraphs[decision.places[0]]
    fresh = None if correspondence is None else correspondence.paragraph(decision.id)
    return None if correspondence is None or fresh is None else correspondence.last.get(fresh)


# What is said beside a person's words: what they have to decide, why it was left to them, and where that can stand.


def _initials(author: str) -> str:
    """What a comment of ``author`` is marked with."""
    return "".join(word[0] for word in author.split())[:3]


def _texts_on(decision: Decision, is_tracked: bool, is_here: bool) -> tuple[str, ...]:
    """The paragraphs of a comment on a decision that is left to a person; none on any other decision.

    ``is_tracked`` says that the new words are there as a tracked change too, ``is_here`` that the comment is on the
    paragraph that it is about.
    """
    where = _where(decision, is_here)
    before = f"Before: {decision.base}"
    if decision.action is Action.OFFER:
        stays = f"What stands {where} was kept."
        if is_tracked:
            stays = f"Accepting the change puts the new text in the place of what stood {where}."
        return (_why_offered(decision, where), f"New: {decision.new}", before, stays)
    if decision.action is Action.QUESTION:
        stays = f"What stands {where} was kept, since {_why_kept(decision)}."
        return (f"The text that this was drafted from is withdrawn. {stays}", before)
    return ()


def _texts_on_astray(decision: Decision) -> tuple[str, ...]:
    """The paragraphs of a comment on a block that stays where the framework does not have it."""
    reason = (
        "It was kept where it stands, since somebody has changed it, or something beside or under it, or refers to it."
    )
    return (f"The framework has this {decision.belongs} now.", reason)


def _why_offered(decision: Decision, where: str) -> str:
    if decision.is_edited or not decision.obstacle:
        return f"The text that this was drafted from has changed, and so has what stands {where}."
    return f"The text that this was drafted from has changed. What stands {where} was not, since {decision.obstacle}."


def _why_kept(decision: Decision) -> str:
    if decision.is_edited:
        return "it is not as it was"
    return decision.obstacle or "it holds more than words"


def _where(decision: Decision, is_here: bool) -> str:
    if decision.story is not Story.MAIN:
        return f"in the {decision.story}"
    return "here" if is_here else "in the text box or content control beside this"
