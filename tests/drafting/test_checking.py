from __future__ import annotations

from pathlib import Path

from jdgen.drafting.checking import check_framework_file, check_workspace
from jdgen.workspace import Workspace
from tests.toolbox.data import DATA, FRAMEWORK_TEXT, change_text, workspace_problems, workspace_with
from tests.toolbox.examples import ROOT

CRITERIA = (DATA / "criteria/nhs-pccf-pmo.yaml").read_text(encoding="utf-8")
ADAPTATIONS = (DATA / "adaptations/nhs-pccf-pmo.yaml").read_text(encoding="utf-8")
CLAUSES = (DATA / "clauses/general.yaml").read_text(encoding="utf-8")
PROMPTS = (DATA / "prompts.yaml").read_text(encoding="utf-8")


def test_what_is_shipped_has_no_problem_and_was_held_against_its_source() -> None:
    framework, libraries = check_workspace(Workspace(ROOT))
    assert framework.framework is not None
    assert framework.framework.id == "nhs-pccf"
    assert framework.is_compared
    assert framework.problems == libraries.problems == ()


def test_one_changed_word_is_told_even_far_from_the_shipped_source(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(change_text(FRAMEWORK_TEXT, "Provide visible and", "Provide clear and"), encoding="utf-8")
    framework_check = check_framework_file(path, Workspace(tmp_path))
    assert framework_check.is_compared
    (problem,) = framework_check.problems
    assert "pmo.leadership.8a-8d" in problem.where


def test_a_source_beside_the_framework_wins_over_the_shipped_one(tmp_path: Path) -> None:
    workspace = workspace_with(
        tmp_path, **{"frameworks/nhs-pccf.yaml": FRAMEWORK_TEXT, "sources/nhs-pccf-pmo.txt": "another text"}
    )
    framework_check = check_framework_file(workspace.root / "framework_data/frameworks/nhs-pccf.yaml", Workspace(ROOT))
    (problem,) = framework_check.problems
    assert "is not the text that was transcribed" in problem.what


def test_a_framework_without_a_source_at_hand_is_not_said_to_be_compared(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(change_text(FRAMEWORK_TEXT, "file: nhs-pccf-pmo.txt", "file: elsewhere.txt"), encoding="utf-8")
    framework_check = check_framework_file(path, Workspace(tmp_path))
    assert not framework_check.is_compared
    assert framework_check.problems == ()


def test_a_framework_that_cannot_be_read_has_no_content_and_all_its_problems(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("id: x\nzzz: 1\n", encoding="utf-8")
    framework_check = check_framework_file(path, Workspace(tmp_path))
    assert framework_check.framework is None
    assert not framework_check.is_compared
    assert len(framework_check.problems) == 8


def test_the_problems_of_every_framework_file_are_told(tmp_path: Path) -> None:
    workspace = workspace_with(tmp_path, **{"frameworks/one.yaml": "a: 1\n", "frameworks/two.yaml": "b: 1\n"})
    files = [Path(file.name).name for file in check_workspace(workspace) if file.problems]
    assert files == ["one.yaml", "two.yaml"]


def test_the_problems_of_every_other_file_are_told_at_once(tmp_path: Path) -> None:
    workspace = workspace_with(
        tmp_path,
        **{
            "criteria/nhs-pccf-pmo.yaml": change_text(CRITERIA, "group: experience", "group: experienc"),
            "adaptations/nhs-pccf-pmo.yaml": change_text(
                ADAPTATIONS, "Developing and agreeing", "Developing or agreeing"
            ),
            "clauses/general.yaml": change_text(CLAUSES, "locked: true", "locked: maybe"),
            "prompts.yaml": change_text(PROMPTS, "  - field: employer\n", "  - field: employer_\n"),
        },
    )
    problems = "\n".join(workspace_problems(workspace))
    for name in ("criteria/nhs-pccf-pmo.yaml:", "adaptations/nhs-pccf-pmo.yaml:", "general.yaml:", "prompts.yaml:"):
        assert name in problems


def test_every_set_of_general_statements_is_checked_and_no_problem_is_told_twice(tmp_path: Path) -> None:
    workspace = workspace_with(
        tmp_path,
        **{
            "clauses/trust.yaml": change_text(CLAUSES, "title: General", "titel: General"),
            "prompts.yaml": change_text(PROMPTS, "  - field: employer\n", "  - field: employer_\n"),
        },
    )
    problems = workspace_problems(workspace)
    assert sum("trust.yaml:" in problem for problem in problems) == 1
    assert sum("prompts.yaml:" in problem for problem in problems) == 1


def test_a_framework_without_criteria_has_no_problem_and_is_told(tmp_path: Path) -> None:
    other = change_text(FRAMEWORK_TEXT, "id: nhs-pccf\n", "id: other\n")
    workspace = workspace_with(tmp_path, **{"frameworks/other.yaml": other})
    assert workspace_problems(workspace) == []
    (unwritten,) = (entry for file in check_workspace(workspace) for entry in file.unwritten)
    assert (unwritten.framework, unwritten.specialism.title) == ("other", "PMO")
