"""What a post chose and its framework offers no more is left out, told, and never keeps a document from being made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.drafting.draft import draft_job_description
from jdgen.drafting.framework_part import framework_part, framework_problems
from jdgen.drafting.library import Library
from jdgen.drafting.model import JobDescription
from jdgen.errors import JdgenError
from jdgen.levels import Band
from jdgen.post.model import AddedCriterion, AddedDuty, OmittedCriterion, OmittedDuty, Post, RewordedDuty
from jdgen.record.model import PrintedBlock
from jdgen.revision.decisions import Action
from jdgen.revision.fresh_documents import in_own_words, library_for_record
from jdgen.revision.merge import merge
from jdgen.revision.paragraphs import ReadParagraph
from tests.toolbox.blocks import printed_block
from tests.toolbox.data import shipped_library
from tests.toolbox.examples import DRAFTED
from tests.toolbox.soak import budget

LIBRARY = shipped_library()
HEADINGS = [heading.id for heading in LIBRARY.specialism.headings]
POST = Post("A", "pmo", Band("8a"), role_category="manager")
TITLE = printed_block("change-management.title", "Change Management")


def without(*headings: str, categories: Sequence[str] = (), routes: Sequence[str] = ()) -> Library:
    """The shipped library with a framework that has these headings, role categories and entry routes no more."""
    old = LIBRARY.specialism
    new = replace(
        old,
        headings=tuple(heading for heading in old.headings if heading.id not in headings),
        role_categories=tuple(category for category in old.role_categories if category.id not in categories),
        entry_routes=tuple(route for route in old.entry_routes if route.id not in routes),
    )
    return replace(LIBRARY, specialism=new, framework=replace(LIBRARY.framework, specialisms=(new,)))


STATEMENT = "pmo.change-management.8a-8b"
CHOICES = {
    "left out": (
        replace(
            POST, omitted_duties=(OmittedDuty("pmo.budget.8a-8b", "Held elsewhere."), OmittedDuty(STATEMENT, "No."))
        ),
        STATEMENT,
        "The post leaves this duty out, and the framework has no such duty.",
        replace(POST, omitted_duties=(OmittedDuty("pmo.budget.8a-8b", "Held elsewhere."),)),
    ),
    "reworded": (
        replace(POST, reworded_duties=(RewordedDuty(STATEMENT, "Change it.", "Ours."),)),
        STATEMENT,
        'The framework has no such duty, so the words that the post has for it are not printed: "Change it."',
        POST,
    ),
    "added below": (
        replace(POST, added_duties=(AddedDuty("change-management", "Keep a log of changes."),)),
        "post.duty.1",
        "The framework has no heading 'change-management', so this duty of the post's own stands under a heading of "
        "its own, 'Change Management'.",
        replace(POST, added_duties=(AddedDuty("Change Management", "Keep a log of changes."),)),
    ),
    "served": (
        replace(
            POST,
            added_criteria=(AddedCriterion("Logs", "skills", "essential", ("A",), (STATEMENT, "budget", STATEMENT)),),
        ),
        "post.criterion.1",
        f"This criterion of the post's own serves '{STATEMENT}', which is not in this draft.",
        replace(POST, added_criteria=(AddedCriterion("Logs", "skills", "essential", ("A",), ("budget",)),)),
    ),
}


def drafted(post: Post, library: Library, blocks: Sequence[PrintedBlock] = ()) -> JobDescription:
    return draft_job_description(post, library_for_record(library, post, blocks), DRAFTED)


def stale(draft: JobDescription) -> list[tuple[str, str]]:
    """What the draft says no longer fits of the post, and not of the library's own entries."""
    notes = [(note.subject, note.text) for note in draft.notes if note.topic == "no longer fits"]
    return [(subject, text) for subject, text in notes if not text.startswith("The criterion was written for")]


@pytest.mark.parametrize("case", CHOICES)
def test_a_choice_about_a_heading_that_is_gone_is_left_out_and_told(case: str) -> None:
    post, subject, beginning, kept_post = CHOICES[case]
    draft = drafted(post, without("change-management"), [TITLE])
    ((stale_subject, text),) = stale(draft)
    assert stale_subject == subject
    assert text.startswith(beginning)
    assert replace(draft, notes=()) == replace(drafted(kept_post, without("change-management")), notes=())
    # Where the framework has it still, nothing is left out.
    assert stale(drafted(post, LIBRARY, [TITLE])) == []
    assert library_for_record(LIBRARY, post, [TITLE]) is LIBRARY


def test_a_role_category_and_an_entry_route_that_are_gone_are_left_out_and_told() -> None:
    post = replace(POST, entry_route="project-delivery-professional")
    library = without(categories=["manager"], routes=["project-delivery-professional"])
    draft = drafted(post, library)
    assert stale(draft) == [
        ("role_category", "The framework no longer has the role category 'manager'."),
        ("entry_route", "The framework no longer has the entry route 'project-delivery-professional'."),
    ]
    assert replace(draft, notes=()) == replace(drafted(replace(POST, role_category=None), library), notes=())
    # Nobody has ever offered it to a post that is drafted for the first time.
    assert len(framework_problems(post, library)) == 2


def test_a_competence_that_is_gone_is_left_out_and_told_even_where_no_other_is_left() -> None:
    competences = tuple(competence for competence in LIBRARY.framework.competences if competence.id != "reviews")
    library = replace(LIBRARY, framework=replace(LIBRARY.framework, competences=competences))
    note = (
        "specialist_competences",
        "The framework no longer names the competence 'reviews'. Choose another if one is needed.",
    )
    post = replace(POST, role_category="specialist", specialist_competences=("reviews", "change-control"))
    alone = replace(post, specialist_competences=("reviews",))
    for variant, competence_ids in ((post, ["competence.change-control"]), (alone, [])):
        draft = drafted(variant, library)
        assert stale(draft) == [note]
        ids = [criterion.id for group in draft.person_specification.groups for criterion in group.criteria]
        every = ["competence.governance-arrangements", "competence.frameworks-and-methodologies"]
        assert [criterion_id for criterion_id in ids if criterion_id.startswith("competence.")] == [
            *every,
            *competence_ids,
        ]


def test_a_rule_about_competences_that_a_release_changes_stops_no_document() -> None:
    specialist = replace(POST, role_category="specialist", specialist_competences=("reviews",))
    rules = {category.id: category.competence_rule for category in LIBRARY.specialism.role_categories}
    swapped = tuple(
        category._replace(competence_rule=rules["specialist"] if category.id == "manager" else None)
        for category in LIBRARY.specialism.role_categories
    )
    library = replace(LIBRARY, specialism=replace(LIBRARY.specialism, role_categories=swapped))
    assert [text for _, text in stale(drafted(specialist, library))] == [
        "The framework asks for the competence 'reviews' of other role categories only."
    ]
    assert "and the post names none" in stale(drafted(POST, library))[0][1]


def test_a_criterion_and_a_reading_that_are_gone_are_left_out_and_told() -> None:
    post = replace(POST, omitted_criteria=(OmittedCriterion("no-such", "x"),), readings={"business-case": "no-such"})
    draft = drafted(post, LIBRARY)
    assert stale(draft) == [
        ("business-case", "The framework has no reading 'no-such' here. The draft uses the literal one."),
        ("no-such", "The post leaves this criterion out, and there is no such one."),
    ]
    assert replace(draft, notes=()) == replace(drafted(POST, LIBRARY), notes=())


def test_a_band_that_the_framework_does_not_describe_stays_a_problem() -> None:
    with pytest.raises(JdgenError, match="the framework says nothing of PMO at band 5"):
        drafted(replace(POST, band=Band("5")), LIBRARY)


def test_the_posts_own_words_for_a_duty_that_is_gone_are_kept_and_asked_about() -> None:
    base = [
        printed_block(f"{STATEMENT}.1", "Change it, as we do here."),
        printed_block("pmo.budget.7.1", "Plan budgets."),
    ]
    post = replace(POST, reworded_duties=(RewordedDuty(STATEMENT, base[0].text, "Ours."),))
    block_ids = in_own_words(framework_part(post, without("change-management")).unprinted, base)
    assert block_ids == {f"{STATEMENT}.1"}
    standing = [ReadParagraph(block.text) for block in base]
    assert [decision.action for decision in merge(base, standing, [], block_ids)] == [Action.QUESTION, Action.DELETE]


duties = [duty for heading in draft_job_description(POST, LIBRARY, DRAFTED).duty_headings for duty in heading.duties]
references = st.sampled_from([*(duty.id for duty in duties), *(duty.statement for duty in duties)])


@budget(20)
@given(
    st.lists(references, unique=True, max_size=4),
    st.lists(references, unique=True, max_size=4),
    st.lists(st.sampled_from(HEADINGS), max_size=4),
    st.lists(references, max_size=4),
    st.sets(st.sampled_from(HEADINGS), max_size=len(HEADINGS) - 1),
)
def test_whatever_is_withdrawn_the_document_can_be_made_and_nothing_else_is_left_out(
    omitted: list[str], reworded: list[str], additions: list[str], serves: list[str], withdrawn_headings: set[str]
) -> None:
    post = replace(
        POST,
        omitted_duties=tuple(OmittedDuty(reference, "x") for reference in omitted),
        reworded_duties=tuple(
            RewordedDuty(reference, "In our words.", "x") for reference in reworded if reference not in omitted
        ),
        added_duties=tuple(AddedDuty(heading, f"Our own duty under {heading}.") for heading in additions),
    )
    post = with_criterion(post, serves)
    draft = drafted(post, without(*withdrawn_headings))
    printed_texts = {duty.text for heading in draft.duty_headings for duty in heading.duties}
    assert {duty.text for duty in post.added_duties} <= printed_texts
    duty_ids = [*omitted, *(rewording.duty for rewording in post.reworded_duties)]
    lost_ids = [duty_id for duty_id in duty_ids if any(f".{heading}." in duty_id for heading in withdrawn_headings)]
    assert [subject for subject, _ in stale(draft) if subject in duty_ids] == lost_ids


def with_criterion(post: Post, serves: Sequence[str]) -> Post:
    return replace(post, added_criteria=(AddedCriterion("Own", "skills", "essential", ("A",), tuple(serves)),))
