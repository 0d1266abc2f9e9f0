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
    result = run("generate", *arguments, "--dry-run", "--json")
    assert result.exit_code == 0, result.stderr
    output: dict[str, Any] = json.loads(result.stdout)
    return output


def duties(output: dict[str, Any]) -> dict[str, str]:
    headings = output["job_description"]["duty_headings"]
    return {duty["id"]: duty["text"] for heading in headings for duty in heading["duties"]}


def notes_about(output: dict[str, Any], topic: str) -> dict[str, str]:
    return {note["subject"]: note["text"] for note in output["notes"] if note["topic"] == topic}


def test_a_duty_is_left_out_with_and_without_a_reason(run: Run) -> None:
    output = drafted(run, *POST, "--omit", BUDGET, "--omit", f"{RESOURCE} = others do this: x=y")
    assert not [name for name in duties(output) if name.startswith((BUDGET, RESOURCE))]
    omitted = notes_about(output, "omitted")
    assert omitted[BUDGET] == "The framework has this duty and the post does not."
    assert omitted[RESOURCE].endswith(": others do this: x=y")


def test_a_duty_is_said_in_other_words_and_another_kept(run: Run) -> None:
    unclear, *others = notes_about(drafted(run, *POST), "unclear duty")
    output = drafted(run, *POST, "--reword", f"{BUDGET}=Keep the budget = plan.", "--keep", f"{unclear}=so it is")
    assert [text for name, text in duties(output).items() if name.startswith(BUDGET)] == ["Keep the budget = plan."]
    assert notes_about(output, "kept") == {unclear: "The post keeps this duty as the framework has it: so it is"}
    assert [*notes_about(output, "unclear duty")] == others


def test_what_the_file_says_of_other_duties_stays(run: Run, folder: Path) -> None:
    (folder / "post.yaml").write_text(FILE)
    output = drafted(run, "--post", "post.yaml", "--reword", f"{BUDGET}=Keep the budget.", "--omit", LEADERSHIP)
    assert notes_about(output, "omitted").keys() >= {RESOURCE, LEADERSHIP}
    assert [text for name, text in duties(output).items() if name.startswith(BUDGET)] == ["Keep the budget."]
    assert "Chair the forum." in duties(output).values()


def test_a_slip_of_the_pen_in_a_file_is_told_at_its_line_still(run: Run, folder: Path) -> None:
    (folder / "post.yaml").write_text(FILE.replace(RESOURCE, "pmo.resoruce.7"))
    output = drafted(run, "--post", "post.yaml", "--omit", LEADERSHIP)
    assert "pmo.resoruce.7" in notes_about(output, "no longer fits")


@pytest.mark.parametrize(
    ("option", "value", "expected"),
    [
        ("--omit", "pmo.budgte.7", "--omit: unknown duty 'pmo.budgte.7': did you mean 'pmo.budget.7'?"),
        ("--keep", "x", "--keep: unknown duty 'x': use one of pmo.leadership.7, "),
        ("--reword", "x=y", "--reword: unknown duty 'x': use one of pmo.leadership.7, "),
        ("--reword", BUDGET, f"--reword: '{BUDGET}' is not of the form DUTY=TEXT: write DUTY=TEXT, such as "),
        ("--reword", f"{BUDGET}= ", f"--reword: '{BUDGET}= ' is not of the form DUTY=TEXT: write DUTY=TEXT, such as "),
        ("--omit", "=x", "--omit: '=x' is not of the form DUTY[=REASON]: write DUTY or DUTY=REASON, such as "),
        ("--omit", f"{BUDGET}=TBC", "--omit: reason: 'TBC' is no answer"),
        ("--keep", f"{BUDGET}=a\x07b", "--keep: control character U+0007"),
    ],
)
def test_what_says_nothing_is_refused(option: str, value: str, expected: str, run: Run, folder: Path) -> None:
    (folder / "post.yaml").write_text(FILE)
    for post in (POST, ("--post", "post.yaml")):
        result = run("generate", *post, option, value)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith(f"error: {expected}")


def test_notes_offer_options_that_settle_them(run: Run) -> None:
    category = ("--role-category", "specialist", "--competence", "schedule-management")
    post = (*POST[:2], "--band", "8a", "--title", "X", *category)
    stderr = run("generate", *post, "--dry-run", "--notes", "all").stderr
    assert "For the post file" not in stderr
    lines = [line for line in stderr.splitlines() if line.startswith("  --")]
    doubts = [
        *notes_about(drafted(run, *post), "duty and role category"),
        *notes_about(drafted(run, *post), "unclear duty"),
    ]
    options = [word for line in lines for word in shlex.split(line)]
    assert sorted(option.partition("=")[0] for option in options[1::2]) == sorted(doubts)
    settled = drafted(run, *post, *options)
    assert not notes_about(settled, "duty and role category")
    assert not notes_about(settled, "unclear duty")


def test_what_has_no_option_is_offered_for_a_file(run: Run) -> None:
    post = (*POST[:2], "--band", "7", "--title", "X", "--responsible-for", "2 analysts")
    stderr = run("generate", *post, "--dry-run").stderr
    assert "For the post file" in stderr
    assert "    - heading: " in stderr
