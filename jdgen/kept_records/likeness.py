"""How like a document is to what a record says was printed, and whether it is that record's document.

Job descriptions of one band and specialism say much the same, in one organisation and in another. So it is not enough
that most of the text is there: what names the post must be there too, and no other record may fit as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jdgen.drafting.prompts import is_prompt
from jdgen.record.digests import marked
from jdgen.record.model import GenerationRecord
from jdgen.record.printed import original_id
from jdgen.record.text import normalised

#: The share of the printed texts that must stand in a document, and of its texts that must have been printed, for it
#: to be known by them; and the share of the printed ones that must still stand in one that says itself whose it is.
KNOWN, NAMED = 0.5, 0.2
# Ids of the blocks that name a post.
_NAMING = frozenset(
    {"title", "band_statement", "reference", "je_reference", "employer", "department", "base", "responsible_to"}
)
_BAND, _REFERENCE = "band_statement", "reference"
#: What must be as it was printed in a document that says itself whose it is: anybody can write another's id into one.
SWORN = ("title", _REFERENCE, "employer")
# A text of the post's own tells as much as a name where it has so many characters.
_TELLING = 40
# How many texts of the post's own a document must have, besides the band, unless it has all that was printed.
_ENOUGH = 2
# Shorter texts ("Essential", "A, I") stand in every document.
_SHORT = 12


@dataclass(frozen=True)
class Likeness:
    """How much of what a record says stands in a document, and of the document in the record.

    ``share`` is that of the printed texts that stand in the document, 0 to 1, and ``explained`` that of the document's
    texts that were printed. ``names`` says that the names of the post are there, and enough of them; ``sworn`` are
    those of :data:`SWORN` that were printed, and whether each stands there still.
    """

    record: GenerationRecord
    share: float
    explained: float
    names: bool
    sworn: Mapping[str, bool]

    @property
    def measure(self) -> float:
        """By this, records are compared: the harmonic mean of both directions, since a short record may stand in a
        long document whole, and tell little of it."""
        both = self.share + self.explained
        return 2 * self.share * self.explained / both if both else 0.0

    @property
    def is_known(self) -> bool:
        """Whether the document may be the record's, as far as the text of the two tells: most of the one is in the
        other, both ways."""
        return self.names and min(self.share, self.explained) >= KNOWN

    @property
    def missing(self) -> tuple[str, ...]:
        """What of :data:`SWORN` was printed and stands nowhere in the document."""
        return tuple(name for name, is_there in self.sworn.items() if not is_there)

    @property
    def is_as_it_says(self) -> bool:
        """Whether a document that says itself that it is the record's may be believed: what is sworn must be there, and
        the less that is, the more of the text."""
        return not self.missing and self.share >= NAMED and (len(self.sworn) > 1 or self.is_known)


def likeness(record: GenerationRecord, texts: frozenset[str]) -> Likeness:
    """How like the document with the paragraphs ``texts`` (normalised) is to ``record``."""
    printed = {text for block in record.blocks if len(text := normalised(block.text)) >= _SHORT}
    telling = {text for text in texts if len(text) >= _SHORT and not marked(record.template_texts, text)}
    found = len(printed & telling)
    share, explained = (found / len(whole) if whole else 0.0 for whole in (printed, telling))
    named = _named(record)
    sworn = {name: not named[name].isdisjoint(texts) for name in SWORN if name in named}
    return Likeness(record, share, explained, _has_names(record, texts, is_whole=found == len(printed)), sworn)


def best_of(candidates: Iterable[Likeness]) -> Likeness | None:
    """The most alike; the first of several."""
    return max(candidates, key=lambda one: one.measure, default=None)


def only_one(candidates: Sequence[Likeness]) -> Likeness | None:
    """The one that is known and that no other comes up to; nothing where there are several, or none. Records of one
    document count as one, and so do those that print the same of the same post: the first is taken."""
    known = sorted((one for one in candidates if one.is_known), key=lambda one: -one.measure)
    if not known:
        return None
    best = known[0]
    rivals = (one for one in known[1:] if one.measure == best.measure)
    return best if all(_is_the_same(best.record, one.record) for one in rivals) else None


def own_texts(record: GenerationRecord) -> Iterator[tuple[str, str]]:
    """The id and the text (normalised) of each block that prints the post's own words and not a choice from a list."""
    own = {normalised(line) for name, value in record.post.items() if name not in _CHOICES for line in _lines(value)}
    for block in record.blocks:
        text = normalised(block.text)
        # A name may be printed among other words: "Job title: PMO manager".
        is_own = text in own or (_names_in(block.id) and any(name and name in text for name in own))
        if is_own and not is_prompt(block.text):
            yield block.id, text


def _has_names(record: GenerationRecord, texts: frozenset[str], is_whole: bool) -> bool:
    own = dict(own_texts(record))
    names = _named(record)
    missing = {name for name, printed in names.items() if printed.isdisjoint(texts)}
    # Of a document with its own reference, one other name may have been changed.
    allowed = 1 if _REFERENCE in names and _REFERENCE not in missing else 0
    if not own or len(missing) > allowed:
        return False
    # What names the same counts once, however often it is printed.
    telling = {
        _names_in(block_id) or text
        for block_id, text in own.items()
        if text in texts and (_names_in(block_id) or len(text) >= _TELLING)
    }
    return is_whole or len(telling) >= _ENOUGH


def _named(record: GenerationRecord) -> dict[str, frozenset[str]]:
    """What names the post, and the texts (normalised) that say it: one is enough, since a header may be lost, or a
    name stand among other words there. Where it was printed by itself, only that counts."""
    own = dict(own_texts(record))
    said = [(block.id, normalised(block.text)) for block in record.blocks if block.id == _BAND or block.id in own]
    named = [(_names_in(block_id), text) for block_id, text in said]
    alone = {name: frozenset(text for names, text in named if names == {name}) for name in _NAMING}
    among = {name: frozenset(text for names, text in named if name in names) for name in _NAMING}
    return {name: alone[name] or among[name] for name in sorted(_NAMING) if among[name]}


def _names_in(block_id: str) -> frozenset[str]:
    """What of a post a block names: ``title``, or ``title`` and ``base`` in one paragraph, whichever print of it."""
    return _NAMING.intersection(original_id(block_id).split("+"))


def _is_the_same(one: GenerationRecord, other: GenerationRecord) -> bool:
    return one.document_id == other.document_id or (one.post == other.post and one.blocks == other.blocks)


#: Fields of a post that name something of a framework or of the workspace.
_CHOICES = frozenset(
    {
        "specialism",
        "band",
        "level",
        "framework",
        "role_category",
        "specialist_competences",
        "entry_route",
        "readings",
        "clauses",
    }
)


def _lines(value: Any) -> Iterator[str]:
    """Every text in a value of a post, whole and line by line."""
    if isinstance(value, str):
        yield value
        yield from value.splitlines()
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _lines(each)
    elif isinstance(value, Sequence):
        for each in value:
            yield from _lines(each)
