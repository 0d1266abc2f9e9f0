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
from typing import NamedTuple, Self

from jdgen.drafting.block_id import NO_ID, BlockId, id_of
from jdgen.drafting.model import FIELDS_OF_ENTRIES
from jdgen.record.model import PrintedBlock, WithdrawnText
from jdgen.revision.decisions import Action, Decision
from jdgen.revision.joined_texts import stretches
from jdgen.revision.matching import Places, places_of
from jdgen.revision.pairing import are_alike, is_under_none
from jdgen.revision.paragraphs import DocumentText, ReadParagraph
from jdgen.revision.repeated_words import (
    TELLING,
    all_words_of,
    clause_of,
    may_be_part,
    origin,
    part_of,
    stretches_in,
    stretches_out,
)
from jdgen.revision.typed_numbers import only_number_differs
from jdgen.word.file import Story
from jdgen.words import comparable

#: A longer text is none, however it looks.
_LONGEST_HEADING = 100


class BlockObstacle(StrEnum):
    """Why the words of a block are not changed, besides what its paragraph has against it."""

    JOINED = "it is joined to other text in one paragraph"
    SPLIT = "it stands in several paragraphs"
    REFERRED_TO = "a cross-reference in the document leads to it"
    ONLY_OFFERED = "the text that takes its place is only offered"
    WORDS_OFFERED = "the text that says some of its words now is only offered"
    BROUGHT_BACK = "the new wording has words in it that somebody took out"
    SAID_THERE = "the new wording has words in it that stand in a text which somebody changed or kept"


class BlockInDocument(NamedTuple):
    """What there is of a block: the paragraphs where it stands, its words as they are compared and as a reader sees
    them, why they cannot be changed, if so, and the story that it stands in."""

    place: tuple[int, ...]
    words: str
    visible_text: str
    obstacle: str
    story: Story

    @property
    def is_joined(self) -> bool:
        """Whether other blocks stand in the same paragraph."""
        return self.obstacle is BlockObstacle.JOINED

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
        #: ``kept_places`` are those of what was withdrawn and stands there all the same, each with whether it is a
        #: heading.
        self.places, self.kept_places = _places(base, paragraphs, withdrawn)
        #: The blocks in each paragraph that holds several, in the order in which they were printed.
        self.joined_blocks: dict[int, list[PrintedBlock]] = {}
        for block in base:
            for at in self.places.get(block.id, ()):
                self.joined_blocks.setdefault(at, []).append(block)
        self.joined_blocks = {at: blocks for at, blocks in self.joined_blocks.items() if len(blocks) > 1}
        self._words: dict[BlockId, str] = {}
        for at, blocks in self.joined_blocks.items():
            block_stretches = stretches(paragraphs[at].text, [block.text for block in blocks])
            self._words |= {
                block.id: block_stretches[index].words if index in block_stretches else ""
                for index, block in enumerate(blocks)
            }

    @functools.cached_property
    def taken_out(self) -> tuple[str, ...]:
        """The printed texts that are in the document no more, and what a person took out of those that are."""
        ids = {block.id for block in self._base}
        return tuple(
            text
            for block in self._base
            if is_text(block.id, ids)
            for text in (
                stretches_out(block.text, self.block(block.id).words) if block.id in self.places else [block.text]
            )
        )

    @functools.cached_property
    def rows(self) -> Mapping[BlockId, str]:
        """The row of a table that each block stands in, '' for one that stands in none."""
        return {block_id: self.paragraphs[place[0]].row for block_id, place in self.places.items()}

    def block(self, block_id: BlockId) -> BlockInDocument:
        """What there is of a block that was printed."""
        place = self.places.get(block_id, ())
        if len(place) == 1 and block_id not in self._words:  # as nearly all do
            paragraph = self.paragraphs[place[0]]
            return BlockInDocument(
                place, paragraph.text, paragraph.visible_text or paragraph.text, paragraph.obstacle, paragraph.story
            )
        there = [self.paragraphs[at] for at in place]
        words, visible_text = (
            " ".join([paragraph.text for paragraph in there]),
            " ".join([paragraph.visible_text or paragraph.text for paragraph in there]),
        )
        obstacle = BlockObstacle.SPLIT if len(there) > 1 else there[0].obstacle if there else ""
        if block_id in self._words:
            words, obstacle = self._words[block_id], BlockObstacle.JOINED
        return BlockInDocument(place, words, visible_text, obstacle, there[0].story if there else Story.MAIN)

    def headings_of_people(self, fresh: DocumentText | None) -> frozenset[int]:
        """The places of headings that are none of the blocks: those that somebody kept, and those that look as nothing
        but headings do. ``fresh`` is the document made anew, which tells what is the template's own."""
        kept_headings = frozenset(at for at, is_heading in self.kept_places.items() if is_heading)
        return kept_headings | frozenset(self._written_headings(fresh) if fresh else ())

    def _written_headings(self, fresh: DocumentText) -> Iterator[int]:
        of_headings, of_others, owned = set[_Look](), set[_Look](), set(self.kept_places)
        for block_id, place in self.places.items():
            owned.update(place)
            looks = of_headings if block_id.is_heading else of_others
            looks.update(_Look.of(self.paragraphs[at]) for at in place)
        styles = {look.style for look in of_headings} - {look.style for look in of_others}

        def is_likely(paragraph: ReadParagraph) -> bool:
            look = _Look.of(paragraph)
            is_like_theirs = paragraph.style in styles and (look in of_headings or bool(paragraph.style))
            return is_like_theirs or (look not in of_others and _is_like_a_heading(paragraph))

        likely_headings = [
            (at, paragraph)
            for at, paragraph in enumerate(self.paragraphs)
            if at not in owned and paragraph.text.strip() and paragraph.story is Story.MAIN and is_likely(paragraph)
        ]
        if not likely_headings:  # so that the document made anew need not be read
            return
        template_texts: dict[_Look, set[str]] = {}
        for paragraph in fresh.paragraphs:
            if not paragraph.anchors and paragraph.text.strip() and is_likely(paragraph):
                template_texts.setdefault(_Look.of(paragraph), set()).add(comparable(paragraph.text))
        there = {comparable(paragraph.text) for paragraph in self.paragraphs}
        for at, paragraph in likely_headings:
            texts = template_texts.get(_Look.of(paragraph), set())
            if texts <= there and comparable(paragraph.text) not in texts:  # else it may be one that somebody renamed
                yield at


class _Look(NamedTuple):
    """What a paragraph looks like: the id of its style, and whether all its words were made bold."""

    style: str
    is_bold: bool

    @classmethod
    def of(cls, paragraph: ReadParagraph) -> Self:
        return cls(paragraph.style, paragraph.is_bold)


def _is_like_a_heading(paragraph: ReadParagraph) -> bool:
    """Whether a paragraph looks as people have headings, whatever those of the template look like: a few words in one
    of the word processor's own styles for headings, or made bold, in no table and without a full stop."""
    text = paragraph.text.rstrip()
    is_short = len(text) <= _LONGEST_HEADING and not text.endswith((".", ";", ","))
    return is_short and not paragraph.row and (paragraph.is_bold or paragraph.style.lower().startswith("heading"))


def is_text(block_id: BlockId, ids: Collection[BlockId]) -> bool:
    """Whether a block is a text of the framework's: no heading, nothing of the post, no field of something, such as one
    beside one of ``ids``."""
    is_field = block_id.row_owner in ids or block_id.is_field(*FIELDS_OF_ENTRIES)
    return not block_id.is_heading and not is_under_none(block_id) and not is_field


def _places(
    base: Sequence[PrintedBlock], paragraphs: Sequence[ReadParagraph], withdrawn: Sequence[WithdrawnText]
) -> tuple[Places, Mapping[int, bool]]:
    """Where the blocks of ``base`` stand, and where what is ``withdrawn`` does: see
    :attr:`EditedDocument.kept_places`."""
    printed_texts = {comparable(block.text) for block in base}
    gone_texts = [
        withdrawn_text for withdrawn_text in withdrawn if comparable(withdrawn_text.text) not in printed_texts
    ]
    if not gone_texts:
        return places_of(base, paragraphs), {}
    others: dict[BlockId, bool] = {}
    every: list[tuple[int, PrintedBlock]] = []
    for number, withdrawn_text in enumerate(gone_texts):
        name = id_of("withdrawn", number)
        block_id = id_of(name, "title") if withdrawn_text.is_heading else name
        others[block_id] = withdrawn_text.is_heading
        start = every[-1][0] if every else 0
        every.append((max(withdrawn_text.place, start), PrintedBlock(block_id, withdrawn_text.text)))
    blocks: list[PrintedBlock] = []
    for at in range(len(base) + 1):
        blocks += [block for place, block in every if min(place, len(base)) == at]
        blocks += base[at : at + 1]
    places = places_of(blocks, paragraphs, others)
    kept_places = {at: others[block_id] for block_id, place in places.items() if block_id in others for at in place}
    return {block_id: place for block_id, place in places.items() if block_id not in others}, kept_places


def withdrawn_texts(
    paragraphs: Sequence[ReadParagraph],
    decisions: Iterable[Decision],
    new: Sequence[PrintedBlock],
    kept_places: Mapping[int, bool],
) -> tuple[WithdrawnText, ...]:
    """What stands in a document of these ``paragraphs`` and is not in the version ``new`` that it is brought to, in its
    order: what is withdrawn by ``decisions``, whatever becomes of it, and what was withdrawn before and kept
    (``kept_places``)."""
    number_of = {block.id: number for number, block in enumerate(new, 1)}
    staying = {at: number_of[decision.id] for decision in decisions if decision.new for at in decision.places}
    gone_places = dict(kept_places)
    for decision in decisions:
        if not decision.new and (decision.id.is_heading or len(decision.theirs) >= TELLING):
            gone_places |= dict.fromkeys(decision.places, decision.id.is_heading)
    texts: list[WithdrawnText] = []
    place = 0
    for at, paragraph in enumerate(paragraphs):
        place = staying.get(at, place)
        if at in gone_places and at not in staying and paragraph.text.strip():
            texts.append(WithdrawnText(place, paragraph.text, gone_places[at]))
    return tuple(texts)


def decision_on_withdrawn(base: PrintedBlock, document: EditedDocument, is_own: bool) -> Decision:
    """The decision on a block that the new version does not have; ``is_own`` says that a person worded it."""
    block_now = document.block(base.id)
    is_edited = is_own or not are_alike(base.text, block_now.words)
    here = [document.paragraphs[at] for at in block_now.place]
    obstacle = block_now.obstacle or (
        BlockObstacle.REFERRED_TO if any(paragraph.is_referred_to for paragraph in here) else ""
    )
    if not here:
        action = Action.ABSENT
    elif is_edited or obstacle or not here[0].is_plain:
        action = Action.QUESTION
    else:
        action = Action.DELETE
    return Decision(
        action,
        base.id,
        base.text,
        block_now.visible_text,
        "",
        places=block_now.place,
        is_edited=is_edited,
        obstacle=obstacle,
        story=block_now.story,
        was=base.id,
    )


# What of a new version comes.


def said_once(
    decisions: list[Decision],
    base: Sequence[PrintedBlock],
    document: EditedDocument,
    staying_ids: Collection[BlockId],
    own_ids: Collection[BlockId],
) -> list[Decision]:
    """``decisions`` on the blocks of a new version, but none puts in what another text in ``document`` says, or what
    somebody took out. Of the blocks of ``base`` those of ``staying_ids`` are in the new version too, and a person
    worded those of ``own_ids``."""
    staying = list(_staying(base, document, staying_ids, own_ids))
    decisions = list(_without_what_was_taken_out(decisions, staying, lambda: document.taken_out))
    if rest := _rests_of_what_was_taken_out(decisions):
        decisions = list(_without_what_was_taken_out(decisions, staying, lambda: (*document.taken_out, *rest)))
    return _with_parts_of_what_waits(_with_words_that_wait(decisions), base, document, staying_ids)


def _staying(
    base: Sequence[PrintedBlock],
    document: EditedDocument,
    staying_ids: Collection[BlockId],
    own_ids: Collection[BlockId],
) -> Iterator[Decision]:
    """Decisions on what is withdrawn and stays all the same, as somebody changed it, or kept it at an earlier release:
    what comes is not to say its words a second time."""
    for block in base:
        if block.id not in staying_ids and may_be_part(block):
            decision = decision_on_withdrawn(block, document, block.id in own_ids)
            is_arranged = decision.obstacle in (BlockObstacle.JOINED, BlockObstacle.SPLIT)
            if decision.action is Action.QUESTION and (decision.is_edited or is_arranged):
                yield decision
    for at, is_heading in document.kept_places.items():
        if not is_heading:
            paragraph = document.paragraphs[at]
            text, visible_text = paragraph.text, paragraph.visible_text or paragraph.text
            decision = Decision(
                Action.QUESTION, NO_ID, text, visible_text, "", places=(at,), is_edited=True, story=paragraph.story
            )
            yield replace(decision, obstacle=paragraph.obstacle)


def _without_what_was_taken_out(
    decisions: Sequence[Decision], staying: Sequence[Decision], gone_words: Callable[[], Sequence[str]]
) -> Iterator[Decision]:
    """``decisions``, but nothing puts in words that a person took out (``gone_words``), and no text is reworded so that
    it says them again; what a text that they edited says already, or one of those ``staying``, is offered there. The
    words are asked for only where something comes."""
    ids = {decision.id for decision in decisions}
    # Not what gets another number only: its words are what they were, so that what comes was none of them.
    edited_decisions = [decision for decision in decisions if decision.is_edited and decision.action is Action.OFFER]
    for decision in decisions:
        if decision.action is Action.INSERT and is_text(decision.id, ids):
            yield _offered_or_left_out(decision, edited_decisions, staying, gone_words)
        elif decision.action is Action.REWORD and (obstacle := _why_not_reworded(decision, staying, gone_words)):
            yield replace(decision, action=Action.OFFER, can_be_reworded=False, obstacle=obstacle)
        else:
            yield decision


def _offered_or_left_out(
    coming: Decision,
    edited_decisions: Sequence[Decision],
    staying: Sequence[Decision],
    gone_words: Callable[[], Sequence[str]],
) -> Decision:
    """A text that comes: offered where one of ``edited_decisions`` or of ``staying`` says it already, left out where
    its words are among ``gone_words``, and put in else."""
    text = coming.new
    again = (
        decision
        for decision in staying
        if not decision.id and (are_alike(decision.base, text) or only_number_differs(decision.base, text))
    )
    if (there := next(again, None)) is not None:  # what was withdrawn, kept, and is printed again
        action = Action.KEEP if are_alike(there.base, text) or there.obstacle else Action.REWORD
        return replace(there, action=action, id=coming.id, new=text, anchor=coming.anchor, is_edited=False)
    same_texts = (
        decision
        for decision in (*edited_decisions, *staying)
        if (origin(text, [decision.base]) and origin(text, [decision.theirs])) or _is_said(text, decision.theirs)
    )
    if (there := next(same_texts, None)) is not None:
        return _offered_at(there, coming)
    if before := _taken_out_before(text, gone_words):
        return replace(coming, action=Action.ABSENT, base=before)
    there = next((decision for decision in staying if _says_some_of(decision, text)), None)
    return coming if there is None else _offered_at(there, coming)


def _is_said(text: str, theirs: str) -> bool:
    """Whether what somebody has there says just what ``text`` does."""
    return len(text) >= TELLING and all_words_of(text) == all_words_of(theirs)


def _taken_out_before(text: str, gone_words: Callable[[], Sequence[str]]) -> str:
    """The one of ``gone_words`` that ``text`` says, or '' where it says none."""
    if len(text) < TELLING:
        return clause_of(text, gone_words())
    return origin(text, gone_words()) or part_of(text, gone_words())


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


def _says_some_of(decision: Decision, text: str) -> bool:
    """Whether the text that ``decision`` is about was printed with the words of ``text``, or is said in it with
    others."""
    return bool(origin(text, [decision.base]) or part_of(text, [decision.base]))


def _why_not_reworded(reworded: Decision, staying: Sequence[Decision], gone_words: Callable[[], Sequence[str]]) -> str:
    """Why a new wording is only offered: what it puts in is among ``gone_words``, or said by one of ``staying``; else
    ''. Of a text that a person edited only the number is reworded: all else in it is theirs."""
    stretches_put_in = () if reworded.is_edited else stretches_in(reworded.base, reworded.new)
    if any(origin(stretch, gone_words()) or part_of(stretch, gone_words()) for stretch in stretches_put_in):
        return BlockObstacle.BROUGHT_BACK
    return (
        BlockObstacle.SAID_THERE
        if any(_says_some_of(decision, stretch) for stretch in stretches_put_in for decision in staying)
        else ""
    )


def _rests_of_what_was_taken_out(decisions: Sequence[Decision]) -> list[str]:
    """The words of texts that people took out which today's version of the same text has no more. The new version may
    say them in another text, beside words that are new."""
    return [
        rest
        for decision in decisions
        if decision.action is Action.ABSENT and not decision.id.is_heading
        for rest in stretches_out(decision.base, decision.new)
    ]


def waiting_blocks(
    decisions: Sequence[Decision], base: Sequence[PrintedBlock], staying_ids: Collection[BlockId]
) -> set[BlockId]:
    """The ids of withdrawn blocks that have to stay for now: a new text says some of their words, and that text is only
    offered or left out. Somebody has to decide on it first, or the words would be lost."""
    offered = [
        decision
        for decision in decisions
        if decision.action in (Action.OFFER, Action.ABSENT) and not decision.id.is_heading
    ]
    texts = [decision.new for decision in offered]
    parts = [*texts, *(part for decision in offered for part in stretches_in(decision.base, decision.new))]
    withdrawn = (block for block in base if block.id not in staying_ids and may_be_part(block))
    return {block.id for block in withdrawn if origin(block.text, texts) or part_of(block.text, parts)}


def _with_words_that_wait(decisions: list[Decision]) -> list[Decision]:
    """``decisions``, but no text is reworded so that words go which another text says now that is only offered or left
    out: as with a text that is withdrawn, they would be lost."""
    while True:
        waiting_texts = [
            decision for decision in decisions if decision.was and decision.action in (Action.OFFER, Action.ABSENT)
        ]
        coming = [stretch for decision in waiting_texts for stretch in stretches_in(decision.base, decision.new)]
        waiting = {
            decision.id
            for decision in decisions
            if coming and decision.action is Action.REWORD and _says_less(decision, coming)
        }
        if not waiting:
            return decisions
        decisions = [
            replace(decision, action=Action.OFFER, can_be_reworded=False, obstacle=BlockObstacle.WORDS_OFFERED)
            if decision.id in waiting
            else decision
            for decision in decisions
        ]


def _with_parts_of_what_waits(
    decisions: list[Decision], base: Sequence[PrintedBlock], document: EditedDocument, staying_ids: Collection[BlockId]
) -> list[Decision]:
    """``decisions``, but where a withdrawn text has to stay for now, what says some of its words is offered there, and
    not put in beside it."""
    ids = {decision.id for decision in decisions}
    while True:
        waiting = waiting_blocks(decisions, base, staying_ids)
        staying = [decision_on_withdrawn(block, document, is_own=False) for block in base if block.id in waiting]
        there = {
            decision.id: waiting_decision
            for decision in decisions
            if decision.action is Action.INSERT and is_text(decision.id, ids)
            if (
                waiting_decision := next(
                    (other for other in staying if other.places and _says_some_of(other, decision.new)), None
                )
            )
        }
        if not there:
            return decisions
        decisions = [
            _offered_at(there[decision.id], decision) if decision.id in there else decision for decision in decisions
        ]


def _says_less(reworded: Decision, coming: Sequence[str]) -> bool:
    """Whether the new wording leaves out what is ``coming`` in other texts."""
    gone_stretches = () if reworded.is_edited else stretches_out(reworded.base, reworded.new)
    return any(part_of(stretch, gone_stretches) for stretch in coming)
