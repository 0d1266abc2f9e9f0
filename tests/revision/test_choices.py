"""What a post chose and its framework offers no more is left out, told, and never keeps a document from being made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.bands import Band
from jdgen.drafting.draft import draft_job_description
from jdgen.drafting.framework_part import framework_problems
from jdgen.drafting.library import Library
from jdgen.post.model import AddedCriterion, AddedDuty, OmittedCriterion, OmittedDuty, Post, RewordedDuty
from jdgen.record.model import PrintedBlock
from jdgen.revision.choices import offered
from jdgen.revision.merge import Action, merged
from jdgen.revision.standing import Standing
from tests.examples import DRAFTED
from tests.material import shipped_library

LIBRARY = shipped_library()
HEADINGS = [heading.id for heading in LIBRARY.specialism.headings]
POST = Post("A", "pmo", Band("8a"), role_category="manager")
TITLE = PrintedBlock("change-management.title", "Change Management")


def without(*headings: str, categories: Sequence[str] = (), routes: Sequence[str] = ()) -> Library:
    """The shipped library with a framework that has these headings, role categories and entry routes no more."""
    old = LIBRARY.specialism
    new = replace(
        old,
        headings=tuple(one for one in old.headings if one.id not in headings),
        role_categories=tuple(one for one in old.role_categories if one.id not in categories),
        entry_routes=tuple(one for one in old.entry_routes if one.id not in routes),
    )
    return replace(LIBRARY, specialism=new, framework=replace(LIBRARY.framework, specialisms=(new,)))


STATEMENT = "pmo.change-management.8a-8b"
CHOICES = {
    "left out": (
        replace(
            POST, omitted_duties=(OmittedDuty("pmo.budget.8a-8b", "Held elsewhere."), OmittedDuty(STATEMENT, "No."))
        ),
        f"the post leaves out the duty {STATEMENT}, which the framework has no more",
        replace(POST, omitted_duties=(OmittedDuty("pmo.budget.8a-8b", "Held elsewhere."),)),
    ),
    "reworded": (
        replace(POST, reworded_duties=(RewordedDuty(STATEMENT, "Change it.", "Ours."),)),
        f"the post has the duty {STATEMENT} in its own words, and the framework has that duty no more",
        POST,
    ),
    "added below": (
        replace(POST, added_duties=(AddedDuty("change-management", "Keep a log of changes."),)),
        "the post's own duty under 'Change Management' has a heading of its own now, since the framework has that one "
        "no more",
        replace(POST, added_duties=(AddedDuty("Change Management", "Keep a log of changes."),)),
    ),
    "served": (
        replace(
            POST,
            added_criteria=(AddedCriterion("Logs", "skills", "essential", ("A",), (STATEMENT, "budget", STATEMENT)),),
        ),
        f"the post's own criterion 'Logs' serves {STATEMENT}, which is there no more",
        replace(POST, added_criteria=(AddedCriterion("Logs", "skills", "essential", ("A",), ("budget",)),)),
    ),
}


@pytest.mark.parametrize("case", CHOICES)
def test_a_choice_about_a_heading_that_is_gone_is_left_out_and_told(case: str) -> None:
    post, said, kept = CHOICES[case]
    assert framework_problems(post, without("change-management"))
    found = offered(post, without("change-management"), [TITLE])
    assert found.post == kept
    assert set(found.lost) == {said}
    assert not framework_problems(found.post, without("change-management"))
    # Where the framework has it still, nothing is left out.
    assert offered(post, LIBRARY, [TITLE]).post is post


def test_a_role_category_and_an_entry_route_that_are_gone_are_left_out_and_told() -> None:
    post = replace(POST, entry_route="project-delivery-professional")
    found = offered(post, without(categories=["manager"], routes=["project-delivery-professional"]), [])
    assert found.post == replace(POST, role_category=None)
    assert sorted(found.lost) == [
        "the framework has no entry route 'project-delivery-professional' any more",
        "the framework has no role category 'manager' any more",
    ]


def test_a_competence_that_is_gone_is_left_out_and_one_that_is_still_needed_stays_a_problem() -> None:
    kept = tuple(one for one in LIBRARY.framework.competences if one.id != "reviews")
    library = replace(LIBRARY, framework=replace(LIBRARY.framework, competences=kept))
    post = replace(POST, role_category="specialist", specialist_competences=("reviews", "change-control"))
    found = offered(post, library, [])
    assert found.post.specialist_competences == ("change-control",)
    assert found.lost == ("the framework does not name reviews among its competences any more",)
    # A specialist without any competence is nothing that leaving out could mend.
    alone = offered(replace(post, specialist_competences=("reviews",)), library, [])
    assert framework_problems(alone.post, library)


def test_a_criterion_and_a_reading_that_are_gone_are_left_out_and_told() -> None:
    post = replace(POST, omitted_criteria=(OmittedCriterion("no-such", "x"),), readings={"business-case": "no-such"})
    found = offered(post, LIBRARY, [])
    assert found.post == POST
    assert sorted(found.lost) == [
        "'business-case' has no such reading any more as the post chooses",
        "the post leaves out the criterion no-such, which is there no more",
    ]


def test_the_band_is_never_changed() -> None:
    found = offered(replace(POST, band=Band("5")), LIBRARY, [])
    assert (found.post.band, found.lost) == (Band("5"), ())


def test_the_posts_own_words_for_a_duty_that_is_gone_are_kept_and_asked_about() -> None:
    base = [
        PrintedBlock(f"{STATEMENT}.1", "Change it, as we do here."),
        PrintedBlock("pmo.budget.7.1", "Plan budgets."),
    ]
    post = replace(POST, reworded_duties=(RewordedDuty(STATEMENT, base[0].text, "Ours."),))
    own = offered(post, without("change-management"), [TITLE]).own(base)
    assert own == {f"{STATEMENT}.1"}
    standing = [Standing(block.text) for block in base]
    assert [one.action for one in merged(base, standing, [], own)] == [Action.QUESTION, Action.DELETE]


duties = [duty for heading in draft_job_description(POST, LIBRARY, DRAFTED).duty_headings for duty in heading.duties]
references = st.sampled_from([*(duty.id for duty in duties), *(duty.statement for duty in duties)])


@given(
    st.lists(references, unique=True, max_size=4),
    st.lists(references, unique=True, max_size=4),
    st.lists(st.sampled_from(HEADINGS), max_size=4),
    st.lists(references, max_size=4),
    st.sets(st.sampled_from(HEADINGS), max_size=len(HEADINGS) - 1),
)
def test_whatever_is_withdrawn_the_document_can_be_made_and_nothing_else_is_left_out(
    omitted: list[str], reworded: list[str], added: list[str], serves: list[str], gone: set[str]
) -> None:
    post = replace(
        POST,
        omitted_duties=tuple(OmittedDuty(one, "x") for one in omitted),
        reworded_duties=tuple(RewordedDuty(one, "In our words.", "x") for one in reworded if one not in omitted),
        added_duties=tuple(AddedDuty(one, f"Our own duty under {one}.") for one in added),
    )
    if not framework_problems(criteria := with_criterion(post, serves), LIBRARY):
        post = criteria
    library = without(*gone)
    found = offered(post, library, [])
    draft = draft_job_description(found.post, library, DRAFTED)
    printed = {duty.text for heading in draft.duty_headings for duty in heading.duties}
    assert {one.text for one in post.added_duties} <= printed
    assert bool(found.lost) == bool(framework_problems(post, library))


def with_criterion(post: Post, serves: Sequence[str]) -> Post:
    return replace(post, added_criteria=(AddedCriterion("Own", "skills", "essential", ("A",), tuple(serves)),))
