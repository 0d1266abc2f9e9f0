"""What all posts at one band have of the framework in common: worked out once, before anything of a post's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from jdgen.bands import Band
from jdgen.drafting.criteria import LibraryCriterion
from jdgen.drafting.duties import DutyList, framework_duties, numbered
from jdgen.drafting.library import Library
from jdgen.drafting.model import Block, EntryRoute
from jdgen.drafting.profile import RoleProfile, role_profile
from jdgen.drafting.served import Served
from jdgen.framework.model import Statement


@dataclass(frozen=True, eq=False)
class BandPart:
    """The role profile, its duties (numbered) and which of them a reference means, jdgen's own criteria for the band,
    and the texts that are printed as published."""

    profile: RoleProfile
    duties: DutyList
    served: Served
    criteria: tuple[LibraryCriterion, ...]
    complexity_narrative: tuple[Block, ...]
    role_category_statements: tuple[Block, ...]
    entry_routes: tuple[EntryRoute, ...]
    qualifications: tuple[Block, ...]


@lru_cache(maxsize=64)
def band_part(
    library: Library, band: Band, role_category: str | None, readings: tuple[tuple[str, str], ...]
) -> BandPart:
    """The part of every post at ``band``, which is one of the specialism's, in this role category (by id)."""
    categories = (category for category in library.specialism.role_categories if category.id == role_category)
    profile = role_profile(library.specialism, band, next(categories, None), dict(readings))
    duties = framework_duties(profile, library.adaptations)
    duties = replace(duties, headings=numbered(duties.headings))
    return BandPart(
        profile=profile,
        duties=duties,
        served=Served(duties.headings),
        criteria=tuple(criterion for criterion in library.criteria.criteria if band in criterion.bands),
        complexity_narrative=_blocks(profile.complexity_narrative.statement),
        role_category_statements=_category_blocks(profile),
        entry_routes=tuple(
            EntryRoute(held.statement.id, held.heading.title, held.statement.text) for held in profile.entry_routes
        ),
        qualifications=_blocks(profile.qualifications.statement),
    )


def _blocks(statement: Statement) -> tuple[Block, ...]:
    """A statement as published: its text, or each entry of its list."""
    texts = statement.entries or (statement.text,)
    return tuple(Block(f"{statement.id}.{number}", text) for number, text in enumerate(texts, 1))


def _category_blocks(profile: RoleProfile) -> tuple[Block, ...]:
    category = profile.role_category
    return tuple(Block(statement.id, statement.text) for statement in (category.statements if category else ()))
