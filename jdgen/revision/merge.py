"""Three versions of a document's blocks merged: what jdgen printed, what a person made of it, what is printed now.

A person's words always stay. What they changed and the framework changed too is theirs to decide; what they took out
stays out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from jdgen.drafting.block_id import NO_ID, BlockId
from jdgen.record.model import PrintedBlock, WithdrawnText
from jdgen.revision.decisions import Action, Decision
from jdgen.revision.edited_document import (
    BlockObstacle,
    EditedDocument,
    decision_on_withdrawn,
    said_once,
    waiting_blocks,
)
from jdgen.revision.matching import Places
from jdgen.revision.moving import Moves, moves_of
from jdgen.revision.pairing import (
    are_alike,
    are_as_before,
    headings_of,
    out_of_order,
    pairs_of,
    with_parts_that_stay,
)
from jdgen.revision.paragraphs import DocumentText, ReadParagraph
from jdgen.revision.repeated_words import TELLING, all_words_of
from jdgen.revision.rows import (
    Label,
    labels_before,
    labels_of,
    printed_again,
    with_labels_of_rows,
    with_labels_paired,
    with_whole_rows,
)
from jdgen.revision.typed_numbers import only_number_differs, renumber, renumber_inside


def merge(
    base: Sequence[PrintedBlock],
    paragraphs: Sequence[ReadParagraph],
    new: Sequence[PrintedBlock],
    own_ids: Collection[BlockId] = (),
    fresh: DocumentText | None = None,
    *,
    former: Mapping[str, Collection[str]] | None = None,
    withdrawn: Sequence[WithdrawnText] = (),
) -> tuple[Decision, ...]:
    """A decision for each block of ``new``, in its order, then for each block of ``base`` that is withdrawn.

    ``base`` is what the document's record says was printed, ``paragraphs`` what stands in the document now, ``new``
    what is printed for the same post today. ``own_ids`` are ids in ``base`` of what a person worded before it was
    printed: it counts as edited where its words would change. ``fresh`` is the text of the document that prints
    ``new``, which tells what stands in one row of a table, and what is the template's own: all else is a person's.
    ``former`` are the names that headings had: see :func:`pairs_of`. ``withdrawn`` are texts of earlier versions that
    somebody may have kept.
    """
    document = EditedDocument(base, paragraphs, withdrawn)
    pairs = pairs_of(base, new, former)
    labels = () if _are_labels_as_before(base, new, pairs, document.places) else labels_of(base, new, fresh)
    pairs = with_labels_paired(pairs, base, labels)
    headings_of_people = frozenset() if are_as_before(base, new, pairs) else document.headings_of_people(fresh)
    pairs = with_parts_that_stay(pairs, base, new, document.places, headings_of_people)
    renewed = _of_new_blocks(base, new, document, pairs, own_ids)
    coming = [decision.id for decision in renewed if decision.action is Action.INSERT]
    were_labels = labels_before(base, labels, pairs, document.rows) if labels else frozenset[BlockId]()
    if any(decision.is_heading for decision in coming):
        renewed = list(
            _without_headings_of_nothing(renewed, base, pairs, document.places, labels=labels, were_labels=were_labels)
        )
    leaving = _of_withdrawn_blocks(base, document, set(pairs.values()), own_ids, renewed)
    # What goes elsewhere says today's words there, so that what is only offered them stays.
    staying_ids = {decision.id for decision in leaving if decision.action is Action.QUESTION}
    staying_ids |= {decision.was for decision in renewed if decision.action is Action.OFFER and decision.was}
    moves = _moves(
        base,
        document,
        new,
        pairs,
        labels,
        were_labels=were_labels,
        fresh=fresh,
        staying_ids=staying_ids,
        others=headings_of_people,
    )
    in_place = [*_with_moves(renewed, moves), *leaving]
    labelled = _with_labels_marked(in_place, labels, were_labels) if labels else in_place
    without_doubles = list(_with_own_texts_found(labelled, document)) if coming else labelled
    beside_rows = list(with_labels_of_rows(without_doubles, labels)) if coming else without_doubles
    in_rows = with_whole_rows(beside_rows, paragraphs, new, fresh)
    return tuple(_with_numbers_renewed(in_rows, document))


def _of_new_blocks(
    base: Sequence[PrintedBlock],
    new: Sequence[PrintedBlock],
    document: EditedDocument,
    pairs: Mapping[BlockId, BlockId],
    own_ids: Collection[BlockId],
) -> list[Decision]:
    """A decision for each block of ``new``: what has no pair is put in, but for what a person has taken out."""
    old = {block.id: block for block in base}
    decisions = [
        _of_pair(old[pairs[block.id]], block, document, pairs[block.id] in own_ids)
        if block.id in pairs
        else Decision(Action.INSERT, block.id, "", "", block.text, anchor=block.anchor_name)
        for block in new
    ]
    return said_once(decisions, base, document, set(pairs.values()), own_ids)


def _of_withdrawn_blocks(
    base: Sequence[PrintedBlock],
    document: EditedDocument,
    staying_ids: Collection[BlockId],
    own_ids: Collection[BlockId],
    decisions: Sequence[Decision],
) -> list[Decision]:
    """A decision for each block of ``base`` that is none of ``staying_ids``; some wait for what is decided on new
    texts."""
    waiting = waiting_blocks(decisions, base, staying_ids)
    withdrawn = [
        decision_on_withdrawn(block, document, block.id in own_ids) for block in base if block.id not in staying_ids
    ]
    return [_question(decision) if decision.id in waiting else decision for decision in withdrawn]


def _with_labels_marked(
    decisions: Sequence[Decision], labels: Sequence[Label], before: Collection[BlockId]
) -> list[Decision]:
    """``decisions``, in which those on ``labels`` are marked as such, and those on what was one ``before``; one on a
    label of the new draft also gets the ids of what its row is about."""
    rows = {label.id: label.of for label in labels}
    return [
        replace(decision, is_label=True, row_of=rows.get(decision.id, ()) if decision.new else ())
        if decision.id in (rows if decision.new else before)
        else decision
        for decision in decisions
    ]


def _of_pair(base: PrintedBlock, new: PrintedBlock, document: EditedDocument, is_own: bool) -> Decision:
    block_now = document.block(base.id)
    is_changed = not are_alike(base.text, new.text)
    is_edited = is_own or not are_alike(base.text, block_now.words)
    text = new.text
    if (
        block_now.place
        and is_changed
        and (is_edited or block_now.is_joined)
        and only_number_differs(base.text, new.text)
    ):
        text = renumber(base.text, block_now.words, new.text)
        action = Action.KEEP if text == block_now.words or not block_now.is_wordable else Action.REWORD
    elif not block_now.place:
        action = Action.ABSENT
    elif not is_changed or are_alike(block_now.words, new.text):
        action = Action.KEEP
    elif is_edited or not block_now.is_wordable:
        action = Action.OFFER
    else:
        action = Action.REWORD
    return Decision(
        action,
        new.id,
        base.text,
        block_now.visible_text,
        text,
        places=block_now.place,
        is_edited=is_edited,
        can_be_reworded=block_now.is_wordable,
        obstacle=block_now.obstacle,
        story=block_now.story,
        anchor=new.anchor_name,
        was=base.id,
    )


def _moves(
    base: Sequence[PrintedBlock],
    document: EditedDocument,
    new: Sequence[PrintedBlock],
    pairs: Mapping[BlockId, BlockId],
    labels: Sequence[Label],
    *,
    were_labels: Collection[BlockId],
    fresh: DocumentText | None,
    staying_ids: Collection[BlockId],
    others: Collection[int],
) -> Moves:
    """What the framework and people have moved. A label is no heading, and what was one was none: it goes where its row
    goes."""
    if not labels:
        return moves_of(
            base, document.paragraphs, new, pairs, document.places, fresh=fresh, staying_ids=staying_ids, others=others
        )
    label_ids = {label.id for label in labels}
    paragraphs = list(document.paragraphs)
    for block in base:
        block_now = document.block(block.id)
        if block.id in were_labels and len(block_now.place) == 1 and are_alike(block.text, block_now.words):
            paragraphs[block_now.place[0]] = paragraphs[block_now.place[0]]._replace(text="")
    moves = moves_of(
        [block for block in base if block.id not in were_labels],
        paragraphs,
        [block for block in new if block.id not in label_ids],
        {new_id: old_id for new_id, old_id in pairs.items() if new_id not in label_ids and old_id not in were_labels},
        document.places,
        fresh=fresh,
        staying_ids=staying_ids,
        others=others,
    )
    labels_there = [label for label in labels if pairs.get(label.id) in document.places]
    going_labels = [label for label in labels_there if moves.going.issuperset(label.of)]
    belongs = {label.id: moves.by_framework[label.of[0]] for label in going_labels}
    return Moves({**moves.by_framework, **belongs}, moves.going.union(belongs), moves.by_person)


def _are_labels_as_before(
    base: Sequence[PrintedBlock], new: Sequence[PrintedBlock], pairs: Mapping[BlockId, BlockId], places: Places
) -> bool:
    """Whether no label comes, goes, moves or says something else, so that nobody asks which there are: all that was
    printed stands in the document in that order and is printed in it again, and what is printed several times says the
    same."""
    if not are_as_before(base, new, pairs) or not all(block.id in places for block in new):
        return False
    again = printed_again(new)
    block_pairs = zip(base, new, strict=True)
    return not out_of_order(base, {block_id: place[0] for block_id, place in places.items()}) and all(
        are_alike(was.text, block.text) for was, block in block_pairs if block.id.original in again
    )


def _question(decision: Decision) -> Decision:
    return (
        replace(decision, action=Action.QUESTION, obstacle=BlockObstacle.ONLY_OFFERED)
        if decision.action is Action.DELETE
        else decision
    )


def _without_headings_of_nothing(
    decisions: Sequence[Decision],
    base: Sequence[PrintedBlock],
    pairs: Mapping[BlockId, BlockId],
    places: Places,
    *,
    labels: Sequence[Label],
    were_labels: Collection[BlockId],
) -> Iterator[Decision]:
    """``decisions`` without the headings that would have nothing under them: a new heading is not put in where people
    took out all its texts, or took out the heading that the texts had and left them under another. ``labels`` are no
    headings, as ``were_labels`` of ``base`` were none."""
    label_ids, texts = {label.id for label in labels}, {block.id: block.text for block in base}
    before = headings_of([block for block in base if block.id not in were_labels])
    under = headings_of(
        [PrintedBlock(decision.id, decision.new) for decision in decisions if decision.id not in label_ids]
    )
    action = {decision.id: decision.action for decision in decisions}
    for decision in decisions:
        if decision.action is Action.INSERT and decision.id.is_heading and decision.id not in label_ids:
            below = [other for other, heading in under.items() if heading == decision.id != other]
            old_headings = {before.get(pairs[other], NO_ID) for other in below if other in pairs}
            lost_headings = {heading for heading in old_headings if heading and heading not in places}
            is_gone = all(
                action[other] is Action.ABSENT or before.get(pairs.get(other, NO_ID), NO_ID) in lost_headings
                for other in below
            )
            if below and is_gone and (lost_headings or not old_headings):
                yield replace(
                    decision,
                    action=Action.ABSENT,
                    base=next((texts[each] for each in sorted(lost_headings)), decision.new),
                )
                continue
        yield decision


def _with_moves(decisions: Sequence[Decision], moves: Moves) -> Iterator[Decision]:
    """``decisions``, with what the framework has moved and nobody has touched going where it belongs."""
    for decision in decisions:
        is_moved, belongs = decision.id in moves.by_person, moves.by_framework.get(decision.id, "")
        action = decision.action
        if decision.id in moves.going:
            action = Action.MOVE
        elif belongs and action is Action.KEEP:
            action = Action.STAY
        yield replace(decision, action=action, is_moved=is_moved, belongs=belongs) if is_moved or belongs else decision


def _with_numbers_renewed(decisions: Sequence[Decision], document: EditedDocument) -> Iterator[Decision]:
    """``decisions``, with the numbers typed before texts that a person joined in one paragraph as they are now: the
    first of the texts says the whole paragraph."""
    renewed: dict[BlockId, Decision] = {}
    for at, blocks in document.joined_blocks.items():
        paragraph = document.paragraphs[at]
        staying_decisions = {
            decision.was: decision
            for decision in decisions
            if decision.places == (at,) and decision.action in (Action.KEEP, Action.STAY)
        }
        numbered_decisions = [
            decision
            for block in blocks
            if (decision := staying_decisions.get(block.id)) and only_number_differs(decision.base, decision.new)
        ]
        text = renumber_inside(paragraph.text, [(decision.base, decision.new) for decision in numbered_decisions])
        if text != paragraph.text and not paragraph.obstacle:
            first = numbered_decisions[0]
            renewed[first.id] = replace(first, action=Action.REWORD, theirs=paragraph.text, new=text)
    # What is withdrawn may have the id of another block of the new draft.
    return (renewed.get(decision.id, decision) if decision.new else decision for decision in decisions)


def _with_own_texts_found(decisions: Sequence[Decision], document: EditedDocument) -> Iterator[Decision]:
    """``decisions``, but what a person has already put in word for word, or a heading that was withdrawn and they kept,
    is not inserted a second time, and nothing is put into a row that they made or took out."""
    paragraphs, places = document.paragraphs, document.places
    used_places = {at for place in places.values() for at in place}
    free: dict[tuple[str, ...], list[int]] = {}
    for at, paragraph in enumerate(paragraphs):
        if at not in used_places and (key := _words_found(paragraph.text, document.kept_places.get(at, False))):
            free.setdefault(key, []).append(at)
    keys = {
        decision.id: _words_found(decision.new, decision.id.is_heading and not decision.is_label)
        for decision in decisions
        if decision.action is Action.INSERT
    }
    counts = Counter(keys.values())
    theirs = {decision.id for decision in decisions if decision.new and decision.action is Action.ABSENT}
    for decision in decisions:
        key = keys.get(decision.id, ())
        if decision.action is not Action.INSERT:
            yield decision
        elif decision.id.owner in theirs:
            yield replace(decision, action=Action.ABSENT)
        elif len(free.get(key, ())) == counts[key] == 1:  # no doubt which of them is meant
            theirs.add(decision.id)
            (at,) = free[key]
            yield replace(
                decision, action=Action.KEEP, theirs=paragraphs[at].text, places=(at,), story=paragraphs[at].story
            )
        else:
            yield decision


def _words_found(text: str, is_heading: bool) -> tuple[str, ...]:
    """The words that ``text`` is known by where it stands; none of a short one, unless it is a heading."""
    return all_words_of(text) if is_heading or len(text) >= TELLING else ()
