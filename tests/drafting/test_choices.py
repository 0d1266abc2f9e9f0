from __future__ import annotations

from typing import Any

import pytest

from jdgen.places import Option
from jdgen.post.model import AddedCriterion
from tests.toolbox.data import problems_of
from tests.toolbox.drafts import drafted, notes_of

CATEGORIES = "PMO Administrator or Analyst; PMO Specialist; Project or Programme or Portfolio Management Office Manager"
TITLES = (
    "Schedule management; Budgeting and cost control; Risk, opportunity and issue management; "
    "Stakeholder and communications management; Reviews; Change control; Independent assurance; Business case; "
    "Capability development"
)
NINE = (
    "schedule-management, budgeting-and-cost-control, risk-opportunity-and-issue-management, "
    "stakeholder-and-communications-management, reviews, change-control, independent-assurance, business-case, "
    "capability-development"
)
WHERE = "the post 'PMO post': "


@pytest.mark.parametrize("band", ["1", "5", "9"])
def test_a_band_that_the_framework_does_not_describe_is_refused(band: str) -> None:
    assert problems_of(lambda: drafted(band)) == [
        f"{WHERE}the framework says nothing of PMO at band {band}: choose from 6, 7, 8a, 8b, 8c, 8d"
    ]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        (
            {"role_category": "specialist"},
            f"a PMO Specialist needs a specialist competence and none is named: name at least one of {TITLES}",
        ),
        (
            {"role_category": "specialist", "specialist_competences": ("governance-arrangements",)},
            f"'Governance arrangements' is asked of every PMO Specialist already: name at least one of {TITLES}",
        ),
        (
            {"role_category": "specialist", "specialist_competences": ("reviews", "reviews")},
            "'Reviews' is named twice: name it once",
        ),
        (
            {"role_category": "manager", "specialist_competences": ("reviews",)},
            "specialist competences are given for a post that is no specialist's: "
            "choose the role category 'PMO Specialist'",
        ),
        (
            {"specialist_competences": ("reviews",)},
            "specialist competences are given for a post that is no specialist's: "
            "choose the role category 'PMO Specialist'",
        ),
        (
            {"role_category": "officer"},
            f"unknown role category 'officer': use one of {CATEGORIES}",
        ),
        (
            {"role_category": "specalist"},
            f"unknown role category 'specalist': did you mean 'PMO Specialist'? Known here: {CATEGORIES}",
        ),
        (
            {"entry_route": "apprenticeship"},
            "unknown entry route 'apprenticeship': use one of Project Delivery Professional; "
            "Non-Project Delivery Professional",
        ),
    ],
)
def test_what_the_framework_does_not_offer_is_refused_with_the_choices(fields: dict[str, Any], problem: str) -> None:
    assert problems_of(lambda: drafted("7", **fields)) == [WHERE + problem]


def test_an_unknown_competence_is_refused_with_all_that_there_are() -> None:
    (problem,) = problems_of(lambda: drafted("7", role_category="specialist", specialist_competences=("review",)))
    assert problem == (
        f"{WHERE}unknown competence 'review': did you mean 'Reviews'? Known here: Governance arrangements; "
        f"Frameworks and methodologies; {TITLES}"
    )


@pytest.mark.parametrize("competence", NINE.split(", "))
def test_each_of_the_nine_competences_makes_a_specialist(competence: str) -> None:
    draft = drafted("7", role_category="specialist", specialist_competences=(competence,))
    ids = [criterion.id for group in draft.person_specification.groups for criterion in group.criteria]
    assert [criterion_id for criterion_id in ids if criterion_id.startswith("competence.")] == [
        "competence.governance-arrangements",
        "competence.frameworks-and-methodologies",
        f"competence.{competence}",
    ]


def test_refused_choices_are_told_all_together() -> None:
    problems = problems_of(
        lambda: drafted(
            "5",
            role_category="specialist",
            specialist_competences=("juggling", "governance-arrangements"),
            entry_route="x",
        )
    )
    assert len(problems) == 4


def test_choices_groups_and_codes_are_told_in_one_error() -> None:
    problems = "\n".join(
        problems_of(
            lambda: drafted(
                "7",
                role_category="officer",
                entry_route="apprenticeship",
                added_criteria=(AddedCriterion("x", "skill", "essential", ("Z",)),),
            )
        )
    )
    for problem in (
        "unknown role category 'officer'",
        "unknown entry route 'apprenticeship'",
        "unknown group 'skill': did you mean 'Skills'? Known here: Qualifications; Experience; Knowledge; Skills; ",
        "unknown assessment code 'Z': use one of A (Application form), I (Interview), ",
    ):
        assert problem in problems


@pytest.mark.parametrize(
    ("readings", "problem"),
    [
        (
            {"business-case": "paired-band"},
            "unknown reading 'paired-band' of 'business-case': did you mean 'paired-bands'? Known here: "
            "boundary-8b-8c, paired-bands",
        ),
        ({"budget": "paired-bands"}, "'budget' has only one reading: readings can be chosen for business-case"),
    ],
)
def test_a_reading_that_there_is_not_is_refused_as_an_option_and_told_of_a_file(
    readings: dict[str, str], problem: str
) -> None:
    option = {f"readings.{heading}": Option("--reading") for heading in readings}
    assert problems_of(lambda: drafted("7", readings=readings, places=option)) == [f"--reading: {problem}"]
    draft = drafted("7", readings=readings, places={"readings": "post.yaml:4"})
    ((subject, text),) = notes_of(draft, "no longer fits")
    assert subject in readings
    assert ("paired-bands" in text) == (draft.duty_headings == drafted("7").duty_headings)


def test_a_refused_choice_is_told_where_it_was_given() -> None:
    places = {"role_category": Option("--role-category"), "entry_route": "post.yaml:9", "band": "post.yaml:3"}
    problems = problems_of(lambda: drafted("7", role_category="x", entry_route="y", places=places)) + problems_of(
        lambda: drafted("5", places=places)
    )
    assert [problem.split(": ")[0] for problem in problems] == ["--role-category", "post.yaml:9", "post.yaml:3"]
