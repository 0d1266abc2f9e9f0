"""Each adapted sentence read for verbs that belong together: what is joined to a plain verb is a plain verb."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.drafting.test_duties import BASE_VERBS, STATEMENTS
from tests.toolbox.drafts import adapted, data

CHANGES = data("adaptations/nhs-pccf-pmo.yaml")["adaptations"]
ADAPTED = sorted({change["statement"] for group in CHANGES for change in group["changes"]})
#: Words of which an -ing form may depend: "support in controlling", "opportunities for linking up and sharing".
_GOVERNS = r"(?:in|of|for|with|by|to|on|at|from|without|through)"


_NOUNS = {"learning", "making", "reporting", "training"}


def faults(sentence: str) -> Iterator[str]:
    """Verb forms in ``sentence`` that are joined to others of another form."""
    plain = re.sub(r"\([^)]*\)", "", sentence)
    first = plain.split()[0]
    for form in re.finditer(r"(?:,|\band|\bor) (?:and |or )?(\w+ing)\b", plain):
        before = plain[: form.start()]
        governed = re.search(rf"\b{_GOVERNS} (?:\w+[ ,-]+){{0,2}}\w+ing\b[^.]*$", before)
        # "…, taking account of": what follows a comma alone says how, and is joined to nothing.
        if first in BASE_VERBS and not (governed or form[0].startswith(", ") or form[1] in _NOUNS):
            yield form[1]
    for form in re.finditer(r"\b(?:and|,) (\w+s)\b", plain):
        if form[1].removesuffix("s").capitalize() in BASE_VERBS or form[1] in ("introduces", "identifies"):
            yield form[1]
    yield from re.findall(r"^\w+ing\b(?! with)", plain)


@pytest.mark.parametrize("statement", [statement for statement in ADAPTED if STATEMENTS[statement].text])
def test_verbs_that_are_joined_have_one_form(statement: str) -> None:
    for sentence in re.split(r"(?<=\.)\s+(?=[A-Z])", adapted(statement, STATEMENTS[statement].text)):
        assert list(faults(sentence)) == []


@pytest.mark.parametrize(
    "sentence",
    [
        # What the adaptations made of Budget at band 7 before, and what they would make with half of their changes.
        "Support the development of budgets for projects and/or programmes and controlling forecast and actual costs.",
        "Develop and agree budgets for projects and/or programmes and controlling forecast and actual costs.",
        "Identify and monitor risks (threats and opportunities), planning and implementing responses to them.",
        "Consolidate and documenting the fundamental components of projects.",
        "Ensure continuous improvement of processes, drives innovation and introduce the latest ideas.",
        "Preparing and maintaining schedules of activities.",
    ],
)
def test_the_check_finds_verbs_of_two_forms(sentence: str) -> None:
    assert list(faults(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "Prepare and maintain schedules of activities, taking account of dependencies and resource requirements.",
        "Identify opportunities for linking up, re-using and sharing of methods.",
        "Support effective governance and decision making.",
    ],
)
def test_the_check_leaves_what_is_sound(sentence: str) -> None:
    assert list(faults(sentence)) == []


def test_a_criterion_drawn_from_an_entry_route_asks_for_experience_in_one_form() -> None:
    text = adapted("pmo.project-delivery-professional.6", STATEMENTS["pmo.project-delivery-professional.6"].text)
    assert re.fullmatch(r"Experience of working in .*, or of working in another role in the project environment", text)
