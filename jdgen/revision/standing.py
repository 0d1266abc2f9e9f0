"""What a person's document holds of all that was ever printed in it: the blocks of its last version, the texts that an
earlier release withdrew and somebody kept, and the headings that people wrote themselves."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from jdgen.drafting.block_id import BlockId, id_of
from jdgen.drafting.model import FIELDS_OF_ENTRIES
from jdgen.record.model import PrintedBlock, WithdrawnText
from jdgen.revision.decisions import Decision
from jdgen.revision.matching import Places, places_of, stretches
from jdgen.revision.pairing import is_under_none
from jdgen.revision.paragraphs import DocumentText, ReadParagraph
from jdgen.revision.repeated_words import TELLING, stretches_out
from jdgen.word.file import Story
from jdgen.words import comparable


class StandingObstacle(StrEnum):
    """Why the words of a block are not changed, besides what its paragraph has against it."""

    JOINED = "it is joined to other text in one paragraph"
    SPLIT = "it stands in several paragraphs"


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
