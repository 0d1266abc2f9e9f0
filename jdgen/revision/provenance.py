"""Where a sentence of a document comes from: the framework, jdgen's own texts, the post, or somebody's hand.

The record says of each printed text who gave it. Where one of an earlier form does not, it is told from the id of the
text, as far as that tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jdgen.drafting.block_id import BlockId
from jdgen.drafting.duties import sentences
from jdgen.drafting.library import is_prompt
from jdgen.drafting.model import GIVERS
from jdgen.drafting.person_rows import title_of_skill
from jdgen.drafting.profile import HeldSkill
from jdgen.drafting.texts import Giver, giver_of_code
from jdgen.framework.model import Framework
from jdgen.framework.passages import Passage, passages
from jdgen.post.values import post_of_values
from jdgen.record.model import GenerationRecord, PrintedBlock
from jdgen.revision.repeated_words import TELLING
from jdgen.revision.typed_numbers import without_number
from jdgen.words import comparable

# What the ids of blocks begin with, besides fields of the draft, in records of an earlier form, and who gave them.
_EARLIER = {**GIVERS, "post": Giver.POST, "clause": Giver.CLAUSES}
_RATINGS, _KIND = ("importance", "assessed_by"), "kind"
_GROUP = "group"


@dataclass(frozen=True)
class Provenance:
    """Where one text comes from. ``block`` is what jdgen printed, if it did; ``passage`` the framework's text that it
    was printed from, and ``adapted`` whether it was printed in other words than the framework's. ``published`` are then
    the framework's words, as far as they were printed. ``within`` is the text of a paragraph that somebody has put more
    into than this text, if it stands in one. ``descriptor`` is what the framework says that the level of a skill means,
    where the text names one."""

    giver: Giver
    block: PrintedBlock | None = None
    passage: Passage | None = None
    adapted: bool = False
    published: str = ""
    within: str = ""
    descriptor: Passage | None = None


def provenances(
    words: str, record: GenerationRecord, paragraphs: Sequence[str], framework: Framework | None
) -> tuple[Provenance, ...]:
    """Every text of the document with ``words`` in it, and where it comes from; nothing where no text has them.

    ``paragraphs`` are the document's as it is now. ``framework`` is the version that the record names, where that is
    at hand: without it a text of the framework's is known by its giver, and not to its place.
    """
    key = _key(words)
    sources = _Sources(record, framework)
    # What is printed in several places comes from one.
    blocks = [block for block in record.blocks if block.id.is_original]
    matches = [block for block in blocks if key in _key(block.text)]
    texts = {_key(block.text) for block in matches}
    others = dict.fromkeys(text for text in paragraphs if key in _key(text) and _key(text) not in texts)
    inside = {text: _inside(text, blocks) for text in others}
    blocks_inside = {block for inner_blocks in inside.values() for block in inner_blocks}
    return (
        *(sources.provenance(block) for block in matches if block not in blocks_inside),
        *(
            replace(sources.provenance(block), within=text)
            for text, inner_blocks in inside.items()
            for block in inner_blocks
        ),
        *(
            Provenance(Giver.OTHER, PrintedBlock(BlockId(), text))
            for text, inner_blocks in inside.items()
            if not inner_blocks
        ),
    )


def _inside(text: str, blocks: Sequence[PrintedBlock]) -> list[PrintedBlock]:
    """The printed texts that stand in the paragraph ``text`` of somebody's, in its order."""
    key = _key(text)
    places = [(key.find(_key(block.text)), block) for block in blocks if len(block.text) >= TELLING]
    return [block for at, block in sorted(places, key=lambda place: place[0]) if at >= 0]


class _Sources:
    """What the texts of one record come from."""

    def __init__(self, record: GenerationRecord, framework: Framework | None) -> None:
        self._known = {passage.id: passage for passage in passages(framework)} if framework else {}
        self._skills = {
            skill.id_in(specialism): (specialism, skill)
            for specialism in (framework.specialisms if framework else ())
            for skill in (framework.skills if framework else ())
        }
        self._level = str(record.post.get("level") or record.post.get("band"))
        self._rest = Giver.LIBRARY if framework else Giver.UNTOLD
        self._reworded = frozenset(_reworded_duties(record))

    def provenance(self, block: PrintedBlock) -> Provenance:
        giver = giver_of_code(block.giver) or self._earlier(block)
        if giver not in (Giver.FRAMEWORK, Giver.ADAPTED):
            return Provenance(giver, block)
        if of_skill := self._of_skill(block):
            return of_skill
        passage = _passage_of(block.id, self._known) or _heading_of(block.id, self._known)
        published = _published_forms(passage) if passage else ()
        # A paragraph with more in it than the framework's text is not printed word for word, whoever gave the text.
        is_other = bool(passage) and without_number(block.text) not in published and not block.id.is_field(_GROUP)
        adapted = giver is Giver.ADAPTED or is_other
        published_words = _counterpart(block, passage) if adapted and passage else ""
        return Provenance(Giver.FRAMEWORK, block, passage, adapted, published_words)

    def _of_skill(self, block: PrintedBlock) -> Provenance | None:
        """Where a skill with its level comes from: from what the framework asks of the role, or, where the post has
        chosen the level, from the skill."""
        specialism, skill = next(
            (self._skills[id_] for id_ in block.id.and_owners() if id_ in self._skills), (None, None)
        )
        if specialism is None or skill is None:
            return None
        held_skill = next(
            (
                possible_skill
                for possible_skill in (HeldSkill(skill, level) for level in skill.scale.levels)
                if without_number(block.text).startswith(title_of_skill(possible_skill))
            ),
            None,
        )
        if held_skill is None:
            return None
        needs = [
            requirement
            for requirement in specialism.required_skills
            if requirement.skill == skill.id and requirement.at == held_skill.at
        ]
        here = [
            requirement
            for requirement in needs
            if self._level in map(str, requirement.levels.scope if requirement.levels else ())
        ]
        need = next(iter((*here, *needs)), None)
        passage = Passage(
            skill.id_in(specialism),
            specialism.id,
            skill.id,
            skill.title,
            need.levels if need else None,
            title_of_skill(held_skill),
            need.source if need else skill.source,
        )
        meaning = self._known.get(held_skill.descriptor.id) if held_skill.descriptor else None
        return Provenance(Giver.FRAMEWORK, block, passage, descriptor=meaning)

    def _earlier(self, block: PrintedBlock) -> Giver:
        """Who gave a block of an earlier form, as far as its id tells."""
        if is_prompt(block.text):
            return Giver.PROMPT
        if not {block.id, block.id.family}.isdisjoint(self._reworded):
            return Giver.POST
        first = block.id.first_field
        if first in _EARLIER:
            return Giver.JDGEN if block.id.is_field(_KIND) else _EARLIER[first]
        if block.id.is_field(*_RATINGS):
            return Giver.LIBRARY
        return (
            Giver.FRAMEWORK if _passage_of(block.id, self._known) or _heading_of(block.id, self._known) else self._rest
        )


def _reworded_duties(record: GenerationRecord) -> Iterator[str]:
    """The duties that the post has in its own words; a record that somebody has spoilt has none."""
    try:
        post = post_of_values(record.post)
    except ValueError:
        return
    yield from (reworded_duty.duty for reworded_duty in post.reworded_duties)


def _passage_of(block_id: BlockId, passages_by_id: Mapping[str, Passage]) -> Passage | None:
    """The passage that a block was printed from: its id is the block's, without the number of a sentence or the name
    of a field."""
    return next((passages_by_id[name] for name in block_id.and_owners() if name in passages_by_id), None)


def _heading_of(block_id: BlockId, passages_by_id: Mapping[str, Passage]) -> Passage | None:
    """The heading whose title a block prints, or whose group, as a passage without levels."""
    if not block_id.is_heading and not block_id.is_field(_GROUP):
        return None
    under = next((passage for passage in passages_by_id.values() if passage.heading == block_id.owner), None)
    return under._replace(id=under.heading, levels=None, text=under.title) if under else None


def _published_forms(passage: Passage) -> tuple[str, ...]:
    """A passage's own words as a document may print them: whole, sentence by sentence, or entry by entry; and behind
    the title of its row, as criteria have them."""
    text = passage.text
    forms = (text, *sentences(text), *text.split("\n"))
    return (*forms, *(f"{passage.title}: {form}" for form in forms))


def _counterpart(block: PrintedBlock, passage: Passage) -> str:
    """The framework's words that ``block`` has adapted: the sentence or entry of its number, where the adaptation left
    as many, else all of the passage."""
    number = block.id.removeprefix(passage.id).strip(".")
    parts = passage.text.split("\n") if "\n" in passage.text else sentences(passage.text)
    is_one = number.isdecimal() and 0 < int(number) <= len(parts)
    return parts[int(number) - 1] if is_one else "; ".join(passage.text.split("\n"))


def _key(text: str) -> str:
    return comparable(text).casefold()
