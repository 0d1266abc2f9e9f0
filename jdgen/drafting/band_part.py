"""What all posts at one band and level have of the framework in common: worked out once, before anything of a post's
own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from jdgen.drafting.criteria import LibraryCriterion
from jdgen.drafting.duties import DutyList, Served, framework_duties, numbered
from jdgen.drafting.library import Library
from jdgen.drafting.model import Block, EntryRoute, Giver, Text
from jdgen.drafting.profile import HeldStatement, RoleProfile, role_profile
from jdgen.levels import Band, Level


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
    library: Library, band: Band, level: Level, role_category: str | None, readings: tuple[tuple[str, str], ...]
) -> BandPart:
    """The part of every post at ``band``, drafted at ``level``, which is one of the specialism's, in this role category
    (by id)."""
    categories = (category for category in library.specialism.role_categories if category.id == role_category)
    profile = role_profile(library.specialism, level, next(categories, None), dict(readings))
    duties = framework_duties(profile, library.adaptations)
    duties = replace(duties, headings=numbered(duties.headings))
    return BandPart(
        profile=profile,
        duties=duties,
        served=Served(duties.headings),
        criteria=tuple(criterion for criterion in library.criteria.criteria if band in criterion.bands),
        complexity_narrative=_blocks(profile.complexity_narrative),
        role_category_statements=_category_blocks(profile),
        entry_routes=tuple(
            EntryRoute(
                held.statement.id,
                Text(held.heading.title, Giver.FRAMEWORK),
                Text(held.statement.text, Giver.FRAMEWORK),
            )
            for held in profile.entry_routes
        ),
        qualifications=_blocks(profile.qualifications),
    )


def _blocks(held: tuple[HeldStatement, ...]) -> tuple[Block, ...]:
    """Statements as published: the text of each, or each entry of its list."""
    statements = (one.statement for one in held)
    return tuple(
        Block(f"{statement.id}.{number}", Text(text, Giver.FRAMEWORK))
        for statement in statements
        for number, text in enumerate(statement.entries or (statement.text,), 1)
    )


def _category_blocks(profile: RoleProfile) -> tuple[Block, ...]:
    category = profile.role_category
    statements = category.statements if category else ()
    return tuple(Block(statement.id, Text(statement.text, Giver.FRAMEWORK)) for statement in statements)
