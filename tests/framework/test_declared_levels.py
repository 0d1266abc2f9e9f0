"""What is wrong with a framework that has levels of its own, told at its line: each guard bites on a spoilt fixture."""

from __future__ import annotations

from pathlib import Path

import pytest

from jdgen.drafting.checking import check_workspace
from jdgen.framework.comparison import ChangeKind, compare
from jdgen.framework.model import Framework
from jdgen.framework.reading import framework_of
from jdgen.text_files.yaml_reading import parse_yaml
from jdgen.workspace import Workspace
from tests.toolbox.data import FRAMEWORK_TEXT, change_text, line_of, problems_of, workspace_problems, workspace_with
from tests.toolbox.other_levels import DATA, FOLDER, framework_text

GRADES, ROLES, STEPS = map(framework_text, ("example-grades", "example-roles", "example-steps"))
MAPPING = (DATA / "levels/example-roles.yaml").read_text(encoding="utf-8")


def read(text: str) -> Framework:
    return framework_of(parse_yaml(text.encode(), "f.yaml"))


@pytest.mark.parametrize(
    ("text", "old", "new", "what"),
    [
        (GRADES, "levels: 'B'", "levels: 'E'", "'E' is no grade: use one of A, B, C, D"),
        (STEPS, "levels: Step 1\n", "levels: Stpe 1\n", "'Stpe 1' is no step: did you mean 'Step 1'?"),
        (GRADES, "levels: 'A-B'", "levels: 'B-A'", "a range that runs downwards, B to A: write the lower grade first"),
        (GRADES, "levels: 'B'", "bands: '6'", "'bands' in a framework of grades: write 'levels'"),
        (GRADES, "- 'D'\n", "- 'a'\n", "the level 'a' stands here twice: give each level one name; the first is 'A'"),
        (GRADES, "- 'D'\n", "- '8a'\n", "'8a' reads like an Agenda for Change band: write the grade with its word"),
        (
            ROLES,
            "word: 'role level'",
            "word: 'band'",
            "'band' is the word for Agenda for Change bands: such as 'grade'",
        ),
        (STEPS, "  word: step\n", "  wrod: step\n", "unknown key 'wrod': did you mean 'word'?"),
        (
            FRAMEWORK_TEXT,
            "bands: '6'\n",
            "levels: '6'\n",
            "'levels' in a framework of bands: write 'bands', or declare",
        ),
    ],
)
def test_each_fault_of_levels_is_told_at_its_line(text: str, old: str, new: str, what: str) -> None:
    problems = problems_of(lambda: read(change_text(text, old, new)))
    assert any(problem.startswith(f"f.yaml:{line_of(text, old)}: {what}") for problem in problems), problems


def test_levels_that_replace_each_other_have_no_gap_and_no_overlap() -> None:
    problems = problems_of(lambda: read(change_text(GRADES, "levels: 'B'", "levels: 'A'")))
    assert [problem.partition(": ")[2] for problem in problems] == [
        "gap: no statement under 'Workshop' for grade B: widen a range, add the statement, or write covers: some",
        "overlap: grade A under 'Workshop' stands twice: 'kite-workshop.workshop.a' has it already: "
        "give each grade one statement",
    ]


def test_levels_that_add_up_may_have_both() -> None:
    assert read(change_text(ROLES, "levels: 'Practitioner'", "levels: 'Foundation'")).scale.adds_up
    assert problems_of(lambda: read(change_text(ROLES, "adds_up: true", "adds_up: false")))


def test_a_level_at_which_nothing_holds_is_told() -> None:
    text = ROLES.replace("levels: 'Foundation'\n", "levels: 'Practitioner'\n")
    (problem,) = problems_of(lambda: read(text))
    assert "gap: no responsibility for role level Foundation: begin the specialism's role levels higher" in problem
    assert not problems_of(lambda: read(change_text(text, "'Foundation-Senior'", "'Practitioner-Senior'")))


def test_a_basis_needs_levels_that_it_is_the_basis_of() -> None:
    problems = problems_of(lambda: read(change_text(GRADES, "            levels: 'A-C'\n", "")))
    assert any(
        "a span_basis for a statement that names no grades: name its grades" in problem for problem in problems
    ), problems


def test_a_statement_without_a_level_fills_no_gap() -> None:
    problems = problems_of(lambda: read(change_text(STEPS, "levels: Step 2, source: {line: 9", "source: {line: 9")))
    assert any("gap: no statement under 'Winding' for step Step 2" in problem for problem in problems), problems


def test_optional_parts_may_be_absent_from_a_framework_of_bands_too() -> None:
    text = change_text(STEPS, "scale:\n  word: step\n  levels: [Step 1, Step 2]\n", "")
    text = text.replace("levels: Step 1", "bands: '6'").replace("levels: Step 2", "bands: '7'")
    (problem,) = problems_of(lambda: read(text))
    assert "'bands' is missing: the bands of the specialism, as '6-8d'" in problem
    framework = read(change_text(text, "    title: Clock care\n", "    title: Clock care\n    bands: '6-7'\n"))
    assert framework.specialisms[0].qualifications is None
    assert framework.competences == ()


def test_what_is_invented_for_tests_is_sound_and_held_against_its_source() -> None:
    assert workspace_problems(Workspace(FOLDER)) == []
    assert [file.is_compared for file in check_workspace(Workspace(FOLDER)) if file.framework] == [True] * 4


def test_a_file_of_levels_for_no_framework_is_told(tmp_path: Path) -> None:
    (problem,) = workspace_problems(workspace_with(tmp_path, **{"levels/nhs-pcc.yaml": MAPPING}))
    assert "there is no framework 'nhs-pcc': name the file after its framework: did you mean 'nhs-pccf'?" in problem


def test_a_file_of_levels_for_bands_is_told(tmp_path: Path) -> None:
    (problem,) = workspace_problems(workspace_with(tmp_path, **{"levels/nhs-pccf.yaml": MAPPING}))
    assert "the levels of nhs-pccf are bands already: delete the file" in problem


def test_criteria_say_how_parts_that_the_framework_has_become_criteria(tmp_path: Path) -> None:
    name = "criteria/example-grades-kite-workshop.yaml"
    text = (DATA / name).read_text(encoding="utf-8")
    start, end = text.index("qualifications:\n"), text.index("criteria:\n")
    files = {name: text[:start] + text[end:], "frameworks/example-grades.yaml": GRADES}
    problems = workspace_problems(workspace_with(tmp_path, **files))
    assert any("'qualifications' is missing, and Kite workshop has such a part" in problem for problem in problems), (
        problems
    )


def test_versions_are_compared_by_the_names_of_their_levels() -> None:
    text = change_text(GRADES, "    - 'B'\n", "    - 'B'\n    - 'B plus'\n")
    wider = text.replace("levels: 'B'\n", "levels: 'B to B plus'\n").replace(
        "levels: 'A-B'\n", "levels: 'A to B plus'\n"
    )
    change = next(change for change in compare(read(GRADES), read(wider)).changes if ".workshop." in change.passage.id)
    assert change.kinds == (ChangeKind.RELEVELLED,)
    assert [str(level) for level in change.levels] == ["B plus"]


def test_a_change_below_is_a_change_above_where_levels_add_up() -> None:
    comparison = compare(read(ROLES), read(change_text(ROLES, "Greets visitors at", "Greets guests at")))
    (change,) = comparison.changes
    assert [str(level) for level in change.levels] == ["Foundation", "Practitioner", "Senior"]
    assert compare(comparison.old, comparison.new, comparison.new.scale.level("Senior")).changes == (change,)
