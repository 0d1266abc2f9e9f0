"""Libraries of criteria: of a whole framework, of one of its specialisms, by bands and by levels, and none at all."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from jdgen.drafting.added_files import read_criteria
from jdgen.drafting.criteria import usual_assessment
from jdgen.drafting.draft import draft_job_description
from jdgen.drafting.library import Library, is_prompt
from jdgen.drafting.loading import load_library
from jdgen.drafting.model import JobDescription
from jdgen.drafting.review_notes import Rank, rank_of
from jdgen.drafting.texts import Giver
from jdgen.levels import Band
from jdgen.post.model import AddedCriterion, OmittedCriterion
from jdgen.starters.criteria_draft import criteria_draft
from jdgen.starters.offers import offers_of
from jdgen.workspace import Workspace
from tests.toolbox.data import DATA, change_text, problems_of, shipped_library, workspace_problems, workspace_with
from tests.toolbox.drafts import criteria_of, drafted, notes_of
from tests.toolbox.examples import DRAFTED
from tests.toolbox.kites import FOLDER as KITES_WITH_SKILLS
from tests.toolbox.kites import SPECIALISM, group_of, kite_draft
from tests.toolbox.other_levels import framework_text
from tests.toolbox.other_levels import post_at as other_post_at

HEAD = "version: '2.0'\nsource: Invented for tests.\n"
KITES = "example-grades"


def criterion(id_: str, when: str, serves: str, text: str = "Able to test this", group: str = "skills") -> str:
    return (
        f"  - id: {id_}\n    {when}\n    serves: [{serves}]\n    group: {group}\n    importance: essential\n"
        f"    assessed_by: [A, I]\n    text: {text}\n"
    )


def library(folder: Path, **files: str) -> Library:
    criteria = {f"criteria/{name}.yaml": text for name, text in files.items()}
    workspace = workspace_with(folder, **{f"frameworks/{KITES}.yaml": framework_text(KITES)}, **criteria)
    return load_library(workspace, "kite-workshop")


def kites_at(level: str, of: Library) -> JobDescription:
    return draft_job_description(other_post_at(KITES, level), of, DRAFTED)


def texts_of(draft: JobDescription) -> list[str]:
    return [str(criterion.text) for criterion in criteria_of(draft)]


def problems_in(folder: Path) -> list[str]:
    return workspace_problems(Workspace(folder))


# By levels.


def test_a_criterion_by_levels_is_asked_for_at_these_whatever_the_band(tmp_path: Path) -> None:
    text = f"id: x\nspecialism: kite-workshop\n{HEAD}criteria:\n" + criterion("mend", "levels: B to C", "workshop")
    library_of_levels = library(tmp_path, **{"example-grades-kite-workshop": text})
    is_printed = {level: "Able to test this" in texts_of(kites_at(level, library_of_levels)) for level in "ABCD"}
    assert is_printed == {"A": False, "B": True, "C": True, "D": False}
    at_other_band = replace(other_post_at(KITES, "B"), band=Band("9"))
    assert "Able to test this" in texts_of(draft_job_description(at_other_band, library_of_levels, DRAFTED))


def test_bands_and_levels_both_or_neither_are_told(tmp_path: Path) -> None:
    both = criterion("one", "bands: '5'\n    levels: B", "workshop")
    neither = criterion("two", "# for all", "workshop")
    text = f"id: x\nspecialism: kite-workshop\n{HEAD}criteria:\n{both}{neither}"
    problems = problems_of(lambda: library(tmp_path, **{"example-grades-kite-workshop": text}))
    assert len(problems) == 2
    assert all("it must have one way of saying it, and only one: bands, levels" in problem for problem in problems)


def test_a_level_that_the_framework_has_not_keeps_the_criterion_out_and_is_told(tmp_path: Path) -> None:
    text = f"id: x\nspecialism: kite-workshop\n{HEAD}criteria:\n" + criterion("mend", "levels: E", "workshop")
    library_of_levels = library(tmp_path, **{"example-grades-kite-workshop": text})
    draft = kites_at("A", library_of_levels)
    assert "Able to test this" not in texts_of(draft)
    assert notes_of(draft, "no longer fits") == [("mend", "The criterion is not printed: 'E' is no grade.")]
    assert any("example-grades-kite-workshop.yaml:7: 'E' is no grade" in problem for problem in problems_in(tmp_path))


def test_levels_that_run_downwards_are_refused(tmp_path: Path) -> None:
    text = f"id: x\nspecialism: kite-workshop\n{HEAD}criteria:\n" + criterion("mend", "levels: C-A", "workshop")
    (problem,) = problems_of(lambda: library(tmp_path, **{"example-grades-kite-workshop": text}))
    assert problem.endswith("a range that runs downwards, C to A: write the lower grade first")


# The library of a whole framework, and what a specialism adds.


def whole(*criteria: str) -> str:
    return f"id: whole\n{HEAD}criteria:\n{''.join(criteria)}"


def test_the_framework_s_library_serves_without_any_of_the_specialism(tmp_path: Path) -> None:
    whole_library = library(tmp_path, **{KITES: whole(criterion("mend", "bands: '1-9'", "workshop"))})
    draft = kites_at("A", whole_library)
    assert texts_of(draft) == ["Able to test this"]
    assert [group.title for group in draft.person_specification.groups] == ["Skills"]
    assert [method.name for method in draft.person_specification.assessment_key] == ["Application form", "Interview"]


def test_a_specialism_adds_to_the_framework_s_library_and_replaces_by_id(tmp_path: Path) -> None:
    of_all = whole(
        criterion("mend", "levels: A-D", "workshop", "Able to mend"),
        criterion("safe", "levels: A-D", "safety", "Able to keep safe"),
    )
    of_specialism = f"id: own\nspecialism: kite-workshop\n{HEAD.replace('2.0', '2.1')}criteria:\n" + "".join(
        (
            criterion("mend", "levels: A-D", "workshop", "Able to mend kites"),
            criterion("more", "levels: A-D", "workshop", "Able to fly kites"),
        )
    )
    both = library(tmp_path, **{KITES: of_all, "example-grades-kite-workshop": of_specialism})
    draft = kites_at("A", both)
    assert texts_of(draft) == ["Able to mend kites", "Able to keep safe", "Able to fly kites"]
    (told_of,) = notes_of(draft, "criteria")
    assert "(version 2.0, with 2.1 for Kite workshop)" in told_of[1]


def test_groups_and_codes_of_the_framework_s_library_hold_unless_the_specialism_has_others(tmp_path: Path) -> None:
    head = (
        f"id: whole\n{HEAD}groups:\n  - {{id: skills, title: What you can do}}\n  - {{id: values, title: Values}}\n"
        "assessment:\n  - {code: A, name: Form}\n  - {code: I, name: Talk}\ncriteria: []\n"
    )
    of_specialism = (
        f"id: own\nspecialism: kite-workshop\n{HEAD}groups:\n  - {{id: values, title: How we work}}\n"
        "assessment:\n  - {code: I, name: Visit}\ncriteria:\n"
        + criterion("mend", "levels: A-D", "workshop")
        + criterion("kind", "levels: A-D", "workshop", group="values")
    )
    draft = kites_at("A", library(tmp_path, **{KITES: head, "example-grades-kite-workshop": of_specialism}))
    assert [group.title for group in draft.person_specification.groups] == ["What you can do", "How we work"]
    assert [method.name for method in draft.person_specification.assessment_key] == ["Form", "Visit"]


def test_what_the_framework_s_library_has_for_other_specialisms_leaves_this_one_as_it_is(tmp_path: Path) -> None:
    """Documents are known by it: criteria for a new chapter make none of another out of date."""
    mend = criterion("mend", "levels: A-D", "workshop")
    before = library(tmp_path / "before", **{KITES: whole(mend)})
    after = library(tmp_path / "after", **{KITES: whole(mend, criterion("sail", "levels: A-D", "sailing"))})
    assert repr(before.criteria) == repr(after.criteria)
    assert any(
        "example-grades.yaml:14: unknown serves 'sailing'" in problem for problem in problems_in(tmp_path / "after")
    )
    assert not any("sailing" in text for _, text in notes_of(kites_at("A", after), "no longer fits"))


@pytest.mark.parametrize(
    ("name", "what"),
    [("example-grades", "for 'kite-workshop' alone"), ("example-grades-kite-workshop", "'specialism' is missing")],
)
def test_a_file_whose_name_does_not_say_what_it_is_for_is_refused(tmp_path: Path, name: str, what: str) -> None:
    head = "specialism: kite-workshop\n" if name == KITES else ""
    text = f"id: x\n{head}{HEAD}criteria:\n" + criterion("mend", "levels: A-D", "workshop")
    (problem,) = problems_of(lambda: library(tmp_path, **{name: text}))
    assert what in problem


# First drafts.


def test_a_draft_says_so_in_each_document_and_to_a_check_until_its_mark_is_deleted(tmp_path: Path) -> None:
    text = f"id: x\nspecialism: kite-workshop\n{HEAD}draft: true\ncriteria:\n" + criterion(
        "mend", "levels: A-D", "workshop"
    )
    draft = kites_at("A", library(tmp_path, **{"example-grades-kite-workshop": text}))
    (note,) = (note for note in draft.notes if "first draft" in note.text)
    assert rank_of(note.topic) is Rank.DECIDE
    assert "criteria/example-grades-kite-workshop.yaml" in note.text
    assert any("kite-workshop.yaml:5: these criteria are a first draft" in problem for problem in problems_in(tmp_path))
    settled = change_text(text, "draft: true\n", "")
    settled_draft = kites_at("A", library(tmp_path, **{"example-grades-kite-workshop": settled}))
    assert not any("first draft" in note.text for note in settled_draft.notes)


def test_a_place_that_a_draft_leaves_open_is_a_prompt(tmp_path: Path) -> None:
    open_place = criterion("mend", "levels: A-D", "workshop", "")
    text = f"id: x\nspecialism: kite-workshop\n{HEAD}draft: true\ncriteria:\n{open_place}"
    draft = kites_at("A", library(tmp_path, **{"example-grades-kite-workshop": text}))
    (open_criterion,) = criteria_of(draft)
    assert open_criterion.text == "[To complete: a criterion for the duties under Workshop]"
    assert open_criterion.text.giver is Giver.PROMPT  # type: ignore[attr-defined]  # texts of criteria are such
    assert [subject for subject, _ in notes_of(draft, "to complete") if subject == "mend"]
    settled = change_text(text, "draft: true\n", "")
    (problem,) = problems_of(lambda: library(tmp_path, **{"example-grades-kite-workshop": settled}))
    assert problem.endswith("text is empty: write the criterion, or delete its entry")


# None at all.


def test_without_criteria_each_group_that_is_needed_has_one_prompt_and_one_note_says_what_to_do(tmp_path: Path) -> None:
    draft = kites_at("A", library(tmp_path))
    by_group = {group.id: group.criteria for group in draft.person_specification.groups}
    assert list(by_group) == ["qualifications", "experience", "knowledge", "skills", "values"]
    (qualification,) = by_group.pop("qualifications")
    assert "or equivalent experience" in qualification.text
    for (criterion,) in by_group.values():
        assert is_prompt(criterion.text)
        assert criterion.serves
    (note,) = (note for note in draft.notes if "criteria." in note.subject)
    assert note.topic == "to complete"
    assert "`jdgen framework criteria kite-workshop` writes a first draft" in note.text
    assert not notes_of(draft, "criteria")


def test_competences_without_criteria_are_asked_for_with_all_else(tmp_path: Path) -> None:
    other = change_text(
        (DATA / "frameworks/nhs-pccf.yaml").read_text(encoding="utf-8"), "id: nhs-pccf\n", "id: other\n"
    )
    workspace = workspace_with(tmp_path, **{"frameworks/other.yaml": other})
    library = load_library(workspace, "pmo", "other")
    draft = drafted("7", library, role_category="specialist", specialist_competences=("reviews",))
    assert not notes_of(draft, "no longer fits")
    assert [is_prompt(criterion.text) for criterion in criteria_of(draft)] == [False, True, True, True, True]


def test_a_post_s_own_criterion_answers_the_prompt_of_its_group_and_a_post_may_leave_one_out(tmp_path: Path) -> None:
    without_criteria = library(tmp_path)
    post = replace(
        other_post_at(KITES, "A"),
        added_criteria=(AddedCriterion("Able to fly kites", "skills", "essential", ("A",), ()),),
        omitted_criteria=(OmittedCriterion("criteria.values", "our values are printed elsewhere"),),
    )
    draft = draft_job_description(post, without_criteria, DRAFTED)
    prompted = [
        group.id
        for group in draft.person_specification.groups
        if any(is_prompt(criterion.text) for criterion in group.criteria)
    ]
    assert "skills" not in prompted
    assert "values" not in prompted
    assert "experience" in prompted


def test_the_shipped_criteria_are_known_as_they_were() -> None:
    """Values that came later stand in the repr only where they say something: documents are known by it."""
    text = repr(shipped_library().criteria)
    assert not any(word in text for word in ("is_unwritten", "drafts", "levels=", "stale="))


def test_places_that_are_asked_for_in_the_same_words_are_told_in_one_note(tmp_path: Path) -> None:
    wide = "".join(criterion(name, "levels: A-D", "workshop, safety, records", "") for name in ("one", "two"))
    text = f"id: x\nspecialism: kite-workshop\n{HEAD}draft: true\ncriteria:\n{wide}"
    draft = kites_at("A", library(tmp_path, **{"example-grades-kite-workshop": text}))
    assert texts_of(draft).count("[To complete: what this post needs of this kind]") == 2
    assert [subject for subject, _ in notes_of(draft, "to complete") if "one" in subject] == ["one, two"]


def test_a_library_serves_chapters_in_several_files_and_only_what_none_of_them_has_is_told(tmp_path: Path) -> None:
    other = framework_text(KITES).replace("kite-workshop", "boat-workshop").replace("id: safety", "id: sailing")
    of_all = whole(
        criterion("mend", "levels: A-D", "workshop", "Able to mend"),
        criterion("safe", "levels: A-D", "safety", "Able to keep safe"),
        criterion("sail", "levels: A-D", "sailing", "Able to sail"),
        criterion("lost", "levels: A-D", "nowhere", "Able to find it"),
    )
    alone = library(tmp_path / "alone", **{KITES: of_all})
    files = {f"frameworks/{KITES}.yaml": framework_text(KITES), "frameworks/boats.yaml": other}
    workspace = workspace_with(tmp_path / "both", **files, **{f"criteria/{KITES}.yaml": of_all})
    kites, boats = (load_library(workspace, specialism) for specialism in ("kite-workshop", "boat-workshop"))
    assert repr(kites) == repr(alone)  # the other chapter leaves its documents as they are
    assert [each_criterion.text for each_criterion in kites.criteria.criteria] == ["Able to mend", "Able to keep safe"]
    assert [each_criterion.text for each_criterion in boats.criteria.criteria] == ["Able to mend", "Able to sail"]
    unknown = [problem for problem in problems_in(tmp_path / "both") if "unknown serves" in problem]
    assert len(unknown) == 1
    assert "unknown serves 'nowhere'" in unknown[0]


# By which methods a criterion is assessed of which nobody says it.

OWN_CODE = "[assessment]\nA = 'AF Application form'\n"


@pytest.mark.parametrize(
    ("codes", "usual"),
    [("AITP", ("A", "I")), ("TIA", ("A", "I")), ("TPI", ("T", "P")), ("T", ("T",))],
)
def test_criteria_are_usually_assessed_by_application_and_interview_where_there_are_both(
    codes: str, usual: tuple[str, ...]
) -> None:
    assert usual_assessment(codes) == usual


@pytest.mark.parametrize(("configuration", "usual"), [("", ("A", "I")), (OWN_CODE, ("AF", "I"))])
def test_rows_prompts_and_starters_agree_on_the_usual_assessment(
    tmp_path: Path, configuration: str, usual: tuple[str, ...]
) -> None:
    usual_methods = "assessment:\n  - {code: A, name: Application form}\n  - {code: I, name: Interview}\n"
    test = "  - {code: T, name: Test}\n"
    usual_file = change_text(
        (DATA / "criteria.yaml").read_text("utf-8"), usual_methods + test, usual_methods.replace("\n", f"\n{test}", 1)
    )
    shutil.copytree(KITES_WITH_SKILLS, tmp_path, dirs_exist_ok=True)
    shutil.rmtree(tmp_path / "framework_data/criteria")
    (tmp_path / "jdgen.toml").write_text(configuration, encoding="utf-8")
    workspace = workspace_with(tmp_path, **{"criteria.yaml": usual_file})
    own_library = load_library(workspace, SPECIALISM)
    assert own_library.criteria.assessment[0].code == "T"
    assert {row.rating.assessed_by for row in own_library.criteria.rows} == {usual}
    (prompt,) = group_of(kite_draft(library=own_library), "experience").criteria
    assert (is_prompt(prompt.text), prompt.assessed_by) == (True, ", ".join(usual))
    assert all(f" | {', '.join(usual)} | " in each for each in offers_of([own_library], ())["criteria.add"].words)
    draft = criteria_draft(
        own_library.framework,
        own_library.specialism,
        read_criteria(workspace, own_library.framework, own_library.specialism),
    )
    assert set(re.findall(r"assessed_by: \[(.*)\]", draft)) == {"A, I"}
