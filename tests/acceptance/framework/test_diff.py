"""``jdgen framework diff``: what changed between two versions, in words, as JSON and as a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html

from tests.acceptance.framework.test_framework import FRAMEWORK
from tests.toolbox.commands import Run
from tests.toolbox.data import FRAMEWORK_TEXT, change_text


@pytest.fixture
def newer(folder: Path) -> Path:
    """A second version: one word replaced, one id new, one heading renamed."""
    text = change_text(FRAMEWORK_TEXT, "title: Leadership\n", "title: Leading & guiding\n")
    text = change_text(text, "id: pmo.leadership.6\n", "id: pmo.leadership.six\n")
    text = change_text(text, "version: transcribed 24 November 2026", "version: '2 <draft>'")
    start = text.index(">-\n", text.index("id: pmo.leadership.six")) + 3
    first = text[start:].split()[0]
    path = folder / "newer.yaml"
    path.write_text(text[:start] + text[start:].replace(first, "Caringly", 1), encoding="utf-8")
    return path


def test_every_change_is_told_in_words(run: Run, newer: Path) -> None:
    result = run("framework", "diff", str(FRAMEWORK), str(newer))
    assert result.exit_code == 0, result.stderr
    assert "The heading 'Leadership' is called 'Leading & guiding' now." in result.stdout
    guess = "(matched by its words with pmo.leadership.6, which is a guess)"
    assert f"pmo.leadership.six: reworded, bands 6 {guess}" in result.stdout
    assert "-]{+Caringly+} " in result.stdout
    assert result.stdout.rstrip().endswith("as before, 1 heading renamed, 0 moved")


def test_json_holds_the_same(run: Run, newer: Path) -> None:
    diff = json.loads(run("framework", "diff", str(FRAMEWORK), str(newer), "--json").stdout)
    (change,) = diff["changes"]
    assert (change["id"], change["kinds"], change["guessed"]) == ("pmo.leadership.six", ["reworded"], True)
    assert "".join(part["out"] for part in change["words"]) == change["before"]["text"]
    assert "".join(part["put"] for part in change["words"]) == change["after"]["text"]
    (renamed,) = diff["renamed_headings"]
    assert (renamed["before"], renamed["after"]) == ("Leadership", "Leading & guiding")


def test_a_band_that_shows_nothing_of_it_has_no_change(run: Run, newer: Path) -> None:
    command = ("framework", "diff", str(FRAMEWORK), str(newer), "--json", "--band")
    senior, practitioner = (json.loads(run(*command, band).stdout) for band in ("8d", "6"))
    assert (senior["changes"], senior["untouched_chapters"]) == ([], [])
    assert len(practitioner["changes"]) == 1
    assert practitioner["unchanged"] != senior["unchanged"]
    assert "is not an Agenda for Change band" in run(*command, "x").stderr


def test_the_page_marks_words_without_colour_alone_and_is_not_replaced_unasked(run: Run, newer: Path) -> None:
    command = ("framework", "diff", str(FRAMEWORK), str(newer), "--html", "diff.html")
    assert run(*command).exit_code == 0
    page = html.parse(newer.parent / "diff.html")
    assert page.xpath("//html/@lang") == ["en-GB"]
    assert [mark.text for mark in page.iter("ins")] == ["Caringly"]
    assert len(list(page.iter("del"))) == 1
    assert "2 <draft>" in page.xpath("string(//main)")
    assert "exists already" in run(*command).stderr
    assert run(*command, "--overwrite").exit_code == 0


def test_the_problems_of_both_files_are_told(run: Run, folder: Path) -> None:
    for name in ("one.yaml", "other.yaml"):
        (folder / name).write_text("id: x\n", encoding="utf-8")
    result = run("framework", "diff", "one.yaml", "other.yaml")
    assert result.exit_code == 1
    assert "one.yaml" in result.stderr
    assert "other.yaml" in result.stderr


def test_entries_of_a_list_stand_below_each_other_with_its_change(run: Run, folder: Path) -> None:
    second = "            - APM Project Management Qualification\n"
    text = change_text(FRAMEWORK_TEXT, second, f"{second}            - Better Business Cases Foundation\n")
    (folder / "newer.yaml").write_text(change_text(text, "version: transcribed", "version: later"), encoding="utf-8")
    out = run("framework", "diff", str(FRAMEWORK), "newer.yaml").stdout
    start = out.index("  pmo.qualifications.7: reworded")
    lines = out[start : out.index("\n\n", start)].splitlines()[1:]
    assert len(lines) == 3
    assert all(line.startswith("    ") for line in lines)
