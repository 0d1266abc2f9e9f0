"""``jdgen framework criteria``: a first draft of a file of criteria, which can be used at once."""

from __future__ import annotations

import itertools
import re
import shutil
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml

from tests.toolbox.commands import Run
from tests.toolbox.examples import ROOT
from tests.toolbox.other_levels import FOLDER, SPECIALISMS

ANALYSTS = ROOT / "tests/data/invented-analysts.yaml"
CASES = [*SPECIALISMS.items(), ("invented-analysts", "finance"), ("invented-analysts", "planning"), ("nhs-pccf", "pmo")]

POST = ("--specialism", "kite-workshop", "--level", "B", "--band", "5", "--title", "Kite maker", "-o", "kite.docx")


@pytest.fixture
def workspace(folder: Path) -> Path:
    """A workspace with invented frameworks, for none of whose specialisms there are criteria."""
    shutil.copytree(FOLDER, folder, dirs_exist_ok=True)
    shutil.rmtree(folder / "framework_data/criteria")
    shutil.copy(ANALYSTS, folder / "framework_data/frameworks")
    (folder / "jdgen.toml").write_text("", encoding="utf-8")
    return folder


def table_text(document: Path) -> str:
    """What the tables of a document say."""
    rows = (row for table in docx.Document(str(document)).tables for row in table.rows)
    return "\n".join(cell.text for row in rows for cell in row.cells)


def published(workspace: Path, framework: str, specialism: str) -> dict[str, Any]:
    """The specialism as its file has it, read without any code of the package."""
    own_path = workspace / f"framework_data/frameworks/{framework}.yaml"
    path = own_path if own_path.exists() else ROOT / f"framework_data/frameworks/{framework}.yaml"
    (entry,) = (
        candidate
        for candidate in yaml.safe_load(path.read_text("utf-8"))["specialisms"]
        if candidate["id"] == specialism
    )
    return dict(entry)


def words(text: str) -> str:
    """What comment lines say, in one line."""
    return " ".join(part for line in text.splitlines() for part in line.strip().lstrip("#").split())


@pytest.mark.parametrize(("framework", "specialism"), CASES)
def test_every_heading_has_what_the_framework_says_and_a_place_to_write(
    workspace: Path, run: Run, framework: str, specialism: str
) -> None:
    run("framework", "criteria", specialism, "--framework", framework, "--output", "draft.yaml")
    text = (workspace / "draft.yaml").read_text("utf-8")
    draft = yaml.safe_load(text)
    assert draft["draft"] is True
    headings = published(workspace, framework, specialism).get("headings", [])
    duties = [heading for heading in headings if heading.get("kind", "duty") == "duty"]
    for heading in duties:
        places = [entry for entry in draft["criteria"] if entry["id"].startswith(heading["id"])]
        assert len(places) == len(heading["statements"])
        for statement in heading["statements"]:
            assert " ".join(statement["text"].split()) in words(text)
    assert not any(entry["text"] for key in ("criteria", "competences") for entry in draft.get(key, ()))
    assert [group["id"] for group in draft["groups"]] == [
        "qualifications",
        "experience",
        "knowledge",
        "skills",
        "values",
    ]


def test_it_says_how_rows_about_the_person_count(workspace: Path, run: Run) -> None:
    run("framework", "criteria", "finance")
    draft = yaml.safe_load((workspace / "framework_data/criteria/invented-analysts-finance.yaml").read_text("utf-8"))
    assert list(draft["rows"]) == ["skill", "knowledge"]
    result = run("generate", "--specialism", "finance", "--level", "Middle", "--band", "5", "--title", "A", "--dry-run")
    assert "An essential criterion must be needed for a duty" not in " ".join(result.stderr.split())


def test_it_can_be_used_at_once_and_documents_ask_for_what_is_missing(workspace: Path, run: Run) -> None:
    run("framework", "criteria", "kite-workshop")
    result = run("generate", *POST)
    assert "The criteria are a first draft" in " ".join(result.stderr.split())
    assert "[To complete: a criterion for the duties under Workshop]" in table_text(workspace / "kite.docx")
    result = run("framework", "check")
    assert result.exit_code == 1
    assert "example-grades-kite-workshop.yaml:15: these criteria are a first draft" in result.stderr


def test_what_is_written_in_it_is_printed(workspace: Path, run: Run) -> None:
    run("framework", "criteria", "kite-workshop")
    path = workspace / "framework_data/criteria/example-grades-kite-workshop.yaml"
    text = path.read_text("utf-8")
    numbers = itertools.count(1)
    text = re.sub("text: >-\n", lambda _: f"text: >-\n      It's able: to do thing {next(numbers)}\n", text)
    path.write_text(text.replace("draft: true\n", ""), encoding="utf-8")
    assert not [line for line in run("framework", "check").stderr.splitlines() if "kite" in line]
    run("generate", *POST)
    text = table_text(workspace / "kite.docx")
    assert "It's able: to do thing 2" in text
    assert "It's able: to do thing 11" in text
    assert "To complete: a criterion" not in text


def test_what_the_framework_s_library_has_is_not_asked_for_again(workspace: Path, run: Run) -> None:
    (workspace / "framework_data/criteria").mkdir()
    whole = (
        "id: whole\nversion: '1'\nsource: Invented.\ngroups:\n  - {id: skills, title: Skills}\nassessment:\n"
        "  - {code: T, name: Test}\ncriteria:\n  - id: mend\n    levels: A to D\n    serves: [workshop]\n"
        "    group: skills\n    importance: essential\n    assessed_by: [T]\n    text: Able to mend\n"
    )
    (workspace / "framework_data/criteria/example-grades.yaml").write_text(whole, encoding="utf-8")
    run("framework", "criteria", "kite-workshop")
    text = (workspace / "framework_data/criteria/example-grades-kite-workshop.yaml").read_text("utf-8")
    draft = yaml.safe_load(text)
    assert "groups" not in draft
    assert "assessment" not in draft
    assert {criterion["group"] for criterion in draft["criteria"]} == {"skills"}
    assert "# served by the library of the framework already: mend" in text
    assert "first draft" in run("framework", "check").stderr


def test_a_file_that_somebody_has_worked_on_is_not_replaced(workspace: Path, run: Run) -> None:
    run("framework", "criteria", "kite-workshop")
    path = workspace / "framework_data/criteria/example-grades-kite-workshop.yaml"
    path.write_text(path.read_text("utf-8") + "# ours\n", encoding="utf-8")
    result = run("framework", "criteria", "kite-workshop", "--overwrite")
    assert "--overwrite --discard-edits" in " ".join(result.stderr.split())
    assert path.read_text("utf-8").endswith("# ours\n")


def test_another_place_is_told_with_where_it_is_read(workspace: Path, run: Run) -> None:
    result = run("framework", "criteria", "kite-workshop", "--output", "mine.yaml")
    assert "jdgen reads it once it is at framework_data/criteria/example-grades-kite-workshop.yaml" in result.stderr
    assert (workspace / "mine.yaml").exists()


def test_a_specialism_that_no_framework_has_is_told(workspace: Path, run: Run) -> None:
    assert "unknown specialism 'kites'" in run("framework", "criteria", "kites").stderr
    assert not (workspace / "framework_data/criteria").exists()


def test_criteria_that_come_with_jdgen_are_not_hidden_behind_a_draft(workspace: Path, run: Run) -> None:
    result = run("framework", "criteria", "pmo")
    assert result.exit_code == 1
    assert "there are criteria for PMO already: shipped framework_data/criteria/nhs-pccf-pmo.yaml" in result.stderr
    assert not (workspace / "framework_data/criteria").exists()
