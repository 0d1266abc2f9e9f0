from __future__ import annotations

from pathlib import Path

import pytest

from jdgen.drafting.draft import draft_job_description
from jdgen.drafting.frameworks_here import find_specialism, load_frameworks
from jdgen.drafting.loading import library_problems, load_library
from jdgen.errors import JdgenError, Problem, gather
from jdgen.workspace import Workspace, display_path
from tests.toolbox.data import DATA, FRAMEWORK_TEXT, change_text, line_of, problems_of, shipped_library, workspace_with
from tests.toolbox.drafts import post_at
from tests.toolbox.examples import DRAFTED, ROOT

CRITERIA = (DATA / "criteria/nhs-pccf-pmo.yaml").read_text(encoding="utf-8")
ADAPTATIONS = (DATA / "adaptations/nhs-pccf-pmo.yaml").read_text(encoding="utf-8")
CLAUSES = (DATA / "clauses/general.yaml").read_text(encoding="utf-8")
PROMPTS = (DATA / "prompts.yaml").read_text(encoding="utf-8")


def library_faults(folder: Path, **files: str) -> list[str]:
    """Problems of the library when the workspace has these files, or else what of them does not fit the framework; the
    folder's name is taken off them."""
    workspace = workspace_with(folder, **files)
    (framework,) = load_frameworks(workspace)
    faults = list(map(str, library_problems(workspace, framework, framework.specialisms[0])))
    assert set(problems_of(lambda: load_library(workspace, "pmo"))) <= set(faults)
    return [problem.partition("framework_data/")[2] or problem for problem in faults]


def criteria(folder: Path, old: str, new: str) -> list[str]:
    return library_faults(folder, **{"criteria/nhs-pccf-pmo.yaml": change_text(CRITERIA, old, new)})


def adaptations(folder: Path, old: str, new: str) -> list[str]:
    return library_faults(folder, **{"adaptations/nhs-pccf-pmo.yaml": change_text(ADAPTATIONS, old, new)})


def test_what_is_shipped_is_loaded() -> None:
    library = load_library(Workspace(ROOT), "pmo")
    assert vars(library) == vars(shipped_library())
    assert library.adaptations.changes
    assert library.verbatim().adaptations.changes == ()
    assert library.verbatim().adaptations.remarks == library.adaptations.remarks


# Criteria.


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "    serves: [leadership]\n",
            "    serves: [leadersip]\n",
            "unknown serves 'leadersip': did you mean 'leadership'?",
        ),
        (
            "    group: experience\n",
            "    group: experiences\n",
            "unknown group 'experiences': did you mean 'experience'?",
        ),
        ("    assessed_by: [I]\n", "    assessed_by: [X]\n", "unknown assessed_by 'X': use one of A, I, T, P, C, R"),
        ("competence: reviews\n", "competence: review\n", "unknown competence 'review': did you mean 'reviews'?"),
        ("  routes: [project-", "  routes: [projekt-", "unknown routes 'projekt-delivery-professional': did you mean "),
        (
            "  - id: budget-7\n",
            "  - id: budget-6\n",
            "id 'budget-6' is used twice: give each its own; the first is in line ",
        ),
        (
            "    bands: '8a-8d'\n",
            "    bands: '8d-8a'\n",
            "a range that runs downwards, 8d to 8a: write the lower band first",
        ),
    ],
)
def test_a_criteria_file_that_names_nothing_is_told_at_its_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    line = line_of(CRITERIA, old)
    faults = criteria(tmp_path, old, new)
    assert any(problem.startswith(f"criteria/nhs-pccf-pmo.yaml:{line}: {message}") for problem in faults), faults


def test_faults_of_a_criteria_file_are_told_together_in_the_order_of_lines(tmp_path: Path) -> None:
    text = change_text(CRITERIA, "    group: experience\n", "    group: experiences\n")
    text = change_text(text, "  - id: budget-7\n", "  - id: budget-6\n")
    text = change_text(text, "    bands: '8a-8b'\n", "    bands: '8b-8a'\n")
    faults = library_faults(tmp_path, **{"criteria/nhs-pccf-pmo.yaml": text})
    lines = [int(problem.split(":")[1]) for problem in faults]
    assert len(faults) == 3
    assert lines == sorted(lines)


def test_a_competence_that_is_asked_for_and_has_no_criterion_is_told(tmp_path: Path) -> None:
    start, end = CRITERIA.index("  - competence: reviews\n"), CRITERIA.index("  - competence: change-control\n")
    (problem,) = library_faults(tmp_path, **{"criteria/nhs-pccf-pmo.yaml": CRITERIA[:start] + CRITERIA[end:]})
    line = line_of(CRITERIA, "competences:\n")
    assert problem == f"criteria/nhs-pccf-pmo.yaml:{line}: no criterion for reviews: add one for each competence"


def test_the_limit_of_essential_criteria_is_the_librarys(tmp_path: Path) -> None:
    workspace = workspace_with(tmp_path, **{"criteria/nhs-pccf-pmo.yaml": f"{CRITERIA}\nessential_limit: 3\n"})
    draft = draft_job_description(post_at("7"), load_library(workspace, "pmo"), DRAFTED)
    assert any("above 3, shortlisting becomes hard" in note.text for note in draft.notes)


def test_the_limit_of_essential_criteria_in_jdgen_toml_wins_over_the_librarys(tmp_path: Path) -> None:
    workspace = workspace_with(tmp_path, **{"criteria/nhs-pccf-pmo.yaml": f"{CRITERIA}\nessential_limit: 99\n"})
    (tmp_path / "jdgen.toml").write_text("[criteria]\nessential_limit = 12\n", encoding="utf-8")
    draft = draft_job_description(post_at("7"), load_library(workspace, "pmo"), DRAFTED)
    essential = sum(len(group.essential) for group in draft.person_specification.groups)
    assert [note.text for note in draft.notes if "shortlisting" in note.text] == [
        f"{essential} criteria are essential; above 12, shortlisting becomes hard. Keep those needed at entry."
    ]
    (tmp_path / "jdgen.toml").write_text("[criteria]\nessential_limit = 0\n", encoding="utf-8")
    with pytest.raises(JdgenError, match=r"jdgen\.toml:2: .*from 1"):
        load_library(workspace, "pmo")


# Adaptations.


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "find: Developing and agreeing,",
            "find: Developing or agreeing,",
            '"Developing or agreeing" reads "Develop and agree" here',
        ),
        (
            "find: and/ or, write: and/or}\n      - {statement: pmo.risks",
            "find: o, write: u}\n      - {statement: pmo.risks",
            '"o" reads "u" here',
        ),
        ("{statement: pmo.budget.7, append: .}", "{statement: pmo.budget.6, append: .}", '"." is added at the end'),
        ("pmo.qualifications.8a, drop_end: .", "pmo.qualifications.8a, drop_end: ;", '";" is left off at the end'),
    ],
)
def test_a_change_that_does_not_meet_one_place_of_the_text_is_told(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    (problem,) = adaptations(tmp_path, old, new)
    assert problem.startswith(
        f"adaptations/nhs-pccf-pmo.yaml:{line_of(ADAPTATIONS, old)}: {message}: that does not fit the text of "
    )
    assert problem.endswith(": words that stand there exactly once, or delete the change")


def test_a_change_that_is_listed_twice_is_told_and_would_not_be_made_twice(tmp_path: Path) -> None:
    once = "      - {statement: pmo.budget.7, append: .}\n"
    (problem,) = adaptations(tmp_path, once, once + once)
    assert problem.startswith(f"adaptations/nhs-pccf-pmo.yaml:{line_of(ADAPTATIONS, once) + 1}: ")


def test_a_change_to_a_statement_that_there_is_not_is_told(tmp_path: Path) -> None:
    (problem,) = adaptations(tmp_path, "{statement: pmo.budget.7, append: .}", "{statement: pmo.budgets.7, append: .}")
    assert "no statement 'pmo.budgets.7'" in problem


def test_a_change_is_stale_as_soon_as_the_framework_says_otherwise(tmp_path: Path) -> None:
    text = change_text(FRAMEWORK_TEXT, "Developing and agreeing budgets", "Develop and agree budgets")
    faults = library_faults(tmp_path, **{"frameworks/nhs-pccf.yaml": text})
    assert len(faults) == 1
    assert '"Developing and agreeing" reads "Develop and agree" here: that does not fit' in faults[0]


def test_a_remark_whose_bands_run_downwards_is_told(tmp_path: Path) -> None:
    (problem,) = adaptations(tmp_path, "    bands: '8a-8d'\n", "    bands: '8d-8a'\n")
    assert problem.startswith(
        f"adaptations/nhs-pccf-pmo.yaml:{line_of(ADAPTATIONS, chr(10) + '    bands: ' + chr(39) + '8a-8d') + 1}: "
        "a range that runs downwards, 8d to 8a"
    )


# General statements and prompts.


def test_an_organisations_own_statements_replace_the_shipped_ones(tmp_path: Path) -> None:
    statements = change_text(CLAUSES, "version: '1.0'", "version: '7'")
    workspace = workspace_with(tmp_path, **{"clauses/general.yaml": statements})
    assert load_library(workspace, "pmo").clauses.version == "7"


def test_an_organisations_further_set_is_chosen_by_name(tmp_path: Path) -> None:
    workspace = workspace_with(
        tmp_path, **{"clauses/trust.yaml": change_text(CLAUSES, "version: '1.0'", "version: '8'")}
    )
    assert load_library(workspace, "pmo", clauses="trust").clauses.version == "8"
    assert load_library(workspace, "pmo").clauses.version == "1.0"


@pytest.mark.parametrize("name", ["generl", "../prompts", "../clauses/general", "/etc/passwd", ""])
def test_a_set_that_there_is_not_is_refused_and_never_becomes_a_path(name: str) -> None:
    (problem,) = problems_of(lambda: load_library(Workspace(ROOT), "pmo", clauses=name))
    assert problem.startswith(f"clauses: unknown set of general statements '{name}': ")
    assert "general" in problem


def test_a_prompt_for_what_is_no_field_is_told(tmp_path: Path) -> None:
    (problem,) = library_faults(
        tmp_path, **{"prompts.yaml": change_text(PROMPTS, "field: employer\n", "field: employer_\n")}
    )
    assert problem.startswith(
        f"prompts.yaml:{line_of(PROMPTS, 'field: employer')}: no field 'employer_' is asked for: "
    )
    assert "did you mean 'employer'?" in problem


def test_an_own_file_of_before_a_field_was_asked_for_has_jdgens_prompt_for_it(tmp_path: Path) -> None:
    start, end = PROMPTS.index("  - field: planning\n"), PROMPTS.index("  - field: judgement\n")
    text = change_text(PROMPTS[:start] + PROMPTS[end:], "ask: job description reference", "ask: our own number")
    prompts = load_library(workspace_with(tmp_path, **{"prompts.yaml": text}), "pmo").prompts
    assert prompts["planning"] == shipped_library().prompts["planning"]
    assert prompts["reference"].ask == "our own number"


def test_an_own_file_that_says_what_stood_for_a_role_category_asks_for_one_too(tmp_path: Path) -> None:
    start, end = PROMPTS.index("  - field: role_category\n"), PROMPTS.index("  - field: department\n")
    text = change_text(PROMPTS[:start] + PROMPTS[end:], "phrases:\n", "phrases:\n  role_category: Not specified\n")
    prompts = load_library(workspace_with(tmp_path, **{"prompts.yaml": text}), "pmo").prompts
    assert prompts["role_category"] == shipped_library().prompts["role_category"]


def test_the_faults_of_all_files_are_told_together(tmp_path: Path) -> None:
    faults = library_faults(
        tmp_path,
        **{
            "criteria/nhs-pccf-pmo.yaml": "zzz: 1",
            "adaptations/nhs-pccf-pmo.yaml": "zzz: 1",
            "clauses/general.yaml": "zzz: 1",
            "prompts.yaml": "zzz: 1",
        },
    )
    assert {problem.split(":")[0] for problem in faults} == {
        "criteria/nhs-pccf-pmo.yaml",
        "adaptations/nhs-pccf-pmo.yaml",
        "clauses/general.yaml",
        "prompts.yaml",
    }


# Frameworks and specialisms.


def test_a_specialism_that_there_is_not_is_told_with_those_there_are() -> None:
    assert problems_of(lambda: load_library(Workspace(ROOT), "pno")) == [
        "specialism: unknown specialism 'pno': did you mean 'PMO'? Known here: PMO"
    ]


TITLE = "NHS Project & Change Capability Framework"


def test_a_framework_that_there_is_not_is_told_with_those_there_are() -> None:
    assert problems_of(lambda: load_library(Workspace(ROOT), "pmo", framework="nhs-pcc")) == [
        f"framework: unknown framework 'nhs-pcc': did you mean '{TITLE}'? Known here: {TITLE}"
    ]


def test_a_specialism_of_two_frameworks_must_be_told_apart(tmp_path: Path) -> None:
    other = change_text(FRAMEWORK_TEXT, "id: nhs-pccf\n", "id: other\n")
    frameworks = load_frameworks(workspace_with(tmp_path, **{"frameworks/other.yaml": other}))
    assert problems_of(lambda: find_specialism(frameworks, "pmo")) == [
        "specialism: several frameworks have the specialism 'pmo': choose a framework: nhs-pccf, other"
    ]
    assert find_specialism(frameworks, "PMO", "other")[0].id == "other"


def test_a_framework_without_entry_routes_can_be_drafted_from(tmp_path: Path) -> None:
    start, end = FRAMEWORK_TEXT.index("    entry_routes:\n"), FRAMEWORK_TEXT.index("    qualifications:\n      id: ")
    workspace = workspace_with(
        tmp_path,
        **{
            "frameworks/nhs-pccf.yaml": f"{FRAMEWORK_TEXT[:start]}    entry_routes: []\n{FRAMEWORK_TEXT[end:]}",
            "criteria/nhs-pccf-pmo.yaml": change_text(
                CRITERIA, "routes: [project-delivery-professional]", "routes: []"
            ),
            "adaptations/nhs-pccf-pmo.yaml": ADAPTATIONS[: ADAPTATIONS.index("  - id: criterion\n")],
        },
    )
    draft = draft_job_description(post_at("7"), load_library(workspace, "pmo"), DRAFTED)
    assert draft.entry_routes == ()
    assert "entry route" not in [note.topic for note in draft.notes]


def test_loaders_are_all_tried_and_their_problems_put_together() -> None:
    def failing(name: str) -> str:
        raise JdgenError(Problem(name, "x", "y"))

    assert problems_of(lambda: gather([lambda: failing("a"), lambda: "fine", lambda: failing("b")])) == [
        "a: x: y",
        "b: x: y",
    ]
    assert gather([lambda: 1, lambda: 2]) == (1, 2)


def test_a_file_is_called_by_the_shorter_of_its_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert display_path(tmp_path / "a.yaml") == "a.yaml"
    assert display_path(Path("/a.yaml")) == "/a.yaml"
