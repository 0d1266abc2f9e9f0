"""Everything that a draft is made from besides the post and the date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from jdgen.drafting.adaptations import Adaptations
from jdgen.drafting.clauses import ClauseSet
from jdgen.drafting.criteria import CriteriaLibrary
from jdgen.drafting.levels import LevelMapping
from jdgen.drafting.prompts import Prompts
from jdgen.framework.model import Framework, Specialism


@dataclass(frozen=True, eq=False)
class Library:
    """The framework and the specialism of it, jdgen's own criteria and adaptations for them, the
    organisation's general statements, the prompts, and the levels that are taken for posts which name none.
    ``is_verbatim`` says that the framework's wording is left as published.

    ``former`` has the names of parts that the framework had in an earlier version and has no more, each with its title:
    a post that names one is not mistaken.

    Two libraries are the same only when they are one: what is made of a library is remembered for it.
    """

    framework: Framework
    specialism: Specialism
    adaptations: Adaptations
    criteria: CriteriaLibrary
    clauses: ClauseSet
    prompts: Prompts
    levels: LevelMapping | None = None
    is_verbatim: bool = False
    # It decides no text of a document by itself, so it is not in the digest of its inputs.
    former: Mapping[str, str] = field(default_factory=dict, repr=False)

    def verbatim(self) -> Library:
        """The same with the framework's wording left as published."""
        return replace(self, adaptations=self.adaptations.without_changes(), is_verbatim=True)
