"""A release that rewords one adapted phrase: every command goes on, and says so at the statement that it concerns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html

from tests.toolbox.commands import Run
from tests.toolbox.data import DATA, FRAMEWORK_TEXT, change_text

AT_6 = ("--specialism", "pmo", "--band", "6", "--title", "Analyst", "--date", "2026-11-24")
AT_7 = ("--specialism", "pmo", "--band", "7", "--title", "Manager", "--date", "2026-11-24")
STATEMENT = "pmo.stakeholder-management.7"
STALE = (
    f'{STATEMENT}: The framework\'s wording is not what it was, so a change to it is not made: "Managing stakeholders"'
)


def release(folder: Path, *changes: tuple[str, str]) -> None:
    """A second version of the framework in the workspace's own folder."""
    text = change_text(
        FRAMEWORK_TEXT,
        "version: transcribed 24 November 2026\n",
        "version: '2'\nsupersedes: transcribed 24 November 2026\n",
    )
    for old, new in changes or [("Managing stakeholders, taking", "Working with stakeholders, taking")]:
        text = change_text(text, old, new)
    path = folder / "framework_data/frameworks/nhs-pccf-2.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_generate_makes_every_document_and_notes_what_no_longer_fits(run: Run, folder: Path) -> None:
    release(folder)
    untouched, touched = run("generate", *AT_6), run("generate", *AT_7)
    assert (untouched.exit_code, touched.exit_code) == (0, 0), touched.stderr
    assert STALE.partition(": ")[2] not in " ".join(untouched.stderr.split())
    assert " ".join(touched.stderr.split()).count(STALE.partition(": ")[2]) == 1


def test_batch_makes_every_document_and_reports_the_note_where_it_belongs(run: Run, folder: Path) -> None:
    release(folder)
    (folder / "posts.csv").write_text("title,specialism,band\nAnalyst,pmo,6\nManager,pmo,7\n", encoding="utf-8")
    result = run("batch", "posts.csv", "--json", "--jobs", "1")
    assert result.exit_code == 0, result.stderr
    six, seven, _ = (json.loads(line) for line in result.stdout.splitlines())
    stale = [
        [note["subject"] for note in entry["notes"] if note["topic"] == "no longer fits"] for entry in (six, seven)
    ]
    assert (six["outcome"], seven["outcome"]) == ("written", "written")
    assert stale == [[], [STATEMENT]]


def test_status_and_regenerate_go_on_and_tell_it_of_the_document_that_it_touches(run: Run, folder: Path) -> None:
    for arguments in (AT_6, AT_7):
        assert run("generate", *arguments).exit_code == 0
    release(folder)
    result = run("status", "output", "--details")
    assert result.stdout.count("framework newer") == 3
    assert "cannot be told" not in result.stdout
    assert result.stdout.count(STALE) == 1
    # Of an adaptation, that is, and of no choice of its post.
    assert "; 1 note of what no longer fits\n" in result.stdout
    renewed = run("regenerate", "output", "--output", "new")
    assert renewed.exit_code == 0, renewed.stderr
    assert len(list((folder / "new").glob("*.docx"))) == 2
    assert renewed.stdout.count("1 note of what no longer fits") == 1
    assert html.parse(folder / "new/report.html").xpath("string(//main)").count(STALE) == 1


def test_check_and_import_list_what_is_stale_and_name_no_file_of_the_package_as_the_users(
    run: Run, folder: Path
) -> None:
    source = (DATA / "sources/nhs-pccf-pmo.txt").read_bytes()
    (folder / "second.txt").write_bytes(
        source.replace(b"Managing stakeholders, taking", b"Working with stakeholders, taking")
    )
    out = "framework_data/frameworks/nhs-pccf-2.yaml"
    imported = run("framework", "import", "second.txt", "--id", "nhs-pccf", "--version", "2", "--output", out)
    check = run("framework", "check")
    for output in (imported.stdout, check.stderr):
        (line,) = (line for line in output.splitlines() if "Managing stakeholders" in line)
        assert "shipped framework_data/adaptations/nhs-pccf-pmo.yaml:" in line
        assert "does not fit the text of pmo.stakeholder-management.7" in line
    assert (imported.exit_code, check.exit_code) == (0, 1)
    path = folder / "framework_data/adaptations/nhs-pccf-pmo.yaml"
    path.parent.mkdir()
    path.write_text(
        change_text(
            (DATA / "adaptations/nhs-pccf-pmo.yaml").read_text(encoding="utf-8"),
            "find: Managing stakeholders, write: Manage",
            "find: Working with stakeholders, write: Work with",
        ),
        encoding="utf-8",
    )
    assert run("framework", "check").exit_code == 0


@pytest.mark.parametrize("command", ["import", "check", "generate"])
def test_a_new_duty_without_a_criterion_of_its_own_is_told(command: str, run: Run, folder: Path) -> None:
    heading = (
        "      - id: sustainability\n        title: Sustainability\n        source: {line: 56, cell: 2}\n"
        "        statements:\n          - id: pmo.sustainability.6-8d\n            bands: '6-8d'\n"
        "            source: {line: 56, cell: 3}\n            text: Count what each project costs the climate.\n"
    )
    if command == "import":
        text = (DATA / "sources/nhs-pccf-pmo.txt").read_text(encoding="utf-8")
        row = next(line for line in text.split("\n") if line.startswith("\tChange Management\t"))
        new = row.replace("Change Management", "Sustainability").replace("protocols", "footprints")
        (folder / "second.txt").write_text(text.replace(row, f"{row}\n{new}"), encoding="utf-8")
        result = run("framework", "import", "second.txt", "--id", "nhs-pccf", "--version", "2", "--output", "two.yaml")
        assert result.exit_code == 0, result.stderr
    else:
        release(folder, ("      - id: performance-controls\n", f"{heading}      - id: performance-controls\n"))
        result = run("framework", "check") if command == "check" else run("generate", *AT_7)
    problem = {
        "generate": "Sustainability: No criterion is there for this duty of its own.",
    }.get(command, "no criterion is there for the duties under 'Sustainability' at band 6, 7, 8a, 8b, 8c, 8d")
    assert " ".join((result.stdout + result.stderr).split()).count(problem) == 1


def test_criteria_go_on_serving_a_heading_that_is_called_otherwise_and_check_says_how(run: Run, folder: Path) -> None:
    assert run("generate", *AT_7).exit_code == 0
    release(
        folder,
        ("      - id: risks-issues\n", "      - id: risk\n        former: [risks-issues]\n"),
        ("  - id: pmo.risks-issues.7\n", "  - id: pmo.risk.7\n"),
    )
    lines = run("status", "output", "--details").stdout
    assert "Experience of identifying project risks" not in lines
    assert "The criterion was written" not in lines
    check = run("framework", "check").stderr
    assert "'risks-issues' is the former name of a heading: write risk\n" in check
    assert "no criterion is there for the duties under 'Risks & Issues'" not in check
