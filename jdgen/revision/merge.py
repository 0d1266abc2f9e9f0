"""Three versions of a document's blocks merged: what jdgen printed, what a person made of it, what is printed now.

A person's words always stay. What they changed and the framework changed too is theirs to decide; what they took out
stays out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from jdgen.drafting.block_id import BlockId
from jdgen.record.model import PrintedBlock, WithdrawnText
from jdgen.revision.decisions import Action, Decision
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
from jdgen.revision.repeated_words import TELLING
from jdgen.revision.rows import (
    Label,
    labels_before,
    labels_of,
    printed_again,
    with_labels_of_rows,
    with_labels_paired,
    with_whole_rows,
)
from jdgen.revision.standing import (
    EditedDocument,
    StandingObstacle,
    decision_on_withdrawn,
    said_once,
    waiting_blocks,
)
from jdgen.revision.typed_numbers import only_number_differs, renumber, renumber_inside
from jdgen.words import comparable


def merge(
    base: Sequence[PrintedBlock],
    paragraphs: Sequence[ReadParagraph],
    new: Sequence[PrintedBlock],
    own: Collection[BlockId] = (),
    fresh: DocumentText | None = None,
    *,
    former: Mapping[str, Collection[str]] | None = None,
    withdrawn: Sequence[WithdrawnText] = (),
) -> tuple[Decision, ...]:
    """A decision for each block of ``new``, in its order, then for each block of ``base`` that is withdrawn.

    ``base`` is what the document's record says was printed, ``paragraphs`` what stands in the document now, ``new``
    what is printed for the same post today. ``own`` are ids in ``base`` of what a person worded before it was printed:
    it counts as edited where its words would change. ``fresh`` is the text of the document that prints ``new``, which
    tells what stands in one row of a table, and what is the template's own: all else is a person's. ``former`` are
    the names that headings had: see :func:`pairs_of`. ``withdrawn`` are texts of earlier versions that
    somebody may have kept.
    """
    document = EditedDocument(base, paragraphs, withdrawn)
    pairs = pairs_of(base, new, former)
    labels = () if _are_labels_as_before(base, new, pairs, document.places) else labels_of(base, new, fresh)
    pairs = with_labels_paired(pairs, base, labels)
    others = frozenset() if are_as_before(base, new, pairs) else document.headings_of_people(fresh)
    pairs = with_parts_that_stay(pairs, base, new, document.places, others)
    renewed = _of_new_blocks(base, new, document, pairs, own)
    coming = [one.id for one in renewed if one.action is Action.INSERT]
    if any(one.is_heading for one in coming):
        renewed = list(_without_headings_of_nothing(renewed, base, pairs, document.places))
    leaving = _of_withdrawn_blocks(base, document, set(pairs.values()), own, renewed)
    held = {one.id for one in leaving if one.action is Action.QUESTION}
    held |= {
        pairs[one.id] for one in renewed if one.obstacle in (StandingObstacle.BROUGHT_BACK, StandingObstacle.SAID_THERE)
    }
    before = labels_before(base, labels, pairs, document.rows) if labels else frozenset[BlockId]()
    moves = _moves(base, document, new, pairs, labels, were_labels=before, fresh=fresh, held=held, others=others)
    in_place = [*_with_moves(renewed, moves), *leaving]
    labelled = _with_labels_marked(in_place, labels, before) if labels else in_place
    wanted = list(_with_own_texts_found(labelled, paragraphs, document.places)) if coming else labelled
    beside_rows = list(with_labels_of_rows(wanted, labels)) if coming else wanted
    in_rows = with_whole_rows(beside_rows, paragraphs, new, fresh)
    return tuple(_with_numbers_renewed(in_rows, document))


def _of_new_blocks(
    base: Sequence[PrintedBlock],
    new: Sequence[PrintedBlock],
    document: EditedDocument,
    pairs: Mapping[BlockId, BlockId],
    own: Collection[BlockId],
) -> list[Decision]:
    """A decision for each block of ``new``: what has no pair is put in, but for what a person has taken out."""
    old = {block.id: block for block in base}
    decisions = [
        _of_pair(old[pairs[block.id]], block, document, pairs[block.id] in own)
        if block.id in pairs
        else Decision(Action.INSERT, block.id, "", "", block.text, anchor=block.anchor_name)
        for block in new
    ]
    return said_once(decisions, base, document, set(pairs.values()), own)


def _of_withdrawn_blocks(
    base: Sequence[PrintedBlock],
    document: EditedDocument,
    kept: Collection[BlockId],
    own: Collection[BlockId],
    decisions: Sequence[Decision],
) -> list[Decision]:
    """A decision for each block of ``base`` that is not ``kept``; some wait for what is decided on new texts."""
    waiting = waiting_blocks(decisions, base, kept)
    withdrawn = [decision_on_withdrawn(block, document, block.id in own) for block in base if block.id not in kept]
    return [_question(one) if one.id in waiting else one for one in withdrawn]


def _with_labels_marked(
    decisions: Sequence[Decision], labels: Sequence[Label], before: Collection[BlockId]
) -> list[Decision]:
    """``decisions``, in which those on ``labels`` are marked as such, and those on what was one ``before``; one on a
    label of the new draft also gets the ids of what its row is about."""
    rows = {label.id: label.of for label in labels}
    return [
        replace(one, is_label=True, row_of=rows.get(one.id, ()) if one.new else ())
        if one.id in (rows if one.new else before)
        else one
        for one in decisions
    ]


def _of_pair(base: PrintedBlock, new: PrintedBlock, document: EditedDocument, is_own: bool) -> Decision:
    there = document.there(base.id)
    changed = not are_alike(base.text, new.text)
    edited = is_own or not are_alike(base.text, there.words)
    text = new.text
    if there.place and changed and (edited or there.is_joined) and only_number_differs(base.text, new.text):
        text = renumber(base.text, there.words, new.text)
        action = Action.KEEP if text == there.words or not there.is_wordable else Action.REWORD
    elif not there.place:
        action = Action.ABSENT
    elif not changed or are_alike(there.words, new.text):
        action = Action.KEEP
    elif edited or not there.is_wordable:
        action = Action.OFFER
    else:
        action = Action.REWORD
    return Decision(
        action,
        new.id,
        base.text,
        there.shown,
        text,
        places=there.place,
        is_edited=edited,
        can_be_reworded=there.is_wordable,
        obstacle=there.obstacle,
        story=there.story,
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
    held: Collection[BlockId],
    others: Collection[int],
) -> Moves:
    """What the framework and people have moved. A label is no heading, and what was one was none: it goes where its row
    goes."""
    if not labels:
        return moves_of(base, document.paragraphs, new, pairs, document.places, fresh=fresh, held=held, others=others)
    own = {label.id for label in labels}
    paragraphs = list(document.paragraphs)
    for block in base:
        there = document.there(block.id)
        if block.id in were_labels and len(there.place) == 1 and are_alike(block.text, there.words):
            paragraphs[there.place[0]] = paragraphs[there.place[0]]._replace(text="")
    found = moves_of(
        [block for block in base if block.id not in were_labels],
        paragraphs,
        [block for block in new if block.id not in own],
        {one: other for one, other in pairs.items() if one not in own and other not in were_labels},
        document.places,
        fresh=fresh,
        held=held,
        others=others,
    )
    standing = [label for label in labels if pairs.get(label.id) in document.places]
    going = [label for label in standing if found.going.issuperset(label.of)]
    belongs = {label.id: found.by_framework[label.of[0]] for label in going}
    return Moves({**found.by_framework, **belongs}, found.going.union(belongs), found.by_person)


def _are_labels_as_before(
    base: Sequence[PrintedBlock], new: Sequence[PrintedBlock], pairs: Mapping[BlockId, BlockId], places: Places
) -> bool:
    """Whether no label comes, goes, moves or says something else, so that nobody asks which there are: all that was
    printed stands in the document in that order and is printed in it again, and what is printed several times says the
    same."""
    if not are_as_before(base, new, pairs) or not all(block.id in places for block in new):
        return False
    again = printed_again(new)
    said = zip(base, new, strict=True)
    return not out_of_order(base, {one: place[0] for one, place in places.items()}) and all(
        are_alike(was.text, block.text) for was, block in said if block.id.original in again
    )


def _question(one: Decision) -> Decision:
    return (
        replace(one, action=Action.QUESTION, obstacle=StandingObstacle.ONLY_OFFERED)
        if one.action is Action.DELETE
        else one
    )


def _without_headings_of_nothing(
    decisions: Sequence[Decision], base: Sequence[PrintedBlock], pairs: Mapping[BlockId, BlockId], places: Places
) -> Iterator[Decision]:
    """``decisions`` without the headings that would have nothing under them: a new heading is not put in where people
    took out all its texts, or took out the heading that the texts had and left them under another."""
    before, texts = headings_of(base), {block.id: block.text for block in base}
    under = headings_of([PrintedBlock(one.id, one.new) for one in decisions])
    action = {one.id: one.action for one in decisions}
    for one in decisions:
        if one.action is Action.INSERT and one.id.is_heading:
            below = [other for other, heading in under.items() if heading == one.id != other]
            had = {before[pairs[other]] for other in below if other in pairs}
            lost = {heading for heading in had if heading and heading not in places}
            is_gone = all(
                action[other] is Action.ABSENT or (other in pairs and before[pairs[other]] in lost) for other in below
            )
            if below and is_gone and (lost or not had):
                yield replace(one, action=Action.ABSENT, base=next((texts[each] for each in sorted(lost)), one.new))
                continue
        yield one


def _with_moves(decisions: Sequence[Decision], moves: Moves) -> Iterator[Decision]:
    """``decisions``, with what the framework has moved and nobody has touched going where it belongs."""
    for one in decisions:
        is_moved, belongs, action = one.id in moves.by_person, moves.by_framework.get(one.id, ""), one.action
        if one.id in moves.going:
            action = Action.MOVE
        elif belongs and action is Action.KEEP:
            action = Action.STAY
        yield replace(one, action=action, is_moved=is_moved, belongs=belongs) if is_moved or belongs else one


def _with_numbers_renewed(decisions: Sequence[Decision], document: EditedDocument) -> Iterator[Decision]:
    """``decisions``, with the numbers typed before texts that a person joined in one paragraph as they are now: the
    first of the texts says the whole paragraph."""
    renewed: dict[BlockId, Decision] = {}
    for at in document.joined:
        paragraph = document.paragraphs[at]
        kept = [one for one in decisions if one.places == (at,) and one.action is Action.KEEP]
        numbered = [one for one in kept if only_number_differs(one.base, one.new)]
        text = renumber_inside(paragraph.text, [(one.base, one.new) for one in numbered])
        if text != paragraph.text and not paragraph.obstacle:
            first = numbered[0]
            renewed[first.id] = replace(first, action=Action.REWORD, theirs=paragraph.text, new=text)
    return (renewed.get(one.id, one) for one in decisions)


def _with_own_texts_found(
    decisions: Sequence[Decision], paragraphs: Sequence[ReadParagraph], places: Places
) -> Iterator[Decision]:
    """``decisions``, but what a person has already put in word for word is not inserted a second time, and nothing is
    put into a row that they made or took out."""
    taken = {at for place in places.values() for at in place}
    free: dict[str, list[int]] = {}
    for at, paragraph in enumerate(paragraphs):
        if at not in taken and len(paragraph.text) >= TELLING:
            free.setdefault(comparable(paragraph.text), []).append(at)
    wanted = Counter(comparable(one.new) for one in decisions if one.action is Action.INSERT)
    theirs = {one.id for one in decisions if one.action is Action.ABSENT}
    for decision in decisions:
        key = comparable(decision.new)
        if decision.action is not Action.INSERT:
            yield decision
        elif decision.id.owner in theirs:
            yield replace(decision, action=Action.ABSENT)
        elif len(free.get(key, ())) == wanted[key] == 1:  # no doubt which of them is meant
            theirs.add(decision.id)
            (at,) = free[key]
            yield replace(
                decision, action=Action.KEEP, theirs=paragraphs[at].text, places=(at,), story=paragraphs[at].story
            )
        else:
            yield decision
