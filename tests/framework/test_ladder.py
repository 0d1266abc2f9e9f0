from __future__ import annotations

import pytest

from jdgen.framework.ladder import Step, StepLikeness, steps
from jdgen.framework.model import Heading
from tests.toolbox.data import PMO_BANDS, shipped_library

PMO = shipped_library().specialism
STEPS = {(step.heading.id, str(step.lower), str(step.upper)): step for step in steps(PMO)}


def step(heading: str, lower: str) -> Step:
    return STEPS[heading, lower, PMO_BANDS[PMO_BANDS.index(lower) + 1]]


def test_every_heading_and_the_qualifications_have_every_step() -> None:
    assert len(STEPS) == 11 * 5
    assert [str(step_.lower) for step_ in steps(PMO)][::11] == list(PMO_BANDS[:5])


@pytest.mark.parametrize("heading", [*PMO.headings, PMO.qualifications], ids=lambda heading: heading.id)
def test_no_heading_claims_a_step_from_8c_to_8d(heading: Heading) -> None:
    assert step(heading.id, "8c").likeness is StepLikeness.ONE_STATEMENT


def test_change_management_has_the_same_words_at_8b_and_8c() -> None:
    assert step("change-management", "8b").likeness is StepLikeness.SAME_WORDS
    assert step("change-management", "8b").word_pairs == ()


def test_budget_hardly_differs_from_8b_to_8c_and_the_words_are_named() -> None:
    budget = step("budget", "8b")
    assert budget.likeness is StepLikeness.NEARLY_SAME
    assert budget.word_pairs == (("Developing", "Develop"), ("agreeing", "agree"), ("controlling", ""), ("and", ""))


def test_qualifications_hardly_differ_from_8b_to_8c() -> None:
    qualifications = step("qualifications", "8b")
    assert qualifications.likeness is StepLikeness.NEARLY_SAME
    assert qualifications.word_pairs == (("APM Registered Project Professional", ""),)


@pytest.mark.parametrize("heading", ["leadership", "performance-controls", "guidance-support"])
@pytest.mark.parametrize("lower", ["8a", "8b"])
def test_one_statement_from_8a_to_8d_is_said_to_be_one(heading: str, lower: str) -> None:
    assert step(heading, lower).likeness is StepLikeness.ONE_STATEMENT


@pytest.mark.parametrize("heading", ["resource", "stakeholder-management", "risks-issues", "governance-assurance"])
def test_other_headings_do_change_from_8b_to_8c(heading: str) -> None:
    assert step(heading, "8b").likeness is StepLikeness.DIFFERENT


def test_guidance_hardly_differs_from_6_to_7() -> None:
    guidance = step("guidance-support", "6")
    assert guidance.likeness is StepLikeness.NEARLY_SAME
    assert guidance.word_pairs == (("", "develop"),)


def test_words_are_compared_without_regard_to_capitals_and_stops() -> None:
    assert all(step("leadership", lower).likeness is StepLikeness.DIFFERENT for lower in ("6", "7"))
