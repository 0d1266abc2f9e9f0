"""What a person's document holds of all that was ever printed in it, and what of a new version may come into it.

There are the blocks of its last version, the texts that an earlier release withdrew and somebody kept, and the headings
that people wrote themselves. No words come that stand there in another text already, or that somebody took out; and
none go before the text is there that says them now.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from jdgen.drafting.block_id import NO_ID, BlockId, id_of
from jdgen.drafting.model import FIELDS_OF_ENTRIES
from jdgen.record.model import PrintedBlock, WithdrawnText
from jdgen.revision.decisions import Action, Decision
from jdgen.revision.matching import Places, places_of, stretches
from jdgen.revision.pairing import are_alike, is_under_none
from jdgen.revision.paragraphs import DocumentText, ReadParagraph
from jdgen.revision.repeated_words import TELLING, may_be_part, origin, part_of, stretches_in, stretches_out
from jdgen.revision.typed_numbers import only_number_differs
from jdgen.word.file import Story
from jdgen.words import comparable


class StandingObstacle(StrEnum):
    """Why the words of a block are not changed, besides what its paragraph has against it."""

    JOINED = "it is joined to other text in one paragraph"
    SPLIT = "it stands in several paragraphs"
    REFERRED_TO = "a cross-reference in the document leads to it"
    ONLY_OFFERED = "the text that takes its place is only offered"
    WORDS_OFFERED = "the text that says some of its words now is only offered"
    BROUGHT_BACK = "the new wording has words in it that somebody took out"
    SAID_THERE = "the new wording has words in it that stand in a text which somebody changed or kept"


class StandingBlock(NamedTuple):
    """What there is of a block: the paragraphs where it stands, its words as they are compared and as a reader sees
    them, why they cannot be changed, if so, and the story that it stands in."""

    place: tuple[int, ...]
    words: str
    shown: str
    obstacle: str
    story: Story

    @property
    def is_joined(self) -> bool:
        """Whether other blocks stand in the same paragraph."""
        return self.obstacle is StandingObstacle.JOINED

    @property
    def is_wordable(self) -> bool:
        """Whether it is one paragraph of words that can be changed."""
        return len(self.place) == 1 and not self.obstacle


class EditedDocument:
    """The ``paragraphs`` of a person's document, in which the blocks of ``base`` were printed. ``withdrawn`` are texts
    that may stand in it besides."""

    def __init__(
        self,
        base: Sequence[PrintedBlock],
        paragraphs: Sequence[ReadParagraph],
        withdrawn: Sequence[WithdrawnText] = (),
    ) -> None:
        self._base = base
        self.paragraphs = paragraphs
        #: ``kept`` are the places of what was withdrawn and stands there all the same, and whether it is a heading.
        self.places, self.kept = _places(base, paragraphs, withdrawn)
        #: The blocks in each paragraph that holds several, in the order in which they were printed.
        self.joined: dict[int, list[PrintedBlock]] = {}
        for block in base:
            for at in self.places.get(block.id, ()):
                self.joined.setdefault(at, []).append(block)
        self.joined = {at: blocks for at, blocks in self.joined.items() if len(blocks) > 1}
        self._words: dict[BlockId, str] = {}
        for at, blocks in self.joined.items():
            found = stretches(paragraphs[at].text, [block.text for block in blocks])
            self._words |= {one.id: found[index].words if index in found else "" for index, one in enumerate(blocks)}

    @functools.cached_property
    def taken_out(self) -> tuple[str, ...]:
        """The printed texts that are in the document no more, and what a person took out of those that are."""
        ids = {block.id for block in self._base}
        return tuple(
            text
            for block in self._base
            if is_text(block.id, ids)
            for text in (
                stretches_out(block.text, self.there(block.id).words) if block.id in self.places else [block.text]
            )
        )

    @functools.cached_property
    def rows(self) -> Mapping[BlockId, str]:
        """The row of a table that each block stands in, '' for one that stands in none."""
        return {one: self.paragraphs[place[0]].row for one, place in self.places.items()}

    def there(self, block_id: BlockId) -> StandingBlock:
        """What there is of a block that was printed."""
        place = self.places.get(block_id, ())
        if len(place) == 1 and block_id not in self._words:  # as nearly all do
            one = self.paragraphs[place[0]]
            return StandingBlock(place, one.text, one.shown or one.text, one.obstacle, one.story)
        there = [self.paragraphs[at] for at in place]
        words, shown = " ".join([one.text for one in there]), " ".join([one.shown or one.text for one in there])
        obstacle = StandingObstacle.SPLIT if len(there) > 1 else there[0].obstacle if there else ""
        if block_id in self._words:
            words, obstacle = self._words[block_id], StandingObstacle.JOINED
        return StandingBlock(place, words, shown, obstacle, there[0].story if there else Story.MAIN)

    def headings_of_people(self, fresh: DocumentText | None) -> frozenset[int]:
        """The places of headings that are none of the blocks: those that somebody kept, and those that look as nothing
        but headings of blocks do. ``fresh`` is the document made anew, which tells what is the template's own."""
        kept = frozenset(at for at, is_heading in self.kept.items() if is_heading)
        return kept | frozenset(self._written_headings(fresh) if fresh else ())

    def _written_headings(self, fresh: DocumentText) -> Iterator[int]:
        of_headings, of_others, owned = set[str](), set[str](), set(self.kept)
        for block_id, place in self.places.items():
            owned.update(place)
            looks = of_headings if block_id.is_heading else of_others
            looks.update(self.paragraphs[at].style for at in place)
        styles = of_headings - of_others
        written = [
            (at, one)
            for at, one in enumerate(self.paragraphs)
            if one.style in styles and at not in owned and one.text.strip() and one.story is Story.MAIN
        ]
        if not written:  # so that the document made anew need not be read
            return
        own = {comparable(one.text) for one in fresh.paragraphs if not one.anchors and one.style in styles}
        there = {comparable(one.text) for one in self.paragraphs}
        if own <= there:  # else it may be one of the template's that somebody renamed
            yield from (at for at, one in written if comparable(one.text) not in own)


def is_text(block_id: BlockId, ids: Collection[BlockId]) -> bool:
    """Whether a block is a text of the framework's: no heading, nothing of the post, no field of something, such as one
    beside one of ``ids``."""
    is_field = block_id.row_owner in ids or block_id.is_field(*FIELDS_OF_ENTRIES)
    return not block_id.is_heading and not is_under_none(block_id) and not is_field


def _places(
    base: Sequence[PrintedBlock], paragraphs: Sequence[ReadParagraph], withdrawn: Sequence[WithdrawnText]
) -> tuple[Places, Mapping[int, bool]]:
    """Where the blocks of ``base`` stand, and what is ``withdrawn``: see :attr:`EditedDocument.kept`."""
    printed = {comparable(block.text) for block in base}
    gone = [one for one in withdrawn if comparable(one.text) not in printed]
    if not gone:
        return places_of(base, paragraphs), {}
    others: dict[BlockId, bool] = {}
    every: list[tuple[int, PrintedBlock]] = []
    for number, one in enumerate(gone):
        name = id_of("withdrawn", number)
        block_id = id_of(name, "title") if one.is_heading else name
        others[block_id] = one.is_heading
        start = every[-1][0] if every else 0
        every.append((max(one.place, start), PrintedBlock(block_id, one.text)))
    blocks: list[PrintedBlock] = []
    for at in range(len(base) + 1):
        blocks += [block for place, block in every if min(place, len(base)) == at]
        blocks += base[at : at + 1]
    places = places_of(blocks, paragraphs, others)
    kept = {at: others[one] for one, place in places.items() if one in others for at in place}
    return {one: place for one, place in places.items() if one not in others}, kept


def withdrawn_texts(
    paragraphs: Sequence[ReadParagraph],
    decisions: Iterable[Decision],
    new: Sequence[PrintedBlock],
    kept: Mapping[int, bool],
) -> tuple[WithdrawnText, ...]:
    """What stands in a document of these ``paragraphs`` and is not in the version ``new`` that it is brought to, in its
    order: what is withdrawn by ``decisions``, whatever becomes of it, and what was before and was ``kept``."""
    number_of = {block.id: number for number, block in enumerate(new, 1)}
    staying = {at: number_of[one.id] for one in decisions if one.new for at in one.places}
    gone = dict(kept)
    for one in decisions:
        if not one.new and (one.id.is_heading or len(one.theirs) >= TELLING):
            gone |= dict.fromkeys(one.places, one.id.is_heading)
    texts: list[WithdrawnText] = []
    place = 0
    for at, paragraph in enumerate(paragraphs):
        place = staying.get(at, place)
        if at in gone and at not in staying and paragraph.text.strip():
            texts.append(WithdrawnText(place, paragraph.text, gone[at]))
    return tuple(texts)


def decision_on_withdrawn(base: PrintedBlock, document: EditedDocument, is_own: bool) -> Decision:
    """The decision on a block that the new version does not have; ``is_own`` says that a person worded it."""
    there = document.there(base.id)
    edited = is_own or not are_alike(base.text, there.words)
    here = [document.paragraphs[at] for at in there.place]
    obstacle = there.obstacle or (StandingObstacle.REFERRED_TO if any(one.is_referred_to for one in here) else "")
    if not here:
        action = Action.ABSENT
    elif edited or obstacle or not here[0].is_plain:
        action = Action.QUESTION
    else:
        action = Action.DELETE
    return Decision(
        action,
        base.id,
        base.text,
        there.shown,
        "",
        places=there.place,
        is_edited=edited,
        obstacle=obstacle,
        story=there.story,
        was=base.id,
    )


# What of a new version comes.


def said_once(
    decisions: list[Decision],
    base: Sequence[PrintedBlock],
    document: EditedDocument,
    kept: Collection[BlockId],
    own: Collection[BlockId],
) -> list[Decision]:
    """``decisions`` on the blocks of a new version, but none puts in what another text in ``document`` says, or what
    somebody took out. Of the blocks of ``base`` those ``kept`` are in the new version too, and a person worded those of
    ``own``."""
    staying = list(_staying(base, document, kept, own))
    decisions = list(_without_what_was_taken_out(decisions, staying, lambda: document.taken_out))
    if rest := _rests_of_what_was_taken_out(decisions):
        decisions = list(_without_what_was_taken_out(decisions, staying, lambda: (*document.taken_out, *rest)))
    return _with_parts_of_what_waits(_with_words_that_wait(decisions), base, document, kept)


def _staying(
    base: Sequence[PrintedBlock], document: EditedDocument, kept: Collection[BlockId], own: Collection[BlockId]
) -> Iterator[Decision]:
    """Decisions on what is withdrawn and stays all the same, as somebody changed it, or kept it at an earlier release:
    what comes is not to say its words a second time."""
    for block in base:
        if block.id not in kept and may_be_part(block):
            one = decision_on_withdrawn(block, document, block.id in own)
            is_arranged = one.obstacle in (StandingObstacle.JOINED, StandingObstacle.SPLIT)
            if one.action is Action.QUESTION and (one.is_edited or is_arranged):
                yield one
    for at, is_heading in document.kept.items():
        if not is_heading:
            there = document.paragraphs[at]
            text, shown = there.text, there.shown or there.text
            one = Decision(Action.QUESTION, NO_ID, text, shown, "", places=(at,), is_edited=True, story=there.story)
            yield replace(one, obstacle=there.obstacle)


def _without_what_was_taken_out(
    decisions: Sequence[Decision], staying: Sequence[Decision], gone: Callable[[], Sequence[str]]
) -> Iterator[Decision]:
    """``decisions``, but what the new version says in the words that are ``gone``, since a person took them out, is not
    put in, and no text is reworded so that it says them again; what a text that they edited says already, or one that
    is ``staying``, is offered there. What is gone is only asked where something comes."""
    ids = {one.id for one in decisions}
    # Not what gets another number only: its words are what they were, so that what comes was none of them.
    edited = [one for one in decisions if one.is_edited and one.action is Action.OFFER]
    for one in decisions:
        if one.action is Action.INSERT and is_text(one.id, ids):
            yield _offered_or_left_out(one, edited, staying, gone)
        elif one.action is Action.REWORD and (obstacle := _why_not_reworded(one, staying, gone)):
            yield replace(one, action=Action.OFFER, can_be_reworded=False, obstacle=obstacle)
        else:
            yield one


def _offered_or_left_out(
    coming: Decision, edited: Sequence[Decision], staying: Sequence[Decision], gone: Callable[[], Sequence[str]]
) -> Decision:
    """A text that comes: offered where an ``edited`` one or one that is ``staying`` says it already, left out where its
    words are ``gone``, and put in else."""
    text = coming.new
    again = (
        one for one in staying if not one.id and (are_alike(one.base, text) or only_number_differs(one.base, text))
    )
    if (there := next(again, None)) is not None:  # what was withdrawn, kept, and is printed again
        action = Action.KEEP if are_alike(there.base, text) or there.obstacle else Action.REWORD
        return replace(there, action=action, id=coming.id, new=text, anchor=coming.anchor, is_edited=False)
    said = (one for one in (*edited, *staying) if origin(text, [one.base]) and origin(text, [one.theirs]))
    if (there := next(said, None)) is not None:
        return _offered_at(there, coming)
    if before := origin(text, gone()) or part_of(text, gone()):
        return replace(coming, action=Action.ABSENT, base=before)
    there = next((one for one in staying if _says_some_of(one, text)), None)
    return coming if there is None else _offered_at(there, coming)


def _offered_at(there: Decision, coming: Decision) -> Decision:
    """A text that comes, offered where ``there`` is decided on another, with its own anchor round the same paragraph: a
    later version finds both texts in it."""
    return replace(
        there,
        action=Action.OFFER,
        id=coming.id,
        new=coming.new,
        anchor=coming.anchor,
        was=NO_ID,
        can_be_reworded=False,
    )


def _says_some_of(one: Decision, text: str) -> bool:
    """Whether the text that ``one`` is about was printed with the words of ``text``, or is said in it with others."""
    return bool(origin(text, [one.base]) or part_of(text, [one.base]))


def _why_not_reworded(reworded: Decision, staying: Sequence[Decision], gone: Callable[[], Sequence[str]]) -> str:
    """Why a new wording is only offered: what it puts in is ``gone``, or said by a text that is ``staying``; else ''.
    Of a text that a person edited only the number is reworded: all else in it is theirs."""
    put_in = () if reworded.is_edited else stretches_in(reworded.base, reworded.new)
    if any(origin(put, gone()) or part_of(put, gone()) for put in put_in):
        return StandingObstacle.BROUGHT_BACK
    return StandingObstacle.SAID_THERE if any(_says_some_of(one, put) for put in put_in for one in staying) else ""


def _rests_of_what_was_taken_out(decisions: Sequence[Decision]) -> list[str]:
    """The words of texts that people took out which today's version of the same text has no more. The new version may
    say them in another text, beside words that are new."""
    return [
        rest
        for one in decisions
        if one.action is Action.ABSENT and not one.id.is_heading
        for rest in stretches_out(one.base, one.new)
    ]


def waiting_blocks(
    decisions: Sequence[Decision], base: Sequence[PrintedBlock], kept: Collection[BlockId]
) -> set[BlockId]:
    """The ids of withdrawn blocks that have to stay for now: a new text says some of their words, and that text is only
    offered or left out. Somebody has to decide on it first, or the words would be lost."""
    offered = [one for one in decisions if one.action in (Action.OFFER, Action.ABSENT) and not one.id.is_heading]
    texts = [one.new for one in offered]
    parts = [*texts, *(part for one in offered for part in stretches_in(one.base, one.new))]
    withdrawn = (block for block in base if block.id not in kept and may_be_part(block))
    return {block.id for block in withdrawn if origin(block.text, texts) or part_of(block.text, parts)}


def _with_words_that_wait(decisions: list[Decision]) -> list[Decision]:
    """``decisions``, but no text is reworded so that words go which another text says now that is only offered or left
    out: as with a text that is withdrawn, they would be lost."""
    while True:
        left = [one for one in decisions if one.was and one.action in (Action.OFFER, Action.ABSENT)]
        coming = [put for one in left for put in stretches_in(one.base, one.new)]
        waiting = {one.id for one in decisions if coming and one.action is Action.REWORD and _says_less(one, coming)}
        if not waiting:
            return decisions
        decisions = [
            replace(one, action=Action.OFFER, can_be_reworded=False, obstacle=StandingObstacle.WORDS_OFFERED)
            if one.id in waiting
            else one
            for one in decisions
        ]


def _with_parts_of_what_waits(
    decisions: list[Decision], base: Sequence[PrintedBlock], document: EditedDocument, kept: Collection[BlockId]
) -> list[Decision]:
    """``decisions``, but where a withdrawn text has to stay for now, what says some of its words is offered there, and
    not put in beside it."""
    ids = {one.id for one in decisions}
    while True:
        waiting = waiting_blocks(decisions, base, kept)
        staying = [decision_on_withdrawn(block, document, is_own=False) for block in base if block.id in waiting]
        there = {
            one.id: found
            for one in decisions
            if one.action is Action.INSERT and is_text(one.id, ids)
            if (found := next((other for other in staying if other.places and _says_some_of(other, one.new)), None))
        }
        if not there:
            return decisions
        decisions = [_offered_at(there[one.id], one) if one.id in there else one for one in decisions]


def _says_less(reworded: Decision, coming: Sequence[str]) -> bool:
    """Whether the new wording leaves out what is ``coming`` in other texts."""
    gone = () if reworded.is_edited else stretches_out(reworded.base, reworded.new)
    return any(part_of(put, gone) for put in coming)
