"""Where a sentence of a document comes from: the framework, jdgen's own texts, the post, or somebody's hand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from jdgen.drafting.duties import sentences
from jdgen.drafting.prompts import is_prompt
from jdgen.framework.model import Framework
from jdgen.framework.passages import Passage, passages
from jdgen.post.values import post_of_values
from jdgen.record.model import GenerationRecord, PrintedBlock
from jdgen.record.printed import first_field, original_id
from jdgen.record.text import normalised
from jdgen.revision.numbers import without_number
from jdgen.revision.pairing import family


class Giver(StrEnum):
    """Who gave a text to a document."""

    FRAMEWORK = "the framework"
    LIBRARY = "jdgen's library of criteria"
    UNTOLD = "the framework or jdgen's library of criteria; which of them, only the framework's file could tell"
    CLAUSES = "the general statements"
    POST = "the post"
    PROMPT = "jdgen: a prompt, since the post says nothing here"
    OTHER = "no data: the template's own text, or somebody's who edited the document"


#: What the ids of blocks begin with that print a field of the post. Ids are those of the draft's model.
POST_FIELDS = frozenset(
    {
        *(
            "title",
            "band",
            "band_statement",
            "level",
            "level_word",
            "role_category",
            "specialism",
            "reference",
            "version",
            "date",
            "employer",
        ),
        *("department", "base", "hours", "contract", "responsible_to", "accountable_to", "responsible_for"),
        *("je_reference", "about", "values", "purpose", "dimensions", "relationships", "decisions", "demands"),
    }
)
# What the ids of duties and criteria begin with that a post adds.
_ADDED = "post"
_CLAUSE = "clause."
_TITLE = ".title"
#: What the ids of texts about the framework itself begin with, such as its version.
_FRAMEWORK = "framework"


@dataclass(frozen=True)
class Provenance:
    """Where one text comes from. ``block`` is what jdgen printed, if it did; ``passage`` the framework's text that it
    was printed from, and ``adapted`` whether it was printed in other words than the framework's."""

    giver: Giver
    block: PrintedBlock | None = None
    passage: Passage | None = None
    adapted: bool = False


def provenances(
    words: str, record: GenerationRecord, paragraphs: Sequence[str], framework: Framework | None
) -> tuple[Provenance, ...]:
    """Every text of the document with ``words`` in it, and where it comes from; nothing where no text has them.

    ``paragraphs`` are the document's as it is now. ``framework`` is the version that the record names, where that is
    at hand: without it a text of the framework's is known by its id, and not to its place.
    """
    wanted = _key(words)
    known = {passage.id: passage for passage in passages(framework)} if framework else {}
    rest = Giver.LIBRARY if framework else Giver.UNTOLD
    reworded = frozenset(_reworded(record))
    # What is printed in several places comes from one.
    printed = [block for block in record.blocks if wanted in _key(block.text) and block.id == original_id(block.id)]
    found = [_provenance(block, known, rest, reworded) for block in printed]
    texts = {_key(block.text) for block in printed}
    others = (text for text in paragraphs if wanted in _key(text) and _key(text) not in texts)
    found += [Provenance(Giver.OTHER, PrintedBlock("", text)) for text in dict.fromkeys(others)]
    return tuple(found)


def _giver_of(block_id: str, known: Mapping[str, Passage], rest: Giver) -> Giver:
    """Who gave the block with this id, as far as its id tells; else ``rest``."""
    if block_id.startswith(_CLAUSE):
        return Giver.CLAUSES
    first = first_field(block_id)
    if first in POST_FIELDS | {_ADDED} and not block_id.endswith(_TITLE):
        return Giver.POST
    if first == _FRAMEWORK or _passage_of(block_id, known) or _heading_of(block_id, known):
        return Giver.FRAMEWORK
    return rest


def _provenance(
    block: PrintedBlock, known: Mapping[str, Passage], rest: Giver, reworded: Collection[str]
) -> Provenance:
    """``reworded`` are the duties, or whole statements, that the post has in its own words."""
    if is_prompt(block.text):
        giver = Giver.PROMPT
    elif not {block.id, family(block.id)}.isdisjoint(reworded):
        giver = Giver.POST
    else:
        giver = _giver_of(block.id, known, rest)
    passage = _passage_of(block.id, known) or _heading_of(block.id, known) if giver is Giver.FRAMEWORK else None
    adapted = passage is not None and without_number(block.text) not in _published(passage.text)
    return Provenance(giver, block, passage, adapted)


def _reworded(record: GenerationRecord) -> Iterator[str]:
    """The duties that the post has in its own words; a record that somebody has spoilt has none."""
    try:
        post = post_of_values(record.post)
    except ValueError:
        return
    yield from (changed.duty for changed in post.reworded_duties)


def _passage_of(block_id: str, known: Mapping[str, Passage]) -> Passage | None:
    """The passage that a block was printed from: its id is the block's, without the number of a sentence or the name
    of a field."""
    return next((known[name] for name in _shorter(block_id) if name in known), None)


def _heading_of(block_id: str, known: Mapping[str, Passage]) -> Passage | None:
    """The heading whose title a block prints, as a passage without levels."""
    if not block_id.endswith(_TITLE):
        return None
    heading = block_id.removesuffix(_TITLE)
    under = next((passage for passage in known.values() if passage.heading == heading), None)
    return replace(under, levels=None, text=under.title) if under else None


def _published(text: str) -> tuple[str, ...]:
    """A passage's own words as a document may print them: whole, sentence by sentence, or entry by entry."""
    return (text, *sentences(text), *text.split("\n"))


def _shorter(block_id: str) -> Iterator[str]:
    while block_id:
        yield block_id
        block_id = block_id.rpartition(".")[0]


def _key(text: str) -> str:
    return normalised(text).casefold()
