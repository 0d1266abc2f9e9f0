"""Ids, which stay the same from one version of a framework to the next.

A heading is named by its title; a statement by its specialism, its heading and its levels. Where an earlier version
has the heading, its id is kept; where it has the statement, by its text or else by its levels, that one's is. A heading
under a new title is the earlier one where most of what it said is still said under it: that is a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from rapidfuzz import fuzz

from jdgen.framework.model import Heading, Statement
from jdgen.importing.parts import SINGLE, Part, plain
from jdgen.reading.text import slug
from jdgen.scales import LevelRange

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


def statement_ids(prefix: str, said: Sequence[tuple[str, LevelRange]], earlier: Heading | None) -> list[str]:
    """The ids of statements, each a text and its levels, under one heading; ``prefix`` is that of new ids."""
    left = list(earlier.statements) if earlier else []
    ids: dict[int, str] = {}
    for alike in _ALIKE:
        for index, one in enumerate(said):
            if index not in ids and (match := next((old for old in left if alike(old, *one)), None)):
                ids[index] = match.id
                left.remove(match)
    for index, (_, levels) in enumerate(said):
        if index not in ids:
            ids[index] = _unlike(f"{prefix}.{slug(levels_key(levels))}", ids.values())
    return [ids[index] for index in range(len(said))]


#: Ways in which a statement may be the earlier one, the surest first.
_ALIKE: tuple[Callable[[Statement, str, LevelRange], bool], ...] = (
    lambda old, text, levels: _text(old) == text and str(old.levels) == str(levels),
    lambda old, text, _: _text(old) == text,
    lambda old, _, levels: str(old.levels) == str(levels),
)


def levels_key(levels: LevelRange) -> str:
    """A range as framework files have it: ``8a-8d``, or ``Mid-level to Top`` where a name holds a hyphen."""
    hyphens = any("-" in str(level) for level in (levels.lowest, levels.highest))
    return str(levels) if hyphens or levels.lowest == levels.highest else f"{levels.lowest}-{levels.highest}"


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
