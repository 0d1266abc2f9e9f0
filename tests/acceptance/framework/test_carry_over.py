"""``jdgen framework carry-over``: what people wrote for one version of a framework, carried over to the next.

The second version of the shipped framework is invented here, for tests: nobody has published one.
"""

from __future__ import annotations

import difflib
import json
import re
import shutil
from pathlib import Path

import pytest

from jdgen.drafting.loading import load_library
from jdgen.drafting.review_notes import STALE
from jdgen.workspace import Workspace
from tests.toolbox.commands import POST, Run
from tests.toolbox.data import DATA, FRAMEWORK_TEXT, PMO_BANDS, change_text
from tests.toolbox.drafts import drafted, notes_of
from tests.toolbox.other_levels import FOLDER as OTHERS
from tests.toolbox.other_levels import framework_text

KINDS = ("adaptations", "criteria", "doubts")
FILE_NAME = "nhs-pccf-pmo.yaml"
NEW = "framework_data/frameworks/invented-second.yaml"


def invented_release() -> str:
    """The shipped framework as an invented second version: one statement reworded, one heading withdrawn, one
    re-levelled and divided, one under another name with its statements as they were, and a reading that is gone."""
    text = change_text(FRAMEWORK_TEXT, "version: transcribed", "version: invented\nsupersedes: transcribed")
    text = change_text(text, "Supporting in the development of budgets", "Supporting in the making of budgets")
    start, end = text.index("      - id: change-management\n"), text.index("      - id: performance-controls\n")
    text = text[:start] + text[end:]
    text = change_text(
        text, "      - id: performance-controls\n", "      - id: controls\n        former: [performance-controls]\n"
    )
    text = text.replace("id: pmo.performance-controls.", "id: pmo.controls.")
    guidance = text.index("          - id: pmo.guidance-support.8a-8d\n")
    head, tail = text[:guidance], text[guidance:]
    tail = tail.replace(
        "guidance-support.8a-8d\n            bands: '8a-8d'", "guidance-support.8a-8b\n            bands: '8a-8b'", 1
    )
    divided = (
        "          - id: pmo.guidance-support.8c-8d\n            bands: '8c-8d'\n            source: {line: 59}\n"
        "            text: >-\n              Lead all guidance of the invented second version.\n"
    )
    at = tail.index("    entry_routes:")
    text = head + tail[:at] + divided + tail[at:]
    return text.replace("boundary-8b-8c", "another-boundary")


@pytest.fixture
def workspace(folder: Path) -> Path:
    (folder / "framework_data/frameworks").mkdir(parents=True)
    (folder / NEW).write_text(invented_release(), encoding="utf-8")
    (folder / "jdgen.toml").write_text("", encoding="utf-8")
    return folder


def carried(run: Run, *options: str) -> dict[str, list[dict[str, str]]]:
    result = run("framework", "carry-over", "pmo", "--json", *options)
    assert result.exit_code == 0, result.output
    report: dict[str, list[dict[str, str]]] = json.loads(result.stdout)
    return report


def of_kind(entries: list[dict[str, str]], kind: str) -> dict[str, str]:
    return {entry["what"]: entry["why"] for entry in entries if f"/{kind}/" in entry["file"]}


def test_what_the_release_is_about_is_told_in_three_lists_with_the_line_of_each(workspace: Path, run: Run) -> None:
    report = carried(run)
    decide, fallen_away, carried_over = report["to_decide"], report["falls_away"], report["carried_over"]
    # Reworded: a word of it is another, whether or not the change still fits.
    assert "“development” becomes “making”" in of_kind(decide, "adaptations")["change 'base-verb' of pmo.budget.7"]
    assert any("pmo.budget.7 is reworded" in why for why in of_kind(decide, "criteria").values())
    # Withdrawn.
    assert "change 'and-or' of pmo.change-management.6" in of_kind(fallen_away, "adaptations")
    assert "criterion 'change-management-6'" in of_kind(fallen_away, "criteria")
    assert "doubt about pmo.change-management.7.1" in of_kind(fallen_away, "doubts")
    # What serves it and another, and what a role category still asks for, is for people to decide.
    assert "“Change Management” any more" in of_kind(decide, "criteria")["criterion of the competence 'change-control'"]
    # Re-levelled and divided.
    divided = of_kind(decide, "adaptations")["change 'full-stop' of pmo.guidance-support.8a-8d"]
    assert "it was at bands 8a to 8d, and is at bands 8a to 8b" in divided
    assert "pmo.guidance-support.8c-8d is new for levels that it had" in divided
    # Under another name, with the same words.
    assert (
        of_kind(carried_over, "adaptations")["change 'full-stop' of pmo.performance-controls.6"] == "now pmo.controls.6"
    )
    assert of_kind(carried_over, "doubts")["doubt about pmo.performance-controls.6.1"] == "now pmo.controls.6.1"
    # At the line of each stands what it is about, under the name of before or of today.
    for entry in (*decide, *fallen_away, *carried_over):
        (line,) = (workspace / entry["file"]).read_text("utf-8").split("\n")[
            int(entry["line"]) - 1 : int(entry["line"])
        ] or [""]
        names = re.findall(r"[a-z][a-z-]*\.[a-z0-9.-]*[a-z0-9]", f"{entry['what']} {entry['why']}")
        names += re.findall(r"'(.*?)'", entry["what"])
        assert line.strip() == "entry_route:" or any(name in line for name in names), entry


def test_nothing_but_names_marks_and_comments_differs_from_what_people_wrote(workspace: Path, run: Run) -> None:
    carried(run)
    for kind in KINDS:
        before = (DATA / kind / FILE_NAME).read_text("utf-8").splitlines()
        after = (workspace / "framework_data" / kind / FILE_NAME).read_text("utf-8").splitlines()
        removed_lines = [line[2:] for line in difflib.ndiff(before, after) if line.startswith("- ")]
        added_lines = [line[2:] for line in difflib.ndiff(before, after) if line.startswith("+ ")]
        for line in removed_lines:
            renamed = line.replace("performance-controls", "controls")
            renamed = renamed.replace("guidance-support.8a-8d", "guidance-support.8a-8b")
            commented = re.sub(r"^( *)", r"\1# ", line)
            assert renamed in added_lines or commented in added_lines, line
        assert len(after) - len(before) == len(added_lines) - len(removed_lines)
        assert any(line.strip().startswith("# To decide (invented") for line in added_lines) == (kind != "doubts")


def test_after_it_a_check_finds_no_more_than_what_has_to_be_decided(workspace: Path, run: Run) -> None:
    before = run("framework", "check").stderr
    report = carried(run)
    entries = sorted(
        (entry["file"], int(entry["line"]))
        for entry in (*report["to_decide"], *report["falls_away"], *report["carried_over"])
    )
    decided = {(entry["file"], int(entry["line"])) for entry in report["to_decide"]}
    after = run("framework", "check").stderr
    assert len(after.splitlines()) < len(before.splitlines())
    places = [
        (name, int(line))
        for name, lines in re.findall(r"error: (\S+?\.yaml):([\d, -]+):", after)
        for line in re.findall(r"\d+", lines)
    ]
    assert places
    for name, line in places:
        nearest_entry = max((entry for entry in entries if entry[0] == name and entry[1] <= line), default=None)
        assert nearest_entry in decided, (name, line, after)


def test_documents_print_with_what_was_carried_over_and_tell_only_of_what_has_to_be_decided(
    workspace: Path, run: Run
) -> None:
    def stale(band: str) -> set[str]:
        """What a draft tells of as no longer fitting."""
        return {subject for subject, _ in notes_of(drafted(band, load_library(Workspace(workspace), "pmo")), STALE)}

    before = {band: stale(band) for band in PMO_BANDS}
    decided = " ".join(f"{entry['what']} {entry['why']}" for entry in carried(run)["to_decide"])
    for band in PMO_BANDS:
        assert len(stale(band)) < len(before[band])
        assert [part for subject in stale(band) for part in subject.split(", ") if part not in decided] == []
    result = run("generate", *POST, "--output", "carried.docx")
    assert result.exit_code == 0, result.output
    assert (workspace / "carried.docx").exists()


def test_a_second_time_nothing_is_left_to_write(workspace: Path, run: Run) -> None:
    carried(run)
    texts = {kind: (workspace / "framework_data" / kind / FILE_NAME).read_bytes() for kind in KINDS}
    again = run("framework", "carry-over", "pmo")
    assert "nothing to write" in again.stdout, again.output
    assert texts == {kind: (workspace / "framework_data" / kind / FILE_NAME).read_bytes() for kind in KINDS}


def test_a_file_that_somebody_has_worked_on_is_not_written_over_unless_told(workspace: Path, run: Run) -> None:
    path = workspace / "framework_data/criteria" / FILE_NAME
    path.parent.mkdir()
    ours = "# Ours, and not to be lost.\n" + (DATA / "criteria" / FILE_NAME).read_text("utf-8")
    path.write_text(ours, encoding="utf-8")
    result = run("framework", "carry-over", "pmo")
    assert result.exit_code == 1
    assert "--overwrite --discard-edits" in " ".join(result.stderr.split())
    assert path.read_text("utf-8") == ours
    assert not (workspace / "framework_data/adaptations").exists()
    elsewhere = carried(run, "--output", "new")
    assert path.read_text("utf-8") == ours
    assert (workspace / "new/criteria" / FILE_NAME).read_text("utf-8").startswith("# Ours, and not to be lost.\n")
    assert len(elsewhere["written"]) == 3
    carried(run, "--overwrite", "--discard-edits")
    assert path.read_text("utf-8").startswith("# Ours, and not to be lost.\n")
    assert "# To decide (invented" in path.read_text("utf-8")


def test_a_dry_run_tells_and_writes_nothing(workspace: Path, run: Run) -> None:
    result = run("framework", "carry-over", "pmo", "--dry-run")
    assert "to decide: carried over, and marked in the file" in result.stdout
    assert "would write framework_data/criteria/nhs-pccf-pmo.yaml" in result.stdout
    assert not (workspace / "framework_data/criteria").exists()


def test_a_reading_that_a_post_chose_and_that_is_gone_is_told_at_its_line(workspace: Path, run: Run) -> None:
    (workspace / "posts").mkdir()
    post = "title: A\nspecialism: pmo\nband: 8b\nreadings:\n  business-case: {}\n"
    (workspace / "posts/one.yaml").write_text(post.format("boundary-8b-8c"), encoding="utf-8")
    (workspace / "posts/two.yaml").write_text(post.format("paired-bands"), encoding="utf-8")
    others = [other["where"] for other in carried(run)["others"]]
    assert "posts/one.yaml:5" in others
    assert not any("two.yaml" in other for other in others)
    assert any(other == "nhs-pccf, PMO" for other in others)  # the file offered a reading that the new one does not


def test_two_versions_of_a_framework_are_needed(folder: Path, run: Run) -> None:
    result = run("framework", "carry-over", "pmo")
    assert result.exit_code == 1
    assert "no version of 'pmo' that its newest one follows" in result.stderr
    (folder / "a.yaml").write_text(framework_text("example-grades"), encoding="utf-8")
    assert "name two versions of one framework" in run("framework", "carry-over", "nhs-pccf", "a.yaml").stderr


def test_levels_under_another_name_are_found_and_lost_ones_fall_away(folder: Path, run: Run) -> None:
    (folder / "framework_data/frameworks").mkdir(parents=True)
    (folder / "framework_data/levels").mkdir()
    (folder / "framework_data/criteria").mkdir()
    old = framework_text("example-roles")
    new = change_text(
        change_text(old, "version: '1'", "version: '2'\nsupersedes: '1'"), "    - 'Practitioner'\n", "    - 'Expert'\n"
    )
    new = new.replace("levels: 'Practitioner'", "levels: 'Expert'").replace(
        "Foundation-Practitioner", "Foundation-Expert"
    )
    new = change_text(
        new, "  levels:\n    - 'Foundation'", "  former: {Expert: [Practitioner]}\n  levels:\n    - 'Foundation'"
    )
    (folder / "framework_data/frameworks/old.yaml").write_text(old, encoding="utf-8")
    (folder / "framework_data/frameworks/new.yaml").write_text(new, encoding="utf-8")
    mapping = (
        "# Ours.\nframework: example-roles\nversion: '1'\nbasis: Agreed for tests.\nlevels:\n"
        "  - {level: Foundation, bands: '2-3'}  # the first\n  - {level: Practitioner, bands: '4-6'}\n"
        "  - {level: Master, bands: '7'}\n"
    )
    (folder / "framework_data/levels/example-roles.yaml").write_text(mapping, encoding="utf-8")
    criteria = (
        "id: x\nspecialism: lighthouse-visits\nversion: '1'\nsource: Invented.\ncriteria:\n  - id: tours\n"
        "    levels: Practitioner\n    serves: [{}]\n    group: skills\n"
        "    importance: essential\n    assessed_by: [A]\n    text: Able to lead a tour\n"
    )
    heading = re.findall(r"      - id: (\S+)", old.partition("headings:")[2])[0]
    path = folder / "framework_data/criteria/example-roles-lighthouse-visits.yaml"
    path.write_text(criteria.format(heading), encoding="utf-8")
    result = run("framework", "carry-over", "example-roles", "--output", "new")
    assert result.exit_code == 0, result.output
    levels = (folder / "new/levels/example-roles.yaml").read_text("utf-8")
    assert "  - {level: Foundation, bands: '2-3'}  # the first\n  - {level: Expert, bands: '4-6'}\n" in levels
    assert "  # - {level: Master, bands: '7'}\n" in levels
    assert "no bands are taken for Senior" in levels
    assert "    levels: Expert\n" in (folder / "new/criteria/example-roles-lighthouse-visits.yaml").read_text("utf-8")


def test_a_specialism_under_another_name_has_its_files_under_that_name(folder: Path, run: Run) -> None:
    shutil.copytree(OTHERS, folder, dirs_exist_ok=True)
    old = framework_text("example-grades")
    new = change_text(old, "version: '1'", "version: '2'\nsupersedes: '1'")
    new = change_text(new, "  - id: kite-workshop\n", "  - id: kite-care\n    former: [kite-workshop]\n")
    new = new.replace("id: kite-workshop.", "id: kite-care.")
    (folder / "framework_data/frameworks/new.yaml").write_text(new, encoding="utf-8")
    report = json.loads(run("framework", "carry-over", "kite-care", "--json").stdout)
    assert report["to_decide"] == report["falls_away"] == []
    assert report["written"] == ["framework_data/criteria/example-grades-kite-care.yaml"]
    own_text = (folder / "framework_data/criteria/example-grades-kite-workshop.yaml").read_text("utf-8")
    text = (folder / report["written"][0]).read_text("utf-8")
    assert text == own_text.replace("specialism: kite-workshop", "specialism: kite-care")
    result = run("generate", "--specialism", "kite-care", "--level", "B", "--band", "5", "--title", "Kite maker")
    assert result.exit_code == 0, result.output
    assert "Criteria:" not in result.stderr


def test_the_files_of_what_is_withdrawn_are_told(folder: Path, run: Run) -> None:
    shutil.copytree(OTHERS, folder, dirs_exist_ok=True)
    old = framework_text("example-grades")
    new = change_text(old, "version: '1'", "version: '2'\nsupersedes: '1'")
    new = change_text(new, "  - id: kite-workshop\n", "  - id: balloons\n").replace(
        "id: kite-workshop.", "id: balloons."
    )
    (folder / "new.yaml").write_text(f"{new}withdraws: [kite-workshop]\n", encoding="utf-8")
    old_file = "framework_data/frameworks/example-grades.yaml"
    report = json.loads(run("framework", "carry-over", old_file, "new.yaml", "--json").stdout)
    assert report["written"] == []
    (other,) = report["others"]
    assert other["where"] == "framework_data/criteria/example-grades-kite-workshop.yaml"
    assert other["what"] == "Kite workshop is withdrawn"


@pytest.mark.parametrize(
    ("out", "names"),
    [("framework_data/frameworks/second.yaml", "example-grades"), ("second.yaml", "example-grades second.yaml")],
)
def test_an_import_of_a_release_says_how_to_carry_over(folder: Path, run: Run, out: str, names: str) -> None:
    shutil.copytree(OTHERS, folder, dirs_exist_ok=True)
    source = (OTHERS / "framework_data/sources/example-grades.txt").read_text("utf-8")
    (row,) = (line for line in source.splitlines(keepends=True) if line.startswith("Safety\t"))
    (folder / "second.txt").write_text(source.replace(row, ""), encoding="utf-8")
    command = ("framework", "import", "second.txt", "--id", "example-grades", "--version", "2", "--output", out)
    result = run(*command, "--specialism", "Kite workshop", "--levels", "A, B, C, D", "--level-word", "grade")
    assert result.exit_code == 0, result.output
    assert f"`jdgen framework carry-over {names}` makes copies for that" in result.stdout
    assert run("framework", "carry-over", *names.split(), "--dry-run").exit_code == 0


def test_what_is_quoted_of_a_long_statement_shows_where_it_differs(workspace: Path, run: Run) -> None:
    networks = "Build and look after strong\n              networks, within the organisation and outside it"
    text = change_text(
        invented_release(), "Build strong\n              networks both internally and externally", networks
    )
    (workspace / NEW).write_text(text, encoding="utf-8")
    why = of_kind(carried(run)["to_decide"], "criteria")["criterion 'leadership-networks-8a-8b'"]
    assert "is reworded: it was “…management standards and processes. Build strong networks both" in why
    assert "and is “…management standards and processes. Build and look after strong networks" in why
