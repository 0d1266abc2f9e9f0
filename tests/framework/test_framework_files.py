"""All that a framework file can say is read, is written again, and is held to what it says elsewhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jdgen.drafting.data import read_data, written_data
from jdgen.drafting.library import Library
from jdgen.framework.model import Framework, RowKind
from jdgen.framework.passages import passages
from jdgen.framework.reading import framework_of
from jdgen.importing.framework_text import framework_yaml
from jdgen.levels import NO_LEVELS
from jdgen.text_files.yaml_reading import parse_yaml
from tests.toolbox.data import change_text, line_of, problems_of, shipped_library

ANALYSTS = (Path(__file__).parents[1] / "data/invented-analysts.yaml").read_text(encoding="utf-8")


def read(text: str) -> Framework:
    return framework_of(parse_yaml(text.encode(), "f.yaml"))


def test_every_row_is_where_its_kind_says() -> None:
    finance, planning = read(ANALYSTS).specialisms
    assert [(kind.value, row.id) for kind, row in finance.kinds] == [
        ("complexity", "hard"),
        ("duty", "appraisal"),
        ("skill", "tools"),
        ("knowledge", "law"),
        ("qualification", "register"),
        ("entry-route", "transfer"),
        ("qualification", "degree"),
    ]
    assert finance.complexity
    assert finance.complexity.kind is None
    assert [row.kind for row in finance.person_rows] == [RowKind.SKILL, RowKind.KNOWLEDGE, RowKind.QUALIFICATION]
    assert (planning.headings, planning.description) == ((), None)


def test_a_kind_means_the_same_as_the_key_of_that_name() -> None:
    row = "{id: most, title: Hard, source: {line: 1}, statements: [{id: x.1, text: Very., source: {line: 1}}]"
    text = change_text(ANALYSTS, "kind: complexity\n", "kind: value\n")
    keyed = change_text(text, "    headings:\n", f"    complexity: {row}}}\n    headings:\n")
    kinded = change_text(text, "    headings:\n", f"    headings:\n      - {row}, kind: complexity}}\n")
    assert read(keyed) == read(kinded)


def test_skills_are_known_with_what_each_level_means() -> None:
    framework = read(ANALYSTS)
    finance, _ = framework.specialisms
    junior, middle, senior = framework.scale.levels
    assert [(need.skill, str(need.at)) for need in finance.skills_at(junior)] == [("forecasting", "Awareness")]
    assert [(need.skill, str(need.at)) for need in finance.skills_at(senior)] == [("forecasting", "Working")]
    skill = framework.skill("forecasting")
    working = skill.descriptor_at(skill.scale.level("working"))
    assert working
    assert working.full_text == "Makes a forecast.\nExplains it."
    assert skill.descriptor_at(skill.scale.level("Expert")) is None
    texts = {passage.id: (passage.title, passage.text) for passage in passages(framework)}
    assert texts["communication.1"] == ("Communication, step 1", "Listens.")
    assert framework.scale.level("intermediate") == middle


def test_a_framework_without_levels_has_one_that_has_no_name() -> None:
    text = ANALYSTS[: ANALYSTS.index("scale:")] + "scale: none\n"
    text += ANALYSTS[ANALYSTS.index("skill_scale:") : ANALYSTS.index("    requires:")]
    text += ANALYSTS[ANALYSTS.index("    headings:") : ANALYSTS.index("  - id: planning")]
    text = text.replace("levels: Senior, ", "")
    framework = read(text)
    assert framework.scale is NO_LEVELS
    (level,) = framework.specialisms[0].levels
    assert (str(level), level.full_name, framework.specialisms[0].levels.description) == ("", "", "")
    assert all(statement.levels is None for row in framework.specialisms[0].rows for statement in row.statements)


@pytest.mark.parametrize("text", [ANALYSTS, ANALYSTS.replace("withdraws: [audit]\n", "")])
def test_reading_what_was_written_gives_the_framework(text: str) -> None:
    assert read(framework_yaml(read(text), "columns")) == read(text)


def test_a_library_of_it_is_kept_between_runs() -> None:
    framework = read(ANALYSTS)
    for specialism in framework.specialisms:
        library = replace(shipped_library(), framework=framework, specialism=specialism)
        again = read_data(written_data(library), Library)
        assert repr(again) == repr(library)
        assert (again.framework, again.specialism) == (framework, specialism)


def test_a_chapter_is_what_it_is_whatever_stands_beside_it() -> None:
    framework = read(ANALYSTS)
    finance, planning = framework.specialisms
    of_finance, of_planning = framework.of(finance), framework.of(planning)
    assert (of_finance.version, of_finance.source_file) == ("2026, second issue", "finance.txt")
    assert (of_planning.version, of_planning.source_file) == ("2026", "invented-analysts.txt")
    assert [skill.id for skill in of_planning.skills] == ["communication"]
    alone = (
        ANALYSTS[: ANALYSTS.index("specialisms:")] + "specialisms:\n" + ANALYSTS[ANALYSTS.index("  - id: planning") :]
    )
    assert repr(read(alone).of(read(alone).specialisms[0])) == repr(of_planning)
    shipped = shipped_library().framework
    assert repr(shipped.of(shipped.specialisms[0])) == repr(shipped)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("skill: forecasting, levels: Junior", "skill: forcasting, levels: Junior", "unknown skill 'forcasting': did"),
        ("chosen_skills: [communication]", "chosen_skills: [comunication]", "unknown skill 'comunication': did you"),
        ("at: Awareness", "at: Awarenes", "'Awarenes' is no skill level: did you mean 'Awareness'?"),
        ("at: '2'", "at: '4'", "'4' is no step: use one of 1, 2, 3"),
        ("level: Awareness", "level: Awaremess", "'Awaremess' is no skill level: did you mean 'Awareness'?"),
        ("level: Working", "level: awareness", "'Forecasting' says twice what skill level Awareness means: give each"),
        ("levels: Middle-Senior", "levels: Junior-Senior", "the skill 'forecasting' is asked twice at role level Jun"),
        ("levels: Middle-Senior", "levels: Middle-Snior", "'Snior' is no role level: did you mean 'Senior'?"),
        ("levels: Middle-Senior", "bands: '6'", "'bands' in a framework of role levels: write 'levels'"),
        ("skill: communication, at", "skill: communication, levels: Senior, at", "a skill is required at role level S"),
        ("id: communication\n", "id: forecasting\n", "id 'forecasting' is used twice: give each its own"),
        ("id: communication.1", "id: finance.law.1", "id 'finance.law.1' is used twice: give each its own"),
        ("chosen_skills: [communication]", "chosen_skills: [forecasting]", "a post is to choose the level of 'foreca"),
        (
            "skill_scale: {word: skill level, levels: [Awareness,",
            "skill_scale: {word: skill level, levels: [A, a,",
            "the",
        ),
        ("former: {Middle:", "former: {Midle:", "'Midle' is no role level: did you mean 'Middle'?"),
        ("[Intermediate]", "[Senior]", "'Senior' is the name of a role level today: a former name is one that no"),
        ("kind: skill", "kind: skil", "unknown kind 'skil': did you mean 'skill'?"),
        ("kind: knowledge", "kind: complexity", "a second row of the kind 'complexity': give it another kind"),
        ("covers: some", "covers: all", "gap: no statement under 'Appraisal' for role level Junior, Middle: widen"),
    ],
)
def test_what_does_not_fit_is_told_at_its_line(old: str, new: str, message: str) -> None:
    problems = problems_of(lambda: read(change_text(ANALYSTS, old, new)))
    lines = range(line_of(ANALYSTS, old), line_of(ANALYSTS, old) + 45)
    assert any(problem.startswith(f"f.yaml:{line}: {message}") for problem in problems for line in lines), problems


def test_several_are_told_at_once_in_the_order_of_lines() -> None:
    text = change_text(change_text(ANALYSTS, "at: Awareness", "at: None"), "at: '2'", "at: '9'")
    text = change_text(text, "former: {Middle:", "former: {Midle:")
    problems = problems_of(lambda: read(text))
    assert [problem.split(": ")[1] for problem in problems] == [
        "'Midle' is no role level",
        "'None' is no skill level",
        "'9' is no step",
    ]


def test_skills_without_a_scale_are_told() -> None:
    text = change_text(
        ANALYSTS, "skill_scale: {word: skill level, levels: [Awareness, Working, Practitioner, Expert]}\n", ""
    )
    (problem,) = problems_of(lambda: read(text))
    assert "nothing says which levels the skill 'Forecasting' has: declare them with 'skill_scale'" in problem


@pytest.mark.parametrize("value", ["None", "no", "[A, B]"])
def test_a_scale_that_is_neither_is_told(value: str) -> None:
    scale = ANALYSTS[ANALYSTS.index("scale:") : ANALYSTS.index("skill_scale:")]
    problems = problems_of(lambda: read(change_text(ANALYSTS, scale, f"scale: {value}\n")))
    assert any("scale" in problem for problem in problems)
