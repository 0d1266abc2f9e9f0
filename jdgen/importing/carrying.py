"""What tables cannot give, such as role categories, taken over from an earlier version as far as it still stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from jdgen.framework.model import Competence, CompetenceRule, Framework, RoleCategory, SourcePlace, Specialism
from jdgen.importing.doubts import Doubt
from jdgen.importing.grid import Place, Publication


def carried_competences(earlier: Framework | None, publication: Publication) -> tuple[list[Competence], list[Doubt]]:
    """The earlier version's competences that the publication still names, and a doubt for each other one."""
    kept: list[Competence] = []
    doubts: list[Doubt] = []
    for competence in earlier.competences if earlier else ():
        if source := _found(competence.name, publication):
            kept.append(replace(competence, source=source))
        else:
            doubts.append(_left_out(f"competence '{competence.name}'", publication))
    return kept, doubts


def carried_categories(
    earlier: Specialism | None, publication: Publication
) -> tuple[tuple[RoleCategory, ...], list[Doubt]]:
    """The earlier version's role categories of which the publication still says the same, and what was left out."""
    kept: list[RoleCategory] = []
    doubts: list[Doubt] = []
    for category in earlier.role_categories if earlier else ():
        source = _found(category.published_as, publication)
        if source is None:
            doubts.append(_left_out(f"role category '{category.published_as}'", publication))
            continue
        remarks = [(remark, _found(remark.text, publication)) for remark in category.statements]
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


def _found(text: str, publication: Publication) -> SourcePlace | None:
    return next((prose.source for prose in publication.prose if text in prose.text), None)


def _left_out(what: str, publication: Publication) -> Doubt:
    return Doubt(
        f"the earlier version's {what} is not in {publication.name}, and is left out",
        Place("", "", "", publication.name),
    )
