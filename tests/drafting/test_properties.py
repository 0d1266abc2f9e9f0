"""Drafting is pure and total: whatever a post holds, there is a draft or a told problem, and always the same one."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from jdgen.drafting.draft import draft_job_description
from jdgen.drafting.library import Library
from jdgen.drafting.loading import load_library
from jdgen.drafting.model import JobDescription
from jdgen.errors import JdgenError
from jdgen.levels import Band
from jdgen.post.model import (
    AddedCriterion,
    AddedDuty,
    Contact,
    JobDemand,
    Measure,
    OmittedCriterion,
    OmittedDuty,
    Post,
    RewordedDuty,
)
from jdgen.workspace import Workspace
from tests.toolbox.data import shipped_library
from tests.toolbox.drafts import duties_of
from tests.toolbox.examples import DRAFTED, ROOT
from tests.toolbox.soak import budget

LIBRARY = shipped_library()
ANOTHER = load_library(Workspace(ROOT), "pmo")
SPECIALISM = LIBRARY.specialism
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=20)
STATEMENTS = [statement.id for row in SPECIALISM.headings for statement in row.statements]


def often(names: list[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(names) | TEXT


def few(kind: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(kind, max_size=3).map(tuple)


DUTIES = often([*STATEMENTS, *(f"{statement}.1" for statement in STATEMENTS)])
HEADINGS = often([heading.id for heading in SPECIALISM.headings])
OPTIONAL = {
    "role_category": often([category.id for category in SPECIALISM.role_categories]),
    "specialist_competences": few(often([competence.id for competence in LIBRARY.framework.competences])),
    "entry_route": often([route.id for route in SPECIALISM.entry_routes]),
    "readings": st.dictionaries(often(["business-case"]), often(["boundary-8b-8c", "paired-bands"]), max_size=2),
    **dict.fromkeys(
        ("employer", "department", "base", "hours", "contract", "responsible_to", "accountable_to", "about"), TEXT
    ),
    **dict.fromkeys(("responsible_for", "reference", "version", "je_reference", "purpose"), TEXT),
    "values": few(TEXT),
    "decisions": few(TEXT),
    "dimensions": few(st.builds(Measure, TEXT, TEXT)),
    "relationships": few(st.builds(Contact, TEXT, st.sampled_from(["internal", "external"]), TEXT)),
    "demands": few(
        st.builds(
            JobDemand,
            st.sampled_from(["physical", "mental", "emotional", "environment"]),
            TEXT,
            st.none() | TEXT,
            st.none() | TEXT,
        )
    ),
    "added_duties": few(st.builds(AddedDuty, HEADINGS, TEXT)),
    "omitted_duties": few(st.builds(OmittedDuty, DUTIES, TEXT)),
    "reworded_duties": few(st.builds(RewordedDuty, DUTIES, TEXT, TEXT)),
    "added_criteria": few(
        st.builds(
            AddedCriterion,
            TEXT,
            often(list(LIBRARY.criteria.groups)),
            st.sampled_from(["essential", "desirable"]),
            st.lists(often(list("AITPCR")), min_size=1, max_size=3).map(tuple),
            few(HEADINGS | DUTIES),
        )
    ),
    "omitted_criteria": few(
        st.builds(OmittedCriterion, often([criterion.id for criterion in LIBRARY.criteria.criteria]), TEXT)
    ),
}


def post_of(fields: dict[str, Any]) -> Post:
    return Post(**fields)


POSTS = st.fixed_dictionaries(
    {
        "title": TEXT,
        "specialism": st.just("pmo"),
        "band": st.sampled_from(["6", "7", "8a", "8b", "8c", "8d"]).map(Band) | st.sampled_from(["5", "9"]).map(Band),
    },
    optional=OPTIONAL,
).map(post_of)
#: Posts that choose only what there is, so that most of them can be drafted.
WILLING = st.fixed_dictionaries(
    {
        "title": TEXT,
        "specialism": st.just("pmo"),
        "band": st.sampled_from(["6", "7", "8a", "8b", "8c", "8d"]).map(Band),
    },
    optional={
        name: OPTIONAL[name]
        for name in ("employer", "about", "purpose", "values", "decisions", "dimensions", "relationships", "demands")
    }
    | {"added_duties": few(st.builds(AddedDuty, st.sampled_from(["budget", "Budget", "Local work"]), TEXT))},
).map(post_of)


def outcome(post: Post, library: Library = LIBRARY) -> JobDescription | tuple[str, ...]:
    try:
        return draft_job_description(post, library, DRAFTED)
    except JdgenError as error:
        return tuple(str(problem) for problem in error.problems)


@given(POSTS)
@budget(30)
def test_any_post_gives_a_draft_or_told_problems_and_the_same_ones_again(post: Post) -> None:
    first = outcome(post)
    assert first == outcome(post)
    # Another library that says the same shares nothing that was kept from the first.
    assert first == outcome(post, ANOTHER)
    assert first != ()


@given(WILLING)
@budget(15)
def test_a_post_that_chooses_only_what_there_is_is_always_drafted_with_its_own_words(post: Post) -> None:
    draft = outcome(post)
    assert isinstance(draft, JobDescription)
    assert draft.title == post.title
    assert [addition.text for addition in post.added_duties] == [
        duty.text
        for number in range(1, len(post.added_duties) + 1)
        for duty in duties_of(draft)
        if duty.id == f"post.duty.{number}"
    ]
    assert len({duty.number for duty in duties_of(draft)}) == len(duties_of(draft))
    if post.values:
        assert tuple(block.text for block in draft.values) == post.values


@given(WILLING)
@budget(15)
def test_verbatim_changes_only_wording(post: Post) -> None:
    draft = outcome(post)
    assert isinstance(draft, JobDescription)
    other = draft_job_description(post, LIBRARY.verbatim(), DRAFTED)
    assert [heading.id for heading in other.duty_headings] == [heading.id for heading in draft.duty_headings]
    assert (other.about, other.clauses, other.qualifications) == (draft.about, draft.clauses, draft.qualifications)
