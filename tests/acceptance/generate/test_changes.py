"""Changes to single duties by options, beside those of a post file, and as notes offer them."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.toolbox.commands import POST, Run

#: The framework's duties at band 7, of which a post says something.
BUDGET, LEADERSHIP, RESOURCE = "pmo.budget.7", "pmo.leadership.7", "pmo.resource.7"
FILE = f"""title: PMO manager
specialism: pmo
band: 7
duties:
  add: [{{heading: Leadership, text: Chair the forum.}}]
  omit:
    - {{duty: {RESOURCE}, reason: others do this}}
    - {{duty: {BUDGET}, reason: finance does this}}
"""


def drafted(run: Run, *arguments: str) -> dict[str, Any]:
    made = run("generate", *arguments, "--dry-run", "--json")
    assert made.exit_code == 0, made.stderr
    told: dict[str, Any] = json.loads(made.stdout)
    return told


def duties(told: dict[str, Any]) -> dict[str, str]:
    headings = told["job_description"]["duty_headings"]
    return {duty["id"]: duty["text"] for heading in headings for duty in heading["duties"]}


def noted(told: dict[str, Any], topic: str) -> dict[str, str]:
    return {note["subject"]: note["text"] for note in told["notes"] if note["topic"] == topic}


def test_a_duty_is_left_out_with_and_without_a_reason(run: Run) -> None:
    told = drafted(run, *POST, "--omit", BUDGET, "--omit", f"{RESOURCE} = others do this: x=y")
    assert not [name for name in duties(told) if name.startswith((BUDGET, RESOURCE))]
    omitted = noted(told, "omitted")
    assert omitted[BUDGET] == "The framework has this duty and the post does not."
    assert omitted[RESOURCE].endswith(": others do this: x=y")


def test_a_duty_is_said_in_other_words_and_another_kept(run: Run) -> None:
    unclear, *others = noted(drafted(run, *POST), "unclear duty")
    told = drafted(run, *POST, "--reword", f"{BUDGET}=Keep the budget = plan.", "--keep", f"{unclear}=so it is")
    assert [text for name, text in duties(told).items() if name.startswith(BUDGET)] == ["Keep the budget = plan."]
    assert noted(told, "kept") == {unclear: "The post keeps this duty as the framework has it: so it is"}
    assert [*noted(told, "unclear duty")] == others


def test_what_the_file_says_of_other_duties_stays(run: Run, folder: Path) -> None:
    (folder / "post.yaml").write_text(FILE)
    told = drafted(run, "--post", "post.yaml", "--reword", f"{BUDGET}=Keep the budget.", "--omit", LEADERSHIP)
    assert noted(told, "omitted").keys() >= {RESOURCE, LEADERSHIP}
    assert [text for name, text in duties(told).items() if name.startswith(BUDGET)] == ["Keep the budget."]
    assert "Chair the forum." in duties(told).values()


def test_a_slip_of_the_pen_in_a_file_is_told_at_its_line_still(run: Run, folder: Path) -> None:
    (folder / "post.yaml").write_text(FILE.replace(RESOURCE, "pmo.resoruce.7"))
    told = drafted(run, "--post", "post.yaml", "--omit", LEADERSHIP)
    assert "pmo.resoruce.7" in noted(told, "no longer fits")


@pytest.mark.parametrize(
    ("option", "said", "expected"),
    [
        ("--omit", "pmo.budgte.7", "--omit: unknown duty 'pmo.budgte.7': did you mean 'pmo.budget.7'?"),
        ("--keep", "x", "--keep: unknown duty 'x': use one of pmo.leadership.7, "),
        ("--reword", "x=y", "--reword: unknown duty 'x': use one of pmo.leadership.7, "),
        ("--reword", BUDGET, f"--reword: '{BUDGET}' says nothing of a duty: write DUTY=TEXT"),
        ("--reword", f"{BUDGET}= ", f"--reword: '{BUDGET}= ' says nothing of a duty: write DUTY=TEXT"),
        ("--omit", "=x", "--omit: '=x' says nothing of a duty: write DUTY or DUTY=REASON"),
        ("--omit", f"{BUDGET}=TBC", "--omit: reason: 'TBC' is no answer"),
        ("--keep", f"{BUDGET}=a\x07b", "--keep: control character U+0007"),
    ],
)
def test_what_says_nothing_is_refused(option: str, said: str, expected: str, run: Run, folder: Path) -> None:
    (folder / "post.yaml").write_text(FILE)
    for post in (POST, ("--post", "post.yaml")):
        made = run("generate", *post, option, said)
        assert (made.exit_code, made.stdout) == (1, "")
        assert made.stderr.startswith(f"error: {expected}")


def test_notes_offer_options_that_settle_them(run: Run) -> None:
    category = ("--role-category", "specialist", "--competence", "schedule-management")
    post = (*POST[:2], "--band", "8a", "--title", "X", *category)
    told = run("generate", *post, "--dry-run", "--notes", "all").stderr
    assert "For the post file" not in told
    lines = [line for line in told.splitlines() if line.startswith("  --")]
    doubts = [*noted(drafted(run, *post), "duty and role category"), *noted(drafted(run, *post), "unclear duty")]
    options = [word for line in lines for word in shlex.split(line)]
    assert sorted(said.partition("=")[0] for said in options[1::2]) == sorted(doubts)
    settled = drafted(run, *post, *options)
    assert not noted(settled, "duty and role category")
    assert not noted(settled, "unclear duty")


def test_what_has_no_option_is_offered_for_a_file(run: Run) -> None:
    post = (*POST[:2], "--band", "7", "--title", "X", "--responsible-for", "2 analysts")
    told = run("generate", *post, "--dry-run").stderr
    assert "For the post file" in told
    assert "    - heading: " in told
