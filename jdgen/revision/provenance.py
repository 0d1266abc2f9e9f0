"""Where a sentence of a document comes from: the framework, jdgen's own texts, the post, or somebody's hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from jdgen.drafting.duties import sentences
from jdgen.drafting.prompts import is_prompt
from jdgen.framework.model import Framework
from jdgen.framework.passages import Passage, passages
from jdgen.record.model import GenerationRecord, PrintedBlock
from jdgen.record.text import normalised


class Giver(StrEnum):
    """Who gave a text to a document."""

    FRAMEWORK = "the framework"
    LIBRARY = "jdgen's library of criteria"
    CLAUSES = "the general statements"
    POST = "the post"
    PROMPT = "jdgen: a prompt, since the post says nothing here"
    OTHER = "no data: the template's own text, or somebody's who edited the document"


#: Fields of a post, by what the ids of their blocks begin with. Ids are those of the draft's model.
_POST = frozenset(
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
        *("je_reference", "about", "values", "purpose", "dimensions", "relationships", "decisions", "demands", "post"),
    }
)
_CLAUSE = "clause."
_TITLE = ".title"


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
    printed = [block for block in record.blocks if wanted in _key(block.text)]
    found = [_provenance(block, known) for block in printed]
    texts = {_key(block.text) for block in printed}
    others = (text for text in paragraphs if wanted in _key(text) and _key(text) not in texts)
    found += [Provenance(Giver.OTHER, PrintedBlock("", text)) for text in dict.fromkeys(others)]
    return tuple(found)


def giver_of(block_id: str, known: Mapping[str, Passage]) -> Giver:
    """Who gave the block with this id, as far as its id tells."""
    if block_id.startswith(_CLAUSE):
        return Giver.CLAUSES
    if block_id.split(".", maxsplit=1)[0] in _POST and not block_id.endswith(_TITLE):
        return Giver.POST
    if _passage_of(block_id, known) or _heading_of(block_id, known):
        return Giver.FRAMEWORK
    return Giver.LIBRARY


def _provenance(block: PrintedBlock, known: Mapping[str, Passage]) -> Provenance:
    giver = Giver.PROMPT if is_prompt(block.text) else giver_of(block.id, known)
    passage = _passage_of(block.id, known) or _heading_of(block.id, known) if giver is Giver.FRAMEWORK else None
    adapted = passage is not None and block.text not in _published(passage.text)
    return Provenance(giver, block, passage, adapted)


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
