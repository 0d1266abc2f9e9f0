"""Ids, which stay the same from one version of a framework to the next.

A heading is named by its title; a statement by its specialism, its heading and its bands. Where an earlier version
has the heading, its id is kept; where it has the statement, by its text or else by its bands, that one's is. A heading
under a new title is the earlier one where most of what it said is still said under it: that is a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from rapidfuzz import fuzz

from jdgen.bands import BandRange
from jdgen.framework.model import Heading, Statement
from jdgen.importing.parts import SINGLE, Part, plain
from jdgen.reading.text import slug

#: Likeness (0 to 100) from which a text is an earlier one reworded, and the share of a heading's statements that must
#: be there for a heading under another title to be the same.
_LIKE, _MOSTLY = 75.0, 0.5


def heading_id(part: Part, title: str, earlier: Iterable[Heading], taken: Iterable[str]) -> str:
    """The id of a heading: the earlier one's with this title, else one made of the title, unlike those ``taken``."""
    known = next((heading.id for heading in earlier if plain(heading.title) == plain(title)), None)
    if known and known not in set(taken):
        return known
    made = part.replace("_", "-") if part in SINGLE else slug(title.replace("&", " "))
    return _unlike(made or "heading", taken)


def renamed(texts: Iterable[str], lost: Collection[Heading]) -> Heading | None:
    """Which of the earlier headings ``lost``, whose titles are published no more, says what ``texts`` say: the one of
    whose statements most are among them, and more than half."""
    said = list(texts)
    kept = {heading.id: _share_kept(heading, said) for heading in lost}
    best = max(lost, key=lambda heading: kept[heading.id], default=None)
    return best if best and kept[best.id] > _MOSTLY else None


def statement_ids(prefix: str, said: Sequence[tuple[str, BandRange]], earlier: Heading | None) -> list[str]:
    """The ids of statements, each a text and its bands, under one heading; ``prefix`` is that of new ids."""
    left = list(earlier.statements) if earlier else []
    ids: dict[int, str] = {}
    for alike in _ALIKE:
        for index, one in enumerate(said):
            if index not in ids and (match := next((old for old in left if alike(old, *one)), None)):
                ids[index] = match.id
                left.remove(match)
    for index, (_, bands) in enumerate(said):
        if index not in ids:
            ids[index] = _unlike(f"{prefix}.{bands_id(bands)}", ids.values())
    return [ids[index] for index in range(len(said))]


#: Ways in which a statement may be the earlier one, the surest first.
_ALIKE: tuple[Callable[[Statement, str, BandRange], bool], ...] = (
    lambda old, text, bands: _text(old) == text and old.bands == bands,
    lambda old, text, _: _text(old) == text,
    lambda old, _, bands: old.bands == bands,
)


def bands_id(bands: BandRange) -> str:
    """A range as ids and framework files have it: ``8a-8d``."""
    return str(bands).replace(" to ", "-")


def _share_kept(heading: Heading, texts: Collection[str]) -> float:
    """The share of a heading's statements that ``texts`` have in the same words, or nearly."""
    kept = sum(any(fuzz.ratio(_text(old), text) >= _LIKE for text in texts) for old in heading.statements)
    return kept / len(heading.statements)


def _text(statement: Statement) -> str:
    return statement.text or "\n".join(statement.entries)


def _unlike(made: str, taken: Iterable[str]) -> str:
    used = set(taken)
    number = 1
    while (name := made if number == 1 else f"{made}-{number}") in used:
        number += 1
    return name
