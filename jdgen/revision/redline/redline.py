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
from jdgen.revision.redline.deletions import (
    delete,
    mend_ends,
    rows_made_whole,
    with_headings_kept,
    with_merged_cells_kept,
    with_words_kept,
)
from jdgen.revision.redline.insertions import Copyist, insert
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


def _anchor_anew(tree: Element, placed: Mapping[str, Element], marker: Marker) -> None:
    """Take all anchors of jdgen's out of ``tree`` and put one round each paragraph of ``placed``, by its name.

    Word processors leave anchors behind in other paragraphs, so that those that are there are not to be kept. Most
    stand where one is to be, and get no more than its name and its number.
    """
    starts = [mark for mark in tree.iter(_START) if mark.get(_NAME, "").startswith(ANCHOR)]
    numbers = {mark.get(_NUMBER) for mark in starts}
    stale = {*starts, *(mark for mark in tree.iter(_END) if mark.get(_NUMBER) in numbers)}
    standing: dict[Element, _Anchor] = {}
    for paragraph, count in Counter(placed.values()).items():
        anchor = _anchor_round(paragraph) if count == 1 else None
        if anchor is not None and anchor.start in stale and anchor.end in stale:
            standing[paragraph] = anchor
            stale -= {*anchor}
    for mark in stale:
        remove(mark)
    for name, paragraph in placed.items():
        (standing.get(paragraph) or _Anchor.anew(paragraph)).call(name, marker.id())


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
    if not any(one.ruling for one in decisions):
        return _marked(file, theirs, fresh, decisions, stamp=stamp, conflicts=conflicts)
    taken = _Taken(theirs, tuple(decisions), tuple(decisions), ())
    if any(one.is_taken for one in decisions):
        taken = _take(file, theirs, fresh, decisions, stamp)
    asked = [left_alone(one) if one.is_kept else one for one in taken.left]
    made = _marked(file, taken.theirs, fresh, asked, stamp=stamp, conflicts=conflicts)
    told = map(_as_told, decisions, taken.decisions, made.decisions)
    return replace(made, unplaced=(*taken.unplaced, *made.unplaced), decisions=tuple(told))


def _as_told(decision: Decision, taken: Decision, made: Decision) -> Decision:
    """A decision as it was carried out: ``taken`` is what became of it when those that are taken were made, and
    ``made`` what became of it when the rest was marked."""
    if decision.is_kept:
        return decision
    return taken if decision.is_taken and taken.is_taken else made


def _marked(
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
    arranged = _arranged(theirs, fresh, decisions, file.content(_STYLES), marker)
    decisions = arranged.decisions
    _settle(decisions, paragraphs, marker, comments, conflicts)
    anchored = {
        one.anchor: found for one in decisions if (found := _stands(one, paragraphs, arranged.known)) is not None
    }
    _anchor_anew(tree, anchored, marker)
    bring_along(boxes, marker)
    lost = tuple(one.id for one in decisions if one.action is Action.INSERT and one.id in arranged.unplaced)
    return Redlined(comments.put_into(file.with_stories(tree)), lost, decisions)


class _Taken(NamedTuple):
    """A document in which some of the decisions have been made: its text as it is then, the ``decisions`` as they were
    carried out, and what is ``left`` of each. ``unplaced`` are the ids of new blocks for which there was no place."""

    theirs: DocumentText
    decisions: tuple[Decision, ...]
    left: tuple[Decision, ...]
    unplaced: tuple[BlockId, ...]


def _take(file: File, theirs: DocumentText, fresh: DocumentText, decisions: Sequence[Decision], stamp: Stamp) -> _Taken:
    """Make those of ``decisions`` that are taken in ``theirs``, by marking and accepting them, so that no mark of a
    change is left. All others are left to be marked."""
    tree, paragraphs = theirs.tree, tuple(theirs.read)
    boxes = [box for box in boxes_in_two_forms(tree) if box.agree()]
    marker = Marker(stamp, tree)
    making = [one if one.is_taken else left_alone(one) for one in decisions]
    arranged = _arranged(theirs, fresh, making, file.content(_STYLES), marker)
    for one in arranged.decisions:
        if one.is_taken and one.action is Action.REWORD and one.places:
            reword(paragraphs[one.places[0]], one.new, marker)
    stands = [_stands(one, paragraphs, arranged.known) for one in arranged.decisions]
    # Also so that nothing of jdgen's is left in a paragraph that goes, which would keep it there.
    there = zip(arranged.decisions, stands, strict=True)
    _anchor_anew(tree, {one.anchor: found for one, found in there if found is not None and one.anchor}, marker)
    bring_along(boxes, marker)
    joined = accept_all(tree)
    now = DocumentText.in_tree(tree)
    place_of = {paragraph: at for at, paragraph in enumerate(now.read)}

    def places(*before: Element | None) -> tuple[int, ...]:
        return tuple(dict.fromkeys(place_of[one] for each in before if (one := _joined(each, joined)) in place_of))

    left = (
        _after(one, done, places(*(paragraphs[at] for at in one.places)), places(there))
        for one, done, there in zip(decisions, arranged.decisions, stands, strict=True)
    )
    return _Taken(now, arranged.decisions, tuple(left), tuple(arranged.unplaced))


def _after(one: Decision, done: Decision, places: tuple[int, ...], place: tuple[int, ...]) -> Decision:
    """What is left of a decision when those that are taken have been made: ``places`` are where the block stood, and
    ``place`` is where it stands."""
    if not done.is_taken:
        # What was taken and cannot be carried out as it was decided is told.
        return replace(done if one.is_taken else one, places=places)
    if done.action is Action.REWORD:
        return replace(done, action=Action.KEEP, theirs=done.new, places=places)
    if done.action is Action.DELETE or not place:
        return replace(done, action=Action.ABSENT, places=())
    return replace(done, action=Action.KEEP, theirs=done.new, places=place, is_moved=False, belongs="")


def _joined(paragraph: Element | None, joined: Mapping[Element, Element]) -> Element | None:
    """The paragraph in which what was in ``paragraph`` stands now."""
    while paragraph is not None and paragraph in joined:
        paragraph = joined[paragraph]
    return paragraph


# What comes, goes and moves. Where there is nothing of that, the document made anew is not looked at.

_STYLES = "word/styles.xml"
_ARRANGING = (Action.INSERT, Action.MOVE, Action.DELETE)


class _Arranged(NamedTuple):
    """The decisions as they were carried out, the ids of what found no place, and what corresponds to the document made
    anew, where that was looked at."""

    decisions: tuple[Decision, ...]
    unplaced: Sequence[BlockId] = ()
    known: Correspondence | None = None


def _arranged(
    theirs: DocumentText, fresh: DocumentText, decisions: Sequence[Decision], styles: bytes, marker: Marker
) -> _Arranged:
    """Put in what is new, and mark what is withdrawn or stands elsewhere now. ``styles`` are those of the person's
    file."""
    if not any(one.action in _ARRANGING for one in decisions):
        return _Arranged(tuple(decisions))
    tree, paragraphs = theirs.tree, tuple(theirs.read)
    placed = placed_of(decisions, paragraphs)
    numbers = [paragraphs[at] for at in sorted(row_numbers(theirs.paragraphs))]
    fillers = {paragraphs[at]: None for at in sorted(saying_nothing(theirs.paragraphs, fresh.paragraphs))}
    known = Correspondence(fresh, theirs, placed)
    unplaced: list[BlockId] = []
    if placed.coming:
        copyist = Copyist(known, styles, marker.later())
        labels = [one.id for one in decisions if one.is_label and one.action is Action.ABSENT]
        unplaced = insert(placed.coming, known, Sections(theirs, known, placed), copyist, labels)
        decisions = [_without_cell(one, copyist.without_cell, known) for one in decisions]
    stuck = {one.id for one in decisions if one.action is Action.MOVE and not _is_in(one.id, known)}
    if stuck:
        decisions = [_staying(one) if one.id in stuck else one for one in decisions]
        decisions = rows_made_whole(decisions, theirs, fresh)
    decisions = with_words_kept(decisions, unplaced, theirs, fresh)
    decisions = with_merged_cells_kept(decisions, theirs, fillers)
    decisions = with_headings_kept(decisions, theirs, fresh, known, placed.under)
    gone = [paragraphs[one.places[0]] for one in decisions if one.action in (Action.DELETE, Action.MOVE)]
    delete([*gone, *gone_with_rows({*gone}, fillers)], fresh.tree, marker)
    count_anew(numbers, marker)
    known.replace(mend_ends(tree, marker))
    return _Arranged(decisions, unplaced, known)


# What may have to be said beside it.
_TOLD = (Action.OFFER, Action.QUESTION)


def _settle(
    decisions: Sequence[Decision],
    paragraphs: Sequence[Element],
    marker: Marker,
    comments: Comments,
    conflicts: Conflicts,
) -> None:
    """Reword what is decided to be, and say beside it what a person has to decide."""
    rows: set[Element | None] = set()
    for one in decisions:
        if not one.places:
            continue
        paragraph = paragraphs[one.places[0]]
        is_tracked = conflicts is Conflicts.TRACK and one.action is Action.OFFER and one.can_be_reworded
        if one.action is Action.REWORD or is_tracked:
            reword(paragraph, one.new, marker)
        if one.action not in _TOLD and not one.is_astray:
            continue
        place = place_for_comment(paragraph)
        place = _in_text(one, decisions, paragraphs) if place is None else place
        if place is not None and (texts := _texts_on(one, is_tracked, place is paragraph)):
            comments.add(place, *texts)
        # Of a row it is said once, and whoever has moved a text themselves knows.
        if place is paragraph and one.is_astray and not one.is_moved and (row := nearest(paragraph, ROW)) not in rows:
            rows |= {row} - {None}
            comments.add(paragraph, *_texts_on_astray(one))


def _in_text(one: Decision, decisions: Sequence[Decision], paragraphs: Sequence[Element]) -> Element | None:
    """The first paragraph of the main text that says the same as a block elsewhere, where there is one."""
    same = (other for other in decisions if other.id.original == one.id.original)
    return next((paragraphs[other.places[0]] for other in same if other.places and other.story is Story.MAIN), None)


def _staying(one: Decision) -> Decision:
    """A move for which there is no place: the block stays, and says today's words."""
    is_same = comparable(one.base) == comparable(one.new)
    return replace(one, action=Action.STAY if is_same else Action.REWORD)


def _without_cell(one: Decision, without: Collection[Element], known: Correspondence) -> Decision:
    """What belongs in a cell that a person has taken out of their table stays out with it."""
    is_out = one.action is Action.INSERT and known.paragraph(one.id) in without
    return replace(one, action=Action.ABSENT) if is_out else one


def _is_in(block_id: BlockId, known: Correspondence) -> bool:
    """Whether the block is in the document by now."""
    return known.paragraph(block_id) in known.last


def _stands(one: Decision, paragraphs: Sequence[Element], known: Correspondence | None) -> Element | None:
    """The paragraph in which the block of a decision stands now; none where it is withdrawn, has no place or is not
    in the record."""
    if not one.new:
        return None
    if one.places and one.action is not Action.MOVE:
        return paragraphs[one.places[0]]
    fresh = None if known is None else known.paragraph(one.id)
    return None if known is None or fresh is None else known.last.get(fresh)


# What is said beside a person's words: what they have to decide, why it was left to them, and where that can stand.


def _initials(author: str) -> str:
    """What a comment of ``author`` is marked with."""
    return "".join(word[0] for word in author.split())[:3]


def _texts_on(one: Decision, is_tracked: bool, is_here: bool) -> tuple[str, ...]:
    """The paragraphs of a comment on a decision that is left to a person; none on any other decision.

    ``is_tracked`` says that the new words are there as a tracked change too, ``is_here`` that the comment is on the
    paragraph that it is about.
    """
    where = _where(one, is_here)
    before = f"Before: {one.base}"
    if one.action is Action.OFFER:
        stays = f"What stands {where} was kept."
        if is_tracked:
            stays = f"Accepting the change puts the new text in the place of what stood {where}."
        return (_why_offered(one, where), f"New: {one.new}", before, stays)
    if one.action is Action.QUESTION:
        stays = f"What stands {where} was kept, since {_why_kept(one)}."
        return (f"The text that this was drafted from is withdrawn. {stays}", before)
    return ()


def _texts_on_astray(one: Decision) -> tuple[str, ...]:
    """The paragraphs of a comment on a block that stays where the framework does not have it."""
    kept = (
        "It was kept where it stands, since somebody has changed it, or something beside or under it, or refers to it."
    )
    return (f"The framework has this {one.belongs} now.", kept)


def _why_offered(one: Decision, where: str) -> str:
    if one.is_edited or not one.obstacle:
        return f"The text that this was drafted from has changed, and so has what stands {where}."
    return f"The text that this was drafted from has changed. What stands {where} was not, since {one.obstacle}."


def _why_kept(one: Decision) -> str:
    if one.is_edited:
        return "it is not as it was"
    return one.obstacle or "it holds more than words"


def _where(one: Decision, is_here: bool) -> str:
    if one.story is not Story.MAIN:
        return f"in the {one.story}"
    return "here" if is_here else "in the text box or content control beside this"
