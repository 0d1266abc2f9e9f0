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
from tests.toolbox.soak import count

#: Faults of each kind that are tried, in templates taken at random; a soak tries every kind in every template.
EACH = count(1)


def found_at(fault: SeededFault, known_findings: set[Finding]) -> bool:
    """Whether something new is said of one of the fault's paragraphs."""
    new = (each for each in check_template(fault.content, "seeded.docx") if each not in known_findings)
    return any(each.place.part == BODY and each.place.paragraph in fault.paragraphs for each in new)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_sound_template_gives_no_alarm(name: str) -> None:
    findings = check_template(TEMPLATES[name](), f"{name}.docx")
    assert [each for each in findings if each.severity is not Severity.ADVICE] == []


def sample() -> list[tuple[str, SeededFault]]:
    """Templates with one fault, with the template's name: :data:`EACH` of every kind, in templates that differ."""
    faults = [
        (name, fault) for name, make in TEMPLATES.items() for fault in seeded_faults(make(), 1, random.Random(name))
    ]
    random.Random("templates").shuffle(faults)
    counts: Counter[str] = Counter()
    chosen_faults = []
    for name, fault in faults:
        if counts[fault.kind] < EACH:
            counts[fault.kind] += 1
            chosen_faults.append((name, fault))
    return chosen_faults


@pytest.mark.soak
def test_seeded_faults_are_found_at_their_paragraph() -> None:
    faults = sample()
    known_findings = {
        name: set(check_template(TEMPLATES[name](), "seeded.docx")) for name in {name for name, _ in faults}
    }
    missed = Counter(fault.kind for name, fault in faults if not found_at(fault, known_findings[name]))
    assert {fault.kind for _, fault in faults} == set(KINDS)
    assert len(faults) >= min(200, EACH * len(KINDS))
    assert missed.total() <= 0.05 * len(faults), missed


def test_a_fault_that_is_not_there_is_not_found() -> None:
    """The measure can fail: an untouched template counts as missed."""
    content = TEMPLATES["footnotes"]()
    known_findings = set(check_template(content, "seeded.docx"))
    assert not found_at(SeededFault("none", content, frozenset(range(1, 200))), known_findings)
