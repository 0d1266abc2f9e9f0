"""What an earlier version of a framework lends a new one: ids, and what tables cannot give."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from jdgen.framework.model import (
    Competence,
    CompetenceRule,
    Framework,
    Heading,
    RoleCategory,
    SourcePlace,
    Specialism,
    Statement,
)
from jdgen.importing.doubts import Doubt
from jdgen.importing.grid import CellPlace, Publication
from jdgen.importing.table import SINGLE, Part, plain
from jdgen.levels import LevelRange
from jdgen.words import slug

# Ids, which stay the same from one version of a framework to the next.
#
# A heading is named by its title; a statement by its specialism, its heading and its levels. Where an earlier version
# has the heading, its id is kept; where it has the statement, by its text or else by its levels, that one's is. A
# heading under a new title is the earlier one where most of what it said is still said under it: that is a guess.

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


def find_renamed(texts: Iterable[str], lost: Collection[Heading]) -> Heading | None:
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


# What tables cannot give, such as role categories, taken over from an earlier version as far as it still stands.


def carry_competences(earlier: Framework | None, publication: Publication) -> tuple[list[Competence], list[Doubt]]:
    """The earlier version's competences that the publication still names, and a doubt for each other one."""
    kept: list[Competence] = []
    doubts: list[Doubt] = []
    for competence in earlier.competences if earlier else ():
        if source := _find_source(competence.name, publication):
            kept.append(replace(competence, source=source))
        else:
            doubts.append(_left_out(f"competence '{competence.name}'", publication))
    return kept, doubts


def carry_categories(
    earlier: Specialism | None, publication: Publication
) -> tuple[tuple[RoleCategory, ...], list[Doubt]]:
    """The earlier version's role categories of which the publication still says the same, and what was left out."""
    kept: list[RoleCategory] = []
    doubts: list[Doubt] = []
    for category in earlier.role_categories if earlier else ():
        source = _find_source(category.published_as, publication)
        if source is None:
            doubts.append(_left_out(f"role category '{category.published_as}'", publication))
            continue
        remarks = [(remark, _find_source(remark.text, publication)) for remark in category.statements]
        doubts += [_left_out(f"sentence '{remark.text}'", publication) for remark, found in remarks if not found]
        statements = tuple(replace(remark, source=found) for remark, found in remarks if found)
        kept.append(replace(category, source=source, statements=statements))
    return tuple(kept), doubts


def with_known_competences(category: RoleCategory, known: Iterable[str]) -> RoleCategory:
    """The category without competences that are left out."""
    rule, ids = category.competence_rule, set(known)
    if rule is None:
        return category
    kept = (tuple(one for one in named if one in ids) for named in (rule.all_of, rule.at_least_one_of))
    return replace(category, competence_rule=CompetenceRule(*kept))


def _find_source(text: str, publication: Publication) -> SourcePlace | None:
    return next((prose.source for prose in publication.prose if text in prose.text), None)


def _left_out(what: str, publication: Publication) -> Doubt:
    return Doubt(
        f"the earlier version's {what} is not in {publication.name}, and is left out",
        CellPlace("", "", "", publication.name),
    )
