"""Single faults in templates as organisations have them are found at their paragraph, and none in sound ones.

The goals: at least 95 % of the faults, and no false alarm.
"""

from __future__ import annotations

import random
from collections import Counter

import pytest

from jdgen.template.checks.check import check_template
from jdgen.template.checks.findings import Finding, Severity
from tests.toolbox.markup import BODY
from tests.toolbox.organisations.faults import KINDS, SeededFault, seeded_faults
from tests.toolbox.organisations.templates import TEMPLATES

EACH = 1


def found_at(fault: SeededFault, known: set[Finding]) -> bool:
    """Whether something new is said of one of the fault's paragraphs."""
    new = (each for each in check_template(fault.content, "seeded.docx") if each not in known)
    return any(each.place.part == BODY and each.place.paragraph in fault.paragraphs for each in new)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_sound_template_gives_no_alarm(name: str) -> None:
    found = check_template(TEMPLATES[name](), f"{name}.docx")
    assert [each for each in found if each.severity is not Severity.ADVICE] == []


def test_seeded_faults_are_found_at_their_paragraph() -> None:
    tried: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for name, made in TEMPLATES.items():
        known = set(check_template(made(), "seeded.docx"))
        for fault in seeded_faults(made(), EACH, random.Random(name)):
            tried[fault.kind] += 1
            missed[fault.kind] += not found_at(fault, known)
    assert set(tried) == set(KINDS)
    assert tried.total() >= 200
    assert missed.total() <= 0.05 * tried.total(), +missed


def test_a_fault_that_is_not_there_is_not_found() -> None:
    """The measure can fail: an untouched template counts as missed."""
    content = TEMPLATES["footnotes"]()
    known = set(check_template(content, "seeded.docx"))
    assert not found_at(SeededFault("none", content, frozenset(range(1, 200))), known)
